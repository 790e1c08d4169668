//! Names and ids: what is a name, whose it is, and which id comes next.

use frame_support::{Blake2_256, StorageHasher};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{ChannelKind, NameError, NamespaceId, NamespaceKind, NamespaceName};
use sp_runtime::traits::BlockNumberProvider;

use crate::{Config, Error, Ids, Key, Namespace, NamespaceOf, Namespaces, NextNamespaceId, Pallet};

/// The name in lower case.
pub(crate) fn key(name: &NamespaceName) -> Key {
    // As long as the name, so nothing is cut off.
    Key::truncate_from(name.key())
}

impl<T> From<NameError> for Error<T> {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Length => Self::NameLength,
            NameError::Characters => Self::NameCharacters,
            NameError::UnknownChannel => Self::UnknownChannel,
        }
    }
}

impl<T: Config> Pallet<T> {
    /// The subject of the reservation of a plain name: BLAKE2b-256 of the name.
    pub fn subject(name: &NamespaceName) -> [u8; 32] {
        Blake2_256::hash(name.as_str().as_bytes())
    }

    pub(crate) fn id_of(name: &NamespaceName) -> Option<NamespaceId> {
        Ids::<T>::get(key(name))
    }

    /// The kind of a name that is to be claimed.
    pub(crate) fn plain(name: &NamespaceName) -> Result<NamespaceKind, Error<T>> {
        match name.kind()? {
            kind @ NamespaceKind::Plain => Ok(kind),
            NamespaceKind::Channel(_) => Err(Error::NotPlain),
        }
    }

    /// The kind of a name that is to be opened or linked.
    pub(crate) fn channel(name: &NamespaceName) -> Result<ChannelKind, Error<T>> {
        match name.kind()? {
            NamespaceKind::Channel(kind) => Ok(kind),
            NamespaceKind::Plain => Err(Error::NotChannel),
        }
    }

    /// A namespace that begins now, with an owner or with the deposit of whoever opened it. The owner of a channel is linked
    /// to it from now on.
    pub(crate) fn begin(
        name: NamespaceName,
        kind: NamespaceKind,
        owner: Option<T::AccountId>,
        opener: Option<(T::AccountId, T::Consideration)>,
    ) -> NamespaceOf<T> {
        let linked = owner.is_some() && kind != NamespaceKind::Plain;
        Namespace {
            name,
            kind,
            owner,
            opener,
            offered_to: None,
            created: Self::now(),
            link: linked.then(Self::link_from_now),
            lapsed: None,
        }
    }

    /// Stores a namespace under the next id. Its name must be free.
    pub(crate) fn insert(namespace: NamespaceOf<T>) -> Result<NamespaceId, Error<T>> {
        let id = NextNamespaceId::<T>::get();
        NextNamespaceId::<T>::put(id.next().ok_or(Error::NoIdsLeft)?);
        Ids::<T>::insert(key(&namespace.name), id);
        Namespaces::<T>::insert(id, namespace);
        Ok(id)
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        T::BlockNumberProvider::current_block_number()
    }
}
