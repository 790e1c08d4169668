//! A runtime of its own for the tests.

use frame_support::{
    derive_impl, parameter_types,
    traits::{
        fungible::{Balanced, Credit, HoldConsideration},
        ConstU64, ConstantStoragePrice, OnUnbalanced,
    },
};
use frame_system::EnsureRoot;
#[cfg(feature = "runtime-benchmarks")]
use pedigree_primitives::NamespaceId;
use pedigree_primitives::NamespaceName;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, Permill};

use crate as pallet_namespaces;

type Block = frame_system::mocking::MockBlock<Test>;

#[frame_support::runtime]
mod runtime {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Test;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(2)]
    pub type Reservations = pallet_reservations;
    #[runtime::pallet_index(3)]
    pub type Namespaces = pallet_namespaces;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
}

pub(crate) const RESERVATION_DEPOSIT: u64 = 100;
pub(crate) const RESERVATION_LIFETIME: u64 = 50;
pub(crate) const CHANNEL_DEPOSIT: u64 = 500;
pub(crate) const LINK_LIFETIME: u64 = 1_000;
pub(crate) const BASE_PRICE: u64 = 10;
pub(crate) const FUNDS: u64 = 10_000;

parameter_types! {
    pub const ExpiryPenalty: Permill = Permill::from_percent(25);
    pub const ChannelHold: RuntimeHoldReason =
        RuntimeHoldReason::Namespaces(pallet_namespaces::HoldReason::Channel);
}

impl pallet_reservations::Config for Test {
    type WeightInfo = ();
    type Currency = Balances;
    type Payer = ();
    type Deposit = ConstU64<RESERVATION_DEPOSIT>;
    type Lifetime = ConstU64<RESERVATION_LIFETIME>;
    type ExpiryPenalty = ExpiryPenalty;
    type BlockNumberProvider = System;
}

/// Prices are collected on an account, so that tests can count them.
pub struct ToPot;

impl OnUnbalanced<Credit<AccountId32, Balances>> for ToPot {
    fn on_nonzero_unbalanced(credit: Credit<AccountId32, Balances>) {
        Balances::resolve(&POT, credit).map_err(drop).unwrap();
    }
}

impl pallet_namespaces::Config for Test {
    type WeightInfo = ();
    type Currency = Balances;
    type Payer = ();
    type BasePrice = ConstU64<BASE_PRICE>;
    type OnPayment = ToPot;
    type Consideration =
        HoldConsideration<AccountId32, Balances, ChannelHold, ConstantStoragePrice<ConstU64<CHANNEL_DEPOSIT>, u64>>;
    type LinkOrigin = EnsureRoot<AccountId32>;
    type LinkLifetime = ConstU64<LINK_LIFETIME>;
    type Reservations = Reservations;
    type BlockNumberProvider = System;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = Setup;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Setup;

#[cfg(feature = "runtime-benchmarks")]
impl pedigree_primitives::traits::BenchmarkSetup<AccountId32> for Setup {
    fn plain_namespace(owner: &AccountId32, seed: u32) -> NamespaceId {
        Namespaces::insert_plain(owner, seed)
    }

    fn unlinked_namespace(seed: u32) -> NamespaceId {
        Namespaces::insert_unlinked(seed)
    }

    fn reserve(who: &AccountId32, salt: &[u8; 32], subject: &[u8; 32]) -> frame_support::dispatch::DispatchResult {
        Reservations::insert(who, salt, subject).map(|_| ())
    }

    fn fund(who: &AccountId32) {
        use frame_support::traits::fungible::Mutate;
        Balances::set_balance(who, FUNDS);
    }
}

pub(crate) const ALICE: AccountId32 = AccountId32::new([1; 32]);
pub(crate) const BOB: AccountId32 = AccountId32::new([2; 32]);
pub(crate) const CAROL: AccountId32 = AccountId32::new([3; 32]);
/// Can afford the deposit of a reservation, and hardly anything else.
pub(crate) const POOR: AccountId32 = AccountId32::new([4; 32]);
pub(crate) const POT: AccountId32 = AccountId32::new([5; 32]);

pub(crate) fn name(name: &str) -> NamespaceName {
    NamespaceName::parse(name).unwrap()
}

/// A chain at block 1, with these namespaces from genesis.
pub(crate) fn new_test_ext_with(namespaces: pallet_namespaces::GenesisConfig<Test>) -> sp_io::TestExternalities {
    let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
    pallet_balances::GenesisConfig::<Test> {
        balances: vec![(ALICE, FUNDS), (BOB, FUNDS), (CAROL, FUNDS), (POOR, RESERVATION_DEPOSIT + 1)],
        ..Default::default()
    }
    .assimilate_storage(&mut storage)
    .unwrap();
    namespaces.assimilate_storage(&mut storage).unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.execute_with(|| System::set_block_number(1));
    ext
}

/// A chain at block 1.
pub(crate) fn new_test_ext() -> sp_io::TestExternalities {
    new_test_ext_with(Default::default())
}

/// Runs a test, then checks what is always true.
pub(crate) fn run(test: impl FnOnce()) {
    new_test_ext().execute_with(|| {
        test();
        Namespaces::do_try_state().unwrap();
    });
}

/// Goes `blocks` further.
pub(crate) fn pass(blocks: u64) {
    System::set_block_number(System::block_number() + blocks);
}
