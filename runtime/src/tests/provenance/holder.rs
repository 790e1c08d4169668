//! Several releases of the same bytes.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::{traits::Registry, NewRelease, RecordKind, ReleaseId};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

use super::world::*;
use crate::{AccountId, Records};

fn holder(root: H256) -> Option<ReleaseId> {
    <Records as Registry<AccountId>>::holder(root)
}

fn claim_root(release: ReleaseId) -> Result<(), sp_runtime::DispatchError> {
    try_call(Charlie, pallet_records::Call::claim_root { release })
}

#[test]
fn who_reserved_first_holds_the_root_even_when_registered_later() {
    story(|| {
        let early = model_of(Alice, "alice");
        let late = model_of(Bob, "bob");
        reserve(Alice, root(1).0);
        let second = register(Bob, late, bytes(1)).unwrap();
        assert_eq!(holder(root(1)), Some(second));
        let first = try_release(Alice, early, NewRelease { terms: asking(3), ..bytes(1) }).unwrap();
        assert_eq!(holder(root(1)), Some(first));
        assert_noop!(claim_root(second), RecordError::NoBetterClaim);
    });
}

#[test]
fn who_is_overtaken_asks_no_royalty_any_more() {
    story(|| {
        let early = model_of(Alice, "alice");
        let late = model_of(Bob, "bob");
        reserve(Alice, root(1).0);
        let asking_first = NewRelease { terms: asking(3), ..bytes(1) };
        let second = register(Bob, late, asking_first).unwrap();
        assert!(!Records::royalty(second, &stored(second)).is_zero());
        try_release(Alice, early, bytes(1)).unwrap();
        assert!(Records::royalty(second, &stored(second)).is_zero());
    });
}

#[test]
fn a_linked_channel_beats_a_plain_name_whoever_came_first() {
    story(|| {
        let plain = model_of(Alice, "alice");
        let plain = register(Alice, plain, bytes(1)).unwrap();
        let channel = link("hf:lab", Bob);
        let linked = create(Bob, channel, "model", RecordKind::Model);
        let linked = register(Bob, linked, bytes(1)).unwrap();
        assert_eq!(holder(root(1)), Some(linked));
        assert_noop!(claim_root(plain), RecordError::NoBetterClaim);
    });
}

#[test]
fn what_was_catalogued_claims_its_root_once_the_channel_is_linked() {
    story(|| {
        let channel = open(Charlie, "hf:lab");
        let catalogue = pallet_records::Call::catalogue {
            namespace: channel,
            name: name("model"),
            kind: RecordKind::Model,
            release: bytes(1),
            upstream: upstream(),
        };
        assert_ok!(try_call(Charlie, catalogue));
        let catalogued = ReleaseId::new(Records::find(channel, &name("model")).unwrap(), 1);
        let plain = model_of(Alice, "alice");
        let plain = register(Alice, plain, bytes(1)).unwrap();
        assert_eq!(holder(root(1)), Some(plain), "plain beats unlinked");
        assert_noop!(claim_root(catalogued), RecordError::NoBetterClaim);
        link("hf:lab", Bob);
        assert_ok!(claim_root(catalogued));
        assert_eq!(holder(root(1)), Some(catalogued), "linked beats plain");
    });
}

#[test]
fn all_releases_of_a_root_are_found() {
    story(|| {
        let one = model_of(Alice, "alice");
        let two = model_of(Bob, "bob");
        let one = register(Alice, one, bytes(1)).unwrap();
        let two = register(Bob, two, bytes(1)).unwrap();
        let mut found: Vec<_> = pallet_records::Roots::<crate::Runtime>::iter_key_prefix(root(1)).collect();
        found.sort();
        assert_eq!(found, [one, two]);
    });
}
