//! What is always true of the storage.

use frame_support::ensure;
use pedigree_primitives::{NamespaceId, NamespaceKind};
use sp_runtime::TryRuntimeError;

use crate::{name::key, Config, Ids, NamespaceOf, Namespaces, NextNamespaceId, Pallet};

impl<T: Config> Pallet<T> {
    /// Checks the invariants that the crate's documentation lists.
    pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
        let next = NextNamespaceId::<T>::get();
        let mut namespaces = 0u64;
        for (id, namespace) in Namespaces::<T>::iter() {
            ensure!(id < next, "a namespace has an id that was not given yet");
            ensure!(
                Ids::<T>::get(key(&namespace.name)) == Some(id),
                "a namespace cannot be found by its name in lower case"
            );
            Self::check(&namespace)?;
            namespaces = namespaces.saturating_add(1);
        }
        ensure!(NamespaceId(namespaces) == next, "an id was given, but there is no namespace");
        let mut names = 0u64;
        for _ in Ids::<T>::iter_keys() {
            names = names.saturating_add(1);
        }
        ensure!(names == namespaces, "a name leads to no namespace, or two lead to one");
        Ok(())
    }

    fn check(namespace: &NamespaceOf<T>) -> Result<(), TryRuntimeError> {
        ensure!(namespace.name.kind() == Ok(namespace.kind), "the kind of a namespace is not that of its name");
        match namespace.kind {
            NamespaceKind::Plain => {
                ensure!(namespace.owner.is_some(), "a plain namespace has no owner");
                ensure!(namespace.opener.is_none(), "a deposit is held for a plain namespace");
                ensure!(namespace.link.is_none() && namespace.lapsed.is_none(), "a plain namespace is linked");
            }
            NamespaceKind::Channel(_) => {
                let states = [namespace.owner.is_some(), namespace.opener.is_some(), namespace.lapsed.is_some()];
                ensure!(
                    states.into_iter().filter(|state| *state).count() == 1,
                    "a channel has not exactly one of an owner, an opener's deposit, and a link that lapsed"
                );
                ensure!(namespace.link.is_some() == namespace.owner.is_some(), "an owner is not linked to his channel");
            }
        }
        if let Some(link) = &namespace.link {
            ensure!(link.shown <= Self::now() && link.shown < link.lapses, "a link lapses before it was shown");
        }
        if namespace.offered_to.is_some() {
            ensure!(namespace.owner.is_some(), "a namespace that nobody owns is on offer");
            ensure!(namespace.offered_to != namespace.owner, "a namespace is offered to its owner");
        }
        Ok(())
    }
}
