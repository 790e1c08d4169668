//! Channels: opened by anybody against a deposit, linked to whoever controls them.

use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{Consideration, Footprint},
};
use pedigree_primitives::{NamespaceId, NamespaceName};
use sp_runtime::DispatchError;

use crate::{Config, Error, Event, NamespaceOf, Namespaces, Pallet};

impl<T: Config> Pallet<T> {
    /// What an open channel takes of everybody's storage.
    pub(crate) fn footprint() -> Footprint {
        Footprint::from_mel::<NamespaceOf<T>>()
    }

    pub(crate) fn do_open(who: T::AccountId, name: NamespaceName) -> DispatchResult {
        let kind = Self::channel(&name)?;
        ensure!(Self::id_of(&name).is_none(), Error::<T>::AlreadyOpen);

        let ticket = T::Consideration::new(&who, Self::footprint()).map_err(|_| Error::<T>::DepositUnaffordable)?;
        let namespace = Self::insert(Self::begin(name.clone(), kind, None, Some((who.clone(), ticket))))?;
        Self::deposit_event(Event::Opened { namespace, name, opener: who });
        Ok(())
    }

    pub(crate) fn do_link(name: NamespaceName, owner: T::AccountId) -> DispatchResult {
        let kind = Self::channel(&name)?;
        let namespace = match Self::id_of(&name) {
            None => Self::insert(Self::begin(name.clone(), kind, Some(owner.clone()), None))?,
            Some(id) => {
                Self::link_open(id, &name, &owner)?;
                id
            }
        };
        Self::deposit_event(Event::Linked { namespace, name, owner });
        Ok(())
    }

    fn link_open(id: NamespaceId, name: &NamespaceName, owner: &T::AccountId) -> DispatchResult {
        Namespaces::<T>::try_mutate(id, |namespace| {
            let namespace = namespace.as_mut().ok_or(Error::<T>::UnknownNamespace)?;
            ensure!(namespace.owner.is_none(), Error::<T>::AlreadyLinked);
            if let Some((opener, ticket)) = namespace.opener.take() {
                ticket.drop(&opener)?;
            }
            namespace.owner = Some(owner.clone());
            // Whoever opened it may have written upper case where the channel has lower case, or the other way round.
            namespace.name = name.clone();
            Ok::<(), DispatchError>(())
        })
    }
}
