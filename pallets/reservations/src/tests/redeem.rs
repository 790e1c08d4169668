//! The second step.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::traits::Reservations as _;

use super::*;
use crate::{Error, Event, Reservations as Stored};

#[test]
fn a_redeemed_reservation_is_used_up_and_its_deposit_comes_back() {
    run(|| {
        pass(2);
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(1);
        assert_ok!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), 3);
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS, 0));
        assert!(!Stored::<Test>::contains_key(&ALICE, hash(&ALICE)));
        System::assert_last_event(Event::Redeemed { who: ALICE, hash: hash(&ALICE), block: 3 }.into());

        assert_noop!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), Error::<Test>::NotFound);
    });
}

#[test]
fn nothing_can_be_redeemed_that_was_not_reserved() {
    run(|| {
        assert_noop!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), Error::<Test>::NotFound);
    });
}

#[test]
fn salt_and_subject_must_be_those_of_the_reservation() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(1);
        assert_noop!(Reservations::redeem(&ALICE, &[0; 32], &SUBJECT), Error::<Test>::NotFound);
        assert_noop!(Reservations::redeem(&ALICE, &SALT, &[0; 32]), Error::<Test>::NotFound);
        assert_noop!(Reservations::redeem(&ALICE, &SUBJECT, &SALT), Error::<Test>::NotFound);
    });
}

#[test]
fn somebody_elses_reservation_is_of_no_use() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        // Bob copied the hash out of the pool, and salt and subject out of the registration.
        assert_ok!(reserve(&BOB, hash(&ALICE)));
        pass(1);
        assert_noop!(Reservations::redeem(&BOB, &SALT, &SUBJECT), Error::<Test>::NotFound);
        assert_ok!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), 1);
    });
}

#[test]
fn a_reservation_of_another_chain_is_of_no_use() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(1);
        frame_system::BlockHash::<Test>::insert(0, H256([9; 32]));
        assert_noop!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), Error::<Test>::NotFound);
    });
}

#[test]
fn a_reservation_cannot_be_redeemed_in_its_own_block() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_noop!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), Error::<Test>::TooEarly);
        pass(1);
        assert_ok!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), 1);
    });
}

#[test]
fn a_reservation_can_be_redeemed_in_its_last_block_and_not_after() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_ok!(reserve(&BOB, hash(&BOB)));
        pass(LIFETIME);
        assert_ok!(Reservations::redeem(&ALICE, &SALT, &SUBJECT), 1);
        pass(1);
        assert_noop!(Reservations::redeem(&BOB, &SALT, &SUBJECT), Error::<Test>::Expired);
    });
}
