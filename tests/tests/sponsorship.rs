//! A key without tokens registers, and somebody else pays.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;

use pedigree_tests::account::{hash, release};
use pedigree_tests::files::{self, MODEL};
use pedigree_tests::money::{plancks, PDG};
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

/// What an account has that is not held.
fn balance(rpc: Rpc, account: &Account, release: &str) -> u128 {
    // Who asks to pay far too much is told what he has.
    let pay = json!({ "action": "pay", "release": release, "amount": (900_000_000 * PDG).to_string() });
    plancks(&rpc.error("provenance_prepare", json!([account.address(), pay])).data["available"])
}

#[test]
fn a_brand_new_key_registers_a_model_and_the_sponsor_has_his_deposits_back() {
    let node = Node::dev();
    let rpc = node.rpc();
    let folders = tempfile::tempdir().expect("there is room for temporary files");
    let at = |name: &str| folders.path().join(name).to_str().expect("the path is UTF-8").to_owned();
    files::write_model(&folders.path().join("tiny"), "tiny", &MODEL);
    fs::write(at("password"), "secret\n").unwrap();
    let bob = Account::bob();
    let hub = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let ada = Pedigree::new().at(&node.url()).with_password_file(at("password").as_ref());
    let key = ada.json(&["key", "new", "ada"]);
    let address = key["address"].as_str().expect("it has one").to_owned();

    // Without a sponsor she can do nothing, and with one who has not agreed no more.
    ada.run(&["namespace", "claim", "ada-lab"]).code(3).says("cannot pay");
    let claim = ["namespace", "claim", "ada-lab", "--sponsor", &bob.address()];
    ada.run(&claim).code(3).says("does not sponsor yours");

    let opened = hub.json(&["sponsor", "open", &address, "--names", "10"]);
    assert_eq!(opened["sponsorship"]["beneficiary"], json!(address));
    assert_eq!(plancks(&opened["sponsorship"]["names"]), 10 * PDG);
    hub.run(&["sponsor", "open", &address]).code(3).says("sponsor that account already");

    let claimed = ada.json(&claim);
    assert_eq!(claimed["namespace"]["owner"], json!(address));
    let register = ["register", "model", "ada-lab/tiny", &at("tiny"), "--licence", "MIT", "--sponsor", "dev:bob"];
    let registered = ada.json(&register);
    let release = &registered["release"];
    assert_eq!((&release["owner"], &release["registrant"]), (&json!(address), &json!(address)));
    // Running it again costs nobody anything.
    assert_eq!(ada.json(&register)["unchanged"], json!(true));

    let listed = ada.json(&["sponsor", "list", "--of", "ada"]);
    let left = &listed["sponsorships"][0];
    assert_eq!((&left["calls"], &left["names"]), (&json!(16), &json!("0")));
    assert!(plancks(&left["fees"]) < PDG / 5 && plancks(&left["fees"]) > PDG / 10);
    assert_eq!(hub.json(&["sponsor", "list", "--by", "dev:bob"]), listed);
    assert_eq!(hub.json(&["sponsor", "list", "--by", "dev:eve"])["sponsorships"], json!([]));
    // The purse for names is empty.
    ada.run(&["namespace", "claim", "ada-labs", "--sponsor", "dev:bob"]).code(3).says("set aside for names");
    ada.run(&["yank", "ada-lab/tiny@1", "--reason", "only a test", "--sponsor", "dev:bob"]).code(0);

    // She can't take the deposits over before she has something.
    ada.run(&["adopt", "ada-lab/tiny"]).code(3).says("cannot pay");
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let faucet = alice.faucet(&["--amount", "5"]);
    let (status, given) = faucet.ask(&json!({ "address": address }));
    assert_eq!(status, 200, "{given}");
    let before = balance(rpc, &bob, "ada-lab/tiny@1");
    let adopted = ada.json(&["adopt", "ada-lab/tiny"]);
    let deposits: Vec<_> = adopted["adopted"].as_array().expect("a list").clone();
    assert_eq!(deposits.len(), 2, "the record's and the release's: {adopted}");
    assert!(deposits.iter().all(|deposit| deposit["from"] == json!(bob.address())));
    let back: u128 = deposits.iter().map(|deposit| plancks(&deposit["deposit"])).sum();
    assert!(back > PDG / 10, "{back}");
    assert_eq!(balance(rpc, &bob, "ada-lab/tiny@1"), before + back);
    ada.run(&["adopt", "ada-lab/tiny"]).code(1).says("nobody else has paid");

    // What is not used comes back at once.
    let before = balance(rpc, &bob, "ada-lab/tiny@1");
    let closed = hub.json(&["sponsor", "close", &address]);
    assert_eq!(closed["closed"]["calls"], json!(15));
    assert!(balance(rpc, &bob, "ada-lab/tiny@1") > before + PDG / 10);
    hub.run(&["sponsor", "close", &address]).code(1).says("does not sponsor");
    ada.run(&["yank", "ada-lab/tiny@1", "--reason", "again", "--sponsor", "dev:bob"]).code(3);
}

#[test]
fn it_takes_nothing_but_json_rpc_and_a_signer() {
    let node = Node::dev();
    let rpc = node.rpc();
    let (hub, ada) = (Account::bob(), Account::penniless());
    let until = 10_000;
    hub.act(
        rpc,
        json!({
            "action": "openSponsorship", "beneficiary": ada.address(), "calls": 4, "fees": (PDG / 10).to_string(),
            "names": (10 * PDG).to_string(), "deposits": PDG.to_string(), "until": until,
        }),
    );
    let listed = rpc.get("sponsorship_of", json!([ada.address()]));
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let sponsorship = &listed["items"][0];
    assert_eq!((&sponsorship["sponsor"], &sponsorship["until"]), (&json!(hub.address()), &json!(until)));
    assert_eq!(rpc.get("sponsorship_of", json!([hub.address()]))["items"], json!([]));
    let sponsored = |call: Value| json!({ "action": "sponsored", "sponsor": hub.address(), "call": call });
    let salt = hash("salt");
    ada.act(rpc, sponsored(json!({ "action": "reserveNamespace", "name": "ada-lab", "salt": salt })));
    ada.act(rpc, sponsored(json!({ "action": "claimNamespace", "name": "ada-lab", "salt": salt })));
    let model = release("model");
    ada.act(rpc, sponsored(json!({ "action": "reserveRoot", "root": model["manifest"]["root"], "salt": salt })));
    ada.act(
        rpc,
        sponsored(json!({
            "action": "register", "record": "ada-lab/model", "kind": "model", "salt": salt, "release": model,
        })),
    );
    assert_eq!(rpc.get("provenance_release", json!(["ada-lab/model@1"]))["owner"], json!(ada.address()));

    // What no sponsor pays for is said, by name.
    let refused = |call: Value| {
        let error = rpc.error("provenance_prepare", json!([ada.address(), sponsored(call)]));
        (error.code, error.data["error"].as_str().or(error.data["field"].as_str()).unwrap_or_default().to_owned())
    };
    let reserve = json!({ "action": "reserveRoot", "root": hash("another"), "salt": salt });
    assert_eq!(refused(reserve.clone()), (10_003, "NoCallsLeft".to_owned()));
    assert_eq!(refused(sponsored(reserve)).1, "call");
    let pay = json!({ "action": "pay", "release": "ada-lab/model@1", "amount": PDG.to_string() });
    assert_eq!(refused(pay), (10_003, "NoCallsLeft".to_owned()));
}
