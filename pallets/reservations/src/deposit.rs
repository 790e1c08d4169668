//! Deposits: held when something is reserved, given back when it is revealed or given up, partly burned when it is left.

use frame_support::{
    dispatch::DispatchResult,
    traits::{
        fungible::MutateHold,
        tokens::{Fortitude, Precision},
        Get,
    },
};
use sp_runtime::{DispatchError, Saturating};

use crate::{BalanceOf, Config, Error, HoldReason, Pallet};

// Releasing and burning take what is there at most: a deposit that is not whole any more, for whatever reason, must not
// keep a reservation from being used or removed.
impl<T: Config> Pallet<T> {
    /// Holds `deposit` on the account of `who`.
    pub(crate) fn hold_deposit(who: &T::AccountId, deposit: BalanceOf<T>) -> DispatchResult {
        T::Currency::hold(&HoldReason::Reservation.into(), who, deposit)
            .map_err(|_| Error::<T>::DepositUnaffordable.into())
    }

    /// Gives `deposit` back to `who`.
    pub(crate) fn return_deposit(who: &T::AccountId, deposit: BalanceOf<T>) -> DispatchResult {
        T::Currency::release(&HoldReason::Reservation.into(), who, deposit, Precision::BestEffort).map(|_| ())
    }

    /// Burns the penalty out of `deposit`, gives the rest back to `who`, and tells how much was burned.
    pub(crate) fn forfeit_deposit(who: &T::AccountId, deposit: BalanceOf<T>) -> Result<BalanceOf<T>, DispatchError> {
        let penalty = T::ExpiryPenalty::get().mul_floor(deposit);
        let burned = T::Currency::burn_held(
            &HoldReason::Reservation.into(),
            who,
            penalty,
            Precision::BestEffort,
            Fortitude::Force,
        )?;
        Self::return_deposit(who, deposit.saturating_sub(penalty))?;
        Ok(burned)
    }
}
