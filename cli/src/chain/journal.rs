//! What is under way: the salt of a reservation that has been or is about to be made.
//!
//! Registering takes two steps, and the salt of the first is needed for the second: it is written down before anything
//! is sent. A journal belongs to one chain (its genesis), one account and one subject (a root, or a name's hash), so
//! that running a command again finds what it began. It is deleted when the second step is final.

use std::fs;
use std::path::PathBuf;

use pedigree_manifest::Hash;
use serde::{Deserialize, Serialize};

use crate::error::{AboutFile, Failure, Result};
use crate::keystore::random;
use crate::store::{write_private, Home};

/// What a journal belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// The chain's genesis hash.
    pub(crate) genesis: Hash,
    /// Who registers, as SS58.
    pub(crate) account: String,
    /// The manifest root, or the hash of a namespace's name.
    pub(crate) subject: Hash,
    /// What it is about, for people: `alice/minilm`, `alice`.
    pub(crate) about: String,
}

/// What is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    version: u8,
    pub(crate) genesis: Hash,
    pub(crate) account: String,
    pub(crate) subject: Hash,
    pub(crate) about: String,
    pub(crate) salt: Hash,
}

/// An entry and the file it is in.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    pub(crate) entry: Entry,
    /// Whether it was there before: an earlier run began this.
    pub(crate) resumed: bool,
    /// Whether this run has sent something.
    pub(crate) sent: bool,
}

impl Journal {
    /// The journal of this subject: what an earlier run wrote, or a new one with a fresh salt, written down already.
    pub(crate) fn open(home: &Home, subject: &Subject, start_over: bool) -> Result<Self> {
        let path = path(home, subject);
        if start_over {
            for (_, other) in unfinished(home, subject)? {
                remove(&other)?;
            }
        } else if let Some(entry) = read(&path)? {
            if entry.genesis != subject.genesis || entry.account != subject.account || entry.subject != subject.subject
            {
                return Err(Failure::input(format!("{} belongs to something else", path.display()))
                    .hint("run the command again with --start-over to forget it"));
            }
            return Ok(Self { path, entry, resumed: true, sent: false });
        } else if let Some((entry, _)) = unfinished(home, subject)?.into_iter().next() {
            return Err(Failure::mismatch(format!(
                "registering this as {} was begun on another chain (genesis {}), and this node serves the chain with genesis {}",
                entry.about, entry.genesis, subject.genesis
            ))
            .hint("name a node of that chain with --node, or begin anew on this one with --start-over"));
        }
        let mut salt = [0u8; 32];
        random(&mut salt)?;
        let entry = Entry {
            version: 1,
            genesis: subject.genesis,
            account: subject.account.clone(),
            subject: subject.subject,
            about: subject.about.clone(),
            salt: Hash(salt),
        };
        let journal = Self { path, entry, resumed: false, sent: false };
        journal.write()?;
        Ok(journal)
    }

    /// Whether an earlier run has left one on this chain.
    pub(crate) fn exists(home: &Home, subject: &Subject) -> bool {
        path(home, subject).exists()
    }

    /// Takes another salt: the reservation made with the old one can't be used any more.
    pub(crate) fn new_salt(&mut self) -> Result<()> {
        random(&mut self.entry.salt.0)?;
        self.write()
    }

    fn write(&self) -> Result<()> {
        let json = serde_json::to_string_pretty(&self.entry).map_err(|error| Failure::input(error.to_string()))?;
        write_private(&self.path, json.as_bytes())
    }

    /// It is done: nothing is left to continue.
    pub(crate) fn finish(self) -> Result<()> {
        remove(&self.path)
    }
}

fn path(home: &Home, subject: &Subject) -> PathBuf {
    let genesis = subject.genesis.to_string();
    let genesis = genesis.get(2..18).unwrap_or_default();
    home.journals().join(format!("{}-{genesis}-{}.json", subject.subject, subject.account))
}

fn read(path: &std::path::Path) -> Result<Option<Entry>> {
    let json = match fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        json => json.about("read", path)?,
    };
    serde_json::from_str(&json).map(Some).map_err(|error| {
        Failure::input(format!("{} is damaged: {error}", path.display())).hint(
            "run the command again with --start-over to forget it; a reservation made earlier expires after a day",
        )
    })
}

/// Journals of the same account and subject, on whatever chain.
fn unfinished(home: &Home, subject: &Subject) -> Result<Vec<(Entry, PathBuf)>> {
    let directory = home.journals();
    let entries = match fs::read_dir(&directory) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.about("list", &directory)?,
    };
    let (begin, end) = (format!("{}-", subject.subject), format!("-{}.json", subject.account));
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.about("list", &directory)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(&begin) && name.ends_with(&end) {
            match read(&path) {
                Ok(Some(entry)) => found.push((entry, path)),
                Ok(None) => {}
                // A damaged one can only be forgotten.
                Err(_) => remove(&path)?,
            }
        }
    }
    Ok(found)
}

fn remove(path: &std::path::Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).about("remove", path),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn subject(genesis: u8) -> Subject {
        Subject {
            genesis: Hash([genesis; 32]),
            account: "5Alice".to_owned(),
            subject: Hash([7; 32]),
            about: "alice/model".to_owned(),
        }
    }

    #[test]
    fn an_interrupted_run_finds_its_salt_again() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let first = Journal::open(&home, &subject(1), false).unwrap();
        assert!(!first.resumed);
        let second = Journal::open(&home, &subject(1), false).unwrap();
        assert!(second.resumed);
        assert_eq!(first.entry, second.entry);
        second.finish().unwrap();
        let third = Journal::open(&home, &subject(1), false).unwrap();
        assert!(!third.resumed);
        assert_ne!(first.entry.salt, third.entry.salt);
    }

    #[test]
    fn another_chain_is_noticed() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        Journal::open(&home, &subject(1), false).unwrap();
        let failure = Journal::open(&home, &subject(2), false).unwrap_err();
        assert_eq!(failure.kind, Kind::Mismatch);
        assert!(failure.message.contains(&Hash([1; 32]).to_string()), "{failure}");
        let anew = Journal::open(&home, &subject(2), true).unwrap();
        assert!(!anew.resumed);
        assert!(!Journal::open(&home, &subject(1), true).unwrap().resumed, "starting over forgets all of them");
    }

    #[test]
    fn a_damaged_journal_is_an_error_and_can_be_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let journal = Journal::open(&home, &subject(1), false).unwrap();
        fs::write(&journal.path, "{").unwrap();
        assert_eq!(Journal::open(&home, &subject(1), false).unwrap_err().kind, Kind::Input);
        assert!(!Journal::open(&home, &subject(1), true).unwrap().resumed);
    }

    #[test]
    fn a_new_salt_is_written_down() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::at(directory.path());
        let mut journal = Journal::open(&home, &subject(1), false).unwrap();
        let old = journal.entry.salt;
        journal.new_salt().unwrap();
        assert_ne!(old, journal.entry.salt);
        assert_eq!(Journal::open(&home, &subject(1), false).unwrap().entry, journal.entry);
    }
}
