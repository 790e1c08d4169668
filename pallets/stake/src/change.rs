//! Stake comes, moves and goes.
//!
//! Everything that was earned with the stake as it is is reckoned before it changes.

use frame_support::{
    ensure,
    traits::{fungible::MutateHold, tokens::Precision, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{
    traits::{SubnetPhase, Subnets},
    NetUid,
};
use sp_runtime::{
    traits::{Saturating, Zero},
    DispatchError, DispatchResult, Permill,
};

use crate::{
    Balance, Config, EpochNumber, Error, Event, HoldReason, Pallet, Place, PoolOf, Pools, Position, Positions, Starts,
    Totals, Unbonding, Unbondings,
};

/// A position and the pool that it is part of, as they are in that epoch.
pub(crate) struct Behind<T: Config> {
    pub(crate) epoch: EpochNumber,
    pub(crate) pool: PoolOf<T>,
    pub(crate) position: Position,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_allocate(
        holder: T::AccountId,
        place: Place<T::AccountId>,
        amount: Balance,
        accepted_take: Permill,
    ) -> DispatchResult {
        let epoch = Self::put_in(&holder, &place, amount, accepted_take)?;
        Self::hold(&holder, HoldReason::Stake, amount)?;
        let Place { netuid, evaluator } = place;
        let counts_from = epoch.saturating_add(1);
        Self::deposit_event(Event::Allocated { holder, netuid, evaluator, amount, counts_from });
        Ok(())
    }

    pub(crate) fn do_move(
        holder: T::AccountId,
        from: Place<T::AccountId>,
        to: Place<T::AccountId>,
        amount: Balance,
        accepted_take: Permill,
    ) -> DispatchResult {
        ensure!(from != to, Error::<T>::SamePlace);
        Self::take_out(&holder, &from, amount)?;
        let epoch = Self::put_in(&holder, &to, amount, accepted_take)?;
        Self::deposit_event(Event::Moved { holder, from, to, amount, counts_from: epoch.saturating_add(1) });
        Ok(())
    }

    pub(crate) fn do_unbond(holder: T::AccountId, place: Place<T::AccountId>, amount: Balance) -> DispatchResult {
        let now = Self::now();
        Self::take_out(&holder, &place, amount)?;
        // Of a closed subnet, too: else one would be founded and closed by whoever does not want to wait.
        let free_from = now.saturating_add(T::UnbondingPeriod::get());
        Unbondings::<T>::try_mutate(&holder, |unbondings| {
            unbondings.try_push(Unbonding { amount, free_from }).map_err(|_| Error::<T>::TooManyUnbonding)
        })?;
        let Place { netuid, evaluator } = place;
        Self::deposit_event(Event::Unbonded { holder, netuid, evaluator, amount, free_from });
        Ok(())
    }

    pub(crate) fn do_withdraw_unbonded(holder: T::AccountId) -> DispatchResult {
        let now = Self::now();
        let mut unbondings = Unbondings::<T>::get(&holder);
        ensure!(!unbondings.is_empty(), Error::<T>::NothingUnbonding);
        let mut amount: Balance = 0;
        unbondings.retain(|unbonding| {
            let due = unbonding.free_from <= now;
            if due {
                amount = amount.saturating_add(unbonding.amount);
            }
            !due
        });
        ensure!(!amount.is_zero(), Error::<T>::StillUnbonding);
        if unbondings.is_empty() {
            Unbondings::<T>::remove(&holder);
        } else {
            Unbondings::<T>::insert(&holder, unbondings);
        }
        Self::release(&holder, HoldReason::Stake, amount)?;
        Self::deposit_event(Event::Freed { holder, amount });
        Ok(())
    }

    /// What the subnet is doing, unless whose stake it is must not change now.
    fn phase(netuid: NetUid) -> Result<SubnetPhase, DispatchError> {
        let phase = T::Subnets::phase(netuid).ok_or(Error::<T>::UnknownSubnet)?;
        ensure!(phase != SubnetPhase::Crediting, Error::<T>::EpochBeingCredited);
        Ok(phase)
    }

    /// Adds to a position, or makes it. Tells in which epoch.
    fn put_in(
        holder: &T::AccountId,
        place: &Place<T::AccountId>,
        amount: Balance,
        accepted_take: Permill,
    ) -> Result<EpochNumber, DispatchError> {
        ensure!(!amount.is_zero(), Error::<T>::NothingToChange);
        let Place { netuid, evaluator } = place;
        ensure!(Self::phase(*netuid)? == SubnetPhase::Open, Error::<T>::SubnetClosed);
        ensure!(T::Subnets::has_neuron(*netuid, evaluator), Error::<T>::NotANeuron);
        let Behind { epoch, mut pool, mut position } = Self::behind(holder, place);
        let announced = pool.next_take.map_or(pool.take, |(next, _)| next.max(pool.take));
        ensure!(announced <= accepted_take, Error::<T>::TakeNotAccepted);

        if position.stake().is_zero() {
            // Also where dividends were left in a position without stake: its deposit is there already.
            if position.deposit.is_zero() {
                let deposit = T::PositionDeposit::get();
                Self::hold(holder, HoldReason::Position, deposit)?;
                position.deposit = deposit;
                pool.positions = pool.positions.saturating_add(1);
            }
        }
        if position.pending.is_zero() {
            Starts::<T>::mutate((netuid, evaluator, epoch), |start| {
                let start = start.get_or_insert_default();
                start.positions = start.positions.saturating_add(1);
            });
            position.pending_since = epoch;
        }
        position.pending = position.pending.saturating_add(amount);
        pool.pending = pool.pending.saturating_add(amount);
        pool.pending_since = epoch;
        ensure!(position.stake() >= T::MinimumStake::get(), Error::<T>::BelowMinimumStake);

        Pools::<T>::insert(netuid, evaluator, pool);
        Positions::<T>::insert((holder, netuid, evaluator), position);
        Self::change_total(*netuid, |stake| stake.saturating_add(amount));
        Ok(epoch)
    }

    /// Takes from a position, first what does not count yet; removes it with the last of it. Tells what the subnet is doing.
    fn take_out(holder: &T::AccountId, place: &Place<T::AccountId>, amount: Balance) -> DispatchResult {
        ensure!(!amount.is_zero(), Error::<T>::NothingToChange);
        let Place { netuid, evaluator } = place;
        Self::phase(*netuid)?;
        ensure!(Positions::<T>::contains_key((holder, netuid, evaluator)), Error::<T>::NoPosition);
        let Behind { mut pool, mut position, .. } = Self::behind(holder, place);
        let left = position.stake().checked_sub(amount).ok_or(Error::<T>::MoreThanStaked)?;
        ensure!(left.is_zero() || left >= T::MinimumStake::get(), Error::<T>::BelowMinimumStake);

        let pending = amount.min(position.pending);
        let active = amount.saturating_sub(pending);
        if !pending.is_zero() {
            position.pending = position.pending.saturating_sub(pending);
            pool.pending = pool.pending.saturating_sub(pending);
            if position.pending.is_zero() {
                Self::forget_start(place, position.pending_since);
            }
        }
        position.active = position.active.saturating_sub(active);
        pool.active = pool.active.saturating_sub(active);
        Self::change_total(*netuid, |stake| stake.saturating_sub(amount));
        if left.is_zero() {
            // Dividends that can't be paid, for whatever reason, must not keep stake from leaving: they wait.
            let _ = Self::pay_position(holder, place, &mut pool, &mut position);
        }
        Self::store_position(holder, place, &mut pool, position)?;
        Self::store_pool(place, pool);
        Ok(())
    }

    /// A position and its pool with everything reckoned that happened since they were stored. Not stored yet, except that an
    /// epoch's end is written down, or forgotten if nobody else needs it.
    pub(crate) fn behind(holder: &T::AccountId, place: &Place<T::AccountId>) -> Behind<T> {
        let Place { netuid, evaluator } = place;
        let epoch = Self::epoch(*netuid);
        let pool = Self::pool_in(place, epoch);
        let mut position = Positions::<T>::get((holder, netuid, evaluator)).unwrap_or_default();
        let start = Self::start_of(place, &position, &pool);
        let began = !position.pending.is_zero() && position.pending_since < epoch;
        Self::bring_forward(&mut position, &pool, epoch, start);
        if began {
            Self::forget_start(place, position.pending_since);
        }
        Behind { epoch, pool, position }
    }

    /// A pool as it is in that epoch: what was pending before counts, and where its earnings begin is written down.
    pub(crate) fn pool_in(place: &Place<T::AccountId>, epoch: EpochNumber) -> PoolOf<T> {
        let Place { netuid, evaluator } = place;
        let stored = Pools::<T>::get(netuid, evaluator);
        let mut pool = stored.unwrap_or_else(|| PoolOf::<T> { take: T::DefaultTake::get(), ..Default::default() });
        if !pool.pending.is_zero() && pool.pending_since < epoch {
            Starts::<T>::mutate((netuid, evaluator, pool.pending_since), |start| {
                if let Some(start) = start {
                    start.per_unit = Some(pool.per_unit);
                }
            });
            // Stored at once: who reads the pool again before it is stored must not write another end down.
            pool.active = pool.stake();
            pool.pending = 0;
            Pools::<T>::insert(netuid, evaluator, pool);
        }
        if let Some((take, from)) = pool.next_take {
            if from <= Self::now() {
                pool.take = take;
                pool.next_take = None;
            }
        }
        pool
    }

    /// Where the earnings of what is pending in a position begin, if they have begun.
    pub(crate) fn start_of(place: &Place<T::AccountId>, position: &Position, pool: &PoolOf<T>) -> u128 {
        let start = Starts::<T>::get((place.netuid, &place.evaluator, position.pending_since));
        start.and_then(|start| start.per_unit).unwrap_or(pool.per_unit)
    }

    /// Reckons what a position has earned; what was pending before that epoch counts.
    pub(crate) fn bring_forward(position: &mut Position, pool: &PoolOf<T>, epoch: EpochNumber, start: u128) {
        position.earn(position.active, position.per_unit, pool.per_unit);
        if !position.pending.is_zero() && position.pending_since < epoch {
            position.earn(position.pending, start, pool.per_unit);
            position.active = position.stake();
            position.pending = 0;
        }
        position.per_unit = pool.per_unit;
    }

    /// A position does not need the end of that epoch any more.
    fn forget_start(place: &Place<T::AccountId>, epoch: EpochNumber) {
        Starts::<T>::mutate_exists((place.netuid, &place.evaluator, epoch), |start| {
            if let Some(known) = start {
                known.positions = known.positions.saturating_sub(1);
                if known.positions.is_zero() {
                    *start = None;
                }
            }
        });
    }

    /// Stores a position; one with neither stake nor dividends goes, and its deposit comes back.
    pub(crate) fn store_position(
        holder: &T::AccountId,
        place: &Place<T::AccountId>,
        pool: &mut PoolOf<T>,
        position: Position,
    ) -> DispatchResult {
        let key = (holder, place.netuid, &place.evaluator);
        if position.stake().is_zero() && position.owed.is_zero() {
            pool.carry = pool.carry.saturating_add(position.fraction.into());
            pool.positions = pool.positions.saturating_sub(1);
            Positions::<T>::remove(key);
            return Self::release(holder, HoldReason::Position, position.deposit);
        }
        Positions::<T>::insert(key, position);
        Ok(())
    }

    /// Stores a pool; one that nobody needs any more goes, and what nobody is left to have of it is burned.
    pub(crate) fn store_pool(place: &Place<T::AccountId>, pool: PoolOf<T>) {
        if pool.positions.is_zero() && pool.take_owed.is_zero() {
            Self::burn_rest(&pool);
            Pools::<T>::remove(place.netuid, &place.evaluator);
        } else {
            Pools::<T>::insert(place.netuid, &place.evaluator, pool);
        }
    }

    /// The epoch that is going on in a subnet.
    pub(crate) fn epoch(netuid: NetUid) -> EpochNumber {
        Totals::<T>::get(netuid).map_or(0, |total| total.epoch)
    }

    fn hold(who: &T::AccountId, reason: HoldReason, amount: Balance) -> DispatchResult {
        T::Currency::hold(&reason.into(), who, amount).map_err(|_| Error::<T>::StakeUnaffordable.into())
    }

    /// Ends a hold. Takes what is there at most: whatever happened to it, it must not keep stake from leaving.
    fn release(who: &T::AccountId, reason: HoldReason, amount: Balance) -> DispatchResult {
        T::Currency::release(&reason.into(), who, amount, Precision::BestEffort).map(drop)
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        frame_system::Pallet::<T>::block_number()
    }
}
