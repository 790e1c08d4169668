//! Tools around calls: batches, several signers, preimages, calls at a later block.

use frame_support::{
    parameter_types,
    traits::{fungible::HoldConsideration, ConstU32, EqualPrivilegeOnly, Footprint},
    weights::Weight,
};
use frame_system::EnsureRoot;
use sp_runtime::traits::Convert;

use crate::{
    constants::{
        block,
        currency::{deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM},
    },
    AccountId, Balance, Balances, OriginCaller, Preimage, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason,
    RuntimeOrigin, System,
};

/// The deposit for what is stored: so much for each item and so much for each byte of all of them.
///
/// [`Footprint::size`] is the size of all items together, so the SDK's `LinearStoragePrice`, which multiplies it by their
/// number, would count bytes several times.
pub struct StoragePrice;

impl Convert<Footprint, Balance> for StoragePrice {
    fn convert(footprint: Footprint) -> Balance {
        Balance::from(footprint.count)
            .saturating_mul(DEPOSIT_PER_ITEM)
            .saturating_add(Balance::from(footprint.size).saturating_mul(DEPOSIT_PER_BYTE))
    }
}

impl pallet_utility::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type PalletsOrigin = OriginCaller;
    type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
    /// A multisig's entry: 88 bytes and the number of approvals.
    pub const MultisigDepositBase: Balance = deposit(1, 88);
    /// Each approval: an account.
    pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type DepositBase = MultisigDepositBase;
    type DepositFactor = MultisigDepositFactor;
    type MaxSignatories = ConstU32<100>;
    type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
    type BlockNumberProvider = System;
}

parameter_types! {
    /// What a preimage's deposit is held for.
    pub const PreimageHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type ManagerOrigin = EnsureRoot<AccountId>;
    type Consideration = HoldConsideration<AccountId, Balances, PreimageHoldReason, StoragePrice>;
}

parameter_types! {
    /// How much of a block scheduled calls may take.
    pub const MaximumSchedulerWeight: Weight = block::SCHEDULED_WEIGHT;
}

impl pallet_scheduler::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeOrigin = RuntimeOrigin;
    type PalletsOrigin = OriginCaller;
    type RuntimeCall = RuntimeCall;
    type MaximumWeight = MaximumSchedulerWeight;
    type ScheduleOrigin = EnsureRoot<AccountId>;
    type OriginPrivilegeCmp = EqualPrivilegeOnly;
    type MaxScheduledPerBlock = ConstU32<50>;
    type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
    type Preimages = Preimage;
    type BlockNumberProvider = System;
}
