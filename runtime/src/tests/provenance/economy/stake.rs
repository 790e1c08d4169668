//! Stake, dividends and take.

use frame_support::{
    assert_noop, assert_ok,
    traits::fungible::{Inspect, InspectHold},
};
use pallet_stake::{HoldReason, Place, Pools, Positions, Totals, Unbondings};
use pallet_subnets::{SubnetKind, BURN_SLOT};
use pedigree_primitives::{traits::Stakes, NetUid};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::Permill;

use super::{super::world::*, town::*};
use crate::{
    configs::economy::{PositionDeposit, TakeNotice, UnbondingPeriod},
    constants::currency::{MILLI, UNIT},
    Balance, Balances, Runtime, RuntimeHoldReason, Stake,
};

fn held(who: Sr25519Keyring) -> Balance {
    Balances::balance_on_hold(&RuntimeHoldReason::Stake(HoldReason::Stake), &account(who))
}

fn deposits(who: Sr25519Keyring) -> Balance {
    Balances::balance_on_hold(&RuntimeHoldReason::Stake(HoldReason::Position), &account(who))
}

fn unbond(
    who: Sr25519Keyring,
    netuid: NetUid,
    behind: Sr25519Keyring,
    amount: Balance,
) -> Result<(), sp_runtime::DispatchError> {
    try_call(who, pallet_stake::Call::unbond { netuid, evaluator: account(behind), amount })
}

fn withdraw(who: Sr25519Keyring, netuid: NetUid, behind: Sr25519Keyring) -> Result<(), sp_runtime::DispatchError> {
    try_call(who, pallet_stake::Call::withdraw_dividends { netuid, evaluator: account(behind) })
}

fn place(netuid: NetUid, evaluator: Sr25519Keyring) -> Place<crate::AccountId> {
    Place { netuid, evaluator: account(evaluator) }
}

fn dividends(who: Sr25519Keyring, netuid: NetUid, behind: Sr25519Keyring) -> Balance {
    Stake::dividends(&account(who), &place(netuid, behind))
}

fn counted(netuid: NetUid, evaluator: Sr25519Keyring) -> Balance {
    <Stake as Stakes<_>>::counted(netuid, &account(evaluator))
}

fn take_of(netuid: NetUid, evaluator: Sr25519Keyring) -> Balance {
    Pools::<Runtime>::get(netuid, account(evaluator)).map_or(0, |pool| pool.take_owed)
}

/// An epoch in which Bob alone scores, and what he scores is burned: he and those behind him have half of what is paid.
fn paying_epoch(netuid: NetUid) {
    give(&[Bob], netuid, &[score(BURN_SLOT, 1, None)]);
    next_epoch(netuid);
}

#[test]
fn stake_stays_on_the_account_and_votes() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let before = Balances::total_balance(&account(Charlie));
        stake(Charlie, netuid, Bob, 900_000);
        assert_eq!(Balances::total_balance(&account(Charlie)), before);
        assert_eq!(held(Charlie), 900_000 * UNIT);
        assert_eq!(deposits(Charlie), PositionDeposit::get());
        // All of it, held or not.
        let call = pallet_conviction_voting::Call::delegate {
            class: 0,
            to: account(Dave).into(),
            conviction: pallet_conviction_voting::Conviction::None,
            balance: before,
        };
        assert_ok!(try_call(Charlie, call));
        // But it can't be spent.
        let call = pallet_balances::Call::transfer_allow_death { dest: account(Dave).into(), value: 200_000 * UNIT };
        assert!(try_call(Charlie, call).is_err());
    });
}

#[test]
fn stake_counts_from_the_next_full_epoch() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        enter(Bob, netuid, None);
        stake(Charlie, netuid, Bob, 10);
        assert_eq!(counted(netuid, Bob), 0);
        next_epoch(netuid);
        assert_eq!(counted(netuid, Bob), 10 * UNIT);
        stake(Charlie, netuid, Bob, 5);
        assert_eq!(counted(netuid, Bob), 10 * UNIT, "what comes meanwhile waits");
        next_epoch(netuid);
        assert_eq!(counted(netuid, Bob), 15 * UNIT);
        assert_ok!(unbond(Charlie, netuid, Bob, 5 * UNIT));
        assert_eq!(counted(netuid, Bob), 10 * UNIT, "what goes stops counting at once");
    });
}

#[test]
fn dividends_follow_what_counted_and_the_take() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        stake(Charlie, netuid, Bob, 3_000);
        next_epoch(netuid);
        fund(netuid, 200 * UNIT);
        paying_epoch(netuid);
        // Half of it is incentive, which was burned; of the other half a tenth is Bob's take.
        let paid = 100 * UNIT;
        let all = dividends(Bob, netuid, Bob) + dividends(Charlie, netuid, Bob) + take_of(netuid, Bob);
        assert!(paid - all <= 2, "{all}");
        assert!(take_of(netuid, Bob).abs_diff(10 * UNIT) <= 2);
        assert!(dividends(Charlie, netuid, Bob).abs_diff(90 * UNIT * 3 / 4) <= 2);
        assert!(dividends(Bob, netuid, Bob).abs_diff(90 * UNIT / 4) <= 2);

        let (before, due) = (free(Charlie), dividends(Charlie, netuid, Bob));
        assert_ok!(withdraw(Charlie, netuid, Bob));
        assert_eq!(free(Charlie), before + due);
        assert_noop!(withdraw(Charlie, netuid, Bob), StakeError::NoDividends);
        assert_noop!(withdraw(Dave, netuid, Bob), StakeError::NoPosition);
        let due = dividends(Bob, netuid, Bob) + take_of(netuid, Bob);
        let before = free(Bob);
        assert_ok!(withdraw(Bob, netuid, Bob));
        assert_eq!(free(Bob), before + due);
        assert_noop!(withdraw(Bob, netuid, Bob), StakeError::NoDividends);
    });
}

/// Who comes just before the end, and goes just after it, has nothing of it, and lowers nobody's dividends.
#[test]
fn hopping_in_for_the_end_of_an_epoch_earns_nothing() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        fund(netuid, 200 * UNIT);
        give(&[Bob], netuid, &[score(BURN_SLOT, 1, None)]);
        stake(Eve, netuid, Bob, 100_000);
        next_epoch(netuid);
        assert_eq!(dividends(Eve, netuid, Bob), 0);
        assert!(dividends(Bob, netuid, Bob).abs_diff(90 * UNIT) <= 2);
        let before = free(Eve) + held(Eve) + deposits(Eve);
        assert_ok!(unbond(Eve, netuid, Bob, 100_000 * UNIT));
        assert_eq!(free(Eve) + held(Eve), before, "the deposit is back, and nothing on top");
    });
}

/// A position that was allocated epochs ago and never touched since earns from the epoch on in which it began to count.
#[test]
fn stake_that_nobody_touches_earns_from_when_it_counts() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        fund(netuid, 200 * UNIT);
        give(&[Bob], netuid, &[score(BURN_SLOT, 1, None)]);
        // Allocated in the epoch that pays first; it counts in the next two.
        stake(Charlie, netuid, Bob, 1_000);
        for _ in 0..2 {
            try_commit(Bob, netuid, &[score(BURN_SLOT, 1, None)]).unwrap();
            next_epoch(netuid);
            try_reveal(Bob, netuid, &[score(BURN_SLOT, 1, None)]).unwrap();
        }
        next_epoch(netuid);
        // 90 of the first; 45 each of the second and third.
        assert!(dividends(Charlie, netuid, Bob).abs_diff(90 * UNIT) <= 4, "{}", dividends(Charlie, netuid, Bob));
        assert!(dividends(Bob, netuid, Bob).abs_diff(180 * UNIT) <= 4, "{}", dividends(Bob, netuid, Bob));
    });
}

#[test]
fn stake_that_cannot_be_is_refused() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        assert_noop!(try_stake(Charlie, NetUid(9), Bob, UNIT), StakeError::UnknownSubnet);
        assert_noop!(try_stake(Charlie, netuid, Dave, UNIT), StakeError::NotANeuron);
        assert_noop!(try_stake(Charlie, netuid, Bob, UNIT - 1), StakeError::BelowMinimumStake);
        assert_noop!(try_stake(Charlie, netuid, Bob, 0), StakeError::NothingToChange);
        assert_noop!(try_stake(Charlie, netuid, Bob, 2_000_000 * UNIT), StakeError::StakeUnaffordable);
        assert_noop!(unbond(Charlie, netuid, Bob, UNIT), StakeError::NoPosition);
        stake(Charlie, netuid, Bob, 2);
        assert_noop!(unbond(Charlie, netuid, Bob, 2 * UNIT + 1), StakeError::MoreThanStaked);
        assert_noop!(unbond(Charlie, netuid, Bob, UNIT + 1), StakeError::BelowMinimumStake);
        assert_noop!(unbond(Charlie, netuid, Bob, 0), StakeError::NothingToChange);
        let (from, to) = (place(netuid, Bob), place(netuid, Bob));
        let call = pallet_stake::Call::move_stake { from, to, amount: UNIT, accepted_take: Permill::one() };
        assert_noop!(try_call(Charlie, call), StakeError::SamePlace);
    });
}

#[test]
fn what_was_taken_out_is_free_after_the_unbonding_period() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let withdraw_unbonded = || try_call(Charlie, pallet_stake::Call::withdraw_unbonded {});
        assert_noop!(withdraw_unbonded(), StakeError::NothingUnbonding);
        stake(Charlie, netuid, Bob, 10);
        assert_ok!(unbond(Charlie, netuid, Bob, 4 * UNIT));
        assert_eq!(held(Charlie), 10 * UNIT);
        assert_noop!(withdraw_unbonded(), StakeError::StillUnbonding);
        next_block();
        assert_ok!(unbond(Charlie, netuid, Bob, 6 * UNIT));
        assert!(!Positions::<Runtime>::contains_key((account(Charlie), netuid, account(Bob))));
        wait(UnbondingPeriod::get() - 2);
        assert_ok!(withdraw_unbonded());
        assert_eq!(held(Charlie), 6 * UNIT, "only what is due");
        next_block();
        assert_ok!(withdraw_unbonded());
        assert_eq!(held(Charlie), 0);
        assert_noop!(withdraw_unbonded(), StakeError::NothingUnbonding);
    });
}

#[test]
fn too_many_parts_on_their_way_out_are_refused() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        stake(Charlie, netuid, Bob, 100);
        for _ in 0..32 {
            assert_ok!(unbond(Charlie, netuid, Bob, UNIT));
        }
        assert_noop!(unbond(Charlie, netuid, Bob, UNIT), StakeError::TooManyUnbonding);
        assert_eq!(Unbondings::<Runtime>::get(account(Charlie)).len(), 32);
    });
}

#[test]
fn stake_neither_comes_nor_goes_while_dividends_are_on_their_way() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let other = found(Alice, SubnetKind::Service);
        enter(Dave, other, None);
        stake(Charlie, netuid, Bob, 10);
        stake(Charlie, other, Dave, 10);
        end_epoch(netuid);
        assert_noop!(unbond(Charlie, netuid, Bob, UNIT), StakeError::EpochBeingCredited);
        assert_noop!(try_stake(Charlie, netuid, Bob, UNIT), StakeError::EpochBeingCredited);
        let call = |from, to| pallet_stake::Call::move_stake { from, to, amount: UNIT, accepted_take: Permill::one() };
        let (here, there) = (place(netuid, Bob), place(other, Dave));
        assert_noop!(try_call(Charlie, call(here.clone(), there.clone())), StakeError::EpochBeingCredited);
        assert_noop!(try_call(Charlie, call(there, here)), StakeError::EpochBeingCredited);
        next_block();
        assert_ok!(unbond(Charlie, netuid, Bob, UNIT));
    });
}

#[test]
fn stake_moves_without_unbonding_and_waits_for_a_full_epoch() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        enter(Dave, netuid, None);
        stake(Charlie, netuid, Bob, 10);
        next_epoch(netuid);
        let call = |amount| pallet_stake::Call::move_stake {
            from: place(netuid, Bob),
            to: place(netuid, Dave),
            amount,
            accepted_take: Permill::one(),
        };
        assert_ok!(try_call(Charlie, call(4 * UNIT)));
        assert_eq!((counted(netuid, Bob), counted(netuid, Dave)), (1_006 * UNIT, 0));
        assert_eq!(deposits(Charlie), 2 * PositionDeposit::get());
        next_epoch(netuid);
        assert_eq!(counted(netuid, Dave), 4 * UNIT);
        assert_ok!(try_call(Charlie, call(6 * UNIT)));
        assert_eq!(deposits(Charlie), PositionDeposit::get());
        assert_eq!(Totals::<Runtime>::get(netuid).unwrap().stake, 1_010 * UNIT);
    });
}

#[test]
fn a_take_falls_at_once_and_rises_with_notice() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let set =
            |who, percent| try_call(who, pallet_stake::Call::set_take { netuid, take: Permill::from_percent(percent) });
        let take = || Pools::<Runtime>::get(netuid, account(Bob)).unwrap().take;
        assert_noop!(set(Bob, 19), StakeError::TakeAboveMaximum);
        assert_noop!(set(Charlie, 5), StakeError::NoStakeBehind);
        assert_ok!(set(Bob, 5));
        assert_eq!(take(), Permill::from_percent(5));
        assert_ok!(set(Bob, 15));
        assert_eq!(take(), Permill::from_percent(5), "not yet");

        // Whoever accepts less is not caught by what is announced.
        let allocate = |accepted| pallet_stake::Call::allocate {
            netuid,
            evaluator: account(Bob),
            amount: UNIT,
            accepted_take: Permill::from_percent(accepted),
        };
        assert_noop!(try_call(Charlie, allocate(14)), StakeError::TakeNotAccepted);
        assert_ok!(try_call(Charlie, allocate(15)));
        wait(TakeNotice::get());
        // An epoch ended meanwhile.
        next_block();
        assert_ok!(try_call(Charlie, allocate(15)));
        assert_eq!(take(), Permill::from_percent(15));
    });
}

/// Also what came to the pot by mistake is somebody's.
#[test]
fn what_is_sent_to_the_pot_goes_to_the_treasury() {
    story(|| {
        let call = pallet_balances::Call::transfer_allow_death { dest: Stake::pot().into(), value: UNIT };
        assert_ok!(try_call(Alice, call));
        next_block();
        assert_eq!(Balances::balance(&Stake::pot()), MILLI);
    });
}

#[test]
fn closing_a_subnet_strands_no_stake() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        stake(Charlie, netuid, Bob, 10);
        next_epoch(netuid);
        fund(netuid, 200 * UNIT);
        paying_epoch(netuid);
        let due = dividends(Charlie, netuid, Bob);
        assert!(due > 0);
        assert_ok!(try_call(Alice, pallet_subnets::Call::close { netuid }));
        assert_noop!(try_stake(Charlie, netuid, Bob, UNIT), StakeError::SubnetClosed);
        for _ in 0..5 {
            next_block();
        }
        assert!(!pallet_subnets::Subnets::<Runtime>::contains_key(netuid), "it is cleared away");
        let before = free(Charlie);
        assert_ok!(unbond(Charlie, netuid, Bob, 10 * UNIT));
        assert_eq!(free(Charlie), before + PositionDeposit::get() + due, "dividends and deposit are there at once");
        // Else a subnet would be founded and closed by whoever does not want to wait.
        let withdraw_unbonded = || try_call(Charlie, pallet_stake::Call::withdraw_unbonded {});
        assert_noop!(withdraw_unbonded(), StakeError::StillUnbonding);
        wait(UnbondingPeriod::get());
        assert_ok!(withdraw_unbonded());
        assert_eq!(free(Charlie), before + 10 * UNIT + PositionDeposit::get() + due);
        assert_eq!(held(Charlie), 0);
        assert_ok!(unbond(Bob, netuid, Bob, 1_000 * UNIT));
        assert_ok!(withdraw(Bob, netuid, Bob));
        assert!(!Pools::<Runtime>::contains_key(netuid, account(Bob)), "nothing is left of it");
    });
}
