//! What holds between any two blocks.

use alloc::collections::BTreeMap;

use frame_support::{
    ensure,
    traits::{
        fungible::{Inspect, InspectHold},
        Get,
    },
};
use pedigree_primitives::NetUid;
use sp_core::U256;
use sp_runtime::TryRuntimeError;

use crate::{
    types::parts, Balance, Config, EpochNumber, HoldReason, Pallet, Place, Pools, Position, Positions, Starts,
    TotalOwed, Totals, Unbondings,
};

/// What the positions behind an evaluator come to.
#[derive(Default)]
struct Sum {
    active: Balance,
    pending: Balance,
    /// In 2^-64 of a planck.
    owed: U256,
    positions: u32,
}

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet:
    ///
    /// * the pot has what is owed and an existential deposit, to the last unit;
    /// * what is owed for an evaluator is what the positions behind him have and what is left over, to 2^-64 of a planck;
    /// * what is held on an account is its positions, what is unbonding, and its deposits;
    /// * a subnet's stake is that of its evaluators, and theirs that of the positions;
    /// * an epoch's end is remembered as long as, and only if, positions need it.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut sums = BTreeMap::<(NetUid, T::AccountId), Sum>::new();
        let mut held = BTreeMap::<T::AccountId, (Balance, Balance)>::new();
        let mut needed = BTreeMap::<(NetUid, T::AccountId, EpochNumber), u32>::new();
        for ((holder, netuid, evaluator), position) in Positions::<T>::iter() {
            let place = Place { netuid, evaluator: evaluator.clone() };
            if position.stake() == 0 {
                ensure!(position.owed > 0, "a position without stake or dividends");
            } else {
                ensure!(position.stake() >= T::MinimumStake::get(), "a position below the minimum stake");
            }
            if position.pending > 0 {
                let count = needed.entry((netuid, evaluator.clone(), position.pending_since)).or_default();
                *count = count.saturating_add(1);
            }
            let (stake, deposits) = held.entry(holder).or_default();
            *stake = stake.saturating_add(position.stake());
            *deposits = deposits.saturating_add(position.deposit);
            Self::add(sums.entry((netuid, evaluator)).or_default(), &place, position)?;
        }
        for (holder, unbondings) in Unbondings::<T>::iter() {
            ensure!(!unbondings.is_empty(), "nothing is unbonding, and it is stored");
            let (stake, _) = held.entry(holder).or_default();
            *stake = unbondings.iter().fold(*stake, |sum, unbonding| sum.saturating_add(unbonding.amount));
        }
        for (holder, (stake, deposits)) in held {
            let on_hold = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &holder);
            ensure!(on_hold(HoldReason::Stake) == stake, "what is held is not what is staked or unbonding");
            ensure!(on_hold(HoldReason::Position) == deposits, "what is held is not the deposits of the positions");
        }

        let mut stakes = BTreeMap::<NetUid, Balance>::new();
        let mut owed: Balance = 0;
        for (netuid, evaluator, pool) in Pools::<T>::iter() {
            let sum = sums.remove(&(netuid, evaluator)).unwrap_or_default();
            ensure!(sum.positions == pool.positions, "there are not as many positions as the pool says");
            ensure!(pool.positions > 0 || pool.take_owed > 0, "a pool that nobody needs");
            ensure!(sum.active.saturating_add(sum.pending) == pool.stake(), "a pool's stake is not its positions'");
            let epoch = Self::epoch(netuid);
            let counted = if pool.pending_since < epoch { pool.stake() } else { pool.active };
            ensure!(sum.active == counted, "what counts in a pool is not what counts in its positions");
            let due = sum.owed.saturating_add(pool.carry.into());
            ensure!(due == parts(pool.owed), "what is owed is not what the positions have and what is left over");
            owed = owed.saturating_add(pool.owed).saturating_add(pool.take_owed);
            let stake = stakes.entry(netuid).or_default();
            *stake = stake.saturating_add(pool.stake());
        }
        ensure!(sums.is_empty(), "a position without a pool");
        for (netuid, total) in Totals::<T>::iter() {
            let stake = stakes.remove(&netuid).unwrap_or_default();
            ensure!(total.stake == stake, "a subnet's stake is not its evaluators'");
        }
        ensure!(stakes.is_empty(), "stake in a subnet without an entry");
        for ((netuid, evaluator, epoch), start) in Starts::<T>::iter() {
            let count = needed.remove(&(netuid, evaluator, epoch));
            ensure!(count == Some(start.positions), "an epoch's end that not so many positions need");
        }
        ensure!(needed.is_empty(), "a position's epoch has no end to be written down");

        ensure!(TotalOwed::<T>::get() == owed, "the total is not the sum of what is owed");
        let pot = T::Currency::total_balance(&Self::pot());
        let due = owed.saturating_add(T::Currency::minimum_balance());
        ensure!(pot == due, "the pot has something else than what is owed and an existential deposit");
        Ok(())
    }

    /// Adds a position, as it is now, to what its evaluator's positions come to.
    fn add(sum: &mut Sum, place: &Place<T::AccountId>, mut position: Position) -> Result<(), TryRuntimeError> {
        let pool = Pools::<T>::get(place.netuid, &place.evaluator).ok_or("a position without a pool")?;
        let start = Self::start_of(place, &position, &pool);
        Self::bring_forward(&mut position, &pool, Self::epoch(place.netuid), start);
        sum.active = sum.active.saturating_add(position.active);
        sum.pending = sum.pending.saturating_add(position.pending);
        sum.owed = sum.owed.saturating_add(parts(position.owed)).saturating_add(position.fraction.into());
        sum.positions = sum.positions.saturating_add(1);
        Ok(())
    }
}
