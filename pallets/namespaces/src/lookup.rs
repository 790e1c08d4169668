//! Reading: for other pallets by trait, for the runtime API by page.

use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{traits, NamespaceId, NamespaceKind, NamespaceName, Standing};

use crate::{Config, NamespaceOf, Namespaces, NextNamespaceId, Pallet};

impl<T: Config> traits::Namespaces<T::AccountId> for Pallet<T> {
    type BlockNumber = BlockNumberFor<T>;

    fn owner(namespace: NamespaceId) -> Option<T::AccountId> {
        Namespaces::<T>::get(namespace)?.owner
    }

    fn standing(namespace: NamespaceId) -> Option<Standing> {
        Some(Namespaces::<T>::get(namespace)?.standing())
    }

    fn name(namespace: NamespaceId) -> Option<(NamespaceName, NamespaceKind)> {
        Namespaces::<T>::get(namespace).map(|namespace| (namespace.name, namespace.kind))
    }

    fn find(name: &NamespaceName) -> Option<NamespaceId> {
        Self::id_of(name)
    }

    fn unowned_since(namespace: NamespaceId) -> Option<BlockNumberFor<T>> {
        let namespace = Namespaces::<T>::get(namespace).filter(|namespace| namespace.owner.is_none())?;
        Some(namespace.lapsed.unwrap_or(namespace.created))
    }
}

impl<T: Config> Pallet<T> {
    /// Up to `limit` namespaces, ordered by id, beginning with the one that follows `after`.
    pub fn page(after: Option<NamespaceId>, limit: u32) -> Vec<(NamespaceId, NamespaceOf<T>)> {
        let first = after.map_or(0, |NamespaceId(id)| id.saturating_add(1));
        let last = NextNamespaceId::<T>::get().0.min(first.saturating_add(limit.into()));
        (first..last)
            .map(NamespaceId)
            .filter_map(|id| Namespaces::<T>::get(id).map(|namespace| (id, namespace)))
            .collect()
    }
}
