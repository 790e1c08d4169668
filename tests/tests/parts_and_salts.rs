//! What the command line makes of a release besides its root: parts, SHA-256, proofs of absence, salts.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pedigree_tests::files::{self, MODEL};
use pedigree_tests::{Node, Pedigree};
use serde_json::{json, Value};

const NO: i32 = 1;
const USAGE: i32 = 2;
const INPUT: i32 = 6;

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// A model with 3 MiB of other weights, so that it can be cut within a file; and a place beside it.
fn release() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    files::write_model(&model, "tiny", &MODEL);
    let noise: Vec<u8> = (0..3_000_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    fs::write(model.join("large.bin"), noise).unwrap();
    fs::write(model.join("empty"), "").unwrap();
    (folder, model)
}

#[test]
fn parts_merge_to_the_manifest_of_the_whole() {
    let (folder, model) = release();
    let at = |name: &str| folder.path().join(name);
    let user = Pedigree::new();
    let whole = user.json(&["hash", text(&model), "-o", text(&at("whole.json"))]);
    let part = |number: &str, name: &str| {
        let path = at(name);
        (user.json(&["hash", text(&model), "--part", number, "-o", text(&path)]), text(&path).to_owned())
    };
    let ((one, first), (_, second)) = (part("1/2", "1.json"), part("2/2", "2.json"));
    assert_eq!(one["pieces"], json!(1), "nothing was cut");
    for order in [[&first, &second], [&second, &first]] {
        let merged = user.json(&["merge", order[0], order[1], "-o", text(&at("merged.json"))]);
        for field in ["root", "files", "tensors", "bytes"] {
            assert_eq!(merged[field], whole[field], "{field}");
        }
    }
    // The same manifest, but for the hashes of blocks.
    let read = |name: &str| serde_json::from_slice::<Value>(&fs::read(at(name)).unwrap()).unwrap();
    let (mut expected, merged) = (read("whole.json"), read("merged.json"));
    assert!(expected.as_object_mut().unwrap().remove("blocks").is_some());
    assert_eq!(merged, expected);
    // It is good for proofs, and says what it lacks for fetching.
    let (merged, to) = (at("merged.json"), at("to"));
    let prove = ["prove", text(&model), "--tensor", MODEL[0].name, "--manifest", text(&merged)];
    let proof = user.run(&prove).code(0).stdout;
    fs::write(at("proof"), proof).unwrap();
    let root = whole["root"].as_str().unwrap();
    user.run(&["verify-proof", text(&at("proof")), "--root", root]).code(0);
    let pull = ["pull", root, "--from", text(&model), "--to", text(&to), "--manifest", text(&merged)];
    user.run(&pull).code(INPUT).says("large.bin").says("pedigree hash -o");

    let third = part("3/3", "3.json").1;
    user.run(&["merge", &first]).code(INPUT).says("part 2 of 2 is missing").says("--part");
    user.run(&["merge", &first, &second, &first]).code(INPUT).says("part 1 is there twice");
    user.run(&["merge", &first, &third]).code(INPUT).says("cut from other files").says("same number of parts");
    user.run(&["merge", text(&at("whole.json")), &second]).code(INPUT).says("whole.json");
    user.run(&["hash", text(&model), "--part", "3/2", "-o", text(&at("x"))]).code(USAGE).says("3/2");
    fs::write(model.join("config.json"), "other").unwrap();
    let changed = part("2/2", "changed.json").1;
    user.run(&["merge", &first, &changed]).code(INPUT).says("cut from other files");
    assert!(!at("x").exists());
}

#[test]
fn sha256_is_that_of_coreutils() {
    let (_folder, model) = release();
    let user = Pedigree::new();
    let hashed = user.json(&["hash", text(&model), "--digest", "sha256"]);
    let digests = hashed["digests"].as_array().unwrap();
    assert_eq!(digests.len() as u64, hashed["files"].as_u64().unwrap());
    for file in digests {
        let path = model.join(file["path"].as_str().unwrap());
        let output = Command::new("sha256sum").arg(&path).output().expect("sha256sum is there");
        let theirs = String::from_utf8(output.stdout).unwrap();
        assert_eq!(theirs.split(' ').next(), file["sha256"].as_str(), "{}", path.display());
    }
    // The lines are those that sha256sum checks.
    let answer = user.run(&["hash", text(&model), "--digest", "sha256", "--quiet"]).code(0).stdout;
    let lines: Vec<&str> = answer.lines().filter(|line| line.get(64..66) == Some("  ")).collect();
    assert_eq!(lines.len(), digests.len());
    let sums = tempfile::NamedTempFile::new().unwrap();
    fs::write(sums.path(), lines.join("\n") + "\n").unwrap();
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--strict", "--status"]).arg(sums.path()).current_dir(&model);
    assert!(check.status().expect("sha256sum is there").success());
    assert_eq!(user.json(&["hash", text(&model)])["root"], hashed["root"]);
}

#[test]
fn the_absence_of_a_name_is_proven_offline() {
    let (folder, model) = release();
    let proof = folder.path().join("absent.json");
    let user = Pedigree::new();
    let absent = "encoder.layer.0.lora.weight";
    let proved = user.json(&["prove", text(&model), "--absent", absent, "-o", text(&proof)]);
    let root = proved["root"].as_str().unwrap();
    user.run(&["verify-proof", text(&proof), "--root", root]).code(0).says("no tensor named").says(absent);
    let other = format!("0x{}", "ab".repeat(32));
    user.run(&["verify-proof", text(&proof), "--root", &other]).code(NO).says("not proven");
    user.run(&["prove", text(&model), "--absent", MODEL[1].name]).code(NO).says(MODEL[1].name);
    user.run(&["verify-proof", text(&proof), "--path", text(&model)]).code(USAGE).says("leave --path out");
    // Of another name it says nothing.
    let json = fs::read_to_string(&proof).unwrap();
    fs::write(&proof, json.replace(absent, MODEL[1].name)).unwrap();
    user.run(&["verify-proof", text(&proof), "--root", root]).code(NO).says("not proven");
}

#[test]
fn a_salted_release_is_found_with_its_salt_only() {
    let node = Node::dev();
    let (folder, model) = release();
    let at = |name: &str| folder.path().join(name);
    let bob = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let name = "hf:pedigree-demo/secret";
    let (salt, other) = (at("salt"), at("other"));
    let register = ["register", "model", name, text(&model), "--licence", "MIT", "--new-salt", text(&salt)];
    let registered = bob.json(&register);
    let root = registered["release"]["manifest"]["root"].as_str().unwrap();
    assert_eq!(registered["release"]["card"], Value::Null, "the card is one of the files");

    let anyone = Pedigree::new().at(&node.url());
    let plain = anyone.json(&["hash", text(&model), "-o", text(&at("plain.json"))]);
    assert_ne!(plain["root"], json!(root));
    anyone.run(&["verify", text(&model)]).code(NO).says("no registered release");
    anyone.run(&["verify", text(&model), "--salt-file", text(&salt)]).code(0).says("hf:pedigree-demo/secret@1");
    anyone.run(&["hash", text(&model), "--new-salt", text(&other)]).code(0);
    anyone.run(&["verify", text(&model), "--salt-file", text(&other)]).code(NO).says("no registered release");
    anyone.run(&["verify", text(&model), "--salt-file", text(&salt), "--against", name]).code(0);

    // A proof made with the salt needs it no more.
    let proof = at("proof.json");
    let prove = ["prove", text(&model), "--tensor", MODEL[0].name, "-o", text(&proof), "--salt-file", text(&salt)];
    assert_eq!(anyone.json(&prove)["root"], json!(root));
    anyone.run(&["verify-proof", text(&proof)]).code(0).says("hf:pedigree-demo/secret@1");
    anyone.run(&["verify-proof", text(&proof), "--path", text(&model)]).code(0);

    // Its files can't be checked without the salt while they arrive: whoever kept the manifest, or is given it.
    let manifest = at("salted.json");
    anyone.run(&["hash", text(&model), "--salt-file", text(&salt), "-o", text(&manifest)]).code(0);
    let to = at("to");
    let pull = ["pull", name, "--from", text(&model), "--to", text(&to)];
    bob.run(&pull).code(INPUT).says("is salted").says("--salt-file");
    anyone.run(&[&pull[..], &["--manifest", text(&manifest)]].concat()).code(INPUT).says("is salted");
    fs::copy(&manifest, at("model.manifest.json")).unwrap();
    anyone.run(&pull).code(INPUT).says("is salted");
    assert!(!to.exists(), "something was fetched");
}
