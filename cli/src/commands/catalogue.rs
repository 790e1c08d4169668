//! `pedigree catalogue`: files of somebody else, under the channel they come from.
//!
//! It states facts and claims nothing, so there is nothing to be taken from anybody and no reservation: one transaction,
//! and one before it if the channel has never been catalogued from.

use serde_json::json;

use super::namespace::open_channel;
use super::Context;
use crate::args::CatalogueArgs;
use crate::chain::rpc::Refusal;
use crate::chain::tx::Sender;
use crate::chain::views::{Action, DigestKind, RecordKind, Standing, Upstream};
use crate::chain::Call;
use crate::display;
use crate::error::{Failure, Result};
use crate::names::DigestArg;
use crate::progress;
use crate::request;

pub(super) async fn run(context: &Context, kind: RecordKind, args: &CatalogueArgs) -> Result<()> {
    let output = context.output;
    let channel = args.record.namespace.as_str();
    if !channel.contains(':') {
        return Err(Failure::usage(format!("`{channel}` is no channel"))
            .hint("catalogued files are named after where they come from: hf:ORG/NAME, github:ORG/NAME or dns:DOMAIN/NAME; what is yours is registered with `pedigree register`"));
    }
    request::check_licence(&args.release, &output);
    let upstream = upstream(kind, args)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    if let Some(namespace) = chain.namespace(channel).await?.filter(|namespace| namespace.standing == Standing::Linked)
    {
        let owner = namespace.owner.map_or("its publisher".to_owned(), |owner| context.who(&owner));
        return Err(Failure::refused(format!("{channel} is linked: only {owner} publishes there"))
            .hint("ask them to register the release; what is theirs is not catalogued"));
    }

    let sender = Sender::new(&chain).await?;
    let limits = sender.limits().await?;
    let sha256 = request::wants_sha256(&args.release);
    let hashed = tokio::task::block_in_place(|| progress::hash_with(&args.path, sha256, None, &output))?;
    let hashed = hashed.told(&args.path, &output);
    let digests = request::digests(&args.release, &hashed, &limits, &output);
    let summary = hashed.manifest.summary();
    let root = summary.root();
    context.home.keep_manifest(&hashed.manifest, &hashed.blocks)?;
    let path = args.record.to_string();
    if let Some(latest) = chain.release(&path).await?.filter(|latest| latest.manifest.root == root) {
        output.note(format!("{} has these very bytes: nothing to catalogue", latest.name));
        return output.answer(&json!({ "release": latest, "unchanged": true, "included": null }), |style| {
            display::release(context, style, &latest)
        });
    }
    let release = request::release(&args.release, Some(&args.path), &summary, 0, vec![], digests)?;
    if chain.namespace(channel).await?.is_none() {
        // Nothing is paid for the channel if the entry could not follow.
        let (release, upstream) = (release.clone(), upstream.clone());
        let call = Call::Catalogue { namespace: 0, name: args.record.name.clone(), kind, release, upstream };
        sender.check(&account, &call).await?;
        open_channel(context, &sender, &account, channel).await?;
    }
    let namespace = super::namespace::existing(&chain, channel).await?;
    let action = Action::Catalogue { record: path.clone(), kind, release: release.clone(), upstream: upstream.clone() };
    let costs = chain.prepare(&account.id.to_string(), &action).await?.map_err(Refusal::failure)?;
    output.step(
        "Paying",
        format!(
            "a fee of {}, and a deposit of {} (comes back when the channel is linked and its owner takes the record over)",
            chain.token.show(costs.fee),
            chain.token.show(costs.deposit)
        ),
    );
    let call = Call::Catalogue { namespace: namespace.id, name: args.record.name.clone(), kind, release, upstream };
    let included = sender.send(&account, &call, "catalogue entry", &output).await?;
    let catalogued = chain.release(&path).await?.filter(|release| release.manifest.root == root).ok_or_else(|| {
        Failure::node("the node doesn't know yet what was catalogued").hint("look again: `pedigree show`")
    })?;
    output.step("Catalogued", format!("{} in block {}", catalogued.name, included.block));
    output.answer(&json!({ "release": catalogued, "unchanged": false, "included": included }), |style| {
        display::release(context, style, &catalogued)
    })
}

/// Where the files come from, as told or as the channel implies.
fn upstream(kind: RecordKind, args: &CatalogueArgs) -> Result<Upstream> {
    let name = &args.record.name;
    let implied = match args.record.namespace.split_once(':') {
        Some(("hf", org)) if kind == RecordKind::Dataset => {
            Some(format!("https://huggingface.co/datasets/{org}/{name}"))
        }
        Some(("hf", org)) => Some(format!("https://huggingface.co/{org}/{name}")),
        Some(("github", org)) => Some(format!("https://github.com/{org}/{name}")),
        _ => None,
    };
    let url = args.source_url.clone().or(implied).ok_or_else(|| {
        Failure::usage("it isn't said where the files come from")
            .hint("name the page that publishes them: --source-url URL")
    })?;
    let commit =
        args.release.digest.iter().filter_map(DigestArg::told).find(|digest| digest.kind == DigestKind::HubCommit);
    let revision = args.revision.clone().or_else(|| commit.map(|commit| hex::encode(&commit.bytes)));
    Ok(Upstream { url, revision: revision.unwrap_or_else(|| "main".to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Args, CatalogueCommand, Command};
    use clap::Parser;

    fn parse(line: &[&str]) -> (RecordKind, CatalogueArgs) {
        let line = ["pedigree", "catalogue"].iter().chain(line).chain(&["folder", "--licence", "MIT"]);
        match Args::try_parse_from(line).unwrap().command {
            Command::Catalogue(CatalogueCommand::Model(args)) => (RecordKind::Model, args),
            Command::Catalogue(CatalogueCommand::Dataset(args)) => (RecordKind::Dataset, args),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_channel_implies_where_files_come_from() {
        let upstream = |line: &[&str]| {
            let (kind, args) = parse(line);
            upstream(kind, &args)
        };
        assert_eq!(upstream(&["model", "hf:org/x"]).unwrap().url, "https://huggingface.co/org/x");
        assert_eq!(upstream(&["dataset", "hf:org/x"]).unwrap().url, "https://huggingface.co/datasets/org/x");
        assert_eq!(upstream(&["model", "github:org/x"]).unwrap().url, "https://github.com/org/x");
        assert_eq!(upstream(&["model", "dns:a.com/x"]).unwrap_err().kind, crate::error::Kind::Usage);
        let told = upstream(&["model", "dns:a.com/x", "--source-url", "https://a.com/x", "--revision", "v1"]).unwrap();
        assert_eq!((told.url.as_str(), told.revision.as_str()), ("https://a.com/x", "v1"));
        let commit = format!("hub-commit={}", "ab".repeat(20));
        assert_eq!(upstream(&["model", "hf:org/x", "--digest", &commit]).unwrap().revision, "ab".repeat(20));
    }
}
