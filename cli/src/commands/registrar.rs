//! `pedigree registrar`, and what `pedigree namespace` has for whoever asks registrars: who controls a channel.

use std::time::Duration;

use serde_json::json;

use super::namespace::existing;
use super::Context;
use crate::args::{
    LinkRequestArgs, RegistrarAttestArgs, RegistrarCheckArgs, RegistrarRefuseArgs, RegistrarRequestArgs,
};
use crate::chain::rpc::Refusal as Prepared;
use crate::chain::tx::Sender;
use crate::chain::views::{Action, LinkRequestView};
use crate::chain::{Call, Chain};
use crate::channel::{self, Channel, Claim, Finding, Wanted};
use crate::display;
use crate::error::{Failure, Result};
use crate::output::safe;
use crate::pull::Web;

/// How long a hub or resolver may say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Shows who decides whether somebody controls a channel.
pub(super) async fn list(context: &Context) -> Result<()> {
    let chain = context.chain().await?;
    let panel = chain.registrars().await?;
    context.output.answer(&json!(panel), |style| {
        let mut text = format!("{} of {} decide\n", panel.threshold, panel.registrars.len());
        for registrar in &panel.registrars {
            text.push_str(&format!("  {}\n", style.bold(context.who(registrar))));
        }
        text
    })
}

/// Shows who asks to be linked to a channel, or to any.
pub(super) async fn requests(context: &Context, name: Option<&str>) -> Result<()> {
    let chain = context.chain().await?;
    let threshold = chain.registrars().await?.threshold;
    let requests = chain.link_requests(name).await?;
    context.output.answer(&json!({ "requests": requests }), |style| {
        if requests.is_empty() {
            return "nobody asks\n".to_owned();
        }
        requests.iter().map(|request| display::link_request(context, style, request, threshold)).collect()
    })
}

/// Looks whether a channel shows what a request says, or an account and chain that are named.
pub(super) async fn check(context: &Context, args: &RegistrarCheckArgs) -> Result<()> {
    let name = &args.channel.name;
    let (claim, commit, wanted) = match &args.genesis {
        Some(genesis) => {
            let claimant = context.keystore.account_id(&args.claimant.claimant)?.to_string();
            (channel::claim(&claimant, genesis), args.commit.clone(), Channel::named(name)?)
        }
        None => {
            let chain = context.chain().await?;
            let (claim, request) = asked(context, &chain, name, &args.claimant.claimant).await?;
            (claim, request.commit, Channel::named(&request.name)?)
        }
    };
    let finding = look(&wanted, &claim, commit.as_deref(), &args.look.from, &args.look.resolver).await?;
    let shown = finding.refusal.is_none();
    let answer = json!({ "channel": name, "claim": claim, "shown": shown, "finding": finding });
    context.output.answer(&answer, |style| {
        let word = if shown { style.bold("yes") } else { style.bold("no") };
        let mut text = format!("{word}: {}\n", finding.explanation);
        for source in &finding.sources {
            text.push_str(&format!("  {}\n", style.dim(safe(source))));
        }
        text
    })?;
    if shown {
        Ok(())
    } else {
        Err(Failure::answered_no())
    }
}

async fn look(
    channel: &Channel,
    claim: &Claim,
    commit: Option<&str>,
    from: &Option<String>,
    resolver: &str,
) -> Result<Finding> {
    let web = Web::new(PATIENCE);
    let commit = commit.map(|commit| commit.trim_start_matches("0x"));
    channel::check(&web, &Wanted { channel, claim, commit }, from.as_deref(), resolver).await
}

/// The request of somebody for a channel, and what he has to show.
async fn asked(context: &Context, chain: &Chain, name: &str, claimant: &str) -> Result<(Claim, LinkRequestView)> {
    let claimant = context.keystore.account_id(claimant)?.to_string();
    let request = chain.link_request(name, &claimant).await?.ok_or_else(|| {
        Failure::no(format!("{} has not asked to be linked to {}", context.who(&claimant), safe(name)))
            .hint("`pedigree registrar requests` lists who has")
    })?;
    Ok((channel::claim(&claimant, &chain.genesis), request))
}

/// Says as a registrar that a channel shows it, having looked.
pub(super) async fn attest(context: &Context, args: &RegistrarAttestArgs) -> Result<()> {
    let name = &args.channel.name;
    let account = context.account()?;
    let chain = context.chain().await?;
    let (claim, request) = asked(context, &chain, name, &args.claimant.claimant).await?;
    // As it was asked for: that is how it will be spelled.
    let channel = Channel::named(&request.name)?;
    if args.without_looking {
        context.output.warning("nothing was looked at: you say what you have seen yourself");
    } else {
        let finding = look(&channel, &claim, request.commit.as_deref(), &args.look.from, &args.look.resolver).await?;
        if finding.refusal.is_some() {
            return Err(Failure::no(format!("not attested: {}", finding.explanation)).hint(format!(
                "say so with `pedigree registrar refuse {name} --claimant {}`",
                args.claimant.claimant
            )));
        }
        context.output.step("Checked", finding.explanation);
    }
    let LinkRequestView { made, commit, .. } = request;
    let claimant = context.keystore.account_id(&claim.account)?;
    let call = Call::Attest { name: request.name, claimant, made, commit };
    judge(context, &chain, &account, &call, name, &claim.account).await
}

/// Says as a registrar why a channel doesn't show it.
pub(super) async fn refuse(context: &Context, args: &RegistrarRefuseArgs) -> Result<()> {
    let name = &args.channel.name;
    let account = context.account()?;
    let chain = context.chain().await?;
    let (claim, request) = asked(context, &chain, name, &args.claimant.claimant).await?;
    let channel = Channel::named(&request.name)?;
    let why = match args.why {
        Some(why) => why,
        None => {
            let finding =
                look(&channel, &claim, request.commit.as_deref(), &args.look.from, &args.look.resolver).await?;
            context.output.step("Checked", finding.explanation.clone());
            finding.refusal.ok_or_else(|| {
                Failure::no("the channel shows it, so there is nothing to refuse")
                    .hint("attest it; or say with --why what you have seen that this program has not")
            })?
        }
    };
    let LinkRequestView { made, commit, .. } = request;
    let claimant = context.keystore.account_id(&claim.account)?;
    let call = Call::Refuse { name: request.name, claimant, made, commit, why };
    judge(context, &chain, &account, &call, name, &claim.account).await
}

async fn judge(
    context: &Context,
    chain: &Chain,
    account: &crate::keystore::Account,
    call: &Call,
    name: &str,
    claimant: &str,
) -> Result<()> {
    let included = Sender::new(chain).await?.send(account, call, "verdict", &context.output).await?;
    let request = chain.link_request(name, claimant).await?;
    let namespace = chain.namespace(name).await?;
    let threshold = chain.registrars().await?.threshold;
    let answer = json!({ "request": request, "namespace": namespace, "included": included });
    context.output.answer(&answer, |style| match (&request, &namespace) {
        (Some(request), _) => display::link_request(context, style, request, threshold),
        (None, Some(namespace)) => display::namespace(context, style, namespace),
        (None, None) => "the request is closed\n".to_owned(),
    })
}

/// What to publish in a channel to show that it is one's own.
pub(super) async fn proof(context: &Context, name: &str) -> Result<()> {
    let channel = Channel::named(name)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let claim = channel::claim(&account.id.to_string(), &chain.genesis);
    let publish = match channel {
        Channel::Dns(_) => claim.as_txt(),
        _ => serde_json::to_string_pretty(&claim).unwrap_or_default(),
    };
    let place = channel.instructions();
    context.output.note(format!("publish this {place}"));
    let answer = json!({ "channel": name, "claim": claim, "publish": publish, "place": place });
    context.output.answer(&answer, |_| format!("{publish}\n"))
}

/// Asks to be linked to a channel.
pub(super) async fn request(context: &Context, args: &LinkRequestArgs) -> Result<()> {
    let name = args.channel.name.as_str();
    let channel = Channel::named(name)?;
    let commit = match (&channel, &args.commit) {
        (Channel::Dns(_), Some(_)) => {
            return Err(Failure::usage("a domain has no commit").hint("leave --commit out; the TXT record is looked up"))
        }
        (Channel::Dns(_), None) => None,
        (_, Some(commit)) => Some(commit.clone()),
        (_, None) => {
            return Err(Failure::usage("name the commit that has pedigree.json with --commit")
                .hint(format!("`pedigree namespace proof {name}` prints what has to be in it")))
        }
    };
    let account = context.account()?;
    let address = account.id.to_string();
    let chain = context.chain().await?;
    if !args.without_looking {
        let claim = channel::claim(&address, &chain.genesis);
        let finding = look(&channel, &claim, commit.as_deref(), &args.look.from, &args.look.resolver).await?;
        if finding.refusal.is_some() {
            return Err(Failure::no(format!("registrars would refuse that: {}", finding.explanation)).hint(format!(
                "publish what `pedigree namespace proof {name}` prints, and try again; nothing was paid"
            )));
        }
        context.output.step("Checked", finding.explanation);
    }
    let hex = commit.map(|commit| format!("0x{}", commit.trim_start_matches("0x")));
    let action = Action::RequestLink { name: name.to_owned(), commit: hex.clone(), adopt: args.adopt };
    let costs = chain.prepare(&address, &action).await?.map_err(Prepared::failure)?;
    context.output.step(
        "Asking",
        format!(
            "for {name}: {} for the registrars' work, a deposit of {} (comes back), and a fee of {}",
            chain.token.show(costs.price),
            chain.token.show(costs.deposit),
            chain.token.show(costs.fee)
        ),
    );
    let call = Call::RequestLink { name: name.to_owned(), commit: hex, adopt: args.adopt };
    let included = Sender::new(&chain).await?.send(&account, &call, "request", &context.output).await?;
    let request = chain.link_request(name, &address).await?;
    let threshold = chain.registrars().await?.threshold;
    context.output.answer(&json!({ "request": request, "included": included }), |style| {
        request.as_ref().map(|request| display::link_request(context, style, request, threshold)).unwrap_or_default()
    })
}

/// Takes one's request back.
pub(super) async fn cancel(context: &Context, name: &str) -> Result<()> {
    Channel::named(name)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let call = Call::CancelLinkRequest { name: name.to_owned() };
    let included = Sender::new(&chain).await?.send(&account, &call, "cancellation", &context.output).await?;
    context.output.answer(&json!({ "channel": name, "included": included }), |style| {
        format!("{} is not asked for any more; the deposit came back\n", style.bold(safe(name)))
    })
}

/// Lets happen what is due for a request.
pub(super) async fn conclude(context: &Context, args: &RegistrarRequestArgs) -> Result<()> {
    let name = &args.channel.name;
    let account = context.account()?;
    let chain = context.chain().await?;
    let (claim, request) = asked(context, &chain, name, &args.claimant.claimant).await?;
    let call = Call::Conclude { name: request.name, claimant: context.keystore.account_id(&claim.account)? };
    judge(context, &chain, &account, &call, name, &claim.account).await
}

/// Ends the link of a channel whose owner has not renewed it in time.
pub(super) async fn lapse(context: &Context, name: &str) -> Result<()> {
    change(context, name, "lapse", |namespace| Call::Lapse { namespace }).await
}

/// Takes over the deposits of all that is in a namespace of one's own.
pub(super) async fn adopt(context: &Context, name: &str) -> Result<()> {
    context.output.note("what it takes is held on your account, as far as its funds go; `pedigree show` says how much each record takes");
    change(context, name, "adoption", |namespace| Call::AdoptAll { namespace }).await
}

async fn change(context: &Context, name: &str, what: &str, call: impl FnOnce(u64) -> Call) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let namespace = existing(&chain, name).await?;
    let call = call(namespace.id);
    let included = Sender::new(&chain).await?.send(&account, &call, what, &context.output).await?;
    super::namespace::answer(context, &chain, name, Some(&included)).await
}
