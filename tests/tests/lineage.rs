//! What releases were built from and what was built from them, by JSON-RPC and by the command line, in every format.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::account::{catalogue, release};
use pedigree_tests::batch::{register_all, Planned};
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

fn built_from(of: &str, parents: &[(&str, &str)]) -> Value {
    let mut release = release(of);
    let link = |(release, relation): &(&str, &str)| json!({ "release": release, "relation": relation });
    release["parents"] = parents.iter().map(link).collect();
    release
}

/// Names with their generations.
fn names(page: &Value) -> Vec<(String, u64)> {
    let items = page["items"].as_array().expect("a list").iter();
    items.map(|item| (item["name"].as_str().unwrap().to_owned(), item["generation"].as_u64().unwrap())).collect()
}

/// A catalogued base that is yanked after Bob has built on it, and before Bob builds on that and on a dataset of Alice's.
fn family(rpc: Rpc) {
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(rpc, "alice-lab");
    bob.claim(rpc, "bob-lab");
    let mut data = release("data");
    data["terms"]["royalty"] = json!(50_000);
    alice.register(rpc, "alice-lab/data", "dataset", data);
    alice.act(rpc, json!({ "action": "openNamespace", "name": "hf:somebody" }));
    alice.act(rpc, catalogue("hf:somebody/base", "base"));
    bob.register(rpc, "bob-lab/tuned", "model", built_from("tuned", &[("hf:somebody/base@1", "fineTune")]));
    let yank = json!({
        "action": "yank", "release": "hf:somebody/base@1", "reason": "leaks <names> & \"keys\"", "successor": "bob-lab/tuned@1",
    });
    alice.act(rpc, yank);
    let parents =
        [("bob-lab/tuned@1", "quantisation"), ("hf:somebody/base@1", "merge"), ("alice-lab/data@1", "trainedOn")];
    bob.register(rpc, "bob-lab/small", "model", built_from("small", &parents));
}

#[test]
fn a_lineage_is_asked_for_in_pages_over_many_generations() {
    let node = Node::dev();
    let rpc = node.rpc();
    family(rpc);
    let up = rpc.get("provenance_lineage", json!(["bob-lab/small", "ancestors"]));
    let expected = [("bob-lab/small@1", 0), ("bob-lab/tuned@1", 1), ("hf:somebody/base@1", 1), ("alice-lab/data@1", 1)];
    assert_eq!(names(&up), expected.map(|(name, generation)| (name.to_owned(), generation)));
    assert_eq!((&up["next"], &up["truncated"]), (&Value::Null, &json!(false)));
    // Each as it is shown alone.
    for item in up["items"].as_array().unwrap() {
        let mut alone = rpc.get("provenance_release", json!([item["name"]]));
        alone["generation"] = item["generation"].clone();
        assert_eq!(item, &alone);
    }
    let down = rpc.get("provenance_lineage", json!(["hf:somebody/base", "descendants", 1]));
    assert_eq!(names(&down).len(), 3);
    let first = rpc.get("provenance_lineage", json!(["hf:somebody/base", "descendants", null, null, 2]));
    let rest = rpc.get("provenance_lineage", json!(["hf:somebody/base", "descendants", null, first["next"], 2]));
    assert_eq!((names(&first).len(), names(&rest).len(), &rest["next"]), (2, 1, &Value::Null));

    assert_eq!(rpc.get("provenance_lineage", json!(["bob-lab/small@9", "ancestors"])), Value::Null);
    assert_eq!(rpc.error("provenance_lineage", json!(["bob-lab/small", "sideways"])).data["field"], "direction");
    assert_eq!(rpc.error("provenance_lineage", json!(["bob-lab/small", "ancestors", -1])).data["field"], "generations");
    for limit in [0, 101] {
        let params = json!(["bob-lab/small", "ancestors", null, null, limit]);
        assert_eq!(rpc.error("provenance_lineage", params).data["field"], "limit");
    }
    for cursor in ["0x", "0x00", "0xffffffff", "0x0000000000"] {
        let page = rpc.get("provenance_lineage", json!(["bob-lab/small", "ancestors", null, cursor]));
        assert_eq!(page, json!({ "items": [], "next": null, "truncated": false }), "after {cursor}");
    }
}

#[test]
fn every_format_shows_terms_relations_standing_and_yanks_in_both_directions() {
    let node = Node::dev();
    let rpc = node.rpc();
    family(rpc);
    let anybody = Pedigree::new().at(&node.url());
    let text = |arguments: &[&str]| anybody.run(&[&["lineage"], arguments].concat()).code(0).stdout;

    let up = text(&["bob-lab/small"]);
    let expected = "\
bob-lab/small@1  model · plain · Apache-2.0
├─ quantisation of bob-lab/tuned@1  model · plain · Apache-2.0
│  └─ fine-tune of hf:somebody/base@1  model · unlinked · catalogued · Apache-2.0
│       yanked: leaks <names> & \"keys\"; use bob-lab/tuned@1 instead
├─ merge of hf:somebody/base@1  model · unlinked · catalogued · Apache-2.0 (above)
│    yanked: leaks <names> & \"keys\"; use bob-lab/tuned@1 instead
│    (yanked already when it was cited)
└─ trained-on alice-lab/data@1  dataset · plain · Apache-2.0 · royalty 5 %
";
    assert!(up.starts_with(expected), "{up}");
    assert!(up.contains("5 %  alice-lab/data@1"), "{up}");
    let near = text(&["bob-lab/small", "--depth", "0"]);
    assert!(near.contains("└─ … trained-on alice-lab/data@1 · plain"), "{near}");
    assert!(
        near.contains("… merge of hf:somebody/base@1 · unlinked · yanked (yanked already when it was cited)"),
        "{near}"
    );

    let down = text(&["hf:somebody/base", "--descendants"]);
    assert!(
        down.starts_with("hf:somebody/base@1  model · unlinked · catalogued · Apache-2.0\n│ yanked: leaks"),
        "{down}"
    );
    assert!(down.contains("quantisation: bob-lab/small@1") && down.contains("merge: bob-lab/small@1"), "{down}");
    assert!(down.contains("also trained-on alice-lab/data@1 · plain"), "{down}");
    assert!(down.contains("(parent yanked already when it was cited)"), "{down}");

    for (arguments, other) in [
        (&["bob-lab/small", "--depth", "1"][..], None),
        (&["hf:somebody/base", "--descendants"], Some("trained-on alice-lab/data@1 · plain")),
    ] {
        let dot = text(&[arguments, &["--format", "dot"]].concat());
        let svg = text(&[arguments, &["--format", "svg"]].concat());
        assert!(dot.contains("yanked: leaks <names> & \\\"keys\\\"; use bob-lab/tuned@1 instead"), "{dot}");
        assert!(
            svg.contains("yanked: leaks &lt;names&gt; &amp; &quot;keys&quot;; use bob-lab/tuned@1 instead"),
            "{svg}"
        );
        for word in ["bob-lab/small@1", "model · plain", "model · unlinked", "Apache-2.0", "merge"] {
            assert!(dot.contains(word) && svg.contains(word), "{word}:\n{dot}\n{svg}");
        }
        assert!(
            dot.contains("(yanked already when it was cited)") && svg.contains("(yanked already when it was cited)")
        );
        if let Some(other) = other {
            assert!(dot.contains(other) && svg.contains(other), "{dot}\n{svg}");
        }
    }

    for (arguments, direction, links) in
        [(&["bob-lab/small"][..], "ancestors", 4), (&["hf:somebody/base", "--descendants"], "descendants", 3)]
    {
        let answer = anybody.json(&[&["lineage"], arguments].concat());
        assert_eq!((&answer["direction"], &answer["complete"]), (&json!(direction), &json!(true)));
        assert_eq!(answer["links"].as_array().map(Vec::len), Some(links), "{answer}");
        let releases = answer["releases"].as_array().expect("a list");
        let base = releases.iter().find(|release| release["name"] == "hf:somebody/base@1").expect("it is there");
        assert_eq!(base["yanked"]["successorName"], "bob-lab/tuned@1");
        let small = releases.iter().find(|release| release["name"] == "bob-lab/small@1").expect("it is there");
        let merged = &small["parents"][1];
        assert_eq!((&merged["yanked"], &merged["yankedWhenCited"]), (&json!(true), &json!(true)));
        assert_eq!((&merged["standing"], &merged["standingWhenCited"]), (&json!("unlinked"), &json!("unlinked")));
    }

    anybody.run(&["lineage", "bob-lab/small@9"]).code(1).says("there is no release");
    anybody.run(&["lineage", "bob-lab/nothing"]).code(1).says("there is no record");
    anybody.run(&["lineage", "bob-lab/small", "--limit", "0"]).code(2);
}

/// Three hundred descendants: three pages and a bit.
#[tokio::test(flavor = "multi_thread")]
async fn a_family_of_hundreds_is_walked_in_pages() {
    let node = Node::dev();
    Account::alice().claim(node.rpc(), "alice-lab");
    let model = |n: usize| match n {
        0 => Planned::new("base".to_owned(), vec![]),
        1..=100 => Planned::new(format!("tuned-{n}"), vec![(0, "FineTune")]),
        n if n % 4 == 0 => Planned::new(format!("merged-{n}"), vec![(n - 100, "Merge"), (n - 97, "Merge")]),
        n => Planned::new(format!("small-{n}"), vec![(n - 100, "Quantisation")]),
    };
    let plan: Vec<Planned> = (0..=300).map(model).collect();
    register_all(&node, "alice-lab", &plan).await;

    let anybody = Pedigree::new().at(&node.url());
    let all = anybody.json(&["lineage", "alice-lab/base", "--descendants"]);
    assert_eq!((all["releases"].as_array().map(Vec::len), &all["complete"]), (Some(301), &json!(true)));
    assert_eq!(
        all["links"].as_array().map(Vec::len),
        Some(300 + 50),
        "each release has one parent, one in four has two"
    );
    let some = anybody.json(&["lineage", "alice-lab/base", "--descendants", "--limit", "150"]);
    assert_eq!((some["releases"].as_array().map(Vec::len), &some["complete"]), (Some(150), &json!(false)));
    let shown = anybody.run(&["lineage", "alice-lab/base", "--descendants", "--limit", "150"]).code(0);
    shown.says("only the nearest 150 releases are shown");
    let svg = anybody.run(&["lineage", "alice-lab/base", "--descendants", "--format", "svg"]).code(0).stdout;
    assert_eq!(svg.matches("<g>").count(), 301);
    let up = anybody.json(&["lineage", "alice-lab/merged-300"]);
    assert_eq!(up["releases"].as_array().map(Vec::len), Some(7), "{up}");

    // Searching meets the same releases, page by page.
    let found = anybody.json(&["search", "small-", "--limit", "1000"]);
    assert_eq!((found["releases"].as_array().map(Vec::len), &found["complete"]), (Some(150), &json!(true)));
    let some = anybody.json(&["search", "--relation", "fine-tune", "--limit", "99"]);
    assert_eq!((some["releases"].as_array().map(Vec::len), &some["complete"]), (Some(99), &json!(false)));
    anybody.run(&["search", "--relation", "fine-tune", "--limit", "99"]).code(0).says("there are more");
}
