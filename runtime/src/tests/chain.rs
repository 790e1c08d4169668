//! Blocks and transactions as a whole.

use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{
    transaction_validity::{InvalidTransaction, TransactionValidityError},
    DispatchError,
};

use super::blocks::{begin, call, development, end, in_block, pass, send, signed};
use crate::{
    constants::{currency::UNIT, time},
    Executive, Runtime, RuntimeCall, Session, System,
};

fn remark() -> RuntimeCall {
    frame_system::Call::remark { remark: b"hello".to_vec() }.into()
}

#[test]
fn blocks_follow_each_other() {
    development().execute_with(|| {
        pass(5);
        assert_eq!(System::block_number(), 5);
        assert_eq!(pallet_timestamp::Now::<Runtime>::get() % time::SLOT_DURATION, 0);
    });
}

#[test]
fn a_session_lasts_an_epoch() {
    development().execute_with(|| {
        pass(time::EPOCH_DURATION_IN_BLOCKS);
        assert_eq!(Session::current_index(), 0);
        pass(1);
        assert_eq!(Session::current_index(), 1);
    });
}

#[test]
fn a_transaction_with_another_ones_signature_is_refused() {
    development().execute_with(|| {
        begin();
        let mut forged = signed(Alice, remark(), 0);
        let honest = signed(Bob, remark(), 0);
        if let (
            sp_runtime::generic::Preamble::Signed(_, signature, _),
            sp_runtime::generic::Preamble::Signed(_, other, _),
        ) = (&mut forged.preamble, &honest.preamble)
        {
            *signature = other.clone();
        }
        let refused = Executive::apply_extrinsic(forged).unwrap_err();
        assert_eq!(refused, TransactionValidityError::Invalid(InvalidTransaction::BadProof));
        end();
    });
}

#[test]
fn a_transaction_counts_once() {
    development().execute_with(|| {
        begin();
        Executive::apply_extrinsic(signed(Alice, remark(), 0)).unwrap().unwrap();
        let refused = Executive::apply_extrinsic(signed(Alice, remark(), 0)).unwrap_err();
        assert_eq!(refused, TransactionValidityError::Invalid(InvalidTransaction::Stale));
        end();
    });
}

#[test]
fn what_is_filtered_is_refused_to_signed_calls() {
    development().execute_with(|| {
        in_block(|| {
            let purge = pallet_session::Call::purge_keys {};
            let refused = call(Alice, purge.clone()).unwrap_err().error;
            assert_eq!(refused, frame_system::Error::<Runtime>::CallFiltered.into());
            let batched = pallet_utility::Call::batch_all { calls: vec![purge.into()] };
            let refused = call(Alice, batched).unwrap_err().error;
            assert_eq!(refused, frame_system::Error::<Runtime>::CallFiltered.into());
        });
    });
}

#[test]
fn strangers_cannot_set_session_keys() {
    use codec::Encode;

    development().execute_with(|| {
        in_block(|| {
            let keys = crate::SessionKeys {
                babe: Bob.public().into(),
                grandpa: sp_keyring::Ed25519Keyring::Bob.public().into(),
            };
            let set = pallet_session::Call::set_keys { keys, proof: vec![0u8; 128].encode() };
            assert!(call(Bob, set).is_err());
        });
    });
}

/// What isn't used of a transaction's weight is there for the next ones.
#[test]
fn unused_weight_is_reclaimed() {
    development().execute_with(|| {
        begin();
        let batch = |calls: Vec<RuntimeCall>| RuntimeCall::from(pallet_utility::Call::batch { calls });
        let failing: RuntimeCall =
            pallet_balances::Call::transfer_keep_alive { dest: Alice.to_account_id().into(), value: u128::MAX }.into();
        let announced = {
            use frame_support::dispatch::GetDispatchInfo;
            signed(Bob, batch(vec![failing.clone(); 100]), 0).get_dispatch_info().total_weight()
        };
        let used = || System::block_weight().total().ref_time();
        let before = used();
        send(Bob, batch(vec![failing; 100])).unwrap().unwrap();
        assert!(used() - before < announced.ref_time() / 10, "the batch ends at its first call");
        end();
    });
}

#[test]
fn an_account_needs_the_existential_deposit() {
    development().execute_with(|| {
        in_block(|| {
            let stranger = sp_runtime::AccountId32::new([9; 32]);
            let transfer = |value| pallet_balances::Call::transfer_keep_alive { dest: stranger.clone().into(), value };
            let refused = call(Alice, transfer(UNIT / 1_000 - 1)).unwrap_err().error;
            assert_eq!(refused, DispatchError::Token(sp_runtime::TokenError::BelowMinimum));
            call(Alice, transfer(UNIT / 1_000)).unwrap();
        });
    });
}
