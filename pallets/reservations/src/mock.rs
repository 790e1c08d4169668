//! A runtime of its own for the tests.

use frame_support::{derive_impl, parameter_types};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, Permill};

use crate as pallet_reservations;

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

pub(crate) const DEPOSIT: u64 = 100;
pub(crate) const LIFETIME: u64 = 50;
/// A quarter of the deposit.
pub(crate) const PENALTY: u64 = 25;
pub(crate) const FUNDS: u64 = 1_000;

parameter_types! {
    pub const Deposit: u64 = DEPOSIT;
    pub const Lifetime: u64 = LIFETIME;
    pub const ExpiryPenalty: Permill = Permill::from_percent(25);
}

impl pallet_reservations::Config for Test {
    type WeightInfo = ();
    type Currency = Balances;
    type Payer = AlicePaysForDave;
    type Deposit = Deposit;
    type Lifetime = Lifetime;
    type ExpiryPenalty = ExpiryPenalty;
    type BlockNumberProvider = System;
}

/// Alice pays for Dave; everybody else for himself.
pub struct AlicePaysForDave;

impl pedigree_primitives::traits::Payer<AccountId32, u64> for AlicePaysForDave {
    fn deposit(who: &AccountId32, _: u64) -> Result<AccountId32, sp_runtime::DispatchError> {
        Ok(if *who == DAVE { ALICE } else { who.clone() })
    }

    fn price(who: &AccountId32, amount: u64) -> Result<AccountId32, sp_runtime::DispatchError> {
        Self::deposit(who, amount)
    }
}

pub(crate) const ALICE: AccountId32 = AccountId32::new([1; 32]);
pub(crate) const BOB: AccountId32 = AccountId32::new([2; 32]);
/// Has too little for a deposit.
pub(crate) const POOR: AccountId32 = AccountId32::new([3; 32]);
/// Has nothing, and a sponsor.
pub(crate) const DAVE: AccountId32 = AccountId32::new([4; 32]);

pub(crate) const SALT: [u8; 32] = [7; 32];
pub(crate) const SUBJECT: [u8; 32] = [8; 32];

/// A chain at block 1.
pub(crate) fn new_test_ext() -> sp_io::TestExternalities {
    let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
    pallet_balances::GenesisConfig::<Test> {
        balances: vec![(ALICE, FUNDS), (BOB, FUNDS), (POOR, DEPOSIT)],
        ..Default::default()
    }
    .assimilate_storage(&mut storage)
    .unwrap();
    let mut ext = sp_io::TestExternalities::new(storage);
    ext.execute_with(|| System::set_block_number(1));
    ext
}

/// Runs a test, then checks what is always true.
pub(crate) fn run(test: impl FnOnce()) {
    new_test_ext().execute_with(|| {
        test();
        Reservations::do_try_state().unwrap();
    });
}

/// Goes `blocks` further.
pub(crate) fn pass(blocks: u64) {
    System::set_block_number(System::block_number() + blocks);
}

/// The hash of the subject that all tests use, as `who` reserves it.
pub(crate) fn hash(who: &AccountId32) -> H256 {
    Reservations::hash_of(who, &SALT, &SUBJECT)
}
