//! From files to manifest: one pass, all cores, memory that does not grow with the files.
//!
//! Threads take work from one queue: a run of small files, or the next megabyte of a large one. Each reads into its own
//! buffer by position, hashes what it read in the processor's lanes, and hands in one hash per block of 64 chunks. Blocks
//! are complete subtrees, so they may come in any order; what waits for an earlier block is as much as there are threads.
//!
//! The files must stand still: each is looked at before and after, and one that changed is an error, never a manifest of
//! something that never was.

use crate::{
    blocks::{Block, OnBlock},
    error::ManifestError,
    gguf,
    hash::Hash,
    manifest::{count, File, Manifest},
    safetensors,
    segment::{Layout, Segment},
    source::{Cut, Opened, Source, SourceError},
    tree::{self, to_usize, RootBuilder, BLOCK_LEN, BLOCK_LEVEL, CHUNK_LEN},
    walk::Listing,
};
use alloc::{
    collections::{BTreeMap, VecDeque},
    string::String,
    sync::Arc,
    vec::Vec,
};
use core::{
    num::NonZeroUsize,
    ops::Range,
    sync::atomic::{AtomicU64, Ordering},
};
use std::{
    fs,
    io::{self, ErrorKind},
    panic,
    path::Path,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::SystemTime,
};

/// The most segments or files of which pieces are read at once.
const MAX_PIECES: usize = 1024;

/// How to hash. `Options::default()` is what most want.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// How many threads; `None` is one per core.
    pub threads: Option<NonZeroUsize>,
    /// Called from all threads, about once per megabyte; must be quick.
    pub progress: Option<&'a (dyn Fn(Progress<'_>) + Sync)>,
    /// Called from all threads, in any order, with the path and every block of a segment that is longer than one block.
    pub blocks: Option<OnBlock<'a>>,
}

/// How far hashing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Bytes hashed of all files; reaches `total`. Two threads may report in either order.
    pub done: u64,
    /// Bytes of all files.
    pub total: u64,
    /// A file that is being hashed.
    pub path: &'a str,
}

/// Hashes a folder, or a single file, to its manifest.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("data.csv"), "a,b\n1,2\n")?;
/// let manifest = pedigree_manifest::hash_path(folder.path(), &Default::default())?;
/// assert_eq!(manifest.files[0].path, "data.csv");
/// println!("{}", manifest.root());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// See [`ManifestError`]; each names the file and the reason. Of several, the one whose path comes first is told, as far as
/// they were found before the others stopped.
pub fn hash_path(path: &Path, options: &Options<'_>) -> Result<Manifest, ManifestError> {
    let listing = Listing::of(path)?;
    let run = Run {
        total: listing.files.iter().fold(0, |total, file| total.saturating_add(file.size)),
        listing: &listing,
        options,
        queue: Mutex::default(),
        wake: Condvar::new(),
        done: AtomicU64::new(0),
    };
    let threads = options.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);

    let mut files = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| run.work())).collect();
        let mut files = run.work();
        for other in others {
            files.extend(other.join().unwrap_or_else(|payload| panic::resume_unwind(payload)));
        }
        files
    });
    if let Some((_, error)) = lock(&run.queue).failure.take() {
        return Err(error);
    }
    files.sort_unstable_by_key(|(index, _)| *index);
    Ok(Manifest { files: files.into_iter().map(|(_, file)| file).collect() })
}

/// The root of the subtree over the chunks `range` of a segment. `range` must begin where a subtree of its size can.
pub(crate) fn subtree(source: &impl Source, offset: u64, length: u64, range: Range<u64>) -> io::Result<Hash> {
    let from = range.start.saturating_mul(CHUNK_LEN);
    let to = range.end.saturating_mul(CHUNK_LEN).min(length);
    let mut builder = RootBuilder::default();
    let mut buffer = Vec::new();
    let mut at = from;
    while at < to {
        let step = to.saturating_sub(at).min(BLOCK_LEN);
        buffer.resize(to_usize(step), 0);
        source.read_at(&mut buffer, offset.saturating_add(at))?;
        builder.push(BLOCK_LEVEL, tree::block_root(&buffer));
        at = at.saturating_add(step);
    }
    Ok(builder.finish())
}

/// Opens a file of a manifest.
pub(crate) fn open(path: &str, on_disk: &Path) -> Result<(Opened, Stamp), ManifestError> {
    let failed = |error| unreadable(path, error);
    let file = fs::File::open(on_disk).map_err(failed)?;
    let stamp = Stamp::of(&file).map_err(failed)?;
    Ok((Opened { file, size: stamp.size }, stamp))
}

/// What changes when a file is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    exists: bool,
}

impl Stamp {
    fn of(file: &fs::File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        #[cfg(unix)]
        let exists = std::os::unix::fs::MetadataExt::nlink(&metadata) > 0;
        #[cfg(not(unix))]
        let exists = true;
        Ok(Self { size: metadata.len(), modified: metadata.modified().ok(), exists })
    }

    /// The file is as it was.
    fn check(self, path: &str, file: &fs::File) -> Result<(), ManifestError> {
        let now = Self::of(file).map_err(|error| unreadable(path, error))?;
        if !now.exists {
            return Err(ManifestError::Vanished { path: path.into() });
        }
        if now != self {
            return Err(ManifestError::Changed { path: path.into() });
        }
        Ok(())
    }
}

/// What an error on reading a listed file means.
pub(crate) fn unreadable(path: &str, source: io::Error) -> ManifestError {
    let path = String::from(path);
    match source.kind() {
        ErrorKind::NotFound => ManifestError::Vanished { path },
        ErrorKind::UnexpectedEof => ManifestError::Changed { path },
        _ => ManifestError::Unreadable { path, source },
    }
}

/// Cuts a file into segments, as its path says.
pub(crate) fn cut(path: &str, source: &impl Source) -> Result<Vec<Cut>, ManifestError> {
    match Layout::of(path) {
        Layout::Opaque => {
            let (content, length) = (crate::segment::Content::Opaque, source.size());
            Ok(alloc::vec![Cut { content, offset: 0, length }])
        }
        Layout::Safetensors => safetensors::cut(source).map_err(|error| match error {
            SourceError::Io(error) => unreadable(path, error),
            SourceError::Problem(problem) => ManifestError::Safetensors { path: path.into(), problem },
        }),
        Layout::Gguf => gguf::cut(source).map_err(|error| match error {
            SourceError::Io(error) => unreadable(path, error),
            SourceError::Problem(problem) => ManifestError::Gguf { path: path.into(), problem },
        }),
    }
}

/// A large file while its blocks are with the threads.
struct Large {
    index: usize,
    opened: Opened,
    stamp: Stamp,
    cuts: Vec<Cut>,
    merging: Mutex<Merging>,
}

/// What has come back of a large file.
struct Merging {
    segments: Vec<SegmentRoot>,
    /// Bytes that have not.
    left: u64,
}

/// A segment's root while its blocks come back, in any order.
#[derive(Default)]
struct SegmentRoot {
    builder: RootBuilder,
    next: u64,
    early: BTreeMap<u64, Hash>,
}

impl SegmentRoot {
    fn add(&mut self, block: u64, hash: Hash) {
        self.early.insert(block, hash);
        while let Some(hash) = self.early.remove(&self.next) {
            self.builder.push(BLOCK_LEVEL, hash);
            self.next = self.next.saturating_add(1);
        }
    }
}

/// Where in a large file the next piece is.
#[derive(Default)]
struct Cursor {
    segment: usize,
    block: u64,
}

/// A block of a segment, or less at its end.
struct Piece {
    segment: usize,
    block: u64,
    length: u64,
}

impl Cursor {
    /// Takes the pieces to read next, not more than a buffer holds; and where in the file they begin.
    fn take(&mut self, cuts: &[Cut]) -> (u64, Vec<Piece>) {
        let (mut from, mut pieces, mut total) = (None, Vec::new(), 0_u64);
        while let Some(cut) = cuts.get(self.segment) {
            let start = self.block.saturating_mul(BLOCK_LEN);
            let length = cut.length.saturating_sub(start).min(BLOCK_LEN);
            if length == 0 {
                self.segment = self.segment.saturating_add(1);
                self.block = 0;
                continue;
            }
            if total.saturating_add(length) > BLOCK_LEN || pieces.len() >= MAX_PIECES {
                break;
            }
            from.get_or_insert(cut.offset.saturating_add(start));
            total = total.saturating_add(length);
            pieces.push(Piece { segment: self.segment, block: self.block, length });
            self.block = self.block.saturating_add(1);
        }
        (from.unwrap_or_default(), pieces)
    }
}

/// What a thread does next.
enum Task {
    /// Read whole files, all small.
    Small(Range<usize>),
    /// Open a large file and cut it.
    Cut(usize),
    /// Read pieces of a large file.
    Pieces(Arc<Large>, u64, Vec<Piece>),
}

/// What is left to do.
#[derive(Default)]
struct Queue {
    next_file: usize,
    large: VecDeque<(Arc<Large>, Cursor)>,
    /// Threads that are cutting a file, and will add to `large`.
    cutting: usize,
    /// The failure whose file comes first; nothing new is begun after one.
    failure: Option<(usize, ManifestError)>,
    /// A thread panicked (in the caller's `progress`).
    panicked: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A hash of a folder under way.
struct Run<'a> {
    listing: &'a Listing,
    options: &'a Options<'a>,
    total: u64,
    queue: Mutex<Queue>,
    wake: Condvar,
    done: AtomicU64,
}

/// So that no thread waits for one that panicked.
struct Watch<'a, 'b>(&'a Run<'b>);

impl Drop for Watch<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.queue).panicked = true;
            self.0.wake.notify_all();
        }
    }
}

impl Run<'_> {
    /// One thread: takes work until there is none. Returns the files it finished.
    fn work(&self) -> Vec<(usize, File)> {
        let _watch = Watch(self);
        let mut buffer = Vec::new();
        let mut files = Vec::new();
        while let Some(task) = self.next() {
            match task {
                Task::Small(range) => self.small(range, &mut buffer, &mut files),
                Task::Cut(index) => self.cut(index),
                Task::Pieces(large, from, pieces) => match self.pieces(&large, from, &pieces, &mut buffer) {
                    Ok(finished) => files.extend(finished.map(|file| (large.index, file))),
                    Err(error) => self.fail(large.index, error),
                },
            }
        }
        files
    }

    fn path(&self, index: usize) -> &str {
        self.listing.files.get(index).map_or("", |file| file.path.as_str())
    }

    fn fail(&self, index: usize, error: ManifestError) {
        let mut queue = lock(&self.queue);
        if queue.failure.as_ref().is_none_or(|(first, _)| index < *first) {
            queue.failure = Some((index, error));
        }
        self.wake.notify_all();
    }

    fn progress(&self, index: usize, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if let Some(progress) = self.options.progress {
            progress(Progress { done, total: self.total, path: self.path(index) });
        }
    }

    fn next(&self) -> Option<Task> {
        let mut queue = lock(&self.queue);
        loop {
            if queue.failure.is_some() || queue.panicked {
                return None;
            }
            if let Some((large, cursor)) = queue.large.front_mut() {
                let (from, pieces) = cursor.take(&large.cuts);
                if !pieces.is_empty() {
                    return Some(Task::Pieces(Arc::clone(large), from, pieces));
                }
                queue.large.pop_front();
                continue;
            }
            if let Some(task) = self.next_files(&mut queue) {
                return Some(task);
            }
            if queue.cutting == 0 {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next large file, or as many small ones as fill a buffer.
    fn next_files(&self, queue: &mut Queue) -> Option<Task> {
        let first = queue.next_file;
        let size = self.listing.files.get(first)?.size;
        queue.next_file = first.saturating_add(1);
        if size > BLOCK_LEN {
            queue.cutting = queue.cutting.saturating_add(1);
            return Some(Task::Cut(first));
        }
        let mut total = size;
        while let Some(file) = self.listing.files.get(queue.next_file) {
            total = total.saturating_add(file.size);
            let files = queue.next_file.saturating_sub(first);
            if total > BLOCK_LEN || files >= MAX_PIECES {
                break;
            }
            queue.next_file = queue.next_file.saturating_add(1);
        }
        Some(Task::Small(first..queue.next_file))
    }

    /// Opens a file that was listed.
    fn open(&self, index: usize) -> Result<(Opened, Stamp), ManifestError> {
        let path = self.path(index);
        let (opened, stamp) = open(path, &self.listing.on_disk(path))?;
        if self.listing.files.get(index).is_none_or(|file| file.size != stamp.size) {
            return Err(ManifestError::Changed { path: path.into() });
        }
        Ok((opened, stamp))
    }

    /// Opens and cuts a large file, for all threads to hash.
    fn cut(&self, index: usize) {
        let large = self.open(index).and_then(|(opened, stamp)| {
            let cuts = cut(self.path(index), &opened)?;
            let segments = cuts.iter().map(|_| SegmentRoot::default()).collect();
            let merging = Mutex::new(Merging { segments, left: opened.size });
            Ok(Large { index, opened, stamp, cuts, merging })
        });
        let mut queue = lock(&self.queue);
        queue.cutting = queue.cutting.saturating_sub(1);
        match large {
            Ok(large) => queue.large.push_back((Arc::new(large), Cursor::default())),
            Err(error) => {
                drop(queue);
                return self.fail(index, error);
            }
        }
        self.wake.notify_all();
    }

    /// Reads and hashes pieces of a large file; returns the file if these were the last.
    fn pieces(
        &self,
        large: &Large,
        from: u64,
        pieces: &[Piece],
        buffer: &mut Vec<u8>,
    ) -> Result<Option<File>, ManifestError> {
        let path = self.path(large.index);
        let total = pieces.iter().fold(0_u64, |total, piece| total.saturating_add(piece.length));
        buffer.resize(to_usize(total), 0);
        large.opened.read_at(buffer, from).map_err(|error| unreadable(path, error))?;
        let roots = roots(buffer, pieces.iter().map(|piece| piece.length));
        self.blocks(large, pieces, &roots);

        let finished = {
            let mut merging = lock(&large.merging);
            for (piece, root) in pieces.iter().zip(roots) {
                if let Some(segment) = merging.segments.get_mut(piece.segment) {
                    segment.add(piece.block, root);
                }
            }
            merging.left = merging.left.saturating_sub(total);
            (merging.left == 0).then(|| core::mem::take(&mut merging.segments))
        };
        self.progress(large.index, total);
        let Some(segments) = finished else { return Ok(None) };
        large.stamp.check(path, &large.opened.file)?;
        let roots = segments.into_iter().map(|segment| segment.builder.finish());
        Ok(Some(file(path, large.opened.size, large.cuts.iter().cloned(), roots)))
    }

    /// Tells the roots of pieces that are blocks of a longer segment.
    fn blocks(&self, large: &Large, pieces: &[Piece], roots: &[Hash]) {
        let Some(tell) = self.options.blocks else { return };
        for (piece, root) in pieces.iter().zip(roots) {
            if let Some(cut) = large.cuts.get(piece.segment).filter(|cut| cut.length > BLOCK_LEN) {
                let offset = cut.offset.saturating_add(piece.block.saturating_mul(BLOCK_LEN));
                tell(self.path(large.index), Block { offset, length: piece.length, root: *root });
            }
        }
    }

    /// Reads and hashes a run of small files.
    fn small(&self, range: Range<usize>, buffer: &mut Vec<u8>, files: &mut Vec<(usize, File)>) {
        buffer.clear();
        let mut read = Vec::new();
        for index in range.clone() {
            match self.read(index, buffer) {
                Ok(cuts) => read.push((index, cuts)),
                Err(error) => return self.fail(index, error),
            }
        }
        let lengths = read.iter().flat_map(|(_, cuts)| cuts.iter().map(|cut| cut.length));
        let mut roots = roots(buffer, lengths).into_iter();
        files.extend(read.into_iter().map(|(index, cuts)| {
            let size = cuts.iter().fold(0_u64, |size, cut| size.saturating_add(cut.length));
            let roots: Vec<Hash> = roots.by_ref().take(cuts.len()).collect();
            (index, file(self.path(index), size, cuts.into_iter(), roots.into_iter()))
        }));
        self.progress(range.end.saturating_sub(1), count(buffer.len()));
    }

    /// Appends a small file to the buffer, and cuts it.
    fn read(&self, index: usize, buffer: &mut Vec<u8>) -> Result<Vec<Cut>, ManifestError> {
        let path = self.path(index);
        let (opened, stamp) = self.open(index)?;
        let begin = buffer.len();
        buffer.resize(begin.saturating_add(to_usize(opened.size)), 0);
        let bytes = buffer.get_mut(begin..).unwrap_or_default();
        opened.read_at(bytes, 0).map_err(|error| unreadable(path, error))?;
        stamp.check(path, &opened.file)?;
        cut(path, &&*bytes)
    }
}

/// A file from its cuts and the roots over them.
fn file(path: &str, size: u64, cuts: impl Iterator<Item = Cut>, roots: impl Iterator<Item = Hash>) -> File {
    let segments = cuts
        .zip(roots)
        .map(|(Cut { content, offset, length }, chunk_root)| Segment { content, offset, length, chunk_root })
        .collect();
    File { path: path.into(), size, segments }
}

/// The roots over pieces that lie in `buffer` one after the other, none longer than a block.
fn roots(buffer: &[u8], lengths: impl Iterator<Item = u64>) -> Vec<Hash> {
    let mut rest = buffer;
    let (mut all, mut counts) = (Vec::new(), Vec::new());
    for length in lengths {
        let (piece, after) = rest.split_at_checked(to_usize(length)).unwrap_or((rest, &[]));
        rest = after;
        let before = all.len();
        all.extend(piece.chunks(to_usize(CHUNK_LEN)));
        counts.push(all.len().saturating_sub(before));
    }
    let mut leaves = tree::chunk_leaves(&all).into_iter();
    counts.into_iter().map(|count| tree::root(leaves.by_ref().take(count).collect())).collect()
}
