//! What the node answers, and what it is asked: JSON, as `docs/rpc.md` has it.

use std::fmt;

use pedigree_manifest::Hash;
use serde::{Deserialize, Serialize};

mod economy;

pub(crate) use economy::*;

/// An amount in plancks: a decimal string in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Balance(pub(crate) u128);

impl Serialize for Balance {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Balance {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RecordKind {
    Model,
    Dataset,
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Model => "model",
            Self::Dataset => "dataset",
        })
    }
}

/// With what authority somebody publishes; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Standing {
    Unlinked,
    Plain,
    Linked,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unlinked => "unlinked",
            Self::Plain => "plain",
            Self::Linked => "linked",
        })
    }
}

/// How a release was built from its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Relation {
    FineTune,
    Adapter,
    Merge,
    Quantisation,
    Distillation,
    TrainedOn,
    DerivedFrom,
}

impl Relation {
    /// All of them, as they are typed and shown.
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::FineTune, "fine-tune"),
        (Self::Adapter, "adapter"),
        (Self::Merge, "merge"),
        (Self::Quantisation, "quantisation"),
        (Self::Distillation, "distillation"),
        (Self::TrainedOn, "trained-on"),
        (Self::DerivedFrom, "derived-from"),
    ];
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find_map(|(relation, word)| (relation == self).then_some(*word));
        f.write_str(word.unwrap_or("parent"))
    }
}

/// What kind of digest from outside the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DigestKind {
    Sha256,
    HubCommit,
    SigningManifest,
    Oci,
}

impl DigestKind {
    /// All of them, as they are typed and shown.
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Sha256, "sha256"),
        (Self::HubCommit, "hub-commit"),
        (Self::SigningManifest, "signing-manifest"),
        (Self::Oci, "oci"),
    ];
}

impl fmt::Display for DigestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find_map(|(kind, word)| (kind == self).then_some(*word));
        f.write_str(word.unwrap_or("digest"))
    }
}

/// Which release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ReleaseId {
    pub(crate) record: u64,
    pub(crate) number: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamespaceView {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) channel: Option<String>,
    pub(crate) standing: Standing,
    pub(crate) owner: Option<String>,
    pub(crate) offered_to: Option<String>,
    pub(crate) created: u32,
    pub(crate) link: Option<ChannelLinkView>,
}

/// How long the owner of a channel is linked to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ChannelLinkView {
    pub(crate) shown: u32,
    pub(crate) lapses: u32,
}

/// Who decides whether somebody controls a channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RegistrarsView {
    pub(crate) registrars: Vec<String>,
    pub(crate) threshold: u32,
}

/// What a registrar found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct VerdictView {
    pub(crate) registrar: String,
    pub(crate) attested: bool,
    pub(crate) refusal: Option<String>,
    pub(crate) counts: bool,
}

/// That somebody asks to be linked to a channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkRequestView {
    pub(crate) name: String,
    pub(crate) claimant: String,
    pub(crate) owner: Option<String>,
    pub(crate) commit: Option<String>,
    pub(crate) adopt: bool,
    pub(crate) made: u32,
    pub(crate) expires: u32,
    pub(crate) verdicts: Vec<VerdictView>,
    pub(crate) notice: Option<u32>,
    pub(crate) superseded: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Access {
    pub(crate) by_grant: bool,
    pub(crate) consent_until: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordView {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) kind: RecordKind,
    pub(crate) namespace: u64,
    pub(crate) standing: Standing,
    pub(crate) owner: Option<String>,
    pub(crate) releases: u32,
    pub(crate) access: Option<Access>,
    pub(crate) offered_to: Option<u64>,
    pub(crate) depositor: String,
    pub(crate) deposit: Balance,
    pub(crate) created: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ManifestSummary {
    pub(crate) root: Hash,
    pub(crate) files: u64,
    pub(crate) tensors: u64,
    pub(crate) bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Terms {
    pub(crate) licence: String,
    pub(crate) commercial_use: bool,
    pub(crate) derivatives: bool,
    pub(crate) share_alike: bool,
    pub(crate) attribution: bool,
    /// In millionths.
    pub(crate) royalty: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DigestView {
    pub(crate) kind: DigestKind,
    /// Hexadecimal.
    pub(crate) value: String,
}

impl fmt::Display for DigestView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.value.trim_start_matches("0x"))
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParentView {
    pub(crate) release: ReleaseId,
    pub(crate) name: String,
    pub(crate) kind: RecordKind,
    pub(crate) relation: Relation,
    pub(crate) standing_when_cited: Standing,
    pub(crate) standing: Standing,
    pub(crate) yanked_when_cited: bool,
    pub(crate) yanked: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct YankView {
    pub(crate) reason: String,
    pub(crate) successor: Option<ReleaseId>,
    pub(crate) successor_name: Option<String>,
    pub(crate) block: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upstream {
    pub(crate) url: String,
    pub(crate) revision: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReleaseView {
    pub(crate) id: ReleaseId,
    pub(crate) name: String,
    pub(crate) kind: RecordKind,
    pub(crate) standing: Standing,
    pub(crate) standing_when_registered: Standing,
    pub(crate) registrant: String,
    pub(crate) owner: Option<String>,
    pub(crate) manifest: ManifestSummary,
    pub(crate) holder: bool,
    pub(crate) terms: Terms,
    pub(crate) parents: Vec<ParentView>,
    pub(crate) card: Option<Hash>,
    pub(crate) locations: Vec<String>,
    pub(crate) digests: Vec<DigestView>,
    pub(crate) upstream: Option<Upstream>,
    pub(crate) first_seen: u32,
    pub(crate) registered: u32,
    pub(crate) yanked: Option<YankView>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ShareView {
    pub(crate) release: ReleaseId,
    pub(crate) name: String,
    pub(crate) millionths: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EarningsView {
    pub(crate) release: ReleaseId,
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
    pub(crate) paid: Balance,
    pub(crate) unsettled: Balance,
    pub(crate) owed: Balance,
    pub(crate) withdrawn: Balance,
    pub(crate) expired: Balance,
    pub(crate) expires: Option<u32>,
    pub(crate) maturing: Balance,
    pub(crate) matures: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PartView {
    #[serde(flatten)]
    pub(crate) share: ShareView,
    pub(crate) amount: Balance,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PaymentView {
    pub(crate) number: u64,
    pub(crate) payer: String,
    pub(crate) amount: Balance,
    pub(crate) memo: Option<Hash>,
    pub(crate) block: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StatementView {
    #[serde(flatten)]
    pub(crate) earnings: EarningsView,
    pub(crate) parts: Vec<PartView>,
    pub(crate) payments: u64,
    pub(crate) latest: Vec<PaymentView>,
}

/// In which direction a lineage is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Direction {
    /// To what a release was built from.
    Ancestors,
    /// To what was built from it.
    Descendants,
}

/// A release in the lineage of another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RelativeView {
    #[serde(flatten)]
    pub(crate) release: ReleaseView,
    /// How many generations it is away.
    pub(crate) generation: u32,
}

/// A page of what is met on the way through a lineage.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Lineage<Item> {
    pub(crate) items: Vec<Item>,
    pub(crate) next: Option<String>,
    /// There is more than the node walks through.
    pub(crate) truncated: bool,
}

/// What a release had of all that was paid to itself, or to something that was built from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SourceView {
    #[serde(flatten)]
    pub(crate) part: PartView,
    pub(crate) settled: Balance,
    pub(crate) generation: u32,
}

/// Which releases are searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Query {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) kind: Option<RecordKind>,
    pub(crate) licence: Option<String>,
    pub(crate) relation: Option<Relation>,
    pub(crate) every_release: bool,
}

/// A block's header, as the SDK has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeaderView {
    /// Hexadecimal.
    pub(crate) number: String,
    pub(crate) state_root: Hash,
}

/// Which block, and the root of all that the chain knew in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockView {
    pub(crate) number: u32,
    pub(crate) hash: Hash,
    pub(crate) state_root: Hash,
}

/// Somebody who may cite a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct GrantView {
    pub(crate) record: u64,
    pub(crate) name: String,
    pub(crate) account: String,
    pub(crate) until: Option<u32>,
}

/// How far a sponsor goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Allowance {
    pub(crate) calls: u32,
    pub(crate) fees: Balance,
    pub(crate) names: Balance,
    pub(crate) deposits: Balance,
    /// The last block.
    pub(crate) until: u32,
}

/// Somebody who pays for another, and what is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SponsorshipView {
    pub(crate) sponsor: String,
    pub(crate) beneficiary: String,
    #[serde(flatten)]
    pub(crate) left: Allowance,
}

/// What an account has reserved and not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReservationView {
    pub(crate) hash: Hash,
    pub(crate) block: u32,
    pub(crate) deposit: Balance,
}

/// One page of a list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Page<Item> {
    pub(crate) items: Vec<Item>,
    pub(crate) next: Option<String>,
}

/// What is about to be done, to be tried by the node before it is paid for.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "action", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Action {
    ReserveRoot { root: Hash, salt: Hash },
    ReserveNamespace { name: String, salt: Hash },
    ClaimNamespace { name: String, salt: Hash },
    OpenNamespace { name: String },
    RequestLink { name: String, commit: Option<String>, adopt: bool },
    Register { record: String, kind: RecordKind, salt: Hash, release: ReleaseRequest },
    Catalogue { record: String, kind: RecordKind, release: ReleaseRequest, upstream: Upstream },
    Yank { release: String, reason: String, successor: Option<String> },
    Pay { release: String, amount: Balance, memo: Option<Hash> },
    Withdraw { releases: Vec<String> },
    AcceptNamespace { name: String },
    Adopt { target: String },
    OpenSponsorship { beneficiary: String, calls: u32, fees: Balance, names: Balance, deposits: Balance, until: u32 },
    CloseSponsorship { beneficiary: String },
    Mature { release: String },
    FoundSubnet { kind: SubnetKind, name: String, price_limit: Balance },
    FundSubnet { netuid: u16, amount: Balance },
    CloseSubnet { netuid: u16 },
    SetHyperparameter { netuid: u16, name: String, value: String },
    RegisterNeuron { netuid: u16, release: Option<String>, price_limit: Balance },
    DeregisterNeuron { netuid: u16 },
    BindNeuron { netuid: u16, release: String, price_limit: Balance },
    UnbindNeuron { netuid: u16, uid: u16 },
    SetEndpoint { netuid: u16, endpoint: String },
    CommitScores { netuid: u16, hash: Hash },
    RevealScores { netuid: u16, scores: Vec<Score>, salt: Hash },
    AllocateStake { netuid: u16, evaluator: String, amount: Balance, accepted_take: u32 },
    MoveStake { from: StakePlace, to: StakePlace, amount: Balance, accepted_take: u32 },
    UnbondStake { netuid: u16, evaluator: String, amount: Balance },
    WithdrawUnbonded,
    WithdrawDividends { netuid: u16, evaluator: String },
    SetTake { netuid: u16, take: u32 },
    Sponsored { sponsor: String, call: Box<Action> },
}

/// A release that is about to be registered.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReleaseRequest {
    pub(crate) manifest: ManifestSummary,
    pub(crate) terms: Terms,
    pub(crate) parents: Vec<ParentRequest>,
    pub(crate) card: Option<Hash>,
    pub(crate) locations: Vec<String>,
    pub(crate) digests: Vec<DigestView>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParentRequest {
    /// `NAMESPACE/NAME@NUMBER`.
    pub(crate) release: String,
    pub(crate) relation: Relation,
    /// The release by id, as the transaction names it.
    #[serde(skip)]
    pub(crate) id: ReleaseId,
}

/// What something costs, when the node has tried it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Costs {
    pub(crate) fee: Balance,
    pub(crate) deposit: Balance,
    #[serde(default)]
    pub(crate) price: Balance,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_action_is_what_the_node_expects() {
        let action = Action::ReserveRoot { root: Hash([1; 32]), salt: Hash([2; 32]) };
        let value = serde_json::to_value(action).unwrap();
        assert_eq!(
            value,
            json!({"action": "reserveRoot", "root": Hash([1; 32]).to_string(), "salt": Hash([2; 32]).to_string()})
        );
        let terms = Terms {
            licence: "MIT".into(),
            commercial_use: true,
            derivatives: true,
            share_alike: false,
            attribution: false,
            royalty: 25_000,
        };
        assert_eq!(serde_json::to_value(terms).unwrap()["commercialUse"], true);
        assert_eq!(serde_json::to_value(Relation::TrainedOn).unwrap(), "trainedOn");
        assert_eq!(Relation::TrainedOn.to_string(), "trained-on");
        assert_eq!(serde_json::to_value(DigestKind::HubCommit).unwrap(), "hubCommit");
    }

    #[test]
    fn balances_are_decimal_strings() {
        let costs: Costs = serde_json::from_value(
            json!({"fee": "12", "deposit": "340282366920938463463374607431768211455", "call": "0x"}),
        )
        .unwrap();
        assert_eq!(costs.fee, Balance(12));
        assert_eq!(costs.deposit, Balance(u128::MAX));
        assert!(serde_json::from_value::<Balance>(json!(12)).is_err());
    }
}
