//! With what authority somebody publishes under a name.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The standing of a namespace. Ordered: linked beats plain beats unlinked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// A channel that nobody has shown control of: what is catalogued here is a statement about somebody else's files.
    Unlinked,
    /// A plain name: first come, first served; it proves nothing about who is behind it.
    Plain,
    /// A channel whose control its owner has shown.
    Linked,
}
