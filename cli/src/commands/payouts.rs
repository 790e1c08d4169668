//! What releases earn: `pedigree pay`, `pedigree withdraw` and `pedigree statement`.

use serde_json::json;

use super::{show, Context};
use crate::args::{PayArgs, StatementArgs, WithdrawArgs};
use crate::chain::rpc::{Refusal, Token};
use crate::chain::tx::Sender;
use crate::chain::views::{Action, Balance, EarningsView, StatementView};
use crate::chain::{Call, Chain};
use crate::display;
use crate::error::{Failure, Result};
use crate::names::{percent, StatementTarget};
use crate::output::{safe, table, Style};

/// How many releases the chain lets one withdraw from at once.
const AT_ONCE: usize = 32;

pub(super) async fn pay(context: &Context, args: &PayArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let amount = chain.token.plancks(&args.amount)?;
    let release = show::existing(&chain, &args.release).await?;
    if let Some(yank) = &release.yanked {
        if !args.even_if_yanked {
            return Err(Failure::no(format!("{} is {}", safe(&release.name), display::yank(Style::plain(), yank)))
                .hint("nothing was paid; pay what to use instead, or say --even-if-yanked"));
        }
    }
    if release.owner.is_none() {
        context.output.warning(format!(
            "nobody owns {}: what it is owed waits for its publisher; a year after it was credited last, anyone may \
             send it to the treasury",
            safe(&release.name)
        ));
    }
    let action = Action::Pay { release: release.name.clone(), amount, memo: args.memo };
    let costs = chain.prepare(&account.id.to_string(), &action).await?.map_err(Refusal::failure)?;
    let entry = Balance(costs.price.0.saturating_sub(amount.0));
    let mut text = format!("{} and a fee of {}", chain.token.show(amount), chain.token.show(costs.fee));
    if entry.0 > 0 {
        text.push_str(&format!(", and {} for the entry that the payment takes", chain.token.show(entry)));
    }
    context.output.step("Paying", text);
    let call = Call::Pay { release: release.id, amount, memo: args.memo };
    let included = Sender::new(&chain).await?.send(&account, &call, "payment", &context.output).await?;
    let split = chain.royalty_split(&release.name).await?;
    context.output.answer(
        &json!({ "release": release.name, "amount": amount, "royaltySplit": split, "included": included }),
        |style| {
            let paid = format!("paid {} to {}\n", chain.token.show(amount), style.bold(safe(&release.name)));
            paid + &display::split(style, &split)
        },
    )
}

pub(super) async fn withdraw(context: &Context, args: &WithdrawArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let mut due: Vec<EarningsView> = vec![];
    for path in &args.releases {
        let release = show::existing(&chain, path).await?;
        due.push(statement_of(&chain, &release.name).await?.earnings);
    }
    if let Some(namespace) = &args.namespace {
        due.extend(earnings_of(&chain, namespace).await?);
    }
    due.sort_by_key(|earnings| earnings.release);
    due.dedup_by(|one, other| one.release == other.release);
    due.retain(|earnings| earnings.owed.0 > 0);
    if due.is_empty() {
        return Err(Failure::no("nothing is owed to these releases")
            .hint("what was paid just now is credited within a few blocks; `pedigree statement` shows both"));
    }
    let (due, unowned): (Vec<_>, Vec<_>) = due.into_iter().partition(|earnings| earnings.owner.is_some());
    let names = |list: &[EarningsView]| list.iter().map(|it| safe(&it.name)).collect::<Vec<_>>().join(", ");
    if due.is_empty() {
        return Err(Failure::no("nobody owns these releases: their channel is not linked")
            .hint("what they are owed waits for their publisher"));
    }
    if !unowned.is_empty() {
        context.output.note(format!("nobody owns {}: what is owed there waits", names(&unowned)));
    }
    let sender = Sender::new(&chain).await?;
    let (mut withdrawn, mut blocks) = (vec![], vec![]);
    for part in due.chunks(AT_ONCE) {
        let action = Action::Withdraw { releases: part.iter().map(|earnings| earnings.name.clone()).collect() };
        let costs = chain.prepare(&account.id.to_string(), &action).await?.map_err(Refusal::failure)?;
        context.output.step("Paying", format!("a fee of {}", chain.token.show(costs.fee)));
        let call = Call::Withdraw { releases: part.iter().map(|earnings| earnings.release).collect() };
        let included = sender.send(&account, &call, "withdrawal", &context.output).await?;
        for earnings in part {
            let sent = included.withdrawn.iter().find(|sent| sent.release == earnings.release);
            if sent.is_none() {
                context.output.warning(format!(
                    "nothing went to the owner of {}: somebody was faster, or the owner's account is not alive and \
                     this would not keep it alive",
                    safe(&earnings.name)
                ));
            }
            withdrawn.extend(sent.map(|sent| Payout {
                release: earnings.name.clone(),
                to: sent.to.clone(),
                amount: sent.amount,
            }));
        }
        blocks.push(included);
    }
    context.output.answer(&json!({ "withdrawn": withdrawn, "included": blocks }), |style| {
        withdrawn
            .iter()
            .map(|payout| {
                format!(
                    "{} of {} went to {}\n",
                    chain.token.show(payout.amount),
                    style.bold(safe(&payout.release)),
                    context.who(&payout.to)
                )
            })
            .collect()
    })
}

/// What went to the owner of a release.
#[derive(serde::Serialize)]
struct Payout {
    release: String,
    to: String,
    amount: Balance,
}

pub(super) async fn statement(context: &Context, args: &StatementArgs) -> Result<()> {
    let chain = context.chain().await?;
    match &args.target {
        StatementTarget::Release(path) => {
            let release = show::existing(&chain, path).await?;
            let statement = statement_of(&chain, &release.name).await?;
            context.output.answer(&statement, |style| show_statement(context, &chain.token, style, &statement))
        }
        StatementTarget::Namespace(name) => {
            let earnings = earnings_of(&chain, name).await?;
            context.output.answer(&json!({ "namespace": name, "releases": earnings }), |style| {
                if earnings.is_empty() {
                    return format!("no release of {} has earned anything\n", style.bold(safe(name)));
                }
                earnings.iter().map(|earnings| show_earnings(context, &chain.token, style, earnings)).collect()
            })
        }
    }
}

async fn statement_of(chain: &Chain, release: &str) -> Result<StatementView> {
    chain.statement(release).await?.ok_or_else(|| Failure::no(format!("there is no release {}", safe(release))))
}

async fn earnings_of(chain: &Chain, namespace: &str) -> Result<Vec<EarningsView>> {
    if chain.namespace(namespace).await?.is_none() {
        return Err(Failure::no(format!("there is no namespace {}", safe(namespace))));
    }
    chain.earnings(namespace).await
}

fn show_earnings(context: &Context, token: &Token, style: Style, earnings: &EarningsView) -> String {
    let mut rows = vec![("paid to it", token.show(earnings.paid))];
    if earnings.unsettled.0 > 0 {
        rows.push(("on its way", format!("{} is credited within a few blocks", token.show(earnings.unsettled))));
    }
    let owed = token.show(earnings.owed);
    rows.push((
        "owed",
        match (&earnings.owner, earnings.expires) {
            (Some(owner), _) => format!("{owed}, to {}", context.who(owner)),
            (None, Some(block)) => format!("{owed}, waiting for its publisher until block {block}"),
            (None, None) => owed,
        },
    ));
    rows.push(("withdrawn", token.show(earnings.withdrawn)));
    if earnings.expired.0 > 0 {
        rows.push(("expired", format!("{}, to the treasury", token.show(earnings.expired))));
    }
    format!("{}\n{}", style.bold(safe(&earnings.name)), table(style, &rows))
}

fn show_statement(context: &Context, token: &Token, style: Style, statement: &StatementView) -> String {
    let mut text = show_earnings(context, token, style, &statement.earnings);
    let settled = statement.earnings.paid.0.saturating_sub(statement.earnings.unsettled.0);
    if settled > 0 {
        text.push_str(&format!("{} was credited so far, to\n", token.show(Balance(settled))));
        for part in &statement.parts {
            text.push_str(&format!(
                "  {}  {} {}\n",
                style.bold(safe(&part.share.name)),
                token.show(part.amount),
                style.dim(format!("({})", percent(part.share.millionths)))
            ));
        }
    }
    if !statement.latest.is_empty() {
        let shown = u64::try_from(statement.latest.len()).unwrap_or(u64::MAX);
        let which = if shown < statement.payments { format!("the last {shown} of ") } else { String::new() };
        text.push_str(&format!("{which}{}\n", crate::output::count(statement.payments, "payment")));
        for payment in &statement.latest {
            let memo = payment.memo.as_ref().map(|memo| format!(" for {memo}")).unwrap_or_default();
            text.push_str(&format!(
                "  block {}  {} by {}{}\n",
                payment.block,
                token.show(payment.amount),
                context.who(&payment.payer),
                style.dim(memo)
            ));
        }
    }
    text
}
