//! Weights for `pallet_payouts`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_payouts`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_payouts::WeightInfo for WeightInfo<T> {
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:1 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:1 w:1)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
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
        //  measured  `1990`
        //  estimated `6957`
        // Shortest run: 127_691_000 picoseconds.
        Weight::from_parts(137_013_000, 0)
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
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
    /// The range of component `a` is `[0, 32]`.
    fn settle(a: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `915 + a * (30 ±0)`
        //  estimated `6957 + a * (2579 ±0)`
        // Shortest run: 30_230_000 picoseconds.
        Weight::from_parts(36_904_402, 0)
            .saturating_add(Weight::from_parts(0, 6957))
            // Standard error: 6_027
            .saturating_add(Weight::from_parts(4_174_305, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes(2))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 2579).saturating_mul(a.into()))
    }
    /// Storage: `Payouts::Unsettled` (r:51 w:50)
    /// Proof: `Payouts::Unsettled` (`max_values`: None, `max_size`: Some(28), added: 2503, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:50 w:0)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Records::Splits` (r:50 w:0)
    /// Proof: `Records::Splits` (`max_values`: None, `max_size`: Some(541), added: 3016, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:82 w:82)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
    /// The range of component `c` is `[1, 50]`.
    /// The range of component `a` is `[0, 32]`.
    fn settle_many(c: u32, a: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `0 + a * (50 ±0) + c * (465 ±0)`
        //  estimated `3493 + a * (2579 ±0) + c * (5967 ±0)`
        // Shortest run: 150_162_000 picoseconds.
        Weight::from_parts(152_047_000, 0)
            .saturating_add(Weight::from_parts(0, 3493))
            // Standard error: 73_127
            .saturating_add(Weight::from_parts(20_484_793, 0).saturating_mul(c.into()))
            // Standard error: 115_154
            .saturating_add(Weight::from_parts(2_554_786, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(1))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 2579).saturating_mul(a.into()))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(c.into()))
    }
    /// Storage: `Records::Records` (r:32 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:32 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:32 w:32)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:33 w:33)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// The range of component `r` is `[1, 32]`.
    fn withdraw(r: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `693 + r * (451 ±0)`
        //  estimated `3593 + r * (2694 ±0)`
        // Shortest run: 77_823_000 picoseconds.
        Weight::from_parts(28_860_397, 0)
            .saturating_add(Weight::from_parts(0, 3593))
            // Standard error: 97_773
            .saturating_add(Weight::from_parts(60_212_298, 0).saturating_mul(r.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(r.into())))
            .saturating_add(T::DbWeight::get().writes(2))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(r.into())))
            .saturating_add(Weight::from_parts(0, 2694).saturating_mul(r.into()))
    }
    /// Storage: `Records::Records` (r:1 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:1 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:1 w:1)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    fn expire() -> Weight {
        // Proof size in bytes:
        //  measured  `1253`
        //  estimated `6196`
        // Shortest run: 66_533_000 picoseconds.
        Weight::from_parts(75_490_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    /// Storage: `Payouts::TotalOwed` (r:1 w:0)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn on_finalize() -> Weight {
        // Proof size in bytes:
        //  measured  `319`
        //  estimated `6196`
        // Shortest run: 41_760_000 picoseconds.
        Weight::from_parts(47_401_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
