//! That a name is not there is proven exactly if it is not, and by nothing but its neighbours.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    hash_path, AbsenceProof, Hash, Manifest, Options, Proof, ProofError, ProveError, MAX_PROOF_BYTES,
    MAX_PROOF_JSON_BYTES,
};
use proptest::prelude::*;
use std::fs;

/// A release of files with one-byte tensors of these names.
fn release(files: &[(&str, &[&str])]) -> Manifest {
    let folder = tempfile::tempdir().unwrap();
    for (path, names) in files {
        let tensors: Vec<_> = names.iter().map(|name| (*name, "U8", &[1_u64][..], 1)).collect();
        fs::write(folder.path().join(path), oracle::safetensors_file(&tensors)).unwrap();
    }
    hash_path(folder.path(), &Options::default()).unwrap()
}

/// Several variants of `b` and `d`; nothing at `c`.
fn variants() -> Manifest {
    release(&[("x.safetensors", &["b", "d", "f"]), ("y.safetensors", &["b", "d"]), ("z.safetensors", &["b"])])
}

fn holds(proof: &AbsenceProof, root: &Hash) -> bool {
    let wrapped = Proof::Absence(proof.clone());
    let json = serde_json::from_str(&wrapped.to_json()).unwrap();
    let here = proof.verify(root).is_ok();
    assert_eq!(oracle::verify(&json, &root.0, None), here, "the slow implementation: {json}");
    here
}

#[test]
fn name_is_absent_before_between_and_after() {
    let manifest = variants();
    let root = manifest.root();
    for (name, before, after) in [
        ("", None, Some("b")),
        ("a", None, Some("b")),
        ("b\0", Some("b"), Some("d")),
        ("c", Some("b"), Some("d")),
        ("e", Some("d"), Some("f")),
        ("g", Some("f"), None),
        ("größe", Some("f"), None),
    ] {
        let proof = manifest.prove_absence(name).unwrap();
        let names = [&proof.before, &proof.after].map(|side| side.as_ref().map(|side| side.name.to_string()));
        assert_eq!(names, [before.map(str::to_owned), after.map(str::to_owned)], "{name}");
        let proven = proof.verify(&root).unwrap();
        assert_eq!((proven.absent, proven.tensor_count), (name, 6));
        assert!(holds(&proof, &root));
    }
}

#[test]
fn what_is_there_or_cannot_be_is_not_proven_absent() {
    let manifest = variants();
    for name in ["b", "d", "f"] {
        match manifest.prove_absence(name) {
            Err(ProveError::Present { name: told, path }) => {
                assert_eq!((told.as_str(), &*path), (name, "x.safetensors"));
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(manifest.prove_absence(&"x".repeat(1025)), Err(ProveError::NameTooLong)));
    assert!(manifest.prove_absence(&"x".repeat(1024)).is_ok());
}

#[test]
fn release_without_tensors_has_none_of_any_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), "a").unwrap();
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let root = manifest.root();
    let proof = manifest.prove_absence("w").unwrap();
    assert_eq!((&proof.before, &proof.after), (&None, &None));
    assert!(holds(&proof, &root));

    // A count of none is not enough: the tree must be the empty one, too.
    let mut other = proof.clone();
    other.summary.tensors_root = Hash([1; 32]);
    assert_eq!(other.verify(&other.summary.root()), Err(ProofError::BadPlace));
    assert!(!holds(&other, &other.summary.root()));
    // And there is nobody to be a neighbour.
    let mut other = proof;
    other.before = variants().prove_absence("z").unwrap().before;
    assert!(!holds(&other, &root));
}

#[test]
fn name_of_a_neighbour_or_beyond_it_is_refused() {
    let manifest = variants();
    let root = manifest.root();
    let good = manifest.prove_absence("c").unwrap();
    for name in ["b", "d", "a", "e", "", "f"] {
        let mut proof = good.clone();
        proof.name = name.try_into().unwrap();
        assert_eq!(proof.verify(&root), Err(ProofError::BadName), "{name}");
        assert!(!holds(&proof, &root));
    }
}

#[test]
fn neighbours_must_be_next_to_each_other() {
    let manifest = variants();
    let root = manifest.root();
    let prove = |name: &str| manifest.prove_absence(name).unwrap();
    let (a, c, e, g) = (prove("a"), prove("c"), prove("e"), prove("g"));
    let refused = |name: &str, before: &AbsenceProof, after: &AbsenceProof| {
        let proof = AbsenceProof {
            name: name.try_into().unwrap(),
            before: before.before.clone(),
            after: after.after.clone(),
            ..c.clone()
        };
        assert!(proof.verify(&root).is_err(), "{name}: {proof:?}");
        assert!(!holds(&proof, &root));
    };
    // `d` lies between `b` and `f`; `b` before `d`; `f` after `d`; and all of them between nothing and nothing.
    refused("d", &c, &e);
    refused("b", &a, &c);
    refused("f", &e, &g);
    refused("b", &a, &g);
    refused("c", &a, &c);
    refused("c", &c, &g);
    refused("x", &a, &g);
    // The first variant of a name is not next to what follows the last one.
    let named = manifest.tensors().iter().position(|tensor| tensor.name == "d").unwrap();
    let mut proof = e;
    let first = manifest.prove_tensor("d", Some("x.safetensors")).unwrap();
    let before = proof.before.as_mut().unwrap();
    (before.path, before.tensor) = (first.path.clone(), first.tensor.clone());
    before.content_id = first.verify(&root).unwrap().content_id;
    assert_eq!(before.tensor.index, named as u64);
    assert_eq!(proof.verify(&root), Err(ProofError::BadPlace));
    assert!(!holds(&proof, &root));
}

#[test]
fn swapped_and_altered_neighbours_are_refused() {
    let manifest = variants();
    let root = manifest.root();
    let good = manifest.prove_absence("c").unwrap();
    let refused = |edit: &dyn Fn(&mut AbsenceProof)| {
        let mut proof = good.clone();
        edit(&mut proof);
        assert!(!holds(&proof, &root), "{proof:?}");
        proof.verify(&root).unwrap_err()
    };
    assert_eq!(refused(&|p| std::mem::swap(&mut p.before, &mut p.after)), ProofError::BadName);
    assert_eq!(refused(&|p| p.after = p.before.clone()), ProofError::BadName);
    assert_eq!(refused(&|p| p.before = None), ProofError::BadPlace);
    assert_eq!(refused(&|p| p.after = None), ProofError::BadPlace);
    assert_eq!(refused(&|p| (p.before, p.after) = (None, None)), ProofError::BadPlace);
    assert_eq!(refused(&|p| p.before.as_mut().unwrap().name = "a".try_into().unwrap()), ProofError::WrongRoot);
    assert_eq!(refused(&|p| p.after.as_mut().unwrap().content_id = Hash::default()), ProofError::WrongRoot);
    assert_eq!(refused(&|p| p.after.as_mut().unwrap().path = "other".try_into().unwrap()), ProofError::WrongRoot);
    assert_eq!(refused(&|p| p.summary.tensor_count += 1), ProofError::WrongRoot);
    assert_eq!(refused(&|p| p.summary.tensor_count = 0), ProofError::WrongRoot);
    for by in [1, u64::MAX] {
        let shifted = |p: &mut AbsenceProof| {
            for side in [&mut p.before, &mut p.after] {
                let index = &mut side.as_mut().unwrap().tensor.index;
                *index = index.wrapping_add(by);
            }
        };
        refused(&shifted);
    }
    // A path that no manifest can contain, though a made-up root may.
    let mut proof = good.clone();
    proof.before.as_mut().unwrap().path = "../x".try_into().unwrap();
    assert_eq!(proof.verify(&root), Err(ProofError::BadName));
    let mut more = good;
    let branch = &mut more.before.as_mut().unwrap().tensor;
    branch.siblings = [&branch.siblings[..], &[Hash::default()]].concat().try_into().unwrap();
    assert_eq!(more.verify(&root), Err(ProofError::BadPlace));
}

#[test]
fn longest_proof_fits_in_both_forms() {
    let names: Vec<String> = (0..2).map(|n| "\u{1}".repeat(1023) + if n == 0 { "a" } else { "c" }).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut proof = release(&[("m.safetensors", &names)]).prove_absence(&("\u{1}".repeat(1023) + "b")).unwrap();
    for side in [&mut proof.before, &mut proof.after] {
        let side = side.as_mut().unwrap();
        side.path = "\"".repeat(1024).try_into().unwrap();
        side.tensor.index = u64::MAX;
        side.tensor.siblings = vec![Hash([0xff; 32]); 64].try_into().unwrap();
    }
    let proof = Proof::Absence(proof);
    assert!(proof.to_bytes().len() <= MAX_PROOF_BYTES);
    assert_eq!(Proof::from_bytes(&proof.to_bytes()).unwrap(), proof);
    assert!(proof.to_json().len() <= MAX_PROOF_JSON_BYTES);
    assert_eq!(Proof::from_json(&proof.to_json()).unwrap(), proof);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_name_is_either_there_or_proven_absent(
        files in prop::collection::vec(prop::collection::btree_set("[a-c]{0,2}", 0..5), 1..4),
        wanted in "[a-c]{0,3}",
    ) {
        let paths: Vec<String> = (0..files.len()).map(|n| format!("{n}.safetensors")).collect();
        let names: Vec<Vec<&str>> = files.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
        let files: Vec<_> = paths.iter().map(String::as_str).zip(names.iter().map(Vec::as_slice)).collect();
        let manifest = release(&files);
        let there = names.iter().any(|names| names.contains(&wanted.as_str()));
        match manifest.prove_absence(&wanted) {
            Ok(proof) => {
                prop_assert!(!there);
                prop_assert!(holds(&proof, &manifest.root()));
                prop_assert!(!holds(&proof, &Hash::default()));
            }
            Err(error) => {
                prop_assert!(there);
                prop_assert!(matches!(&error, ProveError::Present { .. }), "{error}");
            }
        }
    }
}
