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
        //  measured  `1990`
        //  estimated `6957`
        // Shortest run: 127_505_000 picoseconds.
        Weight::from_parts(137_631_000, 0)
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
        //  measured  `719 + a * (30 ±0)`
        //  estimated `6957 + a * (2595 ±0)`
        // Shortest run: 26_490_000 picoseconds.
        Weight::from_parts(33_946_296, 0)
            .saturating_add(Weight::from_parts(0, 6957))
            // Standard error: 6_030
            .saturating_add(Weight::from_parts(4_109_924, 0).saturating_mul(a.into()))
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
        //  measured  `225 + a * (51 ±0) + c * (244 ±0)`
        //  estimated `3493 + a * (2595 ±0) + c * (5967 ±0)`
        // Shortest run: 147_335_000 picoseconds.
        Weight::from_parts(151_343_000, 0)
            .saturating_add(Weight::from_parts(0, 3493))
            // Standard error: 57_070
            .saturating_add(Weight::from_parts(19_762_417, 0).saturating_mul(c.into()))
            // Standard error: 179_088
            .saturating_add(Weight::from_parts(3_772_057, 0).saturating_mul(a.into()))
            .saturating_add(T::DbWeight::get().reads(2))
            .saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(a.into())))
            .saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(c.into())))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(a.into())))
            .saturating_add(Weight::from_parts(0, 2595).saturating_mul(a.into()))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(c.into()))
    }
    /// Storage: `Records::Records` (r:32 w:0)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(208), added: 2683, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:32 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::Accounts` (r:32 w:32)
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:33 w:33)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// The range of component `r` is `[1, 32]`.
    fn withdraw(r: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `709 + r * (451 ±0)`
        //  estimated `3593 + r * (2694 ±0)`
        // Shortest run: 74_586_000 picoseconds.
        Weight::from_parts(22_363_167, 0)
            .saturating_add(Weight::from_parts(0, 3593))
            // Standard error: 77_222
            .saturating_add(Weight::from_parts(59_215_383, 0).saturating_mul(r.into()))
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
    /// Proof: `Payouts::Accounts` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    /// Storage: `Payouts::TotalOwed` (r:1 w:1)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    fn expire() -> Weight {
        // Proof size in bytes:
        //  measured  `1269`
        //  estimated `6196`
        // Shortest run: 67_568_000 picoseconds.
        Weight::from_parts(77_202_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(6))
            .saturating_add(T::DbWeight::get().writes(4))
    }
    // Provisional: not measured yet. `make runtime-weights` writes this file anew.
    fn mature() -> Weight {
        Weight::from_parts(80_000_000, 9_000)
            .saturating_add(T::DbWeight::get().reads(4))
            .saturating_add(T::DbWeight::get().writes(3))
    }
    /// Storage: `Payouts::TotalOwed` (r:1 w:0)
    /// Proof: `Payouts::TotalOwed` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
    /// Storage: `System::Account` (r:2 w:2)
    /// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
    fn on_finalize() -> Weight {
        // Proof size in bytes:
        //  measured  `319`
        //  estimated `6196`
        // Shortest run: 42_016_000 picoseconds.
        Weight::from_parts(47_230_000, 0)
            .saturating_add(Weight::from_parts(0, 6196))
            .saturating_add(T::DbWeight::get().reads(3))
            .saturating_add(T::DbWeight::get().writes(2))
    }
}
