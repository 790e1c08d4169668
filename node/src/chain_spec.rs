//! Which chain: the built-in ones, or a chain specification file.

use pedigree_runtime::{opaque::Block, WASM_BINARY};
use sc_chain_spec::{ChainSpecExtension, Properties};
use sc_client_api::{BadBlocks, ForkBlocks};
use sc_service::ChainType;
use serde::{Deserialize, Serialize};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use std::path::PathBuf;

/// The prefix of every network protocol's name, so that nodes of other chains are told apart at once.
const PROTOCOL_ID: &str = "pedigree";

/// Token symbol, shown by wallets.
const TOKEN_SYMBOL: &str = "PDG";

/// Decimals of the token: 1 PDG = 10^12 plancks.
const TOKEN_DECIMALS: u8 = 12;

/// Address format: the generic one until a prefix is registered.
const SS58_FORMAT: u16 = 42;

/// What a chain specification holds besides the genesis. All of it is there from the start, so that no file written
/// today lacks a field tomorrow.
#[derive(Default, Clone, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Extensions {
    /// Blocks that must have the hash given here.
    pub(crate) fork_blocks: ForkBlocks<Block>,
    /// Blocks that are refused.
    pub(crate) bad_blocks: BadBlocks<Block>,
    /// From where a light client may begin; filled in by `sync_state_genSyncSpec`.
    pub(crate) light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// The chain specification of every Pedigree chain.
pub(crate) type ChainSpec = sc_service::GenericChainSpec<Extensions>;

/// The chain that `--chain` names: `dev`, `local`, or a file.
pub(crate) fn load(id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
    Ok(match id {
        "dev" => Box::new(development()?),
        "" | "local" => Box::new(local()?),
        path => {
            let path = PathBuf::from(path);
            if !path.is_file() {
                return Err(format!(
                    "There is no chain called `{}`, and no chain specification file of that name. \
                     Built in are `dev` (one authority) and `local` (four authorities).",
                    path.display()
                ));
            }
            let spec = ChainSpec::from_json_file(path.clone())
                .map_err(|error| format!("{} is no chain specification of this node: {error}", path.display()))?;
            Box::new(spec)
        }
    })
}

/// One authority (Alice), for trying things out on one's own machine.
fn development() -> Result<ChainSpec, String> {
    built_in("Pedigree Development", "pedigree_dev", ChainType::Development, DEV_RUNTIME_PRESET)
}

/// Four authorities (Alice, Bob, Charlie, Dave), for a network on one's own machine.
fn local() -> Result<ChainSpec, String> {
    built_in("Pedigree Local", "pedigree_local", ChainType::Local, LOCAL_TESTNET_RUNTIME_PRESET)
}

fn built_in(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<ChainSpec, String> {
    let code = WASM_BINARY.ok_or(
        "This binary was built without the runtime's Wasm (SKIP_WASM_BUILD was set), so it knows no chain by name. \
         Build it again without SKIP_WASM_BUILD, or give a chain specification file with --chain.",
    )?;
    Ok(ChainSpec::builder(code, Extensions::default())
        .with_name(name)
        .with_id(id)
        .with_chain_type(chain_type)
        .with_protocol_id(PROTOCOL_ID)
        .with_properties(properties())
        .with_genesis_config_preset_name(preset)
        .build())
}

fn properties() -> Properties {
    let mut properties = Properties::new();
    properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
    properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
    properties.insert("ss58Format".into(), SS58_FORMAT.into());
    properties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_chain_is_refused_with_the_known_ones() {
        let error = load("mainet").expect_err("there is no such chain");
        assert!(error.contains("`mainet`") && error.contains("`dev`") && error.contains("`local`"), "{error}");
    }

    #[test]
    fn a_file_that_is_no_chain_specification_is_named_in_the_error() {
        let path = std::env::temp_dir().join(format!("pedigree-no-spec-{}.json", std::process::id()));
        std::fs::write(&path, "{}").expect("the directory for temporary files is writable");
        let error = load(&path.display().to_string()).expect_err("it is empty");
        std::fs::remove_file(&path).expect("it was just written");
        assert!(error.contains("pedigree-no-spec"), "{error}");
    }

    #[test]
    fn wallets_are_told_symbol_decimals_and_address_format() {
        let properties = serde_json::Value::Object(properties());
        assert_eq!(properties, serde_json::json!({ "tokenSymbol": "PDG", "tokenDecimals": 12, "ss58Format": 42 }));
    }

    #[test]
    fn the_built_in_chains_make_a_genesis() {
        // Without the Wasm there is no genesis to make; the whole-system tests always have it.
        if WASM_BINARY.is_none() {
            return;
        }
        for id in ["dev", "local"] {
            let spec = load(id).expect("it is built in");
            assert_eq!(spec.protocol_id(), Some(PROTOCOL_ID));
            spec.as_storage_builder().build_storage().expect("the preset is complete");
        }
    }
}
