//! Weights of `pallet_babe`, whose own are not there for a runtime to take.
//!
//! Equivocations can't be reported yet (a proof of key ownership is a type without values), so only governance's call is
//! ever weighed; the other is set high for the day it can be.

use core::marker::PhantomData;

use frame_support::{
    traits::Get,
    weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight},
};

/// Weights of `pallet_babe`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_babe::WeightInfo for WeightInfo<T> {
    fn plan_config_change() -> Weight {
        Weight::from_parts(WEIGHT_REF_TIME_PER_MICROS.saturating_mul(10), 0)
            .saturating_add(T::DbWeight::get().writes(1))
    }

    fn report_equivocation(validators: u32, nominators: u32) -> Weight {
        let nominators = u64::from(nominators);
        // Proof of equivocation and of membership, offence, and each nominator's part in it.
        let micros = 400u64.saturating_add(u64::from(validators)).saturating_add(nominators.saturating_mul(25));
        let each = nominators.saturating_mul(3);
        Weight::from_parts(WEIGHT_REF_TIME_PER_MICROS.saturating_mul(micros), 0)
            .saturating_add(T::DbWeight::get().reads(each.saturating_add(21)))
            .saturating_add(T::DbWeight::get().writes(each.saturating_add(10)))
    }
}
