//! From files to manifest: one pass, all cores, memory that does not grow with the files.
//!
//! Threads take work from one queue: a run of small files, or the next megabyte of a large one. Each reads into its own
//! buffer by position, hashes what it read in the processor's lanes, and hands in one hash per block of 64 chunks. Blocks
//! are complete subtrees, so they may come in any order; what waits for an earlier block is as much as there are threads.
//!
//! SHA-256, where it is asked for, is computed in the same pass ([`sha256`](crate::sha256)): the bytes of a large file that
//! were hashed here go on to it, in order, on whichever thread is free.
//!
//! The files must stand still: each is looked at when it is listed and when it has been read, and one that changed is an
//! error, never a manifest of something that never was.

use crate::{
    blocks::{Block, OnBlock},
    error::ManifestError,
    gguf,
    hash::Hash,
    manifest::{count, File, Manifest},
    part::{self, Part, Piece as FilePiece, PieceSegment, Whole, MAX_PARTS},
    safetensors,
    salt::{ChunkSalts, Salt},
    segment::{Content, Layout, Segment},
    sha256::{self, InOrder, Sha256Digest},
    source::{Cut, Opened, Source, SourceError},
    tree::{self, chunk_count, to_usize, RootBuilder, BLOCK_LEN, BLOCK_LEVEL, CHUNK_LEN},
    walk::{self, Found, Listing, Stamp},
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
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};
use std::{
    fs,
    io::{self, ErrorKind},
    panic,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// The most segments or files of which pieces are read at once.
const MAX_PIECES: usize = 1024;

/// Bytes of small files that are read before they are hashed together: enough to fill the lanes, few enough to be still in
/// the cache of the core that read them.
const SMALL_LEN: u64 = 256 << 10;

/// As many blocks of one file wait for its SHA-256 at most: enough for reading not to hold it up.
const MAX_WAITING: usize = 4;

/// How to hash. `Options::default()` is what most want.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// How many threads; `None` is one per core.
    pub threads: Option<NonZeroUsize>,
    /// Called from all threads, about once per megabyte, for small files more often; must be quick.
    pub progress: Option<&'a (dyn Fn(Progress<'_>) + Sync)>,
    /// The owner's salt, if the release is to have one.
    pub salt: Option<&'a Salt>,
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
    let threads = threads(options);
    let listing = Listing::of(path, threads)?;
    let files = hash(&listing, Scope::whole(&listing), options, false)?;
    let files = files.into_iter().filter_map(|done| done.outcome.file()).collect();
    Ok(Manifest { files, salted: options.salt.is_some() })
}

/// As [`hash_path`], and the SHA-256 of every file, in the order of the manifest's files, from the same pass.
///
/// # Errors
/// As [`hash_path`].
pub fn hash_path_with_sha256(
    path: &Path,
    options: &Options<'_>,
) -> Result<(Manifest, Vec<Sha256Digest>), ManifestError> {
    let listing = Listing::of(path, threads(options))?;
    let files = hash(&listing, Scope::whole(&listing), options, true)?;
    let files = files.into_iter().filter_map(|done| Some((done.outcome.file()?, done.sha256?)));
    let (files, digests) = files.unzip();
    Ok((Manifest { files, salted: options.salt.is_some() }, digests))
}

/// Hashes one part of a folder or file, of as many of about the same size: for machines that see the same files, to be
/// merged with [`merge`](crate::merge). Parts are counted from 1.
///
/// # Errors
/// As [`hash_path`]; and if there is no such part.
pub fn hash_part(path: &Path, number: u32, of: u32, options: &Options<'_>) -> Result<Part, ManifestError> {
    let before = number.checked_sub(1).filter(|before| *before < of && of <= MAX_PARTS);
    let before = before.ok_or(ManifestError::NoSuchPart { number, of })?;
    let listing = Listing::of(path, threads(options))?;
    let sizes = listing.files.iter().map(|file| (file.path.as_str(), file.stamp.size));
    let whole = Whole::of(sizes, options.salt.map(Salt::id));
    let scope = Scope::between(&listing, border(&listing, before, of)?, border(&listing, number, of)?);
    let (mut files, mut pieces) = (Vec::new(), Vec::new());
    for done in hash(&listing, scope, options, false)? {
        match done.outcome {
            Outcome::File(file) => files.push(file),
            Outcome::Piece(piece) => pieces.push(piece),
        }
    }
    Ok(Part::new(number, of, whole, files, pieces))
}

fn threads(options: &Options<'_>) -> usize {
    options.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// A place between the bytes of all files, one file after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Border {
    /// The file that the next byte is in; or the number of files, at the end.
    file: usize,
    /// How many bytes of it come before.
    offset: u64,
}

/// Where the first `number` of `of` parts end: after so many bytes, or a little earlier. Within a file only between blocks of
/// a segment, and not within a small one.
fn border(listing: &Listing, number: u32, of: u32) -> Result<Border, ManifestError> {
    let end = Border { file: listing.files.len(), offset: 0 };
    let total = listing.files.iter().fold(0_u128, |total, file| total.saturating_add(file.stamp.size.into()));
    let wanted = total.saturating_mul(number.into()).checked_div(of.into()).unwrap_or_default();
    if number == 0 {
        return Ok(Border { file: 0, offset: 0 });
    }
    let mut left = u64::try_from(wanted).unwrap_or(u64::MAX);
    for (index, file) in listing.files.iter().enumerate() {
        let size = file.stamp.size;
        if left >= size {
            left = left.saturating_sub(size);
            continue;
        }
        let begin = Border { file: index, offset: 0 };
        if size <= BLOCK_LEN || left == 0 {
            return Ok(begin);
        }
        let cuts = cut(&file.path, &open(&file.path, &listing.on_disk(&file.path))?)?;
        let within = |cut: &Cut| left.checked_sub(cut.offset).filter(|within| *within < cut.length);
        let found = cuts.iter().find_map(|cut| Some((cut.offset, within(cut)?)));
        let (start, within) = found.ok_or_else(|| ManifestError::Changed { path: file.path.clone() })?;
        let block = within.checked_div(BLOCK_LEN).unwrap_or_default();
        return Ok(Border { offset: start.saturating_add(block.saturating_mul(BLOCK_LEN)), ..begin });
    }
    Ok(end)
}

/// What of the listed files is hashed.
struct Scope {
    files: Range<usize>,
    /// The files of which only these bytes are.
    spans: BTreeMap<usize, Range<u64>>,
}

impl Scope {
    fn whole(listing: &Listing) -> Self {
        Self { files: 0..listing.files.len(), spans: BTreeMap::new() }
    }

    fn between(listing: &Listing, from: Border, to: Border) -> Self {
        let mut spans = BTreeMap::new();
        if from == to {
            return Self { files: from.file..from.file, spans };
        }
        let size = |index: usize| listing.files.get(index).map_or(0, |file| file.stamp.size);
        if from.offset > 0 {
            spans.insert(from.file, from.offset..size(from.file));
        }
        if to.offset > 0 {
            let begin = if from.file == to.file { from.offset } else { 0 };
            spans.insert(to.file, begin..to.offset);
        }
        Self { files: from.file..to.file.saturating_add(usize::from(to.offset > 0)), spans }
    }

    /// Which bytes of a file are hashed, if not all.
    fn span(&self, index: usize) -> Option<Range<u64>> {
        self.spans.get(&index).cloned()
    }

    fn bytes(&self, listing: &Listing) -> u64 {
        let sizes = self.files.clone().zip(listing.files.iter().skip(self.files.start));
        sizes.fold(0, |total, (index, file)| {
            let span = self.span(index).unwrap_or(0..file.stamp.size);
            total.saturating_add(span.end.saturating_sub(span.start))
        })
    }
}

/// What came of a file.
enum Outcome {
    File(File),
    Piece(FilePiece),
}

impl Outcome {
    fn file(self) -> Option<File> {
        match self {
            Self::File(file) => Some(file),
            Self::Piece(_) => None,
        }
    }
}

/// Hashes a file whose bytes are at hand, as if it lay at this path of a folder.
///
/// # Errors
/// If the path can't be in a manifest, or the bytes are not what it says.
pub fn hash_bytes(path: &str, bytes: &[u8]) -> Result<File, ManifestError> {
    walk::safe(path)?;
    let cuts = cut(path, &bytes)?;
    let roots: Vec<Hash> = cuts
        .iter()
        .map(|cut| {
            let bytes = bytes.get(to_usize(cut.offset)..).and_then(|rest| rest.get(..to_usize(cut.length)));
            tree::chunk_root(bytes.unwrap_or_default())
        })
        .collect();
    Ok(file(path, count(bytes.len()), cuts.into_iter(), roots.into_iter()))
}

/// As [`salted_chunk_root`](crate::salted_chunk_root), over bytes of a file.
///
/// # Errors
/// If there are not that many, or they can't be read.
pub fn salted_chunk_root_at(file: &Path, offset: u64, length: u64, salt: &Hash) -> io::Result<Hash> {
    let file = fs::File::open(file)?;
    let size = file.metadata()?.len();
    if length == 0 {
        return Ok(tree::salted_chunk_root(&[], salt));
    }
    subtree(&Opened { file, size }, offset, length, 0..chunk_count(length), Some(*salt))
}

/// A file, hashed.
struct Done {
    index: usize,
    outcome: Outcome,
    /// If it was asked for.
    sha256: Option<Sha256Digest>,
}

/// The listed files that are in the scope, in their order.
fn hash(listing: &Listing, scope: Scope, options: &Options<'_>, sha256: bool) -> Result<Vec<Done>, ManifestError> {
    let threads = threads(options);
    let run = Run {
        total: scope.bytes(listing),
        listing,
        queue: Mutex::new(Queue { next_file: scope.files.start, ..Queue::default() }),
        scope,
        options,
        sha256,
        threads,
        wake: Condvar::new(),
        spare: Mutex::default(),
        done: AtomicU64::new(0),
    };

    let mut in_order: Vec<Option<Done>> = Vec::new();
    in_order.resize_with(run.scope.files.len(), || None);
    let mut put = |files: Vec<Done>| {
        for done in files {
            let place = done.index.checked_sub(run.scope.files.start);
            if let Some(place) = place.and_then(|place| in_order.get_mut(place)) {
                *place = Some(done);
            }
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| run.work())).collect();
        put(run.work());
        for other in others {
            put(other.join().unwrap_or_else(|payload| panic::resume_unwind(payload)));
        }
    });
    if let Some((_, error)) = lock(&run.queue).failure.take() {
        return Err(error);
    }
    Ok(in_order.into_iter().flatten().collect())
}

/// The root of the subtree over the chunks `range` of a segment. `range` must begin where a subtree of its size can.
/// `salt` is that of the segment.
pub(crate) fn subtree(
    source: &impl Source,
    offset: u64,
    length: u64,
    range: Range<u64>,
    salt: Option<Hash>,
) -> io::Result<Hash> {
    let from = range.start.saturating_mul(CHUNK_LEN);
    let to = range.end.saturating_mul(CHUNK_LEN).min(length);
    let mut builder = RootBuilder::default();
    let mut buffer = Vec::new();
    let mut at = from;
    while at < to {
        let step = to.saturating_sub(at).min(BLOCK_LEN);
        buffer.resize(to_usize(step), 0);
        source.read_at(&mut buffer, offset.saturating_add(at))?;
        let first = range.start.saturating_add(builder.next());
        let salts = salt.map(|segment| ChunkSalts { segment, first });
        builder.push(BLOCK_LEVEL, tree::block_root(&buffer, salts));
        at = at.saturating_add(step);
    }
    Ok(builder.finish())
}

/// Opens a file of a manifest.
pub(crate) fn open(path: &str, on_disk: &Path) -> Result<Opened, ManifestError> {
    let failed = |error| unreadable(path, error);
    // Opening a pipe would wait for somebody who writes to it.
    if !fs::metadata(on_disk).map_err(failed)?.is_file() {
        return Err(ManifestError::SpecialFile { path: path.into() });
    }
    let file = fs::File::open(on_disk).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    Ok(Opened { file, size })
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
    let mut cuts = Vec::new();
    cut_into(&mut cuts, path, source)?;
    Ok(cuts)
}

fn cut_into(cuts: &mut Vec<Cut>, path: &str, source: &impl Source) -> Result<(), ManifestError> {
    match Layout::of(path) {
        Layout::Opaque => cuts.push(Cut { content: Content::Opaque, offset: 0, length: source.size() }),
        Layout::Safetensors => cuts.extend(safetensors::cut(source).map_err(|error| match error {
            SourceError::Io(error) => unreadable(path, error),
            SourceError::Problem(problem) => ManifestError::Safetensors { path: path.into(), problem },
        })?),
        Layout::Gguf => cuts.extend(gguf::cut(source).map_err(|error| match error {
            SourceError::Io(error) => unreadable(path, error),
            SourceError::Problem(problem) => ManifestError::Gguf { path: path.into(), problem },
        })?),
    }
    Ok(())
}

/// A large file while its blocks are with the threads.
struct Large {
    index: usize,
    opened: Opened,
    cuts: Vec<Cut>,
    /// Of every segment, if there are.
    salts: Option<Vec<Hash>>,
    /// Which bytes are hashed, and over what all pieces agree, if it is not the whole file.
    span: Option<(Range<u64>, Hash)>,
    merging: Mutex<Merging>,
    /// If it was asked for.
    sha256: Option<InOrder>,
    /// Blocks that were taken and have not been through SHA-256.
    waiting: AtomicUsize,
}

impl Large {
    /// Nothing more should be read of it for now.
    fn is_full(&self) -> bool {
        self.waiting.load(Ordering::Acquire) >= MAX_WAITING
    }
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
    fn starting_at(block: u64) -> Self {
        let builder = RootBuilder::starting_at(block.checked_shl(BLOCK_LEVEL).unwrap_or(u64::MAX));
        Self { builder, next: block, early: BTreeMap::new() }
    }

    fn add(&mut self, block: u64, hash: Hash) {
        self.early.insert(block, hash);
        while let Some(hash) = self.early.remove(&self.next) {
            self.builder.push(BLOCK_LEVEL, hash);
            self.next = self.next.saturating_add(1);
        }
    }
}

/// Where in a large file the next piece is.
struct Cursor {
    segment: usize,
    block: u64,
    /// Where in the file it ends.
    end: u64,
}

/// A block of a segment, or less at its end.
struct Piece {
    segment: usize,
    block: u64,
    length: u64,
}

impl Cursor {
    /// From a byte at which a block of a segment begins, to another.
    fn over(span: &Range<u64>, cuts: &[Cut]) -> Self {
        let end = |cut: &Cut| cut.offset.saturating_add(cut.length);
        let segment = cuts.iter().position(|cut| end(cut) > span.start).unwrap_or(cuts.len());
        let within = cuts.get(segment).map_or(0, |cut| span.start.saturating_sub(cut.offset));
        Self { segment, block: within.checked_div(BLOCK_LEN).unwrap_or_default(), end: span.end }
    }

    /// Takes the pieces to read next, not more than a buffer holds; and where in the file they begin.
    fn take(&mut self, cuts: &[Cut]) -> (u64, Vec<Piece>) {
        let (mut from, mut pieces, mut total) = (None, Vec::new(), 0_u64);
        while let Some(cut) = cuts.get(self.segment) {
            let start = self.block.saturating_mul(BLOCK_LEN);
            let length = cut.length.saturating_sub(start).min(BLOCK_LEN);
            if cut.offset.saturating_add(start) >= self.end && length > 0 {
                break;
            }
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

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a thread keeps from one task to the next.
#[derive(Default)]
struct Buffers {
    /// As long as it ever was: what is read into need not be zeroed before.
    bytes: Vec<u8>,
    /// How many of them are those of small files that are read together, one after the other.
    used: usize,
    /// Of these files, in the same order.
    cuts: Vec<Cut>,
    place: PathBuf,
}

/// A small file that was read.
struct Read {
    index: usize,
    /// How many cuts it has.
    cuts: usize,
    sha256: Option<Sha256Digest>,
}

/// A hash of a folder under way.
struct Run<'a> {
    listing: &'a Listing,
    scope: Scope,
    options: &'a Options<'a>,
    sha256: bool,
    threads: usize,
    total: u64,
    queue: Mutex<Queue>,
    wake: Condvar,
    /// Buffers that have been through SHA-256.
    spare: Mutex<Vec<Vec<u8>>>,
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
    fn work(&self) -> Vec<Done> {
        let _watch = Watch(self);
        let mut buffers = Buffers::default();
        let mut files = Vec::new();
        while let Some(task) = self.next() {
            match task {
                Task::Small(range) => self.small(range, &mut buffers, &mut files),
                Task::Cut(index) => self.cut(index),
                Task::Pieces(large, from, pieces) => match self.pieces(&large, from, &pieces, &mut buffers.bytes) {
                    Ok(finished) => files.extend(finished),
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
            if let Some(task) = Self::next_pieces(&mut queue) {
                return Some(task);
            }
            // All that is open is full only where SHA-256 can't keep up: then a file per thread is enough.
            if queue.large.len().saturating_add(queue.cutting) < self.threads {
                if let Some(task) = self.next_files(&mut queue) {
                    return Some(task);
                }
            }
            if queue.cutting == 0 && queue.large.is_empty() {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next pieces of the first large file that has any and is not full.
    fn next_pieces(queue: &mut Queue) -> Option<Task> {
        let mut task = None;
        queue.large.retain_mut(|(large, cursor)| {
            if task.is_some() || large.is_full() {
                return true;
            }
            let (from, pieces) = cursor.take(&large.cuts);
            if pieces.is_empty() {
                return false;
            }
            if large.sha256.is_some() {
                large.waiting.fetch_add(1, Ordering::AcqRel);
            }
            task = Some(Task::Pieces(Arc::clone(large), from, pieces));
            true
        });
        task
    }

    /// The next large file, or a run of small ones.
    fn next_files(&self, queue: &mut Queue) -> Option<Task> {
        let first = queue.next_file;
        if first >= self.scope.files.end {
            return None;
        }
        let size = self.listing.files.get(first)?.stamp.size;
        queue.next_file = first.saturating_add(1);
        if self.is_large(first) {
            queue.cutting = queue.cutting.saturating_add(1);
            return Some(Task::Cut(first));
        }
        let mut total = size;
        while let Some(file) = self.listing.files.get(queue.next_file) {
            total = total.saturating_add(file.stamp.size);
            let files = queue.next_file.saturating_sub(first);
            let last = queue.next_file >= self.scope.files.end || self.is_large(queue.next_file);
            if last || total > SMALL_LEN || files >= MAX_PIECES {
                break;
            }
            queue.next_file = queue.next_file.saturating_add(1);
        }
        Some(Task::Small(first..queue.next_file))
    }

    /// Whether a file is hashed block by block.
    fn is_large(&self, index: usize) -> bool {
        let large = |file: &Found| file.stamp.size > BLOCK_LEN;
        self.listing.files.get(index).is_some_and(large) || self.scope.spans.contains_key(&index)
    }

    /// Opens a file that was listed.
    fn open(&self, index: usize, place: &mut PathBuf) -> Result<Opened, ManifestError> {
        let path = self.path(index);
        let file = self.listing.open(path, place).map_err(|error| unreadable(path, error))?;
        let size = self.listing.files.get(index).map_or(0, |file| file.stamp.size);
        Ok(Opened { file, size })
    }

    /// The file is as it was when it was listed.
    fn check(&self, index: usize, file: &fs::File) -> Result<(), ManifestError> {
        let path = self.path(index);
        let now = Stamp::of(&file.metadata().map_err(|error| unreadable(path, error))?);
        if !now.exists {
            return Err(ManifestError::Vanished { path: path.into() });
        }
        if self.listing.files.get(index).is_none_or(|listed| listed.stamp != now) {
            return Err(ManifestError::Changed { path: path.into() });
        }
        Ok(())
    }

    /// The salt of every segment of a file, if there are.
    fn salts(&self, path: &str, cuts: &[Cut]) -> Option<Vec<Hash>> {
        let salt = self.options.salt?;
        Some((0_u64..).zip(cuts).map(|(index, _)| salt.of_segment(path, index)).collect())
    }

    /// Opens and cuts a large file, for all threads to hash.
    fn cut(&self, index: usize) {
        let large = self.open(index, &mut PathBuf::new()).and_then(|opened| {
            let path = self.path(index);
            let cuts = cut(path, &opened)?;
            let salts = self.salts(path, &cuts);
            let span = match self.scope.span(index) {
                Some(span) => {
                    let salt = salts.as_ref().and_then(|salts| salts.first());
                    Some((span, layout(path, &opened, &cuts, salt.copied())?))
                }
                None => None,
            };
            let bytes = span.as_ref().map_or(0..opened.size, |(span, _)| span.clone());
            let cursor = Cursor::over(&bytes, &cuts);
            let mut segments: Vec<_> = cuts.iter().map(|_| SegmentRoot::default()).collect();
            // No task reads a segment without bytes; with a salt it has a chunk all the same.
            for ((root, cut), segment) in segments.iter_mut().zip(&cuts).zip(salts.iter().flatten()) {
                if cut.length == 0 {
                    let salts = ChunkSalts { segment: *segment, first: 0 };
                    root.builder.push(0, tree::block_root(&[], Some(salts)));
                }
            }
            if let Some(first) = segments.get_mut(cursor.segment) {
                *first = SegmentRoot::starting_at(cursor.block);
            }
            let merging = Mutex::new(Merging { segments, left: bytes.end.saturating_sub(bytes.start) });
            let (sha256, waiting) = (self.sha256.then(InOrder::default), AtomicUsize::new(0));
            Ok((Large { index, opened, cuts, salts, span, merging, sha256, waiting }, cursor))
        });
        let mut queue = lock(&self.queue);
        queue.cutting = queue.cutting.saturating_sub(1);
        match large {
            Ok((large, cursor)) => queue.large.push_back((Arc::new(large), cursor)),
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
    ) -> Result<Option<Done>, ManifestError> {
        let path = self.path(large.index);
        let total = pieces.iter().fold(0_u64, |total, piece| total.saturating_add(piece.length));
        buffer.resize(to_usize(total), 0);
        large.opened.read_at(buffer, from).map_err(|error| unreadable(path, error))?;
        let roots = roots(
            buffer,
            pieces.iter().map(|piece| {
                let segment = large.salts.as_ref().and_then(|salts| salts.get(piece.segment));
                let first = piece.block.checked_shl(BLOCK_LEVEL).unwrap_or(u64::MAX);
                (piece.length, segment.map(|segment| ChunkSalts { segment: *segment, first }))
            }),
        );
        self.blocks(large, pieces, &roots);

        {
            let mut merging = lock(&large.merging);
            for (piece, root) in pieces.iter().zip(roots) {
                if let Some(segment) = merging.segments.get_mut(piece.segment) {
                    segment.add(piece.block, root);
                }
            }
        }
        let through = match &large.sha256 {
            Some(sha256) => self.sha256(large, sha256, from, buffer),
            None => total,
        };
        self.progress(large.index, through);
        let segments = {
            let mut merging = lock(&large.merging);
            merging.left = merging.left.saturating_sub(through);
            // Of two threads, both of which see that nothing is left, one brought something.
            if through == 0 || merging.left > 0 {
                return Ok(None);
            }
            core::mem::take(&mut merging.segments)
        };
        self.check(large.index, &large.opened.file)?;
        let outcome = match &large.span {
            None => {
                let roots = segments.into_iter().map(|segment| segment.builder.finish());
                Outcome::File(file(path, large.opened.size, large.cuts.iter().cloned(), roots))
            }
            Some((span, layout)) => {
                let segments = piece(span, &large.cuts, segments.into_iter().map(|segment| segment.builder));
                Outcome::Piece(FilePiece { path: path.into(), size: large.opened.size, layout: *layout, segments })
            }
        };
        Ok(Some(Done { index: large.index, outcome, sha256: large.sha256.as_ref().and_then(InOrder::finish) }))
    }

    /// Hands what was read on to SHA-256; says how many bytes have been through it meanwhile.
    fn sha256(&self, large: &Large, sha256: &InOrder, from: u64, buffer: &mut Vec<u8>) -> u64 {
        let spare = lock(&self.spare).pop().unwrap_or_default();
        let mut through = 0_u64;
        sha256.push(from, core::mem::replace(buffer, spare), |hashed| {
            through = through.saturating_add(count(hashed.len()));
            lock(&self.spare).push(hashed);
            // Within the queue's lock, so that who finds the file full and waits is woken.
            let _queue = lock(&self.queue);
            large.waiting.fetch_sub(1, Ordering::AcqRel);
            self.wake.notify_all();
        });
        through
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
    fn small(&self, range: Range<usize>, buffers: &mut Buffers, files: &mut Vec<Done>) {
        buffers.used = 0;
        buffers.cuts.clear();
        let mut read = Vec::with_capacity(range.len());
        for index in range.clone() {
            match self.read(index, buffers) {
                Ok(found) => read.push(found),
                Err(error) => return self.fail(index, error),
            }
        }
        let salts: Option<Vec<Hash>> = self.options.salt.map(|salt| {
            let of_file = |file: &Read| {
                let segments = (0_u64..).take(file.cuts);
                segments.map(|segment| salt.of_segment(self.path(file.index), segment)).collect::<Vec<_>>()
            };
            read.iter().flat_map(of_file).collect()
        });
        let pieces = buffers.cuts.iter().enumerate().map(|(place, cut)| {
            let segment = salts.as_ref().and_then(|salts| salts.get(place));
            (cut.length, segment.map(|segment| ChunkSalts { segment: *segment, first: 0 }))
        });
        let bytes = buffers.bytes.get(..buffers.used).unwrap_or_default();
        let (roots, read_bytes) = (roots(bytes, pieces), count(bytes.len()));
        let mut segments = buffers.cuts.drain(..).zip(roots).map(segment);
        files.extend(read.into_iter().map(|Read { index, cuts, sha256 }| {
            let segments: Vec<Segment> = segments.by_ref().take(cuts).collect();
            let size = segments.iter().fold(0_u64, |size, segment| size.saturating_add(segment.length));
            let outcome = Outcome::File(File { path: self.path(index).into(), size, segments });
            Done { index, outcome, sha256 }
        }));
        self.progress(range.end.saturating_sub(1), read_bytes);
    }

    /// Appends a small file and its cuts to the buffers.
    fn read(&self, index: usize, buffers: &mut Buffers) -> Result<Read, ManifestError> {
        let path = self.path(index);
        let opened = self.open(index, &mut buffers.place)?;
        let (begin, end) = (buffers.used, buffers.used.saturating_add(to_usize(opened.size)));
        if end > buffers.bytes.len() {
            buffers.bytes.resize(end, 0);
        }
        buffers.used = end;
        let bytes = buffers.bytes.get_mut(begin..end).unwrap_or_default();
        opened.read_at(bytes, 0).map_err(|error| unreadable(path, error))?;
        self.check(index, &opened.file)?;
        let before = buffers.cuts.len();
        cut_into(&mut buffers.cuts, path, &&*bytes)?;
        let cuts = buffers.cuts.len().saturating_sub(before);
        Ok(Read { index, cuts, sha256: self.sha256.then(|| sha256::digest(bytes)) })
    }
}

/// A segment from its cut and the root over it.
fn segment((Cut { content, offset, length }, chunk_root): (Cut, Hash)) -> Segment {
    Segment { content, offset, length, chunk_root }
}

/// A file from its cuts and the roots over them.
fn file(path: &str, size: u64, cuts: impl Iterator<Item = Cut>, roots: impl Iterator<Item = Hash>) -> File {
    File { path: path.into(), size, segments: cuts.zip(roots).map(segment).collect() }
}

/// What a span of a file knows of its segments. One without bytes belongs to the span with the byte in front of it.
fn piece(span: &Range<u64>, cuts: &[Cut], builders: impl Iterator<Item = RootBuilder>) -> Vec<PieceSegment> {
    (0_u64..)
        .zip(cuts.iter().zip(builders))
        .filter_map(|(index, (cut, builder))| {
            let subtrees = builder.subtrees();
            let is_here =
                if cut.length == 0 { span.start < cut.offset && cut.offset <= span.end } else { !subtrees.is_empty() };
            is_here.then(|| PieceSegment { index, cut: cut.clone(), subtrees })
        })
        .collect()
}

/// What all pieces of a file have to agree on; its header is read for it, whose salt this is.
fn layout(path: &str, source: &impl Source, cuts: &[Cut], salt: Option<Hash>) -> Result<Hash, ManifestError> {
    let header = match cuts.first() {
        Some(Cut { content: Content::Header, offset, length }) => {
            let root = subtree(source, *offset, *length, 0..chunk_count(*length), salt);
            Some(root.map_err(|error| unreadable(path, error))?)
        }
        _ => None,
    };
    let segments = cuts.iter().map(|cut| (&cut.content, cut.offset, cut.length));
    Ok(part::layout(path, source.size(), header.as_ref(), segments))
}

/// The roots over pieces that lie in `buffer` one after the other, none longer than a block; all with salts, or none.
fn roots(buffer: &[u8], pieces: impl Iterator<Item = (u64, Option<ChunkSalts>)>) -> Vec<Hash> {
    let mut rest = buffer;
    let (mut all, mut counts, mut keys) = (Vec::new(), Vec::new(), None::<Vec<Hash>>);
    for (length, salts) in pieces {
        let (piece, after) = rest.split_at_checked(to_usize(length)).unwrap_or((rest, &[]));
        rest = after;
        let before = all.len();
        all.extend(tree::chunks(piece, salts.is_some()));
        let count = all.len().saturating_sub(before);
        if let Some(salts) = salts {
            keys.get_or_insert_default().extend(salts.take(count));
        }
        counts.push(count);
    }
    let mut leaves = tree::chunk_leaves(&all, keys.as_deref()).into_iter();
    counts.into_iter().map(|count| tree::root_of(leaves.by_ref(), count)).collect()
}
