//! What is always true of the storage.

use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{traits::Zero, Saturating, TryRuntimeError};

use crate::{BalanceOf, Config, Doing, HoldReason, Pallet, Sponsorships};

impl<T: Config> Pallet<T> {
    /// Checks the invariants that the crate's documentation lists.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        ensure!(!Doing::<T>::exists(), "a sponsored call has not come to its end");
        let mut budgets = BTreeMap::<T::AccountId, BalanceOf<T>>::new();
        for (beneficiary, sponsor, sponsorship) in Sponsorships::<T>::iter() {
            ensure!(beneficiary != sponsor, "somebody sponsors himself");
            let budget = sponsorship.left.budget().ok_or("more is set aside than there can be")?;
            let sum = budgets.entry(sponsor).or_insert_with(Zero::zero);
            *sum = sum.saturating_add(budget);
        }
        for (sponsor, sum) in budgets {
            ensure!(
                T::Currency::balance_on_hold(&HoldReason::Budget.into(), &sponsor) == sum,
                "what is set aside is not what is left of the sponsorships"
            );
        }
        Ok(())
    }
}
