//! The one hash of the format, and the tags that keep what is hashed apart.
//!
//! Everything is BLAKE2b-256, the hash that the chain has as a host function. A one-byte tag in front says what the
//! hashed bytes are, so that no chunk, node, segment, file or tensor can pass for another. The bare bytes of a chunk
//! carry no tag (they are hashed where they lie, without a copy); the hash of a chunk enters a tree only inside a tagged
//! leaf, which also states the chunk's length.

use alloc::vec::Vec;
use blake2b_simd::{
    many::{hash_many, HashManyJob},
    Params, State,
};
use codec::{Decode, Encode};
use core::{fmt, str::FromStr};

/// The tags. Values are part of the format: never reused, never changed.
pub(crate) mod tag {
    /// A chunk in the tree of its segment.
    pub(crate) const CHUNK: u8 = 0x00;
    /// An inner node of any tree.
    pub(crate) const NODE: u8 = 0x01;
    /// The tree without leaves.
    pub(crate) const EMPTY: u8 = 0x02;
    /// A segment in the tree of its file.
    pub(crate) const SEGMENT: u8 = 0x03;
    /// A file in the tree of files.
    pub(crate) const FILE: u8 = 0x04;
    /// What a tensor is, without its name and place.
    pub(crate) const TENSOR_CONTENT: u8 = 0x05;
    /// A tensor in the tree of tensors.
    pub(crate) const TENSOR: u8 = 0x06;
    /// The manifest.
    pub(crate) const ROOT: u8 = 0x07;
    /// What the salt of a segment is derived from.
    pub(crate) const SEGMENT_SALT: u8 = 0x0a;
    /// What the salt of a chunk is derived from.
    pub(crate) const CHUNK_SALT: u8 = 0x0b;
    /// What tells one salt from another.
    #[cfg(feature = "std")]
    pub(crate) const SALT_ID: u8 = 0x0c;
    /// The files that a part of a manifest was cut from.
    #[cfg(feature = "std")]
    pub(crate) const LISTING: u8 = 0x08;
    /// The segments that a piece of a file was cut from.
    #[cfg(feature = "std")]
    pub(crate) const LAYOUT: u8 = 0x09;
}

/// Length of a [`struct@Hash`] in bytes.
pub const HASH_LEN: usize = 32;

/// A BLAKE2b-256 hash: 32 bytes, shown as `0x` and 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
pub struct Hash(pub [u8; HASH_LEN]);

impl Hash {
    /// The hash as bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; HASH_LEN] {
        &self.0
    }
}

impl From<[u8; HASH_LEN]> for Hash {
    fn from(bytes: [u8; HASH_LEN]) -> Self {
        Self(bytes)
    }
}

impl From<Hash> for [u8; HASH_LEN] {
    fn from(hash: Hash) -> Self {
        hash.0
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Not a hash: 64 hex digits are expected, with or without `0x` in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a hash: expected 64 hex digits, with or without 0x in front")]
pub struct ParseHashError;

impl FromStr for Hash {
    type Err = ParseHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("0x").unwrap_or(text);
        let mut bytes = [0; HASH_LEN];
        hex::decode_to_slice(digits, &mut bytes).map_err(|_| ParseHashError)?;
        Ok(Self(bytes))
    }
}

#[cfg(feature = "std")]
impl serde::Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "std")]
impl<'de> serde::Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Every hash of the format goes through these parameters.
fn params() -> Params {
    let mut params = Params::new();
    params.hash_length(HASH_LEN);
    params
}

fn truncate(hash: &blake2b_simd::Hash) -> Hash {
    let mut bytes = [0; HASH_LEN];
    // The parameters above ask for exactly this length, so nothing is cut off.
    bytes.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    Hash(bytes)
}

/// H of bytes as they are: the bare bytes of a chunk, or what already begins with its tag.
pub(crate) fn hash_bytes(bytes: &[u8]) -> Hash {
    truncate(&params().hash(bytes))
}

/// The hash of a chunk's bare bytes, under its salt if it has one.
pub(crate) fn chunk_hash(bytes: &[u8], salt: Option<&Hash>) -> Hash {
    match salt {
        None => hash_bytes(bytes),
        Some(salt) => truncate(&params().key(salt.as_bytes()).hash(bytes)),
    }
}

/// H of many inputs at once, in the processor's lanes; the same hashes as one by one, in the same order.
pub(crate) fn hash_all<'a>(inputs: impl Iterator<Item = &'a [u8]>) -> Vec<Hash> {
    let params = params();
    let mut lengths = Vec::new();
    let jobs = inputs.map(|input| {
        lengths.push(input.len());
        HashManyJob::new(&params, input)
    });
    run(jobs.collect(), &lengths)
}

/// Runs jobs whose inputs have these lengths. Lanes go on only as long as the shortest of them, so inputs of about the same
/// length go together.
fn run(mut jobs: Vec<HashManyJob<'_>>, lengths: &[usize]) -> Vec<Hash> {
    if lengths.windows(2).all(|pair| matches!(pair, [one, other] if one == other)) {
        hash_many(jobs.iter_mut());
    } else {
        let mut by_length: Vec<_> = lengths.iter().zip(jobs.iter_mut()).collect();
        by_length.sort_unstable_by_key(|(length, _)| **length);
        hash_many(by_length.into_iter().map(|(_, job)| job));
    }
    jobs.iter().map(|job| truncate(&job.to_hash())).collect()
}

/// The same as [`hash_all`], each input with its own key.
pub(crate) fn keyed_all<'a>(inputs: impl Iterator<Item = (&'a Hash, &'a [u8])>) -> Vec<Hash> {
    let mut params = params();
    let mut lengths = Vec::new();
    let jobs = inputs.map(|(key, input)| {
        lengths.push(input.len());
        HashManyJob::new(params.key(key.as_bytes()), input)
    });
    run(jobs.collect(), &lengths)
}

/// Fields of what is hashed, each written in the one way the format knows: integers little-endian, text with its length in
/// bytes as `u32` in front.
pub(crate) trait Fields: Sized {
    fn bytes(self, bytes: &[u8]) -> Self;

    fn u8(self, value: u8) -> Self {
        self.bytes(&[value])
    }

    fn u32(self, value: u32) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    fn u64(self, value: u64) -> Self {
        self.bytes(&value.to_le_bytes())
    }

    fn text(self, text: &str) -> Self {
        // Texts are bounded by 1,024 bytes wherever they enter; saturating keeps this total.
        self.u32(u32::try_from(text.len()).unwrap_or(u32::MAX)).bytes(text.as_bytes())
    }

    fn hash(self, hash: &Hash) -> Self {
        self.bytes(&hash.0)
    }
}

/// Many times the fields of one, to be hashed together: in the processor's lanes, several times as fast as one by one.
#[derive(Default)]
pub(crate) struct Preimages {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Preimages {
    /// Adds one, of the fields that `write` writes after the tag.
    pub(crate) fn push(&mut self, tag: u8, write: impl FnOnce(FieldsOf<'_>) -> FieldsOf<'_>) {
        write(FieldsOf(&mut self.bytes).u8(tag));
        self.ends.push(self.bytes.len());
    }

    /// H of each, in order.
    pub(crate) fn finish(self) -> Vec<Hash> {
        let begins = core::iter::once(0).chain(self.ends.iter().copied());
        hash_all(begins.zip(&self.ends).map(|(begin, end)| self.bytes.get(begin..*end).unwrap_or_default()))
    }
}

/// One of [`Preimages`] under way.
pub(crate) struct FieldsOf<'a>(&'a mut Vec<u8>);

impl Fields for FieldsOf<'_> {
    fn bytes(self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }
}

/// H over a tag and fields.
pub(crate) struct Preimage(State);

impl Preimage {
    pub(crate) fn new(tag: u8) -> Self {
        Self(params().to_state()).u8(tag)
    }

    /// Under a key.
    pub(crate) fn keyed(key: &Hash, tag: u8) -> Self {
        Self(params().key(key.as_bytes()).to_state()).u8(tag)
    }

    pub(crate) fn finish(self) -> Hash {
        truncate(&self.0.finalize())
    }
}

impl Fields for Preimage {
    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hash_is_shown_and_read_as_hex() {
        let hash = hash_bytes(b"abc");
        assert_eq!(hash.to_string(), "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
        assert_eq!(hash.to_string().parse::<Hash>().unwrap(), hash);
        assert_eq!(hash.to_string().trim_start_matches("0x").parse::<Hash>().unwrap(), hash);
        for bad in ["", "0x", "0xbd", "zz", &"0".repeat(63), &"0".repeat(65), "0x0x"] {
            assert_eq!(bad.parse::<Hash>(), Err(ParseHashError), "{bad}");
        }
    }

    #[test]
    fn lanes_with_keys_give_the_same_hashes_as_one_by_one() {
        let inputs: Vec<(Hash, Vec<u8>)> =
            (0..37_u8).map(|n| (Hash([n; 32]), vec![n; usize::from(n) * 977 % 16_385])).collect();
        let lanes = keyed_all(inputs.iter().map(|(key, input)| (key, input.as_slice())));
        let single: Vec<Hash> = inputs.iter().map(|(key, input)| truncate(&params().key(&key.0).hash(input))).collect();
        assert_eq!(lanes, single);
    }

    #[test]
    fn lanes_give_the_same_hashes_as_one_by_one() {
        let inputs: Vec<Vec<u8>> = (0..37_u8).map(|n| vec![n; usize::from(n) * 977 % 16_385]).collect();
        let lanes = hash_all(inputs.iter().map(Vec::as_slice));
        let single: Vec<Hash> = inputs.iter().map(|input| hash_bytes(input)).collect();
        assert_eq!(lanes, single);
    }
}
