//! `pedigree export-state`, and the pictures and documents that the command line makes.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;

use pedigree_tests::account::{catalogue, release};
use pedigree_tests::{Account, Node, Pedigree, Rpc};
use serde_json::{json, Value};

const NO: i32 = 1;
const REFUSED: i32 = 3;

/// A registry with a bit of everything: Bob's models and a dataset by grant, a catalogued model, a yank, more releases than
/// fit on a page.
fn registry(node: &Node) -> Rpc {
    let rpc = node.rpc();
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.act(rpc, json!({ "action": "openNamespace", "name": "hf:tests" }));
    alice.act(rpc, catalogue("hf:tests/base", "base"));
    let user = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let folder = tempfile::tempdir().unwrap();
    pedigree_tests::files::write_dataset(folder.path(), "pairs");
    let path = folder.path().to_str().unwrap();
    let pairs = "hf:pedigree-demo/pairs";
    user.run(&["register", "dataset", pairs, path, "--licence", "CC0-1.0", "--access", "granted", "--royalty", "1"])
        .code(0);
    user.run(&["grant", pairs, "--to", "dev:charlie", "--until", "5000"]).code(0);
    user.run(&["grant", pairs, "--to", "dev:dave"]).code(0);
    let mut tuned = release("tuned");
    tuned["parents"] = json!([
        { "release": "hf:tests/base@1", "relation": "fineTune" },
        { "release": "hf:pedigree-demo/pairs@1", "relation": "trainedOn" },
    ]);
    tuned["digests"] = json!([{ "kind": "hubCommit", "value": format!("0x{}", "ab".repeat(20)) }]);
    tuned["locations"] = json!(["https://example.org/tuned, and more"]);
    bob.register(rpc, "hf:pedigree-demo/tuned", "model", tuned);
    let mut small = release("small");
    small["parents"] = json!([{ "release": "hf:pedigree-demo/tuned@1", "relation": "quantisation" }]);
    bob.register(rpc, "hf:pedigree-demo/small", "model", small);
    let reason = "=HYPERLINK(\"https://example.org\"), \u{201c}bad\u{201d}";
    bob.act(
        rpc,
        json!({ "action": "yank", "release": "hf:pedigree-demo/tuned@1", "reason": reason, "successor": "hf:pedigree-demo/small@1" }),
    );
    rpc
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn all(lines: &[Value], kind: &str) -> Vec<Value> {
    lines.iter().filter_map(|line| line.get(kind)).cloned().collect()
}

#[test]
fn an_export_has_all_that_the_chain_knows_at_one_block_and_nothing_later() {
    let node = Node::dev();
    let rpc = registry(&node);
    rpc.settle();
    let (number, hash) = rpc.finalized();
    let user = Pedigree::new().at(&node.url());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registry.jsonl");
    let path = file.to_str().unwrap();
    // Later blocks know more, and change nothing.
    Account::alice().act(rpc, catalogue("hf:tests/later", "later"));
    rpc.settle();
    let answer = user.json(&["export-state", "--at", &number.to_string(), "--out", path]);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(answer["bytes"], json!(text.len()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something is left beside it");
    let lines = lines(&text);

    let head = &lines[0]["head"];
    let header = rpc.get("chain_getHeader", json!([hash]));
    assert_eq!((&head["format"], &head["version"]), (&json!("pedigree-registry"), &json!(1)));
    assert_eq!((&head["block"], &head["blockHash"]), (&json!(number), &json!(hash)));
    assert_eq!((&head["genesisHash"], &head["stateRoot"]), (&json!(rpc.block_hash(0)), &header["stateRoot"]));
    assert_eq!(head["specVersion"], rpc.get("state_getRuntimeVersion", json!([hash]))["specVersion"]);

    // As JSON-RPC has it, and all of it.
    let at = json!(hash);
    let page = |method: &str, of: &[Value]| {
        let params: Vec<Value> = of.iter().cloned().chain([Value::Null, json!(100), at.clone()]).collect();
        rpc.get(method, json!(params))["items"].as_array().unwrap().clone()
    };
    let namespaces = page("namespaces_list", &[]);
    let records: Vec<Value> =
        namespaces.iter().flat_map(|one| page("provenance_recordsOfNamespace", &[one["id"].clone()])).collect();
    let releases: Vec<Value> =
        records.iter().flat_map(|one| page("provenance_releasesOfRecord", &[one["id"].clone()])).collect();
    assert_eq!((all(&lines, "namespace"), all(&lines, "record")), (namespaces, records));
    assert_eq!(all(&lines, "release"), releases);
    assert_eq!(releases.len(), 4);
    for line in lines.iter().filter(|line| line.get("release").is_some()) {
        let split = rpc.get("provenance_royaltySplit", json!([line["release"]["id"], hash]));
        assert_eq!(line["royaltySplit"], split);
    }
    let tuned = releases.iter().find(|one| one["name"] == "hf:pedigree-demo/tuned@1").unwrap();
    assert_eq!(tuned["yanked"]["successorName"], "hf:pedigree-demo/small@1");
    assert_eq!(tuned["parents"].as_array().map(Vec::len), Some(2));

    let accounts = Account::all();
    let record = tuned["parents"][1]["release"]["record"].clone();
    let grant = |who: usize, until: Value| json!({ "record": record, "name": "hf:pedigree-demo/pairs", "account": accounts[who].address(), "until": until });
    let mut grants = all(&lines, "grant");
    let mut expected = vec![grant(2, json!(5000)), grant(3, Value::Null)];
    for list in [&mut grants, &mut expected] {
        list.sort_by_key(Value::to_string);
    }
    assert_eq!(grants, expected);
    let counts = json!({ "namespaces": 2, "records": 4, "releases": 4, "grants": 2 });
    assert_eq!(lines.last().unwrap()["end"], counts);

    // By its hash it is the same; and without a block the last final one is meant.
    assert_eq!(user.run(&["export-state", "--at", &hash]).code(0).stdout, text);
    let now = user.run(&["export-state"]).code(0).stdout;
    assert!(now.contains("hf:tests/later@1") && !text.contains("hf:tests/later"), "{now}");

    // As a table.
    let table = user.run(&["export-state", "--at", &hash, "--format", "csv"]).code(0).stdout;
    assert!(table.contains(&format!("# blockHash: {hash}\n")), "{table}");
    assert!(table.ends_with("# end: 2 namespaces, 4 records, 4 releases, 2 grants\n"), "{table}");
    let script = "import csv, json, sys\n\
        rows = csv.DictReader(line for line in sys.stdin if not line.startswith('# '))\n\
        print(json.dumps(list(rows)))";
    let rows = python(script, &table);
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 12);
    let row = |name: &str| rows.iter().find(|row| row["type"] == "release" && row["name"] == name).unwrap();
    let tuned = row("hf:pedigree-demo/tuned@1");
    let parents = "fine-tune=hf:tests/base@1 (unlinked); trained-on=hf:pedigree-demo/pairs@1 (linked)";
    assert_eq!((&tuned["parents"], &tuned["licence"]), (&json!(parents), &json!("Apache-2.0")));
    assert_eq!(tuned["locations"], "https://example.org/tuned, and more");
    let split = "hf:pedigree-demo/pairs@1=10000";
    assert!(tuned["royaltySplit"].as_str().unwrap().contains(split), "{tuned}");
    // A spreadsheet would compute this.
    assert_eq!(tuned["yankReason"], "'=HYPERLINK(\"https://example.org\"), \u{201c}bad\u{201d}");

    // Blocks that are not final, or not there.
    user.run(&["export-state", "--at", "4000000"]).code(NO).says("no block 4000000 yet");
    user.run(&["export-state", "--at", &format!("0x{}", "11".repeat(32))]).code(NO).says("has no block");
    let best = rpc.best();
    let answer = user.run(&["export-state", "--at", &best.to_string(), "--out", path]);
    // It may have become final meanwhile.
    assert!(matches!(answer.code, Some(0 | REFUSED)), "{answer}");
}

/// What a Python script makes of an input: JSON.
fn python(script: &str, input: &str) -> Value {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 can be started");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success(), "the script failed");
    serde_json::from_slice(&done.stdout).expect("it is JSON")
}

#[test]
fn a_lineage_is_drawn_both_ways_and_in_every_form() {
    let node = Node::dev();
    registry(&node);
    let user = Pedigree::new().at(&node.url());
    let up = user.run(&["lineage", "hf:pedigree-demo/small"]).code(0);
    let up = up.says("quantisation of hf:pedigree-demo/tuned@1  model · linked").says("yanked: =HYPERLINK");
    up.says("fine-tune of hf:tests/base@1  model · unlinked · catalogued").says("trained-on hf:pedigree-demo/pairs@1");
    let down = user.run(&["lineage", "hf:tests/base", "--descendants"]).code(0);
    let down = down.says("└─ fine-tune: hf:pedigree-demo/tuned@1").says("└─ quantisation: hf:pedigree-demo/small@1");
    // A parent that is not drawn is named, with its standing.
    let down = down.says("also trained-on hf:pedigree-demo/pairs@1 · linked");
    down.does_not_say("pairs@1  dataset");
    // One generation: what lies beyond is named, with its standing and its yank.
    let one = user.run(&["lineage", "hf:pedigree-demo/small", "--depth", "0"]).code(0);
    one.says("… quantisation of hf:pedigree-demo/tuned@1 · linked · yanked").does_not_say("base");
    user.run(&["lineage", "hf:tests/base", "--descendants", "--depth", "1"]).code(0).does_not_say("quantisation");

    let answer = user.json(&["lineage", "hf:pedigree-demo/small"]);
    let same = user.run(&["lineage", "hf:pedigree-demo/small", "--format", "json"]).code(0).stdout;
    assert_eq!(serde_json::from_str::<Value>(&same).unwrap(), answer);
    assert_eq!(answer["links"].as_array().map(Vec::len), Some(3));
    assert_eq!((&answer["complete"], &answer["direction"]), (&json!(true), &json!("ancestors")));
    let dot = user.run(&["lineage", "hf:pedigree-demo/small", "--format", "dot"]).code(0).stdout;
    assert_eq!((dot.matches(" -> ").count(), dot.matches("shape=").count()), (3, 4), "{dot}");
    let svg = user.run(&["lineage", "hf:pedigree-demo/small", "--format", "svg"]).code(0).stdout;
    // A parser of XML takes it, and it has four boxes and three lines.
    let script = "import json, sys\nimport xml.etree.ElementTree as tree\n\
        svg = '{http://www.w3.org/2000/svg}'\nroot = tree.parse(sys.stdin).getroot()\n\
        drawing = root.find(svg + 'g')\n\
        print(json.dumps([len(drawing.findall(svg + 'g')), len(drawing.findall(svg + 'path'))]))";
    assert_eq!(python(script, &svg), json!([4, 3]));
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let answer = Pedigree::new().json(&["man", folder.path().to_str().unwrap()]);
    let pages: Vec<&str> = answer["pages"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for page in ["pedigree.1", "pedigree-pull.1", "pedigree-key-new.1", "pedigree-register-model.1"] {
        assert!(pages.contains(&page), "{page} is missing: {pages:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), pages.len());
    for page in pages {
        let text = fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(text.contains(".TH ") && text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
}
