//! `docs/rpc.md` says how to register with nothing but curl and a signer. It is run here as it stands there.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::process::Command;

use pedigree_tests::{process, repository, Account, Node};
use serde_json::json;

/// The shell blocks of a page, in their order.
fn shell_blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for line in page.lines() {
        match &mut block {
            None if line == "```sh" => block = Some(String::new()),
            None => {}
            Some(_) if line == "```" => blocks.extend(block.take()),
            Some(lines) => {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    blocks
}

#[test]
fn what_the_page_says_registers_a_dataset() {
    for tool in ["curl", "jq"] {
        let found = Command::new(tool).arg("--version").output();
        assert!(found.is_ok_and(|output| output.status.success()), "{tool} is missing: `make setup` installs it");
    }
    let node = Node::dev();
    let page = fs::read_to_string(repository("docs/rpc.md")).expect("docs/rpc.md is there");
    let mut script = String::from("set -euo pipefail\n");
    for block in shell_blocks(&page) {
        // The node runs already.
        if !block.contains("make run") {
            script.push_str(&block.replace("localhost:9944", &format!("127.0.0.1:{}", node.rpc().port())));
            script.push('\n');
        }
    }
    assert!(
        script.contains("provenance_assemble") && script.contains("author_submitExtrinsic"),
        "it isn't there any more"
    );
    let binary = process::program("PEDIGREE_NODE_BIN", "pedigree-node");
    let folder = binary.parent().expect("a program is in a folder").display().to_string();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    let output = process::command("bash".as_ref()).arg("-c").arg(&script).env("PATH", path).output().unwrap();
    let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{said}\n{failed}", output.status);

    // Every transaction was taken, and the release is there.
    let alice = Account::alice();
    assert_eq!(alice.nonce(node.rpc()), 4, "{said}\n{failed}");
    let release = node.rpc().get("provenance_release", json!(["curl-lab/poems@1"]));
    assert_eq!(
        (&release["registrant"], &release["kind"]),
        (&json!(alice.address()), &json!("dataset")),
        "{said}\n{failed}"
    );
    assert_eq!((&release["holder"], &release["terms"]["royalty"]), (&json!(true), &json!(20_000)));
    // The page's questions about what isn't there are answered, not refused.
    assert!(!said.contains("\"error\":{") || said.matches("\"error\":{").count() == 1, "{said}");
}
