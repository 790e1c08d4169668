//! Whatever a whole is cut into, its parts merge to its manifest; what is no whole is refused, with the reason.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{hash_part, hash_path, merge, Hash, Manifest, ManifestError, MergeError, Options, Part};
use proptest::prelude::*;
use serde_json::{json, Value};
use std::{fs, num::NonZeroUsize, path::Path};
use tempfile::TempDir;

const BLOCK: usize = 1 << 20;

fn write(files: &[(String, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn part(folder: &Path, number: u32, of: u32) -> Part {
    let part = hash_part(folder, number, of, &Options::default()).unwrap();
    assert_eq!(Part::from_json(&part.to_json()).unwrap(), part);
    part
}

fn parts(folder: &Path, of: u32) -> Vec<Part> {
    (1..=of).map(|number| part(folder, number, of)).collect()
}

/// A GGUF file of tensors of bytes, with padding where the alignment asks for it.
fn gguf(lengths: &[usize]) -> Vec<u8> {
    let string = |text: &str| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat();
    let mut bytes = [&b"GGUF"[..], &3_u32.to_le_bytes(), &(lengths.len() as u64).to_le_bytes(), &[0; 8]].concat();
    let mut data = vec![];
    for (n, length) in lengths.iter().enumerate() {
        data.resize(data.len().next_multiple_of(32), 0);
        let (dim, offset) = ((*length as u64).to_le_bytes(), (data.len() as u64).to_le_bytes());
        bytes.extend(
            [&string(&format!("t{n}"))[..], &1_u32.to_le_bytes(), &dim, &24_u32.to_le_bytes(), &offset].concat(),
        );
        data.extend(oracle::noise(n as u64, *length));
    }
    bytes.resize(bytes.len().next_multiple_of(32), 0);
    [bytes, data].concat()
}

fn safetensors(lengths: &[usize]) -> Vec<u8> {
    let names: Vec<String> = (0..lengths.len()).map(|n| format!("t{n}")).collect();
    let shapes: Vec<[u64; 1]> = lengths.iter().map(|length| [*length as u64]).collect();
    let tensors: Vec<_> =
        names.iter().zip(&shapes).map(|(name, shape)| (name.as_str(), "U8", &shape[..], shape[0])).collect();
    oracle::safetensors_file(&tensors)
}

/// All there can be: large, small and empty files, tensors without bytes at borders and at the end.
fn whole() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("a/empty".into(), vec![]),
        ("a/large.bin".into(), oracle::noise(1, 5 * BLOCK + 4_321)),
        ("m.gguf".into(), gguf(&[3 * BLOCK, 5, 0, 2 * BLOCK + 7])),
        ("m.safetensors".into(), safetensors(&[0, 2 * BLOCK, 0, 0, 40_000, 3 * BLOCK, 0])),
        ("z".into(), vec![]),
    ];
    files.extend((0..200).map(|n| (format!("small/{n:03}"), oracle::noise(n, 300))));
    files
}

#[test]
fn any_number_of_parts_merges_to_the_manifest_of_the_whole() {
    let files = whole();
    let folder = write(&files);
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    assert_eq!(manifest.root().0, oracle::root(&files).root);
    for of in [1, 2, 3, 4, 7, 16, 19, 33] {
        let mut all = parts(folder.path(), of);
        for part in &all {
            oracle::check_part(&serde_json::from_str(&part.to_json()).unwrap(), &files);
        }
        all.reverse();
        let merged = merge(all).unwrap();
        assert_eq!(merged, manifest, "{of} parts");
        assert_eq!(merged.to_json(), manifest.to_json());
    }
}

#[test]
fn parts_have_about_the_same_size_and_large_files_are_cut() {
    let folder = write(&[("a".into(), vec![1; 64 * BLOCK])]);
    for part in parts(folder.path(), 8) {
        assert_eq!(part.counts(), (0, 1));
        let json: Value = serde_json::from_str(&part.to_json()).unwrap();
        let subtrees = json["pieces"][0]["segments"][0]["subtrees"].as_array().unwrap();
        // Eight blocks of 64 chunks, aligned: one subtree.
        assert_eq!(subtrees.len(), 1);
        assert_eq!(subtrees[0]["level"], 9);
        assert_eq!(subtrees[0]["first"], (u64::from(part.number().0) - 1) * 512);
    }
}

#[test]
fn part_without_bytes_is_a_part() {
    let folder = write(&[("a".into(), vec![1; 10])]);
    let all = parts(folder.path(), 5);
    assert_eq!(all.iter().filter(|part| part.counts() == (0, 0)).count(), 4);
    assert_eq!(merge(all).unwrap(), hash_path(folder.path(), &Options::default()).unwrap());
    let empty = write(&[("a".into(), vec![]), ("b".into(), vec![])]);
    assert_eq!(merge(parts(empty.path(), 3)).unwrap(), hash_path(empty.path(), &Options::default()).unwrap());
    // A file by itself.
    let alone = folder.path().join("a");
    assert_eq!(merge(parts(&alone, 2)).unwrap(), hash_path(&alone, &Options::default()).unwrap());
}

#[test]
fn there_is_no_part_beyond_the_last() {
    let folder = write(&[("a".into(), vec![1; 10])]);
    for (number, of) in [(0, 1), (2, 1), (0, 0), (1, 0), (1, (1 << 16) + 1), (u32::MAX, u32::MAX)] {
        let error = hash_part(folder.path(), number, of, &Options::default()).unwrap_err();
        assert!(matches!(error, ManifestError::NoSuchPart { .. }), "{error}");
    }
}

#[test]
fn progress_counts_the_bytes_of_the_part() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let folder = write(&whole());
    let total = AtomicU64::new(0);
    for number in 1..=3 {
        let (done, of) = (AtomicU64::new(0), AtomicU64::new(0));
        let progress = |at: pedigree_manifest::Progress<'_>| {
            done.fetch_max(at.done, Ordering::Relaxed);
            of.fetch_max(at.total, Ordering::Relaxed);
        };
        let options = Options { threads: NonZeroUsize::new(3), progress: Some(&progress), ..Options::default() };
        hash_part(folder.path(), number, 3, &options).unwrap();
        assert_eq!(done.load(Ordering::Relaxed), of.load(Ordering::Relaxed));
        total.fetch_add(of.into_inner(), Ordering::Relaxed);
    }
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    assert_eq!(total.into_inner(), manifest.summary().total_bytes);
}

#[test]
fn missing_and_repeated_parts_are_named() {
    let folder = write(&whole());
    let all = parts(folder.path(), 4);
    let error = |parts: &[&Part]| merge(parts.iter().map(|part| (*part).clone()).collect()).unwrap_err();
    assert_eq!(error(&[]), MergeError::MissingPart { number: 1, of: 1, missing: 1 });
    assert_eq!(error(&[&all[0], &all[3]]), MergeError::MissingPart { number: 2, of: 4, missing: 2 });
    assert_eq!(error(&[&all[0], &all[1], &all[2], &all[2]]), MergeError::PartTwice { number: 3 });
    let others = parts(folder.path(), 5);
    assert_eq!(error(&[&all[0], &others[1]]), MergeError::OtherWhole { number: 2, of: 5 });
}

#[test]
fn parts_of_other_versions_of_a_file_are_refused() {
    let metadata = |value: &str| {
        let header = format!(
            r#"{{"__metadata__":{{"v":"{value}"}},"w":{{"dtype":"U8","shape":[{0}],"data_offsets":[0,{0}]}}}}"#,
            4 * BLOCK
        );
        oracle::raw_safetensors(&header, &oracle::noise(1, 4 * BLOCK))
    };
    let renamed = String::from_utf8_lossy(&metadata("1")[..200]).replace("\"w\"", "\"x\"");
    let mut other_name = metadata("1");
    other_name[..8].copy_from_slice(&metadata("1")[..8]);
    other_name[8..100].copy_from_slice(&renamed.as_bytes()[renamed.find('{').unwrap()..][..92]);
    let folder = write(&[("m.safetensors".into(), metadata("1"))]);
    let first = part(folder.path(), 1, 2);
    for other in [metadata("2"), other_name] {
        // As long, so that paths and sizes are the same.
        fs::write(folder.path().join("m.safetensors"), other).unwrap();
        let second = part(folder.path(), 2, 2);
        let error = merge(vec![first.clone(), second]).unwrap_err();
        assert_eq!(error, MergeError::OtherVersion { path: "m.safetensors".into() });
    }
    fs::write(folder.path().join("m.safetensors"), metadata("10")).unwrap();
    let second = part(folder.path(), 2, 2);
    assert_eq!(merge(vec![first.clone(), second]).unwrap_err(), MergeError::OtherWhole { number: 2, of: 2 });
    fs::write(folder.path().join("m.safetensors"), metadata("1")).unwrap();
    fs::write(folder.path().join("more"), "").unwrap();
    let second = part(folder.path(), 2, 2);
    assert_eq!(merge(vec![first, second]).unwrap_err(), MergeError::OtherWhole { number: 2, of: 2 });
}

/// What merging says of edited parts.
fn edited(all: &[Value], edit: impl FnOnce(&mut Vec<Value>)) -> MergeError {
    let mut all = all.to_vec();
    edit(&mut all);
    all.iter()
        .map(|part| Part::from_json(&part.to_string()))
        .collect::<Result<Vec<_>, _>>()
        .and_then(merge)
        .unwrap_err()
}

#[test]
fn edited_parts_are_refused() {
    let folder = write(&[
        ("a".into(), oracle::noise(1, 8 * BLOCK + 5)),
        ("b".into(), oracle::noise(2, 100)),
        ("c.safetensors".into(), safetensors(&[0, 9 * BLOCK])),
    ]);
    let all: Vec<Value> =
        parts(folder.path(), 3).iter().map(|part| serde_json::from_str(&part.to_json()).unwrap()).collect();
    let subtrees =
        |part: &Value, piece: usize, segment: usize| part["pieces"][piece]["segments"][segment]["subtrees"].clone();
    let (a, c) = ("a".to_owned(), "c.safetensors".to_owned());
    let malformed = |error: MergeError| assert!(matches!(error, MergeError::Malformed { .. }), "{error}");

    assert_eq!(
        edited(&all, |parts| parts[1]["pieces"][0]["segments"][0]["subtrees"] = subtrees(&parts[0], 0, 0)),
        MergeError::Overlap { path: a.clone() }
    );
    assert_eq!(
        edited(&all, |parts| drop(parts[0]["pieces"][0]["segments"][0]["subtrees"].as_array_mut().unwrap().pop())),
        MergeError::Missing { path: a.clone() }
    );
    assert_eq!(
        edited(&all, |parts| drop(parts[1]["pieces"][0]["segments"][0]["subtrees"].as_array_mut().unwrap().pop())),
        MergeError::Missing { path: a.clone() }
    );
    assert_eq!(
        edited(&all, |parts| drop(parts[1]["pieces"][0]["segments"].as_array_mut().unwrap().remove(0))),
        MergeError::Missing { path: a.clone() }
    );
    assert_eq!(
        edited(&all, |parts| drop(parts[2]["pieces"].as_array_mut().unwrap().remove(0))),
        MergeError::Missing { path: c.clone() }
    );
    assert_eq!(
        edited(&all, |parts| drop(parts[1]["files"].as_array_mut().unwrap().remove(0))),
        MergeError::OtherFiles { found: 2, files: 3 }
    );
    // A file whole in one part, and whole or cut in another.
    let b = all[1]["files"][0].clone();
    assert_eq!(
        edited(&all, |parts| parts[2]["files"].as_array_mut().unwrap().push(b.clone())),
        MergeError::Overlap { path: "b".into() }
    );
    assert_eq!(
        edited(&all, |parts| {
            let mut file = b.clone();
            file["path"] = json!("a");
            parts[2]["files"].as_array_mut().unwrap().push(file);
        }),
        MergeError::Overlap { path: a.clone() }
    );
    for (field, value) in [("size", json!(5)), ("layout", json!(Hash::default()))] {
        assert_eq!(
            edited(&all, |parts| parts[0]["pieces"][0][field] = value.clone()),
            MergeError::OtherVersion { path: a.clone() }
        );
        // All alike, but not what the segments are.
        let error = edited(&all, |parts| {
            parts[0]["pieces"][0][field] = value.clone();
            parts[1]["pieces"][0][field] = value.clone();
        });
        assert!(matches!(error, MergeError::OtherVersion { .. } | MergeError::Missing { .. }), "{error}");
    }
    assert_eq!(
        edited(&all, |parts| parts[2]["pieces"][0]["segments"][0]["offset"] = json!(7)),
        MergeError::OtherVersion { path: c.clone() }
    );
    // Another header or name, wherever it says so.
    assert_eq!(
        edited(&all, |parts| parts[1]["pieces"][1]["segments"][0]["subtrees"][0]["hash"] = json!(Hash::default())),
        MergeError::OtherVersion { path: c.clone() }
    );
    // The tensor without bytes, in two parts.
    let empty = all[1]["pieces"][1]["segments"][1].clone();
    assert_eq!(empty["length"], 0);
    assert_eq!(
        edited(&all, |parts| parts[2]["pieces"][0]["segments"].as_array_mut().unwrap().insert(0, empty.clone())),
        MergeError::Overlap { path: c }
    );
    // Nonsense.
    for (first, level) in [(1, 1), (0, 64), (0, u64::from(u32::MAX)), (u64::MAX, 0), (1 << 51, 51), (1 << 40, 3)] {
        let error = edited(&all, |parts| {
            let subtree = &mut parts[0]["pieces"][0]["segments"][0]["subtrees"][0];
            subtree["first"] = json!(first);
            subtree["level"] = json!(level);
        });
        // It may be found first that there is nothing where it was.
        let told = matches!(error, MergeError::Malformed { .. } | MergeError::Missing { .. });
        assert!(told, "{first} {level}: {error}");
    }
    for (field, value) in
        [("of", json!(0)), ("of", json!(70_000)), ("number", json!(0)), ("number", json!(4)), ("format", json!("x"))]
    {
        malformed(edited(&all, |parts| parts[0][field] = value));
    }
    assert_eq!(edited(&all, |parts| parts[0]["version"] = json!(2)), MergeError::Version);
    malformed(edited(&all, |parts| parts[0]["more"] = json!(1)));
    let bad_path = edited(&all, |parts| parts[1]["files"][0]["path"] = json!("../b"));
    assert!(matches!(bad_path, MergeError::OtherFiles { .. }), "{bad_path}");
}

#[test]
fn what_is_no_part_is_refused() {
    let manifest = Manifest::default().to_json();
    for json in ["", "{}", "null", "[]", &manifest, &"[".repeat(100_000), &"{\"a\":".repeat(100_000)] {
        assert!(matches!(Part::from_json(json), Err(MergeError::Malformed { .. })));
    }
}

#[test]
fn absurd_sizes_overflow_nothing() {
    let piece = |first: u64, level: u32| {
        json!({
            "path": "a", "size": u64::MAX, "layout": Hash::default(),
            "segments": [{"index": 0, "kind": "opaque", "offset": 0, "length": u64::MAX,
                "subtrees": [{"first": first, "level": level, "hash": Hash::default()}]}],
        })
    };
    let part = |pieces: Value| {
        let json = json!({
            "format": "pedigree-manifest-part", "version": 1, "number": 1, "of": 1,
            "whole": {"listing": Hash::default(), "files": u64::MAX, "bytes": u64::MAX}, "files": [], "pieces": pieces,
        });
        merge(vec![Part::from_json(&json.to_string()).unwrap()]).unwrap_err()
    };
    assert_eq!(part(json!([piece(0, 50)])), MergeError::OtherVersion { path: "a".into() });
    assert_eq!(part(json!([piece(0, 49)])), MergeError::Missing { path: "a".into() });
    assert_eq!(part(json!([piece(1 << 49, 49)])), MergeError::Missing { path: "a".into() });
    assert_eq!(part(json!([piece(0, 50), piece(0, 50)])), MergeError::Overlap { path: "a".into() });
}

/// Sizes near where something changes.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        0_usize..40,
        (1_usize..4, -2_isize..3).prop_map(|(n, off)| (n * BLOCK).saturating_add_signed(off)),
        0_usize..3 * BLOCK,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_cut_merges_to_the_same_root_as_the_whole(
        plain in prop::collection::vec(size(), 0..4),
        tensors in prop::collection::vec(size(), 0..5),
        of in 1_u32..24,
        threads in 1_usize..5,
    ) {
        let mut files: Vec<_> =
            plain.iter().enumerate().map(|(n, size)| (format!("{n}.bin"), oracle::noise(n as u64, *size))).collect();
        files.push(("m.safetensors".into(), safetensors(&tensors)));
        files.push(("m.gguf".into(), gguf(&tensors)));
        let folder = write(&files);
        let options = Options { threads: NonZeroUsize::new(threads), ..Options::default() };
        let parts = (1..=of).map(|number| hash_part(folder.path(), number, of, &options).unwrap()).collect();
        let merged = merge(parts).unwrap();
        prop_assert_eq!(&merged, &hash_path(folder.path(), &options).unwrap());
        prop_assert_eq!(merged.root().0, oracle::root(&files).root);
    }

    #[test]
    fn parts_that_are_cut_at_any_chunk_merge(
        tensors in prop::collection::vec(0_usize..200_000, 0..4),
        plain in prop::collection::vec(0_usize..200_000, 0..3),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
    ) {
        let mut files: Vec<_> =
            plain.iter().enumerate().map(|(n, size)| (format!("{n}.bin"), oracle::noise(n as u64, *size))).collect();
        files.push(("m.safetensors".into(), safetensors(&tensors)));
        files.sort();
        let cuts = cuts.iter().map(|(file, chunk)| {
            let file = file.index(files.len());
            let borders = oracle::chunk_borders(&files[file].0, &files[file].1);
            (file, borders[chunk.index(borders.len())])
        }).collect();
        let parts: Vec<Part> = oracle::parts(&files, cuts)
            .iter()
            .map(|part| Part::from_json(&part.to_string()).unwrap())
            .collect();
        prop_assert_eq!(merge(parts).unwrap().root().0, oracle::root(&files).root);
    }

    #[test]
    fn altered_parts_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let files = [("m.safetensors".to_owned(), safetensors(&[0, 70_000, 5]))];
        let parts = oracle::parts(&files, vec![(0, oracle::chunk_borders(&files[0].0, &files[0].1)[3])]);
        let mut first = parts[0].to_string().into_bytes();
        for (index, value) in changes {
            *index.get_mut(&mut first) = value;
        }
        if let Ok(part) = Part::from_json(&String::from_utf8_lossy(&first)) {
            let second = Part::from_json(&parts[1].to_string()).unwrap();
            // A hash may be another, and then so is the root; it is a manifest all the same.
            if let Ok(manifest) = merge(vec![part, second]) {
                manifest.check().unwrap();
            }
        }
    }
}
