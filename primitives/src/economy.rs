//! The runtime APIs of subnets and stake, and what they answer with; in the manner of [`crate::api`].

use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::AccountId32;

use crate::{
    api::{Balance, BlockNumber, Page, PageRequest},
    NetUid, ReleaseId,
};

/// The most neurons on a page of a metagraph.
pub const MAX_METAGRAPH_PAGE: u16 = 256;

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubnetView {
    /// Its id.
    pub netuid: NetUid,
    /// How people call it.
    pub name: String,
    /// What is scored: `model`, `dataset` or `service`.
    pub kind: String,
    /// Who founded it.
    pub owner: AccountId32,
    /// The block it was founded in.
    pub founded: BlockNumber,
    /// Whether it is closed, and only being cleared away.
    pub closed: bool,
    /// Up to which block it is admitted to the emission; nothing if it is not.
    pub admitted_until: Option<BlockNumber>,
    /// Its share in the emission now, in billionths.
    pub share: u32,
    /// The epoch that is going on.
    pub epoch: u32,
    /// The block in which the epoch before ended, or in which it was founded.
    pub last_epoch: BlockNumber,
    /// The block from which on the epoch can end.
    pub due: Option<BlockNumber>,
    /// How many blocks an epoch lasts at least.
    pub tempo: u32,
    /// How many neurons there are.
    pub neurons: u16,
    /// How many of them may score.
    pub evaluators: u16,
    /// How many seats there can be, the burn slot among them.
    pub seats: u16,
    /// What a neuron costs now.
    pub neuron_price: Balance,
    /// What it was given to pay out, and has not.
    pub funds: Balance,
    /// What of the emission waits for the end of its epoch.
    pub pending: Balance,
    /// All stake in it.
    pub stake: Balance,
    /// Its moving average.
    pub average_stake: Balance,
}

/// A neuron.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NeuronView {
    /// Its seat.
    pub uid: u16,
    /// Whose it is.
    pub account: AccountId32,
    /// The block it was registered in.
    pub registered: BlockNumber,
    /// The block in which it became what it is: registered, or bound anew. Scores from before don't count.
    pub since: BlockNumber,
    /// The block from which on it can be replaced.
    pub immune_until: BlockNumber,
    /// The release that is scored.
    pub release: Option<ReleaseId>,
    /// Its name: `NAMESPACE/NAME@NUMBER`.
    pub release_name: Option<String>,
    /// The root that scores must name.
    pub root: Option<H256>,
    /// Where it is found.
    pub endpoint: Option<String>,
    /// Whether it may score.
    pub permit: bool,
    /// The stake behind it that counts.
    pub stake: Balance,
    /// Whether it has committed to scores in this epoch.
    pub committed: bool,
    /// Whether it has revealed scores in this epoch.
    pub revealed: bool,
    /// What it was in the last epoch; nothing before the first.
    pub last: Option<NeuronResultView>,
}

/// What became of a neuron in an epoch, in 65535ths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NeuronResultView {
    /// The most that enough stake gave it.
    pub consensus: u16,
    /// How much of its scores was within consensus.
    pub trust: u16,
    /// Its part of all incentive.
    pub incentive: u16,
    /// Its part of all dividends.
    pub dividends: u16,
    /// Its part of the stake that counted.
    pub stake: u16,
}

/// A page of a metagraph.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MetagraphView {
    /// The epoch that is going on.
    pub epoch: u32,
    /// The neurons, by rising uid; free seats and the burn slot are left out.
    pub neurons: Vec<NeuronView>,
    /// The uid that the next page begins with; nothing on the last one.
    pub next: Option<u16>,
}

/// A hyperparameter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HyperparameterView {
    /// Its name.
    pub name: String,
    /// Its value, as a decimal string; `1` is true.
    pub value: String,
    /// The least that it can be.
    pub least: String,
    /// The most that it can be.
    pub most: String,
    /// Whether only a referendum can change it.
    pub by_governance_only: bool,
}

/// What became of an epoch.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EpochView {
    /// Which.
    pub epoch: u32,
    /// The block it ended in.
    pub block: BlockNumber,
    /// What it had of the emission.
    pub emission: Balance,
    /// What it had of the subnet's funds.
    pub funds: Balance,
    /// What the owner had.
    pub owner_part: Balance,
    /// What contributors had.
    pub incentive: Balance,
    /// What evaluators and those behind them had.
    pub dividends: Balance,
    /// What nobody earned.
    pub burned: Balance,
    /// How many evaluators had scores in it.
    pub scored: u16,
}

/// A subnet's share in the emission.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmissionShareView {
    /// Which.
    pub netuid: NetUid,
    /// Its share, in billionths, rounded down.
    pub share: u32,
}

/// A holder's stake behind an evaluator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PositionView {
    /// In which subnet.
    pub netuid: NetUid,
    /// Behind whom.
    pub evaluator: AccountId32,
    /// All of it.
    pub stake: Balance,
    /// What of it counts in the epoch that is going on.
    pub counted: Balance,
    /// What can be withdrawn of its dividends.
    pub dividends: Balance,
    /// What is held for its entries.
    pub deposit: Balance,
}

/// A part of somebody's stake that is on its way out.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnbondingView {
    /// How much.
    pub amount: Balance,
    /// From which block on it is free.
    pub free_from: BlockNumber,
}

/// What stands behind an evaluator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EvaluatorView {
    /// All stake.
    pub stake: Balance,
    /// What of it counts in the epoch that is going on.
    pub counted: Balance,
    /// How many positions there are.
    pub positions: u32,
    /// His part of the dividends, in millionths.
    pub take: u32,
    /// A higher one that he has said.
    pub next_take: Option<u32>,
    /// From which block on.
    pub next_take_from: Option<BlockNumber>,
    /// What he can withdraw as his take.
    pub take_owed: Balance,
}

sp_api::decl_runtime_apis! {
    /// Who is scored, who scores, and what that pays.
    pub trait SubnetsApi {
        /// All subnets, ordered by id.
        fn subnets(page: PageRequest) -> Page<SubnetView>;
        /// The subnet of that id.
        fn subnet(netuid: NetUid) -> Option<SubnetView>;
        /// The neurons of a subnet from that uid on, at most so many and at most [`MAX_METAGRAPH_PAGE`].
        fn metagraph(netuid: NetUid, from: u16, limit: u16) -> Option<MetagraphView>;
        /// A neuron by its uid.
        fn neuron(netuid: NetUid, uid: u16) -> Option<NeuronView>;
        /// The neuron of an account.
        fn neuron_of(netuid: NetUid, account: AccountId32) -> Option<NeuronView>;
        /// How a subnet is set.
        fn hyperparameters(netuid: NetUid) -> Option<Vec<HyperparameterView>>;
        /// The latest epochs of a subnet, the last first.
        fn epochs(netuid: NetUid) -> Option<Vec<EpochView>>;
        /// The shares of the admitted subnets in the emission.
        fn emission_shares() -> Vec<EmissionShareView>;
        /// What founding a subnet costs now.
        fn founding_price() -> Balance;
    }

    /// Stake behind evaluators.
    pub trait StakeApi {
        /// The positions of a holder.
        fn positions(holder: AccountId32, page: PageRequest) -> Page<PositionView>;
        /// What of a holder's stake is on its way out.
        fn unbonding(holder: AccountId32) -> Vec<UnbondingView>;
        /// What stands behind an evaluator.
        fn evaluator(netuid: NetUid, evaluator: AccountId32) -> Option<EvaluatorView>;
    }
}
