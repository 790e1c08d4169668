//! `pedigree yank`.

use serde_json::json;

use super::{sponsor, Context};
use crate::args::YankArgs;
use crate::chain::rpc::Refusal;
use crate::chain::views::{Action, ReleaseView};
use crate::chain::{Call, Chain};
use crate::display;
use crate::error::{Failure, Result};
use crate::names::ReleasePath;

/// A release that has to exist, and to be named by its number: a warning must not hit another one by accident.
async fn numbered(chain: &Chain, path: &ReleasePath) -> Result<ReleaseView> {
    if path.number.is_none() {
        return Err(Failure::usage(format!("`{path}` names no release")).hint(format!("say which: `{path}@1`")));
    }
    chain.release(&path.to_string()).await?.ok_or_else(|| {
        Failure::no(format!("there is no release {path}")).hint(format!("`pedigree show {}` lists them", path.record))
    })
}

pub(super) async fn run(context: &Context, args: &YankArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let release = numbered(&chain, &args.release).await?;
    let successor = match &args.successor {
        Some(path) => Some(numbered(&chain, path).await?),
        None => None,
    };
    let action = Action::Yank {
        release: release.name.clone(),
        reason: args.reason.clone(),
        successor: successor.as_ref().map(|successor| successor.name.clone()),
    };
    let sender = sponsor::sender(context, &chain, &args.sponsor).await?;
    let costs = sender.prepare(&account, action).await?.map_err(Refusal::failure)?;
    context.output.step("Paying", format!("a fee of {}", chain.token.show(costs.fee)));
    let call = Call::Yank {
        release: release.id,
        reason: args.reason.clone(),
        successor: successor.as_ref().map(|successor| successor.id),
    };
    let included = sender.send(&account, &call, "yank", &context.output).await?;
    context.output.step("Yanked", format!("{} in block {}", release.name, included.block));
    let release = numbered(&chain, &args.release).await?;
    context.output.answer(&json!({ "release": release, "included": included }), |style| {
        display::release(context, style, &release)
    })
}
