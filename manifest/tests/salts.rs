//! A salted release has a root that says nothing without its salt, and proofs that give away one salt and no other.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    chunk_root, hash_part, hash_path, merge, prove_chunk, prove_salted_chunk, prove_salted_tensor_chunk,
    prove_tensor_chunk, salted_chunk_root, Hash, Manifest, MergeError, Options, Proof, ProofError, ProveError, Proven,
    Salt, Salted, SaltedProof,
};
use proptest::prelude::*;
use std::{collections::BTreeSet, fs, num::NonZeroUsize};
use tempfile::TempDir;

const KEY: [u8; 32] = [7; 32];

fn write(files: &[(String, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        fs::write(folder.path().join(path), bytes).unwrap();
    }
    folder
}

fn hash(folder: &TempDir, key: [u8; 32]) -> Manifest {
    let salt = Salt::from(key);
    let manifest = hash_path(folder.path(), &Options { salt: Some(&salt), ..Options::default() }).unwrap();
    manifest.check().unwrap();
    assert!(manifest.salted && manifest.summary().is_salted());
    assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);
    manifest
}

/// Large and small, empty ones, and the same bytes in several places.
fn files() -> Vec<(String, Vec<u8>)> {
    let tensors = [("none", 0), ("small", 5), ("twin", 40_000), ("large", 2_000_000), ("none too", 0)];
    let shapes: Vec<[u64; 1]> = tensors.iter().map(|(_, length)| [*length]).collect();
    let tensors: Vec<_> =
        tensors.iter().zip(&shapes).map(|((name, length), shape)| (*name, "U8", &shape[..], *length)).collect();
    vec![
        ("empty".into(), vec![]),
        ("one".into(), oracle::noise(1, 70_000)),
        ("other".into(), oracle::noise(1, 70_000)),
        ("large".into(), vec![0; 3_000_000]),
        ("m.safetensors".into(), oracle::safetensors_file(&tensors)),
        ("small.safetensors".into(), oracle::safetensors_file(&tensors[..2])),
    ]
}

#[test]
fn root_is_that_of_the_slow_implementation_for_every_salt_and_number_of_threads() {
    let files = files();
    let folder = write(&files);
    let mut roots = BTreeSet::from([hash_path(folder.path(), &Options::default()).unwrap().root()]);
    for key in [[0; 32], KEY, [0xff; 32]] {
        let salt = Salt::from(key);
        for threads in [1, 2, 5] {
            let options = Options { threads: NonZeroUsize::new(threads), salt: Some(&salt), ..Options::default() };
            let root = hash_path(folder.path(), &options).unwrap().root();
            assert_eq!(root.0, oracle::root_with(&files, Some(&key)).root);
            roots.insert(root);
        }
    }
    assert_eq!(roots.len(), 4);
}

#[test]
fn nothing_in_a_salted_manifest_can_be_guessed_from_bytes_alone() {
    let folder = write(&files());
    let open: BTreeSet<Hash> = hash_path(folder.path(), &Options::default())
        .unwrap()
        .files
        .iter()
        .flat_map(|file| file.segments.iter().map(|segment| segment.chunk_root))
        .collect();
    let salted = hash(&folder, KEY);
    let segments: Vec<Hash> =
        salted.files.iter().flat_map(|file| file.segments.iter().map(|segment| segment.chunk_root)).collect();
    // Not even where there are no bytes, or the same ones.
    let distinct: BTreeSet<Hash> = segments.iter().copied().collect();
    assert_eq!(distinct.len(), segments.len());
    assert!(distinct.is_disjoint(&open));
}

#[test]
fn chunk_is_proven_with_its_own_salt_and_no_other() {
    let files = files();
    let folder = write(&files);
    let (manifest, salt) = (hash(&folder, KEY), Salt::from(KEY));
    let root = manifest.root();
    let mut salts = BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        for offset in [0, bytes.len() as u64 / 2, bytes.len() as u64 - 1] {
            let proof = prove_salted_chunk(folder.path(), &manifest, path, offset, &salt).unwrap();
            let Salted::Chunk(inner) = &proof.proof else { panic!("{proof:?}") };
            let (start, length) = pedigree_manifest::chunk_range(inner.length, inner.chunk.index).unwrap();
            let chunk = &bytes[(inner.offset + start) as usize..][..length as usize];
            proof.verify(&root, chunk).unwrap();
            salts.insert(proof.salt);
            // Neither the whole's salt nor the segment's: those would tell more.
            assert_ne!(proof.salt, Hash(KEY));
            assert!((0..7).all(|index| proof.salt != salt.of_segment(path, index)));
            // Another salt, no salt, and the same proof as if the release had none.
            let other = SaltedProof { salt: Hash(KEY), ..proof.clone() };
            assert_eq!(other.verify(&root, chunk), Err(ProofError::BytesDiffer));
            assert_eq!(inner.verify(&root, chunk), Err(ProofError::Salt));
            let mut plain = inner.clone();
            plain.summary.flags = 0;
            assert_eq!(plain.verify(&root, chunk), Err(ProofError::WrongRoot));
            let mut altered = chunk.to_vec();
            altered[0] ^= 1;
            assert_eq!(proof.verify(&root, &altered), Err(ProofError::BytesDiffer));
            let proof = Proof::Salted(proof);
            assert_eq!(Proof::from_bytes(&proof.to_bytes()).unwrap(), proof);
            assert_eq!(Proof::from_json(&proof.to_json()).unwrap(), proof);
            assert!(proof.verify(&root, chunk).is_ok());
        }
    }
    // 70,000 bytes have five chunks, of which three were asked for; and so on: no salt serves twice.
    assert!(salts.len() >= 9, "{}", salts.len());
}

#[test]
fn tensor_is_proven_with_and_without_its_salt() {
    let files = files();
    let folder = write(&files);
    let (manifest, salt) = (hash(&folder, KEY), Salt::from(KEY));
    let root = manifest.root();
    for tensor in manifest.tensors() {
        let bytes = &files.iter().find(|(path, _)| path == tensor.path).unwrap().1;
        let bytes = &bytes[tensor.offset as usize..][..tensor.length as usize];
        // Without: that it is there, but its bytes can't be recognised.
        let proof = manifest.prove_tensor(tensor.name, Some(tensor.path)).unwrap();
        proof.verify(&root).unwrap();
        assert_eq!(proof.verify_bytes(&root, bytes), Err(ProofError::Salt));
        assert_ne!(chunk_root(bytes), proof.chunk_root);
        // With: they can.
        let proof = manifest.prove_salted_tensor(tensor.name, Some(tensor.path), &salt).unwrap();
        let Proven::Tensor(proven) = proof.verify(&root, &[]).unwrap() else { panic!("{proof:?}") };
        assert_eq!(salted_chunk_root(bytes, &proof.salt), proven.chunk_root);
        assert_ne!(salted_chunk_root(&[bytes, &[0]].concat(), &proof.salt), proven.chunk_root);
        if tensor.length > 0 {
            let at = tensor.length - 1;
            let chunk =
                prove_salted_tensor_chunk(folder.path(), &manifest, tensor.name, Some(tensor.path), at, &salt).unwrap();
            let from = (at / 16_384 * 16_384) as usize;
            chunk.verify(&root, &bytes[from..]).unwrap();
        }
    }
    // Absence is about names, and names are not hidden from who has the proof.
    manifest.prove_absence("nothing").unwrap().verify(&root).unwrap();
}

#[test]
fn salted_and_unsalted_are_never_mixed() {
    let folder = write(&files());
    let (salted, open) = (hash(&folder, KEY), hash_path(folder.path(), &Options::default()).unwrap());
    let (salt, base) = (Salt::from(KEY), folder.path());
    let refused = |result: Option<ProveError>| assert!(matches!(result, Some(ProveError::Salt)), "{result:?}");
    refused(prove_chunk(base, &salted, "one", 0).err());
    refused(prove_tensor_chunk(base, &salted, "large", None, 0).err());
    refused(prove_salted_chunk(base, &open, "one", 0, &salt).err());
    refused(prove_salted_tensor_chunk(base, &open, "large", None, 0, &salt).err());
    refused(open.prove_salted_tensor("large", None, &salt).err());
    // The wrong salt leads nowhere.
    let result = prove_salted_chunk(base, &salted, "one", 0, &Salt::from([8; 32]));
    assert!(matches!(result, Err(ProveError::Differs { .. })));
    // A proof of an open release does not become one by a salt beside it.
    let proof = prove_chunk(base, &open, "one", 0).unwrap();
    let chunk = &oracle::noise(1, 16_384);
    proof.verify(&open.root(), chunk).unwrap();
    let proof = SaltedProof { salt: Hash::default(), proof: Salted::Chunk(proof) };
    assert_eq!(proof.verify(&open.root(), chunk), Err(ProofError::Salt));
}

#[test]
fn parts_are_salted_alike() {
    let files = files();
    let folder = write(&files);
    let salts = [Salt::from(KEY), Salt::from([8; 32])];
    let part = |number: u32, of: u32, salt: Option<&Salt>| {
        hash_part(folder.path(), number, of, &Options { salt, ..Options::default() }).unwrap()
    };
    for of in [1, 2, 3, 7] {
        let parts = (1..=of).map(|number| part(number, of, Some(&salts[0]))).collect();
        assert_eq!(merge(parts).unwrap(), hash(&folder, KEY), "{of}");
    }
    for other in [Some(&salts[1]), None] {
        let error = merge(vec![part(1, 2, Some(&salts[0])), part(2, 2, other)]).unwrap_err();
        assert_eq!(error, MergeError::OtherWhole { number: 2, of: 2 });
    }
    let json = part(1, 2, Some(&salts[0])).to_json();
    assert!(!json.contains(&hex::encode(KEY)), "a part must not give the salt away");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_bytes_have_the_salted_chunk_root_of_the_slow_implementation(
        size in prop_oneof![0_usize..40, 16_380_usize..16_390, 1_048_570_usize..1_048_580, 0_usize..3_000_000],
        key in any::<[u8; 32]>(),
    ) {
        let bytes = oracle::noise(3, size);
        prop_assert_eq!(salted_chunk_root(&bytes, &Hash(key)).0, oracle::salted_chunk_root(&bytes, &key));
    }
}
