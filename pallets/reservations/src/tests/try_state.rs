//! What is wrong in the storage is found.

use frame_support::{assert_err, assert_ok};

use super::*;
use crate::{Reservation, Reservations as Stored};

#[test]
fn a_deposit_that_is_not_held_is_found() {
    new_test_ext().execute_with(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_ok!(Reservations::do_try_state());
        Stored::<Test>::insert(&ALICE, H256([5; 32]), Reservation { block: 1, deposit: DEPOSIT, sponsor: None });
        assert_err!(Reservations::do_try_state(), "what is held for reservations is not the sum of their deposits");
    });
}

#[test]
fn a_reservation_from_the_future_is_found() {
    new_test_ext().execute_with(|| {
        Stored::<Test>::insert(&ALICE, hash(&ALICE), Reservation { block: 2, deposit: 0, sponsor: None });
        assert_err!(Reservations::do_try_state(), "a reservation is from the future");
    });
}
