//! What is to be fetched: the places that a release is at, and its manifest.

use std::path::Path;

use pedigree_manifest::{Blocks, Hash, Manifest};
use serde_json::json;

use super::{Mirror, Web};
use crate::chain::views::ReleaseView;
use crate::error::{Failure, Result};
use crate::output::{safe, Output};
use crate::store::{read_manifest_with_blocks, Home, LONGEST_MANIFEST};

/// A release that is looked for: its root, what the chain says of it if that is known, and where it may be.
pub(crate) struct Sought<'a> {
    pub(crate) root: Hash,
    pub(crate) release: Option<&'a ReleaseView>,
    pub(crate) mirrors: &'a [Mirror],
}

/// Those that were named, then those that the chain names, each once.
pub(crate) fn mirrors(output: Output, named: Vec<Mirror>, release: Option<&ReleaseView>) -> Vec<Mirror> {
    let mut mirrors: Vec<Mirror> = Vec::new();
    let hinted = release.iter().flat_map(|release| {
        let locations = release.locations.iter().map(|location| Mirror::hinted(location));
        locations.chain(release.upstream.iter().map(Mirror::upstream))
    });
    for mirror in named.into_iter().map(Ok).chain(hinted) {
        match mirror {
            Ok(mirror) if !mirrors.contains(&mirror) => mirrors.push(mirror),
            Ok(_) => {}
            Err(reason) => output.note(format!("a location of the release is left out: {}", safe(&reason))),
        }
    }
    mirrors
}

/// The manifest with the right root: the one kept here, or the first right one of the mirrors. Not if it is salted.
pub(crate) async fn manifest(
    output: Output,
    home: &Home,
    sought: &Sought<'_>,
    web: &Web,
) -> Result<(Manifest, Blocks)> {
    let root = sought.root;
    if let Some((manifest, blocks)) = home.manifest_with_blocks(&root) {
        return unsalted(manifest, blocks);
    }
    let limit = limit(sought.release);
    let mut reasons = Vec::new();
    for mirror in sought.mirrors {
        let reason = match mirror.manifest(web, limit).await {
            Ok(bytes) => match checked(bytes, root).await {
                Ok((manifest, blocks)) => {
                    output.step("Read", format!("the manifest, from {mirror}"));
                    return unsalted(manifest, blocks);
                }
                Err(reason) => reason,
            },
            Err(trouble) => trouble.to_string(),
        };
        let reason = safe(&reason);
        output.warning(format!("{mirror}: no manifest of the release: {reason}"));
        reasons.push(json!({ "mirror": mirror.to_string(), "reason": reason }));
    }
    Err(Failure::input(format!("no manifest with the root {root} is kept here, and no mirror has it"))
        .hint("whoever has the files makes it with `pedigree hash FOLDER -o FOLDER.manifest.json`; name it with --manifest, or lay it beside the files")
        .details(json!({ "failures": reasons })))
}

/// The manifest in a file, which has to have that root.
pub(crate) fn given_manifest(path: &Path, root: Hash) -> Result<(Manifest, Blocks)> {
    let (manifest, blocks) = read_manifest_with_blocks(path)?;
    if manifest.root() == root {
        return unsalted(manifest, blocks);
    }
    Err(Failure::input(format!("the manifest given has the root {}, and the release has {root}", manifest.root()))
        .hint("it is the manifest of another release; ask whoever registered it for the right one"))
}

fn unsalted(manifest: Manifest, blocks: Blocks) -> Result<(Manifest, Blocks)> {
    if manifest.salted {
        return Err(Failure::input(
            "the release is salted, so its files can't be checked block by block while they arrive",
        )
        .hint("fetch them by other means; `pedigree verify FOLDER --salt-file FILE` then checks them all"));
    }
    Ok((manifest, blocks))
}

/// Checks all of a manifest that came from somewhere.
async fn checked(bytes: Vec<u8>, root: Hash) -> Result<(Manifest, Blocks), String> {
    let checking = tokio::task::spawn_blocking(move || {
        let json = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        let (manifest, blocks) = Blocks::from_json(&json).map_err(|error| error.to_string())?;
        match manifest.root() {
            own if own == root => Ok((manifest, blocks)),
            own => Err(format!("it has the root {own}")),
        }
    });
    checking.await.map_err(|error| error.to_string())?
}

/// How long a manifest can be, by what the chain says of the files: some bytes for each, and for each block.
fn limit(release: Option<&ReleaseView>) -> u64 {
    let Some(release) = release else { return LONGEST_MANIFEST };
    let manifest = &release.manifest;
    let parts = manifest.files.saturating_add(manifest.tensors).saturating_mul(32 << 10);
    let blocks = (manifest.bytes >> 20).saturating_mul(80);
    parts.saturating_add(blocks).saturating_add(64 << 10).min(LONGEST_MANIFEST)
}
