//! Reads a multipart form: texts by name and files, within bounds.
use crate::path::Path;
use domain::{Domain, access::SectionEdit};
use leptos::server_fn::codec::MultipartData;
use model::{
    FieldError, Input, Refusal,
    check::Fault,
    settings::{Place, Section},
};
use std::collections::BTreeMap;

/// The largest file that is kept, in megabytes. What follows is read and dropped, so that the
/// browser gets an answer instead of a broken connection.
const FILE_MEGABYTES: u32 = 4;
/// The most that all texts of a form may hold, in bytes.
const TEXT_BYTES: usize = 256 * 1024;
/// The most parts of a form.
const PARTS: usize = 300;

/// A form that may hold files.
#[derive(Default)]
pub struct Upload {
    /// The texts by field key.
    pub input: Input,
    /// What the form says of itself: `store` or `organization`, `section`, `version` ...
    places: BTreeMap<String, String>,
    /// For each conflicting field `mine` or `theirs`.
    choices: BTreeMap<String, String>,
    /// The names of the boxes that remove an image.
    removed: Vec<String>,
    /// What boxes of one name were ticked.
    lists: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, Result<Vec<u8>, Fault>>,
}

impl Upload {
    /// A part of the form's own description.
    pub fn place(&self, name: &str) -> &str {
        self.places.get(name).map_or("", String::as_str)
    }

    /// The section that the form is of, and what it belongs to.
    pub fn section(&self) -> Option<(Place, &'static Section)> {
        let section = Section::find(self.place("group"), self.place("section"))?;
        let place = match self.place("organization") {
            "" => Place::Store(self.place("store").parse().ok()?),
            organization => Place::Organization(organization.parse().ok()?),
        };
        Some((place, section))
    }

    /// The page that the form stands on.
    pub fn page(&self) -> Path {
        self.section().map_or(Path::Stores, |(place, section)| Path::section(&place, section))
    }

    /// A text; empty where the form has none of this name.
    pub fn value(&self, name: &str) -> &str {
        self.input.get(name).map_or("", String::as_str)
    }

    /// The values of the ticked boxes of this name.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The file that was sent for `field`, if one was.
    ///
    /// # Errors
    /// [`domain::Error::Invalid`] for that field where it is too large.
    pub fn file(&mut self, field: &str) -> domain::Result<Option<Vec<u8>>> {
        let file = self.files.remove(field).transpose();
        file.map_err(|fault| domain::Error::Invalid(vec![FieldError::new(field, fault)]))
    }

    /// The fields for which the other side's value is to be kept.
    pub fn taken(&self) -> Vec<String> {
        self.choices
            .iter()
            .filter(|(_, choice)| *choice == "theirs")
            .map(|(field, _)| field.clone())
            .collect()
    }

    /// Stores the image that was sent for `field`, if one was, and puts its identifier into the
    /// input; or empties the field when the box that removes it was ticked.
    pub async fn image(
        &mut self,
        domain: &Domain,
        access: &SectionEdit,
        field: &str,
    ) -> domain::Result<()> {
        if self.removed.iter().any(|name| name == field) {
            self.input.insert(field.to_owned(), String::new());
        }
        match self.files.remove(field) {
            None => Ok(()),
            Some(Err(fault)) => Err(domain::Error::Invalid(vec![FieldError::new(field, fault)])),
            Some(Ok(bytes)) => {
                let id = domain::images::store_image(domain, access, field, bytes).await?;
                self.input.insert(field.to_owned(), id.to_string());
                Ok(())
            }
        }
    }

    fn text(&mut self, name: &str, text: String) {
        if let Some(place) = name.strip_prefix("_") {
            self.places.insert(place.to_owned(), text);
        } else if let Some(field) = name.strip_prefix("take.") {
            self.choices.insert(field.to_owned(), text);
        } else if let Some(field) = name.strip_suffix("[]") {
            self.lists.entry(field.to_owned()).or_default().push(text);
        } else if let Some(field) = name.strip_suffix(".remove") {
            self.removed.push(field.to_owned());
        } else {
            self.input.insert(name.to_owned(), text);
        }
    }
}

/// Reads the whole form.
pub async fn read(data: MultipartData) -> Result<Upload, Refusal> {
    let mut parts = data.into_inner().ok_or(Refusal::Malformed)?;
    let mut upload = Upload::default();
    let (mut texts, mut count) = (0, 0);
    while let Some(mut part) = parts.next_field().await.map_err(|_| Refusal::Malformed)? {
        count += 1;
        let name = part.name().unwrap_or_default().to_owned();
        let sent = part.file_name().is_some();
        let file = name.strip_suffix(".file").or(sent.then_some(name.as_str())).map(str::to_owned);
        let limit =
            if file.is_some() { FILE_MEGABYTES as usize * 1_000_000 } else { TEXT_BYTES - texts };
        let mut bytes = Vec::new();
        let mut over = false;
        while let Some(chunk) = part.chunk().await.map_err(|_| Refusal::Malformed)? {
            over |= bytes.len() + chunk.len() > limit;
            if !over {
                bytes.extend_from_slice(&chunk);
            }
        }
        match file {
            // A browser sends an empty part where no file was chosen.
            Some(_) if bytes.is_empty() && !over => {}
            Some(field) if over => {
                upload.files.insert(field, Err(Fault::FileTooLarge { megabytes: FILE_MEGABYTES }));
            }
            Some(field) => {
                upload.files.insert(field, Ok(bytes));
            }
            None if over || count > PARTS => return Err(Refusal::Malformed),
            None => {
                texts += bytes.len();
                upload.text(&name, String::from_utf8(bytes).map_err(|_| Refusal::Malformed)?);
            }
        }
    }
    Ok(upload)
}
