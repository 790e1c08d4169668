//! What calls and hooks cost: one file a pallet, measured and written by `make runtime-weights`.
//!
//! Two are not measured, and say why. The pallets of the SDK that come with measured figures use those. Nothing takes `()`: a test
//! sees to it.

pub mod pallet_babe;
pub mod pallet_datasets;
pub mod pallet_grandpa;
pub mod pallet_models;
pub mod pallet_namespaces;
pub mod pallet_payouts;
pub mod pallet_records;
pub mod pallet_registrars;
pub mod pallet_reservations;
pub mod pallet_sponsorship;
pub mod pallet_stake;
pub mod pallet_subnets;
