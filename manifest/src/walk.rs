//! Which files a folder has, under which paths.
//!
//! Links are followed and what they lead to goes by the link's own path, since what model hubs keep on disk is a tree of
//! links; where a link leads is not recorded. Left out are only `.git` (wherever it is) and `.cache/huggingface` at the top:
//! both are put there by the tools that fetch a folder and are no part of what was published. Empty folders leave no
//! trace, as in git; dates, owners and permissions are not part of a release.

use crate::{
    error::ManifestError,
    hasher::lock,
    path::{check_path, PathProblem},
};
use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::sync::atomic::{AtomicUsize, Ordering};
use std::{
    ffi::OsStr,
    fs,
    io::{self, ErrorKind},
    panic,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, PoisonError},
    thread,
    time::SystemTime,
};

/// The most files in one manifest. No limit of the format, but of what one program should take on.
pub(crate) const MAX_FILES: usize = 1 << 24;

/// As many entries of a folder are looked at by one thread.
const ENTRIES: usize = 256;

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
        let files = Walk::over(base, real, threads)?;
        if files.is_empty() {
            return Err(ManifestError::EmptyFolder { path: shown() });
        }
        Ok(Self { base: base.to_owned(), alone: false, files })
    }

    /// Where a file of the listing lies.
    pub(crate) fn on_disk(&self, path: &str) -> PathBuf {
        on_disk(&self.base, self.alone, path)
    }

    /// Opens a file of the listing. `place` is for its path, and may be used for the next one.
    pub(crate) fn open(&self, path: &str, place: &mut PathBuf) -> io::Result<fs::File> {
        place.as_mut_os_string().clear();
        place.push(&self.base);
        if !self.alone {
            place.push(path);
        }
        fs::File::open(place)
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

/// A folder that is being walked, and those it is in, by their real paths.
struct Above {
    real: PathBuf,
    parent: Option<Arc<Above>>,
}

impl Above {
    fn contains(&self, real: &Path) -> bool {
        let mut folder = Some(self);
        while let Some(above) = folder {
            if above.real == real {
                return true;
            }
            folder = above.parent.as_deref();
        }
        false
    }
}

/// A folder of the manifest.
#[derive(Clone)]
struct Folder {
    /// Its path in the manifest; empty for the base.
    path: Arc<str>,
    above: Arc<Above>,
}

/// What a thread does next.
enum Task {
    List(Folder),
    /// Some of the entries of a folder.
    Look(Folder, Vec<fs::DirEntry>),
}

/// What is left to do.
#[derive(Default)]
struct Queue {
    /// Those of entries first: as long as there are any of a folder, it is open.
    entries: Vec<Task>,
    folders: Vec<Task>,
    /// Threads that are at a task, and may add others.
    busy: usize,
    /// The failure whose path comes first; nothing new is begun after one.
    failure: Option<(String, ManifestError)>,
    panicked: bool,
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.folders.is_empty()
    }

    fn pop(&mut self) -> Option<Task> {
        self.entries.pop().or_else(|| self.folders.pop())
    }
}

/// So that no thread waits for one that panicked.
struct Watch<'a, 'b>(&'a Walk<'b>);

impl Drop for Watch<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.queue).panicked = true;
            self.0.wake.notify_all();
        }
    }
}

/// Lists folders, and looks at every file where it is found: for many small ones that is most of the work, so all threads
/// do it.
struct Walk<'a> {
    base: &'a Path,
    queue: Mutex<Queue>,
    wake: Condvar,
    /// How many files were found.
    count: AtomicUsize,
}

impl<'a> Walk<'a> {
    /// The files below `base`, whose real path is `real`, sorted by path.
    fn over(base: &'a Path, real: PathBuf, threads: usize) -> Result<Vec<Found>, ManifestError> {
        let folder = Folder { path: Arc::from(""), above: Arc::new(Above { real, parent: None }) };
        let queue = Queue { folders: alloc::vec![Task::List(folder)], ..Queue::default() };
        let walk = Self { base, queue: Mutex::new(queue), wake: Condvar::new(), count: AtomicUsize::new(0) };
        let mut files = thread::scope(|scope| {
            let mut files = Vec::new();
            // The first folder alone, since most have few others in them.
            walk.step(&mut files);
            let threads = if lock(&walk.queue).is_empty() { 1 } else { threads };
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| walk.work())).collect();
            files.extend(walk.work());
            for other in others {
                files.extend(other.join().unwrap_or_else(|payload| panic::resume_unwind(payload)));
            }
            files
        });
        if let Some((_, error)) = lock(&walk.queue).failure.take() {
            return Err(error);
        }
        // What each thread found is in order already, and a stable sort makes use of that.
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// One thread: takes tasks until there are none. The files it found, sorted.
    fn work(&self) -> Vec<Found> {
        let _watch = Watch(self);
        let mut files = Vec::new();
        while self.step(&mut files) {}
        files.sort_unstable_by(|a: &Found, b| a.path.cmp(&b.path));
        files
    }

    /// Does one task, if there is or will be one.
    fn step(&self, files: &mut Vec<Found>) -> bool {
        let Some(task) = self.next() else { return false };
        let done = match task {
            Task::List(folder) => self.list(&folder, files),
            Task::Look(folder, entries) => self.look(&folder, entries, files),
        };
        let mut queue = lock(&self.queue);
        queue.busy = queue.busy.saturating_sub(1);
        if let Err((path, error)) = done {
            if queue.failure.as_ref().is_none_or(|(first, _)| path < *first) {
                queue.failure = Some((path, error));
            }
        }
        if queue.failure.is_some() || (queue.busy == 0 && queue.is_empty()) {
            self.wake.notify_all();
        }
        true
    }

    fn next(&self) -> Option<Task> {
        let mut queue = lock(&self.queue);
        loop {
            if queue.failure.is_some() || queue.panicked {
                return None;
            }
            if let Some(task) = queue.pop() {
                queue.busy = queue.busy.saturating_add(1);
                return Some(task);
            }
            if queue.busy == 0 {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn add(&self, task: Task) {
        let mut queue = lock(&self.queue);
        match task {
            Task::List(_) => queue.folders.push(task),
            Task::Look(..) => queue.entries.push(task),
        }
        self.wake.notify_one();
    }

    /// Reads a folder; what else is in it than a few entries is for all threads to look at.
    fn list(&self, folder: &Folder, files: &mut Vec<Found>) -> Result<(), Failure> {
        let unreadable = |source: io::Error| {
            let path = if folder.path.is_empty() { self.base.display().to_string() } else { folder.path.to_string() };
            let error = match source.kind() {
                ErrorKind::NotFound => ManifestError::Vanished { path },
                _ => ManifestError::Unreadable { path, source },
            };
            (folder.path.to_string(), error)
        };
        let mut some = Vec::new();
        for entry in fs::read_dir(self.base.join(&*folder.path)).map_err(unreadable)? {
            some.push(entry.map_err(unreadable)?);
            if some.len() >= ENTRIES {
                self.add(Task::Look(folder.clone(), core::mem::take(&mut some)));
            }
        }
        self.look(folder, some, files)
    }

    fn look(&self, folder: &Folder, entries: Vec<fs::DirEntry>, files: &mut Vec<Found>) -> Result<(), Failure> {
        for entry in entries {
            let name = entry.file_name();
            if is_ignored(&folder.path, &name) {
                continue;
            }
            let path = child(&folder.path, &name)
                .map_err(|error| (Path::new(&*folder.path).join(&name).display().to_string(), error))?;
            if let Some(stamp) = self.entry(&entry, folder, &path).map_err(|error| (path.clone(), error))? {
                files.push(Found { path, stamp });
            }
        }
        Ok(())
    }

    /// Looks at an entry: a file is listed, a folder is walked. As deep as [`check_path`] lets a path be, no deeper.
    fn entry(&self, entry: &fs::DirEntry, folder: &Folder, path: &str) -> Result<Option<Stamp>, ManifestError> {
        let own = entry.file_type().map_err(|source| failed(path, source))?;
        let is_link = own.is_symlink();
        // That of the entry itself is found in the open folder, without going through all that is above it.
        let metadata = match (is_link, own.is_dir()) {
            (true, _) => Some(fs::metadata(entry.path()).map_err(|source| broken_link(path, source))?),
            (false, true) => None,
            (false, false) => Some(entry.metadata().map_err(|source| failed(path, source))?),
        };
        if let Some(metadata) = metadata.filter(|metadata| !metadata.is_dir()) {
            if !metadata.is_file() {
                return Err(if own.is_file() {
                    ManifestError::Changed { path: path.to_owned() }
                } else {
                    ManifestError::SpecialFile { path: path.to_owned() }
                });
            }
            if self.count.fetch_add(1, Ordering::Relaxed) >= MAX_FILES {
                let path = self.base.display().to_string();
                return Err(ManifestError::TooManyFiles { path, max: MAX_FILES });
            }
            return Ok(Some(Stamp::of(&metadata)));
        }
        let real = if is_link {
            fs::canonicalize(entry.path()).map_err(|source| broken_link(path, source))?
        } else {
            // The folder we are in is real, so its own folder is too.
            folder.above.real.join(entry.file_name())
        };
        if folder.above.contains(&real) {
            return Err(ManifestError::LinkLoop { path: path.to_owned() });
        }
        let above = Arc::new(Above { real, parent: Some(Arc::clone(&folder.above)) });
        self.add(Task::List(Folder { path: Arc::from(path), above }));
        Ok(None)
    }
}

/// What went wrong, and at which path.
type Failure = (String, ManifestError);

/// What tools put beside what they fetched.
fn is_ignored(folder: &str, name: &OsStr) -> bool {
    name == ".git" || (folder == ".cache" && name == "huggingface")
}

fn failed(path: &str, source: io::Error) -> ManifestError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::NotFound => ManifestError::Vanished { path },
        _ => ManifestError::Unreadable { path, source },
    }
}

fn broken_link(path: &str, source: io::Error) -> ManifestError {
    // "Too many levels of symbolic links": 40 on Linux, 62 on the BSDs and macOS. Its name in std is not stable yet.
    const LOOPS: [i32; 2] = [40, 62];
    let path = path.to_owned();
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
