//! The roots of blocks: what the bytes of a file can be checked against while they arrive.
//!
//! The chunk root of a segment can be compared when all of the segment is there, which may be gigabytes. So the JSON form of
//! a manifest also has the roots over the blocks (1 MiB, 64 chunks) of every segment that is longer than one. Blocks are
//! complete subtrees of the segment's tree: their roots must lead to the chunk root that the manifest root stands for, so
//! they can't lie, and a manifest without them is the same manifest. A salted release has none: who fetches it has no salt
//! to check bytes with.

use crate::{
    error::{InvalidManifest, ManifestError},
    hash::{Hash, HASH_LEN},
    hasher::{self, hash_path, Options},
    manifest::{File, Manifest},
    segment::{Layout, Segment},
    tree::{to_usize, RootBuilder, BLOCK_LEN, BLOCK_LEVEL},
};
use alloc::{
    borrow::ToOwned,
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

/// A run of bytes that can be checked by itself: a block of a segment, or a whole segment that is not longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the file.
    pub offset: u64,
    /// How many bytes it has, at most 1 MiB; none for a segment without bytes.
    pub length: u64,
    /// What [`chunk_root`](crate::chunk_root) of its bytes is.
    pub root: Hash,
}

/// Told a file's path and one of its blocks.
pub type OnBlock<'a> = &'a (dyn Fn(&str, Block) + Sync);

/// The roots over the blocks of a manifest's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// By path: those of all segments that are longer than a block, in the order of their bytes.
    roots: BTreeMap<String, Vec<Hash>>,
}

/// Hashes a folder or file as [`hash_path`] does, in one pass, and keeps the roots of blocks.
///
/// # Errors
/// As [`hash_path`].
pub fn hash_path_with_blocks(path: &Path, options: &Options<'_>) -> Result<(Manifest, Blocks), ManifestError> {
    with_blocks(options, |options| hash_path(path, options))
}

/// Keeps the roots of blocks while something hashes a whole release, without a salt, with the options it is given.
///
/// # Errors
/// As what hashes.
pub fn with_blocks<T>(
    options: &Options<'_>,
    hash: impl FnOnce(&Options<'_>) -> Result<T, ManifestError>,
) -> Result<(T, Blocks), ManifestError> {
    let found: Mutex<BTreeMap<String, BTreeMap<u64, Hash>>> = Mutex::default();
    let keep = |path: &str, block: Block| {
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        match found.get_mut(path) {
            Some(file) => drop(file.insert(block.offset, block.root)),
            None => drop(found.insert(path.to_owned(), BTreeMap::from([(block.offset, block.root)]))),
        }
    };
    let hashed = hash(&Options { blocks: Some(&keep), ..*options })?;
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let roots = found.into_iter().map(|(path, file)| (path, file.into_values().collect())).collect();
    Ok((hashed, Blocks { roots }))
}

/// How many roots of blocks a segment has.
fn count(segment: &Segment) -> u64 {
    if segment.length > BLOCK_LEN {
        segment.length.div_ceil(BLOCK_LEN)
    } else {
        0
    }
}

impl Blocks {
    /// What the bytes of a file are checked against, in the order of its bytes. Without anything missing if
    /// [`check`](Self::check) has passed.
    pub fn of<'a>(&'a self, file: &'a File) -> impl Iterator<Item = Block> + 'a {
        let mut roots = self.roots.get(&file.path).map(Vec::as_slice).unwrap_or_default().iter();
        file.segments.iter().flat_map(move |segment| {
            let (offset, length) = (segment.offset, segment.length);
            if length <= BLOCK_LEN {
                return alloc::vec![Block { offset, length, root: segment.chunk_root }];
            }
            let starts = (0..count(segment)).map(|block| block.saturating_mul(BLOCK_LEN));
            starts
                .zip(roots.by_ref())
                .map(|(start, root)| Block {
                    offset: offset.saturating_add(start),
                    length: length.saturating_sub(start).min(BLOCK_LEN),
                    root: *root,
                })
                .collect()
        })
    }

    /// Checks that these are the blocks of this manifest: all of them, leading to its chunk roots; none if it is salted.
    ///
    /// # Errors
    /// [`InvalidManifest::Blocks`], with the first file whose blocks they are not.
    pub fn check(&self, manifest: &Manifest) -> Result<(), InvalidManifest> {
        if let Some(path) = self.roots.keys().find(|path| manifest.file(path).is_none()) {
            return Err(InvalidManifest::Blocks { path: path.clone() });
        }
        if manifest.salted {
            return match self.roots.keys().next() {
                Some(path) => Err(InvalidManifest::Blocks { path: path.clone() }),
                None => Ok(()),
            };
        }
        for file in &manifest.files {
            let mut roots = self.roots.get(&file.path).map(Vec::as_slice).unwrap_or_default();
            let fits = file.segments.iter().filter(|segment| segment.length > BLOCK_LEN).all(|segment| {
                let Some((own, rest)) = roots.split_at_checked(to_usize(count(segment))) else { return false };
                roots = rest;
                let mut builder = RootBuilder::default();
                own.iter().for_each(|root| builder.push(BLOCK_LEVEL, *root));
                builder.finish() == segment.chunk_root
            });
            if !fits || !roots.is_empty() {
                return Err(InvalidManifest::Blocks { path: file.path.clone() });
            }
        }
        Ok(())
    }

    /// The manifest as JSON, as [`Manifest::to_json`] writes it, with these blocks unless it is salted.
    #[must_use]
    pub fn to_json(&self, manifest: &Manifest) -> String {
        if manifest.salted {
            return manifest.to_json();
        }
        let blocks: BTreeMap<&str, String> = self
            .roots
            .iter()
            .map(|(path, roots)| (path.as_str(), roots.iter().map(|root| hex::encode(root.0)).collect()))
            .collect();
        // Strings, numbers and lists of both: there is nothing here that JSON can't say.
        let mut document = serde_json::to_value(manifest).unwrap_or_default();
        if let Some(fields) = document.as_object_mut() {
            fields.insert("blocks".to_owned(), serde_json::to_value(blocks).unwrap_or_default());
        }
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote, and checks all of it.
    ///
    /// # Errors
    /// As [`Manifest::from_json`]; and if the blocks are missing or not those of the manifest.
    pub fn from_json(json: &str) -> Result<(Manifest, Self), InvalidManifest> {
        #[derive(serde::Deserialize)]
        struct Document {
            #[serde(default)]
            blocks: BTreeMap<String, String>,
        }
        let invalid = |reason: String| InvalidManifest::Json { reason };
        let manifest = Manifest::from_json(json)?;
        let document: Document = serde_json::from_str(json).map_err(|error| invalid(error.to_string()))?;
        let mut roots = BTreeMap::new();
        for (path, digits) in document.blocks {
            let bytes = hex::decode(&digits).map_err(|_| InvalidManifest::Blocks { path: path.clone() })?;
            let (own, rest) = bytes.as_chunks::<HASH_LEN>();
            if !rest.is_empty() {
                return Err(InvalidManifest::Blocks { path });
            }
            roots.insert(path, own.iter().copied().map(Hash).collect());
        }
        let blocks = Self { roots };
        blocks.check(&manifest)?;
        Ok((manifest, blocks))
    }
}

/// Checks that a file on disk, whose bytes are those of `file`, is cut as `file` says: a manifest's own root says what its
/// segments are, not that the header asks for them.
///
/// # Errors
/// [`ManifestError::OtherLayout`] if it is cut otherwise, and whatever hashing the file would say.
pub fn check_layout(file: &File, on_disk: &Path) -> Result<(), ManifestError> {
    if Layout::of(&file.path) == Layout::Opaque {
        return Ok(());
    }
    let source = hasher::open(&file.path, on_disk)?;
    let cuts = hasher::cut(&file.path, &source)?;
    let same = cuts.len() == file.segments.len()
        && cuts.iter().zip(&file.segments).all(|(cut, segment)| {
            (&cut.content, cut.offset, cut.length) == (&segment.content, segment.offset, segment.length)
        });
    if same {
        Ok(())
    } else {
        Err(ManifestError::OtherLayout { path: file.path.clone() })
    }
}
