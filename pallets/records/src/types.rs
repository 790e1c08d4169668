//! What is stored of a record and of a release.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, traits::Footprint, BoundedVec};
use pedigree_primitives::{
    Digest, ManifestSummary, NamespaceId, Parent, RecordKind, RecordName, ReleaseId, Standing, Terms, Text, Upstream,
    MAX_DIGESTS, MAX_LOCATIONS, MAX_PARENTS, MAX_RECORD_NAME,
};
use scale_info::TypeInfo;
use sp_core::H256;

/// Why a release was yanked, in the words of its owner.
pub type Reason = Text<256>;

/// How much state somebody pays for: items and bytes.
#[derive(
    Clone, Copy, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug,
)]
pub struct Size {
    /// Storage items.
    pub items: u32,
    /// Bytes in them, keys included.
    pub bytes: u64,
}

impl Size {
    /// One item: a key of `key` bytes with `value` behind it.
    pub fn item(key: u32, value: &impl Encode) -> Self {
        let value = u64::try_from(value.encoded_size()).unwrap_or(u64::MAX);
        Self { items: 1, bytes: u64::from(key).saturating_add(value) }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { items: self.items.saturating_add(other.items), bytes: self.bytes.saturating_add(other.bytes) }
    }
}

impl From<Size> for Footprint {
    fn from(size: Size) -> Self {
        Self { count: size.items.into(), size: size.bytes }
    }
}

/// Who paid for some state, and the ticket that gives it back.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Deposit<AccountId, Ticket> {
    /// On whose account it is held.
    pub who: AccountId,
    /// What it was taken for.
    pub size: Size,
    /// Gives it back.
    pub ticket: Ticket,
}

/// That a record may move. It counts as long as whoever made it owns the record: who gets a namespace is not bound by what
/// was offered before.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Offer<AccountId> {
    /// Who offers it.
    pub by: AccountId,
    /// To which namespace.
    pub to: NamespaceId,
}

/// The deposits of a namespace that are on their way to its owner.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Adopting<AccountId, BlockNumber> {
    /// Who takes them over: the owner when it began.
    pub owner: AccountId,
    /// Only what was put there up to this block: what he knew of when he said so.
    pub until: BlockNumber,
    /// The record that comes next, by its name in lower case, and the release of it that was looked at last (0: none).
    pub at: Option<(RecordKey, u32)>,
}

/// A record's name in lower case: what makes it the same as another.
pub type RecordKey = BoundedVec<u8, ConstU32<MAX_RECORD_NAME>>;

/// A model or a dataset.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Record<AccountId, Ticket, BlockNumber> {
    /// The namespace that it is in; whoever owns that owns the record.
    pub namespace: NamespaceId,
    /// Its name there.
    pub name: RecordName,
    /// What it is.
    pub kind: RecordKind,
    /// How many releases it has. The latest has this number.
    pub releases: u32,
    /// The block it was made in.
    pub created: BlockNumber,
    /// The namespace that its owner has offered it to.
    pub offer: Option<Offer<AccountId>>,
    /// Covers the record and those of its releases that were not catalogued.
    pub deposit: Deposit<AccountId, Ticket>,
}

/// Why and since when a release should not be used any more.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Yank<BlockNumber> {
    /// Why.
    pub reason: Reason,
    /// What to use instead.
    pub successor: Option<ReleaseId>,
    /// The block it was yanked in.
    pub block: BlockNumber,
}

/// An immutable, numbered version of a record. Nothing in it ever changes but [`Release::yanked`].
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Release<AccountId, BlockNumber> {
    /// The bytes.
    pub manifest: ManifestSummary,
    /// The terms.
    pub terms: Terms,
    /// What it was built from.
    pub parents: BoundedVec<Parent, ConstU32<MAX_PARENTS>>,
    /// The BLAKE2b-256 of its card.
    pub card: Option<H256>,
    /// Where its files may be found.
    pub locations: BoundedVec<Text<256>, ConstU32<MAX_LOCATIONS>>,
    /// Digests by which others know it.
    pub digests: BoundedVec<Digest, ConstU32<MAX_DIGESTS>>,
    /// Set if it was catalogued: somebody else's files, from there.
    pub upstream: Option<Upstream>,
    /// Who registered it.
    pub registrant: AccountId,
    /// The standing of its namespace when it was registered.
    pub standing: Standing,
    /// The block its root was reserved in; for catalogued files the block they were registered in.
    pub first_seen: BlockNumber,
    /// The block it was registered in.
    pub registered: BlockNumber,
    /// Set if it has been yanked.
    pub yanked: Option<Yank<BlockNumber>>,
}
