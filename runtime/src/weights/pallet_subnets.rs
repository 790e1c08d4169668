//! Weights for `pallet_subnets`, **provisional**: estimated from what is read, written and computed, not measured yet.
//!
//! `make runtime-weights` measures the benchmarks and writes this file anew. Until then the figures are meant to be on the high
//! side: reads and writes are counted for the worst case, and computing is taken at about twice what it takes in native code.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_subnets`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_subnets::WeightInfo for WeightInfo<T> {
    fn found() -> Weight {
        Weight::from_parts(180_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(10))
    }
    fn admit() -> Weight {
        Weight::from_parts(40_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn set_hyperparameter() -> Weight {
        Weight::from_parts(50_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn fund() -> Weight {
        Weight::from_parts(90_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn register() -> Weight {
        Weight::from_parts(900_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(14))
            .saturating_add(T::DbWeight::get().writes(16))
    }
    fn deregister() -> Weight {
        Weight::from_parts(700_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(12))
    }
    fn bind() -> Weight {
        Weight::from_parts(700_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(12))
            .saturating_add(T::DbWeight::get().writes(7))
    }
    fn unbind() -> Weight {
        Weight::from_parts(600_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn serve() -> Weight {
        Weight::from_parts(40_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn commit() -> Weight {
        Weight::from_parts(600_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    fn reveal(s: u32) -> Weight {
        Weight::from_parts(700_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(1))
            .saturating_add(Weight::from_parts(4_000_000, 0).saturating_mul(s.into()))
            .saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(s.into())))
    }
    fn close() -> Weight {
        Weight::from_parts(150_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(8))
    }
    fn on_initialize() -> Weight {
        Weight::from_parts(20_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(0))
    }
    fn epoch(n: u32, e: u32, s: u32) -> Weight {
        Weight::from_parts(3_000_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(10))
            .saturating_add(T::DbWeight::get().writes(8))
            .saturating_add(Weight::from_parts(6_000_000, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(n.into())))
            .saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(e.into()))
            .saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(e.into())))
            .saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(e.into())))
            .saturating_add(Weight::from_parts(110_000, 0).saturating_mul(s.into()))
    }
    fn credit_dividends(d: u32) -> Weight {
        Weight::from_parts(200_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(8))
            .saturating_add(Weight::from_parts(40_000_000, 0).saturating_mul(d.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(d.into())))
            .saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(d.into())))
    }
    fn credit_incentives(i: u32) -> Weight {
        Weight::from_parts(600_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
            .saturating_add(Weight::from_parts(70_000_000, 0).saturating_mul(i.into()))
            .saturating_add(T::DbWeight::get().reads(8_u64.saturating_mul(i.into())))
            .saturating_add(T::DbWeight::get().writes(3_u64.saturating_mul(i.into())))
    }
    fn allocate(a: u32) -> Weight {
        Weight::from_parts(120_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(3))
            .saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(a.into())))
    }
    fn clear(n: u32) -> Weight {
        Weight::from_parts(900_000_000, 4_000)
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(10))
            .saturating_add(Weight::from_parts(80_000_000, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(3_u64.saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(10_u64.saturating_mul(n.into())))
    }
}
