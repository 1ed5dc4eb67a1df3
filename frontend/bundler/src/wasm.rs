//! The browser half: its glue, and the module made small.
use crate::{Job, script, tool};
use anyhow::{Context as _, Result};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// The features are those that current compilers use; wasm-opt would refuse what it is not told of.
const OPTIMIZE: [&str; 12] = [
    "-Oz",
    "--converge",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
    "--quiet",
];

/// The module and its glue.
pub fn build(job: &Job) -> Result<(Vec<u8>, String)> {
    let folder = tool::scratch(job, "wasm")?;
    Bindgen::new()
        .input_path(&job.wasm)
        .web(true)?
        .out_name("app")
        .typescript(false)
        // start.js passes the hashed address of the module.
        .omit_default_module_path(true)
        .remove_name_section(!job.quick)
        .remove_producers_section(!job.quick)
        .generate(&folder)
        .context("wasm-bindgen failed")?;
    let module = fs::read(folder.join("app_bg.wasm"))?;
    let glue = folder.join("app.js");
    if job.quick {
        // Still bundled, since the glue may import snippets that packages bring.
        return Ok((module, script::bundle(job, &glue, &[])?));
    }
    Ok((optimize(job, &module, &folder)?, script::bundle(job, &glue, &["--minify"])?))
}

fn optimize(job: &Job, module: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let flags = OPTIMIZE.join(" ");
    let tools = job.read("frontend/package-lock.json")?;
    tool::cached(job, "wasm-opt", &[module, flags.as_bytes(), tools.as_bytes()], || {
        let input = folder.join("app_bg.wasm").display().to_string();
        let output = folder.join("small.wasm").display().to_string();
        let mut arguments = OPTIMIZE.to_vec();
        arguments.extend([input.as_str(), "--output", output.as_str()]);
        tool::run(job, ".bin/wasm-opt", &arguments)?;
        Ok(fs::read(&output)?)
    })
}
