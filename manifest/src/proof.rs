//! Proofs: that a tensor, or a chunk of a file or tensor, is part of the release with a given root, or that no tensor of
//! a name is.
//!
//! A proof is all that lies between the thing proven and the root. Checking one needs no file, no manifest and no standard
//! library; it takes at most three walks of 64 steps, allocates nothing, and panics on nothing. What is decoded is bounded
//! before it is kept. A proof that verifies says what it proves as a value; no field of a proof should be believed without.

#![allow(clippy::cast_possible_truncation)] // What the derive of `Encode` does with an index.

use crate::{
    error::ProofError,
    hash::{chunk_hash, Hash},
    manifest::{file_leaf, Summary},
    path::{check_path, MAX_PATH},
    segment::{self, SegmentKind},
    tensor::{self, is_dtype, MAX_DIMS, MAX_DTYPE, MAX_NAME},
    tree::{self, chunk_count, chunk_leaf, chunk_range, root_of_branch, MAX_SIBLINGS},
    Bounded, Text,
};
#[cfg(feature = "std")]
use alloc::string::String;
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, Encode};

/// No proof has more bytes than this.
pub const MAX_PROOF_BYTES: usize = 16 * 1024;

/// No proof as JSON has more bytes than this.
#[cfg(feature = "std")]
pub const MAX_PROOF_JSON_BYTES: usize = 64 * 1024;

/// A leaf's place in a tree, and the siblings on its way up, lowest first.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Branch {
    /// The leaf's place, from 0. How many leaves there are is stated by what contains the tree.
    pub index: u64,
    /// The siblings.
    pub siblings: Bounded<Hash, MAX_SIBLINGS>,
}

impl Branch {
    fn root(&self, leaf: Hash, count: u64) -> Result<Hash, ProofError> {
        root_of_branch(leaf, self.index, count, &self.siblings).ok_or(ProofError::BadPlace)
    }
}

/// What a chunk's segment is: the part of [`Content`](crate::Content) that its leaf is made of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub enum SegmentContent {
    /// The whole of a file that is not looked into.
    #[codec(index = 0)]
    Opaque,
    /// The header of a file of tensors.
    #[codec(index = 1)]
    Header,
    /// A tensor.
    #[codec(index = 2)]
    Tensor {
        /// Element type.
        dtype: Text<MAX_DTYPE>,
        /// Dimensions, outermost first.
        shape: Bounded<u64, MAX_DIMS>,
    },
    /// Bytes between tensors.
    #[codec(index = 3)]
    Padding,
}

impl SegmentContent {
    const fn kind(&self) -> SegmentKind {
        match self {
            Self::Opaque => SegmentKind::Opaque,
            Self::Header => SegmentKind::Header,
            Self::Tensor { .. } => SegmentKind::Tensor,
            Self::Padding => SegmentKind::Padding,
        }
    }
}

/// Proves that a tensor is in a release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct TensorProof {
    /// What the root is made of.
    pub summary: Summary,
    /// The tensor's name.
    pub name: Text<MAX_NAME>,
    /// The path of the file it is in.
    pub path: Text<MAX_PATH>,
    /// Element type.
    pub dtype: Text<MAX_DTYPE>,
    /// Dimensions, outermost first.
    pub shape: Bounded<u64, MAX_DIMS>,
    /// In bytes.
    pub length: u64,
    /// Root over its chunks.
    pub chunk_root: Hash,
    /// From the tensor to the tensors root.
    pub tensor: Branch,
}

/// Proves that a chunk is in a file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct ChunkProof {
    /// What the root is made of.
    pub summary: Summary,
    /// The file's path.
    pub path: Text<MAX_PATH>,
    /// The file's size in bytes.
    pub size: u64,
    /// How many segments the file has.
    pub segment_count: u64,
    /// What the chunk's segment is.
    pub content: SegmentContent,
    /// Where the segment begins in the file.
    pub offset: u64,
    /// The segment's length in bytes.
    pub length: u64,
    /// Root over the segment's chunks.
    pub chunk_root: Hash,
    /// From the chunk to the chunk root.
    pub chunk: Branch,
    /// From the segment to the root of the file's segments.
    pub segment: Branch,
    /// From the file to the files root.
    pub file: Branch,
}

/// Proves that a chunk is in a tensor of a release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct TensorChunkProof {
    /// The tensor is in the release.
    pub tensor: TensorProof,
    /// From the chunk to the tensor's chunk root.
    pub chunk: Branch,
}

/// A tensor next to where another name would be, as a leaf of the tree of tensors.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct Neighbour {
    /// Its name.
    pub name: Text<MAX_NAME>,
    /// The path of the file it is in.
    pub path: Text<MAX_PATH>,
    /// What it is.
    pub content_id: Hash,
    /// From the tensor to the tensors root.
    pub tensor: Branch,
}

/// Proves that no file of a release has a tensor of this name: by the two tensors between which it would be, or the first
/// or last one, or by there being no tensor at all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct AbsenceProof {
    /// What the root is made of.
    pub summary: Summary,
    /// The name that is not there.
    pub name: Text<MAX_NAME>,
    /// The last tensor whose name is smaller; none if there is no such tensor.
    pub before: Option<Neighbour>,
    /// The first tensor whose name is larger; none if there is no such tensor.
    pub after: Option<Neighbour>,
}

/// A tensor of a release, proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct ProvenTensor<'a> {
    /// Its name.
    pub name: &'a str,
    /// The path of the file it is in.
    pub path: &'a str,
    /// Element type.
    pub dtype: &'a str,
    /// Dimensions, outermost first.
    pub shape: &'a [u64],
    /// In bytes.
    pub length: u64,
    /// Root over its chunks; compare it with [`chunk_root`](crate::chunk_root) of the bytes at hand.
    pub chunk_root: Hash,
    /// What it is, without name and place: the same in every release that has it.
    pub content_id: Hash,
}

/// A chunk of a file of a release, proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct ProvenChunk<'a> {
    /// The file's path.
    pub path: &'a str,
    /// The file's size in bytes.
    pub file_size: u64,
    /// Where the chunk begins in the file.
    pub offset: u64,
    /// The chunk's length in bytes.
    pub length: u32,
    /// What it is a chunk of.
    pub kind: SegmentKind,
}

/// A chunk of a tensor of a release, proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct ProvenTensorChunk<'a> {
    /// The tensor.
    pub tensor: ProvenTensor<'a>,
    /// Where the chunk begins in the tensor.
    pub offset: u64,
    /// The chunk's length in bytes.
    pub length: u32,
}

/// A name that no tensor of a release has, proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct ProvenAbsence<'a> {
    /// The name.
    pub absent: &'a str,
    /// How many tensors the release has.
    pub tensor_count: u64,
}

/// What a proof of any kind has proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(untagged))]
pub enum Proven<'a> {
    /// A tensor is in the release.
    Tensor(ProvenTensor<'a>),
    /// A chunk is in a file of the release.
    Chunk(ProvenChunk<'a>),
    /// A chunk is in a tensor of the release.
    TensorChunk(ProvenTensorChunk<'a>),
    /// No tensor of the release has a name.
    Absence(ProvenAbsence<'a>),
}

/// The release of this summary is the one with this root.
fn check_summary(summary: &Summary, root: &Hash) -> Result<(), ProofError> {
    if !summary.is_known() {
        return Err(ProofError::Version);
    }
    (summary.root() == *root).then_some(()).ok_or(ProofError::WrongRoot)
}

/// Bytes of a salted release come with a salt, and others without.
fn check_salt(summary: &Summary, salt: Option<&Hash>) -> Result<(), ProofError> {
    (summary.is_salted() == salt.is_some()).then_some(()).ok_or(ProofError::Salt)
}

/// The bytes are chunk `branch.index` of a run of `length` bytes with this chunk root. Says where the chunk is.
fn check_chunk(
    branch: &Branch,
    length: u64,
    chunk_root: &Hash,
    bytes: &[u8],
    salt: Option<&Hash>,
) -> Result<(u64, u32), ProofError> {
    let (start, chunk_len) = chunk_range(length, branch.index).ok_or(ProofError::BadPlace)?;
    if u32::try_from(bytes.len()) != Ok(chunk_len) {
        return Err(ProofError::BytesDiffer);
    }
    let leaf = chunk_leaf(&chunk_hash(bytes, salt), chunk_len);
    if branch.root(leaf, chunk_count(length))? != *chunk_root {
        return Err(ProofError::BytesDiffer);
    }
    Ok((start, chunk_len))
}

impl TensorProof {
    /// Checks that the tensor is in the release with this root.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash) -> Result<ProvenTensor<'_>, ProofError> {
        check_summary(&self.summary, root)?;
        if !is_dtype(&self.dtype) || check_path(&self.path).is_err() {
            return Err(ProofError::BadName);
        }
        let content_id = tensor::content_id(&self.dtype, &self.shape, self.length, &self.chunk_root);
        let leaf = tensor::leaf(&self.name, &self.path, &content_id);
        if self.tensor.root(leaf, self.summary.tensor_count)? != self.summary.tensors_root {
            return Err(ProofError::WrongRoot);
        }
        Ok(ProvenTensor {
            name: &self.name,
            path: &self.path,
            dtype: &self.dtype,
            shape: &self.shape,
            length: self.length,
            chunk_root: self.chunk_root,
            content_id,
        })
    }

    /// Checks also that these bytes are the tensor.
    ///
    /// # Errors
    /// If it is not proven, or the bytes are others.
    pub fn verify_bytes(&self, root: &Hash, tensor: &[u8]) -> Result<ProvenTensor<'_>, ProofError> {
        let proven = self.verify(root)?;
        check_salt(&self.summary, None)?;
        let same = u64::try_from(tensor.len()) == Ok(proven.length) && crate::chunk_root(tensor) == proven.chunk_root;
        same.then_some(proven).ok_or(ProofError::BytesDiffer)
    }
}

impl ChunkProof {
    /// Checks that these bytes are the chunk, and in the release with this root.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash, chunk: &[u8]) -> Result<ProvenChunk<'_>, ProofError> {
        self.verify_with(root, chunk, None)
    }

    fn verify_with(&self, root: &Hash, chunk: &[u8], salt: Option<&Hash>) -> Result<ProvenChunk<'_>, ProofError> {
        check_summary(&self.summary, root)?;
        check_salt(&self.summary, salt)?;
        if check_path(&self.path).is_err() {
            return Err(ProofError::BadName);
        }
        if self.offset.checked_add(self.length).is_none_or(|end| end > self.size) {
            return Err(ProofError::BadPlace);
        }
        let content = match &self.content {
            SegmentContent::Tensor { dtype, shape } if is_dtype(dtype) => {
                tensor::content_id(dtype, shape, self.length, &self.chunk_root)
            }
            SegmentContent::Tensor { .. } => return Err(ProofError::BadName),
            _ => self.chunk_root,
        };
        let kind = self.content.kind();
        let leaf = segment::leaf(kind, self.offset, self.length, &content);
        let segments_root = self.segment.root(leaf, self.segment_count)?;
        let leaf = file_leaf(&self.path, self.size, self.segment_count, &segments_root);
        if self.file.root(leaf, self.summary.file_count)? != self.summary.files_root {
            return Err(ProofError::WrongRoot);
        }
        let (start, length) = check_chunk(&self.chunk, self.length, &self.chunk_root, chunk, salt)?;
        Ok(ProvenChunk {
            path: &self.path,
            file_size: self.size,
            offset: self.offset.checked_add(start).ok_or(ProofError::BadPlace)?,
            length,
            kind,
        })
    }
}

impl TensorChunkProof {
    /// Checks that these bytes are the chunk, and the tensor in the release with this root.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash, chunk: &[u8]) -> Result<ProvenTensorChunk<'_>, ProofError> {
        self.verify_with(root, chunk, None)
    }

    fn verify_with(&self, root: &Hash, chunk: &[u8], salt: Option<&Hash>) -> Result<ProvenTensorChunk<'_>, ProofError> {
        let tensor = self.tensor.verify(root)?;
        check_salt(&self.tensor.summary, salt)?;
        let (offset, length) = check_chunk(&self.chunk, tensor.length, &tensor.chunk_root, chunk, salt)?;
        Ok(ProvenTensorChunk { tensor, offset, length })
    }
}

/// A proof about bytes of a salted release, with the salt that those bytes need and that says nothing about others.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub struct SaltedProof {
    /// Of the tensor, or of the chunk.
    pub salt: Hash,
    /// What it is about.
    pub proof: Salted,
}

/// What can be proven of the bytes of a salted release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Salted {
    /// A tensor is in a release.
    #[codec(index = 0)]
    Tensor(TensorProof),
    /// A chunk is in a file of a release.
    #[codec(index = 1)]
    Chunk(ChunkProof),
    /// A chunk is in a tensor of a release.
    #[codec(index = 2)]
    TensorChunk(TensorChunkProof),
}

impl SaltedProof {
    fn summary(&self) -> &Summary {
        match &self.proof {
            Salted::Tensor(proof) => &proof.summary,
            Salted::Chunk(proof) => &proof.summary,
            Salted::TensorChunk(proof) => &proof.tensor.summary,
        }
    }

    /// Checks it against the release with this root. `chunk` is the bytes that a proof of a chunk is about.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash, chunk: &[u8]) -> Result<Proven<'_>, ProofError> {
        check_salt(self.summary(), Some(&self.salt))?;
        Ok(match &self.proof {
            Salted::Tensor(proof) => Proven::Tensor(proof.verify(root)?),
            Salted::Chunk(proof) => Proven::Chunk(proof.verify_with(root, chunk, Some(&self.salt))?),
            Salted::TensorChunk(proof) => Proven::TensorChunk(proof.verify_with(root, chunk, Some(&self.salt))?),
        })
    }
}

impl Neighbour {
    /// Checks that it is a leaf of the tree of tensors. Says its place.
    fn verify(&self, summary: &Summary) -> Result<u64, ProofError> {
        if check_path(&self.path).is_err() {
            return Err(ProofError::BadName);
        }
        let leaf = tensor::leaf(&self.name, &self.path, &self.content_id);
        if self.tensor.root(leaf, summary.tensor_count)? != summary.tensors_root {
            return Err(ProofError::WrongRoot);
        }
        Ok(self.tensor.index)
    }
}

impl AbsenceProof {
    /// Checks that the release with this root has no tensor of this name.
    ///
    /// It rests on the tree being sorted. The tree of every manifest is; a root over another tree can be made up, but no
    /// files have it.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash) -> Result<ProvenAbsence<'_>, ProofError> {
        let summary = &self.summary;
        check_summary(summary, root)?;
        let in_order = self.before.as_ref().is_none_or(|before| *before.name < *self.name)
            && self.after.as_ref().is_none_or(|after| *self.name < *after.name);
        if !in_order {
            return Err(ProofError::BadName);
        }
        let place = |neighbour: &Option<Neighbour>| neighbour.as_ref().map(|leaf| leaf.verify(summary)).transpose();
        let count = summary.tensor_count;
        let adjacent = match (place(&self.before)?, place(&self.after)?) {
            (Some(before), Some(after)) => before.checked_add(1) == Some(after),
            (Some(last), None) => last.checked_add(1) == Some(count),
            (None, Some(first)) => first == 0,
            (None, None) => count == 0 && summary.tensors_root == tree::empty(),
        };
        if !adjacent {
            return Err(ProofError::BadPlace);
        }
        Ok(ProvenAbsence { absent: &self.name, tensor_count: count })
    }
}

/// A proof of any kind, as it is kept in a file and sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Proof {
    /// A tensor is in a release.
    #[codec(index = 0)]
    Tensor(TensorProof),
    /// A chunk is in a file of a release.
    #[codec(index = 1)]
    Chunk(ChunkProof),
    /// A chunk is in a tensor of a release.
    #[codec(index = 2)]
    TensorChunk(TensorChunkProof),
    /// No tensor of a release has a name.
    #[codec(index = 3)]
    Absence(AbsenceProof),
    /// A tensor or chunk is in a salted release, with the salt of its bytes.
    #[codec(index = 4)]
    Salted(SaltedProof),
}

/// What a proof is about, whether it has a salt or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// A tensor of a release.
    Tensor(&'a TensorProof),
    /// A chunk of a file.
    Chunk(&'a ChunkProof),
    /// A chunk of a tensor.
    TensorChunk(&'a TensorChunkProof),
    /// A name that no tensor has.
    Absence(&'a AbsenceProof),
}

impl Proof {
    /// What it is about.
    #[must_use]
    pub const fn about(&self) -> About<'_> {
        match self {
            Self::Tensor(proof) => About::Tensor(proof),
            Self::Chunk(proof) => About::Chunk(proof),
            Self::TensorChunk(proof) => About::TensorChunk(proof),
            Self::Absence(proof) => About::Absence(proof),
            Self::Salted(SaltedProof { proof, .. }) => match proof {
                Salted::Tensor(proof) => About::Tensor(proof),
                Salted::Chunk(proof) => About::Chunk(proof),
                Salted::TensorChunk(proof) => About::TensorChunk(proof),
            },
        }
    }

    /// The salt of the bytes it is about, if it has one.
    #[must_use]
    pub const fn salt(&self) -> Option<&Hash> {
        match self {
            Self::Salted(proof) => Some(&proof.salt),
            _ => None,
        }
    }

    /// The root that it claims to lead to: where to look, not what to believe.
    #[must_use]
    pub fn root(&self) -> Hash {
        match self.about() {
            About::Tensor(proof) => proof.summary.root(),
            About::Chunk(proof) => proof.summary.root(),
            About::TensorChunk(proof) => proof.tensor.summary.root(),
            About::Absence(proof) => proof.summary.root(),
        }
    }

    /// Checks it against the release with this root. `chunk` is the bytes that a proof of a chunk is about; the others
    /// don't look at it.
    ///
    /// # Errors
    /// If it is not proven.
    pub fn verify(&self, root: &Hash, chunk: &[u8]) -> Result<Proven<'_>, ProofError> {
        Ok(match self {
            Self::Tensor(proof) => Proven::Tensor(proof.verify(root)?),
            Self::Chunk(proof) => Proven::Chunk(proof.verify(root, chunk)?),
            Self::TensorChunk(proof) => Proven::TensorChunk(proof.verify(root, chunk)?),
            Self::Absence(proof) => Proven::Absence(proof.verify(root)?),
            Self::Salted(proof) => return proof.verify(root, chunk),
        })
    }

    /// The proof as bytes (SCALE).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote, and nothing else.
    ///
    /// # Errors
    /// If the bytes are no proof, too many, or more than one proof.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProofError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(ProofError::TooLong);
        }
        Self::decode_all(&mut &*bytes).map_err(|_| ProofError::Malformed)
    }

    /// The proof as JSON.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of both: there is nothing here that JSON can't say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// If the text is no proof, or too long to be one.
    #[cfg(feature = "std")]
    pub fn from_json(json: &str) -> Result<Self, ProofError> {
        if json.len() > MAX_PROOF_JSON_BYTES {
            return Err(ProofError::TooLong);
        }
        serde_json::from_str(json).map_err(|_| ProofError::Malformed)
    }
}
