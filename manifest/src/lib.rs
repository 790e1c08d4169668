#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "std")]
mod blocks;
mod bounded;
mod diff;
mod error;
#[cfg(feature = "std")]
mod gguf;
mod hash;
#[cfg(feature = "std")]
mod hasher;
mod manifest;
#[cfg(feature = "std")]
mod part;
mod path;
mod proof;
mod prove;
#[cfg(feature = "std")]
mod safetensors;
mod salt;
mod segment;
#[cfg(feature = "std")]
mod sha256;
#[cfg(feature = "std")]
mod source;
mod tensor;
mod tree;
#[cfg(feature = "std")]
mod walk;

#[cfg(feature = "std")]
pub use blocks::{check_layout, hash_path_with_blocks, with_blocks, Block, Blocks, OnBlock};
pub use bounded::{Bounded, Text, TooLong};
pub use diff::{diff, Change, Diff, FileChange, TensorChange};
pub use error::{InvalidManifest, ProofError, ProveError};
#[cfg(feature = "std")]
pub use error::{ManifestError, MergeError};
#[cfg(feature = "std")]
pub use gguf::GgufProblem;
pub use hash::{Hash, ParseHashError, HASH_LEN};
#[cfg(feature = "std")]
pub use hasher::{hash_bytes, hash_part, hash_path, hash_path_with_sha256, salted_chunk_root_at, Options, Progress};
pub use manifest::{File, Manifest, Summary, FORMAT_VERSION};
#[cfg(feature = "std")]
pub use part::{merge, Part, MAX_PARTS, MAX_PART_JSON_BYTES};
pub use path::{check_path, PathProblem, MAX_DEPTH, MAX_PATH};
#[cfg(feature = "std")]
pub use proof::MAX_PROOF_JSON_BYTES;
pub use proof::{
    About, AbsenceProof, Branch, ChunkProof, Neighbour, Proof, Proven, ProvenAbsence, ProvenChunk, ProvenTensor,
    ProvenTensorChunk, Salted, SaltedProof, SegmentContent, TensorChunkProof, TensorProof, MAX_PROOF_BYTES,
};
#[cfg(feature = "std")]
pub use prove::{prove_chunk, prove_salted_chunk, prove_salted_tensor_chunk, prove_tensor_chunk};
#[cfg(feature = "std")]
pub use safetensors::SafetensorsProblem;
pub use salt::Salt;
pub use segment::{Content, Segment, SegmentKind};
#[cfg(feature = "std")]
pub use sha256::Sha256Digest;
pub use tensor::{tensor_length, ShapeProblem, Tensor, TensorHeader, MAX_DIMS, MAX_DTYPE, MAX_NAME};
pub use tree::{chunk_count, chunk_range, chunk_root, salted_chunk_root, CHUNK_LEN, MAX_SIBLINGS};
