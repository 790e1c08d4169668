//! The roots of blocks: all of them, leading to the manifest's own roots, and nothing else accepted.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    check_layout, chunk_root, hash_path, hash_path_with_blocks, hash_path_with_sha256, with_blocks, Blocks, Content,
    InvalidManifest, Manifest, ManifestError, Options, Salt,
};
use std::fs;
use tempfile::{tempdir, TempDir};

const MIB: usize = 1 << 20;

/// Files below, at and above a block; a tensor of several blocks between two small ones; a file without bytes.
fn release() -> TempDir {
    let folder = tempdir().unwrap();
    let noise = |length: usize| (0..length).map(|index| (index * 31 + index / 251) as u8).collect::<Vec<_>>();
    for (path, length) in [("empty", 0), ("small", 100), ("one", MIB), ("over", MIB + 1), ("large.bin", 3 * MIB + 7)] {
        fs::write(folder.path().join(path), noise(length)).unwrap();
    }
    let long = (2 * MIB + 16) as u64;
    let tensors = oracle::safetensors_file(&[("a", "U8", &[3], 3), ("b", "U8", &[long], long), ("c", "U8", &[5], 5)]);
    fs::write(folder.path().join("model.safetensors"), tensors).unwrap();
    folder
}

fn hashed(folder: &TempDir) -> (Manifest, Blocks) {
    hash_path_with_blocks(folder.path(), &Options::default()).unwrap()
}

#[test]
fn every_byte_lies_in_one_block_whose_root_is_that_of_its_bytes() {
    let folder = release();
    let (manifest, blocks) = hashed(&folder);
    assert_eq!(manifest, hash_path(folder.path(), &Options::default()).unwrap());
    blocks.check(&manifest).unwrap();
    for file in &manifest.files {
        let bytes = fs::read(folder.path().join(&file.path)).unwrap();
        let mut end = 0;
        for block in blocks.of(file) {
            assert_eq!(block.offset, end, "{}", file.path);
            assert!(block.length <= MIB as u64);
            end += block.length;
            assert_eq!(chunk_root(&bytes[block.offset as usize..end as usize]), block.root, "{}", file.path);
        }
        assert_eq!(end, file.size, "{}", file.path);
    }
    assert_eq!(blocks.of(manifest.file("empty").unwrap()).count(), 1);
    assert_eq!(blocks.of(manifest.file("large.bin").unwrap()).count(), 4);
}

#[test]
fn written_blocks_are_the_same_when_read_and_the_manifest_is_still_one_without_them() {
    let (manifest, blocks) = hashed(&release());
    let json = blocks.to_json(&manifest);
    assert_eq!(Blocks::from_json(&json).unwrap(), (manifest.clone(), blocks));
    assert_eq!(Manifest::from_json(&json).unwrap(), manifest);
}

#[test]
fn blocks_that_are_not_those_of_the_manifest_are_refused() {
    let (manifest, blocks) = hashed(&release());
    let json = blocks.to_json(&manifest);
    let refused = |json: &str, file: &str| match Blocks::from_json(json) {
        Err(InvalidManifest::Blocks { path }) => assert_eq!(path, file),
        other => panic!("{file}: {other:?}"),
    };
    // None at all: those of the first file that needs some are missing.
    refused(&manifest.to_json(), "large.bin");
    let edited = |edit: &dyn Fn(&mut serde_json::Map<String, serde_json::Value>)| {
        let mut document: serde_json::Value = serde_json::from_str(&json).unwrap();
        edit(document["blocks"].as_object_mut().unwrap());
        document.to_string()
    };
    let with = |path: &'static str, edit: &dyn Fn(&str) -> String| {
        edited(&|blocks| {
            let text = blocks[path].as_str().unwrap().to_owned();
            blocks.insert(path.to_owned(), edit(&text).into());
        })
    };
    let flip = |text: &str| format!("{}{}", if text.starts_with('0') { "1" } else { "0" }, &text[1..]);
    refused(&with("over", &flip), "over");
    refused(&with("model.safetensors", &flip), "model.safetensors");
    refused(&with("over", &|text| text[64..].to_owned()), "over");
    refused(&with("over", &|text| format!("{text}{}", &text[..64])), "over");
    refused(&with("over", &|text| text[1..].to_owned()), "over");
    refused(&with("over", &|_| "zz".repeat(64)), "over");
    // Blocks of a file that needs none, or that is not there.
    refused(&edited(&|blocks| drop(blocks.insert("small".into(), "00".repeat(32).into()))), "small");
    refused(&edited(&|blocks| drop(blocks.insert("../nowhere".into(), "".into()))), "../nowhere");
}

#[test]
fn a_file_is_cut_as_its_own_header_asks_and_not_as_a_manifest_says() {
    let folder = release();
    let (mut manifest, _) = hashed(&folder);
    for file in &manifest.files {
        check_layout(file, &folder.path().join(&file.path)).unwrap();
    }
    let file = manifest.files.iter_mut().find(|file| file.path == "model.safetensors").unwrap();
    let Content::Tensor(tensor) = &mut file.segments[1].content else { panic!("a header, then tensors") };
    tensor.name = "z".to_owned();
    let error = check_layout(file, &folder.path().join("model.safetensors")).unwrap_err();
    assert!(matches!(error, ManifestError::OtherLayout { .. }), "{error}");
}

#[test]
fn a_salted_manifest_has_no_blocks() {
    let folder = release();
    let salt = Salt::from([7; 32]);
    let manifest = hash_path(folder.path(), &Options { salt: Some(&salt), ..Options::default() }).unwrap();
    let json = Blocks::default().to_json(&manifest);
    assert_eq!(json, manifest.to_json());
    assert_eq!(Blocks::from_json(&json).unwrap(), (manifest.clone(), Blocks::default()));
    let (_, others) = hashed(&folder);
    assert_eq!(others.to_json(&manifest), json);
    assert!(matches!(others.check(&manifest), Err(InvalidManifest::Blocks { .. })));
}

#[test]
fn blocks_and_sha256_come_from_one_pass() {
    let folder = release();
    let hash = |options: &Options<'_>| hash_path_with_sha256(folder.path(), options);
    let ((manifest, digests), blocks) = with_blocks(&Options::default(), hash).unwrap();
    assert_eq!((manifest.clone(), blocks), hashed(&folder));
    assert_eq!(digests.len(), manifest.files.len());
}
