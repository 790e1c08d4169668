//! Who pays when it is not the one who signs.

use frame_support::{
    parameter_types,
    traits::{
        fungible::{Credit, HoldConsideration},
        ConstU32, Contains, NoDrop,
    },
};
use pallet_sponsorship::Call as SponsorshipCall;
use pallet_transaction_payment::{FungibleAdapter, OnChargeTransaction, TxCreditHold};
use sp_runtime::{
    traits::{DispatchInfoOf, PostDispatchInfoOf, Zero},
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};

#[cfg(feature = "runtime-benchmarks")]
use super::provenance::benchmark_setup;
use super::{money::ToAuthor, utility::StoragePrice};
use crate::{
    constants::time::DAYS, weights, AccountId, Balance, Balances, BlockNumber, Runtime, RuntimeCall, RuntimeHoldReason,
    Sponsorship, System, TransactionPayment,
};

/// How many calls a batch has that a sponsor pays for: a record, its release, who may cite it, and one to spare.
const MAX_BATCH: u32 = 4;

/// What a sponsor pays for: a name, and everything from reserving a root to yanking its release. Nothing that moves money
/// or gives away what the author owns; nothing that makes another call, but batches of these, one deep.
pub struct SponsoredCalls;

impl SponsoredCalls {
    /// Whether it is on the list by itself. Each draws on the sponsor once at most.
    fn is_listed(call: &RuntimeCall) -> bool {
        matches!(
            call,
            RuntimeCall::Reservations(
                pallet_reservations::Call::reserve { .. } | pallet_reservations::Call::cancel { .. }
            ) | RuntimeCall::Namespaces(pallet_namespaces::Call::claim { .. } | pallet_namespaces::Call::accept { .. })
                | RuntimeCall::Records(
                    pallet_records::Call::create { .. }
                        | pallet_records::Call::yank { .. }
                        | pallet_records::Call::remove { .. }
                )
                | RuntimeCall::Models(pallet_models::Call::release { .. })
                | RuntimeCall::Datasets(
                    pallet_datasets::Call::release { .. } | pallet_datasets::Call::set_access { .. }
                )
        )
    }
}

impl Contains<RuntimeCall> for SponsoredCalls {
    fn contains(call: &RuntimeCall) -> bool {
        match call {
            RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
                calls.len() <= MAX_BATCH as usize && calls.iter().all(Self::is_listed)
            }
            call => Self::is_listed(call),
        }
    }
}

parameter_types! {
    /// What the deposit of a sponsorship's entry is held for.
    pub const SponsorshipHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Sponsorship(pallet_sponsorship::HoldReason::Entry);
    /// How long a sponsorship may last: a year.
    pub const SponsorshipDuration: BlockNumber = 365 * DAYS;
}

#[cfg(feature = "runtime-benchmarks")]
parameter_types! {
    /// A call that a sponsor pays for and that does nothing.
    pub EmptyBatch: RuntimeCall = pallet_utility::Call::batch_all { calls: Default::default() }.into();
}

impl pallet_sponsorship::Config for Runtime {
    type WeightInfo = weights::pallet_sponsorship::WeightInfo<Runtime>;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type Consideration = HoldConsideration<AccountId, Balances, SponsorshipHoldReason, StoragePrice>;
    type StoragePrice = StoragePrice;
    type SponsoredCalls = SponsoredCalls;
    type MaxDraws = ConstU32<MAX_BATCH>;
    type MaxDuration = SponsorshipDuration;
    type BlockNumberProvider = System;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkCall = EmptyBatch;
}

/// How everybody pays for his own transactions.
type Own = FungibleAdapter<Balances, ToAuthor>;

/// Who pays for a transaction: its sender, or the sponsor that it names.
pub struct ChargeTransaction;

/// Who has paid, until it is known how much.
pub enum Paid {
    /// The sender did. The tip waits.
    Sender(Option<Credit<AccountId, Balances>>),
    /// A sponsor did.
    Sponsor(AccountId),
}

impl Default for Paid {
    fn default() -> Self {
        Self::Sender(None)
    }
}

/// The sponsor that a transaction names, if it is a sponsored one.
fn sponsor_of(call: &RuntimeCall) -> Option<(&AccountId, &RuntimeCall)> {
    match call {
        RuntimeCall::Sponsorship(SponsorshipCall::dispatch { sponsor, call }) => Some((sponsor, call)),
        _ => None,
    }
}

/// What a sponsor never pays for does not get into a block, so that it costs him no fee either.
fn check(call: &RuntimeCall, tip: Balance) -> Result<(), TransactionValidityError> {
    if !SponsoredCalls::contains(call) {
        return Err(InvalidTransaction::Call.into());
    }
    if !tip.is_zero() {
        return Err(InvalidTransaction::Payment.into());
    }
    Ok(())
}

impl TxCreditHold<Runtime> for ChargeTransaction {
    type Credit = NoDrop<Credit<AccountId, Balances>>;
}

impl OnChargeTransaction<Runtime> for ChargeTransaction {
    type Balance = Balance;
    type LiquidityInfo = Paid;

    fn withdraw_fee(
        who: &AccountId,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        fee: Balance,
        tip: Balance,
    ) -> Result<Paid, TransactionValidityError> {
        let Some((sponsor, inner)) = sponsor_of(call) else {
            return <Own as OnChargeTransaction<Runtime>>::withdraw_fee(who, call, info, fee, tip).map(Paid::Sender);
        };
        check(inner, tip)?;
        let credit = Sponsorship::charge(sponsor, who, fee).map_err(|_| InvalidTransaction::Payment)?;
        TransactionPayment::deposit_txfee::<Balance>(credit);
        Ok(Paid::Sponsor(sponsor.clone()))
    }

    fn can_withdraw_fee(
        who: &AccountId,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        fee: Balance,
        tip: Balance,
    ) -> Result<(), TransactionValidityError> {
        let Some((sponsor, inner)) = sponsor_of(call) else {
            return <Own as OnChargeTransaction<Runtime>>::can_withdraw_fee(who, call, info, fee, tip);
        };
        check(inner, tip)?;
        Sponsorship::can_charge(sponsor, who, fee).map_err(|_| InvalidTransaction::Payment.into())
    }

    fn correct_and_deposit_fee(
        who: &AccountId,
        info: &DispatchInfoOf<RuntimeCall>,
        post_info: &PostDispatchInfoOf<RuntimeCall>,
        fee: Balance,
        tip: Balance,
        paid: Paid,
    ) -> Result<(), TransactionValidityError> {
        let tip_paid = match paid {
            Paid::Sender(tip_paid) => tip_paid,
            Paid::Sponsor(sponsor) => {
                // What was too much goes back where it came from; what is left is the fee, and goes its usual way.
                let charged = TransactionPayment::remaining_txfee::<Balance>();
                let too_much = charged.saturating_sub(fee);
                if let Some(credit) = TransactionPayment::withdraw_txfee(too_much) {
                    if let Some(rest) = Sponsorship::refund(&sponsor, who, charged, credit) {
                        TransactionPayment::deposit_txfee::<Balance>(rest);
                    }
                }
                None
            }
        };
        <Own as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(who, info, post_info, fee, tip, tip_paid)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn endow_account(who: &AccountId, amount: Balance) {
        <Own as OnChargeTransaction<Runtime>>::endow_account(who, amount);
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn minimum_balance() -> Balance {
        <Own as OnChargeTransaction<Runtime>>::minimum_balance()
    }
}
