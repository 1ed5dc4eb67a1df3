use super::{Answer, ORIGIN};
use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Method, Request, header};
use http_body_util::BodyExt as _;
use std::{collections::BTreeMap, net::SocketAddr};
use tower::ServiceExt as _;

/// A browser: it keeps cookies and sends what browsers send.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// Its cookies.
    pub cookies: BTreeMap<String, String>,
    /// The address that its connections come from.
    pub peer: SocketAddr,
    /// Headers that it sends besides.
    pub headers: Vec<(&'static str, String)>,
}

/// What a script sends and a browser that waits for a page does not.
const DATA: &str = "application/json";
const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

impl Client {
    pub(super) fn new(router: Router) -> Client {
        let peer = SocketAddr::from(([192, 0, 2, 1], 4711));
        Client { router, cookies: BTreeMap::new(), peer, headers: Vec::new() }
    }

    /// Sends `name: value` with every request from now on.
    pub fn with(mut self, name: &'static str, value: &str) -> Client {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(request(Method::GET, path, PAGE).body(Body::empty()).unwrap()).await
    }

    /// Calls a server function that reads, as a script does.
    pub async fn read(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let address = format!("{path}?{}", encode_fields(fields));
        self.send(request(Method::GET, &address, DATA).body(Body::empty()).unwrap()).await
    }

    /// Submits a plain form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, PAGE, fields)).await
    }

    /// Calls a server function as a script does.
    pub async fn fetch(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, DATA, fields)).await
    }

    /// Submits a plain form with files: name, file name if it is one, content.
    pub async fn upload(&mut self, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
        self.send(multipart(path, PAGE, parts)).await
    }

    /// Like `upload`, as a script does.
    pub async fn fetch_upload(
        &mut self,
        path: &str,
        parts: &[(&str, Option<&str>, &[u8])],
    ) -> Answer {
        self.send(multipart(path, DATA, parts)).await
    }

    /// Goes where `answer` sends the browser.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        let location = answer.location().to_owned();
        self.get(&location).await
    }

    /// Sends any request, with the client's cookies and headers; keeps the cookies that are set.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let headers = request.headers_mut();
        headers
            .entry(header::HOST)
            .or_insert(ORIGIN.trim_start_matches("https://").parse().unwrap());
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
            headers.insert(header::COOKIE, pairs.join("; ").parse().unwrap());
        }
        for (name, value) in &self.headers {
            headers.insert(*name, value.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        assert!(attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"), "{cookie}");
        if attributes.contains("Max-Age=0") || value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn request(method: Method, path: &str, accept: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header(header::ACCEPT, accept)
}

fn form(path: &str, accept: &str, fields: &[(&str, &str)]) -> Request<Body> {
    request(Method::POST, path, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, ORIGIN)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(encode_fields(fields)))
        .unwrap()
}

fn multipart(path: &str, accept: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/png"));
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n",
            file.unwrap_or_default()
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    request(Method::POST, path, accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::ORIGIN, ORIGIN)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

fn encode_fields(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// A text as it stands in a form's body.
fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
