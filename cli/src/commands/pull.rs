//! `pedigree pull`: the files of a release, from mirrors that nobody has to trust.
//!
//! The chain has the root; a manifest that has this root says which files there are and what every block of them hashes
//! to; mirrors give bytes. Each is checked against the one before.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pedigree_manifest::{Blocks, Hash, Manifest};
use serde_json::json;

use super::Context;
use crate::args::PullArgs;
use crate::chain::views::ReleaseView;
use crate::display;
use crate::error::{Failure, Result};
use crate::interrupt;
use crate::names::{ReleasePath, Target};
use crate::output::{count, duration, lossy, rate, safe, size};
use crate::pull::{Mirror, Pull, Web};
use crate::store::{read_manifest_with_blocks, LONGEST_MANIFEST};

/// What is fetched: its root, and the release on the chain if that was asked.
struct Subject {
    root: Hash,
    release: Option<ReleaseView>,
}

pub(super) async fn run(context: &Context, args: &PullArgs) -> Result<()> {
    let output = context.output;
    let named = args.from.iter().map(|text| Mirror::named(text).map_err(Failure::usage)).collect::<Result<Vec<_>>>()?;
    let subject = subject(context, args).await?;
    let mirrors = mirrors(context, named, subject.release.as_ref());
    if mirrors.is_empty() {
        return Err(Failure::usage("the release names no location that can be fetched from")
            .hint("name a mirror with --from: a folder, or a base URL that the files lie below"));
    }
    let folder = folder(args, &subject)?;
    let web = Web::new(Duration::from_secs(args.timeout.into()));
    let (manifest, blocks) = manifest(context, args, &subject, &mirrors, &web).await?;
    if manifest.salted {
        return Err(Failure::input(
            "the release is salted, so its files can't be checked block by block while they arrive",
        )
        .hint("fetch them by other means; `pedigree verify FOLDER --salt-file FILE` then checks them all"));
    }
    context.home.keep_manifest(&manifest, &blocks)?;

    let summary = manifest.summary();
    let start = Instant::now();
    interrupt::fetching();
    let pull = Pull::new(output, web, mirrors, (&manifest, &blocks), &folder, args.sync)?;
    let pulled = pull.run(args.jobs.into(), args.replace).await?;
    let time = start.elapsed();
    let fetched = pulled.from.values().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes));
    output.step(
        "Fetched",
        format!("{} of {} in {} ({})", size(fetched), size(summary.total_bytes), duration(time), rate(fetched, time)),
    );
    output.answer(
        &json!({
            "root": subject.root,
            "release": subject.release,
            "folder": lossy(&folder),
            "files": summary.file_count,
            "bytes": summary.total_bytes,
            "kept": pulled.kept,
            "fetched": fetched,
            "seconds": time.as_secs_f64(),
            "mirrors": pulled.from,
            "failures": pulled.reports,
        }),
        |style| {
            let counts = format!("{}, {}", count(summary.file_count, "file"), size(summary.total_bytes));
            let (name, facts) = match &subject.release {
                Some(release) => (safe(&release.name), display::release_facts(style, release)),
                None => ("the release with this root".to_owned(), String::new()),
            };
            format!(
                "{} {} is {}, byte for byte\n{facts}  {counts}\n  {}\n",
                style.green("✓"),
                folder.display(),
                style.bold(name),
                style.dim(subject.root),
            )
        },
    )
}

/// The root to fetch. A root and a mirror that are both given need no node.
async fn subject(context: &Context, args: &PullArgs) -> Result<Subject> {
    if let (Target::Root(root), false) = (&args.release, args.from.is_empty()) {
        return Ok(Subject { root: *root, release: None });
    }
    let chain = context.chain().await?;
    let of_list = |what: String, releases: Vec<ReleaseView>| {
        let holder = releases.iter().position(|release| release.holder).unwrap_or_default();
        releases.into_iter().nth(holder).ok_or_else(|| Failure::no(what))
    };
    let release = match &args.release {
        Target::Namespace(name) => {
            return Err(Failure::usage(format!("`{name}` is a namespace, not a release"))
                .hint(format!("`pedigree show {name}` lists what is in it")))
        }
        Target::Record(record) => {
            super::show::existing(&chain, &ReleasePath { record: record.clone(), number: None }).await?
        }
        Target::Release(record, number) => {
            super::show::existing(&chain, &ReleasePath { record: record.clone(), number: Some(*number) }).await?
        }
        Target::Root(root) => of_list(format!("no release has the root {root}"), chain.releases_by_root(root).await?)?,
        Target::Digest(digest) => {
            of_list(format!("no release names the digest {digest}"), chain.releases_by_digest(&digest.view()).await?)?
        }
    };
    if let Some(yank) = &release.yanked {
        let instead =
            yank.successor_name.as_ref().map(|name| format!("; use {} instead", safe(name))).unwrap_or_default();
        context.output.warning(format!("{} is yanked: {}{instead}", safe(&release.name), safe(&yank.reason)));
    }
    Ok(Subject { root: release.manifest.root, release: Some(release) })
}

/// Those that were named, then those that the chain names, each once.
fn mirrors(context: &Context, named: Vec<Mirror>, release: Option<&ReleaseView>) -> Vec<Mirror> {
    let mut mirrors: Vec<Mirror> = Vec::new();
    let hinted = release.iter().flat_map(|release| {
        let locations = release.locations.iter().map(|location| Mirror::hinted(location));
        locations.chain(release.upstream.iter().map(Mirror::upstream))
    });
    for mirror in named.into_iter().map(Ok).chain(hinted) {
        match mirror {
            Ok(mirror) if !mirrors.contains(&mirror) => mirrors.push(mirror),
            Ok(_) => {}
            Err(reason) => context.output.note(format!("a location of the release is left out: {}", safe(&reason))),
        }
    }
    mirrors
}

/// Where the files go.
fn folder(args: &PullArgs, subject: &Subject) -> Result<PathBuf> {
    if let Some(folder) = &args.to {
        return Ok(folder.clone());
    }
    let name = subject.release.as_ref().and_then(|release| release.name.rsplit_once('/'));
    let name = name.map(|(_, name)| name.split('@').next().unwrap_or(name));
    // The name is the chain's, so it is looked at before it becomes a folder here.
    match name.filter(|name| pedigree_manifest::check_path(name).is_ok()) {
        Some(name) => Ok(name.into()),
        None => Err(Failure::usage("where to is not said").hint("name a folder with --to")),
    }
}

/// The manifest with the right root: the one that was given, the one kept here, or the first right one of the mirrors.
async fn manifest(
    context: &Context,
    args: &PullArgs,
    subject: &Subject,
    mirrors: &[Mirror],
    web: &Web,
) -> Result<(Manifest, Blocks)> {
    let root = subject.root;
    if let Some(path) = &args.manifest {
        return given(path, root);
    }
    if let Some(kept) = context.home.manifest_with_blocks(&root) {
        return Ok(kept);
    }
    let limit = limit(subject.release.as_ref());
    let mut reasons = Vec::new();
    for mirror in mirrors {
        let reason = match mirror.manifest(web, limit).await {
            Ok(bytes) => match checked(bytes, root).await {
                Ok(found) => {
                    context.output.step("Read", format!("the manifest, from {mirror}"));
                    return Ok(found);
                }
                Err(reason) => reason,
            },
            Err(trouble) => trouble.to_string(),
        };
        let reason = safe(&reason);
        context.output.warning(format!("{mirror}: no manifest of the release: {reason}"));
        reasons.push(json!({ "mirror": mirror.to_string(), "reason": reason }));
    }
    Err(Failure::input(format!("no manifest with the root {root} is kept here, and no mirror has it"))
        .hint("whoever has the files makes it with `pedigree hash FOLDER -o FOLDER.manifest.json`; name it with --manifest, or lay it beside the files")
        .details(json!({ "failures": reasons })))
}

fn given(path: &Path, root: Hash) -> Result<(Manifest, Blocks)> {
    let (manifest, blocks) = read_manifest_with_blocks(path)?;
    if manifest.root() == root {
        return Ok((manifest, blocks));
    }
    Err(Failure::input(format!("the manifest given has the root {}, and the release has {root}", manifest.root()))
        .hint("it is the manifest of another release; ask whoever registered it for the right one"))
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
