//! Fees of sponsored transactions.
//!
//! A fee is taken before the call is looked at, and what it turned out to be too much is given back afterwards. Both go
//! past the beneficiary's account.

use frame_support::traits::{
    fungible::{Balanced, BalancedHold, MutateHold},
    Imbalance,
};
use sp_runtime::{traits::Zero, Saturating};

use crate::{BalanceOf, Config, CreditOf, Error, Event, HoldReason, Pallet, Purse, Sponsorships};

impl<T: Config> Pallet<T> {
    /// Whether the sponsor would pay that fee for a transaction of the beneficiary's.
    pub fn can_charge(sponsor: &T::AccountId, beneficiary: &T::AccountId, fee: BalanceOf<T>) -> Result<(), Error<T>> {
        let mut sponsorship = Self::usable(sponsor, beneficiary)?;
        sponsorship.left.take(Purse::Fees, fee).ok_or(Error::<T>::FeesUsedUp)
    }

    /// Takes that fee from what the sponsor has set aside.
    pub fn charge(
        sponsor: &T::AccountId,
        beneficiary: &T::AccountId,
        fee: BalanceOf<T>,
    ) -> Result<CreditOf<T>, Error<T>> {
        Self::can_charge(sponsor, beneficiary, fee)?;
        // Out of the hold itself: votes may have frozen all that the sponsor has, and a fee is owed all the same.
        let (credit, missing) = T::Currency::slash(&HoldReason::Budget.into(), sponsor, fee);
        if !missing.is_zero() {
            // Cannot be: what is in the purses is held. If it is, nothing was taken that is not put back.
            let _ = T::Currency::resolve(sponsor, credit);
            return Err(Error::<T>::FeesUsedUp);
        }
        Self::take(sponsor, beneficiary, Purse::Fees, fee)?;
        Ok(credit)
    }

    /// Puts back what a fee of `paid` was too much, and sets it aside again. Gives back what the sponsor's account cannot
    /// take.
    pub fn refund(
        sponsor: &T::AccountId,
        beneficiary: &T::AccountId,
        paid: BalanceOf<T>,
        credit: CreditOf<T>,
    ) -> Option<CreditOf<T>> {
        let amount = credit.peek();
        let rest = T::Currency::resolve(sponsor, credit).err();
        if rest.is_none() {
            Sponsorships::<T>::mutate(beneficiary, sponsor, |sponsorship| {
                if let Some(sponsorship) = sponsorship {
                    if T::Currency::hold(&HoldReason::Budget.into(), sponsor, amount).is_ok() {
                        sponsorship.left.fees.saturating_accrue(amount);
                    }
                }
            });
        }
        let given_back = if rest.is_none() { amount } else { Zero::zero() };
        Self::deposit_event(Event::FeePaid {
            sponsor: sponsor.clone(),
            beneficiary: beneficiary.clone(),
            fee: paid.saturating_sub(given_back),
        });
        rest
    }
}
