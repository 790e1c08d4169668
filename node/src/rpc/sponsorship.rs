//! `sponsorship_*`: who pays for what others register.

use super::{
    chain::Chain,
    params::{self, Param, Read},
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{Page, SponsorshipApi as _, SponsorshipView},
    Bytes,
};
use pedigree_runtime::{opaque::Block, AccountId, Hash};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// Who pays for what others register.
#[rpc(server)]
pub(crate) trait SponsorshipRpc {
    /// Those who pay for an account, and what is left of what they allow.
    #[method(name = "sponsorship_of", blocking)]
    fn of(
        &self,
        account: Option<Param<AccountId>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<SponsorshipView>>;
}

/// Answers `sponsorship_*`.
pub(super) struct Sponsorship<Client> {
    chain: Chain<Client>,
}

impl<Client> Sponsorship<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> SponsorshipRpcServer for Sponsorship<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: pedigree_primitives::api::SponsorshipApi<Block>,
{
    fn of(
        &self,
        account: Option<Param<AccountId>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<SponsorshipView>> {
        let account = account.required("account")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.sponsors_of(block, account, page))
    }
}
