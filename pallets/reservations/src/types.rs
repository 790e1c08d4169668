//! What is stored of a reservation, and how it ages.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::fungible::Inspect;
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::traits::{AtLeast32BitUnsigned, One};

/// An amount of the token that deposits are made in.
pub type BalanceOf<T> = <<T as crate::Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// A reservation as a runtime stores it.
pub type ReservationOf<T> = Reservation<<T as frame_system::Config>::AccountId, BlockNumberFor<T>, BalanceOf<T>>;

/// A commitment to something that was not revealed yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Reservation<AccountId, BlockNumber, Balance> {
    /// The block it was made in.
    pub block: BlockNumber,
    /// What is held for it.
    pub deposit: Balance,
    /// On whose account that is, if it is not on that of whoever reserved.
    pub sponsor: Option<AccountId>,
}

/// How far a reservation is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Made in this very block: whoever sees it revealed now could have made one in the same block.
    Fresh,
    /// Can be redeemed.
    Usable,
    /// Too old to be redeemed.
    Expired,
}

impl<AccountId, BlockNumber: AtLeast32BitUnsigned + Copy, Balance> Reservation<AccountId, BlockNumber, Balance> {
    /// Whose deposit it is, if `who` reserved.
    pub fn depositor<'a>(&'a self, who: &'a AccountId) -> &'a AccountId {
        self.sponsor.as_ref().unwrap_or(who)
    }

    /// How far it is `now`, if it is usable for `lifetime` blocks.
    pub fn phase(&self, now: BlockNumber, lifetime: BlockNumber) -> Phase {
        let age = now.saturating_sub(self.block);
        if age.is_zero() {
            Phase::Fresh
        } else if age <= lifetime {
            Phase::Usable
        } else {
            Phase::Expired
        }
    }

    /// The first and the last block in which it is usable.
    pub fn usable(&self, lifetime: BlockNumber) -> (BlockNumber, BlockNumber) {
        (self.block.saturating_add(One::one()), self.block.saturating_add(lifetime))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: u32 = 100;

    fn phase_at(now: u32) -> Phase {
        Reservation { block: 7u32, deposit: (), sponsor: None::<()> }.phase(now, LIFETIME)
    }

    #[test]
    fn a_reservation_is_usable_from_the_next_block_to_the_end_of_its_lifetime() {
        assert_eq!(phase_at(7), Phase::Fresh);
        assert_eq!(phase_at(8), Phase::Usable);
        assert_eq!(phase_at(107), Phase::Usable);
        assert_eq!(phase_at(108), Phase::Expired);
    }

    #[test]
    fn the_window_is_made_of_the_usable_blocks() {
        let (first, last) = Reservation { block: 7u32, deposit: (), sponsor: None::<()> }.usable(LIFETIME);
        for now in 0..200 {
            assert_eq!((first..=last).contains(&now), phase_at(now) == Phase::Usable, "block {now}");
        }
    }
}
