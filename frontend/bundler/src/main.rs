//! Builds the site bundle: everything the browser loads besides the pages.
//!
//! `bundler WASM ROOT SITE [--quick]` reads the compiled browser half and the checkout and leaves
//! in SITE the files, named by their content, and `manifest.json`, which tells their addresses.
//! `--quick` is for `make dev`: no size optimisation, and pages reload when the bundle changes.
//! `bundler --later` is for `make later`.
mod icons;
mod later;
mod names;
mod script;
mod site;
mod split;
mod styles;
mod tool;
mod wasm;

use anyhow::{Context as _, Result, bail};
use model::text::{Lang, browser_catalog};
use site::Site;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What a run works on.
pub struct Job {
    wasm: PathBuf,
    root: PathBuf,
    site: PathBuf,
    quick: bool,
}

impl Job {
    fn from_arguments() -> Result<Job> {
        let mut arguments: Vec<_> = env::args_os().skip(1).collect();
        let quick = arguments.last().is_some_and(|last| last == "--quick");
        arguments.truncate(arguments.len() - usize::from(quick));
        let Ok([wasm, root, site]) = <[_; 3]>::try_from(arguments) else {
            bail!("usage: bundler WASM ROOT SITE [--quick]");
        };
        Ok(Job { wasm: wasm.into(), root: root.into(), site: site.into(), quick })
    }

    /// The text of a file of the checkout.
    fn read(&self, path: &str) -> Result<String> {
        let path = self.root.join(path);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    }

    fn styles(&self) -> PathBuf {
        self.root.join("style")
    }

    fn packages(&self) -> PathBuf {
        self.root.join("frontend/node_modules")
    }

    /// Everything the bundle is made of, as one digest.
    fn fingerprint(&self) -> Result<String> {
        let mut inputs = vec![
            // The program holds the texts and knows how everything is done.
            env::current_exe()?,
            self.wasm.clone(),
            self.root.join("frontend/package-lock.json"),
            self.root.join("frontend/start.js"),
            self.root.join("frontend/reload.js"),
            self.root.join("frontend/font.js"),
            self.root.join(icons::LIST),
        ];
        files_below(&self.styles(), &mut inputs)?;
        let mut all = format!("quick {}\n", self.quick);
        for path in inputs {
            let content =
                fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            all.push_str(&format!("{} {}\n", path.display(), site::digest(&content)));
        }
        Ok(site::digest(all.as_bytes()))
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("the folder {} cannot be read", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_below(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn build(job: &Job) -> Result<()> {
    let fingerprint = job.fingerprint()?;
    if Site::is_current(&job.site, &fingerprint) {
        return Ok(());
    }
    let mut site = Site::stage(&job.site, job.quick)?;

    let browser = wasm::build(job)?;
    site.add("wasm", "app.wasm", &browser.first)?;
    site.add("glue", "glue.js", browser.glue.as_bytes())?;
    let rest = match &browser.rest {
        Some(rest) => site.add("rest", "rest.wasm", rest)?,
        None => String::new(),
    };

    let styles = styles::build(job, &mut site)?;
    site.add("styles", "styles.css", styles.as_bytes())?;
    site.add("icons", "icons.svg", icons::sprite(job)?.as_bytes())?;
    site.add("favicon", "favicon.svg", job.read("style/favicon.svg")?.as_bytes())?;
    for lang in Lang::ALL {
        let texts = serde_json::to_vec(&browser_catalog(lang))?;
        site.add_to("catalogs", lang.code(), &format!("texts-{}.json", lang.code()), &texts)?;
    }

    let mut start = job.read("frontend/start.js")?.replace("/pkg/rest.wasm", &rest);
    if job.quick {
        // The digest gives this file a new name whenever anything changes, which reload.js notices.
        start = format!("{start}\n{}\n// {fingerprint}\n", job.read("frontend/reload.js")?);
    } else {
        start = script::minify(job, &start)?;
    }
    site.add("start", "start.js", start.as_bytes())?;
    site.publish(&job.site, &fingerprint)
}

/// `bundler --later WASM CALLED`: writes the list of functions that no page needs, for a module
/// that is not optimised and the numbers of those that ran in it, as a JSON list.
fn write_later() -> Result<bool> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [option, module, called] = arguments.as_slice() else { return Ok(false) };
    if option != "--later" {
        return Ok(false);
    }
    let called = serde_json::from_slice(&fs::read(called)?)?;
    let list = later::list(&split::read(&fs::read(module)?)?, &called)?;
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/later.txt"), list)?;
    Ok(true)
}

fn main() -> ExitCode {
    let work = || if write_later()? { Ok(()) } else { build(&Job::from_arguments()?) };
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the site bundle could not be built: {error:#}");
            ExitCode::FAILURE
        }
    }
}
