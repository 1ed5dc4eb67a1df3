use crate::{Error, Result};

/// How a version of a section came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// Somebody saved the form.
    Save,
    /// Somebody undid what this version had changed.
    Undo(i64),
    /// Somebody went back to this version.
    Return(i64),
    /// It was in a file that was applied.
    Apply,
    /// It was one of many stores in this batch.
    Batch(String),
}

impl How {
    /// Its name in the database.
    pub fn code(&self) -> String {
        match self {
            How::Save => "save".to_owned(),
            How::Undo(version) => format!("undo:{version}"),
            How::Return(version) => format!("return:{version}"),
            How::Apply => "apply".to_owned(),
            How::Batch(id) => format!("batch:{id}"),
        }
    }

    /// The one with this name.
    ///
    /// # Errors
    /// [`Error::Corrupt`] where there is none.
    pub fn read(code: &str) -> Result<How> {
        let unknown = || Error::Corrupt(format!("settings change {code}"));
        let (name, of) = code.split_once(':').unwrap_or((code, ""));
        let version = || of.parse().map_err(|_| unknown());
        Ok(match name {
            "save" => How::Save,
            "undo" => How::Undo(version()?),
            "return" => How::Return(version()?),
            "apply" => How::Apply,
            "batch" => How::Batch(of.to_owned()),
            _ => return Err(unknown()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read() {
        let batch = How::Batch("bat_1".into());
        for how in [How::Save, How::Undo(12), How::Return(5), How::Apply, batch] {
            assert_eq!(How::read(&how.code()).unwrap(), how);
        }
        assert!(How::read("undo:x").is_err() && How::read("").is_err());
    }
}
