//! `pedigree sponsor`: pay for what others register. And `--sponsor`, where somebody else pays.

use serde_json::json;
use subxt::utils::AccountId32;

use super::Context;
use crate::args::{SponsorArg, SponsorCloseArgs, SponsorListArgs, SponsorOpenArgs};
use crate::chain::rpc::{Refusal, Token};
use crate::chain::tx::Sender;
use crate::chain::views::{Action, Allowance, SponsorshipView};
use crate::chain::{Call, Chain};
use crate::error::{Failure, Result};
use crate::output::{count, table, Style};

/// Blocks in a day: one every three seconds, for good.
const BLOCKS_A_DAY: u32 = 28_800;

/// A connection through which the sponsor that was named pays, if one was.
pub(super) async fn sender(context: &Context, chain: &Chain, arg: &SponsorArg) -> Result<Sender> {
    let sender = Sender::new(chain).await?;
    let Some(sponsor) = &arg.sponsor else { return Ok(sender) };
    let sponsor = context.keystore.account_id(sponsor)?;
    context.output.note(format!("what follows is paid by {}", context.who(&sponsor.to_string())));
    Ok(sender.sponsored_by(Some(sponsor)))
}

/// A sponsorship that has to be there.
async fn existing(sender: &Sender, context: &Context, sponsor: &str, of: AccountId32) -> Result<SponsorshipView> {
    let all = sender.sponsorships(Some(of)).await?;
    all.into_iter().find(|sponsorship| sponsorship.sponsor == sponsor).ok_or_else(|| {
        let (sponsor, of) = (context.who(sponsor), context.who(&of.to_string()));
        Failure::no(format!("{sponsor} does not sponsor {of}"))
            .hint("`pedigree sponsor list --by` shows whom an account sponsors")
    })
}

pub(super) async fn open(context: &Context, args: &SponsorOpenArgs) -> Result<()> {
    let beneficiary = context.keystore.account_id(&args.beneficiary)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let until = match args.until {
        Some(until) => until,
        None => {
            let now = chain.final_block(None).await?.number;
            now.saturating_add(BLOCKS_A_DAY.saturating_mul(args.days.into()))
        }
    };
    let limits = Allowance {
        calls: args.calls,
        fees: chain.token.plancks(&args.fees)?,
        names: chain.token.plancks(&args.names)?,
        deposits: chain.token.plancks(&args.deposits)?,
        until,
    };
    let sender = Sender::new(&chain).await?;
    let action = Action::OpenSponsorship {
        beneficiary: beneficiary.to_string(),
        calls: limits.calls,
        fees: limits.fees,
        names: limits.names,
        deposits: limits.deposits,
        until,
    };
    let costs = sender.prepare(&account, action).await?.map_err(Refusal::failure)?;
    let mut text = format!("{} and a fee of {}", chain.token.show(costs.deposit), chain.token.show(costs.fee));
    if costs.price.0 > 0 {
        text.push_str(&format!(", and {} to make their account", chain.token.show(costs.price)));
    }
    context.output.step("Setting aside", text);
    let call = Call::OpenSponsorship { beneficiary, limits };
    let included = sender.send(&account, &call, "sponsorship", &context.output).await?;
    let sponsorship = existing(&sender, context, &account.id.to_string(), beneficiary).await?;
    context.output.note(format!("they name you as sponsor: `pedigree register ... --sponsor {}`", account.id));
    context.output.answer(&json!({ "sponsorship": sponsorship, "included": included }), |style| {
        show(context, &chain.token, style, &sponsorship)
    })
}

pub(super) async fn close(context: &Context, args: &SponsorCloseArgs) -> Result<()> {
    let beneficiary = context.keystore.account_id(&args.beneficiary)?;
    let by = args.by.as_ref().map(|by| context.keystore.account_id(by)).transpose()?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let sender = Sender::new(&chain).await?;
    let (sponsor, call) = match by.filter(|by| *by != account.id) {
        Some(sponsor) => (sponsor, Call::ExpireSponsorship { sponsor, beneficiary }),
        None => (account.id, Call::CloseSponsorship { beneficiary }),
    };
    let sponsorship = existing(&sender, context, &sponsor.to_string(), beneficiary).await?;
    if matches!(call, Call::CloseSponsorship { .. }) {
        let action = Action::CloseSponsorship { beneficiary: beneficiary.to_string() };
        let costs = sender.prepare(&account, action).await?.map_err(Refusal::failure)?;
        context.output.step("Paying", format!("a fee of {}", chain.token.show(costs.fee)));
    }
    let included = sender.send(&account, &call, "closing", &context.output).await?;
    context.output.answer(&json!({ "closed": sponsorship, "included": included }), |style| {
        format!(
            "{} does not sponsor {} any more; what was left is theirs again\n{}",
            style.bold(context.who(&sponsorship.sponsor)),
            context.who(&sponsorship.beneficiary),
            left(&chain.token, style, &sponsorship.left),
        )
    })
}

pub(super) async fn list(context: &Context, args: &SponsorListArgs) -> Result<()> {
    let of = match (&args.of, &args.by) {
        (Some(of), _) => Some(context.keystore.account_id(of)?),
        (None, Some(_)) => None,
        (None, None) => context.global.account.as_ref().map(|own| context.keystore.account_id(own)).transpose()?,
    };
    let by = args.by.as_ref().map(|by| context.keystore.account_id(by)).transpose()?.map(|by| by.to_string());
    let chain = context.chain().await?;
    let mut sponsorships = Sender::new(&chain).await?.sponsorships(of).await?;
    if let Some(by) = &by {
        sponsorships.retain(|sponsorship| sponsorship.sponsor == *by);
    }
    sponsorships.sort_by(|one, other| (&one.sponsor, &one.beneficiary).cmp(&(&other.sponsor, &other.beneficiary)));
    context.output.answer(&json!({ "sponsorships": sponsorships }), |style| match sponsorships.as_slice() {
        [] => "no sponsorship\n".to_owned(),
        some => some.iter().map(|sponsorship| show(context, &chain.token, style, sponsorship)).collect(),
    })
}

fn show(context: &Context, token: &Token, style: Style, sponsorship: &SponsorshipView) -> String {
    format!(
        "{} sponsors {}\n{}",
        style.bold(context.who(&sponsorship.sponsor)),
        context.who(&sponsorship.beneficiary),
        left(token, style, &sponsorship.left)
    )
}

fn left(token: &Token, style: Style, left: &Allowance) -> String {
    table(
        style,
        &[
            ("left", count(left.calls.into(), "call")),
            ("for fees", token.show(left.fees)),
            ("for names", token.show(left.names)),
            ("for deposits", token.show(left.deposits)),
            ("until", format!("block {}", left.until)),
        ],
    )
}
