//! Registering with nothing but the runtime API and a signer.

use codec::DecodeAll;
use pedigree_primitives::{
    api::{
        runtime_decl_for_namespaces_api::NamespacesApiV1, runtime_decl_for_provenance_api::ProvenanceApiV1, Action,
        PageRequest, ParentRequest, PrepareError, Prepared, ReleaseRequest, UpstreamView,
    },
    Bytes, Licence, ManifestSummary, RecordKind, Relation, Standing, Terms,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};
use sp_runtime::Permill;

use super::blocks::{begin, call, development, end, in_block, pass};
use crate::{
    constants::currency::UNIT, genesis::presets::DEMO_CHANNEL, Balances, Executive, Runtime, System, UncheckedExtrinsic,
};
use frame_support::traits::fungible::{Inspect, InspectHold};

mod economy;

fn release(root: u8) -> ReleaseRequest {
    ReleaseRequest {
        manifest: ManifestSummary { root: H256::repeat_byte(root), files: 1, tensors: 2, bytes: 3_000 },
        terms: Terms {
            licence: Licence::parse("Apache-2.0").unwrap(),
            commercial_use: true,
            derivatives: true,
            share_alike: false,
            attribution: false,
            royalty: Permill::zero(),
        },
        parents: vec![],
        card: None,
        locations: vec!["https://example.org/model".into()],
        digests: vec![],
    }
}

fn salt() -> H256 {
    H256::repeat_byte(7)
}

fn register(record: &str, root: u8) -> Action {
    Action::Register { record: record.into(), kind: RecordKind::Model, salt: salt(), release: release(root) }
}

/// Prepares, signs, assembles and submits in the next block, and compares what happened with what was said.
fn submit(by: Sr25519Keyring, action: Action) -> Prepared {
    let account = by.to_account_id();
    let prepared = Runtime::prepare(account.clone(), action).unwrap();
    // A signer that isn't a wallet signs these very bytes.
    let signature = Bytes(by.sign(&prepared.sign.0).0.to_vec());
    let bytes = Runtime::assemble(prepared.payload.clone(), signature).unwrap();
    let transaction = UncheckedExtrinsic::decode_all(&mut bytes.0.as_slice()).unwrap();
    begin();
    let (total, held) = (Balances::total_balance(&account), Balances::total_balance_on_hold(&account));
    Executive::apply_extrinsic(transaction).unwrap().unwrap();
    // Who withdraws something has more afterwards.
    let spent = total.saturating_sub(Balances::total_balance(&account));
    assert!(spent <= prepared.fee.0 + prepared.price.0, "no more is spent than was said");
    assert!(spent >= prepared.price.0);
    assert_eq!(
        Balances::total_balance_on_hold(&account).saturating_sub(held),
        prepared.deposit.0,
        "the deposit is the one that was said"
    );
    end();
    prepared
}

fn error(by: Sr25519Keyring, action: Action) -> PrepareError {
    Runtime::prepare(by.to_account_id(), action).unwrap_err()
}

fn reserve(by: Sr25519Keyring, root: u8) {
    submit(by, Action::ReserveRoot { root: H256::repeat_byte(root), salt: salt() });
}

#[test]
fn a_model_is_registered_by_json_alone() {
    development().execute_with(|| {
        pass(2);
        reserve(Bob, 1);
        let record = format!("{DEMO_CHANNEL}/tiny");
        submit(Bob, register(&record, 1));

        let view = Runtime::release_by_name(record.clone()).unwrap();
        assert_eq!(view.name, format!("{record}@1"));
        assert_eq!(view.standing, Standing::Linked);
        assert!(view.holder);
        assert_eq!(view.owner, Some(Bob.to_account_id()));
        assert_eq!(view.first_seen + 1, view.registered);
        assert_eq!(Runtime::holder(H256::repeat_byte(1)).unwrap(), view);
        assert_eq!(Runtime::record_by_name(record.clone()).unwrap().releases, 1);

        // The next release of the same record, built from the first.
        reserve(Bob, 2);
        let mut next = release(2);
        next.parents = vec![ParentRequest { release: format!("{record}@1"), relation: Relation::FineTune }];
        let next = Action::Register { record: record.clone(), kind: RecordKind::Model, salt: salt(), release: next };
        submit(Bob, next);
        let view = Runtime::release_by_name(record.clone()).unwrap();
        assert_eq!(view.name, format!("{record}@2"));
        assert_eq!(view.parents[0].name, format!("{record}@1"));
        let first = Runtime::release_by_name(format!("{record}@1")).unwrap();
        let children = Runtime::children(first.id, PageRequest { after: None, limit: 10 });
        assert_eq!(children.items[0].release, view.id);
        assert_eq!(children.next, None);
        let split = Runtime::royalty_split(view.id).unwrap();
        assert_eq!(split.iter().map(|share| share.millionths).sum::<u32>(), 1_000_000);
    });
}

#[test]
fn a_name_is_claimed_by_json_alone() {
    development().execute_with(|| {
        pass(2);
        let name = String::from("open-lab");
        submit(Charlie, Action::ReserveNamespace { name: name.clone(), salt: salt() });
        let price = Runtime::price(name.clone()).unwrap();
        let prepared = submit(Charlie, Action::ClaimNamespace { name: name.clone(), salt: salt() });
        assert_eq!(prepared.price, price);
        let view = Runtime::namespace(name).unwrap();
        assert_eq!(view.owner, Some(Charlie.to_account_id()));
        assert_eq!(view.standing, Standing::Plain);
    });
}

#[test]
fn files_are_catalogued_and_yanked_by_json_alone() {
    development().execute_with(|| {
        pass(2);
        submit(Alice, Action::OpenNamespace { name: "hf:sentence-transformers".into() });
        let record = String::from("hf:sentence-transformers/all-MiniLM-L6-v2");
        let upstream = UpstreamView { url: "https://example.org/minilm".into(), revision: "c9745ed1d9f2".into() };
        submit(
            Alice,
            Action::Catalogue {
                record: record.clone(),
                kind: RecordKind::Model,
                release: release(3),
                upstream: upstream.clone(),
            },
        );
        let view = Runtime::release_by_name(record.clone()).unwrap();
        assert_eq!(view.upstream, Some(upstream));
        assert_eq!((view.owner, view.standing), (None, Standing::Unlinked));
        submit(
            Alice,
            Action::Yank { release: format!("{record}@1"), reason: "wrong revision".into(), successor: None },
        );
        assert_eq!(Runtime::release_by_name(record).unwrap().yanked.unwrap().reason, "wrong revision");
    });
}

#[test]
fn the_very_error_is_told_with_what_to_do() {
    development().execute_with(|| {
        pass(2);
        // Nothing was reserved.
        match error(Bob, register(&format!("{DEMO_CHANNEL}/tiny"), 1)) {
            PrepareError::WouldFail { pallet, error, parent, explanation } => {
                assert_eq!((pallet.as_str(), error.as_str()), ("Reservations", "NotFound"));
                assert_eq!(parent, None);
                assert!(explanation.contains("reserve first"), "{explanation}");
            }
            other => panic!("{other:?}"),
        }
        // Somebody else's namespace.
        match error(Alice, register(&format!("{DEMO_CHANNEL}/tiny"), 1)) {
            PrepareError::WouldFail { pallet, error, .. } => {
                assert_eq!((pallet.as_str(), error.as_str()), ("Records", "NotOwner"));
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn an_error_about_a_parent_names_which() {
    development().execute_with(|| {
        pass(2);
        let record = format!("{DEMO_CHANNEL}/tiny");
        reserve(Bob, 1);
        let mut closed = release(1);
        closed.terms.commercial_use = false;
        submit(
            Bob,
            Action::Register { record: record.clone(), kind: RecordKind::Model, salt: salt(), release: closed },
        );
        reserve(Bob, 2);
        let mut child = release(2);
        child.parents = vec![ParentRequest { release: record.clone(), relation: Relation::FineTune }];
        let action = Action::Register { record, kind: RecordKind::Model, salt: salt(), release: child };
        match error(Bob, action) {
            PrepareError::WouldFail { error, parent, .. } => {
                assert_eq!((error.as_str(), parent), ("ParentForbidsCommercialUse", Some(0)));
            }
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn wrong_fields_are_named() {
    development().execute_with(|| {
        pass(2);
        let field = |action| match error(Bob, action) {
            PrepareError::Invalid { field, explanation } => {
                assert!(!explanation.is_empty());
                field
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(field(register("no-slash", 1)), "record");
        assert_eq!(field(register("nobody-has-this/tiny", 1)), "record");
        assert_eq!(field(Action::ReserveNamespace { name: "A".into(), salt: salt() }), "name");
        let mut orphan = release(1);
        orphan.parents = vec![ParentRequest { release: "bob/x@1".into(), relation: Relation::Merge }];
        let orphan = Action::Register {
            record: format!("{DEMO_CHANNEL}/tiny"),
            kind: RecordKind::Model,
            salt: salt(),
            release: orphan,
        };
        assert_eq!(field(orphan), "release.parents[0].release");
        let yank = Action::Yank { release: "bob/x@1".into(), reason: "a\nb".into(), successor: None };
        assert_eq!(field(yank), "release");
    });
}

#[test]
fn too_little_money_is_said_before_paying() {
    development().execute_with(|| {
        pass(2);
        let poor = sp_runtime::AccountId32::new([9; 32]);
        let action = || Action::ReserveRoot { root: H256::repeat_byte(1), salt: salt() };
        match Runtime::prepare(poor.clone(), action()).unwrap_err() {
            PrepareError::TooPoor { needed, available } => {
                assert_eq!(available.0, 0);
                // Exactly what is needed is enough, and one less is not.
                in_block(|| {
                    let give = |value| pallet_balances::Call::transfer_keep_alive { dest: poor.clone().into(), value };
                    call(Alice, give(needed.0 - 1)).unwrap();
                });
                assert!(matches!(
                    Runtime::prepare(poor.clone(), action()),
                    Err(PrepareError::TooPoor { available, .. }) if available.0 == needed.0 - 1
                ));
                in_block(|| {
                    let top_up = pallet_balances::Call::transfer_keep_alive { dest: poor.clone().into(), value: 1 };
                    call(Alice, top_up).unwrap();
                });
                assert!(Runtime::prepare(poor, action()).is_ok());
                assert!(needed.0 < UNIT);
            }
            other => panic!("{other:?}"),
        }
    });
}

/// What takes two steps is said to be too dear before the first one is paid: what is asked for is enough for both, to the
/// last planck.
#[test]
fn too_little_money_for_the_second_step_is_said_before_the_first() {
    development().execute_with(|| {
        pass(2);
        let name = || String::from("open-lab");
        let claim = || Action::ClaimNamespace { name: name(), salt: salt() };
        let reserve = || Action::ReserveNamespace { name: name(), salt: salt() };
        let account = Dave.to_account_id();
        let rest = Balances::balance(&account);
        // All but one PDG is gone: enough to reserve, not to claim.
        in_block(|| {
            let call_away =
                pallet_balances::Call::transfer_keep_alive { dest: Alice.to_account_id().into(), value: rest - UNIT };
            call(Dave, call_away).unwrap();
        });
        assert!(Runtime::prepare(account.clone(), reserve()).is_ok());
        let Err(PrepareError::TooPoor { needed, available }) = Runtime::prepare(account.clone(), claim()) else {
            panic!("it is not said")
        };
        assert!(needed.0 > 10 * UNIT && available.0 <= UNIT);

        let give = |value| {
            in_block(|| {
                let dest = account.clone().into();
                call(Alice, pallet_balances::Call::transfer_keep_alive { dest, value }).unwrap();
            });
        };
        give(needed.0 - Balances::balance(&account) - 1);
        assert!(matches!(Runtime::prepare(account.clone(), claim()), Err(PrepareError::TooPoor { .. })));
        give(1);
        // Now it is only the reservation that is missing.
        let refused = Runtime::prepare(account.clone(), claim()).unwrap_err();
        assert!(matches!(&refused, PrepareError::WouldFail { error, .. } if error == "NotFound"), "{refused:?}");
        submit(Dave, reserve());
        submit(Dave, claim());
    });
}

/// A rehearsal leaves nothing behind.
#[test]
fn trying_changes_nothing() {
    development().execute_with(|| {
        pass(2);
        let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
        let number = System::block_number();
        Runtime::prepare(Bob.to_account_id(), Action::ReserveRoot { root: H256::zero(), salt: salt() }).unwrap();
        error(Bob, register(&format!("{DEMO_CHANNEL}/tiny"), 1));
        assert_eq!(System::block_number(), number);
        assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), before);
    });
}

#[test]
fn a_signature_of_something_else_is_not_assembled() {
    development().execute_with(|| {
        pass(2);
        let action = Action::ReserveRoot { root: H256::zero(), salt: salt() };
        let prepared = Runtime::prepare(Bob.to_account_id(), action).unwrap();
        let of = |signer: Sr25519Keyring, bytes: &[u8]| Bytes(signer.sign(bytes).0.to_vec());
        assert!(Runtime::assemble(prepared.payload.clone(), of(Alice, &prepared.sign.0)).is_none());
        assert!(Runtime::assemble(prepared.payload.clone(), of(Bob, b"something else")).is_none());
        assert!(Runtime::assemble(prepared.payload.clone(), Bytes(vec![])).is_none());
        let mut elsewhere = prepared.payload.clone();
        elsewhere.genesis_hash = H256::zero();
        assert!(Runtime::assemble(elsewhere, of(Bob, &prepared.sign.0)).is_none());
        assert!(Runtime::assemble(prepared.payload, of(Bob, &prepared.sign.0)).is_some());
    });
}

#[test]
fn payloads_are_what_wallets_expect() {
    development().execute_with(|| {
        pass(2);
        let action = Action::ReserveRoot { root: H256::zero(), salt: salt() };
        let prepared = Runtime::prepare(Bob.to_account_id(), action).unwrap();
        let json = serde_json::to_value(&prepared.payload).unwrap();
        assert_eq!(json["specVersion"], "0x00000001");
        assert_eq!(json["nonce"], "0x00000000");
        assert_eq!(json["version"], 4);
        assert_eq!(json["address"], "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty");
        assert_eq!(json["signedExtensions"][1], "CheckNonZeroSender");
        assert_eq!(json["method"], format!("0x{}", hex(&prepared.call.0)));
    });
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn lists_come_in_pages() {
    development().execute_with(|| {
        pass(2);
        for name in ["hf:a", "hf:b", "hf:c"] {
            submit(Alice, Action::OpenNamespace { name: name.into() });
        }
        let mut seen = vec![];
        let mut after = None;
        loop {
            let page = Runtime::namespaces(PageRequest { after, limit: 1 });
            assert_eq!(page.items.len(), 1);
            seen.extend(page.items.into_iter().map(|namespace| namespace.name));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [DEMO_CHANNEL, "hf:a", "hf:b", "hf:c"]);
        // A cursor from nowhere leads nowhere.
        let page = Runtime::namespaces(PageRequest { after: Some(Bytes(vec![1, 2, 3])), limit: 10 });
        assert!(page.items.is_empty());
        let page = Runtime::releases_of_namespace("hf:a".into(), PageRequest { after: None, limit: 1_000_000 });
        assert!(page.items.is_empty());

        for (record, root) in [("hf:a/x", 1), ("hf:a/x", 2), ("hf:a/y", 3), ("hf:a/z", 4), ("hf:a/z", 5)] {
            let upstream = UpstreamView { url: "https://example.org".into(), revision: "1".into() };
            let kind = RecordKind::Model;
            submit(Alice, Action::Catalogue { record: record.into(), kind, release: release(root), upstream });
        }
        for limit in 1..=6 {
            let mut releases = vec![];
            let mut after = None;
            loop {
                let page = Runtime::releases_of_namespace("hf:a".into(), PageRequest { after, limit });
                assert!(page.items.len() <= limit as usize);
                releases.extend(page.items.into_iter().map(|release| release.name));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            releases.sort();
            assert_eq!(releases, ["hf:a/x@1", "hf:a/x@2", "hf:a/y@1", "hf:a/z@1", "hf:a/z@2"], "{limit} a page");
        }
        let records = Runtime::records_of_namespace("hf:a".into(), PageRequest { after: None, limit: 2 });
        assert_eq!(records.items.len(), 2);
        let rest = Runtime::records_of_namespace("hf:a".into(), PageRequest { after: records.next, limit: 2 });
        assert_eq!((rest.items.len(), rest.next), (1, None));
    });
}

#[test]
fn nothing_can_be_prepared_before_the_first_block() {
    development().execute_with(|| {
        let action = Action::ReserveRoot { root: H256::zero(), salt: salt() };
        assert!(matches!(Runtime::prepare(Bob.to_account_id(), action), Err(PrepareError::Invalid { .. })));
    });
}
