//! The vectors in `tests/vectors/manifest/` (or the folder `manifest` of `PEDIGREE_VECTORS`) hold for this crate and for the
//! slow implementation beside it. What a vector may contain is written in `docs/manifest-format.md`.
//!
//! A new vector is a file with `description` and `files`; `PEDIGREE_WRITE=1 cargo test --test vectors` fills in the rest,
//! from the slow implementation where it can. Look at what it writes before keeping it.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use pedigree_manifest::{
    check_path, hash_part, hash_path, merge, prove_chunk, prove_salted_chunk, prove_salted_tensor_chunk,
    prove_tensor_chunk, About, Hash, Manifest, MergeError, Options, Part, Proof, Salt,
};
use serde_json::{json, Value};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn folder() -> PathBuf {
    env::var_os("PEDIGREE_VECTORS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors"), PathBuf::from)
        .join("manifest")
}

fn vectors() -> Vec<(PathBuf, Value)> {
    let folder = folder();
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} has no vectors", folder.display());
    paths
        .into_iter()
        .map(|path| {
            let json = fs::read_to_string(&path).unwrap();
            let value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, value)
        })
        .collect()
}

/// The bytes that a content describes.
fn content(parts: &Value) -> Vec<u8> {
    let bytes = |part: &Value| -> Vec<u8> {
        let length = || part["length"].as_u64().unwrap() as usize;
        if let Some(text) = part["utf8"].as_str() {
            text.as_bytes().to_vec()
        } else if let Some(digits) = part["hex"].as_str() {
            hex::decode(digits).unwrap()
        } else if let Some(number) = part["u64"].as_u64() {
            number.to_le_bytes().to_vec()
        } else if let Some(number) = part["u32"].as_u64() {
            (number as u32).to_le_bytes().to_vec()
        } else if let Some(byte) = part["repeat"].as_u64() {
            vec![byte as u8; length()]
        } else if let Some(seed) = part["noise"].as_u64() {
            oracle::noise(seed, length())
        } else {
            panic!("unknown content: {part}")
        }
    };
    parts.as_array().unwrap().iter().flat_map(bytes).collect()
}

fn files(vector: &Value) -> Vec<(String, Vec<u8>)> {
    vector["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["path"].as_str().unwrap().into(), content(&file["content"])))
        .collect()
}

fn salt(vector: &Value) -> Option<oracle::H> {
    vector.get("salt").map(|salt| salt.as_str().unwrap().parse::<Hash>().unwrap().0)
}

fn write(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn shown(hash: oracle::H) -> String {
    Hash(hash).to_string()
}

/// What the slow implementation says of the files of a vector.
fn expected(files: &[(String, Vec<u8>)], salt: Option<&oracle::H>) -> Value {
    let root = oracle::root_with(files, salt);
    json!({
        "root": shown(root.root),
        "filesRoot": shown(root.files_root),
        "tensorsRoot": shown(root.tensors_root),
        "fileCount": root.file_count,
        "tensorCount": root.tensor_count,
        "totalBytes": root.total_bytes,
        "tensors": root.tensors.iter().map(|tensor| json!({
            "name": tensor.name, "path": tensor.path, "contentId": shown(tensor.content_id),
        })).collect::<Vec<_>>(),
    })
}

/// What this crate says of them.
fn found(manifest: &Manifest) -> Value {
    let summary = manifest.summary();
    json!({
        "root": manifest.root(),
        "filesRoot": summary.files_root,
        "tensorsRoot": summary.tensors_root,
        "fileCount": summary.file_count,
        "tensorCount": summary.tensor_count,
        "totalBytes": summary.total_bytes,
        "tensors": manifest.tensors().iter().map(|tensor| json!({
            "name": tensor.name, "path": tensor.path, "contentId": tensor.content_id,
        })).collect::<Vec<_>>(),
    })
}

/// Makes the proof that a vector asks for.
fn prove(folder: &Path, manifest: &Manifest, of: &Value, salt: Option<&Salt>) -> Proof {
    if let Some(name) = of["absent"].as_str() {
        return Proof::Absence(manifest.prove_absence(name).unwrap());
    }
    let (name, path) = (of["name"].as_str(), of["path"].as_str());
    if let Some(salt) = salt {
        let salted = match (name, of["offset"].as_u64()) {
            (Some(name), None) if of["withSalt"] == true => manifest.prove_salted_tensor(name, path, salt),
            (Some(name), None) => return Proof::Tensor(manifest.prove_tensor(name, path).unwrap()),
            (Some(name), Some(offset)) => prove_salted_tensor_chunk(folder, manifest, name, path, offset, salt),
            (None, offset) => prove_salted_chunk(folder, manifest, path.unwrap(), offset.unwrap(), salt),
        };
        return Proof::Salted(salted.unwrap());
    }
    match (name, of["offset"].as_u64()) {
        (Some(name), None) => Proof::Tensor(manifest.prove_tensor(name, path).unwrap()),
        (Some(name), Some(offset)) => {
            Proof::TensorChunk(prove_tensor_chunk(folder, manifest, name, path, offset).unwrap())
        }
        (None, Some(offset)) => Proof::Chunk(prove_chunk(folder, manifest, path.unwrap(), offset).unwrap()),
        (None, None) => panic!("a proof of what? {of}"),
    }
}

/// The bytes that go with a proof, from the files of the vector.
fn chunk_of(proof: &Proof, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (path, start, length, index) = match proof.about() {
        About::Tensor(_) | About::Absence(_) => return vec![],
        About::Chunk(proof) => (&proof.path, proof.offset, proof.length, proof.chunk.index),
        About::TensorChunk(proof) => {
            let bytes = &files.iter().find(|(path, _)| **path == *proof.tensor.path).unwrap().1;
            let segment = oracle::segments(&proof.tensor.path, bytes)
                .into_iter()
                .find(|seg| seg.tensor.as_ref().is_some_and(|t| t.name == *proof.tensor.name));
            (&proof.tensor.path, segment.unwrap().offset, proof.tensor.length, proof.chunk.index)
        }
    };
    let bytes = &files.iter().find(|(name, _)| *name == **path).unwrap().1;
    let from = start + index * 16_384;
    let to = (from + 16_384).min(start + length);
    bytes[from as usize..to as usize].to_vec()
}

fn check_roots(name: &str, vector: &Value) {
    let files = files(vector);
    let key = salt(vector);
    assert_eq!(expected(&files, key.as_ref()), vector["expect"], "{name}: the slow implementation");
    let folder = write(&files);
    let salt = key.map(Salt::from);
    let manifest = hash_path(folder.path(), &Options { salt: salt.as_ref(), ..Options::default() }).unwrap();
    manifest.check().unwrap();
    assert_eq!(found(&manifest), vector["expect"], "{name}: this crate");
    assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);

    for case in vector["cut"].as_array().unwrap_or(&vec![]) {
        check_parts(name, case, &files, &manifest.root());
    }
    for case in vector["proofs"].as_array().unwrap_or(&vec![]) {
        let (root, of) = (manifest.root(), &case["of"]);
        let proof = prove(folder.path(), &manifest, of, salt.as_ref());
        let json: Value = serde_json::from_str(&proof.to_json()).unwrap();
        assert_eq!(json, case["json"], "{name}: proof of {of}");
        assert_eq!(hex::encode(proof.to_bytes()), case["bytes"].as_str().unwrap(), "{name}: {of}");
        assert_eq!(Proof::from_bytes(&proof.to_bytes()).unwrap(), proof);
        assert_eq!(Proof::from_json(&proof.to_json()).unwrap(), proof);
        let chunk = chunk_of(&proof, &files);
        proof.verify(&root, &chunk).unwrap();
        assert!(oracle::verify(&json, &root.0, Some(&chunk)), "{name}: {of}: slow implementation");
    }
}

/// Where a vector cuts its files, which are sorted: before the byte of each of these.
fn cuts(files: &[(String, Vec<u8>)], cuts: &Value) -> Vec<(usize, u64)> {
    let place = |cut: &Value| {
        let file = files.iter().position(|(path, _)| cut["path"] == path.as_str()).unwrap();
        (file, cut["offset"].as_u64().unwrap())
    };
    cuts.as_array().unwrap().iter().map(place).collect()
}

fn merged(parts: &Value) -> Result<Manifest, MergeError> {
    parts
        .as_array()
        .unwrap()
        .iter()
        .map(|part| Part::from_json(&part.to_string()))
        .collect::<Result<_, _>>()
        .and_then(merge)
}

fn check_parts(name: &str, case: &Value, files: &[(String, Vec<u8>)], root: &Hash) {
    let cuts = cuts(files, &case["cuts"]);
    let number = cuts.len() as u32 + 1;
    assert_eq!(json!(oracle::parts(files, cuts)), case["parts"], "{name}: the slow implementation");
    assert_eq!(merged(&case["parts"]).unwrap().root(), *root, "{name}: merged");
    // This crate cuts elsewhere, into as many.
    let folder = write(files);
    for part in 1..=number {
        let part = hash_part(folder.path(), part, number, &Options::default()).unwrap();
        oracle::check_part(&serde_json::from_str(&part.to_json()).unwrap(), files);
    }
}

fn check_merge(name: &str, vector: &Value) {
    for case in vector["merge"].as_array().unwrap() {
        let (why, error) = (&case["description"], merged(&case["parts"]).expect_err(name));
        let reason = case["refused"].as_str().unwrap();
        assert!(error.to_string().contains(reason), "{name}: {why}: expected {reason:?}, got {error}");
    }
}

fn check_refused(name: &str, vector: &Value) {
    let folder = write(&files(vector));
    let error = hash_path(folder.path(), &Options::default()).expect_err(name);
    let reason = vector["refused"].as_str().unwrap();
    assert!(error.to_string().contains(reason), "{name}: expected {reason:?}, got {error}");
}

fn check_paths(vector: &Value) {
    for case in vector["paths"].as_array().unwrap() {
        let mut path = case["path"].as_str().unwrap_or_default().to_owned();
        if let Some(times) = case["times"].as_u64() {
            path = path.repeat(times as usize);
        }
        assert_eq!(check_path(&path).is_ok(), case["allowed"].as_bool().unwrap(), "{path:?}");
    }
}

fn check_proofs(name: &str, vector: &Value) {
    let root: Hash = vector["root"].as_str().unwrap().parse().unwrap();
    for case in vector["cases"].as_array().unwrap() {
        let bytes = hex::decode(case["bytes"].as_str().unwrap()).unwrap();
        let chunk = content(&case["chunk"]);
        let result = Proof::from_bytes(&bytes).and_then(|proof| proof.verify(&root, &chunk).map(drop));
        let why = &case["description"];
        assert_eq!(result.is_ok(), case["verifies"].as_bool().unwrap(), "{name}: {why}: {result:?}");
    }
}

#[test]
fn every_vector_holds_here_and_in_the_slow_implementation() {
    for (path, vector) in vectors() {
        let name = path.file_name().unwrap().to_string_lossy();
        if vector.get("expect").is_some() {
            check_roots(&name, &vector);
        } else if vector.get("refused").is_some() {
            check_refused(&name, &vector);
        } else if vector.get("paths").is_some() {
            check_paths(&vector);
        } else if vector.get("merge").is_some() {
            check_merge(&name, &vector);
        } else if vector.get("cases").is_some() {
            check_proofs(&name, &vector);
        } else {
            panic!("{name}: a vector of an unknown kind");
        }
    }
}

/// What stands in a vector is what would be filled in today; with `PEDIGREE_WRITE` it is.
#[test]
fn every_vector_is_what_would_be_filled_in() {
    let writes = std::env::var_os("PEDIGREE_WRITE").is_some();
    // Vectors from elsewhere may say less than all.
    let ours = std::env::var_os("PEDIGREE_VECTORS").is_none();
    for (path, stands) in vectors() {
        let mut vector = stands.clone();
        if vector.get("files").is_none() || vector.get("refused").is_some() {
            continue;
        }
        let files = files(&vector);
        let key = salt(&vector);
        vector["expect"] = expected(&files, key.as_ref());
        let folder = write(&files);
        let salt = key.map(Salt::from);
        let manifest = hash_path(folder.path(), &Options { salt: salt.as_ref(), ..Options::default() }).unwrap();
        for case in vector["proofs"].as_array_mut().unwrap_or(&mut vec![]) {
            let proof = prove(folder.path(), &manifest, &case["of"], salt.as_ref());
            case["json"] = serde_json::from_str(&proof.to_json()).unwrap();
            case["bytes"] = json!(hex::encode(proof.to_bytes()));
        }
        for case in vector.get_mut("cut").and_then(Value::as_array_mut).unwrap_or(&mut vec![]) {
            let cuts = cuts(&files, &case["cuts"]);
            case["parts"] = json!(oracle::parts(&files, cuts));
        }
        if writes {
            fs::write(&path, serde_json::to_string_pretty(&vector).unwrap() + "\n").unwrap();
        } else if ours {
            assert_eq!(vector, stands, "{} is not what would be filled in", path.display());
        }
    }
}
