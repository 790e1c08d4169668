//! Standing: a publisher shows that a channel is his, and registrars who look decide.

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

use pedigree_tests::files::{self, MODEL};
use pedigree_tests::mirror::Mirror;
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::{json, Value};

/// A commit: which one does not matter where the file is looked at by itself.
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

#[test]
fn a_publisher_is_linked_once_enough_registrars_have_looked() {
    let node = Node::dev();
    let user = |name: &str| Pedigree::new().at(&node.url()).with_account(name);
    let (publisher, cataloguer) = (user("dev:alice"), user("dev:ferdie"));
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    files::write_model(&model, "tiny", &MODEL);

    // Somebody else catalogues what is published there, and pays for it.
    let upstream = ["--source-url", "https://example.org/tiny", "--revision", "v1"];
    let catalogue = ["catalogue", "model", "hf:tests/base", text(&model), "--licence", "MIT"];
    cataloguer.json(&[&catalogue[..], &upstream].concat());
    let depositor = || node.rpc().get("provenance_record", json!(["hf:tests/base"]))["depositor"].clone();
    let ferdie = depositor();

    // The publisher prints what he has to publish, and serves it as a hub would.
    let proof = publisher.json(&["namespace", "proof", "hf:tests"]);
    let served = folder.path().join("hub");
    fs::create_dir_all(&served).unwrap();
    let hub = Mirror::honest(&served);
    let at = format!("{}/pedigree.json", hub.url());
    let request = ["namespace", "request", "hf:tests", "--commit", COMMIT, "--adopt", "--from", &at];

    // As long as nothing is there, nothing is paid.
    publisher.run(&request).code(1).says("there is nothing at").says("nothing was paid");
    assert!(node.rpc().get("namespaces_linkRequest", json!(["hf:tests", Account::alice().address()])).is_null());
    fs::write(served.join("pedigree.json"), proof["publish"].as_str().unwrap()).unwrap();
    publisher.run(&request).code(0).says("attested").says("0 of the 2");
    publisher.run(&request).code(3).says("already");

    // Registrars look, each by himself.
    let claimant = ["hf:tests", "--claimant", "dev:alice", "--from", &at];
    let registrar = |who: &str, command: &str| user(who).run(&[&["registrar", command][..], &claimant].concat());
    registrar("dev:ferdie", "check").code(0).says("yes");
    registrar("dev:ferdie", "attest").code(3).says("no registrar");
    registrar("dev:charlie", "refuse").code(1).says("nothing to refuse");
    registrar("dev:charlie", "attest").code(0).says("1 of the 2");
    registrar("dev:charlie", "attest").code(3).says("already");
    user("dev:bob")
        .run(&["namespace", "conclude", "hf:tests", "--claimant", "dev:alice"])
        .code(3)
        .says("Nothing is due");
    registrar("dev:dave", "attest").code(0).says("linked");

    let namespace = node.rpc().get("namespaces_get", json!(["hf:tests"]));
    assert_eq!((&namespace["standing"], &namespace["owner"]), (&json!("linked"), &json!(Account::alice().address())));
    assert!(namespace["link"]["lapses"].as_u64() > namespace["link"]["shown"].as_u64());
    until("the deposit to pass on", Duration::from_secs(60), || Some(depositor()).filter(|now| *now != ferdie));
    assert_eq!(depositor(), json!(Account::alice().address()));
    publisher.run(&["namespace", "lapse", "hf:tests"]).code(3).says("still good");
}

#[test]
fn what_is_not_shown_is_refused_and_says_why() {
    let node = Node::dev();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pedigree.json");
    let user = |name: &str| Pedigree::new().at(&node.url()).with_account(name);
    let bob = user("dev:bob");
    let request =
        ["namespace", "request", "github:tests", "--commit", COMMIT, "--without-looking", "--from", text(&file)];
    bob.run(&request).code(0);
    let served = Mirror::honest(folder.path());
    let at = format!("{}/pedigree.json", served.url());
    let look = |place: &str| {
        user("dev:charlie").run(&["registrar", "check", "github:tests", "--claimant", "dev:bob", "--from", place])
    };
    let check = |code: i32, refusal: &str| {
        let check = ["registrar", "check", "github:tests", "--claimant", "dev:bob", "--from", &at];
        let answer = user("dev:charlie").json_with_code(&check, code);
        assert_eq!(answer["finding"]["refusal"], json!(refusal), "{answer}");
    };
    check(1, "missing");
    // A file that isn't there was mistyped; a server that refuses or sends elsewhere says nothing about the channel.
    look(text(&file)).code(6);
    for status in ["403 Forbidden", "302 Found", "500 Internal Server Error", "407 Proxy Authentication Required"] {
        let location = format!("{at}?again");
        let other = Mirror::of(folder.path(), move |exchange| {
            exchange.send(status, &[("Location", location.as_str())], b"{}");
        });
        look(&other.url()).code(4).says("nothing was decided");
        let refuse = ["registrar", "refuse", "github:tests", "--claimant", "dev:bob", "--from", &other.url()];
        user("dev:charlie").run(&refuse).code(4);
    }
    fs::write(&file, "<html>").unwrap();
    check(1, "malformed");
    let genesis = node.rpc().block_hash(0);
    let write = |account: &str, genesis: &Value| {
        fs::write(&file, json!({ "account": account, "genesis": genesis }).to_string()).unwrap();
    };
    write(&Account::alice().address(), &json!(genesis));
    check(1, "otherAccount");
    write(&Account::bob().address(), &json!(format!("0x{}", "00".repeat(32))));
    check(1, "otherChain");
    // What is far too long, or no file, is not read.
    fs::write(&file, vec![b' '; 70_000]).unwrap();
    look(text(&file)).code(6).says("64 KiB");
    look("/dev/zero").code(6);

    write(&Account::alice().address(), &json!(genesis));
    for (registrar, closed) in [("dev:charlie", false), ("dev:eve", true)] {
        let refuse = ["registrar", "refuse", "github:tests", "--claimant", "dev:bob", "--from", text(&file)];
        let answer = user(registrar).json(&refuse);
        assert_eq!(answer["request"].is_null(), closed, "{answer}");
    }
    assert!(node.rpc().get("namespaces_get", json!(["github:tests"])).is_null());
    bob.run(&["namespace", "cancel-request", "github:tests"]).code(3).says("no such request");
}

/// A resolver as those that answer over HTTPS in JSON do.
#[test]
fn a_domain_is_shown_by_a_txt_record() {
    let folder = tempfile::tempdir().unwrap();
    let genesis = format!("0x{}", "7a".repeat(32));
    let account = Account::alice().address();
    let answers = [
        (
            "right",
            json!({ "Status": 0, "Answer": [
            { "name": "_pedigree.lab.example", "type": 16, "data": "v=spf1 -all" },
            { "name": "_pedigree.lab.example.", "type": 16, "data": format!("\"pedigree account={account} \" \"genesis={genesis}\"") },
        ] }),
        ),
        ("none", json!({ "Status": 3 })),
        ("fails", json!({ "Status": 2 })),
    ];
    let query = "?name=_pedigree.lab.example&type=TXT";
    for (name, answer) in &answers {
        fs::write(folder.path().join(format!("{name}{query}")), answer.to_string()).unwrap();
    }
    let resolver = Mirror::honest(folder.path());
    let check = |name: &str| {
        let resolver = format!("{}/{name}", resolver.url());
        let check = ["registrar", "check", "dns:lab.example", "--claimant", "dev:alice", "--genesis", &genesis];
        Pedigree::new().run(&[&check[..], &["--resolver", &resolver]].concat())
    };
    check("right").code(0).says("yes");
    check("none").code(1).says("there is nothing at _pedigree.lab.example");
    check("fails").code(4).says("could not look it up");
    check("absent").code(4).says("resolver");
}
