//! Sponsorships: how they begin and end, and what is left of them.

use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{
        fungible::{Inspect, Mutate, MutateHold},
        tokens::{Precision, Preservation},
        Consideration, Footprint, Get,
    },
    weights::Weight,
};
use sp_runtime::{
    traits::{BlockNumberProvider, Zero},
    DispatchError, Saturating,
};

use crate::{
    BalanceOf, Config, Current, Doing, Error, Event, HoldReason, LimitsOf, Pallet, Purse, Sponsorship, SponsorshipOf,
    Sponsorships, WeightInfo,
};

/// Bytes of a key: the 32 of its prefix, and of each account a 16-byte hash before it.
const KEY: usize = 32 + 2 * (16 + 32);

impl<T: Config> Pallet<T> {
    /// What a sponsored call that draws so often weighs beside the call in it.
    pub(crate) fn around(draws: u32) -> Weight {
        T::WeightInfo::dispatch()
            .saturating_add(T::WeightInfo::charge())
            .saturating_add(T::WeightInfo::draw().saturating_mul(draws.into()))
    }

    /// What a sponsorship takes of everybody's storage.
    fn footprint() -> Footprint {
        let value = <SponsorshipOf<T> as codec::MaxEncodedLen>::max_encoded_len();
        Footprint::from_parts(1, KEY.saturating_add(value))
    }

    pub(crate) fn do_open(sponsor: T::AccountId, beneficiary: T::AccountId, limits: LimitsOf<T>) -> DispatchResult {
        ensure!(sponsor != beneficiary, Error::<T>::SelfSponsored);
        ensure!(!Sponsorships::<T>::contains_key(&beneficiary, &sponsor), Error::<T>::AlreadySponsored);
        ensure!(limits.calls > 0 && !limits.fees.is_zero(), Error::<T>::NothingAllowed);
        let now = T::BlockNumberProvider::current_block_number();
        ensure!(now < limits.until, Error::<T>::AlreadyPast);
        ensure!(limits.until.saturating_sub(now) <= T::MaxDuration::get(), Error::<T>::TooLong);

        if !frame_system::Pallet::<T>::account_exists(&beneficiary) {
            let gift = T::Currency::minimum_balance();
            T::Currency::transfer(&sponsor, &beneficiary, gift, Preservation::Preserve)
                .map_err(|_| Error::<T>::BudgetUnaffordable)?;
        }
        let budget = limits.budget().ok_or(Error::<T>::BudgetUnaffordable)?;
        T::Currency::hold(&HoldReason::Budget.into(), &sponsor, budget).map_err(|_| Error::<T>::BudgetUnaffordable)?;
        let ticket = T::Consideration::new(&sponsor, Self::footprint()).map_err(|_| Error::<T>::BudgetUnaffordable)?;
        Sponsorships::<T>::insert(&beneficiary, &sponsor, Sponsorship { left: limits, ticket });
        Self::deposit_event(Event::Opened { sponsor, beneficiary, limits });
        Ok(())
    }

    /// Ends a sponsorship, and tells what came back beside the deposit for the entry.
    pub(crate) fn remove(sponsor: &T::AccountId, beneficiary: &T::AccountId) -> Result<BalanceOf<T>, DispatchError> {
        let sponsorship = Sponsorships::<T>::take(beneficiary, sponsor).ok_or(Error::<T>::NotSponsored)?;
        sponsorship.ticket.drop(sponsor)?;
        // What is there at most: money that is missing, for whatever reason, must not keep the rest.
        let budget = sponsorship.left.budget().unwrap_or_else(Zero::zero);
        T::Currency::release(&HoldReason::Budget.into(), sponsor, budget, Precision::BestEffort)
    }

    pub(crate) fn sponsorship_of(
        sponsor: &T::AccountId,
        beneficiary: &T::AccountId,
    ) -> Result<SponsorshipOf<T>, Error<T>> {
        Sponsorships::<T>::get(beneficiary, sponsor).ok_or(Error::<T>::NotSponsored)
    }

    /// Whether its last block has not passed.
    pub(crate) fn is_usable(sponsorship: &SponsorshipOf<T>) -> bool {
        T::BlockNumberProvider::current_block_number() <= sponsorship.left.until
    }

    /// A sponsorship that can be used for one call more.
    pub(crate) fn usable(sponsor: &T::AccountId, beneficiary: &T::AccountId) -> Result<SponsorshipOf<T>, Error<T>> {
        let sponsorship = Self::sponsorship_of(sponsor, beneficiary)?;
        ensure!(Self::is_usable(&sponsorship), Error::<T>::Expired);
        ensure!(sponsorship.left.calls > 0, Error::<T>::NoCallsLeft);
        Ok(sponsorship)
    }

    /// Begins a sponsored call: from here on who asks the beneficiary for money asks the sponsor.
    pub(crate) fn begin(sponsor: &T::AccountId, beneficiary: &T::AccountId) -> DispatchResult {
        ensure!(!Doing::<T>::exists(), Error::<T>::Nested);
        let mut sponsorship = Self::usable(sponsor, beneficiary)?;
        sponsorship.left.calls.saturating_dec();
        Sponsorships::<T>::insert(beneficiary, sponsor, sponsorship);
        Doing::<T>::put(Current { beneficiary: beneficiary.clone(), sponsor: sponsor.clone(), draws: 0 });
        Ok(())
    }

    /// Takes `amount` out of a purse of the sponsorship, and off what is held for it.
    pub(crate) fn take(
        sponsor: &T::AccountId,
        beneficiary: &T::AccountId,
        purse: Purse,
        amount: BalanceOf<T>,
    ) -> Result<(), Error<T>> {
        let mut sponsorship = Self::sponsorship_of(sponsor, beneficiary)?;
        sponsorship.left.take(purse, amount).ok_or(match purse {
            Purse::Fees => Error::<T>::FeesUsedUp,
            Purse::Names => Error::<T>::NamesUsedUp,
            Purse::Deposits => Error::<T>::DepositsUsedUp,
        })?;
        Sponsorships::<T>::insert(beneficiary, sponsor, sponsorship);
        Ok(())
    }
}
