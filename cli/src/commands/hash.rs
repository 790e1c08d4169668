//! `pedigree hash`.

use serde_json::json;

use super::Context;
use crate::args::{FileDigestArg, HashArgs};
use crate::error::Result;
use crate::output::safe;
use crate::progress;
use crate::store::write_public;

pub(super) fn run(context: &Context, args: &HashArgs) -> Result<()> {
    let hashed = progress::hash_with(&args.path, args.digest == Some(FileDigestArg::Sha256), &context.output)?;
    let summary = hashed.manifest.summary();
    if let Some(path) = &args.output {
        write_public(path, hashed.manifest.to_json().as_bytes())?;
        context.output.step("Wrote", format!("the manifest to {}", path.display()));
    }
    let root = summary.root();
    let digests: Vec<_> = hashed.digests().map(|(file, digest)| (safe(&file.path), hex::encode(digest))).collect();
    let listed = args
        .digest
        .map(|_| digests.iter().map(|(path, digest)| json!({ "path": path, "sha256": digest })).collect::<Vec<_>>());
    context.output.answer(
        &json!({
            "root": root,
            "files": summary.file_count,
            "tensors": summary.tensor_count,
            "bytes": summary.total_bytes,
            "seconds": hashed.time.as_secs_f64(),
            "manifest": args.output,
            "digests": listed,
        }),
        |style| {
            let mut text = format!("{}\n  {}", style.bold(root), hashed.counts());
            // As sha256sum writes them, so that it can check them.
            digests.iter().for_each(|(path, digest)| text.push_str(&format!("\n{digest}  {path}")));
            text
        },
    )
}
