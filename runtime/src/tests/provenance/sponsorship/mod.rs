//! Paying for what others register.

mod deposits;
mod fees;
mod json;
mod limits;
mod misuse;

use frame_support::traits::fungible::{Inspect, InspectHold};
use pallet_sponsorship::{HoldReason, Limits, LimitsOf};
use pedigree_primitives::{reservation_hash, NamespaceName, NewRelease, RecordKind};
use sp_keyring::Sr25519Keyring::{self, Charlie, One};
use sp_runtime::ApplyExtrinsicResult;

use super::super::blocks::send;
use super::world::*;
use crate::{
    constants::currency::UNIT, Balance, Balances, Runtime, RuntimeCall, RuntimeHoldReason, Sponsorship, System,
};

/// Has funds, and makes no blocks.
const SPONSOR: Sr25519Keyring = Charlie;
/// Has a key and nothing else.
const ADA: Sr25519Keyring = One;

type SponsorError = pallet_sponsorship::Error<Runtime>;

/// Enough for a name and a few releases.
fn plenty() -> LimitsOf<Runtime> {
    Limits { calls: 20, fees: UNIT, names: 20 * UNIT, deposits: 2 * UNIT, until: System::block_number() + 10_000 }
}

fn open_for_ada(limits: LimitsOf<Runtime>) {
    try_call(SPONSOR, pallet_sponsorship::Call::open { beneficiary: ADA.to_account_id(), limits }).unwrap();
}

/// A call that the sponsor pays for.
fn by_sponsor(call: impl Into<RuntimeCall>) -> RuntimeCall {
    pallet_sponsorship::Call::dispatch { sponsor: SPONSOR.to_account_id(), call: Box::new(call.into()) }.into()
}

/// Sends it as a transaction of Ada's.
fn send_sponsored(call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
    send(ADA, by_sponsor(call))
}

fn done(outcome: ApplyExtrinsicResult) {
    outcome.expect("it gets into the block").expect("it does what it should");
}

fn left() -> LimitsOf<Runtime> {
    Sponsorship::left(SPONSOR.to_account_id(), ADA.to_account_id()).expect("it is there")
}

fn total(who: Sr25519Keyring) -> Balance {
    Balances::total_balance(&who.to_account_id())
}

fn held(who: Sr25519Keyring, reason: impl Into<RuntimeHoldReason>) -> Balance {
    Balances::balance_on_hold(&reason.into(), &who.to_account_id())
}

fn records_held(who: Sr25519Keyring) -> Balance {
    held(who, pallet_records::HoldReason::Record)
}

fn reservations_held(who: Sr25519Keyring) -> Balance {
    held(who, pallet_reservations::HoldReason::Reservation)
}

fn set_aside() -> Balance {
    held(SPONSOR, HoldReason::Budget)
}

/// Reserves for Ada.
fn reserving(subject: [u8; 32]) -> RuntimeCall {
    let hash = reservation_hash(&System::block_hash(0).0, ADA.to_account_id().as_ref(), &SALT, &subject);
    pallet_reservations::Call::reserve { hash }.into()
}

fn claiming(space: &str) -> RuntimeCall {
    pallet_namespaces::Call::claim { name: NamespaceName::parse(space).unwrap(), salt: SALT }.into()
}

/// Ada takes a name that is paid for.
fn claim_sponsored(space: &str) {
    let name = NamespaceName::parse(space).unwrap();
    done(send_sponsored(reserving(crate::Namespaces::subject(&name))));
    next_block();
    done(send_sponsored(claiming(space)));
}

/// A new model and its first release, at once.
fn creating(space: &str, model: &str, release: NewRelease) -> RuntimeCall {
    let create =
        pallet_records::Call::create { namespace: namespace(space), name: name(model), kind: RecordKind::Model };
    let record = pallet_records::NextRecordId::<Runtime>::get();
    let release = pallet_models::Call::release { record, salt: SALT, release };
    pallet_utility::Call::batch_all { calls: vec![create.into(), release.into()] }.into()
}

/// Ada registers the first release of a new model, and is paid for.
fn register_sponsored(space: &str, model: &str, bytes_of: u64) -> pedigree_primitives::ReleaseId {
    let record = pallet_records::NextRecordId::<Runtime>::get();
    done(send_sponsored(reserving(root(bytes_of).0)));
    next_block();
    done(send_sponsored(creating(space, model, bytes(bytes_of))));
    pedigree_primitives::ReleaseId::new(record, 1)
}

/// Gives somebody money of his own.
fn give(to: Sr25519Keyring, value: Balance) {
    let dest = to.to_account_id().into();
    try_call(Sr25519Keyring::Alice, pallet_balances::Call::transfer_keep_alive { dest, value }).unwrap();
}
