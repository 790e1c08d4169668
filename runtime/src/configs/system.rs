//! The chain itself: how large a block may be, and what may be called.

use frame_support::{
    derive_impl,
    dispatch::DispatchClass,
    parameter_types,
    traits::{ConstU32, Contains},
    weights::constants::{BlockExecutionWeight, ExtrinsicBaseWeight, ParityDbWeight},
};
use frame_system::limits;
use sp_runtime::traits::AccountIdLookup;
use sp_version::RuntimeVersion;

use crate::{
    constants::{block, time, SS58_PREFIX},
    AccountId, Balance, Block, BlockNumber, Hash, Migrations, Nonce, PalletInfo, Runtime, RuntimeCall, RuntimeEvent,
    RuntimeOrigin, RuntimeTask, VERSION,
};

parameter_types! {
    /// How many blocks' hashes are remembered.
    pub const BlockHashCount: BlockNumber = time::BLOCK_HASH_COUNT;
    /// Which runtime this is.
    pub const Version: RuntimeVersion = VERSION;
    /// The prefix of addresses.
    pub const SS58Prefix: u16 = SS58_PREFIX;

    /// How long a block may take, and each class of calls in it.
    pub RuntimeBlockWeights: limits::BlockWeights = limits::BlockWeights::builder()
        .base_block(BlockExecutionWeight::get())
        .for_class(DispatchClass::all(), |weights| weights.base_extrinsic = ExtrinsicBaseWeight::get())
        .for_class(DispatchClass::Normal, |weights| {
            weights.max_total = Some(block::NORMAL_WEIGHT);
        })
        .for_class(DispatchClass::Operational, |weights| {
            weights.max_total = Some(block::MAXIMUM_WEIGHT);
            // What ordinary transactions can't take is there for these even when a block is full.
            weights.reserved = Some(block::MAXIMUM_WEIGHT.saturating_sub(block::NORMAL_WEIGHT));
        })
        .avg_block_initialization(block::INITIALIZATION_RATIO)
        .build_or_panic();

    /// How long a block may be, and each class of calls in it.
    pub RuntimeBlockLength: limits::BlockLength = limits::BlockLength::builder()
        .max_length(block::MAXIMUM_LENGTH)
        .modify_max_length_for_class(DispatchClass::Normal, |length| *length = block::NORMAL_LENGTH)
        .build();
}

/// What may be called by a signed or scheduled call. Governance's root is not bound by it.
///
/// One thing may not: dropping one's session keys. Authorities are those of genesis, and nothing would let one back in;
/// the last of them would stop the chain. The filter goes when validators are elected.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
    fn contains(call: &RuntimeCall) -> bool {
        !matches!(call, RuntimeCall::Session(pallet_session::Call::purge_keys { .. }))
    }
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type BaseCallFilter = CallFilter;
    type Block = Block;
    type BlockWeights = RuntimeBlockWeights;
    type BlockLength = RuntimeBlockLength;
    type AccountId = AccountId;
    type Lookup = AccountIdLookup<AccountId, ()>;
    type Nonce = Nonce;
    type Hash = Hash;
    type BlockHashCount = BlockHashCount;
    type DbWeight = ParityDbWeight;
    type Version = Version;
    type AccountData = pallet_balances::AccountData<Balance>;
    type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
    type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
    type SS58Prefix = SS58Prefix;
    type SingleBlockMigrations = Migrations;
    type MaxConsumers = ConstU32<128>;
}
