//! Tests by topic. Calls are dispatched, so that one that fails leaves no trace.

mod channel;
mod claim;
mod genesis;
mod lookup;
mod transfer;
mod try_state;

use frame_support::{
    assert_ok,
    dispatch::DispatchResult,
    traits::fungible::{Inspect, InspectHold},
};
use pedigree_primitives::{traits::Namespaces as _, NamespaceId, NamespaceName, Text};
use sp_runtime::{traits::Dispatchable, AccountId32, DispatchError};

use crate::{mock::*, Call};

const SALT: [u8; 32] = [7; 32];

fn dispatch(origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
    call.into().dispatch(origin).map(|_| ()).map_err(|error| error.error)
}

fn signed(who: &AccountId32) -> RuntimeOrigin {
    RuntimeOrigin::signed(who.clone())
}

/// A name that the rule for names does not allow, as it may arrive over the wire.
fn unchecked(name: &str) -> NamespaceName {
    NamespaceName(Text::new(name).unwrap())
}

/// Reserves a name, and waits until it can be claimed.
fn reserve(who: &AccountId32, name: &NamespaceName) {
    let hash = Reservations::hash_of(who, &SALT, &Namespaces::subject(name));
    assert_ok!(dispatch(signed(who), pallet_reservations::Call::reserve { hash }));
    pass(1);
}

fn claim(who: &AccountId32, name: &NamespaceName) -> DispatchResult {
    dispatch(signed(who), Call::claim { name: name.clone(), salt: SALT })
}

fn open(who: &AccountId32, name: &NamespaceName) -> DispatchResult {
    dispatch(signed(who), Call::open { name: name.clone() })
}

fn link(name: &NamespaceName, owner: &AccountId32) -> DispatchResult {
    dispatch(RuntimeOrigin::root(), Call::link { name: name.clone(), owner: owner.clone() })
}

fn offer(who: &AccountId32, namespace: NamespaceId, to: &AccountId32) -> DispatchResult {
    dispatch(signed(who), Call::offer { namespace, to: to.clone() })
}

fn withdraw_offer(who: &AccountId32, namespace: NamespaceId) -> DispatchResult {
    dispatch(signed(who), Call::withdraw_offer { namespace })
}

fn accept(who: &AccountId32, namespace: NamespaceId) -> DispatchResult {
    dispatch(signed(who), Call::accept { namespace })
}

/// The id of a plain namespace that `who` has claimed now.
fn claimed(who: &AccountId32, text: &str) -> NamespaceId {
    reserve(who, &name(text));
    assert_ok!(claim(who, &name(text)));
    Namespaces::find(&name(text)).unwrap()
}

fn free(who: &AccountId32) -> u64 {
    Balances::balance(who)
}

fn held(who: &AccountId32) -> u64 {
    Balances::total_balance_on_hold(who)
}
