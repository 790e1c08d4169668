//! Who makes blocks (BABE) and who makes them final (GRANDPA).
//!
//! For now the authorities are those of genesis: there is no election yet, so nothing rewards or punishes them, and
//! equivocations are not reported. Both come together, with staking.

use alloc::vec::Vec;

use frame_support::{
    parameter_types,
    traits::{ConstU32, ConstU64},
};
use sp_core::Void;
use sp_runtime::{impl_opaque_keys, traits::OpaqueKeys};

use crate::{
    constants::{currency::deposit, time, MAX_AUTHORITIES},
    weights, AccountId, Babe, Balance, Balances, Grandpa, Runtime, RuntimeEvent, Session,
};

impl_opaque_keys! {
    /// The keys that an authority signs with, one for each thing it signs.
    pub struct SessionKeys {
        /// Makes blocks.
        pub babe: Babe,
        /// Makes them final.
        pub grandpa: Grandpa,
    }
}

/// How BABE begins, and stays until governance plans a change of these (not of slot or epoch length).
pub const BABE_GENESIS_EPOCH_CONFIG: sp_consensus_babe::BabeEpochConfiguration =
    sp_consensus_babe::BabeEpochConfiguration {
        c: time::PRIMARY_PROBABILITY,
        // Slots that nobody won go to one in turn, who proves that it's his: no slot stays empty while all are there.
        allowed_slots: sp_consensus_babe::AllowedSlots::PrimaryAndSecondaryVRFSlots,
    };

parameter_types! {
    /// How many slots an epoch has.
    pub const EpochDuration: u64 = time::EPOCH_DURATION_IN_SLOTS;
    /// How many milliseconds lie between two blocks, as a rule.
    pub const ExpectedBlockTime: u64 = time::MILLISECS_PER_BLOCK;
    /// Two public keys and, for each, who it belongs to.
    pub const KeyDeposit: Balance = deposit(3, 64 + 2 * 68);
}

impl pallet_babe::Config for Runtime {
    type EpochDuration = EpochDuration;
    type ExpectedBlockTime = ExpectedBlockTime;
    type EpochChangeTrigger = pallet_babe::ExternalTrigger;
    type DisabledValidators = Session;
    type WeightInfo = weights::pallet_babe::WeightInfo<Runtime>;
    type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
    type MaxNominators = ConstU32<0>;
    type KeyOwnerProof = Void;
    type EquivocationReportSystem = ();
}

impl pallet_grandpa::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = weights::pallet_grandpa::WeightInfo<Runtime>;
    type MaxAuthorities = ConstU32<MAX_AUTHORITIES>;
    type MaxNominators = ConstU32<0>;
    type MaxSetIdSessionEntries = ConstU64<0>;
    type KeyOwnerProof = Void;
    type EquivocationReportSystem = ();
}

impl pallet_timestamp::Config for Runtime {
    type Moment = u64;
    type OnTimestampSet = Babe;
    type MinimumPeriod = ConstU64<{ time::SLOT_DURATION / 2 }>;
    type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_authorship::Config for Runtime {
    type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
    type EventHandler = ();
}

/// Who is a validator: whoever genesis says, so that nobody else pays for keys that would never be used.
pub struct GenesisValidators;

impl sp_runtime::traits::Convert<AccountId, Option<AccountId>> for GenesisValidators {
    fn convert(account: AccountId) -> Option<AccountId> {
        pallet_session::NextKeys::<Runtime>::contains_key(&account).then_some(account)
    }
}

impl pallet_session::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type ValidatorId = AccountId;
    type ValidatorIdOf = GenesisValidators;
    type ShouldEndSession = Babe;
    type NextSessionRotation = Babe;
    // Nobody is elected: the validators of one session are those of the next.
    type SessionManager = ();
    type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
    type Keys = SessionKeys;
    type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
    type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type KeyDeposit = KeyDeposit;
}
