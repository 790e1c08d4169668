//! `pedigree pull`: the files of a release, from mirrors that nobody has to trust.
//!
//! The chain has the root; a manifest that has this root says which files there are and what every block of them hashes
//! to; mirrors give bytes. Each is checked against the one before.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pedigree_manifest::Hash;
use serde_json::json;

use super::Context;
use crate::args::PullArgs;
use crate::chain::views::ReleaseView;
use crate::display;
use crate::error::{Failure, Result};
use crate::interrupt;
use crate::names::{ReleasePath, Target};
use crate::output::{count, duration, lossy, rate, safe, size};
use crate::pull::{self, Mirror, Pull, Sought, Web};

/// What is fetched: its root, and the release on the chain if that was asked.
struct Subject {
    root: Hash,
    release: Option<ReleaseView>,
}

pub(super) async fn run(context: &Context, args: &PullArgs) -> Result<()> {
    let output = context.output;
    let named = args.from.iter().map(|text| Mirror::named(text).map_err(Failure::usage)).collect::<Result<Vec<_>>>()?;
    let subject = subject(context, args).await?;
    let mirrors = pull::mirrors(output, named, subject.release.as_ref());
    if mirrors.is_empty() {
        return Err(Failure::usage("the release names no location that can be fetched from")
            .hint("name a mirror with --from: a folder, or a base URL that the files lie below"));
    }
    let folder = folder(args, &subject)?;
    let web = Web::new(Duration::from_secs(args.timeout.into()));
    let sought = Sought { root: subject.root, release: subject.release.as_ref(), mirrors: &mirrors };
    let (manifest, blocks) = match &args.manifest {
        Some(path) => pull::given_manifest(path, subject.root)?,
        None => pull::manifest(output, &context.home, &sought, &web).await?,
    };
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
