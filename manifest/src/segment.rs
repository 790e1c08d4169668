//! The pieces of a file: header, tensors, padding, or one piece that is the file.
//!
//! Segments cover a file exactly, in order, without overlap. Cutting at the borders of tensors, instead of hashing the file
//! as one run of bytes, is what lets one pass over the bytes serve both the file and its tensors.

#![allow(clippy::cast_possible_truncation)] // What the derive of `Encode` does with an index.

use crate::{
    hash::{tag, Fields, Hash, Preimage, Preimages},
    tensor::{self, TensorHeader},
};
use codec::{Decode, Encode};

/// How the path of a file decides how it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One segment.
    Opaque,
    /// `*.safetensors`: header, then tensors in order of their bytes; nothing in between.
    Safetensors,
    /// `*.gguf`: header, then tensors in order of their bytes, padding where the alignment asks for it.
    Gguf,
}

impl Layout {
    /// The last characters of the path decide, in lower case only, and nothing else does: who verifies can't be led to
    /// another cut than who registered.
    pub(crate) fn of(path: &str) -> Self {
        if path.ends_with(".safetensors") {
            Self::Safetensors
        } else if path.ends_with(".gguf") {
            Self::Gguf
        } else {
            Self::Opaque
        }
    }
}

/// What a segment holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Content {
    /// The whole of a file that is not looked into.
    #[codec(index = 0)]
    Opaque,
    /// The header of a safetensors or GGUF file, its length included.
    #[codec(index = 1)]
    Header,
    /// The bytes of one tensor.
    #[codec(index = 2)]
    Tensor(TensorHeader),
    /// Bytes between tensors that belong to none.
    #[codec(index = 3)]
    Padding,
}

/// What a segment holds, by number. Part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum SegmentKind {
    /// See [`Content::Opaque`].
    #[codec(index = 0)]
    Opaque,
    /// See [`Content::Header`].
    #[codec(index = 1)]
    Header,
    /// See [`Content::Tensor`].
    #[codec(index = 2)]
    Tensor,
    /// See [`Content::Padding`].
    #[codec(index = 3)]
    Padding,
}

impl SegmentKind {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Opaque => 0,
            Self::Header => 1,
            Self::Tensor => 2,
            Self::Padding => 3,
        }
    }
}

impl Content {
    /// The kind, without what a tensor's header says.
    #[must_use]
    pub const fn kind(&self) -> SegmentKind {
        match self {
            Self::Opaque => SegmentKind::Opaque,
            Self::Header => SegmentKind::Header,
            Self::Tensor(_) => SegmentKind::Tensor,
            Self::Padding => SegmentKind::Padding,
        }
    }
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(try_from = "json::Form", into = "json::Form"))]
pub struct Segment {
    /// What it holds.
    pub content: Content,
    /// Where it begins in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Root over its chunks.
    pub chunk_root: Hash,
}

impl Segment {
    /// The content id, if it is a tensor.
    #[must_use]
    pub fn content_id(&self) -> Option<Hash> {
        match &self.content {
            Content::Tensor(TensorHeader { dtype, shape, .. }) => {
                Some(tensor::content_id(dtype, shape, self.length, &self.chunk_root))
            }
            _ => None,
        }
    }
}

/// A leaf of a file's tree. `content` is the content id of a tensor, and the chunk root of anything else.
pub(crate) fn leaf(kind: SegmentKind, offset: u64, length: u64, content: &Hash) -> Hash {
    fields(Preimage::new(tag::SEGMENT), kind, offset, length, content).finish()
}

fn fields<To: Fields>(to: To, kind: SegmentKind, offset: u64, length: u64, content: &Hash) -> To {
    to.u8(kind.number()).u64(offset).u64(length).hash(content)
}

/// The leaves of many.
pub(crate) fn leaves<'a>(segments: impl Iterator<Item = &'a Segment>) -> Vec<Hash> {
    let mut leaves = Preimages::default();
    for segment in segments {
        let content = segment.content_id().unwrap_or(segment.chunk_root);
        let kind = segment.content.kind();
        leaves.push(tag::SEGMENT, |to| fields(to, kind, segment.offset, segment.length, &content));
    }
    leaves.finish()
}

#[cfg(feature = "std")]
pub(crate) mod json {
    //! A segment as JSON: one flat object. (Written out, since serde's `flatten` and `tag` fail on numbers when any crate of
    //! the same build turns on serde_json's `arbitrary_precision`.)

    use super::{Content, Segment, SegmentKind};
    use crate::{hash::Hash, tensor::TensorHeader};
    use alloc::{string::String, vec::Vec};

    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Form {
        kind: SegmentKind,
        offset: u64,
        length: u64,
        chunk_root: Hash,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dtype: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shape: Option<Vec<u64>>,
    }

    impl From<Segment> for Form {
        fn from(Segment { content, offset, length, chunk_root }: Segment) -> Self {
            let (kind, name, dtype, shape) = fields(content);
            Self { kind, offset, length, chunk_root, name, dtype, shape }
        }
    }

    impl TryFrom<Form> for Segment {
        type Error = &'static str;

        fn try_from(form: Form) -> Result<Self, Self::Error> {
            let Form { kind, offset, length, chunk_root, name, dtype, shape } = form;
            Ok(Self { content: content(kind, name, dtype, shape)?, offset, length, chunk_root })
        }
    }

    /// What a segment is, as the fields of its object.
    pub(crate) fn fields(content: Content) -> (SegmentKind, Option<String>, Option<String>, Option<Vec<u64>>) {
        let kind = content.kind();
        match content {
            Content::Tensor(TensorHeader { name, dtype, shape }) => (kind, Some(name), Some(dtype), Some(shape)),
            _ => (kind, None, None, None),
        }
    }

    /// The reverse.
    pub(crate) fn content(
        kind: SegmentKind,
        name: Option<String>,
        dtype: Option<String>,
        shape: Option<Vec<u64>>,
    ) -> Result<Content, &'static str> {
        match (kind, name, dtype, shape) {
            (SegmentKind::Tensor, Some(name), Some(dtype), Some(shape)) => {
                Ok(Content::Tensor(TensorHeader { name, dtype, shape }))
            }
            (SegmentKind::Opaque, None, None, None) => Ok(Content::Opaque),
            (SegmentKind::Header, None, None, None) => Ok(Content::Header),
            (SegmentKind::Padding, None, None, None) => Ok(Content::Padding),
            _ => Err("name, dtype and shape go with tensors, and with nothing else"),
        }
    }
}
