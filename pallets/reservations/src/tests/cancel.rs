//! Giving up in time.

use frame_support::{assert_noop, assert_ok};

use super::*;
use crate::{Error, Event, Reservations as Stored};

#[test]
fn cancelling_gives_the_whole_deposit_back_from_the_first_block_to_the_last() {
    for age in [0, 1, LIFETIME] {
        run(|| {
            assert_ok!(reserve(&ALICE, hash(&ALICE)));
            pass(age);
            assert_ok!(cancel(&ALICE, hash(&ALICE)));
            assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS, 0));
            assert!(!Stored::<Test>::contains_key(&ALICE, hash(&ALICE)));
            System::assert_last_event(Event::Cancelled { who: ALICE, hash: hash(&ALICE) }.into());
        });
    }
}

#[test]
fn an_expired_reservation_cannot_be_cancelled() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        pass(LIFETIME + 1);
        assert_noop!(cancel(&ALICE, hash(&ALICE)), Error::<Test>::Expired);
    });
}

#[test]
fn nobody_cancels_what_he_did_not_reserve() {
    run(|| {
        assert_noop!(cancel(&ALICE, hash(&ALICE)), Error::<Test>::NotFound);
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_noop!(cancel(&BOB, hash(&ALICE)), Error::<Test>::NotFound);
    });
}

#[test]
fn a_cancelled_reservation_can_be_made_again() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_ok!(cancel(&ALICE, hash(&ALICE)));
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_eq!(held(&ALICE), DEPOSIT);
    });
}
