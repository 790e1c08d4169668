//! What proxies may do.

use codec::Encode;
use frame_support::{assert_ok, traits::fungible::Inspect, traits::InstanceFilter};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

use super::blocks::{call, development, in_block};
use crate::{configs::proxy::ProxyType, constants::currency::UNIT, Balances, RuntimeCall};

const ALL: [ProxyType; 8] = [
    ProxyType::Any,
    ProxyType::Publishing,
    ProxyType::Scoring,
    ProxyType::Governance,
    ProxyType::Staking,
    ProxyType::CancelProxy,
    ProxyType::Attesting,
    ProxyType::Sponsoring,
];

fn transfer() -> RuntimeCall {
    pallet_balances::Call::transfer_allow_death { dest: Charlie.to_account_id().into(), value: UNIT }.into()
}

fn reserve() -> RuntimeCall {
    pallet_reservations::Call::reserve { hash: Default::default() }.into()
}

fn vote() -> RuntimeCall {
    pallet_conviction_voting::Call::remove_vote { class: None, index: 0 }.into()
}

fn attest() -> RuntimeCall {
    let (claimant, evidence) = (Bob.to_account_id(), pallet_registrars::Evidence::DnsRecord);
    pallet_registrars::Call::attest { name: Default::default(), claimant, made: 0, evidence }.into()
}

fn commit() -> RuntimeCall {
    pallet_subnets::Call::commit { netuid: Default::default(), hash: Default::default() }.into()
}

/// Costs a price.
fn register() -> RuntimeCall {
    pallet_subnets::Call::register { netuid: Default::default(), release: None, price_limit: UNIT }.into()
}

fn allocate() -> RuntimeCall {
    let (netuid, evaluator, accepted_take) = (Default::default(), Bob.to_account_id(), Default::default());
    pallet_stake::Call::allocate { netuid, evaluator, amount: UNIT, accepted_take }.into()
}

fn close_sponsorship() -> RuntimeCall {
    pallet_sponsorship::Call::close { beneficiary: Bob.to_account_id() }.into()
}

/// Registers with what somebody else lends.
fn sponsored(call: RuntimeCall) -> RuntimeCall {
    pallet_sponsorship::Call::dispatch { sponsor: Charlie.to_account_id(), call: Box::new(call) }.into()
}

/// Costs a price.
fn request() -> RuntimeCall {
    let evidence = pallet_registrars::Evidence::DnsRecord;
    pallet_registrars::Call::request { name: Default::default(), evidence, adopt: false }.into()
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    pallet_utility::Call::batch_all { calls }.into()
}

/// The indices are stored with every proxy.
#[test]
fn types_keep_their_indices() {
    assert_eq!(ALL.map(|proxy| proxy.encode()), [0, 1, 2, 3, 4, 5, 6, 7].map(|index| vec![index]));
}

#[test]
fn only_any_is_more_than_another() {
    for one in ALL {
        for other in ALL {
            assert_eq!(one.is_superset(&other), one == other || one == ProxyType::Any, "{one:?} {other:?}");
        }
    }
}

/// A superset allows what its subset does.
#[test]
fn supersets_allow_what_subsets_do() {
    let batches = [batch(vec![reserve()]), batch(vec![vote()])];
    let singles = [transfer(), reserve(), vote(), attest(), request(), commit(), allocate(), register()];
    for call in singles.into_iter().chain(batches) {
        for one in ALL {
            for other in ALL {
                if one.is_superset(&other) && other.filter(&call) {
                    assert!(one.filter(&call), "{one:?} {other:?} {call:?}");
                }
            }
        }
    }
}

#[test]
fn each_does_its_own_work_and_nothing_else() {
    let cases = [
        (reserve(), [true, true, false, false, false, false, false, false]),
        (vote(), [true, false, false, true, false, false, false, false]),
        (attest(), [true, false, false, false, false, false, true, false]),
        (commit(), [true, false, true, false, false, false, false, false]),
        (allocate(), [true, false, false, false, true, false, false, false]),
        (register(), [true, false, false, false, false, false, false, false]),
        (batch(vec![commit(), commit()]), [true, false, true, false, false, false, false, false]),
        (batch(vec![allocate(), transfer()]), [true, false, false, false, false, false, false, false]),
        (batch(vec![attest(), attest()]), [true, false, false, false, false, false, true, false]),
        (batch(vec![attest(), transfer()]), [true, false, false, false, false, false, false, false]),
        (request(), [true, false, false, false, false, false, false, false]),
        (close_sponsorship(), [true, false, false, false, false, false, false, true]),
        (batch(vec![close_sponsorship()]), [true, false, false, false, false, false, false, true]),
        (batch(vec![close_sponsorship(), reserve()]), [true, false, false, false, false, false, false, false]),
        (sponsored(reserve()), [true, true, false, false, false, false, false, false]),
        (sponsored(transfer()), [true, false, false, false, false, false, false, false]),
        (transfer(), [true, false, false, false, false, false, false, false]),
        (batch(vec![reserve(), reserve()]), [true, true, false, false, false, false, false, false]),
        (batch(vec![reserve(), batch(vec![reserve()])]), [true, true, false, false, false, false, false, false]),
        (batch(vec![reserve(), vote()]), [true, false, false, false, false, false, false, false]),
        (batch(vec![vote(), batch(vec![transfer()])]), [true, false, false, false, false, false, false, false]),
        (
            pallet_utility::Call::as_derivative { index: 0, call: Box::new(reserve()) }.into(),
            [true, false, false, false, false, false, false, false],
        ),
        (
            pallet_proxy::Call::reject_announcement {
                delegate: Bob.to_account_id().into(),
                call_hash: Default::default(),
            }
            .into(),
            [true, false, false, false, false, true, false, false],
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(ALL.map(|proxy| proxy.filter(&call)), expected, "{call:?}");
    }
}

/// A key that runs unattended can't spend: no transfer, no purchase, nothing given away.
#[test]
fn a_publishing_key_cannot_spend_or_give_away() {
    use pedigree_primitives::{NamespaceId, NamespaceName, RecordId};

    let dear: [RuntimeCall; 4] = [
        transfer(),
        pallet_namespaces::Call::claim { name: NamespaceName::parse("alice").unwrap(), salt: [0; 32] }.into(),
        pallet_namespaces::Call::offer { namespace: NamespaceId(0), to: Bob.to_account_id() }.into(),
        pallet_records::Call::offer { record: RecordId(0), to: NamespaceId(0) }.into(),
    ];
    for call in dear {
        assert!(!ProxyType::Publishing.filter(&call), "{call:?}");
        assert!(!ProxyType::Publishing.filter(&batch(vec![reserve(), call])));
    }
}

/// By the pallet itself, not by the filter alone.
#[test]
fn a_publishing_key_publishes_for_its_account() {
    development().execute_with(|| {
        in_block(|| {
            let add = pallet_proxy::Call::add_proxy {
                delegate: Bob.to_account_id().into(),
                proxy_type: ProxyType::Publishing,
                delay: 0,
            };
            assert_ok!(call(Alice, add));
            let by_proxy = |inner: RuntimeCall| pallet_proxy::Call::proxy {
                real: Alice.to_account_id().into(),
                force_proxy_type: None,
                call: Box::new(inner),
            };
            let before = Balances::balance(&Charlie.to_account_id());
            assert_ok!(call(Bob, by_proxy(transfer())));
            assert_ok!(call(Bob, by_proxy(batch(vec![transfer()]))));
            assert_eq!(Balances::balance(&Charlie.to_account_id()), before);

            assert_ok!(call(Bob, by_proxy(batch(vec![reserve()]))));
            let reserved = pallet_reservations::Reservations::<crate::Runtime>::contains_key(
                Alice.to_account_id(),
                sp_core::H256::default(),
            );
            assert!(reserved);
        });
    });
}
