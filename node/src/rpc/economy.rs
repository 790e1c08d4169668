//! `subnets_*` and `stake_*`: who is scored, who scores, who stakes, and what that pays.

use super::{
    chain::Chain,
    error,
    params::{self, Param, Read},
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{Balance, Page},
    economy::{
        EmissionShareView, EpochView, EvaluatorView, HyperparameterView, MetagraphView, NeuronView, PositionView,
        StakeApi, SubnetView, SubnetsApi, UnbondingView, MAX_METAGRAPH_PAGE,
    },
    Bytes, NetUid,
};
use pedigree_runtime::{opaque::Block, AccountId, Hash};
use serde::Deserialize;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// A neuron by its uid or its account.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a neuron's uid (a number) or its account (an SS58 address) is expected")]
pub(crate) enum NeuronRef {
    /// Its uid.
    Uid(u16),
    /// Its account.
    Account(AccountId),
}

/// Subnets.
#[rpc(server)]
pub(crate) trait SubnetsRpc {
    /// All subnets, ordered by id.
    #[method(name = "subnets_list", blocking)]
    fn list(
        &self,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<SubnetView>>;

    /// A subnet; `null` if there is none of that id.
    #[method(name = "subnets_subnet", blocking)]
    fn subnet(&self, netuid: Option<Param<NetUid>>, at: Option<Param<Hash>>) -> RpcResult<Option<SubnetView>>;

    /// The neurons of a subnet, from that uid on; `null` if there is no such subnet.
    #[method(name = "subnets_metagraph", blocking)]
    fn metagraph(
        &self,
        netuid: Option<Param<NetUid>>,
        from: Option<Param<u16>>,
        limit: Option<Param<u16>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<MetagraphView>>;

    /// A neuron; `null` if there is none.
    #[method(name = "subnets_neuron", blocking)]
    fn neuron(
        &self,
        netuid: Option<Param<NetUid>>,
        neuron: Option<Param<NeuronRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<NeuronView>>;

    /// How a subnet is set; `null` if there is none of that id.
    #[method(name = "subnets_hyperparameters", blocking)]
    fn hyperparameters(
        &self,
        netuid: Option<Param<NetUid>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<HyperparameterView>>>;

    /// The latest epochs of a subnet, the last first; `null` if there is none of that id.
    #[method(name = "subnets_epochs", blocking)]
    fn epochs(&self, netuid: Option<Param<NetUid>>, at: Option<Param<Hash>>) -> RpcResult<Option<Vec<EpochView>>>;

    /// The shares of the admitted subnets in the emission.
    #[method(name = "subnets_emissionShares", blocking)]
    fn emission_shares(&self, at: Option<Param<Hash>>) -> RpcResult<Vec<EmissionShareView>>;

    /// What founding a subnet costs.
    #[method(name = "subnets_foundingPrice", blocking)]
    fn founding_price(&self, at: Option<Param<Hash>>) -> RpcResult<Balance>;
}

/// Stake.
#[rpc(server)]
pub(crate) trait StakeRpc {
    /// The positions of a holder.
    #[method(name = "stake_positions", blocking)]
    fn positions(
        &self,
        holder: Option<Param<AccountId>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<PositionView>>;

    /// What of a holder's stake is on its way out.
    #[method(name = "stake_unbonding", blocking)]
    fn unbonding(&self, holder: Option<Param<AccountId>>, at: Option<Param<Hash>>) -> RpcResult<Vec<UnbondingView>>;

    /// What stands behind an evaluator; `null` if nothing does.
    #[method(name = "stake_evaluator", blocking)]
    fn evaluator(
        &self,
        netuid: Option<Param<NetUid>>,
        evaluator: Option<Param<AccountId>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<EvaluatorView>>;
}

/// Answers `subnets_*`.
pub(super) struct Subnets<Client> {
    chain: Chain<Client>,
}

impl<Client> Subnets<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> SubnetsRpcServer for Subnets<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: SubnetsApi<Block>,
{
    fn list(
        &self,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<SubnetView>> {
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.subnets(block, page))
    }

    fn subnet(&self, netuid: Option<Param<NetUid>>, at: Option<Param<Hash>>) -> RpcResult<Option<SubnetView>> {
        let netuid = netuid.required("netuid")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.subnet(block, netuid))
    }

    fn metagraph(
        &self,
        netuid: Option<Param<NetUid>>,
        from: Option<Param<u16>>,
        limit: Option<Param<u16>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<MetagraphView>> {
        let netuid = netuid.required("netuid")?;
        let from = from.optional("from")?.unwrap_or(0);
        let limit = limit.optional("limit")?.unwrap_or(MAX_METAGRAPH_PAGE);
        if !(1..=MAX_METAGRAPH_PAGE).contains(&limit) {
            let why = format!("{limit} is out of range: a page has 1 to {MAX_METAGRAPH_PAGE} seats");
            return Err(error::invalid("limit", why));
        }
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.metagraph(block, netuid, from, limit))
    }

    fn neuron(
        &self,
        netuid: Option<Param<NetUid>>,
        neuron: Option<Param<NeuronRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<NeuronView>> {
        let netuid = netuid.required("netuid")?;
        let neuron = neuron.required("neuron")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| match neuron {
            NeuronRef::Uid(uid) => api.neuron(block, netuid, uid),
            NeuronRef::Account(account) => api.neuron_of(block, netuid, account),
        })
    }

    fn hyperparameters(
        &self,
        netuid: Option<Param<NetUid>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<HyperparameterView>>> {
        let netuid = netuid.required("netuid")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.hyperparameters(block, netuid))
    }

    fn epochs(&self, netuid: Option<Param<NetUid>>, at: Option<Param<Hash>>) -> RpcResult<Option<Vec<EpochView>>> {
        let netuid = netuid.required("netuid")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.epochs(block, netuid))
    }

    fn emission_shares(&self, at: Option<Param<Hash>>) -> RpcResult<Vec<EmissionShareView>> {
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.emission_shares(block))
    }

    fn founding_price(&self, at: Option<Param<Hash>>) -> RpcResult<Balance> {
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.founding_price(block))
    }
}

/// Answers `stake_*`.
pub(super) struct Stake<Client> {
    chain: Chain<Client>,
}

impl<Client> Stake<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> StakeRpcServer for Stake<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: StakeApi<Block>,
{
    fn positions(
        &self,
        holder: Option<Param<AccountId>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<PositionView>> {
        let holder = holder.required("holder")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.positions(block, holder, page))
    }

    fn unbonding(&self, holder: Option<Param<AccountId>>, at: Option<Param<Hash>>) -> RpcResult<Vec<UnbondingView>> {
        let holder = holder.required("holder")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.unbonding(block, holder))
    }

    fn evaluator(
        &self,
        netuid: Option<Param<NetUid>>,
        evaluator: Option<Param<AccountId>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<EvaluatorView>> {
        let netuid = netuid.required("netuid")?;
        let evaluator = evaluator.required("evaluator")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.evaluator(block, netuid, evaluator))
    }
}
