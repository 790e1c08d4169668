//! Who may cite a dataset: `pedigree access`, `pedigree grant` and `pedigree revoke`, and what `register dataset` says of it.

use serde_json::json;

use super::Context;
use crate::args::{AccessArg, AccessArgs, GrantArgs, RegisterDatasetArgs, RevokeArgs};
use crate::chain::tx::Sender;
use crate::chain::views::{Access, RecordKind, RecordView};
use crate::chain::{Call, Chain};
use crate::display;
use crate::error::{Failure, Result};
use crate::names::RecordPath;

/// The access that was asked for; nothing leaves it as it is.
pub(super) fn access(args: &RegisterDatasetArgs) -> Option<Access> {
    if args.access.is_none() && args.consent_until.is_none() {
        return None;
    }
    Some(Access { by_grant: args.access == Some(AccessArg::Granted), consent_until: args.consent_until })
}

async fn dataset(chain: &Chain, path: &RecordPath) -> Result<RecordView> {
    let record = chain.record(&path.to_string()).await?.ok_or_else(|| {
        Failure::no(format!("there is no dataset {path}"))
            .hint(format!("`pedigree show {}` lists what there is", path.namespace))
    })?;
    if record.kind != RecordKind::Dataset {
        return Err(Failure::refused(format!(
            "{} is a {}: only datasets are cited by grant",
            record.name, record.kind
        )));
    }
    Ok(record)
}

pub(super) async fn set_access(context: &Context, args: &AccessArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = dataset(&chain, &args.record).await?;
    let access = Access { by_grant: args.access == AccessArg::Granted, consent_until: args.consent_until };
    let call = Call::SetAccess { record: record.id, access };
    let included = Sender::new(&chain).await?.send(&account, &call, "access", &context.output).await?;
    context.output.answer(&json!({ "record": record.name, "access": access, "included": included }), |style| {
        format!(
            "{} may be cited by {} from now on; what cites it already stays",
            style.bold(&record.name),
            display::access(&access)
        )
    })
}

pub(super) async fn grant(context: &Context, args: &GrantArgs) -> Result<()> {
    let to = context.keystore.account_id(&args.to)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = dataset(&chain, &args.record).await?;
    if !record.access.is_some_and(|access| access.by_grant) {
        context.output.warning(format!(
            "{} may be cited by all; the grant counts once it is cited by grant only (`pedigree access {0} --access granted`)",
            record.name
        ));
    }
    let call = Call::Grant { record: record.id, account: to, until: args.until };
    let included = Sender::new(&chain).await?.send(&account, &call, "grant", &context.output).await?;
    let until = args.until.map(|block| format!(", until block {block}")).unwrap_or_default();
    context.output.answer(
        &json!({ "record": record.name, "grantedTo": to.to_string(), "until": args.until, "included": included }),
        |style| format!("{} may cite {}{until}", context.who(&to.to_string()), style.bold(&record.name)),
    )
}

pub(super) async fn revoke(context: &Context, args: &RevokeArgs) -> Result<()> {
    let from = context.keystore.account_id(&args.from)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let record = dataset(&chain, &args.record).await?;
    let call = Call::Revoke { record: record.id, account: from };
    let included = Sender::new(&chain).await?.send(&account, &call, "revocation", &context.output).await?;
    context.output.answer(
        &json!({ "record": record.name, "revokedFrom": from.to_string(), "included": included }),
        |style| {
            format!(
                "{} may not cite {} any more; what was registered stays",
                context.who(&from.to_string()),
                style.bold(&record.name)
            )
        },
    )
}
