//! Who pays for what an account does, as the pallets that take the money ask it.

use frame_support::traits::{fungible::MutateHold, tokens::Precision, Footprint};
use pedigree_primitives::traits::{Payer, StatePayer};
use sp_runtime::{traits::Convert, DispatchError, Saturating};

use crate::{BalanceOf, Config, Doing, Event, HoldReason, Pallet, Purse};

impl<T: Config> Pallet<T> {
    /// Draws on the sponsor of `who`, if a sponsored call of his is being done: `amount` is free on that account now, and
    /// no longer in the purse.
    pub(crate) fn draw(who: &T::AccountId, purse: Purse, amount: BalanceOf<T>) -> Result<T::AccountId, DispatchError> {
        let Some(mut doing) = Doing::<T>::get().filter(|doing| doing.beneficiary == *who) else {
            return Ok(who.clone());
        };
        doing.draws.saturating_inc();
        Doing::<T>::put(&doing);
        let sponsor = doing.sponsor;
        Self::take(&sponsor, who, purse, amount)?;
        T::Currency::release(&HoldReason::Budget.into(), &sponsor, amount, Precision::Exact)?;
        Self::deposit_event(Event::Drawn { sponsor: sponsor.clone(), beneficiary: who.clone(), purse, amount });
        Ok(sponsor)
    }
}

impl<T: Config> Payer<T::AccountId, BalanceOf<T>> for Pallet<T> {
    fn deposit(who: &T::AccountId, amount: BalanceOf<T>) -> Result<T::AccountId, DispatchError> {
        Self::draw(who, Purse::Deposits, amount)
    }

    fn price(who: &T::AccountId, amount: BalanceOf<T>) -> Result<T::AccountId, DispatchError> {
        Self::draw(who, Purse::Names, amount)
    }
}

impl<T: Config> StatePayer<T::AccountId> for Pallet<T> {
    fn is_sponsored(who: &T::AccountId) -> bool {
        Doing::<T>::get().is_some_and(|doing| doing.beneficiary == *who)
    }

    fn state(who: &T::AccountId, items: u64, bytes: u64) -> Result<T::AccountId, DispatchError> {
        Self::draw(who, Purse::Deposits, T::StoragePrice::convert(Footprint { count: items, size: bytes }))
    }
}
