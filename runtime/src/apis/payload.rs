//! From a call to what is signed, and from a signature to a transaction.

use alloc::{string::String, vec::Vec};

use codec::{DecodeAll, DecodeLimit, Encode};
use frame_support::{dispatch::GetDispatchInfo, MAX_EXTRINSIC_DEPTH};
use pedigree_primitives::{api::SignerPayload, Bytes};
use sp_runtime::{
    generic::Era,
    traits::{SaturatedConversion, TransactionExtension, Verify},
    MultiSignature,
};

use crate::{
    AccountId, Address, Balance, BlockNumber, Nonce, RuntimeCall, SignedPayload, System, TransactionPayment,
    TxExtension, UncheckedExtrinsic, VERSION,
};

/// For how many blocks a prepared transaction is valid: a quarter of an hour less two minutes, time enough to sign by hand.
const ERA_PERIOD: u64 = 256;
/// The format of a transaction that is signed once, by one account.
const EXTRINSIC_FORMAT: u8 = 4;

/// The extensions of a signed transaction. The metadata hash is not checked.
pub fn extension(era: Era, nonce: Nonce, tip: Balance) -> TxExtension {
    (
        frame_system::AuthorizeCall::new(),
        frame_system::CheckNonZeroSender::new(),
        frame_system::CheckSpecVersion::new(),
        frame_system::CheckTxVersion::new(),
        frame_system::CheckGenesis::new(),
        frame_system::CheckEra::from(era),
        frame_system::CheckNonce::from(nonce),
        frame_system::CheckWeight::new(),
        pallet_transaction_payment::ChargeTransactionPayment::from(tip),
        frame_metadata_hash_extension::CheckMetadataHash::new(false),
        frame_system::WeightReclaim::new(),
    )
}

/// How far behind the latest block but one a transaction's life begins.
const BIRTH_DEPTH: BlockNumber = 15;

/// What `account` signs to make `call` its next transaction, from the latest block on: as a wallet is asked for it, and as
/// bytes. Nothing before the first block.
pub(crate) fn for_signing(account: &AccountId, call: &RuntimeCall) -> Option<(SignerPayload, Bytes)> {
    // The hash of the latest block isn't known to its own state, that of the one before is. Some blocks further back: the
    // last ones may be replaced by others, and a node that lags behind doesn't know them yet.
    let birth = System::block_number().checked_sub(1)?.saturating_sub(BIRTH_DEPTH);
    let era = Era::mortal(ERA_PERIOD, birth.into());
    let nonce = System::account_nonce(account);
    let sign = SignedPayload::new(call.clone(), extension(era, nonce, 0)).ok()?.encode();
    let payload = SignerPayload {
        address: account.clone(),
        block_hash: System::block_hash(birth),
        block_number: number(birth.to_be_bytes()),
        era: Bytes(era.encode()),
        genesis_hash: System::block_hash(BlockNumber::MIN),
        method: Bytes(call.encode()),
        nonce: number(nonce.to_be_bytes()),
        spec_version: number(VERSION.spec_version.to_be_bytes()),
        tip: number(Balance::MIN.to_be_bytes()),
        transaction_version: number(VERSION.transaction_version.to_be_bytes()),
        signed_extensions: extension_names(),
        version: EXTRINSIC_FORMAT,
        mode: 0,
    };
    Some((payload, Bytes(sign)))
}

/// What a call by `account` costs, with everything around it, at most: what it doesn't use is given back.
pub(crate) fn fee(account: &AccountId, call: &RuntimeCall) -> Balance {
    let era = Era::mortal(ERA_PERIOD, System::block_number().into());
    let nonce = System::account_nonce(account);
    // Only the length of a signature counts.
    let signature = MultiSignature::Sr25519([0; 64].into());
    let transaction = transaction(account.clone(), call.clone(), extension(era, nonce, 0), signature);
    let length = transaction.encoded_size().saturated_into();
    TransactionPayment::compute_fee(length, &transaction.get_dispatch_info(), 0)
}

/// The transaction of a payload and its signature, if they are for this chain and belong together.
pub(crate) fn assemble(payload: &SignerPayload, signature: &Bytes) -> Option<Bytes> {
    let for_this_chain = payload.genesis_hash == System::block_hash(BlockNumber::MIN)
        && read::<4>(&payload.spec_version).map(u32::from_be_bytes) == Some(VERSION.spec_version)
        && read::<4>(&payload.transaction_version).map(u32::from_be_bytes) == Some(VERSION.transaction_version)
        && payload.version == EXTRINSIC_FORMAT
        && payload.mode == 0;
    if !for_this_chain {
        return None;
    }
    let call = RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut payload.method.0.as_slice()).ok()?;
    let era = Era::decode_all(&mut payload.era.0.as_slice()).ok()?;
    let nonce = read::<4>(&payload.nonce).map(u32::from_be_bytes)?;
    let tip = read::<16>(&payload.tip).map(u128::from_be_bytes)?;
    let extension = extension(era, nonce, tip);
    let signed = SignedPayload::new(call.clone(), extension.clone()).ok()?;
    let signature = signatures(&signature.0)
        .into_iter()
        .find(|signature| signed.using_encoded(|bytes| signature.verify(bytes, &payload.address)))?;
    Some(Bytes(transaction(payload.address.clone(), call, extension, signature).encode()))
}

/// The names of the extensions, in their order.
fn extension_names() -> Vec<String> {
    <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
        .into_iter()
        .map(|extension| String::from(extension.identifier))
        .collect()
}

fn transaction(
    account: AccountId,
    call: RuntimeCall,
    extension: TxExtension,
    signature: MultiSignature,
) -> UncheckedExtrinsic {
    UncheckedExtrinsic::new_signed(call, Address::Id(account), signature, extension)
}

/// What the bytes of a signature can be: with the kind in front, as wallets give it, or bare.
fn signatures(bytes: &[u8]) -> Vec<MultiSignature> {
    let mut possible = Vec::new();
    possible.extend(MultiSignature::decode_all(&mut &*bytes));
    if let Ok(bare) = <[u8; 64]>::try_from(bytes) {
        possible.push(MultiSignature::Sr25519(bare.into()));
        possible.push(MultiSignature::Ed25519(bare.into()));
    }
    if let Ok(bare) = <[u8; 65]>::try_from(bytes) {
        possible.push(MultiSignature::Ecdsa(bare.into()));
    }
    possible
}

/// A number as wallets are given it: its bytes, the highest first.
fn number<const BYTES: usize>(bytes: [u8; BYTES]) -> Bytes {
    Bytes(bytes.to_vec())
}

/// A number of at most `BYTES` bytes, the highest first; leading zeros may be missing.
fn read<const BYTES: usize>(bytes: &Bytes) -> Option<[u8; BYTES]> {
    let mut whole = [0u8; BYTES];
    let start = BYTES.checked_sub(bytes.0.len())?;
    whole.get_mut(start..)?.copy_from_slice(&bytes.0);
    Some(whole)
}
