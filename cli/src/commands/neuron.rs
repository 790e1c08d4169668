//! `pedigree neuron`: take part in a subnet.

use serde_json::json;

use super::act::{existing, in_time, limit, neuron_account, Actor};
use super::{show, Context};
use crate::args::{BindArgs, EndpointArgs, NeuronShowArgs, RegisterNeuronArgs, UnbindArgs};
use crate::chain::rpc::Token;
use crate::chain::tx::Included;
use crate::chain::views::{Action, NeuronView};
use crate::chain::{Chain, Economy};
use crate::error::{Failure, Result};
use crate::output::{of_65535, safe, table, Style};

pub(super) async fn register(context: &Context, args: &RegisterNeuronArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let subnet = existing(&actor.chain, netuid).await?;
    let price_limit = limit(&actor.chain.token, args.price_limit.as_ref(), subnet.neuron_price)?;
    let release = match &args.release {
        Some(path) => Some(show::existing(&actor.chain, path).await?),
        None => None,
    };
    let name = release.as_ref().map(|release| release.name.clone());
    let action = Action::RegisterNeuron { netuid, release: name, price_limit };
    let call = Economy::Register { netuid, release: release.map(|release| release.id), price_limit };
    let included = actor.act(context, &action, call, "registration").await?;
    if let Some(uid) = included.happened.registered {
        context.output.step("Registered", format!("neuron {uid} in subnet {netuid}"));
    }
    answer(context, &actor, netuid, Some(&included)).await
}

pub(super) async fn bind(context: &Context, args: &BindArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let subnet = existing(&actor.chain, netuid).await?;
    let price_limit = limit(&actor.chain.token, args.price_limit.as_ref(), subnet.neuron_price)?;
    let release = show::existing(&actor.chain, &args.release).await?;
    let own = actor.chain.neuron_of(netuid, &actor.address(), None).await?;
    if own.is_some_and(|neuron| neuron.release == Some(release.id)) {
        return answer(context, &actor, netuid, None).await;
    }
    let action = Action::BindNeuron { netuid, release: release.name, price_limit };
    let call = Economy::Bind { netuid, release: release.id, price_limit };
    let included = actor.act(context, &action, call, "binding").await?;
    answer(context, &actor, netuid, Some(&included)).await
}

pub(super) async fn unbind(context: &Context, args: &UnbindArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let (netuid, uid) = (args.subnet.netuid, args.uid);
    let action = Action::UnbindNeuron { netuid, uid };
    let included = actor.act(context, &action, Economy::Unbind { netuid, uid }, "parting").await?;
    let neuron = actor.chain.neuron(netuid, uid).await?;
    context.output.answer(&json!({ "netuid": netuid, "neuron": neuron, "included": included }), |style| {
        format!("{} is bound to no release any more\n", style.bold(format!("neuron {uid} of subnet {netuid}")))
    })
}

pub(super) async fn endpoint(context: &Context, args: &EndpointArgs) -> Result<()> {
    let actor = Actor::new(context).await?;
    let netuid = args.subnet.netuid;
    let endpoint = args.endpoint.clone().unwrap_or_default();
    let action = Action::SetEndpoint { netuid, endpoint: endpoint.clone() };
    let included = actor.act(context, &action, Economy::Endpoint { netuid, endpoint }, "endpoint").await?;
    answer(context, &actor, netuid, Some(&included)).await
}

pub(super) async fn deregister(context: &Context, netuid: u16) -> Result<()> {
    let actor = Actor::new(context).await?;
    let neuron = own(&actor.chain, netuid, &actor.address()).await?;
    let action = Action::DeregisterNeuron { netuid };
    let included = actor.act(context, &action, Economy::Deregister { netuid }, "deregistration").await?;
    context.output.answer(&json!({ "netuid": netuid, "uid": neuron.uid, "included": included }), |style| {
        let name = style.bold(format!("neuron {} of subnet {netuid}", neuron.uid));
        format!("{name} is gone, and its deposits are back; stake behind it stays until it is taken out\n")
    })
}

/// The neuron of an account, which has to exist.
pub(super) async fn own(chain: &Chain, netuid: u16, address: &str) -> Result<NeuronView> {
    match chain.neuron_of(netuid, address, None).await? {
        Some(neuron) => Ok(neuron),
        None => {
            existing(chain, netuid).await?;
            Err(Failure::no(format!("this account has no neuron in subnet {netuid}"))
                .hint(format!("register one with `pedigree neuron register {netuid}`, or name another account")))
        }
    }
}

/// One's own neuron as it is now.
async fn answer(context: &Context, actor: &Actor, netuid: u16, included: Option<&Included>) -> Result<()> {
    let neuron = own(&actor.chain, netuid, &actor.address()).await?;
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    context.output.answer(&json!({ "netuid": netuid, "neuron": neuron, "included": included }), |style| {
        shown(context, &actor.chain.token, style, netuid, &neuron, now)
    })
}

pub(super) async fn show(context: &Context, args: &NeuronShowArgs) -> Result<()> {
    let netuid = args.subnet.netuid;
    let named = match (&args.neuron, &context.global.account) {
        (Some(named), _) | (None, Some(named)) => named.clone(),
        (None, None) => context.account()?.id.to_string(),
    };
    let chain = context.chain().await?;
    let account = neuron_account(context, &chain, netuid, &named).await?.to_string();
    let neuron = own(&chain, netuid, &account).await?;
    let now = chain.block(chain.best().await?).await?.number;
    context.output.answer(&json!({ "netuid": netuid, "neuron": neuron }), |style| {
        shown(context, &chain.token, style, netuid, &neuron, now)
    })
}

fn shown(context: &Context, token: &Token, style: Style, netuid: u16, neuron: &NeuronView, now: u32) -> String {
    let mut text = style.bold(format!("neuron {} of subnet {netuid}", neuron.uid));
    if neuron.permit {
        text.push_str(" · evaluator");
    }
    text.push('\n');
    let mut rows = vec![("account", context.who(&neuron.account))];
    rows.push((
        "bound to",
        match (&neuron.release_name, &neuron.root) {
            (Some(name), Some(root)) => format!("{}, {root}", safe(name)),
            _ => "no release".to_owned(),
        },
    ));
    if let Some(endpoint) = &neuron.endpoint {
        rows.push(("endpoint", safe(endpoint)));
    }
    rows.push(("stake", format!("{} count behind it", token.show(neuron.stake))));
    rows.push(("registered", format!("in block {}; what it is since block {}", neuron.registered, neuron.since)));
    rows.push((
        "immune",
        match neuron.immune_until {
            until if until > now => format!("until block {until}, {}", in_time(until.saturating_sub(now))),
            _ => "no: it can be replaced when all seats are taken".to_owned(),
        },
    ));
    if neuron.permit {
        let said = |done: bool| if done { "yes" } else { "no" };
        rows.push(("committed", said(neuron.committed).to_owned()));
        rows.push(("revealed", said(neuron.revealed).to_owned()));
    }
    if let Some(last) = &neuron.last {
        let parts = [
            ("incentive", last.incentive),
            ("dividends", last.dividends),
            ("consensus", last.consensus),
            ("trust", last.trust),
        ];
        let words: Vec<_> = parts.iter().map(|(word, part)| format!("{word} {} %", of_65535(*part))).collect();
        rows.push(("last epoch", words.join(", ")));
    }
    text + &table(style, &rows)
}
