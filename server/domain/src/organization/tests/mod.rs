mod random;
mod sequences;
mod use_cases;
mod world;
