//! Blocks for the tests: the development chain in test externalities, block after block, through the executive.

use codec::Encode;
use frame_support::genesis_builder_helper::get_preset;
use sp_consensus_babe::{
    digests::{PreDigest, SecondaryPlainPreDigest},
    Slot, BABE_ENGINE_ID,
};
use sp_core::H256;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    generic::Era, traits::Header as _, ApplyExtrinsicResult, BuildStorage, Digest, DigestItem, DispatchResultWithInfo,
};
use sp_storage::Storage;

use crate::{
    apis::extension, constants::time::SLOT_DURATION, genesis, AccountId, Address, BlockNumber, Executive, Header,
    Runtime, RuntimeCall, RuntimeGenesisConfig, SignedPayload, System, UncheckedExtrinsic,
};

/// The slot of the first block: any time in this century.
const FIRST_SLOT: u64 = 600_000_000;

/// The state that a preset makes.
pub(super) fn genesis_of(preset: &str) -> Storage {
    let preset = get_preset::<RuntimeGenesisConfig>(&Some(preset.into()), genesis::get_preset).unwrap();
    let default = get_preset::<RuntimeGenesisConfig>(&None, |_| None).unwrap();
    let mut whole: serde_json::Value = serde_json::from_slice(&default).unwrap();
    merge(&mut whole, serde_json::from_slice(&preset).unwrap());
    serde_json::from_value::<RuntimeGenesisConfig>(whole).unwrap().build_storage().unwrap()
}

/// A chain of that preset, before its first block.
pub(super) fn chain_of(preset: &str) -> TestExternalities {
    genesis_of(preset).into()
}

/// The development chain, before its first block, with days as long as anywhere else.
pub(super) fn development() -> TestExternalities {
    let mut chain = chain_of(DEV_RUNTIME_PRESET);
    chain.execute_with(pallet_calendar::DayLength::<Runtime>::kill);
    chain
}

/// Merges a patch into a whole, as chain specs do.
fn merge(whole: &mut serde_json::Value, patch: serde_json::Value) {
    match (whole, patch) {
        (serde_json::Value::Object(whole), serde_json::Value::Object(patch)) => {
            for (key, value) in patch {
                merge(whole.entry(key).or_insert(serde_json::Value::Null), value);
            }
        }
        (whole, patch) => *whole = patch,
    }
}

/// Begins the next block and sets its time.
pub(super) fn begin() {
    begin_after(1);
}

/// Begins the next block, in the slot that is `slots` after that of the block before.
pub(super) fn begin_after(slots: u64) {
    let number = System::block_number() + 1;
    let last = u64::from(pallet_babe::CurrentSlot::<Runtime>::get()).max(FIRST_SLOT);
    let slot = Slot::from(last + slots);
    let parent_hash = if number == 1 { H256::repeat_byte(1) } else { hash_of(number - 1) };
    let digest = Digest {
        logs: vec![DigestItem::PreRuntime(
            BABE_ENGINE_ID,
            PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot }).encode(),
        )],
    };
    Executive::initialize_block(&Header::new(number, H256::default(), H256::default(), parent_hash, digest));
    let set_time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: *slot * SLOT_DURATION });
    Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(set_time)).unwrap().unwrap();
}

/// A made-up hash for a block: the chain of the tests has no headers to hash.
fn hash_of(number: BlockNumber) -> H256 {
    H256::from_low_u64_be(number.into())
}

/// Ends the block.
pub(super) fn end() -> Header {
    Executive::finalize_block()
}

/// A whole block that does `act`.
pub(super) fn in_block<Outcome>(act: impl FnOnce() -> Outcome) -> Outcome {
    begin();
    let outcome = act();
    end();
    outcome
}

/// Goes on for so many empty blocks.
pub(super) fn pass(blocks: u32) {
    for _ in 0..blocks {
        in_block(|| ());
    }
}

/// Goes on until `block` has been made, without the blocks in between: nothing may be due in them.
pub(super) fn jump_to(block: BlockNumber) {
    let slots = block - System::block_number();
    System::set_block_number(block - 1);
    begin_after(slots.into());
    end();
}

/// Goes on by so many blocks, without making those in between: nothing may be due in them.
pub(super) fn skip(blocks: u32) {
    jump_to(System::block_number() + blocks);
}

/// The transaction with which that account makes that call, with this nonce.
pub(super) fn signed(by: Sr25519Keyring, call: RuntimeCall, nonce: u32) -> UncheckedExtrinsic {
    let extension = extension(Era::Immortal, nonce, 0);
    let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
    let signature = payload.using_encoded(|bytes| by.sign(bytes));
    UncheckedExtrinsic::new_signed(call, Address::Id(by.to_account_id()), signature.into(), extension)
}

/// Sends a transaction in the current block.
pub(super) fn send(by: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
    let nonce = System::account_nonce(by.to_account_id());
    Executive::apply_extrinsic(signed(by, call.into(), nonce))
}

/// Does a call, in the current block, without the transaction around it.
pub(super) fn call(
    by: impl Into<AccountId>,
    call: impl Into<RuntimeCall>,
) -> DispatchResultWithInfo<frame_support::dispatch::PostDispatchInfo> {
    use sp_runtime::traits::Dispatchable;
    call.into().dispatch(crate::RuntimeOrigin::signed(by.into()))
}
