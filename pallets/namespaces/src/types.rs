//! What is stored of a namespace.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::fungible::Inspect, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{NamespaceKind, NamespaceName, Standing, MAX_NAMESPACE_NAME};
use scale_info::TypeInfo;
use sp_core::ConstU32;

use crate::Config;

/// An amount of the token that names are paid in.
pub type BalanceOf<T> = <<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// A name in lower case: what makes it the same as another.
pub type Key = BoundedVec<u8, ConstU32<MAX_NAMESPACE_NAME>>;

/// A namespace as a runtime stores it.
pub type NamespaceOf<T> =
    Namespace<<T as frame_system::Config>::AccountId, <T as Config>::Consideration, BlockNumberFor<T>>;

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Namespace<AccountId, Ticket, BlockNumber> {
    /// Its name.
    pub name: NamespaceName,
    /// What kind of name that is.
    pub kind: NamespaceKind,
    /// Who owns it; nobody owns an unlinked channel.
    pub owner: Option<AccountId>,
    /// Who opened an unlinked channel, and the deposit that is held from him.
    pub opener: Option<(AccountId, Ticket)>,
    /// To whom its owner offers it.
    pub offered_to: Option<AccountId>,
    /// The block it was claimed, opened or linked in, whatever came first.
    pub created: BlockNumber,
    /// How long its owner is linked to it: a channel that has one.
    pub link: Option<Link<BlockNumber>>,
    /// The block in which the last link to it lapsed: a channel that nobody has been linked to since.
    pub lapsed: Option<BlockNumber>,
}

/// That somebody controls a channel: when it was shown, and how long that is good for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Link<BlockNumber> {
    /// The block in which it was shown last.
    pub shown: BlockNumber,
    /// The first block in which anybody may end the link, unless it was shown again before.
    pub lapses: BlockNumber,
}

impl<AccountId, Ticket, BlockNumber> Namespace<AccountId, Ticket, BlockNumber> {
    /// With what authority its owner publishes.
    pub fn standing(&self) -> Standing {
        match (self.kind, &self.owner) {
            (NamespaceKind::Plain, _) => Standing::Plain,
            (NamespaceKind::Channel(_), Some(_)) => Standing::Linked,
            (NamespaceKind::Channel(_), None) => Standing::Unlinked,
        }
    }
}
