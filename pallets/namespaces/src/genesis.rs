//! The namespaces that the chain begins with. What is wrong there stops the chain from being made.

use pedigree_primitives::{NamespaceKind, NamespaceName};

use crate::{Config, Error, GenesisConfig, Pallet};

impl<T: Config> GenesisConfig<T> {
    pub(crate) fn insert_all(&self) {
        for (name, owner) in &self.linked {
            insert::<T>(name, owner, |name| Pallet::<T>::channel(name).map(NamespaceKind::Channel));
        }
        for (name, owner) in &self.plain {
            insert::<T>(name, owner, Pallet::<T>::plain);
        }
    }
}

fn insert<T: Config>(
    name: &NamespaceName,
    owner: &T::AccountId,
    check: fn(&NamespaceName) -> Result<NamespaceKind, Error<T>>,
) {
    let kind = check(name).ok();
    assert!(kind.is_some(), "genesis has a namespace with a wrong name: {}", name.as_str());
    assert!(Pallet::<T>::id_of(name).is_none(), "genesis has a namespace twice: {}", name.as_str());
    let inserted =
        kind.map(|kind| Pallet::<T>::insert(Pallet::<T>::begin(name.clone(), kind, Some(owner.clone()), None)));
    assert!(matches!(inserted, Some(Ok(_))), "genesis has too many namespaces");
}
