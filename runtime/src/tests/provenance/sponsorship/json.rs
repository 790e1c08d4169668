//! With nothing but the runtime API and a signer.

use codec::DecodeAll;
use pedigree_primitives::{
    api::{
        runtime_decl_for_provenance_api::ProvenanceApiV1, Action, Balance as Amount, PrepareError, Prepared,
        ReleaseRequest,
    },
    Bytes,
};
use sp_core::H256;

use super::*;
use crate::{
    configs::money::ExistentialDeposit,
    constants::currency::MILLI,
    tests::blocks::{begin, development, end, pass},
    Executive, UncheckedExtrinsic,
};

fn opening(deposits: Balance) -> Action {
    Action::OpenSponsorship {
        beneficiary: ADA.to_account_id(),
        calls: 10,
        fees: Amount(UNIT),
        names: Amount(10 * UNIT),
        deposits: Amount(deposits),
        until: 1_000,
    }
}

fn sponsored(call: Action) -> Action {
    Action::Sponsored { sponsor: SPONSOR.to_account_id(), call: Box::new(call) }
}

fn salt() -> H256 {
    H256(SALT)
}

fn register() -> Action {
    let release = bytes(1);
    let release = ReleaseRequest {
        manifest: release.manifest,
        terms: release.terms,
        parents: vec![],
        card: None,
        locations: vec![],
        digests: vec![],
    };
    Action::Register { record: "ada-lab/model".into(), kind: RecordKind::Model, salt: salt(), release }
}

fn submit(by: Sr25519Keyring, action: Action) -> Prepared {
    let prepared = Runtime::prepare(by.to_account_id(), action).unwrap();
    let signature = Bytes(by.sign(&prepared.sign.0).0.to_vec());
    let bytes = Runtime::assemble(prepared.payload.clone(), signature).unwrap();
    let transaction = UncheckedExtrinsic::decode_all(&mut bytes.0.as_slice()).unwrap();
    begin();
    Executive::apply_extrinsic(transaction).unwrap().unwrap();
    end();
    prepared
}

fn error(action: Action) -> (String, String) {
    match Runtime::prepare(ADA.to_account_id(), action).unwrap_err() {
        PrepareError::WouldFail { pallet, error, explanation, .. } => {
            assert!(!explanation.is_empty());
            (pallet, error)
        }
        PrepareError::Invalid { field, .. } => (String::from("field"), field),
        other => panic!("{other:?}"),
    }
}

fn named(pallet: &str, error: &str) -> (String, String) {
    (pallet.into(), error.into())
}

#[test]
fn a_key_without_tokens_registers_by_json_alone() {
    development().execute_with(|| {
        pass(2);
        let opened = submit(SPONSOR, opening(2 * UNIT));
        assert!(opened.deposit.0 > 13 * UNIT, "what is set aside is held");
        assert_eq!(opened.price.0, ExistentialDeposit::get());

        let name = || String::from("ada-lab");
        // Both steps are tried before the first one is paid.
        let claim = || sponsored(Action::ClaimNamespace { name: name(), salt: salt() });
        assert_eq!(error(claim()), named("Reservations", "NotFound"));
        let reserved = submit(ADA, sponsored(Action::ReserveNamespace { name: name(), salt: salt() }));
        assert_eq!((reserved.deposit.0, reserved.price.0), (100 * MILLI, 0));
        let claimed = submit(ADA, claim());
        assert_eq!((claimed.deposit.0, claimed.price.0), (0, 10 * UNIT));
        submit(ADA, sponsored(Action::ReserveRoot { root: root(1), salt: salt() }));
        let before = records_held(SPONSOR);
        let registered = submit(ADA, sponsored(register()));
        // What comes back for the reservation is taken off.
        assert_eq!(registered.deposit.0, records_held(SPONSOR) - before - 100 * MILLI);
        let view = Runtime::release_by_name("ada-lab/model".into()).unwrap();
        assert_eq!(view.owner, Some(ADA.to_account_id()));
        assert_eq!(total(ADA), ExistentialDeposit::get());

        // And takes over what was lent, once there is something to do it with.
        begin();
        give(ADA, UNIT);
        end();
        submit(ADA, Action::Adopt { target: "ada-lab/model".into() });
        submit(ADA, Action::Adopt { target: "ada-lab/model@1".into() });
        assert_eq!(records_held(SPONSOR), 0);
        submit(SPONSOR, Action::CloseSponsorship { beneficiary: ADA.to_account_id() });
        assert_eq!(set_aside(), 0);
    });
}

#[test]
fn what_the_sponsor_does_not_cover_is_said_before_anything_is_paid() {
    development().execute_with(|| {
        pass(2);
        let reserve = || Action::ReserveRoot { root: root(1), salt: salt() };
        assert_eq!(error(sponsored(reserve())), named("Sponsorship", "NotSponsored"));
        submit(SPONSOR, opening(100 * MILLI - 1));
        assert_eq!(error(sponsored(reserve())), named("Sponsorship", "DepositsUsedUp"));
        let yank = Action::Pay { release: "ada-lab/model@1".into(), amount: Amount(UNIT), memo: None };
        assert_eq!(error(sponsored(yank)), named("field", "call.release"));
        let transfer = Action::CloseSponsorship { beneficiary: ADA.to_account_id() };
        assert_eq!(error(sponsored(transfer)), named("Sponsorship", "CallNotSponsored"));
        assert_eq!(error(sponsored(sponsored(reserve()))), named("field", "call"));
    });
}

#[test]
fn who_sponsors_an_account_can_be_read_in_pages() {
    use pedigree_primitives::api::{runtime_decl_for_sponsorship_api::SponsorshipApiV1, PageRequest};

    development().execute_with(|| {
        pass(2);
        let sponsors = [SPONSOR, Sr25519Keyring::Dave, Sr25519Keyring::Eve];
        for sponsor in sponsors {
            submit(sponsor, opening(UNIT));
        }
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page = Runtime::sponsors_of(ADA.to_account_id(), PageRequest { after, limit: 1 });
            seen.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let mut names: Vec<_> = seen.iter().map(|view| view.sponsor.clone()).collect();
        names.sort();
        let mut expected: Vec<_> = sponsors.iter().map(|sponsor| sponsor.to_account_id()).collect();
        expected.sort();
        assert_eq!(names, expected);
        assert!(seen.iter().all(|view| (view.calls, view.fees.0, view.until) == (10, UNIT, 1_000)));
        let none = Runtime::sponsors_of(SPONSOR.to_account_id(), PageRequest { after: None, limit: 10 });
        assert!(none.items.is_empty());
    });
}

#[test]
fn an_account_that_was_emptied_is_told_so() {
    development().execute_with(|| {
        pass(2);
        submit(SPONSOR, opening(2 * UNIT));
        begin();
        let dest = SPONSOR.to_account_id().into();
        try_call(ADA, pallet_balances::Call::transfer_all { dest, keep_alive: false }).unwrap();
        end();
        let reserve = Action::ReserveRoot { root: root(1), salt: salt() };
        assert_eq!(error(sponsored(reserve)), named("field", "account"));
    });
}
