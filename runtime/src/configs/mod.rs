//! How each pallet is set up, by what it is for.

pub mod calendar;
pub mod consensus;
pub mod economy;
pub mod emission;
pub mod governance;
pub mod money;
pub mod payouts;
pub mod provenance;
pub mod proxy;
pub mod sponsorship;
pub mod standing;
pub mod system;
pub mod utility;
