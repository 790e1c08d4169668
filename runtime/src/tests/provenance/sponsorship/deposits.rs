//! What is lent, and how it comes back.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::{traits::Namespaces as _, Access};
use sp_keyring::Sr25519Keyring::{Alice, Dave};

use super::*;
use crate::{
    configs::money::ExistentialDeposit,
    constants::{currency::MILLI, time::DAYS},
    Namespaces,
};

#[test]
fn a_key_without_tokens_registers_a_model_that_is_its_own() {
    story(|| {
        let before = total(SPONSOR);
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        let id = register_sponsored("ada-lab", "model", 1);

        assert_eq!(Namespaces::owner(namespace("ada-lab")), Some(ADA.to_account_id()));
        assert_eq!(stored(id).registrant, ADA.to_account_id());
        assert_eq!(total(ADA), ExistentialDeposit::get(), "not a planck passes through her account");
        assert_eq!(records_held(ADA) + reservations_held(ADA), 0);

        // Four calls, the price of a name, the gift: that is all that is gone.
        let spent = before - total(SPONSOR);
        let fees = UNIT - left().fees;
        assert_eq!(spent, fees + 10 * UNIT + ExistentialDeposit::get());
        assert_eq!(left().names, 10 * UNIT);
        assert_eq!(left().calls, 16);
        assert!(fees < UNIT / 20, "{fees}");
        // And what is lent is what is held.
        assert_eq!(reservations_held(SPONSOR), 0, "both reservations were used");
        assert_eq!(2 * UNIT - left().deposits, records_held(SPONSOR) + 2 * 100 * MILLI);
    });
}

#[test]
fn a_reservation_that_is_cancelled_gives_the_sponsor_his_deposit_back() {
    story(|| {
        open_for_ada(plenty());
        done(send_sponsored(reserving(root(1).0)));
        assert_eq!((reservations_held(SPONSOR), reservations_held(ADA)), (100 * MILLI, 0));
        let RuntimeCall::Reservations(pallet_reservations::Call::reserve { hash }) = reserving(root(1).0) else {
            unreachable!()
        };
        done(send_sponsored(pallet_reservations::Call::cancel { hash }));
        assert_eq!(reservations_held(SPONSOR), 0);
        // It is the sponsor's again, and not lent a second time.
        assert_eq!(left().deposits, 2 * UNIT - 100 * MILLI);
        assert_eq!(set_aside(), left().budget().unwrap());
    });
}

#[test]
fn a_reservation_that_is_left_costs_the_sponsor_a_part_and_nobody_else() {
    story(|| {
        open_for_ada(plenty());
        done(send_sponsored(reserving(root(1).0)));
        let RuntimeCall::Reservations(pallet_reservations::Call::reserve { hash }) = reserving(root(1).0) else {
            unreachable!()
        };
        wait(DAYS + 1);
        let before = (total(SPONSOR), total(ADA));
        assert_ok!(try_call(Dave, pallet_reservations::Call::expire { who: ADA.to_account_id(), hash }));
        assert_eq!((before.0 - total(SPONSOR), total(ADA)), (20 * MILLI, before.1));
        assert_eq!(reservations_held(SPONSOR), 0);
    });
}

#[test]
fn the_owner_takes_the_deposits_over_and_the_sponsor_has_them_back() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        let id = register_sponsored("ada-lab", "model", 1);
        let lent = records_held(SPONSOR);
        let adopt = |number| pallet_records::Call::adopt { record: id.record, number };

        // She can't before she has something.
        assert!(try_call(ADA, adopt(None)).is_err());
        give(ADA, UNIT);
        let before = total(SPONSOR);
        assert_noop!(try_call(Dave, adopt(None)), RecordError::NotOwner);
        assert_ok!(try_call(ADA, adopt(None)));
        assert_ok!(try_call(ADA, adopt(Some(1))));
        assert_eq!((records_held(SPONSOR), records_held(ADA)), (0, lent));
        assert_eq!(total(SPONSOR), before);
        assert_noop!(try_call(ADA, adopt(Some(1))), RecordError::AlreadyDepositor);
    });
}

#[test]
fn a_deposit_is_never_the_owners_to_sponsor_away() {
    story(|| {
        // A record that Ada has paid for herself.
        give(ADA, 20 * UNIT);
        let record = model_of(ADA, "ada-lab");
        register(ADA, record, bytes(1)).unwrap();
        let own = records_held(ADA);
        open_for_ada(plenty());
        done(send_sponsored(reserving(root(2).0)));
        next_block();
        done(send_sponsored(pallet_models::Call::release { record, salt: SALT, release: bytes(2) }));
        assert_eq!(records_held(ADA), own, "what she had paid stays hers");
        assert!(records_held(SPONSOR) > 0);

        // And the next release, by herself, is added to her own again.
        let lent = records_held(SPONSOR);
        register(ADA, record, bytes(3)).unwrap();
        assert!(records_held(ADA) > own);
        assert_eq!(records_held(SPONSOR), lent, "a release that was sponsored stays so until it is adopted");
        assert_ok!(try_call(ADA, pallet_records::Call::adopt { record, number: Some(2) }));
        assert_eq!(records_held(SPONSOR), 0);
    });
}

#[test]
fn the_next_release_of_the_owners_takes_the_records_own_deposit_over() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        let id = register_sponsored("ada-lab", "model", 1);
        let both = records_held(SPONSOR);
        give(ADA, 5 * UNIT);
        register(ADA, id.record, bytes(2)).unwrap();
        let rest = records_held(SPONSOR);
        assert!(rest > 0 && rest < both, "only the release's is left of {both}: {rest}");
        assert_eq!(pallet_records::CatalogueDeposits::<Runtime>::get(id).unwrap().who, SPONSOR.to_account_id());
    });
}

#[test]
fn an_empty_record_is_removed_and_the_sponsor_has_its_deposit_back() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        let record = pallet_records::NextRecordId::<Runtime>::get();
        let create = pallet_records::Call::create {
            namespace: namespace("ada-lab"),
            name: name("draft"),
            kind: RecordKind::Model,
        };
        done(send_sponsored(create));
        assert!(records_held(SPONSOR) > 0);
        done(send_sponsored(pallet_records::Call::remove { record }));
        assert_eq!(records_held(SPONSOR), 0);
    });
}

#[test]
fn a_dataset_is_closed_at_the_sponsors_expense_too() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        done(send_sponsored(reserving(root(1).0)));
        next_block();
        let record = pallet_records::NextRecordId::<Runtime>::get();
        let calls: Vec<RuntimeCall> = vec![
            pallet_records::Call::create {
                namespace: namespace("ada-lab"),
                name: name("data"),
                kind: RecordKind::Dataset,
            }
            .into(),
            pallet_datasets::Call::release { record, salt: SALT, release: bytes(1) }.into(),
            pallet_datasets::Call::set_access { record, access: Access { by_grant: true, consent_until: None } }.into(),
        ];
        done(send_sponsored(pallet_utility::Call::batch_all { calls }));
        assert!(held(SPONSOR, pallet_datasets::HoldReason::Access) > 0);
        assert_eq!(total(ADA), ExistentialDeposit::get());
        // Opened again, the sponsor has it back.
        let opened = pallet_datasets::Call::set_access { record, access: Default::default() };
        done(send_sponsored(opened));
        assert_eq!(held(SPONSOR, pallet_datasets::HoldReason::Access), 0);
    });
}

#[test]
fn a_namespace_that_was_offered_is_accepted_and_a_release_yanked_without_tokens() {
    story(|| {
        let space = claim(SPONSOR, "hub-authors");
        try_call(SPONSOR, pallet_namespaces::Call::offer { namespace: space, to: ADA.to_account_id() }).unwrap();
        open_for_ada(Limits { names: 0, ..plenty() });
        done(send_sponsored(pallet_namespaces::Call::accept { namespace: space }));
        let id = register_sponsored("hub-authors", "model", 1);
        let reason = pedigree_primitives::Text::new("wrong weights").unwrap();
        done(send_sponsored(pallet_records::Call::yank { release: id, reason, successor: None }));
        assert!(stored(id).yanked.is_some());
    });
}

#[test]
fn closing_leaves_what_was_lent_and_returns_the_rest() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        let id = register_sponsored("ada-lab", "model", 1);
        let lent = records_held(SPONSOR);
        assert_ok!(try_call(SPONSOR, pallet_sponsorship::Call::close { beneficiary: ADA.to_account_id() }));
        assert_eq!((set_aside(), held(SPONSOR, HoldReason::Entry)), (0, 0));
        assert_eq!(records_held(SPONSOR), lent);
        assert_eq!(stored(id).registrant, ADA.to_account_id(), "what was registered stays");
        give(ADA, UNIT);
        assert_ok!(try_call(ADA, pallet_records::Call::adopt { record: id.record, number: None }));
        assert_ok!(try_call(ADA, pallet_records::Call::adopt { record: id.record, number: Some(1) }));
        assert_eq!(records_held(SPONSOR), 0);
        assert_eq!(held(Alice, HoldReason::Budget), 0);
    });
}
