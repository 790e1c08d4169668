//! What is stored of a grant.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// An account may cite a dataset.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Grant<AccountId, Ticket, BlockNumber> {
    /// The last block in which it may begin to; nothing means for ever.
    pub until: Option<BlockNumber>,
    /// Who paid for the grant's state.
    pub depositor: AccountId,
    /// Gives that back.
    pub ticket: Ticket,
}
