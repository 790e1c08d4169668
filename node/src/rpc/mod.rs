//! What the node answers: the SDK's methods of both generations, and ours, thin over the runtime APIs.

mod chain;
mod economy;
mod error;
mod namespaces;
mod params;
mod payouts;
mod provenance;
mod sponsorship;
#[cfg(test)]
mod tests;

use crate::service::{FullBackend, FullClient, FullSelectChain, Hash, TransactionPool};
use economy::{Stake, StakeRpcServer, Subnets, SubnetsRpcServer};
use jsonrpsee::RpcModule;
use namespaces::{Namespaces, NamespacesRpcServer};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use payouts::{Payouts, PayoutsRpcServer};
use pedigree_runtime::{opaque::Block, BlockNumber};
use provenance::{Provenance, ProvenanceRpcServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use sponsorship::{Sponsorship, SponsorshipRpcServer};
use std::sync::Arc;
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods need of the node.
pub(crate) struct Deps {
    /// The chain.
    pub(crate) client: Arc<FullClient>,
    /// The transactions waiting.
    pub(crate) pool: Arc<TransactionPool>,
    /// Which fork is the best.
    pub(crate) select_chain: FullSelectChain,
    /// Which chain.
    pub(crate) chain_spec: Box<dyn sc_chain_spec::ChainSpec>,
    /// The node's keys.
    pub(crate) keystore: KeystorePtr,
    /// The state of block production.
    pub(crate) babe_worker: BabeWorkerHandle<Block>,
    /// The state of finality.
    pub(crate) grandpa: GrandpaDeps,
}

/// What the methods need to know about finality.
#[derive(Clone)]
pub(crate) struct GrandpaDeps {
    /// The rounds in progress.
    pub(crate) voter_state: SharedVoterState,
    /// Who votes.
    pub(crate) authority_set: SharedAuthoritySet<Hash, BlockNumber>,
    /// What was finalized just now.
    pub(crate) justifications: GrandpaJustificationStream<Block>,
    /// Proofs that a block is final.
    pub(crate) proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// All methods besides those that every SDK node has.
pub(crate) fn create(
    deps: Deps,
    subscriptions: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
    let Deps { client, pool, select_chain, chain_spec, keystore, babe_worker, grandpa } = deps;

    let mut module = RpcModule::new(());
    module.merge(Namespaces::new(client.clone()).into_rpc())?;
    module.merge(Provenance::new(client.clone()).into_rpc())?;
    module.merge(Payouts::new(client.clone()).into_rpc())?;
    module.merge(Subnets::new(client.clone()).into_rpc())?;
    module.merge(Stake::new(client.clone()).into_rpc())?;
    module.merge(Sponsorship::new(client.clone()).into_rpc())?;

    module.merge(System::new(client.clone(), pool).into_rpc())?;
    module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
    module.merge(Babe::new(client.clone(), babe_worker.clone(), keystore, select_chain).into_rpc())?;
    module.merge(SyncState::new(chain_spec, client, grandpa.authority_set.clone(), babe_worker)?.into_rpc())?;
    module.merge(
        Grandpa::new(subscriptions, grandpa.authority_set, grandpa.voter_state, grandpa.justifications, grandpa.proofs)
            .into_rpc(),
    )?;
    Ok(module)
}
