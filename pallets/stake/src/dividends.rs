//! Dividends come, are spread, and are withdrawn.

use frame_support::{
    ensure,
    storage::with_storage_layer,
    traits::{
        fungible::{Inspect, Mutate},
        tokens::{Fortitude, Precision, Preservation},
        Get,
    },
};
use pedigree_primitives::{traits::Stakes, NetUid};
use sp_arithmetic::Perquintill;
use sp_runtime::{
    traits::{AccountIdConversion, Saturating, Zero},
    DispatchError, DispatchResult, Permill, TokenError,
};

use crate::{
    change::Behind, types::whole_plancks, Balance, Config, Error, Event, Pallet, Place, PoolOf, Pools, Position,
    Positions, TotalOwed, Totals,
};

impl<T: Config> Stakes<T::AccountId> for Pallet<T> {
    type Balance = Balance;

    fn open(netuid: NetUid) {
        Totals::<T>::mutate(netuid, |total| total.get_or_insert_default().averaged = Self::now());
    }

    fn counted(netuid: NetUid, evaluator: &T::AccountId) -> Balance {
        Pools::<T>::get(netuid, evaluator).map_or(0, |pool| pool.counted(Self::epoch(netuid)))
    }

    fn reward(netuid: NetUid, from: &T::AccountId, dividends: &[(T::AccountId, Balance)]) -> Balance {
        // All of it or nothing: what is credited must be in the pot.
        let credited = with_storage_layer(|| {
            let mut credited: Balance = 0;
            for (evaluator, amount) in dividends {
                let place = Place { netuid, evaluator: evaluator.clone() };
                credited = credited.saturating_add(Self::credit(&place, *amount));
            }
            if !credited.is_zero() {
                T::Currency::transfer(from, &Self::pot(), credited, Preservation::Preserve)?;
                TotalOwed::<T>::mutate(|owed| *owed = owed.saturating_add(credited));
            }
            Ok::<_, DispatchError>(credited)
        });
        credited.unwrap_or_default()
    }

    fn end_epoch(netuid: NetUid) {
        Totals::<T>::mutate(netuid, |total| {
            let total = total.get_or_insert_default();
            total.epoch = total.epoch.saturating_add(1);
        });
    }

    fn shares(subnets: &[(NetUid, Perquintill)]) -> alloc::vec::Vec<Perquintill> {
        Self::emission_shares(subnets)
    }
}

impl<T: Config> Pallet<T> {
    /// The account that has what is owed.
    pub fn pot() -> T::AccountId {
        T::PalletId::get().into_account_truncating()
    }

    /// Brings the pot to life, at genesis.
    pub(crate) fn endow() {
        let pot = Self::pot();
        let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::total_balance(&pot));
        if !missing.is_zero() {
            let minted = T::Currency::mint_into(&pot, missing);
            debug_assert!(minted.is_ok(), "an existential deposit fits into what can be issued");
        }
    }

    /// Credits dividends to an evaluator and those behind him. Tells how much: nothing where nothing counts.
    fn credit(place: &Place<T::AccountId>, amount: Balance) -> Balance {
        let Place { netuid, evaluator } = place;
        if amount.is_zero() || !Pools::<T>::contains_key(netuid, evaluator) {
            return 0;
        }
        let mut pool = Self::pool_in(place, Self::epoch(*netuid));
        let take = pool.take.mul_floor(amount);
        if pool.spread(amount.saturating_sub(take)).is_none() {
            return 0;
        }
        pool.take_owed = pool.take_owed.saturating_add(take);
        Pools::<T>::insert(netuid, evaluator, pool);
        let evaluator = evaluator.clone();
        Self::deposit_event(Event::DividendsCredited { netuid: *netuid, evaluator, amount, take });
        amount
    }

    pub(crate) fn do_withdraw_dividends(who: T::AccountId, place: Place<T::AccountId>) -> DispatchResult {
        let Place { netuid, evaluator } = &place;
        let key = (&who, netuid, evaluator);
        let has_position = Positions::<T>::contains_key(key);
        let is_evaluator = who == *evaluator && Pools::<T>::contains_key(netuid, evaluator);
        ensure!(has_position || is_evaluator, Error::<T>::NoPosition);
        let Behind { mut pool, mut position, .. } = Self::behind(&who, &place);
        let take = if is_evaluator { pool.take_owed } else { 0 };
        ensure!(!position.owed.is_zero() || !take.is_zero(), Error::<T>::NoDividends);
        Self::pay_take(&who, &place, &mut pool, take)?;
        Self::pay_position(&who, &place, &mut pool, &mut position)?;
        if has_position {
            Self::store_position(&who, &place, &mut pool, position)?;
        }
        Self::store_pool(&place, pool);
        Ok(())
    }

    /// What a position could withdraw now.
    pub fn dividends(holder: &T::AccountId, place: &Place<T::AccountId>) -> Balance {
        let Place { netuid, evaluator } = place;
        let (Some(mut position), Some(pool)) =
            (Positions::<T>::get((holder, netuid, evaluator)), Pools::<T>::get(netuid, evaluator))
        else {
            return 0;
        };
        let start = Self::start_of(place, &position, &pool);
        Self::bring_forward(&mut position, &pool, Self::epoch(*netuid), start);
        position.owed
    }

    pub(crate) fn do_set_take(evaluator: T::AccountId, netuid: NetUid, take: Permill) -> DispatchResult {
        ensure!(take <= T::MaximumTake::get(), Error::<T>::TakeAboveMaximum);
        let place = Place { netuid, evaluator };
        ensure!(Pools::<T>::contains_key(netuid, &place.evaluator), Error::<T>::NoStakeBehind);
        let mut pool = Self::pool_in(&place, Self::epoch(netuid));
        let now = Self::now();
        let from = if take > pool.take {
            let from = now.saturating_add(T::TakeNotice::get());
            pool.next_take = Some((take, from));
            from
        } else {
            pool.take = take;
            pool.next_take = None;
            now
        };
        Self::store_pool(&place, pool);
        Self::deposit_event(Event::TakeSet { netuid, evaluator: place.evaluator, take, from });
        Ok(())
    }

    /// Pays what a position is owed.
    pub(crate) fn pay_position(
        holder: &T::AccountId,
        place: &Place<T::AccountId>,
        pool: &mut PoolOf<T>,
        position: &mut Position,
    ) -> DispatchResult {
        let amount = position.owed;
        Self::pay_out(holder, place, amount)?;
        position.owed = 0;
        pool.owed = pool.owed.saturating_sub(amount);
        Ok(())
    }

    fn pay_take(
        evaluator: &T::AccountId,
        place: &Place<T::AccountId>,
        pool: &mut PoolOf<T>,
        amount: Balance,
    ) -> DispatchResult {
        Self::pay_out(evaluator, place, amount)?;
        pool.take_owed = pool.take_owed.saturating_sub(amount);
        Ok(())
    }

    fn pay_out(to: &T::AccountId, place: &Place<T::AccountId>, amount: Balance) -> DispatchResult {
        if amount.is_zero() {
            return Ok(());
        }
        T::Currency::transfer(&Self::pot(), to, amount, Preservation::Preserve).map_err(|error| match error {
            DispatchError::Token(TokenError::BelowMinimum | TokenError::CannotCreate) => {
                Error::<T>::BelowExistentialDeposit.into()
            }
            other => other,
        })?;
        TotalOwed::<T>::mutate(|owed| *owed = owed.saturating_sub(amount));
        let Place { netuid, evaluator } = place.clone();
        Self::deposit_event(Event::DividendsWithdrawn { who: to.clone(), netuid, evaluator, amount });
        Ok(())
    }

    /// Burns what a pool without positions still has: what divisions left.
    pub(crate) fn burn_rest(pool: &PoolOf<T>) {
        debug_assert_eq!(pool.owed, whole_plancks(pool.carry), "all that is owed is what was left over");
        let rest = pool.owed;
        let burned = T::Currency::burn_from(
            &Self::pot(),
            rest,
            Preservation::Preserve,
            Precision::BestEffort,
            Fortitude::Polite,
        );
        // What could not be burned is more than is owed, and goes to the treasury.
        debug_assert_eq!(burned, Ok(rest));
        TotalOwed::<T>::mutate(|owed| *owed = owed.saturating_sub(rest));
    }

    /// Moves what somebody sent to the pot to the treasury, so that the pot has what is owed and an existential deposit.
    pub(crate) fn move_surplus() {
        let pot = Self::pot();
        let due = TotalOwed::<T>::get().saturating_add(T::Currency::minimum_balance());
        let surplus = T::Currency::total_balance(&pot).saturating_sub(due);
        if !surplus.is_zero()
            && T::Currency::transfer(&pot, &T::Treasury::get(), surplus, Preservation::Preserve).is_ok()
        {
            Self::deposit_event(Event::SurplusMoved { amount: surplus });
        }
    }
}
