//! One file: checked block by block, kept apart until it is whole, then put in its place.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::mpsc as channel;
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use indicatif::ProgressBar;
use pedigree_manifest::{check_layout, chunk_root, Block};
use tokio::sync::mpsc::{self, Receiver};

use super::{Mirror, Trouble, Wanted, Web};
use crate::error::{AboutFile, Failure, Result};

/// Pieces that wait to be checked, at most: so much memory for each file.
const WAITING: usize = 8;

/// Verified bytes that are handed on to be written, and how many such runs wait for it.
const RUN: usize = 1 << 20;
const RUNS: usize = 2;

/// They are written in pieces of this length. The page cache of Linux looks for as much memory in one piece as is written at
/// once; with a megabyte it moved others' pages to make room, which took as long as all the rest of a pull.
const WRITE: usize = 32 << 10;

/// After so many bytes the system is asked to put what there is on the disk, so that the end need not wait for all of it.
const WRITE_BACK: u64 = 64 << 20;

/// How many blocks of a file are right, from its beginning.
pub(super) fn checked(file: &mut impl Read, blocks: &[Block], bar: &ProgressBar) -> std::io::Result<usize> {
    let mut bytes = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        bytes.clear();
        file.by_ref().take(block.length).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) != block.length || chunk_root(&bytes) != block.root {
            return Ok(index);
        }
        bar.inc(block.length);
    }
    Ok(blocks.len())
}

/// A file that is being put together. All that is written was checked.
pub(super) struct Writer {
    file: File,
    blocks: Vec<Block>,
    /// How many of them are written.
    done: usize,
    bar: ProgressBar,
    /// The file gets its name when it is on the disk, not before.
    sync: bool,
}

impl Writer {
    /// Begins, or goes on where an earlier run was interrupted: what it left is checked again.
    pub(super) fn resume(wanted: &Wanted, bar: ProgressBar, sync: bool) -> Result<Self> {
        let path = &wanted.part;
        let mut options = File::options();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path).about("write", path)?;
        let done = checked(&mut file, &wanted.blocks, &bar).about("read", path)?;
        let mut writer = Self { file, blocks: wanted.blocks.clone(), done, bar, sync };
        writer.back().about("write", path)?;
        Ok(writer)
    }

    /// Drops what is behind the last block that is right.
    fn back(&mut self) -> std::io::Result<()> {
        let end = self.verified();
        self.file.set_len(end)?;
        self.file.seek(SeekFrom::Start(end)).map(drop)
    }

    /// How many bytes are right, from the beginning.
    pub(super) fn verified(&self) -> u64 {
        let last = self.done.checked_sub(1).and_then(|last| self.blocks.get(last));
        last.map_or(0, |block| block.offset.saturating_add(block.length))
    }

    pub(super) fn is_complete(&self) -> bool {
        self.done >= self.blocks.len()
    }

    /// Takes from a mirror what is missing. What it gave that is right stays, whatever trouble there is then.
    ///
    /// # Errors
    /// If it can't be written; no other mirror would help.
    pub(super) async fn fetch(self, web: &Web, mirror: &Mirror, wanted: &Wanted) -> Result<(Self, Option<Trouble>)> {
        let (from, size) = (self.verified(), wanted.file.size);
        let (sender, receiver) = mpsc::channel(WAITING);
        // Hashing and writing have a thread of their own while the next bytes arrive.
        let taking = tokio::task::spawn_blocking(move || self.take(receiver));
        let told = mirror.feed(web, &wanted.file.path, (from, size), sender).await;
        let taken = taking.await.map_err(std::io::Error::other).flatten();
        let (writer, wrong) = taken.about("write", &wanted.part)?;
        let trouble = match wrong {
            Some(offset) => {
                let reason = format!("its bytes from {offset} on are not those of the release");
                Some(Trouble::Wrong { offset, reason })
            }
            None if writer.is_complete() => None,
            None => Some(told.err().unwrap_or_else(|| Trouble::Broken("it ended early".to_owned()))),
        };
        Ok((writer, trouble))
    }

    /// Checks and writes what arrives. Where the first wrong block begins, if there is one: nothing more is taken then.
    fn take(mut self, receiver: Receiver<Bytes>) -> std::io::Result<(Self, Option<u64>)> {
        let missing = self.blocks.get(self.done..).unwrap_or_default();
        let (file, bar, sync) = (&self.file, &self.bar, self.sync);
        let (right, wrong) = if missing.len() <= 1 {
            // Not worth a thread.
            check(missing, receiver, bar, |run| write_run(file, &run).map(|()| run))?
        } else {
            // Hashing takes about as long as writing, so that each has a thread of its own.
            thread::scope(|scope| {
                let (runs, waiting) = channel::sync_channel(RUNS);
                let (written, spare) = channel::channel();
                let writing = scope.spawn(move || write(file, sync, &waiting, &written));
                let checked = check(missing, receiver, bar, |run| match runs.send(run) {
                    Ok(()) => Ok(spare.try_recv().unwrap_or_default()),
                    Err(_) => Err(ErrorKind::BrokenPipe.into()),
                });
                drop(runs);
                // Why nothing more could be written is what the writing thread says.
                writing.join().unwrap_or_else(|_| Err(Error::other("writing failed")))?;
                checked
            })?
        };
        self.done = self.done.saturating_add(right);
        Ok((self, wrong))
    }

    /// Puts a file that is whole in its place.
    pub(super) fn finish(self, wanted: &Wanted) -> Result<()> {
        let (part, place) = (&wanted.part, &wanted.place);
        if self.sync {
            self.file.sync_all().about("write", part)?;
        }
        check_layout(&wanted.file, part).map_err(|error| {
            Failure::input(format!("the release itself is malformed: {error}"))
                .hint("no mirror can help: whoever registered it hashed the files with another program")
        })?;
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).about("create", folder)?;
        }
        fs::rename(part, place).about("write", place)
    }
}

/// Checks blocks as their bytes arrive, and hands on runs of right ones; `put` gives back a buffer for the next. How many
/// were right, and where the first wrong one begins, if there is one.
fn check(
    blocks: &[Block],
    mut receiver: Receiver<Bytes>,
    bar: &ProgressBar,
    mut put: impl FnMut(Vec<u8>) -> std::io::Result<Vec<u8>>,
) -> std::io::Result<(usize, Option<u64>)> {
    // The bytes up to `right` were checked; behind them is what there is of the next block.
    let (mut run, mut right, mut done) = (Vec::new(), 0, 0_usize);
    let mut wrong = None;
    'pieces: while let Some(mut piece) = receiver.blocking_recv() {
        while let Some(block) = blocks.get(done) {
            if run.is_empty() {
                run.reserve(RUN);
            }
            let length = usize::try_from(block.length).unwrap_or(usize::MAX);
            let missing = length.saturating_sub(run.len().saturating_sub(right));
            if missing > piece.len() {
                run.extend_from_slice(&piece);
                continue 'pieces;
            }
            run.extend_from_slice(&piece.split_to(missing));
            if chunk_root(run.get(right..).unwrap_or_default()) != block.root {
                wrong = Some(block.offset);
                break 'pieces;
            }
            bar.inc(block.length);
            right = run.len();
            done = done.saturating_add(1);
            if right >= RUN {
                run = put(run)?;
                run.clear();
                right = 0;
            }
        }
        break;
    }
    run.truncate(right);
    if right > 0 {
        put(run)?;
    }
    Ok((done, wrong))
}

fn write_run(mut file: &File, run: &[u8]) -> std::io::Result<()> {
    run.chunks(WRITE).try_for_each(|piece| file.write_all(piece))
}

/// Writes runs of verified bytes, and gives their buffers back.
fn write(
    file: &File,
    sync: bool,
    runs: &channel::Receiver<Vec<u8>>,
    written: &channel::Sender<Vec<u8>>,
) -> std::io::Result<()> {
    let mut write_back = WriteBack::default();
    for run in runs {
        write_run(file, &run)?;
        if sync {
            write_back.wrote(file, run.len())?;
        }
        // Nobody listens any more when all was checked.
        let _ = written.send(run);
    }
    Ok(())
}

/// Has the disk begin with what was written, beside the rest. Whether it succeeds is seen at the end.
#[derive(Default)]
struct WriteBack {
    /// Bytes since the disk was asked last, and whether it is at it.
    unasked: u64,
    asked: Option<JoinHandle<()>>,
}

impl WriteBack {
    fn wrote(&mut self, file: &File, bytes: usize) -> std::io::Result<()> {
        self.unasked = self.unasked.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        if self.unasked < WRITE_BACK || self.asked.as_ref().is_some_and(|asked| !asked.is_finished()) {
            return Ok(());
        }
        let file = file.try_clone()?;
        self.unasked = 0;
        self.asked = Some(thread::spawn(move || drop(file.sync_data())));
        Ok(())
    }
}
