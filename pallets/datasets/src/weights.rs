//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use core::marker::PhantomData;

use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls.
pub trait WeightInfo {
    /// [`crate::Call::release`] with `p` parents.
    fn release(p: u32) -> Weight;
    /// [`crate::Call::set_access`].
    fn set_access() -> Weight;
    /// [`crate::Call::grant`].
    fn grant() -> Weight;
    /// [`crate::Call::revoke`].
    fn revoke() -> Weight;
}

/// Estimates, until a runtime puts measured figures in place.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn release(p: u32) -> Weight {
        Weight::from_parts(200_000_000, 20_000)
            .saturating_add(Weight::from_parts(40_000_000, 8_000).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(14))
            .saturating_add(T::DbWeight::get().reads(7u64.saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(20))
            .saturating_add(T::DbWeight::get().writes(1u64.saturating_mul(p.into())))
    }
    fn set_access() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn grant() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    fn revoke() -> Weight {
        Weight::from_parts(60_000_000, 20_000)
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
