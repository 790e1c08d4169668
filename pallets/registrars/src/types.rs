//! What is stored of registrars and of those who ask them.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    traits::fungible::Inspect, BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{ChannelKind, NamespaceName, MAX_NAMESPACE_NAME};
use scale_info::TypeInfo;
use sp_core::{ConstU32, Get};

use crate::Config;

/// An amount of the token that requests are paid in.
pub type BalanceOf<T> = <<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// A name in lower case: what makes it the same as another.
pub type Key = BoundedVec<u8, ConstU32<MAX_NAMESPACE_NAME>>;

/// The registrars of a runtime.
pub type PanelOf<T> = Panel<<T as frame_system::Config>::AccountId, <T as Config>::MaxRegistrars>;

/// A request as a runtime stores it.
pub type RequestOf<T> = Request<
    <T as frame_system::Config>::AccountId,
    <T as Config>::Consideration,
    BlockNumberFor<T>,
    <T as Config>::MaxRegistrars,
>;

/// Those who decide whether somebody controls a channel.
#[derive(
    CloneNoBound, DebugNoBound, DefaultNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(Max))]
pub struct Panel<AccountId: Clone + core::fmt::Debug + PartialEq + Eq, Max: Get<u32>> {
    /// Who they are, sorted.
    pub registrars: BoundedVec<AccountId, Max>,
    /// How many of them decide: more than half.
    pub threshold: u32,
}

impl<AccountId: Clone + core::fmt::Debug + Ord, Max: Get<u32>> Panel<AccountId, Max> {
    /// Whether that is one of them.
    pub fn has(&self, who: &AccountId) -> bool {
        self.registrars.binary_search(who).is_ok()
    }

    /// Whether so many attestations decide that it is so.
    pub(crate) fn accepts(&self, attested: u32) -> bool {
        self.threshold > 0 && attested >= self.threshold
    }

    /// Whether so many refusals decide that it isn't: the others are too few.
    pub(crate) fn rejects(&self, refused: u32) -> bool {
        let all = u32::try_from(self.registrars.len()).unwrap_or(u32::MAX);
        all > 0 && all.saturating_sub(refused) < self.threshold
    }
}

/// Where somebody shows that he controls a channel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Evidence {
    /// In the file `pedigree.json` of the channel's repository `pedigree`, as of this commit (20 bytes, SHA-1, or 32).
    #[codec(index = 0)]
    Commit(BoundedVec<u8, ConstU32<32>>),
    /// In a TXT record of `_pedigree.` and the domain.
    #[codec(index = 1)]
    DnsRecord,
}

impl Evidence {
    /// Whether a channel of that kind can be shown that way.
    pub fn fits(&self, channel: ChannelKind) -> bool {
        match (channel, self) {
            (ChannelKind::HuggingFace | ChannelKind::GitHub, Self::Commit(commit)) => matches!(commit.len(), 20 | 32),
            (ChannelKind::Dns, Self::DnsRecord) => true,
            _ => false,
        }
    }
}

/// Why a registrar was not convinced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Refusal {
    /// There is no file, or no record, where it should be.
    #[codec(index = 0)]
    Missing,
    /// It can't be read as what it should be.
    #[codec(index = 1)]
    Malformed,
    /// It names another account.
    #[codec(index = 2)]
    OtherAccount,
    /// It names another chain.
    #[codec(index = 3)]
    OtherChain,
    /// It was so at that commit, and is not so any more.
    #[codec(index = 4)]
    Outdated,
}

/// What a registrar found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Verdict {
    /// The evidence names the claimant and this chain.
    #[codec(index = 0)]
    Attested,
    /// It does not.
    #[codec(index = 1)]
    Refused(Refusal),
}

/// Why a request was closed without a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Closed {
    /// Who made it took it back.
    #[codec(index = 0)]
    Cancelled,
    /// Too many registrars were not convinced.
    #[codec(index = 1)]
    Refused,
    /// Too few looked in time.
    #[codec(index = 2)]
    Expired,
    /// Somebody else has shown since that he controls the channel.
    #[codec(index = 3)]
    Superseded,
}

/// Which request a registrar has looked at.
pub(crate) struct About<AccountId, BlockNumber> {
    pub(crate) name: NamespaceName,
    pub(crate) claimant: AccountId,
    pub(crate) made: BlockNumber,
    pub(crate) evidence: Evidence,
}

/// That somebody asks to be linked to a channel.
#[derive(CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo)]
#[scale_info(skip_type_params(Max))]
pub struct Request<AccountId, Ticket, BlockNumber, Max>
where
    AccountId: Clone + core::fmt::Debug + PartialEq + Eq,
    Ticket: Clone + core::fmt::Debug + PartialEq + Eq,
    BlockNumber: Clone + core::fmt::Debug + PartialEq + Eq,
    Max: Get<u32>,
{
    /// The channel, as it spells itself.
    pub name: NamespaceName,
    /// Where it is shown.
    pub evidence: Evidence,
    /// Whether the deposits of what others catalogued there are to pass to whoever asks.
    pub adopt: bool,
    /// The block in which it was made.
    pub made: BlockNumber,
    /// What each registrar found who has looked.
    pub verdicts: BoundedVec<(AccountId, Verdict), Max>,
    /// The first block in which the channel can pass over, once enough have attested and its owner was given notice.
    pub notice: Option<BlockNumber>,
    /// Gives the deposit back.
    pub ticket: Ticket,
}
