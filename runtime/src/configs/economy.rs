//! Subnets and the stake in them.

use frame_support::{
    parameter_types,
    traits::{ConstU32, Get},
    weights::Weight,
    PalletId,
};
use sp_arithmetic::Perquintill;
use sp_runtime::Permill;

#[cfg(feature = "runtime-benchmarks")]
use super::provenance::benchmark_setup;
use super::{calendar::Days, emission, payouts::TreasuryAccount, utility::StoragePrice};
use crate::{
    constants::{
        block,
        currency::{deposit, UNIT},
        time::{DAYS, HOURS},
    },
    governance::AdmitOrigin,
    weights, Balance, Balances, BlockNumber, Payouts, Records, Runtime, Stake, Subnets, System,
};

parameter_types! {
    /// Where dividends wait.
    pub const StakePalletId: PalletId = PalletId(*b"pg/stake");
    /// The least that a position may have: 1 PDG.
    pub const MinimumStake: Balance = UNIT;
    /// A position, the evaluator's entry, and the end of an epoch: about 450 bytes.
    pub const PositionDeposit: Balance = deposit(3, 450);
    /// The most that an evaluator may take.
    pub const MaximumTake: Permill = Permill::from_percent(18);
    /// What an evaluator takes who says nothing.
    pub const DefaultTake: Permill = Permill::from_percent(10);
}

/// How long stake that was taken out stays held.
pub type UnbondingPeriod = Days<7>;
/// A higher take is said a week before it counts: as long as stake needs to leave.
pub type TakeNotice = Days<7>;
/// Half of a change of a subnet's stake is in its average after a week.
pub type AverageHalfLife = Days<7>;

impl pallet_stake::Config for Runtime {
    type Currency = Balances;
    type Subnets = Subnets;
    type PalletId = StakePalletId;
    type Treasury = TreasuryAccount;
    type MinimumStake = MinimumStake;
    type PositionDeposit = PositionDeposit;
    type UnbondingPeriod = UnbondingPeriod;
    type MaxUnbonding = ConstU32<32>;
    type MaximumTake = MaximumTake;
    type DefaultTake = DefaultTake;
    type TakeNotice = TakeNotice;
    type AverageHalfLife = AverageHalfLife;
    type WeightInfo = weights::pallet_stake::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}

/// Whether the present block begins a session: it has keys and authorities to change already.
pub struct NewSession;

impl Get<bool> for NewSession {
    fn get() -> bool {
        let (_, began) = pallet_babe::EpochStart::<Runtime>::get();
        began == System::block_number()
    }
}

parameter_types! {
    /// Where emission comes to.
    pub const SubnetsPalletId: PalletId = PalletId(*b"pg/subne");
    /// A subnet is admitted for a year at most; then it is asked again.
    pub const MaximumTerm: BlockNumber = 365 * DAYS;
    /// No subnet has more than a fifth of the emission.
    pub const MaximumShare: Perquintill = Perquintill::from_percent(20);
    /// One that scores services, which follow no pedigree, has a twentieth at most.
    pub const MaximumServiceShare: Perquintill = Perquintill::from_percent(5);
    /// The owner's part of a subnet's emission.
    pub const OwnerPart: Permill = Permill::from_percent(10);
    /// The least that founding a subnet costs: 100 PDG.
    pub const FoundingPrice: Balance = 100 * UNIT;
    /// The price of founding, doubled by each subnet, halves in a week.
    pub const FoundingHalfLife: BlockNumber = 7 * DAYS;
    /// The least that a neuron costs: 0.1 PDG.
    pub const MinimumNeuronPrice: Balance = UNIT / 10;
    /// Each neuron makes the next one dearer by a quarter.
    pub const NeuronPriceRise: Permill = Permill::from_percent(25);
    /// A neuron's price halves in an hour.
    pub const NeuronPriceHalfLife: BlockNumber = HOURS;
    /// The least stake that can make an evaluator: 100 PDG.
    pub const MinimumEvaluatorStake: Balance = 100 * UNIT;
    /// What the end of an epoch, or crediting one, may take of a block.
    pub const EpochWeight: Weight = block::EPOCH_WEIGHT;
    /// What clearing away closed subnets may take of a block that has the room.
    pub const ClearingWeight: Weight = block::CLEARING_WEIGHT;
}

impl pallet_subnets::Config for Runtime {
    type Currency = Balances;
    type Registry = Records;
    type Stakes = Stake;
    type Earnings = Payouts;
    type Emission = emission::Dap;
    type PalletId = SubnetsPalletId;
    type GovernanceOrigin = AdmitOrigin;
    type NewSession = NewSession;
    type StoragePrice = StoragePrice;
    type MaxSubnets = ConstU32<128>;
    type MaxAdmitted = ConstU32<64>;
    type MaximumTerm = MaximumTerm;
    type MaximumShare = MaximumShare;
    type MaximumServiceShare = MaximumServiceShare;
    type OwnerPart = OwnerPart;
    type FoundingPrice = FoundingPrice;
    type FoundingHalfLife = FoundingHalfLife;
    type MinimumNeuronPrice = MinimumNeuronPrice;
    type NeuronPriceRise = NeuronPriceRise;
    type NeuronPriceHalfLife = NeuronPriceHalfLife;
    type MinimumEvaluatorStake = MinimumEvaluatorStake;
    type MinimumTempo = ConstU32<10>;
    type History = ConstU32<4>;
    type EpochWeight = EpochWeight;
    type ClearingWeight = ClearingWeight;
    type WeightInfo = weights::pallet_subnets::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}
