//! The pot, and which subnet gets what of it.

use alloc::vec::Vec;

use frame_support::traits::{
    fungible::{Inspect, Mutate},
    tokens::{Fortitude, Precision, Preservation},
    Get,
};
use pedigree_primitives::{traits::Stakes, NetUid};
use sp_arithmetic::Perquintill;
use sp_runtime::{
    traits::{AccountIdConversion, Zero},
    SaturatedConversion,
};

use crate::{Accounted, Admissions, Balance, Config, Event, Pallet, SubnetKind};

/// Where emission comes from: what mints into the pot.
pub trait Emission {
    /// Begins it, at genesis.
    fn begin();

    /// Checks what it needs to go on, for whoever does not check it himself.
    #[cfg(feature = "try-runtime")]
    fn try_state() -> Result<(), sp_runtime::TryRuntimeError>;
}

impl<T: Config> Pallet<T> {
    /// The account that emission comes to.
    pub fn pot() -> T::AccountId {
        T::PalletId::get().into_account_truncating()
    }

    /// Brings the pot to life, at genesis.
    pub(crate) fn endow() {
        let pot = Self::pot();
        let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::total_balance(&pot));
        if !missing.is_zero() {
            let minted = T::Currency::mint_into(&pot, missing);
            debug_assert!(minted.is_ok(), "an existential deposit fits into what can be issued");
        }
    }

    /// The most that a kind of subnet can have of the emission.
    fn most(kind: SubnetKind) -> Perquintill {
        match kind {
            SubnetKind::Model | SubnetKind::Dataset => T::MaximumShare::get(),
            SubnetKind::Service => T::MaximumServiceShare::get(),
        }
    }

    /// The share of each admitted subnet in what comes into the pot now.
    pub fn shares() -> Vec<(NetUid, Perquintill)> {
        let now = Self::now();
        let admitted: Vec<(NetUid, Perquintill)> = Admissions::<T>::get()
            .iter()
            .filter(|admission| admission.until > now)
            .map(|admission| (admission.netuid, Self::most(admission.kind)))
            .collect();
        let shares = T::Stakes::shares(&admitted);
        admitted.into_iter().map(|(netuid, _)| netuid).zip(shares).collect()
    }

    /// Gives what came into the pot in this block to the admitted subnets, and burns what none of them gets: so, at the end of
    /// every block, all that is in the pot is somebody's.
    pub(crate) fn allocate() {
        let due = Accounted::<T>::get().saturating_add(T::Currency::minimum_balance());
        let income = T::Currency::total_balance(&Self::pot()).saturating_sub(due);
        if income.is_zero() {
            return;
        }
        let shares = Self::shares();
        let mut allocated: Balance = 0;
        Admissions::<T>::mutate(|admissions| {
            for (netuid, share) in shares {
                // Rounded down, and the shares together are one at most; but never more than there is, whatever they are.
                let part = share.mul_floor(income).min(income.saturating_sub(allocated));
                if let Some(admission) = admissions.iter_mut().find(|admission| admission.netuid == netuid) {
                    admission.pending = admission.pending.saturating_add(part);
                    allocated = allocated.saturating_add(part);
                }
            }
        });
        Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_add(allocated));
        let burned = Self::burn_from_pot(income.saturating_sub(allocated));
        Self::deposit_event(Event::EmissionAllocated { allocated, burned });
    }

    /// Burns what was a subnet's and nobody earned.
    pub(crate) fn burn(netuid: NetUid, amount: Balance) {
        if !amount.is_zero() {
            Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_sub(amount));
            let amount = Self::burn_from_pot(amount);
            Self::deposit_event(Event::Burned { netuid, amount });
        }
    }

    fn burn_from_pot(amount: Balance) -> Balance {
        let burned = T::Currency::burn_from(
            &Self::pot(),
            amount,
            Preservation::Preserve,
            Precision::BestEffort,
            Fortitude::Polite,
        );
        debug_assert_eq!(burned, Ok(amount), "what is in the pot can be burned");
        burned.unwrap_or_default()
    }

    /// Pays an account out of the pot. Tells how much it was: nothing if the account can't take it.
    pub(crate) fn pay_account(to: &T::AccountId, amount: Balance) -> Balance {
        if amount.is_zero() || T::Currency::transfer(&Self::pot(), to, amount, Preservation::Preserve).is_err() {
            return 0;
        }
        Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_sub(amount));
        amount
    }

    /// How many subnets are admitted.
    pub fn admitted() -> u32 {
        Admissions::<T>::decode_len().unwrap_or(0).saturated_into()
    }
}
