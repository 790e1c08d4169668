//! Plain names.

use frame_support::{assert_noop, traits::fungible::Mutate};
use pedigree_primitives::{NamespaceKind, Standing};

use super::*;
use crate::{Error, Event};

type ReservationError = pallet_reservations::Error<Test>;

#[test]
fn a_claimed_name_is_owned_and_paid_for() {
    run(|| {
        pass(3);
        reserve(&ALICE, &name("open-lab"));
        assert_ok!(claim(&ALICE, &name("open-lab")));

        let id = NamespaceId(0);
        assert_eq!(Namespaces::owner(id), Some(ALICE));
        assert_eq!(Namespaces::standing(id), Some(Standing::Plain));
        assert_eq!(Namespaces::name(id), Some((name("open-lab"), NamespaceKind::Plain)));
        assert_eq!(Namespaces::namespace(id).unwrap().created, 5);
        // The price is gone, the deposit of the reservation is back.
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS - BASE_PRICE, 0));
        assert_eq!(free(&POT), BASE_PRICE);
        System::assert_last_event(
            Event::Claimed { namespace: id, name: name("open-lab"), owner: ALICE, price: BASE_PRICE, reserved: 4 }
                .into(),
        );
    });
}

#[test]
fn ids_are_given_in_order() {
    run(|| {
        assert_eq!(claimed(&ALICE, "alice-lab"), NamespaceId(0));
        assert_eq!(claimed(&BOB, "bobs-lab"), NamespaceId(1));
        assert_ok!(open(&BOB, &name("hf:somebody")));
        assert_eq!(Namespaces::find(&name("hf:somebody")), Some(NamespaceId(2)));
    });
}

#[test]
fn short_names_cost_more() {
    run(|| {
        let before = free(&ALICE);
        claimed(&ALICE, "abc");
        assert_eq!(free(&ALICE), before - 256 * BASE_PRICE);
        claimed(&BOB, "abcdef");
        assert_eq!(free(&BOB), FUNDS - 4 * BASE_PRICE);
        assert_eq!(free(&POT), 260 * BASE_PRICE);
    });
}

#[test]
fn a_name_must_be_reserved_before() {
    run(|| {
        assert_noop!(claim(&ALICE, &name("open-lab")), ReservationError::NotFound);
        let hash = Reservations::hash_of(&ALICE, &SALT, &Namespaces::subject(&name("open-lab")));
        assert_ok!(dispatch(signed(&ALICE), pallet_reservations::Call::reserve { hash }));
        assert_noop!(claim(&ALICE, &name("open-lab")), ReservationError::TooEarly);
    });
}

#[test]
fn a_reservation_is_good_for_one_name_only() {
    run(|| {
        reserve(&ALICE, &name("open-lab"));
        assert_noop!(claim(&ALICE, &name("open-lab2")), ReservationError::NotFound);
        assert_ok!(claim(&ALICE, &name("open-lab")));
        assert_noop!(claim(&ALICE, &name("open-lab2")), ReservationError::NotFound);
    });
}

#[test]
fn somebody_elses_reservation_does_not_help() {
    run(|| {
        reserve(&ALICE, &name("open-lab"));
        // Bob sees name and salt in the pool.
        assert_noop!(claim(&BOB, &name("open-lab")), ReservationError::NotFound);
        assert_ok!(claim(&ALICE, &name("open-lab")));
    });
}

#[test]
fn a_stale_reservation_does_not_help() {
    run(|| {
        reserve(&ALICE, &name("open-lab"));
        pass(RESERVATION_LIFETIME);
        assert_noop!(claim(&ALICE, &name("open-lab")), ReservationError::Expired);
    });
}

#[test]
fn a_name_that_is_taken_cannot_be_claimed() {
    run(|| {
        reserve(&BOB, &name("open-lab"));
        claimed(&ALICE, "open-lab");
        assert_noop!(claim(&BOB, &name("open-lab")), Error::<Test>::NameTaken);
        // Nor by its owner.
        reserve(&ALICE, &name("open-lab"));
        assert_noop!(claim(&ALICE, &name("open-lab")), Error::<Test>::NameTaken);
        // The deposit is not lost.
        let hash = Reservations::hash_of(&BOB, &SALT, &Namespaces::subject(&name("open-lab")));
        assert_ok!(dispatch(signed(&BOB), pallet_reservations::Call::cancel { hash }));
        assert_eq!((free(&BOB), held(&BOB)), (FUNDS, 0));
    });
}

#[test]
fn a_name_that_is_none_is_refused() {
    run(|| {
        for (bad, error) in [
            ("", Error::<Test>::NameLength),
            ("ab", Error::NameLength),
            ("a-name-that-is-longer-than-it-may-be", Error::NameLength),
            ("Alice", Error::NameCharacters),
            ("1st-lab", Error::NameCharacters),
            ("open--lab", Error::NameCharacters),
            ("open-lab-", Error::NameCharacters),
            ("open/lab", Error::NameCharacters),
            ("öffentlich", Error::NameCharacters),
            ("gitlab:open-lab", Error::UnknownChannel),
            ("hf:a/b", Error::NameCharacters),
            ("hf:open-lab", Error::NotPlain),
        ] {
            assert_noop!(claim(&ALICE, &unchecked(bad)), error);
        }
    });
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    use codec::{Decode, Encode};
    run(|| {
        let wrong = NamespaceName::decode(&mut &vec![0xffu8, 0xfe, 0x00, b'a'].encode()[..]).unwrap();
        assert_noop!(claim(&ALICE, &wrong), Error::<Test>::NameCharacters);
        assert_noop!(open(&ALICE, &wrong), Error::<Test>::NameCharacters);
        assert_noop!(link(&wrong, &ALICE), Error::<Test>::NameCharacters);
        // More than any name has does not even decode.
        assert!(NamespaceName::decode(&mut &[b'a'; 81].to_vec().encode()[..]).is_err());
    });
}

#[test]
fn who_cannot_afford_the_price_loses_nothing_and_can_try_again() {
    run(|| {
        reserve(&POOR, &name("abcdef"));
        // 40 for the name would be there, 640 for the shorter one would not.
        reserve_also(&POOR, "abcd");
        assert_noop!(claim(&POOR, &name("abcd")), Error::<Test>::PriceUnaffordable);
        assert_eq!(held(&POOR), 2 * RESERVATION_DEPOSIT);
        assert_ok!(claim(&POOR, &name("abcdef")));
        Balances::mint_into(&POOR, 1_000).unwrap();
        assert_ok!(claim(&POOR, &name("abcd")));
    });
}

fn reserve_also(who: &AccountId32, text: &str) {
    Balances::mint_into(who, RESERVATION_DEPOSIT).unwrap();
    reserve(who, &name(text));
}

#[test]
fn paying_never_kills_the_account() {
    run(|| {
        // Exactly the price, nothing for the existential deposit.
        Balances::set_balance(&POOR, 160);
        reserve(&POOR, &name("abcde"));
        assert_noop!(claim(&POOR, &name("abcde")), Error::<Test>::PriceUnaffordable);
        Balances::mint_into(&POOR, 1).unwrap();
        assert_ok!(claim(&POOR, &name("abcde")));
        assert_eq!(free(&POOR), 1);
    });
}

#[test]
fn only_signed_origins_claim() {
    run(|| {
        for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
            assert_noop!(
                dispatch(origin, Call::claim { name: name("open-lab"), salt: SALT }),
                DispatchError::BadOrigin
            );
        }
    });
}
