//! Fetching the files of a release from whoever serves them, and believing none of it until it is checked.
//!
//! `mirror` names the places, `release` finds those of a release and its manifest, `web` speaks HTTP to those that are on the
//! web, `file` puts one file together, and this file goes through all of them, several at a time.

mod file;
mod mirror;
mod release;
mod web;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::ProgressBar;
use pedigree_manifest::{Block, Blocks, File, Hash, Manifest};
use serde::Serialize;
use tokio::task::JoinSet;

pub(crate) use mirror::Mirror;
pub(crate) use release::{given_manifest, manifest, mirrors, Sought};
pub(crate) use web::Web;

use crate::error::{AboutFile, Failure, Result};
use crate::output::{count, safe, Output};

/// The folder in the destination that unfinished files are kept in.
const PARTS: &str = ".pedigree-part";

/// How often a mirror that broke off is asked again for the same file, after all others were.
const ROUNDS: u32 = 3;

/// Why a mirror did not give what was asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It serves other bytes than those of the release: nothing more is taken from it.
    Wrong { offset: u64, reason: String },
    /// It does not have the file, or refuses it: it is not asked again for this one.
    Absent(String),
    /// It broke off, stalled or could not be reached: perhaps it works later.
    Broken(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Wrong { reason, .. } | Self::Absent(reason) | Self::Broken(reason)) = self;
        f.write_str(reason)
    }
}

/// One thing that a mirror did not give, for `--json`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) mirror: String,
    pub(crate) path: String,
    /// Where in the file the bytes are wrong, if they are.
    pub(crate) offset: Option<u64>,
    pub(crate) reason: String,
}

/// A file of the release, and where it goes.
pub(crate) struct Wanted {
    pub(crate) file: File,
    pub(crate) blocks: Vec<Block>,
    pub(crate) part: PathBuf,
    pub(crate) place: PathBuf,
}

/// How a mirror has behaved so far.
#[derive(Default)]
struct Conduct {
    troubles: u32,
    wrong: bool,
}

/// A release being fetched.
pub(crate) struct Pull {
    output: Output,
    web: Web,
    mirrors: Vec<Mirror>,
    conduct: Mutex<Vec<Conduct>>,
    reports: Mutex<Vec<Report>>,
    from: Mutex<BTreeMap<String, u64>>,
    wanted: Vec<Wanted>,
    parts: PathBuf,
    bar: ProgressBar,
    sync: bool,
}

/// What was done.
pub(crate) struct Pulled {
    /// Bytes fetched in this run, by mirror.
    pub(crate) from: BTreeMap<String, u64>,
    /// Files that were there already.
    pub(crate) kept: usize,
    pub(crate) reports: Vec<Report>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a path of a manifest lies below a folder, on this system.
fn below(folder: &Path, path: &str) -> Result<PathBuf> {
    let relative = Path::new(path);
    // The rules of the format hold everywhere; what a system reads into a name (`c:x`, `CON`) differs.
    let plain = relative.components().all(|component| matches!(component, Component::Normal(_)));
    if !plain || path.split('/').next() == Some(PARTS) {
        return Err(Failure::input(format!("{}: there can be no file of this path here", safe(path))));
    }
    Ok(folder.join(relative))
}

impl Pull {
    /// Prepares to fetch a manifest's files into a folder. With `sync`, a file gets its name when it is on the disk.
    pub(crate) fn new(
        output: Output,
        web: Web,
        mirrors: Vec<Mirror>,
        (manifest, blocks): (&Manifest, &Blocks),
        folder: &Path,
        sync: bool,
    ) -> Result<Self> {
        let root: Hash = manifest.root();
        let parts = folder.join(PARTS).join(root.to_string());
        let wanted = manifest
            .files
            .iter()
            .enumerate()
            .map(|(index, file)| {
                Ok(Wanted {
                    file: file.clone(),
                    blocks: blocks.of(file).collect(),
                    part: parts.join(format!("{index}.part")),
                    place: below(folder, &file.path)?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let bar = crate::progress::bar(&output, "Checking");
        Ok(Self {
            output,
            web,
            conduct: Mutex::new(mirrors.iter().map(|_| Conduct::default()).collect()),
            mirrors,
            reports: Mutex::default(),
            from: Mutex::default(),
            wanted,
            parts,
            bar,
            sync,
        })
    }

    /// Fetches what is missing, `jobs` files at a time.
    ///
    /// A file that is there and is another is an error, before anything is fetched, unless `replace` says that it goes.
    pub(crate) async fn run(self, jobs: usize, replace: bool) -> Result<Pulled> {
        fs::create_dir_all(&self.parts).about("create", &self.parts)?;
        let lock_path = self.parts.join("lock");
        let lock_file = fs::File::create(&lock_path).about("create", &lock_path)?;
        lock_file.try_lock().map_err(|_| {
            Failure::input(format!("another `pedigree pull` is writing to {}", self.parts.display()))
                .hint("wait for it, or end it")
        })?;
        let pull = Arc::new(self);

        let there =
            pull.clone().each(jobs, (0..pull.wanted.len()).collect(), |pull, index| pull.is_there(index)).await?;
        let differing = there.iter().filter(|(_, there)| *there == Some(false));
        let differing: Vec<&str> =
            differing.filter_map(|(index, _)| Some(pull.wanted.get(*index)?.file.path.as_str())).collect();
        if let (false, Some(first)) = (replace, differing.first()) {
            let number = u64::try_from(differing.len()).unwrap_or(u64::MAX);
            return Err(Failure::input(format!(
                "{} there already, with other bytes than the release's: {}{}",
                if number == 1 { "a file is".to_owned() } else { format!("{} are", count(number, "file")) },
                safe(first),
                if number == 1 { "" } else { ", ..." },
            ))
            .hint("choose another folder with --to, or let them be replaced with --replace"));
        }
        let missing: Vec<usize> =
            there.iter().filter(|(_, there)| *there != Some(true)).map(|(index, _)| *index).collect();
        let kept = pull.wanted.len().saturating_sub(missing.len());

        pull.bar.set_prefix("Fetching");
        pull.bar.set_position(0);
        let bytes = missing.iter().filter_map(|index| pull.wanted.get(*index)).map(|wanted| wanted.file.size);
        pull.bar.set_length(bytes.fold(0, u64::saturating_add));
        let fetched = pull.clone().each(jobs, missing, |pull, index| async move { pull.fetch(index).await }).await;
        pull.bar.finish_and_clear();
        fetched?;

        drop(lock_file);
        // Nothing that was fetched is in there any more; what an older run left for another release stays.
        let _ = fs::remove_dir_all(&pull.parts);
        if let Some(parts) = pull.parts.parent() {
            let _ = fs::remove_dir(parts);
        }
        let (from, reports) = (lock(&pull.from).clone(), lock(&pull.reports).clone());
        Ok(Pulled { from, kept, reports })
    }

    /// Does something to several files at a time, until all are done or one fails.
    async fn each<Done, Doing>(
        self: Arc<Self>,
        jobs: usize,
        files: Vec<usize>,
        action: impl Fn(Arc<Self>, usize) -> Doing + Copy + Send + Sync + 'static,
    ) -> Result<Vec<(usize, Done)>>
    where
        Done: Send + 'static,
        Doing: std::future::Future<Output = Result<Done>> + Send,
    {
        let (files, next) = (Arc::new(files), Arc::new(AtomicUsize::new(0)));
        let mut tasks = JoinSet::new();
        for _ in 0..jobs.min(files.len()) {
            let (pull, files, next) = (self.clone(), files.clone(), next.clone());
            tasks.spawn(async move {
                let mut done = Vec::new();
                while let Some(index) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    done.push((*index, action(pull.clone(), *index).await?));
                }
                Ok::<_, Failure>(done)
            });
        }
        let mut all = Vec::new();
        // The first failure ends the others, when this is dropped; what they have is continued by the next run.
        while let Some(ended) = tasks.join_next().await {
            all.extend(ended.map_err(|error| Failure::input(format!("cannot go on: {error}")))??);
        }
        all.sort_unstable_by_key(|(index, _)| *index);
        Ok(all)
    }

    /// Whether a file is at its place: with the right bytes, with others, or not at all.
    async fn is_there(self: Arc<Self>, index: usize) -> Result<Option<bool>> {
        blocking(move || {
            let Some(wanted) = self.wanted.get(index) else { return Ok(None) };
            match fs::metadata(&wanted.place) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error).about("look at", &wanted.place),
                Ok(metadata) if !metadata.is_file() || metadata.len() != wanted.file.size => return Ok(Some(false)),
                Ok(_) => {}
            }
            self.bar.inc_length(wanted.file.size);
            self.bar.set_message(safe(&wanted.file.path));
            let mut file = fs::File::open(&wanted.place).about("read", &wanted.place)?;
            let checked = file::checked(&mut file, &wanted.blocks, &self.bar).about("read", &wanted.place)?;
            Ok(Some(checked == wanted.blocks.len()))
        })
        .await
    }

    /// Fetches one file, from one mirror after the other.
    async fn fetch(self: Arc<Self>, index: usize) -> Result<()> {
        let Some(wanted) = self.wanted.get(index) else { return Ok(()) };
        self.bar.set_message(safe(&wanted.file.path));
        let mut writer = {
            let pull = self.clone();
            blocking(move || {
                let wanted = pull.wanted.get(index).ok_or_else(|| Failure::input("there is no such file"))?;
                file::Writer::resume(wanted, pull.bar.clone(), pull.sync)
            })
            .await?
        };
        // How often each mirror was asked for this file; `None` if it is not to be asked again.
        let mut asked: Vec<Option<u32>> = self.mirrors.iter().map(|_| Some(0)).collect();
        while !writer.is_complete() {
            let Some((chosen, mirror)) = self.choose(&asked) else { return Err(self.nobody_has(&wanted.file.path)) };
            let before = writer.verified();
            let trouble;
            (writer, trouble) = writer.fetch(&self.web, mirror, wanted).await?;
            let gained = writer.verified().saturating_sub(before);
            if gained > 0 {
                let mut from = lock(&self.from);
                let bytes = from.entry(mirror.to_string()).or_default();
                *bytes = bytes.saturating_add(gained);
            }
            let Some(trouble) = trouble else { continue };
            self.report(chosen, mirror, &wanted.file.path, &trouble);
            if let Some(times) = asked.get_mut(chosen) {
                *times = match trouble {
                    Trouble::Broken(_) => times.and_then(|times| times.checked_add(1)).filter(|times| *times < ROUNDS),
                    Trouble::Wrong { .. } | Trouble::Absent(_) => None,
                };
            }
            if asked.iter().flatten().all(|times| *times > 0) {
                // Everybody was asked: time for what is only passing.
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
        let pull = self.clone();
        blocking(move || match pull.wanted.get(index) {
            Some(wanted) => writer.finish(wanted),
            None => Ok(()),
        })
        .await
    }

    /// The mirror to ask next: asked least often for this file, then the one with the least trouble, then the first named.
    fn choose(&self, asked: &[Option<u32>]) -> Option<(usize, &Mirror)> {
        let conduct = lock(&self.conduct);
        let candidates = self.mirrors.iter().zip(asked).zip(conduct.iter()).enumerate();
        candidates
            .filter(|(_, (_, conduct))| !conduct.wrong)
            .filter_map(|(index, ((mirror, asked), conduct))| Some(((*asked)?, conduct.troubles, index, mirror)))
            .min_by_key(|(asked, troubles, index, _)| (*asked, *troubles, *index))
            .map(|(_, _, index, mirror)| (index, mirror))
    }

    fn report(&self, chosen: usize, mirror: &Mirror, path: &str, trouble: &Trouble) {
        if let Some(conduct) = lock(&self.conduct).get_mut(chosen) {
            conduct.troubles = conduct.troubles.saturating_add(1);
            conduct.wrong |= matches!(trouble, Trouble::Wrong { .. });
        }
        let offset = match trouble {
            Trouble::Wrong { offset, .. } => Some(*offset),
            Trouble::Absent(_) | Trouble::Broken(_) => None,
        };
        let reason = safe(&trouble.to_string());
        self.bar.suspend(|| self.output.warning(format!("{mirror}: {}: {reason}", safe(path))));
        lock(&self.reports).push(Report { mirror: mirror.to_string(), path: path.to_owned(), offset, reason });
    }

    /// No mirror gave a file.
    fn nobody_has(&self, path: &str) -> Failure {
        let reports: Vec<Report> = lock(&self.reports).iter().filter(|report| report.path == path).cloned().collect();
        let why = reports.last().map(|report| format!(": {}: {}", report.mirror, report.reason)).unwrap_or_default();
        Failure::input(format!("no mirror gives {} as the release has it{why}", safe(path)))
            .hint("name another with --from; what was fetched is kept, and the same command continues")
            .details(serde_json::json!({ "failures": reports }))
    }
}

/// Runs what reads and writes files where it may wait.
async fn blocking<Answer: Send + 'static>(work: impl FnOnce() -> Result<Answer> + Send + 'static) -> Result<Answer> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::input(format!("cannot go on: {error}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_its_folder() {
        let folder = Path::new("/tmp/x");
        assert_eq!(below(folder, "a/b.bin").unwrap(), Path::new("/tmp/x/a/b.bin"));
        for bad in ["../a", "/etc/passwd", "a/../../b", ".pedigree-part/x", ""] {
            assert!(below(folder, bad).is_err() || bad.is_empty(), "{bad}");
        }
    }
}
