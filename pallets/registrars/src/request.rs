//! Asking to be linked, and taking that back.

use alloc::vec::Vec;
use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{
        fungible::Balanced,
        tokens::{Fortitude, Precision, Preservation},
        Consideration, Footprint, Get, OnUnbalanced,
    },
    BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{traits::Channels, NamespaceName};
use sp_runtime::traits::BlockNumberProvider;

use crate::{
    Closed, Config, Error, Event, Evidence, Key, Pallet, Panel, PanelOf, Registrars, Request, RequestOf, Requests,
};

impl<T: Config> Pallet<T> {
    /// The name in lower case.
    pub fn key(name: &NamespaceName) -> Key {
        // As long as the name, so nothing is cut off.
        Key::truncate_from(name.key())
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        T::BlockNumberProvider::current_block_number()
    }

    /// Registrars that can be appointed.
    pub(crate) fn panel(mut registrars: Vec<T::AccountId>, threshold: u32) -> Result<PanelOf<T>, Error<T>> {
        registrars.sort();
        let named = registrars.len();
        registrars.dedup();
        ensure!(registrars.len() == named, Error::DuplicateRegistrar);
        let registrars = BoundedVec::try_from(registrars).map_err(|_| Error::TooManyRegistrars)?;
        let all = u32::try_from(named).map_err(|_| Error::TooManyRegistrars)?;
        let others = all.checked_sub(threshold).ok_or(Error::BadThreshold)?;
        ensure!(threshold > others || all == 0, Error::BadThreshold);
        Ok(Panel { registrars, threshold })
    }

    /// What a request takes of everybody's storage.
    pub(crate) fn footprint() -> Footprint {
        Footprint::from_mel::<(Key, T::AccountId, RequestOf<T>)>()
    }

    pub(crate) fn do_request(
        who: T::AccountId,
        name: NamespaceName,
        evidence: Evidence,
        adopt: bool,
    ) -> DispatchResult {
        let channel = T::Channels::channel(&name)?;
        ensure!(evidence.fits(channel), Error::<T>::WrongEvidence);
        ensure!(!Registrars::<T>::get().registrars.is_empty(), Error::<T>::NoRegistrars);
        let key = Self::key(&name);
        ensure!(!Requests::<T>::contains_key(&key, &who), Error::<T>::AlreadyRequested);

        // It would be too late at once, and paid for all the same.
        let linked = T::Channels::linked(&name);
        ensure!(linked.is_none_or(|(owner, shown)| owner == who || shown < Self::now()), Error::<T>::RequestSuperseded);

        let price = T::RequestPrice::get();
        let payment = T::Currency::withdraw(&who, price, Precision::Exact, Preservation::Preserve, Fortitude::Polite)
            .map_err(|_| Error::<T>::PriceUnaffordable)?;
        let ticket = T::Consideration::new(&who, Self::footprint()).map_err(|_| Error::<T>::DepositUnaffordable)?;
        T::OnPayment::on_unbalanced(payment);

        let request = Request {
            name: name.clone(),
            evidence: evidence.clone(),
            adopt,
            made: Self::now(),
            verdicts: BoundedVec::new(),
            notice: None,
            ticket,
        };
        Requests::<T>::insert(key, &who, request);
        Self::deposit_event(Event::Requested { name, claimant: who, evidence });
        Ok(())
    }

    pub(crate) fn do_cancel(who: T::AccountId, name: NamespaceName) -> DispatchResult {
        let request = Self::take(&name, &who)?;
        Self::close(who, request, Closed::Cancelled)
    }

    /// Takes a request out of the storage.
    pub(crate) fn take(name: &NamespaceName, claimant: &T::AccountId) -> Result<RequestOf<T>, Error<T>> {
        Requests::<T>::take(Self::key(name), claimant).ok_or(Error::UnknownRequest)
    }

    /// Ends a request that was taken out of the storage.
    pub(crate) fn close(claimant: T::AccountId, request: RequestOf<T>, why: Closed) -> DispatchResult {
        request.ticket.drop(&claimant)?;
        Self::deposit_event(Event::RequestClosed { name: request.name, claimant, why });
        Ok(())
    }
}
