//! Asking the runtime at a block.

use super::{
    error,
    params::{self, NamespaceRef, RecordRef, ReleaseRef},
};
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned};
use pedigree_primitives::{
    api::{NamespacesApi as _, ProvenanceApi as _, RecordView, ReleaseView},
    RecordId, ReleaseId,
};
use pedigree_runtime::{opaque::Block, Hash};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// The chain as this node has it.
pub(super) struct Chain<Client>(Arc<Client>);

impl<Client> Chain<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self(client)
    }
}

impl<Client> Chain<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block>,
{
    /// The block to ask at: the one that was asked for, if the node has it, or the best one.
    pub(super) fn block(&self, at: Option<Hash>) -> RpcResult<Hash> {
        let Some(hash) = at else { return Ok(self.0.info().best_hash) };
        match self.0.header(hash) {
            Ok(Some(_)) => Ok(hash),
            Ok(None) => Err(error::unknown_block(hash)),
            Err(error) => Err(error::runtime_failed(error)),
        }
    }

    /// What the runtime of that block answers.
    pub(super) fn ask<Answer>(
        &self,
        block: Hash,
        question: impl FnOnce(ApiRef<'_, Client::Api>) -> Result<Answer, ApiError>,
    ) -> RpcResult<Answer> {
        question(self.0.runtime_api()).map_err(|error| explain(block, error))
    }
}

impl<Client> Chain<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block>,
    Client::Api: pedigree_primitives::api::NamespacesApi<Block> + pedigree_primitives::api::ProvenanceApi<Block>,
{
    /// The name of a namespace that exists.
    pub(super) fn namespace_name(&self, block: Hash, namespace: NamespaceRef) -> RpcResult<Option<String>> {
        let found = match namespace {
            NamespaceRef::Id(id) => self.ask(block, |api| api.namespace_by_id(block, id))?,
            NamespaceRef::Name(name) => {
                let name = params::name(name, "namespace")?;
                self.ask(block, |api| api.namespace(block, name))?
            }
        };
        Ok(found.map(|namespace| namespace.name))
    }

    /// The record of that id or name.
    pub(super) fn find_record(&self, block: Hash, record: RecordRef) -> RpcResult<Option<RecordView>> {
        match record {
            RecordRef::Id(id) => self.ask(block, |api| api.record(block, id)),
            RecordRef::Name(name) => {
                let name = params::name(name, "record")?;
                self.ask(block, |api| api.record_by_name(block, name))
            }
        }
    }

    /// The id of a record that exists.
    pub(super) fn record_id(&self, block: Hash, record: RecordRef) -> RpcResult<Option<RecordId>> {
        Ok(self.find_record(block, record)?.map(|record| record.id))
    }

    /// The release of that id or name.
    pub(super) fn find_release(&self, block: Hash, release: ReleaseRef) -> RpcResult<Option<ReleaseView>> {
        match release {
            ReleaseRef::Id(id) => self.ask(block, |api| api.release(block, id)),
            ReleaseRef::Name(name) => {
                let name = params::name(name, "release")?;
                self.ask(block, |api| api.release_by_name(block, name))
            }
        }
    }

    /// The id of a release that exists.
    pub(super) fn release_id(&self, block: Hash, release: ReleaseRef) -> RpcResult<Option<ReleaseId>> {
        Ok(self.find_release(block, release)?.map(|release| release.id))
    }
}

fn explain(block: Hash, error: ApiError) -> ErrorObjectOwned {
    let discarded = match &error {
        ApiError::UnknownBlock(_) => true,
        ApiError::Application(inner) => {
            matches!(inner.downcast_ref(), Some(sp_blockchain::Error::UnknownBlock(_)))
        }
        _ => false,
    };
    if discarded {
        error::unknown_block(block)
    } else {
        error::runtime_failed(error)
    }
}
