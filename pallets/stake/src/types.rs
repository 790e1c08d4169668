//! What is stored, and how it is computed with.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use pedigree_primitives::NetUid;
use scale_info::TypeInfo;
use sp_core::U256;
use sp_runtime::Permill;

/// An amount of the token.
pub type Balance = u128;
/// The number of a subnet's epoch, from 0.
pub type EpochNumber = u32;

/// What stands behind an evaluator in a subnet, in this runtime's types.
pub type PoolOf<T> = Pool<frame_system::pallet_prelude::BlockNumberFor<T>>;
/// A part of a holder's stake that is on its way out, in this runtime's types.
pub type UnbondingOf<T> = Unbonding<frame_system::pallet_prelude::BlockNumberFor<T>>;
/// The stake of a subnet, in this runtime's types.
pub type TotalOf<T> = Total<frame_system::pallet_prelude::BlockNumberFor<T>>;

/// How many parts of a planck are told apart: 2^64.
const PARTS: u32 = 64;

/// An amount in parts of a planck.
pub(crate) fn parts(amount: Balance) -> U256 {
    U256::from(amount).checked_mul(U256::from(1u128 << PARTS)).unwrap_or(U256::MAX)
}

/// Whole plancks, and the parts that are left.
fn whole(parts: U256) -> (Balance, u64) {
    let whole = parts.checked_div(U256::from(1u128 << PARTS)).unwrap_or_default();
    (Balance::try_from(whole).unwrap_or(Balance::MAX), parts.low_u64())
}

/// Where stake is: behind whom, in which subnet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Place<AccountId> {
    /// The subnet.
    pub netuid: NetUid,
    /// The evaluator's account.
    pub evaluator: AccountId,
}

/// What stands behind an evaluator in a subnet, and what it earns.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Pool<BlockNumber> {
    /// What counts.
    pub active: Balance,
    /// What was allocated in the epoch [`Pool::pending_since`], and counts from the next one.
    pub pending: Balance,
    /// See there.
    pub pending_since: EpochNumber,
    /// What each planck that counted has earned since the beginning, in 2^-64 of a planck.
    pub per_unit: u128,
    /// What could not be spread evenly yet, in 2^-64 of a planck.
    pub carry: u128,
    /// What the pot owes to the positions, with what is carried.
    pub owed: Balance,
    /// What the pot owes to the evaluator as his take.
    pub take_owed: Balance,
    /// The evaluator's part of the dividends.
    pub take: Permill,
    /// A higher one, and from which block.
    pub next_take: Option<(Permill, BlockNumber)>,
    /// How many positions there are.
    pub positions: u32,
}

impl<BlockNumber> Pool<BlockNumber> {
    /// All stake, whether it counts yet or not.
    pub fn stake(&self) -> Balance {
        self.active.saturating_add(self.pending)
    }

    /// What counts in that epoch.
    pub fn counted(&self, epoch: EpochNumber) -> Balance {
        if self.pending_since < epoch {
            self.stake()
        } else {
            self.active
        }
    }

    /// Spreads dividends over what counts. Nothing if that can't be done: nothing counts.
    pub(crate) fn spread(&mut self, amount: Balance) -> Option<()> {
        let all = parts(amount).checked_add(self.carry.into())?;
        let active = U256::from(self.active);
        let each = u128::try_from(all.checked_div(active)?).ok()?;
        let carry = u128::try_from(all.checked_rem(active)?).ok()?;
        self.per_unit = self.per_unit.checked_add(each)?;
        self.owed = self.owed.checked_add(amount)?;
        self.carry = carry;
        Some(())
    }
}

/// A holder's stake behind one evaluator in one subnet.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Position {
    /// What counts.
    pub active: Balance,
    /// What was allocated in the epoch [`Position::pending_since`], and counts from the next one.
    pub pending: Balance,
    /// See there.
    pub pending_since: EpochNumber,
    /// [`Pool::per_unit`] up to which [`Position::owed`] is reckoned.
    pub per_unit: u128,
    /// What was earned and not withdrawn.
    pub owed: Balance,
    /// What was earned beyond that, in 2^-64 of a planck.
    pub fraction: u64,
    /// What is held for the position's entries.
    pub deposit: Balance,
}

impl Position {
    /// All stake, whether it counts yet or not.
    pub fn stake(&self) -> Balance {
        self.active.saturating_add(self.pending)
    }

    /// Adds what `stake` has earned while a unit's earnings went from `from` to `to`.
    pub(crate) fn earn(&mut self, stake: Balance, from: u128, to: u128) {
        let each = to.saturating_sub(from);
        let earned = U256::from(stake).saturating_mul(each.into()).saturating_add(self.fraction.into());
        let (plancks, fraction) = whole(earned);
        self.owed = self.owed.saturating_add(plancks);
        self.fraction = fraction;
    }
}

/// The end of an epoch in which stake was allocated: where the earnings of that stake begin.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Start {
    /// [`Pool::per_unit`] then; nothing as long as the epoch is going on, or nothing has happened to the pool since.
    pub per_unit: Option<u128>,
    /// How many positions need it.
    pub positions: u32,
}

/// A part of a holder's stake that is on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Unbonding<BlockNumber> {
    /// How much.
    pub amount: Balance,
    /// From which block on it is free.
    pub free_from: BlockNumber,
}

/// The stake of a subnet.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Total<BlockNumber> {
    /// The epoch that is going on.
    pub epoch: EpochNumber,
    /// All of it, whether it counts yet or not.
    pub stake: Balance,
    /// Its moving average, in the block [`Total::averaged`].
    pub average: Balance,
    /// See there.
    pub averaged: BlockNumber,
}

/// What is left of a pool's carry when nobody is there any more for whom it would be spread.
pub(crate) fn whole_plancks(parts: u128) -> Balance {
    whole(U256::from(parts)).0
}
