//! Who may cite a dataset.

use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use pedigree_primitives::{Access, RecordId, Relation, ReleaseId};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

use super::world::*;
use crate::{Balances, BlockNumber, Runtime, System};

type DatasetError = pallet_datasets::Error<Runtime>;

fn set_access(by_grant: bool, consent_until: Option<BlockNumber>, record: RecordId) -> pallet_datasets::Call<Runtime> {
    pallet_datasets::Call::set_access { record, access: Access { by_grant, consent_until } }
}

fn grant(record: RecordId, until: Option<BlockNumber>) -> pallet_datasets::Call<Runtime> {
    pallet_datasets::Call::grant { record, account: Alice.to_account_id(), until }
}

/// A dataset of Bob's with a release, and an empty model of Alice's with a reserved root.
fn data_and_model() -> (RecordId, ReleaseId, RecordId) {
    let data = dataset_of(Bob, "bob");
    let release = register(Bob, data, bytes(1)).unwrap();
    let model = model_of(Alice, "alice");
    reserve(Alice, root(2).0);
    (data, release, model)
}

fn cite(data: ReleaseId, model: RecordId) -> Result<ReleaseId, sp_runtime::DispatchError> {
    try_release(Alice, model, built_from(2, &[(data, Relation::TrainedOn)]))
}

#[test]
fn everybody_may_cite_at_first() {
    story(|| {
        let (_, release, model) = data_and_model();
        assert_ok!(cite(release, model));
    });
}

#[test]
fn by_grant_means_only_who_was_granted() {
    story(|| {
        let (data, release, model) = data_and_model();
        assert_ok!(try_call(Bob, set_access(true, None, data)));
        assert_noop!(cite(release, model), RecordError::ParentNotCitable { parent: 0 });
        assert_ok!(try_call(Bob, grant(data, None)));
        assert_ok!(cite(release, model));
    });
}

#[test]
fn the_owner_needs_no_grant() {
    story(|| {
        let (data, release, _) = data_and_model();
        assert_ok!(try_call(Bob, set_access(true, None, data)));
        assert_ok!(register(Bob, data, built_from(3, &[(release, Relation::DerivedFrom)])));
    });
}

#[test]
fn grants_and_consent_expire() {
    story(|| {
        let (data, release, model) = data_and_model();
        let now = System::block_number();
        assert_ok!(try_call(Bob, set_access(true, None, data)));
        assert_ok!(try_call(Bob, grant(data, Some(now))));
        next_block();
        assert_noop!(cite(release, model), RecordError::ParentNotCitable { parent: 0 });
        assert_noop!(try_call(Bob, grant(data, Some(now))), DatasetError::AlreadyPast);
        assert_noop!(try_call(Bob, set_access(false, Some(now), data)), DatasetError::AlreadyPast);
        // A consent that has ended ends it for everybody, granted or not.
        assert_ok!(try_call(Bob, grant(data, None)));
        assert_ok!(try_call(Bob, set_access(true, Some(System::block_number()), data)));
        next_block();
        assert_noop!(cite(release, model), RecordError::ParentNotCitable { parent: 0 });
    });
}

#[test]
fn a_revoked_grant_stops_new_citations_only() {
    story(|| {
        let (data, release, model) = data_and_model();
        assert_ok!(try_call(Bob, set_access(true, None, data)));
        assert_ok!(try_call(Bob, grant(data, None)));
        let child = cite(release, model).unwrap();
        let revoke = pallet_datasets::Call::revoke { record: data, account: Alice.to_account_id() };
        assert_ok!(try_call(Bob, revoke.clone()));
        assert_noop!(try_call(Bob, revoke), DatasetError::NotGranted);
        assert_eq!(stored(child).parents[0].link.release, release);
        reserve(Alice, root(3).0);
        assert_noop!(
            try_release(Alice, model, built_from(3, &[(release, Relation::TrainedOn)])),
            RecordError::ParentNotCitable { parent: 0 }
        );
    });
}

#[test]
fn access_and_grants_are_the_owners_and_paid_for() {
    story(|| {
        let held = || Balances::total_balance_on_hold(&Bob.to_account_id());
        let data = dataset_of(Bob, "bob");
        let model = model_of(Alice, "alice");
        let before = held();
        assert_noop!(try_call(Charlie, grant(data, None)), DatasetError::NotOwner);
        assert_noop!(try_call(Charlie, set_access(true, None, data)), DatasetError::NotOwner);
        assert_noop!(try_call(Alice, grant(model, None)), DatasetError::NotADataset);
        assert_noop!(try_call(Alice, grant(RecordId(999), None)), DatasetError::UnknownRecord);
        assert_ok!(try_call(Bob, set_access(true, None, data)));
        assert_ok!(try_call(Bob, grant(data, None)));
        assert!(held() > before);
        assert_noop!(try_call(Bob, pallet_records::Call::remove { record: data }), RecordError::InUse);
        assert_ok!(try_call(Bob, pallet_datasets::Call::revoke { record: data, account: Alice.to_account_id() }));
        assert_ok!(try_call(Bob, set_access(false, None, data)));
        assert_eq!(held(), before);
        assert_ok!(try_call(Bob, pallet_records::Call::remove { record: data }));
    });
}
