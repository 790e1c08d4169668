//! What a running node is made of: database and executor, consensus (BABE makes blocks, GRANDPA finalizes them), network,
//! transaction pool, RPC.

use crate::rpc;
use futures::FutureExt;
use pedigree_runtime::{apis::RuntimeApi, opaque::Block, BlockNumber};
use sc_client_api::{Backend as _, BlockBackend, HeaderBackend};
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{
    FinalityProofProvider, GrandpaBlockImport, GrandpaPruningFilter, LinkHalf, SharedVoterState, VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_executor::WasmExecutor;
use sc_network::{service::traits::NetworkService, NetworkBackend};
use sc_service::{
    BuildGenesisBlock, ChainType, Configuration, Error as ServiceError, GenesisBlockBuilder, PartialComponents, Role,
    TFullBackend, TFullClient, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::inherents::{BabeCreateInherentDataProviders, InherentDataProvider as BabeInherents};
use sp_runtime::traits::Block as BlockT;
use std::{sync::Arc, time::Duration};

/// The hash of a block.
pub(crate) type Hash = <Block as BlockT>::Hash;
/// The chain: database, executor, runtime.
pub(crate) type FullClient = TFullClient<Block, RuntimeApi, WasmExecutor<sp_io::SubstrateHostFunctions>>;
/// The database.
pub(crate) type FullBackend = TFullBackend<Block>;
/// Which fork is the best: the longest that BABE accepts.
pub(crate) type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transactions waiting; fork-aware or single-state, as the command line says.
pub(crate) type TransactionPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

type FullGrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type FullBabeImport =
    BabeBlockImport<Block, FullClient, FullGrandpaImport, BabeCreateInherentDataProviders<Block>, FullSelectChain>;

/// A justification is made and imported at least every so many blocks: what light clients and warp sync rest on.
const JUSTIFICATION_PERIOD: u32 = 512;

/// How long GRANDPA waits for a message to reach everybody. A round takes about four times as long: half a slot, so that
/// finality keeps pace with blocks.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// How much of a slot may be spent on making its block. The rest is left for it to reach the others in time.
const PROPOSAL_PART_OF_SLOT: f32 = 0.5;

/// What only a running node needs, besides the usual components.
pub(crate) struct Consensus {
    block_import: FullBabeImport,
    grandpa_link: LinkHalf<Block, FullClient, FullSelectChain>,
    babe_link: BabeLink<Block>,
    babe_worker: BabeWorkerHandle<Block>,
    inherents: BabeCreateInherentDataProviders<Block>,
    telemetry: Option<Telemetry>,
}

/// The components that every command works with.
pub(crate) type Partial = PartialComponents<
    FullClient,
    FullBackend,
    FullSelectChain,
    sc_consensus::DefaultImportQueue<Block>,
    TransactionPool,
    Consensus,
>;

/// Opens the database and sets up everything that doesn't talk to the network.
pub(crate) fn new_partial(config: &Configuration) -> Result<Partial, ServiceError> {
    let telemetry = config
        .telemetry_endpoints
        .clone()
        .filter(|endpoints| !endpoints.is_empty())
        .map(|endpoints| -> Result<_, sc_telemetry::Error> {
            let worker = TelemetryWorker::new(16)?;
            let telemetry = worker.handle().new_telemetry(endpoints);
            Ok((worker, telemetry))
        })
        .transpose()?;

    let (client, backend, keystore_container, task_manager) =
        open_chain(config, telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()))?;
    let client = Arc::new(client);

    let telemetry = telemetry.map(|(worker, telemetry)| {
        task_manager.spawn_handle().spawn("telemetry", None, worker.run());
        telemetry
    });
    let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

    let select_chain = sc_consensus::LongestChain::new(backend.clone());

    let transaction_pool = Arc::from(
        sc_transaction_pool::Builder::new(
            task_manager.spawn_essential_handle(),
            client.clone(),
            config.role.is_authority().into(),
        )
        .with_options(config.transaction_pool.clone())
        .with_prometheus(config.prometheus_registry())
        .build(),
    );

    let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
        client.clone(),
        JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        telemetry_handle.clone(),
    )?;

    let babe_config = sc_consensus_babe::configuration(&*client)?;
    let slot_duration = babe_config.slot_duration();
    let inherents: BabeCreateInherentDataProviders<Block> = Arc::new(move |_parent, ()| async move {
        let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
        let slot = BabeInherents::from_timestamp_and_slot_duration(*timestamp, slot_duration);
        Ok((slot, timestamp))
    });
    let (block_import, babe_link) = sc_consensus_babe::block_import(
        babe_config,
        grandpa_import.clone(),
        client.clone(),
        inherents.clone(),
        select_chain.clone(),
        OffchainTransactionPoolFactory::new(transaction_pool.clone()),
    )?;
    let (import_queue, babe_worker) = sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
        link: babe_link.clone(),
        block_import: block_import.clone(),
        justification_import: Some(Box::new(grandpa_import)),
        client: client.clone(),
        slot_duration,
        spawner: &task_manager.spawn_essential_handle(),
        registry: config.prometheus_registry(),
        telemetry: telemetry_handle,
    })?;

    Ok(PartialComponents {
        client,
        backend,
        task_manager,
        keystore_container,
        select_chain,
        import_queue,
        transaction_pool,
        other: Consensus { block_import, grandpa_link, babe_link, babe_worker, inherents, telemetry },
    })
}

/// Opens the database, or makes it with the genesis block that the chain specification describes.
fn open_chain(
    config: &Configuration,
    telemetry: Option<sc_telemetry::TelemetryHandle>,
) -> Result<(FullClient, Arc<FullBackend>, sc_service::KeystoreContainer, TaskManager), ServiceError> {
    let executor = sc_service::new_wasm_executor(&config.executor);
    let mut database = config.db_config();
    // Warp sync rests on the blocks that carry a justification: they outlive pruning.
    database.pruning_filters = vec![Arc::new(GrandpaPruningFilter)];
    let backend = sc_service::new_db_backend(database)?;

    let storage = config.chain_spec.as_storage_builder().build_storage().map_err(sp_blockchain::Error::Storage)?;
    let genesis = |storage| {
        GenesisBlockBuilder::<Block, _, _>::new_with_storage(
            storage,
            !config.no_genesis(),
            backend.clone(),
            executor.clone(),
        )
    };
    refuse_another_chain(config, &backend, || Ok(genesis(storage.clone())?.build_genesis_block()?.0.hash()))?;

    sc_service::new_full_parts_with_genesis_builder(
        config,
        telemetry,
        executor.clone(),
        backend.clone(),
        genesis(storage)?,
        false,
    )
}

/// The SDK takes any database it finds in the right place. One that was made from another genesis would never agree with
/// anybody, so it is refused before anything is written to it.
fn refuse_another_chain(
    config: &Configuration,
    backend: &FullBackend,
    expected: impl FnOnce() -> Result<Hash, ServiceError>,
) -> Result<(), ServiceError> {
    let info = backend.blockchain().info();
    if info.genesis_hash == Hash::default() {
        return Ok(());
    }
    let expected = expected()?;
    if info.genesis_hash == expected {
        return Ok(());
    }
    let place = config.database.path().map_or_else(|| "in use".into(), |path| format!("at {}", path.display()));
    Err(ServiceError::Other(format!(
        "The database {place} belongs to another chain: its genesis block is {:?}, but that of {} ({}) is {expected:?}. \
         Use another --base-path or --chain, or delete the database with `purge-chain` if it isn't needed.",
        info.genesis_hash,
        config.chain_spec.name(),
        config.chain_spec.id(),
    )))
}

/// Starts the node.
pub(crate) fn new_full<Network: NetworkBackend<Block, Hash>>(
    config: Configuration,
) -> Result<TaskManager, ServiceError> {
    let PartialComponents {
        client,
        backend,
        mut task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: Consensus { block_import, grandpa_link, babe_link, babe_worker, inherents, mut telemetry },
    } = new_partial(&config)?;

    let role = config.role;
    let name = config.network.node_name.clone();
    let prometheus = config.prometheus_registry().cloned();
    let force_authoring = config.force_authoring;
    let grandpa_enabled = !config.disable_grandpa;
    // One authority alone makes no forks that its votes would have to keep away from.
    let voting_rule = match config.chain_spec.chain_type() {
        ChainType::Development => VotingRulesBuilder::new().build(),
        _ => VotingRulesBuilder::default().build(),
    };
    let genesis_hash = client.block_hash(0)?.ok_or("The database has no genesis block.")?;

    // Network.
    let metrics = Network::register_notification_metrics(config.prometheus_registry());
    let mut net_config = sc_network::config::FullNetworkConfiguration::<Block, Hash, Network>::new(
        &config.network,
        config.prometheus_registry().cloned(),
    );
    let grandpa_protocol = sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
    let (grandpa_protocol_config, grandpa_notifications) =
        sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
            grandpa_protocol.clone(),
            metrics.clone(),
            net_config.peer_store_handle(),
        );
    net_config.add_notification_protocol(grandpa_protocol_config);
    let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
        backend.clone(),
        grandpa_link.shared_authority_set().clone(),
        Vec::new(),
    ));
    let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
        sc_service::build_network(sc_service::BuildNetworkParams {
            config: &config,
            net_config,
            client: client.clone(),
            transaction_pool: transaction_pool.clone(),
            spawn_handle: task_manager.spawn_handle(),
            spawn_essential_handle: task_manager.spawn_essential_handle(),
            import_queue,
            block_announce_validator_builder: None,
            warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
            block_relay: None,
            metrics,
            gap_sync_body_policy: None,
        })?;

    if config.offchain_worker.enabled {
        spawn_offchain_workers(
            &config,
            &task_manager,
            &client,
            &backend,
            &keystore_container,
            &transaction_pool,
            &network,
        )?;
    }

    // RPC, Prometheus, telemetry.
    let voter_state = SharedVoterState::empty();
    let rpc_builder = {
        let client = client.clone();
        let pool = transaction_pool.clone();
        let select_chain = select_chain.clone();
        let keystore = keystore_container.keystore();
        let chain_spec = config.chain_spec.cloned_box();
        let grandpa = rpc::GrandpaDeps {
            voter_state: voter_state.clone(),
            authority_set: grandpa_link.shared_authority_set().clone(),
            justifications: grandpa_link.justification_stream(),
            proofs: FinalityProofProvider::new_for_service(
                backend.clone(),
                Some(grandpa_link.shared_authority_set().clone()),
            ),
        };
        Box::new(move |subscriptions| {
            let deps = rpc::Deps {
                client: client.clone(),
                pool: pool.clone(),
                select_chain: select_chain.clone(),
                chain_spec: chain_spec.cloned_box(),
                keystore: keystore.clone(),
                babe_worker: babe_worker.clone(),
                grandpa: grandpa.clone(),
            };
            rpc::create(deps, subscriptions).map_err(ServiceError::Application)
        })
    };
    sc_service::spawn_tasks(sc_service::SpawnTasksParams {
        config,
        client: client.clone(),
        backend,
        task_manager: &mut task_manager,
        keystore: keystore_container.keystore(),
        transaction_pool: transaction_pool.clone(),
        rpc_builder,
        network: network.clone(),
        system_rpc_tx,
        tx_handler_controller,
        sync_service: sync_service.clone(),
        telemetry: telemetry.as_mut(),
        tracing_execute_block: None,
    })?;
    let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

    // Block production.
    if role.is_authority() {
        let proposer = sc_basic_authorship::ProposerFactory::new(
            task_manager.spawn_handle(),
            client.clone(),
            transaction_pool.clone(),
            prometheus.as_ref(),
            telemetry_handle.clone(),
        );
        let babe = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
            keystore: keystore_container.keystore(),
            client,
            select_chain,
            env: proposer,
            block_import,
            sync_oracle: sync_service.clone(),
            justification_sync_link: sync_service.clone(),
            create_inherent_data_providers: inherents,
            force_authoring,
            // When finality stalls, blocks come more slowly, so that the chain it has to catch up with stays short.
            backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::<BlockNumber>::default()),
            babe_link,
            block_proposal_slot_portion: SlotProportion::new(PROPOSAL_PART_OF_SLOT),
            max_block_proposal_slot_portion: None,
            telemetry: telemetry_handle.clone(),
        })?;
        task_manager.spawn_essential_handle().spawn_blocking("babe-proposer", Some("block-authoring"), babe);
    }

    // Finality. A node that is no authority takes part as well: it hears the votes and finalizes by them.
    if grandpa_enabled {
        let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
            config: sc_consensus_grandpa::Config {
                gossip_duration: GOSSIP_DURATION,
                justification_generation_period: JUSTIFICATION_PERIOD,
                name: Some(name),
                observer_enabled: false,
                keystore: role.is_authority().then(|| keystore_container.keystore()),
                local_role: role,
                telemetry: telemetry_handle.clone(),
                protocol_name: grandpa_protocol,
            },
            link: grandpa_link,
            network,
            sync: sync_service,
            notification_service: grandpa_notifications,
            voting_rule,
            prometheus_registry: prometheus,
            shared_voter_state: voter_state,
            telemetry: telemetry_handle,
            offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
        })?;
        task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
    }

    Ok(task_manager)
}

/// Runs the runtime's off-chain part after every block.
fn spawn_offchain_workers(
    config: &Configuration,
    task_manager: &TaskManager,
    client: &Arc<FullClient>,
    backend: &Arc<FullBackend>,
    keystore: &sc_service::KeystoreContainer,
    transaction_pool: &Arc<TransactionPool>,
    network: &Arc<dyn NetworkService>,
) -> Result<(), ServiceError> {
    let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
        runtime_api_provider: client.clone(),
        keystore: Some(keystore.keystore()),
        offchain_db: backend.offchain_storage(),
        transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
        network_provider: Arc::new(network.clone()),
        is_validator: matches!(config.role, Role::Authority),
        enable_http_requests: true,
        custom_extensions: |_| Vec::new(),
    })?;
    task_manager.spawn_handle().spawn(
        "offchain-workers-runner",
        Some("offchain-worker"),
        workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
    );
    Ok(())
}

/// Undoes what consensus remembers of the last `blocks` blocks, for `revert`.
pub(crate) fn revert(client: Arc<FullClient>, backend: Arc<FullBackend>, blocks: BlockNumber) -> sc_cli::Result<()> {
    sc_consensus_babe::revert(client.clone(), backend, blocks)?;
    sc_consensus_grandpa::revert(client, blocks)?;
    Ok(())
}
