//! Weights for `pallet_reservations`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_reservations`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_reservations::WeightInfo for WeightInfo<T> {
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(116), added: 2591, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn reserve() -> Weight {
        // Proof size in bytes:
        //  measured  `3`
        //  estimated `3622`
        // Shortest run: 49_963_000 picoseconds.
        Weight::from_parts(54_536_000, 0)
            .saturating_add(Weight::from_parts(0, 3622))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(116), added: 2591, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn cancel() -> Weight {
        // Proof size in bytes:
        //  measured  `200`
        //  estimated `3622`
        // Shortest run: 46_706_000 picoseconds.
        Weight::from_parts(50_744_000, 0)
            .saturating_add(Weight::from_parts(0, 3622))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(116), added: 2591, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn expire() -> Weight {
        // Proof size in bytes:
        //  measured  `340`
        //  estimated `3622`
        // Shortest run: 68_719_000 picoseconds.
        Weight::from_parts(72_945_000, 0)
            .saturating_add(Weight::from_parts(0, 3622))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
}
