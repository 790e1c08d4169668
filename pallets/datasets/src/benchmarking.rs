//! What each call costs at its worst.

#![allow(clippy::unwrap_used)]

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use pedigree_primitives::{
    traits::{BenchmarkRecords, BenchmarkSetup, Registry},
    Access, ParentLink, RecordId, RecordKind, Relation, MAX_PARENTS,
};
use sp_runtime::traits::Bounded;

use super::*;

/// A dataset of `owner`'s.
fn dataset<T: Config>(owner: &T::AccountId) -> RecordId {
    T::BenchmarkSetup::record(owner, RecordKind::Dataset, 1_000)
}

impl<T: Config> Pallet<T> {
    /// Makes a dataset citable by grant only, and grants it to `account`: the longest way to the right to cite.
    pub fn insert_grant(record: RecordId, account: &T::AccountId) -> sp_runtime::DispatchResult {
        let (_, owner) = T::Registry::record(record).ok_or(Error::<T>::UnknownRecord)?;
        let origin = RawOrigin::Signed(owner.ok_or(Error::<T>::NotOwner)?);
        let access = Access { by_grant: true, consent_until: until::<T>() };
        Self::set_access(origin.clone().into(), record, access)?;
        Self::grant(origin.into(), record, account.clone(), until::<T>())
    }
}

fn until<T: Config>() -> Option<BlockNumberFor<T>> {
    Some(BlockNumberFor::<T>::max_value())
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn release(p: Linear<0, MAX_PARENTS>) {
        let caller: T::AccountId = whitelisted_caller();
        let parents: Vec<_> = T::BenchmarkSetup::parents(&caller, RecordKind::Dataset, p)
            .into_iter()
            .map(|id| ParentLink { release: id, relation: Relation::DerivedFrom })
            .collect();
        let record = dataset::<T>(&caller);
        let new = T::BenchmarkSetup::new_release(RecordKind::Dataset, &parents);
        let root = new.manifest.root;
        T::BenchmarkSetup::reserve(&caller, &[1; 32], &root.0).unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record, [1; 32], new);

        assert_eq!(T::Registry::holder(root).map(|id| id.record), Some(record));
    }

    #[benchmark]
    fn set_access() {
        let caller: T::AccountId = whitelisted_caller();
        let record = dataset::<T>(&caller);
        let origin = RawOrigin::Signed(caller);
        let before = Access { by_grant: true, consent_until: None };
        Pallet::<T>::set_access(origin.clone().into(), record, before).unwrap();
        let access = Access { by_grant: true, consent_until: until::<T>() };

        #[extrinsic_call]
        _(origin, record, access);

        assert_eq!(Pallet::<T>::access(record), access);
    }

    #[benchmark]
    fn grant() {
        let caller: T::AccountId = whitelisted_caller();
        let record = dataset::<T>(&caller);
        let account: T::AccountId = account("granted", 0, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record, account.clone(), until::<T>());

        assert!(Grants::<T>::get(record, account).is_some());
    }

    #[benchmark]
    fn revoke() {
        let caller: T::AccountId = whitelisted_caller();
        let record = dataset::<T>(&caller);
        let account: T::AccountId = account("granted", 0, 0);
        let origin = RawOrigin::Signed(caller);
        Pallet::<T>::grant(origin.clone().into(), record, account.clone(), None).unwrap();

        #[extrinsic_call]
        _(origin, record, account.clone());

        assert!(Grants::<T>::get(record, account).is_none());
    }
}
