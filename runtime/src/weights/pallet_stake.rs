//! Weights for `pallet_stake`, **provisional**: estimated from what is read, written and computed, not measured yet.
//!
//! `make runtime-weights` measures the benchmarks and writes this file anew. Until then the figures are meant to be on the high
//! side: reads and writes are counted for the worst case, and computing is taken at about twice what it takes in native code.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_stake`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_stake::WeightInfo for WeightInfo<T> {
    fn allocate() -> Weight {
        Weight::from_parts(150_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(12))
            .saturating_add(T::DbWeight::get().writes(7))
    }
    fn move_stake() -> Weight {
        Weight::from_parts(260_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(20))
            .saturating_add(T::DbWeight::get().writes(13))
    }
    fn unbond() -> Weight {
        Weight::from_parts(200_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(12))
            .saturating_add(T::DbWeight::get().writes(10))
    }
    fn withdraw_unbonded() -> Weight {
        Weight::from_parts(90_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    fn withdraw_dividends() -> Weight {
        Weight::from_parts(150_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(8))
    }
    fn set_take() -> Weight {
        Weight::from_parts(60_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn on_finalize() -> Weight {
        Weight::from_parts(30_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
