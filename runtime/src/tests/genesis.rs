//! The presets.

use frame_support::traits::fungible::Inspect;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;

use super::blocks::{chain_of, pass};
use crate::{
    constants::{currency::UNIT, time},
    genesis::{
        preset_names,
        presets::{DEVELOPMENT_DAY, ENDOWMENT},
    },
    Babe, Balances, Grandpa, Session, System,
};

#[test]
fn every_preset_makes_blocks() {
    for preset in preset_names() {
        chain_of(&preset).execute_with(|| {
            pass(3);
            assert_eq!(System::block_number(), 3);
        });
    }
}

#[test]
fn authorities_are_those_of_the_preset() {
    for (preset, count) in [(DEV_RUNTIME_PRESET, 1), (LOCAL_TESTNET_RUNTIME_PRESET, 4)] {
        chain_of(preset).execute_with(|| {
            assert_eq!(Babe::authorities().len(), count);
            assert_eq!(Grandpa::grandpa_authorities().len(), count);
            assert_eq!(Session::validators().len(), count);
        });
    }
}

#[test]
fn well_known_accounts_are_endowed_within_what_there_can_be() {
    chain_of(DEV_RUNTIME_PRESET).execute_with(|| {
        assert_eq!(Balances::balance(&Sr25519Keyring::Alice.to_account_id()), ENDOWMENT);
        assert!(Balances::total_issuance() <= 21_000_000 * UNIT);
    });
}

#[test]
fn the_demo_channel_is_linked_to_bob() {
    use crate::{genesis::presets::DEMO_CHANNEL, Namespaces};
    use pedigree_primitives::{traits::Namespaces as _, NamespaceName, Standing};

    chain_of(DEV_RUNTIME_PRESET).execute_with(|| {
        let id = Namespaces::find(&NamespaceName::parse(DEMO_CHANNEL).unwrap()).unwrap();
        assert_eq!(Namespaces::owner(id), Some(Sr25519Keyring::Bob.to_account_id()));
        assert_eq!(Namespaces::standing(id), Some(Standing::Linked));
    });
}

/// Who tries something on a development chain does not wait for a week; nobody else's days are shorter than 24 hours.
#[test]
fn only_development_has_short_days() {
    for preset in preset_names() {
        chain_of(&preset).execute_with(|| {
            let day = if preset == DEV_RUNTIME_PRESET { DEVELOPMENT_DAY } else { time::DAYS };
            assert_eq!(crate::Calendar::day(), day, "{preset}");
        });
    }
}

#[test]
fn an_unknown_preset_is_none() {
    assert!(crate::genesis::get_preset(&"mainnet".into()).is_none());
}

/// The authorities of genesis stay, session after session.
#[test]
fn authorities_outlive_sessions() {
    chain_of(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
        pass(2 * time::EPOCH_DURATION_IN_BLOCKS + 3);
        assert!(Session::current_index() >= 2);
        assert_eq!(Session::validators().len(), 4);
        assert_eq!(Babe::authorities().len(), 4);
    });
}
