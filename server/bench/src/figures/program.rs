//! P16: what the program costs before anybody asks for anything.
use super::{MEGABYTE, plain};
use crate::{
    Failure,
    arguments::Plan,
    connection::{Connection, get},
    pairs::median,
    process::Process,
    report::Figure,
};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const STARTS: usize = 5;

pub(super) async fn measure(plan: &Plan) -> Result<Vec<Figure>, Failure> {
    if !plan.wants("P16") {
        return Ok(Vec::new());
    }
    let folder = TempDir::new()?;
    // The first start makes the database.
    drop(Process::program(&plan.program, folder.path(), &[]).await?);
    let (mut starts, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let start = Instant::now();
        let process = Process::program(&plan.program, folder.path(), &[]).await?;
        let mut connection = Connection::open(process.address).await?;
        let status = connection.ask(&get("/sign-in", "accept: text/html\r\n")).await?.status;
        if status != 200 {
            return Err(format!("/sign-in answers {status}").into());
        }
        starts.push(start.elapsed().as_secs_f64() * 1_000.0);
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(process.memory()? as f64 / MEGABYTE);
    }
    let size = std::fs::metadata(&plan.program)?.len() as f64 / MEGABYTE;
    Ok(vec![
        plain("P16", "memory when idle, after the first page", "MB", median(memory), (25.0, 12.0)),
        plain("P16", "start to the first page answered", "ms", median(starts), (60.0, 15.0)),
        plain("P16", "the program's file", "MB", size, (40.0, 20.0)),
    ])
}
