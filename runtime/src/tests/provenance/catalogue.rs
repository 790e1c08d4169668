//! Files of somebody else.

use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use pedigree_primitives::{NamespaceId, NewRelease, RecordKind, Relation, ReleaseId, Standing, Text};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

use super::world::*;
use crate::{Balances, Records};

fn catalogue(namespace: NamespaceId, release: NewRelease) -> pallet_records::Call<crate::Runtime> {
    pallet_records::Call::catalogue {
        namespace,
        name: name("model"),
        kind: RecordKind::Model,
        release,
        upstream: upstream(),
    }
}

#[test]
fn anyone_may_add_to_an_unlinked_channel_and_pays_for_it() {
    story(|| {
        let channel = open(Alice, "hf:lab");
        assert_ok!(try_call(Bob, catalogue(channel, bytes(1))));
        let held = Balances::total_balance_on_hold(&Charlie.to_account_id());
        assert_ok!(try_call(Charlie, catalogue(channel, bytes(2))));
        assert!(Balances::total_balance_on_hold(&Charlie.to_account_id()) > held);
        let record = Records::find(channel, &name("model")).unwrap();
        let second = stored(ReleaseId::new(record, 2));
        assert_eq!(second.standing, Standing::Unlinked);
        assert_eq!(second.upstream, Some(upstream()));
        assert_eq!(second.registrant, Charlie.to_account_id());
    });
}

#[test]
fn it_states_facts_and_claims_nothing() {
    story(|| {
        let channel = open(Alice, "hf:lab");
        let asks = NewRelease { terms: asking(1), ..bytes(1) };
        assert_noop!(try_call(Bob, catalogue(channel, asks)), RecordError::CatalogueAsksRoyalty);
        let model = model_of(Bob, "bob");
        let parent = register(Bob, model, bytes(2)).unwrap();
        let child = built_from(1, &[(parent, Relation::FineTune)]);
        assert_noop!(try_call(Bob, catalogue(channel, child)), RecordError::CatalogueHasParents);
        let mut strange = catalogue(channel, bytes(1));
        if let pallet_records::Call::catalogue { upstream, .. } = &mut strange {
            use codec::DecodeAll;
            upstream.url = Text::decode_all(&mut &codec::Encode::encode(&vec![0xffu8])[..]).unwrap();
        }
        assert_noop!(try_call(Bob, strange), RecordError::BadText);
    });
}

#[test]
fn linked_and_plain_namespaces_publish_for_themselves() {
    story(|| {
        let linked = link("hf:lab", Alice);
        let plain = claim(Alice, "alice");
        for namespace in [linked, plain] {
            for who in [Alice, Bob] {
                assert_noop!(try_call(who, catalogue(namespace, bytes(1))), RecordError::NotAnUnlinkedChannel);
            }
        }
        let nowhere = catalogue(NamespaceId(999), bytes(1));
        assert_noop!(try_call(Bob, nowhere), RecordError::UnknownNamespace);
    });
}

#[test]
fn nobody_owns_what_is_in_an_unlinked_channel() {
    story(|| {
        let channel = open(Alice, "hf:lab");
        let create = pallet_records::Call::create { namespace: channel, name: name("x"), kind: RecordKind::Model };
        assert_noop!(try_call(Alice, create), RecordError::NotOwner);
        assert_ok!(try_call(Bob, catalogue(channel, bytes(1))));
        let record = Records::find(channel, &name("model")).unwrap();
        reserve(Bob, root(2).0);
        assert_noop!(try_release(Bob, record, bytes(2)), RecordError::NotOwner);
    });
}

#[test]
fn when_the_channel_is_linked_the_publisher_takes_over_and_the_cataloguer_gets_his_deposit_back() {
    story(|| {
        let held = || Balances::total_balance_on_hold(&Bob.to_account_id());
        let channel = open(Alice, "hf:lab");
        assert_ok!(try_call(Bob, catalogue(channel, bytes(1))));
        let record = Records::find(channel, &name("model")).unwrap();
        assert!(held() > 0);
        let adopt = |number| pallet_records::Call::adopt { record, number };
        assert_noop!(try_call(Charlie, adopt(None)), RecordError::NotOwner);
        link("hf:lab", Charlie);
        // The record's own deposit comes with that of its release.
        assert_ok!(try_call(Charlie, adopt(Some(1))));
        assert_eq!(held(), 0);
        assert_noop!(try_call(Charlie, adopt(None)), RecordError::AlreadyDepositor);
        assert_noop!(try_call(Charlie, adopt(Some(1))), RecordError::AlreadyDepositor);
        // And goes on with the next release of the same record.
        assert_eq!(register(Charlie, record, bytes(2)).unwrap().number, 2);
    });
}

#[test]
fn a_cataloguer_may_warn_of_what_he_catalogued() {
    story(|| {
        let channel = open(Alice, "hf:lab");
        assert_ok!(try_call(Bob, catalogue(channel, bytes(1))));
        let record = Records::find(channel, &name("model")).unwrap();
        let yank = pallet_records::Call::yank {
            release: ReleaseId::new(record, 1),
            reason: Text::new("not what it says").unwrap(),
            successor: None,
        };
        assert_noop!(try_call(Charlie, yank.clone()), RecordError::NotOwner);
        assert_ok!(try_call(Bob, yank));
    });
}
