//! The chain's calls and storage, typed from the metadata in the repository. `make metadata` writes it anew.

// What is generated follows the runtime, not our lints.
#![allow(
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    dead_code,
    clippy::all,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[subxt::subxt(
    runtime_metadata_path = "metadata.scale",
    derive_for_type(path = "pallet_subnets::hyperparameters::Hyperparameter", derive = "Clone")
)]
mod generated {}

pub(super) use generated::*;
