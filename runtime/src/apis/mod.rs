//! What can be asked of the runtime from outside: by the node, and through it by everybody.
//!
//! The answers to what is Pedigree's own are made in [`namespaces`], [`standing`], [`provenance`], [`payouts`], [`economy`]
//! and [`sponsorship`]; [`prepare`] makes calls, tries them and says what they cost or why they would fail.

mod economy;
mod explain;
mod lineage;
mod namespaces;
mod paging;
mod payload;
mod payouts;
mod prepare;
mod provenance;
mod search;
mod sponsorship;
mod standing;
mod walk;

pub use payload::extension;
#[cfg(feature = "std")]
pub use runtime_apis::RuntimeApi;
pub use runtime_apis::{api, RUNTIME_API_VERSIONS};

/// The implementation of every runtime API.
#[allow(missing_docs, unused_qualifications)]
mod runtime_apis {
    use alloc::{string::String, vec::Vec};

    use frame_support::{
        genesis_builder_helper::{build_state, get_preset},
        weights::Weight,
    };
    use pedigree_primitives::{
        api::{
            Action, Balance as BalanceView, ChildView, DigestView, EarningsView, Lineage, LineageRequest,
            LinkRequestView, NamespaceView, Page, PageRequest, ParentView, PrepareError, Prepared, Query, RecordView,
            RegistrarsView, RelativeView, ReleaseView, ShareView, SignerPayload, SourceView, SponsorshipView,
            StatementView,
        },
        economy::{
            EmissionShareView, EpochView, EvaluatorView, HyperparameterView, MetagraphView, NeuronView, PositionView,
            SubnetView, UnbondingView,
        },
        Bytes, NamespaceId, NetUid, RecordId, ReleaseId,
    };
    use sp_api::impl_runtime_apis;
    use sp_consensus_babe::AuthorityId as BabeId;
    use sp_consensus_grandpa::AuthorityId as GrandpaId;
    use sp_core::{crypto::KeyTypeId, OpaqueMetadata, H256};
    use sp_inherents::{CheckInherentsResult, InherentData};
    use sp_runtime::{
        traits::{Block as BlockT, NumberFor},
        transaction_validity::{TransactionSource, TransactionValidity},
        AccountId32, ApplyExtrinsicResult, ExtrinsicInclusionMode,
    };
    use sp_session::OpaqueGeneratedSessionKeys;
    use sp_version::RuntimeVersion;

    use crate::{
        configs::consensus::BABE_GENESIS_EPOCH_CONFIG, genesis, AccountId, Babe, Balance, Block, Executive, Grandpa,
        InherentDataExt, Nonce, Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys, System, TransactionPayment,
        VERSION,
    };

    use super::{economy, lineage, namespaces, payload, payouts, prepare, provenance, search, sponsorship, standing};

    impl_runtime_apis! {
        impl sp_api::Core<Block> for Runtime {
            fn version() -> RuntimeVersion {
                VERSION
            }

            fn execute_block(block: <Block as BlockT>::LazyBlock) {
                Executive::execute_block(block);
            }

            fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
                Executive::initialize_block(header)
            }
        }

        impl sp_api::Metadata<Block> for Runtime {
            fn metadata() -> OpaqueMetadata {
                OpaqueMetadata::new(Runtime::metadata().into())
            }

            fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
                Runtime::metadata_at_version(version)
            }

            fn metadata_versions() -> Vec<u32> {
                Runtime::metadata_versions()
            }
        }

        impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
            fn execute_view_function(
                id: frame_support::view_functions::ViewFunctionId,
                input: Vec<u8>,
            ) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
                Runtime::execute_view_function(id, input)
            }
        }

        impl sp_block_builder::BlockBuilder<Block> for Runtime {
            fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
                Executive::apply_extrinsic(extrinsic)
            }

            fn finalize_block() -> <Block as BlockT>::Header {
                Executive::finalize_block()
            }

            fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
                data.create_extrinsics()
            }

            fn check_inherents(block: <Block as BlockT>::LazyBlock, data: InherentData) -> CheckInherentsResult {
                data.check_extrinsics(&block)
            }
        }

        impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
            fn validate_transaction(
                source: TransactionSource,
                tx: <Block as BlockT>::Extrinsic,
                block_hash: <Block as BlockT>::Hash,
            ) -> TransactionValidity {
                Executive::validate_transaction(source, tx, block_hash)
            }
        }

        impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
            fn offchain_worker(header: &<Block as BlockT>::Header) {
                Executive::offchain_worker(header);
            }
        }

        impl sp_session::SessionKeys<Block> for Runtime {
            fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
                SessionKeys::generate(&owner, seed).into()
            }

            fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
                SessionKeys::decode_into_raw_public_keys(&encoded)
            }
        }

        impl sp_consensus_babe::BabeApi<Block> for Runtime {
            fn configuration() -> sp_consensus_babe::BabeConfiguration {
                let config = Babe::epoch_config().unwrap_or(BABE_GENESIS_EPOCH_CONFIG);
                sp_consensus_babe::BabeConfiguration {
                    slot_duration: Babe::slot_duration(),
                    epoch_length: crate::constants::time::EPOCH_DURATION_IN_SLOTS,
                    c: config.c,
                    authorities: Babe::authorities().to_vec(),
                    randomness: Babe::randomness(),
                    allowed_slots: config.allowed_slots,
                }
            }

            fn current_epoch_start() -> sp_consensus_babe::Slot {
                Babe::current_epoch_start()
            }

            fn current_epoch() -> sp_consensus_babe::Epoch {
                Babe::current_epoch()
            }

            fn next_epoch() -> sp_consensus_babe::Epoch {
                Babe::next_epoch()
            }

            // Equivocations are not reported: see `configs::consensus`.
            fn generate_key_ownership_proof(
                _slot: sp_consensus_babe::Slot,
                _authority_id: BabeId,
            ) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
                None
            }

            fn submit_report_equivocation_unsigned_extrinsic(
                _equivocation_proof: sp_consensus_babe::EquivocationProof<<Block as BlockT>::Header>,
                _key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
            ) -> Option<()> {
                None
            }
        }

        impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
            fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
                Grandpa::grandpa_authorities()
            }

            fn current_set_id() -> sp_consensus_grandpa::SetId {
                pallet_grandpa::CurrentSetId::<Runtime>::get()
            }

            // Equivocations are not reported: see `configs::consensus`.
            fn generate_key_ownership_proof(
                _set_id: sp_consensus_grandpa::SetId,
                _authority_id: GrandpaId,
            ) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
                None
            }

            fn submit_report_equivocation_unsigned_extrinsic(
                _equivocation_proof: sp_consensus_grandpa::EquivocationProof<
                    <Block as BlockT>::Hash,
                    NumberFor<Block>,
                >,
                _key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
            ) -> Option<()> {
                None
            }
        }

        impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
            fn account_nonce(account: AccountId) -> Nonce {
                System::account_nonce(account)
            }
        }

        impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
            fn query_info(
                uxt: <Block as BlockT>::Extrinsic,
                len: u32,
            ) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
                TransactionPayment::query_info(uxt, len)
            }

            fn query_fee_details(
                uxt: <Block as BlockT>::Extrinsic,
                len: u32,
            ) -> pallet_transaction_payment::FeeDetails<Balance> {
                TransactionPayment::query_fee_details(uxt, len)
            }

            fn query_weight_to_fee(weight: Weight) -> Balance {
                TransactionPayment::weight_to_fee(weight)
            }

            fn query_length_to_fee(length: u32) -> Balance {
                TransactionPayment::length_to_fee(length)
            }
        }

        impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, RuntimeCall>
            for Runtime
        {
            fn query_call_info(
                call: RuntimeCall,
                len: u32,
            ) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
                TransactionPayment::query_call_info(call, len)
            }

            fn query_call_fee_details(
                call: RuntimeCall,
                len: u32,
            ) -> pallet_transaction_payment::FeeDetails<Balance> {
                TransactionPayment::query_call_fee_details(call, len)
            }

            fn query_weight_to_fee(weight: Weight) -> Balance {
                TransactionPayment::weight_to_fee(weight)
            }

            fn query_length_to_fee(length: u32) -> Balance {
                TransactionPayment::length_to_fee(length)
            }
        }

        impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
            fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
                build_state::<RuntimeGenesisConfig>(config)
            }

            fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
                get_preset::<RuntimeGenesisConfig>(id, genesis::get_preset)
            }

            fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
                genesis::preset_names()
            }
        }

        impl pedigree_primitives::api::NamespacesApi<Block> for Runtime {
            fn namespace(name: String) -> Option<NamespaceView> {
                namespaces::find(&name).and_then(namespaces::view)
            }

            fn namespace_by_id(id: NamespaceId) -> Option<NamespaceView> {
                namespaces::view(id)
            }

            fn namespaces(page: PageRequest) -> Page<NamespaceView> {
                namespaces::all(&page)
            }

            fn price(name: String) -> Option<BalanceView> {
                namespaces::price(&name)
            }
        }

        impl pedigree_primitives::api::StandingApi<Block> for Runtime {
            fn registrars() -> RegistrarsView {
                standing::registrars()
            }

            fn link_request(name: String, claimant: AccountId32) -> Option<LinkRequestView> {
                standing::request(&name, claimant)
            }

            fn link_requests(name: Option<String>, page: PageRequest) -> Page<LinkRequestView> {
                standing::requests(name.as_deref(), &page)
            }
        }

        impl pedigree_primitives::api::ProvenanceApi<Block> for Runtime {
            fn record(id: RecordId) -> Option<RecordView> {
                provenance::record(id)
            }

            fn record_by_name(name: String) -> Option<RecordView> {
                provenance::find_record(&name).and_then(provenance::record)
            }

            fn release(id: ReleaseId) -> Option<ReleaseView> {
                provenance::release(id)
            }

            fn release_by_name(name: String) -> Option<ReleaseView> {
                provenance::find_release(&name).and_then(provenance::release)
            }

            fn holder(root: H256) -> Option<ReleaseView> {
                provenance::holder(root).and_then(provenance::release)
            }

            fn releases_by_root(root: H256, page: PageRequest) -> Page<ReleaseView> {
                provenance::releases_by_root(root, &page)
            }

            fn releases_by_digest(digest: DigestView, page: PageRequest) -> Page<ReleaseView> {
                provenance::releases_by_digest(digest, &page)
            }

            fn records_of_namespace(name: String, page: PageRequest) -> Page<RecordView> {
                provenance::records_of_namespace(&name, &page)
            }

            fn releases_of_record(id: RecordId, page: PageRequest) -> Page<ReleaseView> {
                provenance::releases_of_record(id, &page)
            }

            fn releases_of_namespace(name: String, page: PageRequest) -> Page<ReleaseView> {
                provenance::releases_of_namespace(&name, &page)
            }

            fn parents(id: ReleaseId) -> Option<Vec<ParentView>> {
                provenance::parents(id)
            }

            fn children(id: ReleaseId, page: PageRequest) -> Page<ChildView> {
                provenance::children(id, &page)
            }

            fn lineage(id: ReleaseId, request: LineageRequest) -> Option<Lineage<RelativeView>> {
                lineage::lineage(id, &request)
            }

            fn search(query: Query, page: PageRequest) -> Page<ReleaseView> {
                search::search(&query, &page)
            }

            fn royalty_split(id: ReleaseId) -> Option<Vec<ShareView>> {
                provenance::royalty_split(id)
            }

            fn prepare(account: AccountId32, action: Action) -> Result<Prepared, PrepareError> {
                prepare::prepare(account, action)
            }

            fn assemble(payload: SignerPayload, signature: Bytes) -> Option<Bytes> {
                payload::assemble(&payload, &signature)
            }
        }

        impl pedigree_primitives::api::SponsorshipApi<Block> for Runtime {
            fn sponsors_of(beneficiary: AccountId32, page: PageRequest) -> Page<SponsorshipView> {
                sponsorship::sponsors_of(&beneficiary, &page)
            }
        }

        impl pedigree_primitives::api::PayoutsApi<Block> for Runtime {
            fn statement(id: ReleaseId) -> Option<StatementView> {
                payouts::statement(id)
            }

            fn sources(id: ReleaseId, page: PageRequest) -> Option<Lineage<SourceView>> {
                payouts::sources(id, &page)
            }

            fn earnings_of_namespace(name: String, page: PageRequest) -> Page<EarningsView> {
                payouts::earnings_of_namespace(&name, &page)
            }
        }

        impl pedigree_primitives::economy::SubnetsApi<Block> for Runtime {
            fn subnets(page: PageRequest) -> Page<SubnetView> {
                economy::subnets(&page)
            }

            fn subnet(netuid: NetUid) -> Option<SubnetView> {
                economy::subnet(netuid)
            }

            fn metagraph(netuid: NetUid, from: u16, limit: u16) -> Option<MetagraphView> {
                economy::metagraph(netuid, from, limit)
            }

            fn neuron(netuid: NetUid, uid: u16) -> Option<NeuronView> {
                economy::neuron(netuid, uid)
            }

            fn neuron_of(netuid: NetUid, account: AccountId32) -> Option<NeuronView> {
                economy::neuron_of(netuid, &account)
            }

            fn hyperparameters(netuid: NetUid) -> Option<Vec<HyperparameterView>> {
                economy::hyperparameters(netuid)
            }

            fn epochs(netuid: NetUid) -> Option<Vec<EpochView>> {
                economy::epochs(netuid)
            }

            fn emission_shares() -> Vec<EmissionShareView> {
                economy::emission_shares()
            }

            fn founding_price() -> BalanceView {
                BalanceView(crate::Subnets::founding_price())
            }
        }

        impl pedigree_primitives::economy::StakeApi<Block> for Runtime {
            fn positions(holder: AccountId32, page: PageRequest) -> Page<PositionView> {
                economy::positions(&holder, &page)
            }

            fn unbonding(holder: AccountId32) -> Vec<UnbondingView> {
                economy::unbonding(&holder)
            }

            fn evaluator(netuid: NetUid, evaluator: AccountId32) -> Option<EvaluatorView> {
                economy::evaluator(netuid, &evaluator)
            }
        }

        #[cfg(feature = "runtime-benchmarks")]
        impl frame_benchmarking::Benchmark<Block> for Runtime {
            fn benchmark_metadata(extra: bool) -> (
                Vec<frame_benchmarking::BenchmarkList>,
                Vec<frame_support::traits::StorageInfo>,
            ) {
                use crate::*;
                use frame_benchmarking::{baseline::Pallet as BaselineBench, BenchmarkList};
                use frame_support::traits::StorageInfoTrait;
                use frame_system_benchmarking::{
                    extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
                };

                let mut list = Vec::<BenchmarkList>::new();
                list_benchmarks!(list, extra);
                (list, AllPalletsWithSystem::storage_info())
            }

            fn dispatch_benchmark(
                config: frame_benchmarking::BenchmarkConfig,
            ) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, String> {
                use crate::*;
                use frame_benchmarking::{baseline::Pallet as BaselineBench, BenchmarkBatch};
                use frame_support::traits::WhitelistedStorageKeys;
                use frame_system_benchmarking::{
                    extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
                };
                use sp_storage::TrackedStorageKey;

                let whitelist: Vec<TrackedStorageKey> = AllPalletsWithSystem::whitelisted_storage_keys();
                let mut batches = Vec::<BenchmarkBatch>::new();
                let params = (&config, &whitelist);
                add_benchmarks!(params, batches);
                Ok(batches)
            }
        }

        #[cfg(feature = "try-runtime")]
        impl frame_try_runtime::TryRuntime<Block> for Runtime {
            #[allow(clippy::expect_used)]
            fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
                // A check that fails ends the run here: this is only ever compiled to be run as a check.
                let weight = Executive::try_runtime_upgrade(checks).expect("every check of the upgrade passes");
                (weight, crate::constants::block::MAXIMUM_WEIGHT)
            }

            #[allow(clippy::expect_used)]
            fn execute_block(
                block: <Block as BlockT>::LazyBlock,
                state_root_check: bool,
                signature_check: bool,
                select: frame_try_runtime::TryStateSelect,
            ) -> Weight {
                Executive::try_execute_block(block, state_root_check, signature_check, select)
                    .expect("the block executes and every pallet's invariants hold")
            }
        }
    }
}
