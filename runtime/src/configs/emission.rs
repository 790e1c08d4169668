//! What is minted, and who gets it.
//!
//! There are never more than 21,000,000 PDG. Each minute, a fixed part of what is missing to that is minted, so that half of it is
//! minted in four years, then half of the rest. Whatever is burned is missing again.

use alloc::{collections::BTreeMap, vec::Vec};

use frame_support::{parameter_types, PalletId};
use pallet_dap::{BudgetAllocation, BudgetAllocationMap};
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use sp_runtime::Perbill;
use sp_staking::budget::{BudgetKey, BudgetRecipient, BudgetRecipientList, IssuanceCurve};

use super::payouts::TreasuryAccount;
use crate::{
    constants::currency::MAX_SUPPLY, governance::BudgetOrigin, AccountId, Balance, Balances, Runtime, Subnets,
    Timestamp,
};

/// Milliseconds in four years of 365.25 days.
const HALF_LIFE: u128 = 4 * 36_525 * 864_000;
/// The natural logarithm of 2, in billionths.
const LN_2: u128 = 693_147_181;
const BILLION: u128 = 1_000_000_000;

/// What is minted in a time.
pub struct Curve;

impl IssuanceCurve<Balance> for Curve {
    /// `(21,000,000 PDG - issued) * ln 2 * elapsed / 4 years`, rounded down. For an hour, the longest that is asked for, that is more
    /// by a hundred-thousandth than halving every four years exactly.
    fn issue(issued: Balance, elapsed_millis: u64) -> Balance {
        let missing = MAX_SUPPLY.saturating_sub(issued);
        let part = LN_2.saturating_mul(elapsed_millis.into());
        let whole = HALF_LIFE.saturating_mul(BILLION);
        multiply_by_rational_with_rounding(missing, part, whole, Rounding::Down).map_or(0, |minted| minted.min(missing))
    }
}

fn key(name: &str) -> BudgetKey {
    BudgetKey::truncate_from(name.as_bytes().to_vec())
}

/// The subnets' part.
pub struct ToSubnets;

impl BudgetRecipient<AccountId> for ToSubnets {
    fn budget_key() -> BudgetKey {
        key("subnets")
    }
    fn pot_account() -> AccountId {
        Subnets::pot()
    }
}

/// The validators' part. Until they are elected and rewarded, the treasury keeps it.
pub struct ToValidators;

impl BudgetRecipient<AccountId> for ToValidators {
    fn budget_key() -> BudgetKey {
        key("validators")
    }
    fn pot_account() -> AccountId {
        TreasuryAccount::get()
    }
}

/// The treasury's part.
pub struct ToTreasury;

impl BudgetRecipient<AccountId> for ToTreasury {
    fn budget_key() -> BudgetKey {
        key("treasury")
    }
    fn pot_account() -> AccountId {
        TreasuryAccount::get()
    }
}

/// Who gets what, until a referendum says otherwise.
fn budget() -> BudgetAllocationMap {
    let parts: BTreeMap<_, _> = [("subnets", 60), ("validators", 25), ("treasury", 15)]
        .map(|(name, part)| (key(name), Perbill::from_percent(part)))
        .into();
    BudgetAllocationMap::try_from(parts).unwrap_or_default()
}

parameter_types! {
    /// Where the emission's own account would come from. Nothing goes there.
    pub const DapPalletId: PalletId = pallet_dap::DAP_PALLET_ID;
    /// Something is minted each minute.
    pub const IssuanceCadence: u64 = 60_000;
    /// After a pause of the chain, what an hour mints is minted at most. The rest is missing still, and comes later.
    pub const MaxElapsedPerDrip: u64 = 3_600_000;
}

impl pallet_dap::Config for Runtime {
    type Currency = Balances;
    type PalletId = DapPalletId;
    type IssuanceCurve = Curve;
    type BudgetRecipients = (ToSubnets, ToValidators, ToTreasury);
    type Time = Timestamp;
    type IssuanceCadence = IssuanceCadence;
    type MaxElapsedPerDrip = MaxElapsedPerDrip;
    type BudgetOrigin = BudgetOrigin;
    type WeightInfo = pallet_dap::weights::SubstrateWeight<Runtime>;
}

/// The emission, as the subnets see it.
pub struct Dap;

impl pallet_subnets::Emission for Dap {
    /// With an empty budget nothing would be minted while the clock runs on, and it has no genesis of its own.
    fn begin() {
        BudgetAllocation::<Runtime>::put(budget());
    }

    /// The pallet's own check is switched off.
    #[cfg(feature = "try-runtime")]
    fn try_state() -> Result<(), sp_runtime::TryRuntimeError> {
        use frame_support::{ensure, traits::fungible::Inspect};

        let recipients = <Runtime as pallet_dap::Config>::BudgetRecipients::recipients();
        let known: Vec<_> = recipients.iter().map(|(key, _)| key).collect();
        let budget = BudgetAllocation::<Runtime>::get();
        ensure!(budget.keys().all(|key| known.contains(&key)), "a budget for somebody unknown");
        let parts = budget.values().fold(0u64, |sum, part| sum.saturating_add(part.deconstruct().into()));
        ensure!(parts == u64::from(Perbill::one().deconstruct()), "the budget is not all of the emission");
        for (_, pot) in &recipients {
            let alive = Balances::total_balance(pot) >= Balances::minimum_balance();
            ensure!(alive, "a pot is not alive: a small part of the emission could not be minted into it");
        }
        ensure!(Balances::total_issuance() <= MAX_SUPPLY, "there is more than there can be");
        Ok(())
    }
}

/// The accounts that emission comes to.
pub fn pots() -> Vec<AccountId> {
    <Runtime as pallet_dap::Config>::BudgetRecipients::recipients().into_iter().map(|(_, pot)| pot).collect()
}
