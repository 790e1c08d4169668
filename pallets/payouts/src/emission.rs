//! What comes to releases by rule, and matures before it is theirs.
//!
//! What comes is kept by the period it came in, and matures as a whole once the last block of that period is old enough: so a
//! release has few entries, whatever comes how often. What has matured is as if it had been paid then.

use frame_support::{
    ensure,
    traits::{fungible::Mutate, tokens::Preservation, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{
    traits::{Earnings, Registry},
    ReleaseId, Standing,
};
use sp_runtime::{
    traits::{CheckedAdd, SaturatedConversion, Saturating, UniqueSaturatedInto, Zero},
    ArithmeticError, DispatchError, DispatchResult,
};

use crate::{
    types::Maturing, Accounts, BalanceOf, Config, EmissionOf, Emissions, Error, Event, Pallet, TotalOwed, Unsettled,
};

impl<T: Config> Earnings<T::AccountId> for Pallet<T> {
    type Balance = BalanceOf<T>;

    fn credit(from: &T::AccountId, release: ReleaseId, amount: BalanceOf<T>) -> DispatchResult {
        if amount.is_zero() {
            return Ok(());
        }
        ensure!(T::Registry::release_kind(release).is_some(), Error::<T>::UnknownRelease);
        T::Currency::transfer(from, &Self::pot(), amount, Preservation::Preserve)?;
        TotalOwed::<T>::try_mutate(|total| {
            *total = total.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
            Ok::<_, DispatchError>(())
        })?;
        let mut emission = Emissions::<T>::get(release);
        // What is old enough makes room.
        Self::mature_emission(release, &mut emission)?;
        emission.credited = emission.credited.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
        Self::add_maturing(&mut emission, Self::period(Self::now()), amount);
        Emissions::<T>::insert(release, emission);
        Self::deposit_event(Event::EmissionCredited { release, amount });
        Ok(())
    }
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_mature(release: ReleaseId) -> DispatchResult {
        let mut emission = Emissions::<T>::get(release);
        ensure!(!emission.maturing.is_empty(), Error::<T>::NothingMaturing);
        let matured = Self::mature_emission(release, &mut emission)?;
        ensure!(!matured.is_zero(), Error::<T>::NotMature);
        Emissions::<T>::insert(release, emission);
        Ok(())
    }

    /// Moves what is old enough to what was paid to the release. Tells how much.
    fn mature_emission(release: ReleaseId, emission: &mut EmissionOf<T>) -> Result<BalanceOf<T>, DispatchError> {
        let now = Self::now();
        let maturity = Self::maturity(release);
        let mut amount = BalanceOf::<T>::zero();
        emission.maturing.retain(|entry| {
            let mature = Self::matures(entry.period, maturity) <= now;
            if mature {
                amount = amount.saturating_add(entry.amount);
            }
            !mature
        });
        if amount.is_zero() {
            return Ok(amount);
        }
        emission.matured = emission.matured.saturating_add(amount);
        Accounts::<T>::try_mutate(release, |account| {
            account.paid = account.paid.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
            Ok::<_, DispatchError>(())
        })?;
        Unsettled::<T>::insert(release, ());
        Self::deposit_event(Event::EmissionMatured { release, amount });
        Ok(amount)
    }

    fn add_maturing(emission: &mut EmissionOf<T>, period: u32, amount: BalanceOf<T>) {
        if let Some(entry) = emission.maturing.last_mut().filter(|entry| entry.period == period) {
            entry.amount = entry.amount.saturating_add(amount);
        } else if let Err(Maturing { period, amount }) = emission.maturing.try_push(Maturing { period, amount }) {
            // Can't be, as there are not so many periods before the oldest matures. If it were, all would wait for the youngest.
            if let Some(entry) = emission.maturing.last_mut() {
                *entry = Maturing { period, amount: entry.amount.saturating_add(amount) };
            }
        }
    }

    fn period(block: BlockNumberFor<T>) -> u32 {
        let period: u64 = T::MaturityPeriod::get().unique_saturated_into();
        let block: u64 = block.unique_saturated_into();
        block.checked_div(period).unwrap_or(0).saturated_into()
    }

    /// How long what comes to a release now takes to mature.
    pub fn maturity(release: ReleaseId) -> BlockNumberFor<T> {
        match T::Registry::standing(release.record) {
            Some(Standing::Linked) => T::LinkedMaturity::get(),
            _ => T::PlainMaturity::get(),
        }
    }

    /// From which block on what came in a period is mature.
    pub fn matures(period: u32, maturity: BlockNumberFor<T>) -> BlockNumberFor<T> {
        let end = BlockNumberFor::<T>::from(period.saturating_add(1)).saturating_mul(T::MaturityPeriod::get());
        end.saturating_add(maturity)
    }

    /// How many periods' entries a release can have at once.
    pub(crate) fn most_maturing() -> u64 {
        let longest = T::PlainMaturity::get().max(T::LinkedMaturity::get());
        u64::from(Self::period(longest)).saturating_add(3)
    }
}
