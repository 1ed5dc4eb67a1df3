//! JavaScript: bundled and minified by esbuild.
use crate::{Job, tool};
use anyhow::Result;
use std::{fs, path::Path};

/// One module out of `entry` and what it imports.
pub fn bundle(job: &Job, entry: &Path, options: &[&str]) -> Result<String> {
    let output = entry.with_extension("bundled.js");
    let (entry, out) = (entry.display().to_string(), format!("--outfile={}", output.display()));
    let mut arguments = vec![
        entry.as_str(),
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
        out.as_str(),
    ];
    arguments.extend(options);
    tool::run(job, ".bin/esbuild", &arguments)?;
    Ok(fs::read_to_string(output)?)
}

/// `source` made small.
pub fn minify(job: &Job, source: &str) -> Result<String> {
    let path = tool::scratch(job, "script")?.join("source.js");
    fs::write(&path, source)?;
    bundle(job, &path, &["--minify"])
}
