//! For the benchmarks and tests of other pallets: the state that they need of this one.
//!
//! Names are as long as they may be, and are new at each call: they carry the id.

#![allow(clippy::expect_used)]

use alloc::format;
use frame_benchmarking::account;
use frame_support::traits::Consideration;
use pedigree_primitives::{NamespaceId, NamespaceKind, NamespaceName};

use crate::{Config, NextNamespaceId, Pallet};

impl<T: Config> Pallet<T> {
    /// A plain namespace of `owner`'s.
    pub fn insert_plain(owner: &T::AccountId, seed: u32) -> NamespaceId {
        let name = Self::plain_name(seed);
        Self::insert(Self::begin(name, NamespaceKind::Plain, Some(owner.clone()), None)).expect("ids are left")
    }

    /// An unlinked channel namespace, opened by somebody who has nothing to do with the rest.
    pub fn insert_unlinked(seed: u32) -> NamespaceId {
        let opener: T::AccountId = account("opener", seed, 0);
        T::Consideration::ensure_successful(&opener, Self::footprint());
        let ticket = T::Consideration::new(&opener, Self::footprint()).expect("the deposit is there");
        let name = Self::channel_name(seed);
        let kind = name.kind().expect("it is a name");
        Self::insert(Self::begin(name, kind, None, Some((opener, ticket)))).expect("ids are left")
    }

    /// A plain name that is free.
    pub(crate) fn plain_name(seed: u32) -> NamespaceName {
        let NamespaceId(id) = NextNamespaceId::<T>::get();
        NamespaceName::parse(&format!("n{id:0>20}-{seed:0>10}")).expect("it is a name")
    }

    /// The name of a channel that is free.
    pub(crate) fn channel_name(seed: u32) -> NamespaceName {
        let NamespaceId(id) = NextNamespaceId::<T>::get();
        NamespaceName::parse(&format!("dns:{id:0>57}.{seed:0>10}.example")).expect("it is a name")
    }
}
