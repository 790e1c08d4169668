//! The one shape of every tree here: binary and left-complete, as in RFC 6962 and BLAKE3.
//!
//! The left part of a tree of `n` leaves holds the largest power of two below `n`. So subtrees that begin at a multiple
//! of their power-of-two size appear unchanged in every larger tree: blocks of a file can be hashed anywhere, in any
//! order, and parts can be merged. Seen from below it is the tree in which neighbours are paired level by level and a
//! last one without a partner moves up as it is.
//!
//! A root says nothing of how many leaves it has; whatever contains a root states the number (a segment its length, a file
//! its segments, the manifest its files and tensors), and a branch is checked at that number and no other.

use crate::{
    hash::{hash_all, hash_bytes, keyed_all, tag, Fields, Hash, Preimage, HASH_LEN},
    salt::ChunkSalts,
};
use alloc::vec::Vec;

/// Bytes in a chunk; the last of a segment may be shorter, never empty.
pub const CHUNK_LEN: u64 = 16 * 1024;

/// Many chunks are hashed a block at a time: `2^BLOCK_LEVEL` of them, a complete subtree.
pub(crate) const BLOCK_LEVEL: u32 = 6;

/// Bytes in a block.
pub(crate) const BLOCK_LEN: u64 = CHUNK_LEN << BLOCK_LEVEL;

/// More siblings than this no branch can have: the number of leaves is a `u64`.
pub const MAX_SIBLINGS: u32 = 64;

/// How many chunks a segment of `length` bytes has.
#[must_use]
pub const fn chunk_count(length: u64) -> u64 {
    length.div_ceil(CHUNK_LEN)
}

/// Where the chunk `index` of a segment of `length` bytes begins and how long it is; `None` beyond the end.
#[must_use]
pub fn chunk_range(length: u64, index: u64) -> Option<(u64, u32)> {
    let start = index.checked_mul(CHUNK_LEN)?;
    let left = length.checked_sub(start).filter(|left| *left > 0)?;
    Some((start, u32::try_from(left.min(CHUNK_LEN)).ok()?))
}

/// The root of the tree without leaves.
pub(crate) fn empty() -> Hash {
    Preimage::new(tag::EMPTY).finish()
}

/// Bytes that are hashed for an inner node.
const NODE_LEN: usize = 1 + 2 * HASH_LEN;

/// What is hashed for the parent of two nodes.
fn node_preimage(left: &Hash, right: &Hash) -> [u8; NODE_LEN] {
    let mut node = [tag::NODE; NODE_LEN];
    let fields = left.as_bytes().iter().chain(right.as_bytes());
    node.iter_mut().skip(1).zip(fields).for_each(|(to, from)| *to = *from);
    node
}

/// The parent of two nodes.
pub(crate) fn node(left: &Hash, right: &Hash) -> Hash {
    // In one piece: this is what checking a proof spends its time on.
    hash_bytes(&node_preimage(left, right))
}

/// A chunk's leaf, from the hash of its bare bytes.
pub(crate) fn chunk_leaf(hash: &Hash, length: u32) -> Hash {
    Preimage::new(tag::CHUNK).u32(length).hash(hash).finish()
}

/// The leaves of chunks, in lanes; with a salt for each, or none at all.
pub(crate) fn chunk_leaves(chunks: &[&[u8]], salts: Option<&[Hash]>) -> Vec<Hash> {
    const LEAF_LEN: usize = 1 + 4 + HASH_LEN;
    let hashes = match salts {
        None => hash_all(chunks.iter().copied()),
        Some(salts) => keyed_all(salts.iter().zip(chunks.iter().copied())),
    };
    let leaves: Vec<[u8; LEAF_LEN]> = hashes
        .iter()
        .zip(chunks)
        .map(|(hash, chunk)| {
            let length = u32::try_from(chunk.len()).unwrap_or(u32::MAX).to_le_bytes();
            let mut leaf = [tag::CHUNK; LEAF_LEN];
            let fields = length.iter().chain(hash.as_bytes());
            leaf.iter_mut().skip(1).zip(fields).for_each(|(to, from)| *to = *from);
            leaf
        })
        .collect();
    hash_all(leaves.iter().map(<[u8; LEAF_LEN]>::as_slice))
}

/// The chunks of a block, or of what is left at the end. With a salt, no bytes are one chunk.
pub(crate) fn chunks(bytes: &[u8], salted: bool) -> impl Iterator<Item = &[u8]> {
    let nothing = (salted && bytes.is_empty()).then_some(bytes);
    nothing.into_iter().chain(bytes.chunks(to_usize(CHUNK_LEN)))
}

/// The root over the chunks of a block, or of what is left at the end.
pub(crate) fn block_root(bytes: &[u8], salts: Option<ChunkSalts>) -> Hash {
    let chunks: Vec<&[u8]> = chunks(bytes, salts.is_some()).collect();
    let salts = salts.map(|salts| salts.take(chunks.len()));
    root(chunk_leaves(&chunks, salts.as_deref()))
}

/// The chunk root of bytes in memory, as of a tensor's: to compare with the one that a proof states.
#[must_use]
pub fn chunk_root(bytes: &[u8]) -> Hash {
    let mut builder = RootBuilder::default();
    bytes.chunks(to_usize(BLOCK_LEN)).for_each(|block| {
        builder.push(BLOCK_LEVEL, block_root(block, None));
    });
    builder.finish()
}

/// The same in a salted release; `salt` is that of the segment.
#[must_use]
pub fn salted_chunk_root(bytes: &[u8], salt: &Hash) -> Hash {
    let mut builder = RootBuilder::default();
    let mut blocks = bytes.chunks(to_usize(BLOCK_LEN));
    // No bytes are one chunk.
    let mut block = Some(blocks.next().unwrap_or_default());
    while let Some(bytes) = block {
        let salts = ChunkSalts { segment: *salt, first: builder.next() };
        builder.push(BLOCK_LEVEL, block_root(bytes, Some(salts)));
        block = blocks.next();
    }
    builder.finish()
}

/// For lengths of a block and less, which fit wherever this runs.
pub(crate) fn to_usize(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// One level up: neighbours paired, a last one without a partner as it is.
fn parents(level: &[Hash]) -> Vec<Hash> {
    let mut pairs = level.chunks_exact(2);
    let nodes: Vec<[u8; NODE_LEN]> = pairs
        .by_ref()
        .filter_map(|pair| match pair {
            [left, right] => Some(node_preimage(left, right)),
            _ => None,
        })
        .collect();
    let mut up = hash_all(nodes.iter().map(<[u8; NODE_LEN]>::as_slice));
    up.extend(pairs.remainder());
    up
}

/// The root over leaves that are all at hand.
pub(crate) fn root(mut leaves: Vec<Hash>) -> Hash {
    while leaves.len() > 1 {
        leaves = parents(&leaves);
    }
    leaves.first().copied().unwrap_or_else(empty)
}

/// The root over the next `count` leaves.
pub(crate) fn root_of(mut leaves: impl Iterator<Item = Hash>, count: usize) -> Hash {
    match count {
        // Most files are one segment of one chunk.
        1 => leaves.next().unwrap_or_else(empty),
        _ => root(leaves.take(count).collect()),
    }
}

/// The siblings that lead from leaf `index` to the root, lowest first. Empty if there is no such leaf.
pub(crate) fn branch(mut leaves: Vec<Hash>, index: usize) -> Vec<Hash> {
    let mut siblings = Vec::new();
    let mut index = index;
    while leaves.len() > 1 {
        siblings.extend(leaves.get(index ^ 1));
        leaves = parents(&leaves);
        index >>= 1;
    }
    siblings
}

/// The root that a leaf and its siblings lead to, if there are exactly as many siblings as leaf `index` of `count` has.
///
/// No allocation, at most 64 steps whatever is claimed.
pub(crate) fn root_of_branch(leaf: Hash, index: u64, count: u64, siblings: &[Hash]) -> Option<Hash> {
    let (mut index, mut last) = (index, count.checked_sub(1)?);
    if index > last {
        return None;
    }
    let mut hash = leaf;
    let mut siblings = siblings.iter();
    while last > 0 {
        if index & 1 == 1 {
            hash = node(siblings.next()?, &hash);
        } else if index < last {
            hash = node(&hash, siblings.next()?);
        }
        index >>= 1;
        last >>= 1;
    }
    siblings.next().is_none().then_some(hash)
}

/// The root over `2^level` leaves that begin at a multiple of `2^level`; over fewer only at the end of the tree. It is a node
/// of every tree that has these leaves there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase", deny_unknown_fields))]
pub(crate) struct Subtree {
    /// Its first leaf.
    pub(crate) first: u64,
    pub(crate) level: u32,
    pub(crate) hash: Hash,
}

/// A root over more leaves than one wants to keep: subtrees are pushed from left to right, and what is kept is one hash per
/// level.
#[derive(Clone, Debug, Default)]
pub(crate) struct RootBuilder {
    /// The leaf that comes next.
    next: u64,
    /// The largest subtrees of what was pushed.
    stack: Vec<Subtree>,
}

impl RootBuilder {
    /// For a run of leaves that begins at `first`.
    #[cfg(feature = "std")]
    pub(crate) fn starting_at(first: u64) -> Self {
        Self { next: first, stack: Vec::new() }
    }

    /// The leaf that comes next.
    pub(crate) const fn next(&self) -> u64 {
        self.next
    }

    /// Adds the subtree of `2^level` leaves that follows; only the last pushed may have fewer leaves than that.
    pub(crate) fn push(&mut self, level: u32, hash: Hash) {
        let mut all = Subtree { first: self.next, level, hash };
        self.next = self.next.saturating_add(1_u64.checked_shl(level).unwrap_or(u64::MAX));
        let is_left =
            |left: &Subtree, level: u32| left.level == level && left.first.checked_shr(level).unwrap_or(0) & 1 == 0;
        while let Some(left) = self.stack.pop_if(|left| is_left(left, all.level)) {
            let hash = node(&left.hash, &all.hash);
            all = Subtree { first: left.first, level: all.level.saturating_add(1), hash };
        }
        self.stack.push(all);
    }

    /// The largest subtrees of what was pushed, in order.
    #[cfg(feature = "std")]
    pub(crate) fn subtrees(self) -> Vec<Subtree> {
        self.stack
    }

    /// The root over all that was pushed, from the first leaf of the tree on.
    pub(crate) fn finish(self) -> Hash {
        self.stack
            .into_iter()
            .map(|subtree| subtree.hash)
            .rev()
            .reduce(|right, left| node(&left, &right))
            .unwrap_or_else(empty)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    use super::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|n| hash_bytes(&n.to_le_bytes())).collect()
    }

    /// RFC 6962's own words.
    fn recursive(leaves: &[Hash]) -> Hash {
        match leaves.len() {
            0 => empty(),
            1 => leaves[0],
            n => {
                let k = 1 << (usize::BITS - 1 - (n - 1).leading_zeros());
                node(&recursive(&leaves[..k]), &recursive(&leaves[k..]))
            }
        }
    }

    #[test]
    fn levels_and_recursion_and_builder_agree() {
        for count in 0..70 {
            let leaves = leaves(count);
            let expected = recursive(&leaves);
            assert_eq!(root(leaves.clone()), expected, "{count}");
            for level in 0..4 {
                let mut builder = RootBuilder::default();
                leaves.chunks(1 << level).for_each(|block| {
                    builder.push(level, root(block.to_vec()));
                });
                assert_eq!(builder.finish(), expected, "{count} leaves in blocks of 2^{level}");
            }
        }
    }

    #[test]
    fn runs_that_are_cut_anywhere_make_the_same_root() {
        for count in 0..40_usize {
            let leaves = leaves(count);
            for from in 0..=count {
                for to in from..=count {
                    let mut whole = RootBuilder::default();
                    for run in [0..from, from..to, to..count] {
                        let mut builder = RootBuilder::starting_at(run.start as u64);
                        leaves[run].iter().for_each(|leaf| builder.push(0, *leaf));
                        for subtree in builder.subtrees() {
                            assert_eq!(subtree.first, whole.next());
                            assert_eq!(subtree.first % (1 << subtree.level), 0);
                            whole.push(subtree.level, subtree.hash);
                        }
                    }
                    assert_eq!(whole.finish(), root(leaves.clone()), "{count} leaves, cut at {from} and {to}");
                }
            }
        }
    }

    #[test]
    fn branch_leads_to_the_root_at_its_own_place_only() {
        for count in 1..40_usize {
            let all = leaves(count);
            let root = root(all.clone());
            for index in 0..count {
                let siblings = branch(all.clone(), index);
                for claimed in 0..count + 2 {
                    let reached = root_of_branch(all[index], claimed as u64, count as u64, &siblings);
                    assert_eq!(reached == Some(root), claimed == index);
                }
                let mut long = siblings.clone();
                long.push(Hash::default());
                assert_eq!(root_of_branch(all[index], index as u64, count as u64, &long), None);
            }
        }
    }

    #[test]
    fn absurd_places_are_refused_without_work() {
        let leaf = Hash::default();
        assert_eq!(root_of_branch(leaf, 0, 0, &[]), None);
        assert_eq!(root_of_branch(leaf, u64::MAX, u64::MAX, &[leaf; 64]), None);
        assert!(root_of_branch(leaf, u64::MAX - 1, u64::MAX, &[leaf; 64]).is_none());
        assert!(root_of_branch(leaf, 0, u64::MAX, &[leaf; 64]).is_some());
        assert!(root_of_branch(leaf, 0, u64::MAX, &[leaf; 65]).is_none());
        assert_eq!(root_of_branch(leaf, 0, 1, &[]), Some(leaf));
    }

    #[test]
    fn chunks_cover_a_segment() {
        assert_eq!(chunk_count(0), 0);
        assert_eq!(chunk_range(0, 0), None);
        assert_eq!(chunk_range(1, 0), Some((0, 1)));
        assert_eq!(chunk_range(CHUNK_LEN, 0), Some((0, 16_384)));
        assert_eq!(chunk_range(CHUNK_LEN, 1), None);
        assert_eq!(chunk_range(CHUNK_LEN + 1, 1), Some((CHUNK_LEN, 1)));
        assert_eq!(chunk_range(u64::MAX, u64::MAX), None);
        assert_eq!(chunk_count(u64::MAX), 1 << 50);
    }
}
