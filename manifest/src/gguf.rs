//! Reading the header of a GGUF file (version 2 or 3, little-endian), and distrusting all of it.
//!
//! Magic, version, counts; metadata (key, type, value); one entry per tensor (name, dimensions, type, offset); then, from
//! the next multiple of the alignment on, the bytes of the tensors, each at a multiple of the alignment. Nothing is kept
//! but the tensors; what the metadata says is skipped over, and every step moves forward, so that a lying count ends at
//! the end of the file and costs nothing before.

use crate::{
    segment::Content,
    source::{Cut, Source, SourceError},
    tensor::{tensor_length, ShapeProblem, TensorHeader, MAX_DIMS, MAX_NAME},
};
use alloc::{
    collections::BTreeSet,
    string::{String, ToString},
    vec::Vec,
};

/// The longest header, in bytes: many times what vocabularies need.
pub(crate) const MAX_HEADER: u64 = 256 << 20;

/// Arrays within arrays deeper than this are refused.
const MAX_NESTING: u32 = 4;

/// What tensors are aligned to if the metadata does not say.
const DEFAULT_ALIGNMENT: u64 = 32;

/// The largest alignment.
const MAX_ALIGNMENT: u64 = 1 << 20;

/// Why a file is not a valid GGUF file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GgufProblem {
    /// It does not begin as one.
    #[error("it does not begin with `GGUF`")]
    Magic,
    /// Not the file but a stand-in.
    #[error("it is a Git LFS pointer, not the file itself; run `git lfs pull`")]
    LfsPointer,
    /// The other byte order: tensors would have other bytes than those of the same name and type elsewhere.
    #[error(
        "it is big-endian, of version {0}; only versions 2 and 3, little-endian, are known: \
         convert it with `gguf-convert-endian`"
    )]
    BigEndian(
        /// Read in that order.
        u32,
    ),
    /// Another version.
    #[error("its version is {0:#x}; only versions 2 and 3, little-endian, are known")]
    Version(
        /// As the file says.
        u32,
    ),
    /// The header goes on beyond the end of the file.
    #[error("its header goes beyond the end of the file: truncated, or a count that lies")]
    HeaderBeyondFile,
    /// The header goes on for too long.
    #[error("its header is longer than {MAX_HEADER} bytes")]
    HeaderTooLong,
    /// A type of metadata that does not exist.
    #[error("its metadata has a value of the unknown type {0}")]
    ValueType(
        /// As the file says.
        u32,
    ),
    /// Arrays within arrays within arrays.
    #[error("its metadata has arrays nested deeper than {MAX_NESTING}")]
    Nesting,
    /// Not a power of two, too large, stated twice, or of another type.
    #[error("its alignment is not one 32-bit power of two up to {MAX_ALIGNMENT}")]
    Alignment,
    /// Not UTF-8, or too long.
    #[error("the name of a tensor is not UTF-8, or too long")]
    Name,
    /// A name twice.
    #[error("tensor {name:?} is there twice")]
    DuplicateTensor {
        /// The tensor.
        name: String,
    },
    /// An element type that is unknown.
    #[error("tensor {name:?}: its element type {number} is unknown to this version")]
    TensorType {
        /// The tensor.
        name: String,
        /// As the file says.
        number: u32,
    },
    /// An element type that ggml once had.
    #[error(
        "tensor {name:?}: its element type {number} is unknown: ggml withdrew it; make the file anew from its source"
    )]
    WithdrawnType {
        /// The tensor.
        name: String,
        /// As the file says.
        number: u32,
    },
    /// A type and shape that can't be.
    #[error("tensor {name:?}: {problem}")]
    Shape {
        /// The tensor.
        name: String,
        /// The reason.
        problem: ShapeProblem,
    },
    /// It does not begin where the one before it and the alignment put it.
    #[error("tensor {name:?}: its offset leaves a hole, overlaps, or is not aligned")]
    Offset {
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

type Result<T> = core::result::Result<T, SourceError<GgufProblem>>;

/// ggml's numbers for element types.
fn dtype(number: u32) -> Option<&'static str> {
    Some(match number {
        0 => "F32",
        1 => "F16",
        2 => "Q4_0",
        3 => "Q4_1",
        6 => "Q5_0",
        7 => "Q5_1",
        8 => "Q8_0",
        9 => "Q8_1",
        10 => "Q2_K",
        11 => "Q3_K",
        12 => "Q4_K",
        13 => "Q5_K",
        14 => "Q6_K",
        15 => "Q8_K",
        16 => "IQ2_XXS",
        17 => "IQ2_XS",
        18 => "IQ3_XXS",
        19 => "IQ1_S",
        20 => "IQ4_NL",
        21 => "IQ3_S",
        22 => "IQ2_S",
        23 => "IQ4_XS",
        24 => "I8",
        25 => "I16",
        26 => "I32",
        27 => "I64",
        28 => "F64",
        29 => "IQ1_M",
        30 => "BF16",
        34 => "TQ1_0",
        35 => "TQ2_0",
        39 => "MXFP4",
        40 => "NVFP4",
        41 => "Q1_0",
        42 => "Q2_0",
        _ => return None,
    })
}

/// Numbers that ggml gave to element types and took back: two of the first 4-bit ones, and layouts that are made when a file
/// is loaded and are not in files any more.
const fn is_withdrawn(number: u32) -> bool {
    matches!(number, 4 | 5 | 31..=33 | 36..=38)
}

/// One entry of the header.
struct Entry {
    name: String,
    dtype: &'static str,
    shape: Vec<u64>,
    length: u64,
    offset: u64,
}

/// Cuts a GGUF file: header up to where the tensors' bytes begin, then tensors and the padding between them.
pub(crate) fn cut(source: &impl Source) -> Result<Vec<Cut>> {
    let bad = SourceError::Problem;
    let size = source.size();
    let mut reader = Reader { source, window: Vec::new(), start: 0, at: 0 };
    match &reader.take::<4>()? {
        b"GGUF" => {}
        b"vers" => return Err(bad(GgufProblem::LfsPointer)),
        _ => return Err(bad(GgufProblem::Magic)),
    }
    let version = reader.u32()?;
    if matches!(version.swap_bytes(), 2 | 3) {
        return Err(bad(GgufProblem::BigEndian(version.swap_bytes())));
    }
    if !matches!(version, 2 | 3) {
        return Err(bad(GgufProblem::Version(version)));
    }
    let (tensor_count, value_count) = (reader.u64()?, reader.u64()?);

    let mut alignment = None;
    for _ in 0..value_count {
        let key_len = reader.u64()?;
        let is_alignment = key_len == 17 && &reader.peek::<17>()? == b"general.alignment";
        reader.skip(key_len)?;
        let kind = reader.u32()?;
        if is_alignment {
            if kind != 4 || alignment.is_some() {
                return Err(bad(GgufProblem::Alignment));
            }
            alignment = Some(u64::from(reader.u32()?));
        } else {
            reader.skip_value(kind, 0)?;
        }
    }
    let alignment = alignment.unwrap_or(DEFAULT_ALIGNMENT);
    if !alignment.is_power_of_two() || alignment > MAX_ALIGNMENT {
        return Err(bad(GgufProblem::Alignment));
    }

    let mut entries = Vec::new();
    for _ in 0..tensor_count {
        entries.push(reader.entry()?);
    }
    let mut names = BTreeSet::new();
    for entry in &entries {
        if !names.insert(entry.name.as_str()) {
            return Err(bad(GgufProblem::DuplicateTensor { name: entry.name.clone() }));
        }
    }
    drop(names);
    entries.sort_unstable_by(|a, b| (a.offset, a.length, &a.name).cmp(&(b.offset, b.length, &b.name)));

    // A file without tensors may end before the alignment does.
    let data = align(reader.at, alignment).min(size);
    let mut cuts = alloc::vec![Cut { content: Content::Header, offset: 0, length: data }];
    let mut end = data;
    for Entry { name, dtype, shape, length, offset } in entries {
        let from = data.checked_add(offset);
        let aligned = data.saturating_add(align(end.saturating_sub(data), alignment));
        let Some(from) = from.filter(|from| *from == aligned) else {
            return Err(bad(GgufProblem::Offset { name }));
        };
        let Some(to) = from.checked_add(length).filter(|to| *to <= size) else {
            return Err(bad(GgufProblem::BeyondFile { name }));
        };
        if from > end {
            let length = from.saturating_sub(end);
            cuts.push(Cut { content: Content::Padding, offset: end, length });
        }
        let content = Content::Tensor(TensorHeader { name, dtype: dtype.to_string(), shape });
        cuts.push(Cut { content, offset: from, length });
        end = to;
    }
    let left = size.saturating_sub(end);
    let padding = data.saturating_add(align(end.saturating_sub(data), alignment)).saturating_sub(end);
    if left > padding {
        return Err(bad(GgufProblem::TrailingBytes { count: left }));
    }
    if left > 0 {
        cuts.push(Cut { content: Content::Padding, offset: end, length: left });
    }
    Ok(cuts)
}

/// The next multiple of a power of two.
fn align(at: u64, alignment: u64) -> u64 {
    at.checked_next_multiple_of(alignment).unwrap_or(u64::MAX)
}

/// Reads forward, a window at a time.
struct Reader<'a, S> {
    source: &'a S,
    window: Vec<u8>,
    /// Where the window begins.
    start: u64,
    at: u64,
}

impl<S: Source> Reader<'_, S> {
    const WINDOW: u64 = 64 << 10;

    fn peek<const N: usize>(&mut self) -> Result<[u8; N]> {
        let need = crate::manifest::count(N);
        let left = self.source.size().saturating_sub(self.at);
        if left < need {
            return Err(SourceError::Problem(GgufProblem::HeaderBeyondFile));
        }
        if self.at.saturating_add(need) > MAX_HEADER {
            return Err(SourceError::Problem(GgufProblem::HeaderTooLong));
        }
        let window_end = self.start.saturating_add(crate::manifest::count(self.window.len()));
        if self.at < self.start || self.at.saturating_add(need) > window_end {
            self.window.resize(usize::try_from(left.min(Self::WINDOW)).unwrap_or(N), 0);
            self.source.read_at(&mut self.window, self.at)?;
            self.start = self.at;
        }
        let from = usize::try_from(self.at.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.window
            .get(from..)
            .and_then(|bytes| bytes.first_chunk())
            .copied()
            .ok_or(SourceError::Problem(GgufProblem::HeaderBeyondFile))
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let bytes = self.peek()?;
        self.skip(crate::manifest::count(N))?;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.take()?))
    }

    fn skip(&mut self, length: u64) -> Result<()> {
        let to = self.at.checked_add(length).filter(|to| *to <= self.source.size());
        self.at = to.ok_or(SourceError::Problem(GgufProblem::HeaderBeyondFile))?;
        if self.at > MAX_HEADER {
            return Err(SourceError::Problem(GgufProblem::HeaderTooLong));
        }
        Ok(())
    }

    fn skip_value(&mut self, kind: u32, nesting: u32) -> Result<()> {
        let width = match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            10..=12 => 8,
            8 => {
                let length = self.u64()?;
                return self.skip(length);
            }
            9 => {
                let (kind, count) = (self.u32()?, self.u64()?);
                if nesting >= MAX_NESTING {
                    return Err(SourceError::Problem(GgufProblem::Nesting));
                }
                return self.skip_values(kind, count, nesting.saturating_add(1));
            }
            _ => return Err(SourceError::Problem(GgufProblem::ValueType(kind))),
        };
        self.skip(width)
    }

    fn skip_values(&mut self, kind: u32, count: u64, nesting: u32) -> Result<()> {
        let width: u64 = match kind {
            0 | 1 | 7 => 1,
            2 | 3 => 2,
            4..=6 => 4,
            10..=12 => 8,
            _ => {
                for _ in 0..count {
                    self.skip_value(kind, nesting)?;
                }
                return Ok(());
            }
        };
        let length = width.checked_mul(count);
        self.skip(length.ok_or(SourceError::Problem(GgufProblem::HeaderBeyondFile))?)
    }

    fn entry(&mut self) -> Result<Entry> {
        let bad = SourceError::Problem;
        let name_len = self.u64()?;
        let name_len =
            usize::try_from(name_len).ok().filter(|_| name_len <= u64::from(MAX_NAME)).ok_or(bad(GgufProblem::Name))?;
        let mut name = Vec::with_capacity(name_len);
        for _ in 0..name_len {
            name.extend(self.take::<1>()?);
        }
        let name = String::from_utf8(name).map_err(|_| bad(GgufProblem::Name))?;
        let dims = self.u32()?;
        if dims > MAX_DIMS {
            let problem = ShapeProblem::TooManyDimensions;
            return Err(bad(GgufProblem::Shape { name, problem }));
        }
        let mut shape = Vec::new();
        for _ in 0..dims {
            shape.push(self.u64()?);
        }
        // ggml counts dimensions from the innermost.
        shape.reverse();
        let number = self.u32()?;
        let offset = self.u64()?;
        let Some(dtype) = dtype(number) else {
            return Err(bad(if is_withdrawn(number) {
                GgufProblem::WithdrawnType { name, number }
            } else {
                GgufProblem::TensorType { name, number }
            }));
        };
        match tensor_length(dtype, &shape) {
            Ok(length) => Ok(Entry { name, dtype, shape, length, offset }),
            Err(problem) => Err(bad(GgufProblem::Shape { name, problem })),
        }
    }
}
