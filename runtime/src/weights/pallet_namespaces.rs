//! Weights for `pallet_namespaces`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_namespaces`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_namespaces::WeightInfo for WeightInfo<T> {
    /// Storage: `Namespaces::Ids` (r:1 w:1)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `System::BlockHash` (r:1 w:0)
    /// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(116), added: 2591, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::NextNamespaceId` (r:1 w:1)
    /// Proof: `Namespaces::NextNamespaceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:0 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn claim() -> Weight {
        // Proof size in bytes:
        //  measured  `386`
        //  estimated `3622`
        // Shortest run: 76_467_000 picoseconds.
        Weight::from_parts(86_696_000, 0)
            .saturating_add(Weight::from_parts(0, 3622))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    /// Storage: `Namespaces::Ids` (r:1 w:1)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::NextNamespaceId` (r:1 w:1)
    /// Proof: `Namespaces::NextNamespaceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:0 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn open() -> Weight {
        // Proof size in bytes:
        //  measured  `132`
        //  estimated `3622`
        // Shortest run: 55_783_000 picoseconds.
        Weight::from_parts(60_788_000, 0)
            .saturating_add(Weight::from_parts(0, 3622))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    fn link() -> Weight {
        // Proof size in bytes:
        //  measured  `614`
        //  estimated `3684`
        // Shortest run: 52_715_000 picoseconds.
        Weight::from_parts(57_794_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn offer() -> Weight {
        // Proof size in bytes:
        //  measured  `220`
        //  estimated `3684`
        // Shortest run: 11_092_000 picoseconds.
        Weight::from_parts(13_116_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn withdraw_offer() -> Weight {
        // Proof size in bytes:
        //  measured  `252`
        //  estimated `3684`
        // Shortest run: 11_132_000 picoseconds.
        Weight::from_parts(13_025_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn accept() -> Weight {
        // Proof size in bytes:
        //  measured  `252`
        //  estimated `3684`
        // Shortest run: 10_989_000 picoseconds.
        Weight::from_parts(12_861_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn lapse() -> Weight {
        Weight::from_parts(30000000, 0)
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
}
