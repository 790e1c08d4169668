//! Reading the header of a safetensors file, as strictly as the reference implementation, and distrusting all of it.
//!
//! A file is eight bytes with the length of the header (little-endian), the header (a JSON object: name to type, shape and
//! begin and end of the bytes; and `__metadata__`, text to text), then the bytes of the tensors, without hole or overlap.

use crate::{
    segment::Content,
    source::{Cut, Source, SourceError},
    tensor::{tensor_length, ShapeProblem, TensorHeader, MAX_DIMS, MAX_NAME},
    Bounded,
};
use alloc::{
    collections::BTreeSet,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::{
    de::{Error as _, IgnoredAny, MapAccess, Visitor},
    Deserialize, Deserializer,
};

/// The longest header, in bytes; the reference implementation's limit.
pub(crate) const MAX_HEADER: u64 = 100_000_000;

/// The bytes in front of the header that state its length.
const PREFIX: u64 = 8;

/// Why a file is not a valid safetensors file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SafetensorsProblem {
    /// Shorter than the eight bytes that every such file begins with.
    #[error("it is too short to have a header")]
    TooShort,
    /// Not the file but a stand-in.
    #[error("it is a Git LFS pointer, not the file itself; run `git lfs pull`")]
    LfsPointer,
    /// The header would not fit in the file.
    #[error("its header would be {header} bytes long, but only {left} follow: truncated, or not safetensors")]
    HeaderBeyondFile {
        /// As the file says.
        header: u64,
        /// What there is.
        left: u64,
    },
    /// Longer than the 100,000,000 bytes that the reference implementation allows.
    #[error("its header would be {header} bytes long; at most {MAX_HEADER} are allowed")]
    HeaderTooLong {
        /// As the file says.
        header: u64,
    },
    /// Not JSON, or JSON of another form.
    #[error("its header is not what it should be: {reason}")]
    Header {
        /// What the parser said.
        reason: String,
    },
    /// A type and shape that can't be.
    #[error("tensor {name:?}: {problem}")]
    Shape {
        /// The tensor.
        name: String,
        /// The reason.
        problem: ShapeProblem,
    },
    /// Begin and end say another length than type and shape.
    #[error("tensor {name:?}: its shape needs {needed} bytes, its offsets span {given}")]
    Length {
        /// The tensor.
        name: String,
        /// By type and shape.
        needed: u64,
        /// By offsets.
        given: u64,
    },
    /// It ends before it begins.
    #[error("tensor {name:?}: it ends before it begins")]
    Backwards {
        /// The tensor.
        name: String,
    },
    /// It begins before the one before it ends.
    #[error("tensor {name:?}: it overlaps the tensor before it")]
    Overlap {
        /// The tensor.
        name: String,
    },
    /// Bytes in front of it that belong to no tensor.
    #[error("tensor {name:?}: there is a hole in front of it")]
    Hole {
        /// The tensor.
        name: String,
    },
    /// Its bytes go beyond the end of the file.
    #[error("tensor {name:?}: its bytes go beyond the end of the file: truncated")]
    BeyondFile {
        /// The tensor.
        name: String,
    },
    /// Bytes at the end that belong to no tensor.
    #[error("{count} bytes at its end belong to no tensor")]
    TrailingBytes {
        /// How many.
        count: u64,
    },
}

/// Cuts a safetensors file: header, then tensors in the order of their bytes.
pub(crate) fn cut(source: &impl Source) -> Result<Vec<Cut>, SourceError<SafetensorsProblem>> {
    let bad = SourceError::Problem;
    let left = source.size().checked_sub(PREFIX).ok_or(bad(SafetensorsProblem::TooShort))?;
    let mut prefix = [0; 8];
    source.read_at(&mut prefix, 0)?;
    if &prefix == b"version " {
        return Err(bad(SafetensorsProblem::LfsPointer));
    }
    let header = u64::from_le_bytes(prefix);
    if header > left {
        return Err(bad(SafetensorsProblem::HeaderBeyondFile { header, left }));
    }
    let header_len = usize::try_from(header)
        .ok()
        .filter(|_| header <= MAX_HEADER)
        .ok_or(bad(SafetensorsProblem::HeaderTooLong { header }))?;
    let mut json = alloc::vec![0; header_len];
    source.read_at(&mut json, PREFIX)?;
    let data = PREFIX.saturating_add(header);
    let mut cuts = alloc::vec![Cut { content: Content::Header, offset: 0, length: data }];
    cuts.extend(tensors(&json, data, left.saturating_sub(header)).map_err(bad)?);
    Ok(cuts)
}

/// The tensors that a header names, in the order of their bytes. `data` is where their bytes begin in the file, `data_len`
/// how many there are.
fn tensors(json: &[u8], data: u64, data_len: u64) -> Result<Vec<Cut>, SafetensorsProblem> {
    let malformed = |reason: String| SafetensorsProblem::Header { reason };
    if json.first() != Some(&b'{') {
        return Err(malformed("it does not begin with `{`".into()));
    }
    let Header(mut entries) = serde_json::from_slice(json).map_err(|error| malformed(error.to_string()))?;
    // Tensors without bytes come before the one that begins where they lie; names decide among those.
    entries.sort_unstable_by(|(a_name, a), (b_name, b)| (a.data_offsets, a_name).cmp(&(b.data_offsets, b_name)));

    let mut cuts = Vec::with_capacity(entries.len());
    let mut end = 0_u64;
    for (name, Entry { dtype, shape, data_offsets: (from, to) }) in entries {
        let problem = |problem: fn(String) -> SafetensorsProblem, name| Err(problem(name));
        let Some(given) = to.checked_sub(from) else {
            return problem(|name| SafetensorsProblem::Backwards { name }, name);
        };
        if to > data_len {
            return problem(|name| SafetensorsProblem::BeyondFile { name }, name);
        }
        if from < end {
            return problem(|name| SafetensorsProblem::Overlap { name }, name);
        }
        if from > end {
            return problem(|name| SafetensorsProblem::Hole { name }, name);
        }
        let needed = match tensor_length(&dtype, &shape) {
            Ok(needed) => needed,
            Err(problem) => return Err(SafetensorsProblem::Shape { name, problem }),
        };
        if needed != given {
            return Err(SafetensorsProblem::Length { name, needed, given });
        }
        end = to;
        cuts.push(Cut {
            offset: data.saturating_add(from),
            length: given,
            content: Content::Tensor(TensorHeader { name, dtype, shape: shape.to_vec() }),
        });
    }
    match data_len.saturating_sub(end) {
        0 => Ok(cuts),
        count => Err(SafetensorsProblem::TrailingBytes { count }),
    }
}

/// What the header says of one tensor. Fields that the format does not know are refused: they might change what it means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    dtype: String,
    shape: Bounded<u64, MAX_DIMS>,
    data_offsets: (u64, u64),
}

/// The header: tensors in the order in which it names them, no name twice.
struct Header(Vec<(String, Entry)>);

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Header;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of tensors")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
                let mut entries = Vec::new();
                let mut metadata = false;
                while let Some(name) = map.next_key::<String>()? {
                    if name == "__metadata__" {
                        if metadata {
                            return Err(A::Error::custom("__metadata__ is there twice"));
                        }
                        metadata = true;
                        map.next_value::<Metadata>()?;
                    } else if !u32::try_from(name.len()).is_ok_and(|length| length <= MAX_NAME) {
                        return Err(A::Error::custom("the name of a tensor is too long"));
                    } else {
                        let entry = map.next_value::<Entry>()?;
                        entries.push((name, entry));
                    }
                }
                let mut names = BTreeSet::new();
                for (name, _) in &entries {
                    if !names.insert(name) {
                        return Err(A::Error::custom(format_args!("tensor {name:?} is there twice")));
                    }
                }
                drop(names);
                Ok(Header(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// `__metadata__`: text to text, or nothing. Its bytes are hashed with the header; only its form is looked at.
struct Metadata;

impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;

        impl<'de> Visitor<'de> for Texts {
            type Value = Metadata;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_none<E>(self) -> Result<Metadata, E> {
                Ok(Metadata)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Metadata, D::Error> {
                deserializer.deserialize_map(Self)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Metadata, A::Error> {
                while map.next_key::<IgnoredAny>()?.is_some() {
                    map.next_value::<String>()?;
                }
                Ok(Metadata)
            }
        }

        deserializer.deserialize_option(Texts)
    }
}
