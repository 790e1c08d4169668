//! Money: paying a release pays what it was built from.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::account::{catalogue, hash, release};
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::{json, Value};

const PDG: u128 = 1_000_000_000_000;

fn plancks(value: &Value) -> u128 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no amount"))
}

/// What an account has that is not held.
fn balance(rpc: Rpc, account: &Account) -> u128 {
    // Who asks to pay far too much is told what he has.
    let error = rpc.error(
        "provenance_prepare",
        json!([account.address(), { "action": "pay", "release": "bob-lab/model@1", "amount": (900_000_000 * PDG).to_string() }]),
    );
    plancks(&error.data["available"])
}

/// A statement in which everything that was paid is credited.
fn settled(rpc: Rpc, name: &str) -> Value {
    until("what was paid to be credited", std::time::Duration::from_secs(60), || {
        Some(rpc.get("payouts_statement", json!([name]))).filter(|statement| statement["unsettled"] == "0")
    })
}

/// A dataset of Alice's that asks 5 %, and a model of Bob's built from it.
fn two_releases(rpc: Rpc) {
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(rpc, "alice-lab");
    bob.claim(rpc, "bob-lab");
    let mut data = release("data");
    data["terms"]["royalty"] = json!(50_000);
    alice.register(rpc, "alice-lab/data", "dataset", data);
    let mut model = release("model");
    model["parents"] = json!([{ "release": "alice-lab/data@1", "relation": "trainedOn" }]);
    bob.register(rpc, "bob-lab/model", "model", model);
}

#[test]
fn paying_a_release_pays_its_ancestors_to_the_last_planck() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    let charlie = Pedigree::new().at(&node.url()).with_account("dev:charlie");

    // Nothing was paid yet.
    let nothing = rpc.get("payouts_statement", json!(["bob-lab/model@1"]));
    assert_eq!((&nothing["paid"], &nothing["payments"], &nothing["latest"]), (&json!("0"), &json!(0), &json!([])));
    charlie.run(&["withdraw", "bob-lab/model"]).code(1).says("nothing is owed");
    assert_eq!(rpc.get("payouts_ofNamespace", json!(["bob-lab"]))["items"], json!([]));

    // An amount that can't be parted evenly.
    let memo = hash("invoice 7");
    let paid = charlie.json(&["pay", "bob-lab/model@1", "100.000000000019", "--memo", &memo]);
    assert_eq!(plancks(&paid["amount"]), 100 * PDG + 19);
    let statement = settled(rpc, "bob-lab/model@1");
    let parts = statement["parts"].as_array().expect("a list");
    let of = |name: &str| plancks(&parts.iter().find(|part| part["name"] == name).expect("it has a part")["amount"]);
    assert_eq!((of("alice-lab/data@1"), of("bob-lab/model@1")), (5 * PDG, 95 * PDG + 19));
    assert_eq!(plancks(&statement["owed"]), 95 * PDG + 19);
    let payment = &statement["latest"][0];
    assert_eq!((&payment["memo"], &payment["number"]), (&json!(memo), &json!(1)));
    assert_eq!(plancks(&rpc.get("payouts_statement", json!(["alice-lab/data"]))["owed"]), 5 * PDG);

    // Withdrawn by somebody else, to the owners; then there is nothing left.
    let before = (balance(rpc, &Account::alice()), balance(rpc, &Account::bob()));
    charlie.run(&["withdraw", "bob-lab/model", "alice-lab/data"]).code(0).says("went to dev:bob").says("5 PDG");
    let bob = balance(rpc, &Account::bob());
    assert_eq!(bob - before.1, 95 * PDG + 19);
    // Alice makes the blocks, so she has the fees as well.
    let gained = balance(rpc, &Account::alice()) - before.0;
    assert!((5 * PDG..5 * PDG + PDG / 10).contains(&gained), "{gained}");
    charlie.run(&["withdraw", "--namespace", "bob-lab"]).code(1).says("nothing is owed");
    let earned = rpc.get("payouts_ofNamespace", json!(["bob-lab"]));
    assert_eq!(plancks(&earned["items"][0]["withdrawn"]), 95 * PDG + 19);
    let shown = charlie.run(&["statement", "bob-lab/model"]).code(0);
    shown.says("alice-lab/data@1").says("5 PDG (5 %)").says("by dev:charlie").says("1 payment");
    charlie.run(&["statement", "bob-lab"]).code(0).says("bob-lab/model@1").says("withdrawn");

    // With nothing but JSON-RPC and a signer.
    Account::bob().act(rpc, json!({ "action": "pay", "release": "alice-lab/data@1", "amount": PDG.to_string() }));
    let statement = settled(rpc, "alice-lab/data@1");
    assert_eq!((plancks(&statement["owed"]), statement["payments"].as_u64()), (PDG, Some(1)));
    Account::bob().act(rpc, json!({ "action": "withdraw", "releases": ["alice-lab/data@1"] }));
    assert_eq!(rpc.get("payouts_statement", json!(["alice-lab/data"]))["owed"], "0");
}

#[test]
fn what_cannot_be_paid_is_said_before_anything_is_paid() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    Account::bob().act(rpc, json!({ "action": "openNamespace", "name": "hf:somebody" }));
    Account::bob().act(rpc, catalogue("hf:somebody/theirs", "theirs"));
    let charlie = Pedigree::new().at(&node.url()).with_account("dev:charlie");
    let nonce = |rpc| Account::all()[2].nonce(rpc);
    let before = nonce(rpc);
    charlie.run(&["pay", "bob-lab/model", "0"]).code(3).says("at least the minimum");
    charlie.run(&["pay", "bob-lab/model", "0.0000000000001"]).code(2).says("12 digits");
    charlie.run(&["pay", "bob-lab/model", "12 PDG"]).code(2).says("no amount");
    charlie.run(&["pay", "bob-lab/model@2", "1"]).code(1).says("there is no release");
    charlie.run(&["pay", "bob-lab/model", "2000000"]).code(3).says("cannot pay").says("nothing was paid");
    charlie.run(&["statement", "nobody-at-all"]).code(1).says("there is no namespace");
    charlie.run(&["withdraw"]).code(2);
    let reason = json!({ "action": "yank", "release": "bob-lab/model@1", "reason": "broken weights" });
    Account::bob().act(rpc, reason);
    charlie.run(&["pay", "bob-lab/model", "1"]).code(1).says("broken weights").says("--even-if-yanked");
    assert_eq!(nonce(rpc), before, "something was sent");

    charlie.run(&["pay", "bob-lab/model", "1", "--even-if-yanked"]).code(0);
    charlie.run(&["pay", "hf:somebody/theirs", "1"]).code(0).says("waits for its publisher");
    let statement = settled(rpc, "hf:somebody/theirs@1");
    assert_eq!((plancks(&statement["owed"]), &statement["owner"]), (PDG, &Value::Null));
    assert!(statement["expires"].as_u64().is_some_and(|block| block > 10_000_000), "{statement}");
    charlie.run(&["withdraw", "hf:somebody/theirs"]).code(1).says("not linked");

    let pay = |release: &str, amount: Value| {
        let action = json!({ "action": "pay", "release": release, "amount": amount });
        rpc.error("provenance_prepare", json!([Account::bob().address(), action]))
    };
    assert_eq!(pay("bob-lab/model@9", json!("1")).data["field"], "release");
    assert_eq!(pay("bob-lab/model@1", json!(1)).data["field"], "action");
    assert_eq!(pay("bob-lab/model@1", json!("1")).data["error"], "BelowMinimumPayment");
    let many = vec!["bob-lab/model@1"; 33];
    let withdraw = json!([Account::bob().address(), { "action": "withdraw", "releases": many }]);
    assert_eq!(rpc.error("provenance_prepare", withdraw).data["field"], "releases");
}

#[test]
fn a_lineage_is_asked_for_in_pages_over_many_generations() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    let mut tuned = release("tuned");
    tuned["parents"] = json!([{ "release": "bob-lab/model@1", "relation": "fineTune" }]);
    Account::bob().register(rpc, "bob-lab/model", "model", tuned);

    let names = |page: &Value| -> Vec<(String, u64)> {
        let items = page["items"].as_array().expect("a list").iter();
        items.map(|item| (item["name"].as_str().unwrap().to_owned(), item["generation"].as_u64().unwrap())).collect()
    };
    let chain = ["bob-lab/model@2", "bob-lab/model@1", "alice-lab/data@1"];
    let up = rpc.get("provenance_lineage", json!(["bob-lab/model@2", "ancestors"]));
    assert_eq!(names(&up), [0, 1, 2].map(|n| (chain[n].to_owned(), n as u64)));
    assert_eq!((&up["next"], &up["truncated"]), (&Value::Null, &json!(false)));
    assert_eq!(up["items"][1]["parents"][0]["relation"], "trainedOn");
    let down = rpc.get("provenance_lineage", json!(["alice-lab/data", "descendants", 1]));
    assert_eq!(names(&down), [("alice-lab/data@1".to_owned(), 0), ("bob-lab/model@1".to_owned(), 1)]);
    let first = rpc.get("provenance_lineage", json!(["alice-lab/data", "descendants", null, null, 2]));
    let rest = rpc.get("provenance_lineage", json!(["alice-lab/data", "descendants", null, first["next"], 2]));
    assert_eq!((names(&first).len(), names(&rest)), (2, vec![("bob-lab/model@2".to_owned(), 2)]));
    assert_eq!(rpc.get("provenance_lineage", json!(["bob-lab/model@9", "ancestors"])), Value::Null);
    assert_eq!(rpc.error("provenance_lineage", json!(["bob-lab/model", "sideways"])).data["field"], "direction");
}
