//! What can go wrong, each with the path it concerns and what to do about it.

#[cfg(feature = "std")]
use crate::{gguf::GgufProblem, part::MAX_PARTS, safetensors::SafetensorsProblem};
use crate::{
    path::PathProblem,
    tensor::{ShapeProblem, MAX_NAME},
};
use alloc::string::String;

/// Why a folder has no manifest.
#[cfg(feature = "std")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// What was asked for is not there.
    #[error("{path}: no such file or folder; check the path")]
    NotFound {
        /// As given.
        path: String,
    },
    /// There is no file in it.
    #[error("{path}: there is no file in this folder, so there is nothing to hash")]
    EmptyFolder {
        /// As given.
        path: String,
    },
    /// A name that is not UTF-8 means something else on every system.
    #[error("{path}: this name is not UTF-8; rename the file")]
    NotUtf8 {
        /// With the bytes escaped.
        path: String,
    },
    /// A path that the format refuses.
    #[error("{path:?}: this path can't be in a manifest: {problem}")]
    BadPath {
        /// Relative to the folder.
        path: String,
        /// The rule it breaks.
        problem: PathProblem,
    },
    /// A device, socket or pipe.
    #[error("{path}: this is neither a file nor a folder; move it out of the folder")]
    SpecialFile {
        /// Relative to the folder.
        path: String,
    },
    /// A symbolic link to nothing.
    #[error("{path}: this link points to nothing; download what it points to, or remove it")]
    DanglingLink {
        /// Relative to the folder.
        path: String,
    },
    /// A symbolic link that leads back to where it came from.
    #[error("{path}: this link leads back to a folder that contains it; remove it")]
    LinkLoop {
        /// Relative to the folder.
        path: String,
    },
    /// More files than this version takes.
    #[error("{path}: there are more than {max} files; pack them into fewer, larger ones")]
    TooManyFiles {
        /// As given.
        path: String,
        /// The most there may be.
        max: usize,
    },
    /// A part that there can't be.
    #[error("there is no part {number} of {of}; parts are counted from 1, and there are at most {MAX_PARTS}")]
    NoSuchPart {
        /// As asked for.
        number: u32,
        /// As asked for.
        of: u32,
    },
    /// The system would not let us read it.
    #[error("{path}: can't be read: {source}")]
    Unreadable {
        /// Relative to the folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It was there when the folder was listed, and is not any more.
    #[error("{path}: vanished while the folder was being hashed; hash again when nothing writes to it")]
    Vanished {
        /// Relative to the folder.
        path: String,
    },
    /// It was written to while it was being read.
    #[error("{path}: changed while it was being hashed; hash again when nothing writes to it")]
    Changed {
        /// Relative to the folder.
        path: String,
    },
    /// A `*.safetensors` that is none.
    #[error("{path}: not a valid safetensors file: {problem}")]
    Safetensors {
        /// Relative to the folder.
        path: String,
        /// The reason.
        problem: SafetensorsProblem,
    },
    /// Its header asks for other segments than the manifest says.
    #[error("{path}: its tensors are not where the manifest says; the manifest is wrong, whatever its root")]
    OtherLayout {
        /// Relative to the folder.
        path: String,
    },
    /// A `*.gguf` that is none.
    #[error("{path}: not a valid GGUF file: {problem}")]
    Gguf {
        /// Relative to the folder.
        path: String,
        /// The reason.
        problem: GgufProblem,
    },
}

/// Why a manifest that came from somewhere can't be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidManifest {
    /// A manifest names at least one file.
    #[error("it names no file")]
    NoFiles,
    /// A path that the format refuses.
    #[error("{path:?}: this path can't be in a manifest: {problem}")]
    BadPath {
        /// The path.
        path: String,
        /// The rule it breaks.
        problem: PathProblem,
    },
    /// Files must be sorted by path as bytes, each once.
    #[error("{path}: out of order, or there twice")]
    Order {
        /// The path.
        path: String,
    },
    /// One path is a file and also a folder of another.
    #[error("{path}: its folder is a file of the same manifest")]
    FileIsFolder {
        /// The path below.
        path: String,
    },
    /// The kinds of segments that the path asks for are not there.
    #[error("{path}: its segments are not those that a file of this name has")]
    Layout {
        /// The path.
        path: String,
    },
    /// Segments must follow each other and end where the file ends.
    #[error("{path}: its segments don't cover the file exactly")]
    Coverage {
        /// The path.
        path: String,
    },
    /// A tensor that can't be.
    #[error("{path}: tensor {name:?}: {problem}")]
    Shape {
        /// The path.
        path: String,
        /// The tensor.
        name: String,
        /// The reason.
        problem: ShapeProblem,
    },
    /// The type and shape ask for another length.
    #[error("{path}: tensor {name:?}: its length disagrees with its shape")]
    Length {
        /// The path.
        path: String,
        /// The tensor.
        name: String,
    },
    /// A tensor's name is too long.
    #[error("{path}: the name of a tensor is too long")]
    NameTooLong {
        /// The path.
        path: String,
    },
    /// A name twice in one file.
    #[error("{path}: tensor {name:?} is there twice")]
    DuplicateTensor {
        /// The path.
        path: String,
        /// The tensor.
        name: String,
    },
    /// All files together exceed a `u64`.
    #[error("the sizes of its files overflow")]
    TooLarge,
    /// Not JSON of the right form.
    #[error("not a manifest in JSON: {reason}")]
    Json {
        /// What the parser said.
        reason: String,
    },
    /// Of another version, or with flags that this version does not know.
    #[error("of a version or kind that this program does not know; update it")]
    Version,
    /// The roots of blocks are missing, or lead to another chunk root.
    #[error("{path}: the hashes of its blocks are missing or wrong; write the manifest anew with `pedigree hash -o`")]
    Blocks {
        /// The path.
        path: String,
    },
    /// The root or counts it states are not its own.
    #[error("the root or counts it states are not those of its files: it is damaged or was edited")]
    Stated,
}

/// Why parts don't merge.
#[cfg(feature = "std")]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// Not a part at all, or one that says what can't be.
    #[error("not a part of a manifest: {reason}")]
    Malformed {
        /// What is wrong.
        reason: String,
    },
    /// Of a version that this program does not know.
    #[error("a part of a version that this program does not know; update it")]
    Version,
    /// Cut from other files, or into another number of parts.
    #[error("part {number} of {of} was cut from other files than the first: other paths or sizes, another salt, or another number of parts")]
    OtherWhole {
        /// Its number.
        number: u32,
        /// As it says.
        of: u32,
    },
    /// One part twice.
    #[error("part {number} is there twice")]
    PartTwice {
        /// Its number.
        number: u32,
    },
    /// Parts that are not there.
    #[error("part {number} of {of} is missing ({missing} in all)")]
    MissingPart {
        /// The first that is.
        number: u32,
        /// How many there should be.
        of: u32,
        /// How many are not there.
        missing: u64,
    },
    /// Two parts have the same bytes.
    #[error("{path}: two parts have the same bytes of it; they were not cut alike")]
    Overlap {
        /// The file.
        path: String,
    },
    /// No part has some of the bytes.
    #[error("{path}: no part has some of its bytes; they were not cut alike")]
    Missing {
        /// The file.
        path: String,
    },
    /// Another header, or other segments.
    #[error("{path}: its parts were made from different versions of it; hash those again that are older")]
    OtherVersion {
        /// The file.
        path: String,
    },
    /// Not all files are there, or others.
    #[error("the parts have {found} files and not the {files} that they were cut from; they were not cut alike")]
    OtherFiles {
        /// In the parts.
        found: u64,
        /// As they state.
        files: u64,
    },
    /// What they merge to breaks a rule of the format.
    #[error(transparent)]
    Invalid(#[from] InvalidManifest),
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// No file of this path.
    #[error("{path}: no such file in the manifest")]
    NoSuchFile {
        /// As asked for.
        path: String,
    },
    /// No tensor of this name.
    #[error("{name:?}: no such tensor in the manifest")]
    NoSuchTensor {
        /// As asked for.
        name: String,
    },
    /// Several files have a tensor of this name.
    #[error("{name:?}: a tensor of this name is in several files ({paths}); say which")]
    Ambiguous {
        /// As asked for.
        name: String,
        /// The files, separated by commas.
        paths: String,
    },
    /// The release is salted and there is no salt, or the reverse.
    #[error("a proof of a salted release takes its salt, and one of a release without takes none")]
    Salt,
    /// What should be absent is there.
    #[error("{name:?}: {path} has a tensor of this name, so there is no proof that none has")]
    Present {
        /// As asked for.
        name: String,
        /// The first file that has it.
        path: String,
    },
    /// A name that is not there since it can't be.
    #[error("no tensor has a name of more than {MAX_NAME} bytes: that needs no proof")]
    NameTooLong,
    /// No byte there.
    #[error("{path}: there is no byte {offset}")]
    BeyondEnd {
        /// The file or tensor.
        path: String,
        /// As asked for.
        offset: u64,
    },
    /// The manifest breaks its own rules.
    #[error("the manifest is invalid: {0}")]
    Invalid(#[from] InvalidManifest),
    /// The file is not the one of the manifest any more.
    #[error("{path}: its bytes are not those of the manifest any more; hash the folder again")]
    Differs {
        /// The file.
        path: String,
    },
    /// The file can't be read.
    #[cfg(feature = "std")]
    #[error(transparent)]
    File(#[from] ManifestError),
}

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// Not a proof at all.
    #[error("malformed: these bytes are not a proof")]
    Malformed,
    /// More bytes than a proof can have.
    #[error("too long to be a proof")]
    TooLong,
    /// Of another version, or with flags that this version does not know.
    #[error("of a version or kind that this program does not know; update it")]
    Version,
    /// A path, name or type that no manifest can contain.
    #[error("it names a file or tensor that no manifest can contain")]
    BadName,
    /// The place it claims does not exist, or has another number of siblings.
    #[error("its number of leaves, place or length do not fit together")]
    BadPlace,
    /// Bytes of a salted release can't be compared without their salt, and others not with one.
    #[error("it is of a salted release and comes without the salt of its bytes, or the reverse")]
    Salt,
    /// The bytes given are not those that the proof is about.
    #[error("the bytes are not the ones that the proof is about")]
    BytesDiffer,
    /// It leads to another root.
    #[error("it leads to another root: it is for another release, or was altered")]
    WrongRoot,
}
