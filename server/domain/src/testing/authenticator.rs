//! A device that holds one passkey, as a browser would use it.
use crate::Domain;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The user was there and verified.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// The data hold a new key.
const WITH_KEY: u8 = 0x40;

/// The device.
pub struct Authenticator {
    key: SigningKey,
    id: [u8; 16],
    user: String,
    origin: String,
    counter: u32,
    /// What it says of its user; without the third bit it did not verify them.
    pub flags: u8,
}

impl Authenticator {
    /// A device without a passkey yet, used at `domain`'s address.
    pub fn new(domain: &Domain) -> Authenticator {
        Authenticator {
            key: SigningKey::from_slice(&domain.random_bytes::<32>()).expect("a key"),
            id: domain.random_bytes(),
            user: String::new(),
            origin: domain.options.public_url.clone(),
            counter: 0,
            flags: PRESENT_AND_VERIFIED,
        }
    }

    /// Makes the passkey that `options` ask for; the browser's answer.
    pub fn create(&mut self, options: &str) -> String {
        let options = public_key(options);
        self.user = text(&options["user"]["id"]);
        let rp = text(&options["rp"]["id"]);
        let mut data = self.data(&rp, self.flags | WITH_KEY);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.cose());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("one byte"));
        object.extend(&data);
        self.answer_with(json!({
            "attestationObject": BASE64.encode(object),
            "clientDataJSON": BASE64.encode(self.client("webauthn.create", &options)),
        }))
    }

    /// Signs what `options` ask for; the browser's answer.
    pub fn get(&mut self, options: &str) -> String {
        let options = public_key(options);
        self.counter += 1;
        let data = self.data(&text(&options["rpId"]), self.flags);
        let client = self.client("webauthn.get", &options);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer_with(json!({
            "authenticatorData": BASE64.encode(&data),
            "clientDataJSON": BASE64.encode(&client),
            "signature": BASE64.encode(signature.to_der().as_bytes()),
            "userHandle": self.user,
        }))
    }

    fn answer_with(&self, response: Value) -> String {
        let id = BASE64.encode(self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key",
            "response": response, "clientExtensionResults": {},
        })
        .to_string()
    }

    fn data(&self, rp: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": options["challenge"],
            "origin": self.origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    /// The public key as COSE: ES256 on P-256.
    fn cose(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let mut cose = vec![0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
        cose.extend(x);
        cose.extend([0x22, 0x58, 32]);
        cose.extend(y);
        cose
    }
}

fn public_key(options: &str) -> Value {
    let options: Value = serde_json::from_str(options).expect("options");
    options["publicKey"].clone()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
