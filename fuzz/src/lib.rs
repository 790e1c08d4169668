//! What the fuzz targets do with their bytes: read them as what a stranger may send, and hold what was accepted against
//! the rules. `manifest/tests/fuzz_corpus.rs` runs the same functions over the kept inputs, with the stable compiler.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use pedigree_manifest::{hash_bytes, merge, Hash, Manifest, Part, Proof};

/// A target: its name, which is also that of its folder of inputs, and what it does with one.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 4] = [("safetensors", safetensors), ("gguf", gguf), ("proof", proof), ("part", part)];

pub fn safetensors(bytes: &[u8]) {
    file("m.safetensors", bytes);
}

pub fn gguf(bytes: &[u8]) {
    file("m.gguf", bytes);
}

/// What is accepted as a file of tensors has a manifest that keeps all rules, and every tensor a proof.
fn file(path: &str, bytes: &[u8]) {
    let Ok(file) = hash_bytes(path, bytes) else { return };
    let manifest = Manifest { files: vec![file], salted: false };
    manifest.check().unwrap();
    assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);
    let root = manifest.root();
    for tensor in manifest.tensors().iter().take(3) {
        let proof = manifest.prove_tensor(tensor.name, None).unwrap();
        let at = usize::try_from(tensor.offset).unwrap();
        let length = usize::try_from(tensor.length).unwrap();
        let tensor = bytes.get(at..).and_then(|rest| rest.get(..length)).unwrap();
        proof.verify_bytes(&root, tensor).unwrap();
    }
}

/// What is accepted as a proof is the same when written again, and verifies without a panic, for whatever root and bytes.
pub fn proof(bytes: &[u8]) {
    let json = core::str::from_utf8(bytes).ok();
    let proofs = [Proof::from_bytes(bytes).ok(), json.and_then(|json| Proof::from_json(json).ok())];
    for proof in proofs.into_iter().flatten() {
        assert_eq!(Proof::from_bytes(&proof.to_bytes()).unwrap(), proof);
        assert_eq!(Proof::from_json(&proof.to_json()).unwrap(), proof);
        for root in [proof.root(), Hash::default()] {
            for chunk in [&[][..], bytes] {
                let _ = proof.verify(&root, chunk);
            }
        }
    }
}

/// What is accepted as a part is the same when written again; what it merges to, if to anything, keeps all rules.
pub fn part(bytes: &[u8]) {
    let Ok(json) = core::str::from_utf8(bytes) else { return };
    let Ok(part) = Part::from_json(json) else { return };
    assert_eq!(Part::from_json(&part.to_json()).unwrap(), part);
    if let Ok(manifest) = merge(vec![part]) {
        manifest.check().unwrap();
    }
}
