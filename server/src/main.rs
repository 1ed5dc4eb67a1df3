//! The program `store-manager`.
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::arguments() {
        Ok(cli) => server::cli::run(cli).await,
        Err(code) => code,
    }
}
