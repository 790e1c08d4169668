//! Weights of `pallet_datasets`.
//!
//! PROVISIONAL: counted by hand (reads, writes, and a generous time for the rest), in the form in which
//! `make runtime-weights` writes what it measured.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_datasets`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_datasets::WeightInfo for WeightInfo<T> {
    fn release(p: u32) -> Weight {
        Weight::from_parts(220_000_000, 0)
            .saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(18))
            .saturating_add(T::DbWeight::get().reads(7_u64.saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(18))
            .saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(p.into())))
    }

    fn set_access() -> Weight {
        Weight::from_parts(100_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }

    fn grant() -> Weight {
        Weight::from_parts(80_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(3))
    }

    fn revoke() -> Weight {
        Weight::from_parts(80_000_000, 0)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(3))
    }
}
