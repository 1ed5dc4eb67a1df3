//! The folder that the server embeds: files named by their content, so that browsers may keep them
//! for ever, each with its compressed forms beside it.
use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

const STAMP: &str = ".made-from";

pub fn digest(content: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(content))
}

/// A bundle in the making; it takes the place of the old one only when it is complete.
pub struct Site {
    folder: PathBuf,
    manifest: Map<String, Value>,
    quick: bool,
}

impl Site {
    /// Whether `folder` holds the bundle made from inputs with this fingerprint.
    pub fn is_current(folder: &Path, fingerprint: &str) -> bool {
        fs::read_to_string(folder.join(STAMP)).is_ok_and(|stamp| stamp == fingerprint)
    }

    pub fn stage(published: &Path, quick: bool) -> Result<Site> {
        let folder = beside(published, "new");
        remove(&folder)?;
        fs::create_dir_all(folder.join("pkg"))
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Site { folder, manifest: Map::new(), quick })
    }

    /// Adds a file and notes its address in the manifest.
    pub fn add(&mut self, entry: &str, name: &str, content: &[u8]) -> Result<String> {
        let address = self.write(name, content)?;
        self.manifest.insert(entry.into(), json!(address));
        Ok(address)
    }

    /// Adds a file and notes its address in the manifest's table `entry`, under `key`.
    pub fn add_to(&mut self, entry: &str, key: &str, name: &str, content: &[u8]) -> Result<()> {
        let address = self.write(name, content)?;
        let table = self.manifest.entry(entry).or_insert_with(|| json!({}));
        table[key] = json!(address);
        Ok(())
    }

    /// Adds a file and appends its address to the manifest's list `entry`.
    pub fn push(&mut self, entry: &str, name: &str, content: &[u8]) -> Result<String> {
        let address = self.write(name, content)?;
        let list = self.manifest.entry(entry).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(json!(address));
        }
        Ok(address)
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<String> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let file = format!("{stem}.{}.{extension}", &digest(content)[..12]);
        let path = self.folder.join("pkg").join(&file);
        fs::write(&path, content)?;
        // woff2 is brotli inside.
        if extension != "woff2" {
            fs::write(format!("{}.br", path.display()), self.brotli(content)?)?;
            fs::write(format!("{}.gz", path.display()), self.gzip(content)?)?;
        }
        Ok(format!("/pkg/{file}"))
    }

    fn brotli(&self, content: &[u8]) -> Result<Vec<u8>> {
        let quality = if self.quick { 2 } else { 11 };
        let mut compressed = Vec::new();
        brotli::CompressorWriter::new(&mut compressed, 4096, quality, 24).write_all(content)?;
        Ok(compressed)
    }

    fn gzip(&self, content: &[u8]) -> Result<Vec<u8>> {
        let level = if self.quick { Compression::fast() } else { Compression::best() };
        let mut encoder = GzEncoder::new(Vec::new(), level);
        encoder.write_all(content)?;
        Ok(encoder.finish()?)
    }

    /// Writes the manifest and swaps the finished bundle in.
    pub fn publish(self, published: &Path, fingerprint: &str) -> Result<()> {
        fs::write(
            self.folder.join("manifest.json"),
            serde_json::to_vec_pretty(&Value::Object(self.manifest))?,
        )?;
        fs::write(self.folder.join(STAMP), fingerprint)?;
        let old = beside(published, "old");
        remove(&old)?;
        if published.exists() {
            fs::rename(published, &old)?;
        }
        fs::rename(&self.folder, published)?;
        remove(&old)
    }
}

fn beside(published: &Path, suffix: &str) -> PathBuf {
    published.with_extension(suffix)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
