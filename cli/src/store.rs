//! What this program keeps between runs: keys, journals of what is under way, manifests of what was registered.
//!
//! Everything lies below `$PEDIGREE_HOME`, or `pedigree` in the user's data directory. Files are written beside their
//! place and renamed into it, so that an interruption leaves the old one or the new one, and are readable by their owner
//! only.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use pedigree_manifest::{Blocks, Hash, Manifest};

use crate::error::{AboutFile, Failure, Result};
use crate::output::size;

/// No manifest is longer, in bytes of JSON: that of three terabytes with a million tensors fits.
pub(crate) const LONGEST_MANIFEST: u64 = 512 << 20;

/// The directory that everything is kept in.
#[derive(Clone, Debug)]
pub(crate) struct Home(PathBuf);

impl Home {
    /// From the environment.
    pub(crate) fn from_env() -> Result<Self> {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        set("PEDIGREE_HOME")
            .or_else(|| set("XDG_DATA_HOME").map(|data| data.join("pedigree")))
            .or_else(|| set("HOME").map(|home| home.join(".local/share/pedigree")))
            .map(Self)
            .ok_or_else(|| {
                Failure::usage("neither HOME nor PEDIGREE_HOME is set").hint("set PEDIGREE_HOME to a directory")
            })
    }

    /// That directory.
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub(crate) fn journals(&self) -> PathBuf {
        self.0.join("journal")
    }

    /// The scores that were committed to, with their salts, on the chain with this genesis.
    pub(crate) fn scores(&self, genesis: &Hash) -> PathBuf {
        self.0.join("scores").join(genesis.to_string())
    }

    /// What a faucet has given lately, on the chain with this genesis.
    pub(crate) fn faucet(&self, genesis: &Hash) -> PathBuf {
        self.0.join("faucet").join(format!("{genesis}.json"))
    }

    /// Where the manifest with this root is kept.
    pub(crate) fn manifest_path(&self, root: &Hash) -> PathBuf {
        self.0.join("manifests").join(format!("{root}.json"))
    }

    /// Keeps a manifest, so that files can later be compared with it by name, and checked while they are fetched.
    pub(crate) fn keep_manifest(&self, manifest: &Manifest, blocks: &Blocks) -> Result<()> {
        let root = manifest.root();
        if self.manifest_with_blocks(&root).is_some() {
            return Ok(());
        }
        write_private(&self.manifest_path(&root), blocks.to_json(manifest).as_bytes())
    }

    /// The manifest with this root and its blocks, if both were kept.
    pub(crate) fn manifest_with_blocks(&self, root: &Hash) -> Option<(Manifest, Blocks)> {
        let json = read_text(&self.manifest_path(root), LONGEST_MANIFEST, "manifest").ok()?;
        Blocks::from_json(&json).ok().filter(|(manifest, _)| manifest.root() == *root)
    }

    /// The manifest with this root, if it was kept.
    pub(crate) fn manifest(&self, root: &Hash) -> Result<Option<Manifest>> {
        let path = self.manifest_path(root);
        if !path.exists() {
            return Ok(None);
        }
        let manifest = read_manifest(&path)?;
        if manifest.root() != *root {
            return Err(Failure::input(format!("{} is not the manifest that its name says", path.display()))
                .hint("delete it; `pedigree hash` or `pedigree verify` of the original files writes it again"));
        }
        Ok(Some(manifest))
    }
}

/// Reads a whole file that has so many bytes at most, being what it should be. What is no file (a device, a pipe) may have no end, or never
/// give a byte.
pub(crate) fn read_file(path: &Path, most: u64, what: &str) -> Result<Vec<u8>> {
    if !fs::metadata(path).about("read", path)?.is_file() {
        return Err(Failure::input(format!("cannot read {}: it is not a regular file", path.display())));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).about("read", path)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).about("read", path)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= most => Ok(bytes),
        _ => Err(Failure::input(format!(
            "{} is no {what}: it has more than {}, and is too long to be one",
            path.display(),
            size(most)
        ))),
    }
}

/// The same of a text.
pub(crate) fn read_text(path: &Path, most: u64, what: &str) -> Result<String> {
    String::from_utf8(read_file(path, most, what)?)
        .map_err(|_| Failure::input(format!("{} is no {what}: it is not UTF-8", path.display())))
}

/// Reads a manifest file as `pedigree hash -o` writes it, and checks all of it.
pub(crate) fn read_manifest(path: &Path) -> Result<Manifest> {
    let json = read_text(path, LONGEST_MANIFEST, "manifest")?;
    Manifest::from_json(&json).map_err(|error| Failure::input(format!("{} is no manifest: {error}", path.display())))
}

/// Reads a manifest file with the roots of its blocks, and checks all of it.
pub(crate) fn read_manifest_with_blocks(path: &Path) -> Result<(Manifest, Blocks)> {
    let json = read_text(path, LONGEST_MANIFEST, "manifest")?;
    Blocks::from_json(&json).map_err(|error| Failure::input(format!("{} is no manifest: {error}", path.display())))
}

/// Writes a file that only its owner can read, all of it or nothing.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(directory) = path.parent() {
        create_private_dir(directory)?;
    }
    write_atomically(path, bytes, true)?;
    // Without that, a loss of power could take the name away again, and with it the salt of what was sent meanwhile.
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        fs::File::open(directory).and_then(|directory| directory.sync_all()).about("write", path)?;
    }
    Ok(())
}

/// Writes a file all of it or nothing, readable by whomever the user's mask lets.
pub(crate) fn write_public(path: &Path, bytes: &[u8]) -> Result<()> {
    write_atomically(path, bytes, false)
}

/// Where a file is written before it is renamed to its place.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

fn write_atomically(path: &Path, bytes: &[u8], private: bool) -> Result<()> {
    let part = part_of(path);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let written = options.open(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&part, path))
        .inspect_err(|_| {
            let _ = fs::remove_file(&part);
        })
        .about("write", path)
}

fn create_private_dir(directory: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).about("create", directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_file_is_whole_and_nobody_elses() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/secret");
        write_private(&path, b"one").unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn what_is_too_long_or_no_file_is_not_read() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "four").unwrap();
        assert_eq!(read_file(&file, 4, "thing").unwrap(), b"four");
        assert!(read_file(&file, 3, "thing").unwrap_err().message.contains("is no thing"));
        assert!(read_file(home.path(), 3, "thing").unwrap_err().message.contains("not a regular file"));
        fs::write(&file, b"\xff").unwrap();
        assert!(read_text(&file, 4, "thing").unwrap_err().message.contains("not UTF-8"));
    }

    #[test]
    fn an_error_names_the_path() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "x").unwrap();
        let failure = write_private(&file.join("below"), b"x").unwrap_err();
        assert!(failure.message.contains("file"), "{failure}");
    }
}
