//! `pedigree subnet`: found, set, fund and look at subnets.

use std::collections::BTreeMap;

use serde_json::json;

use super::act::{costs_of, existing, in_time, limit, unknown, Actor};
use super::Context;
use crate::args::{CloseArgs, FoundArgs, FundArgs, MetagraphArgs, SetArgs};
use crate::chain::rpc::Token;
use crate::chain::tx::Included;
use crate::chain::views::{Action, Balance, EpochView, HyperparameterView, NeuronView, SubnetView};
use crate::chain::{Chain, Economy, Hyperparameter};
use crate::error::{Failure, Result};
use crate::names::Amount;
use crate::output::{columns, count, of_65535, safe, shortened, table, thousands, Column, Style};

/// What of the hyperparameters is an amount.
const AMOUNTS: [&str; 3] = ["minimumPrice", "funding", "minimumStake"];

/// What of them is true or false.
const TRUTHS: [&str; 2] = ["registration", "liquidAlpha"];

/// Billionths, in percent.
pub(super) fn billionths(share: u32) -> String {
    let percent = format!("{:.2}", f64::from(share) / 1e7);
    format!("{} %", percent.trim_end_matches('0').trim_end_matches('.'))
}

pub(super) async fn list(context: &Context) -> Result<()> {
    let chain = context.chain().await?;
    let subnets = chain.subnets().await?;
    context.output.answer(&json!({ "subnets": subnets }), |style| {
        if subnets.is_empty() {
            return "no subnet; found one with `pedigree subnet found`\n".to_owned();
        }
        let heads = [
            Column::number("netuid"),
            Column::text("name"),
            Column::text("kind"),
            Column::number("neurons"),
            Column::number("evaluators"),
            Column::number(STAKE),
            Column::number("emission"),
            Column::number("epoch"),
            Column::text(""),
        ];
        let rows: Vec<_> = subnets.iter().map(|subnet| row(&chain.token, subnet)).collect();
        columns(style, &heads, &rows)
    })
}

/// Above amounts of stake. All tables are in the chain's token.
const STAKE: &str = "stake";

fn row(token: &Token, subnet: &SubnetView) -> Vec<String> {
    vec![
        subnet.netuid.to_string(),
        shortened(&safe(&subnet.name), 24),
        subnet.kind.to_string(),
        subnet.neurons.to_string(),
        subnet.evaluators.to_string(),
        whole(token, subnet.stake),
        if subnet.admitted_until.is_some() { billionths(subnet.share) } else { "-".to_owned() },
        subnet.epoch.to_string(),
        if subnet.closed { "closed".to_owned() } else { String::new() },
    ]
}

/// An amount in whole tokens: nobody compares more in a table.
fn whole(token: &Token, Balance(amount): Balance) -> String {
    thousands(amount.checked_div(token.unit()).unwrap_or_default())
}

pub(super) async fn show(context: &Context, netuid: u16) -> Result<()> {
    let chain = context.chain().await?;
    let subnet = existing(&chain, netuid).await?;
    let now = chain.block(chain.best().await?).await?.number;
    context.output.answer(&json!({ "subnet": subnet }), |style| shown(context, &chain.token, style, &subnet, now))
}

fn shown(context: &Context, token: &Token, style: Style, subnet: &SubnetView, now: u32) -> String {
    let mut text = format!("{}  subnet {} · {}", style.bold(safe(&subnet.name)), subnet.netuid, subnet.kind);
    if subnet.closed {
        text.push_str(&format!(" · {}", style.red("closed")));
    }
    text.push('\n');
    let mut rows = vec![("owner", context.who(&subnet.owner))];
    rows.push((
        "emission",
        match subnet.admitted_until {
            Some(until) => format!("{} of it; admitted until block {until}", billionths(subnet.share)),
            None => "none: it is not admitted, and pays what it is funded with".to_owned(),
        },
    ));
    rows.push(("funds", token.show(subnet.funds)));
    if subnet.pending.0 > 0 {
        rows.push(("pending", format!("{}, for the end of this epoch", token.show(subnet.pending))));
    }
    rows.push((
        "neurons",
        format!(
            "{} on {} seats, {} of them evaluators; a new one costs {}",
            subnet.neurons,
            subnet.seats,
            subnet.evaluators,
            token.show(subnet.neuron_price)
        ),
    ));
    rows.push(("stake", format!("{}, on average {}", token.show(subnet.stake), token.show(subnet.average_stake))));
    let ends = match subnet.due {
        Some(due) if due > now => format!("; ends in block {due}, {}", in_time(due.saturating_sub(now))),
        Some(_) => "; due, and waiting for its turn".to_owned(),
        None => String::new(),
    };
    rows.push(("epoch", format!("{}, since block {}{ends}", subnet.epoch, subnet.last_epoch)));
    rows.push(("tempo", count(subnet.tempo.into(), "block")));
    rows.push(("founded", format!("in block {}", subnet.founded)));
    text + &table(style, &rows)
}

/// The whole metagraph, all of it at the same block.
pub(super) async fn whole_metagraph(chain: &Chain, netuid: u16) -> Result<(u32, Vec<NeuronView>)> {
    let at = chain.best().await?;
    let (mut epoch, mut neurons, mut from) = (0, Vec::new(), 0);
    loop {
        let page = chain.metagraph(netuid, from, &at).await?.ok_or_else(|| unknown(netuid))?;
        epoch = page.epoch.max(epoch);
        neurons.extend(page.neurons);
        // A node that gives a page again would be asked for ever.
        match page.next.filter(|next| *next > from) {
            Some(next) => from = next,
            None => return Ok((epoch, neurons)),
        }
    }
}

pub(super) async fn metagraph(context: &Context, args: &MetagraphArgs) -> Result<()> {
    let chain = context.chain().await?;
    let netuid = args.subnet.netuid;
    let (epoch, mut neurons) = whole_metagraph(&chain, netuid).await?;
    if args.evaluators {
        neurons.retain(|neuron| neuron.permit);
    }
    context.output.answer(&json!({ "netuid": netuid, "epoch": epoch, "neurons": neurons }), |style| {
        if neurons.is_empty() {
            return format!("no neuron in subnet {netuid}; register one with `pedigree neuron register {netuid}`\n");
        }
        let labels = context.keystore.labels();
        let rows: Vec<_> = neurons.iter().map(|neuron| seat(&chain.token, &labels, neuron)).collect();
        columns(
            style,
            &HEADS.map(|(head, number)| if number { Column::number(head) } else { Column::text(head) }),
            &rows,
        ) + &style.dim(LEGEND)
            + "\n"
    })
}

/// The columns of a metagraph: at most 98 letters wide.
const HEADS: [(&str, bool); 9] = [
    ("uid", true),
    ("", false),
    ("account", false),
    ("release", false),
    ("stake", true),
    ("incent.", true),
    ("divid.", true),
    ("trust", true),
    ("scores", false),
];

const LEGEND: &str = "  * may score. Stake that counts, in whole tokens; the rest of the last epoch, in %";

fn seat(token: &Token, labels: &BTreeMap<String, String>, neuron: &NeuronView) -> Vec<String> {
    let account = labels.get(&neuron.account).unwrap_or(&neuron.account);
    let last = |part: fn(&crate::chain::views::NeuronResultView) -> u16| {
        neuron.last.as_ref().map(|last| of_65535(part(last))).unwrap_or_default()
    };
    let scores = match (neuron.revealed, neuron.committed) {
        (true, true) => "both",
        (true, false) => "revealed",
        (false, true) => "committed",
        (false, false) => "",
    };
    vec![
        neuron.uid.to_string(),
        if neuron.permit { "*".to_owned() } else { String::new() },
        shortened(&safe(account), 12),
        shortened(&safe(neuron.release_name.as_deref().unwrap_or_default()), 26),
        whole(token, neuron.stake),
        last(|last| last.incentive),
        last(|last| last.dividends),
        last(|last| last.trust),
        scores.to_owned(),
    ]
}

pub(super) async fn found(context: &Context, args: &FoundArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let token = &actor.chain.token;
    let price_limit = limit(token, args.price_limit.as_ref(), actor.chain.founding_price().await?)?;
    let (kind, name) = (args.kind, args.name.clone());
    let costs = actor.try_it(&Action::FoundSubnet { kind, name: name.clone(), price_limit }).await?;
    context.output.step("Paying", costs_of(token, &costs));
    let included = actor.send(context, Economy::Found { kind, name, price_limit }, "founding").await?;
    let netuid = included.happened.founded.ok_or_else(|| Failure::mismatch("the chain does not say which subnet"))?;
    context.output.note(format!(
        "fund it with `pedigree subnet fund {netuid} AMOUNT` and `pedigree subnet set {netuid} funding AMOUNT`, or have it \
         admitted by a referendum: `pedigree gov propose admit-subnet {netuid}`"
    ));
    answer(context, &actor.chain, netuid, &included).await
}

/// The subnet as it is now.
async fn answer(context: &Context, chain: &Chain, netuid: u16, included: &Included) -> Result<()> {
    let subnet = existing(chain, netuid).await?;
    let now = chain.block(chain.best().await?).await?.number;
    context.output.answer(&json!({ "subnet": subnet, "included": included }), |style| {
        shown(context, &chain.token, style, &subnet, now)
    })
}

pub(super) async fn fund(context: &Context, args: &FundArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let amount = actor.chain.token.plancks(&args.amount)?;
    let action = Action::FundSubnet { netuid, amount };
    let included = actor.act(context, &action, Economy::Fund { netuid, amount }, "funds").await?;
    let hyperparameters = actor.chain.hyperparameters(netuid).await?.unwrap_or_default();
    if hyperparameters.iter().any(|one| one.name == "funding" && one.value == "0") {
        context.output.note(format!(
            "its epochs pay none of that as long as its hyperparameter `funding` is 0: its owner changes it with \
             `pedigree subnet set {netuid} funding AMOUNT`"
        ));
    }
    answer(context, &actor.chain, netuid, &included).await
}

pub(super) async fn close(context: &Context, args: &CloseArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let subnet = existing(&actor.chain, netuid).await?;
    if (subnet.neurons > 0 || subnet.stake.0 > 0) && !args.even_if_used && !subnet.closed {
        return Err(Failure::no(format!(
            "subnet {netuid} has {} and {} of stake",
            count(subnet.neurons.into(), "neuron"),
            actor.chain.token.show(subnet.stake)
        ))
        .hint("closing is for good; nothing was sent. Say --even-if-used if that is meant"));
    }
    let included = actor.act(context, &Action::CloseSubnet { netuid }, Economy::Close { netuid }, "closing").await?;
    // A subnet in which nobody was is cleared away at once.
    let left = actor.chain.subnet(netuid, None).await?;
    context.output.answer(&json!({ "netuid": netuid, "subnet": left, "included": included }), |style| {
        format!(
            "{} is closed; {} of funds went to its owner, and stake can leave\n",
            style.bold(format!("subnet {netuid}")),
            actor.chain.token.show(subnet.funds)
        )
    })
}

pub(super) async fn hyperparameters(context: &Context, netuid: u16) -> Result<()> {
    let chain = context.chain().await?;
    let all = chain.hyperparameters(netuid).await?.ok_or_else(|| unknown(netuid))?;
    context.output.answer(&json!({ "netuid": netuid, "hyperparameters": all }), |style| {
        let heads = [
            Column::text("hyperparameter"),
            Column::number("value"),
            Column::number("least"),
            Column::number("most"),
            Column::text("changed by"),
        ];
        let rows: Vec<Vec<String>> = all
            .iter()
            .map(|one| {
                vec![
                    safe(&one.name),
                    value(&chain.token, &one.name, &one.value),
                    value(&chain.token, &one.name, &one.least),
                    most(&chain.token, one),
                    if one.by_governance_only { "referendum" } else { "owner" }.to_owned(),
                ]
            })
            .collect();
        columns(style, &heads, &rows)
    })
}

/// A value as people read it.
fn value(token: &Token, name: &str, value: &str) -> String {
    let number = value.parse::<u128>().ok();
    match number {
        Some(amount) if AMOUNTS.contains(&name) => token.show(Balance(amount)),
        Some(truth) if TRUTHS.contains(&name) => if truth == 0 { "false" } else { "true" }.to_owned(),
        Some(number) => thousands(number),
        None => safe(value),
    }
}

/// The most that it can be; nothing where that is more than there can ever be of the token.
fn most(token: &Token, one: &HyperparameterView) -> String {
    const ALL_THERE_CAN_BE: u128 = 21_000_000;
    let limit = ALL_THERE_CAN_BE.saturating_mul(token.unit());
    let unlimited = one.most.parse::<u128>().is_ok_and(|most| most > limit);
    if AMOUNTS.contains(&one.name.as_str()) && unlimited {
        return "any".to_owned();
    }
    value(token, &one.name, &one.most)
}

/// A value as it was typed, as the node shows it.
fn typed(token: &Token, one: &HyperparameterView, typed: &str) -> Result<String> {
    let name = one.name.as_str();
    if AMOUNTS.contains(&name) {
        let amount: Amount = typed.parse().map_err(Failure::usage)?;
        return Ok(token.plancks(&amount)?.0.to_string());
    }
    let word = match typed {
        "true" | "yes" | "on" if TRUTHS.contains(&name) => "1",
        "false" | "no" | "off" if TRUTHS.contains(&name) => "0",
        other => other,
    };
    Ok(word.replace([',', '_'], ""))
}

pub(super) async fn set(context: &Context, args: &SetArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let all = actor.chain.hyperparameters(netuid).await?.ok_or_else(|| unknown(netuid))?;
    // `minimum-stake`, `minimum_stake` and `minimumStake` are the same.
    let letters = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let one = all.iter().find(|one| letters(&one.name) == letters(&args.name)).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| safe(&one.name)).collect();
        Failure::usage(format!("`{}` is no hyperparameter", args.name)).hint(format!("there are {}", names.join(", ")))
    })?;
    let name = one.name.clone();
    let value = typed(&actor.chain.token, one, &args.value)?;
    let hyperparameter = Hyperparameter::named(&name, &value).ok_or_else(|| {
        Failure::usage(format!("`{}` can't be the value of {name}", args.value)).hint(format!(
            "it is {} at least and {} at most",
            self::value(&actor.chain.token, &name, &one.least),
            most(&actor.chain.token, one)
        ))
    })?;
    let action = Action::SetHyperparameter { netuid, name, value };
    let included = actor.act(context, &action, Economy::Set { netuid, hyperparameter }, "hyperparameter").await?;
    let all = actor.chain.hyperparameters(netuid).await?.unwrap_or_default();
    let now = all.iter().find(|now| now.name == one.name);
    context.output.answer(&json!({ "netuid": netuid, "hyperparameter": now, "included": included }), |style| {
        let shown = now.map(|now| self::value(&actor.chain.token, &now.name, &now.value)).unwrap_or_default();
        format!("{} of subnet {netuid} is {shown} now\n", style.bold(safe(&one.name)))
    })
}

pub(super) async fn epochs(context: &Context, netuid: u16) -> Result<()> {
    let chain = context.chain().await?;
    let epochs = chain.epochs(netuid).await?.ok_or_else(|| unknown(netuid))?;
    context.output.answer(&json!({ "netuid": netuid, "epochs": epochs }), |style| {
        if epochs.is_empty() {
            return format!("no epoch of subnet {netuid} has ended yet\n");
        }
        let heads = [
            Column::number("epoch"),
            Column::number("block"),
            Column::number("emission"),
            Column::number("funds"),
            Column::number("owner"),
            Column::number("incentive"),
            Column::number("dividends"),
            Column::number("burned"),
            Column::number("scored by"),
        ];
        let row = |epoch: &EpochView| {
            let amounts =
                [epoch.emission, epoch.funds, epoch.owner_part, epoch.incentive, epoch.dividends, epoch.burned];
            let mut row = vec![epoch.epoch.to_string(), epoch.block.to_string()];
            row.extend(amounts.map(|amount| chain.token.number(amount)));
            row.push(epoch.scored.to_string());
            row
        };
        columns(style, &heads, &epochs.iter().map(row).collect::<Vec<_>>())
    })
}

pub(super) async fn emission(context: &Context) -> Result<()> {
    let chain = context.chain().await?;
    let shares = chain.emission_shares().await?;
    context.output.answer(&json!({ "shares": shares }), |style| {
        if shares.is_empty() {
            return "no subnet is admitted: what would be emitted for subnets is burned\n".to_owned();
        }
        let rows: Vec<_> = shares.iter().map(|one| vec![one.netuid.to_string(), billionths(one.share)]).collect();
        columns(style, &[Column::number("netuid"), Column::number("share")], &rows)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neuron(uid: u16) -> NeuronView {
        let result = crate::chain::views::NeuronResultView {
            consensus: 1,
            trust: 65_535,
            incentive: 65_535,
            dividends: 65_535,
            stake: 1,
        };
        NeuronView {
            uid,
            account: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY".into(),
            registered: 1,
            since: 1,
            immune_until: 1,
            release: None,
            release_name: Some("hf:sentence-transformers/all-MiniLM-L6-v2@12".into()),
            root: None,
            endpoint: None,
            permit: true,
            stake: Balance(21_000_000 * 1_000_000_000_000),
            committed: true,
            revealed: false,
            last: Some(result),
        }
    }

    #[test]
    fn a_metagraph_fits_into_a_hundred_columns() {
        let heads = HEADS.map(|(head, number)| if number { Column::number(head) } else { Column::text(head) });
        let rows = vec![seat(&Token::default(), &BTreeMap::new(), &neuron(4_095))];
        let shown = columns(Style::plain(), &heads, &rows);
        let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= 100, "{widest}:\n{shown}");
        assert!(shown.contains("4095  *  5Grwva…KutQY"), "{shown}");
        assert!(LEGEND.chars().count() <= 100);
    }

    #[test]
    fn hyperparameters_are_typed_as_they_are_shown() {
        let token = Token::default();
        let one = |name: &str| HyperparameterView {
            name: name.into(),
            value: "0".into(),
            least: "0".into(),
            most: (1u128 << 80).to_string(),
            by_governance_only: false,
        };
        assert_eq!(typed(&token, &one("funding"), "1.5").unwrap(), "1500000000000");
        assert_eq!(typed(&token, &one("liquidAlpha"), "true").unwrap(), "1");
        assert_eq!(typed(&token, &one("tempo"), "28,800").unwrap(), "28800");
        assert_eq!(value(&token, "funding", "1500000000000"), "1.5 PDG");
        assert_eq!(value(&token, "registration", "1"), "true");
        assert_eq!(value(&token, "tempo", "28800"), "28,800");
        assert_eq!(most(&token, &one("funding")), "any");
        assert!(Hyperparameter::named("tempo", "10").is_some());
        assert!(Hyperparameter::named("tempo", "-1").is_none() && Hyperparameter::named("speed", "1").is_none());
    }

    #[test]
    fn shares_read_well() {
        assert_eq!(billionths(200_000_000), "20 %");
        assert_eq!(billionths(1_234_567), "0.12 %");
        assert_eq!(billionths(0), "0 %");
    }
}
