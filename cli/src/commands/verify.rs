//! `pedigree verify`: which release a folder is, or how it differs from a named one.

use std::path::Path;

use pedigree_manifest::{diff, Change, Diff, FileChange, Hash, Manifest, TensorChange};
use serde_json::json;

use super::Context;
use crate::args::VerifyArgs;
use crate::chain::views::ReleaseView;
use crate::display;
use crate::error::{Failure, Result};
use crate::names::ReleasePath;
use crate::output::{count, safe, size, Style};
use crate::progress;
use crate::store::read_manifest;

/// As many changes are listed of each kind; `--json` has all.
const LISTED: usize = 20;

pub(super) async fn run(context: &Context, args: &VerifyArgs) -> Result<()> {
    // First what can fail fast.
    let expected = args.manifest.as_deref().map(read_manifest).transpose()?;
    let salt = args.salt.salt(&args.path)?;
    let chain = context.chain().await?;
    let against = match &args.against {
        Some(path) => Some(super::show::existing(&chain, path).await?),
        None => None,
    };
    let hashed =
        tokio::task::block_in_place(|| progress::hash_with(&args.path, false, salt.as_ref(), &context.output))?;
    let hashed = hashed.told(&args.path, &context.output);
    match against {
        Some(release) => compare(context, args, &hashed.manifest, &release, expected),
        None => {
            let root = hashed.manifest.root();
            let releases = chain.releases_by_root(&root).await?;
            if releases.is_empty() {
                unknown(context, &args.path, &hashed.manifest, expected)
            } else {
                found(context, &args.path, &root, &releases)
            }
        }
    }
}

/// These bytes are registered.
fn found(context: &Context, path: &Path, root: &Hash, releases: &[ReleaseView]) -> Result<()> {
    context.output.answer(&json!({ "verified": true, "root": root, "releases": releases }), |style| {
        let named = releases.iter().find(|release| release.holder).or(releases.first());
        let name = named.map(|release| safe(&release.name)).unwrap_or_default();
        let list = match releases {
            [only] => display::release_facts(style, only),
            several => format!("  registered {} times:\n{}", several.len(), super::show::list(style, several)),
        };
        format!(
            "{} {} is {}, byte for byte\n{list}  {}\n",
            style.green("✓"),
            path.display(),
            style.bold(name),
            style.dim(root),
        )
    })
}

/// Nobody registered these bytes.
fn unknown(context: &Context, path: &Path, manifest: &Manifest, expected: Option<Manifest>) -> Result<()> {
    let root = manifest.root();
    let differences = expected.map(|expected| (expected.root(), diff(&expected, manifest)));
    let (expected_root, changes) = match &differences {
        Some((root, changes)) => (Some(root), Some(changes)),
        None => (None, None),
    };
    let answer = json!({ "verified": false, "root": root, "releases": [], "expectedRoot": expected_root, "differences": changes });
    context.output.answer(&answer, |style| {
        let mut text =
            format!("{} {} is no registered release\n  {}\n", style.red("✗"), path.display(), style.dim(root));
        match &differences {
            Some((expected, changes)) => {
                text.push_str(&format!("  from the manifest with root {expected} it differs in\n"));
                text.push_str(&list_changes(style, changes));
            }
            None => text.push_str("  to see how it differs from one: `--against NAMESPACE/NAME@N`\n"),
        }
        text
    })?;
    Err(Failure::answered_no())
}

/// Whether these are the bytes of that release, and if not, which are others.
fn compare(
    context: &Context,
    args: &VerifyArgs,
    manifest: &Manifest,
    release: &ReleaseView,
    expected: Option<Manifest>,
) -> Result<()> {
    let root = manifest.root();
    let name = safe(&release.name);
    if root == release.manifest.root {
        return context.output.answer(
            &json!({ "verified": true, "root": root, "release": release, "differences": null }),
            |style| {
                let mut text =
                    format!("{} {} is {}, byte for byte\n", style.green("✓"), args.path.display(), style.bold(&name));
                text.push_str(&format!("{}  {}\n", display::release_facts(style, release), style.dim(root)));
                text
            },
        );
    }
    let expected = match expected {
        Some(manifest) if manifest.root() != release.manifest.root => {
            return Err(Failure::input(format!(
                "the manifest given has the root {}, and {name} has {}",
                manifest.root(),
                release.manifest.root
            ))
            .hint("it is the manifest of another release; ask whoever registered it for the right one"))
        }
        Some(manifest) => Some(manifest),
        None => context.home.manifest(&release.manifest.root)?,
    };
    if let Some(expected) = expected.as_ref().filter(|expected| expected.salted != manifest.salted) {
        return Err(match expected.salted {
            true => Failure::usage(format!("{name} is salted: without its salt nothing can be compared"))
                .hint("name the file with it: --salt-file FILE (whoever registered it has it)"),
            false => Failure::usage(format!("{name} is not salted")).hint("leave out --salt-file"),
        });
    }
    let differences = expected.map(|expected| diff(&expected, manifest));
    let answer = json!({
        "verified": false, "root": root, "expectedRoot": release.manifest.root, "release": release, "differences": differences,
    });
    context.output.answer(&answer, |style| {
        let mut text = format!("{} {} is not {}\n", style.red("✗"), args.path.display(), style.bold(&name));
        match &differences {
            Some(changes) => text.push_str(&list_changes(style, changes)),
            None => text.push_str(&counts(style, manifest, release)),
        }
        text.push_str(&format!("  {}\n", style.dim(format!("root {root}, expected {}", release.manifest.root))));
        text
    })?;
    if differences.is_none() {
        context.output.note(format!(
            "to name the files and tensors that differ, the manifest of {name} is needed: --manifest FILE (whoever has the original makes it with `{}`)",
            hint_for_manifest(&args.against)
        ));
    }
    Err(Failure::answered_no())
}

fn hint_for_manifest(against: &Option<ReleasePath>) -> String {
    let name = against.as_ref().map(|path| path.record.name.clone()).unwrap_or_default();
    format!("pedigree hash FOLDER -o {name}.manifest.json")
}

/// What can be told without a manifest.
fn counts(style: Style, manifest: &Manifest, release: &ReleaseView) -> String {
    let (here, there) = (manifest.summary(), &release.manifest);
    let mut text = String::new();
    let mut line = |what: &str, here: String, there: String| {
        if here != there {
            text.push_str(&format!("  {} {what}: {here} here, {there} in the release\n", style.yellow("~")));
        }
    };
    line("files", here.file_count.to_string(), there.files.to_string());
    line("tensors", here.tensor_count.to_string(), there.tensors.to_string());
    line("size", format!("{} bytes", here.total_bytes), format!("{} bytes", there.bytes));
    if text.is_empty() {
        text.push_str("  as many files, tensors and bytes, but not the same ones\n");
    }
    text
}

/// The differences, files first.
fn list_changes(style: Style, changes: &Diff) -> String {
    let mut text = String::new();
    for file in changes.files.iter().take(LISTED) {
        text.push_str(&file_line(style, file));
        let inside: Vec<&TensorChange> = changes.tensors.iter().filter(|tensor| tensor.path == file.path).collect();
        for tensor in inside.iter().take(LISTED) {
            text.push_str(&tensor_line(style, tensor));
        }
        text.push_str(&more(inside.len(), "tensor"));
    }
    text.push_str(&more(changes.files.len(), "file"));
    text
}

fn more(all: usize, noun: &str) -> String {
    match u64::try_from(all.saturating_sub(LISTED)) {
        Ok(0) | Err(_) => String::new(),
        Ok(rest) => format!("    … and {} more (--json lists all)\n", count(rest, noun)),
    }
}

fn sign(style: Style, change: Change) -> String {
    match change {
        Change::Added => style.green("+"),
        Change::Removed => style.red("-"),
        Change::Changed => style.yellow("~"),
        Change::Moved => style.cyan(">"),
    }
}

fn file_line(style: Style, file: &FileChange) -> String {
    let name = style.bold(safe(&file.path));
    let sign = sign(style, file.change);
    let what = match (file.change, file.size_before, file.size_after) {
        (Change::Added, _, after) => format!("only here ({})", size(after.unwrap_or_default())),
        (Change::Removed, before, _) => format!("missing here ({})", size(before.unwrap_or_default())),
        (Change::Moved, ..) => format!("moved from {}", safe(file.moved_from.as_deref().unwrap_or("elsewhere"))),
        (Change::Changed, Some(before), Some(after)) if before != after => {
            format!("differs: {before} bytes in the release, {after} here")
        }
        (Change::Changed, ..) if file.header_changed => "differs, its header too".to_owned(),
        (Change::Changed, ..) => "differs".to_owned(),
    };
    format!("  {sign} {name}  {what}\n")
}

fn tensor_line(style: Style, tensor: &TensorChange) -> String {
    let what = match tensor.change {
        Change::Added => "only here".to_owned(),
        Change::Removed => "missing here".to_owned(),
        Change::Changed => "differs".to_owned(),
        Change::Moved => format!("moved from {}", safe(tensor.moved_from.as_deref().unwrap_or("elsewhere"))),
    };
    format!("      {} tensor {}  {what}\n", sign(style, tensor.change), style.bold(safe(&tensor.name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A safetensors file of two tensors.
    fn safetensors(first: u8, second: u8) -> Vec<u8> {
        let header = br#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#;
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(header);
        bytes.extend_from_slice(&[first; 4]);
        bytes.extend_from_slice(&[second; 4]);
        bytes
    }

    fn manifest(folder: &Path) -> Manifest {
        pedigree_manifest::hash_path(folder, &pedigree_manifest::Options::default()).unwrap()
    }

    #[test]
    fn one_changed_byte_names_the_file_and_the_tensor() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("model.safetensors"), safetensors(1, 2)).unwrap();
        fs::write(folder.path().join("config.json"), "{}").unwrap();
        let before = manifest(folder.path());
        fs::write(folder.path().join("model.safetensors"), safetensors(1, 3)).unwrap();
        fs::write(folder.path().join("extra"), "x").unwrap();
        let after = manifest(folder.path());
        let text = list_changes(Style::plain(), &diff(&before, &after));
        assert_eq!(text, "  + extra  only here (1 B)\n  ~ model.safetensors  differs\n      ~ tensor b  differs\n");
    }
}
