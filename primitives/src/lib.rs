//! The vocabulary of Pedigree: the words that pallets, runtime, RPC and command line share.
//!
//! No storage and no I/O: ids, names, terms, relations, royalty splits, and the small traits through which one pallet
//! asks another. Bounds on what a release may carry are constants here, because they are part of the format that
//! everybody reads, not a tunable of one chain.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

extern crate alloc;

pub mod api;
mod bytes;
pub mod economy;
mod ids;
mod names;
mod release;
mod royalty;
mod score;
mod standing;
mod terms;
mod text;
pub mod traits;

pub use bytes::Bytes;
pub use ids::{NamespaceId, NetUid, RecordId, ReleaseId};
pub use names::{
    ChannelKind, NameError, NamespaceKind, NamespaceName, RecordName, ReleasePath, MAX_NAMESPACE_NAME, MAX_RECORD_NAME,
};
pub use release::{
    Access, Digest, DigestKind, ManifestSummary, NewRelease, Parent, ParentLink, RecordKind, Relation, Upstream,
    MAX_DIGESTS, MAX_LOCATIONS, MAX_PARENTS,
};
pub use royalty::{RoyaltySplit, SplitError, MAX_ASKING_ANCESTORS, MAX_ROYALTY, MAX_SPLIT};
pub use score::{scores_hash, Score};
pub use standing::Standing;
pub use terms::{Licence, Terms, TermsConflict};
pub use text::Text;

use sp_runtime::traits::{BlakeTwo256, Hash};

/// The hash of a reservation: what is committed to before a name or a root is revealed.
///
/// `BLAKE2b-256(genesis ‖ account ‖ salt ‖ subject)`, each 32 bytes long. The subject is a manifest root, or the
/// BLAKE2b-256 of a namespace's name.
pub fn reservation_hash(genesis: &[u8; 32], account: &[u8; 32], salt: &[u8; 32], subject: &[u8; 32]) -> sp_core::H256 {
    let mut preimage = [0u8; 128];
    for (part, bytes) in preimage.chunks_exact_mut(32).zip([genesis, account, salt, subject]) {
        part.copy_from_slice(bytes);
    }
    BlakeTwo256::hash(&preimage)
}
