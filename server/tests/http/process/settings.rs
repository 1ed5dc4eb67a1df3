//! Settings as a file on the command line.
use super::program::{Program, command, run, said};
use std::{
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

/// The demonstration's organization and one of its stores.
fn demonstration(folder: &Path) -> (String, String) {
    let program = Program::start(folder);
    let cookie = program.sign_in();
    let open = |path: &str| {
        let head = format!("GET {path} HTTP/1.1\r\naccept: text/html\r\n{cookie}");
        program.send(&head, b"").unwrap()
    };
    let id = |page: String, prefix: &str| {
        let at = page.find(prefix).unwrap_or_else(|| panic!("no {prefix} in {page}"));
        page[at..at + prefix.len() + 32].to_owned()
    };
    let ids = (id(open("/organizations"), "org_"), id(open("/stores"), "sto_"));
    program.signal("TERM");
    assert!(program.ended());
    ids
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn a_store_is_exported_compared_and_applied() {
    let folder = tempfile::tempdir().unwrap();
    let (_, store) = demonstration(folder.path());
    let of = ["--store", store.as_str()];
    let settings =
        |arguments: &[&str]| run(folder.path(), &[&["settings"], arguments, &of].concat());
    let exported = settings(&["export"]);
    assert_eq!(code(&exported), 0, "{}", said(&exported));
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, &exported.stdout).unwrap();
    assert_eq!(code(&settings(&["diff", "mine.toml"])), 0);
    assert_eq!(code(&settings(&["apply", "mine.toml"])), 0);

    let text = String::from_utf8(exported.stdout).unwrap();
    let city = text.lines().find(|line| line.starts_with("city = ")).unwrap();
    std::fs::write(&file, text.replace(city, "city = \"Toruń\"")).unwrap();
    for task in [&["diff", "mine.toml"][..], &["apply", "mine.toml", "--dry-run"]] {
        let different = settings(task);
        assert_eq!(code(&different), 2, "{}", said(&different));
        let told = String::from_utf8(different.stdout).unwrap();
        assert!(told.contains("City (city): ") && told.contains(" -> Toruń\n"), "{told}");
    }
    let applied = settings(&["apply", "mine.toml"]);
    assert_eq!(code(&applied), 0, "{}", said(&applied));
    assert!(said(&applied).contains("Applied."), "{}", said(&applied));
    let after = settings(&["export"]).stdout;
    assert_eq!(after, std::fs::read(&file).unwrap(), "the same bytes");
    assert!(said(&settings(&["apply", "mine.toml"])).contains("Nothing to do."));
    let french = settings(&["export", "--language", "fr"]);
    assert!(said(&french).starts_with("# Réglages de la boutique"), "{}", said(&french));
    assert!(run(folder.path(), &["audit", "verify"]).status.success());
}

#[test]
fn what_is_wrong_is_told_as_compilers_do() {
    let folder = tempfile::tempdir().unwrap();
    let (organization, store) = demonstration(folder.path());
    let text = format!(
        "format = 1\n[stores.{store}.store-details]\ncity = 5\n country = \"XX\"\n[stores.sto_x]\n"
    );
    let from_input = |dry: &[&str]| {
        let arguments =
            [&["settings", "apply", "-", "--organization", &organization], dry].concat();
        let mut child = command(folder.path(), &arguments)
            .env("STORE_MANAGER_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    for dry in [&["--dry-run"][..], &[]] {
        let wrong = from_input(dry);
        assert_eq!(code(&wrong), 1, "{}", said(&wrong));
        // Before it stands what the log says of a demonstration.
        let told = "-:3:8: City: write a text in quotes.\n\
             -:4:12: Country: Choose one of the entries in the list.\n\
             -:5:9: This organization has no open store “sto_x”.\n\
             Nothing was applied.\n";
        assert!(said(&wrong).ends_with(told), "{}", said(&wrong));
    }
}

#[test]
fn mistakes_of_the_caller_are_no_differences() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = "sto_00000000000000000000000000000001";
    for (arguments, says) in [
        (&["settings", "export"][..], "--store"),
        (&["settings", "export", "--store", "x"], "--store"),
        (&["settings", "export", "--store", nobody], "no such store"),
        (&["settings", "diff", "none.toml", "--store", nobody], "none.toml cannot be read"),
        (&["settings", "export", "--store", nobody, "--language", "tlh"], "choose one of en"),
        (&["nonsense"], "nonsense"),
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(code(&output), 1, "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(says), "{arguments:?}: {}", said(&output));
    }
    assert_eq!(code(&run(folder.path(), &["--help"])), 0);
}
