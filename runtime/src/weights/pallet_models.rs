//! Weights of `pallet_models`.
//!
//! PROVISIONAL: counted by hand (reads, writes, and a generous time for the rest), in the form in which
//! `make runtime-weights` writes what it measured.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_models`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_models::WeightInfo for WeightInfo<T> {
    fn release(p: u32) -> Weight {
        Weight::from_parts(220_000_000, 0)
            .saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(18))
            .saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(18))
            .saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
    }
}
