//! `pedigree namespace`: take, show and hand over the names that one publishes under.

use pedigree_manifest::Hash;
use serde_json::json;

use super::{sponsor, Context};
use crate::args::{NamespaceAcceptArgs, NamespaceClaimArgs, NamespaceOfferArgs};
use crate::chain::journal::{Journal, Subject};
use crate::chain::rpc::Refusal;
use crate::chain::tx::{Included, Sender};
use crate::chain::views::{Action, NamespaceView};
use crate::chain::{Call, Chain};
use crate::display;
use crate::error::{Failure, Result};
use crate::interrupt;
use crate::request::blake2_256;

use super::register::{cancel_step, check_steps, reserve_step, Reserving};

/// The namespace of that name, which has to exist.
pub(super) async fn existing(chain: &Chain, name: &str) -> Result<NamespaceView> {
    chain.namespace(name).await?.ok_or_else(|| {
        let failure = Failure::no(format!("there is no namespace `{}`", crate::output::safe(name)));
        if name.contains(':') {
            failure
                .hint(format!("nothing has been catalogued from it yet; open it with `pedigree namespace open {name}`"))
        } else {
            failure.hint(format!(
                "nobody has taken it: `pedigree namespace claim {name}` does, if it is a name that can be"
            ))
        }
    })
}

/// The answer that ends every command here: the namespace as it is now.
pub(super) async fn answer(context: &Context, chain: &Chain, name: &str, included: Option<&Included>) -> Result<()> {
    let namespace = existing(chain, name).await?;
    context.output.answer(&json!({ "namespace": namespace, "included": included }), |style| {
        display::namespace(context, style, &namespace)
    })
}

/// Takes a plain name: reserve, then claim.
pub(super) async fn claim(context: &Context, args: &NamespaceClaimArgs) -> Result<()> {
    let name = args.name.as_str();
    if name.contains(':') {
        return Err(Failure::usage(format!("`{name}` is a channel, and can't be claimed"))
            .hint(format!("open it for cataloguing with `pedigree namespace open {name}`; whoever shows control of the channel will own it")));
    }
    let account = context.account()?;
    let address = account.id.to_string();
    let chain = context.chain().await?;
    let output = context.output;
    let subject = blake2_256(name.as_bytes());
    let about =
        Subject { genesis: chain.genesis, account: address.clone(), subject, about: format!("namespace {name}") };
    let sender = sponsor::sender(context, &chain, &args.sponsor).await?;
    if Journal::exists(&context.home, &about) {
        // What the earlier run had sent may still be on its way.
        sender.settled(&account, &output).await?;
    }
    if let Some(taken) = chain.namespace(name).await? {
        if taken.owner.as_deref() == Some(address.as_str()) {
            // An earlier run may have been interrupted right at its end.
            Journal::open(&context.home, &about, true)?.finish()?;
            output.note(format!("{name} is yours already"));
            return answer(context, &chain, name, None).await;
        }
        let owner = taken.owner.map_or("nobody".to_owned(), |owner| context.who(&owner));
        return Err(Failure::refused(format!("namespace `{name}` is taken: it belongs to {owner}"))
            .hint("choose another name, or ask its owner to offer it to you"));
    }
    if let Some(price) = chain.price(name).await? {
        output.step("Claiming", format!("{name} for {}", chain.token.show(price)));
    }
    let second = Call::ClaimNamespace { name: name.to_owned(), salt: Hash::default() };
    check_steps(&sender, &account, &second).await?;
    let journal = Journal::open(&context.home, &about, args.start_over)?;
    interrupt::resumable(true);
    let mut reserving = Reserving {
        context,
        sender: &sender,
        account: &account,
        journal,
        subject,
        reserve: |salt| Action::ReserveNamespace { name: name.to_owned(), salt },
        reveal: |salt| Action::ClaimNamespace { name: name.to_owned(), salt },
        what: name.to_owned(),
    };
    let (costs, reserved) = reserve_step(&mut reserving).await?;
    output.step(
        "Paying",
        format!("{} for the name, and a fee of {}", chain.token.show(costs.price), chain.token.show(costs.fee)),
    );
    let call = Call::ClaimNamespace { name: name.to_owned(), salt: reserving.journal.entry.salt };
    let included = match sender.send(&account, &call, "claim", &output).await {
        Ok(included) => included,
        Err(failure) => return Err(cancel_step(failure)),
    };
    reserving.journal.finish()?;
    interrupt::resumable(false);
    output.step("Claimed", format!("{name} in block {} (first seen in block {reserved})", included.block));
    answer(context, &chain, name, Some(&included)).await
}

/// Opens the unlinked namespace of a channel.
pub(super) async fn open(context: &Context, name: &str) -> Result<()> {
    if !name.contains(':') {
        return Err(Failure::usage(format!("`{name}` is no channel"))
            .hint(format!("channels are hf:NAME, github:NAME and dns:DOMAIN; take a plain name with `pedigree namespace claim {name}`")));
    }
    let account = context.account()?;
    let chain = context.chain().await?;
    if chain.namespace(name).await?.is_some() {
        context.output.note(format!("{name} is open already"));
        return answer(context, &chain, name, None).await;
    }
    let sender = Sender::new(&chain).await?;
    let included = open_channel(context, &sender, &account, name).await?;
    answer(context, &chain, name, Some(&included)).await
}

/// Opens a channel that isn't there.
pub(super) async fn open_channel(
    context: &Context,
    sender: &Sender,
    account: &crate::keystore::Account,
    name: &str,
) -> Result<Included> {
    let chain = sender.chain();
    let action = Action::OpenNamespace { name: name.to_owned() };
    let costs = chain.prepare(&account.id.to_string(), &action).await?.map_err(Refusal::failure)?;
    context.output.step(
        "Opening",
        format!(
            "{name}: a deposit of {} (comes back when the channel is linked), and a fee of {}",
            chain.token.show(costs.deposit),
            chain.token.show(costs.fee)
        ),
    );
    let call = Call::OpenNamespace { name: name.to_owned() };
    let included = sender.send(account, &call, "open", &context.output).await?;
    context.output.step("Opened", format!("{name} in block {}", included.block));
    Ok(included)
}

pub(super) async fn show(context: &Context, name: &str) -> Result<()> {
    let chain = context.chain().await?;
    let namespace = existing(&chain, name).await?;
    let mut records = chain.records_of_namespace(name).await?;
    records.sort_by(|one, other| one.name.cmp(&other.name));
    context.output.answer(&json!({ "namespace": namespace, "records": records }), |style| {
        let mut text = display::namespace(context, style, &namespace);
        for record in &records {
            text.push_str(&format!(
                "  {}  {} · {}\n",
                style.bold(crate::output::safe(&record.name)),
                record.kind,
                crate::output::count(u64::from(record.releases), "release"),
            ));
        }
        text
    })
}

pub(super) async fn offer(context: &Context, args: &NamespaceOfferArgs) -> Result<()> {
    let to = context.keystore.account_id(&args.to)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let namespace = existing(&chain, &args.name).await?;
    let call = Call::OfferNamespace { namespace: namespace.id, to };
    let included = Sender::new(&chain).await?.send(&account, &call, "offer", &context.output).await?;
    context
        .output
        .step("Offered", format!("{} to {} in block {}", namespace.name, context.who(&to.to_string()), included.block));
    context.output.note(format!("it changes hands when they run `pedigree namespace accept {}`", namespace.name));
    answer(context, &chain, &args.name, Some(&included)).await
}

pub(super) async fn withdraw_offer(context: &Context, name: &str) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let namespace = existing(&chain, name).await?;
    let call = Call::WithdrawOffer { namespace: namespace.id };
    let included = Sender::new(&chain).await?.send(&account, &call, "withdraw", &context.output).await?;
    context.output.step("Withdrew", format!("the offer of {name} in block {}", included.block));
    answer(context, &chain, name, Some(&included)).await
}

pub(super) async fn accept(context: &Context, args: &NamespaceAcceptArgs) -> Result<()> {
    let name = args.name.as_str();
    let account = context.account()?;
    let chain = context.chain().await?;
    let namespace = existing(&chain, name).await?;
    let sender = sponsor::sender(context, &chain, &args.sponsor).await?;
    let action = Action::AcceptNamespace { name: name.to_owned() };
    let costs = sender.prepare(&account, action).await?.map_err(Refusal::failure)?;
    context.output.step("Paying", format!("a fee of {}", chain.token.show(costs.fee)));
    let call = Call::AcceptNamespace { namespace: namespace.id };
    let included = sender.send(&account, &call, "accept", &context.output).await?;
    context.output.step("Accepted", format!("{name} in block {}", included.block));
    answer(context, &chain, name, Some(&included)).await
}

pub(super) async fn list(context: &Context, owner: Option<&str>) -> Result<()> {
    let owner = owner.map(|owner| context.keystore.account_id(owner)).transpose()?.map(|id| id.to_string());
    let chain = context.chain().await?;
    let mut namespaces = chain.namespaces().await?;
    if let Some(owner) = &owner {
        namespaces.retain(|namespace| namespace.owner.as_ref() == Some(owner));
    }
    context.output.answer(&json!({ "namespaces": namespaces }), |style| {
        let width = namespaces.iter().map(|namespace| namespace.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for namespace in &namespaces {
            let owner = namespace.owner.as_ref().map(|owner| context.who(owner)).unwrap_or_default();
            let name = style.bold(format!("{:width$}", crate::output::safe(&namespace.name)));
            let standing = format!("{:8}", namespace.standing.to_string());
            text.push_str(format!("{name}  {standing}  {owner}").trim_end());
            text.push('\n');
        }
        text
    })
}
