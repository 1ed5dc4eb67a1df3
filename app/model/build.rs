//! Turns `texts/<language>/*.toml` into the enums `Key` and `Plural` and one static catalog a language.
//! A key missing in a language, an unknown one, or other placeholders than in English fail the build.
use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

const LANGUAGES: [&str; 4] = ["en", "es", "fr", "pl"];
/// The file whose texts a browser loads. What stands in the others reaches it in pages that the
/// server has made, if at all.
const BROWSER: &str = "console.toml";
const FORMS: [&str; 4] = ["one", "few", "many", "other"];

/// A text as it stands in a catalog: plural forms are joined by U+001F in the order of `FORMS`.
struct Entry {
    text: String,
    plural: bool,
    server_only: bool,
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=texts");
    println!("cargo::rerun-if-env-changed=STORE_MANAGER_DRAFT_TEXTS");
    let catalogs: Vec<_> = LANGUAGES.iter().map(|code| (*code, read(code))).collect();
    let english = &catalogs[0].1;
    let faults: Vec<String> =
        catalogs.iter().flat_map(|(code, catalog)| faults(code, english, catalog)).collect();
    // While texts are being written, English may stand in; never set this for a release.
    let draft = env::var_os("STORE_MANAGER_DRAFT_TEXTS").is_some();
    for fault in &faults {
        println!("cargo::{}={fault}", if draft { "warning" } else { "error" });
    }
    let out = env::var("OUT_DIR").unwrap_or_default();
    let code = generate(&catalogs);
    if let Err(error) = fs::write(Path::new(&out).join("texts.rs"), code) {
        println!("cargo::error=texts.rs cannot be written: {error}");
    }
}

fn read(code: &str) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    let folder = format!("texts/{code}");
    let mut files: Vec<_> = match fs::read_dir(&folder) {
        Ok(files) => files.filter_map(|file| Some(file.ok()?.path())).collect(),
        Err(error) => {
            println!("cargo::error={folder}: {error}");
            Vec::new()
        }
    };
    files.sort();
    for path in files {
        let server_only = path.file_name().is_none_or(|name| name != BROWSER);
        let text = fs::read_to_string(&path).map_err(|e| e.to_string());
        match text.and_then(|text| text.parse::<toml::Table>().map_err(|e| e.to_string())) {
            Ok(table) => flatten("", &table, server_only, &mut entries),
            Err(error) => println!("cargo::error={}: {error}", path.display()),
        }
    }
    entries
}

fn flatten(
    prefix: &str,
    table: &toml::Table,
    server_only: bool,
    entries: &mut BTreeMap<String, Entry>,
) {
    for (key, value) in table {
        let name = format!("{prefix}{}", pascal(key));
        match value {
            toml::Value::String(text) => {
                let entry = Entry { text: text.clone(), plural: false, server_only };
                insert(entries, name, entry);
            }
            toml::Value::Table(forms) if forms.contains_key("other") => {
                let form =
                    |form: &str| forms.get(form).or(forms.get("other")).and_then(|v| v.as_str());
                let text = FORMS.map(|f| form(f).unwrap_or_default()).join("\u{1f}");
                insert(entries, name, Entry { text, plural: true, server_only });
            }
            toml::Value::Table(inner) => flatten(&name, inner, server_only, entries),
            _ => println!("cargo::error=text {name} is neither a string nor a table"),
        }
    }
}

fn insert(entries: &mut BTreeMap<String, Entry>, name: String, entry: Entry) {
    if entries.insert(name.clone(), entry).is_some() {
        println!("cargo::error=text {name} stands twice");
    }
}

fn pascal(key: &str) -> String {
    key.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
        })
        .collect()
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn faults(
    code: &str,
    english: &BTreeMap<String, Entry>,
    other: &BTreeMap<String, Entry>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, entry) in english {
        match other.get(name) {
            None => faults.push(format!("texts/{code} lacks {name}")),
            Some(o) if o.plural != entry.plural => {
                faults.push(format!("texts/{code}: {name} is plural in one language only"));
            }
            Some(o) if placeholders(&o.text) != placeholders(&entry.text) => {
                faults.push(format!("texts/{code}: {name} has other placeholders than English"));
            }
            Some(_) => {}
        }
    }
    faults.extend(
        other
            .keys()
            .filter(|name| !english.contains_key(*name))
            .map(|name| format!("texts/{code}: {name} is unknown in English")),
    );
    faults
}

fn generate(catalogs: &[(&str, BTreeMap<String, Entry>)]) -> String {
    let english = &catalogs[0].1;
    let mut code = String::new();
    for (name, plural, about) in [
        ("Key", false, "A text of the interface; the words are in `texts/*/*.toml`."),
        ("Plural", true, "A text that depends on a count."),
    ] {
        let _ = writeln!(
            code,
            "/// {about}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n#[repr(u16)]\npub enum {name} {{"
        );
        for (index, (key, entry)) in english.iter().enumerate() {
            if entry.plural == plural {
                let words = entry.text.replace('\u{1f}', " / ").replace('\n', " ");
                let _ =
                    writeln!(code, "    /// `{}`\n    {key} = {index},", words.replace('`', "'"));
            }
        }
        let _ = writeln!(code, "}}");
    }
    for (language, catalog) in catalogs {
        let texts: Vec<&str> = english
            .iter()
            .map(|(key, entry)| catalog.get(key).unwrap_or(entry).text.as_str())
            .collect();
        let _ = writeln!(
            code,
            "#[cfg(any(feature = \"catalogs\", test))]\npub(super) static {}: [&str; {}] = {texts:?};",
            language.to_uppercase(),
            texts.len()
        );
    }
    let server_only: Vec<bool> = english.values().map(|entry| entry.server_only).collect();
    let _ = writeln!(
        code,
        "#[cfg(any(feature = \"catalogs\", test))]\npub(super) static SERVER_ONLY: [bool; {}] = {server_only:?};",
        server_only.len()
    );
    code
}
