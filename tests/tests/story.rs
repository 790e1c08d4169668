//! The demo's story, as assertions, on small real files.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use pedigree_tests::files::{self, Tensor, MODEL};
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

const UPSTREAM: &str = "hf:tests/tiny-MiniLM";
const DATASET: &str = "alice-lab/pairs";
const FINE_TUNE: &str = "alice-lab/tiny-pairs";
const TENSOR: &str = "encoder.layer.0.output.weight";

/// What coreutils say of a file.
fn sha256(file: &Path) -> String {
    let output = Command::new("sha256sum").arg(file).output().expect("sha256sum is part of coreutils");
    let text = String::from_utf8(output.stdout).expect("digits are text");
    text.split(' ').next().expect("the digest comes first").to_owned()
}

#[test]
fn a_fine_tune_is_registered_with_its_parents_and_proven_down_to_one_bit() {
    let node = Node::dev();
    let rpc = node.rpc();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let folders = tempfile::tempdir().expect("there is room for temporary files");
    let folder = |name: &str| folders.path().join(name);
    let (base, pairs, tuned) = (folder("tiny-MiniLM"), folder("pairs"), folder("tiny-pairs"));
    files::write_model(&base, "tiny-MiniLM", &MODEL);
    files::write_dataset(&pairs, "pairs");
    // The fine-tune has one layer's bytes changed.
    let tensors = MODEL.map(|tensor| if tensor.name == TENSOR { Tensor { seed: 9, ..tensor } } else { tensor });
    files::write_model(&tuned, "tiny-pairs", &tensors);
    let at = |path: &Path| path.to_str().expect("the path is UTF-8").to_owned();

    // What is this folder?
    let hashed = alice.json(&["hash", &at(&base)]);
    assert_eq!((&hashed["files"], &hashed["tensors"]), (&json!(3), &json!(4)));

    // Catalogued under its upstream name: facts only.
    let digest = sha256(&base.join("model.safetensors"));
    let named = format!("sha256={digest}");
    let catalogued =
        alice.json(&["catalogue", "model", UPSTREAM, &at(&base), "--licence", "Apache-2.0", "--digest", &named]);
    let catalogued = &catalogued["release"];
    assert_eq!(catalogued["manifest"]["root"], hashed["root"]);
    assert_eq!(catalogued["upstream"]["url"], "https://huggingface.co/tests/tiny-MiniLM");
    assert_eq!((&catalogued["owner"], &catalogued["standing"]), (&Value::Null, &json!("unlinked")));
    assert_eq!((&catalogued["parents"], &catalogued["terms"]["royalty"]), (&json!([]), &json!(0)));
    alice.run(&["show", &format!("sha256:{digest}")]).code(0).says("hf:tests/tiny-MiniLM@1");

    // A namespace, a dataset and a fine-tune of one's own.
    let claimed = alice.json(&["namespace", "claim", "alice-lab"]);
    assert_eq!(claimed["namespace"]["owner"], json!(Account::alice().address()));
    assert_eq!(claimed["namespace"]["standing"], "plain");
    let dataset = alice.json(&["register", "dataset", DATASET, &at(&pairs), "--licence", "CC0-1.0", "--royalty", "1%"]);
    assert!(dataset["release"]["firstSeen"].as_u64() < dataset["release"]["registered"].as_u64(), "{dataset}");
    let model = alice.json(&[
        "register",
        "model",
        FINE_TUNE,
        &at(&tuned),
        "--licence",
        "Apache-2.0",
        "--royalty",
        "2%",
        "--parent",
        &format!("fine-tune={UPSTREAM}@1"),
        "--parent",
        &format!("trained-on={DATASET}@1"),
    ]);
    let split = json!([("alice-lab/tiny-pairs@1", 990_000), ("alice-lab/pairs@1", 10_000)]);
    let shares = |split: &Value| -> Value {
        let of = |share: &Value| json!([share["name"], share["millionths"]]);
        split.as_array().expect("a split is a list").iter().map(of).collect()
    };
    assert_eq!(shares(&model["royaltySplit"]), split);
    // The same again changes nothing and costs nothing.
    let nonce = Account::alice().nonce(rpc);
    let again = alice.json(&["register", "dataset", DATASET, &at(&pairs), "--licence", "CC0-1.0", "--royalty", "1%"]);
    assert_eq!((&again["unchanged"], Account::alice().nonce(rpc)), (&json!(true), nonce));

    // The node says the same as the command line.
    let release = rpc.get("provenance_release", json!([FINE_TUNE]));
    assert_eq!(release, model["release"]);
    assert_eq!(alice.json(&["show", "alice-lab/tiny-pairs@1"])["release"], release);
    assert_eq!(shares(&rpc.get("provenance_royaltySplit", json!([FINE_TUNE]))), split);
    assert_eq!(rpc.get("provenance_holder", json!([release["manifest"]["root"]])), release);
    let parents = rpc.get("provenance_parents", json!([FINE_TUNE]));
    assert_eq!(parents, release["parents"]);
    let cited: Vec<_> = parents.as_array().expect("a list").iter().map(|it| (&it["name"], &it["relation"])).collect();
    let (fine_tune, trained_on) = (json!("fineTune"), json!("trainedOn"));
    assert_eq!(cited, [(&json!("hf:tests/tiny-MiniLM@1"), &fine_tune), (&json!("alice-lab/pairs@1"), &trained_on)]);
    for (parent, relation) in [(UPSTREAM, &fine_tune), (DATASET, &trained_on)] {
        let children = rpc.get("provenance_children", json!([parent]));
        assert_eq!(children["items"].as_array().map(Vec::len), Some(1), "{children}");
        assert_eq!(children["items"][0]["name"], "alice-lab/tiny-pairs@1");
        assert_eq!(&children["items"][0]["relation"], relation);
    }

    // Where does it come from?
    let lineage = alice.run(&["lineage", FINE_TUNE]).code(0);
    assert_eq!(
        lineage.stdout.lines().take(3).map(|line| line.split("  ").next().unwrap_or_default()).collect::<Vec<_>>(),
        ["alice-lab/tiny-pairs@1", "├─ fine-tune of hf:tests/tiny-MiniLM@1", "└─ trained-on alice-lab/pairs@1",],
        "{lineage}"
    );

    // Anybody with the files, and no account, asks what they are.
    let anybody = Pedigree::new().at(&node.url());
    for (folder, name) in
        [(&base, "hf:tests/tiny-MiniLM@1"), (&pairs, "alice-lab/pairs@1"), (&tuned, "alice-lab/tiny-pairs@1")]
    {
        let verified = anybody.json(&["verify", &at(folder)]);
        assert_eq!((&verified["verified"], &verified["releases"][0]["name"]), (&json!(true), &json!(name)));
        anybody.run(&["verify", &at(folder), "--against", name]).code(0).says("byte for byte");
    }
    anybody.run(&["verify", &at(&base), "--against", FINE_TUNE]).code(1).says("is not");

    // One tensor: proven, and the proof checked online, against a root, and against the files.
    let proof = at(&folder("proof.json"));
    let proven = anybody.json(&["prove", &at(&tuned), "--tensor", TENSOR, "-o", &proof]);
    let root = proven["root"].as_str().expect("a root is text").to_owned();
    assert_eq!(json!(root), release["manifest"]["root"]);
    assert!(fs::metadata(&proof).expect("it was written").len() < 10_000);
    let online = anybody.json(&["verify-proof", &proof]);
    assert_eq!((&online["verified"], &online["releases"][0]["name"]), (&json!(true), &json!("alice-lab/tiny-pairs@1")));
    let offline = Pedigree::new().at("ws://127.0.0.1:1");
    offline.run(&["verify-proof", &proof, "--root", &root]).code(0).says(TENSOR);
    offline.run(&["verify-proof", &proof, "--path", &at(&tuned)]).code(0).says(TENSOR);
    offline.run(&["verify-proof", &proof, "--path", &at(&base)]).code(1).says("other bytes");
    let other_root = hashed["root"].as_str().expect("a root is text");
    offline.run(&["verify-proof", &proof, "--root", other_root]).code(1).says("not proven");
    let renamed = fs::read_to_string(&proof).expect("it was written").replace(TENSOR, "encoder.layer.9.output.weight");
    fs::write(&proof, renamed).expect("it is ours");
    offline.run(&["verify-proof", &proof, "--root", &root]).code(1).says("not proven");
    let chunk = at(&folder("chunk.json"));
    anybody.run(&["prove", &at(&tuned), "--file", "model.safetensors", "--chunk", "2", "-o", &chunk]).code(0);
    anybody.run(&["verify-proof", &chunk, "--path", &at(&tuned)]).code(0);

    // One bit, and file and tensor are named: to whoever registered it, and to whoever has its manifest.
    let tampered = folder("tampered");
    files::copy(&tuned, &tampered);
    files::flip(&tampered.join("model.safetensors"), TENSOR);
    anybody.run(&["verify", &at(&tampered)]).code(1).says("no registered release");
    let answer = alice.run(&["verify", &at(&tampered), "--against", FINE_TUNE]).code(1);
    let answer = answer.says("model.safetensors").says(TENSOR).does_not_say("config.json").does_not_say("embeddings");
    assert!(answer.stderr.is_empty() || !answer.stderr.contains("error"), "{answer}");
    let manifest = at(&folder("manifest.json"));
    anybody.run(&["hash", &at(&tuned), "-o", &manifest]).code(0);
    let arguments = ["verify", &at(&tampered), "--against", FINE_TUNE, "--manifest", &manifest];
    let differences = &anybody.json_with_code(&arguments, 1)["differences"];
    assert_eq!(differences["files"].as_array().map(Vec::len), Some(1), "{differences}");
    assert_eq!(differences["files"][0]["path"], "model.safetensors");
    assert_eq!(differences["tensors"].as_array().map(Vec::len), Some(1), "{differences}");
    assert_eq!(differences["tensors"][0]["name"], TENSOR);

    // A warning, seen by whoever looks at what was built on it.
    let reason = "some lines hold addresses";
    alice.run(&["yank", "alice-lab/pairs@1", "--reason", reason]).code(0);
    anybody.run(&["lineage", FINE_TUNE]).code(0).says(reason);
    anybody.run(&["verify", &at(&pairs)]).code(0).says(reason);
}
