//! Headers that lie. (Each kind of lie has a vector of its own, `refused-*.json`; here are those that are too large to write
//! down, and all the others.)

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    hash_bytes, hash_path, GgufProblem, InvalidManifest, Manifest, ManifestError, Options, SafetensorsProblem,
    ShapeProblem,
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

/// The header of a GGUF file of one tensor of two rows, at alignment 1.
fn header(version: u32, values: &[u8], value_count: u64, (row, number): (u64, u32)) -> Vec<u8> {
    let mut bytes = [&b"GGUF"[..], &version.to_le_bytes(), &1_u64.to_le_bytes(), &value_count.to_le_bytes()].concat();
    bytes.extend(values);
    bytes.extend([&1_u64.to_le_bytes()[..], b"t", &2_u32.to_le_bytes(), &row.to_le_bytes()].concat());
    bytes.extend([&2_u64.to_le_bytes()[..], &number.to_le_bytes(), &0_u64.to_le_bytes()].concat());
    bytes
}

/// The file, with so many bytes of it.
fn one_tensor(version: u32, tensor: (u64, u32), length: u64) -> Vec<u8> {
    let mut bytes = header(version, &[], 0, tensor);
    bytes.resize(bytes.len().next_multiple_of(32), 0);
    bytes.resize(bytes.len() + length as usize, 7);
    bytes
}

fn problem(bytes: &[u8]) -> GgufProblem {
    match hash("m.gguf", bytes) {
        Err(ManifestError::Gguf { problem, .. }) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_type_of_ggml_has_its_name_and_its_bytes_and_no_half_blocks() {
    for (number, dtype, block, size) in oracle::GGML_TYPES {
        // Two rows of three blocks.
        let length = 2 * 3 * size;
        let file = |length: u64| one_tensor(3, (3 * block, number), length);
        hash("m.gguf", &file(length)).unwrap();
        let found = hash_bytes("m.gguf", &file(length)).unwrap();
        let tensor = found.tensors().next().unwrap();
        assert_eq!((tensor.dtype, tensor.shape, tensor.length), (dtype, &[2, 3 * block][..], length));
        assert!(matches!(problem(&file(length - 1)), GgufProblem::BeyondFile { .. }), "{dtype}");
        assert!(matches!(problem(&file(length + 32)), GgufProblem::TrailingBytes { .. }), "{dtype}");
        if block > 1 {
            // As many elements in all, but a block would go from one row to the next.
            let half = one_tensor(3, (block / 2, number), size);
            let expected = ShapeProblem::Misaligned;
            assert!(matches!(problem(&half), GgufProblem::Shape { problem, .. } if problem == expected), "{dtype}");
        }
    }
}

#[test]
fn a_number_that_ggml_took_back_or_never_gave_is_refused() {
    let known: Vec<u32> = oracle::GGML_TYPES.iter().map(|(number, ..)| *number).collect();
    for number in (0..300).chain([1 << 16, u32::MAX]).filter(|number| !known.contains(number)) {
        let withdrawn = [4, 5, 31, 32, 33, 36, 37, 38].contains(&number);
        match problem(&one_tensor(3, (256, number), 4096)) {
            GgufProblem::WithdrawnType { name, number: told } => {
                assert_eq!((name.as_str(), told, withdrawn), ("t", number, true));
            }
            GgufProblem::TensorType { name, number: told } => {
                assert_eq!((name.as_str(), told, withdrawn), ("t", number, false));
            }
            other => panic!("{number}: {other}"),
        }
    }
}

#[test]
fn versions_two_and_three_are_read_in_one_byte_order() {
    let file = |version: u32| one_tensor(version, (1, 24), 2);
    assert_eq!(
        hash_bytes("m.gguf", &file(2)).unwrap().segments[1],
        hash_bytes("m.gguf", &file(3)).unwrap().segments[1]
    );
    for version in [0, 1, 4, 0x0100_0000, 0x0400_0000, u32::MAX] {
        assert_eq!(problem(&file(version)), GgufProblem::Version(version));
    }
    for version in [2_u32, 3] {
        assert_eq!(problem(&file(version.swap_bytes())), GgufProblem::BigEndian(version));
    }
}

#[test]
fn alignment_is_a_power_of_two_up_to_a_megabyte() {
    let file = |alignment: u32| {
        let value = [&17_u64.to_le_bytes()[..], b"general.alignment", &4_u32.to_le_bytes(), &alignment.to_le_bytes()];
        let mut bytes = header(3, &value.concat(), 1, (1, 24));
        bytes.resize(bytes.len().next_multiple_of(alignment.clamp(1, 1 << 21) as usize), 0);
        let begin = bytes.len() as u64;
        bytes.extend([7, 7]);
        (bytes, begin)
    };
    for alignment in [1, 2, 8, 16, 32, 64, 4096, 1 << 20] {
        let (bytes, begin) = file(alignment);
        hash("m.gguf", &bytes).unwrap();
        assert_eq!(hash_bytes("m.gguf", &bytes).unwrap().segments[1].offset, begin, "{alignment}");
    }
    for alignment in [0, 3, 7, 24, 33, (1 << 20) + 1, 1 << 21, 1 << 31, u32::MAX] {
        assert_eq!(problem(&file(alignment).0), GgufProblem::Alignment, "{alignment}");
    }
}

#[test]
fn no_offset_but_the_one_that_follows_is_accepted() {
    let good = gguf();
    hash("m.gguf", &good).unwrap();
    // The offsets of `b` (32) and `a` (0), of two tensors.
    let at = |offset: u64| {
        good.windows(12).position(|bytes| bytes == [&24_u32.to_le_bytes()[..], &offset.to_le_bytes()].concat())
    };
    for (place, own) in [(at(32).unwrap() + 4, 32_u64), (at(0).unwrap() + 4, 0)] {
        let near = (0..200).chain((0..64).map(|bit| 1_u64 << bit)).chain((0..200).map(|back| u64::MAX - back));
        for offset in near.filter(|offset| *offset != own) {
            let mut bytes = good.clone();
            bytes[place..place + 8].copy_from_slice(&offset.to_le_bytes());
            let problem = problem(&bytes);
            assert!(matches!(problem, GgufProblem::Offset { .. }), "{own} -> {offset}: {problem}");
        }
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
