//! Which files a folder has, under which paths.
//!
//! Links are followed and what they lead to goes by the link's own path, since what model hubs keep on disk is a tree of
//! links; where a link leads is not recorded. Left out are only `.git` (wherever it is) and `.cache/huggingface` at the top:
//! both are put there by the tools that fetch a folder and are no part of what was published. Empty folders leave no
//! trace, as in git; dates, owners and permissions are not part of a release.

use crate::{
    error::ManifestError,
    path::{check_path, PathProblem},
};
use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};
use std::{
    ffi::OsStr,
    fs,
    io::{self, ErrorKind},
    panic,
    path::{Path, PathBuf},
    thread,
    time::SystemTime,
};

/// The most files in one manifest. No limit of the format, but of what one program should take on.
pub(crate) const MAX_FILES: usize = 1 << 24;

/// Fewer files than this are looked at by one thread.
const FILES_PER_THREAD: usize = 1024;

/// A file that was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its path in the manifest.
    pub(crate) path: String,
    /// How it was when it was found.
    pub(crate) stamp: Stamp,
}

/// What changes when a file is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) size: u64,
    modified: Option<SystemTime>,
    pub(crate) exists: bool,
}

impl Stamp {
    pub(crate) fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let exists = std::os::unix::fs::MetadataExt::nlink(metadata) > 0;
        #[cfg(not(unix))]
        let exists = true;
        Self { size: metadata.len(), modified: metadata.modified().ok(), exists }
    }
}

/// The files of a folder, or a file alone.
#[derive(Debug)]
pub(crate) struct Listing {
    base: PathBuf,
    /// `base` is the one file itself.
    alone: bool,
    /// Sorted by path.
    pub(crate) files: Vec<Found>,
}

impl Listing {
    /// Lists `base`, with so many threads.
    pub(crate) fn of(base: &Path, threads: usize) -> Result<Self, ManifestError> {
        let shown = || base.display().to_string();
        let metadata = fs::metadata(base).map_err(|error| match error.kind() {
            ErrorKind::NotFound => ManifestError::NotFound { path: shown() },
            _ => ManifestError::Unreadable { path: shown(), source: error },
        })?;
        if metadata.is_file() {
            let name = match base.file_name() {
                Some(name) => name.to_owned(),
                None => fs::canonicalize(base)
                    .ok()
                    .and_then(|path| path.file_name().map(OsStr::to_owned))
                    .unwrap_or_default(),
            };
            let path = child("", &name)?;
            let files = alloc::vec![Found { path, stamp: Stamp::of(&metadata) }];
            return Ok(Self { base: base.to_owned(), alone: true, files });
        }
        if !metadata.is_dir() {
            return Err(ManifestError::SpecialFile { path: shown() });
        }
        let real = fs::canonicalize(base).map_err(|source| ManifestError::Unreadable { path: shown(), source })?;
        let mut walk = Walk { base, above: alloc::vec![real], files: Vec::new() };
        walk.folder("")?;
        let mut paths = walk.files;
        if paths.is_empty() {
            return Err(ManifestError::EmptyFolder { path: shown() });
        }
        paths.sort_unstable();
        let files = look_at(base, paths, threads)?;
        Ok(Self { base: base.to_owned(), alone: false, files })
    }

    /// Where a file of the listing lies.
    pub(crate) fn on_disk(&self, path: &str) -> PathBuf {
        on_disk(&self.base, self.alone, path)
    }
}

/// Where the file `path` of the manifest of `base` lies.
pub(crate) fn on_disk(base: &Path, alone: bool, path: &str) -> PathBuf {
    if alone {
        base.to_owned()
    } else {
        base.join(path)
    }
}

/// The path in the manifest of `name` in `folder`.
fn child(folder: &str, name: &OsStr) -> Result<String, ManifestError> {
    let Some(name) = name.to_str() else {
        let path = Path::new(folder).join(name);
        return Err(ManifestError::NotUtf8 { path: format!("{path:?}") });
    };
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    match check_path(&path) {
        Ok(()) => Ok(path),
        Err(problem) => Err(ManifestError::BadPath { path, problem }),
    }
}

/// Looks at every file: most of what listing many small ones takes, so all threads do it.
fn look_at(base: &Path, paths: Vec<String>, threads: usize) -> Result<Vec<Found>, ManifestError> {
    let share = paths.len().div_ceil(threads.max(1)).max(FILES_PER_THREAD);
    let mut shares = Vec::new();
    let mut rest = paths;
    while !rest.is_empty() {
        let after = rest.split_off(rest.len().min(share));
        shares.push(core::mem::replace(&mut rest, after));
    }
    let look = |paths: Vec<String>| -> Result<Vec<Found>, ManifestError> {
        paths
            .into_iter()
            .map(|path| match fs::metadata(base.join(&path)) {
                Ok(metadata) if metadata.is_file() => Ok(Found { path, stamp: Stamp::of(&metadata) }),
                Ok(_) => Err(ManifestError::Changed { path }),
                Err(source) => Err(failed(path, source)),
            })
            .collect()
    };
    thread::scope(|scope| {
        let last = shares.pop().unwrap_or_default();
        let others: Vec<_> = shares.into_iter().map(|paths| scope.spawn(|| look(paths))).collect();
        let last = look(last);
        let mut files = Vec::new();
        for other in others {
            files.extend(other.join().unwrap_or_else(|payload| panic::resume_unwind(payload))?);
        }
        files.extend(last?);
        Ok(files)
    })
}

struct Walk<'a> {
    base: &'a Path,
    /// The real paths of the folders that we are in, outermost first.
    above: Vec<PathBuf>,
    files: Vec<String>,
}

impl Walk<'_> {
    /// Adds what is in `folder`. As deep as [`check_path`] lets a path be, no deeper.
    fn folder(&mut self, folder: &str) -> Result<(), ManifestError> {
        let shown = || if folder.is_empty() { self.base.display().to_string() } else { folder.into() };
        let unreadable = |source: io::Error| match source.kind() {
            ErrorKind::NotFound => ManifestError::Vanished { path: shown() },
            _ => ManifestError::Unreadable { path: shown(), source },
        };
        let on_disk = self.base.join(folder);
        let entries: Vec<_> =
            fs::read_dir(&on_disk).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()).map_err(unreadable)?;
        for entry in entries {
            if is_ignored(folder, &entry.file_name()) {
                continue;
            }
            let path = child(folder, &entry.file_name())?;
            self.entry(&entry, path)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, path: String) -> Result<(), ManifestError> {
        let own = match entry.file_type() {
            Ok(own) => own,
            Err(source) => return Err(failed(path, source)),
        };
        let is_link = own.is_symlink();
        let kind = if is_link {
            match fs::metadata(entry.path()) {
                Ok(metadata) => metadata.file_type(),
                Err(source) => return Err(broken_link(path, source)),
            }
        } else {
            own
        };
        if kind.is_file() {
            if self.files.len() >= MAX_FILES {
                let path = self.base.display().to_string();
                return Err(ManifestError::TooManyFiles { path, max: MAX_FILES });
            }
            self.files.push(path);
            return Ok(());
        }
        if !kind.is_dir() {
            return Err(ManifestError::SpecialFile { path });
        }
        let real = match (is_link, self.above.last()) {
            // The folder we are in is real, so its own folder is too.
            (false, Some(above)) => above.join(entry.file_name()),
            _ => match fs::canonicalize(entry.path()) {
                Ok(real) => real,
                Err(source) => return Err(broken_link(path, source)),
            },
        };
        if self.above.contains(&real) {
            return Err(ManifestError::LinkLoop { path });
        }
        self.above.push(real);
        self.folder(&path)?;
        self.above.pop();
        Ok(())
    }
}

/// What tools put beside what they fetched.
fn is_ignored(folder: &str, name: &OsStr) -> bool {
    name == ".git" || (folder == ".cache" && name == "huggingface")
}

fn failed(path: String, source: io::Error) -> ManifestError {
    match source.kind() {
        ErrorKind::NotFound => ManifestError::Vanished { path },
        _ => ManifestError::Unreadable { path, source },
    }
}

fn broken_link(path: String, source: io::Error) -> ManifestError {
    // "Too many levels of symbolic links": 40 on Linux, 62 on the BSDs and macOS. Its name in std is not stable yet.
    const LOOPS: [i32; 2] = [40, 62];
    match source.raw_os_error() {
        Some(code) if LOOPS.contains(&code) => ManifestError::LinkLoop { path },
        _ if source.kind() == ErrorKind::NotFound => ManifestError::DanglingLink { path },
        _ => ManifestError::Unreadable { path, source },
    }
}

/// A path that came from a manifest, before it is joined to anything.
pub(crate) fn safe(path: &str) -> Result<(), ManifestError> {
    check_path(path).map_err(|problem: PathProblem| ManifestError::BadPath { path: path.to_owned(), problem })
}
