//! The program `store-manager`.
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pieces of work that a thread does before it looks who else has come. A page is one piece of a
/// millisecond: with tokio's usual 61, whoever comes while many wait would not even be seen for as
/// many milliseconds.
const PIECES: u32 = 4;

fn main() -> ExitCode {
    let cli = match server::cli::arguments() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    match runtime.enable_all().event_interval(PIECES).build() {
        Ok(runtime) => runtime.block_on(server::cli::run(cli)),
        Err(error) => {
            eprintln!("store-manager: no threads: {error}");
            ExitCode::FAILURE
        }
    }
}
