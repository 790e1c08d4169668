//! A manifest made in parts: what several machines hash, one merges.
//!
//! A whole is cut at files, and within large files between chunks. What a part knows of such a file is a *piece*: the largest
//! subtrees over its chunks, which are nodes of the tree over all of them ([`tree`]). So merging hashes a few nodes and gives
//! the manifest of the whole, bit for bit.
//!
//! A part that lies can only lead to a root that no files have. What merging does find is what happens by itself: parts
//! that are missing, that were made twice or cut differently, or while the files were others. For that, each part states
//! what it was cut from: all paths and sizes as one hash, and for a piece the segments and header of its file as another.

use crate::{
    error::{InvalidManifest, MergeError},
    hash::{tag, Fields, Hash, Preimage},
    manifest::{count, File, Manifest},
    segment::{Content, Segment},
    source::Cut,
    tensor::TensorHeader,
    tree::{chunk_count, RootBuilder, Subtree},
};
use alloc::{
    collections::{btree_map::Entry, BTreeMap, BTreeSet},
    string::{String, ToString},
    vec::Vec,
};
use serde::{Deserialize, Serialize};

/// The name by which the JSON form says what it is.
const FORMAT: &str = "pedigree-manifest-part";

/// The version of the form in which parts are kept.
const VERSION: u32 = 1;

/// The most parts that one whole is cut into.
pub const MAX_PARTS: u32 = 1 << 16;

/// No part as JSON has more bytes than this.
pub const MAX_PART_JSON_BYTES: u64 = 1 << 30;

/// Chunks are counted in 64 bits, and have 14: no subtree is larger than this.
const MAX_LEVEL: u32 = 50;

/// What one machine found out of a whole that several hash.
///
/// Made by [`hash_part`](crate::hash_part), kept as [`to_json`](Self::to_json), and merged by [`merge`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    format: String,
    version: u32,
    number: u32,
    of: u32,
    whole: Whole,
    files: Vec<File>,
    pieces: Vec<Piece>,
}

/// What a part was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Whole {
    /// Over the paths and sizes of all files.
    listing: Hash,
    files: u64,
    bytes: u64,
    /// Of the salt, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt_id: Option<Hash>,
}

impl Whole {
    /// Of these files, sorted by path.
    pub(crate) fn of<'a>(files: impl ExactSizeIterator<Item = (&'a str, u64)>, salt_id: Option<Hash>) -> Self {
        let number = count(files.len());
        let (preimage, bytes) =
            files.fold((Preimage::new(tag::LISTING).u64(number), 0_u64), |(preimage, bytes), file| {
                let (path, size) = file;
                (preimage.text(path).u64(size), bytes.saturating_add(size))
            });
        Self { listing: preimage.finish(), files: number, bytes, salt_id }
    }
}

/// What a part knows of a file that others know the rest of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Piece {
    pub(crate) path: String,
    pub(crate) size: u64,
    /// Over all segments of the file and its header: see [`layout`].
    pub(crate) layout: Hash,
    pub(crate) segments: Vec<PieceSegment>,
}

/// What a part knows of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub(crate) struct PieceSegment {
    /// Its place among the segments of the file.
    pub(crate) index: u64,
    pub(crate) cut: Cut,
    /// Of its chunks, in order.
    pub(crate) subtrees: Vec<Subtree>,
}

/// As JSON: one flat object, as a segment of a manifest.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form {
    index: u64,
    kind: crate::segment::SegmentKind,
    offset: u64,
    length: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dtype: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shape: Option<Vec<u64>>,
    subtrees: Vec<Subtree>,
}

impl From<PieceSegment> for Form {
    fn from(PieceSegment { index, cut: Cut { content, offset, length }, subtrees }: PieceSegment) -> Self {
        let (kind, name, dtype, shape) = crate::segment::json::fields(content);
        Self { index, kind, offset, length, name, dtype, shape, subtrees }
    }
}

impl TryFrom<Form> for PieceSegment {
    type Error = &'static str;

    fn try_from(form: Form) -> Result<Self, Self::Error> {
        let Form { index, kind, offset, length, name, dtype, shape, subtrees } = form;
        let content = crate::segment::json::content(kind, name, dtype, shape)?;
        Ok(Self { index, cut: Cut { content, offset, length }, subtrees })
    }
}

/// What all pieces of one file have to agree on: its size, its segments, and the bytes of its header, if it has one.
pub(crate) fn layout<'a>(
    path: &str,
    size: u64,
    header: Option<&Hash>,
    segments: impl ExactSizeIterator<Item = (&'a Content, u64, u64)>,
) -> Hash {
    let preimage = Preimage::new(tag::LAYOUT).text(path).u64(size).u64(count(segments.len()));
    let preimage = segments.fold(preimage, |preimage, (content, offset, length)| {
        let preimage = preimage.u8(content.kind().number()).u64(offset).u64(length);
        match content {
            Content::Tensor(TensorHeader { name, dtype, shape }) => {
                let dims = u32::try_from(shape.len()).unwrap_or(u32::MAX);
                let preimage = preimage.text(name).text(dtype).u32(dims);
                shape.iter().fold(preimage, |preimage, dim| preimage.u64(*dim))
            }
            _ => preimage,
        }
    });
    match header {
        Some(header) => preimage.hash(header).finish(),
        None => preimage.finish(),
    }
}

impl Part {
    pub(crate) fn new(number: u32, of: u32, whole: Whole, files: Vec<File>, pieces: Vec<Piece>) -> Self {
        Self { format: FORMAT.into(), version: VERSION, number, of, whole, files, pieces }
    }

    /// Which of how many parts it is, counted from 1.
    #[must_use]
    pub fn number(&self) -> (u32, u32) {
        (self.number, self.of)
    }

    /// How many files it has whole, and of how many it has a piece.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        (count(self.files.len()), count(self.pieces.len()))
    }

    /// The part as JSON: the form to keep and to send (`*.part.json`).
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of both: there is nothing here that JSON can't say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote. What it says is looked at when it is merged.
    ///
    /// # Errors
    /// If it is no part, too long to be one, or of another version.
    pub fn from_json(json: &str) -> Result<Self, MergeError> {
        let malformed = |reason: String| MergeError::Malformed { reason };
        if count(json.len()) > MAX_PART_JSON_BYTES {
            return Err(malformed("too long to be a part".into()));
        }
        let part: Self = serde_json::from_str(json).map_err(|error| malformed(error.to_string()))?;
        if part.format != FORMAT {
            return Err(malformed("its format is another".into()));
        }
        if part.version != VERSION {
            return Err(MergeError::Version);
        }
        if part.number == 0 || part.number > part.of || part.of > MAX_PARTS {
            return Err(malformed("there is no part of this number".into()));
        }
        Ok(part)
    }
}

/// The manifest of the whole, from all its parts in any order.
///
/// # Errors
/// If something is missing or there twice, or the parts were not made from the same files.
pub fn merge(parts: Vec<Part>) -> Result<Manifest, MergeError> {
    let Some((of, whole)) = parts.first().map(|part| (part.of, part.whole)) else {
        return Err(MergeError::MissingPart { number: 1, of: 1, missing: 1 });
    };
    let mut numbers = BTreeSet::new();
    for part in &parts {
        if (part.of, part.whole) != (of, whole) {
            return Err(MergeError::OtherWhole { number: part.number, of: part.of });
        }
        if !numbers.insert(part.number) {
            return Err(MergeError::PartTwice { number: part.number });
        }
    }
    if let Some(number) = (1..=of).find(|number| !numbers.contains(number)) {
        let missing = count(numbers.len()).abs_diff(u64::from(of));
        return Err(MergeError::MissingPart { number, of, missing });
    }

    let mut files = BTreeMap::new();
    let mut cut: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for part in parts {
        for file in part.files {
            if let Some(File { path, .. }) = files.insert(file.path.clone(), file) {
                return Err(MergeError::Overlap { path });
            }
        }
        for piece in part.pieces {
            cut.entry(piece.path.clone()).or_default().push(piece);
        }
    }
    for (path, pieces) in cut {
        match files.entry(path) {
            Entry::Occupied(file) => return Err(MergeError::Overlap { path: file.key().clone() }),
            Entry::Vacant(place) => {
                let file = join(place.key(), pieces, whole.salt_id.is_some())?;
                place.insert(file);
            }
        }
    }

    let manifest = Manifest { files: files.into_values().collect(), salted: whole.salt_id.is_some() };
    if Whole::of(manifest.files.iter().map(|file| (file.path.as_str(), file.size)), whole.salt_id) != whole {
        let (found, files) = (count(manifest.files.len()), whole.files);
        return Err(MergeError::OtherFiles { found, files });
    }
    manifest.check()?;
    Ok(manifest)
}

/// The file that all these pieces are of.
fn join(path: &str, pieces: Vec<Piece>, salted: bool) -> Result<File, MergeError> {
    let differ = || MergeError::OtherVersion { path: path.into() };
    let (size, stated) = pieces.first().map(|piece| (piece.size, piece.layout)).ok_or_else(differ)?;
    let mut segments: BTreeMap<u64, (Cut, Vec<Subtree>)> = BTreeMap::new();
    for piece in pieces {
        if (piece.size, piece.layout) != (size, stated) {
            return Err(differ());
        }
        for PieceSegment { index, cut, subtrees } in piece.segments {
            match segments.entry(index) {
                Entry::Vacant(place) => {
                    place.insert((cut, subtrees));
                }
                Entry::Occupied(mut place) => {
                    let (known, all) = place.get_mut();
                    if *known != cut {
                        return Err(differ());
                    }
                    // A segment without chunks is in one part only.
                    if subtrees.is_empty() {
                        return Err(MergeError::Overlap { path: path.into() });
                    }
                    all.extend(subtrees);
                }
            }
        }
    }
    let missing = || MergeError::Missing { path: path.into() };
    let mut joined = Vec::new();
    for (expected, (index, (Cut { content, offset, length }, subtrees))) in (0_u64..).zip(segments) {
        if index != expected {
            return Err(missing());
        }
        let chunk_root = root(path, chunks_to_cover(length, salted), subtrees)?;
        joined.push(Segment { content, offset, length, chunk_root });
    }
    let file = File { path: path.into(), size, segments: joined };
    // First what is missing, which is likelier than a layout that is another for no reason.
    match file.check() {
        Err(InvalidManifest::Coverage { .. }) => return Err(missing()),
        Err(invalid) => return Err(invalid.into()),
        Ok(()) => {}
    }
    if layout_of(&file) != stated {
        return Err(differ());
    }
    Ok(file)
}

/// The layout of a file of which everything is known.
fn layout_of(file: &File) -> Hash {
    let header = file.segments.first().filter(|segment| segment.content == Content::Header);
    let segments = file.segments.iter().map(|segment| (&segment.content, segment.offset, segment.length));
    layout(&file.path, file.size, header.map(|segment| &segment.chunk_root), segments)
}

/// How many chunks the subtrees of a segment of `length` bytes cover: with a salt no bytes are one chunk.
const fn chunks_to_cover(length: u64, salted: bool) -> u64 {
    if salted && length == 0 {
        1
    } else {
        chunk_count(length)
    }
}

/// The root over so many chunks from subtrees that have to cover them exactly.
fn root(path: &str, chunks: u64, mut subtrees: Vec<Subtree>) -> Result<Hash, MergeError> {
    subtrees.sort_by_key(|subtree| subtree.first);
    let mut builder = RootBuilder::default();
    for Subtree { first, level, hash } in subtrees {
        let width = 1_u64.checked_shl(level).filter(|_| level <= MAX_LEVEL);
        let fits = width.is_some_and(|width| first.checked_rem(width) == Some(0)) && first < chunks;
        if !fits {
            return Err(MergeError::Malformed { reason: "a subtree is where none can be".into() });
        }
        if first < builder.next() {
            return Err(MergeError::Overlap { path: path.into() });
        }
        if first > builder.next() {
            return Err(MergeError::Missing { path: path.into() });
        }
        builder.push(level, hash);
    }
    if builder.next() < chunks {
        return Err(MergeError::Missing { path: path.into() });
    }
    Ok(builder.finish())
}
