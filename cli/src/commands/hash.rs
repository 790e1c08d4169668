//! `pedigree hash`.

use serde_json::json;

use super::Context;
use crate::args::HashArgs;
use crate::error::Result;
use crate::progress;
use crate::store::write_public;

pub(super) fn run(context: &Context, args: &HashArgs) -> Result<()> {
    let hashed = progress::hash(&args.path, &context.output)?;
    let summary = hashed.manifest.summary();
    if let Some(path) = &args.output {
        write_public(path, hashed.blocks.to_json(&hashed.manifest).as_bytes())?;
        context.output.step("Wrote", format!("the manifest to {}", path.display()));
    }
    let root = summary.root();
    context.output.answer(
        &json!({
            "root": root,
            "files": summary.file_count,
            "tensors": summary.tensor_count,
            "bytes": summary.total_bytes,
            "seconds": hashed.time.as_secs_f64(),
            "manifest": args.output,
        }),
        |style| format!("{}\n  {}", style.bold(root), hashed.counts()),
    )
}
