//! Salts: so that a dataset that can be guessed is not recognised from its root, nor from proofs about other parts of it.
//!
//! Whoever has a root, and guesses what the files are, can compute the root and see. With a salt, the hash of every chunk
//! is keyed by what only the owner can derive: from his salt one for each segment, from that one for each chunk. So a proof of
//! one chunk gives away the salt of that chunk, which says nothing of its neighbours, whose hashes are in the proof.
//!
//! Only the leaves of chunks are keyed. Whatever is above them is made of hashes that can't be guessed.

use crate::hash::{keyed_all, tag, Fields, Hash, Preimage, HASH_LEN};
use alloc::vec::Vec;
use core::fmt;

/// What an owner keeps, and shares with whom he lets recognise all of a dataset. Not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt(Hash);

impl From<[u8; HASH_LEN]> for Salt {
    fn from(bytes: [u8; HASH_LEN]) -> Self {
        Self(Hash(bytes))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

impl Salt {
    /// The salt of the segment of this index of the file of this path: with it, the chunk root of that segment can be
    /// computed from its bytes, and nothing else.
    #[must_use]
    pub fn of_segment(&self, path: &str, index: u64) -> Hash {
        Preimage::keyed(&self.0, tag::SEGMENT_SALT).text(path).u64(index).finish()
    }

    /// What tells it from another, and nothing else about it.
    #[cfg(feature = "std")]
    pub(crate) fn id(&self) -> Hash {
        Preimage::keyed(&self.0, tag::SALT_ID).finish()
    }
}

/// The salts of chunks that follow each other in a segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChunkSalts {
    /// The segment's salt.
    pub(crate) segment: Hash,
    /// The first chunk.
    pub(crate) first: u64,
}

/// The salt of one chunk of a segment.
#[cfg(feature = "std")]
pub(crate) fn of_chunk(segment: &Hash, index: u64) -> Hash {
    Preimage::keyed(segment, tag::CHUNK_SALT).u64(index).finish()
}

impl ChunkSalts {
    pub(crate) fn take(self, count: usize) -> Vec<Hash> {
        const LEN: usize = 1 + 8;
        let preimages: Vec<[u8; LEN]> = (self.first..)
            .take(count)
            .map(|index| {
                let mut preimage = [tag::CHUNK_SALT; LEN];
                preimage.iter_mut().skip(1).zip(index.to_le_bytes()).for_each(|(to, from)| *to = from);
                preimage
            })
            .collect();
        keyed_all(preimages.iter().map(|preimage| (&self.segment, preimage.as_slice())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_in_lanes_are_those_one_by_one_and_all_differ() {
        let salt = Salt::from([7; 32]);
        let segment = salt.of_segment("a", 3);
        let salts = ChunkSalts { segment, first: 5 }.take(9);
        for (index, chunk) in (5..).zip(&salts) {
            assert_eq!(of_chunk(&segment, index), *chunk);
        }
        let mut all = salts;
        all.extend([segment, salt.of_segment("a", 4), salt.of_segment("b", 3), salt.id(), salt.0]);
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(alloc::format!("{salt:?}"), "Salt(..)");
    }
}
