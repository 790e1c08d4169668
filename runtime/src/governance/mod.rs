//! How the chain decides: referenda with conviction voting, from the first day, and no key that stands above them.
//!
//! One track for now, [`tracks`]: it decides with the origin root, so it can do anything, and takes its time. Tracks that
//! may do less come with origins of their own in [`origins`].

pub mod origins;
pub mod tracks;

pub use origins::{AdmitOrigin, AppointOrigin, BudgetOrigin, LinkOrigin};
pub use tracks::Tracks;

/// How long things take. All of governance's durations are here.
pub mod timing {
    use crate::{
        constants::time::{DAYS, HOURS},
        BlockNumber,
    };

    /// From the submission until a proposal can begin to be decided: time to read it.
    pub const PREPARE: BlockNumber = 2 * HOURS;
    /// How long a proposal is decided at most.
    pub const DECISION: BlockNumber = 14 * DAYS;
    /// How long it must pass without a break before it is approved.
    pub const CONFIRM: BlockNumber = DAYS;
    /// From approval until it happens, at least: time to leave for those who disagree.
    pub const ENACTMENT: BlockNumber = DAYS;
    /// A proposal whose decision deposit nobody pays is dropped after this.
    pub const UNDECIDING_TIMEOUT: BlockNumber = 14 * DAYS;
    /// Conviction 1x locks the tokens of a vote that won for this long after it.
    pub const VOTE_LOCKING_PERIOD: BlockNumber = 7 * DAYS;
}
