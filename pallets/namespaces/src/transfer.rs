//! A new owner: by offer and acceptance.

use frame_support::{dispatch::DispatchResult, ensure};
use pedigree_primitives::NamespaceId;
use sp_runtime::DispatchError;

use crate::{Config, Error, Event, NamespaceOf, Namespaces, Pallet};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_offer(who: T::AccountId, id: NamespaceId, to: T::AccountId) -> DispatchResult {
        Self::change(id, |namespace| {
            ensure!(namespace.owner.as_ref() == Some(&who), Error::<T>::NotOwner);
            ensure!(to != who, Error::<T>::OfferToSelf);
            namespace.offered_to = Some(to.clone());
            Ok(Event::Offered { namespace: id, owner: who, to })
        })
    }

    pub(crate) fn do_withdraw_offer(who: T::AccountId, id: NamespaceId) -> DispatchResult {
        Self::change(id, |namespace| {
            ensure!(namespace.owner.as_ref() == Some(&who), Error::<T>::NotOwner);
            ensure!(namespace.offered_to.take().is_some(), Error::<T>::NotOnOffer);
            Ok(Event::OfferWithdrawn { namespace: id, owner: who })
        })
    }

    pub(crate) fn do_accept(who: T::AccountId, id: NamespaceId) -> DispatchResult {
        Self::change(id, |namespace| {
            ensure!(namespace.offered_to.as_ref() == Some(&who), Error::<T>::NotOfferedToYou);
            namespace.offered_to = None;
            let from = namespace.owner.replace(who.clone()).ok_or(Error::<T>::NotOfferedToYou)?;
            Ok(Event::Transferred { namespace: id, from, to: who })
        })
    }

    /// Changes a namespace that exists, if `change` succeeds, and deposits the event that it answers with.
    pub(crate) fn change(
        id: NamespaceId,
        change: impl FnOnce(&mut NamespaceOf<T>) -> Result<Event<T>, DispatchError>,
    ) -> DispatchResult {
        let event = Namespaces::<T>::try_mutate(id, |namespace| {
            change(namespace.as_mut().ok_or(Error::<T>::UnknownNamespace)?)
        })?;
        Self::deposit_event(event);
        Ok(())
    }
}
