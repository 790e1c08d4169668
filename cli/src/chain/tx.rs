//! Sending transactions, and waiting until they are final.

use std::time::{Duration, Instant};

use pedigree_manifest::Hash;
use subxt::client::{OnlineClientAtBlock, OnlineClientAtBlockImpl};
use subxt::error::{
    BackendError, DispatchError, ExtrinsicError, OnlineClientAtBlockError, RpcError, TokenError,
    TransactionEventsError, TransactionProgressError,
};
use subxt::tx::{TransactionInBlock, TransactionStatus};
use subxt::utils::{AccountId32, H256};
use subxt::{OnlineClient, PolkadotConfig};

use super::calls;
use super::calls::{Happened, Limits, Referendum, Withdrawn};
use super::rpc::{module_failure, root_cause, Refusal};
use super::views::{Action, Balance, Costs, GrantView, ReservationView, SponsorshipView};
use super::{Call, Chain};
use crate::error::{Failure, Kind, Result};
use crate::keystore::Account;
use crate::output::Output;
use crate::progress::Spinner;

/// The chain as it was at a block.
pub(crate) type AtBlock = OnlineClientAtBlock<PolkadotConfig>;
type InBlock = TransactionInBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

/// How long a transaction may take to become final.
const PATIENCE: Duration = Duration::from_secs(600);
/// After how long without news it is said that there is none.
const SILENCE: Duration = Duration::from_secs(60);
/// How long earlier transactions of the account are waited for.
const SETTLING: Duration = Duration::from_secs(90);

/// A connection that transactions can be sent through.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    chain: Chain,
    client: OnlineClient<PolkadotConfig>,
    /// Who pays instead of whoever signs.
    sponsor: Option<AccountId32>,
}

/// A transaction in a final block.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Included {
    pub(crate) block: u64,
    pub(crate) block_hash: Hash,
    pub(crate) transaction: Hash,
    /// What it sent to the owners of releases.
    #[serde(skip)]
    pub(crate) withdrawn: Vec<Withdrawn>,
    /// What else it did.
    #[serde(skip)]
    pub(crate) happened: Happened,
}

impl Sender {
    pub(crate) async fn new(chain: &Chain) -> Result<Self> {
        let client = OnlineClient::from_rpc_client(chain.rpc.clone()).await.map_err(|error| lost(&error))?;
        Ok(Self { chain: chain.clone(), client, sponsor: None })
    }

    /// The same, with somebody else to pay, if there is somebody.
    pub(crate) fn sponsored_by(self, sponsor: Option<AccountId32>) -> Self {
        Self { sponsor, ..self }
    }

    /// A call as it is sent.
    fn wrapped(&self, call: &Call) -> Call {
        match self.sponsor {
            Some(sponsor) => Call::Sponsored { sponsor, call: Box::new(call.clone()) },
            None => call.clone(),
        }
    }

    /// Has the node try something as it would be sent: what it costs whoever pays, or why it would fail.
    pub(crate) async fn prepare(&self, account: &Account, action: Action) -> Result<Result<Costs, Refusal>> {
        let action = match &self.sponsor {
            Some(sponsor) => Action::Sponsored { sponsor: sponsor.to_string(), call: Box::new(action) },
            None => action,
        };
        self.chain.prepare(&account.id.to_string(), &action).await
    }

    /// Who is sponsored by whom: one account, or everybody.
    pub(crate) async fn sponsorships(&self, beneficiary: Option<AccountId32>) -> Result<Vec<SponsorshipView>> {
        calls::sponsorships(&self.now().await?, beneficiary).await.map_err(|error| storage_failure(&error))
    }

    /// Whose deposits there are for a record (no number) and for those of its releases that have one of their own.
    pub(crate) async fn depositors(&self, record: u64, releases: u32) -> Result<Vec<(Option<u32>, AccountId32)>> {
        calls::depositors(&self.now().await?, record, releases).await.map_err(|error| storage_failure(&error))
    }

    /// What keeps an account alive.
    pub(crate) async fn existential_deposit(&self) -> Result<Balance> {
        let at = self.now().await?;
        let found = at.constants().entry(super::api::constants().balances().existential_deposit());
        found.map(Balance).map_err(|error| outdated().details(serde_json::json!({ "reason": error.to_string() })))
    }

    /// What an account can spend.
    pub(crate) async fn spendable(&self, who: &AccountId32) -> Result<Balance> {
        calls::spendable(&self.now().await?, who).await.map_err(|error| storage_failure(&error))
    }

    /// The chain as it is in the latest final block.
    async fn now(&self) -> Result<AtBlock> {
        self.client.at_current_block().await.map_err(|error| no_such_block(&error))
    }

    /// The chain as it was in a block.
    pub(crate) async fn at(&self, block: Hash) -> Result<AtBlock> {
        self.client.at_block(H256(block.0)).await.map_err(|error| no_such_block(&error))
    }

    /// Who was granted to cite a dataset.
    pub(crate) async fn grants(at: &AtBlock, record: u64, name: &str) -> Result<Vec<GrantView>> {
        calls::grants(at, record, name).await.map_err(|error| storage_failure(&error))
    }

    /// What an account has reserved and not used.
    pub(crate) async fn reservations(&self, who: &AccountId32) -> Result<Vec<ReservationView>> {
        calls::reservations(&self.now().await?, who).await.map_err(|error| storage_failure(&error))
    }

    /// What the runtime allows at most.
    pub(crate) async fn limits(&self) -> Result<Limits> {
        calls::limits(&self.now().await?)
            .map_err(|error| outdated().details(serde_json::json!({ "reason": error.to_string() })))
    }

    /// What an evaluator takes behind whom nobody stands yet, in millionths.
    pub(crate) async fn default_take(&self) -> Result<u32> {
        let at = self.now().await?;
        let found = at.constants().entry(super::api::constants().stake().default_take());
        found.map(|take| take.0).map_err(|error| outdated().details(serde_json::json!({ "reason": error.to_string() })))
    }

    /// What an evaluator has committed to, as the last final block has it: the epochs, and the hashes.
    pub(crate) async fn commits(&self, netuid: u16, uid: u16) -> Result<Vec<(u32, Hash)>> {
        calls::commits(&self.now().await?, netuid, uid).await.map_err(|error| storage_failure(&error))
    }

    /// The block a reservation was made in, if there is one.
    pub(crate) async fn reservation(&self, account: &Account, hash: Hash) -> Result<Option<u32>> {
        calls::reservation(&self.now().await?, &account.id, hash).await.map_err(|error| storage_failure(&error))
    }

    /// All referenda, from the first on.
    pub(crate) async fn referenda(&self) -> Result<Vec<Referendum>> {
        calls::referenda(&self.now().await?).await.map_err(|error| storage_failure(&error))
    }

    /// A referendum, if there is one of that number.
    pub(crate) async fn referendum(&self, index: u32) -> Result<Option<Referendum>> {
        calls::referendum(&self.now().await?, index).await.map_err(|error| storage_failure(&error))
    }

    /// The id that the next record will have.
    pub(crate) async fn next_record(&self) -> Result<u64> {
        calls::next_record(&self.now().await?).await.map_err(|error| storage_failure(&error))
    }

    /// Waits until nothing of this account's is on its way any more: neither in the pool, nor in a block that isn't final.
    pub(crate) async fn settled(&self, account: &Account, output: &Output) -> Result<()> {
        let spinner = Spinner::start(output, "waiting for earlier transactions of this account");
        let begun = Instant::now();
        loop {
            let next = self.chain.next_nonce(&account.id.to_string()).await?;
            let at = self.now().await?;
            let settled = at.tx().account_nonce(&account.id).await.map_err(|error| extrinsic_failure(&error))?;
            if next <= settled {
                return Ok(());
            }
            if begun.elapsed() > SETTLING {
                drop(spinner);
                return Err(Failure::node(format!(
                    "an earlier transaction of {} is still on its way after {} s",
                    account.name,
                    SETTLING.as_secs()
                ))
                .hint("does the chain still make blocks? Wait, and run the same command again"));
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// Makes and signs a call, and throws it away: whether this program and the chain's runtime agree on it.
    pub(crate) async fn check(&self, account: &Account, call: &Call) -> Result<()> {
        let at = self.now().await?;
        calls::sign(&self.wrapped(call), &at, &account.pair).await.map(drop).map_err(|error| extrinsic_failure(&error))
    }

    /// Signs a call, sends it and waits until it is in a final block.
    pub(crate) async fn send(&self, account: &Account, call: &Call, what: &str, output: &Output) -> Result<Included> {
        self.settled(account, output).await?;
        let sent = self.send_now(account, &self.wrapped(call), what, output).await;
        match call.before_repeating() {
            // Once it was handed to the node, nobody but the chain knows what became of it.
            Some(advice) => sent.map_err(|failure| match failure.kind {
                Kind::Node => failure.hint(advice),
                _ => failure,
            }),
            None => sent,
        }
    }

    async fn send_now(&self, account: &Account, call: &Call, what: &str, output: &Output) -> Result<Included> {
        let spinner = Spinner::start(output, format!("{what}: sending"));
        let at = self.now().await?;
        if let Call::Economy(economy) = call {
            if let Some(why) = economy.too_late(at.block_number()) {
                return Err(Failure::node(format!("{what}: {why}")));
            }
        }
        let transaction = calls::sign(call, &at, &account.pair).await.map_err(|error| extrinsic_failure(&error))?;
        let mut progress = transaction.submit_and_watch().await.map_err(|error| extrinsic_failure(&error))?;
        let begun = Instant::now();
        let mut warned = false;
        loop {
            let Ok(status) = tokio::time::timeout(SILENCE, progress.next()).await else {
                if begun.elapsed() > PATIENCE {
                    return Err(Failure::node(format!("{what}: sent, but not in a final block after ten minutes"))
                        .hint("does the chain still make blocks? Run the same command again: it continues, and pays nothing twice"));
                }
                if !warned {
                    output.warning(format!("{what}: no news from the node for a minute; still waiting"));
                    warned = true;
                }
                continue;
            };
            let status = match status {
                Some(Ok(status)) => status,
                Some(Err(error)) => return Err(progress_failure(&error)),
                None => return Err(unknown_end(what)),
            };
            tracing::debug!(?status, "transaction");
            match status {
                TransactionStatus::Validated | TransactionStatus::Broadcasted => {
                    spinner.say(format!("{what}: waiting for a block"));
                }
                TransactionStatus::NoLongerInBestBlock => spinner.say(format!("{what}: waiting for another block")),
                TransactionStatus::InBestBlock(_) => {
                    spinner.say(format!("{what}: in a block, waiting until it is final"));
                }
                TransactionStatus::InFinalizedBlock(block) => return self.included(&block).await,
                TransactionStatus::Error { message } => {
                    return Err(Failure::node(format!("{what}: the node gave up: {}", crate::output::safe(&message))))
                }
                TransactionStatus::Invalid { message } => return Err(invalid(&message)),
                TransactionStatus::Dropped { message } => return Err(Failure::node(format!(
                    "{what}: the node dropped it: {}",
                    crate::output::safe(&message)
                ))
                .hint(
                    "its pool is full, or another transaction of this account took its place; run the command again",
                )),
            }
        }
    }

    async fn included(&self, block: &InBlock) -> Result<Included> {
        let at = block.at().await.map_err(|error| lost(&error))?;
        let events = block.wait_for_success().await.map_err(|error| match error {
            TransactionEventsError::ExtrinsicFailed(error) => dispatch_failure(&error),
            other => lost(&other),
        })?;
        Ok(Included {
            block: at.block_number(),
            block_hash: Hash(block.block_hash().0),
            transaction: Hash(block.extrinsic_hash().0),
            withdrawn: calls::withdrawn(&events),
            happened: calls::happened(&events),
        })
    }

    pub(crate) fn chain(&self) -> &Chain {
        &self.chain
    }
}

fn no_such_block(error: &OnlineClientAtBlockError) -> Failure {
    if matches!(error, OnlineClientAtBlockError::CannotConvertModernMetadata { .. }) {
        return outdated().hint(root_cause(error));
    }
    lost(error)
}

/// The connection broke, at a moment when something may or may not have happened.
fn lost(error: &dyn std::error::Error) -> Failure {
    Failure::node(format!("the connection to the node was lost: {}", root_cause(error)))
        .hint("see whether the node still runs, and run the same command again: it continues, and pays nothing twice")
}

fn unknown_end(what: &str) -> Failure {
    Failure::node(format!("{what}: the node stopped telling what became of it"))
        .hint("run the same command again: it continues, and pays nothing twice")
}

/// This program and the chain's runtime don't fit.
fn outdated() -> Failure {
    Failure::mismatch(
        "this `pedigree` was built for another version of the chain's runtime, and would not sign what it doesn't know",
    )
    .hint("update whichever is older: `pedigree`, or the node")
}

fn storage_failure(error: &subxt::Error) -> Failure {
    use subxt::error::StorageError;
    match error {
        subxt::Error::StorageError(
            StorageError::IncompatibleCodegen
            | StorageError::PalletNameNotFound(_)
            | StorageError::StorageEntryNotFound { .. },
        )
        | subxt::Error::StorageValueError(_) => outdated().details(serde_json::json!({ "reason": error.to_string() })),
        other => lost(other),
    }
}

fn extrinsic_failure(error: &ExtrinsicError) -> Failure {
    match error {
        ExtrinsicError::IncompatibleCodegen
        | ExtrinsicError::PalletNameNotFound(_)
        | ExtrinsicError::CallNameNotFound { .. }
        | ExtrinsicError::UnsupportedVersion
        | ExtrinsicError::EncodeError(_)
        | ExtrinsicError::Params(_) => outdated().details(serde_json::json!({ "reason": error.to_string() })),
        ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
            subxt::rpcs::Error::User(user),
        ))) => {
            let data = user.data.as_ref().map(|data| data.get().trim_matches('"').to_owned()).unwrap_or_default();
            invalid(&format!("{}: {data}", user.message))
        }
        other => lost(other),
    }
}

/// What the pool says of a transaction that it doesn't take, as something to do.
fn invalid(message: &str) -> Failure {
    let message = crate::output::safe(message);
    let failure = Failure::refused(format!("the chain doesn't take the transaction: {message}"));
    let lower = message.to_ascii_lowercase();
    if lower.contains("payment") || lower.contains("fees") {
        failure.hint("the account cannot pay the fee; send tokens to it, or choose another with --account")
    } else if lower.contains("stale")
        || lower.contains("outdated")
        || lower.contains("priority")
        || lower.contains("already")
    {
        failure.hint("another transaction of this account is under way; wait a few seconds and run the command again")
    } else if lower.contains("proof") || lower.contains("signature") {
        failure.hint("program and chain disagree on what is signed; update whichever is older")
    } else {
        failure.hint("run the command again; it continues where this ended")
    }
}

fn progress_failure(error: &TransactionProgressError) -> Failure {
    tracing::debug!(%error, "no more news of the transaction");
    Failure::node("the node went away before the transaction was final")
        .hint("see whether it still runs, and run the same command again: it continues, and pays nothing twice")
}

/// Why a transaction failed inside a block, in the words of the pallet.
fn dispatch_failure(error: &DispatchError) -> Failure {
    match error {
        DispatchError::Module(module) => match module.details() {
            Ok(details) => {
                let about_parent = details
                    .variant
                    .fields
                    .first()
                    .and_then(|field| field.name.as_deref())
                    .is_some_and(|name| name.contains("parent"));
                let parent =
                    about_parent.then(|| module.bytes()).and_then(|bytes| bytes.get(2).copied()).map(u64::from);
                let explanation = details.variant.docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
                module_failure(details.pallet.name(), &details.variant.name, &crate::output::safe(&explanation), parent)
            }
            Err(_) => Failure::refused(format!("the chain refuses: {module}")),
        },
        DispatchError::Token(TokenError::FundsUnavailable) => {
            Failure::refused("the account cannot pay: its funds are not enough, or not free")
                .hint("send tokens to it, or choose another account with --account")
        }
        other => Failure::refused(format!("the chain refuses: {other}")),
    }
}
