//! Sponsored calls that do something else.

use frame_support::{
    assert_noop, assert_ok,
    traits::{Contains, Get},
};
use pedigree_primitives::{NamespaceId, RecordId, ReleaseId};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Dave};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

use super::*;
use crate::configs::{proxy::ProxyType, sponsorship::SponsoredCalls};

fn reserve() -> RuntimeCall {
    reserving(root(1).0)
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    pallet_utility::Call::batch_all { calls }.into()
}

/// What somebody might like another to pay for.
fn others() -> Vec<RuntimeCall> {
    let bob = Bob.to_account_id();
    let transfer = pallet_balances::Call::transfer_allow_death { dest: bob.clone().into(), value: 1 };
    let dataset = RecordId(0);
    let release = ReleaseId::new(dataset, 1);
    let mut calls: Vec<RuntimeCall> = vec![
        transfer.into(),
        pallet_balances::Call::transfer_all { dest: bob.clone().into(), keep_alive: false }.into(),
        frame_system::Call::remark { remark: vec![] }.into(),
        pallet_namespaces::Call::open { name: NamespaceName::parse("hf:somebody").unwrap() }.into(),
        pallet_namespaces::Call::offer { namespace: NamespaceId(0), to: bob.clone() }.into(),
        pallet_records::Call::offer { record: dataset, to: NamespaceId(0) }.into(),
        pallet_records::Call::accept { record: dataset }.into(),
        pallet_records::Call::adopt { record: dataset, number: None }.into(),
        pallet_datasets::Call::grant { record: dataset, account: bob.clone(), until: None }.into(),
        pallet_payouts::Call::pay { release, amount: UNIT, memo: None }.into(),
        pallet_payouts::Call::withdraw { releases: Default::default() }.into(),
        pallet_proxy::Call::add_proxy { delegate: bob.clone().into(), proxy_type: ProxyType::Any, delay: 0 }.into(),
        pallet_proxy::Call::proxy { real: bob.clone().into(), force_proxy_type: None, call: Box::new(reserve()) }
            .into(),
        pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![bob.clone()], call: Box::new(reserve()) }
            .into(),
        pallet_preimage::Call::note_preimage { bytes: vec![1; 100] }.into(),
        pallet_utility::Call::as_derivative { index: 0, call: Box::new(reserve()) }.into(),
        pallet_utility::Call::batch { calls: vec![reserve()] }.into(),
        pallet_utility::Call::force_batch { calls: vec![reserve()] }.into(),
        pallet_sponsorship::Call::open { beneficiary: bob, limits: plenty() }.into(),
        by_sponsor(reserve()),
    ];
    // And in a batch, among what is sponsored, and below another batch.
    let alone = calls.clone();
    calls.extend(alone.iter().map(|call| batch(vec![reserve(), call.clone()])));
    calls.push(batch(vec![batch(vec![reserve()])]));
    calls.push(batch(vec![reserve(); 5]));
    calls
}

#[test]
fn nothing_else_is_sponsored_alone_or_in_a_batch() {
    story(|| {
        open_for_ada(plenty());
        let before = (left(), total(SPONSOR), total(ADA));
        for call in others() {
            assert!(!SponsoredCalls::contains(&call), "{call:?}");
            let refused = Err(TransactionValidityError::Invalid(InvalidTransaction::Call));
            assert_eq!(send_sponsored(call.clone()), refused, "{call:?}");
            // Nor where the fee is no question, as in a batch of one's own.
            assert_noop!(try_call(ADA, by_sponsor(call)), SponsorError::CallNotSponsored);
        }
        assert_eq!((left(), total(SPONSOR), total(ADA)), before, "not even a fee was taken");
        assert_eq!(System::account_nonce(ADA.to_account_id()), 0);
    });
}

#[test]
fn a_sponsored_call_is_its_signers_and_may_do_no_more_than_he() {
    story(|| {
        let theirs = model_of(Alice, "alice-lab");
        open_for_ada(plenty());
        let release = pallet_models::Call::release { record: theirs, salt: SALT, release: bytes(1) };
        assert_noop!(try_call(ADA, by_sponsor(release)), RecordError::NotOwner);
        // The sponsor's own things are no more hers.
        let record = model_of(SPONSOR, "hub-lab");
        assert_noop!(try_call(ADA, by_sponsor(pallet_records::Call::remove { record })), RecordError::NotOwner);
    });
}

#[test]
fn a_transaction_counts_once_sponsored_or_not() {
    story(|| {
        open_for_ada(plenty());
        let transaction = super::super::super::blocks::signed(ADA, by_sponsor(reserve()), 0);
        assert_ok!(crate::Executive::apply_extrinsic(transaction.clone()).unwrap());
        let stale = Err(TransactionValidityError::Invalid(InvalidTransaction::Stale));
        assert_eq!(crate::Executive::apply_extrinsic(transaction), stale);
    });
}

#[test]
fn only_in_a_sponsored_call_does_the_sponsor_pay() {
    story(|| {
        open_for_ada(plenty());
        let before = (left(), total(SPONSOR));
        // By herself, in the same batch as a sponsored call, she pays by herself.
        give(ADA, UNIT);
        let calls = vec![by_sponsor(reserve()), reserving(root(2).0)];
        assert_ok!(try_call(ADA, pallet_utility::Call::batch_all { calls }));
        assert_eq!((reservations_held(SPONSOR), reservations_held(ADA)), (UNIT / 10, UNIT / 10));
        assert_eq!(before.0.deposits - left().deposits, UNIT / 10);
        assert_eq!(total(SPONSOR), before.1);
    });
}

/// Somebody who calls for another account pays the fee himself; the deposit is the sponsor's.
#[test]
fn a_publishing_key_sends_what_is_sponsored_and_buys_nothing() {
    story(|| {
        open_for_ada(plenty());
        give(ADA, UNIT);
        let add = pallet_proxy::Call::add_proxy {
            delegate: Dave.to_account_id().into(),
            proxy_type: ProxyType::Publishing,
            delay: 0,
        };
        try_call(ADA, add).unwrap();
        let by_proxy = |call: RuntimeCall| pallet_proxy::Call::proxy {
            real: ADA.to_account_id().into(),
            force_proxy_type: None,
            call: Box::new(call),
        };
        assert_ok!(try_call(Dave, by_proxy(by_sponsor(reserve()))));
        assert_eq!(reservations_held(SPONSOR), UNIT / 10);
        let name = NamespaceName::parse("ada-lab").unwrap();
        assert_ok!(try_call(Dave, by_proxy(by_sponsor(reserving(crate::Namespaces::subject(&name))))));
        next_block();
        // The proxy's answer is in its event; nothing was bought.
        assert_ok!(try_call(Dave, by_proxy(by_sponsor(claiming("ada-lab")))));
        assert_eq!(left().names, plenty().names);
        assert!(namespaces_of_ada().is_none());
    });
}

#[test]
fn a_sponsoring_key_sponsors_and_takes_nothing() {
    use frame_support::traits::InstanceFilter;

    let open: RuntimeCall =
        pallet_sponsorship::Call::open { beneficiary: ADA.to_account_id(), limits: limits() }.into();
    let close: RuntimeCall = pallet_sponsorship::Call::close { beneficiary: ADA.to_account_id() }.into();
    for call in [open.clone(), close.clone(), batch(vec![close, open.clone()])] {
        assert!(ProxyType::Sponsoring.filter(&call), "{call:?}");
        assert!(!ProxyType::Publishing.filter(&call), "{call:?}");
    }
    for call in [by_sponsor(reserve_anything()), reserve_anything(), batch(vec![open, reserve_anything()])] {
        assert!(!ProxyType::Sponsoring.filter(&call), "{call:?}");
    }
}

fn namespaces_of_ada() -> Option<NamespaceId> {
    use pedigree_primitives::traits::Namespaces as _;
    crate::Namespaces::find(&NamespaceName::parse("ada-lab").unwrap())
}

fn limits() -> LimitsOf<Runtime> {
    Limits { calls: 1, fees: 1, names: 0, deposits: 0, until: 1 }
}

fn reserve_anything() -> RuntimeCall {
    pallet_reservations::Call::reserve { hash: Default::default() }.into()
}

/// What a sponsor pays for costs as often as was reckoned, at most.
#[test]
fn the_largest_batch_draws_no_more_often_than_its_weight_says() {
    story(|| {
        open_for_ada(plenty());
        let calls: Vec<_> = (0..4).map(|n| reserving(root(n).0)).collect();
        done(send_sponsored(batch(calls)));
        assert_eq!(reservations_held(SPONSOR), 4 * UNIT / 10);
        let draws = System::events()
            .iter()
            .filter(|record| {
                matches!(record.event, crate::RuntimeEvent::Sponsorship(pallet_sponsorship::Event::Drawn { .. }))
            })
            .count();
        let most: u32 = <Runtime as pallet_sponsorship::Config>::MaxDraws::get();
        assert_eq!(draws as u32, most);
    });
}
