//! What evaluators say of contributors, and what they commit to before they show it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

use crate::NetUid;

/// An evaluator's score for one neuron.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Whom it is for.
    pub uid: u16,
    /// How much: only the proportions of an evaluator's scores matter.
    pub score: u16,
    /// The manifest root of the release that was evaluated; nothing in a subnet of services, and for the burn slot.
    #[serde(default)]
    pub root: Option<H256>,
}

/// What an evaluator commits to in one epoch and shows in the next.
///
/// `BLAKE2b-256` of the SCALE encoding of `(genesis: [u8; 32], netuid: u16, epoch: u32, account: [u8; 32], scores: Vec<(uid: u16,
/// score: u16, root: Option<[u8; 32]>)>, salt: [u8; 32])`. The epoch is the one that is going on when it is committed.
pub fn scores_hash(
    genesis: &[u8; 32],
    netuid: NetUid,
    epoch: u32,
    account: &[u8; 32],
    scores: &[Score],
    salt: &[u8; 32],
) -> H256 {
    BlakeTwo256::hash_of(&(genesis, netuid, epoch, account, scores, salt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_of_the_encoding_that_is_written_down() {
        let root = H256::repeat_byte(7);
        let scores = [Score { uid: 0, score: 5, root: None }, Score { uid: 513, score: 65_535, root: Some(root) }];
        let mut bytes = vec![1u8; 32];
        bytes.extend([3, 0]);
        bytes.extend([4, 1, 0, 0]);
        bytes.extend([2u8; 32]);
        bytes.push(2 << 2);
        bytes.extend([0, 0, 5, 0, 0]);
        bytes.extend([1, 2, 255, 255, 1]);
        bytes.extend(root.0);
        bytes.extend([9u8; 32]);
        assert_eq!(scores_hash(&[1; 32], NetUid(3), 260, &[2; 32], &scores, &[9; 32]), BlakeTwo256::hash(&bytes));
    }
}
