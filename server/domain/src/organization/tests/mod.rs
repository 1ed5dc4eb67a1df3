mod random;
mod use_cases;
