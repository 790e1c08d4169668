//! Records that change hands.

use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use pedigree_primitives::{NamespaceId, RecordId, RecordKind};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie};

use super::world::*;
use crate::{Balances, Records};

fn offer(who: Sr25519Keyring, record: RecordId, to: NamespaceId) -> Result<(), sp_runtime::DispatchError> {
    try_call(who, pallet_records::Call::offer { record, to })
}

fn accept(who: Sr25519Keyring, record: RecordId) -> Result<(), sp_runtime::DispatchError> {
    try_call(who, pallet_records::Call::accept { record })
}

#[test]
fn a_record_moves_by_offer_and_acceptance_and_its_deposit_with_it() {
    story(|| {
        let held = |who: Sr25519Keyring| Balances::total_balance_on_hold(&who.to_account_id());
        let model = model_of(Alice, "alice");
        let release = register(Alice, model, bytes(1)).unwrap();
        let to = claim(Bob, "bob");
        let deposit = held(Alice);
        assert_noop!(accept(Bob, model), RecordError::NotOffered);
        assert_noop!(offer(Bob, model, to), RecordError::NotOwner);
        assert_ok!(offer(Alice, model, to));
        assert_noop!(accept(Charlie, model), RecordError::NotOwner);
        assert_ok!(accept(Bob, model));
        assert_eq!((held(Alice), held(Bob)), (0, deposit));
        assert_eq!(Records::find(to, &name("model")), Some(model));
        assert_eq!(Records::find(namespace("alice"), &name("model")), None);
        assert_eq!(stored(release).registrant, Alice.to_account_id(), "who registered it stays");
        assert_eq!(register(Bob, model, bytes(2)).unwrap().number, 2);
        assert_noop!(accept(Bob, model), RecordError::NotOffered);
    });
}

#[test]
fn an_offer_can_be_withdrawn() {
    story(|| {
        let model = model_of(Alice, "alice");
        let to = claim(Bob, "bob");
        let withdraw = || try_call(Alice, pallet_records::Call::withdraw_offer { record: model });
        assert_noop!(withdraw(), RecordError::NotOffered);
        assert_ok!(offer(Alice, model, to));
        assert_ok!(withdraw());
        assert_noop!(accept(Bob, model), RecordError::NotOffered);
    });
}

#[test]
fn a_record_goes_where_somebody_can_take_it_and_its_name_is_free() {
    story(|| {
        let model = model_of(Alice, "alice");
        let unlinked = open(Alice, "hf:lab");
        assert_noop!(offer(Alice, model, unlinked), RecordError::UnknownNamespace);
        assert_noop!(offer(Alice, model, NamespaceId(999)), RecordError::UnknownNamespace);
        assert_noop!(offer(Alice, model, namespace("alice")), RecordError::AlreadyThere);
        let to = claim(Bob, "bob");
        create(Bob, to, "Model", RecordKind::Dataset);
        assert_ok!(offer(Alice, model, to));
        assert_noop!(accept(Bob, model), RecordError::NameTaken);
    });
}

#[test]
fn the_next_owner_of_a_namespace_takes_the_deposit_over_with_the_next_release() {
    story(|| {
        let held = |who: Sr25519Keyring| Balances::total_balance_on_hold(&who.to_account_id());
        let model = model_of(Alice, "alice");
        register(Alice, model, bytes(1)).unwrap();
        let before = held(Alice);
        let namespace = namespace("alice");
        assert_ok!(try_call(Alice, pallet_namespaces::Call::offer { namespace, to: Bob.to_account_id() }));
        assert_ok!(try_call(Bob, pallet_namespaces::Call::accept { namespace }));
        assert_eq!(held(Alice), before, "nothing walks the records of a namespace");
        reserve(Alice, root(2).0);
        assert_noop!(try_release(Alice, model, bytes(2)), RecordError::NotOwner);
        let reserved = held(Alice) - before;
        register(Bob, model, bytes(2)).unwrap();
        assert_eq!(held(Alice), reserved);
        assert!(held(Bob) > before);
    });
}
