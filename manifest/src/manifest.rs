//! The manifest: all that one pass over the bytes finds out, and the root over it.
//!
//! Nothing is kept that follows from the rest: tensors live in the segments of their files, hashes above the chunk roots
//! are computed when asked for. So a manifest that was stored or sent can't contradict itself in silence.

use crate::{
    error::InvalidManifest,
    hash::{tag, Fields, Hash, Preimage, Preimages},
    path::check_path,
    segment::{self, Content, Layout, Segment, SegmentKind},
    tensor::{self, tensor_length, Tensor, TensorHeader, MAX_NAME},
    tree,
};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use codec::{Decode, Encode};

/// The version of the format; it is hashed into every root.
pub const FORMAT_VERSION: u8 = 1;

/// The leaves of as many files are hashed together.
const FILES_AT_ONCE: usize = 64;

/// The flag of a salted release.
const FLAG_SALTED: u8 = 1;

/// All files of a release, sorted by path.
///
/// The form to store and send is [`to_json`](Self::to_json).
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Manifest {
    /// The files, sorted by path as bytes.
    pub files: Vec<File>,
    /// Its chunks were hashed with a salt.
    pub salted: bool,
}

/// One file: the segments that cover it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct File {
    /// Relative to the folder, `/` between components.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// In the order of their bytes.
    pub segments: Vec<Segment>,
}

/// What a root is made of: the counts are those that a registration states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct Summary {
    /// [`FORMAT_VERSION`].
    pub version: u8,
    /// Bit 0: salted. The others have no meaning yet, and are zero.
    pub flags: u8,
    /// Root of the tree of files.
    pub files_root: Hash,
    /// Root of the tree of tensors.
    pub tensors_root: Hash,
    /// Leaves of the tree of files.
    pub file_count: u64,
    /// Leaves of the tree of tensors.
    pub tensor_count: u64,
    /// The sizes of all files together.
    pub total_bytes: u64,
}

impl Summary {
    /// The manifest root.
    #[must_use]
    pub fn root(&self) -> Hash {
        Preimage::new(tag::ROOT)
            .u8(self.version)
            .u8(self.flags)
            .hash(&self.files_root)
            .hash(&self.tensors_root)
            .u64(self.file_count)
            .u64(self.tensor_count)
            .u64(self.total_bytes)
            .finish()
    }

    /// Whether this program knows all of what it says.
    pub(crate) const fn is_known(&self) -> bool {
        self.version == FORMAT_VERSION && self.flags & !FLAG_SALTED == 0
    }

    /// Whether the release is salted.
    #[must_use]
    pub const fn is_salted(&self) -> bool {
        self.flags & FLAG_SALTED != 0
    }
}

/// A leaf of the tree of files.
pub(crate) fn file_leaf(path: &str, size: u64, segment_count: u64, segments_root: &Hash) -> Hash {
    file_fields(Preimage::new(tag::FILE), path, size, segment_count, segments_root).finish()
}

fn file_fields<To: Fields>(to: To, path: &str, size: u64, segment_count: u64, segments_root: &Hash) -> To {
    to.text(path).u64(size).u64(segment_count).hash(segments_root)
}

/// The leaves of the tree of files. Of many at once, since a folder of small ones has as many leaves as bytes to hash.
pub(crate) fn file_leaves(files: &[File]) -> Vec<Hash> {
    files
        .chunks(FILES_AT_ONCE)
        .flat_map(|files| {
            let mut segments = segment::leaves(files.iter().flat_map(|file| &file.segments)).into_iter();
            let mut leaves = Preimages::default();
            for file in files {
                let root = tree::root_of(segments.by_ref(), file.segments.len());
                leaves.push(tag::FILE, |to| file_fields(to, &file.path, file.size, count(file.segments.len()), &root));
            }
            leaves.finish()
        })
        .collect()
}

/// A count of things in memory, as the format writes it.
pub(crate) fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

impl File {
    /// Its tensors, in the order of their bytes.
    pub fn tensors(&self) -> impl Iterator<Item = Tensor<'_>> {
        self.segments.iter().filter_map(|segment| match &segment.content {
            Content::Tensor(TensorHeader { name, dtype, shape }) => Some(Tensor {
                name,
                path: &self.path,
                dtype,
                shape,
                offset: segment.offset,
                length: segment.length,
                chunk_root: segment.chunk_root,
                content_id: segment.content_id()?,
            }),
            _ => None,
        })
    }

    /// The leaves of its tree of segments.
    pub(crate) fn segment_leaves(&self) -> Vec<Hash> {
        segment::leaves(self.segments.iter())
    }

    pub(crate) fn check(&self) -> Result<(), InvalidManifest> {
        let path = || self.path.clone();
        check_path(&self.path).map_err(|problem| InvalidManifest::BadPath { path: path(), problem })?;

        let mut kinds = self.segments.iter().map(|segment| segment.content.kind());
        let first = kinds.next();
        let fits = match Layout::of(&self.path) {
            Layout::Opaque => first == Some(SegmentKind::Opaque) && kinds.next().is_none(),
            Layout::Safetensors => first == Some(SegmentKind::Header) && kinds.all(|kind| kind == SegmentKind::Tensor),
            Layout::Gguf => {
                first == Some(SegmentKind::Header)
                    && kinds.all(|kind| matches!(kind, SegmentKind::Tensor | SegmentKind::Padding))
            }
        };
        if !fits {
            return Err(InvalidManifest::Layout { path: path() });
        }

        let end = self.segments.iter().try_fold(0_u64, |end, segment| {
            (segment.offset == end).then_some(())?;
            end.checked_add(segment.length)
        });
        if end != Some(self.size) {
            return Err(InvalidManifest::Coverage { path: path() });
        }

        let mut names = BTreeSet::new();
        for segment in &self.segments {
            let Content::Tensor(TensorHeader { name, dtype, shape }) = &segment.content else {
                continue;
            };
            if !u32::try_from(name.len()).is_ok_and(|length| length <= MAX_NAME) {
                return Err(InvalidManifest::NameTooLong { path: path() });
            }
            let length = tensor_length(dtype, shape).map_err(|problem| InvalidManifest::Shape {
                path: path(),
                name: name.clone(),
                problem,
            })?;
            if length != segment.length {
                return Err(InvalidManifest::Length { path: path(), name: name.clone() });
            }
            if !names.insert(name) {
                return Err(InvalidManifest::DuplicateTensor { path: path(), name: name.clone() });
            }
        }
        Ok(())
    }
}

impl Manifest {
    /// The root: what is registered, and what every proof leads to.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.summary().root()
    }

    /// What the root is made of.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let files = file_leaves(&self.files);
        let tensors = self.tensor_leaves();
        Summary {
            version: FORMAT_VERSION,
            flags: if self.salted { FLAG_SALTED } else { 0 },
            file_count: count(files.len()),
            tensor_count: count(tensors.len()),
            // `check` refuses a sum that does not fit.
            total_bytes: self.files.iter().fold(0, |total, file| total.saturating_add(file.size)),
            files_root: tree::root(files),
            tensors_root: tree::root(tensors),
        }
    }

    /// All tensors, sorted by name, then path, as in the tree of tensors.
    #[must_use]
    pub fn tensors(&self) -> Vec<Tensor<'_>> {
        let mut tensors: Vec<_> = self.files.iter().flat_map(File::tensors).collect();
        tensors.sort_unstable_by_key(|tensor| (tensor.name, tensor.path));
        tensors
    }

    /// The leaves of the tree of tensors.
    pub(crate) fn tensor_leaves(&self) -> Vec<Hash> {
        self.tensors().iter().map(|tensor| tensor::leaf(tensor.name, tensor.path, &tensor.content_id)).collect()
    }

    /// The file of this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(index)
    }

    /// All tensors of this name, sorted by path: a folder may hold several variants of the same weights.
    #[must_use]
    pub fn tensors_named(&self, name: &str) -> Vec<Tensor<'_>> {
        self.files.iter().flat_map(|file| file.tensors().filter(|tensor| tensor.name == name)).collect()
    }

    /// Checks a manifest that came from somewhere: order, paths, coverage, shapes.
    ///
    /// # Errors
    /// The first rule of the format that it breaks.
    pub fn check(&self) -> Result<(), InvalidManifest> {
        if self.files.is_empty() {
            return Err(InvalidManifest::NoFiles);
        }
        let mut before: Option<&str> = None;
        let mut total = 0_u64;
        let paths: BTreeSet<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        for file in &self.files {
            file.check()?;
            if before.is_some_and(|before| before >= file.path.as_str()) {
                return Err(InvalidManifest::Order { path: file.path.clone() });
            }
            before = Some(&file.path);
            let mut above = file.path.as_str();
            while let Some((folder, _)) = above.rsplit_once('/') {
                if paths.contains(folder) {
                    return Err(InvalidManifest::FileIsFolder { path: file.path.clone() });
                }
                above = folder;
            }
            total = total.checked_add(file.size).ok_or(InvalidManifest::TooLarge)?;
        }
        Ok(())
    }
}

#[cfg(feature = "std")]
mod json {
    use super::{File, InvalidManifest, Manifest, Summary};
    use crate::hash::Hash;
    use alloc::{
        borrow::Cow,
        string::{String, ToString},
    };
    use serde::{Deserialize, Serialize};

    /// The name by which the JSON form says what it is.
    const FORMAT: &str = "pedigree-manifest";

    #[derive(Serialize, Deserialize)]
    struct Document<'a> {
        format: Cow<'a, str>,
        root: Hash,
        summary: Summary,
        files: Cow<'a, [File]>,
    }

    /// As [`Manifest::to_json`].
    impl Serialize for Manifest {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let summary = self.summary();
            let (format, files) = (Cow::Borrowed(FORMAT), Cow::Borrowed(self.files.as_slice()));
            Document { format, root: summary.root(), summary, files }.serialize(serializer)
        }
    }

    impl Manifest {
        /// The manifest as JSON, with its root and counts: the form to store and to send (`*.manifest.json`).
        #[must_use]
        pub fn to_json(&self) -> String {
            // Strings, numbers and lists of both: there is nothing here that JSON can't say.
            serde_json::to_string_pretty(self).unwrap_or_default()
        }

        /// Reads what [`to_json`](Self::to_json) wrote, and checks all of it.
        ///
        /// # Errors
        /// If it is of another form, breaks a rule of the format, or states a root or counts that are not its own.
        pub fn from_json(json: &str) -> Result<Self, InvalidManifest> {
            let invalid = |reason: String| InvalidManifest::Json { reason };
            let document: Document<'_> = serde_json::from_str(json).map_err(|error| invalid(error.to_string()))?;
            if document.format != FORMAT {
                return Err(invalid("its format is another".into()));
            }
            if !document.summary.is_known() {
                return Err(InvalidManifest::Version);
            }
            let manifest = Self { files: document.files.into_owned(), salted: document.summary.is_salted() };
            manifest.check()?;
            let summary = manifest.summary();
            if summary != document.summary || summary.root() != document.root {
                return Err(InvalidManifest::Stated);
            }
            Ok(manifest)
        }
    }
}
