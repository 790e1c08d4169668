//! `pedigree reservation`: what was reserved and not used, and its deposits.

use pedigree_manifest::Hash;
use serde::Serialize;
use serde_json::json;

use super::Context;
use crate::args::ReservationCancelArgs;
use crate::chain::tx::Sender;
use crate::chain::views::{Balance, ReservationView};
use crate::chain::{Call, Chain};
use crate::error::{Failure, Result};
use crate::keystore::Account;

/// A reservation, and whether it can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reserved {
    hash: Hash,
    block: u32,
    deposit: Balance,
    /// The last block in which it can be used.
    usable_until: u32,
    expired: bool,
}

impl Reserved {
    fn new(reservation: ReservationView, lifetime: u32, now: u32) -> Self {
        let ReservationView { hash, block, deposit } = reservation;
        let usable_until = block.saturating_add(lifetime);
        // A transaction that is sent now is in a later block.
        Self { hash, block, deposit, usable_until, expired: now >= usable_until }
    }
}

async fn all(chain: &Chain, sender: &Sender, account: &Account) -> Result<Vec<Reserved>> {
    let lifetime = sender.limits().await?.reservation;
    let now = chain.block(chain.best().await?).await?.number;
    let mut all: Vec<Reserved> =
        sender.reservations(&account.id).await?.into_iter().map(|it| Reserved::new(it, lifetime, now)).collect();
    all.sort_by_key(|reserved| (reserved.block, reserved.hash.0));
    Ok(all)
}

pub(super) async fn list(context: &Context) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let reserved = all(&chain, &Sender::new(&chain).await?, &account).await?;
    context.output.answer(&json!({ "reservations": reserved }), |style| {
        if reserved.is_empty() {
            return format!("{} has reserved nothing that was not used\n", account.name);
        }
        let line = |reserved: &Reserved| {
            let until = match reserved.expired {
                true => style.yellow("expired"),
                false => format!("usable until block {}", reserved.usable_until),
            };
            let deposit = chain.token.show(reserved.deposit);
            format!("{}  block {}, {until}, a deposit of {deposit}\n", style.bold(reserved.hash), reserved.block)
        };
        reserved.iter().map(line).collect()
    })
}

pub(super) async fn cancel(context: &Context, args: &ReservationCancelArgs) -> Result<()> {
    let account = context.account()?;
    let chain = context.chain().await?;
    let sender = Sender::new(&chain).await?;
    let mut reserved = all(&chain, &sender, &account).await?;
    if let Some(unknown) = args.hashes.iter().find(|hash| !reserved.iter().any(|it| it.hash == **hash)) {
        return Err(Failure::no(format!("{} has reserved nothing as {unknown}", account.name))
            .hint("`pedigree reservation list` shows what there is"));
    }
    reserved.retain(|it| args.all || args.hashes.contains(&it.hash));
    if reserved.is_empty() {
        return Err(Failure::no(format!("{} has reserved nothing that was not used", account.name)));
    }
    let hashes = |expired: bool| reserved.iter().filter(move |it| it.expired == expired).map(|it| it.hash);
    let call = Call::GiveUp {
        usable: hashes(false).collect(),
        expired: hashes(true).map(|hash| (account.id, hash)).collect(),
    };
    let included = sender.send(&account, &call, "cancellation", &context.output).await?;
    context.output.answer(&json!({ "cancelled": reserved, "included": included }), |style| {
        let line = |reserved: &Reserved| {
            let back = match reserved.expired {
                true => "it had expired: a part of its deposit is burned, the rest is back".to_owned(),
                false => format!("{} is back", chain.token.show(reserved.deposit)),
            };
            format!("{}  {back}\n", style.bold(reserved.hash))
        };
        reserved.iter().map(line).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reservation_expires_after_its_last_block() {
        let view = ReservationView { hash: Hash([1; 32]), block: 10, deposit: Balance(5) };
        assert_eq!(Reserved::new(view, 100, 50).usable_until, 110);
        assert!(!Reserved::new(view, 100, 109).expired);
        assert!(Reserved::new(view, 100, 110).expired);
        assert!(!Reserved::new(ReservationView { block: u32::MAX, ..view }, 100, 110).expired);
    }
}
