//! `pedigree adopt`: take deposits over from whoever made them.

use serde_json::json;

use super::Context;
use crate::args::AdoptArgs;
use crate::chain::rpc::Refusal;
use crate::chain::tx::Sender;
use crate::chain::views::{Action, Balance};
use crate::chain::Call;
use crate::error::{Failure, Result};
use crate::output::safe;

/// How many deposits are taken over in one transaction.
const AT_ONCE: usize = 32;

/// A deposit that was taken over.
#[derive(Clone, Debug, serde::Serialize)]
struct Adopted {
    /// The record, or the release.
    target: String,
    /// Who has it back.
    from: String,
    deposit: Balance,
}

pub(super) async fn run(context: &Context, args: &AdoptArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let path = &args.target.record;
    let record = chain.record(&path.to_string()).await?.ok_or_else(|| {
        Failure::no(format!("there is no record {path}")).hint(format!("`pedigree show {}` lists them", path.namespace))
    })?;
    let sender = Sender::new(&chain).await?;
    let name = safe(&record.name);
    let (mut adopted, mut deposits) = (vec![], vec![]);
    let (mut needed, mut fee) = (Balance(0), Balance(0));
    // Taking over a release's deposit takes over the record's as well; each is tried alone, and that counts once.
    let mut records = Balance(0);
    for (number, from) in sender.depositors(record.id, record.releases).await? {
        let wanted = args.target.number.is_none() || args.target.number == number;
        if !wanted || from == account.id {
            continue;
        }
        let target = number.map_or(name.clone(), |number| format!("{name}@{number}"));
        let action = Action::Adopt { target: target.clone() };
        let costs = sender.prepare(&account, action).await?.map_err(Refusal::failure)?;
        let deposit = Balance(costs.deposit.0.saturating_sub(records.0));
        if number.is_none() {
            records = deposit;
        }
        needed.0 = needed.0.saturating_add(deposit.0);
        fee.0 = fee.0.saturating_add(costs.fee.0);
        adopted.push(Adopted { target, from: from.to_string(), deposit });
        deposits.push((record.id, number));
    }
    if adopted.is_empty() {
        return Err(Failure::no(format!("nobody else has paid a deposit for {}", args.target))
            .hint("there is nothing to take over"));
    }
    context.output.step(
        "Adopting",
        format!(
            "{}: a deposit of {}, and fees of {} at most",
            args.target,
            chain.token.show(needed),
            chain.token.show(fee)
        ),
    );
    let mut blocks = vec![];
    for part in deposits.chunks(AT_ONCE) {
        let call = Call::Adopt { deposits: part.to_vec() };
        blocks.push(sender.send(&account, &call, "adoption", &context.output).await?);
    }
    context.output.answer(&json!({ "adopted": adopted, "included": blocks }), |style| {
        adopted
            .iter()
            .map(|it| {
                format!(
                    "{}: {} is held on your account now, and {} has theirs back\n",
                    style.bold(&it.target),
                    chain.token.show(it.deposit),
                    context.who(&it.from)
                )
            })
            .collect()
    })
}
