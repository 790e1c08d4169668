//! Weights for `pallet_records`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_records`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_records::WeightInfo for WeightInfo<T> {
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Records::NextRecordId` (r:1 w:1)
    /// Proof: `Records::NextRecordId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:0 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    fn create() -> Weight {
        // Proof size in bytes:
        //  measured  `264`
        //  estimated `3748`
        // Shortest run: 65_328_000 picoseconds.
        Weight::from_parts(70_705_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Records::NextRecordId` (r:1 w:1)
    /// Proof: `Records::NextRecordId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:2 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:0)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Records::Roots` (r:0 w:1)
    /// Proof: `Records::Roots` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// Storage: `Records::CatalogueDeposits` (r:0 w:1)
    /// Proof: `Records::CatalogueDeposits` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
    /// Storage: `Records::Digests` (r:0 w:8)
    /// Proof: `Records::Digests` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    fn catalogue() -> Weight {
        // Proof size in bytes:
        //  measured  `4199`
        //  estimated `12924`
        // Shortest run: 195_270_000 picoseconds.
        Weight::from_parts(208_260_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(15))
    }
    /// Storage: `Records::Releases` (r:2 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn yank() -> Weight {
        // Proof size in bytes:
        //  measured  `3858`
        //  estimated `12924`
        // Shortest run: 41_511_000 picoseconds.
        Weight::from_parts(46_549_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn offer() -> Weight {
        // Proof size in bytes:
        //  measured  `655`
        //  estimated `6406`
        // Shortest run: 25_608_000 picoseconds.
        Weight::from_parts(27_741_000, 0)
            .saturating_add(Weight::from_parts(0, 6406))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn withdraw_offer() -> Weight {
        // Proof size in bytes:
        //  measured  `593`
        //  estimated `3705`
        // Shortest run: 20_010_000 picoseconds.
        Weight::from_parts(22_153_000, 0)
            .saturating_add(Weight::from_parts(0, 3705))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:2)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn accept() -> Weight {
        // Proof size in bytes:
        //  measured  `988`
        //  estimated `6506`
        // Shortest run: 114_209_000 picoseconds.
        Weight::from_parts(125_386_000, 0)
            .saturating_add(Weight::from_parts(0, 6506))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Accesses` (r:1 w:0)
    /// Proof: `Datasets::Accesses` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:1 w:0)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:0 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    fn remove() -> Weight {
        // Proof size in bytes:
        //  measured  `752`
        //  estimated `3748`
        // Shortest run: 68_953_000 picoseconds.
        Weight::from_parts(78_586_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::CatalogueDeposits` (r:1 w:1)
    /// Proof: `Records::CatalogueDeposits` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn adopt() -> Weight {
        // Proof size in bytes:
        //  measured  `1011`
        //  estimated `6506`
        // Shortest run: 143_664_000 picoseconds.
        Weight::from_parts(163_102_000, 0)
            .saturating_add(Weight::from_parts(0, 6506))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Adoptions` (r:1 w:1)
    /// Proof: `Records::Adoptions` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
    fn adopt_all() -> Weight {
        // Proof size in bytes:
        //  measured  `264`
        //  estimated `3698`
        // Shortest run: 17_266_000 picoseconds.
        Weight::from_parts(18_638_000, 0)
            .saturating_add(Weight::from_parts(0, 3698))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::AdoptedLast` (r:1 w:1)
    /// Proof: `Records::AdoptedLast` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Records::Adoptions` (r:2 w:1)
    /// Proof: `Records::Adoptions` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:0)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::CatalogueDeposits` (r:1 w:1)
    /// Proof: `Records::CatalogueDeposits` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn adopt_step() -> Weight {
        // Proof size in bytes:
        //  measured  `4493`
        //  estimated `6957`
        // Shortest run: 174_640_000 picoseconds.
        Weight::from_parts(201_619_000, 0)
            .saturating_add(Weight::from_parts(0, 6957))
            .saturating_add(T::DbWeight::get().reads(12))
            .saturating_add(T::DbWeight::get().writes(8))
    }
    /// Storage: `Records::Releases` (r:2 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:1)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:2 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    fn claim_root() -> Weight {
        // Proof size in bytes:
        //  measured  `4203`
        //  estimated `12924`
        // Shortest run: 54_330_000 picoseconds.
        Weight::from_parts(67_260_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(1))
    }
}
