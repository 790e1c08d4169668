//! How much fits in a block, and who is who.

use frame_support::{
    dispatch::DispatchClass,
    traits::{Contains, PalletInfoAccess, StorageInfoTrait},
    weights::constants::WEIGHT_REF_TIME_PER_MILLIS,
};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring;

use crate::{
    configs::system::{CallFilter, RuntimeBlockLength, RuntimeBlockWeights},
    constants::time,
    AllPalletsWithSystem, Runtime, RuntimeCall,
};

#[test]
fn a_block_takes_at_most_1200_of_3000_milliseconds() {
    let weights = RuntimeBlockWeights::get();
    assert_eq!(time::MILLISECS_PER_BLOCK, 3_000);
    assert_eq!(weights.max_block.ref_time(), 1_200 * WEIGHT_REF_TIME_PER_MILLIS);
    let normal = weights.get(DispatchClass::Normal);
    assert_eq!(normal.max_total.unwrap().ref_time(), 900 * WEIGHT_REF_TIME_PER_MILLIS);
    let operational = weights.get(DispatchClass::Operational);
    assert_eq!(operational.reserved.unwrap().ref_time(), 300 * WEIGHT_REF_TIME_PER_MILLIS);
}

#[test]
fn a_block_is_at_most_5_mebibytes_long() {
    let length = RuntimeBlockLength::get();
    assert_eq!(*length.max.get(DispatchClass::Mandatory), 5 * 1024 * 1024);
    assert_eq!(*length.max.get(DispatchClass::Operational), 5 * 1024 * 1024);
    assert_eq!(*length.max.get(DispatchClass::Normal), 5 * 1024 * 1024 / 4 * 3);
}

#[test]
fn time_constants_agree() {
    assert_eq!(u64::from(time::MINUTES) * time::SLOT_DURATION, 60_000);
    assert_eq!(u64::from(time::DAYS) * time::SLOT_DURATION, 24 * 60 * 60 * 1_000);
    assert_eq!(time::EPOCH_DURATION_IN_SLOTS, 1_200);
    assert_eq!(<Runtime as pallet_babe::Config>::EpochDuration::get(), time::EPOCH_DURATION_IN_SLOTS);
}

#[test]
fn addresses_have_the_generic_prefix() {
    let prefix = <Runtime as frame_system::Config>::SS58Prefix::get();
    assert_eq!(prefix, 42);
    let alice = Sr25519Keyring::Alice.to_account_id();
    assert_eq!(alice.to_ss58check_with_version(prefix.into()), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
}

/// An authority that purged its keys could not come back; so it can't.
#[test]
fn authorities_cannot_purge_their_keys() {
    assert!(!CallFilter::contains(&RuntimeCall::Session(pallet_session::Call::purge_keys {})));
    assert!(CallFilter::contains(&RuntimeCall::System(frame_system::Call::remark { remark: vec![] })));
    let transfer =
        pallet_balances::Call::transfer_allow_death { dest: Sr25519Keyring::Bob.to_account_id().into(), value: 1 };
    assert!(CallFilter::contains(&RuntimeCall::Balances(transfer)));
}

/// Indices are part of every call's bytes: they are fixed for good.
#[test]
fn pallets_keep_their_indices() {
    let expected = [
        ("System", 0),
        ("Timestamp", 1),
        ("Babe", 2),
        ("Authorship", 3),
        ("Session", 4),
        ("Grandpa", 5),
        ("Calendar", 6),
        ("Balances", 10),
        ("TransactionPayment", 11),
        ("Utility", 20),
        ("Multisig", 21),
        ("Proxy", 22),
        ("Preimage", 23),
        ("Scheduler", 24),
        ("Referenda", 30),
        ("ConvictionVoting", 31),
        ("Reservations", 40),
        ("Namespaces", 41),
        ("Records", 42),
        ("Datasets", 43),
        ("Models", 44),
        ("Payouts", 45),
        ("Registrars", 46),
        ("Sponsorship", 47),
        ("Subnets", 50),
        ("Stake", 51),
        ("Dap", 52),
    ];
    let mut actual: Vec<_> = <AllPalletsWithSystem as frame_support::traits::PalletsInfoAccess>::infos()
        .into_iter()
        .map(|info| (info.name, info.index))
        .collect();
    actual.sort_by_key(|(_, index)| *index);
    assert_eq!(actual, expected);
    assert_eq!(<crate::Models as PalletInfoAccess>::index(), 44);
}

#[test]
fn pallets_find_their_set_up_consistent() {
    sp_io::TestExternalities::default().execute_with(|| {
        <AllPalletsWithSystem as frame_support::traits::IntegrityTest>::integrity_test();
    });
}

/// What is ours is bounded; upstream has a few lists that are bounded only by what makes them.
#[test]
fn storage_of_ours_is_bounded() {
    for item in AllPalletsWithSystem::storage_info() {
        let pallet = String::from_utf8(item.pallet_name.clone()).unwrap();
        let ours = [
            "Reservations",
            "Namespaces",
            "Records",
            "Datasets",
            "Models",
            "Payouts",
            "Registrars",
            "Sponsorship",
            "Subnets",
            "Stake",
        ];
        if ours.contains(&pallet.as_str()) {
            let name = String::from_utf8(item.storage_name.clone()).unwrap();
            assert!(item.max_size.is_some(), "{pallet}.{name} has no bound");
        }
    }
}
