//! What each call costs at its worst.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use frame_benchmarking::v2::*;
use frame_support::BoundedVec;
use frame_system::RawOrigin;
use pedigree_primitives::{traits::BenchmarkSetup, NamespaceId, RecordId, RecordKind, ReleaseId};
use sp_runtime::traits::BlockNumberProvider;

use super::*;
use benchmark_support as support;

/// A catalogued release, as large as it may be, by `who`.
fn catalogued<T: Config>(who: &T::AccountId, seed: u32) -> (NamespaceId, ReleaseId) {
    T::BenchmarkSetup::fund(who);
    let namespace = T::BenchmarkSetup::unlinked_namespace(seed);
    Pallet::<T>::do_catalogue(
        who.clone(),
        namespace,
        support::record_name(seed),
        RecordKind::Model,
        support::largest_release(&[]),
        support::upstream(),
    )
    .unwrap();
    let record = Pallet::<T>::find(namespace, &support::record_name(seed)).unwrap();
    (namespace, ReleaseId::new(record, 1))
}

/// A catalogued release by somebody else, as if its channel had been linked to `owner` then.
fn catalogued_for<T: Config>(owner: &T::AccountId) -> (NamespaceId, ReleaseId) {
    let other: T::AccountId = account("other", 0, 0);
    let (channel, release) = catalogued::<T>(&other, 0);
    T::BenchmarkSetup::fund(owner);
    let namespace = T::BenchmarkSetup::plain_namespace(owner, 0);
    Records::<T>::mutate(release.record, |record| record.as_mut().unwrap().namespace = namespace);
    let name = BoundedVec::truncate_from(support::record_name(0).key());
    Names::<T>::remove(channel, &name);
    Names::<T>::insert(namespace, name, release.record);
    (namespace, release)
}

/// A record of `owner`'s that is offered to a namespace of `to`'s.
fn offered<T: Config>(owner: &T::AccountId, to: &T::AccountId) -> (RecordId, NamespaceId) {
    let record = support::record::<T>(owner, RecordKind::Model, 0);
    T::BenchmarkSetup::fund(to);
    let namespace = T::BenchmarkSetup::plain_namespace(to, 1);
    Pallet::<T>::offer(RawOrigin::Signed(owner.clone()).into(), record, namespace).unwrap();
    (record, namespace)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn create() {
        let caller: T::AccountId = whitelisted_caller();
        T::BenchmarkSetup::fund(&caller);
        let namespace = T::BenchmarkSetup::plain_namespace(&caller, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), namespace, support::record_name(0), RecordKind::Model);

        assert!(Pallet::<T>::find(namespace, &support::record_name(0)).is_some());
    }

    #[benchmark]
    fn catalogue() {
        let caller: T::AccountId = whitelisted_caller();
        let other: T::AccountId = account("other", 0, 0);
        // The same bytes are held by somebody already: the claims have to be compared.
        catalogued::<T>(&other, 1);
        T::BenchmarkSetup::fund(&caller);
        let namespace = T::BenchmarkSetup::unlinked_namespace(0);

        #[extrinsic_call]
        _(
            RawOrigin::Signed(caller),
            namespace,
            support::record_name(0),
            RecordKind::Model,
            support::largest_release(&[]),
            support::upstream(),
        );

        assert!(Pallet::<T>::find(namespace, &support::record_name(0)).is_some());
    }

    #[benchmark]
    fn yank() {
        let caller: T::AccountId = whitelisted_caller();
        let (_, release) = catalogued::<T>(&caller, 0);
        let (_, successor) = catalogued::<T>(&caller, 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), release, Reason::new(&"x".repeat(256)).unwrap(), Some(successor));

        assert!(Pallet::<T>::release(release).unwrap().yanked.is_some());
    }

    #[benchmark]
    fn offer() {
        let caller: T::AccountId = whitelisted_caller();
        let record = support::record::<T>(&caller, RecordKind::Model, 0);
        let to = T::BenchmarkSetup::plain_namespace(&caller, 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record, to);

        assert_eq!(Records::<T>::get(record).unwrap().offer.map(|made| made.to), Some(to));
    }

    #[benchmark]
    fn withdraw_offer() {
        let caller: T::AccountId = whitelisted_caller();
        let other: T::AccountId = account("other", 0, 0);
        let (record, _) = offered::<T>(&caller, &other);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record);

        assert_eq!(Records::<T>::get(record).unwrap().offer, None);
    }

    #[benchmark]
    fn accept() {
        let caller: T::AccountId = whitelisted_caller();
        let other: T::AccountId = account("other", 0, 0);
        let (record, namespace) = offered::<T>(&other, &caller);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record);

        assert_eq!(Records::<T>::get(record).unwrap().namespace, namespace);
    }

    #[benchmark]
    fn remove() {
        let caller: T::AccountId = whitelisted_caller();
        let record = support::record::<T>(&caller, RecordKind::Model, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record);

        assert!(Records::<T>::get(record).is_none());
    }

    #[benchmark]
    fn adopt() {
        let caller: T::AccountId = whitelisted_caller();
        let (_, release) = catalogued_for::<T>(&caller);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), release.record, Some(release.number));

        assert!(CatalogueDeposits::<T>::get(release).is_none());
    }

    #[benchmark]
    fn adopt_all() {
        let caller: T::AccountId = whitelisted_caller();
        let namespace = T::BenchmarkSetup::plain_namespace(&caller, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), namespace);

        assert!(Adoptions::<T>::contains_key(namespace));
    }

    #[benchmark]
    fn adopt_step() {
        let owner: T::AccountId = account("owner", 0, 0);
        let (namespace, release) = catalogued_for::<T>(&owner);
        let at = Some((BoundedVec::truncate_from(support::record_name(0).key()), 0));
        let until = T::BlockNumberProvider::current_block_number();
        Adoptions::<T>::insert(namespace, Adopting { owner, until, at });
        // It was gone on with another one before, which has ended: looked for behind it, and then from the beginning.
        AdoptedLast::<T>::put(NamespaceId(u64::MAX));

        #[block]
        {
            Pallet::<T>::adopt_next();
        }

        assert!(CatalogueDeposits::<T>::get(release).is_none());
    }

    #[benchmark]
    fn claim_root() {
        let caller: T::AccountId = whitelisted_caller();
        let other: T::AccountId = account("other", 0, 0);
        catalogued::<T>(&other, 0);
        let (_, release) = catalogued::<T>(&other, 1);
        let namespace = T::BenchmarkSetup::plain_namespace(&caller, 0);
        Records::<T>::mutate(release.record, |record| record.as_mut().unwrap().namespace = namespace);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), release);

        assert_eq!(Holders::<T>::get(support::ROOT), Some(release));
    }
}
