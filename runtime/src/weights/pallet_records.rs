//! Weights for `pallet_records`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_records`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_records::WeightInfo for WeightInfo<T> {
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Records::NextRecordId` (r:1 w:1)
    /// Proof: `Records::NextRecordId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:0 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    fn create() -> Weight {
        // Proof size in bytes:
        //  measured  `226`
        //  estimated `3684`
        // Shortest run: 59_343_000 picoseconds.
        Weight::from_parts(67_822_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Records::NextRecordId` (r:1 w:1)
    /// Proof: `Records::NextRecordId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:2 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:0)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Records::Roots` (r:0 w:1)
    /// Proof: `Records::Roots` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// Storage: `Records::CatalogueDeposits` (r:0 w:1)
    /// Proof: `Records::CatalogueDeposits` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
    /// Storage: `Records::Digests` (r:0 w:8)
    /// Proof: `Records::Digests` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    fn catalogue() -> Weight {
        // Proof size in bytes:
        //  measured  `4158`
        //  estimated `12924`
        // Shortest run: 180_600_000 picoseconds.
        Weight::from_parts(199_553_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(15))
    }
    /// Storage: `Records::Releases` (r:2 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn yank() -> Weight {
        // Proof size in bytes:
        //  measured  `3819`
        //  estimated `12924`
        // Shortest run: 41_328_000 picoseconds.
        Weight::from_parts(45_667_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn offer() -> Weight {
        // Proof size in bytes:
        //  measured  `614`
        //  estimated `6378`
        // Shortest run: 24_753_000 picoseconds.
        Weight::from_parts(27_004_000, 0)
            .saturating_add(Weight::from_parts(0, 6378))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn withdraw_offer() -> Weight {
        // Proof size in bytes:
        //  measured  `522`
        //  estimated `3684`
        // Shortest run: 19_858_000 picoseconds.
        Weight::from_parts(22_582_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:1 w:2)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn accept() -> Weight {
        // Proof size in bytes:
        //  measured  `852`
        //  estimated `6254`
        // Shortest run: 105_273_000 picoseconds.
        Weight::from_parts(114_491_000, 0)
            .saturating_add(Weight::from_parts(0, 6254))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Accesses` (r:1 w:0)
    /// Proof: `Datasets::Accesses` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:1 w:0)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `Records::Names` (r:0 w:1)
    /// Proof: `Records::Names` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
    fn remove() -> Weight {
        // Proof size in bytes:
        //  measured  `713`
        //  estimated `3684`
        // Shortest run: 64_306_000 picoseconds.
        Weight::from_parts(69_581_000, 0)
            .saturating_add(Weight::from_parts(0, 3684))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Records::Records` (r:1 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Records::CatalogueDeposits` (r:1 w:1)
    /// Proof: `Records::CatalogueDeposits` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(157), added: 2632, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn adopt() -> Weight {
        // Proof size in bytes:
        //  measured  `972`
        //  estimated `6254`
        // Shortest run: 133_589_000 picoseconds.
        Weight::from_parts(142_286_000, 0)
            .saturating_add(Weight::from_parts(0, 6254))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(5))
    }
    /// Storage: `Records::Releases` (r:2 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:1)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:2 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:2 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    fn claim_root() -> Weight {
        // Proof size in bytes:
        //  measured  `4162`
        //  estimated `12924`
        // Shortest run: 54_430_000 picoseconds.
        Weight::from_parts(58_386_000, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn adopt_all() -> Weight {
        Weight::from_parts(30000000, 0)
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    fn adopt_step() -> Weight {
        Weight::from_parts(160000000, 0)
            .saturating_add(T::DbWeight::get().reads(8))
            .saturating_add(T::DbWeight::get().writes(6))
    }
}
