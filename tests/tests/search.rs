//! Releases found by what they say.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::account::release;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

fn names(releases: &[Value]) -> Vec<&str> {
    releases.iter().map(|release| release["name"].as_str().expect("a name is text")).collect()
}

#[test]
fn releases_are_found_by_name_publisher_licence_relation_and_kind() {
    let node = Node::dev();
    let rpc = node.rpc();
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(rpc, "alice-lab");
    let licensed = |of: &str, licence: &str| {
        let mut release = release(of);
        release["terms"]["licence"] = json!(licence);
        release
    };
    alice.register(rpc, "alice-lab/Pairs", "dataset", licensed("pairs", "CC0-1.0"));
    alice.register(rpc, "alice-lab/model", "model", licensed("model", "MIT"));
    let mut second = licensed("second", "(MIT OR Apache-2.0)");
    second["parents"] = json!([{ "release": "alice-lab/Pairs@1", "relation": "trainedOn" }]);
    alice.register(rpc, "alice-lab/model", "model", second);
    let mut small = licensed("small", "Apache-2.0");
    small["parents"] = json!([{ "release": "alice-lab/model@2", "relation": "quantisation" }]);
    bob.register(rpc, "hf:pedigree-demo/model-small", "model", small);

    let anybody = Pedigree::new().at(&node.url());
    let found = |arguments: &[&str]| {
        let answer = anybody.json(&[&["search"], arguments].concat());
        assert_eq!(answer["complete"], json!(true), "{answer}");
        let mut names: Vec<String> =
            names(answer["releases"].as_array().expect("a list")).into_iter().map(str::to_owned).collect();
        names.sort();
        names
    };
    let all = ["alice-lab/Pairs@1", "alice-lab/model@2", "hf:pedigree-demo/model-small@1"];
    assert_eq!(found(&[]), all);
    assert_eq!(found(&["MODEL"]), all[1..]);
    assert_eq!(found(&["pedigree-demo/"]), all[2..]);
    assert_eq!(found(&["--publisher", "alice-lab"]), all[..2]);
    assert_eq!(found(&["--licence", "apache-2.0"]), all[1..]);
    assert_eq!(found(&["--license", "MIT", "--every-release"]), ["alice-lab/model@1", "alice-lab/model@2"]);
    assert_eq!(found(&["--relation", "trained-on"]), all[1..2]);
    assert_eq!(found(&["--kind", "dataset"]), all[..1]);
    assert_eq!(
        found(&["model", "--publisher", "hf:pedigree-demo", "--kind", "model", "--relation", "quantisation"]),
        all[2..]
    );
    // Nobody reads what the chain says without protection.
    let text = anybody.run(&["search", "small"]).code(0);
    text.says("hf:pedigree-demo/model-small@1  model · linked · Apache-2.0").says("holder");
    anybody.run(&["search", "--relation", "adapter"]).code(1).says("no release is like that").says("--every-release");
    anybody.run(&["search", "--publisher", "nobody-here"]).code(1).says("there is no namespace");
    anybody.run(&["search", "--relation", "cousin"]).code(2);
    anybody.run(&["search", "--limit", "0"]).code(2);

    // The same by JSON-RPC, in pages of any length.
    let query = |query: Value, limit: u32| rpc.all_pages("provenance_search", &[query], limit);
    for limit in [1, 2, 100] {
        assert_eq!(names(&query(json!({}), limit)), all);
        assert_eq!(names(&query(json!({ "licence": "MIT", "everyRelease": true }), limit)).len(), 2);
        assert_eq!(names(&query(json!({ "namespace": "alice-lab", "kind": "model" }), limit)), all[1..2]);
    }
    assert_eq!(query(json!({ "namespace": "nobody-here" }), 5), Vec::<Value>::new());
    for wrong in [json!([]), json!([{ "license": "MIT" }]), json!([{ "kind": "paper" }]), json!(["model"])] {
        assert_eq!(rpc.error("provenance_search", wrong.clone()).data["field"], "query", "{wrong}");
    }
    assert_eq!(rpc.error("provenance_search", json!([{}, null, 101])).data["field"], "limit");
    let nowhere = rpc.get("provenance_search", json!([{}, "0x00"]));
    assert_eq!(nowhere, json!({ "items": [], "next": null }));
}
