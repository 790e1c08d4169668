//! What is always true of the storage.

use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{traits::Zero, Saturating, TryRuntimeError};

use crate::{BalanceOf, Config, HoldReason, Pallet, Reservations};

impl<T: Config> Pallet<T> {
    /// Checks the invariants that the crate's documentation lists.
    pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
        let now = Self::now();
        let mut deposits = BTreeMap::<T::AccountId, BalanceOf<T>>::new();
        for (who, _, reservation) in Reservations::<T>::iter() {
            ensure!(reservation.block <= now, "a reservation is from the future");
            let sum = deposits.entry(reservation.depositor(&who).clone()).or_insert_with(Zero::zero);
            *sum = sum.saturating_add(reservation.deposit);
        }
        for (who, sum) in deposits {
            ensure!(
                T::Currency::balance_on_hold(&HoldReason::Reservation.into(), &who) == sum,
                "what is held for reservations is not the sum of their deposits"
            );
        }
        Ok(())
    }
}
