//! `pedigree hash` and `pedigree merge`.

use std::path::Path;

use pedigree_manifest::{Manifest, MergeError, Part, Salt, MAX_PART_JSON_BYTES};
use serde_json::{json, Value};

use super::Context;
use crate::args::{FileDigestArg, HashArgs, MergeArgs};
use crate::error::{Failure, Result};
use crate::names::PartArg;
use crate::output::{count, duration, lossy, safe, size};
use crate::progress;
use crate::store::{read_text, write_public};

pub(super) fn run(context: &Context, args: &HashArgs) -> Result<()> {
    let salt = args.salt.salt(&args.path, &context.output)?;
    if let (Some(part), Some(path)) = (args.part, &args.output) {
        return hash_part(context, args, part, salt.as_ref(), path);
    }
    let sha256 = args.digest == Some(FileDigestArg::Sha256);
    let hashed = progress::hash_with(&args.path, sha256, salt.as_ref(), &context.output)?;
    let digests: Vec<_> = hashed.digests().map(|(file, digest)| (safe(&file.path), hex::encode(digest))).collect();
    let listed = args
        .digest
        .map(|_| digests.iter().map(|(path, digest)| json!({ "path": path, "sha256": digest })).collect::<Vec<_>>());
    let more = json!({ "seconds": hashed.time.as_secs_f64(), "digests": listed });
    let written = args.output.as_deref().map(|path| (path, hashed.blocks.to_json(&hashed.manifest)));
    answer(context, &hashed.manifest, written, more, |root| {
        let mut text = format!("{root}\n  {}", hashed.counts());
        // As sha256sum writes them, so that it can check them.
        digests.iter().for_each(|(path, digest)| text.push_str(&format!("\n{digest}  {path}")));
        text
    })
}

/// Writes the manifest if asked to; then the root, the counts, and what else there is to say.
fn answer(
    context: &Context,
    manifest: &Manifest,
    written: Option<(&Path, String)>,
    more: Value,
    text: impl FnOnce(String) -> String,
) -> Result<()> {
    if let Some((path, json)) = &written {
        write_public(path, json.as_bytes())?;
        context.output.step("Wrote", format!("the manifest to {}", path.display()));
    }
    let summary = manifest.summary();
    let root = summary.root();
    let mut answer = json!({
        "root": root,
        "files": summary.file_count,
        "tensors": summary.tensor_count,
        "bytes": summary.total_bytes,
        "manifest": written.map(|(path, _)| lossy(path)),
    });
    if let (Some(answer), Value::Object(more)) = (answer.as_object_mut(), more) {
        answer.extend(more);
    }
    context.output.answer(&answer, |style| text(style.bold(root)))
}

/// `pedigree hash --part`.
fn hash_part(context: &Context, args: &HashArgs, part: PartArg, salt: Option<&Salt>, path: &Path) -> Result<()> {
    let (made, time) = progress::part(&args.path, part, salt, &context.output)?;
    let json = made.to_json();
    write_public(path, json.as_bytes())?;
    let (PartArg { number, of }, (files, pieces)) = (part, made.counts());
    context.output.answer(
        &json!({
            "part": lossy(path), "number": number, "of": of, "files": files, "pieces": pieces, "seconds": time.as_secs_f64(),
        }),
        |style| {
            let files = format!("{}, and pieces of {}", count(files, "file"), count(pieces, "file"));
            let name = style.bold(path.display());
            format!("{name}  part {number} of {of}\n  {files} in {}", duration(time))
        },
    )
}

/// `pedigree merge`.
pub(super) fn merge(context: &Context, args: &MergeArgs) -> Result<()> {
    let parts = args.parts.iter().map(|path| read_part(path)).collect::<Result<Vec<_>>>()?;
    let manifest = pedigree_manifest::merge(parts).map_err(|error| {
        let hint = match error {
            MergeError::MissingPart { .. } => {
                "name all parts, and make those that are missing with `pedigree hash --part`"
            }
            MergeError::PartTwice { .. } => "name each part once",
            _ => "make all parts with the same number of parts, of the same files, that nothing writes to",
        };
        Failure::input(error).hint(hint)
    })?;
    let summary = manifest.summary();
    let parts = u64::try_from(args.parts.len()).unwrap_or(u64::MAX);
    // Without blocks: parts have the largest subtrees, not those of blocks.
    let written = args.output.as_deref().map(|path| (path, manifest.to_json()));
    answer(context, &manifest, written, json!({ "parts": parts }), |root| {
        let (files, tensors) = (count(summary.file_count, "file"), count(summary.tensor_count, "tensor"));
        format!("{root}\n  {files}, {tensors}, {} from {}", size(summary.total_bytes), count(parts, "part"))
    })
}

fn read_part(path: &Path) -> Result<Part> {
    let about = |error| Failure::input(format!("{}: {error}", path.display()));
    let json = read_text(path, MAX_PART_JSON_BYTES, "part of a manifest")?;
    Part::from_json(&json).map_err(|error| about(error.to_string()))
}
