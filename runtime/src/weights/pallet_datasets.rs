//! Weights for `pallet_datasets`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_datasets`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_datasets::WeightInfo for WeightInfo<T> {
    /// Storage: `Records::Records` (r:18 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:18 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:18 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `System::BlockHash` (r:1 w:0)
    /// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(116), added: 2591, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Accesses` (r:16 w:0)
    /// Proof: `Datasets::Accesses` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:16 w:0)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Records::Splits` (r:16 w:1)
    /// Proof: `Records::Splits` (`max_values`: None, `max_size`: Some(541), added: 3016, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:1)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Children` (r:0 w:16)
    /// Proof: `Records::Children` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
    /// Storage: `Records::Roots` (r:0 w:1)
    /// Proof: `Records::Roots` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// Storage: `Records::Digests` (r:0 w:8)
    /// Proof: `Records::Digests` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// The range of component `p` is `[0, 16]`.
    fn release(p: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `4955 + p * (882 ±0)`
        //  estimated `12924 + p * (5967 ±0)`
        // Shortest run: 218_013_000 picoseconds.
        Weight::from_parts(249_331_535, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            // Standard error: 71_057
            .saturating_add(Weight::from_parts(36_217_062, 0).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(10))
            .saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(15))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(p.into()))
    }
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Accesses` (r:1 w:1)
    /// Proof: `Datasets::Accesses` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn set_access() -> Weight {
        // Proof size in bytes:
        //  measured  `732`
        //  estimated `3684`
        // Shortest run: 87_820_000 picoseconds.
        Weight::from_parts(100_452_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:1 w:1)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn grant() -> Weight {
        // Proof size in bytes:
        //  measured  `611`
        //  estimated `3684`
        // Shortest run: 64_183_000 picoseconds.
        Weight::from_parts(70_446_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:1 w:1)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn revoke() -> Weight {
        // Proof size in bytes:
        //  measured  `780`
        //  estimated `3684`
        // Shortest run: 57_284_000 picoseconds.
        Weight::from_parts(65_474_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
