//! What the tests and benchmarks share: cases, chance that repeats, and a slow implementation to compare with.

#![allow(dead_code, missing_docs, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

#[path = "../../wasm/src/case.rs"]
pub mod case;
pub mod chance;
pub mod oracle;

use pedigree_yuma::Fraction;

/// For comparing; the runtime has no floating point.
pub fn float(fraction: Fraction) -> f64 {
    fraction.parts() as f64 / Fraction::ONE.parts() as f64
}

pub fn sum(fractions: &[Fraction]) -> u128 {
    fractions.iter().map(|fraction| u128::from(fraction.parts())).sum()
}
