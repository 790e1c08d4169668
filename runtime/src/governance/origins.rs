//! Who may do what the community decides, named by the act and not by the body: when an act gets a track of its own, the
//! change is here and nowhere else.

use frame_system::EnsureRoot;

use crate::AccountId;

/// Links a channel namespace to whoever has shown control of the channel.
pub type LinkOrigin = EnsureRoot<AccountId>;
