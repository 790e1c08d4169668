//! What becomes of records: `pedigree move`, `remove` and `claim-root`.

use serde_json::json;

use super::{namespace, show, Context};
use crate::args::MoveOfferArgs;
use crate::chain::tx::{Included, Sender};
use crate::chain::views::RecordView;
use crate::chain::{Call, Chain};
use crate::display;
use crate::error::{Failure, Result};
use crate::names::{RecordPath, ReleasePath};
use crate::output::{count, safe};

/// The record of that name, which has to exist.
async fn existing(chain: &Chain, path: &RecordPath) -> Result<RecordView> {
    chain.record(&path.to_string()).await?.ok_or_else(|| show::unknown_record(path))
}

/// The record as it is now: the answer of whatever changes it.
async fn answer(context: &Context, chain: &Chain, name: &str, included: &[Included]) -> Result<()> {
    let record = chain.record(name).await?.ok_or_else(|| {
        Failure::node(format!("the node doesn't know {} yet", safe(name))).hint("look again: `pedigree show`")
    })?;
    context.output.answer(&json!({ "record": record, "included": included }), |style| {
        display::record(context, style, chain, &record)
    })
}

pub(super) async fn offer(context: &Context, args: &MoveOfferArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = existing(&chain, &args.record).await?;
    let to = namespace::existing(&chain, &args.to).await?;
    let call = Call::OfferRecord { record: record.id, to: to.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "offer", &context.output).await?;
    context.output.step("Offered", format!("{} to {} in block {}", safe(&record.name), safe(&to.name), included.block));
    context.output.note(format!(
        "it moves when {} runs `pedigree move accept {}`",
        to.owner.map_or("its owner".to_owned(), |owner| context.who(&owner)),
        safe(&record.name)
    ));
    answer(context, &chain, &record.name, &[included]).await
}

pub(super) async fn withdraw_offer(context: &Context, path: &RecordPath) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = existing(&chain, path).await?;
    let call = Call::WithdrawRecordOffer { record: record.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "withdraw", &context.output).await?;
    context.output.step("Withdrew", format!("the offer of {} in block {}", safe(&record.name), included.block));
    answer(context, &chain, &record.name, &[included]).await
}

pub(super) async fn accept(context: &Context, path: &RecordPath) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = existing(&chain, path).await?;
    let nobody = || Failure::refused(format!("{} is offered to no namespace", safe(&record.name)));
    let to = chain.namespace_by_id(record.offered_to.ok_or_else(nobody)?).await?.ok_or_else(nobody)?;
    context.output.step(
        "Accepting",
        format!(
            "{} into {}: its deposit of {} becomes yours",
            safe(&record.name),
            safe(&to.name),
            chain.token.show(record.deposit)
        ),
    );
    let call = Call::AcceptRecord { record: record.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "accept", &context.output).await?;
    let name = record.name.split_once('/').map_or(record.name.as_str(), |(_, name)| name);
    let name = format!("{}/{name}", to.name);
    context.output.step("Moved", format!("{} to {} in block {}", safe(&record.name), safe(&name), included.block));
    answer(context, &chain, &name, &[included]).await
}

pub(super) async fn remove(context: &Context, path: &RecordPath) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = existing(&chain, path).await?;
    if record.releases > 0 {
        let releases = count(u64::from(record.releases), "release");
        return Err(Failure::refused(format!("{} has {releases}, and a release is never erased", safe(&record.name)))
            .hint("warn of what should not be used any more with `pedigree yank`"));
    }
    let call = Call::RemoveRecord { record: record.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "removal", &context.output).await?;
    context.output.answer(&json!({ "record": record.name, "deposit": record.deposit, "included": included }), |style| {
        format!(
            "removed {}; {} went back to {}",
            style.bold(safe(&record.name)),
            chain.token.show(record.deposit),
            context.who(&record.depositor)
        )
    })
}

pub(super) async fn claim_root(context: &Context, path: &ReleasePath) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let release = show::existing(&chain, path).await?;
    if release.holder {
        return Err(Failure::no(format!("{} holds its root already", safe(&release.name))));
    }
    let call = Call::ClaimRoot { release: release.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "claim", &context.output).await?;
    context.output.step("Claimed", format!("the root of {} in block {}", safe(&release.name), included.block));
    let release = show::existing(&chain, path).await?;
    context.output.answer(&json!({ "release": release, "included": included }), |style| {
        display::release(context, style, &release)
    })
}
