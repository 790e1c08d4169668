//! `pedigree export-state`: the whole registry at one final block, as a file that needs no node to be read.
//!
//! Everything is asked at the same block and written as it comes, page by page: memory does not grow with the registry.
//! `docs/export-format.md` is the format.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pedigree_manifest::Hash;
use serde::Serialize;
use serde_json::{json, Value};

use super::Context;
use crate::args::{ExportFormat, ExportStateArgs};
use crate::chain::tx::{AtBlock, Sender};
use crate::chain::views::{BlockView, GrantView, NamespaceView, RecordKind, RecordView, ReleaseView, ShareView};
use crate::chain::Chain;
use crate::display;
use crate::error::{AboutFile, Failure, Result};
use crate::output::{count, lossy, size};
use crate::progress::Spinner;

/// The name by which an export says what it is.
const FORMAT: &str = "pedigree-registry";
/// Of the format; a reader refuses those that it doesn't know.
const VERSION: u8 = 1;

pub(super) async fn run(context: &Context, args: &ExportStateArgs) -> Result<()> {
    let chain = context.chain().await?;
    let block = chain.final_block(args.at.as_ref()).await?;
    let sender = Sender::new(&chain).await?;
    let at = sender.at(block.hash).await?;
    let head = json!({
        "format": FORMAT,
        "version": VERSION,
        "genesisHash": chain.genesis,
        "specVersion": chain.spec_version(&block.hash).await?,
        "block": block.number,
        "blockHash": block.hash,
        "stateRoot": block.state_root,
    });
    let mut file = Export::begin(args.out.as_deref(), args.format, &head)?;
    {
        let spinner = Spinner::start(&context.output, "reading the registry");
        everything(&chain, &at, &block, &mut file, &spinner).await?;
    }
    let (counts, bytes) = file.end()?;
    let Some(path) = &args.out else { return Ok(()) };
    context.output.step("Wrote", format!("the registry at block {} to {}", block.number, path.display()));
    let mut answer = json!({ "file": lossy(path), "bytes": bytes });
    for part in [head, json!(counts)] {
        if let (Some(all), Value::Object(part)) = (answer.as_object_mut(), part) {
            all.extend(part);
        }
    }
    context.output.answer(&answer, |style| {
        format!(
            "{}\n  {}, {}, {}, {} at block {} ({}), {}\n",
            style.bold(path.display()),
            count(counts.namespaces, "namespace"),
            count(counts.records, "record"),
            count(counts.releases, "release"),
            count(counts.grants, "grant"),
            block.number,
            block.hash,
            size(bytes),
        )
    })
}

/// Every namespace, below it every record, below that every release and grant.
async fn everything(
    chain: &Chain,
    at: &AtBlock,
    block: &BlockView,
    file: &mut Export,
    spinner: &Spinner,
) -> Result<()> {
    let mut namespaces = Chain::namespaces_at(block.hash);
    while let Some(page) = namespaces.next(chain).await.map_err(pruned)? {
        for namespace in page {
            file.namespace(&namespace)?;
            let mut records = Chain::records_at(namespace.id, block.hash);
            while let Some(page) = records.next(chain).await? {
                for record in page {
                    one_record(chain, at, block.hash, &record, file).await?;
                    spinner.say(format!("reading the registry: {}", count(file.counts.releases, "release")));
                }
            }
        }
    }
    Ok(())
}

async fn one_record(chain: &Chain, at: &AtBlock, block: Hash, record: &RecordView, file: &mut Export) -> Result<()> {
    file.record(record)?;
    let mut releases = Chain::releases_at(record.id, block);
    while let Some(page) = releases.next(chain).await? {
        for release in page {
            let split = chain.royalty_split_at(release.id, &block).await?;
            file.release(&release, &split)?;
        }
    }
    if record.kind == RecordKind::Dataset {
        for grant in Sender::grants(at, record.id, &record.name).await? {
            file.grant(&grant)?;
        }
    }
    Ok(())
}

/// A node keeps the state of some hundred blocks only, unless it was told otherwise.
fn pruned(failure: Failure) -> Failure {
    if failure.hint.is_some() {
        return failure;
    }
    failure.hint("ask a node that keeps all states (`--state-pruning archive`), or leave --at out")
}

/// How much of what is in an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Counts {
    namespaces: u64,
    records: u64,
    releases: u64,
    grants: u64,
}

/// An export that is being written.
struct Export {
    to: Box<dyn Write + Send>,
    /// Where it is written to, and where it goes when it is whole.
    file: Option<(PathBuf, PathBuf)>,
    format: ExportFormat,
    counts: Counts,
    bytes: u64,
}

fn increment(count: &mut u64) {
    *count = count.saturating_add(1);
}

impl Export {
    fn begin(path: Option<&Path>, format: ExportFormat, head: &Value) -> Result<Self> {
        let (to, file): (Box<dyn Write + Send>, _) = match path {
            None => (Box::new(std::io::stdout()), None),
            Some(path) => {
                let part = crate::store::part_of(path);
                (Box::new(fs::File::create(&part).about("write", &part)?), Some((part, path.to_owned())))
            }
        };
        let mut export = Self {
            to: Box::new(BufWriter::with_capacity(1 << 16, to)),
            file,
            format,
            counts: Counts::default(),
            bytes: 0,
        };
        match format {
            ExportFormat::Jsonl => export.line(&json!({ "head": head }).to_string())?,
            ExportFormat::Csv => {
                for (name, value) in head.as_object().into_iter().flatten() {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    export.line(&format!("# {name}: {value}"))?;
                }
                export.line(&COLUMNS.join(","))?;
            }
        }
        Ok(export)
    }

    fn line(&mut self, line: &str) -> Result<()> {
        self.bytes = self.bytes.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX)).saturating_add(1);
        self.to
            .write_all(line.as_bytes())
            .and_then(|()| self.to.write_all(b"\n"))
            .map_err(|error| Failure::input(format!("cannot write the export: {error}")))
    }

    fn row(&mut self, line: &Value, cells: impl FnOnce() -> Vec<(&'static str, String)>) -> Result<()> {
        match self.format {
            ExportFormat::Jsonl => self.line(&line.to_string()),
            ExportFormat::Csv => self.line(&csv_row(&cells())),
        }
    }

    fn namespace(&mut self, namespace: &NamespaceView) -> Result<()> {
        increment(&mut self.counts.namespaces);
        self.row(&json!({ "namespace": namespace }), || {
            vec![
                ("type", "namespace".to_owned()),
                ("id", namespace.id.to_string()),
                ("name", namespace.name.clone()),
                ("kind", namespace.channel.clone().unwrap_or_else(|| "plain".to_owned())),
                ("standing", namespace.standing.to_string()),
                ("owner", namespace.owner.clone().unwrap_or_default()),
                ("created", namespace.created.to_string()),
            ]
        })
    }

    fn record(&mut self, record: &RecordView) -> Result<()> {
        increment(&mut self.counts.records);
        self.row(&json!({ "record": record }), || {
            vec![
                ("type", "record".to_owned()),
                ("id", record.id.to_string()),
                ("name", record.name.clone()),
                ("kind", record.kind.to_string()),
                ("standing", record.standing.to_string()),
                ("owner", record.owner.clone().unwrap_or_default()),
                ("created", record.created.to_string()),
                ("access", record.access.as_ref().map(display::access).unwrap_or_default()),
            ]
        })
    }

    fn release(&mut self, release: &ReleaseView, split: &[ShareView]) -> Result<()> {
        increment(&mut self.counts.releases);
        self.row(&json!({ "release": release, "royaltySplit": split }), || release_cells(release, split))
    }

    fn grant(&mut self, grant: &GrantView) -> Result<()> {
        increment(&mut self.counts.grants);
        self.row(&json!({ "grant": grant }), || {
            vec![
                ("type", "grant".to_owned()),
                ("id", grant.record.to_string()),
                ("name", grant.name.clone()),
                ("owner", grant.account.clone()),
                ("access", grant.until.map(|block| format!("until block {block}")).unwrap_or_default()),
            ]
        })
    }

    /// Writes how much there is, so that an export that was cut off is seen to be, and puts the file in its place.
    fn end(mut self) -> Result<(Counts, u64)> {
        let counts = self.counts;
        match self.format {
            ExportFormat::Jsonl => self.line(&json!({ "end": counts }).to_string())?,
            ExportFormat::Csv => {
                let Counts { namespaces, records, releases, grants } = counts;
                self.line(&format!(
                    "# end: {namespaces} namespaces, {records} records, {releases} releases, {grants} grants"
                ))?;
            }
        }
        self.to.flush().map_err(|error| Failure::input(format!("cannot write the export: {error}")))?;
        if let Some((part, path)) = &self.file {
            fs::File::open(part).and_then(|file| file.sync_all()).about("write", part)?;
            fs::rename(part, path).about("write", path)?;
        }
        Ok((counts, self.bytes))
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.file {
            // It is there only if the export was not finished.
            let _ = fs::remove_file(part);
        }
    }
}

/// The columns of a spreadsheet: those that a row has nothing to say in are empty.
const COLUMNS: [&str; 28] = [
    "type",
    "id",
    "name",
    "kind",
    "standing",
    "owner",
    "created",
    "access",
    "root",
    "files",
    "tensors",
    "bytes",
    "licence",
    "terms",
    "royalty",
    "parents",
    "royaltySplit",
    "digests",
    "locations",
    "upstream",
    "card",
    "registrant",
    "standingWhenRegistered",
    "firstSeen",
    "holder",
    "yanked",
    "yankReason",
    "successor",
];

fn release_cells(release: &ReleaseView, split: &[ShareView]) -> Vec<(&'static str, String)> {
    let list = |items: Vec<String>| items.join("; ");
    let yanked = release.yanked.as_ref();
    vec![
        ("type", "release".to_owned()),
        ("id", format!("{}@{}", release.id.record, release.id.number)),
        ("name", release.name.clone()),
        ("kind", release.kind.to_string()),
        ("standing", release.standing.to_string()),
        ("owner", release.owner.clone().unwrap_or_default()),
        ("created", release.registered.to_string()),
        ("root", release.manifest.root.to_string()),
        ("files", release.manifest.files.to_string()),
        ("tensors", release.manifest.tensors.to_string()),
        ("bytes", release.manifest.bytes.to_string()),
        ("licence", release.terms.licence.clone()),
        ("terms", display::terms(&release.terms)),
        ("royalty", release.terms.royalty.to_string()),
        (
            "parents",
            list(
                release
                    .parents
                    .iter()
                    .map(|parent| {
                        let yanked = if parent.yanked { ", yanked" } else { "" };
                        format!("{}={} ({}{yanked})", parent.relation, parent.name, parent.standing_when_cited)
                    })
                    .collect(),
            ),
        ),
        ("royaltySplit", list(split.iter().map(|share| format!("{}={}", share.name, share.millionths)).collect())),
        ("digests", list(release.digests.iter().map(ToString::to_string).collect())),
        ("locations", list(release.locations.clone())),
        (
            "upstream",
            release.upstream.as_ref().map(|from| format!("{}@{}", from.url, from.revision)).unwrap_or_default(),
        ),
        ("card", release.card.map(|card| card.to_string()).unwrap_or_default()),
        ("registrant", release.registrant.clone()),
        ("standingWhenRegistered", release.standing_when_registered.to_string()),
        ("firstSeen", release.first_seen.to_string()),
        ("holder", release.holder.to_string()),
        ("yanked", yanked.map(|yank| yank.block.to_string()).unwrap_or_default()),
        ("yankReason", yanked.map(|yank| yank.reason.clone()).unwrap_or_default()),
        ("successor", yanked.and_then(|yank| yank.successor_name.clone()).unwrap_or_default()),
    ]
}

fn csv_row(cells: &[(&'static str, String)]) -> String {
    let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map(|(_, text)| csv_cell(text));
    COLUMNS.iter().map(|column| cell(column).unwrap_or_default()).collect::<Vec<_>>().join(",")
}

/// A cell as RFC 4180 has it. What a spreadsheet would compute is text here: anybody can write a reason for a yank.
fn csv_cell(text: &str) -> String {
    let computed = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if computed { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_computed() {
        for (text, cell) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("-1", "'-1"),
        ] {
            assert_eq!(csv_cell(text), cell);
        }
    }

    #[test]
    fn every_cell_has_its_column_and_a_row_has_all_columns() {
        let cells = [("type", "grant".to_owned()), ("successor", "x".to_owned())];
        let row = csv_row(&cells);
        assert_eq!(row.split(',').count(), COLUMNS.len());
        assert!(row.starts_with("grant,") && row.ends_with(",x"));
    }
}
