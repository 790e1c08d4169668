//! SHA-256 of a file whose bytes come in pieces: the digest that hubs, registries and other tools know files by.
//!
//! Unlike the tree of chunks it has to see the bytes in order. So pieces that come early wait, and whichever thread hands
//! in the next one goes on with all that have come meanwhile; the others go back to reading.

use crate::manifest::count;
use alloc::{collections::BTreeMap, vec::Vec};
use sha2::{Digest, Sha256};
use std::sync::Mutex;

use crate::hasher::lock;

/// The SHA-256 of a file, in the usual order of its bytes.
pub type Sha256Digest = [u8; 32];

/// The digest of bytes at hand.
pub(crate) fn digest(bytes: &[u8]) -> Sha256Digest {
    Sha256::digest(bytes).into()
}

/// A digest under way.
#[derive(Debug, Default)]
pub(crate) struct InOrder(Mutex<State>);

#[derive(Debug)]
struct State {
    /// With the thread that is hashing, if there is one.
    hasher: Option<Sha256>,
    /// Where the bytes that come next begin.
    next: u64,
    early: BTreeMap<u64, Vec<u8>>,
}

impl Default for State {
    fn default() -> Self {
        Self { hasher: Some(Sha256::new()), next: 0, early: BTreeMap::new() }
    }
}

impl InOrder {
    /// Hands in the bytes that begin at `from`, and hashes as long as the next ones are there and nobody else does.
    /// `hashed` is given back every piece when it has been hashed, perhaps none, perhaps those of others.
    pub(crate) fn push(&self, from: u64, bytes: Vec<u8>, mut hashed: impl FnMut(Vec<u8>)) {
        lock(&self.0).early.insert(from, bytes);
        while let Some((mut hasher, bytes)) = self.take() {
            hasher.update(&bytes);
            {
                let mut state = lock(&self.0);
                state.next = state.next.saturating_add(count(bytes.len()));
                state.hasher = Some(hasher);
            }
            hashed(bytes);
        }
    }

    fn take(&self) -> Option<(Sha256, Vec<u8>)> {
        let mut state = lock(&self.0);
        let hasher = state.hasher.take()?;
        let next = state.next;
        match state.early.remove(&next) {
            Some(bytes) => Some((hasher, bytes)),
            None => {
                state.hasher = Some(hasher);
                None
            }
        }
    }

    /// The digest of all that was handed in; nothing while a thread is at it.
    pub(crate) fn finish(&self) -> Option<Sha256Digest> {
        lock(&self.0).hasher.take().map(|hasher| hasher.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]
    use super::*;

    #[test]
    fn order_of_the_pieces_makes_no_difference() {
        let bytes: Vec<u8> = (0..1000_u32).flat_map(u32::to_le_bytes).collect();
        let mut pieces: Vec<(u64, Vec<u8>)> =
            bytes.chunks(300).enumerate().map(|(n, piece)| (n as u64 * 300, piece.to_vec())).collect();
        for turn in 0..pieces.len() {
            pieces.rotate_left(turn);
            let (order, mut total) = (InOrder::default(), 0);
            for (from, piece) in pieces.clone() {
                order.push(from, piece, |piece| total += piece.len());
            }
            assert_eq!(total, bytes.len());
            assert_eq!(order.finish().unwrap(), digest(&bytes));
        }
    }
}
