//! What a node gives to those who run it, and to light clients.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use pedigree_tests::{process, until, Node};
use serde_json::{json, Value};

/// A port that is free now.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("some port is free");
    listener.local_addr().expect("it listens").port()
}

/// The page that Prometheus reads.
fn metrics(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut page = String::new();
    stream.read_to_string(&mut page).ok()?;
    page.starts_with("HTTP/1.1 200").then_some(page)
}

#[test]
fn metrics_follow_the_chain() {
    let port = free_port();
    let node = Node::start("metrics", &["--dev", "--prometheus-port", &port.to_string()]);
    node.rpc().wait_for_finalized(2);
    until("the metrics to say so", Duration::from_secs(30), || {
        let page = metrics(port)?;
        let finalized =
            page.lines().find(|line| line.starts_with("substrate_block_height") && line.contains("finalized"))?;
        let height: u64 = finalized.rsplit(' ').next()?.parse().ok()?;
        (height >= 2).then_some(())
    });
}

/// Both generations of methods are there: what wallets of today use, and what light clients and newer libraries do.
#[test]
fn a_light_client_can_begin_where_the_node_says() {
    let node = Node::start("light", &["--dev"]);
    node.rpc().wait_for_finalized(1);
    let listed = node.rpc().get("rpc_methods", json!([]))["methods"].clone();
    let listed: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for method in [
        "chain_getBlock",
        "state_call",
        "author_submitExtrinsic",
        "grandpa_proveFinality",
        "chainHead_v1_follow",
        "chainSpec_v1_genesisHash",
        "transaction_v1_broadcast",
        "namespaces_get",
        "provenance_lineage",
        "provenance_search",
        "payouts_statement",
        "payouts_sources",
    ] {
        assert!(listed.contains(&method), "{method} is missing");
    }
    let spec = node.rpc().get("sync_state_genSyncSpec", json!([true]));
    assert_eq!(spec["id"], "pedigree_dev");
    let begin = &spec["lightSyncState"];
    for field in ["finalizedBlockHeader", "babeEpochChanges", "babeFinalizedBlockWeight", "grandpaAuthoritySet"] {
        assert!(begin[field].is_string() || begin[field].is_number(), "{field} is missing: {begin}");
    }
}

/// A directory belongs to one chain: another one of the same name is refused, and what is there stays.
#[test]
fn data_of_another_chain_is_refused() {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let exported = process::command(&process::program("PEDIGREE_NODE_BIN", "pedigree-node"))
        .args(["export-chain-spec", "--chain", "dev"])
        .output()
        .expect("the node can be started");
    let mut spec: Value = serde_json::from_slice(&exported.stdout).expect("a chain specification is JSON");
    let write = |name: &str, spec: &Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, spec.to_string()).expect("the folder is ours");
        path.to_str().expect("the path is UTF-8").to_owned()
    };
    let first = write("first.json", &spec);
    let endowed = &mut spec["genesis"]["runtimeGenesis"]["patch"]["balances"]["balances"][0][1];
    assert!(endowed.is_number(), "{endowed}");
    *endowed = json!(5_000_000_000_000u64);
    let other = write("other.json", &spec);

    let mut node = Node::start("first", &["--chain", &first]);
    let genesis = node.rpc().block_hash(0);
    node.stop();
    let said = node.refuses(&["--chain", &other]);
    assert!(said.contains("belongs to another chain") && said.contains("purge-chain"), "{said}");
    node.start_again();
    assert_eq!(node.rpc().block_hash(0), genesis);
}
