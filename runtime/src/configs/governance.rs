//! Referenda with conviction voting. Durations and thresholds are in [`crate::governance`].

use frame_support::{
    parameter_types,
    traits::{tokens::currency::ActiveIssuanceOf, AsEnsureOriginWithArg, ConstU32},
};
use frame_system::{EnsureRoot, EnsureSigned};

use crate::{
    constants::currency::UNIT,
    governance::{timing, Tracks},
    AccountId, Balance, Balances, BlockNumber, Preimage, Referenda, Runtime, RuntimeCall, RuntimeEvent, Scheduler,
    System,
};

parameter_types! {
    /// What it takes to put a proposal forward. Given back when it is over.
    pub const SubmissionDeposit: Balance = UNIT;
    /// A proposal whose decision deposit nobody pays is dropped after this.
    pub const UndecidingTimeout: BlockNumber = timing::UNDECIDING_TIMEOUT;
    /// Referenda are looked at in the very block in which something is due.
    pub const AlarmInterval: BlockNumber = 1;
}

impl pallet_referenda::Config for Runtime {
    type RuntimeCall = RuntimeCall;
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_referenda::weights::SubstrateWeight<Runtime>;
    type Scheduler = Scheduler;
    type Currency = Balances;
    type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
    type CancelOrigin = EnsureRoot<AccountId>;
    type KillOrigin = EnsureRoot<AccountId>;
    // The deposit of a proposal that was killed is burned; once the treasury can be spent from, there.
    type Slash = ();
    type Votes = pallet_conviction_voting::VotesOf<Runtime>;
    type Tally = pallet_conviction_voting::TallyOf<Runtime>;
    type SubmissionDeposit = SubmissionDeposit;
    type MaxQueued = ConstU32<100>;
    type UndecidingTimeout = UndecidingTimeout;
    type AlarmInterval = AlarmInterval;
    type Tracks = Tracks;
    type Preimages = Preimage;
    type BlockNumberProvider = System;
}

impl pallet_conviction_voting::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type WeightInfo = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;
    type Currency = Balances;
    type Polls = Referenda;
    type MaxTurnout = ActiveIssuanceOf<Balances, AccountId>;
    type MaxVotes = ConstU32<512>;
    type VoteLockingPeriod = timing::VoteLockingPeriod;
    type BlockNumberProvider = System;
    type VotingHooks = ();
}
