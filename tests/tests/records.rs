//! Records that change hands, and deposits that come back.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::account::{hash, release};
use pedigree_tests::batch::create_record;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

#[test]
fn a_record_moves_by_offer_and_acceptance_and_takes_its_root_with_it() {
    let node = Node::dev();
    let rpc = node.rpc();
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(rpc, "alice-lab");
    bob.claim(rpc, "bob-lab");
    alice.register(rpc, "alice-lab/model", "model", release("shared"));
    bob.register(rpc, "bob-lab/copy", "model", release("shared"));
    let of = |account: &str| Pedigree::new().at(&node.url()).with_account(account);
    let (alice, bob) = (of("dev:alice"), of("dev:bob"));

    // Not somebody else's, not to nowhere, and nothing that was not offered.
    bob.run(&["move", "offer", "alice-lab/model", "--to", "bob-lab"]).code(3).says("belongs to somebody else");
    alice.run(&["move", "offer", "alice-lab/model", "--to", "nobody-here"]).code(1).says("there is no namespace");
    alice.run(&["move", "offer", "alice-lab/nothing", "--to", "bob-lab"]).code(1).says("there is no record");
    alice.run(&["move", "offer", "alice-lab/model", "--to", "alice-lab"]).code(3).says("already");
    bob.run(&["move", "accept", "alice-lab/model"]).code(3).says("offered to no namespace");
    alice.run(&["move", "withdraw-offer", "alice-lab/model"]).code(3).says("not offered");

    let offered = alice.json(&["move", "offer", "alice-lab/model", "--to", "bob-lab"]);
    assert_eq!(offered["record"]["offeredTo"], rpc.get("namespaces_get", json!(["bob-lab"]))["id"]);
    alice.run(&["move", "accept", "alice-lab/model"]).code(3).says("belongs to somebody else");
    let withdrawn = alice.json(&["move", "withdraw-offer", "alice-lab/model"]);
    assert_eq!(withdrawn["record"]["offeredTo"], Value::Null);
    bob.run(&["move", "accept", "alice-lab/model"]).code(3).says("offered to no namespace");
    alice.run(&["move", "offer", "alice-lab/model", "--to", "bob-lab"]).code(0).says("pedigree move accept");
    let moved = bob.json(&["move", "accept", "alice-lab/model"]);
    assert_eq!(moved["record"]["name"], "bob-lab/model");
    assert_eq!(moved["record"]["depositor"], json!(Account::bob().address()));
    assert_eq!(rpc.get("provenance_release", json!(["alice-lab/model@1"])), Value::Null);

    // The later copy has the better claim once it is in a linked namespace.
    bob.run(&["claim-root", "bob-lab/copy"]).code(3).says("better claim");
    bob.json(&["move", "offer", "bob-lab/copy", "--to", "hf:pedigree-demo"]);
    bob.json(&["move", "accept", "bob-lab/copy"]);
    let claimed = bob.json(&["claim-root", "hf:pedigree-demo/copy"]);
    assert_eq!(claimed["release"]["holder"], json!(true));
    bob.run(&["claim-root", "hf:pedigree-demo/copy"]).code(1).says("holds its root already");
    assert_eq!(rpc.get("provenance_holder", json!([hash("shared")]))["name"], "hf:pedigree-demo/copy@1");
}

#[tokio::test(flavor = "multi_thread")]
async fn deposits_are_taken_over_and_come_back() {
    let node = Node::dev();
    let rpc = node.rpc();
    let of = |account: &str| Pedigree::new().at(&node.url()).with_account(account);
    let (alice, bob) = (of("dev:alice"), of("dev:bob"));
    Account::alice().claim(rpc, "alice-lab");
    Account::alice().register(rpc, "alice-lab/data", "dataset", release("data"));

    // An empty record can go, one with a release can't.
    create_record(&node, "alice-lab", "empty").await;
    bob.run(&["remove", "alice-lab/empty"]).code(3).says("belongs to somebody else");
    alice.run(&["remove", "alice-lab/data"]).code(3).says("has 1 release");
    let removed = alice.json(&["remove", "alice-lab/empty"]);
    assert_eq!(removed["record"], "alice-lab/empty");
    alice.run(&["remove", "alice-lab/empty"]).code(1).says("there is no record");

    // Who may cite it, without a new release.
    let access = alice.json(&["access", "alice-lab/data", "--access", "granted", "--consent-until", "900000"]);
    assert_eq!(access["access"], json!({ "byGrant": true, "consentUntil": 900_000 }));
    assert_eq!(rpc.get("provenance_record", json!(["alice-lab/data"]))["access"], access["access"]);
    bob.run(&["access", "alice-lab/data", "--access", "all"]).code(3);

    // A namespace changes hands; the deposits of its records when the new owner takes them over.
    alice.run(&["adopt", "alice-lab/data"]).code(1).says("nobody else has paid");
    alice.json(&["namespace", "offer", "alice-lab", "--to", "dev:bob"]);
    bob.json(&["namespace", "accept", "alice-lab"]);
    alice.run(&["adopt", "alice-lab/data@1"]).code(1).says("nobody else has paid");
    let adopted = bob.json(&["adopt", "alice-lab/data"]);
    assert_eq!(adopted["adopted"][0]["from"], json!(Account::alice().address()));
    let record = rpc.get("provenance_record", json!(["alice-lab/data"]));
    assert_eq!(record["depositor"], json!(Account::bob().address()));
    assert_eq!(adopted["included"].as_array().map(Vec::len), Some(1));

    // Reservations that nothing came of.
    alice.run(&["reservation", "cancel", "--all"]).code(1).says("reserved nothing");
    for n in 0..3 {
        let (root, salt) = (hash(&format!("root {n}")), hash("salt"));
        Account::alice().act(rpc, json!({ "action": "reserveRoot", "root": root, "salt": salt }));
    }
    // What is final is shown.
    rpc.settle();
    let list = alice.json(&["reservation", "list"]);
    let reserved = list["reservations"].as_array().expect("a list");
    assert_eq!((reserved.len(), &reserved[0]["expired"]), (3, &json!(false)));
    let first = reserved[0]["hash"].as_str().expect("a hash is text");
    alice.run(&["reservation", "cancel", &hash("none of them")]).code(1).says("reserved nothing as");
    bob.run(&["reservation", "cancel", first]).code(1).says("reserved nothing as");
    alice.run(&["reservation", "cancel", first]).code(0).says("0.1 PDG is back");
    let cancelled = alice.json(&["reservation", "cancel", "--all"]);
    assert_eq!(cancelled["cancelled"].as_array().map(Vec::len), Some(2));
    alice.run(&["reservation", "list"]).code(0).says("reserved nothing");
}
