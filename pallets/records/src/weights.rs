//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls, and of registering for the pallets that do it.
pub trait WeightInfo {
    /// [`crate::Call::create`].
    fn create() -> Weight;
    /// [`crate::Call::catalogue`].
    fn catalogue() -> Weight;
    /// [`crate::Call::yank`].
    fn yank() -> Weight;
    /// [`crate::Call::offer`].
    fn offer() -> Weight;
    /// [`crate::Call::withdraw_offer`].
    fn withdraw_offer() -> Weight;
    /// [`crate::Call::accept`].
    fn accept() -> Weight;
    /// [`crate::Call::remove`].
    fn remove() -> Weight;
    /// [`crate::Call::adopt`].
    fn adopt() -> Weight;
    /// [`crate::Call::claim_root`].
    fn claim_root() -> Weight;
}

/// Estimates, until a runtime puts measured figures in place.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn create() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    fn catalogue() -> Weight {
        Weight::from_parts(150_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(12))
            .saturating_add(T::DbWeight::get().writes(18))
    }
    fn yank() -> Weight {
        Weight::from_parts(40_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn offer() -> Weight {
        Weight::from_parts(30_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn withdraw_offer() -> Weight {
        Weight::from_parts(30_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn accept() -> Weight {
        Weight::from_parts(80_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    fn remove() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    fn adopt() -> Weight {
        Weight::from_parts(90_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    fn claim_root() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(1))
    }
}
