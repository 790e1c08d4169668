//! `pedigree faucet serve`.

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;

use super::Context;
use crate::args::FaucetServeArgs;
use crate::chain::tx::Sender;
use crate::error::{Failure, Result};
use crate::faucet::giver::Giver;
use crate::faucet::ledger::{Ledger, Rules};
use crate::faucet::server::{self, Faucet};

pub(super) async fn serve(context: &Context, args: &FaucetServeArgs) -> Result<()> {
    let output = context.output;
    let account = context.account()?;
    let chain = context.chain().await?;
    if chain.is_live().await? {
        return Err(Failure::refused("this is no test network: its tokens are worth something")
            .hint("a faucet is for chains whose specification says that they are for development or tests"));
    }
    let amount = chain.token.plancks(&args.amount)?;
    let sender = Sender::new(&chain).await?;
    if amount.0 < sender.existential_deposit().await?.0 {
        return Err(Failure::usage(format!("{} keeps no account alive", chain.token.show(amount)))
            .hint("give at least the existential deposit"));
    }
    let hours = u64::from(args.window);
    let window = Duration::from_secs(hours.saturating_mul(3600));
    let rules = Rules { window, per_source: args.per_source, at_most: args.at_most };
    let ledger = Ledger::open(context.home.faucet(&chain.genesis), rules)?;
    let there = sender.spendable(&account.id).await?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| Failure::input(format!("cannot listen at {}: {error}", args.listen)))?;
    let address = listener.local_addr().map_err(|error| Failure::input(error.to_string()))?;

    output.step("Serving", format!("http://{address}/"));
    output.note(format!(
        "{} for each from {}, which has {}; ask with curl -d '{{\"address\":\"5...\"}}' http://{address}/",
        chain.token.show(amount),
        account.id,
        chain.token.show(there)
    ));
    if output.json {
        // It goes on: this says where, for whoever started it.
        output.print(&serde_json::json!({ "listening": address.to_string() }).to_string())?;
        let _ = std::io::stdout().flush();
    }
    let shown = chain.token.show(amount);
    let id = account.id;
    let faucet = Faucet {
        giver: Giver::start(context.global.node.clone(), &chain, account, amount, output),
        ledger: Mutex::new(ledger),
        genesis: chain.genesis,
        account: id,
        amount,
        shown,
        window,
        behind_proxy: args.behind_proxy,
        output,
    };
    match server::serve(Arc::new(faucet), listener).await {}
}
