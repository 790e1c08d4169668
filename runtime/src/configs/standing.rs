//! Who controls a channel: the registrars, and what it takes to ask them.

use frame_support::{
    parameter_types,
    traits::{fungible::HoldConsideration, tokens::imbalance::ResolveTo, ConstU32},
};

#[cfg(feature = "runtime-benchmarks")]
use super::provenance::benchmark_setup;
use super::{payouts::TreasuryAccount, utility::StoragePrice};
use crate::{
    constants::{currency::UNIT, time::DAYS},
    governance::AppointOrigin,
    weights, AccountId, Balance, Balances, BlockNumber, Namespaces, Records, Runtime, RuntimeHoldReason, System,
};

parameter_types! {
    /// What a request costs: registrars have work with it.
    pub const RequestPrice: Balance = 5 * UNIT;
    /// How long registrars can judge a request.
    pub const RequestLifetime: BlockNumber = 30 * DAYS;
    /// How long an owner has to renew, once enough registrars say that somebody else controls his channel.
    pub const TakeOverNotice: BlockNumber = 14 * DAYS;
    /// What the deposit of a request is held for.
    pub const RequestHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Registrars(pallet_registrars::HoldReason::Request);
}

impl pallet_registrars::Config for Runtime {
    type WeightInfo = weights::pallet_registrars::WeightInfo<Runtime>;
    type Currency = Balances;
    type RequestPrice = RequestPrice;
    type OnPayment = ResolveTo<TreasuryAccount, Balances>;
    type Consideration = HoldConsideration<AccountId, Balances, RequestHoldReason, StoragePrice>;
    type AppointOrigin = AppointOrigin;
    type Channels = Namespaces;
    type Adoption = Records;
    type MaxRegistrars = ConstU32<32>;
    type RequestLifetime = RequestLifetime;
    type Notice = TakeOverNotice;
    type BlockNumberProvider = System;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}
