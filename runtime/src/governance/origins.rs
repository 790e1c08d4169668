//! Who may do what the community decides, named by the act and not by the body: when an act gets a track of its own, the
//! change is here and nowhere else.

use frame_system::EnsureRoot;

use crate::AccountId;

/// Links a channel namespace that nobody is linked to, where the registrars can't.
pub type LinkOrigin = EnsureRoot<AccountId>;

/// Appoints the registrars, who attest that somebody controls a channel.
pub type AppointOrigin = EnsureRoot<AccountId>;

/// Admits subnets to the emission, sets of them what their owners may not, and may close them.
pub type AdmitOrigin = EnsureRoot<AccountId>;

/// Says who has which part of the emission.
pub type BudgetOrigin = EnsureRoot<AccountId>;
