//! A small OpenID provider that says whatever a test wants.
use chrono::{DateTime, TimeDelta};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, EndUserGivenName, IssuerUrl, JsonWebKeyId,
    LocalizedClaim, Nonce, PrivateSigningKey as _, StandardClaims, SubjectIdentifier,
    core::{CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// Keys that tests sign with, and nobody else.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIPyPWj0rGSaoImSa2Uyy/Fpd0fD587H8Y4pt2gK4p3Xv
-----END PRIVATE KEY-----";
const OTHER_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAUsDDnLt5ANz5LlA1UNGQAXaQBI+JjqRKefk1b1mQkm
-----END PRIVATE KEY-----";

/// What the provider says of whoever comes.
#[derive(Clone, Debug)]
pub struct Says {
    pub issuer: Option<String>,
    pub audience: String,
    pub nonce: String,
    pub subject: String,
    pub email: Option<String>,
    pub verified: Option<bool>,
    pub now: i64,
    pub other_key: bool,
}

impl Says {
    /// The truth about a verified person.
    pub fn of(identity: (&str, &str), nonce: &str, now: i64) -> Says {
        Says {
            issuer: None,
            audience: "client".to_owned(),
            nonce: nonce.to_owned(),
            subject: identity.0.to_owned(),
            email: Some(identity.1.to_owned()),
            verified: Some(true),
            now,
            other_key: false,
        }
    }
}

/// A provider on a port of its own.
pub struct Provider {
    pub issuer: String,
    says: Arc<Mutex<Option<Says>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    pub async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (says, asked) = (Arc::new(Mutex::new(None)), Arc::new(Mutex::new(Vec::new())));
        let provider =
            Provider { issuer: issuer.clone(), says: says.clone(), asked: asked.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, issuer.clone(), says.clone(), asked.clone()));
            }
        });
        provider
    }

    pub fn say(&self, says: Says) {
        *self.says.lock().unwrap() = Some(says);
    }

    /// The bodies that were sent to the token endpoint.
    pub fn asked(&self) -> Vec<BTreeMap<String, String>> {
        let fields = |body: &String| {
            let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
            pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        self.asked.lock().unwrap().iter().map(fields).collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    issuer: String,
    says: Arc<Mutex<Option<Says>>>,
    asked: Arc<Mutex<Vec<String>>>,
) {
    let request = read(&mut stream).await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let path = head.split(' ').nth(1).unwrap();
    let (status, json) = match path {
        "/.well-known/openid-configuration" => ("200 OK", discovery(&issuer)),
        "/jwks" => ("200 OK", keys()),
        "/token" => {
            asked.lock().unwrap().push(body.to_owned());
            match says.lock().unwrap().take() {
                Some(says) => ("200 OK", token(&issuer, &says)),
                None => ("400 Bad Request", r#"{"error":"invalid_grant"}"#.to_owned()),
            }
        }
        _ => ("404 Not Found", "{}".to_owned()),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{json}",
        json.len()
    );
    stream.write_all(answer.as_bytes()).await.ok();
}

async fn read(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await.unwrap();
        text.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let wanted = head.lines().find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
        });
        if length == 0 || body.len() >= wanted.unwrap_or_default() {
            return text;
        }
    }
}

fn discovery(issuer: &str) -> String {
    format!(
        r#"{{"issuer":"{issuer}","authorization_endpoint":"{issuer}/authorize",
        "token_endpoint":"{issuer}/token","jwks_uri":"{issuer}/jwks",
        "response_types_supported":["code"],"subject_types_supported":["public"],
        "id_token_signing_alg_values_supported":["EdDSA","none","HS256"]}}"#
    )
}

fn key(pem: &str) -> CoreEdDsaPrivateSigningKey {
    // Both claim to be the same key: only the signature tells them apart.
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, Some(JsonWebKeyId::new("k".into()))).unwrap()
}

fn keys() -> String {
    let key = serde_json::to_value(key(KEY).as_verification_key()).unwrap();
    serde_json::json!({ "keys": [key] }).to_string()
}

fn token(issuer: &str, says: &Says) -> String {
    let now = DateTime::from_timestamp_millis(says.now).unwrap();
    let mut standard = StandardClaims::new(SubjectIdentifier::new(says.subject.clone()));
    let mut names = LocalizedClaim::new();
    names.insert(None, EndUserGivenName::new("Nora".into()));
    standard = standard
        .set_email(says.email.clone().map(EndUserEmail::new))
        .set_email_verified(says.verified)
        .set_given_name(Some(names));
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(says.issuer.clone().unwrap_or_else(|| issuer.to_owned())).unwrap(),
        vec![Audience::new(says.audience.clone())],
        now + TimeDelta::minutes(5),
        now,
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(says.nonce.clone())));
    let signing = key(if says.other_key { OTHER_KEY } else { KEY });
    let token = CoreIdToken::new(claims, &signing, CoreJwsSigningAlgorithm::EdDsa, None, None);
    let token = token.unwrap().to_string();
    serde_json::json!({ "access_token": "a", "token_type": "Bearer", "id_token": token })
        .to_string()
}
