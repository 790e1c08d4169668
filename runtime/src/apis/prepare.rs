//! Calls from plain JSON: made here, tried here, so that they stay right after an upgrade.
//!
//! A call is tried twice in the block that would come next, and everything that it did is forgotten. The first time the
//! account is given more than enough: what fails then is wrong with the call, and what is missing afterwards is what it
//! costs. The second time it has what it has: what fails then is for lack of money.
//!
//! What reveals something that was not reserved fails for that reason only if nothing else is wrong with it: a
//! reservation costs a fee, so whatever would fail after it is said before.

use alloc::{
    format,
    string::{String, ToString},
    vec,
};

use frame_support::{
    storage::{storage_prefix, transactional::with_transaction_unchecked, unhashed},
    traits::{
        fungible::{Balanced, Inspect, InspectHold, Mutate},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use pedigree_primitives::{
    api::{Action, Balance as Amount, PrepareError, Prepared, ReleaseRequest, UpstreamView},
    reservation_hash, NamespaceName, NewRelease, ParentLink, RecordKind, ReleasePath, Text, Upstream,
};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, DispatchError, TransactionOutcome};

use super::{explain::explain, payload};
use crate::{
    configs::{money::ExistentialDeposit, provenance::ReservationDeposit},
    constants::currency::UNIT,
    AccountId, Balance, Balances, BlockNumber, Reservations, Runtime, RuntimeCall, RuntimeOrigin, Sponsorship, System,
};

mod calls;
mod economy;

/// More than anything costs.
const PLENTY: Balance = 1_000_000_000 * UNIT;

/// Makes the call for an action of `account`, tries it, and tells what it costs, or why it would fail.
pub(super) fn prepare(account: AccountId, action: Action) -> Result<Prepared, PrepareError> {
    let revealed = revealed(&action);
    let sponsor = match &action {
        Action::Sponsored { sponsor, .. } => Some(sponsor.clone()),
        _ => None,
    };
    let who = Parties { account, sponsor };
    let call = calls::build(&who.account, action)?;
    let fee = payload::fee(&who.account, &call);
    let not_reserved = pallet_reservations::Error::<Runtime>::NotFound.into();
    let cost = match (try_call(&who, &call, fee, None), revealed) {
        (Err(Failed::Call(error)), Some((salt, subject))) if error == not_reserved => {
            let hash = Reservations::hash_of(&who.account, &salt, &subject);
            let mut reserve = RuntimeCall::from(pallet_reservations::Call::reserve { hash });
            if let Some(sponsor) = &who.sponsor {
                reserve = calls::sponsored(sponsor, reserve);
            }
            let first = FirstStep { fee: payload::fee(&who.account, &reserve), call: reserve };
            try_call(&who, &call, fee, Some(&first)).map_err(Failed::explain)?;
            return Err(explain(error));
        }
        (cost, _) => cost.map_err(Failed::explain)?,
    };
    let Parties { account, sponsor } = who;
    if sponsor.is_some() && !System::account_exists(&account) {
        return Err(invalid(
            "account",
            "This account has been emptied, so that it can't send anything; put the existential deposit on it.",
        ));
    }
    let (payload, sign) = payload::for_signing(&account, &call)
        .ok_or_else(|| invalid("account", "The chain has no block yet; try again in a few seconds."))?;
    Ok(Prepared {
        call: payload.method.clone(),
        fee: Amount(fee),
        deposit: Amount(cost.deposit),
        price: Amount(cost.price),
        payload,
        sign,
    })
}

/// Who signs and who pays.
struct Parties {
    account: AccountId,
    /// Who pays instead of the account.
    sponsor: Option<AccountId>,
}

impl Parties {
    /// What whoever pays has in all, and how much of it is held. What a sponsor has set aside counts as not held yet.
    fn wealth(&self) -> (Balance, Balance) {
        let Some(sponsor) = &self.sponsor else {
            return (Balances::total_balance(&self.account), Balances::total_balance_on_hold(&self.account));
        };
        let budget = Balances::balance_on_hold(&pallet_sponsorship::HoldReason::Budget.into(), sponsor);
        (Balances::total_balance(sponsor), Balances::total_balance_on_hold(sponsor).saturating_sub(budget))
    }

    /// Takes a fee, and does not let go of it.
    fn charge(&self, fee: Balance) -> Result<(), DispatchError> {
        match &self.sponsor {
            Some(sponsor) => drop(Sponsorship::charge(sponsor, &self.account, fee)?),
            None => drop(<Balances as Balanced<AccountId>>::withdraw(
                &self.account,
                fee,
                Precision::Exact,
                Preservation::Preserve,
                Fortitude::Polite,
            )?),
        }
        Ok(())
    }
}

/// Salt and subject of the reservation that an action uses up, if it does.
fn revealed(action: &Action) -> Option<([u8; 32], [u8; 32])> {
    match action {
        Action::Sponsored { call, .. } => revealed(call),
        Action::Register { salt, release, .. } => Some((salt.0, release.manifest.root.0)),
        Action::ClaimNamespace { name, salt } => Some((salt.0, blake2_256(name.as_bytes()))),
        _ => None,
    }
}

/// Why a call failed when it was tried.
enum Failed {
    /// It is wrong.
    Call(DispatchError),
    /// The account cannot pay.
    TooPoor {
        /// What it takes.
        needed: Balance,
        /// What can be spent.
        available: Balance,
    },
}

impl Failed {
    fn explain(self) -> PrepareError {
        match self {
            Self::Call(error) => explain(error),
            Self::TooPoor { needed, available } => {
                PrepareError::TooPoor { needed: Amount(needed), available: Amount(available) }
            }
        }
    }
}

/// What has to be done, and paid for, before a call can succeed: the reservation of what it reveals.
struct FirstStep {
    call: RuntimeCall,
    fee: Balance,
}

/// Tries a call, first with more money than it can cost, then with what there is.
fn try_call(who: &Parties, call: &RuntimeCall, fee: Balance, first: Option<&FirstStep>) -> Result<Cost, Failed> {
    let cost = rehearse(who, call, fee, first, PLENTY).map_err(Failed::Call)?;
    // What a sponsor pays he has set aside: if that were too little, the first time would have told.
    if who.sponsor.is_some() || rehearse(who, call, fee, first, 0).is_ok() {
        return Ok(cost);
    }
    // The deposit of the reservation comes back in the call, but has to be there until then.
    let reservation = first.map_or(0, |_| ReservationDeposit::get());
    let fees = fee.saturating_add(first.map_or(0, |first| first.fee));
    Err(Failed::TooPoor {
        needed: cost
            .price
            .saturating_add(cost.deposit)
            .max(reservation)
            .saturating_add(fees)
            .saturating_add(ExistentialDeposit::get()),
        available: Balances::reducible_balance(&who.account, Preservation::Expendable, Fortitude::Polite),
    })
}

/// What a call costs beside its fee.
struct Cost {
    /// What is held of the account's because of it.
    deposit: Balance,
    /// What is gone.
    price: Balance,
}

/// Tries a call in the block that would come next, or in the one after a first step, with `gift` on top of what the
/// account has; and forgets it.
fn rehearse(
    who: &Parties,
    call: &RuntimeCall,
    fee: Balance,
    first: Option<&FirstStep>,
    gift: Balance,
) -> Result<Cost, DispatchError> {
    let send = |call: &RuntimeCall, fee: Balance| {
        who.charge(fee)?;
        call.clone().dispatch(RuntimeOrigin::signed(who.account.clone())).map_err(|failed| failed.error)
    };
    let try_it = || {
        next_block();
        if gift > 0 {
            Balances::mint_into(&who.account, gift)?;
        }
        let (total_before, held_before) = who.wealth();
        let mut fees = fee;
        if let Some(first) = first {
            send(&first.call, first.fee)?;
            fees = fees.saturating_add(first.fee);
            next_block();
        }
        send(call, fee)?;
        let (total_after, held_after) = who.wealth();
        Ok(Cost {
            deposit: held_after.saturating_sub(held_before),
            price: total_before.saturating_sub(total_after).saturating_sub(fees),
        })
    };
    with_transaction_unchecked(|| TransactionOutcome::Rollback(try_it()))
}

/// Begins the next block, as far as pallets look at it.
fn next_block() {
    let next: BlockNumber = System::block_number().saturating_add(1);
    unhashed::put(&storage_prefix(b"System", b"Number"), &next);
}

/// A field of the request that is wrong.
fn invalid(field: &str, explanation: impl ToString) -> PrepareError {
    PrepareError::Invalid { field: String::from(field), explanation: explanation.to_string() }
}
