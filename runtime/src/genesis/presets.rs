//! The beginnings that come with the runtime: one authority for development, four for a local network.
//!
//! Their keys are the well-known ones of the SDK (`//Alice`, `//Bob`, …): anybody has them. A network that means it has a
//! genesis of its own.

use alloc::{vec, vec::Vec};

use frame_support::build_struct_json_patch;
use pedigree_primitives::NamespaceName;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{
    configs::consensus::BABE_GENESIS_EPOCH_CONFIG, constants::currency::UNIT, AccountId, BabeConfig, Balance,
    BalancesConfig, BlockNumber, CalendarConfig, NamespacesConfig, RegistrarsConfig, RuntimeGenesisConfig,
    SessionConfig, SessionKeys,
};

/// What each well-known account has to begin with.
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// The channel that is linked to `//Bob` from the first block, so that linked names can be tried without a referendum.
pub const DEMO_CHANNEL: &str = "hf:pedigree-demo";

/// Who attests that somebody controls a channel, until a referendum appoints others.
pub const REGISTRARS: [Sr25519Keyring; 3] = [Sr25519Keyring::Charlie, Sr25519Keyring::Dave, Sr25519Keyring::Eve];

/// How many of them decide.
pub const REGISTRARS_THRESHOLD: u32 = 2;

/// How many blocks a day has on a development chain, where something is waited for (`pallet-calendar`).
pub const DEVELOPMENT_DAY: BlockNumber = 1;

/// The account and the keys of a well-known authority.
fn authority(account: Sr25519Keyring, grandpa: Ed25519Keyring) -> (AccountId, SessionKeys) {
    let keys = SessionKeys { babe: account.public().into(), grandpa: grandpa.public().into() };
    (account.to_account_id(), keys)
}

/// A genesis with these authorities, and the well-known accounts endowed.
fn genesis(authorities: Vec<(AccountId, SessionKeys)>, day_length: Option<BlockNumber>) -> Value {
    build_struct_json_patch!(RuntimeGenesisConfig {
        calendar: CalendarConfig { day_length },
        balances: BalancesConfig {
            balances: Sr25519Keyring::well_known()
                .map(|account| (account.to_account_id(), ENDOWMENT))
                .collect::<Vec<_>>(),
        },
        babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
        session: SessionConfig {
            keys: authorities.into_iter().map(|(account, keys)| (account.clone(), account, keys)).collect::<Vec<_>>(),
        },
        registrars: RegistrarsConfig {
            registrars: REGISTRARS.map(|account| account.to_account_id()).to_vec(),
            threshold: REGISTRARS_THRESHOLD,
        },
        namespaces: NamespacesConfig {
            linked: NamespaceName::parse(DEMO_CHANNEL)
                .map(|channel| (channel, Sr25519Keyring::Bob.to_account_id()))
                .into_iter()
                .collect::<Vec<_>>(),
        },
    })
}

/// One authority, Alice; and days of one block, so that nobody who tries something waits for a week.
pub fn development() -> Value {
    genesis(vec![authority(Sr25519Keyring::Alice, Ed25519Keyring::Alice)], Some(DEVELOPMENT_DAY))
}

/// Four authorities: Alice, Bob, Charlie and Dave. Blocks are made and become final with any three of them.
pub fn local_testnet() -> Value {
    let authorities = vec![
        authority(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
        authority(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
        authority(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
        authority(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
    ];
    genesis(authorities, None)
}

/// The preset of that name, as JSON to be merged into the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
    let patch = match id.as_str() {
        DEV_RUNTIME_PRESET => development(),
        LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
        _ => return None,
    };
    serde_json::to_vec(&patch).ok()
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
    vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
