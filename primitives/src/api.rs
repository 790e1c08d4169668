//! The runtime APIs and what they answer with.
//!
//! Views are made inside the runtime, ready to be read: names beside ids, standing and holder as they are *now*. They
//! are both SCALE (between runtime and node) and JSON (between node and everybody else): camel-case names, bytes as
//! hexadecimal, balances as decimal strings, accounts as SS58.

use alloc::{boxed::Box, string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::AccountId32;

use crate::{
    Access, Bytes, ChannelKind, DigestKind, ManifestSummary, NamespaceId, NetUid, RecordId, RecordKind, Relation,
    ReleaseId, Score, Standing, Terms,
};

/// The number of a block.
pub type BlockNumber = u32;

/// An amount of the chain's token, in its smallest unit. In JSON a decimal string: JSON numbers lose digits.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, TypeInfo, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Balance(#[serde(with = "decimal")] pub u128);

mod decimal {
    use alloc::string::{String, ToString};
    use serde::{de::Error as _, Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("a decimal string expected"))
    }
}

/// The most items on a page.
pub const MAX_PAGE: u32 = 100;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Page<Item> {
    /// The items.
    pub items: Vec<Item>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<Bytes>,
}

/// Which page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct PageRequest {
    /// What the page before it named as `next`; nothing for the first page.
    #[serde(default)]
    pub after: Option<Bytes>,
    /// How many items at most; no more than [`MAX_PAGE`].
    pub limit: u32,
}

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceView {
    /// Its id.
    pub id: NamespaceId,
    /// Its name.
    pub name: String,
    /// The channel it belongs to; nothing for a plain name.
    pub channel: Option<ChannelKind>,
    /// Its standing.
    pub standing: Standing,
    /// Who owns it; nobody owns an unlinked channel.
    pub owner: Option<AccountId32>,
    /// To whom its owner has offered it.
    pub offered_to: Option<AccountId32>,
    /// The block it was claimed or opened in.
    pub created: BlockNumber,
    /// How long its owner is linked to it; only for a channel that has one.
    pub link: Option<ChannelLinkView>,
}

/// That somebody controls a channel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelLinkView {
    /// The block in which it was shown last.
    pub shown: BlockNumber,
    /// The first block in which anybody may end the link, unless it is shown again before.
    pub lapses: BlockNumber,
}

/// Who decides whether somebody controls a channel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct RegistrarsView {
    /// The registrars, ordered by account.
    pub registrars: Vec<AccountId32>,
    /// How many of them decide.
    pub threshold: u32,
}

/// What a registrar found.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct VerdictView {
    /// Who looked.
    pub registrar: AccountId32,
    /// Whether he found that it is so.
    pub attested: bool,
    /// If not, why: `missing`, `malformed`, `otherAccount`, `otherChain` or `outdated`.
    pub refusal: Option<String>,
    /// Whether it counts: only while he is a registrar.
    pub counts: bool,
}

/// That somebody asks to be linked to a channel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkRequestView {
    /// The channel.
    pub name: String,
    /// Who asks.
    pub claimant: AccountId32,
    /// Whom it is linked to now.
    pub owner: Option<AccountId32>,
    /// The commit that has `pedigree.json`; nothing for a domain, which has a TXT record.
    pub commit: Option<Bytes>,
    /// Whether the deposits of what others catalogued there are to pass to whoever asks.
    pub adopt: bool,
    /// The block in which it was made.
    pub made: BlockNumber,
    /// The last block in which it can be judged.
    pub expires: BlockNumber,
    /// What registrars found.
    pub verdicts: Vec<VerdictView>,
    /// The first block in which the channel can pass over, once its owner was given notice.
    pub notice: Option<BlockNumber>,
    /// Whether somebody else has shown since that he controls the channel: it can only be closed.
    pub superseded: bool,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// Its id.
    pub id: RecordId,
    /// `NAMESPACE/NAME`.
    pub name: String,
    /// What it is.
    pub kind: RecordKind,
    /// The namespace it is in.
    pub namespace: NamespaceId,
    /// The standing of that namespace.
    pub standing: Standing,
    /// Who owns it: the owner of the namespace.
    pub owner: Option<AccountId32>,
    /// How many releases it has; the latest has this number.
    pub releases: u32,
    /// Who may cite it (a dataset).
    pub access: Option<Access<BlockNumber>>,
    /// The namespace that its owner has offered it to.
    pub offered_to: Option<NamespaceId>,
    /// Who paid its deposit.
    pub depositor: AccountId32,
    /// How much the deposit is.
    pub deposit: Balance,
    /// The block it was made in.
    pub created: BlockNumber,
}

/// A digest from outside this chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct DigestView {
    /// Of what.
    pub kind: DigestKind,
    /// Its bytes.
    pub value: Bytes,
}

/// A parent, with how it stood when it was cited and how it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentView {
    /// The parent.
    pub release: ReleaseId,
    /// `NAMESPACE/NAME@NUMBER`.
    pub name: String,
    /// What it is.
    pub kind: RecordKind,
    /// How the child was built from it.
    pub relation: Relation,
    /// The standing of its namespace when it was cited.
    pub standing_when_cited: Standing,
    /// The standing of its namespace now.
    pub standing: Standing,
    /// Whether it had been yanked when it was cited.
    pub yanked_when_cited: bool,
    /// Whether it is yanked now.
    pub yanked: bool,
}

/// A child: a release that was built from the one asked about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildView {
    /// The child.
    pub release: ReleaseId,
    /// `NAMESPACE/NAME@NUMBER`.
    pub name: String,
    /// What it is.
    pub kind: RecordKind,
    /// How it was built from its parent.
    pub relation: Relation,
    /// The standing of its namespace now.
    pub standing: Standing,
    /// Whether it is yanked now.
    pub yanked: bool,
}

/// Why and since when a release should not be used any more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct YankView {
    /// Why.
    pub reason: String,
    /// What to use instead.
    pub successor: Option<ReleaseId>,
    /// The name of the successor.
    #[serde(rename = "successorName")]
    pub successor_name: Option<String>,
    /// The block it was yanked in.
    pub block: BlockNumber,
}

/// Where catalogued files come from.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct UpstreamView {
    /// The page or repository that they are published at.
    pub url: String,
    /// Which version of it.
    pub revision: String,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseView {
    /// Its id.
    pub id: ReleaseId,
    /// `NAMESPACE/NAME@NUMBER`.
    pub name: String,
    /// What it is.
    pub kind: RecordKind,
    /// The standing of its namespace now.
    pub standing: Standing,
    /// The standing of its namespace when it was registered.
    pub standing_when_registered: Standing,
    /// Who registered it.
    pub registrant: AccountId32,
    /// Who owns it now.
    pub owner: Option<AccountId32>,
    /// The bytes.
    pub manifest: ManifestSummary,
    /// Whether it is the holder of its root.
    pub holder: bool,
    /// The terms.
    pub terms: Terms,
    /// What it was built from.
    pub parents: Vec<ParentView>,
    /// BLAKE2b-256 of its card.
    pub card: Option<H256>,
    /// Where its files may be found.
    pub locations: Vec<String>,
    /// Digests by which others know it.
    pub digests: Vec<DigestView>,
    /// Set if it is catalogued: files of somebody else, from there.
    pub upstream: Option<UpstreamView>,
    /// The block its root was reserved in.
    pub first_seen: BlockNumber,
    /// The block it was registered in.
    pub registered: BlockNumber,
    /// Set if it has been yanked.
    pub yanked: Option<YankView>,
}

/// One part of what a payment to a release is split into.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareView {
    /// Who is owed.
    pub release: ReleaseId,
    /// `NAMESPACE/NAME@NUMBER`.
    pub name: String,
    /// The part, in millionths. All parts add up to 1,000,000.
    pub millionths: u32,
}

/// In which direction a lineage is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// To what a release was built from.
    Ancestors,
    /// To what was built from it.
    Descendants,
}

/// Which part of a lineage is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineageRequest {
    /// In which direction.
    pub direction: Direction,
    /// How many generations from the release; nothing means all.
    pub generations: Option<u32>,
    /// Which page of it.
    pub page: PageRequest,
}

/// A release in the lineage of another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelativeView {
    /// The release, with its own parents.
    #[serde(flatten)]
    pub release: ReleaseView,
    /// How many generations it is away, on the shortest way; the release that was asked about is at 0.
    pub generation: u32,
}

/// A page of what is met on the way through a lineage.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lineage<Item> {
    /// What was met, generation after generation.
    pub items: Vec<Item>,
    /// Where the next page begins; nothing on the last one.
    pub next: Option<Bytes>,
    /// Whether there is more than a lineage shows: go on with the children, or parents, of single releases.
    pub truncated: bool,
}

/// The most releases that the lineage of one release shows.
pub const MAX_LINEAGE: u32 = 10_000;

/// What came to a release, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EarningsView {
    /// The release.
    pub release: ReleaseId,
    /// `NAMESPACE/NAME@NUMBER`.
    pub name: String,
    /// Who can withdraw what it is owed; nobody owns what is in an unlinked channel.
    pub owner: Option<AccountId32>,
    /// What was paid to the release itself, ever.
    pub paid: Balance,
    /// How much of that was not credited yet. It is within a few blocks.
    pub unsettled: Balance,
    /// What can be withdrawn now: of its own payments, and of those to its descendants.
    pub owed: Balance,
    /// What went to its owners, ever.
    pub withdrawn: Balance,
    /// What went to the treasury, because nobody owned it for too long.
    pub expired: Balance,
    /// In which block what it is owed can go to the treasury; only where nobody owns it.
    pub expires: Option<BlockNumber>,
    /// What it earned in subnets and does not have yet. Once it has matured it is paid, and shared with its ancestors.
    pub maturing: Balance,
    /// From which block on the oldest of that can be.
    pub matures: Option<BlockNumber>,
}

/// What one release had of all that was paid to another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// Which release, its name and its share.
    #[serde(flatten)]
    pub share: ShareView,
    /// What it had so far, to the last unit.
    pub amount: Balance,
}

/// What a release had of all that was paid to another: to itself, or to something that was built from it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// Which release was paid, the share of that, and what it came to.
    #[serde(flatten)]
    pub part: PartView,
    /// What was paid to that release and credited.
    pub settled: Balance,
    /// How many generations it is away; the release that was asked about is at 0.
    pub generation: u32,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    /// Which payment to this release it was, from 1.
    pub number: u64,
    /// Who paid.
    pub payer: AccountId32,
    /// How much.
    pub amount: Balance,
    /// The digest of what it was for, if the payer says.
    pub memo: Option<H256>,
    /// In which block.
    pub block: BlockNumber,
}

/// Who paid a release, and who had what of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementView {
    /// What came to the release and what became of it.
    #[serde(flatten)]
    pub earnings: EarningsView,
    /// What the release itself and each of its ancestors had of what was paid to it and credited. Together that is all.
    pub parts: Vec<PartView>,
    /// How many payments were made to it.
    pub payments: u64,
    /// The latest of them, the last first.
    pub latest: Vec<PaymentView>,
}

/// Somebody who pays for what an account registers, and what is left of what he allows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SponsorshipView {
    /// Who pays.
    pub sponsor: AccountId32,
    /// For whom.
    pub beneficiary: AccountId32,
    /// How many calls.
    pub calls: u32,
    /// How much for fees.
    pub fees: Balance,
    /// How much for the price of names.
    pub names: Balance,
    /// How much for deposits.
    pub deposits: Balance,
    /// The last block.
    pub until: BlockNumber,
}

/// Which releases are searched for: those to which all applies that is said here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Query {
    /// A part of `NAMESPACE/NAME`, in whatever case.
    pub name: Option<String>,
    /// The namespace that they are in.
    pub namespace: Option<String>,
    /// What they are.
    pub kind: Option<RecordKind>,
    /// A licence: all of their licence expression, or one that it names.
    pub licence: Option<String>,
    /// How they were built from at least one of their parents.
    pub relation: Option<Relation>,
    /// Every release of a record; otherwise only the latest.
    pub every_release: bool,
}

/// What is to be prepared: a call, as plain JSON.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Action {
    /// Reserve a root, before it is registered.
    ReserveRoot {
        /// The manifest root.
        root: H256,
        /// 32 random bytes, kept until the release is registered.
        salt: H256,
    },
    /// Reserve a plain namespace, before it is claimed.
    ReserveNamespace {
        /// Its name.
        name: String,
        /// 32 random bytes, kept until it is claimed.
        salt: H256,
    },
    /// Claim a plain namespace that was reserved before.
    ClaimNamespace {
        /// Its name.
        name: String,
        /// The salt of the reservation.
        salt: H256,
    },
    /// Open a channel namespace, so that files can be catalogued in it.
    OpenNamespace {
        /// Its name.
        name: String,
    },
    /// Ask to be linked to a channel that one controls.
    RequestLink {
        /// Its name.
        name: String,
        /// The commit of the channel's repository `pedigree` that has `pedigree.json`; not for a domain.
        #[serde(default)]
        commit: Option<Bytes>,
        /// Whether the deposits of what others catalogued there are to pass to whoever asks.
        #[serde(default)]
        adopt: bool,
    },
    /// Take that back.
    CancelLinkRequest {
        /// The channel's name.
        name: String,
    },
    /// Register a release whose root was reserved before; makes the record if it is not there.
    Register {
        /// `NAMESPACE/NAME`.
        record: String,
        /// What it is.
        kind: RecordKind,
        /// The salt of the reservation.
        salt: H256,
        /// The release.
        release: ReleaseRequest,
    },
    /// Catalogue files of somebody else in an unlinked channel namespace.
    Catalogue {
        /// `NAMESPACE/NAME`.
        record: String,
        /// What it is.
        kind: RecordKind,
        /// The release.
        release: ReleaseRequest,
        /// Where the files come from.
        upstream: UpstreamView,
    },
    /// Warn of a release.
    Yank {
        /// `NAMESPACE/NAME@NUMBER`.
        release: String,
        /// Why.
        reason: String,
        /// What to use instead: `NAMESPACE/NAME@NUMBER`.
        #[serde(default)]
        successor: Option<String>,
    },
    /// Pay a release, and with it everything that it was built from.
    Pay {
        /// `NAMESPACE/NAME@NUMBER`.
        release: String,
        /// How much.
        amount: Balance,
        /// The digest of what it is for.
        #[serde(default)]
        memo: Option<H256>,
    },
    /// Send what releases are owed to whoever owns them.
    Withdraw {
        /// `NAMESPACE/NAME@NUMBER` of each.
        releases: Vec<String>,
    },
    /// Accept a namespace that was offered.
    AcceptNamespace {
        /// Its name.
        name: String,
    },
    /// Take a deposit over from whoever made it, such as a sponsor.
    Adopt {
        /// `NAMESPACE/NAME` for that of a record, `NAMESPACE/NAME@NUMBER` for that of one release.
        target: String,
    },
    /// Pay for what an account registers, up to limits.
    OpenSponsorship {
        /// For whom.
        beneficiary: AccountId32,
        /// How many calls.
        calls: u32,
        /// How much for fees.
        fees: Balance,
        /// How much for the price of names.
        #[serde(default)]
        names: Balance,
        /// How much for deposits.
        deposits: Balance,
        /// The last block.
        until: u32,
    },
    /// Make the emission of a release that is old enough its own.
    Mature {
        /// `NAMESPACE/NAME@NUMBER`.
        release: String,
    },
    /// Found a subnet.
    FoundSubnet {
        /// What is scored there: `model`, `dataset` or `service`.
        kind: String,
        /// How people call it.
        name: String,
        /// The most that it may cost; the present price, if nothing is said.
        #[serde(default)]
        price_limit: Option<Balance>,
    },
    /// Give a subnet something to pay out.
    FundSubnet {
        /// Which.
        netuid: NetUid,
        /// How much.
        amount: Balance,
    },
    /// Close a subnet for good.
    CloseSubnet {
        /// Which.
        netuid: NetUid,
    },
    /// Change a hyperparameter of a subnet.
    SetHyperparameter {
        /// Of which subnet.
        netuid: NetUid,
        /// Its name, as `subnets_hyperparameters` has it.
        name: String,
        /// Its value, as a decimal string; `1` is true.
        value: String,
    },
    /// Register a neuron.
    RegisterNeuron {
        /// In which subnet.
        netuid: NetUid,
        /// The release that is to be scored: `NAMESPACE/NAME@NUMBER`.
        #[serde(default)]
        release: Option<String>,
        /// The most that it may cost; the present price, if nothing is said.
        #[serde(default)]
        price_limit: Option<Balance>,
    },
    /// Take one's neuron away.
    DeregisterNeuron {
        /// From which subnet.
        netuid: NetUid,
    },
    /// Bind one's neuron to a release.
    BindNeuron {
        /// In which subnet.
        netuid: NetUid,
        /// The release that is to be scored: `NAMESPACE/NAME@NUMBER`.
        release: String,
        /// The most that it may cost where it is bound already; the present price, if nothing is said.
        #[serde(default)]
        price_limit: Option<Balance>,
    },
    /// Part a neuron from a release that does not hold its root any more.
    UnbindNeuron {
        /// In which subnet.
        netuid: NetUid,
        /// Which.
        uid: u16,
    },
    /// Say where one's neuron is found.
    SetEndpoint {
        /// In which subnet.
        netuid: NetUid,
        /// Where; nowhere, if it is empty.
        endpoint: String,
    },
    /// Commit to scores. They are not shown, so their hash is made by whoever asks.
    CommitScores {
        /// In which subnet.
        netuid: NetUid,
        /// [`scores_hash`](crate::scores_hash).
        hash: H256,
    },
    /// Reveal the scores that were committed to in the epoch before.
    RevealScores {
        /// In which subnet.
        netuid: NetUid,
        /// By rising uid.
        scores: Vec<Score>,
        /// The salt of the commitment.
        salt: H256,
    },
    /// Put tokens behind an evaluator.
    AllocateStake {
        /// In which subnet.
        netuid: NetUid,
        /// Behind whom.
        evaluator: AccountId32,
        /// How much.
        amount: Balance,
        /// The evaluator's take that is accepted, in millionths.
        accepted_take: u32,
    },
    /// Move stake from one evaluator, or subnet, to another.
    MoveStake {
        /// From where.
        from: StakePlace,
        /// To where.
        to: StakePlace,
        /// How much.
        amount: Balance,
        /// The take of the evaluator it goes to that is accepted, in millionths.
        accepted_take: u32,
    },
    /// Take stake out.
    UnbondStake {
        /// In which subnet.
        netuid: NetUid,
        /// From behind whom.
        evaluator: AccountId32,
        /// How much.
        amount: Balance,
    },
    /// Free what was taken out and is due.
    WithdrawUnbonded {},
    /// Withdraw the dividends of one's stake behind an evaluator, and as that evaluator one's take.
    WithdrawDividends {
        /// In which subnet.
        netuid: NetUid,
        /// Of stake behind whom.
        evaluator: AccountId32,
    },
    /// Say which part of the dividends one takes as an evaluator.
    SetTake {
        /// In which subnet.
        netuid: NetUid,
        /// How much, in millionths.
        take: u32,
    },
    /// End a sponsorship, and have back what was not used.
    CloseSponsorship {
        /// For whom it was.
        beneficiary: AccountId32,
    },
    /// Do something that a sponsor pays for.
    Sponsored {
        /// Who.
        sponsor: AccountId32,
        /// What: any other action that a sponsor pays for.
        call: Box<Action>,
    },
}

/// Where stake is, as plain JSON.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StakePlace {
    /// In which subnet.
    pub netuid: NetUid,
    /// Behind whom.
    pub evaluator: AccountId32,
}

/// A release, as plain JSON.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseRequest {
    /// The bytes.
    pub manifest: ManifestSummary,
    /// The terms.
    pub terms: Terms,
    /// What it was built from.
    #[serde(default)]
    pub parents: Vec<ParentRequest>,
    /// BLAKE2b-256 of its card.
    #[serde(default)]
    pub card: Option<H256>,
    /// Where its files may be found.
    #[serde(default)]
    pub locations: Vec<String>,
    /// Digests by which others know it.
    #[serde(default)]
    pub digests: Vec<DigestView>,
}

/// A parent, as plain JSON.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParentRequest {
    /// `NAMESPACE/NAME@NUMBER`.
    pub release: String,
    /// How the child was built from it.
    pub relation: Relation,
}

/// A call that is ready to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Prepared {
    /// The call's bytes.
    pub call: Bytes,
    /// What it costs, apart from a tip.
    pub fee: Balance,
    /// What is held on the account because of it, to be given back later.
    pub deposit: Balance,
    /// What it spends beside the fee, such as the price of a name.
    pub price: Balance,
    /// What a wallet is asked to sign, in the form that polkadot.js gives to wallets.
    pub payload: SignerPayload,
    /// The bytes to sign, for a signer that is no wallet: call, extensions and what they imply, hashed if they are
    /// longer than 256 bytes.
    pub sign: Bytes,
}

/// What a wallet signs: the fields of polkadot.js' `SignerPayloadJSON`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignerPayload {
    /// Who signs.
    pub address: AccountId32,
    /// The block that a mortal transaction starts from.
    pub block_hash: H256,
    /// Its number, hexadecimal.
    pub block_number: Bytes,
    /// For how long it is valid, encoded.
    pub era: Bytes,
    /// The genesis of the chain.
    pub genesis_hash: H256,
    /// The call.
    pub method: Bytes,
    /// The account's transaction number, hexadecimal.
    pub nonce: Bytes,
    /// The runtime's version, hexadecimal.
    pub spec_version: Bytes,
    /// The tip, hexadecimal.
    pub tip: Bytes,
    /// The version of the runtime's transaction format, hexadecimal.
    pub transaction_version: Bytes,
    /// The names of the extensions.
    pub signed_extensions: Vec<String>,
    /// The version of the extrinsic format.
    pub version: u8,
    /// Whether the metadata hash is checked: 0, it is not.
    pub mode: u8,
}

/// Why something cannot be prepared, or the very error that the call would fail with.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum PrepareError {
    /// A field of the request is wrong.
    Invalid {
        /// Which.
        field: String,
        /// Why, and what is expected.
        explanation: String,
    },
    /// The call would fail.
    WouldFail {
        /// The pallet it fails in.
        pallet: String,
        /// The error's name.
        error: String,
        /// For an error about one of the parents: which, from 0.
        parent: Option<u8>,
        /// What is wrong and what to do.
        explanation: String,
    },
    /// The account cannot pay.
    TooPoor {
        /// What it takes: fee, price and deposit, and what must stay on the account.
        needed: Balance,
        /// What the account has to spend.
        available: Balance,
    },
}

sp_api::decl_runtime_apis! {
    /// Who publishes under which name.
    pub trait NamespacesApi {
        /// The namespace of that name.
        fn namespace(name: String) -> Option<NamespaceView>;
        /// The namespace of that id.
        fn namespace_by_id(id: NamespaceId) -> Option<NamespaceView>;
        /// All namespaces, ordered by id.
        fn namespaces(page: PageRequest) -> Page<NamespaceView>;
        /// What it costs to claim that plain name, or nothing if it is none.
        fn price(name: String) -> Option<Balance>;
    }

    /// Who controls a channel.
    pub trait StandingApi {
        /// Who decides it.
        fn registrars() -> RegistrarsView;
        /// The request of that account to be linked to that channel.
        fn link_request(name: String, claimant: AccountId32) -> Option<LinkRequestView>;
        /// The requests for that channel, or for all of them.
        fn link_requests(name: Option<String>, page: PageRequest) -> Page<LinkRequestView>;
    }

    /// What was published, and what it was built from.
    pub trait ProvenanceApi {
        /// The record of that id.
        fn record(id: RecordId) -> Option<RecordView>;
        /// The record of that name: `NAMESPACE/NAME`.
        fn record_by_name(name: String) -> Option<RecordView>;
        /// The release of that id.
        fn release(id: ReleaseId) -> Option<ReleaseView>;
        /// The release of that name: `NAMESPACE/NAME@NUMBER`, or the latest of `NAMESPACE/NAME`.
        fn release_by_name(name: String) -> Option<ReleaseView>;
        /// The holder of a root.
        fn holder(root: H256) -> Option<ReleaseView>;
        /// All releases of these bytes.
        fn releases_by_root(root: H256, page: PageRequest) -> Page<ReleaseView>;
        /// All releases that name this digest.
        fn releases_by_digest(digest: DigestView, page: PageRequest) -> Page<ReleaseView>;
        /// The records of a namespace.
        fn records_of_namespace(name: String, page: PageRequest) -> Page<RecordView>;
        /// The releases of a record, ordered by number.
        fn releases_of_record(id: RecordId, page: PageRequest) -> Page<ReleaseView>;
        /// The releases of all records of a namespace, record by record.
        fn releases_of_namespace(name: String, page: PageRequest) -> Page<ReleaseView>;
        /// What a release was built from.
        fn parents(id: ReleaseId) -> Option<Vec<ParentView>>;
        /// What was built from a release.
        fn children(id: ReleaseId, page: PageRequest) -> Page<ChildView>;
        /// What a release was built from, or what was built from it, over many generations; itself first.
        fn lineage(id: ReleaseId, request: LineageRequest) -> Option<Lineage<RelativeView>>;
        /// The releases that a query describes, ordered by id; within a namespace, record by record.
        fn search(query: Query, page: PageRequest) -> Page<ReleaseView>;
        /// What a payment to a release is split into.
        fn royalty_split(id: ReleaseId) -> Option<Vec<ShareView>>;
        /// Makes the call for an action of `account`, tries it, and tells what it costs, or why it would fail.
        fn prepare(account: AccountId32, action: Action) -> Result<Prepared, PrepareError>;
        /// Puts a prepared payload and its signature together to the transaction that can be submitted.
        fn assemble(payload: SignerPayload, signature: Bytes) -> Option<Bytes>;
    }

    /// Who pays for what others register.
    pub trait SponsorshipApi {
        /// Those who pay for an account.
        fn sponsors_of(beneficiary: AccountId32, page: PageRequest) -> Page<SponsorshipView>;
    }

    /// What releases earn.
    pub trait PayoutsApi {
        /// Who paid a release, and who had what of it.
        fn statement(id: ReleaseId) -> Option<StatementView>;
        /// What came to a release, by the releases that were paid: itself, and what was built from it.
        fn sources(id: ReleaseId, page: PageRequest) -> Option<Lineage<SourceView>>;
        /// What came to the releases of a namespace, those that ever earned anything.
        fn earnings_of_namespace(name: String, page: PageRequest) -> Page<EarningsView>;
    }
}
