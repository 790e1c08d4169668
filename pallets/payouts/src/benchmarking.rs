//! What each call and hook costs at its worst.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{
        fungible::{Inspect, Mutate},
        Get, Hooks,
    },
    weights::Weight,
    BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use pedigree_primitives::{
    traits::{BenchmarkRecords, BenchmarkSetup, Earnings, Registry},
    RecordKind, ReleaseId, MAX_ASKING_ANCESTORS,
};
use sp_core::H256;
use sp_runtime::traits::{One, Saturating, Zero};

use super::*;

/// Releases with the same ancestors that ask.
fn releases<T: Config>(count: u32, ancestors: u32) -> Vec<ReleaseId> {
    T::BenchmarkSetup::releases(RecordKind::Model, count, ancestors)
}

fn amount<T: Config>() -> BalanceOf<T> {
    T::MinimumPayment::get().saturating_mul(1_000u32.into())
}

/// Releases with those ancestors, each of them paid by somebody.
fn paid<T: Config>(count: u32, ancestors: u32) -> Vec<ReleaseId> {
    let payer: T::AccountId = account("payer", 0, 0);
    T::BenchmarkSetup::fund(&payer);
    let releases = releases::<T>(count, ancestors);
    for release in &releases {
        Pallet::<T>::do_pay(payer.clone(), *release, amount::<T>(), None).unwrap();
    }
    releases
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn pay() {
        let caller: T::AccountId = whitelisted_caller();
        T::BenchmarkSetup::fund(&caller);
        let release = releases::<T>(1, MAX_ASKING_ANCESTORS)[0];

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), release, amount::<T>(), Some(H256([1; 32])));

        assert_eq!(Accounts::<T>::get(release).paid, amount::<T>());
    }

    #[benchmark]
    fn settle(a: Linear<0, MAX_ASKING_ANCESTORS>) {
        let release = paid::<T>(1, a)[0];

        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), release);

        assert_eq!(Accounts::<T>::get(release).settled, amount::<T>());
    }

    #[benchmark]
    fn settle_many(c: Linear<1, 100>, a: Linear<0, MAX_ASKING_ANCESTORS>) {
        paid::<T>(c, a);

        #[block]
        {
            Pallet::<T>::settle_within(Weight::MAX);
        }

        assert_eq!(Unsettled::<T>::iter_keys().count(), 0);
    }

    #[benchmark]
    fn withdraw(r: Linear<1, { T::MaxWithdrawals::get() }>) {
        let releases = paid::<T>(r, 0);
        Pallet::<T>::settle_within(Weight::MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), BoundedVec::truncate_from(releases.clone()));

        assert!(releases.iter().all(|release| Accounts::<T>::get(release).owed.is_zero()));
    }

    #[benchmark]
    fn expire() {
        let root = T::BenchmarkSetup::new_release(RecordKind::Model, &[]).manifest.root;
        let release = T::Registry::holder(root).unwrap();
        let payer: T::AccountId = account("payer", 0, 0);
        T::BenchmarkSetup::fund(&payer);
        Pallet::<T>::do_pay(payer, release, amount::<T>(), None).unwrap();
        Pallet::<T>::do_settle(release).unwrap();
        let late = Pallet::<T>::now().saturating_add(T::Lifetime::get()).saturating_add(One::one());
        frame_system::Pallet::<T>::set_block_number(late);

        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), release);

        assert!(Accounts::<T>::get(release).owed.is_zero());
    }

    #[benchmark]
    fn mature() {
        let release = releases::<T>(1, 0)[0];
        let payer: T::AccountId = account("payer", 0, 0);
        T::BenchmarkSetup::fund(&payer);
        for _ in 0..T::MaxMaturing::get() {
            Emissions::<T>::mutate(release, |emission| {
                let entry = Maturing { period: 0, amount: Zero::zero() };
                // As long as it may be, with the last entry for what is credited now.
                if emission.maturing.len().saturating_add(1) < T::MaxMaturing::get() as usize {
                    emission.maturing.try_push(entry).unwrap();
                }
            });
        }
        Pallet::<T>::credit(&payer, release, amount::<T>()).unwrap();
        let period = T::MaturityPeriod::get();
        let late =
            Pallet::<T>::now().saturating_add(T::PlainMaturity::get()).saturating_add(period).saturating_add(period);
        frame_system::Pallet::<T>::set_block_number(late);

        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), release);

        assert_eq!(Accounts::<T>::get(release).paid, amount::<T>());
    }

    #[benchmark]
    fn on_finalize() {
        T::Currency::mint_into(&Pallet::<T>::pot(), amount::<T>()).unwrap();
        let now = frame_system::Pallet::<T>::block_number();

        #[block]
        {
            <Pallet<T> as Hooks<BlockNumberFor<T>>>::on_finalize(now);
        }

        let due = TotalOwed::<T>::get().saturating_add(T::Currency::minimum_balance());
        assert_eq!(T::Currency::total_balance(&Pallet::<T>::pot()), due);
    }
}
