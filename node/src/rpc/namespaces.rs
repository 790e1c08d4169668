//! `namespaces_*`: who publishes under which name.

use super::{
    chain::Chain,
    error,
    params::{self, NamespaceRef, Param, Read},
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{Balance, NamespaceView, NamespacesApi as _, Page},
    Bytes,
};
use pedigree_runtime::{opaque::Block, Hash};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// Who publishes under which name.
#[rpc(server)]
pub(crate) trait NamespacesRpc {
    /// The namespace of that id or name; `null` if there is none.
    #[method(name = "namespaces_get", blocking)]
    fn get(&self, namespace: Option<Param<NamespaceRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<NamespaceView>>;

    /// All namespaces, ordered by id.
    #[method(name = "namespaces_list", blocking)]
    fn list(
        &self,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<NamespaceView>>;

    /// What it costs to claim that plain name, in plancks.
    #[method(name = "namespaces_price", blocking)]
    fn price(&self, name: Option<Param<String>>, at: Option<Param<Hash>>) -> RpcResult<Balance>;
}

/// Answers `namespaces_*`.
pub(super) struct Namespaces<Client> {
    chain: Chain<Client>,
}

impl<Client> Namespaces<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> NamespacesRpcServer for Namespaces<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: pedigree_primitives::api::NamespacesApi<Block>,
{
    fn get(&self, namespace: Option<Param<NamespaceRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<NamespaceView>> {
        let namespace = namespace.required("namespace")?;
        let block = self.chain.block(at.optional("at")?)?;
        match namespace {
            NamespaceRef::Id(id) => self.chain.ask(block, |api| api.namespace_by_id(block, id)),
            NamespaceRef::Name(name) => {
                let name = params::name(name, "namespace")?;
                self.chain.ask(block, |api| api.namespace(block, name))
            }
        }
    }

    fn list(
        &self,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<NamespaceView>> {
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.namespaces(block, page))
    }

    fn price(&self, name: Option<Param<String>>, at: Option<Param<Hash>>) -> RpcResult<Balance> {
        let name = params::name(name.required("name")?, "name")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain
            .ask(block, |api| api.price(block, name))?
            .ok_or_else(|| error::invalid("name", "it is not a plain namespace's name, so nobody can claim it"))
    }
}
