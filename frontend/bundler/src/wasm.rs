//! The browser half: its glue, and the module made small.
use crate::{Job, names::shorten, script, split, tool};
use anyhow::{Context as _, Result};
use std::{fs, path::Path};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module, ModuleConfig, TypeId};
use wasm_bindgen_cli_support::Bindgen;

/// The features are those that current compilers use; wasm-opt would refuse what it is not told of.
const OPTIMIZE: [&str; 16] = [
    // The stack stands there, and ends before.
    "--low-memory-unused",
    // Written anew from its branches, a function is a hundredth smaller.
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    // By name, instances of one generic function stand side by side, which compresses better.
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--quiet",
];

/// What start.js takes from the glue.
const ENTRY: &str = "export { default, hydrate } from './app.js';";
/// Packages bring classes that nobody makes one of. What stands besides them does nothing then, which
/// esbuild cannot know.
const SHAKEN: [&str; 3] =
    ["--minify", "--define:Symbol.dispose=undefined", "--pure:FinalizationRegistry"];

/// The browser half.
pub struct Browser {
    /// What a page needs to come to life.
    pub first: Vec<u8>,
    /// The other functions; none where there was no time to take them apart.
    pub rest: Option<Vec<u8>>,
    pub glue: String,
}

pub fn build(job: &Job) -> Result<Browser> {
    let folder = tool::scratch(job, "wasm")?;
    Bindgen::new()
        .input_module("app", without_unreached(&job.wasm)?)
        .web(true)?
        .out_name("app")
        .typescript(false)
        // start.js passes the hashed address of the module.
        .omit_default_module_path(true)
        .remove_name_section(false)
        .remove_producers_section(!job.quick)
        .generate(&folder)
        .context("wasm-bindgen failed")?;
    let module = fs::read(folder.join("app_bg.wasm"))?;
    let entry = folder.join("entry.js");
    fs::write(&entry, ENTRY)?;
    if job.quick {
        // Still bundled, since the glue may import snippets that packages bring.
        let glue = script::bundle(job, &entry, &[])?;
        return Ok(Browser { first: module, rest: None, glue });
    }
    let mut module = split::read(&module)?;
    let glue = shorten(&mut module, &script::bundle(job, &entry, &SHAKEN)?)?;
    let (first, rest) = split::split(&module.emit_wasm())?;
    Ok(Browser {
        first: optimize(job, "first", &first, &folder)?,
        rest: Some(optimize(job, "rest", &rest, &folder)?),
        glue,
    })
}

/// What nothing here ever calls, though no linker can drop it, because every erased view and route
/// keeps a pointer to it: Leptos' asynchronous hydration of lazy routes (`app` hydrates with
/// `hydrate_body`) and the listing of routes that only a server asks for.
const UNREACHED: [&str; 2] = ["hydrate_async", "generate_routes"];
/// The compiler merges equal functions: one this small may also serve what is reached. In
/// instructions.
const MERGEABLE: u64 = 24;

/// The module without the bodies of what is [`UNREACHED`]: a twelfth of it.
fn without_unreached(path: &Path) -> Result<Module> {
    // What wasm-bindgen itself reads modules with.
    let mut module = ModuleConfig::new()
        .generate_name_section(true)
        .parse_file(path)
        .context("the module cannot be read")?;
    let unreached: Vec<(FunctionId, TypeId)> = module
        .funcs
        .iter_local()
        .filter(|(id, local)| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            // An async body is a closure in the mangled names, `_RNC`; functions nested in it
            // may have been merged with their twins outside.
            let body = name.starts_with("_RNC")
                || name.contains("into_any13hydrate_async")
                || name.contains("generate_routes");
            body && UNREACHED.iter().any(|part| name.contains(part)) && local.size() > MERGEABLE
        })
        .map(|(id, local)| (id, local.ty()))
        .collect();
    for (id, ty) in unreached {
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let arguments = params.iter().map(|param| module.locals.add(*param)).collect();
        let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
    Ok(module)
}

fn optimize(job: &Job, part: &str, module: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let flags = OPTIMIZE.join(" ");
    let tools = job.read("frontend/package-lock.json")?;
    tool::cached(job, part, &[module, flags.as_bytes(), tools.as_bytes()], || {
        let file = |name: String| folder.join(name).display().to_string();
        let (input, output) = (file(format!("{part}.wasm")), file(format!("{part}.small.wasm")));
        fs::write(&input, module)?;
        let mut arguments = OPTIMIZE.to_vec();
        arguments.extend([input.as_str(), "--output", output.as_str()]);
        tool::run(job, ".bin/wasm-opt", &arguments)?;
        Ok(fs::read(&output)?)
    })
}
