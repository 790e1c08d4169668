//! Channels: opened by anybody against a deposit, linked to whoever controls them, until that was too long ago.

use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{Consideration, Footprint, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{traits, ChannelKind, NamespaceId, NamespaceKind, NamespaceName};
use sp_runtime::{traits::Saturating, DispatchError};

use crate::{Config, Error, Event, Link, NamespaceOf, Namespaces, Pallet};

impl<T: Config> Pallet<T> {
    /// What an open channel takes of everybody's storage.
    pub(crate) fn footprint() -> Footprint {
        Footprint::from_mel::<NamespaceOf<T>>()
    }

    pub(crate) fn do_open(who: T::AccountId, name: NamespaceName) -> DispatchResult {
        let kind = NamespaceKind::Channel(Self::channel(&name)?);
        ensure!(Self::id_of(&name).is_none(), Error::<T>::AlreadyOpen);

        let ticket = T::Consideration::new(&who, Self::footprint()).map_err(|_| Error::<T>::DepositUnaffordable)?;
        let namespace = Self::insert(Self::begin(name.clone(), kind, None, Some((who.clone(), ticket))))?;
        Self::deposit_event(Event::Opened { namespace, name, opener: who });
        Ok(())
    }

    /// Links a channel that nobody is linked to.
    pub(crate) fn do_link(name: NamespaceName, owner: T::AccountId) -> DispatchResult {
        Self::channel(&name)?;
        ensure!(<Self as traits::Channels<_>>::linked(&name).is_none(), Error::<T>::AlreadyLinked);
        <Self as traits::Channels<_>>::link(&name, &owner).map(drop)
    }

    /// Ends a link that was not renewed in time. The channel has no owner from now on.
    pub(crate) fn do_lapse(id: NamespaceId) -> DispatchResult {
        let now = Self::now();
        Self::change(id, |namespace| {
            let link = namespace.link.as_ref().ok_or(Error::<T>::NotLinked)?;
            ensure!(now >= link.lapses, Error::<T>::NotLapsed);
            let owner = namespace.owner.take().ok_or(Error::<T>::NotLinked)?;
            namespace.link = None;
            namespace.offered_to = None;
            namespace.lapsed = Some(now);
            Ok(Event::Lapsed { namespace: id, owner })
        })
    }

    /// The link of somebody who controls a channel now.
    pub(crate) fn link_from_now() -> Link<BlockNumberFor<T>> {
        let shown = Self::now();
        Link { shown, lapses: shown.saturating_add(T::LinkLifetime::get()) }
    }

    fn link_existing(id: NamespaceId, name: &NamespaceName, owner: &T::AccountId) -> DispatchResult {
        Self::change(id, |namespace| {
            if let Some((opener, ticket)) = namespace.opener.take() {
                ticket.drop(&opener)?;
            }
            // Whoever opened it may have written upper case where the channel has lower case, or the other way round.
            namespace.name = name.clone();
            namespace.link = Some(Self::link_from_now());
            namespace.lapsed = None;
            let event = match namespace.owner.replace(owner.clone()) {
                None => Event::Linked { namespace: id, name: name.clone(), owner: owner.clone() },
                Some(same) if same == *owner => Event::Renewed { namespace: id, owner: same },
                Some(from) => {
                    // What the former owner offered is not his any more.
                    namespace.offered_to = None;
                    Event::TakenOver { namespace: id, from, to: owner.clone() }
                }
            };
            Ok(event)
        })
    }
}

impl<T: Config> traits::Channels<T::AccountId> for Pallet<T> {
    type BlockNumber = BlockNumberFor<T>;

    fn channel(name: &NamespaceName) -> Result<ChannelKind, DispatchError> {
        Ok(Self::channel(name)?)
    }

    fn linked(name: &NamespaceName) -> Option<(T::AccountId, BlockNumberFor<T>)> {
        let namespace = Namespaces::<T>::get(Self::id_of(name)?)?;
        Some((namespace.owner?, namespace.link?.shown))
    }

    fn link(name: &NamespaceName, owner: &T::AccountId) -> Result<NamespaceId, DispatchError> {
        let kind = NamespaceKind::Channel(Self::channel(name)?);
        match Self::id_of(name) {
            None => {
                let namespace = Self::insert(Self::begin(name.clone(), kind, Some(owner.clone()), None))?;
                Self::deposit_event(Event::Linked { namespace, name: name.clone(), owner: owner.clone() });
                Ok(namespace)
            }
            Some(id) => Self::link_existing(id, name, owner).map(|()| id),
        }
    }
}
