//! Sending what is given: one transaction after the other, each with all that was asked for meanwhile.

use pedigree_manifest::Hash;
use subxt::utils::AccountId32;
use tokio::sync::{mpsc, oneshot};

use crate::chain::tx::{Included, Sender};
use crate::chain::views::Balance;
use crate::chain::{Call, Chain};
use crate::error::{Failure, Kind, Result};
use crate::keystore::Account;
use crate::output::Output;

/// How many may wait. Who comes later is told to come again.
const QUEUE: usize = 256;
/// How many are given something in one transaction.
const AT_ONCE: usize = 64;
/// What stays on the account for fees, in parts of a token: a transaction to sixty-four costs far less.
const KEPT: u128 = 10;

/// Why somebody got nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nothing was sent, and asking again may help.
    NotSent(String),
    /// Something was sent, and nobody knows what became of it.
    Unknown(String),
}

type Answer = Result<Included, Trouble>;

/// Somebody who waits.
#[derive(Debug)]
struct Request {
    to: AccountId32,
    reply: oneshot::Sender<Answer>,
}

/// Where to ask for something to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Giver(mpsc::Sender<Request>);

impl Giver {
    /// Starts the task that sends `amount` from `account` to each who asks.
    pub(crate) fn start(node: String, chain: &Chain, account: Account, amount: Balance, output: Output) -> Self {
        let (sender, mut requests) = mpsc::channel::<Request>(QUEUE);
        let genesis = chain.genesis;
        let reserve = chain.token.unit().checked_div(KEPT).unwrap_or_default();
        let mut hand = Hand { node, genesis, account, amount, reserve, output, sender: None };
        tokio::spawn(async move {
            while let Some(first) = requests.recv().await {
                let mut waiting = vec![first];
                while waiting.len() < AT_ONCE {
                    let Ok(next) = requests.try_recv() else { break };
                    waiting.push(next);
                }
                hand.serve(waiting).await;
            }
        });
        Self(sender)
    }

    /// Has something sent, and waits until it is final.
    pub(crate) async fn give(&self, to: AccountId32) -> Answer {
        let (reply, answer) = oneshot::channel();
        self.0
            .try_send(Request { to, reply })
            .map_err(|_| Trouble::NotSent("too many are waiting; ask again in a minute".to_owned()))?;
        answer.await.unwrap_or_else(|_| Err(Trouble::Unknown("the faucet ended".to_owned())))
    }
}

/// What sends.
struct Hand {
    node: String,
    genesis: Hash,
    account: Account,
    amount: Balance,
    /// What stays on the account.
    reserve: u128,
    output: Output,
    /// The connection, while there is one.
    sender: Option<Sender>,
}

impl Hand {
    /// Sends to as many of those who wait as there is money for, the first first.
    async fn serve(&mut self, mut waiting: Vec<Request>) {
        // Who went away is not waited for, but gets what was written down for him.
        let affordable = match self.affordable().await {
            Ok(affordable) => affordable,
            Err(failure) => {
                self.sender = None;
                let trouble = Trouble::NotSent(format!("the faucet's node does not answer as it should: {failure}"));
                return answer(waiting, &Err(trouble));
            }
        };
        let poor = waiting.split_off(affordable.min(waiting.len()));
        if !poor.is_empty() {
            self.output.warning(format!("the faucet is empty: send tokens to {}", self.account.id));
            answer(poor, &Err(Trouble::NotSent("the faucet is empty; ask again tomorrow".to_owned())));
        }
        if waiting.is_empty() {
            return;
        }
        let outcome = self.send(waiting.iter().map(|request| request.to).collect()).await;
        answer(waiting, &outcome);
    }

    /// How many can be given something.
    async fn affordable(&mut self) -> Result<usize> {
        let account = self.account.id;
        let sender = self.connected().await?;
        let spendable = sender.spendable(&account).await?;
        let count = spendable.0.saturating_sub(self.reserve).checked_div(self.amount.0).unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    async fn connected(&mut self) -> Result<&Sender> {
        if self.sender.is_none() {
            let chain = Chain::connect(&self.node, &self.output).await?;
            if chain.genesis != self.genesis {
                return Err(Failure::mismatch("the node serves another chain now"));
            }
            self.sender = Some(Sender::new(&chain).await?);
        }
        self.sender.as_ref().ok_or_else(|| Failure::node("there is no connection"))
    }

    async fn send(&mut self, to: Vec<AccountId32>) -> Answer {
        let call = Call::Give { to, amount: self.amount };
        let Some(sender) = &self.sender else { return Err(Trouble::NotSent("there is no connection".to_owned())) };
        let sent = sender.send(&self.account, &call, "gift", &self.output).await;
        sent.map_err(|failure| {
            self.output.warning(format!("nothing was given: {failure}"));
            if failure.kind == Kind::Refused {
                return Trouble::NotSent(failure.message);
            }
            self.sender = None;
            Trouble::Unknown(
                "the faucet's node went away; see whether you got something before you ask again".to_owned(),
            )
        })
    }
}

fn answer(waiting: Vec<Request>, answer: &Answer) {
    for request in waiting {
        // Who asked may have gone away.
        let _ = request.reply.send(answer.clone());
    }
}
