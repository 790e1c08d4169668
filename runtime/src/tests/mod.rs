//! Tests of the runtime as a whole.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    missing_docs
)]

mod bench_weights;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod blocks;
mod chain;
mod errors;
mod fees;
mod genesis;
mod governance;
mod hyperparameters;
mod limits;
mod prepare;
mod provenance;
mod proxy;
mod random_run;
mod weights;
