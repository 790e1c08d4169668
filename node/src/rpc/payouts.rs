//! `payouts_*`: what releases earn.

use super::{
    chain::Chain,
    params::{self, NamespaceRef, Param, Read, ReleaseRef},
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{EarningsView, Lineage, Page, PayoutsApi as _, SourceView, StatementView},
    Bytes,
};
use pedigree_runtime::{opaque::Block, Hash};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// What releases earn.
#[rpc(server)]
pub(crate) trait PayoutsRpc {
    /// Who paid a release, and who had what of it; `null` if there is no such release.
    #[method(name = "payouts_statement", blocking)]
    fn statement(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<StatementView>>;

    /// What came to a release, by the releases that were paid: itself, and what was built from it; `null` if there is no such
    /// release.
    #[method(name = "payouts_sources", blocking)]
    fn sources(
        &self,
        release: Option<Param<ReleaseRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Lineage<SourceView>>>;

    /// What came to the releases of a namespace; `null` if there is no such namespace.
    #[method(name = "payouts_ofNamespace", blocking)]
    fn of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<EarningsView>>>;
}

/// Answers `payouts_*`.
pub(super) struct Payouts<Client> {
    chain: Chain<Client>,
}

impl<Client> Payouts<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> PayoutsRpcServer for Payouts<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: pedigree_primitives::api::NamespacesApi<Block>
        + pedigree_primitives::api::ProvenanceApi<Block>
        + pedigree_primitives::api::PayoutsApi<Block>,
{
    fn statement(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<StatementView>> {
        let release = release.required("release")?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.statement(block, id))
    }

    fn sources(
        &self,
        release: Option<Param<ReleaseRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Lineage<SourceView>>> {
        let release = release.required("release")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.sources(block, id, page))
    }

    fn of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<EarningsView>>> {
        let namespace = namespace.required("namespace")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(name) = self.chain.namespace_name(block, namespace)? else { return Ok(None) };
        self.chain.ask(block, |api| api.earnings_of_namespace(block, name, page)).map(Some)
    }
}
