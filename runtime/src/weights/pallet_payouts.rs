//! Weights for `pallet_payouts`, measured. Written by `make runtime-weights`; never edit by hand.
//!
//! Date: 2026-11-26. CPU: AMD EPYC. frame-omni-bencher 64.0.0, steps 30, repeat 10,
//! low range [], high range [], Wasm Compiled, worst
//! case map size 1000000.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_payouts`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_payouts::WeightInfo for WeightInfo<T> {
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:1 w:1)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Unsettled` (r:0 w:1)
    /// Proof: `Payouts::Unsettled` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Payments` (r:0 w:1)
    /// Proof: `Payouts::Payments` (`max_values`: None, `max_size`: Some(133), added: 2608, mode: `MaxEncodedLen`)
    fn pay() -> Weight {
        // Proof size in bytes:
        //  measured  `2094`
        //  estimated `6957`
        // Shortest run: 125_656_000 picoseconds.
        Weight::from_parts(131_796_000, 0)
            .saturating_add(Weight::from_parts(0, 6957))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Payouts::Unsettled` (r:1 w:1)
    /// Proof: `Payouts::Unsettled` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Splits` (r:1 w:0)
    /// Proof: `Records::Splits` (`max_values`: None, `max_size`: Some(541), added: 3016, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:33 w:33)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// The range of component `a` is `[0, 32]`.
    fn settle(a: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `833 + a * (29 ±0)`
        //  estimated `6957 + a * (2595 ±0)`
        // Shortest run: 27_641_000 picoseconds.
        Weight::from_parts(34_421_295, 0)
            .saturating_add(Weight::from_parts(0, 6957))
            // Standard error: 4_581
            .saturating_add(Weight::from_parts(3_838_109, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes(2))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 2595).saturating_mul(a.into()))
    }
    /// Storage: `Payouts::SettledLast` (r:1 w:0)
    /// Proof: `Payouts::SettledLast` (`max_values`: Some(1), `max_size`: Some(12), added: 507, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Unsettled` (r:101 w:100)
    /// Proof: `Payouts::Unsettled` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:100 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Splits` (r:100 w:0)
    /// Proof: `Records::Splits` (`max_values`: None, `max_size`: Some(541), added: 3016, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:132 w:132)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// The range of component `c` is `[1, 100]`.
    /// The range of component `a` is `[0, 32]`.
    fn settle_many(c: u32, a: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `325 + a * (50 ±0) + c * (244 ±0)`
        //  estimated `3493 + a * (2595 ±0) + c * (5967 ±0)`
        // Shortest run: 142_181_000 picoseconds.
        Weight::from_parts(143_354_000, 0)
            .saturating_add(Weight::from_parts(0, 3493))
            // Standard error: 84_233
            .saturating_add(Weight::from_parts(19_127_509, 0).saturating_mul(c.into()))
            // Standard error: 264_645
            .saturating_add(Weight::from_parts(4_383_036, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 2595).saturating_mul(a.into()))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(c.into()))
    }
    /// Storage: `Records::Records` (r:32 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:32 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:32 w:32)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:33 w:33)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// The range of component `r` is `[1, 32]`.
    fn withdraw(r: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `853 + r * (453 ±0)`
        //  estimated `3593 + r * (2715 ±0)`
        // Shortest run: 79_098_000 picoseconds.
        Weight::from_parts(5_056_155, 0)
            .saturating_add(Weight::from_parts(0, 3593))
            // Standard error: 62_559
            .saturating_add(Weight::from_parts(63_506_729, 0).saturating_mul(r.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(r.into())))
            .saturating_add(T::DbWeight::get().writes(2))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
            .saturating_add(Weight::from_parts(0, 2715).saturating_mul(r.into()))
    }
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:1 w:1)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    fn expire() -> Weight {
        // Proof size in bytes:
        //  measured  `1375`
        //  estimated `6196`
        // Shortest run: 78_016_000 picoseconds.
        Weight::from_parts(81_361_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Payouts::Emissions` (r:1 w:1)
    /// Proof: `Payouts::Emissions` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:1 w:1)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Unsettled` (r:0 w:1)
    /// Proof: `Payouts::Unsettled` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
    fn mature() -> Weight {
        // Proof size in bytes:
        //  measured  `1540`
        //  estimated `4186`
        // Shortest run: 45_698_000 picoseconds.
        Weight::from_parts(48_312_000, 0)
            .saturating_add(Weight::from_parts(0, 4186))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Payouts::TotalOwed` (r:1 w:0)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn on_finalize() -> Weight {
        // Proof size in bytes:
        //  measured  `352`
        //  estimated `6196`
        // Shortest run: 47_390_000 picoseconds.
        Weight::from_parts(49_473_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
