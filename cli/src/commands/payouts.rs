//! What releases earn: `pedigree pay`, `settle`, `withdraw`, `expire`, `mature` and `statement`.

use serde_json::json;

use super::{show, Context};
use crate::args::{PayArgs, ReleasesArgs, StatementArgs, WithdrawArgs};
use crate::chain::rpc::{Refusal, Token};
use crate::chain::tx::{Included, Sender};
use crate::chain::views::{Action, Balance, EarningsView, ReleaseId, SourceView, StatementView};
use crate::chain::{Call, Chain, Economy};
use crate::display;
use crate::error::{Failure, Kind, Result};
use crate::keystore::Account;
use crate::names::{percent, ReleasePath, StatementTarget};
use crate::output::{count, safe, table, Style};
use crate::progress::Spinner;

/// How many releases are asked for that a release earned from.
const MOST_SOURCES: usize = 10_000;

/// How many of them are shown, the largest first.
const SHOWN_SOURCES: usize = 32;

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

/// What came to the releases that were named.
async fn named(chain: &Chain, releases: &[ReleasePath]) -> Result<Vec<EarningsView>> {
    let mut named = Vec::new();
    for path in releases {
        let release = show::existing(chain, path).await?;
        named.push(statement_of(chain, &release.name).await?.earnings);
    }
    named.sort_by_key(|earnings| earnings.release);
    named.dedup_by(|one, other| one.release == other.release);
    Ok(named)
}

fn names(list: &[EarningsView]) -> String {
    list.iter().map(|earnings| safe(&earnings.name)).collect::<Vec<_>>().join(", ")
}

/// How many releases are dealt with in one transaction: as many as can be withdrawn from at once.
async fn at_once(sender: &Sender) -> Result<usize> {
    let limits = sender.limits().await?;
    Ok(usize::try_from(limits.withdrawals).unwrap_or(usize::MAX).max(1))
}

/// Sends one call for every so many releases.
async fn send_parts(
    context: &Context,
    sender: &Sender,
    account: &Account,
    releases: &[EarningsView],
    what: &str,
    call: impl Fn(Vec<ReleaseId>) -> Call,
) -> Result<Vec<Included>> {
    let mut included = Vec::new();
    for part in releases.chunks(at_once(sender).await?) {
        let call = call(part.iter().map(|earnings| earnings.release).collect());
        included.push(sender.send(account, &call, what, &context.output).await?);
    }
    Ok(included)
}

/// Credits what was paid, as far as no block has done it meanwhile.
async fn credit(
    context: &Context,
    sender: &Sender,
    account: &Account,
    unsettled: &[EarningsView],
) -> Result<Vec<Included>> {
    context.output.step("Settling", names(unsettled));
    let settled =
        send_parts(context, sender, account, unsettled, "settlement", |releases| Call::Settle { releases }).await;
    let by_a_block = |failure: &Failure| {
        let error = failure.details.as_ref().and_then(|details| details.get("error"));
        failure.kind == Kind::Refused && error.and_then(serde_json::Value::as_str) == Some("NothingToSettle")
    };
    match settled {
        Err(failure) if by_a_block(&failure) => Ok(vec![]),
        settled => settled,
    }
}

pub(super) async fn settle(context: &Context, args: &ReleasesArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let mut unsettled = named(&chain, &args.releases).await?;
    unsettled.retain(|earnings| earnings.unsettled.0 > 0);
    if unsettled.is_empty() {
        return Err(Failure::no("there is nothing to settle: all that these releases were paid is credited")
            .hint("blocks do it by themselves; `pedigree withdraw` sends what is owed"));
    }
    let included = credit(context, &Sender::new(&chain).await?, &account, &unsettled).await?;
    let settled = unsettled.iter().map(|it| json!({ "release": it.name, "amount": it.unsettled })).collect::<Vec<_>>();
    context.output.answer(&json!({ "settled": settled, "included": included }), |style| {
        let line = |it: &EarningsView| {
            format!("{} that {} was paid are credited\n", chain.token.show(it.unsettled), style.bold(safe(&it.name)))
        };
        unsettled.iter().map(line).collect()
    })
}

pub(super) async fn expire(context: &Context, args: &ReleasesArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let due = named(&chain, &args.releases).await?;
    let now = chain.block(chain.best().await?).await?.number;
    for earnings in &due {
        let name = safe(&earnings.name);
        match (&earnings.owner, earnings.expires) {
            (Some(owner), _) => {
                return Err(Failure::no(format!(
                    "{name} has an owner, {}: what it is owed does not expire",
                    context.who(owner)
                ))
                .hint(format!("it can be sent there at any time: `pedigree withdraw {name}`")))
            }
            (None, None) => return Err(Failure::no(format!("nothing is owed to {name}"))),
            // What is sent now is in the next block at the earliest.
            (None, Some(block)) if now.saturating_add(1) < block => {
                return Err(Failure::no(format!(
                    "what {name} is owed waits for its publisher until block {block}, and this is block {now}"
                ))
                .hint("it expires a year after it was credited last"))
            }
            (None, Some(_)) => {}
        }
    }
    let sender = Sender::new(&chain).await?;
    let included = send_parts(context, &sender, &account, &due, "expiry", |releases| Call::Expire { releases }).await?;
    let expired = due.iter().map(|it| json!({ "release": it.name, "amount": it.owed })).collect::<Vec<_>>();
    context.output.answer(&json!({ "expired": expired, "included": included }), |style| {
        let line = |it: &EarningsView| {
            format!("{} of {} went to the treasury\n", chain.token.show(it.owed), style.bold(safe(&it.name)))
        };
        due.iter().map(line).collect()
    })
}

pub(super) async fn mature(context: &Context, args: &ReleasesArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let mut due = named(&chain, &args.releases).await?;
    let now = chain.block(chain.best().await?).await?.number;
    for earnings in &due {
        let name = safe(&earnings.name);
        match earnings.matures {
            None => {
                return Err(Failure::no(format!("nothing that {name} earned in subnets is maturing"))
                    .hint(format!("it may have matured already: `pedigree statement {name}` shows what it was paid")))
            }
            // What is sent now is in the next block at the earliest.
            Some(block) if now.saturating_add(1) < block => {
                return Err(Failure::no(format!(
                    "what {name} earned in subnets matures from block {block} on, and this is block {now}"
                ))
                .hint("a week after the day it came on where the namespace is linked, thirty days elsewhere"))
            }
            Some(_) => {}
        }
    }
    let mut fees = Balance(0);
    for earnings in &due {
        let action = Action::Mature { release: earnings.name.clone() };
        let costs = chain.prepare(&account.id.to_string(), &action).await?.map_err(Refusal::failure)?;
        fees.0 = fees.0.saturating_add(costs.fee.0);
    }
    context.output.step("Paying", format!("fees of {} at most", chain.token.show(fees)));
    let sender = Sender::new(&chain).await?;
    let included = send_parts(context, &sender, &account, &due, "maturity", |releases| {
        Call::Economy(Economy::Mature { releases })
    })
    .await?;
    let matured: Vec<_> = included.iter().flat_map(|included| included.happened.matured.iter()).copied().collect();
    let amount = |release| matured.iter().find(|(it, _)| *it == release).map_or(Balance(0), |(_, amount)| *amount);
    due.retain(|earnings| amount(earnings.release).0 > 0);
    let answer: Vec<_> = due.iter().map(|it| json!({ "release": it.name, "amount": amount(it.release) })).collect();
    context.output.answer(&json!({ "matured": answer, "included": included }), |style| {
        let line = |it: &EarningsView| {
            let amount = chain.token.show(amount(it.release));
            format!("{amount} that {} earned are its own now, and its ancestors'\n", style.bold(safe(&it.name)))
        };
        due.iter().map(line).collect()
    })
}

/// All that was asked for, each once.
async fn asked_for(chain: &Chain, args: &WithdrawArgs) -> Result<Vec<EarningsView>> {
    let mut due = named(chain, &args.releases).await?;
    if let Some(namespace) = &args.namespace {
        due.extend(earnings_of(chain, namespace).await?);
        due.sort_by_key(|earnings| earnings.release);
        due.dedup_by(|one, other| one.release == other.release);
    }
    Ok(due)
}

pub(super) async fn withdraw(context: &Context, args: &WithdrawArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let sender = Sender::new(&chain).await?;
    let mut due = asked_for(&chain, args).await?;
    // Where full blocks have not credited what was paid, that comes first: else it would be left behind.
    let unsettled: Vec<_> =
        due.iter().filter(|earnings| earnings.unsettled.0 > 0 && earnings.owner.is_some()).cloned().collect();
    let mut blocks = vec![];
    if !unsettled.is_empty() {
        blocks = credit(context, &sender, &account, &unsettled).await?;
        due = asked_for(&chain, args).await?;
    }
    due.retain(|earnings| earnings.owed.0 > 0);
    if due.is_empty() {
        return Err(Failure::no("nothing is owed to these releases")
            .hint("what was paid just now is credited within a few blocks; `pedigree statement` shows both"));
    }
    let (due, unowned): (Vec<_>, Vec<_>) = due.into_iter().partition(|earnings| earnings.owner.is_some());
    if due.is_empty() {
        return Err(Failure::no("nobody owns these releases: their channel is not linked")
            .hint("what they are owed waits for their publisher"));
    }
    if !unowned.is_empty() {
        context.output.note(format!("nobody owns {}: what is owed there waits", names(&unowned)));
    }
    let mut withdrawn = vec![];
    for part in due.chunks(at_once(&sender).await?) {
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
            // All of it at the same moment, so that it adds up.
            let at = chain.best().await?;
            let statement = chain.statement(&release.name, &at).await?.ok_or_else(|| unknown(&release.name))?;
            let (sources, complete) = {
                let spinner = Spinner::start(&context.output, "looking where it came from");
                chain.sources(release.id, MOST_SOURCES, &at, &spinner).await?
            };
            let whole = Whole { statement, sources, complete };
            context.output.answer(&whole, |style| {
                show_statement(context, &chain.token, style, &whole.statement)
                    + &show_sources(&chain.token, style, release.id, &whole)
            })
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

/// A statement with where it came from.
#[derive(serde::Serialize)]
struct Whole {
    #[serde(flatten)]
    statement: StatementView,
    sources: Vec<SourceView>,
    /// Whether these are all.
    complete: bool,
}

fn unknown(release: &str) -> Failure {
    Failure::no(format!("there is no release {}", safe(release)))
}

/// A statement as of now.
async fn statement_of(chain: &Chain, release: &str) -> Result<StatementView> {
    chain.statement(release, &chain.best().await?).await?.ok_or_else(|| unknown(release))
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
    if let Some(block) = earnings.matures {
        rows.push((
            "maturing",
            format!("{}, earned in subnets; the first of it from block {block} on", token.show(earnings.maturing)),
        ));
    }
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
        text.push_str(&format!("{which}{}\n", count(statement.payments, "payment")));
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

/// Where what a release earned came from; nothing if all of it was paid to itself.
fn show_sources(token: &Token, style: Style, release: ReleaseId, whole: &Whole) -> String {
    let Whole { sources, complete, .. } = whole;
    if sources.iter().all(|source| source.part.share.release == release) {
        return String::new();
    }
    let earned = sources.iter().map(|source| source.part.amount.0).fold(0, u128::saturating_add);
    let mut text = format!("{} was earned so far, from\n", token.show(Balance(earned)));
    let mut largest: Vec<&SourceView> = sources.iter().collect();
    largest.sort_by_key(|source| std::cmp::Reverse(source.part.amount));
    for source in largest.iter().take(SHOWN_SOURCES) {
        let share = format!("({} of {})", percent(source.part.share.millionths), token.show(source.settled));
        text.push_str(&format!(
            "  {}  {} {}\n",
            style.bold(safe(&source.part.share.name)),
            token.show(source.part.amount),
            style.dim(share)
        ));
    }
    let rest = u64::try_from(sources.len().saturating_sub(SHOWN_SOURCES)).unwrap_or(u64::MAX);
    if rest > 0 {
        text.push_str(&format!("  and {} more; --json has all\n", count(rest, "release")));
    }
    if !complete {
        text.push_str("  and releases that are too many, or too far away, to be looked at\n");
    }
    text
}
