//! Balances and what a transaction costs.
//!
//! A fee is a base for every transaction, a price for the time it may take (what it didn't take is given back) and one for
//! its length; all but the length's follow demand by a multiplier. Fees and tips go to the author of the block: once the
//! treasury can be spent from, it gets 80 % of the fees.

use frame_support::{
    parameter_types,
    traits::{
        fungible::{Balanced, Credit},
        ConstU128, ConstU32, ConstU8, OnUnbalanced, VariantCountOf,
    },
    weights::ConstantMultiplier,
};
use pallet_transaction_payment::{Multiplier, TargetedFeeAdjustment};
use sp_arithmetic::{traits::Bounded, Perquintill};
use sp_runtime::FixedPointNumber;

use super::sponsorship::ChargeTransaction;
use crate::{
    constants::{currency, fee},
    AccountId, Authorship, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, System,
};

parameter_types! {
    /// An account with less than this is removed.
    pub const ExistentialDeposit: Balance = currency::EXISTENTIAL_DEPOSIT;
}

impl pallet_balances::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
    type Balance = Balance;
    // What is below the existential deposit is burned, so back to what can be issued.
    type DustRemoval = ();
    type ExistentialDeposit = ExistentialDeposit;
    type AccountStore = System;
    type ReserveIdentifier = [u8; 8];
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxLocks = ConstU32<50>;
    type MaxReserves = ConstU32<50>;
    type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
    type DoneSlashHandler = ();
}

/// Pays fees and tips to the author of the block. Without an author (as in a dry run) they are burned.
pub struct ToAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
    fn on_nonzero_unbalanced(credit: Credit<AccountId, Balances>) {
        if let Some(author) = Authorship::author() {
            // An author whose account can't take it goes without: dropping the credit burns it.
            drop(<Balances as Balanced<AccountId>>::resolve(&author, credit));
        }
    }
}

parameter_types! {
    /// How full a block of ordinary transactions is when fees stay as they are.
    pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
    /// How fast fees follow demand. At full blocks they double in about 11 hours at the earliest (28,800 blocks a day).
    pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(7, 100_000);
    /// Fees never fall below what is written down in `constants`: an empty chain isn't free to fill.
    pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_integer(1);
    /// There is no bound above: if blocks stay full, fees go on rising until they don't.
    pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

impl pallet_transaction_payment::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type OnChargeTransaction = ChargeTransaction;
    type WeightToFee = ConstantMultiplier<Balance, ConstU128<{ fee::PER_PICOSECOND }>>;
    type LengthToFee = ConstantMultiplier<Balance, ConstU128<{ fee::PER_BYTE }>>;
    type FeeMultiplierUpdate =
        TargetedFeeAdjustment<Runtime, TargetBlockFullness, AdjustmentVariable, MinimumMultiplier, MaximumMultiplier>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}
