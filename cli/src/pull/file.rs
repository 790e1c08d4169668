//! One file: checked block by block, kept apart until it is whole, then put in its place.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::thread::JoinHandle;

use bytes::Bytes;
use indicatif::ProgressBar;
use pedigree_manifest::{check_layout, chunk_root, Block};
use tokio::sync::mpsc::{self, Receiver};

use super::{Mirror, Trouble, Wanted, Web};
use crate::error::{AboutFile, Failure, Result};

/// Pieces that wait to be checked, at most: so much memory for each file.
const WAITING: usize = 8;

/// Verified bytes that are written at once.
const WRITE: usize = 1 << 20;

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
    file: BufWriter<File>,
    blocks: Vec<Block>,
    /// How many of them are written.
    done: usize,
    bar: ProgressBar,
    /// Bytes since the disk was asked last, and whether it is at it.
    unasked: u64,
    asked: Option<JoinHandle<()>>,
}

impl Writer {
    /// Begins, or goes on where an earlier run was interrupted: what it left is checked again.
    pub(super) fn resume(wanted: &Wanted, bar: ProgressBar) -> Result<Self> {
        let path = &wanted.part;
        let mut options = File::options();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(path).about("write", path)?;
        let done = checked(&mut file, &wanted.blocks, &bar).about("read", path)?;
        let file = BufWriter::with_capacity(WRITE, file);
        let mut writer = Self { file, blocks: wanted.blocks.clone(), done, bar, unasked: 0, asked: None };
        writer.back().about("write", path)?;
        Ok(writer)
    }

    /// Drops what is behind the last block that is right.
    fn back(&mut self) -> std::io::Result<()> {
        let end = self.verified();
        self.file.flush()?;
        self.file.get_ref().set_len(end)?;
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
    fn take(mut self, mut receiver: Receiver<Bytes>) -> std::io::Result<(Self, Option<u64>)> {
        let mut waiting = Vec::with_capacity(WRITE);
        let mut wrong = None;
        'pieces: while let Some(mut piece) = receiver.blocking_recv() {
            while let Some(block) = self.blocks.get(self.done) {
                let length = usize::try_from(block.length).unwrap_or(usize::MAX);
                let missing = length.saturating_sub(waiting.len());
                if missing > piece.len() {
                    waiting.extend_from_slice(&piece);
                    continue 'pieces;
                }
                waiting.extend_from_slice(&piece.split_to(missing));
                if chunk_root(&waiting) != block.root {
                    wrong = Some(block.offset);
                    break 'pieces;
                }
                self.file.write_all(&waiting)?;
                self.bar.inc(block.length);
                self.unasked = self.unasked.saturating_add(block.length);
                self.done = self.done.saturating_add(1);
                waiting.clear();
                self.write_back()?;
            }
            break;
        }
        self.file.flush()?;
        Ok((self, wrong))
    }

    /// Has the disk begin with what was written, beside the rest. Whether it succeeds is seen at the end.
    fn write_back(&mut self) -> std::io::Result<()> {
        if self.unasked < WRITE_BACK || self.asked.as_ref().is_some_and(|asked| !asked.is_finished()) {
            return Ok(());
        }
        let file = self.file.get_ref().try_clone()?;
        self.unasked = 0;
        self.asked = Some(std::thread::spawn(move || drop(file.sync_data())));
        Ok(())
    }

    /// Puts a file that is whole in its place: on the disk first, then under its name.
    pub(super) fn finish(mut self, wanted: &Wanted) -> Result<()> {
        let (part, place) = (&wanted.part, &wanted.place);
        self.file.flush().and_then(|()| self.file.get_ref().sync_all()).about("write", part)?;
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
