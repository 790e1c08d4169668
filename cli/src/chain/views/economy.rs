//! What the node answers to `subnets_*` and `stake_*`.

use pedigree_manifest::Hash;
use serde::{Deserialize, Serialize};

use super::{Balance, ReleaseId};

/// What is scored in a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SubnetKind {
    /// Releases of models.
    Model,
    /// Releases of datasets.
    Dataset,
    /// Whatever contributors do: follows no pedigree.
    Service,
}

impl std::fmt::Display for SubnetKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Service => "service",
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SubnetView {
    pub(crate) netuid: u16,
    pub(crate) name: String,
    pub(crate) kind: SubnetKind,
    pub(crate) owner: String,
    pub(crate) founded: u32,
    pub(crate) closed: bool,
    pub(crate) admitted_until: Option<u32>,
    /// In billionths.
    pub(crate) share: u32,
    pub(crate) epoch: u32,
    pub(crate) last_epoch: u32,
    pub(crate) due: Option<u32>,
    pub(crate) tempo: u32,
    pub(crate) neurons: u16,
    pub(crate) evaluators: u16,
    pub(crate) seats: u16,
    pub(crate) neuron_price: Balance,
    pub(crate) funds: Balance,
    pub(crate) pending: Balance,
    pub(crate) stake: Balance,
    pub(crate) average_stake: Balance,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NeuronView {
    pub(crate) uid: u16,
    pub(crate) account: String,
    pub(crate) registered: u32,
    pub(crate) since: u32,
    pub(crate) immune_until: u32,
    pub(crate) release: Option<ReleaseId>,
    pub(crate) release_name: Option<String>,
    pub(crate) root: Option<Hash>,
    pub(crate) endpoint: Option<String>,
    pub(crate) permit: bool,
    pub(crate) stake: Balance,
    pub(crate) committed: bool,
    pub(crate) revealed: bool,
    pub(crate) last: Option<NeuronResultView>,
}

/// What became of a neuron in the last epoch, in 65535ths.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct NeuronResultView {
    pub(crate) consensus: u16,
    pub(crate) trust: u16,
    pub(crate) incentive: u16,
    pub(crate) dividends: u16,
    pub(crate) stake: u16,
}

/// A page of a metagraph.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct MetagraphView {
    pub(crate) epoch: u32,
    pub(crate) neurons: Vec<NeuronView>,
    pub(crate) next: Option<u16>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HyperparameterView {
    pub(crate) name: String,
    /// Decimal.
    pub(crate) value: String,
    pub(crate) least: String,
    pub(crate) most: String,
    pub(crate) by_governance_only: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EpochView {
    pub(crate) epoch: u32,
    pub(crate) block: u32,
    pub(crate) emission: Balance,
    pub(crate) funds: Balance,
    pub(crate) owner_part: Balance,
    pub(crate) incentive: Balance,
    pub(crate) dividends: Balance,
    pub(crate) burned: Balance,
    pub(crate) scored: u16,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct EmissionShareView {
    pub(crate) netuid: u16,
    /// In billionths.
    pub(crate) share: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PositionView {
    pub(crate) netuid: u16,
    pub(crate) evaluator: String,
    pub(crate) stake: Balance,
    pub(crate) counted: Balance,
    pub(crate) dividends: Balance,
    pub(crate) deposit: Balance,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnbondingView {
    pub(crate) amount: Balance,
    pub(crate) free_from: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EvaluatorView {
    pub(crate) stake: Balance,
    pub(crate) counted: Balance,
    pub(crate) positions: u32,
    /// In millionths.
    pub(crate) take: u32,
    pub(crate) next_take: Option<u32>,
    pub(crate) next_take_from: Option<u32>,
    pub(crate) take_owed: Balance,
}

/// A score, as it is committed to and revealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Score {
    pub(crate) uid: u16,
    pub(crate) score: u16,
    pub(crate) root: Option<Hash>,
}

/// Where stake is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct StakePlace {
    pub(crate) netuid: u16,
    pub(crate) evaluator: String,
}
