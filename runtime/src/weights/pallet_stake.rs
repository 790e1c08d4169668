//! Weights for `pallet_stake`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_stake`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_stake::WeightInfo for WeightInfo<T> {
    /// Storage: `Subnets::CreditingEpoch` (r:1 w:0)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:1)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:1 w:1)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:2 w:2)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Positions` (r:1 w:1)
    /// Proof: `Stake::Positions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn allocate() -> Weight {
        // Proof size in bytes:
        //  measured  `1346`
        //  estimated `13850`
        // Shortest run: 123_474_000 picoseconds.
        Weight::from_parts(127_950_000, 0)
            .saturating_add(Weight::from_parts(0, 13850))
            .saturating_add(T::DbWeight::get().reads(10))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Subnets::CreditingEpoch` (r:1 w:0)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Positions` (r:2 w:2)
    /// Proof: `Stake::Positions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:1)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:2 w:2)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:3 w:3)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Stake::TotalOwed` (r:1 w:1)
    /// Proof: `Stake::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    fn move_stake() -> Weight {
        // Proof size in bytes:
        //  measured  `1934`
        //  estimated `13850`
        // Shortest run: 216_572_000 picoseconds.
        Weight::from_parts(223_132_000, 0)
            .saturating_add(Weight::from_parts(0, 13850))
            .saturating_add(T::DbWeight::get().reads(15))
            .saturating_add(T::DbWeight::get().writes(11))
    }
    /// Storage: `Subnets::CreditingEpoch` (r:1 w:0)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Positions` (r:1 w:1)
    /// Proof: `Stake::Positions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:1)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:1 w:1)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:1 w:1)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Stake::TotalOwed` (r:1 w:1)
    /// Proof: `Stake::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Unbondings` (r:1 w:1)
    /// Proof: `Stake::Unbondings` (`max_values`: None, `max_size`: Some(689), added: 3164, mode: `MaxEncodedLen`)
    fn unbond() -> Weight {
        // Proof size in bytes:
        //  measured  `2027`
        //  estimated `13850`
        // Shortest run: 161_320_000 picoseconds.
        Weight::from_parts(166_778_000, 0)
            .saturating_add(Weight::from_parts(0, 13850))
            .saturating_add(T::DbWeight::get().reads(11))
            .saturating_add(T::DbWeight::get().writes(8))
    }
    /// Storage: `Stake::Unbondings` (r:1 w:1)
    /// Proof: `Stake::Unbondings` (`max_values`: None, `max_size`: Some(689), added: 3164, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn withdraw_unbonded() -> Weight {
        // Proof size in bytes:
        //  measured  `913`
        //  estimated `4154`
        // Shortest run: 52_628_000 picoseconds.
        Weight::from_parts(56_394_000, 0)
            .saturating_add(Weight::from_parts(0, 4154))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Stake::Positions` (r:1 w:1)
    /// Proof: `Stake::Positions` (`max_values`: None, `max_size`: Some(206), added: 2681, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:1 w:1)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:1 w:1)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Stake::TotalOwed` (r:1 w:1)
    /// Proof: `Stake::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    fn withdraw_dividends() -> Weight {
        // Proof size in bytes:
        //  measured  `952`
        //  estimated `6196`
        // Shortest run: 143_904_000 picoseconds.
        Weight::from_parts(148_491_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Stake::Pools` (r:1 w:1)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:1 w:1)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    fn set_take() -> Weight {
        // Proof size in bytes:
        //  measured  `551`
        //  estimated `3648`
        // Shortest run: 35_062_000 picoseconds.
        Weight::from_parts(37_446_000, 0)
            .saturating_add(Weight::from_parts(0, 3648))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Stake::TotalOwed` (r:1 w:0)
    /// Proof: `Stake::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn on_finalize() -> Weight {
        // Proof size in bytes:
        //  measured  `210`
        //  estimated `6196`
        // Shortest run: 46_008_000 picoseconds.
        Weight::from_parts(47_771_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
