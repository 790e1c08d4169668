//! Weights for `pallet_sponsorship`, measured. Written by `make runtime-weights`; never edit by hand.
//!
//! Date: 2026-11-26. CPU: AMD EPYC. frame-omni-bencher 64.0.0, steps 50, repeat 20,
//! low range [], high range [], Wasm Compiled, worst
//! case map size 1000000.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_sponsorship`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_sponsorship::WeightInfo for WeightInfo<T> {
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn open() -> Weight {
        // Proof size in bytes:
        //  measured  `52`
        //  estimated `3748`
        // Shortest run: 131_926_000 picoseconds.
        Weight::from_parts(165_736_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn close() -> Weight {
        // Proof size in bytes:
        //  measured  `119`
        //  estimated `3748`
        // Shortest run: 75_952_000 picoseconds.
        Weight::from_parts(82_743_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn expire() -> Weight {
        // Proof size in bytes:
        //  measured  `119`
        //  estimated `3748`
        // Shortest run: 78_958_000 picoseconds.
        Weight::from_parts(82_373_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    fn dispatch() -> Weight {
        // Proof size in bytes:
        //  measured  `44`
        //  estimated `3633`
        // Shortest run: 16_554_000 picoseconds.
        Weight::from_parts(27_501_000, 0)
            .saturating_add(Weight::from_parts(0, 3633))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn charge() -> Weight {
        // Proof size in bytes:
        //  measured  `119`
        //  estimated `3748`
        // Shortest run: 84_897_000 picoseconds.
        Weight::from_parts(90_795_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Sponsorship::Sponsorships` (r:1 w:1)
    /// Proof: `Sponsorship::Sponsorships` (`max_values`: None, `max_size`: Some(168), added: 2643, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn draw() -> Weight {
        // Proof size in bytes:
        //  measured  `234`
        //  estimated `3748`
        // Shortest run: 45_658_000 picoseconds.
        Weight::from_parts(59_519_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
