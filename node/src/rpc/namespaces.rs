//! `namespaces_*`: who publishes under which name.

use super::{
    chain::Chain,
    error,
    params::{self, NamespaceRef, Param, Read},
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{Balance, LinkRequestView, NamespaceView, NamespacesApi as _, Page, RegistrarsView, StandingApi as _},
    Bytes,
};
use pedigree_runtime::{opaque::Block, AccountId, Hash};
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

    /// Who decides whether somebody controls a channel.
    #[method(name = "namespaces_registrars", blocking)]
    fn registrars(&self, at: Option<Param<Hash>>) -> RpcResult<RegistrarsView>;

    /// The request of that account to be linked to that channel; `null` if there is none.
    #[method(name = "namespaces_linkRequest", blocking)]
    fn link_request(
        &self,
        name: Option<Param<String>>,
        claimant: Option<Param<AccountId>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<LinkRequestView>>;

    /// The requests to be linked to that channel, or to any.
    #[method(name = "namespaces_linkRequests", blocking)]
    fn link_requests(
        &self,
        name: Option<Param<String>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<LinkRequestView>>;
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
    Client::Api: pedigree_primitives::api::NamespacesApi<Block> + pedigree_primitives::api::StandingApi<Block>,
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

    fn registrars(&self, at: Option<Param<Hash>>) -> RpcResult<RegistrarsView> {
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.registrars(block))
    }

    fn link_request(
        &self,
        name: Option<Param<String>>,
        claimant: Option<Param<AccountId>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<LinkRequestView>> {
        let name = params::name(name.required("name")?, "name")?;
        let claimant = claimant.required("claimant")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.link_request(block, name, claimant))
    }

    fn link_requests(
        &self,
        name: Option<Param<String>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<LinkRequestView>> {
        let name = name.optional("name")?.map(|name| params::name(name, "name")).transpose()?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.link_requests(block, name, page))
    }
}
