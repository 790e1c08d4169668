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
        configs::calendar::{Days, Hours},
        constants::time::DAYS,
        BlockNumber,
    };

    /// From the submission until a proposal can begin to be decided: time to read it.
    pub type Prepare = Hours<2>;
    /// How long a proposal is decided at most.
    pub type Decision = Days<14>;
    /// How long it must pass without a break before it is approved.
    pub type Confirm = Days<1>;
    /// From approval until it happens, at least: time to leave for those who disagree.
    pub type Enactment = Days<1>;
    /// A proposal whose decision deposit nobody pays is dropped after this, however short the chain's days are.
    pub const UNDECIDING_TIMEOUT: BlockNumber = 14 * DAYS;
    /// Conviction 1x locks the tokens of a vote that won for this long after it.
    pub type VoteLockingPeriod = Days<7>;
}
