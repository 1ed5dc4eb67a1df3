//! The program `store-manager`.
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::arguments() {
        Ok(cli) => server::cli::run(cli).await,
        Err(code) => code,
    }
}
