//! What commands about subnets and stake have in common: try, say what it costs, send.

use subxt::utils::AccountId32;

use super::Context;
use crate::chain::rpc::{Refusal, Token};
use crate::chain::tx::{Included, Sender};
use crate::chain::views::{Action, Balance, Costs, SubnetView};
use crate::chain::{Call, Chain, Economy};
use crate::error::{Failure, Result};
use crate::keystore::Account;

/// Somebody who does something on the chain.
pub(super) struct Actor {
    pub(super) account: Account,
    pub(super) chain: Chain,
    pub(super) sender: Sender,
}

impl Actor {
    pub(super) async fn new(context: &Context) -> Result<Self> {
        Self::with(context, context.account()?).await
    }

    /// The same, of somebody whose key is open already.
    pub(super) async fn with(context: &Context, account: Account) -> Result<Self> {
        let chain = context.chain().await?;
        let sender = Sender::new(&chain).await?;
        Ok(Self { account, chain, sender })
    }

    pub(super) fn address(&self) -> String {
        self.account.id.to_string()
    }

    /// Has the node try something: what it costs, or why it would fail.
    pub(super) async fn try_it(&self, action: &Action) -> Result<Costs> {
        self.chain.prepare(&self.address(), action).await?.map_err(Refusal::failure)
    }

    pub(super) async fn send(&self, context: &Context, call: Economy, what: &str) -> Result<Included> {
        self.sender.send(&self.account, &Call::Economy(call), what, &context.output).await
    }

    /// Tries something, says what it costs, and sends it.
    pub(super) async fn act(&self, context: &Context, action: &Action, call: Economy, what: &str) -> Result<Included> {
        let costs = self.try_it(action).await?;
        context.output.step("Paying", costs_of(&self.chain.token, &costs));
        self.send(context, call, what).await
    }

    /// The account of an evaluator, or of any neuron: by its uid, or by what people call it.
    pub(super) async fn neuron_account(&self, context: &Context, netuid: u16, named: &str) -> Result<AccountId32> {
        neuron_account(context, &self.chain, netuid, named).await
    }
}

/// What something costs, in words.
pub(super) fn costs_of(token: &Token, costs: &Costs) -> String {
    let mut parts = Vec::new();
    if costs.price.0 > 0 {
        parts.push(token.show(costs.price));
    }
    parts.push(format!("a fee of {}", token.show(costs.fee)));
    if costs.deposit.0 > 0 {
        parts.push(format!("a deposit of {} (comes back)", token.show(costs.deposit)));
    }
    match parts.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{}, and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// The subnet of that number, which has to exist.
pub(super) async fn existing(chain: &Chain, netuid: u16) -> Result<SubnetView> {
    chain.subnet(netuid, None).await?.ok_or_else(|| unknown(netuid))
}

pub(super) fn unknown(netuid: u16) -> Failure {
    Failure::no(format!("there is no subnet {netuid}")).hint("`pedigree subnet list` lists those that there are")
}

/// The account of a neuron: by its uid, or by what people call it.
pub(super) async fn neuron_account(context: &Context, chain: &Chain, netuid: u16, named: &str) -> Result<AccountId32> {
    let Ok(uid) = named.parse::<u16>() else { return context.keystore.account_id(named) };
    match chain.neuron(netuid, uid).await? {
        Some(neuron) => context.keystore.account_id(&neuron.account),
        None => {
            existing(chain, netuid).await?;
            Err(Failure::no(format!("there is no neuron {uid} in subnet {netuid}"))
                .hint(format!("`pedigree subnet metagraph {netuid}` lists those that there are")))
        }
    }
}

/// A limit that was named, or a price as it is now.
pub(super) fn limit(token: &Token, named: Option<&crate::names::Amount>, price: Balance) -> Result<Balance> {
    named.map_or(Ok(price), |limit| token.plancks(limit))
}

/// In how many minutes of blocks that are made every three seconds, in words.
pub(super) fn in_time(blocks: u32) -> String {
    const A_MINUTE: u32 = 20;
    const AN_HOUR: u32 = 60 * A_MINUTE;
    const A_DAY: u32 = 24 * AN_HOUR;
    let (length, noun) = match blocks {
        0..A_MINUTE => return format!("in {} s", blocks.saturating_mul(3)),
        A_MINUTE..AN_HOUR => (A_MINUTE, "minute"),
        AN_HOUR..A_DAY => (AN_HOUR, "hour"),
        _ => (A_DAY, "day"),
    };
    let number = blocks.checked_div(length).unwrap_or_default();
    format!("in about {}", crate::output::count(number.into(), noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_read_well() {
        let token = Token::default();
        let costs = |price, fee, deposit| {
            costs_of(&token, &Costs { fee: Balance(fee), deposit: Balance(deposit), price: Balance(price) })
        };
        assert_eq!(costs(0, 1_000_000_000, 0), "a fee of 0.001 PDG");
        assert_eq!(
            costs(100_000_000_000_000, 1_000_000_000, 2_000_000_000_000),
            "100 PDG, a fee of 0.001 PDG, and a deposit of 2 PDG (comes back)"
        );
        assert_eq!(costs(1_000_000_000_000, 1_000_000_000, 0), "1 PDG, and a fee of 0.001 PDG");
    }

    #[test]
    fn times_read_well() {
        let times = [(0, "in 0 s"), (19, "in 57 s"), (20, "in about 1 minute"), (1_200, "in about 1 hour")];
        for (blocks, words) in times {
            assert_eq!(in_time(blocks), words);
        }
        assert_eq!(in_time(7 * 28_800), "in about 7 days");
    }
}
