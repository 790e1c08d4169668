//! Channels: opening and linking.

use frame_support::assert_noop;
use pedigree_primitives::{traits::Channels, ChannelKind, NamespaceKind, Standing};

use super::*;
use crate::{Error, Event};

#[test]
fn an_open_channel_is_unlinked_and_holds_a_deposit() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:meta-llama")));

        let id = NamespaceId(0);
        assert_eq!(Namespaces::owner(id), None);
        assert_eq!(Namespaces::standing(id), Some(Standing::Unlinked));
        assert_eq!(
            Namespaces::name(id),
            Some((name("hf:meta-llama"), NamespaceKind::Channel(ChannelKind::HuggingFace)))
        );
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS - CHANNEL_DEPOSIT, CHANNEL_DEPOSIT));
        System::assert_last_event(Event::Opened { namespace: id, name: name("hf:meta-llama"), opener: ALICE }.into());
    });
}

#[test]
fn linking_gives_the_deposit_back_to_the_opener() {
    run(|| {
        assert_ok!(open(&ALICE, &name("dns:meta.com")));
        assert_ok!(link(&name("dns:meta.com"), &BOB));

        let id = NamespaceId(0);
        assert_eq!(Namespaces::owner(id), Some(BOB));
        assert_eq!(Namespaces::standing(id), Some(Standing::Linked));
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS, 0));
        assert_eq!(free(&BOB), FUNDS);
        System::assert_last_event(Event::Linked { namespace: id, name: name("dns:meta.com"), owner: BOB }.into());
    });
}

#[test]
fn linking_opens_what_nobody_opened() {
    run(|| {
        assert_ok!(link(&name("github:rust-lang"), &BOB));
        let id = Namespaces::find(&name("github:rust-lang")).unwrap();
        assert_eq!(Namespaces::owner(id), Some(BOB));
        assert_eq!(Namespaces::standing(id), Some(Standing::Linked));
        assert_eq!((free(&BOB), held(&BOB)), (FUNDS, 0));
    });
}

#[test]
fn an_opener_may_be_the_one_it_is_linked_to() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:alice")));
        assert_ok!(link(&name("hf:alice"), &ALICE));
        assert_eq!((free(&ALICE), held(&ALICE)), (FUNDS, 0));
    });
}

#[test]
fn names_that_differ_by_case_are_one_channel() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:Meta-LLAMA")));
        assert_noop!(open(&BOB, &name("hf:meta-llama")), Error::<Test>::AlreadyOpen);
        // Linking sets the spelling right.
        assert_ok!(link(&name("hf:meta-llama"), &BOB));
        assert_eq!(Namespaces::name(NamespaceId(0)).unwrap().0, name("hf:meta-llama"));
        assert_eq!(Namespaces::find(&name("hf:META-llama")), Some(NamespaceId(0)));
    });
}

#[test]
fn a_channel_is_opened_once() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:meta-llama")));
        assert_noop!(open(&ALICE, &name("hf:meta-llama")), Error::<Test>::AlreadyOpen);
        assert_ok!(link(&name("hf:meta-llama"), &BOB));
        assert_noop!(open(&ALICE, &name("hf:meta-llama")), Error::<Test>::AlreadyOpen);
    });
}

#[test]
fn a_channel_is_linked_once() {
    run(|| {
        assert_ok!(link(&name("hf:meta-llama"), &BOB));
        assert_noop!(link(&name("hf:meta-llama"), &ALICE), Error::<Test>::AlreadyLinked);
        assert_noop!(link(&name("hf:Meta-Llama"), &BOB), Error::<Test>::AlreadyLinked);
    });
}

#[test]
fn only_governance_links() {
    run(|| {
        assert_ok!(open(&ALICE, &name("hf:alice")));
        for origin in [signed(&ALICE), RuntimeOrigin::none()] {
            assert_noop!(
                dispatch(origin, Call::link { name: name("hf:alice"), owner: ALICE }),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn plain_and_wrong_names_are_no_channels() {
    run(|| {
        for (bad, error) in [
            ("alice", Error::<Test>::NotChannel),
            ("", Error::NameLength),
            ("hf:", Error::NameLength),
            ("hf:a/b", Error::NameCharacters),
            ("dns:localhost", Error::NameCharacters),
            ("dns:Meta.com", Error::NameCharacters),
            ("HF:alice", Error::UnknownChannel),
            (":alice", Error::UnknownChannel),
        ] {
            assert_noop!(open(&ALICE, &unchecked(bad)), error);
        }
        assert_noop!(link(&name("alice"), &ALICE), Error::<Test>::NotChannel);
        assert_noop!(link(&unchecked("gitlab:alice"), &ALICE), Error::<Test>::UnknownChannel);
    });
}

#[test]
fn who_cannot_afford_the_deposit_opens_nothing() {
    run(|| {
        assert_noop!(open(&POOR, &name("hf:meta-llama")), Error::<Test>::DepositUnaffordable);
        assert_eq!(Namespaces::find(&name("hf:meta-llama")), None);
        assert_eq!((free(&POOR), held(&POOR)), (RESERVATION_DEPOSIT + 1, 0));
    });
}

#[test]
fn a_link_lapses_once_it_was_not_renewed() {
    run(|| {
        let lapse = |id| dispatch(signed(&CAROL), Call::lapse { namespace: NamespaceId(id) });
        assert_ok!(link(&name("hf:meta-llama"), &BOB));
        pass(LINK_LIFETIME - 1);
        assert_noop!(lapse(0), Error::<Test>::NotLapsed);
        // Renewed in its last block.
        assert_ok!(<Namespaces as Channels<_>>::link(&name("hf:meta-llama"), &BOB));
        System::assert_last_event(Event::Renewed { namespace: NamespaceId(0), owner: BOB }.into());
        pass(LINK_LIFETIME - 1);
        assert_noop!(lapse(0), Error::<Test>::NotLapsed);
        pass(1);
        assert_ok!(lapse(0));
        System::assert_last_event(Event::Lapsed { namespace: NamespaceId(0), owner: BOB }.into());
        assert_eq!(Namespaces::standing(NamespaceId(0)), Some(Standing::Unlinked));
        assert_eq!(Namespaces::unowned_since(NamespaceId(0)), Some(System::block_number()));
        assert_noop!(lapse(0), Error::<Test>::NotLinked);
        assert_noop!(open(&ALICE, &name("hf:meta-llama")), Error::<Test>::AlreadyOpen);
        assert_noop!(lapse(7), Error::<Test>::UnknownNamespace);
        assert_eq!(claimed(&ALICE, "alice-lab"), NamespaceId(1));
        assert_noop!(lapse(1), Error::<Test>::NotLinked);
    });
}

#[test]
fn who_shows_control_of_anothers_channel_takes_it_over() {
    run(|| {
        assert_ok!(link(&name("hf:meta-llama"), &BOB));
        let id = NamespaceId(0);
        assert_ok!(offer(&BOB, id, &CAROL));
        assert_ok!(<Namespaces as Channels<_>>::link(&name("hf:Meta-Llama"), &ALICE));
        System::assert_last_event(Event::TakenOver { namespace: id, from: BOB, to: ALICE }.into());
        assert_eq!(Namespaces::owner(id), Some(ALICE));
        assert_eq!(Namespaces::unowned_since(id), None);
        assert_noop!(accept(&CAROL, id), Error::<Test>::NotOfferedToYou);
    });
}
