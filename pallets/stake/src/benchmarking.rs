//! What each call and hook costs at its worst.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use frame_benchmarking::v2::*;
use frame_support::traits::{
    fungible::{Inspect, Mutate},
    Get, Hooks,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use pedigree_primitives::{
    traits::{BenchmarkSubnets, Stakes},
    NetUid,
};
use sp_runtime::{
    traits::{One, Saturating, Zero},
    Permill,
};

use super::*;

/// A subnet, an evaluator and somebody who can stake.
fn setting<T: Config>(seed: u32) -> (T::AccountId, Place<T::AccountId>) {
    let evaluator: T::AccountId = account("evaluator", seed, 0);
    T::BenchmarkSetup::fund(&evaluator);
    let netuid = T::BenchmarkSetup::subnet(&evaluator);
    let holder: T::AccountId = whitelisted_caller();
    T::BenchmarkSetup::fund(&holder);
    (holder, Place { netuid, evaluator })
}

fn amount<T: Config>() -> Balance {
    T::MinimumStake::get().saturating_mul(10)
}

fn stake<T: Config>(holder: &T::AccountId, place: &Place<T::AccountId>) {
    Pallet::<T>::do_allocate(holder.clone(), place.clone(), amount::<T>(), Permill::one()).unwrap();
}

/// An epoch that pays dividends.
fn epoch<T: Config>(place: &Place<T::AccountId>) {
    let payer: T::AccountId = account("payer", 0, 0);
    T::Currency::mint_into(&payer, amount::<T>().saturating_mul(2)).unwrap();
    Pallet::<T>::reward(place.netuid, &payer, &[(place.evaluator.clone(), amount::<T>())]);
    Pallet::<T>::end_epoch(place.netuid);
}

/// Stake that counts and has earned, and stake that begins to count when it is touched next.
fn earning<T: Config>(holder: &T::AccountId, place: &Place<T::AccountId>) {
    stake::<T>(holder, place);
    epoch::<T>(place);
    epoch::<T>(place);
    stake::<T>(holder, place);
    Pallet::<T>::end_epoch(place.netuid);
}

fn total<T: Config>(netuid: NetUid) -> Balance {
    Totals::<T>::get(netuid).unwrap().stake
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn allocate() {
        let (holder, place) = setting::<T>(0);
        earning::<T>(&holder, &place);
        let Place { netuid, evaluator } = place;

        #[extrinsic_call]
        _(RawOrigin::Signed(holder), netuid, evaluator, amount::<T>(), Permill::one());

        assert_eq!(total::<T>(netuid), amount::<T>().saturating_mul(3));
    }

    #[benchmark]
    fn move_stake() {
        let (holder, from) = setting::<T>(0);
        let (_, to) = setting::<T>(1);
        earning::<T>(&holder, &from);
        earning::<T>(&holder, &to);
        let all = amount::<T>().saturating_mul(2);

        #[extrinsic_call]
        _(RawOrigin::Signed(holder.clone()), from.clone(), to, all, Permill::one());

        assert!(!Positions::<T>::contains_key((&holder, from.netuid, &from.evaluator)));
    }

    #[benchmark]
    fn unbond() {
        let (holder, place) = setting::<T>(0);
        earning::<T>(&holder, &place);
        let Place { netuid, evaluator } = place;
        let all = amount::<T>().saturating_mul(2);
        for _ in 1..T::MaxUnbonding::get() {
            let free_from = BlockNumberFor::<T>::zero();
            Unbondings::<T>::mutate(&holder, |list| list.try_push(Unbonding { amount: 0, free_from })).unwrap();
        }

        #[extrinsic_call]
        _(RawOrigin::Signed(holder.clone()), netuid, evaluator.clone(), all);

        assert!(!Positions::<T>::contains_key((&holder, netuid, &evaluator)));
    }

    #[benchmark]
    fn withdraw_unbonded() {
        let (holder, place) = setting::<T>(0);
        let many = T::MinimumStake::get().saturating_mul(T::MaxUnbonding::get().saturating_add(1).into());
        Pallet::<T>::do_allocate(holder.clone(), place.clone(), many, Permill::one()).unwrap();
        for _ in 0..T::MaxUnbonding::get() {
            Pallet::<T>::do_unbond(holder.clone(), place.clone(), T::MinimumStake::get()).unwrap();
        }
        let now = frame_system::Pallet::<T>::block_number();
        let late = now.saturating_add(T::UnbondingPeriod::get()).saturating_add(One::one());
        frame_system::Pallet::<T>::set_block_number(late);

        #[extrinsic_call]
        _(RawOrigin::Signed(holder.clone()));

        assert!(Unbondings::<T>::get(&holder).is_empty());
    }

    #[benchmark]
    fn withdraw_dividends() {
        let (_, place) = setting::<T>(0);
        let evaluator = place.evaluator.clone();
        earning::<T>(&evaluator, &place);

        #[extrinsic_call]
        _(RawOrigin::Signed(evaluator.clone()), place.netuid, evaluator.clone());

        assert!(Pools::<T>::get(place.netuid, &evaluator).unwrap().take_owed.is_zero());
    }

    #[benchmark]
    fn set_take() {
        let (_, place) = setting::<T>(0);
        let evaluator = place.evaluator.clone();
        earning::<T>(&evaluator, &place);

        #[extrinsic_call]
        _(RawOrigin::Signed(evaluator.clone()), place.netuid, T::MaximumTake::get());

        assert!(Pools::<T>::contains_key(place.netuid, &evaluator));
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
