//! `pedigree show`: a namespace, a record, a release, or whatever has a root or digest.

use pedigree_manifest::Hash;
use serde_json::json;

use super::Context;
use crate::chain::views::ReleaseView;
use crate::chain::Chain;
use crate::display;
use crate::error::{Failure, Result};
use crate::names::{ExternalDigest, RecordPath, ReleasePath, Target};
use crate::output::Style;

pub(super) async fn run(context: &Context, target: &Target) -> Result<()> {
    match target {
        Target::Namespace(name) => super::namespace::show(context, name).await,
        Target::Record(path) => record(context, path).await,
        Target::Release(path, number) => release(context, path, *number).await,
        Target::Root(root) => by_root(context, root).await,
        Target::Digest(digest) => by_digest(context, digest).await,
    }
}

async fn record(context: &Context, path: &RecordPath) -> Result<()> {
    let chain = context.chain().await?;
    let name = path.to_string();
    let record = chain.record(&name).await?.ok_or_else(|| unknown_record(path))?;
    let releases = chain.releases_of_record(&name).await?;
    context.output.answer(&json!({ "record": record, "releases": releases }), |style| {
        let mut text = display::record(context, style, &chain, &record);
        releases.iter().rev().for_each(|release| text.push_str(&display::release_line(style, release)));
        text
    })
}

pub(super) fn unknown_record(path: &RecordPath) -> Failure {
    Failure::no(format!("there is no record {path}"))
        .hint(format!("`pedigree show {}` lists those of the namespace", path.namespace))
}

/// The release of that name, which has to exist.
pub(super) async fn existing(chain: &Chain, path: &ReleasePath) -> Result<ReleaseView> {
    match chain.release(&path.to_string()).await? {
        Some(release) => Ok(release),
        None if chain.record(&path.record.to_string()).await?.is_none() => Err(unknown_record(&path.record)),
        None => Err(Failure::no(format!("there is no release {path}"))
            .hint(format!("`pedigree show {}` lists those of the record", path.record))),
    }
}

async fn release(context: &Context, path: &RecordPath, number: u32) -> Result<()> {
    let chain = context.chain().await?;
    let path = ReleasePath { record: path.clone(), number: Some(number) };
    let release = existing(&chain, &path).await?;
    let split = chain.royalty_split(&release.name).await?;
    context.output.answer(&json!({ "release": release, "royaltySplit": split }), |style| {
        format!("{}{}", display::release(context, style, &release), display::split(style, &split))
    })
}

async fn by_root(context: &Context, root: &Hash) -> Result<()> {
    let chain = context.chain().await?;
    let releases = chain.releases_by_root(root).await?;
    if releases.is_empty() {
        return Err(Failure::no(format!("no release has the root {root}")));
    }
    context.output.answer(&json!({ "root": root, "releases": releases }), |style| list(style, &releases))
}

async fn by_digest(context: &Context, digest: &ExternalDigest) -> Result<()> {
    let chain = context.chain().await?;
    let releases = chain.releases_by_digest(&digest.view()).await?;
    if releases.is_empty() {
        return Err(Failure::no(format!("no release names the digest {digest}")));
    }
    context.output.note(
        "a digest is what whoever registered the release says; `pedigree verify` of the files tells whether it is so",
    );
    context.output.answer(&json!({ "digest": digest.view(), "releases": releases }), |style| list(style, &releases))
}

/// Releases one below the other, the holder first.
pub(super) fn list(style: Style, releases: &[ReleaseView]) -> String {
    let (holder, others): (Vec<_>, Vec<_>) = releases.iter().partition(|release| release.holder);
    holder.iter().chain(&others).map(|release| display::release_line(style, release)).collect()
}
