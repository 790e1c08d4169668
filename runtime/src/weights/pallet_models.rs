//! Weights for `pallet_models`, measured. Written by `make runtime-weights`; never edit by hand.
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

/// Weight functions for `pallet_models`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_models::WeightInfo for WeightInfo<T> {
    /// Storage: `Records::Records` (r:18 w:1)
    /// Proof: `Records::Records` (`max_values`: None, `max_size`: Some(240), added: 2715, mode: `MaxEncodedLen`)
    /// Storage: `Records::Releases` (r:18 w:1)
    /// Proof: `Records::Releases` (`max_values`: None, `max_size`: Some(3492), added: 5967, mode: `MaxEncodedLen`)
    /// Storage: `Namespaces::Namespaces` (r:18 w:0)
    /// Proof: `Namespaces::Namespaces` (`max_values`: None, `max_size`: Some(233), added: 2708, mode: `MaxEncodedLen`)
    /// Storage: `System::BlockHash` (r:1 w:0)
    /// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
    /// Storage: `Reservations::Reservations` (r:1 w:1)
    /// Proof: `Reservations::Reservations` (`max_values`: None, `max_size`: Some(149), added: 2624, mode: `MaxEncodedLen`)
    /// Storage: `Balances::Holds` (r:1 w:1)
    /// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(283), added: 2758, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Accesses` (r:16 w:0)
    /// Proof: `Datasets::Accesses` (`max_values`: None, `max_size`: Some(78), added: 2553, mode: `MaxEncodedLen`)
    /// Storage: `Datasets::Grants` (r:16 w:0)
    /// Proof: `Datasets::Grants` (`max_values`: None, `max_size`: Some(125), added: 2600, mode: `MaxEncodedLen`)
    /// Storage: `Records::Splits` (r:16 w:1)
    /// Proof: `Records::Splits` (`max_values`: None, `max_size`: Some(541), added: 3016, mode: `MaxEncodedLen`)
    /// Storage: `Records::Holders` (r:1 w:1)
    /// Proof: `Records::Holders` (`max_values`: None, `max_size`: Some(60), added: 2535, mode: `MaxEncodedLen`)
    /// Storage: `Records::Children` (r:0 w:16)
    /// Proof: `Records::Children` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
    /// Storage: `Records::Roots` (r:0 w:1)
    /// Proof: `Records::Roots` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// Storage: `Records::Digests` (r:0 w:8)
    /// Proof: `Records::Digests` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
    /// The range of component `p` is `[0, 16]`.
    fn release(p: u32, ) -> Weight {
        // Proof size in bytes:
        //  measured  `5361 + p * (941 ±0)`
        //  estimated `12924 + p * (5967 ±0)`
        // Shortest run: 226_847_000 picoseconds.
        Weight::from_parts(251_022_739, 0)
            .saturating_add(Weight::from_parts(0, 12924))
            // Standard error: 170_662
            .saturating_add(Weight::from_parts(42_299_234, 0).saturating_mul(p.into()))
            .saturating_add(T::DbWeight::get().reads(10))
            .saturating_add(T::DbWeight::get().reads((6_u64).saturating_mul(p.into())))
            .saturating_add(T::DbWeight::get().writes(15))
            .saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
            .saturating_add(Weight::from_parts(0, 5967).saturating_mul(p.into()))
    }
}
