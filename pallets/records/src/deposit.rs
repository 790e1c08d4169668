//! Who pays for the state that a record takes, and how that passes from one to another.
//!
//! A consideration's ticket stores an amount only, not for whom; so a deposit keeps both, and passing it on means
//! giving the former payer's back and taking a new one.

use frame_support::traits::Consideration;
use sp_runtime::{DispatchError, DispatchResult};

use crate::{Config, Deposit, DepositOf, Pallet, Size};

impl<T: Config> Pallet<T> {
    /// Holds from `who` what `size` costs.
    pub(crate) fn take_deposit(who: T::AccountId, size: Size) -> Result<DepositOf<T>, DispatchError> {
        let ticket = T::Consideration::new(&who, size.into())?;
        Ok(Deposit { who, size, ticket })
    }

    /// Gives a deposit back.
    pub(crate) fn return_deposit(deposit: DepositOf<T>) -> DispatchResult {
        deposit.ticket.drop(&deposit.who)
    }

    /// Makes `deposit` one of `who`'s that covers `size` more.
    pub(crate) fn grow_deposit(
        deposit: DepositOf<T>,
        who: &T::AccountId,
        size: Size,
    ) -> Result<DepositOf<T>, DispatchError> {
        let size = deposit.size.plus(size);
        if deposit.who == *who {
            let ticket = deposit.ticket.update(who, size.into())?;
            return Ok(Deposit { ticket, size, who: deposit.who });
        }
        // Taken before the former one is given back: who cannot pay changes nothing.
        let taken = Self::take_deposit(who.clone(), size)?;
        Self::return_deposit(deposit)?;
        Ok(taken)
    }
}
