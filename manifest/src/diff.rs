//! What differs between two manifests, down to the tensor.
//!
//! Comparing takes no bytes: everything that can differ is in the hashes of the segments. What has gone from one place and
//! come at another unchanged is told as moved, which is what re-sharding and renaming look like.

use crate::{
    hash::Hash,
    manifest::{File, Manifest},
    segment::{Content, Segment},
};
use alloc::{
    borrow::ToOwned,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use core::fmt;

/// What happened to a file or tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub enum Change {
    /// Only the second manifest has it.
    Added,
    /// Only the first manifest has it.
    Removed,
    /// Both have it, with other bytes (or another type or shape).
    Changed,
    /// Both have it unchanged, in another place.
    Moved,
}

/// One file that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct FileChange {
    /// Its path; the new one if it moved.
    pub path: String,
    /// What happened.
    pub change: Change,
    /// Its path before, if it moved.
    pub moved_from: Option<String>,
    /// In bytes, if the first manifest has it.
    pub size_before: Option<u64>,
    /// In bytes, if the second manifest has it.
    pub size_after: Option<u64>,
    /// Its header is another: names, order or metadata.
    pub header_changed: bool,
}

/// One tensor that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct TensorChange {
    /// Its name.
    pub name: String,
    /// The file it is in; the new one if it moved.
    pub path: String,
    /// What happened.
    pub change: Change,
    /// The file it was in before, if it moved.
    pub moved_from: Option<String>,
    /// Content id in the first manifest.
    pub before: Option<Hash>,
    /// Content id in the second manifest.
    pub after: Option<Hash>,
}

/// What differs, sorted: files by path, tensors by name and path. Nothing differs exactly if the roots are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "std", derive(serde::Serialize))]
#[cfg_attr(feature = "std", serde(rename_all = "camelCase"))]
pub struct Diff {
    /// The files.
    pub files: Vec<FileChange>,
    /// The tensors. They are parts of files that are in `files`, too.
    pub tensors: Vec<TensorChange>,
}

impl Diff {
    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.tensors.is_empty()
    }
}

/// Something on both sides or on one, in the order of keys.
fn pairs<K: Ord + Copy, V: Copy>(before: &BTreeMap<K, V>, after: &BTreeMap<K, V>) -> Vec<(K, Option<V>, Option<V>)> {
    let keys: BTreeSet<K> = before.keys().chain(after.keys()).copied().collect();
    keys.into_iter().map(|key| (key, before.get(&key).copied(), after.get(&key).copied())).collect()
}

/// What differs between two manifests; the first is the one expected.
#[must_use]
pub fn diff(before: &Manifest, after: &Manifest) -> Diff {
    Diff { files: files(before, after), tensors: tensors(before, after) }
}

fn files(before: &Manifest, after: &Manifest) -> Vec<FileChange> {
    fn by_path(manifest: &Manifest) -> BTreeMap<&str, &File> {
        manifest.files.iter().map(|file| (file.path.as_str(), file)).collect()
    }
    fn header(file: &File) -> Option<&Segment> {
        file.segments.iter().find(|segment| segment.content == Content::Header)
    }
    let (before, after) = (by_path(before), by_path(after));
    let pairs = pairs(&before, &after);
    // What is gone, by what was in it: nothing that has bytes is found here twice unless it was there twice.
    let mut gone: BTreeMap<Vec<Hash>, Vec<&File>> = BTreeMap::new();
    for (_, file, _) in pairs.iter().rev().filter(|(_, _, after)| after.is_none()) {
        file.iter().for_each(|file| gone.entry(file.segment_leaves()).or_default().push(file));
    }
    let mut moved = BTreeSet::new();
    let mut changes = Vec::new();
    for (path, before, after) in pairs {
        let (change, source) = match (before, after) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => (Change::Changed, None),
            (Some(_), None) => (Change::Removed, None),
            (None, _) => {
                let leaves = after.filter(|file| file.size > 0).map(File::segment_leaves);
                match leaves.and_then(|leaves| gone.get_mut(&leaves)?.pop()) {
                    Some(source) => (Change::Moved, Some(source)),
                    None => (Change::Added, None),
                }
            }
        };
        moved.extend(source.map(|file| file.path.as_str()));
        let header_changed = match (before, after) {
            (Some(before), Some(after)) => header(before) != header(after),
            _ => false,
        };
        changes.push(FileChange {
            path: path.to_owned(),
            change,
            moved_from: source.map(|file| file.path.clone()),
            size_before: before.or(source).map(|file| file.size),
            size_after: after.map(|file| file.size),
            header_changed,
        });
    }
    changes.retain(|file| file.change != Change::Removed || !moved.contains(file.path.as_str()));
    changes
}

fn tensors(before: &Manifest, after: &Manifest) -> Vec<TensorChange> {
    fn by_place(manifest: &Manifest) -> BTreeMap<(&str, &str), Hash> {
        let tensors = manifest.files.iter().flat_map(File::tensors);
        tensors.map(|tensor| ((tensor.name, tensor.path), tensor.content_id)).collect()
    }
    let (before, after) = (by_place(before), by_place(after));
    let pairs = pairs(&before, &after);
    let mut gone: BTreeMap<(&str, Hash), Vec<&str>> = BTreeMap::new();
    for ((name, path), id, _) in pairs.iter().rev().filter(|(_, _, after)| after.is_none()) {
        id.iter().for_each(|id| gone.entry((*name, *id)).or_default().push(path));
    }
    let mut moved = BTreeSet::new();
    let mut changes = Vec::new();
    for ((name, path), before, after) in pairs {
        let (change, source) = match (before, after) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => (Change::Changed, None),
            (Some(_), None) => (Change::Removed, None),
            (None, _) => match after.and_then(|id| gone.get_mut(&(name, id))?.pop()) {
                Some(source) => (Change::Moved, Some(source)),
                None => (Change::Added, None),
            },
        };
        moved.extend(source.map(|source| (name, source)));
        changes.push(TensorChange {
            name: name.to_owned(),
            path: path.to_owned(),
            change,
            moved_from: source.map(ToOwned::to_owned),
            before: before.or_else(|| source.and(after)),
            after,
        });
    }
    changes.retain(|tensor| {
        tensor.change != Change::Removed || !moved.contains(&(tensor.name.as_str(), tensor.path.as_str()))
    });
    changes
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        })
    }
}

impl fmt::Display for FileChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file {} {}", self.path, self.change)?;
        if let Some(from) = &self.moved_from {
            write!(f, " from {from}")?;
        }
        match (self.change, self.size_before, self.size_after) {
            (Change::Changed, Some(before), Some(after)) if before != after => {
                write!(f, " ({before} -> {after} bytes)")?;
            }
            _ => {}
        }
        if self.header_changed {
            f.write_str(", its header too")?;
        }
        Ok(())
    }
}

impl fmt::Display for TensorChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tensor {} in {} {}", self.name, self.path, self.change)?;
        if let Some(from) = &self.moved_from {
            write!(f, " from {from}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.iter().try_for_each(|file| writeln!(f, "{file}"))?;
        self.tensors.iter().try_for_each(|tensor| writeln!(f, "{tensor}"))
    }
}
