//! Asking the runtime at a block.

use super::error;
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned};
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
