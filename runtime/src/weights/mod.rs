//! What calls cost, measured: one file a pallet, written by `make runtime-weights` and never by hand.
//!
//! Until a pallet's file is here, the runtime takes the `SubstrateWeight` that the pallet comes with. Nothing takes `()`:
//! a test sees to it.

pub mod pallet_babe;
pub mod pallet_datasets;
pub mod pallet_grandpa;
pub mod pallet_models;
pub mod pallet_records;
