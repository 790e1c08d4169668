//! A chain with a subnet, in which a few people take part.

use frame_support::traits::fungible::Inspect;
use pallet_subnets::{CreditingEpoch, Hyperparameter, SubnetKind, Subnets as Stored, Uids};
use pedigree_primitives::{scores_hash, NetUid, ReleaseId, Score};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Dispatchable, DispatchError, Permill};

use super::super::world::*;
use crate::{
    configs::economy::MaximumTerm, constants::currency::UNIT, AccountId, Balance, Balances, Runtime, RuntimeCall,
    RuntimeOrigin, System,
};

pub(super) type SubnetError = pallet_subnets::Error<Runtime>;
pub(super) type StakeError = pallet_stake::Error<Runtime>;

/// What root does, as a referendum would.
pub(super) fn govern(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
    let call: RuntimeCall = call.into();
    frame_support::storage::with_storage_layer(|| {
        call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|failed| failed.error)
    })
}

pub(super) fn set(netuid: NetUid, hyperparameter: Hyperparameter) {
    govern(pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter }).unwrap();
}

/// A subnet of `who`'s, whose epochs last ten blocks.
pub(super) fn found(who: Sr25519Keyring, kind: SubnetKind) -> NetUid {
    let netuid = pallet_subnets::NextNetUid::<Runtime>::get();
    try_call(who, pallet_subnets::Call::found { kind, name: name("subnet"), price_limit: Balance::MAX }).unwrap();
    set(netuid, Hyperparameter::Tempo(10));
    netuid
}

pub(super) fn admit(netuid: NetUid) {
    govern(pallet_subnets::Call::admit { netuid, term: MaximumTerm::get() }).unwrap();
}

pub(super) fn try_enter(who: Sr25519Keyring, netuid: NetUid, release: Option<ReleaseId>) -> Result<(), DispatchError> {
    try_call(who, pallet_subnets::Call::register { netuid, release, price_limit: Balance::MAX })
}

/// A neuron of `who`'s. Tells its uid.
pub(super) fn enter(who: Sr25519Keyring, netuid: NetUid, release: Option<ReleaseId>) -> u16 {
    try_enter(who, netuid, release).unwrap();
    uid(netuid, who)
}

pub(super) fn uid(netuid: NetUid, who: Sr25519Keyring) -> u16 {
    Uids::<Runtime>::get(netuid, who.to_account_id()).unwrap()
}

pub(super) fn try_stake(
    who: Sr25519Keyring,
    netuid: NetUid,
    behind: Sr25519Keyring,
    amount: Balance,
) -> Result<(), DispatchError> {
    let accepted_take = Permill::from_percent(18);
    let evaluator = behind.to_account_id();
    try_call(who, pallet_stake::Call::allocate { netuid, evaluator, amount, accepted_take })
}

pub(super) fn stake(who: Sr25519Keyring, netuid: NetUid, behind: Sr25519Keyring, pdg: Balance) {
    try_stake(who, netuid, behind, pdg * UNIT).unwrap();
}

pub(super) fn epoch(netuid: NetUid) -> u32 {
    Stored::<Runtime>::get(netuid).unwrap().epoch
}

/// Goes on until the epoch of that subnet has ended; nothing is credited yet.
pub(super) fn end_epoch(netuid: NetUid) {
    let before = epoch(netuid);
    for _ in 0..100 {
        next_block();
        if epoch(netuid) > before {
            return;
        }
    }
    panic!("the epoch does not end");
}

/// Goes on until the epoch of that subnet has ended and is credited.
pub(super) fn next_epoch(netuid: NetUid) {
    end_epoch(netuid);
    while CreditingEpoch::<Runtime>::exists() {
        next_block();
    }
}

/// The salt of all scores here.
pub(super) const SCORES_SALT: [u8; 32] = [5; 32];

pub(super) fn score(uid: u16, score: u16, root: Option<H256>) -> Score {
    Score { uid, score, root }
}

pub(super) fn hash_of_scores(who: Sr25519Keyring, netuid: NetUid, scores: &[Score]) -> H256 {
    let genesis = System::block_hash(0);
    let account: [u8; 32] = who.to_account_id().into();
    scores_hash(&genesis.0, netuid, epoch(netuid), &account, scores, &SCORES_SALT)
}

pub(super) fn try_commit(who: Sr25519Keyring, netuid: NetUid, scores: &[Score]) -> Result<(), DispatchError> {
    let hash = hash_of_scores(who, netuid, scores);
    try_call(who, pallet_subnets::Call::commit { netuid, hash })
}

pub(super) fn try_reveal(who: Sr25519Keyring, netuid: NetUid, scores: &[Score]) -> Result<(), DispatchError> {
    let scores = scores.to_vec().try_into().unwrap();
    try_call(who, pallet_subnets::Call::reveal { netuid, scores, salt: SCORES_SALT })
}

/// Commits to scores in this epoch and reveals them in the next, whose end is still to come.
pub(super) fn give(who: &[Sr25519Keyring], netuid: NetUid, scores: &[Score]) {
    for who in who {
        try_commit(*who, netuid, scores).unwrap();
    }
    next_epoch(netuid);
    for who in who {
        try_reveal(*who, netuid, scores).unwrap();
    }
}

/// A release of `who`'s in a namespace of his own.
pub(super) fn model(who: Sr25519Keyring, space: &str, n: u64) -> ReleaseId {
    let record = model_of(who, space);
    register(who, record, bytes(n)).unwrap()
}

pub(super) fn free(who: Sr25519Keyring) -> Balance {
    Balances::balance(&who.to_account_id())
}

pub(super) fn account(who: Sr25519Keyring) -> AccountId {
    who.to_account_id()
}

/// A subnet of Alice's with an evaluator, Bob, who has 1,000 PDG of his own behind him that count.
pub(super) fn with_evaluator(kind: SubnetKind) -> NetUid {
    let netuid = found(Sr25519Keyring::Alice, kind);
    enter(Sr25519Keyring::Bob, netuid, None);
    stake(Sr25519Keyring::Bob, netuid, Sr25519Keyring::Bob, 1_000);
    next_epoch(netuid);
    netuid
}

/// Funds that are paid out in the next epochs, so much in each.
pub(super) fn fund(netuid: NetUid, each: Balance) {
    set(netuid, Hyperparameter::Funding(each));
    try_call(Sr25519Keyring::Alice, pallet_subnets::Call::fund { netuid, amount: each * 100 }).unwrap();
}
