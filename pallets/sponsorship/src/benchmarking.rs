//! How long the calls take.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]
// The macro writes functions without documentation.
#![allow(missing_docs)]

use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Inspect, Contains, Get};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use pedigree_primitives::traits::BenchmarkSetup;
use sp_runtime::traits::{BlockNumberProvider, One, Saturating};

use crate::{BalanceOf, Call, Config, Current, Doing, Limits, LimitsOf, Pallet, Purse, Sponsorships};

fn until<T: Config>() -> BlockNumberFor<T> {
    T::BlockNumberProvider::current_block_number().saturating_add(T::MaxDuration::get())
}

fn amount<T: Config>() -> BalanceOf<T> {
    T::Currency::minimum_balance().saturating_mul(100u32.into())
}

fn limits<T: Config>() -> LimitsOf<T> {
    Limits { calls: 10, fees: amount::<T>(), names: amount::<T>(), deposits: amount::<T>(), until: until::<T>() }
}

/// A sponsorship: who pays, and for whom.
fn opened<T: Config>() -> (T::AccountId, T::AccountId) {
    let sponsor: T::AccountId = whitelisted_caller();
    let beneficiary: T::AccountId = account("beneficiary", 0, 0);
    T::BenchmarkSetup::fund(&sponsor);
    Pallet::<T>::do_open(sponsor.clone(), beneficiary.clone(), limits::<T>()).unwrap();
    (sponsor, beneficiary)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// For an account that has to be made.
    #[benchmark]
    fn open() {
        let sponsor: T::AccountId = whitelisted_caller();
        let beneficiary: T::AccountId = account("beneficiary", 0, 0);
        T::BenchmarkSetup::fund(&sponsor);

        #[extrinsic_call]
        _(RawOrigin::Signed(sponsor.clone()), beneficiary.clone(), limits::<T>());

        assert!(Sponsorships::<T>::contains_key(beneficiary, sponsor));
    }

    #[benchmark]
    fn close() {
        let (sponsor, beneficiary) = opened::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(sponsor.clone()), beneficiary.clone());

        assert!(!Sponsorships::<T>::contains_key(beneficiary, sponsor));
    }

    #[benchmark]
    fn expire() {
        let (sponsor, beneficiary) = opened::<T>();
        let anybody: T::AccountId = account("anybody", 0, 0);
        T::BlockNumberProvider::set_block_number(until::<T>().saturating_add(One::one()));

        #[extrinsic_call]
        _(RawOrigin::Signed(anybody), sponsor.clone(), beneficiary.clone());

        assert!(!Sponsorships::<T>::contains_key(beneficiary, sponsor));
    }

    /// With a batch of nothing as the call in it.
    #[benchmark]
    fn dispatch() {
        let (sponsor, beneficiary) = opened::<T>();
        let call: <T as Config>::RuntimeCall = T::BenchmarkCall::get();
        assert!(T::SponsoredCalls::contains(&call));
        let call = Box::new(call);

        #[block]
        {
            let origin = RawOrigin::Signed(beneficiary.clone()).into();
            assert!(Pallet::<T>::dispatch(origin, sponsor.clone(), call).is_ok());
        }

        assert_eq!(Sponsorships::<T>::get(beneficiary, sponsor).unwrap().left.calls, 9);
    }

    #[benchmark]
    fn charge() {
        let (sponsor, beneficiary) = opened::<T>();
        let rest;

        #[block]
        {
            let credit = Pallet::<T>::charge(&sponsor, &beneficiary, amount::<T>()).ok().unwrap();
            rest = Pallet::<T>::refund(&sponsor, &beneficiary, amount::<T>(), credit);
        }

        assert!(rest.is_none());
        assert_eq!(Sponsorships::<T>::get(beneficiary, sponsor).unwrap().left.fees, amount::<T>());
    }

    #[benchmark]
    fn draw() {
        let (sponsor, beneficiary) = opened::<T>();
        Doing::<T>::put(Current { beneficiary: beneficiary.clone(), sponsor: sponsor.clone(), draws: 0 });
        let payer;

        #[block]
        {
            payer = Pallet::<T>::draw(&beneficiary, Purse::Deposits, amount::<T>()).unwrap();
        }

        Doing::<T>::kill();
        assert!(payer == sponsor);
    }
}
