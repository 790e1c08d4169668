//! A node that stops, however it stops, keeps what it had.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::account::{catalogue, hash};
use pedigree_tests::{Account, Node, Rpc};
use serde_json::{json, Value};

/// Something on the chain, final.
fn publish(rpc: Rpc) {
    let alice = Account::alice();
    alice.act(rpc, json!({ "action": "openNamespace", "name": "hf:restart" }));
    alice.act(rpc, catalogue("hf:restart/one", "one"));
    rpc.settle();
}

/// What a node says of it, and of the blocks up to the last final one.
fn answers(rpc: Rpc, finalized: u64) -> Vec<Value> {
    let at = rpc.block_hash(finalized);
    vec![
        json!(at),
        json!((0..=finalized).map(|number| rpc.block_hash(number)).collect::<Vec<_>>()),
        rpc.get("namespaces_list", json!([null, 100, at])),
        rpc.get("provenance_recordsOfNamespace", json!(["hf:restart", null, 100, at])),
        rpc.get("provenance_release", json!(["hf:restart/one@1", at])),
        rpc.get("provenance_holder", json!([hash("one"), at])),
    ]
}

#[test]
fn a_node_that_is_stopped_and_started_again_keeps_everything_and_goes_on() {
    let mut node = Node::dev();
    publish(node.rpc());
    let (finalized, _) = node.rpc().finalized();
    let before = answers(node.rpc(), finalized);
    assert_eq!(before[4]["name"], "hf:restart/one@1");

    let status = node.stop();
    assert!(status.success(), "a node that is asked to stop says that something failed: {status}");
    node.start_again();
    assert_eq!(answers(node.rpc(), finalized), before);

    // It makes blocks on top of them, and takes transactions.
    Account::alice().act(node.rpc(), catalogue("hf:restart/one", "two"));
    node.rpc().settle();
    assert_eq!(answers(node.rpc(), finalized), before);
    assert_eq!(node.rpc().get("provenance_release", json!(["hf:restart/one"]))["name"], "hf:restart/one@2");
}

#[test]
fn a_node_that_is_killed_keeps_all_that_was_final() {
    let mut node = Node::dev();
    publish(node.rpc());
    let (finalized, _) = node.rpc().finalized();
    let before = answers(node.rpc(), finalized);

    // In the middle of something.
    let pending = Account::alice().submit(node.rpc(), catalogue("hf:restart/one", "two"));
    drop(pending);
    node.kill();
    node.start_again();
    assert_eq!(answers(node.rpc(), finalized), before);
    node.rpc().wait_for_finalized(finalized + 2);
    assert_eq!(answers(node.rpc(), finalized), before);
}
