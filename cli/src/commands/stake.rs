//! `pedigree stake`: put tokens behind evaluators, and withdraw what that earns.

use serde_json::json;
use subxt::utils::AccountId32;

use super::act::{costs_of, in_time, Actor};
use super::Context;
use crate::args::{AcceptTakeArg, AllocateArgs, DividendsArgs, EvaluatorArgs, MoveStakeArgs, TakeArgs, UnbondArgs};
use crate::chain::rpc::Token;
use crate::chain::tx::Included;
use crate::chain::views::{Action, Balance, PositionView, StakePlace, UnbondingView};
use crate::chain::{Chain, Economy, Place};
use crate::error::{Failure, Result};
use crate::names::{percent, PlaceArg};
use crate::output::{columns, count, shortened, table, Column, Style};

/// How many dividends are withdrawn in one transaction.
const AT_ONCE: usize = 32;

/// An evaluator in a subnet, looked up.
async fn place(context: &Context, actor: &Actor, netuid: u16, evaluator: &str) -> Result<Place> {
    Ok(Place { netuid, evaluator: actor.neuron_account(context, netuid, evaluator).await? })
}

async fn place_of(context: &Context, actor: &Actor, arg: &PlaceArg) -> Result<Place> {
    place(context, actor, arg.netuid, &arg.evaluator).await
}

fn shown_place(context: &Context, place: &Place) -> String {
    format!("{} in subnet {}", context.who(&place.evaluator.to_string()), place.netuid)
}

/// The take that is accepted: what was said, or what the evaluator takes and has said that he will.
async fn accepted(actor: &Actor, place: &Place, arg: &AcceptTakeArg) -> Result<u32> {
    if let Some(percent) = &arg.accept_take {
        return Ok(percent.parts_per_million);
    }
    match actor.chain.evaluator(place.netuid, &place.evaluator.to_string()).await? {
        Some(evaluator) => Ok(evaluator.take.max(evaluator.next_take.unwrap_or_default())),
        None => actor.sender.default_take().await,
    }
}

pub(super) async fn allocate(context: &Context, args: &AllocateArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let token = &actor.chain.token;
    let amount = token.plancks(&args.amount)?;
    let place = place(context, &actor, args.place.subnet.netuid, &args.place.evaluator).await?;
    let accepted_take = accepted(&actor, &place, &args.take).await?;
    let Place { netuid, evaluator } = place;
    let action = Action::AllocateStake { netuid, evaluator: evaluator.to_string(), amount, accepted_take };
    let costs = actor.try_it(&action).await?;
    let entries = Balance(costs.deposit.0.saturating_sub(amount.0));
    let mut text =
        format!("{} behind {}, who takes {}", token.show(amount), shown_place(context, &place), percent(accepted_take));
    text.push_str(&format!("; a fee of {}", token.show(costs.fee)));
    if entries.0 > 0 {
        text.push_str(&format!(", and a deposit of {} (comes back)", token.show(entries)));
    }
    context.output.step("Staking", text);
    let included = actor.send(context, Economy::Allocate { place, amount, accepted_take }, "stake").await?;
    changed(context, &actor, &place, &included, |_| {
        let from = included.happened.counts_from.unwrap_or_default();
        format!("{} behind {}, from epoch {from} on\n", token.show(amount), shown_place(context, &place))
    })
    .await
}

pub(super) async fn move_stake(context: &Context, args: &MoveStakeArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let token = &actor.chain.token;
    let amount = token.plancks(&args.amount)?;
    let (from, to) = (place_of(context, &actor, &args.from).await?, place_of(context, &actor, &args.to).await?);
    let accepted_take = accepted(&actor, &to, &args.take).await?;
    let plain = |place: &Place| StakePlace { netuid: place.netuid, evaluator: place.evaluator.to_string() };
    let action = Action::MoveStake { from: plain(&from), to: plain(&to), amount, accepted_take };
    let costs = actor.try_it(&action).await?;
    context.output.step(
        "Moving",
        format!(
            "{} to {}, who takes {}; {}",
            token.show(amount),
            shown_place(context, &to),
            percent(accepted_take),
            costs_of(token, &costs)
        ),
    );
    let included = actor.send(context, Economy::Move { from, to, amount, accepted_take }, "move").await?;
    changed(context, &actor, &to, &included, |_| {
        let when = included.happened.counts_from.unwrap_or_default();
        format!("{} behind {}, from epoch {when} on\n", token.show(amount), shown_place(context, &to))
    })
    .await
}

/// One's position as it is now.
async fn position(chain: &Chain, holder: &str, place: &Place) -> Result<Option<PositionView>> {
    let evaluator = place.evaluator.to_string();
    let positions = chain.positions(holder).await?;
    Ok(positions.into_iter().find(|it| it.netuid == place.netuid && it.evaluator == evaluator))
}

/// The answer of what changes a position.
async fn changed(
    context: &Context,
    actor: &Actor,
    place: &Place,
    included: &Included,
    text: impl FnOnce(Style) -> String,
) -> Result<()> {
    let position = position(&actor.chain, &actor.address(), place).await?;
    let answer = json!({
        "position": position, "countsFrom": included.happened.counts_from, "freeFrom": included.happened.free_from,
        "included": included,
    });
    context.output.answer(&answer, text)
}

pub(super) async fn unbond(context: &Context, args: &UnbondArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let token = &actor.chain.token;
    let place = place(context, &actor, args.place.subnet.netuid, &args.place.evaluator).await?;
    let amount = match &args.amount {
        Some(amount) => token.plancks(amount)?,
        None => {
            let position = position(&actor.chain, &actor.address(), &place).await?;
            let position = position.ok_or_else(|| {
                Failure::no(format!("you have no stake behind {}", shown_place(context, &place)))
                    .hint("`pedigree stake show` lists what you have")
            })?;
            position.stake
        }
    };
    let Place { netuid, evaluator } = place;
    let action = Action::UnbondStake { netuid, evaluator: evaluator.to_string(), amount };
    let included = actor.act(context, &action, Economy::Unbond { place, amount }, "unbonding").await?;
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    changed(context, &actor, &place, &included, |style| {
        let amount = style.bold(token.show(amount));
        let from = included.happened.free_from.unwrap_or_default();
        if from <= now {
            return format!("{amount} are free\n");
        }
        format!("{amount} stopped counting; free from block {from} on, {}\n", in_time(from.saturating_sub(now)))
    })
    .await
}

pub(super) async fn withdraw(context: &Context) -> Result<()> {
    let actor = Actor::new(context).await?;
    let unbonding = actor.chain.unbonding(&actor.address()).await?;
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    match unbonding.iter().map(|part| part.free_from).min() {
        None => {
            return Err(Failure::no("nothing of your stake is on its way out")
                .hint("take some out with `pedigree stake unbond`"))
        }
        // What is sent now is in the next block at the earliest.
        Some(first) if first > now.saturating_add(1) => {
            return Err(Failure::no(format!(
                "nothing of it is free yet: the first is from block {first} on, {}",
                in_time(first.saturating_sub(now))
            ))
            .hint("`pedigree stake show` lists what is on its way out"))
        }
        Some(_) => {}
    }
    let included = actor.act(context, &Action::WithdrawUnbonded, Economy::WithdrawUnbonded, "withdrawal").await?;
    let freed = included.happened.freed.unwrap_or_default();
    context.output.answer(&json!({ "freed": freed, "included": included }), |style| {
        format!("{} are free\n", style.bold(actor.chain.token.show(freed)))
    })
}

pub(super) async fn dividends(context: &Context, args: &DividendsArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let places = match &args.place {
        Some(arg) => vec![place_of(context, &actor, arg).await?],
        None => all_places(context, &actor).await?,
    };
    if places.is_empty() {
        return Err(Failure::no("there are no dividends to withdraw").hint(
            "they come with the end of each epoch in which the evaluator's scores count: `pedigree stake show`",
        ));
    }
    let mut blocks = Vec::new();
    for part in places.chunks(AT_ONCE) {
        let mut fees = Balance(0);
        for place in part {
            let action = Action::WithdrawDividends { netuid: place.netuid, evaluator: place.evaluator.to_string() };
            fees.0 = fees.0.saturating_add(actor.try_it(&action).await?.fee.0);
        }
        context.output.step("Paying", format!("fees of {} at most", actor.chain.token.show(fees)));
        blocks.push(actor.send(context, Economy::WithdrawDividends { places: part.to_vec() }, "withdrawal").await?);
    }
    let paid: Vec<(Place, Balance)> =
        blocks.iter().flat_map(|block| block.happened.dividends.iter().copied()).collect();
    let list: Vec<_> = paid
        .iter()
        .map(|(place, amount)| json!({ "netuid": place.netuid, "evaluator": place.evaluator.to_string(), "amount": amount }))
        .collect();
    context.output.answer(&json!({ "withdrawn": list, "included": blocks }), |style| {
        let line = |(place, amount): &(Place, Balance)| {
            let amount = style.bold(actor.chain.token.show(*amount));
            format!("{amount} of stake behind {}\n", shown_place(context, place))
        };
        paid.iter().map(line).collect()
    })
}

/// Wherever there is something to withdraw. A take without stake of one's own has to be asked for by name.
async fn all_places(context: &Context, actor: &Actor) -> Result<Vec<Place>> {
    let own = actor.address();
    let mut places = Vec::new();
    for position in actor.chain.positions(&own).await? {
        let taken = match position.evaluator == own {
            true => actor.chain.evaluator(position.netuid, &own).await?.map_or(0, |it| it.take_owed.0),
            false => 0,
        };
        if position.dividends.0 > 0 || taken > 0 {
            let evaluator: AccountId32 = context.keystore.account_id(&position.evaluator)?;
            places.push(Place { netuid: position.netuid, evaluator });
        }
    }
    Ok(places)
}

pub(super) async fn take(context: &Context, args: &TakeArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let (netuid, take) = (args.subnet.netuid, args.take.parts_per_million);
    let included =
        actor.act(context, &Action::SetTake { netuid, take }, Economy::SetTake { netuid, take }, "take").await?;
    let from = included.happened.take_from.unwrap_or_default();
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    let answer = json!({ "netuid": netuid, "take": take, "from": from, "included": included });
    context.output.answer(&answer, |style| {
        let when = match from.saturating_sub(now) {
            0 => "from now on".to_owned(),
            blocks => format!("from block {from} on, {}", in_time(blocks)),
        };
        format!("you take {} of the dividends in subnet {netuid}, {when}\n", style.bold(percent(take)))
    })
}

pub(super) async fn show(context: &Context, holder: Option<&str>) -> Result<()> {
    let holder = match holder.or(context.global.account.as_deref()) {
        Some(named) => context.keystore.account_id(named)?,
        None => context.account()?.id,
    }
    .to_string();
    let chain = context.chain().await?;
    let positions = chain.positions(&holder).await?;
    let unbonding = chain.unbonding(&holder).await?;
    let now = chain.block(chain.best().await?).await?.number;
    let answer = json!({ "holder": holder, "positions": positions, "unbonding": unbonding });
    context.output.answer(&answer, |style| {
        let text = format!("{}\n", style.bold(context.who(&holder)));
        text + &shown_positions(context, &chain.token, style, &positions)
            + &shown_unbonding(&chain.token, &unbonding, now)
    })
}

fn shown_positions(context: &Context, token: &Token, style: Style, positions: &[PositionView]) -> String {
    if positions.is_empty() {
        return "  no stake\n".to_owned();
    }
    let labels = context.keystore.labels();
    let heads = [
        Column::number("netuid"),
        Column::text("behind"),
        Column::number("stake"),
        Column::number("counts"),
        Column::number("dividends"),
        Column::number("deposit"),
    ];
    let row = |position: &PositionView| {
        let evaluator = labels.get(&position.evaluator).unwrap_or(&position.evaluator);
        let mut row = vec![position.netuid.to_string(), shortened(evaluator, 16)];
        row.extend([position.stake, position.counted, position.dividends, position.deposit].map(|it| token.number(it)));
        row
    };
    columns(style, &heads, &positions.iter().map(row).collect::<Vec<_>>())
}

fn shown_unbonding(token: &Token, unbonding: &[UnbondingView], now: u32) -> String {
    let line = |part: &UnbondingView| {
        let when = match part.free_from.saturating_sub(now) {
            0 => "free: `pedigree stake withdraw`".to_owned(),
            blocks => format!("free from block {} on, {}", part.free_from, in_time(blocks)),
        };
        format!("  on its way out: {}, {when}\n", token.show(part.amount))
    };
    unbonding.iter().map(line).collect()
}

pub(super) async fn evaluator(context: &Context, args: &EvaluatorArgs) -> Result<()> {
    let chain = context.chain().await?;
    let netuid = args.subnet.netuid;
    let account = super::act::neuron_account(context, &chain, netuid, &args.evaluator).await?.to_string();
    let view = chain.evaluator(netuid, &account).await?.ok_or_else(|| {
        Failure::no(format!("nothing stands behind {} in subnet {netuid}", context.who(&account)))
            .hint(format!("put something there with `pedigree stake allocate {netuid} {} AMOUNT`", args.evaluator))
    })?;
    let now = chain.block(chain.best().await?).await?.number;
    let answer = json!({ "netuid": netuid, "account": account, "evaluator": view });
    context.output.answer(&answer, |style| {
        let token = &chain.token;
        let mut rows = vec![
            ("stake", format!("{} in {}", token.show(view.stake), count(view.positions.into(), "position"))),
            ("counts", token.show(view.counted)),
            ("take", percent(view.take)),
        ];
        if let (Some(take), Some(from)) = (view.next_take, view.next_take_from) {
            rows.push((
                "soon",
                format!("{} from block {from} on, {}", percent(take), in_time(from.saturating_sub(now))),
            ));
        }
        rows.push(("take owed", token.show(view.take_owed)));
        format!("{}  evaluator in subnet {netuid}\n{}", style.bold(context.who(&account)), table(style, &rows))
    })
}
