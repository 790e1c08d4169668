//! Payments, and who has what of them.

use frame_support::{
    assert_noop, assert_ok,
    traits::{
        fungible::{Inspect, Mutate},
        Get, Hooks,
    },
    weights::Weight,
};
use pallet_payouts::{Accounts, Payments, TotalOwed, Unsettled, WeightInfo as _};
use pedigree_primitives::{NewRelease, RecordKind, Relation, ReleaseId, Terms, MAX_ASKING_ANCESTORS};
use proptest::prelude::*;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};
use sp_runtime::{ArithmeticError, DispatchError, Permill};

use super::world::*;
use crate::{
    configs::payouts::{HistoryPrice, MinimumPayment, PayoutLifetime, TreasuryAccount},
    constants::currency::{EXISTENTIAL_DEPOSIT, UNIT},
    Balance, Balances, Payouts, Runtime, RuntimeEvent, System,
};

type PayoutError = pallet_payouts::Error<Runtime>;

fn pay(who: Sr25519Keyring, release: ReleaseId, amount: Balance) -> Result<(), DispatchError> {
    try_call(who, pallet_payouts::Call::pay { release, amount, memo: None })
}

fn settle(release: ReleaseId) -> Result<(), DispatchError> {
    try_call(Dave, pallet_payouts::Call::settle { release })
}

fn withdraw(who: Sr25519Keyring, releases: &[ReleaseId]) -> Result<(), DispatchError> {
    try_call(who, pallet_payouts::Call::withdraw { releases: releases.to_vec().try_into().unwrap() })
}

fn balance(who: Sr25519Keyring) -> Balance {
    Balances::balance(&who.to_account_id())
}

fn owed(release: ReleaseId) -> Balance {
    Accounts::<Runtime>::get(release).owed
}

/// A first release of `who`'s in a namespace of its own that asks so many millionths, built from these.
fn model(who: Sr25519Keyring, space: &str, n: u64, millionths: u32, parents: &[ReleaseId]) -> ReleaseId {
    let record = model_of(who, space);
    let parents: Vec<_> = parents.iter().map(|id| (*id, Relation::FineTune)).collect();
    let terms = Terms { royalty: Permill::from_parts(millionths), ..open_terms() };
    register(who, record, NewRelease { terms, ..built_from(n, &parents) }).unwrap()
}

/// Alice's base at 5 %, Bob's fine-tune of it at 2 %, Charlie's quantisation of that.
fn family() -> [ReleaseId; 3] {
    let base = model(Alice, "base", 1, 50_000, &[]);
    let tuned = model(Bob, "tuned", 2, 20_000, &[base]);
    let small = model(Charlie, "small", 3, 0, &[tuned]);
    [base, tuned, small]
}

/// A catalogued release in an unlinked channel.
fn catalogued(n: u64) -> ReleaseId {
    let namespace = open(Dave, "hf:somebody");
    let release = bytes(n);
    let call = pallet_records::Call::catalogue {
        namespace,
        name: name("model"),
        kind: RecordKind::Model,
        release,
        upstream: upstream(),
    };
    try_call(Dave, call).unwrap();
    ReleaseId::new(crate::Records::find(namespace, &name("model")).unwrap(), 1)
}

#[test]
fn a_payment_reaches_every_ancestor_by_the_next_block() {
    story(|| {
        let [base, tuned, small] = family();
        assert_ok!(pay(Dave, small, 100 * UNIT));
        assert_eq!(TotalOwed::<Runtime>::get(), 100 * UNIT);
        assert_eq!((owed(base), owed(tuned), owed(small)), (0, 0, 0));
        next_block();
        assert_eq!((owed(base), owed(tuned), owed(small)), (5 * UNIT, 2 * UNIT, 93 * UNIT));

        let before = (balance(Alice), balance(Bob), balance(Charlie));
        // Anyone may trigger it, for all of them at once.
        assert_ok!(withdraw(Dave, &[base, tuned, small]));
        let after = (balance(Alice), balance(Bob), balance(Charlie));
        assert_eq!(after, (before.0 + 5 * UNIT, before.1 + 2 * UNIT, before.2 + 93 * UNIT));
        assert_eq!(TotalOwed::<Runtime>::get(), 0);
        assert_eq!(Balances::total_balance(&Payouts::pot()), EXISTENTIAL_DEPOSIT);
    });
}

#[test]
fn a_payment_costs_its_payer_the_amount_and_the_entry_until_the_history_is_full() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        let treasury = Balances::balance(&TreasuryAccount::get());
        let history = <Runtime as pallet_payouts::Config>::History::get();
        for n in 0..history {
            let before = balance(Dave);
            assert_ok!(pay(Dave, release, UNIT));
            assert_eq!(before - balance(Dave), UNIT + HistoryPrice::get(), "payment {n}");
        }
        let before = balance(Dave);
        assert_ok!(pay(Dave, release, UNIT));
        assert_eq!(before - balance(Dave), UNIT);
        assert_eq!(Balances::balance(&TreasuryAccount::get()) - treasury, HistoryPrice::get() * Balance::from(history));
        assert_eq!(Payments::<Runtime>::iter_prefix(release).count(), history as usize);
    });
}

#[test]
fn payments_say_who_paid_and_what_for() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        let memo = Some(root(77));
        assert_ok!(try_call(Dave, pallet_payouts::Call::pay { release, amount: UNIT, memo }));
        let payment = Payments::<Runtime>::get(release, Payouts::slot(0)).unwrap();
        assert_eq!((payment.payer, payment.amount, payment.memo), (Dave.to_account_id(), UNIT, memo));
        let event = pallet_payouts::Event::Paid { release, payer: Dave.to_account_id(), amount: UNIT, memo, number: 1 };
        assert!(System::events().iter().any(|record| record.event == RuntimeEvent::Payouts(event.clone())));
    });
}

#[test]
fn what_cannot_be_paid_changes_nothing() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        assert_noop!(pay(Dave, release, 0), PayoutError::BelowMinimumPayment);
        assert_noop!(pay(Dave, release, MinimumPayment::get() - 1), PayoutError::BelowMinimumPayment);
        assert_noop!(pay(Dave, ReleaseId::new(release.record, 2), UNIT), PayoutError::UnknownRelease);
        // Not with the last that keeps the account alive, nor more than there is.
        let all = balance(Dave);
        assert_noop!(pay(Dave, release, all - HistoryPrice::get()), PayoutError::PaymentUnaffordable);
        assert_noop!(pay(Dave, release, Balance::MAX), PayoutError::PaymentUnaffordable);
        assert_ok!(pay(Dave, release, all - HistoryPrice::get() - EXISTENTIAL_DEPOSIT));
    });
}

#[test]
fn a_release_that_earned_all_there_can_be_takes_no_more() {
    development_with(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        Accounts::<Runtime>::mutate(release, |account| account.paid = Balance::MAX);
        assert_noop!(pay(Dave, release, UNIT), ArithmeticError::Overflow);
        Accounts::<Runtime>::mutate(release, |account| (account.paid, account.payments) = (0, u64::MAX));
        assert_noop!(pay(Dave, release, UNIT), ArithmeticError::Overflow);
        Accounts::<Runtime>::remove(release);
        TotalOwed::<Runtime>::put(Balance::MAX);
        assert_noop!(pay(Dave, release, UNIT), ArithmeticError::Overflow);
    });
}

#[test]
fn a_yank_blocks_no_payment() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        let reason = pedigree_primitives::Text::new("it was trained on the test set").unwrap();
        try_call(Alice, pallet_records::Call::yank { release, reason, successor: None }).unwrap();
        assert_ok!(pay(Dave, release, UNIT));
    });
}

#[test]
fn settling_takes_anybody_and_once() {
    story(|| {
        let [base, _, small] = family();
        assert_noop!(settle(small), PayoutError::NothingToSettle);
        assert_ok!(pay(Dave, small, UNIT));
        assert_ok!(settle(small));
        assert_eq!(owed(base), UNIT / 20);
        assert_noop!(settle(small), PayoutError::NothingToSettle);
    });
}

#[test]
fn nothing_is_withdrawn_twice() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        assert_noop!(withdraw(Alice, &[release]), PayoutError::NothingOwed);
        assert_ok!(pay(Dave, release, UNIT));
        // Paid, but not settled.
        assert_noop!(withdraw(Alice, &[release]), PayoutError::NothingOwed);
        assert_ok!(settle(release));
        let before = balance(Alice);
        assert_ok!(withdraw(Alice, &[release, release]));
        assert_eq!(balance(Alice) - before, UNIT);
        assert_noop!(withdraw(Alice, &[release]), PayoutError::NothingOwed);
    });
}

#[test]
fn what_is_owed_goes_to_whoever_owns_the_namespace_then() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        assert_ok!(pay(Dave, release, UNIT));
        assert_ok!(settle(release));
        let space = namespace("alice");
        try_call(Alice, pallet_namespaces::Call::offer { namespace: space, to: Bob.to_account_id() }).unwrap();
        try_call(Bob, pallet_namespaces::Call::accept { namespace: space }).unwrap();
        let before = (balance(Alice), balance(Bob));
        assert_ok!(withdraw(Alice, &[release]));
        assert_eq!((balance(Alice), balance(Bob)), (before.0, before.1 + UNIT));
    });
}

#[test]
fn one_that_cannot_be_withdrawn_does_not_hold_up_the_others() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        let unlinked = catalogued(2);
        let nobody = ReleaseId::new(release.record, 9);
        for paid in [release, unlinked] {
            assert_ok!(pay(Dave, paid, UNIT));
            assert_ok!(settle(paid));
        }
        assert_noop!(withdraw(Dave, &[unlinked]), PayoutError::NotLinked);
        assert_noop!(withdraw(Dave, &[nobody]), PayoutError::NothingOwed);
        assert_noop!(withdraw(Dave, &[]), PayoutError::NothingOwed);
        assert_ok!(withdraw(Dave, &[unlinked, nobody, release]));
        assert_eq!((owed(release), owed(unlinked)), (0, UNIT));
    });
}

#[test]
fn an_account_that_is_not_alive_waits_for_more() {
    story(|| {
        let [base, ..] = family();
        // One per mille of the least payment, to an owner without an account.
        let ancestor = model(Charlie, "tiny", 10, 1_000, &[]);
        let child = model(Bob, "child", 11, 0, &[ancestor]);
        let nobody = crate::AccountId::new([0xee; 32]);
        let space = namespace("tiny");
        pallet_namespaces::Namespaces::<Runtime>::mutate(space, |stored| {
            stored.as_mut().unwrap().owner = Some(nobody.clone());
        });
        assert_ok!(pay(Dave, child, MinimumPayment::get()));
        assert_ok!(settle(child));
        assert_noop!(withdraw(Dave, &[ancestor]), PayoutError::BelowExistentialDeposit);
        assert_ok!(pay(Dave, child, 1_000 * UNIT));
        assert_ok!(settle(child));
        assert_ok!(withdraw(Dave, &[ancestor]));
        assert_eq!(Balances::balance(&nobody), UNIT + MinimumPayment::get() / 1_000);
        assert_eq!(owed(base), 0);
    });
}

#[test]
fn what_an_unlinked_channel_is_owed_waits_for_its_publisher() {
    story(|| {
        let release = catalogued(1);
        assert_ok!(pay(Dave, release, UNIT));
        next_block();
        assert_noop!(withdraw(Dave, &[release]), PayoutError::NotLinked);
        link("hf:somebody", Bob);
        let before = balance(Bob);
        assert_ok!(withdraw(Bob, &[release]));
        assert_eq!(balance(Bob) - before, UNIT);
    });
}

#[test]
fn what_nobody_claims_for_a_year_goes_to_the_treasury() {
    story(|| {
        let release = catalogued(1);
        let expire = || try_call(Dave, pallet_payouts::Call::expire { release });
        assert_noop!(expire(), PayoutError::NothingOwed);
        assert_ok!(pay(Dave, release, UNIT));
        next_block();
        let credited = Accounts::<Runtime>::get(release).credited;
        wait(PayoutLifetime::get() - 3);
        assert!(System::block_number() <= credited + PayoutLifetime::get());
        assert_noop!(expire(), PayoutError::NotExpired);
        wait(5);
        let before = Balances::balance(&TreasuryAccount::get());
        assert_ok!(expire());
        assert_eq!(Balances::balance(&TreasuryAccount::get()) - before, UNIT);
        let account = Accounts::<Runtime>::get(release);
        assert_eq!((account.withdrawn, account.expired), (0, UNIT));
        assert_noop!(expire(), PayoutError::NothingOwed);
    });
}

#[test]
fn what_has_an_owner_does_not_expire() {
    story(|| {
        let release = model(Alice, "alice", 1, 0, &[]);
        assert_ok!(pay(Dave, release, UNIT));
        wait(PayoutLifetime::get() + 1);
        assert_noop!(try_call(Dave, pallet_payouts::Call::expire { release }), PayoutError::HasOwner);
        let missing = ReleaseId::new(pedigree_primitives::RecordId(999), 1);
        assert_noop!(try_call(Dave, pallet_payouts::Call::expire { release: missing }), PayoutError::UnknownRelease);
    });
}

#[test]
fn what_is_sent_to_the_pot_goes_to_the_treasury() {
    story(|| {
        let before = Balances::balance(&TreasuryAccount::get());
        let call = pallet_balances::Call::transfer_keep_alive { dest: Payouts::pot().into(), value: 3 };
        assert_ok!(try_call(Dave, call));
        next_block();
        assert_eq!(Balances::balance(&Payouts::pot()), EXISTENTIAL_DEPOSIT);
        assert_eq!(Balances::balance(&TreasuryAccount::get()) - before, 3);
    });
}

/// A block without room settles nothing, and what waits is settled in a later one.
#[test]
fn settling_keeps_to_its_weight() {
    story(|| {
        let [_, tuned, small] = family();
        for release in [tuned, small] {
            assert_ok!(pay(Dave, release, UNIT));
        }
        let now = System::block_number();
        assert_eq!(<Payouts as Hooks<_>>::on_idle(now, Weight::zero()), Weight::zero());
        assert_eq!(Unsettled::<Runtime>::iter_keys().count(), 2);
        let room = <Runtime as pallet_payouts::Config>::WeightInfo::settle_many(1, MAX_ASKING_ANCESTORS) * 2;
        let used = <Payouts as Hooks<_>>::on_idle(now, room);
        assert!(used.all_lte(room) && used.ref_time() > 0);
        assert_ok!(pay(Dave, small, UNIT));
        let used = <Payouts as Hooks<_>>::on_idle(now, Weight::MAX);
        assert!(used.all_lte(<Runtime as pallet_payouts::Config>::SettlingWeight::get()));
        assert_eq!(Unsettled::<Runtime>::iter_keys().count(), 0);
    });
}

/// However often some releases are paid again: the others are not kept waiting for ever.
#[test]
fn everybody_is_settled_in_turn() {
    story(|| {
        let record = model_of(Alice, "alice");
        let releases: Vec<_> = (1..=40).map(|n| register(Alice, record, bytes(n)).unwrap()).collect();
        // Enough for one release with all the ancestors that there may be, so for some of these.
        let room = <Runtime as pallet_payouts::Config>::WeightInfo::settle_many(1, MAX_ASKING_ANCESTORS)
            + <Runtime as frame_system::Config>::DbWeight::get().reads_writes(3, 1);
        let mut rounds = 0;
        while releases.iter().any(|release| Accounts::<Runtime>::get(release).settled == 0) {
            for release in &releases {
                pay(Dave, *release, UNIT).unwrap();
            }
            Payouts::on_idle(System::block_number(), room);
            assert!(Unsettled::<Runtime>::iter_keys().count() > 0, "all were settled at once: this shows nothing");
            rounds += 1;
            assert!(rounds < 40, "some are never settled");
        }
    });
}

/// As [`story`], for worlds that can't be: no invariant holds in them.
fn development_with(tell: impl FnOnce()) {
    super::super::blocks::development().execute_with(|| {
        super::super::blocks::begin();
        tell();
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is paid, in whatever steps, settled whenever: all parts are the payments, to the last unit, and each
    /// ancestor has what it would have had of one single payment.
    #[test]
    fn parts_do_not_depend_on_the_steps(
        rates in proptest::collection::vec(0u32..=100_000, 1..5),
        payments in proptest::collection::vec((0u128..3_000_000_000_000, any::<bool>()), 1..12),
    ) {
        development_with(|| {
            let mut chain: Vec<ReleaseId> = vec![];
            for (n, rate) in rates.iter().enumerate() {
                let parents: Vec<_> = chain.last().copied().into_iter().collect();
                chain.push(model(Alice, &format!("step-{n}"), n as u64 + 1, *rate, &parents));
            }
            let last = *chain.last().unwrap();
            let mut total = 0;
            for (amount, settles) in payments {
                let amount = amount + MinimumPayment::get();
                pay(Dave, last, amount).unwrap();
                total += amount;
                if settles {
                    settle(last).unwrap();
                }
            }
            Payouts::on_idle(System::block_number(), Weight::MAX);
            for (release, rate) in chain.iter().zip(&rates).take(rates.len() - 1) {
                assert_eq!(owed(*release), Permill::from_parts(*rate).mul_floor(total));
            }
            assert_eq!(chain.iter().map(|release| owed(*release)).sum::<Balance>(), total);
            check();
        });
    }
}

/// The pot and the treasury are there from the first block: nothing that is sent to them can be lost.
#[test]
fn the_pot_and_the_treasury_are_alive_from_genesis() {
    super::super::blocks::development().execute_with(|| {
        assert_eq!(Balances::balance(&Payouts::pot()), EXISTENTIAL_DEPOSIT);
        assert_eq!(Balances::balance(&TreasuryAccount::get()), EXISTENTIAL_DEPOSIT);
        assert_ok!(Balances::mint_into(&Payouts::pot(), 1));
    });
}
