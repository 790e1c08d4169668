//! What goes into the pot and out of it.

use frame_support::{
    ensure,
    storage::with_storage_layer,
    traits::{
        fungible::{Inspect, Mutate},
        tokens::Preservation,
        Get,
    },
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{traits::Registry, ReleaseId};
use sp_core::H256;
use sp_runtime::{
    traits::{AccountIdConversion, CheckedAdd, CheckedSub, One, Saturating, Zero},
    ArithmeticError, DispatchError, DispatchResult, TokenError,
};

use crate::{AccountOf, Accounts, BalanceOf, Config, Error, Event, Pallet, Payment, Payments, TotalOwed, Unsettled};

impl<T: Config> Pallet<T> {
    /// The account that has what is owed.
    pub fn pot() -> T::AccountId {
        T::PalletId::get().into_account_truncating()
    }

    /// Brings an account of the chain's own to life, at genesis.
    pub(crate) fn endow(account: &T::AccountId) {
        let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::total_balance(account));
        if !missing.is_zero() {
            let minted = T::Currency::mint_into(account, missing);
            debug_assert!(minted.is_ok(), "an existential deposit fits into what can be issued");
        }
    }

    pub(crate) fn do_pay(
        payer: T::AccountId,
        release: ReleaseId,
        amount: BalanceOf<T>,
        memo: Option<H256>,
    ) -> DispatchResult {
        ensure!(T::Registry::release_kind(release).is_some(), Error::<T>::UnknownRelease);
        ensure!(amount >= T::MinimumPayment::get(), Error::<T>::BelowMinimumPayment);

        let mut account = Accounts::<T>::get(release);
        let slot = Self::slot(account.payments);
        if account.payments < u64::from(T::History::get()) {
            // The payment takes a slot that was not there, for good.
            Self::charge(&payer, &T::Treasury::get(), T::HistoryPrice::get())?;
        }
        Self::charge(&payer, &Self::pot(), amount)?;

        account.paid = account.paid.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
        account.payments = account.payments.checked_add(1).ok_or(ArithmeticError::Overflow)?;
        let number = account.payments;
        Accounts::<T>::insert(release, account);
        Unsettled::<T>::insert(release, ());
        TotalOwed::<T>::try_mutate(|total| {
            *total = total.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
            Ok::<_, DispatchError>(())
        })?;
        let block = Self::now();
        Payments::<T>::insert(release, slot, Payment { payer: payer.clone(), amount, memo, block });
        Self::deposit_event(Event::Paid { release, payer, amount, memo, number });
        Ok(())
    }

    /// Where the payment of that number, from 0, is kept.
    pub fn slot(payment: u64) -> u32 {
        let slot = payment.checked_rem(u64::from(T::History::get())).unwrap_or(0);
        u32::try_from(slot).unwrap_or(0)
    }

    fn charge(payer: &T::AccountId, to: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
        T::Currency::transfer(payer, to, amount, Preservation::Preserve).map(drop).map_err(|error| match error {
            DispatchError::Token(TokenError::FundsUnavailable | TokenError::NotExpendable | TokenError::Frozen)
            | DispatchError::Arithmetic(ArithmeticError::Underflow) => Error::<T>::PaymentUnaffordable.into(),
            other => other,
        })
    }

    pub(crate) fn do_withdraw(releases: &[ReleaseId]) -> DispatchResult {
        // What to say if nothing was withdrawn at all: a reason that the caller can do something about, before others.
        let mut reason = DispatchError::from(Error::<T>::NothingOwed);
        let mut done = false;
        for release in releases {
            match with_storage_layer(|| Self::withdraw_one(*release)) {
                Ok(()) => done = true,
                Err(error) if error == Error::<T>::NothingOwed.into() => {}
                Err(error) => reason = error,
            }
        }
        ensure!(done, reason);
        Ok(())
    }

    fn withdraw_one(release: ReleaseId) -> DispatchResult {
        let (_, owner) = T::Registry::record(release.record).ok_or(Error::<T>::UnknownRelease)?;
        let mut account = Accounts::<T>::get(release);
        let amount = account.owed;
        ensure!(!amount.is_zero(), Error::<T>::NothingOwed);
        let to = owner.ok_or(Error::<T>::NotLinked)?;
        Self::pay_out(&to, amount)?;
        account.owed = Zero::zero();
        account.withdrawn = account.withdrawn.saturating_add(amount);
        Accounts::<T>::insert(release, account);
        Self::deposit_event(Event::Withdrawn { release, to, amount });
        Ok(())
    }

    pub(crate) fn do_expire(release: ReleaseId) -> DispatchResult {
        let (_, owner) = T::Registry::record(release.record).ok_or(Error::<T>::UnknownRelease)?;
        ensure!(owner.is_none(), Error::<T>::HasOwner);
        let mut account = Accounts::<T>::get(release);
        let amount = account.owed;
        ensure!(!amount.is_zero(), Error::<T>::NothingOwed);
        ensure!(Self::now() >= Self::expires(release, &account), Error::<T>::NotExpired);
        Self::pay_out(&T::Treasury::get(), amount)?;
        account.owed = Zero::zero();
        account.expired = account.expired.saturating_add(amount);
        Accounts::<T>::insert(release, account);
        Self::deposit_event(Event::Expired { release, amount });
        Ok(())
    }

    /// From which block on what a release is owed can go to the treasury, as long as nobody owns it: so long after it was
    /// credited last, and so long after its last owner lost it.
    pub fn expires(release: ReleaseId, account: &AccountOf<T>) -> BlockNumberFor<T> {
        let unowned = T::Registry::unowned_since(release.record).unwrap_or_default();
        account.credited.max(unowned).saturating_add(T::Lifetime::get()).saturating_add(One::one())
    }

    /// Sends what was owed out of the pot.
    fn pay_out(to: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
        T::Currency::transfer(&Self::pot(), to, amount, Preservation::Preserve).map_err(|error| match error {
            DispatchError::Token(TokenError::BelowMinimum | TokenError::CannotCreate) => {
                Error::<T>::BelowExistentialDeposit.into()
            }
            other => other,
        })?;
        TotalOwed::<T>::mutate(|total| *total = total.saturating_sub(amount));
        Ok(())
    }

    /// Moves what somebody sent to the pot to the treasury, so that the pot has what is owed and an existential deposit.
    pub(crate) fn move_surplus() {
        let pot = Self::pot();
        let due = TotalOwed::<T>::get().saturating_add(T::Currency::minimum_balance());
        let Some(surplus) = T::Currency::total_balance(&pot).checked_sub(&due).filter(|surplus| !surplus.is_zero())
        else {
            return;
        };
        if T::Currency::transfer(&pot, &T::Treasury::get(), surplus, Preservation::Preserve).is_ok() {
            Self::deposit_event(Event::SurplusMoved { amount: surplus });
        }
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        frame_system::Pallet::<T>::block_number()
    }
}
