//! What the module and its glue take from each other: no more than that, and by short names, since
//! wasm-bindgen's end in a digest each, which does not compress and stands in both.
use crate::split::LOADER;
use anyhow::{Result, ensure};
use std::collections::{HashMap, HashSet};
use walrus::Module;

/// How wasm-bindgen's own names begin; others are ours and known elsewhere.
const OWN: [&str; 2] = ["__wb", "wasm_bindgen__"];

/// The glue with short names, which `module` gets too; it exports no more what the glue does not name.
///
/// # Errors
/// Where the glue has such a name already.
pub fn shorten(module: &mut Module, glue: &str) -> Result<String> {
    let named: HashSet<&str> = glue.split(|c| !is_word(c)).chain([LOADER]).collect();
    let unnamed = module.exports.iter().filter(|export| !named.contains(export.name.as_str()));
    for id in unnamed.map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    let mut names = Names::default();
    for import in module.imports.iter_mut() {
        names.shorten(&mut import.name);
    }
    for export in module.exports.iter_mut() {
        names.shorten(&mut export.name);
    }
    names.within(glue)
}

/// Whether it may be in a name of JavaScript.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn shorten(&mut self, name: &mut String) {
        if OWN.iter().any(|own| name.starts_with(own)) {
            let next = format!("_{}", self.0.len());
            *name = self.0.entry(name.clone()).or_insert(next).clone();
        }
    }

    /// `script` with each of these names in its short form.
    fn within(&self, script: &str) -> Result<String> {
        let mut out = String::with_capacity(script.len());
        let mut rest = script;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let taken = self.0.values().any(|short| short == name);
            ensure!(!taken, "the glue has the name {name} already");
            out.push_str(self.0.get(name).map_or(name, String::as_str));
            let plain = after.find(is_word).unwrap_or(after.len());
            let (between, next) = after.split_at(plain);
            out.push_str(between);
            rest = next;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_call_it_the_same() {
        let mut names = Names::default();
        let mut both = ["__wbg_now_0123456789abcdef".to_owned(), "hydrate".to_owned()];
        both.iter_mut().for_each(|name| names.shorten(name));
        assert_eq!(both, ["_0", "hydrate"]);
        let script = "const ü = { __wbg_now_0123456789abcdef: () => __wbg_now_0() }; // hydrate";
        assert_eq!(
            names.within(script).unwrap(),
            "const ü = { _0: () => __wbg_now_0() }; // hydrate"
        );
        assert!(names.within("let _0;").is_err());
    }
}
