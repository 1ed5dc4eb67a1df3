//! The process itself, under the names that all programs use.
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric as _},
    metrics::gauge::ConstGauge,
    registry::{Registry, Unit},
};
use std::fmt;

/// Reads what the system says of this process whenever it is asked for.
#[derive(Debug)]
struct Process {
    started: i64,
}

/// Makes it part of what is shown; `now` is when it started, in Unix milliseconds.
pub(super) fn register(registry: &mut Registry, now: i64) {
    registry.register_collector(Box::new(Process { started: now / 1000 }));
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let resident = ("process_resident_memory", "Memory in use", Some(Unit::Bytes), resident());
        let files = ("process_open_fds", "Open files and connections", None, open_files());
        let start = Some(self.started);
        let start = ("process_start_time", "Start, in Unix time", Some(Unit::Seconds), start);
        for (name, help, unit, value) in [resident, files, start] {
            let Some(value) = value else { continue };
            let gauge = ConstGauge::new(value);
            let metric =
                encoder.encode_descriptor(name, help, unit.as_ref(), gauge.metric_type())?;
            gauge.encode(metric)?;
        }
        Ok(())
    }
}

/// Where there is such a file: on Linux.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn open_files() -> Option<i64> {
    let files = std::fs::read_dir("/proc/self/fd").ok()?;
    i64::try_from(files.count()).ok()
}
