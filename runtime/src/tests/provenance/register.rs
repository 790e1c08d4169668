//! Making records and releases.

use frame_support::{
    assert_noop, assert_ok,
    traits::fungible::{Inspect, InspectHold, Mutate},
    BoundedVec,
};
use pedigree_primitives::{Digest, DigestKind, RecordKind, RecordName, Relation, Standing, Text};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{DispatchError, TokenError};

use super::world::*;
use crate::{constants::time::DAYS, Balances, Records, Runtime, System};

type ReservationError = pallet_reservations::Error<Runtime>;

#[test]
fn a_release_says_who_when_and_with_what_standing() {
    story(|| {
        let model = model_of(Alice, "alice");
        reserve(Alice, root(1).0);
        let reserved = System::block_number() - 1;
        wait(5);
        let id = try_release(Alice, model, bytes(1)).unwrap();
        let release = stored(id);
        assert_eq!(id.number, 1);
        assert_eq!(release.registrant, Alice.to_account_id());
        assert_eq!(release.first_seen, reserved);
        assert_eq!(release.registered, System::block_number());
        assert_eq!(release.standing, Standing::Plain);
        assert!(Records::is_holder(id, &release));
    });
}

#[test]
fn releases_are_numbered_from_one() {
    story(|| {
        let model = model_of(Alice, "alice");
        for n in 1..=3 {
            assert_eq!(register(Alice, model, bytes(n)).unwrap().number, n as u32);
        }
    });
}

#[test]
fn a_reservation_is_needed_and_works_once() {
    story(|| {
        let model = model_of(Alice, "alice");
        assert_noop!(try_release(Alice, model, bytes(1)), ReservationError::NotFound);
        register(Alice, model, bytes(1)).unwrap();
        register(Alice, model, bytes(2)).unwrap();
        assert_noop!(try_release(Alice, model, bytes(1)), ReservationError::NotFound);
    });
}

#[test]
fn a_reservation_binds_the_account_the_salt_and_the_root() {
    story(|| {
        let of_alice = model_of(Alice, "alice");
        let of_bob = model_of(Bob, "bob");
        reserve(Alice, root(1).0);
        // Bob saw the root in the pool; his registration finds no reservation of his.
        assert_noop!(try_release(Bob, of_bob, bytes(1)), ReservationError::NotFound);
        assert_noop!(try_release(Alice, of_alice, bytes(2)), ReservationError::NotFound);
        let other_salt = pallet_models::Call::release { record: of_alice, salt: [1; 32], release: bytes(1) };
        assert_noop!(try_call(Alice, other_salt), ReservationError::NotFound);
        assert_ok!(try_release(Alice, of_alice, bytes(1)));
    });
}

#[test]
fn a_stale_reservation_is_none() {
    story(|| {
        let model = model_of(Alice, "alice");
        reserve(Alice, root(1).0);
        wait(DAYS + 1);
        assert_noop!(try_release(Alice, model, bytes(1)), ReservationError::Expired);
    });
}

#[test]
fn only_the_owner_publishes() {
    story(|| {
        let model = model_of(Alice, "alice");
        let namespace = namespace("alice");
        assert_noop!(register_reserved(Bob, model), RecordError::NotOwner);
        let create = pallet_records::Call::create { namespace, name: name("other"), kind: RecordKind::Model };
        assert_noop!(try_call(Bob, create), RecordError::NotOwner);
    });
}

fn register_reserved(
    who: sp_keyring::Sr25519Keyring,
    model: pedigree_primitives::RecordId,
) -> Result<pedigree_primitives::ReleaseId, DispatchError> {
    let release = pallet_models::Call::release { record: model, salt: SALT, release: bytes(1) };
    try_call(who, release).map(|()| pedigree_primitives::ReleaseId::new(model, 1))
}

#[test]
fn names_are_checked_and_taken_once() {
    story(|| {
        let namespace = claim(Alice, "alice");
        create(Alice, namespace, "MiniLM", RecordKind::Model);
        let create = |name: RecordName| pallet_records::Call::create { namespace, name, kind: RecordKind::Dataset };
        assert_noop!(try_call(Alice, create(name("minilm"))), RecordError::NameTaken);
        for bad in ["", "-a", "a/b", "a b", "a..b"] {
            let bad = RecordName(Text::new(bad).unwrap());
            assert_noop!(try_call(Alice, create(bad)), RecordError::BadName);
        }
    });
}

#[test]
fn a_record_keeps_its_kind() {
    story(|| {
        let dataset = dataset_of(Alice, "alice");
        reserve(Alice, root(1).0);
        let as_model = pallet_models::Call::release { record: dataset, salt: SALT, release: bytes(1) };
        assert_noop!(try_call(Alice, as_model), RecordError::WrongKind);
    });
}

#[test]
fn what_no_release_may_say_is_refused() {
    story(|| {
        let model = model_of(Alice, "alice");
        reserve(Alice, root(1).0);
        let refused = |change: &dyn Fn(&mut pedigree_primitives::NewRelease), error: RecordError| {
            let mut release = bytes(1);
            change(&mut release);
            assert_noop!(try_release(Alice, model, release), error);
        };
        refused(&|r| r.manifest.files = 0, RecordError::BadManifest);
        refused(&|r| r.manifest.bytes = 0, RecordError::BadManifest);
        refused(&|r| r.manifest.root = H256::zero(), RecordError::BadManifest);
        refused(&|r| r.terms.licence = Default::default(), RecordError::BadLicence);
        refused(&|r| r.terms = asking(11), RecordError::RoyaltyAboveMaximum);
        refused(&|r| r.locations = BoundedVec::truncate_from(vec![Text::default()]), RecordError::BadText);
        let digest =
            |length: usize| Digest { kind: DigestKind::Sha256, value: BoundedVec::truncate_from(vec![1; length]) };
        refused(&|r| r.digests = BoundedVec::truncate_from(vec![digest(20)]), RecordError::BadDigest);
        refused(&|r| r.digests = BoundedVec::truncate_from(vec![digest(32), digest(32)]), RecordError::DuplicateDigest);
        assert_ok!(try_release(Alice, model, bytes(1)));
    });
}

#[test]
fn the_same_bytes_are_no_new_release() {
    story(|| {
        let model = model_of(Alice, "alice");
        register(Alice, model, bytes(1)).unwrap();
        reserve(Alice, root(1).0);
        let mut release = bytes(1);
        release.terms = asking(1);
        assert_noop!(try_release(Alice, model, release), RecordError::UnchangedRelease);
    });
}

#[test]
fn releases_are_found_by_digest() {
    story(|| {
        let model = model_of(Alice, "alice");
        let digest = Digest { kind: DigestKind::HubCommit, value: BoundedVec::truncate_from(vec![3; 20]) };
        let mut release = bytes(1);
        release.digests = BoundedVec::truncate_from(vec![digest.clone()]);
        let id = register(Alice, model, release).unwrap();
        let key = Records::digest_key(&digest);
        assert!(pallet_records::Digests::<Runtime>::contains_key(key, id));
    });
}

#[test]
fn the_deposit_grows_with_each_release_and_comes_back_when_an_empty_record_goes() {
    story(|| {
        let held = || Balances::total_balance_on_hold(&Alice.to_account_id());
        let namespace = claim(Alice, "alice");
        assert_eq!(held(), 0);
        let model = create(Alice, namespace, "model", RecordKind::Model);
        let empty = held();
        assert!(empty > 0);
        assert_ok!(try_call(Alice, pallet_records::Call::remove { record: model }));
        assert_eq!(held(), 0);

        let model = create(Alice, namespace, "model", RecordKind::Model);
        register(Alice, model, bytes(1)).unwrap();
        let one = held();
        assert!(one > empty);
        register(Alice, model, bytes(2)).unwrap();
        assert_eq!(held() - one, one - empty, "as much for each release of the same size");
        assert_noop!(try_call(Alice, pallet_records::Call::remove { record: model }), RecordError::NotEmpty);
    });
}

#[test]
fn who_cannot_pay_the_deposit_loses_nothing() {
    story(|| {
        let model = model_of(Alice, "alice");
        reserve(Alice, root(1).0);
        let alice = Alice.to_account_id();
        // All but a little goes to Bob.
        let free = Balances::balance(&alice);
        Balances::transfer(
            &alice,
            &Bob.to_account_id(),
            free - crate::constants::currency::MILLI * 2,
            frame_support::traits::tokens::Preservation::Preserve,
        )
        .unwrap();
        let held = Balances::total_balance_on_hold(&alice);
        // More than the reservation gives back.
        let mut large = bytes(1);
        large.locations = BoundedVec::truncate_from(vec![Text::new(&"x".repeat(256)).unwrap(); 8]);
        assert_noop!(try_release(Alice, model, large), DispatchError::Token(TokenError::FundsUnavailable));
        assert_eq!(Balances::total_balance_on_hold(&alice), held, "the reservation is still there");
    });
}

#[test]
fn relations_fit_the_kinds() {
    story(|| {
        let data = dataset_of(Bob, "bob");
        let data = register(Bob, data, bytes(1)).unwrap();
        let model = model_of(Alice, "alice");
        let first = register(Alice, model, bytes(2)).unwrap();
        reserve(Alice, root(3).0);
        assert_noop!(
            try_release(Alice, model, built_from(3, &[(first, Relation::FineTune), (data, Relation::FineTune)])),
            pallet_models::Error::<Runtime>::RelationNotAllowed { parent: 1 }
        );
        assert_noop!(
            try_release(Alice, model, built_from(3, &[(first, Relation::TrainedOn)])),
            pallet_models::Error::<Runtime>::RelationNotAllowed { parent: 0 }
        );
        let parents = [(first, Relation::FineTune), (data, Relation::TrainedOn)];
        assert_ok!(try_release(Alice, model, built_from(3, &parents)));
    });
}

#[test]
fn parents_exist_and_are_named_once() {
    story(|| {
        let model = model_of(Alice, "alice");
        let first = register(Alice, model, bytes(1)).unwrap();
        reserve(Alice, root(2).0);
        let unknown = pedigree_primitives::ReleaseId::new(model, 2);
        assert_noop!(
            try_release(Alice, model, built_from(2, &[(unknown, Relation::FineTune)])),
            pallet_models::Error::<Runtime>::UnknownParent { parent: 0 }
        );
        assert_noop!(
            try_release(Alice, model, built_from(2, &[(first, Relation::FineTune), (first, Relation::Merge)])),
            RecordError::DuplicateParent { parent: 1 }
        );
    });
}
