//! Cleaning up what was left.

use frame_support::{assert_noop, assert_ok};

use super::*;
use crate::{Error, Event, Reservations as Stored};

#[test]
fn expiring_burns_the_penalty_and_gives_the_rest_back() {
    run(|| {
        let issued = Balances::total_issuance();
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(LIFETIME + 1);
        assert_ok!(expire(&BOB, &ALICE, hash(&ALICE)));
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS - PENALTY, 0));
        assert_eq!(free(&BOB), FUNDS);
        assert_eq!(Balances::total_issuance(), issued - PENALTY);
        assert!(!Stored::<Test>::contains_key(&ALICE, hash(&ALICE)));
        System::assert_last_event(Event::Expired { who: ALICE, hash: hash(&ALICE), burned: PENALTY }.into());
    });
}

#[test]
fn whoever_made_a_reservation_can_expire_it() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(LIFETIME + 1);
        assert_ok!(expire(&ALICE, &ALICE, hash(&ALICE)));
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
    });
}

#[test]
fn a_usable_reservation_cannot_be_expired() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        for _ in 0..=LIFETIME {
            assert_noop!(expire(&BOB, &ALICE, hash(&ALICE)), Error::<Test>::NotExpired);
            pass(1);
        }
        assert_ok!(expire(&BOB, &ALICE, hash(&ALICE)));
    });
}

#[test]
fn what_does_not_exist_cannot_be_expired() {
    run(|| {
        assert_noop!(expire(&BOB, &ALICE, hash(&ALICE)), Error::<Test>::NotFound);
    });
}

#[test]
fn expiring_one_leaves_the_deposits_of_others_alone() {
    run(|| {
        let other = H256([5; 32]);
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(LIFETIME);
        assert_ok!(reserve(&ALICE, other));
        pass(1);
        assert_ok!(expire(&BOB, &ALICE, hash(&ALICE)));
        assert_eq!(held(&ALICE), DEPOSIT);
        assert_noop!(expire(&BOB, &ALICE, other), Error::<Test>::NotExpired);
    });
}
