//! Saving a store's details over and over: the name says which save it was.
use super::program::Program;

/// What a save needs to know.
pub struct Saves {
    cookie: String,
    store: String,
    url: String,
}

impl Saves {
    /// Of the first store that the person with this cookie sees.
    pub fn of(program: &Program, cookie: &str) -> Saves {
        let stores = program.page("/stores", cookie);
        let start = stores.find("sto_").unwrap();
        Saves::of_store(program, cookie, &stores[start..start + 36])
    }

    /// Of this store, by a person with this cookie.
    pub fn of_store(program: &Program, cookie: &str, store: &str) -> Saves {
        let store = store.to_owned();
        let mut saves = Saves { cookie: cookie.to_owned(), store, url: String::new() };
        // What others rely on stays: its change would have to be confirmed first.
        let details = saves.details(program);
        let url = details.find("value=\"https://").unwrap() + "value=\"".len();
        saves.url = details[url..].split('"').next().unwrap().to_owned();
        saves
    }

    /// The page with the store's details.
    pub fn details(&self, program: &Program) -> String {
        self.ask_details(program).unwrap()
    }

    /// The same; `None` when the program is gone.
    pub fn ask_details(&self, program: &Program) -> Option<String> {
        let path = format!("/stores/{}/settings/general/store-details", self.store);
        program.ask_page(&path, &self.cookie)
    }

    /// Saves over this version; the answer that a script gets.
    pub fn save(&self, program: &Program, version: u64) -> Option<String> {
        self.post(program, version, "application/json")
    }

    /// Saves over this version; the answer to a client that takes `accept`.
    pub fn post(&self, program: &Program, version: u64, accept: &str) -> Option<String> {
        let fields = [
            ("_store", self.store.as_str()),
            ("_group", "general"),
            ("_section", "store-details"),
            ("_version", &version.to_string()),
            ("name", &Saves::name(version)),
            ("store_url", &self.url),
            ("contact_email", "a@shop.example"),
        ];
        let mut body = String::new();
        for (field, value) in fields {
            body += &format!(
                "--e\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
        }
        body += "--e--\r\n";
        let head = format!(
            "POST /api/settings/save HTTP/1.1\r\naccept: {accept}\r\n{}\r\n\
             content-type: multipart/form-data; boundary=e",
            self.cookie
        );
        program.send(&head, body.as_bytes())
    }

    /// What the name is after a save over this version.
    pub fn name(version: u64) -> String {
        format!("Version {version}")
    }

    /// The version whose save is stored.
    pub fn stored(&self, program: &Program) -> u64 {
        let page = self.details(program);
        let name = page.split("value=\"Version ").nth(1).unwrap_or_else(|| panic!("{page}"));
        name.split('"').next().unwrap().parse().unwrap()
    }
}
