//! What a sponsor allows, and what is left of it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::fungible::{Credit, Inspect};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::traits::{CheckedAdd, CheckedSub};

/// An amount of the token that is paid in.
pub type BalanceOf<T> = <<T as crate::Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// Money that was taken from an account and is on no other yet.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as crate::Config>::Currency>;
/// The limits of a runtime.
pub type LimitsOf<T> = Limits<BalanceOf<T>, BlockNumberFor<T>>;
/// The sponsorship of a runtime.
pub type SponsorshipOf<T> = Sponsorship<BalanceOf<T>, BlockNumberFor<T>, <T as crate::Config>::Consideration>;

/// How far a sponsor goes.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Limits<Balance, BlockNumber> {
    /// How many calls. One that fails takes its fee and does not count.
    pub calls: u32,
    /// For fees. Gone when it is spent.
    pub fees: Balance,
    /// For the price of names. Gone when it is spent.
    pub names: Balance,
    /// For deposits: of reservations, records and releases. Comes back to the sponsor, and is not lent again.
    pub deposits: Balance,
    /// The last block.
    pub until: BlockNumber,
}

impl<Balance: CheckedAdd + CheckedSub + Copy, BlockNumber> Limits<Balance, BlockNumber> {
    /// All the money together, unless there is not that much.
    pub fn budget(&self) -> Option<Balance> {
        self.fees.checked_add(&self.names)?.checked_add(&self.deposits)
    }

    /// What is left of a purse after `amount` was taken out, if it is there.
    pub fn take(&mut self, purse: Purse, amount: Balance) -> Option<()> {
        let purse = match purse {
            Purse::Fees => &mut self.fees,
            Purse::Names => &mut self.names,
            Purse::Deposits => &mut self.deposits,
        };
        *purse = purse.checked_sub(&amount)?;
        Some(())
    }
}

/// What money is for.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub enum Purse {
    /// Fees.
    #[codec(index = 0)]
    Fees,
    /// The price of names.
    #[codec(index = 1)]
    Names,
    /// Deposits.
    #[codec(index = 2)]
    Deposits,
}

/// What somebody pays for another.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Sponsorship<Balance, BlockNumber, Ticket> {
    /// What is left.
    pub left: Limits<Balance, BlockNumber>,
    /// Gives back what is held for this entry.
    pub ticket: Ticket,
}

/// The call that is being done: for whom, and who pays.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Debug)]
pub struct Current<AccountId> {
    /// Who signed it.
    pub beneficiary: AccountId,
    /// Who pays.
    pub sponsor: AccountId,
    /// How often he was drawn on.
    pub draws: u32,
}
