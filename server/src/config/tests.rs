use super::*;
use std::collections::BTreeMap;

fn parse(file: &str, variables: &[(&str, &str)]) -> Result<Config, Invalid> {
    let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
    Config::parse(file, &|name| variables.get(name).map(|value| (*value).to_owned()))
}

fn places(result: Result<Config, Invalid>) -> Vec<String> {
    result.unwrap_err().0.into_iter().map(|fault| fault.place).collect()
}

#[test]
fn the_printed_defaults_are_the_defaults() {
    let printed = parse(DEFAULT_FILE, &[]).unwrap();
    assert_eq!(printed, parse("", &[]).unwrap());
    assert_eq!(printed.public_url, "http://127.0.0.1:3000");
    assert_eq!(printed.database().expose(), "sqlite:data/store-manager.db");
}

/// A wrong or unusual value for each key, and whether it is wrong.
const UNUSUAL: &[(&str, &str)] = &[
    ("listen", "0.0.0.0:80"),
    ("metrics_listen", "127.0.0.1:9187"),
    ("public_url", "https://manager.shop.example"),
    ("data_dir", "/var/lib/store-manager"),
    ("database_url", "postgres://ann:s3cret@db/shop"),
    ("database_connections", "20"),
    ("page_cache_mb", "0"),
    ("smtp_url", "smtps://ann:s3cret@mail.example"),
    ("smtp_ca_file", "/etc/ssl/own-authority.pem"),
    ("smtp_from", "Store Manager <no-reply@shop.example>"),
    ("trusted_proxies", "10.0.0.0/8, ::1"),
    ("outgoing_exceptions", "127.0.0.0/8"),
    ("secret_key_file", "/run/secrets/key"),
    ("traces_url", "http://127.0.0.1:4318/v1/traces"),
    ("log_format", "json"),
    ("log", "warn,domain=debug"),
];

#[test]
fn every_key_is_documented_and_works_in_file_and_environment() {
    let defaults: toml::Table = DEFAULT_FILE.parse().unwrap();
    let mut documented: Vec<&str> = defaults.keys().map(String::as_str).collect();
    let mut tried: Vec<&str> = UNUSUAL.iter().map(|(key, _)| *key).collect();
    documented.sort_unstable();
    tried.sort_unstable();
    assert_eq!(documented, tried);

    let sender = ("STORE_MANAGER_SMTP_FROM", "a@b.example");
    let plain = parse("", &[sender]).unwrap();
    for (key, value) in UNUSUAL {
        let variable = format!("{PREFIX}{}", key.to_uppercase());
        let by_environment = parse("", &[sender, (variable.as_str(), *value)]).unwrap();
        assert_ne!(by_environment, plain, "{variable}");
        if *key != "smtp_from" {
            let by_file = parse(&format!("{key} = {value:?}"), &[sender]).unwrap();
            assert_eq!(by_file, by_environment, "{key}");
        }
    }
}

#[test]
fn the_environment_wins_and_an_empty_value_is_no_value() {
    let file =
        "listen = \"127.0.0.1:4000\"\ntrusted_proxies = [\"10.0.0.0/8\"]\ndatabase_connections = 3";
    let config =
        parse(file, &[("STORE_MANAGER_LISTEN", "127.0.0.1:5000"), ("STORE_MANAGER_LOG", "")]);
    let config = config.unwrap();
    assert_eq!(config.listen.port(), 5000);
    assert_eq!(config.public_url, "http://127.0.0.1:5000");
    assert_eq!(config.trusted_proxies.len(), 1);
    assert_eq!(config.database_connections, 3);
    assert_eq!(config.log, "info");
}

#[test]
fn every_fault_is_named_at_once() {
    let file = "listen = \"here\"\npublic_url = \"https://shop.example/path\"\ndatabase_connections = 0\n\
                trusted_proxies = [1]\nlogs = \"info\"\nlog = true\nsmtp_url = \"smtp://mail.example\"";
    let variables =
        [("STORE_MANAGER_LOG_FORMAT", "xml"), ("STORE_MANAGER_DATABASE_URL", "mysql://x")];
    let mut found = places(parse(file, &variables));
    found.sort();
    let mut expected = vec![
        "STORE_MANAGER_DATABASE_URL",
        "STORE_MANAGER_LOG_FORMAT",
        "database_connections",
        "listen",
        "log",
        "logs",
        "public_url",
        "smtp_from",
        "trusted_proxies",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_file_that_is_not_toml_is_a_fault_with_its_line() {
    assert_eq!(places(parse("log = \"info\"\nlisten = ", &[])), ["line 2"]);
}

#[test]
fn no_fault_and_no_debug_output_shows_a_secret() {
    let secrets = [
        ("STORE_MANAGER_DATABASE_URL", "mysql://ann:s3cret@db"),
        ("STORE_MANAGER_SMTP_URL", "http://ann:s3cret@mail"),
    ];
    assert!(!parse("", &secrets).unwrap_err().to_string().contains("s3cret"));
    assert!(
        !parse("smtp_url = \"smtp://ann:s3cret@x\nlog = 1", &[])
            .unwrap_err()
            .to_string()
            .contains("s3cret")
    );
    let right = [
        ("STORE_MANAGER_DATABASE_URL", "postgres://ann:s3cret@db/shop"),
        ("STORE_MANAGER_SMTP_URL", "smtp://ann:s3cret@mail"),
        ("STORE_MANAGER_SMTP_FROM", "a@b.example"),
    ];
    assert!(!format!("{:?}", parse("", &right).unwrap()).contains("s3cret"));
}
