//! The first step.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use pedigree_primitives::reservation_hash;
use sp_core::H256;
use sp_runtime::DispatchError;

use super::*;
use crate::{Error, Event, Reservation, Reservations as Stored};

#[test]
fn reserving_holds_the_deposit_and_keeps_the_block() {
    run(|| {
        pass(4);
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS - DEPOSIT, DEPOSIT));
        assert_eq!(
            Stored::<Test>::get(&ALICE, hash(&ALICE)),
            Some(Reservation { block: 5, deposit: DEPOSIT, sponsor: None })
        );
        System::assert_last_event(Event::Reserved { who: ALICE, hash: hash(&ALICE), deposit: DEPOSIT }.into());
    });
}

#[test]
fn the_hash_binds_genesis_account_salt_and_subject_in_this_order() {
    run(|| {
        let genesis = System::block_hash(0).0;
        assert_eq!(hash(&ALICE), reservation_hash(&genesis, &[1; 32], &SALT, &SUBJECT));
        assert_ne!(hash(&ALICE), hash(&BOB));
    });
}

#[test]
fn the_same_hash_cannot_be_reserved_twice_by_one_account() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_noop!(reserve(&ALICE, hash(&ALICE)), Error::<Test>::AlreadyReserved);
        // Nor after it has expired: the old one must be removed first, or its deposit would be forgotten.
        pass(LIFETIME + 1);
        assert_noop!(reserve(&ALICE, hash(&ALICE)), Error::<Test>::AlreadyReserved);
    });
}

#[test]
fn a_copied_hash_does_not_stand_in_the_way() {
    run(|| {
        assert_ok!(reserve(&BOB, hash(&ALICE)));
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_eq!((held(&ALICE), held(&BOB)), (DEPOSIT, DEPOSIT));
    });
}

#[test]
fn an_account_can_have_many_reservations() {
    run(|| {
        for byte in 0..9 {
            assert_ok!(reserve(&ALICE, H256([byte; 32])));
        }
        assert_eq!(held(&ALICE), 9 * DEPOSIT);
        // The tenth would take what keeps the account alive.
        assert_noop!(reserve(&ALICE, H256([9; 32])), Error::<Test>::DepositUnaffordable);
    });
}

#[test]
fn an_account_that_cannot_afford_the_deposit_loses_nothing() {
    run(|| {
        assert_noop!(reserve(&POOR, hash(&POOR)), Error::<Test>::DepositUnaffordable);
        assert_eq!(Balances::total_balance(&POOR), DEPOSIT);
    });
}

#[test]
fn only_signed_origins_reserve() {
    run(|| {
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(Reservations::reserve(origin, hash(&ALICE)), DispatchError::BadOrigin);
        }
    });
}

#[test]
fn readers_see_the_blocks_in_which_a_reservation_is_usable() {
    run(|| {
        assert_eq!(Reservations::usable(ALICE, hash(&ALICE)), None);
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_eq!(Reservations::usable(ALICE, hash(&ALICE)), Some((2, 1 + LIFETIME)));
        assert_eq!(
            Reservations::reservation(ALICE, hash(&ALICE)),
            Some(Reservation { block: 1, deposit: DEPOSIT, sponsor: None })
        );
    });
}
