//! A new owner.

use frame_support::assert_noop;
use pedigree_primitives::Standing;

use super::*;
use crate::{Error, Event};

#[test]
fn a_namespace_moves_by_offer_and_acceptance() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_ok!(offer(&ALICE, id, &BOB));
        System::assert_last_event(Event::Offered { namespace: id, owner: ALICE, to: BOB }.into());
        assert_eq!(Namespaces::owner(id), Some(ALICE));

        assert_ok!(accept(&BOB, id));
        System::assert_last_event(Event::Transferred { namespace: id, from: ALICE, to: BOB }.into());
        assert_eq!(Namespaces::owner(id), Some(BOB));
        assert_eq!(Namespaces::standing(id), Some(Standing::Plain));
        // The offer is used up, and the former owner has nothing to say any more.
        assert_noop!(accept(&BOB, id), Error::<Test>::NotOfferedToYou);
        assert_noop!(offer(&ALICE, id, &CAROL), Error::<Test>::NotOwner);
    });
}

#[test]
fn a_linked_channel_stays_linked_when_it_moves() {
    run(|| {
        assert_ok!(link(&name("hf:meta-llama"), &ALICE));
        assert_ok!(offer(&ALICE, NamespaceId(0), &BOB));
        assert_ok!(accept(&BOB, NamespaceId(0)));
        assert_eq!(Namespaces::standing(NamespaceId(0)), Some(Standing::Linked));
    });
}

#[test]
fn only_the_owner_offers_and_withdraws() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_noop!(offer(&BOB, id, &BOB), Error::<Test>::NotOwner);
        assert_noop!(offer(&BOB, id, &CAROL), Error::<Test>::NotOwner);
        assert_ok!(offer(&ALICE, id, &BOB));
        assert_noop!(withdraw_offer(&BOB, id), Error::<Test>::NotOwner);
    });
}

#[test]
fn only_whom_it_is_offered_to_accepts() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_noop!(accept(&BOB, id), Error::<Test>::NotOfferedToYou);
        assert_ok!(offer(&ALICE, id, &BOB));
        for who in [&CAROL, &ALICE] {
            assert_noop!(accept(who, id), Error::<Test>::NotOfferedToYou);
        }
    });
}

#[test]
fn a_later_offer_replaces_an_earlier_one() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_ok!(offer(&ALICE, id, &BOB));
        assert_ok!(offer(&ALICE, id, &CAROL));
        assert_noop!(accept(&BOB, id), Error::<Test>::NotOfferedToYou);
        assert_ok!(accept(&CAROL, id));
    });
}

#[test]
fn a_withdrawn_offer_cannot_be_accepted() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_noop!(withdraw_offer(&ALICE, id), Error::<Test>::NotOnOffer);
        assert_ok!(offer(&ALICE, id, &BOB));
        assert_ok!(withdraw_offer(&ALICE, id));
        System::assert_last_event(Event::OfferWithdrawn { namespace: id, owner: ALICE }.into());
        assert_noop!(accept(&BOB, id), Error::<Test>::NotOfferedToYou);
        assert_noop!(withdraw_offer(&ALICE, id), Error::<Test>::NotOnOffer);
    });
}

#[test]
fn nobody_offers_to_himself() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        assert_noop!(offer(&ALICE, id, &ALICE), Error::<Test>::OfferToSelf);
    });
}

#[test]
fn nobody_gives_away_an_unlinked_channel() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:meta-llama")));
        let id = NamespaceId(0);
        assert_noop!(offer(&ALICE, id, &BOB), Error::<Test>::NotOwner);
        assert_noop!(withdraw_offer(&ALICE, id), Error::<Test>::NotOwner);
        assert_noop!(accept(&BOB, id), Error::<Test>::NotOfferedToYou);
    });
}

#[test]
fn a_namespace_that_does_not_exist_cannot_move() {
    run(|| {
        let id = NamespaceId(7);
        assert_noop!(offer(&ALICE, id, &BOB), Error::<Test>::UnknownNamespace);
        assert_noop!(withdraw_offer(&ALICE, id), Error::<Test>::UnknownNamespace);
        assert_noop!(accept(&ALICE, id), Error::<Test>::UnknownNamespace);
    });
}

#[test]
fn only_signed_origins_transfer() {
    run(|| {
        let id = claimed(&ALICE, "open-lab");
        let root = RuntimeOrigin::root;
        assert_noop!(dispatch(root(), Call::offer { namespace: id, to: BOB }), DispatchError::BadOrigin);
        assert_noop!(dispatch(root(), Call::withdraw_offer { namespace: id }), DispatchError::BadOrigin);
        assert_noop!(dispatch(root(), Call::accept { namespace: id }), DispatchError::BadOrigin);
    });
}
