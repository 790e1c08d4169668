//! Calls from plain JSON: made here, tried here, so that they stay right after an upgrade.
//!
//! A call is tried twice in the block that would come next, and everything that it did is forgotten. The first time the
//! account is given more than enough: what fails then is wrong with the call, and what is missing afterwards is what it
//! costs. The second time it has what it has: what fails then is for lack of money.

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
    configs::money::ExistentialDeposit, constants::currency::UNIT, AccountId, Balance, Balances, BlockNumber,
    RuntimeCall, RuntimeOrigin, System,
};

mod calls;

/// More than anything costs.
const PLENTY: Balance = 1_000_000_000 * UNIT;

/// Makes the call for an action of `account`, tries it, and tells what it costs, or why it would fail.
pub(super) fn prepare(account: AccountId, action: Action) -> Result<Prepared, PrepareError> {
    let call = calls::build(&account, action)?;
    let fee = payload::fee(&account, &call);
    let cost = rehearse(&account, &call, fee, PLENTY).map_err(explain)?;
    if rehearse(&account, &call, fee, 0).is_err() {
        return Err(PrepareError::TooPoor {
            needed: Amount(
                fee.saturating_add(cost.price).saturating_add(cost.deposit).saturating_add(ExistentialDeposit::get()),
            ),
            available: Amount(Balances::reducible_balance(&account, Preservation::Expendable, Fortitude::Polite)),
        });
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

/// What a call costs beside its fee.
struct Cost {
    /// What is held of the account's because of it.
    deposit: Balance,
    /// What is gone.
    price: Balance,
}

/// Tries a call in the block that would come next, with `gift` on top of what the account has.
fn rehearse(account: &AccountId, call: &RuntimeCall, fee: Balance, gift: Balance) -> Result<Cost, DispatchError> {
    in_next_block(|| {
        if gift > 0 {
            Balances::mint_into(account, gift)?;
        }
        drop(<Balances as Balanced<AccountId>>::withdraw(
            account,
            fee,
            Precision::Exact,
            Preservation::Preserve,
            Fortitude::Polite,
        )?);
        let wealth = || (Balances::total_balance(account), Balances::total_balance_on_hold(account));
        let (total_before, held_before) = wealth();
        call.clone().dispatch(RuntimeOrigin::signed(account.clone())).map_err(|failed| failed.error)?;
        let (total_after, held_after) = wealth();
        Ok(Cost { deposit: held_after.saturating_sub(held_before), price: total_before.saturating_sub(total_after) })
    })
}

/// Does something as if the next block had come, and forgets it.
fn in_next_block<Outcome>(act: impl FnOnce() -> Outcome) -> Outcome {
    with_transaction_unchecked(|| {
        let next: BlockNumber = System::block_number().saturating_add(1);
        unhashed::put(&storage_prefix(b"System", b"Number"), &next);
        TransactionOutcome::Rollback(act())
    })
}

/// A field of the request that is wrong.
fn invalid(field: &str, explanation: impl ToString) -> PrepareError {
    PrepareError::Invalid { field: String::from(field), explanation: explanation.to_string() }
}
