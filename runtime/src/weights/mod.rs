//! What calls cost: one file a pallet, in the form in which `make runtime-weights` writes what it measured.
//!
//! A file that says PROVISIONAL has not been measured yet: its figures were counted by hand, and `make runtime-weights`
//! replaces it. A pallet without a file uses the `SubstrateWeight` that it comes with. Nothing takes `()`: a test sees to
//! it.

pub mod pallet_babe;
pub mod pallet_datasets;
pub mod pallet_grandpa;
pub mod pallet_models;
pub mod pallet_records;
