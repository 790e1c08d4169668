//! Crediting what was paid.
//!
//! An ancestor with the rate `r` has, of all that was ever settled of a descendant, `floor(r * settled)`; the descendant
//! itself has the rest. What a settlement credits is the difference to what was credited before, so it does not matter in
//! how many steps it is done: no sequence of small payments rounds anything away, and all parts together are the payment to
//! the last unit.

use alloc::collections::BTreeMap;

use frame_support::{ensure, traits::Get, weights::Weight};
use pedigree_primitives::{traits::Registry, ReleaseId, RoyaltySplit, MAX_ASKING_ANCESTORS};
use sp_runtime::{
    traits::{SaturatedConversion, Saturating, Zero},
    DispatchError, Permill,
};

use crate::{AccountOf, Accounts, BalanceOf, Config, Error, Event, Pallet, SettledLast, Unsettled, WeightInfo};

/// What ancestors are credited.
type Credits<T> = BTreeMap<ReleaseId, BalanceOf<T>>;

impl<T: Config> Pallet<T> {
    /// What an ancestor with that rate has of all that was settled.
    pub fn part(rate: Permill, settled: BalanceOf<T>) -> BalanceOf<T> {
        rate.mul_floor(settled)
    }

    /// Settles one release. Tells with how many ancestors.
    pub(crate) fn do_settle(release: ReleaseId) -> Result<u32, DispatchError> {
        ensure!(Unsettled::<T>::contains_key(release), Error::<T>::NothingToSettle);
        let split = Self::split(release);
        let mut credits = Credits::<T>::new();
        Self::credit_split(release, &split, &mut credits);
        Self::apply(credits);
        Ok(split.len().saturated_into())
    }

    /// What it takes to see that the next release does not fit any more, and to remember where to go on.
    fn look() -> Weight {
        T::DbWeight::get().reads_writes(3, 1)
    }

    /// Whether any release can be settled within that weight.
    pub(crate) fn settles_one(limit: Weight) -> bool {
        T::WeightInfo::settle_many(1, MAX_ASKING_ANCESTORS).saturating_add(Self::look()).all_lte(limit)
    }

    /// Settles as many releases as fit into that weight, and tells what it took.
    ///
    /// Their ancestors are credited once for all of them, so that it costs little more to settle a thousand fine-tunes of
    /// the same models than to settle one.
    pub(crate) fn settle_within(limit: Weight) -> Weight {
        if !Self::settles_one(limit) {
            return Weight::zero();
        }
        let mut credits = Credits::<T>::new();
        let mut releases = 0u32;
        let mut used = Weight::zero();
        let mut last = SettledLast::<T>::take();
        // From where the block before had no more room, to the end, then from the beginning: whoever makes many releases
        // wait keeps nobody else's waiting for ever. What is settled is not met again.
        let behind = last.map(|last| Unsettled::<T>::iter_keys_from(Unsettled::<T>::hashed_key_for(last)));
        for release in behind.into_iter().flatten().chain(Unsettled::<T>::iter_keys()) {
            let split = Self::split(release);
            let fresh = split.iter().filter(|(ancestor, _)| !credits.contains_key(ancestor)).count();
            let ancestors = credits.len().saturating_add(fresh).saturated_into();
            let with = T::WeightInfo::settle_many(releases.saturating_add(1), ancestors);
            if !with.saturating_add(Self::look()).all_lte(limit) {
                SettledLast::<T>::set(last);
                break;
            }
            last = Some(release);
            releases = releases.saturating_add(1);
            used = with;
            Self::credit_split(release, &split, &mut credits);
        }
        Self::apply(credits);
        used.saturating_add(Self::look())
    }

    fn split(release: ReleaseId) -> RoyaltySplit {
        T::Registry::split(release).unwrap_or_default()
    }

    /// Settles what a release was paid, and adds what its ancestors have of it to what they are credited.
    fn credit_split(release: ReleaseId, split: &RoyaltySplit, credits: &mut Credits<T>) {
        Unsettled::<T>::remove(release);
        let mut account = Accounts::<T>::get(release);
        let (before, after) = (account.settled, account.paid);
        let amount = after.saturating_sub(before);
        let mut own = amount;
        for (ancestor, rate) in split.iter() {
            let part = Self::part(rate, after).saturating_sub(Self::part(rate, before));
            own = own.saturating_sub(part);
            let credit = credits.entry(ancestor).or_default();
            *credit = credit.saturating_add(part);
        }
        account.settled = after;
        Self::credit(&mut account, own);
        Accounts::<T>::insert(release, account);
        Self::deposit_event(Event::Settled { release, amount, settled: after });
    }

    fn apply(credits: Credits<T>) {
        for (ancestor, credit) in credits {
            if !credit.is_zero() {
                Accounts::<T>::mutate(ancestor, |account| Self::credit(account, credit));
            }
        }
    }

    fn credit(account: &mut AccountOf<T>, amount: BalanceOf<T>) {
        account.owed = account.owed.saturating_add(amount);
        account.credited = Self::now();
    }
}
