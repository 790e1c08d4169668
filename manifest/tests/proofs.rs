//! Proofs verify for what they were made for, and for nothing else.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use codec::{Compact, Encode};
use pedigree_manifest::{
    chunk_root, hash_path, prove_chunk, prove_tensor_chunk, Hash, Manifest, Options, Proof, ProofError, ProveError,
    Proven, SegmentKind, MAX_PROOF_BYTES,
};
use proptest::prelude::*;
use std::fs;
use tempfile::TempDir;

/// A folder with all that there can be, its manifest, and its bytes.
struct Release {
    folder: TempDir,
    manifest: Manifest,
    root: Hash,
    model: Vec<u8>,
    data: Vec<u8>,
}

const LENGTHS: [u64; 5] = [0, 5, 16_384, 40_000, 2_000_000];

fn release() -> Release {
    let folder = tempfile::tempdir().unwrap();
    let shapes: Vec<[u64; 1]> = LENGTHS.iter().map(|length| [*length]).collect();
    let names = ["none", "tiny", "chunk", "some", "large"];
    let tensors: Vec<_> = names.iter().zip(&shapes).map(|(name, shape)| (*name, "U8", &shape[..], shape[0])).collect();
    let model = oracle::safetensors_file(&tensors);
    let data = oracle::noise(9, 1_500_000);
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/model.safetensors"), &model).unwrap();
    fs::write(folder.path().join("variant.safetensors"), oracle::safetensors_file(&tensors[..2])).unwrap();
    fs::write(folder.path().join("data.bin"), &data).unwrap();
    fs::write(folder.path().join("empty"), []).unwrap();
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let root = manifest.root();
    Release { folder, manifest, root, model, data }
}

fn both_forms(proof: Proof) -> Proof {
    assert!(proof.to_bytes().len() <= MAX_PROOF_BYTES);
    assert_eq!(Proof::from_bytes(&proof.to_bytes()).unwrap(), proof);
    assert_eq!(Proof::from_json(&proof.to_json()).unwrap(), proof);
    proof
}

#[test]
fn every_tensor_is_proven() {
    let Release { manifest, root, model, .. } = release();
    assert_eq!(manifest.summary().tensor_count, 7);
    for tensor in manifest.tensors() {
        let proof = manifest.prove_tensor(tensor.name, Some(tensor.path)).unwrap();
        both_forms(Proof::Tensor(proof.clone()));
        let proven = proof.verify(&root).unwrap();
        assert_eq!((proven.name, proven.path), (tensor.name, tensor.path));
        assert_eq!((proven.dtype, proven.shape), (tensor.dtype, tensor.shape));
        assert_eq!((proven.content_id, proven.chunk_root), (tensor.content_id, tensor.chunk_root));
        if tensor.path == "sub/model.safetensors" {
            let mut bytes = model[tensor.offset as usize..(tensor.offset + tensor.length) as usize].to_vec();
            assert_eq!(chunk_root(&bytes), tensor.chunk_root);
            proof.verify_bytes(&root, &bytes).unwrap();
            bytes.push(0);
            assert_eq!(proof.verify_bytes(&root, &bytes), Err(ProofError::BytesDiffer));
        }
    }
}

#[test]
fn every_chunk_is_proven() {
    let Release { folder, manifest, root, model, data } = release();
    for (path, bytes) in [("sub/model.safetensors", &model), ("data.bin", &data)] {
        let mut offset = 0;
        while offset < bytes.len() as u64 {
            let proof = prove_chunk(folder.path(), &manifest, path, offset).unwrap();
            both_forms(Proof::Chunk(proof.clone()));
            // The chunk that begins here, whatever its length.
            let (start, length) = pedigree_manifest::chunk_range(proof.length, proof.chunk.index).unwrap();
            assert_eq!(proof.offset + start, offset);
            let chunk = &bytes[offset as usize..][..length as usize];
            let proven = proof.verify(&root, chunk).unwrap();
            assert_eq!((proven.path, proven.offset, proven.length), (path, offset, length));
            assert_eq!(proven.file_size, bytes.len() as u64);
            assert_eq!(proven.kind == SegmentKind::Opaque, path == "data.bin");
            offset += u64::from(length);
        }
    }
}

#[test]
fn chunk_of_a_tensor_is_proven() {
    let Release { folder, manifest, root, model, .. } = release();
    let tensor = manifest.tensors_named("some")[0];
    for at in [0, 16_383, 16_384, 39_999] {
        let proof = prove_tensor_chunk(folder.path(), &manifest, "some", None, at).unwrap();
        both_forms(Proof::TensorChunk(proof.clone()));
        let from = at / 16_384 * 16_384;
        let length = (40_000 - from).min(16_384);
        let chunk = &model[(tensor.offset + from) as usize..][..length as usize];
        let proven = proof.verify(&root, chunk).unwrap();
        assert_eq!((proven.tensor.name, proven.offset, u64::from(proven.length)), ("some", from, length));
    }
}

#[test]
fn what_is_not_there_is_not_proven() {
    let Release { folder, manifest, .. } = release();
    let base = folder.path();
    assert!(matches!(manifest.prove_tensor("x", None), Err(ProveError::NoSuchTensor { .. })));
    assert!(matches!(manifest.prove_tensor("large", Some("data.bin")), Err(ProveError::NoSuchTensor { .. })));
    match manifest.prove_tensor("tiny", None) {
        Err(ProveError::Ambiguous { paths, .. }) => {
            assert_eq!(paths, "sub/model.safetensors, variant.safetensors");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(prove_chunk(base, &manifest, "x", 0), Err(ProveError::NoSuchFile { .. })));
    assert!(matches!(prove_chunk(base, &manifest, "empty", 0), Err(ProveError::BeyondEnd { .. })));
    for beyond in [1_500_000, u64::MAX] {
        assert!(matches!(prove_chunk(base, &manifest, "data.bin", beyond), Err(ProveError::BeyondEnd { .. })));
    }
    let beyond = prove_tensor_chunk(base, &manifest, "chunk", None, 16_384);
    assert!(matches!(beyond, Err(ProveError::BeyondEnd { .. })));
}

#[test]
fn no_proof_is_made_from_bytes_that_have_changed() {
    let Release { folder, manifest, mut data, .. } = release();
    data[700_000] ^= 1;
    fs::write(folder.path().join("data.bin"), &data).unwrap();
    for offset in [0, 700_000, 1_499_999] {
        let result = prove_chunk(folder.path(), &manifest, "data.bin", offset);
        assert!(matches!(result, Err(ProveError::Differs { .. })));
    }
    fs::write(folder.path().join("data.bin"), &data[1..]).unwrap();
    assert!(matches!(prove_chunk(folder.path(), &manifest, "data.bin", 0), Err(ProveError::Differs { .. })));
    fs::remove_file(folder.path().join("data.bin")).unwrap();
    assert!(matches!(prove_chunk(folder.path(), &manifest, "data.bin", 0), Err(ProveError::File(_))));
}

#[test]
fn hostile_manifest_leads_no_proof_out_of_the_folder() {
    let Release { folder, mut manifest, .. } = release();
    manifest.files[0].path = "../data.bin".into();
    let result = prove_chunk(&folder.path().join("sub"), &manifest, "../data.bin", 0);
    assert!(matches!(result, Err(ProveError::File(_))), "{result:?}");
}

/// One of each kind, with the bytes to show.
fn proofs(release: &Release) -> Vec<(Proof, Vec<u8>)> {
    let Release { folder, manifest, data, model, .. } = release;
    let tensor = manifest.tensors_named("some")[0];
    let chunk = |offset: u64, length: usize| model[offset as usize..][..length].to_vec();
    vec![
        (Proof::Tensor(manifest.prove_tensor("large", None).unwrap()), vec![]),
        (
            Proof::Chunk(prove_chunk(folder.path(), manifest, "data.bin", 33_000).unwrap()),
            data[32_768..49_152].to_vec(),
        ),
        (
            Proof::Chunk(prove_chunk(folder.path(), manifest, "sub/model.safetensors", tensor.offset).unwrap()),
            chunk(tensor.offset, 16_384),
        ),
        (
            Proof::TensorChunk(prove_tensor_chunk(folder.path(), manifest, "some", None, 39_999).unwrap()),
            chunk(tensor.offset + 32_768, 40_000 - 32_768),
        ),
        (Proof::Absence(manifest.prove_absence("middle").unwrap()), vec![]),
        (Proof::Absence(manifest.prove_absence("a").unwrap()), vec![]),
        (Proof::Absence(manifest.prove_absence("z").unwrap()), vec![]),
    ]
}

fn verify(proof: &Proof, root: &Hash, chunk: &[u8]) -> Result<(), ProofError> {
    proof.verify(root, chunk).map(drop)
}

#[test]
fn no_bit_of_a_proof_can_be_flipped() {
    let release = release();
    for (proof, chunk) in proofs(&release) {
        verify(&proof, &release.root, &chunk).unwrap();
        let bytes = proof.to_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            let Ok(altered) = Proof::from_bytes(&altered) else { continue };
            match altered.verify(&release.root, &chunk) {
                Err(_) => {}
                // Neighbours prove the absence of every name between them.
                Ok(Proven::Absence(proven)) => {
                    assert!(release.manifest.tensors_named(proven.absent).is_empty(), "bit {bit} of {proof:?}");
                    assert_ne!(altered, proof);
                }
                Ok(proven) => panic!("bit {bit} of {proof:?}: {proven:?}"),
            }
        }
    }
}

#[test]
fn no_bit_of_a_chunk_can_be_flipped_and_none_added_or_left_out() {
    let release = release();
    for (proof, chunk) in proofs(&release).into_iter().filter(|(_, chunk)| !chunk.is_empty()) {
        for byte in (0..chunk.len()).step_by(97) {
            let mut altered = chunk.clone();
            altered[byte] ^= 1 << (byte % 8);
            assert_eq!(verify(&proof, &release.root, &altered), Err(ProofError::BytesDiffer));
        }
        let longer = [&chunk[..], &[0]].concat();
        for other in [&longer[..], &chunk[1..], &chunk[..chunk.len() - 1], &[]] {
            assert_eq!(verify(&proof, &release.root, other), Err(ProofError::BytesDiffer));
        }
    }
}

#[test]
fn proof_for_another_release_is_refused() {
    let (one, mut files) = (release(), release().manifest.files);
    files.remove(1);
    let other = Manifest { files, salted: false };
    for (proof, chunk) in proofs(&one) {
        assert_eq!(verify(&proof, &other.root(), &chunk), Err(ProofError::WrongRoot));
        assert_eq!(verify(&proof, &Hash::default(), &chunk), Err(ProofError::WrongRoot));
    }
}

#[test]
fn other_number_of_leaves_is_refused_even_where_the_branch_has_the_same_length() {
    // In trees of 3 and 4 leaves, the first leaf has two siblings each.
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b", "c"] {
        fs::write(folder.path().join(name), name).unwrap();
    }
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let mut proof = prove_chunk(folder.path(), &manifest, "a", 0).unwrap();
    assert_eq!(proof.file.siblings.len(), 2);
    proof.verify(&manifest.root(), b"a").unwrap();
    proof.summary.file_count = 4;
    assert_eq!(proof.verify(&manifest.root(), b"a"), Err(ProofError::WrongRoot));
}

#[test]
fn swapped_siblings_and_branches_are_refused() {
    let release = release();
    let chunk = release.data[..16_384].to_vec();
    let proof = prove_chunk(release.folder.path(), &release.manifest, "data.bin", 0).unwrap();
    let mut siblings = proof.chunk.siblings.to_vec();
    siblings.swap(0, 1);
    let mut swapped = proof.clone();
    swapped.chunk.siblings = siblings.try_into().unwrap();
    assert!(swapped.verify(&release.root, &chunk).is_err());
    let mut swapped = proof.clone();
    (swapped.file, swapped.chunk) = (proof.chunk.clone(), proof.file.clone());
    assert!(swapped.verify(&release.root, &chunk).is_err());
    let mut longer = proof.clone();
    let siblings = [&proof.file.siblings[..], &[Hash::default()]].concat();
    longer.file.siblings = siblings.try_into().unwrap();
    assert_eq!(longer.verify(&release.root, &chunk), Err(ProofError::BadPlace));
}

#[test]
fn inner_node_cannot_be_shown_as_a_chunk() {
    // A "chunk" whose bytes are those hashed for an inner node, at the place of that node.
    let folder = tempfile::tempdir().unwrap();
    let data = oracle::noise(3, 4 * 16_384);
    fs::write(folder.path().join("a"), &data).unwrap();
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let leaves: Vec<oracle::H> =
        data.chunks(16_384).map(|chunk| oracle::h(&[&[0], &16_384_u32.to_le_bytes(), &oracle::h(&[chunk])])).collect();
    let node = [&[1][..], &leaves[0], &leaves[1]].concat();
    let mut proof = prove_chunk(folder.path(), &manifest, "a", 0).unwrap();
    let top = proof.chunk.siblings[1];
    proof.chunk.siblings = vec![top].try_into().unwrap();
    assert_eq!(proof.verify(&manifest.root(), &node), Err(ProofError::BytesDiffer));
    proof.length = 16_384 + 65;
    proof.size = proof.length;
    assert_eq!(proof.verify(&manifest.root(), &node), Err(ProofError::WrongRoot));
}

/// As the format writes a text.
fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat()
}

#[test]
fn leaf_with_the_tag_of_another_is_no_leaf_of_the_tree_of_tensors() {
    // Roots that somebody made up: all is right but the tag, as if the leaf of a file were shown as that of a tensor.
    let release = release();
    let mut proof = release.manifest.prove_tensor("large", None).unwrap();
    let content_id = proof.verify(&release.root).unwrap().content_id;
    proof.summary.tensor_count = 1;
    proof.tensor.index = 0;
    proof.tensor.siblings = vec![].try_into().unwrap();
    for tag in 0..=12_u8 {
        let leaf = oracle::h(&[&[tag], &text("large"), &text("sub/model.safetensors"), &content_id.0]);
        proof.summary.tensors_root = Hash(leaf);
        let expected = if tag == 6 { Ok(()) } else { Err(ProofError::WrongRoot) };
        assert_eq!(proof.verify(&proof.summary.root()).map(drop), expected, "tag {tag}");
    }
}

#[test]
fn leaf_with_the_tag_of_another_is_no_chunk_segment_or_file() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = oracle::noise(4, 100);
    fs::write(folder.path().join("a"), &bytes).unwrap();
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let honest = prove_chunk(folder.path(), &manifest, "a", 0).unwrap();
    // The same release with other tags for its only chunk (as if a segment's leaf were shown as a chunk's), segment and file.
    let with_tags = |chunk: u8, segment: u8, file: u8| {
        let mut proof = honest.clone();
        let (size, one) = (100_u64.to_le_bytes(), 1_u64.to_le_bytes());
        let chunk = oracle::h(&[&[chunk], &100_u32.to_le_bytes(), &oracle::h(&[&bytes])]);
        let segment = oracle::h(&[&[segment, 0], &0_u64.to_le_bytes(), &size, &chunk]);
        proof.chunk_root = Hash(chunk);
        proof.summary.files_root = Hash(oracle::h(&[&[file], &text("a"), &size, &one, &segment]));
        proof
    };
    assert_eq!(with_tags(0, 3, 4), honest);
    for tag in 0..=12_u8 {
        for (right, proof, refused) in [
            (0, with_tags(tag, 3, 4), ProofError::BytesDiffer),
            (3, with_tags(0, tag, 4), ProofError::WrongRoot),
            (4, with_tags(0, 3, tag), ProofError::WrongRoot),
        ] {
            let expected = if tag == right { Ok(()) } else { Err(refused) };
            assert_eq!(proof.verify(&proof.summary.root(), &bytes).map(drop), expected, "{tag} instead of {right}");
        }
    }
}

#[test]
fn version_and_flags_must_be_known() {
    let release = release();
    let mut proof = release.manifest.prove_tensor("large", None).unwrap();
    for flags in [2, 3, 255] {
        proof.summary.flags = flags;
        assert_eq!(proof.verify(&proof.summary.root()), Err(ProofError::Version));
    }
    proof.summary.flags = 0;
    proof.summary.version = 2;
    assert_eq!(proof.verify(&proof.summary.root()), Err(ProofError::Version));
}

#[test]
fn malformed_proofs_are_refused() {
    let release = release();
    for (proof, _) in proofs(&release) {
        let bytes = proof.to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(Proof::from_bytes(&bytes[..length]), Err(ProofError::Malformed));
        }
        let more = [&bytes[..], &[0]].concat();
        assert_eq!(Proof::from_bytes(&more), Err(ProofError::Malformed));
    }
    assert_eq!(Proof::from_bytes(&vec![0; MAX_PROOF_BYTES + 1]), Err(ProofError::TooLong));
    assert_eq!(Proof::from_bytes(&[200; 100]), Err(ProofError::Malformed));
    for json in ["", "{}", "null", r#"{"absence":{}}"#, &"[".repeat(60_000)] {
        assert_eq!(Proof::from_json(json), Err(ProofError::Malformed));
    }
    assert_eq!(Proof::from_json(&" ".repeat(100_000)), Err(ProofError::TooLong));
}

#[test]
fn announced_lengths_are_refused_before_anything_is_kept() {
    let proof = Proof::Tensor(release().manifest.prove_tensor("large", None).unwrap()).to_bytes();
    // The siblings are the last list: put another length in front of them.
    let siblings = 3_usize;
    let at = proof.len() - siblings * 32 - 1;
    assert_eq!(proof[at], Compact(siblings as u32).encode()[0]);
    for announced in [65_u32, 1 << 20, u32::MAX] {
        let mut altered = proof[..at].to_vec();
        altered.extend(Compact(announced).encode());
        altered.extend(&proof[at + 1..]);
        assert_eq!(Proof::from_bytes(&altered), Err(ProofError::Malformed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn arbitrary_bytes_are_no_proof_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for kind in 0..6 {
            let bytes = [&[kind][..], &bytes].concat();
            if let Ok(proof) = Proof::from_bytes(&bytes) {
                prop_assert!(verify(&proof, &Hash::default(), &[]).is_err());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_leaf_of_any_tree_is_proven_and_only_there(count in 1_usize..40, size in 1_usize..70_000) {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..count {
            fs::write(folder.path().join(format!("{n:03}")), [n as u8]).unwrap();
        }
        let data = oracle::noise(5, size);
        fs::write(folder.path().join("data"), &data).unwrap();
        let manifest = hash_path(folder.path(), &Options::default()).unwrap();
        let root = manifest.root();
        for n in 0..count {
            let mut proof = prove_chunk(folder.path(), &manifest, &format!("{n:03}"), 0).unwrap();
            prop_assert!(proof.verify(&root, &[n as u8]).is_ok());
            proof.file.index = (proof.file.index + 1) % (count as u64 + 2);
            prop_assert!(proof.verify(&root, &[n as u8]).is_err());
        }
        for (index, chunk) in data.chunks(16_384).enumerate() {
            let mut proof = prove_chunk(folder.path(), &manifest, "data", index as u64 * 16_384).unwrap();
            prop_assert!(proof.verify(&root, chunk).is_ok());
            proof.chunk.index += 1;
            prop_assert!(proof.verify(&root, chunk).is_err());
        }
    }
}
