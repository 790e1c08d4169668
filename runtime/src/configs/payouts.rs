//! What releases earn, and whom they owe a part of it.

use frame_support::{parameter_types, traits::ConstU32, weights::Weight, PalletId};
use sp_runtime::traits::AccountIdConversion;

use super::calendar::Days;
#[cfg(feature = "runtime-benchmarks")]
use super::provenance::benchmark_setup;
use crate::{
    constants::{
        block,
        currency::{deposit, MILLI},
        time::DAYS,
    },
    weights, AccountId, Balance, Balances, BlockNumber, Records, Runtime,
};

parameter_types! {
    /// Where payments wait.
    pub const PayoutsPalletId: PalletId = PalletId(*b"pg/payou");
    /// The treasury's account. What is there is spent by vote, once there are calls for it.
    pub TreasuryAccount: AccountId = PalletId(*b"py/trsry").into_account_truncating();
    /// The least that can be paid: 0.01 PDG.
    pub const MinimumPayment: Balance = 10 * MILLI;
    /// What the first payments of a release cost on top: each makes an entry of about 150 bytes, for good.
    pub const HistoryPrice: Balance = deposit(1, 150);
    /// How long what an unlinked channel is owed waits for its publisher.
    pub const PayoutLifetime: BlockNumber = 365 * DAYS;
    /// What settling may take of a block that has the room.
    pub const SettlingWeight: Weight = block::SETTLING_WEIGHT;
}

/// How long emission takes to mature for a release in a linked channel: a week.
pub type LinkedMaturity = Days<7>;
/// How long it takes for any other: a month.
pub type PlainMaturity = Days<30>;
/// The emission of a day matures together.
pub type MaturityPeriod = Days<1>;

impl pallet_payouts::Config for Runtime {
    type Currency = Balances;
    type Registry = Records;
    type PalletId = PayoutsPalletId;
    type Treasury = TreasuryAccount;
    type MinimumPayment = MinimumPayment;
    type History = ConstU32<32>;
    type HistoryPrice = HistoryPrice;
    type Lifetime = PayoutLifetime;
    type LinkedMaturity = LinkedMaturity;
    type PlainMaturity = PlainMaturity;
    type MaturityPeriod = MaturityPeriod;
    type MaxMaturing = ConstU32<33>;
    type MaxWithdrawals = ConstU32<32>;
    type SettlingWeight = SettlingWeight;
    type WeightInfo = weights::pallet_payouts::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}
