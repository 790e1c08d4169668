//! Tests by topic. Calls are dispatched, so that one that fails leaves no trace.

mod cancel;
mod expire;
mod payer;
mod redeem;
mod reserve;
mod try_state;

use frame_support::{
    dispatch::DispatchResult,
    traits::fungible::{Inspect, InspectHold},
};
use sp_core::H256;
use sp_runtime::{traits::Dispatchable, AccountId32};

use crate::{mock::*, Call, HoldReason};

fn dispatch(who: &AccountId32, call: Call<Test>) -> DispatchResult {
    RuntimeCall::Reservations(call)
        .dispatch(RuntimeOrigin::signed(who.clone()))
        .map(|_| ())
        .map_err(|error| error.error)
}

fn reserve(who: &AccountId32, hash: H256) -> DispatchResult {
    dispatch(who, Call::reserve { hash })
}

fn cancel(who: &AccountId32, hash: H256) -> DispatchResult {
    dispatch(who, Call::cancel { hash })
}

fn expire(by: &AccountId32, who: &AccountId32, hash: H256) -> DispatchResult {
    dispatch(by, Call::expire { who: who.clone(), hash })
}

fn held(who: &AccountId32) -> u64 {
    Balances::balance_on_hold(&HoldReason::Reservation.into(), who)
}

fn free(who: &AccountId32) -> u64 {
    Balances::balance(who)
}
