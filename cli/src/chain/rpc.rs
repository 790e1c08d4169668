//! Asking a node: its methods over JSON-RPC. Those of subnets and stake are in `rpc/economy.rs`.

use pedigree_manifest::Hash;
use serde::de::DeserializeOwned;
use serde_json::{json, Value};
use subxt::rpcs::client::{RpcClient, RpcParams};
use subxt::rpcs::{Error as RpcError, UserError};

use super::views::{
    Action, Balance, BlockView, Costs, DigestView, Direction, EarningsView, HeaderView, Lineage, LinkRequestView,
    NamespaceView, Page, Query, RecordView, RegistrarsView, RelativeView, ReleaseId, ReleaseView, ShareView,
    SourceView, StatementView,
};
use crate::error::{Failure, Result};
use crate::names::{Amount, BlockName};
use crate::output::{count, Output};
use crate::progress::Spinner;

mod economy;

/// The most items on a page.
const PAGE: u32 = 100;

/// The name that the runtime of this chain calls itself.
const SPEC_NAME: &str = "pedigree";

/// The call that was to be prepared would fail.
const WOULD_FAIL: i32 = 10_003;
/// The account cannot pay what was to be prepared.
const TOO_POOR: i32 = 10_004;

/// The token: how amounts are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    symbol: String,
    decimals: u32,
}

impl Default for Token {
    fn default() -> Self {
        Self { symbol: "PDG".to_owned(), decimals: 12 }
    }
}

impl Token {
    /// One token, in plancks.
    pub(crate) fn unit(&self) -> u128 {
        10u128.checked_pow(self.decimals).unwrap_or(1)
    }

    /// An amount as it was typed, in plancks.
    pub(crate) fn plancks(&self, amount: &Amount) -> Result<Balance> {
        amount.units(self.decimals).map(Balance).ok_or_else(|| {
            Failure::usage(format!("{amount} {} is no amount of this chain's token", self.symbol)).hint(format!(
                "it has at most {} digits after the point, and there is not that much of it",
                self.decimals
            ))
        })
    }

    /// An amount in plancks as people read it: `1.25 PDG`.
    pub(crate) fn show(&self, amount: Balance) -> String {
        format!("{} {}", self.number(amount), self.symbol)
    }

    /// The same without the symbol.
    pub(crate) fn number(&self, Balance(plancks): Balance) -> String {
        let unit = self.unit();
        let whole = plancks.checked_div(unit).unwrap_or_default();
        let rest = plancks.checked_rem(unit).unwrap_or_default();
        let digits = usize::try_from(self.decimals).unwrap_or_default();
        let fraction = format!("{rest:0digits$}");
        // Nobody reads the twelfth digit; amounts too small for six are shown in full.
        let kept = if whole == 0 && fraction.starts_with("000000") { digits } else { digits.min(6) };
        let fraction = fraction.get(..kept).unwrap_or_default().trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{point}{fraction}", crate::output::thousands(whole))
    }
}

/// Why a dry run failed.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// The reservation is not there, too young, or expired: the second step without the first.
    Reservation { error: String },
    /// Anything else.
    Other(Failure),
}

impl Refusal {
    /// For what takes no reservation.
    pub(crate) fn failure(self) -> Failure {
        match self {
            Self::Other(failure) => failure,
            Self::Reservation { error } => Failure::refused(error),
        }
    }
}

/// A connection to a node that serves this chain.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) rpc: RpcClient,
    pub(crate) genesis: Hash,
    pub(crate) token: Token,
    url: String,
}

impl Chain {
    /// Connects, and makes sure that it is this chain at the other end.
    pub(crate) async fn connect(url: &str, output: &Output) -> Result<Self> {
        match subxt::rpcs::utils::url_is_secure(url) {
            Err(_) => {
                return Err(Failure::usage(format!("`{url}` is no node's address"))
                    .hint("write for example ws://127.0.0.1:9944 or wss://node.example.org"))
            }
            Ok(false) => output.warning(format!(
                "{url} is another machine and not encrypted (wss://): what it answers could be forged on the way"
            )),
            Ok(true) => {}
        }
        let connect = RpcClient::from_insecure_url(url);
        let rpc = tokio::time::timeout(std::time::Duration::from_secs(20), connect)
            .await
            .map_err(|_| Failure::node(format!("no node answers at {url} within 20 seconds")).hint(START_A_NODE))?
            .map_err(|error| {
                Failure::node(format!("no node answers at {url}: {}", root_cause(&error))).hint(START_A_NODE)
            })?;
        let mut chain = Self { rpc, genesis: Hash([0; 32]), token: Token::default(), url: url.to_owned() };
        let version: Value = chain.ask("state_getRuntimeVersion", vec![]).await?;
        let spec = version.get("specName").and_then(Value::as_str).unwrap_or("?");
        if spec != SPEC_NAME {
            return Err(Failure::mismatch(format!(
                "the node at {url} serves another chain, `{}`",
                crate::output::safe(spec)
            ))
            .hint("name a node of Pedigree with --node or PEDIGREE_NODE"));
        }
        chain.genesis = chain.ask("chain_getBlockHash", vec![json!(0)]).await?;
        let properties: Value = chain.ask("system_properties", vec![]).await?;
        let symbol = properties.get("tokenSymbol").and_then(Value::as_str);
        let decimals = properties.get("tokenDecimals").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        if let (Some(symbol), Some(decimals)) = (symbol, decimals.filter(|decimals| *decimals <= 30)) {
            chain.token = Token { symbol: crate::output::safe(symbol), decimals };
        }
        Ok(chain)
    }

    /// One request.
    async fn request<Answer: DeserializeOwned>(&self, method: &str, params: Vec<Value>) -> Result<Answer, RpcError> {
        let mut rpc_params = RpcParams::new();
        for param in params {
            rpc_params.push(param)?;
        }
        tracing::debug!(method, "asking the node");
        self.rpc.request(method, rpc_params).await
    }

    async fn ask<Answer: DeserializeOwned>(&self, method: &str, params: Vec<Value>) -> Result<Answer> {
        self.request(method, params).await.map_err(|error| self.failure(method, error))
    }

    /// An error of the connection or the node as one to be shown.
    pub(crate) fn failure(&self, method: &str, error: RpcError) -> Failure {
        match error {
            RpcError::User(error) if error.code == -32601 => {
                Failure::mismatch(format!("the node at {} does not know {method}", self.url))
                    .hint("node and command line are of different versions; update the older one")
            }
            RpcError::User(error) if error.code == -32602 => Failure::usage(clean(&error)),
            RpcError::User(error) => Failure::refused(clean(&error)),
            RpcError::Deserialization(error) => {
                Failure::mismatch(format!("the node's answer to {method} is not understood: {error}"))
                    .hint("node and command line are of different versions; update the older one")
            }
            other => Failure::node(format!("the connection to {} was lost: {}", self.url, root_cause(&other)))
                .hint("see whether the node still runs, and run the same command again"),
        }
    }

    /// A page of a list, at a block or at the best one; nothing if what it belongs to is not there.
    async fn page<Item: DeserializeOwned>(
        &self,
        method: &str,
        params: &[Value],
        after: Option<&String>,
        at: Option<&Hash>,
    ) -> Result<Option<Page<Item>>> {
        let params = params.iter().cloned().chain([json!(after), json!(PAGE), json!(at)]).collect();
        self.ask(method, params).await
    }

    /// All pages of a list, up to so many items.
    async fn pages<Item: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Vec<Value>,
        most: usize,
    ) -> Result<Vec<Item>> {
        let mut list = List::new(method, params, None);
        let mut items = Vec::new();
        while items.len() < most {
            let Some(page) = list.next(self).await? else { break };
            items.extend(page);
        }
        Ok(items)
    }

    /// A statement, at a block.
    pub(crate) async fn statement(&self, release: &str, at: &Hash) -> Result<Option<StatementView>> {
        self.ask("payouts_statement", vec![json!(release), json!(at)]).await
    }

    /// What the releases of a namespace earned, those that did.
    pub(crate) async fn earnings(&self, namespace: &str) -> Result<Vec<EarningsView>> {
        self.pages("payouts_ofNamespace", vec![json!(namespace)], 100_000).await
    }

    pub(crate) async fn namespace(&self, name: &str) -> Result<Option<NamespaceView>> {
        self.ask("namespaces_get", vec![json!(name)]).await
    }

    pub(crate) async fn namespace_by_id(&self, id: u64) -> Result<Option<NamespaceView>> {
        self.ask("namespaces_get", vec![json!(id)]).await
    }

    /// What it costs to claim a plain name; nothing if it is none.
    pub(crate) async fn price(&self, name: &str) -> Result<Option<Balance>> {
        match self.request("namespaces_price", vec![json!(name)]).await {
            Ok(price) => Ok(Some(price)),
            // It is no plain name: trying to claim it says why.
            Err(RpcError::User(error)) if error.code == -32602 => Ok(None),
            Err(error) => Err(self.failure("namespaces_price", error)),
        }
    }

    pub(crate) async fn namespaces(&self) -> Result<Vec<NamespaceView>> {
        self.pages("namespaces_list", vec![], 100_000).await
    }

    /// Who decides whether somebody controls a channel.
    pub(crate) async fn registrars(&self) -> Result<RegistrarsView> {
        self.ask("namespaces_registrars", vec![]).await
    }

    pub(crate) async fn link_request(&self, name: &str, claimant: &str) -> Result<Option<LinkRequestView>> {
        self.ask("namespaces_linkRequest", vec![json!(name), json!(claimant)]).await
    }

    /// The requests to be linked to that channel, or to any.
    pub(crate) async fn link_requests(&self, name: Option<&str>) -> Result<Vec<LinkRequestView>> {
        self.pages("namespaces_linkRequests", vec![json!(name)], 10_000).await
    }

    pub(crate) async fn record(&self, name: &str) -> Result<Option<RecordView>> {
        self.ask("provenance_record", vec![json!(name)]).await
    }

    /// The release of that name: `NAMESPACE/NAME@NUMBER`, or the latest of `NAMESPACE/NAME`.
    pub(crate) async fn release(&self, name: &str) -> Result<Option<ReleaseView>> {
        self.ask("provenance_release", vec![json!(name)]).await
    }

    pub(crate) async fn releases_by_root(&self, root: &Hash) -> Result<Vec<ReleaseView>> {
        self.pages("provenance_releasesByRoot", vec![json!(root)], 1000).await
    }

    pub(crate) async fn releases_by_digest(&self, digest: &DigestView) -> Result<Vec<ReleaseView>> {
        self.pages("provenance_releasesByDigest", vec![json!(digest.kind), json!(digest.value)], 1000).await
    }

    pub(crate) async fn records_of_namespace(&self, name: &str) -> Result<Vec<RecordView>> {
        self.pages("provenance_recordsOfNamespace", vec![json!(name)], 1000).await
    }

    pub(crate) async fn releases_of_record(&self, name: &str) -> Result<Vec<ReleaseView>> {
        self.pages("provenance_releasesOfRecord", vec![json!(name)], 1000).await
    }

    pub(crate) async fn royalty_split(&self, release: &str) -> Result<Vec<ShareView>> {
        let split: Option<Vec<ShareView>> = self.ask("provenance_royaltySplit", vec![json!(release)]).await?;
        Ok(split.unwrap_or_default())
    }

    /// A block that is final: the last one, or the one with this number or hash.
    pub(crate) async fn final_block(&self, named: Option<&BlockName>) -> Result<BlockView> {
        let last: Hash = self.ask("chain_getFinalizedHead", vec![]).await?;
        let last = self.block(last).await?;
        let block = match named {
            None => return Ok(last),
            Some(BlockName::Hash(hash)) => self.block(*hash).await?,
            Some(BlockName::Number(number)) => {
                let hash: Option<Hash> = self.ask("chain_getBlockHash", vec![json!(number)]).await?;
                let unknown = || {
                    Failure::no(format!("there is no block {number} yet"))
                        .hint(format!("block {} is the last final one", last.number))
                };
                self.block(hash.ok_or_else(unknown)?).await?
            }
        };
        let own: Option<Hash> = self.ask("chain_getBlockHash", vec![json!(block.number)]).await?;
        if block.number > last.number || own != Some(block.hash) {
            return Err(Failure::refused(format!("block {} is not final", block.number))
                .hint(format!("what it says may still change; block {} is the last final one", last.number)));
        }
        Ok(block)
    }

    /// The block with this hash.
    pub(crate) async fn block(&self, hash: Hash) -> Result<BlockView> {
        let header: Option<HeaderView> = self.ask("chain_getHeader", vec![json!(hash)]).await?;
        let header = header.ok_or_else(|| Failure::no(format!("the node has no block {hash}")))?;
        let digits = header.number.trim_start_matches("0x");
        let number = u32::from_str_radix(digits, 16)
            .map_err(|_| Failure::mismatch("the node's answer to chain_getHeader is not understood"))?;
        Ok(BlockView { number, hash, state_root: header.state_root })
    }

    /// The version of the runtime at a block.
    pub(crate) async fn spec_version(&self, at: &Hash) -> Result<u64> {
        let version: Value = self.ask("state_getRuntimeVersion", vec![json!(at)]).await?;
        Ok(version.get("specVersion").and_then(Value::as_u64).unwrap_or_default())
    }

    /// All namespaces at a block.
    pub(crate) fn namespaces_at(at: Hash) -> List<NamespaceView> {
        List::new("namespaces_list", vec![], Some(at))
    }

    /// The records of a namespace at a block.
    pub(crate) fn records_at(namespace: u64, at: Hash) -> List<RecordView> {
        List::new("provenance_recordsOfNamespace", vec![json!(namespace)], Some(at))
    }

    /// The releases of a record at a block.
    pub(crate) fn releases_at(record: u64, at: Hash) -> List<ReleaseView> {
        List::new("provenance_releasesOfRecord", vec![json!(record)], Some(at))
    }

    /// The royalty split of a release at a block.
    pub(crate) async fn royalty_split_at(&self, release: ReleaseId, at: &Hash) -> Result<Vec<ShareView>> {
        let split: Option<Vec<ShareView>> =
            self.ask("provenance_royaltySplit", vec![json!(release), json!(at)]).await?;
        Ok(split.unwrap_or_default())
    }

    /// A release and its ancestors or descendants, the nearest first, up to so many; and whether these are all. Nothing if
    /// there is no such release.
    pub(crate) async fn lineage(
        &self,
        release: &str,
        direction: Direction,
        generations: Option<u32>,
        most: usize,
        at: &Hash,
        spinner: &Spinner,
    ) -> Result<Option<(Vec<RelativeView>, bool)>> {
        let params = vec![json!(release), json!(direction), json!(generations)];
        self.walk("provenance_lineage", params, most, at, spinner).await
    }

    /// What came to a release, by the releases that were paid, up to so many; and whether these are all.
    pub(crate) async fn sources(
        &self,
        release: ReleaseId,
        most: usize,
        at: &Hash,
        spinner: &Spinner,
    ) -> Result<(Vec<SourceView>, bool)> {
        let found = self.walk("payouts_sources", vec![json!(release)], most, at, spinner).await?;
        Ok(found.unwrap_or_default())
    }

    /// What is met on the way through a lineage, up to so much, and whether that is all.
    async fn walk<Item: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Vec<Value>,
        most: usize,
        at: &Hash,
        spinner: &Spinner,
    ) -> Result<Option<(Vec<Item>, bool)>> {
        let mut items = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let params = params.iter().cloned().chain([json!(after), json!(PAGE), json!(at)]).collect();
            let page: Option<Lineage<Item>> = self.ask(method, params).await?;
            let Some(page) = page else { return Ok(None) };
            items.extend(page.items);
            spinner.say(format!("{} so far", count(u64::try_from(items.len()).unwrap_or(u64::MAX), "release")));
            let all = page.next.is_none() && !page.truncated && items.len() <= most;
            // A node that gives a cursor again would be asked for ever.
            if page.next.is_none() || page.next == after || items.len() >= most {
                items.truncate(most);
                return Ok(Some((items, all)));
            }
            after = page.next;
        }
    }

    /// The releases that a query describes, page by page.
    pub(crate) fn search(query: &Query) -> List<ReleaseView> {
        List::new("provenance_search", vec![json!(query)], None)
    }

    /// The hash of the best block.
    pub(crate) async fn best(&self) -> Result<Hash> {
        self.ask("chain_getBlockHash", vec![]).await
    }

    /// Whether this is a chain whose tokens are worth something, as its specification says.
    pub(crate) async fn is_live(&self) -> Result<bool> {
        let kind: Value = self.ask("system_chainType", vec![]).await?;
        Ok(kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("live")))
    }

    /// The number of the account's next transaction, those in the pool counted.
    pub(crate) async fn next_nonce(&self, account: &str) -> Result<u64> {
        self.ask("system_accountNextIndex", vec![json!(account)]).await
    }

    /// Has the node try something on behalf of an account: what it costs, or why it would fail.
    pub(crate) async fn prepare(&self, account: &str, action: &Action) -> Result<Result<Costs, Refusal>> {
        let params = vec![json!(account), json!(action)];
        match self.request::<Costs>("provenance_prepare", params).await {
            Ok(costs) => Ok(Ok(costs)),
            Err(RpcError::User(error)) if matches!(error.code, WOULD_FAIL | TOO_POOR | -32602) => {
                Ok(Err(self.refusal(&error)))
            }
            Err(error) => Err(self.failure("provenance_prepare", error)),
        }
    }

    fn refusal(&self, error: &UserError) -> Refusal {
        let data: Value =
            error.data.as_ref().and_then(|data| serde_json::from_str(data.get()).ok()).unwrap_or_default();
        let text = |name: &str| data.get(name).and_then(Value::as_str).map(crate::output::safe);
        let (pallet, name, explanation) = (text("pallet"), text("error"), text("explanation"));
        match (error.code, pallet, name, explanation) {
            (WOULD_FAIL, Some(pallet), Some(name), _) if pallet == "Reservations" => {
                Refusal::Reservation { error: name }
            }
            (WOULD_FAIL, Some(pallet), Some(name), Some(explanation)) => {
                let parent = data.get("parent").and_then(Value::as_u64);
                Refusal::Other(module_failure(&pallet, &name, &explanation, parent))
            }
            (TOO_POOR, ..) => {
                let amount = |name: &str| text(name).and_then(|text| text.parse().ok()).map(Balance);
                let shown = |name: &str| amount(name).map_or("?".to_owned(), |amount| self.token.show(amount));
                Refusal::Other(
                    Failure::refused(format!(
                        "the account cannot pay: it takes {} (fee, price, deposit, and what must stay), and {} can be spent",
                        shown("needed"),
                        shown("available")
                    ))
                    .hint("nothing was paid; send tokens to the account, or choose another with --account")
                    .details(data),
                )
            }
            (-32602, _, _, Some(explanation)) => {
                let field = text("field").unwrap_or_default();
                Refusal::Other(Failure::refused(format!("{field}: {explanation}")).details(data))
            }
            _ => Refusal::Other(Failure::refused(clean(error))),
        }
    }
}

/// A list, page by page: as much in memory as one page.
#[derive(Debug)]
pub(crate) struct List<Item> {
    method: &'static str,
    params: Vec<Value>,
    at: Option<Hash>,
    after: Option<String>,
    ended: bool,
    items: std::marker::PhantomData<Item>,
}

impl<Item: DeserializeOwned> List<Item> {
    fn new(method: &'static str, params: Vec<Value>, at: Option<Hash>) -> Self {
        Self { method, params, at, after: None, ended: false, items: std::marker::PhantomData }
    }

    /// The next page, if there is one.
    pub(crate) async fn next(&mut self, chain: &Chain) -> Result<Option<Vec<Item>>> {
        if self.ended {
            return Ok(None);
        }
        let page = chain.page(self.method, &self.params, self.after.as_ref(), self.at.as_ref()).await?;
        let Some(Page { items, next }) = page else {
            self.ended = true;
            return Ok(None);
        };
        // A node that gives a cursor again would be asked for ever.
        self.ended = next.is_none() || next == self.after;
        self.after = next;
        Ok(Some(items))
    }
}

/// An error of a pallet: its documentation is the sentence.
pub(crate) fn module_failure(pallet: &str, name: &str, explanation: &str, parent: Option<u64>) -> Failure {
    let explanation = explanation.trim();
    let parent_text = parent.map(|index| format!(" (parent {})", index.saturating_add(1))).unwrap_or_default();
    let message = if explanation.is_empty() {
        format!("the chain refuses: {pallet}.{name}{parent_text}")
    } else {
        format!("{explanation}{parent_text}")
    };
    Failure::refused(message).details(json!({ "pallet": pallet, "error": name, "parent": parent }))
}

const START_A_NODE: &str =
    "start one with `make run` (or `pedigree-node --dev`), or name another with --node or PEDIGREE_NODE";

fn clean(error: &UserError) -> String {
    crate::output::safe(&error.message)
}

/// The innermost reason: outer layers only say that something failed.
pub(crate) fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let text = crate::output::safe(&cause.to_string());
    // The transport repeats itself before it comes to the point.
    let text = text.rsplit("client error: ").next().unwrap_or_default();
    let text = text.rsplit("Error when opening the TCP socket: ").next().unwrap_or_default();
    text.split(" (os error").next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        let token = Token::default();
        let show = |plancks| token.show(Balance(plancks));
        assert_eq!(show(0), "0 PDG");
        assert_eq!(show(1_000_000_000), "0.001 PDG");
        assert_eq!(show(1_250_000_000_000), "1.25 PDG");
        assert_eq!(show(1_000_000_000_000_000_000), "1,000,000 PDG");
        assert_eq!(show(1), "0.000000000001 PDG");
        assert_eq!(show(1_234_567_890_123), "1.234567 PDG");
    }

    #[test]
    fn a_pallets_error_is_its_sentence() {
        let failure = module_failure("Models", "ParentForbidsDerivatives", "The parent forbids it.", Some(1));
        assert_eq!(failure.message, "The parent forbids it. (parent 2)");
        assert_eq!(failure.details.unwrap()["error"], "ParentForbidsDerivatives");
    }
}
