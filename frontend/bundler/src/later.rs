//! Which functions a page does not need to come to life.
//!
//! `make later` looks which ones run while every page is opened, and writes the others down in
//! `later.txt`, each as the start of the digest of its name. What is not in there, as it is new or
//! called otherwise now, counts as needed: a list that is out of date costs bytes, not function.
use crate::site::digest;
use anyhow::Result;
use std::collections::BTreeSet;
use walrus::Module;

/// The list, of names as [`plain`] has them.
const LIST: &str = include_str!("later.txt");
/// As many letters of a digest tell names apart.
const LETTERS: usize = 8;

/// The names that are in the list.
pub struct Later(BTreeSet<&'static str>);

impl Later {
    pub fn read() -> Later {
        Later(LIST.lines().filter(|line| !line.starts_with('#')).collect())
    }

    /// Whether a function of this name is not needed.
    pub fn holds(&self, name: &str) -> bool {
        self.0.contains(&digest(plain(name).as_bytes())[..LETTERS])
    }
}

/// The list for `module`, where functions with the numbers in `called` have run.
pub fn list(module: &Module, called: &BTreeSet<usize>) -> Result<String> {
    let names = |ran: bool| {
        let functions = module.funcs.iter().enumerate();
        let those = functions.filter(move |(number, _)| called.contains(number) == ran);
        those.filter_map(|(_, function)| function.name.as_deref()).map(plain)
    };
    // Several functions may have one name.
    let needed: BTreeSet<String> = names(true).collect();
    let later: BTreeSet<String> = names(false)
        .filter(|name| !needed.contains(name))
        .map(|name| digest(name.as_bytes())[..LETTERS].to_owned())
        .collect();
    let head = "# Functions that no page needs to come to life, by `make later`; see later.rs.\n";
    Ok(later.iter().fold(head.to_owned(), |text, line| text + line + "\n"))
}

/// A name without the digests of packages in it, which differ from compiler to compiler.
fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((inner, rest))
                if inner.len() == 16 && inner.bytes().all(|b| b.is_ascii_hexdigit()) =>
            {
                plain.push_str(rest);
            }
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_the_same_with_each_compiler() {
        assert_eq!(
            plain("<[u8] as app[7e07ffe750cafe8d]::Draw>::draw::<[core[00ff00ff00ff00ff]::A; 3]>"),
            "<[u8] as app::Draw>::draw::<[core::A; 3]>"
        );
    }
}
