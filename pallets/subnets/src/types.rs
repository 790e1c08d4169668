//! What is stored.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{NetUid, RecordKind, RecordName, ReleaseId, Text};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{Saturating, UniqueSaturatedInto};

use crate::Hyperparameters;

/// An amount of the token.
pub type Balance = u128;
/// The number of a subnet's epoch, from 0.
pub type EpochNumber = u32;
/// Where a neuron is found.
pub type Endpoint = Text<128>;

/// How many seats a subnet can have, the burn slot among them.
pub const MAX_NEURONS: u32 = 4_096;
/// How many evaluators a subnet can have.
pub const MAX_EVALUATORS: u32 = 256;
/// The seat that nobody has: what is scored to it is burned.
pub const BURN_SLOT: u16 = 0;

/// Scores, or bonds in 65535ths, by rising uid.
pub type Row = BoundedVec<(u16, u16), ConstU32<MAX_NEURONS>>;
/// The seats of a subnet, at the places of their uids.
pub type SeatsOf<T> = BoundedVec<Seat<BlockNumberFor<T>>, ConstU32<MAX_NEURONS>>;
/// A subnet, in this runtime's types.
pub type SubnetOf<T> = Subnet<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// A neuron, in this runtime's types.
pub type NeuronOf<T> = Neuron<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// Scores that were shown, in this runtime's types.
pub type ScoresOf<T> = Scores<BlockNumberFor<T>>;
/// An evaluator's commitments, in this runtime's types: that of the epoch before, and of the one that is going on.
pub type CommitsOf<T> = BoundedVec<Commit<BlockNumberFor<T>>, ConstU32<2>>;
/// An epoch on its way to those who are paid, in this runtime's types.
pub type CreditingOf<T> = Crediting<<T as frame_system::Config>::AccountId>;
/// Incentive on its way, in this runtime's types.
pub type IncentivesOf<T> = BoundedVec<(Payee<<T as frame_system::Config>::AccountId>, Balance), ConstU32<MAX_NEURONS>>;
/// What became of an epoch, in this runtime's types.
pub type EpochResultOf<T> = EpochResult<BlockNumberFor<T>>;

/// What is scored in a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum SubnetKind {
    /// Releases of models. Their ancestors are paid with them.
    Model,
    /// Releases of datasets. Likewise.
    Dataset,
    /// Whatever contributors do. Follows no pedigree, and has a lower share of the emission at most.
    Service,
}

impl SubnetKind {
    /// The kind of record whose releases are bound.
    pub fn records(self) -> Option<RecordKind> {
        match self {
            Self::Model => Some(RecordKind::Model),
            Self::Dataset => Some(RecordKind::Dataset),
            Self::Service => None,
        }
    }
}

/// A price that rises when it is paid and decays.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Price<BlockNumber> {
    /// What it was in the block [`Price::at`].
    pub amount: Balance,
    /// See there.
    pub at: BlockNumber,
}

impl<BlockNumber: Saturating + UniqueSaturatedInto<u64> + Copy> Price<BlockNumber> {
    /// What it is now, when it halves every `half_life` blocks and is never below `least`. Between two halvings it falls along
    /// a straight line.
    pub fn now(&self, now: BlockNumber, half_life: BlockNumber, least: Balance) -> Balance {
        let elapsed: u64 = now.saturating_sub(self.at).unique_saturated_into();
        let half_life: u64 = half_life.unique_saturated_into();
        let halvings = elapsed.checked_div(half_life).unwrap_or(u64::MAX);
        let amount = u32::try_from(halvings).ok().and_then(|halvings| self.amount.checked_shr(halvings)).unwrap_or(0);
        let beyond = elapsed.checked_rem(half_life).unwrap_or(0);
        let half = amount.checked_div(2).unwrap_or(0);
        let fallen = half.saturating_mul(beyond.into()).checked_div(half_life.into()).unwrap_or(0);
        amount.saturating_sub(fallen).max(least)
    }
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Subnet<AccountId, BlockNumber> {
    /// Who founded it, sets what an owner may set, and has the owner's part.
    pub owner: AccountId,
    /// What is scored.
    pub kind: SubnetKind,
    /// How people call it. Not unique: the id is.
    pub name: RecordName,
    /// The block it was founded in.
    pub founded: BlockNumber,
    /// What is held on the owner's account for its entries.
    pub deposit: Balance,
    /// The epoch that is going on.
    pub epoch: EpochNumber,
    /// The block in which the epoch before ended, or in which it was founded.
    pub last_epoch: BlockNumber,
    /// How many uids were given, the burn slot among them.
    pub uids: u16,
    /// How many of them are neurons' now.
    pub neurons: u16,
    /// How many neurons have an evaluator's permit.
    pub permits: u16,
    /// What a neuron costs.
    pub price: Price<BlockNumber>,
    /// What was given to it to be paid out.
    pub funds: Balance,
    /// The last epoch in which its owner changed a hyperparameter.
    pub changed: Option<EpochNumber>,
    /// Whether it is closed, and only being cleared away.
    pub closed: bool,
    /// How it is set.
    pub hyperparameters: Hyperparameters,
}

/// What an epoch has to know of every seat: small, because it is all in one entry.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Seat<BlockNumber> {
    /// The block in which its neuron became what it is: registered, or bound to another release; or left.
    pub since: BlockNumber,
    /// What its neuron had of the last epoch, incentive and dividends, in 2^-32 of their whole. The lowest is replaced first.
    pub rank: u32,
    /// Whether there is a neuron.
    pub taken: bool,
    /// Whether it may score.
    pub permit: bool,
}

/// A release that is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Binding {
    /// Which.
    pub release: ReleaseId,
    /// Its manifest root, which scores must name.
    pub root: H256,
}

/// A neuron: who sits on a seat.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Neuron<AccountId, BlockNumber> {
    /// Whose it is.
    pub account: AccountId,
    /// The block it was registered in.
    pub registered: BlockNumber,
    /// The release that is scored.
    pub bound: Option<Binding>,
    /// What is held on its account for the neuron.
    pub deposit: Balance,
    /// What is held on its account for what it says as an evaluator.
    pub scores_deposit: Balance,
}

/// A commitment to scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Commit<BlockNumber> {
    /// The epoch it was made in. It can be revealed in the next one.
    pub epoch: EpochNumber,
    /// The block it was made in.
    pub block: BlockNumber,
    /// [`pedigree_primitives::scores_hash`].
    pub hash: H256,
}

/// Scores that were shown.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Scores<BlockNumber> {
    /// The epoch in which they count.
    pub epoch: EpochNumber,
    /// The block in which they were committed to.
    pub made: BlockNumber,
    /// The scores.
    pub row: Row,
}

/// When a subnet's epoch is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Due<BlockNumber> {
    /// Whose.
    pub netuid: NetUid,
    /// From which block on.
    pub at: BlockNumber,
}

/// That a subnet has a part of the emission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Admission<BlockNumber> {
    /// Which.
    pub netuid: NetUid,
    /// What is scored there.
    pub kind: SubnetKind,
    /// Up to which block.
    pub until: BlockNumber,
    /// What it got and did not pay out yet.
    pub pending: Balance,
}

/// Who has an incentive.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Payee<AccountId> {
    /// The release that was bound.
    Release(ReleaseId),
    /// The account of a service.
    Account(AccountId),
}

/// An epoch on its way to those who are paid. Incentive is beside it, because it does not change.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Crediting<AccountId> {
    /// Whose.
    pub netuid: NetUid,
    /// Which.
    pub epoch: EpochNumber,
    /// Who has the owner's part.
    pub owner: AccountId,
    /// That part.
    pub owner_part: Balance,
    /// What nobody earned.
    pub burn: Balance,
    /// What evaluators and those behind them have.
    pub dividends: BoundedVec<(AccountId, Balance), ConstU32<MAX_EVALUATORS>>,
    /// Whether all of the above is done.
    pub dividends_done: bool,
    /// How many incentives are credited.
    pub credited: u32,
}

/// What became of a neuron in an epoch. 65535 is the whole.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct NeuronResult {
    /// The most that enough stake gives it.
    pub consensus: u16,
    /// How much of its scores is within consensus.
    pub trust: u16,
    /// Its part of all incentive.
    pub incentive: u16,
    /// Its part of all dividends.
    pub dividends: u16,
    /// Its part of the stake that counted.
    pub stake: u16,
}

/// What became of an epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct EpochResult<BlockNumber> {
    /// Which.
    pub epoch: EpochNumber,
    /// The block it ended in.
    pub block: BlockNumber,
    /// What it had of the emission.
    pub emission: Balance,
    /// What it had of the subnet's funds.
    pub funds: Balance,
    /// What the owner had.
    pub owner_part: Balance,
    /// What contributors had.
    pub incentive: Balance,
    /// What evaluators and those behind them had.
    pub dividends: Balance,
    /// What nobody earned.
    pub burned: Balance,
    /// How many evaluators had scores in it.
    pub scored: u16,
    /// What became of each neuron, at the place of its uid.
    pub neurons: BoundedVec<NeuronResult, ConstU32<MAX_NEURONS>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_halves_and_stops_at_the_least() {
        let price = Price { amount: 1_000, at: 10u32 };
        let at = |now| price.now(now, 100, 30);
        assert_eq!(at(10), 1_000);
        assert_eq!(at(60), 750);
        assert_eq!(at(110), 500);
        assert_eq!(at(160), 375);
        assert_eq!(at(310), 125);
        assert_eq!(at(10_000), 30);
        assert_eq!(at(u32::MAX), 30);
        assert_eq!(Price::<u32>::default().now(0, 100, 30), 30);
    }

    #[test]
    fn a_price_never_rises_by_itself() {
        let price = Price { amount: 12_345_678, at: 0u32 };
        let prices: Vec<_> = (0..2_000).map(|block| price.now(block, 97, 1)).collect();
        assert!(prices.is_sorted_by(|one, next| one >= next));
    }
}
