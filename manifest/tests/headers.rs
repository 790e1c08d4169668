//! Headers that lie. (Each kind of lie has a vector of its own, `refused-*.json`; here are those that are too large to write
//! down, and all the others.)

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    hash_bytes, hash_path, GgufProblem, InvalidManifest, Manifest, ManifestError, Options, SafetensorsProblem,
};
use proptest::prelude::*;
use std::fs;

fn hash(name: &str, bytes: &[u8]) -> Result<(), ManifestError> {
    // The same from memory as from a file.
    let at_hand = hash_bytes(name, bytes);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let manifest = hash_path(folder.path(), &Options::default());
    assert_eq!(at_hand.as_ref().err().map(ToString::to_string), manifest.as_ref().err().map(ToString::to_string));
    let manifest = manifest?;
    manifest.check().unwrap();
    assert_eq!(manifest.files, [at_hand.unwrap()]);
    // What is accepted is what the slow implementation sees, too.
    let files = [(name.to_owned(), bytes.to_vec())];
    assert_eq!(manifest.root().0, oracle::root(&files).root);
    Ok(())
}

/// Truncated anywhere, a file is an error and never a panic.
fn refused_at_every_length(name: &str, bytes: &[u8]) {
    hash(name, bytes).unwrap();
    for length in 0..bytes.len() {
        assert!(hash(name, &bytes[..length]).is_err(), "{name} of {length} bytes");
    }
}

#[test]
fn safetensors_is_refused_when_truncated_anywhere() {
    let bytes = oracle::safetensors_file(&[("a", "F32", &[3], 12), ("b", "BF16", &[2, 2], 8)]);
    refused_at_every_length("m.safetensors", &bytes);
}

#[test]
fn header_longer_than_the_limit_is_refused_without_being_read() {
    // The file really is that long, but has no blocks on disk.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.safetensors");
    fs::write(&path, 100_000_001_u64.to_le_bytes()).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(200_000_000).unwrap();
    match hash_path(folder.path(), &Options::default()) {
        Err(ManifestError::Safetensors { path, problem }) => {
            assert_eq!(path, "m.safetensors");
            assert_eq!(problem, SafetensorsProblem::HeaderTooLong { header: 100_000_001 });
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn header_of_a_hundred_megabytes_of_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.safetensors");
    fs::write(&path, 100_000_000_u64.to_le_bytes()).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(100_000_008).unwrap();
    let error = hash_path(folder.path(), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("does not begin with"), "{error}");
}

#[test]
fn deep_json_is_refused_and_not_followed() {
    for depth in [1, 100, 1_000, 1_000_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            // Nothing is wrong with it but its form.
            let deep = format!("{}0{}", open.repeat(depth), close.repeat(depth));
            for header in [
                format!("{{\"__metadata__\":{{\"k\":{deep}}}}}"),
                format!("{{\"t\":{{\"dtype\":{deep},\"shape\":[0],\"data_offsets\":[0,0]}}}}"),
                format!("{{\"t\":{{\"dtype\":\"U8\",\"shape\":{{\"a\":{deep}}},\"data_offsets\":[0,0]}}}}"),
                format!("{{\"t\":{{\"dtype\":\"U8\",\"shape\":[{deep}],\"data_offsets\":[0,0]}}}}"),
            ] {
                match hash("m.safetensors", &oracle::raw_safetensors(&header, &[])) {
                    Err(ManifestError::Safetensors { problem: SafetensorsProblem::Header { reason }, .. }) => {
                        assert!(reason.starts_with("invalid type"), "{depth} of {open}: {reason}");
                    }
                    other => panic!("{depth} of {open}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn deep_json_is_no_manifest_and_not_followed() {
    for depth in [200, 1_000_000] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        // In the place of what is read, and of what is ignored.
        for json in
            ["[".repeat(depth), deep.clone(), format!("{{\"files\":{deep}}}"), format!("{{\"unknown\":{deep}}}")]
        {
            let error = Manifest::from_json(&json).unwrap_err();
            assert!(matches!(error, InvalidManifest::Json { .. }), "{error}");
        }
    }
}

#[test]
fn error_names_the_file_and_the_tensor() {
    let header = r#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#;
    let error = hash("m.safetensors", &oracle::raw_safetensors(header, &[0; 4])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "m.safetensors: not a valid safetensors file: tensor \"w\": its shape needs 8 bytes, its offsets span 4"
    );
}

/// A GGUF file of two tensors.
fn gguf() -> Vec<u8> {
    let string = |text: &str| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat();
    let tensor = |name: &str, dim: u64, offset: u64| {
        [&string(name)[..], &1_u32.to_le_bytes(), &dim.to_le_bytes(), &24_u32.to_le_bytes(), &offset.to_le_bytes()]
            .concat()
    };
    let mut bytes = [&b"GGUF"[..], &3_u32.to_le_bytes(), &2_u64.to_le_bytes(), &2_u64.to_le_bytes()].concat();
    bytes.extend([string("k"), 8_u32.to_le_bytes().to_vec(), string("value")].concat());
    bytes.extend([string("list"), 9_u32.to_le_bytes().to_vec(), 8_u32.to_le_bytes().to_vec()].concat());
    bytes.extend([2_u64.to_le_bytes().to_vec(), string("x"), string("yz")].concat());
    bytes.extend(tensor("b", 5, 32));
    bytes.extend(tensor("a", 20, 0));
    bytes.resize(bytes.len().next_multiple_of(32), 0);
    bytes.extend([7; 37]);
    bytes
}

#[test]
fn gguf_is_refused_when_truncated_anywhere() {
    refused_at_every_length("m.gguf", &gguf());
}

/// A GGUF file that says what it has and then is all zeros, with no blocks on disk.
fn sparse_gguf(begin: &[u8], size: u64) -> ManifestError {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.gguf");
    fs::write(&path, begin).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(size).unwrap();
    hash_path(folder.path(), &Options::default()).unwrap_err()
}

#[test]
fn gguf_header_ends_at_the_limit_whatever_it_counts() {
    let begin = |tensors: u64, values: u64| {
        [&b"GGUF"[..], &3_u32.to_le_bytes(), &tensors.to_le_bytes(), &values.to_le_bytes()].concat()
    };
    let key = |kind: u32| [&1_u64.to_le_bytes()[..], b"k", &kind.to_le_bytes()].concat();
    let array = |kind: u32| [&key(9)[..], &kind.to_le_bytes(), &u64::MAX.to_le_bytes()].concat();
    let size = 1 << 30;
    for (what, bytes) in [
        ("a string", [begin(0, 1), key(8), (300_u64 << 20).to_le_bytes().to_vec()].concat()),
        ("numbers", [&begin(0, 1)[..], &key(9), &10_u32.to_le_bytes(), &(40_u64 << 20).to_le_bytes()].concat()),
        ("empty strings", [begin(0, 1), array(8)].concat()),
        ("empty arrays", [begin(0, 1), array(9)].concat()),
        ("empty keys", begin(0, u64::MAX)),
    ] {
        match sparse_gguf(&bytes, size) {
            ManifestError::Gguf { problem: GgufProblem::HeaderTooLong, .. } => {}
            other => panic!("{what}: {other:?}"),
        }
    }
    // Tensors without a name: the second has the name of the first, but first all would have to fit.
    let error = sparse_gguf(&begin(u64::MAX, 0), 1 << 20);
    assert!(matches!(error, ManifestError::Gguf { problem: GgufProblem::HeaderBeyondFile, .. }), "{error:?}");
}

#[test]
fn gguf_arrays_are_followed_four_deep_and_no_deeper() {
    let nested = |depth: usize| {
        let mut bytes = [&b"GGUF"[..], &3_u32.to_le_bytes(), &0_u64.to_le_bytes(), &1_u64.to_le_bytes()].concat();
        bytes.extend([&1_u64.to_le_bytes()[..], b"k", &9_u32.to_le_bytes()].concat());
        for _ in 1..depth {
            bytes.extend([&9_u32.to_le_bytes()[..], &1_u64.to_le_bytes()].concat());
        }
        bytes.extend([&0_u32.to_le_bytes()[..], &1_u64.to_le_bytes(), &[7]].concat());
        bytes
    };
    for depth in 1..=4 {
        hash("m.gguf", &nested(depth)).unwrap();
    }
    for depth in [5, 6, 1_000, 1_000_000] {
        let error = hash("m.gguf", &nested(depth)).unwrap_err();
        assert!(matches!(error, ManifestError::Gguf { problem: GgufProblem::Nesting, .. }), "{depth}: {error}");
    }
}

fn no_panic(name: &str, bytes: &[u8]) {
    // The slow implementation trusts its input, so it is not asked.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    if let Ok(manifest) = hash_path(folder.path(), &Options::default()) {
        manifest.check().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        no_panic("m.safetensors", &bytes);
        no_panic("m.gguf", &[b"GGUF\x03\0\0\0", &bytes[..]].concat());
        let header = String::from_utf8_lossy(&bytes);
        no_panic("m.safetensors", &oracle::raw_safetensors(&format!("{{{header}"), &[]));
    }

    #[test]
    fn altered_headers_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let tensors = oracle::safetensors_file(&[("a", "F32", &[3], 12), ("b", "F4", &[2, 2], 2)]);
        for (name, mut bytes) in [("m.safetensors", tensors), ("m.gguf", gguf())] {
            for (index, value) in &changes {
                *index.get_mut(&mut bytes) = *value;
            }
            no_panic(name, &bytes);
        }
    }
}
