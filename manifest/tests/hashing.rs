//! One pass over the bytes gives the same manifest whatever the threads, the sizes and the order; and it is the one that the
//! slow implementation says.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{chunk_root, hash_path, hash_path_with_sha256, Hash, ManifestError, Options};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::{
    fs,
    num::NonZeroUsize,
    path::Path,
    sync::{
        atomic::{AtomicU64, Ordering},
        Mutex,
    },
};

const BLOCK: usize = 1 << 20;

fn hash_with(threads: usize, folder: &Path) -> Hash {
    let options = Options { threads: NonZeroUsize::new(threads), ..Options::default() };
    let manifest = hash_path(folder, &options).unwrap();
    manifest.check().unwrap();
    manifest.root()
}

fn write(folder: &Path, files: &[(String, Vec<u8>)]) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Sizes near where something changes: chunks, blocks, what one thread takes whole.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        0_usize..40,
        (0_usize..5, -2_isize..3).prop_map(|(n, off)| (n * 16_384).saturating_add_signed(off)),
        (1_usize..4, -2_isize..3).prop_map(|(n, off)| (n * BLOCK).saturating_add_signed(off)),
        0_usize..3 * BLOCK,
    ]
}

/// A safetensors file of tensors of such sizes.
fn model() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec((size(), "[a-c]{1,3}"), 0..6).prop_map(|tensors| {
        let mut named = std::collections::BTreeMap::new();
        named.extend(tensors.into_iter().map(|(size, name)| (name, size as u64)));
        let shapes: Vec<_> = named.iter().map(|(name, size)| (name.as_str(), [*size])).collect();
        let tensors: Vec<_> = shapes.iter().map(|(name, shape)| (*name, "U8", &shape[..], shape[0])).collect();
        oracle::safetensors_file(&tensors)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_folder_has_the_root_that_the_slow_implementation_says(
        plain in prop::collection::btree_map("[a-d]{1,2}", size(), 0..6),
        models in prop::collection::btree_map("m[a-d]{1,2}\\.safetensors", model(), 0..3),
        threads in 1_usize..6,
    ) {
        let mut files: Vec<(String, Vec<u8>)> = plain
            .into_iter()
            .map(|(path, size)| (path, oracle::noise(size as u64, size)))
            .chain(models)
            .collect();
        files.push(("sub/folder/file".into(), vec![1]));
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files);
        let expected = Hash(oracle::root(&files).root);
        prop_assert_eq!(hash_with(threads, folder.path()), expected);
        // The same root when SHA-256 is asked for as well, and the digests that others have.
        let options = Options { threads: NonZeroUsize::new(threads), ..Options::default() };
        let (manifest, digests) = hash_path_with_sha256(folder.path(), &options).unwrap();
        prop_assert_eq!(manifest.root(), expected);
        prop_assert_eq!(digests.len(), files.len());
        for (file, digest) in manifest.files.iter().zip(digests) {
            let (_, bytes) = files.iter().find(|(path, _)| *path == file.path).unwrap();
            let other: [u8; 32] = Sha256::digest(bytes).into();
            prop_assert_eq!(digest, other);
        }
    }

    #[test]
    fn bytes_in_memory_have_the_chunk_root_of_the_slow_implementation(size in size()) {
        let bytes = oracle::noise(7, size);
        prop_assert_eq!(chunk_root(&bytes), Hash(oracle::chunk_root(&bytes)));
    }
}

#[test]
fn number_of_threads_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![
        ("large.bin".to_owned(), oracle::noise(1, 9 * BLOCK + 12_345)),
        (
            "model.safetensors".to_owned(),
            oracle::safetensors_file(&[
                ("a", "F32", &[1_000_000], 4_000_000),
                ("b", "U8", &[1], 1),
                ("c", "U8", &[0], 0),
                ("d", "U8", &[3 * BLOCK as u64], 3 * BLOCK as u64),
            ]),
        ),
    ];
    files.extend((0..3000_u64).map(|n| (format!("small/{n}"), oracle::noise(n, n as usize % 700))));
    write(folder.path(), &files);
    let expected = Hash(oracle::root(&files).root);
    for threads in [1, 2, 3, 8, 33] {
        assert_eq!(hash_with(threads, folder.path()), expected, "{threads} threads");
    }
}

#[test]
fn many_tiny_tensors_in_a_large_file_are_hashed_right() {
    let names: Vec<String> = (0..40_000).map(|n| format!("t{n:05}")).collect();
    let tensors: Vec<_> = names.iter().map(|name| (name.as_str(), "U8", &[30_u64][..], 30)).collect();
    let files = vec![("m.safetensors".to_owned(), oracle::safetensors_file(&tensors))];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    assert!(files[0].1.len() > 2 * BLOCK);
    assert_eq!(hash_with(3, folder.path()), Hash(oracle::root(&files).root));
}

#[test]
fn sha_256_is_the_one_that_everybody_knows() {
    let folder = tempfile::tempdir().unwrap();
    // FIPS 180-2's own examples: three bytes, and a million of one letter.
    write(folder.path(), &[("a".into(), b"abc".to_vec()), ("b".into(), vec![b'a'; 1_000_000]), ("c".into(), vec![])]);
    let (_, digests) = hash_path_with_sha256(folder.path(), &Options::default()).unwrap();
    let digests: Vec<String> = digests.iter().map(hex::encode).collect();
    assert_eq!(
        digests,
        [
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ]
    );
}

#[test]
fn several_large_files_get_their_own_sha_256_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> =
        (0..7).map(|n| (format!("{n}"), oracle::noise(n, (n as usize + 1) * BLOCK + n as usize))).collect();
    write(folder.path(), &files);
    let expected: Vec<[u8; 32]> = files.iter().map(|(_, bytes)| Sha256::digest(bytes).into()).collect();
    for threads in [1, 2, 3, 8, 33] {
        let (last, progress) = (AtomicU64::new(0), AtomicU64::new(0));
        let count = |at: pedigree_manifest::Progress<'_>| {
            last.fetch_max(at.done, Ordering::Relaxed);
            progress.fetch_max(at.total, Ordering::Relaxed);
        };
        let options = Options { threads: NonZeroUsize::new(threads), progress: Some(&count), ..Options::default() };
        let (_, digests) = hash_path_with_sha256(folder.path(), &options).unwrap();
        assert_eq!(digests, expected, "{threads} threads");
        assert_eq!(last.into_inner(), progress.into_inner());
    }
}

#[test]
fn progress_counts_every_byte_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a".into(), vec![1; 5 * BLOCK + 1]), ("b".into(), vec![2; 100]), ("c".into(), vec![])]);
    let (last, paths) = (AtomicU64::new(0), Mutex::new(std::collections::BTreeSet::new()));
    let progress = |at: pedigree_manifest::Progress<'_>| {
        assert_eq!(at.total, 5 * BLOCK as u64 + 101);
        last.fetch_max(at.done, Ordering::Relaxed);
        paths.lock().unwrap().insert(at.path.to_owned());
    };
    let options = Options { progress: Some(&progress), ..Options::default() };
    hash_path(folder.path(), &options).unwrap();
    assert_eq!(last.into_inner(), 5 * BLOCK as u64 + 101);
    assert!(paths.into_inner().unwrap().contains("a"));
}

#[test]
fn panic_in_the_callback_ends_the_call_and_not_in_a_deadlock() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a".into(), vec![1; 5 * BLOCK]), ("b".into(), vec![2; 5 * BLOCK])]);
    let path = folder.path().to_owned();
    let thread = std::thread::spawn(move || {
        let progress = |_: pedigree_manifest::Progress<'_>| panic!("the caller's mistake");
        let options = Options { threads: NonZeroUsize::new(4), progress: Some(&progress), ..Options::default() };
        hash_path(&path, &options).map(drop)
    });
    assert!(thread.join().is_err());
}

/// Does something to the folder while it is being hashed, after the first megabyte.
fn hash_while(folder: &Path, act: impl Fn() + Sync) -> Result<(), ManifestError> {
    let first = AtomicU64::new(0);
    let progress = |_: pedigree_manifest::Progress<'_>| {
        if first.fetch_add(1, Ordering::SeqCst) == 0 {
            act();
        }
    };
    let options = Options { threads: NonZeroUsize::new(1), progress: Some(&progress), ..Options::default() };
    hash_path(folder, &options).map(drop)
}

#[test]
fn file_that_shrinks_grows_changes_or_vanishes_is_an_error() {
    type Act = fn(&Path);
    let acts: [(&str, Act); 4] = [
        ("shrinks", |path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(BLOCK as u64 + 5).unwrap()),
        ("grows", |path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(9 << 20).unwrap()),
        ("changes", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[0] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("vanishes", |path| fs::remove_file(path).unwrap()),
    ];
    for (what, act) in acts {
        // The first file is under way when it happens; the others have been listed, but not opened.
        for name in ["a.bin", "b.bin", "c-small.bin"] {
            let folder = tempfile::tempdir().unwrap();
            write(
                folder.path(),
                &[
                    ("a.bin".into(), vec![1; 4 * BLOCK]),
                    ("b.bin".into(), vec![2; 4 * BLOCK]),
                    ("c-small.bin".into(), vec![3; 10]),
                ],
            );
            let path = folder.path().join(name);
            let error = hash_while(folder.path(), || act(&path));
            let error = error.expect_err(&format!("{name} {what}"));
            let told = match &error {
                ManifestError::Changed { path } => path,
                ManifestError::Vanished { path } if what == "vanishes" => path,
                other => panic!("{name} {what}: {other}"),
            };
            assert_eq!(told, name, "{what}");
            assert!(error.to_string().starts_with(name));
        }
    }
}
