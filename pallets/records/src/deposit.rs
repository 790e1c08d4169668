//! Who pays for the state that a record takes, and how that passes from one to another.
//!
//! A consideration's ticket stores an amount only, not for whom; so a deposit keeps both, and passing it on means
//! giving the former payer's back and taking a new one.

use frame_support::traits::Consideration;
use pedigree_primitives::{traits::StatePayer, ReleaseId};
use sp_runtime::{DispatchError, DispatchResult};

use crate::{CatalogueDeposits, Config, Deposit, DepositOf, Pallet, RecordOf, Size};

impl<T: Config> Pallet<T> {
    /// Holds what `size` costs: from `who`, or in a sponsored call from his sponsor.
    pub(crate) fn take_deposit(who: &T::AccountId, size: Size) -> Result<DepositOf<T>, DispatchError> {
        let payer = T::Payer::state(who, size.items.into(), size.bytes)?;
        let ticket = T::Consideration::new(&payer, size.into())?;
        Ok(Deposit { who: payer, size, ticket })
    }

    /// Takes the deposit for a release that `who` registered. A sponsor's is kept apart from the record's: he pays for
    /// what he sponsored, and neither takes over nor loses to the owner's next step what is there already.
    pub(crate) fn pay_for_release(
        id: ReleaseId,
        stored: RecordOf<T>,
        who: &T::AccountId,
        size: Size,
    ) -> Result<RecordOf<T>, DispatchError> {
        if T::Payer::is_sponsored(who) {
            CatalogueDeposits::<T>::insert(id, Self::take_deposit(who, size)?);
            return Ok(stored);
        }
        Ok(RecordOf::<T> { deposit: Self::grow_deposit(stored.deposit, who, size)?, ..stored })
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
        let taken = Self::take_deposit(who, size)?;
        Self::return_deposit(deposit)?;
        Ok(taken)
    }
}
