//! Weights for `pallet_registrars`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_registrars`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_registrars::WeightInfo for WeightInfo<T> {
    /// Storage: `Registrars::Registrars` (r:0 w:1)
    /// Proof: `Registrars::Registrars` (`max_values`: Some(1), `max_size`: Some(1029), added: 1524, mode: `MaxEncodedLen`)
    fn appoint() -> Weight {
        // Proof size in bytes:
        //  measured  `0`
        //  estimated `0`
        // Shortest run: 5_718_000 picoseconds.
        Weight::from_parts(7_511_000, 0)
            .saturating_add(Weight::from_parts(0, 0))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Registrars::Registrars` (r:1 w:0)
    /// Proof: `Registrars::Registrars` (`max_values`: Some(1), `max_size`: Some(1029), added: 1524, mode: `MaxEncodedLen`)
    /// Storage: `Registrars::Requests` (r:1 w:1)
    /// Proof: `Registrars::Requests` (`max_values`: None, `max_size`: Some(1377), added: 3852, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn request() -> Weight {
        // Proof size in bytes:
        //  measured  `1744`
        //  estimated `4842`
        // Shortest run: 105_076_000 picoseconds.
        Weight::from_parts(110_585_000, 0)
            .saturating_add(Weight::from_parts(0, 4842))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Registrars::Requests` (r:1 w:1)
    /// Proof: `Registrars::Requests` (`max_values`: None, `max_size`: Some(1377), added: 3852, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn cancel() -> Weight {
        // Proof size in bytes:
        //  measured  `1574`
        //  estimated `4842`
        // Shortest run: 50_786_000 picoseconds.
        Weight::from_parts(54_741_000, 0)
            .saturating_add(Weight::from_parts(0, 4842))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Registrars::Registrars` (r:1 w:0)
    /// Proof: `Registrars::Registrars` (`max_values`: Some(1), `max_size`: Some(1029), added: 1524, mode: `MaxEncodedLen`)
    /// Storage: `Registrars::Requests` (r:1 w:1)
    /// Proof: `Registrars::Requests` (`max_values`: None, `max_size`: Some(1377), added: 3852, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Records::Adoptions` (r:0 w:1)
    /// Proof: `Records::Adoptions` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
    fn attest() -> Weight {
        // Proof size in bytes:
        //  measured  `3263`
        //  estimated `6506`
        // Shortest run: 125_727_000 picoseconds.
        Weight::from_parts(131_756_000, 0)
            .saturating_add(Weight::from_parts(0, 6506))
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(7))
    }
    /// Storage: `Registrars::Registrars` (r:1 w:0)
    /// Proof: `Registrars::Registrars` (`max_values`: Some(1), `max_size`: Some(1029), added: 1524, mode: `MaxEncodedLen`)
    /// Storage: `Registrars::Requests` (r:1 w:1)
    /// Proof: `Registrars::Requests` (`max_values`: None, `max_size`: Some(1377), added: 3852, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn refuse() -> Weight {
        // Proof size in bytes:
        //  measured  `3114`
        //  estimated `4842`
        // Shortest run: 71_135_000 picoseconds.
        Weight::from_parts(79_708_000, 0)
            .saturating_add(Weight::from_parts(0, 4842))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Registrars::Requests` (r:2 w:1)
    /// Proof: `Registrars::Requests` (`max_values`: None, `max_size`: Some(1377), added: 3852, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Ids` (r:1 w:0)
    /// Proof: `Namespaces::Ids` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:1)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Registrars::Registrars` (r:1 w:0)
    /// Proof: `Registrars::Registrars` (`max_values`: Some(1), `max_size`: Some(1029), added: 1524, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Records::Adoptions` (r:0 w:1)
    /// Proof: `Records::Adoptions` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
    fn conclude() -> Weight {
        // Proof size in bytes:
        //  measured  `3074`
        //  estimated `8694`
        // Shortest run: 88_492_000 picoseconds.
        Weight::from_parts(95_773_000, 0)
            .saturating_add(Weight::from_parts(0, 8694))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(5))
    }
}
