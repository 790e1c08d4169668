//! How long a day is, for what is waited for: a day, but on chains that are made to try things.

use frame_support::parameter_types;

use crate::{constants::time::DAYS, BlockNumber, Runtime};

/// So many of the chain's days.
pub type Days<const COUNT: u32> = pallet_calendar::Days<Runtime, COUNT>;
/// So many of the chain's hours.
pub type Hours<const COUNT: u32> = pallet_calendar::Hours<Runtime, COUNT>;

parameter_types! {
    /// 24 hours.
    pub const Day: BlockNumber = DAYS;
}

impl pallet_calendar::Config for Runtime {
    type Day = Day;
}
