//! What is wrong in the storage is found.

use frame_support::assert_err;

use super::*;
use crate::{name::key, Ids, NamespaceOf, Namespaces as Stored, NextNamespaceId};

/// What is said about a chain with a plain namespace (0, of Alice's) and an unlinked channel (1) after `damage`.
fn after(damage: impl FnOnce(), expected: &'static str) {
    new_test_ext().execute_with(|| {
        claimed(&ALICE, "open-lab");
        assert_ok!(open(&BOB, &name("hf:meta-llama")));
        assert_ok!(Namespaces::do_try_state());
        damage();
        assert_err!(Namespaces::do_try_state(), expected);
    });
}

fn damage(id: u64, damage: impl FnOnce(&mut NamespaceOf<Test>)) {
    Stored::<Test>::mutate(NamespaceId(id), |namespace| damage(namespace.as_mut().unwrap()));
}

#[test]
fn ids_that_do_not_fit_are_found() {
    after(|| NextNamespaceId::<Test>::put(NamespaceId(1)), "a namespace has an id that was not given yet");
    after(|| NextNamespaceId::<Test>::put(NamespaceId(3)), "an id was given, but there is no namespace");
}

#[test]
fn names_that_lead_elsewhere_are_found() {
    after(
        || Ids::<Test>::insert(key(&name("open-lab")), NamespaceId(1)),
        "a namespace cannot be found by its name in lower case",
    );
    after(
        || Ids::<Test>::insert(key(&name("another")), NamespaceId(0)),
        "a name leads to no namespace, or two lead to one",
    );
}

#[test]
fn owners_and_deposits_that_do_not_fit_the_kind_are_found() {
    after(|| damage(0, |plain| plain.owner = None), "a plain namespace has no owner");
    after(
        || damage(1, |channel| channel.owner = Some(ALICE)),
        "a channel has not exactly one of an owner, an opener's deposit, and a link that lapsed",
    );
    after(
        || damage(1, |channel| channel.opener = None),
        "a channel has not exactly one of an owner, an opener's deposit, and a link that lapsed",
    );
}

#[test]
fn offers_that_cannot_be_are_found() {
    after(|| damage(0, |plain| plain.offered_to = Some(ALICE)), "a namespace is offered to its owner");
    after(|| damage(1, |channel| channel.offered_to = Some(ALICE)), "a namespace that nobody owns is on offer");
}
