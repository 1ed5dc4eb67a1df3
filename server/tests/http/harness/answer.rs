use http::{HeaderMap, StatusCode};

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The status's number.
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header's text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "{} is no redirect: {}", self.status, self.text());
        self.header("location")
    }
}
