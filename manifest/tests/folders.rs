//! Which files of a folder count, under which paths; and what is refused.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

use pedigree_manifest::{hash_path, Manifest, ManifestError, Options, PathProblem};
use std::{fs, path::Path};
use tempfile::{tempdir, TempDir};

fn folder(files: &[&str]) -> TempDir {
    let folder = tempdir().unwrap();
    for path in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    folder
}

fn hash(path: &Path) -> Result<Manifest, ManifestError> {
    hash_path(path, &Options::default())
}

fn paths(path: &Path) -> Vec<String> {
    hash(path).unwrap().files.into_iter().map(|file| file.path).collect()
}

#[test]
fn files_are_sorted_by_path_as_bytes() {
    let folder = folder(&["b", "a/b", "a-b", "B", "a/b.c/d", "é"]);
    assert_eq!(
        paths(folder.path()),
        ["B", "a-b", "a/b.c/d", "a/b", "b", "é"]
            .map(str::to_owned)
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
}

#[test]
fn what_tools_leave_behind_is_left_out_and_nothing_else() {
    let folder = folder(&[
        ".git/HEAD",
        "sub/.git/HEAD",
        "submodule/.git",
        ".cache/huggingface/download/x.metadata",
        ".cache/other",
        "sub/.cache/huggingface/x",
        ".gitattributes",
        ".gitignore",
        ".hidden",
        "a",
    ]);
    assert_eq!(
        paths(folder.path()),
        [".cache/other", ".gitattributes", ".gitignore", ".hidden", "a", "sub/.cache/huggingface/x"]
    );
}

#[test]
fn empty_files_count_and_empty_folders_do_not() {
    let folder = folder(&["a"]);
    fs::write(folder.path().join("empty"), "").unwrap();
    let before = hash(folder.path()).unwrap();
    fs::create_dir_all(folder.path().join("nothing/in/here")).unwrap();
    assert_eq!(hash(folder.path()).unwrap(), before);
    assert_eq!(before.file("empty").unwrap().size, 0);
}

#[test]
fn single_file_is_a_manifest_of_its_name() {
    let folder = folder(&["sub/a.txt"]);
    let manifest = hash(&folder.path().join("sub/a.txt")).unwrap();
    assert_eq!(manifest.files[0].path, "a.txt");
    assert_eq!(manifest.root(), hash(&folder.path().join("sub")).unwrap().root());
}

#[test]
fn folder_without_files_is_an_error() {
    let folder = folder(&[".git/HEAD"]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(matches!(hash(folder.path()), Err(ManifestError::EmptyFolder { .. })));
}

#[test]
fn missing_folder_is_an_error_that_names_it() {
    let folder = folder(&["a"]);
    let path = folder.path().join("nothing");
    let error = hash(&path).unwrap_err();
    assert!(matches!(error, ManifestError::NotFound { .. }));
    assert!(error.to_string().contains("nothing"));
}

#[test]
fn path_that_no_other_system_could_hold_is_refused() {
    for (name, problem) in [
        ("a\\b", PathProblem::Backslash),
        ("a\nb", PathProblem::ControlCharacter),
        ("a\u{9b}b", PathProblem::ControlCharacter),
    ] {
        let folder = folder(&[name]);
        match hash(folder.path()) {
            Err(ManifestError::BadPath { path, problem: found }) => {
                assert_eq!((path.as_str(), found), (name, problem));
            }
            other => panic!("{name:?}: {other:?}"),
        }
    }
    let deep = folder(&[&format!("{}x", "d/".repeat(64))]);
    let error = hash(deep.path()).unwrap_err();
    assert!(matches!(error, ManifestError::BadPath { problem: PathProblem::TooDeep, .. }), "{error}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use pedigree_manifest::{prove_chunk, ProveError};
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt, fs::symlink},
    };

    #[test]
    fn cache_of_a_hub_has_the_root_of_the_plain_folder() {
        let plain = folder(&["config.json", "onnx/model.onnx"]);
        let cache = tempdir().unwrap();
        let (blobs, snapshot) = (cache.path().join("blobs"), cache.path().join("snapshots/rev"));
        fs::create_dir_all(&blobs).unwrap();
        fs::create_dir_all(snapshot.join("onnx")).unwrap();
        fs::write(blobs.join("0a"), "x").unwrap();
        fs::write(blobs.join("0b"), "x").unwrap();
        symlink("../../blobs/0a", snapshot.join("config.json")).unwrap();
        symlink("../../../blobs/0b", snapshot.join("onnx/model.onnx")).unwrap();
        assert_eq!(hash(&snapshot).unwrap(), hash(plain.path()).unwrap());
        // And through a link to the folder itself.
        symlink("rev", cache.path().join("snapshots/main")).unwrap();
        assert_eq!(hash(&cache.path().join("snapshots/main")).unwrap(), hash(plain.path()).unwrap());
    }

    #[test]
    fn linked_safetensors_is_cut_by_the_name_of_the_link() {
        let folder = tempdir().unwrap();
        let blob = tempdir().unwrap();
        fs::write(blob.path().join("blob"), b"\x02\0\0\0\0\0\0\0{}").unwrap();
        symlink(blob.path().join("blob"), folder.path().join("m.safetensors")).unwrap();
        assert_eq!(hash(folder.path()).unwrap().files[0].segments.len(), 1);
        fs::write(blob.path().join("blob"), "nonsense").unwrap();
        assert!(matches!(hash(folder.path()), Err(ManifestError::Safetensors { .. })));
    }

    #[test]
    fn folder_linked_twice_is_hashed_twice() {
        let folder = folder(&["real/a"]);
        symlink("real", folder.path().join("again")).unwrap();
        assert_eq!(paths(folder.path()), ["again/a", "real/a"]);
    }

    #[test]
    fn link_that_leads_back_is_an_error() {
        for target in [".", "..", "../sub", "self"] {
            let folder = folder(&["sub/a"]);
            symlink(target, folder.path().join("sub/self")).unwrap();
            match hash(folder.path()) {
                Err(ManifestError::LinkLoop { path }) => assert!(path.starts_with("sub/self"), "{path}"),
                other => panic!("{target}: {other:?}"),
            }
        }
        // Two links, each in the other's folder.
        let folder = folder(&["a/x", "b/x"]);
        symlink("../b", folder.path().join("a/b")).unwrap();
        symlink("../a", folder.path().join("b/a")).unwrap();
        assert!(matches!(hash(folder.path()), Err(ManifestError::LinkLoop { .. })));
    }

    #[test]
    fn link_to_what_contains_the_folder_is_an_error() {
        let outer = folder(&["inner/a", "other"]);
        symlink("..", outer.path().join("inner/up")).unwrap();
        let error = hash(&outer.path().join("inner")).unwrap_err();
        assert!(matches!(&error, ManifestError::LinkLoop { path } if path == "up/inner"), "{error}");
    }

    #[test]
    fn link_to_nothing_is_an_error_that_names_it() {
        let folder = folder(&["a"]);
        symlink("../blobs/missing", folder.path().join("model.bin")).unwrap();
        let error = hash(folder.path()).unwrap_err();
        assert!(matches!(&error, ManifestError::DanglingLink { path } if path == "model.bin"));
        assert!(error.to_string().contains("points to nothing"));
    }

    #[test]
    fn name_that_is_not_utf_8_is_an_error_that_shows_it() {
        let folder = folder(&["sub/a"]);
        fs::write(folder.path().join("sub").join(OsStr::from_bytes(b"b\xffd")), "x").unwrap();
        let error = hash(folder.path()).unwrap_err();
        assert!(matches!(error, ManifestError::NotUtf8 { .. }));
        assert!(error.to_string().contains("sub/b\\xFFd"), "{error}");
    }

    #[test]
    fn socket_is_an_error_that_names_it() {
        let folder = folder(&["a"]);
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let error = hash(folder.path()).unwrap_err();
        assert!(matches!(&error, ManifestError::SpecialFile { path } if path == "socket"));
    }

    #[test]
    fn unreadable_file_or_folder_is_an_error_that_names_it() {
        use std::os::unix::{fs::PermissionsExt, process::CommandExt};
        const AS_NOBODY: &str = "AS_NOBODY";
        const NOBODY: u32 = 65_534;
        let allow = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for name in ["sub", "sub/a"] {
            let folder = folder(&["sub/a"]);
            let path = folder.path().join(name);
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            allow(&path, 0o000);
            let may_read = fs::File::open(&path).is_ok();
            let result = hash(folder.path());
            allow(&path, mode);
            match result {
                Err(ManifestError::Unreadable { path, .. }) => assert_eq!(path, name),
                // Root may read everything: this test once more, as somebody who may not, from where he can start it.
                Ok(_) if may_read && std::env::var_os(AS_NOBODY).is_none() => {
                    let place = tempdir().unwrap();
                    allow(place.path(), 0o777);
                    let program = place.path().join("test");
                    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
                    allow(&program, 0o755);
                    let output = std::process::Command::new(&program)
                        .args(["--exact", "unix::unreadable_file_or_folder_is_an_error_that_names_it"])
                        .env_clear()
                        .envs([(AS_NOBODY, "1".as_ref()), ("TMPDIR", place.path().as_os_str())])
                        .current_dir(place.path())
                        .uid(NOBODY)
                        .gid(NOBODY)
                        .output()
                        .unwrap();
                    let said = String::from_utf8_lossy(&output.stdout);
                    assert!(output.status.success() && said.contains("1 passed"), "{output:?}");
                    return;
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn no_proof_is_made_from_a_pipe() {
        let folder = folder(&["a"]);
        let manifest = hash(folder.path()).unwrap();
        fs::remove_file(folder.path().join("a")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("a")).status();
        assert!(made.expect("mkfifo is there").success());
        match prove_chunk(folder.path(), &manifest, "a", 0) {
            Err(ProveError::File(ManifestError::SpecialFile { path })) => assert_eq!(path, "a"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn link_through_a_file_is_an_error_that_names_the_link() {
        let folder = folder(&["sub/a"]);
        symlink("a/b", folder.path().join("sub/link")).unwrap();
        match hash(folder.path()) {
            Err(ManifestError::Unreadable { path, source }) => {
                assert_eq!((path.as_str(), source.kind()), ("sub/link", std::io::ErrorKind::NotADirectory));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn permissions_and_dates_leave_no_trace() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&["a"]);
        let before = hash(folder.path()).unwrap();
        let path = folder.path().join("a");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(hash(folder.path()).unwrap(), before);
    }
}
