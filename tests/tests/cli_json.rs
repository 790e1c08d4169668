//! `docs/cli-json.md` says what the commands answer with `--json`: here they do.

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
use std::time::Duration;

use pedigree_tests::account::{hash, release};
use pedigree_tests::batch::create_record;
use pedigree_tests::document::Document;
use pedigree_tests::files::{self, MODEL};
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::json;

/// What `tests/subnets.rs`, `governance.rs` and `evaluate.rs` compare.
const ELSEWHERE: [&str; 7] = ["subnet", "neuron", "score", "stake", "mature", "gov", "evaluate"];

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

#[test]
fn every_command_answers_as_the_document_says() {
    let node = Node::dev();
    let mut document = Document::read();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (model, data) = (at("model"), at("data"));
    files::write_model(&model, "tiny", &MODEL);
    files::write_dataset(&data, "pairs");
    fs::write(at("password"), "secret\n").unwrap();
    let user = Pedigree::new().at(&node.url()).with_account("dev:bob").with_password_file(&at("password"));
    let mut compare = |section: &str, command: &[&str]| {
        let answer = user.json(command);
        document.compare(section, &answer);
        answer
    };

    let key = compare("key new", &["key", "new", "work"]);
    compare("key list", &["key", "list"]);
    let exported = key["path"].as_str().unwrap().to_owned();
    compare("key import", &["key", "import", "again", "--from", &exported]);

    compare("namespace open", &["namespace", "open", "hf:tests"]);
    compare("namespace open", &["namespace", "open", "hf:tests"]);
    compare("namespace list", &["namespace", "list"]);
    let commit = "ab".repeat(20);
    let request = ["namespace", "request", "hf:other-tests", "--commit", &commit, "--without-looking"];
    compare("namespace request", &request);
    compare("registrar requests", &["registrar", "requests", "hf:other-tests"]);
    compare("registrar list", &["registrar", "list"]);
    compare("namespace cancel-request", &["namespace", "cancel-request", "hf:other-tests"]);
    let proof = compare("namespace proof", &["namespace", "proof", "hf:other-tests"]);
    fs::write(at("pedigree.json"), proof["publish"].as_str().unwrap()).unwrap();
    let proof = at("pedigree.json");
    let claimant = ["hf:other-tests", "--claimant", "dev:bob", "--from", text(&proof)];
    compare("namespace request", &[&request[..], &["--adopt"]].concat());
    compare("registrar check", &[&["registrar", "check"][..], &claimant].concat());
    compare("registrar attest", &[&["registrar", "attest"][..], &claimant, &["--account", "dev:charlie"]].concat());
    let upstream = ["--source-url", "https://example.org/tiny", "--revision", "v1"];
    let digest = format!("sha256={}", "ab".repeat(32));
    let catalogue = ["catalogue", "model", "hf:tests/base", text(&model), "--licence", "MIT", "--digest", &digest];
    compare("catalogue", &[&catalogue[..], &upstream].concat());
    let pairs = "hf:pedigree-demo/pairs";
    let register = ["register", "dataset", pairs, text(&data), "--licence", "CC0-1.0", "--access", "granted"];
    compare("register", &register);
    compare("register", &register);
    compare("grant", &["grant", pairs, "--to", "dev:charlie"]);
    compare("revoke", &["revoke", pairs, "--from", "dev:charlie"]);
    fs::write(model.join("config.json"), "{}").unwrap();
    let tuned = "hf:pedigree-demo/tuned";
    let parents = ["--parent", "fine-tune=hf:tests/base@1", "--parent", "trained-on=hf:pedigree-demo/pairs@1"];
    let register = ["register", "model", tuned, text(&model), "--licence", "MIT"];
    let registered = compare("register", &[&register[..], &parents].concat());
    compare("statement NAMESPACE/NAME", &["statement", tuned]);
    let memo = format!("0x{}", "cd".repeat(32));
    compare("pay", &["pay", tuned, "12.5", "--memo", &memo]);
    until("the payment to be credited", Duration::from_secs(60), || {
        Some(user.json(&["statement", tuned])).filter(|statement| statement["owed"] != "0")
    });
    let answer = compare("statement NAMESPACE/NAME", &["statement", tuned]);
    assert_eq!(
        (answer["latest"][0]["memo"].as_str(), answer["parts"][0]["millionths"].as_u64()),
        (Some(&*memo), Some(1_000_000))
    );
    let opened = compare("sponsor open", &["sponsor", "open", "dev:eve"]);
    assert_eq!(opened["sponsorship"]["calls"], json!(20));
    compare("sponsor list", &["sponsor", "list", "--by", "dev:bob"]);
    compare("sponsor close", &["sponsor", "close", "dev:eve"]);
    user.json(&["sponsor", "open", "dev:bob", "--account", "dev:eve"]);
    let lent = "hf:pedigree-demo/lent";
    compare("register", &["register", "model", lent, text(&model), "--licence", "MIT", "--sponsor", "dev:eve"]);
    let answer = compare("adopt", &["adopt", lent]);
    assert_eq!(answer["adopted"].as_array().map(Vec::len), Some(2));
    let answer = compare("withdraw", &["withdraw", tuned]);
    assert_eq!(answer["withdrawn"][0]["amount"], json!("12500000000000"));
    let answer = compare("statement NAMESPACE", &["statement", "hf:pedigree-demo"]);
    assert_eq!(answer["releases"].as_array().map(Vec::len), Some(1));
    compare("yank", &["yank", "hf:pedigree-demo/pairs@1", "--reason", "too few"]);
    compare("access", &["access", pairs, "--access", "all"]);

    // The same bytes of Alice's and of Bob's: his are the holder's once they are in a linked namespace.
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(node.rpc(), "alice-lab");
    bob.claim(node.rpc(), "bob-lab");
    alice.register(node.rpc(), "alice-lab/copy", "model", release("shared"));
    bob.register(node.rpc(), "bob-lab/copy", "model", release("shared"));
    let offer = ["move", "offer", "bob-lab/copy", "--to", "hf:pedigree-demo"];
    compare("move", &offer);
    compare("move", &["move", "withdraw-offer", "bob-lab/copy"]);
    compare("move", &offer);
    compare("move", &["move", "accept", "bob-lab/copy"]);
    compare("claim-root", &["claim-root", "hf:pedigree-demo/copy"]);
    tokio::runtime::Runtime::new().unwrap().block_on(create_record(&node, "alice-lab", "empty"));
    Pedigree::new().at(&node.url()).with_account("dev:alice").json(&[
        "namespace",
        "offer",
        "alice-lab",
        "--to",
        "dev:bob",
    ]);
    compare("namespace open", &["namespace", "accept", "alice-lab"]);
    compare("adopt", &["adopt", "alice-lab/copy"]);
    compare("remove", &["remove", "alice-lab/empty"]);
    bob.act(node.rpc(), json!({ "action": "reserveRoot", "root": hash("root"), "salt": hash("salt") }));
    // What is final is shown.
    node.rpc().settle();
    let answer = compare("reservation list", &["reservation", "list"]);
    assert_eq!(answer["reservations"].as_array().map(Vec::len), Some(1));
    compare("reservation cancel", &["reservation", "cancel", "--all"]);
    compare("search", &["search", "--kind", "model"]);

    let root = registered["release"]["manifest"]["root"].as_str().unwrap().to_owned();
    compare("show NAMESPACE", &["show", "hf:pedigree-demo"]);
    compare("show NAMESPACE/NAME", &["show", pairs]);
    compare("show NAMESPACE/NAME@N", &["show", "hf:pedigree-demo/tuned@1"]);
    compare("show 0xROOT", &["show", &root]);
    compare("show DIGEST", &["show", &format!("sha256:{}", "ab".repeat(32))]);
    compare("lineage", &["lineage", tuned]);
    compare("lineage", &["lineage", "hf:tests/base", "--descendants"]);
    compare("export-state", &["export-state", "--out", text(&at("registry.jsonl"))]);

    compare("hash", &["hash", text(&model)]);
    compare("hash", &["hash", text(&model), "-o", text(&at("model.manifest.json"))]);
    let answer = compare("hash", &["hash", text(&model), "--digest", "sha256"]);
    assert_eq!(answer["digests"].as_array().map(Vec::len), answer["files"].as_u64().map(|files| files as usize));
    let parts = [at("1.part.json"), at("2.part.json")];
    compare("hash --part", &["hash", text(&model), "--part", "1/2", "-o", text(&parts[0])]);
    compare("hash --part", &["hash", text(&model), "--part", "2/2", "-o", text(&parts[1])]);
    let merged = compare("merge", &["merge", text(&parts[0]), text(&parts[1]), "-o", text(&at("merged.json"))]);
    assert_eq!(merged["root"], json!(root));
    compare("hash", &["hash", text(&model), "--new-salt", text(&at("salt"))]);
    compare("pull", &["pull", tuned, "--from", text(&model), "--to", text(&at("pulled"))]);
    compare(
        "pull",
        &["pull", &root, "--from", text(&at("absent")), "--from", text(&model), "--to", text(&at("again"))],
    );
    compare("verify", &["verify", text(&model)]);
    compare("verify --against", &["verify", text(&model), "--against", tuned]);
    let proof = at("proof.json");
    compare("prove", &["prove", text(&model), "--tensor", MODEL[0].name, "-o", text(&proof)]);
    compare("verify-proof", &["verify-proof", text(&proof)]);
    compare("verify-proof", &["verify-proof", text(&proof), "--root", &root]);
    let absent = at("absent.json");
    compare("prove", &["prove", text(&model), "--absent", "no.such.tensor", "-o", text(&absent)]);
    compare("verify-proof", &["verify-proof", text(&absent)]);
    let answer = compare("verify-proof", &["verify-proof", text(&absent), "--root", &root]);
    assert_eq!(answer["proves"]["absent"], json!("no.such.tensor"));
    compare("man", &["man", text(&at("man"))]);

    // What is not so is an answer, too.
    files::flip(&model.join("model.safetensors"), MODEL[0].name);
    let mut compare_no = |section: &str, command: &[&str]| {
        let answer = user.json_with_code(command, 1);
        document.compare(section, &answer);
        answer
    };
    compare_no("verify", &["verify", text(&model)]);
    let answer = compare_no("verify --against", &["verify", text(&model), "--against", tuned]);
    assert_eq!(answer["differences"]["tensors"].as_array().map(Vec::len), Some(1));
    let answer = compare_no("error", &["show", "hf:pedigree-demo/absent"]);
    assert_eq!(answer["error"]["kind"], json!("no"));
    document.compare("faucet serve", user.faucet(&[]).ready());
    document.is_complete(|command| !ELSEWHERE.contains(&command));

    // Whatever `--help` lists is in the document, but what prints a script for a shell.
    let help = user.run(&["--help"]).code(0).stdout;
    let commands = help.split("Commands:\n").nth(1).expect("commands are listed").split("\n\n").next().unwrap();
    // What a description goes on with is further in.
    for line in commands.lines().filter(|line| !line.starts_with("   ")) {
        let name = line.trim().split(' ').next().unwrap_or_default();
        assert!(document.has(name) || name == "completions", "`{name}` is not in docs/cli-json.md");
    }
}
