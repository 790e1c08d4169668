//! What holds between any two blocks.

use alloc::collections::BTreeMap;

use frame_support::{
    ensure,
    traits::{fungible::Inspect, Get},
};
use pedigree_primitives::{traits::Registry, ReleaseId};
use sp_runtime::{
    traits::{SaturatedConversion, Saturating},
    TryRuntimeError,
};

use crate::{Accounts, BalanceOf, Config, Emissions, Pallet, Payments, TotalOwed, Unsettled};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet:
    ///
    /// * the pot has what is owed and an existential deposit, to the last unit;
    /// * what a release earned, whatever became of it, is the sum of its parts of everything that was ever settled;
    /// * of the emission of a release, all that has not matured is maturing, in the order in which it came;
    /// * what waits to be settled is marked so, and nothing else is;
    /// * as many payments are kept as were made, up to the history's length.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut earned = BTreeMap::<ReleaseId, BalanceOf<T>>::new();
        let mut total = BalanceOf::<T>::default();
        for (release, account) in Accounts::<T>::iter() {
            let split = T::Registry::split(release).ok_or("an account of a release that is not there")?;
            ensure!(account.settled <= account.paid, "more is settled than was paid");
            let unsettled = account.paid.saturating_sub(account.settled);
            total = total.saturating_add(unsettled).saturating_add(account.owed);
            let waits = account.settled < account.paid;
            ensure!(Unsettled::<T>::contains_key(release) == waits, "unsettled is not what waits to be settled");

            let mut own = account.settled;
            for (ancestor, rate) in split.iter() {
                let part = Self::part(rate, account.settled);
                own = own.saturating_sub(part);
                let entry = earned.entry(ancestor).or_default();
                *entry = entry.saturating_add(part);
            }
            let entry = earned.entry(release).or_default();
            *entry = entry.saturating_add(own);

            let kept: u64 = Payments::<T>::iter_prefix(release).count().saturated_into();
            ensure!(kept == account.payments.min(T::History::get().into()), "payments are missing or too many");
        }
        for (release, _) in Payments::<T>::iter_keys() {
            ensure!(Accounts::<T>::contains_key(release), "a payment to a release that has no account");
        }
        for release in Unsettled::<T>::iter_keys() {
            ensure!(Accounts::<T>::contains_key(release), "a release waits to be settled that has no account");
        }
        for (release, earned) in earned {
            let account = Accounts::<T>::get(release);
            let has = account.owed.saturating_add(account.withdrawn).saturating_add(account.expired);
            ensure!(has == earned, "what a release earned is not the sum of its parts");
        }
        for (release, emission) in Emissions::<T>::iter() {
            ensure!(T::Registry::release_kind(release).is_some(), "emission of a release that is not there");
            let maturing =
                emission.maturing.iter().fold(BalanceOf::<T>::default(), |sum, entry| sum.saturating_add(entry.amount));
            total = total.saturating_add(maturing);
            let both = emission.matured.saturating_add(maturing);
            ensure!(both == emission.credited, "emission has neither matured nor is it maturing");
            ensure!(emission.matured <= Accounts::<T>::get(release).paid, "what matured was not paid");
            let rises = emission.maturing.is_sorted_by(|one, next| one.period < next.period);
            ensure!(rises, "emission does not mature in the order in which it came");
        }
        ensure!(TotalOwed::<T>::get() == total, "the total is not the sum of what is owed");
        let pot = T::Currency::total_balance(&Self::pot());
        let due = total.saturating_add(T::Currency::minimum_balance());
        ensure!(pot == due, "the pot has something else than what is owed and an existential deposit");
        Ok(())
    }
}
