//! Several nodes are one chain.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::time::Duration;

use pedigree_tests::account::{catalogue, hash};
use pedigree_tests::{until, Account, Node, Rpc};
use serde_json::{json, Value};

/// The network key of a node: fixed, since an authority makes none up.
fn network_key(number: u8) -> String {
    hex::encode([number; 32])
}

/// What a node says at a block.
fn answers(rpc: Rpc, at: &str) -> Vec<Value> {
    vec![
        rpc.get("namespaces_list", json!([null, 100, at])),
        rpc.get("provenance_releasesOfNamespace", json!(["hf:sync", null, 100, at])),
        rpc.get("provenance_release", json!(["hf:sync/one@1", at])),
        rpc.get("provenance_holder", json!([hash("one"), at])),
        rpc.get("state_getStorageHash", json!(["0x3a636f6465", at])),
    ]
}

#[test]
fn a_node_that_joins_later_agrees_with_three_of_four_authorities() {
    // Three of the four make blocks final; Dave is away.
    let alice = Node::start("alice", &["--chain", "local", "--alice", "--node-key", &network_key(1)]);
    let bootnode = alice.network_address();
    let [bob, charlie] = [("bob", 2), ("charlie", 3)].map(|(name, number)| {
        let (flag, key) = (format!("--{name}"), network_key(number));
        Node::start(name, &["--chain", "local", &flag, "--node-key", &key, "--bootnodes", &bootnode])
    });
    let rpc = alice.rpc();
    until("two peers", Duration::from_secs(60), || {
        (rpc.get("system_health", json!([]))["peers"].as_u64() >= Some(2)).then_some(())
    });

    // What one authority is told becomes final.
    rpc.wait_for_best(1);
    Account::alice().act(rpc, json!({ "action": "openNamespace", "name": "hf:sync" }));
    Account::alice().act(rpc, catalogue("hf:sync/one", "one"));
    rpc.settle();

    // A node that has nothing joins, and gets there.
    let joined = Node::start("joined", &["--chain", "local", "--bootnodes", &bootnode]);
    let (finalized, at) = rpc.finalized();
    joined.rpc().wait_for_finalized(finalized);
    assert_eq!(joined.rpc().block_hash(finalized), at);
    let expected = answers(rpc, &at);
    assert_eq!(expected[2]["name"], "hf:sync/one@1");
    for node in [&bob, &charlie, &joined] {
        node.rpc().wait_for_finalized(finalized);
        assert_eq!(answers(node.rpc(), &at), expected);
    }

    // What is told to the new one gets to all others, once it follows the chain block by block.
    joined.rpc().wait_for_best(joined.rpc().best() + 2);
    Account::bob().act(joined.rpc(), catalogue("hf:sync/two", "two"));
    joined.rpc().settle();
    let (finalized, at) = joined.rpc().finalized();
    for node in [&alice, &bob, &charlie] {
        node.rpc().wait_for_finalized(finalized);
        assert_eq!(node.rpc().block_hash(finalized), at);
        let release = node.rpc().get("provenance_release", json!(["hf:sync/two@1", at]));
        assert_eq!(release["registrant"], json!(Account::bob().address()));
    }
}
