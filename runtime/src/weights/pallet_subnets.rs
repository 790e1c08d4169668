//! Weights for `pallet_subnets`, measured. Written by `make runtime-weights`; never edit by hand.
//!
//! Date: 2026-11-26. CPU: AMD EPYC. frame-omni-bencher 64.0.0, steps 20, repeat 10,
//! low range [], high range [], Wasm Compiled, worst
//! case map size 1000000.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weight functions for `pallet_subnets`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_subnets::WeightInfo for WeightInfo<T> {
    /// Storage: `Subnets::NextNetUid` (r:1 w:1)
    /// Proof: `Subnets::NextNetUid` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Closing` (r:1 w:0)
    /// Proof: `Subnets::Closing` (`max_values`: Some(1), `max_size`: Some(258), added: 753, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::FoundingPrices` (r:1 w:1)
    /// Proof: `Subnets::FoundingPrices` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:1)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:0 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:0 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    fn found() -> Weight {
        // Proof size in bytes:
        //  measured  `80`
        //  estimated `3748`
        // Shortest run: 80_670_000 picoseconds.
        Weight::from_parts(84_225_000, 0)
            .saturating_add(Weight::from_parts(0, 3748))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(7))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    fn admit() -> Weight {
        // Proof size in bytes:
        //  measured  `430`
        //  estimated `3766`
        // Shortest run: 13_700_000 picoseconds.
        Weight::from_parts(14_892_000, 0)
            .saturating_add(Weight::from_parts(0, 3766))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    fn set_hyperparameter() -> Weight {
        // Proof size in bytes:
        //  measured  `430`
        //  estimated `3766`
        // Shortest run: 15_744_000 picoseconds.
        Weight::from_parts(17_046_000, 0)
            .saturating_add(Weight::from_parts(0, 3766))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(2))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Accounted` (r:1 w:1)
    /// Proof: `Subnets::Accounted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    fn fund() -> Weight {
        // Proof size in bytes:
        //  measured  `671`
        //  estimated `6196`
        // Shortest run: 59_448_000 picoseconds.
        Weight::from_parts(62_363_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:2)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:0)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bindings` (r:1 w:2)
    /// Proof: `Subnets::Bindings` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:2 w:2)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:1 w:1)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Endpoints` (r:0 w:1)
    /// Proof: `Subnets::Endpoints` (`max_values`: None, `max_size`: Some(166), added: 2641, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bonds` (r:0 w:1)
    /// Proof: `Subnets::Bonds` (`max_values`: None, `max_size`: Some(16422), added: 18897, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Commits` (r:0 w:1)
    /// Proof: `Subnets::Commits` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:0 w:1)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    fn register() -> Weight {
        // Proof size in bytes:
        //  measured  `45992`
        //  estimated `44445`
        // Shortest run: 465_032_000 picoseconds.
        Weight::from_parts(487_194_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            .saturating_add(T::DbWeight::get().reads(13))
            .saturating_add(T::DbWeight::get().writes(15))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:1)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:1 w:1)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Endpoints` (r:0 w:1)
    /// Proof: `Subnets::Endpoints` (`max_values`: None, `max_size`: Some(166), added: 2641, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bonds` (r:0 w:1)
    /// Proof: `Subnets::Bonds` (`max_values`: None, `max_size`: Some(16422), added: 18897, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Commits` (r:0 w:1)
    /// Proof: `Subnets::Commits` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bindings` (r:0 w:1)
    /// Proof: `Subnets::Bindings` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:0 w:1)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    fn deregister() -> Weight {
        // Proof size in bytes:
        //  measured  `44724`
        //  estimated `44445`
        // Shortest run: 292_055_000 picoseconds.
        Weight::from_parts(314_618_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(11))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:0)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bindings` (r:1 w:2)
    /// Proof: `Subnets::Bindings` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:1 w:1)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    fn bind() -> Weight {
        // Proof size in bytes:
        //  measured  `45581`
        //  estimated `44445`
        // Shortest run: 318_974_000 picoseconds.
        Weight::from_parts(342_509_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            .saturating_add(T::DbWeight::get().reads(10))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:1 w:1)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:0)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bindings` (r:0 w:1)
    /// Proof: `Subnets::Bindings` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
    fn unbind() -> Weight {
        // Proof size in bytes:
        //  measured  `43642`
        //  estimated `44445`
        // Shortest run: 236_622_000 picoseconds.
        Weight::from_parts(258_634_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Endpoints` (r:0 w:1)
    /// Proof: `Subnets::Endpoints` (`max_values`: None, `max_size`: Some(166), added: 2641, mode: `MaxEncodedLen`)
    fn serve() -> Weight {
        // Proof size in bytes:
        //  measured  `561`
        //  estimated `3766`
        // Shortest run: 20_911_000 picoseconds.
        Weight::from_parts(23_155_000, 0)
            .saturating_add(Weight::from_parts(0, 3766))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().writes(1))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:1 w:0)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Commits` (r:1 w:1)
    /// Proof: `Subnets::Commits` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:1 w:1)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    fn commit() -> Weight {
        // Proof size in bytes:
        //  measured  `44851`
        //  estimated `44445`
        // Shortest run: 324_813_000 picoseconds.
        Weight::from_parts(345_754_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            .saturating_add(T::DbWeight::get().reads(9))
            .saturating_add(T::DbWeight::get().writes(6))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:0)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:0)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:1 w:1)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Commits` (r:1 w:0)
    /// Proof: `Subnets::Commits` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
    /// Storage: `System::BlockHash` (r:1 w:0)
    /// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:4095 w:0)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// The range of component `s` is `[1, 4095]`.
    fn reveal(s: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `145314 + s * (115 ±0)`
        //  estimated `44445 + s * (2624 ±0)`
        // Shortest run: 164_945_000 picoseconds.
        Weight::from_parts(452_100_666, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            // Standard error: 32_181
            .saturating_add(Weight::from_parts(6_441_539, 0).saturating_mul(s.into()))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(s.into())))
            .saturating_add(T::DbWeight::get().writes(1))
            .saturating_add(Weight::from_parts(0, 2624).saturating_mul(s.into()))
    }
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Accounted` (r:1 w:1)
    /// Proof: `Subnets::Accounted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Closing` (r:1 w:1)
    /// Proof: `Subnets::Closing` (`max_values`: Some(1), `max_size`: Some(258), added: 753, mode: `MaxEncodedLen`)
    fn close() -> Weight {
        // Proof size in bytes:
        //  measured  `751`
        //  estimated `6196`
        // Shortest run: 88_832_000 picoseconds.
        Weight::from_parts(92_568_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(7))
            .saturating_add(T::DbWeight::get().writes(7))
    }
    /// Storage: `Babe::EpochStart` (r:1 w:0)
    /// Proof: `Babe::EpochStart` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::CreditingEpoch` (r:1 w:0)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:0)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    fn on_initialize() -> Weight {
        // Proof size in bytes:
        //  measured  `1236`
        //  estimated `13850`
        // Shortest run: 15_834_000 picoseconds.
        Weight::from_parts(18_638_000, 0)
            .saturating_add(Weight::from_parts(0, 13850))
            .saturating_add(T::DbWeight::get().reads(3))
    }
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:4095 w:0)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:4095 w:0)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Results` (r:0 w:1)
    /// Proof: `Subnets::Results` (`max_values`: None, `max_size`: Some(41106), added: 43581, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:0 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::CreditingEpoch` (r:0 w:1)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// The range of component `n` is `[2, 4096]`.
    fn epoch_neurons(n: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `1597 + n * (148 ±0)`
        //  estimated `44445 + n * (2656 ±0)`
        // Shortest run: 45_828_000 picoseconds.
        Weight::from_parts(45_978_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            // Standard error: 53_797
            .saturating_add(Weight::from_parts(9_850_596, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(6))
            .saturating_add(Weight::from_parts(0, 2656).saturating_mul(n.into()))
    }
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:4095 w:0)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:256 w:0)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bonds` (r:256 w:256)
    /// Proof: `Subnets::Bonds` (`max_values`: None, `max_size`: Some(16422), added: 18897, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:4095 w:0)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Results` (r:0 w:1)
    /// Proof: `Subnets::Results` (`max_values`: None, `max_size`: Some(41106), added: 43581, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:0 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::CreditingEpoch` (r:0 w:1)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// The range of component `e` is `[0, 256]`.
    fn epoch_evaluators(e: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `608402 + e * (219 ±0)`
        //  estimated `10885500 + e * (18905 ±0)`
        // Shortest run: 41_428_518_000 picoseconds.
        Weight::from_parts(43_867_240_149, 0)
            .saturating_add(Weight::from_parts(0, 10885500))
            // Standard error: 1_485_857
            .saturating_add(Weight::from_parts(10_851_006, 0).saturating_mul(e.into()))
            .saturating_add(T::DbWeight::get().reads(8195))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(e.into())))
            .saturating_add(T::DbWeight::get().writes(6))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
            .saturating_add(Weight::from_parts(0, 18905).saturating_mul(e.into()))
    }
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:4095 w:0)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:256 w:0)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bonds` (r:256 w:256)
    /// Proof: `Subnets::Bonds` (`max_values`: None, `max_size`: Some(16422), added: 18897, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:4095 w:0)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:1 w:0)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Schedule` (r:1 w:1)
    /// Proof: `Subnets::Schedule` (`max_values`: Some(1), `max_size`: Some(770), added: 1265, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Results` (r:0 w:1)
    /// Proof: `Subnets::Results` (`max_values`: None, `max_size`: Some(41106), added: 43581, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Incentives` (r:0 w:1)
    /// Proof: `Subnets::Incentives` (`max_values`: Some(1), `max_size`: Some(200706), added: 201201, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:0 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::CreditingEpoch` (r:0 w:1)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// The range of component `s` is `[0, 4096]`.
    fn epoch_scores(s: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `667101 + s * (2048 ±0)`
        //  estimated `10885500`
        // Shortest run: 45_310_269_000 picoseconds.
        Weight::from_parts(50_606_617_702, 0)
            .saturating_add(Weight::from_parts(0, 10885500))
            // Standard error: 222_870
            .saturating_add(Weight::from_parts(18_466_531, 0).saturating_mul(s.into()))
            .saturating_add(T::DbWeight::get().reads(8707))
            .saturating_add(T::DbWeight::get().writes(263))
    }
    /// Storage: `System::Account` (r:3 w:3)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Accounted` (r:1 w:1)
    /// Proof: `Subnets::Accounted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Pools` (r:256 w:256)
    /// Proof: `Stake::Pools` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:1 w:1)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Starts` (r:256 w:256)
    /// Proof: `Stake::Starts` (`max_values`: None, `max_size`: Some(107), added: 2582, mode: `MaxEncodedLen`)
    /// Storage: `Stake::TotalOwed` (r:1 w:1)
    /// Proof: `Stake::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// The range of component `d` is `[0, 256]`.
    fn credit_dividends(d: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `779 + d * (247 ±0)`
        //  estimated `8319 + d * (2658 ±0)`
        // Shortest run: 80_449_000 picoseconds.
        Weight::from_parts(82_189_999, 0)
            .saturating_add(Weight::from_parts(0, 8319))
            // Standard error: 78_068
            .saturating_add(Weight::from_parts(26_865_566, 0).saturating_mul(d.into()))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(d.into())))
            .saturating_add(T::DbWeight::get().writes(6))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(d.into())))
            .saturating_add(Weight::from_parts(0, 2658).saturating_mul(d.into()))
    }
    /// Storage: `Subnets::CreditingEpoch` (r:1 w:1)
    /// Proof: `Subnets::CreditingEpoch` (`max_values`: Some(1), `max_size`: Some(12365), added: 12860, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Incentives` (r:1 w:1)
    /// Proof: `Subnets::Incentives` (`max_values`: Some(1), `max_size`: Some(200706), added: 201201, mode: `MaxEncodedLen`)
    /// Storage: `Records::Records` (r:500 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:500 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Emissions` (r:500 w:500)
    /// Proof: `Payouts::Emissions` (`max_values`: None, `max_size`: Some(721), added: 3196, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:500 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Accounted` (r:1 w:1)
    /// Proof: `Subnets::Accounted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// The range of component `i` is `[0, 500]`.
    fn credit_incentives(i: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `924 + i * (418 ±0)`
        //  estimated `202191 + i * (5967 ±0)`
        // Shortest run: 8_172_000 picoseconds.
        Weight::from_parts(8_363_000, 0)
            .saturating_add(Weight::from_parts(0, 202191))
            // Standard error: 228_488
            .saturating_add(Weight::from_parts(68_596_136, 0).saturating_mul(i.into()))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(i.into())))
            .saturating_add(T::DbWeight::get().writes(5))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(i.into())))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(i.into()))
    }
    /// Storage: `Subnets::Accounted` (r:1 w:1)
    /// Proof: `Subnets::Accounted` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:1 w:1)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Admissions` (r:1 w:1)
    /// Proof: `Subnets::Admissions` (`max_values`: Some(1), `max_size`: Some(1474), added: 1969, mode: `MaxEncodedLen`)
    /// Storage: `Stake::Totals` (r:64 w:0)
    /// Proof: `Stake::Totals` (`max_values`: None, `max_size`: Some(58), added: 2533, mode: `MaxEncodedLen`)
    /// Storage: `Calendar::DayLength` (r:1 w:0)
    /// Proof: `Calendar::DayLength` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
    /// The range of component `a` is `[0, 64]`.
    fn allocate(a: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `414 + a * (78 ±0)`
        //  estimated `3593 + a * (2533 ±0)`
        // Shortest run: 30_996_000 picoseconds.
        Weight::from_parts(34_006_075, 0)
            .saturating_add(Weight::from_parts(0, 3593))
            // Standard error: 16_138
            .saturating_add(Weight::from_parts(7_305_515, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes(3))
            .saturating_add(Weight::from_parts(0, 2533).saturating_mul(a.into()))
    }
    /// Storage: `Subnets::Closing` (r:1 w:1)
    /// Proof: `Subnets::Closing` (`max_values`: Some(1), `max_size`: Some(258), added: 753, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Subnets` (r:1 w:1)
    /// Proof: `Subnets::Subnets` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Seats` (r:1 w:1)
    /// Proof: `Subnets::Seats` (`max_values`: None, `max_size`: Some(40980), added: 43455, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Neurons` (r:500 w:500)
    /// Proof: `Subnets::Neurons` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:501 w:501)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:501 w:501)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Results` (r:0 w:4)
    /// Proof: `Subnets::Results` (`max_values`: None, `max_size`: Some(41106), added: 43581, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Endpoints` (r:0 w:500)
    /// Proof: `Subnets::Endpoints` (`max_values`: None, `max_size`: Some(166), added: 2641, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bonds` (r:0 w:500)
    /// Proof: `Subnets::Bonds` (`max_values`: None, `max_size`: Some(16422), added: 18897, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Commits` (r:0 w:500)
    /// Proof: `Subnets::Commits` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Bindings` (r:0 w:500)
    /// Proof: `Subnets::Bindings` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::ShownScores` (r:0 w:500)
    /// Proof: `Subnets::ShownScores` (`max_values`: None, `max_size`: Some(16430), added: 18905, mode: `MaxEncodedLen`)
    /// Storage: `Subnets::Uids` (r:0 w:500)
    /// Proof: `Subnets::Uids` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
    /// The range of component `n` is `[0, 500]`.
    fn clear(n: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `777 + n * (307 ±0)`
        //  estimated `44445 + n * (2758 ±0)`
        // Shortest run: 67_390_000 picoseconds.
        Weight::from_parts(67_681_000, 0)
            .saturating_add(Weight::from_parts(0, 44445))
            // Standard error: 140_216
            .saturating_add(Weight::from_parts(65_767_467, 0).saturating_mul(n.into()))
            .saturating_add(T::DbWeight::get().reads(5))
            .saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
            .saturating_add(T::DbWeight::get().writes(9))
            .saturating_add(T::DbWeight::get().writes((9_u64).saturating_mul(n.into())))
            .saturating_add(Weight::from_parts(0, 2758).saturating_mul(n.into()))
    }
}
