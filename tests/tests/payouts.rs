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
use pedigree_tests::money::{plancks, two_releases, PDG};
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::{json, Value};

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
fn a_statement_says_where_the_money_came_from() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    let mut tuned = release("tuned");
    tuned["parents"] = json!([{ "release": "bob-lab/model@1", "relation": "fineTune" }]);
    Account::bob().register(rpc, "bob-lab/model", "model", tuned);
    let charlie = Pedigree::new().at(&node.url()).with_account("dev:charlie");
    let nothing = charlie.json(&["statement", "alice-lab/data"]);
    assert_eq!((&nothing["sources"], &nothing["complete"]), (&json!([]), &json!(true)));

    let pay = |release: &str, amount: u128| {
        Account::bob().act(rpc, json!({ "action": "pay", "release": release, "amount": amount.to_string() }));
        settled(rpc, release);
    };
    pay("bob-lab/model@2", 40 * PDG + 7);
    pay("bob-lab/model@1", 10 * PDG);
    pay("alice-lab/data@1", PDG);
    let expected = json!([
        ["alice-lab/data@1", 0, PDG.to_string(), PDG.to_string()],
        ["bob-lab/model@1", 1, (10 * PDG).to_string(), (PDG / 2).to_string()],
        ["bob-lab/model@2", 2, (40 * PDG + 7).to_string(), (2 * PDG).to_string()],
    ]);
    let shown = |sources: &[Value]| -> Value {
        let row = |it: &Value| json!([it["name"], it["generation"], it["settled"], it["amount"]]);
        sources.iter().map(row).collect()
    };
    for limit in [1, 2, 100] {
        assert_eq!(shown(&rpc.all_pages("payouts_sources", &[json!("alice-lab/data")], limit)), expected);
    }
    let statement = charlie.json(&["statement", "alice-lab/data@1"]);
    assert_eq!(shown(statement["sources"].as_array().expect("a list")), expected);
    // Together that is all that it ever earned.
    Account::bob().act(rpc, json!({ "action": "withdraw", "releases": ["alice-lab/data@1"] }));
    pay("bob-lab/model@1", PDG);
    let statement = charlie.json(&["statement", "alice-lab/data@1"]);
    let sources = statement["sources"].as_array().expect("a list");
    let earned: u128 = sources.iter().map(|source| plancks(&source["amount"])).sum();
    assert_eq!(earned, plancks(&statement["owed"]) + plancks(&statement["withdrawn"]));
    let text = charlie.run(&["statement", "alice-lab/data"]).code(0);
    text.says("3.55 PDG was earned so far, from").says("bob-lab/model@2  2 PDG (5 % of 40 PDG)");
    // What was paid to nobody else is said once.
    charlie.run(&["statement", "bob-lab/model@2"]).code(0).does_not_say("earned so far");

    assert_eq!(rpc.get("payouts_sources", json!(["bob-lab/model@9"])), Value::Null);
    for limit in [json!(0), json!(101), json!("all")] {
        assert_eq!(rpc.error("payouts_sources", json!(["alice-lab/data", null, limit])).data["field"], "limit");
    }
    assert_eq!(rpc.error("payouts_sources", json!(["alice-lab/data", "cursor"])).data["field"], "after");
    let nowhere = rpc.get("payouts_sources", json!(["alice-lab/data", "0xffffffff"]));
    assert_eq!(nowhere, json!({ "items": [], "next": null, "truncated": false }));
}

#[test]
fn what_is_credited_has_an_owner_or_is_young_is_neither_settled_nor_expired() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    Account::bob().act(rpc, json!({ "action": "openNamespace", "name": "hf:somebody" }));
    Account::bob().act(rpc, catalogue("hf:somebody/theirs", "theirs"));
    let charlie = Pedigree::new().at(&node.url()).with_account("dev:charlie");
    charlie.run(&["expire", "hf:somebody/theirs"]).code(1).says("nothing is owed");
    for release in ["bob-lab/model@1", "hf:somebody/theirs@1"] {
        Account::bob().act(rpc, json!({ "action": "pay", "release": release, "amount": PDG.to_string() }));
        settled(rpc, release);
    }
    let nonce = Account::all()[2].nonce(rpc);
    charlie.run(&["settle", "bob-lab/model", "hf:somebody/theirs"]).code(1).says("nothing to settle");
    charlie.run(&["expire", "bob-lab/model"]).code(1).says("has an owner").says("pedigree withdraw");
    charlie.run(&["expire", "hf:somebody/theirs"]).code(1).says("waits for its publisher until block");
    charlie.run(&["expire", "hf:somebody/nothing"]).code(1).says("there is no record");
    charlie.run(&["settle", "bob-lab/model@7"]).code(1).says("there is no release");
    assert_eq!(Account::all()[2].nonce(rpc), nonce, "something was sent");
}
