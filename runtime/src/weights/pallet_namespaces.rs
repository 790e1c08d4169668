//! Weights for `pallet_namespaces`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_namespaces`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_namespaces::WeightInfo for WeightInfo<T> {
    /// Storage: `Namespaces::Ids` (r:1 w:1)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `System::BlockHash` (r:1 w:0)
    /// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::NextNamespaceId` (r:1 w:1)
    /// Proof: `Namespaces::NextNamespaceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:0 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn claim() -> Weight {
        // Proof size in bytes:
        //  measured  `387`
        //  estimated `3748`
        // Shortest run: 83_685_000 picoseconds.
        Weight::from_parts(86_879_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    /// Storage: `Namespaces::Ids` (r:1 w:1)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::NextNamespaceId` (r:1 w:1)
    /// Proof: `Namespaces::NextNamespaceId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:0 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn open() -> Weight {
        // Proof size in bytes:
        //  measured  `132`
        //  estimated `3748`
        // Shortest run: 58_527_000 picoseconds.
        Weight::from_parts(61_031_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn link() -> Weight {
        // Proof size in bytes:
        //  measured  `616`
        //  estimated `3748`
        // Shortest run: 58_627_000 picoseconds.
        Weight::from_parts(62_133_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn offer() -> Weight {
        // Proof size in bytes:
        //  measured  `222`
        //  estimated `3698`
        // Shortest run: 11_006_000 picoseconds.
        Weight::from_parts(12_048_000, 0)
            .saturating_add(Weight::from_parts(0, 3698))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn withdraw_offer() -> Weight {
        // Proof size in bytes:
        //  measured  `254`
        //  estimated `3698`
        // Shortest run: 10_696_000 picoseconds.
        Weight::from_parts(11_548_000, 0)
            .saturating_add(Weight::from_parts(0, 3698))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn accept() -> Weight {
        // Proof size in bytes:
        //  measured  `254`
        //  estimated `3698`
        // Shortest run: 10_706_000 picoseconds.
        Weight::from_parts(11_577_000, 0)
            .saturating_add(Weight::from_parts(0, 3698))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn lapse() -> Weight {
        // Proof size in bytes:
        //  measured  `312`
        //  estimated `3698`
        // Shortest run: 11_197_000 picoseconds.
        Weight::from_parts(12_178_000, 0)
            .saturating_add(Weight::from_parts(0, 3698))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().writes(1))
    }
}
