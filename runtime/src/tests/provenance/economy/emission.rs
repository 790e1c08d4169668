//! What is minted, and which subnet gets what of it.

use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use pallet_subnets::{Accounted, Admissions, SubnetKind};
use pedigree_primitives::NetUid;
use sp_arithmetic::Perquintill;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{DispatchError, Perbill};
use sp_staking::budget::IssuanceCurve;

use super::{super::world::*, town::*};
use crate::{
    configs::{
        economy::{AverageHalfLife, MaximumServiceShare, MaximumShare},
        emission::{pots, Curve},
        payouts::TreasuryAccount,
    },
    constants::currency::{EXISTENTIAL_DEPOSIT, MAX_SUPPLY, UNIT},
    Balance, Balances, Runtime, RuntimeEvent, Subnets, System,
};

/// A subnet with that much stake, which has been there for long.
fn staked(kind: SubnetKind, pdg: Balance) -> NetUid {
    pallet_subnets::FoundingPrices::<Runtime>::kill();
    let netuid = found(Alice, kind);
    enter(Bob, netuid, None);
    stake(Bob, netuid, Bob, pdg);
    netuid
}

fn share(netuid: NetUid) -> Perquintill {
    Subnets::shares().into_iter().find(|(id, _)| *id == netuid).map(|(_, share)| share).unwrap()
}

/// To the minute, for four years, and once more.
#[test]
fn half_of_what_is_missing_is_minted_in_four_years() {
    let (start, minutes) = (12_000_000 * UNIT, 4 * 36_525 * 24 * 60 / 100);
    let mut issued = start;
    for half in [2, 4] {
        for _ in 0..minutes {
            issued += Curve::issue(issued, 60_000);
        }
        let missing = (MAX_SUPPLY - start) / half;
        let error = (MAX_SUPPLY - issued).abs_diff(missing) as f64 / missing as f64;
        assert!(error < 1e-5, "{error}");
    }
    assert_eq!(Curve::issue(MAX_SUPPLY, 3_600_000), 0);
    assert_eq!(Curve::issue(MAX_SUPPLY + 1, 3_600_000), 0);
    assert_eq!(Curve::issue(0, u64::MAX), MAX_SUPPLY, "never more than is missing");
}

#[test]
fn every_minute_something_is_minted_and_each_pot_has_its_part() {
    story(|| {
        for _ in 0..60 {
            next_block();
        }
        let treasury = Balances::balance(&TreasuryAccount::get()) - EXISTENTIAL_DEPOSIT;
        assert!(treasury > 0);
        // Nothing is admitted: the subnets' part is not kept.
        assert_eq!(Balances::balance(&Subnets::pot()), EXISTENTIAL_DEPOSIT);
        assert_eq!(Accounted::<Runtime>::get(), 0);
        assert!(pots().iter().all(|pot| Balances::balance(pot) >= EXISTENTIAL_DEPOSIT));
    });
}

/// To the last unit: what there is more of is what was minted without what was burned.
#[test]
fn what_is_minted_is_paid_owed_in_pots_or_burned() {
    story(|| {
        let netuid = staked(SubnetKind::Model, 1_000);
        admit(netuid);
        let mut issued = Balances::total_issuance();
        for _ in 0..100 {
            next_block();
            let (mut minted, mut burned) = (0, 0);
            for record in System::events() {
                match record.event {
                    RuntimeEvent::Dap(pallet_dap::Event::IssuanceMinted { total_minted, .. }) => minted += total_minted,
                    RuntimeEvent::Subnets(pallet_subnets::Event::Burned { amount, .. }) => burned += amount,
                    _ => {}
                }
            }
            // Of the block before: its end comes after these events were read.
            let now = Balances::total_issuance();
            assert!(now <= issued + minted - burned, "more than was minted");
            issued = now;
        }
        let pot = Balances::balance(&Subnets::pot());
        assert!(pot >= Accounted::<Runtime>::get() + EXISTENTIAL_DEPOSIT);
    });
}

#[test]
fn the_budget_is_changed_by_a_referendum_only() {
    story(|| {
        let budget = |parts: &[(&str, u32)]| {
            let parts = parts
                .iter()
                .map(|(name, part)| (name.as_bytes().to_vec().try_into().unwrap(), Perbill::from_percent(*part)));
            let map = parts.collect::<std::collections::BTreeMap<_, _>>().try_into().unwrap();
            pallet_dap::Call::set_budget_allocation { new_allocations: map }
        };
        assert_noop!(try_call(Alice, budget(&[("subnets", 100)])), DispatchError::BadOrigin);
        assert_noop!(govern(budget(&[("subnets", 90)])), pallet_dap::Error::<Runtime>::BudgetNotExact);
        assert_noop!(govern(budget(&[("alice", 100)])), pallet_dap::Error::<Runtime>::UnknownBudgetKey);
        assert_ok!(govern(budget(&[("subnets", 70), ("treasury", 30)])));
    });
}

#[test]
fn no_subnet_has_more_than_its_cap() {
    story(|| {
        let (model, data) = (staked(SubnetKind::Model, 600), staked(SubnetKind::Dataset, 100));
        let service = staked(SubnetKind::Service, 300);
        for netuid in [model, data, service] {
            admit(netuid);
        }
        wait(AverageHalfLife::get());
        assert_eq!(share(model), MaximumShare::get());
        assert_eq!(share(service), MaximumServiceShare::get());
        let data = share(data).deconstruct();
        assert!(data.abs_diff(Perquintill::from_percent(10).deconstruct()) < 1_000, "{data}");
    });
}

/// Stake that comes for a day moves little, and half of it counts after a half-life.
#[test]
fn a_share_follows_the_average_of_its_stake() {
    story(|| {
        let (old, new) = (staked(SubnetKind::Model, 1_000), found(Alice, SubnetKind::Model));
        admit(old);
        admit(new);
        wait(10 * AverageHalfLife::get());
        enter(Bob, new, None);
        stake(Bob, new, Bob, 1_000);
        assert_eq!(share(new), Perquintill::zero());
        wait(crate::constants::time::DAYS);
        let day = share(new).deconstruct() as f64 / 1e18;
        assert!(day < 0.1, "{day}");
        wait(AverageHalfLife::get() - crate::constants::time::DAYS);
        // Half of its 1,000 against all of the other's 1,000; a third, so the cap.
        let total = pallet_stake::Totals::<Runtime>::get(new).unwrap();
        let average = crate::Stake::average(&total);
        assert!(average.abs_diff(500 * UNIT) < UNIT, "{average}");
        assert_eq!(share(new), MaximumShare::get());
    });
}

#[test]
fn emission_is_given_by_share_and_what_is_cut_off_is_burned() {
    story(|| {
        let netuid = staked(SubnetKind::Model, 1_000);
        admit(netuid);
        wait(AverageHalfLife::get());
        for _ in 0..30 {
            next_block();
        }
        let allocated: Vec<_> = Admissions::<Runtime>::get().iter().map(|admission| admission.pending).collect();
        assert_eq!(allocated.len(), 1);
        let call = pallet_balances::Call::transfer_allow_death { dest: Subnets::pot().into(), value: 1_000 * UNIT };
        assert_ok!(try_call(Alice, call));
        let (before, issued) = (Accounted::<Runtime>::get(), Balances::total_issuance());
        super::super::super::blocks::end();
        assert!(Accounted::<Runtime>::get() - before >= 200 * UNIT, "a fifth of what came");
        assert!(issued - Balances::total_issuance() >= 800 * UNIT - 1, "the rest is not kept");
        super::super::super::blocks::begin();
    });
}
