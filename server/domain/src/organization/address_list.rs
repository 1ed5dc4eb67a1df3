//! Lists of e-mail addresses as people write, paste and export them.
use model::check::{self, Fault};
use std::collections::BTreeSet;

/// The largest file that is read, in megabytes.
const MEGABYTES: u32 = 1;
/// What stands between the addresses of a list.
const BETWEEN: [char; 5] = ['\n', '\r', ',', ';', '\t'];

/// The addresses in a list, each once, in their order. `Name <address>` counts as the address.
pub(super) fn addresses(typed: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let pieces = typed.split(BETWEEN).map(plain);
    pieces
        .filter(|piece| !piece.is_empty() && seen.insert(check::normalize_email(piece)))
        .map(str::to_owned)
        .collect()
}

fn plain(piece: &str) -> &str {
    let piece = piece.trim().trim_matches('"').trim();
    match piece.rsplit_once('<') {
        Some((_, address)) => address.trim_end_matches('>').trim(),
        None => piece,
    }
}

/// The list in a CSV file, one a line: of each record the first field that looks like an address.
/// A heading is left out; a record without any address stays as it is, so that nothing is lost.
///
/// # Errors
/// [`Fault::FileTooLarge`]; [`Fault::Characters`] for what is no text at all.
pub fn from_file(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.len() > MEGABYTES as usize * 1_000_000 {
        return Err(Fault::FileTooLarge { megabytes: MEGABYTES });
    }
    if bytes.contains(&0) {
        return Err(Fault::Characters);
    }
    // Spreadsheets still write files that are no UTF-8; of addresses it makes no difference.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let first = text.lines().next().unwrap_or_default();
    let between = [';', '\t'].into_iter().find(|one| first.contains(*one)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(between).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| Fault::Characters)?;
        let fields: Vec<&str> = record.iter().map(plain).filter(|f| !f.is_empty()).collect();
        let address = |field: &&&str| check::email(&check::normalize_email(field)).is_ok();
        match fields.iter().find(address) {
            Some(address) => lines.push((*address).to_owned()),
            None if index == 0 && !fields.iter().any(|field| field.contains('@')) => {}
            None => lines.push(fields.join(" ").replace(BETWEEN, " ")),
        }
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_people_write_them() {
        let typed = "a@b.example, \"c@d.example\"\r\nEva Roy <eva@b.example>;A@B.example\n\nno";
        let read = addresses(typed);
        assert_eq!(read, ["a@b.example", "c@d.example", "eva@b.example", "no"]);
    }

    #[test]
    fn files_are_read_as_programs_export_them() {
        let read = |file: &[u8]| addresses(&from_file(file).unwrap());
        let file = "\u{feff}Name,Email,Other\r\n\"Roy, Eva\",eva@b.example,x@y.example\r\n\"Paz, Leo\",nowhere@,\r\n\r\n";
        assert_eq!(read(file.as_bytes()), ["eva@b.example", "Paz  Leo nowhere@"]);
        // Without a heading, with other separators, in another encoding.
        assert_eq!(read(b"a@b.example;Ana\nc@d.example;Carl"), ["a@b.example", "c@d.example"]);
        assert_eq!(read(b"Nombre\tCorreo\nI\xf1igo\ti@b.example"), ["i@b.example"]);
        assert_eq!(read(b"one@\nE-mail"), ["one@", "E-mail"]);
        assert_eq!(read(b""), Vec::<String>::new());
        assert_eq!(from_file(b"PK\x03\x04\0\0"), Err(Fault::Characters));
        assert_eq!(from_file(&vec![b'a'; 1_000_001]), Err(Fault::FileTooLarge { megabytes: 1 }));
    }
}
