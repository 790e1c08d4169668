//! Deposits that somebody else makes.

use frame_support::assert_ok;
use pedigree_primitives::traits::Reservations as _;

use super::*;

#[test]
fn a_deposit_is_held_on_the_account_of_whoever_pays_and_comes_back_there() {
    run(|| {
        assert_ok!(reserve(&DAVE, hash(&DAVE)));
        assert_eq!((held(&ALICE), free(&ALICE)), (DEPOSIT, FUNDS - DEPOSIT));
        assert_eq!((held(&DAVE), free(&DAVE)), (0, 0));
        let reservation = Reservations::reservation(DAVE, hash(&DAVE)).unwrap();
        assert_eq!((reservation.sponsor.clone(), reservation.depositor(&DAVE)), (Some(ALICE), &ALICE));
        pass(1);
        // Dave reserved, so Dave redeems.
        assert_ok!(Reservations::redeem(&DAVE, &SALT, &SUBJECT), 1);
        assert_eq!((held(&ALICE), free(&ALICE)), (0, FUNDS));
    });
}

#[test]
fn what_is_cancelled_comes_back_to_whoever_paid_beside_what_is_his_own() {
    run(|| {
        assert_ok!(reserve(&ALICE, hash(&ALICE)));
        assert_ok!(reserve(&DAVE, hash(&DAVE)));
        assert_eq!(held(&ALICE), 2 * DEPOSIT);
        Reservations::do_try_state().unwrap();
        assert_ok!(cancel(&DAVE, hash(&DAVE)));
        assert_eq!(held(&ALICE), DEPOSIT);
    });
}

#[test]
fn what_is_left_to_expire_costs_whoever_paid() {
    run(|| {
        assert_ok!(reserve(&DAVE, hash(&DAVE)));
        pass(LIFETIME + 1);
        assert_ok!(expire(&BOB, &DAVE, hash(&DAVE)));
        assert_eq!((held(&ALICE), free(&ALICE)), (0, FUNDS - PENALTY));
        assert_eq!(free(&BOB), FUNDS);
    });
}
