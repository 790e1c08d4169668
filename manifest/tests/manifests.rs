//! Manifests that are stored, sent and compared.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

mod oracle;

use codec::{DecodeAll, Encode};
use pedigree_manifest::{
    diff, hash_path, Change, Content, Hash, InvalidManifest, Manifest, Options, PathProblem, ShapeProblem,
};
use std::{fs, path::Path};
use tempfile::{tempdir, TempDir};

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn hash(folder: &TempDir) -> Manifest {
    hash_path(folder.path(), &Options::default()).unwrap()
}

fn model() -> Vec<u8> {
    oracle::safetensors_file(&[("a", "F32", &[2, 3], 24), ("b", "U8", &[50_000], 50_000), ("c", "F16", &[], 2)])
}

fn release() -> TempDir {
    let folder = tempdir().unwrap();
    write(folder.path(), "model.safetensors", &model());
    write(folder.path(), "sub/config.json", b"{}");
    folder
}

#[test]
fn stored_manifest_is_the_same_when_read() {
    let manifest = hash(&release());
    assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);
    assert_eq!(Manifest::decode_all(&mut &manifest.encode()[..]).unwrap(), manifest);
    let json: serde_json::Value = serde_json::from_str(&manifest.to_json()).unwrap();
    assert_eq!(json["format"], "pedigree-manifest");
    assert_eq!(json["root"], manifest.root().to_string());
    assert_eq!(json["summary"]["tensorCount"], 3);
    assert_eq!(json["files"][0]["segments"][1]["kind"], "tensor");
    assert_eq!(json["files"][0]["segments"][1]["shape"], serde_json::json!([2, 3]));
}

#[test]
fn edited_manifest_is_refused() {
    let manifest = hash(&release());
    let json = manifest.to_json();
    let edit = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        Manifest::from_json(&json.replacen(from, to, 1)).unwrap_err()
    };
    assert_eq!(edit("\"name\": \"a\"", "\"name\": \"z\""), InvalidManifest::Stated);
    assert_eq!(edit("\"tensorCount\": 3", "\"tensorCount\": 4"), InvalidManifest::Stated);
    assert_eq!(edit("\"version\": 1", "\"version\": 2"), InvalidManifest::Version);
    assert_eq!(edit("\"flags\": 0", "\"flags\": 1"), InvalidManifest::Stated);
    assert_eq!(edit("\"flags\": 0", "\"flags\": 2"), InvalidManifest::Version);
    assert!(matches!(edit("pedigree-manifest", "other"), InvalidManifest::Json { .. }));
    assert!(matches!(edit("\"kind\": \"tensor\"", "\"kind\": \"padding\""), InvalidManifest::Json { .. }));
    assert!(matches!(Manifest::from_json("{"), Err(InvalidManifest::Json { .. })));
    let root = manifest.root().to_string();
    assert_eq!(edit(&root, &Hash::default().to_string()), InvalidManifest::Stated);
}

#[test]
fn each_rule_has_its_own_error() {
    fn tensor(manifest: &mut Manifest) -> &mut pedigree_manifest::TensorHeader {
        match &mut manifest.files[0].segments[1].content {
            Content::Tensor(tensor) => tensor,
            other => panic!("{other:?}"),
        }
    }
    let good = hash(&release());
    good.check().unwrap();
    let check = |edit: &dyn Fn(&mut Manifest)| {
        let mut manifest = good.clone();
        edit(&mut manifest);
        manifest.check().unwrap_err()
    };
    let path = || "model.safetensors".to_owned();
    assert_eq!(check(&|m| m.files.clear()), InvalidManifest::NoFiles);
    assert!(matches!(
        check(&|m| m.files[1].path = "../config.json".into()),
        InvalidManifest::BadPath { problem: PathProblem::DotComponent, .. }
    ));
    assert!(matches!(check(&|m| m.files.swap(0, 1)), InvalidManifest::Order { .. }));
    assert!(matches!(check(&|m| m.files.push(m.files[1].clone())), InvalidManifest::Order { .. }));
    assert!(matches!(
        check(&|m| {
            let mut file = m.files[1].clone();
            file.path = "sub/config.json/x/y".into();
            m.files.push(file);
        }),
        InvalidManifest::FileIsFolder { .. }
    ));
    assert_eq!(check(&|m| m.files[0].size += 1), InvalidManifest::Coverage { path: path() });
    assert_eq!(check(&|m| m.files[0].segments[1].offset += 1), InvalidManifest::Coverage { path: path() });
    assert_eq!(check(&|m| drop(m.files[0].segments.pop())), InvalidManifest::Coverage { path: path() });
    assert_eq!(check(&|m| m.files[0].segments[0].content = Content::Padding), InvalidManifest::Layout { path: path() });
    assert_eq!(check(&|m| m.files[0].segments.clear()), InvalidManifest::Layout { path: path() });
    assert!(matches!(check(&|m| m.files[1].segments[0].content = Content::Header), InvalidManifest::Layout { .. }));
    assert!(matches!(check(&|m| tensor(m).name = "b".into()), InvalidManifest::DuplicateTensor { .. }));
    assert_eq!(check(&|m| tensor(m).name = "x".repeat(1025)), InvalidManifest::NameTooLong { path: path() });
    assert!(matches!(check(&|m| tensor(m).shape.push(2)), InvalidManifest::Length { .. }));
    assert!(matches!(
        check(&|m| tensor(m).dtype = "f32".into()),
        InvalidManifest::Shape { problem: ShapeProblem::UnknownDtype, .. }
    ));
    assert!(matches!(
        check(&|m| {
            for (n, file) in m.files.iter_mut().enumerate() {
                file.path = format!("{n}");
                file.size = u64::MAX;
                file.segments.truncate(1);
                file.segments[0].content = Content::Opaque;
                file.segments[0].length = u64::MAX;
            }
        }),
        InvalidManifest::TooLarge
    ));
}

#[test]
fn resharding_moves_tensors_and_changes_no_content_id() {
    let one = tempdir().unwrap();
    write(
        one.path(),
        "model.safetensors",
        &oracle::raw_safetensors(
            r#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]}}"#,
            b"12345",
        ),
    );
    let two = tempdir().unwrap();
    write(
        two.path(),
        "model-1.safetensors",
        &oracle::raw_safetensors(r#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, b"12"),
    );
    write(
        two.path(),
        "model-2.safetensors",
        &oracle::raw_safetensors(r#"{"b":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}"#, b"345"),
    );
    let (one, two) = (hash(&one), hash(&two));
    let ids = |manifest: &Manifest| -> Vec<(String, Hash)> {
        manifest.tensors().iter().map(|t| (t.name.to_owned(), t.content_id)).collect()
    };
    assert_eq!(ids(&one), ids(&two));
    assert_ne!(one.root(), two.root());
    let changes = diff(&one, &two);
    assert!(changes.tensors.iter().all(|tensor| tensor.change == Change::Moved));
    assert_eq!(changes.tensors[1].to_string(), "tensor b in model-2.safetensors moved from model.safetensors");
}

#[test]
fn flipped_byte_names_the_file_and_the_tensor() {
    let folder = release();
    let before = hash(&folder);
    assert!(diff(&before, &before).is_empty());
    let mut model = model();
    let at = before.tensors_named("b")[0].offset as usize + 20_000;
    model[at] ^= 1;
    write(folder.path(), "model.safetensors", &model);
    let changes = diff(&before, &hash(&folder));
    assert_eq!(changes.to_string(), "file model.safetensors changed\ntensor b in model.safetensors changed\n");
    assert!(!changes.files[0].header_changed);
    assert_ne!(changes.tensors[0].before, changes.tensors[0].after);
}

#[test]
fn what_is_added_removed_renamed_and_resized_is_told() {
    let folder = release();
    write(folder.path(), "gone.txt", b"gone");
    write(folder.path(), "old-name.txt", b"stays");
    let before = hash(&folder);
    fs::remove_file(folder.path().join("gone.txt")).unwrap();
    fs::rename(folder.path().join("old-name.txt"), folder.path().join("new-name.txt")).unwrap();
    write(folder.path(), "added.txt", b"added");
    write(folder.path(), "sub/config.json", b"{\"a\":1}");
    write(
        folder.path(),
        "model.safetensors",
        &oracle::safetensors_file(&[("a", "F32", &[2, 3], 24), ("d", "U8", &[1], 1)]),
    );
    let after = hash(&folder);
    let changes = diff(&before, &after);
    let lines: Vec<String> = changes.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "file added.txt added",
            "file gone.txt removed",
            format!(
                "file model.safetensors changed ({} -> {} bytes), its header too",
                before.file("model.safetensors").unwrap().size,
                after.file("model.safetensors").unwrap().size
            )
            .as_str(),
            "file new-name.txt moved from old-name.txt",
            "file sub/config.json changed (2 -> 7 bytes)",
            "tensor b in model.safetensors removed",
            "tensor c in model.safetensors removed",
            "tensor d in model.safetensors added",
        ]
    );
    let json = serde_json::to_value(&changes).unwrap();
    assert_eq!(json["files"][3]["movedFrom"], "old-name.txt");
    assert_eq!(json["tensors"][0]["change"], "removed");
}

#[test]
fn difference_is_empty_exactly_if_the_roots_are_the_same() {
    let folder = release();
    let before = hash(&folder);
    write(folder.path(), "empty", b"");
    let after = hash(&folder);
    assert_ne!(before.root(), after.root());
    assert!(!diff(&before, &after).is_empty());
    assert_eq!(diff(&after, &before).files[0].change, Change::Removed);
}
