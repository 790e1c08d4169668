//! What the command line was compiled with is what the node runs.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use pedigree_tests::{repository, Node};
use serde_json::json;

/// How many bytes the length in front of bytes takes, in SCALE.
fn length_of_length(first: u8, second: u8) -> usize {
    match first & 3 {
        0 => 1,
        1 => 2,
        2 => 4,
        _ => 5 + usize::from(second >> 2),
    }
}

#[test]
fn the_metadata_in_the_repository_is_that_of_the_runtime() {
    let node = Node::dev();
    // Version 15, as `scripts/metadata` asks for it. The answer is Option<Vec<u8>> in SCALE.
    let answer = node.rpc().get("state_call", json!(["Metadata_metadata_at_version", "0x0f000000"]));
    let bytes = hex::decode(answer.as_str().unwrap().trim_start_matches("0x")).unwrap();
    assert_eq!(bytes[0], 1, "the runtime has no metadata of version 15");
    let metadata = &bytes[1 + length_of_length(bytes[1], bytes[2])..];
    let kept = std::fs::read(repository("cli/metadata.scale")).expect("cli/metadata.scale is there");
    assert!(
        kept == metadata,
        "cli/metadata.scale ({} bytes) isn't that of the runtime ({} bytes): `make metadata` writes it anew",
        kept.len(),
        metadata.len()
    );
}
