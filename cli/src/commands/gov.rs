//! `pedigree gov`: propose, vote, and see how referenda stand.

use serde_json::json;

use super::act::{existing, in_time, Actor};
use super::Context;
use crate::args::{AdmitArgs, Side, VoteArgs};
use crate::chain::rpc::Token;
use crate::chain::{Call, Governance, Phase, Referendum};
use crate::error::{Failure, Result};
use crate::output::{columns, safe, shortened, table, thousands, Column, Style};

/// A term is told in days, and counted in blocks of three seconds.
const BLOCKS_A_DAY: u32 = 28_800;

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparing => "preparing",
        Phase::Queued => "queued",
        Phase::Deciding => "deciding",
        Phase::Confirming => "confirming",
        Phase::Approved => "approved",
        Phase::Rejected => "rejected",
        Phase::Cancelled => "cancelled",
        Phase::TimedOut => "timed out",
        Phase::Killed => "killed",
    }
}

pub(super) async fn list(context: &Context) -> Result<()> {
    let chain = context.chain().await?;
    let referenda = crate::chain::tx::Sender::new(&chain).await?.referenda().await?;
    context.output.answer(&json!({ "referenda": referenda }), |style| {
        if referenda.is_empty() {
            return "no referendum; propose something with `pedigree gov propose`\n".to_owned();
        }
        let heads = [
            Column::number("index"),
            Column::text("phase"),
            Column::number("ayes"),
            Column::number("nays"),
            Column::text("what"),
        ];
        let rows: Vec<_> = referenda.iter().rev().map(|referendum| row(&chain.token, referendum)).collect();
        columns(style, &heads, &rows)
    })
}

fn row(token: &Token, referendum: &Referendum) -> Vec<String> {
    let votes = |of: fn(&crate::chain::Ongoing) -> crate::chain::views::Balance| {
        referendum.ongoing.as_ref().map(|ongoing| token.show(of(ongoing))).unwrap_or_default()
    };
    let call = referendum.ongoing.as_ref().and_then(|ongoing| ongoing.call.as_deref()).unwrap_or_default();
    vec![
        referendum.index.to_string(),
        phase(referendum.phase).to_owned(),
        votes(|ongoing| ongoing.ayes),
        votes(|ongoing| ongoing.nays),
        shortened(&safe(call), 50),
    ]
}

fn shown(token: &Token, style: Style, referendum: &Referendum, now: u32) -> String {
    let mut rows = vec![
        ("referendum", style.bold(referendum.index)),
        ("phase", format!("{}, since block {}", phase(referendum.phase), thousands(referendum.since))),
    ];
    if let Some(ongoing) = &referendum.ongoing {
        let call = ongoing.call.as_deref().map_or("unknown: its preimage is not on the chain".into(), safe);
        rows.push(("call", call));
        rows.push(("ayes", token.show(ongoing.ayes)));
        rows.push(("nays", token.show(ongoing.nays)));
        rows.push(("support", token.show(ongoing.support)));
        rows.push(("deposit", if ongoing.deposit_paid { "paid" } else { "not paid" }.to_owned()));
        if let Some(at) = ongoing.confirmed_at {
            rows.push(("confirmed", format!("in block {}, {}", thousands(at), in_time(at.saturating_sub(now)))));
        }
    }
    table(style, &rows)
}

/// A referendum that has to be there.
async fn known(actor: &Actor, index: u32) -> Result<Referendum> {
    actor.sender.referendum(index).await?.ok_or_else(|| unknown(index))
}

fn unknown(index: u32) -> Failure {
    Failure::no(format!("there is no referendum {index}")).hint("`pedigree gov list` lists those that there are")
}

pub(super) async fn show(context: &Context, index: u32) -> Result<()> {
    let chain = context.chain().await?;
    let sender = crate::chain::tx::Sender::new(&chain).await?;
    let referendum = sender.referendum(index).await?.ok_or_else(|| unknown(index))?;
    let now = chain.block(chain.best().await?).await?.number;
    context.output.answer(&json!({ "referendum": referendum }), |style| shown(&chain.token, style, &referendum, now))
}

async fn send(context: &Context, actor: &Actor, call: Governance, what: &str) -> Result<crate::chain::tx::Included> {
    actor.sender.send(&actor.account, &Call::Governance(call), what, &context.output).await
}

pub(super) async fn propose_admission(context: &Context, args: &AdmitArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    if existing(&actor.chain, netuid).await?.closed {
        return Err(Failure::no(format!("subnet {netuid} is closed")).hint("found another one"));
    }
    let term = args.term.saturating_mul(BLOCKS_A_DAY);
    let submitted = send(context, &actor, Governance::ProposeAdmission { netuid, term }, "proposal").await?;
    let index = submitted
        .happened
        .submitted
        .ok_or_else(|| Failure::mismatch("the chain does not say which referendum it is"))?;
    let mut included = vec![submitted];
    if !args.without_deposit {
        included.push(send(context, &actor, Governance::Deposit { index }, "decision deposit").await?);
    }
    context.output.note(format!("vote with `pedigree gov vote {index} aye AMOUNT`"));
    answer(context, &actor, index, &json!(included)).await
}

pub(super) async fn deposit(context: &Context, index: u32) -> Result<()> {
    let actor = Actor::new(context).await?;
    if known(&actor, index).await?.ongoing.is_some_and(|ongoing| ongoing.deposit_paid) {
        return Err(Failure::no(format!("the decision deposit of referendum {index} is paid already")));
    }
    let included = send(context, &actor, Governance::Deposit { index }, "decision deposit").await?;
    answer(context, &actor, index, &json!([included])).await
}

pub(super) async fn vote(context: &Context, args: &VoteArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let index = args.referendum.index;
    let referendum = known(&actor, index).await?;
    if referendum.ongoing.is_none() {
        return Err(Failure::no(format!("referendum {index} is over: {}", phase(referendum.phase))));
    }
    let amount = actor.chain.token.plancks(&args.amount)?;
    if amount.0 == 0 {
        return Err(Failure::usage("a vote with nothing says nothing").hint("vote with an amount"));
    }
    let vote = Governance::Vote { index, aye: args.side == Side::Aye, conviction: args.conviction, amount };
    let included = send(context, &actor, vote, "vote").await?;
    answer(context, &actor, index, &json!([included])).await
}

/// The referendum as it is now.
async fn answer(context: &Context, actor: &Actor, index: u32, included: &serde_json::Value) -> Result<()> {
    let referendum = known(actor, index).await?;
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    context.output.answer(&json!({ "referendum": referendum, "included": included }), |style| {
        shown(&actor.chain.token, style, &referendum, now)
    })
}
