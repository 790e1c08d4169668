//! Who pays the fee.

use frame_support::{
    assert_ok,
    traits::{LockableCurrency, WithdrawReasons},
};
use sp_keyring::Sr25519Keyring::{Alice, Dave};
use sp_runtime::{
    generic::Era,
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};

use super::*;
use crate::{apis::extension, Executive, SignedPayload, UncheckedExtrinsic};

fn refused(why: InvalidTransaction) -> ApplyExtrinsicResult {
    Err(TransactionValidityError::Invalid(why))
}

#[test]
fn the_author_of_the_block_has_what_the_sponsor_pays() {
    story(|| {
        open_for_ada(plenty());
        let before = (total(Alice), total(SPONSOR), Balances::total_issuance());
        done(send_sponsored(reserving(root(1).0)));
        let fee = UNIT - left().fees;
        assert!(fee > 0);
        assert_eq!((total(Alice) - before.0, before.1 - total(SPONSOR)), (fee, fee));
        assert_eq!(Balances::total_issuance(), before.2);
        System::assert_has_event(
            pallet_sponsorship::Event::FeePaid {
                sponsor: SPONSOR.to_account_id(),
                beneficiary: ADA.to_account_id(),
                fee,
            }
            .into(),
        );
    });
}

#[test]
fn what_a_fee_was_too_much_is_set_aside_again() {
    story(|| {
        open_for_ada(plenty());
        // Announced with all that a batch of four may take, and fails at its first call.
        let calls = vec![claiming("ada-lab"); 4];
        let batch = by_sponsor(pallet_utility::Call::batch_all { calls });
        let announced = {
            use frame_support::dispatch::GetDispatchInfo;
            let transaction = super::super::super::blocks::signed(ADA, batch.clone(), 0);
            let length = codec::Encode::encoded_size(&transaction) as u32;
            crate::TransactionPayment::compute_fee(length, &transaction.get_dispatch_info(), 0)
        };
        assert!(send(ADA, batch).unwrap().is_err());
        let paid = UNIT - left().fees;
        assert!(paid < announced * 3 / 4, "{paid} of {announced}");
        assert_eq!(set_aside(), left().budget().unwrap());
    });
}

#[test]
fn a_call_that_fails_takes_its_fee_and_nothing_else() {
    story(|| {
        open_for_ada(plenty());
        let failed = send_sponsored(claiming("ada-lab")).expect("it gets into the block").unwrap_err();
        assert_eq!(failed, pallet_reservations::Error::<Runtime>::NotFound.into());
        let now = left();
        assert!(now.fees < UNIT);
        assert_eq!(now, Limits { fees: now.fees, until: now.until, ..plenty() });
        assert_eq!(set_aside(), now.budget().unwrap());
    });
}

#[test]
fn without_enough_for_the_fee_nothing_gets_into_a_block() {
    story(|| {
        open_for_ada(Limits { fees: 1_000, ..plenty() });
        let before = left();
        assert_eq!(send_sponsored(reserving(root(1).0)), refused(InvalidTransaction::Payment));
        assert_eq!(left(), before);
    });
}

#[test]
fn nobody_is_tipped_from_what_was_set_aside() {
    story(|| {
        open_for_ada(plenty());
        let call = by_sponsor(reserving(root(1).0));
        let extension = extension(Era::Immortal, 0, 1);
        let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
        let signature = codec::Encode::using_encoded(&payload, |bytes| ADA.sign(bytes));
        let tipped = UncheckedExtrinsic::new_signed(call, ADA.to_account_id().into(), signature.into(), extension);
        assert_eq!(Executive::apply_extrinsic(tipped), refused(InvalidTransaction::Payment));
        assert_eq!(left().fees, UNIT);
    });
}

#[test]
fn who_is_not_sponsored_sends_nothing_at_anothers_expense() {
    story(|| {
        let call = by_sponsor(reserving(root(1).0));
        // Not even an account.
        assert_eq!(send(ADA, call.clone()), refused(InvalidTransaction::Payment));
        open_for_ada(plenty());
        assert_eq!(send(Dave, call), refused(InvalidTransaction::Payment));
    });
}

/// Votes freeze all that one has, what is set aside included.
#[test]
fn a_sponsor_who_votes_with_everything_still_pays() {
    story(|| {
        open_for_ada(plenty());
        let all = total(SPONSOR);
        Balances::set_lock(*b"everyth!", &SPONSOR.to_account_id(), all, WithdrawReasons::all());
        claim_sponsored("ada-lab");
        register_sponsored("ada-lab", "model", 1);
    });
}

#[test]
fn what_is_set_aside_is_not_the_sponsors_to_spend_meanwhile() {
    story(|| {
        open_for_ada(plenty());
        let free = Balances::balance(&SPONSOR.to_account_id());
        let dest = sp_keyring::Sr25519Keyring::Bob.to_account_id().into();
        assert_ok!(try_call(SPONSOR, pallet_balances::Call::transfer_all { dest, keep_alive: true }));
        assert!(Balances::balance(&SPONSOR.to_account_id()) < free);
        // Ada registers all the same.
        claim_sponsored("ada-lab");
        register_sponsored("ada-lab", "model", 1);
    });
}
