//! What a tensor is, apart from where it lies.
//!
//! The *content id* hashes element type, shape, length and chunk root, nothing else: no name, no file, no place. It survives
//! re-sharding, renaming and edits of metadata, and two releases that share a tensor share its id. The tensor tree then
//! binds ids to names: its leaves are (name, path of the file, content id), sorted by name, then path. A folder may hold
//! one name several times, in variants of the same weights or in the parts of a pipeline; the path tells them apart.

use crate::hash::{tag, Fields, Hash, Preimage};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};

/// The longest name of a tensor, in bytes.
pub const MAX_NAME: u32 = 1024;

/// The longest name of an element type, in bytes.
pub const MAX_DTYPE: u32 = 16;

/// The most dimensions of a tensor.
pub const MAX_DIMS: u32 = 64;

/// What a file's header says of one tensor, apart from where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TensorHeader {
    /// The name, unique within its file. May be empty.
    pub name: String,
    /// The element type as the format spells it: `F32`, `BF16`, `Q4_K`, ...
    pub dtype: String,
    /// Dimensions, outermost first (row-major); empty for a scalar.
    pub shape: Vec<u64>,
}

/// A tensor of a manifest, with the file it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct Tensor<'a> {
    /// Its name.
    pub name: &'a str,
    /// The path of the file it is in.
    pub path: &'a str,
    /// Element type.
    pub dtype: &'a str,
    /// Dimensions, outermost first.
    pub shape: &'a [u64],
    /// Where its bytes begin in the file.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Root over its chunks.
    pub chunk_root: Hash,
    /// What it is, without its name and place.
    pub content_id: Hash,
}

/// Why a type and a shape can't be a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeProblem {
    /// An element type whose size this version does not know.
    #[error("its element type is unknown to this version; is the file damaged, or this program too old?")]
    UnknownDtype,
    /// More than [`MAX_DIMS`] dimensions.
    #[error("it has more than {MAX_DIMS} dimensions")]
    TooManyDimensions,
    /// The number of bytes exceeds a `u64`.
    #[error("its shape is absurd: the number of bytes overflows")]
    Overflow,
    /// The elements don't fill whole bytes, or a row doesn't fill whole blocks.
    #[error("its elements do not fill whole bytes or blocks")]
    Misaligned,
}

/// Elements in the smallest unit that is stored, and the bits of that unit.
///
/// The types of safetensors 0.6 (one element is the unit) and of ggml (a block of a row is). Where both have a type, both
/// spell it the same, and so does the content id.
fn unit(dtype: &str) -> Option<(u64, u64)> {
    Some(match dtype {
        "F4" => (1, 4),
        "F6_E2M3" | "F6_E3M2" => (1, 6),
        "BOOL" | "U8" | "I8" | "F8_E5M2" | "F8_E4M3" | "F8_E8M0" => (1, 8),
        "U16" | "I16" | "F16" | "BF16" => (1, 16),
        "U32" | "I32" | "F32" => (1, 32),
        "U64" | "I64" | "F64" | "C64" => (1, 64),
        "Q4_0" | "IQ4_NL" => (32, 18 * 8),
        "Q4_1" => (32, 20 * 8),
        "Q5_0" => (32, 22 * 8),
        "Q5_1" => (32, 24 * 8),
        "Q8_0" => (32, 34 * 8),
        "Q8_1" => (32, 36 * 8),
        "MXFP4" => (32, 17 * 8),
        "NVFP4" => (64, 36 * 8),
        "Q2_0" => (64, 18 * 8),
        "Q1_0" => (128, 18 * 8),
        "Q2_K" => (256, 84 * 8),
        "Q3_K" | "IQ3_S" => (256, 110 * 8),
        "Q4_K" => (256, 144 * 8),
        "Q5_K" => (256, 176 * 8),
        "Q6_K" => (256, 210 * 8),
        "Q8_K" => (256, 292 * 8),
        "IQ1_S" => (256, 50 * 8),
        "IQ1_M" => (256, 56 * 8),
        "IQ2_XXS" | "TQ2_0" => (256, 66 * 8),
        "IQ2_XS" => (256, 74 * 8),
        "IQ2_S" => (256, 82 * 8),
        "IQ3_XXS" => (256, 98 * 8),
        "IQ4_XS" => (256, 136 * 8),
        "TQ1_0" => (256, 54 * 8),
        _ => return None,
    })
}

/// How many bytes a tensor of this type and shape has.
///
/// # Errors
/// If no tensor can have them.
pub fn tensor_length(dtype: &str, shape: &[u64]) -> Result<u64, ShapeProblem> {
    let (elements, bits) = unit(dtype).ok_or(ShapeProblem::UnknownDtype)?;
    if !u32::try_from(shape.len()).is_ok_and(|dims| dims <= MAX_DIMS) {
        return Err(ShapeProblem::TooManyDimensions);
    }
    // A block never spans two rows.
    let row = shape.last().copied().unwrap_or(1);
    if row.checked_rem(elements) != Some(0) {
        return Err(ShapeProblem::Misaligned);
    }
    let total = shape
        .iter()
        .try_fold(1_u64, |total, dim| total.checked_mul(*dim))
        .and_then(|total| total.checked_div(elements))
        .and_then(|units| units.checked_mul(bits))
        .ok_or(ShapeProblem::Overflow)?;
    if total & 7 != 0 {
        return Err(ShapeProblem::Misaligned);
    }
    Ok(total >> 3)
}

/// The id of what a tensor is.
pub(crate) fn content_id(dtype: &str, shape: &[u64], length: u64, chunk_root: &Hash) -> Hash {
    let dims = u32::try_from(shape.len()).unwrap_or(u32::MAX);
    let preimage = Preimage::new(tag::TENSOR_CONTENT).text(dtype).u32(dims);
    shape.iter().fold(preimage, |preimage, dim| preimage.u64(*dim)).u64(length).hash(chunk_root).finish()
}

/// A leaf of the tensor tree.
pub(crate) fn leaf(name: &str, path: &str, content_id: &Hash) -> Hash {
    Preimage::new(tag::TENSOR).text(name).text(path).hash(content_id).finish()
}

/// Whether a name of an element type has the right form: what is hashed must not depend on how it is shown.
pub(crate) fn is_dtype(dtype: &str) -> bool {
    !dtype.is_empty()
        && u32::try_from(dtype.len()).is_ok_and(|length| length <= MAX_DTYPE)
        && dtype.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn lengths_follow_type_and_shape() {
        for (dtype, shape, length) in [
            ("F32", vec![], Ok(4)),
            ("F32", vec![2, 3], Ok(24)),
            ("BOOL", vec![7], Ok(7)),
            ("F32", vec![0, u64::MAX], Ok(0)),
            ("F4", vec![2], Ok(1)),
            ("F4", vec![3], Err(ShapeProblem::Misaligned)),
            ("F6_E2M3", vec![4], Ok(3)),
            ("F6_E3M2", vec![5], Err(ShapeProblem::Misaligned)),
            ("F64", vec![1 << 61, 1], Err(ShapeProblem::Overflow)),
            ("U8", vec![1 << 33, 1 << 33], Err(ShapeProblem::Overflow)),
            ("U8", vec![1; 65], Err(ShapeProblem::TooManyDimensions)),
            ("f32", vec![1], Err(ShapeProblem::UnknownDtype)),
            ("Q4_K", vec![3, 512], Ok(864)),
            ("Q4_K", vec![512, 3], Err(ShapeProblem::Misaligned)),
            ("Q8_0", vec![], Err(ShapeProblem::Misaligned)),
            ("NVFP4", vec![3, 128], Ok(216)),
            ("NVFP4", vec![3, 32], Err(ShapeProblem::Misaligned)),
            ("Q1_0", vec![128], Ok(18)),
            ("Q2_0", vec![128], Ok(36)),
        ] {
            assert_eq!(tensor_length(dtype, &shape), length, "{dtype} {shape:?}");
        }
    }

    #[test]
    fn every_known_type_has_a_name_of_the_right_form() {
        for dtype in ["F4", "F6_E2M3", "F8_E8M0", "BF16", "IQ2_XXS", "MXFP4"] {
            assert!(is_dtype(dtype) && unit(dtype).is_some());
        }
        for dtype in ["", "f32", "F 32", "ABCDEFGHIJKLMNOPQ", "Ä"] {
            assert!(!is_dtype(dtype) && unit(dtype).is_none());
        }
    }
}
