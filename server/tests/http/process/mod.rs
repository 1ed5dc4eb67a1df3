//! The program itself: its commands, how it starts and stops, what a crash leaves.
mod commands;
mod crash;
mod program;
mod settings;
