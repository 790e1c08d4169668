//! Asking for `subnets_*` and `stake_*`.

use pedigree_manifest::Hash;
use serde_json::json;

use super::Chain;
use crate::chain::views::{
    Balance, EmissionShareView, EpochView, EvaluatorView, HyperparameterView, MetagraphView, NeuronView, PositionView,
    SubnetView, UnbondingView,
};
use crate::error::Result;

/// As many subnets, or positions, as are listed.
const MOST: usize = 100_000;

impl Chain {
    pub(crate) async fn subnets(&self) -> Result<Vec<SubnetView>> {
        self.pages("subnets_list", vec![], MOST).await
    }

    /// A subnet, at a block or at the best one.
    pub(crate) async fn subnet(&self, netuid: u16, at: Option<&Hash>) -> Result<Option<SubnetView>> {
        self.ask("subnets_subnet", vec![json!(netuid), json!(at)]).await
    }

    /// A page of a metagraph, from that uid on, at a block.
    pub(crate) async fn metagraph(&self, netuid: u16, from: u16, at: &Hash) -> Result<Option<MetagraphView>> {
        self.ask("subnets_metagraph", vec![json!(netuid), json!(from), json!(null), json!(at)]).await
    }

    /// The neuron with that uid.
    pub(crate) async fn neuron(&self, netuid: u16, uid: u16) -> Result<Option<NeuronView>> {
        self.ask("subnets_neuron", vec![json!(netuid), json!(uid)]).await
    }

    /// The neuron of an account, at a block or at the best one.
    pub(crate) async fn neuron_of(&self, netuid: u16, account: &str, at: Option<&Hash>) -> Result<Option<NeuronView>> {
        self.ask("subnets_neuron", vec![json!(netuid), json!(account), json!(at)]).await
    }

    pub(crate) async fn hyperparameters(&self, netuid: u16) -> Result<Option<Vec<HyperparameterView>>> {
        self.ask("subnets_hyperparameters", vec![json!(netuid)]).await
    }

    pub(crate) async fn epochs(&self, netuid: u16) -> Result<Option<Vec<EpochView>>> {
        self.ask("subnets_epochs", vec![json!(netuid)]).await
    }

    pub(crate) async fn emission_shares(&self) -> Result<Vec<EmissionShareView>> {
        self.ask("subnets_emissionShares", vec![]).await
    }

    /// What founding a subnet costs now.
    pub(crate) async fn founding_price(&self) -> Result<Balance> {
        self.ask("subnets_foundingPrice", vec![]).await
    }

    pub(crate) async fn positions(&self, holder: &str) -> Result<Vec<PositionView>> {
        self.pages("stake_positions", vec![json!(holder)], MOST).await
    }

    pub(crate) async fn unbonding(&self, holder: &str) -> Result<Vec<UnbondingView>> {
        self.ask("stake_unbonding", vec![json!(holder)]).await
    }

    pub(crate) async fn evaluator(&self, netuid: u16, evaluator: &str) -> Result<Option<EvaluatorView>> {
        self.ask("stake_evaluator", vec![json!(netuid), json!(evaluator)]).await
    }
}
