//! An evaluator's folder: the releases that he has fetched, and what came of scoring them.
//!
//! ```text
//! lock                        held by the one evaluator that works here
//! manifests/ROOT.json         of the releases below
//! releases/ROOT/              their files
//! results/TASK/ROOT.json      what came of a release
//! results/TASK/uid-UID.json   what came of a service, in one epoch
//! results/TASK/revealed       the last epoch whose commitment was revealed, or was said to be lost
//! ```
//!
//! `TASK` stands for the chain, the subnet, the command, and the version that the evaluator gives it. Every file is written whole
//! or not at all. Names are roots and uids: nothing that a contributor chose becomes a path here but below his release's folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pedigree_manifest::Hash;
use serde::{Deserialize, Serialize};

use crate::error::{AboutFile, Failure, Result};
use crate::store::{read_text, write_private, Home};

/// No result is longer, in bytes of JSON.
const LONGEST: u64 = 64 << 10;

/// After how many epochs at most what failed is tried again.
const LONGEST_PAUSE: u32 = 8;

/// What is scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subject {
    pub(crate) uid: u16,
    pub(crate) account: String,
    /// Of the release, where one is scored.
    pub(crate) root: Option<Hash>,
    /// Of the service, where that is scored.
    pub(crate) endpoint: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Scored(f64),
    /// The files could not be had as the chain has them.
    Unfetched(String),
    /// The command gave no score.
    Failed(String),
}

impl Outcome {
    /// The score: nothing is what comes of nothing.
    pub(crate) fn score(&self) -> f64 {
        match self {
            Self::Scored(score) => *score,
            Self::Unfetched(_) | Self::Failed(_) => 0.0,
        }
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Scored(_) => None,
            Self::Unfetched(reason) | Self::Failed(reason) => Some(reason),
        }
    }
}

/// An outcome, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kept {
    version: u8,
    subject: Subject,
    epoch: u32,
    outcome: Outcome,
    /// How often it has failed, the last times.
    failures: u32,
}

impl Kept {
    /// Whether it holds in an epoch. That of a release holds for good; what failed is tried again, each time after a longer pause.
    fn holds(&self, subject: &Subject, epoch: u32) -> bool {
        match (subject.root, &self.outcome) {
            (None, _) => self.subject == *subject && self.epoch == epoch,
            (root, Outcome::Scored(score)) => self.subject.root == root && score.is_finite() && *score >= 0.0,
            (root, _) => {
                let pause = 1u32.checked_shl(self.failures.saturating_sub(1)).unwrap_or(LONGEST_PAUSE);
                let again = self.epoch.saturating_add(pause.min(LONGEST_PAUSE));
                self.subject.root == root && (self.epoch..again).contains(&epoch)
            }
        }
    }
}

/// The folder.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    results: PathBuf,
    _lock: fs::File,
}

impl Cache {
    /// Opens or makes a folder for a task. Nobody else works in it meanwhile.
    pub(crate) fn open(folder: &Path, task: &Hash) -> Result<Self> {
        let task = task.to_string();
        let results = folder.join("results").join(task.get(2..18).unwrap_or_default());
        fs::create_dir_all(&results).about("create", &results)?;
        // The command may run elsewhere than where the folder is named from.
        let folder = folder.canonicalize().about("find", folder)?;
        if folder.to_str().is_none() {
            return Err(Failure::usage("the path of the folder is not UTF-8")
                .hint("name another with --cache: the command is told of it in JSON"));
        }
        let lock_path = folder.join("lock");
        let lock = fs::File::create(&lock_path).about("create", &lock_path)?;
        lock.try_lock().map_err(|_| {
            Failure::input(format!("another `pedigree evaluate` works in {}", folder.display()))
                .hint("end it, or give each a folder of its own with --cache")
        })?;
        Ok(Self { folder, results, _lock: lock })
    }

    /// Where manifests are kept.
    pub(crate) fn home(&self) -> Home {
        Home::at(&self.folder)
    }

    /// Where the files of a release go.
    pub(crate) fn release(&self, root: &Hash) -> PathBuf {
        self.folder.join("releases").join(root.to_string())
    }

    fn path(&self, subject: &Subject) -> PathBuf {
        self.results.join(match subject.root {
            Some(root) => format!("{root}.json"),
            None => format!("uid-{}.json", subject.uid),
        })
    }

    /// What is kept of a subject. What can't be read is as good as nothing: it is made anew.
    fn read(&self, subject: &Subject) -> Option<Kept> {
        let text = read_text(&self.path(subject), LONGEST, "result").ok()?;
        serde_json::from_str(&text).ok().filter(|kept: &Kept| kept.subject.root == subject.root)
    }

    /// What came of a subject, if that still holds in an epoch.
    pub(crate) fn outcome(&self, subject: &Subject, epoch: u32) -> Option<Outcome> {
        self.read(subject).filter(|kept| kept.holds(subject, epoch)).map(|kept| kept.outcome)
    }

    /// Keeps what came of a subject.
    pub(crate) fn keep(&self, subject: &Subject, epoch: u32, outcome: &Outcome) -> Result<()> {
        let failures = match outcome {
            Outcome::Scored(_) => 0,
            _ => self.read(subject).map(|kept| kept.failures).unwrap_or_default().saturating_add(1),
        };
        let kept = Kept { version: 1, subject: subject.clone(), epoch, outcome: outcome.clone(), failures };
        let json = serde_json::to_string_pretty(&kept).map_err(|error| Failure::input(error.to_string()))?;
        write_private(&self.path(subject), json.as_bytes())
    }

    /// Forgets what came of a subject: it was not the subject's fault.
    pub(crate) fn forget(&self, subject: &Subject) -> Result<()> {
        removed(fs::remove_file(self.path(subject))).about("remove", &self.path(subject))
    }

    /// The last epoch whose commitment needs nothing more.
    pub(crate) fn revealed(&self) -> Option<u32> {
        read_text(&self.results.join("revealed"), 16, "number").ok()?.trim().parse().ok()
    }

    pub(crate) fn set_revealed(&self, epoch: u32) -> Result<()> {
        write_private(&self.results.join("revealed"), format!("{epoch}\n").as_bytes())
    }

    /// Removes the files of all releases but these, and of these as many, the longest unused first, as are above `most` bytes.
    pub(crate) fn trim(&self, bound: &[Hash], most: u64) -> Result<u64> {
        let folder = self.folder.join("releases");
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            entries => entries.about("list", &folder)?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry.about("list", &folder)?;
            let Some(root) = entry.file_name().to_str().and_then(|name| name.parse::<Hash>().ok()) else { continue };
            let used = fs::metadata(self.home().manifest_path(&root)).and_then(|file| file.modified());
            all.push((used.unwrap_or(SystemTime::UNIX_EPOCH), root, size(&entry.path())));
        }
        // The latest first.
        all.sort_by_key(|(used, root, _)| (std::cmp::Reverse(*used), root.0));
        let (mut total, mut freed) = (0u64, 0u64);
        for (_, root, bytes) in all {
            let with = total.saturating_add(bytes);
            if bound.contains(&root) && with <= most {
                total = with;
                continue;
            }
            let place = self.release(&root);
            removed(fs::remove_dir_all(&place)).about("remove", &place)?;
            let manifest = self.home().manifest_path(&root);
            removed(fs::remove_file(&manifest)).about("remove", &manifest)?;
            freed = freed.saturating_add(bytes);
        }
        Ok(freed)
    }
}

/// What is not there need not be removed.
fn removed(outcome: std::io::Result<()>) -> std::io::Result<()> {
    match outcome {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// The bytes of all files below a folder. Links are not followed.
fn size(folder: &Path) -> u64 {
    let mut total = 0u64;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_dir() => folders.push(entry.path()),
                Ok(metadata) => total = total.saturating_add(metadata.len()),
                Err(_) => {}
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASK: Hash = Hash([5; 32]);

    fn release(root: u8) -> Subject {
        Subject { uid: 1, account: "5Bob".into(), root: Some(Hash([root; 32])), endpoint: None }
    }

    fn service(endpoint: &str) -> Subject {
        Subject { uid: 2, account: "5Bob".into(), root: None, endpoint: Some(endpoint.into()) }
    }

    #[test]
    fn a_release_is_scored_once_and_a_service_in_every_epoch() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), &TASK).unwrap();
        assert_eq!(cache.outcome(&release(1), 4), None);
        cache.keep(&release(1), 4, &Outcome::Scored(0.5)).unwrap();
        cache.keep(&service("a"), 4, &Outcome::Scored(2.0)).unwrap();
        // Whoever binds it, under whatever uid.
        let elsewhere = Subject { uid: 9, account: "5Eve".into(), ..release(1) };
        assert_eq!(cache.outcome(&elsewhere, 40), Some(Outcome::Scored(0.5)));
        assert_eq!(cache.outcome(&release(2), 4), None);
        assert_eq!(cache.outcome(&service("a"), 4), Some(Outcome::Scored(2.0)));
        assert_eq!(cache.outcome(&service("a"), 5), None);
        assert_eq!(cache.outcome(&service("b"), 4), None);
        drop(cache);
        assert_eq!(Cache::open(folder.path(), &TASK).unwrap().outcome(&release(1), 4), Some(Outcome::Scored(0.5)));
        assert_eq!(Cache::open(folder.path(), &Hash([6; 32])).unwrap().outcome(&release(1), 4), None);
    }

    #[test]
    fn what_failed_is_tried_again_after_longer_and_longer() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), &TASK).unwrap();
        let failed = Outcome::Failed("oh dear".into());
        let mut epoch = 10;
        for pause in [1, 2, 4, 8, 8] {
            cache.keep(&release(1), epoch, &failed).unwrap();
            assert_eq!(cache.outcome(&release(1), epoch + pause - 1), Some(failed.clone()));
            epoch += pause;
            assert_eq!(cache.outcome(&release(1), epoch), None);
        }
        cache.forget(&release(1)).unwrap();
        cache.forget(&release(1)).unwrap();
        cache.keep(&release(1), 50, &failed).unwrap();
        assert_eq!(cache.outcome(&release(1), 51), None);
    }

    #[test]
    fn what_is_damaged_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), &TASK).unwrap();
        cache.keep(&release(1), 4, &Outcome::Scored(0.5)).unwrap();
        let path = cache.path(&release(1));
        let whole = fs::read_to_string(&path).unwrap();
        for damaged in ["", "{", &whole[..whole.len() / 2], &whole.replace("0.5", "-0.5"), &whole.replace("01", "02")] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(cache.outcome(&release(1), 4), None, "{damaged}");
        }
        assert_eq!(cache.revealed(), None);
        cache.set_revealed(7).unwrap();
        assert_eq!(cache.revealed(), Some(7));
    }

    #[test]
    fn one_works_in_a_folder_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Cache::open(folder.path(), &TASK).unwrap();
        assert!(Cache::open(folder.path(), &TASK).unwrap_err().message.contains("another"));
    }

    #[test]
    fn files_of_what_is_not_bound_or_too_much_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), &TASK).unwrap();
        assert_eq!(cache.trim(&[], 0).unwrap(), 0);
        let roots = [1, 2, 3].map(|byte| Hash([byte; 32]));
        for (index, root) in roots.iter().enumerate() {
            fs::create_dir_all(cache.release(root).join("below")).unwrap();
            fs::write(cache.release(root).join("below/file"), [0; 100]).unwrap();
            let manifest = cache.home().manifest_path(root);
            write_private(&manifest, b"{}").unwrap();
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000 * (index as u64 + 1));
            fs::File::options().write(true).open(&manifest).unwrap().set_modified(time).unwrap();
        }
        let there = || roots.map(|root| cache.release(&root).exists());
        assert_eq!(cache.trim(&roots, 300).unwrap(), 0);
        assert_eq!(cache.trim(&roots, 299).unwrap(), 100);
        assert_eq!(there(), [false, true, true]);
        assert_eq!(cache.trim(&roots[..2], 1_000).unwrap(), 100);
        assert_eq!(there(), [false, true, false]);
        assert!(!cache.home().manifest_path(&roots[2]).exists());
    }
}
