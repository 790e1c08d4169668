//! Epochs: who is paid what, when, and that nothing is lost on the way.

use frame_support::{assert_noop, assert_ok};
use pallet_payouts::{Accounts, Emissions};
use pallet_subnets::{
    Accounted, Bonds, CreditingEpoch, Event, Hyperparameter, Results, Seats, SubnetKind, Subnets as Stored, BURN_SLOT,
};
use pedigree_primitives::{NetUid, NewRelease, Relation, ReleaseId};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{Perbill, Permill};
use sp_staking::budget::IssuanceCurve;

use super::{super::world::*, town::*};
use crate::{
    configs::payouts::{LinkedMaturity, MaturityPeriod, PlainMaturity},
    constants::{currency::UNIT, time},
    Balance, Balances, Runtime, RuntimeEvent, Stake, Subnets, System,
};

fn earned(release: ReleaseId) -> Balance {
    Emissions::<Runtime>::get(release).credited
}

fn mature(release: ReleaseId) -> Result<(), sp_runtime::DispatchError> {
    try_call(Ferdie, pallet_payouts::Call::mature { release })
}

fn result(netuid: NetUid) -> pallet_subnets::EpochResultOf<Runtime> {
    let last = epoch(netuid) - 1;
    Results::<Runtime>::get(netuid, Subnets::slot(last)).unwrap()
}

/// Charlie's model, built from Dave's, which asks 10 %.
fn family() -> [ReleaseId; 2] {
    let base = model_of(Dave, "daves");
    let base = register(Dave, base, NewRelease { terms: asking(10), ..bytes(1) }).unwrap();
    let tuned = model_of(Charlie, "charlies");
    let tuned = register(Charlie, tuned, built_from(2, &[(base, Relation::FineTune)])).unwrap();
    [base, tuned]
}

/// A subnet of models in which Bob evaluates and Charlie's model, built from Dave's, is the only one; each epoch pays 200 PDG.
fn subnet_of_models() -> (NetUid, [ReleaseId; 2], u16) {
    let netuid = with_evaluator(SubnetKind::Model);
    let family = family();
    let charlie = enter(Charlie, netuid, Some(family[1]));
    next_block();
    fund(netuid, 200 * UNIT);
    (netuid, family, charlie)
}

/// What a release earns flows to what it was built from, once it has matured.
#[test]
fn an_epoch_pays_the_release_and_its_ancestors() {
    story(|| {
        let (netuid, [base, tuned], charlie) = subnet_of_models();
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(2)))]);
        next_epoch(netuid);
        let amount = earned(tuned);
        assert!(amount.abs_diff(100 * UNIT) <= 2, "half of it is incentive: {amount}");
        assert_eq!(result(netuid).incentive, amount);
        assert_eq!(earned(base), 0, "nothing is split before it has matured");
        assert_noop!(mature(tuned), pallet_payouts::Error::<Runtime>::NotMature);

        wait(PlainMaturity::get() + MaturityPeriod::get());
        assert_ok!(mature(tuned));
        assert_noop!(mature(tuned), pallet_payouts::Error::<Runtime>::NothingMaturing);
        next_block();
        let part = Permill::from_percent(10).mul_floor(amount);
        assert_eq!(Accounts::<Runtime>::get(base).owed, part);
        assert_eq!(Accounts::<Runtime>::get(tuned).owed, amount - part);
        let before = free(Dave);
        assert_ok!(try_call(Ferdie, pallet_payouts::Call::withdraw { releases: vec![base].try_into().unwrap() }));
        assert_eq!(free(Dave), before + part);
    });
}

#[test]
fn what_a_linked_release_earns_matures_sooner() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Model);
        let linked = link("hf:charlie", Charlie);
        let record = create(Charlie, linked, "model", pedigree_primitives::RecordKind::Model);
        let release = register(Charlie, record, bytes(1)).unwrap();
        let charlie = enter(Charlie, netuid, Some(release));
        next_block();
        fund(netuid, 200 * UNIT);
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(1)))]);
        next_epoch(netuid);
        wait(LinkedMaturity::get() - 1_000);
        assert_noop!(mature(release), pallet_payouts::Error::<Runtime>::NotMature);
        wait(MaturityPeriod::get() + 1_000);
        assert_ok!(mature(release));
    });
}

/// Emission that comes every day for a hundred days, and is left to mature by itself.
#[test]
fn emission_matures_by_itself_as_more_comes() {
    story(|| {
        use pedigree_primitives::traits::Earnings;
        let release = model(Charlie, "charlies", 1);
        let now = System::block_number();
        for day in 0..100u128 {
            for _ in 0..2 {
                assert_ok!(<crate::Payouts as Earnings<_>>::credit(&account(Alice), release, UNIT));
            }
            let emission = Emissions::<Runtime>::get(release);
            assert!(emission.maturing.len() <= 33);
            assert_eq!(emission.credited, (day + 1) * 2 * UNIT);
            System::set_block_number(System::block_number() + MaturityPeriod::get());
        }
        let emission = Emissions::<Runtime>::get(release);
        assert!((65..70).contains(&(emission.matured / (2 * UNIT))), "{}", emission.matured);
        System::set_block_number(now);
    });
}

#[test]
fn a_service_is_paid_to_its_account() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let charlie = enter(Charlie, netuid, None);
        next_block();
        fund(netuid, 200 * UNIT);
        let before = free(Charlie);
        give(&[Bob], netuid, &[score(charlie, 9, None)]);
        next_epoch(netuid);
        assert_eq!(free(Charlie), before + result(netuid).incentive);
    });
}

#[test]
fn what_is_scored_to_the_burn_slot_is_burned() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        give(&[Bob], netuid, &[score(BURN_SLOT, 3, None), score(charlie, 1, Some(root(2)))]);
        next_epoch(netuid);
        let result = result(netuid);
        assert!(earned(tuned).abs_diff(25 * UNIT) <= 2);
        assert!(result.burned.abs_diff(75 * UNIT) <= 2, "{}", result.burned);
    });
}

/// Who commits and does not reveal has nothing of the epoch in which he should have; the others have all of it.
#[test]
fn not_revealing_forfeits_the_epoch() {
    story(|| {
        let (netuid, _, charlie) = subnet_of_models();
        enter(Eve, netuid, None);
        stake(Eve, netuid, Eve, 1_000);
        next_epoch(netuid);
        let scores = [score(charlie, 9, Some(root(2)))];
        try_commit(Bob, netuid, &scores).unwrap();
        try_commit(Eve, netuid, &scores).unwrap();
        next_epoch(netuid);
        try_reveal(Bob, netuid, &scores).unwrap();
        next_epoch(netuid);
        let neurons = result(netuid).neurons;
        let (bob, eve) = (neurons[usize::from(uid(netuid, Bob))], neurons[usize::from(uid(netuid, Eve))]);
        assert_eq!((bob.stake, eve.stake), (65_535, 0), "his stake alone counts");
        assert_eq!((bob.dividends, eve.dividends), (65_535, 0));
        assert_eq!(result(netuid).scored, 1);
    });
}

/// Nobody is paid: emission is not kept for whoever comes first, funds are not touched.
#[test]
fn an_epoch_in_which_nobody_scores_burns_its_emission_and_keeps_its_funds() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Model);
        admit(netuid);
        fund(netuid, 200 * UNIT);
        for _ in 0..25 {
            next_block();
        }
        next_epoch(netuid);
        next_epoch(netuid);
        next_epoch(netuid);
        let results = Results::<Runtime>::iter_prefix_values(netuid).collect::<Vec<_>>();
        assert!(results.iter().any(|result| result.emission > 0), "something was minted for it");
        for result in results {
            assert_eq!((result.burned, result.funds, result.owner_part), (result.emission, 0, 0));
        }
        assert_eq!(Stored::<Runtime>::get(netuid).unwrap().funds, 100 * 200 * UNIT);
    });
}

/// Evaluators who score nobody but each other have what they would have had otherwise, and not more.
#[test]
fn scoring_nobody_is_not_paid_twice() {
    story(|| {
        let (netuid, _, _) = subnet_of_models();
        admit(netuid);
        let bob = uid(netuid, Bob);
        let funds = || Stored::<Runtime>::get(netuid).unwrap().funds;
        give(&[Bob], netuid, &[score(bob, 9, None)]);
        let before = funds();
        next_epoch(netuid);
        let result = result(netuid);
        assert_eq!(result.incentive, 0);
        assert_eq!(result.funds, 100 * UNIT, "half of what an epoch pays");
        assert!(before.saturating_sub(funds()).abs_diff(100 * UNIT) <= 2);
        let emission = result.emission - result.owner_part;
        assert!(result.dividends.abs_diff(100 * UNIT + emission / 2) <= 2, "{result:?}");
        assert!(result.burned.abs_diff(emission / 2) <= 2, "{result:?}");
    });
}

#[test]
fn the_owner_has_a_tenth_of_the_emission_and_nothing_of_the_funds() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        admit(netuid);
        let scores = [score(charlie, 9, Some(root(2)))];
        give(&[Bob], netuid, &scores);
        for _ in 0..3 {
            try_commit(Bob, netuid, &scores).unwrap();
            next_epoch(netuid);
            try_reveal(Bob, netuid, &scores).unwrap();
        }
        let before = free(Alice);
        set(netuid, Hyperparameter::Tempo(30));
        next_epoch(netuid);
        let result = result(netuid);
        assert!(result.emission > 0);
        assert_eq!(result.owner_part, result.emission / 10);
        assert_eq!(free(Alice), before + result.owner_part);
        assert!(result.incentive.abs_diff(result.dividends) <= 2);
        let all = result.owner_part + result.incentive + result.dividends + result.burned;
        assert!(result.emission + result.funds - all <= 4, "what rounding leaves is for the next epoch");
        assert!(earned(tuned) > result.incentive);
    });
}

#[test]
fn a_neuron_bound_anew_loses_its_scores_and_bonds() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        let other = model(Charlie, "charlies-other", 7);
        let scores = [score(charlie, 9, Some(root(2)))];
        give(&[Bob], netuid, &scores);
        let bind = pallet_subnets::Call::bind { netuid, release: other, price_limit: u128::MAX };
        assert_ok!(try_call(Charlie, bind));
        next_epoch(netuid);
        assert_eq!((earned(tuned), earned(other)), (0, 0));
        assert!(Bonds::<Runtime>::get(netuid, uid(netuid, Bob)).is_empty());
    });
}

#[test]
fn bonds_stay_with_who_has_a_permit() {
    story(|| {
        let (netuid, _, charlie) = subnet_of_models();
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(2)))]);
        next_epoch(netuid);
        let bob = uid(netuid, Bob);
        assert!(!Bonds::<Runtime>::get(netuid, bob).is_empty());
        let unbond = pallet_stake::Call::unbond { netuid, evaluator: account(Bob), amount: 950 * UNIT };
        assert_ok!(try_call(Bob, unbond));
        next_epoch(netuid);
        assert!(!Seats::<Runtime>::get(netuid)[usize::from(bob)].permit);
        assert!(!Bonds::<Runtime>::contains_key(netuid, bob));
    });
}

/// Who was scored is paid, even if he has left before it is credited.
#[test]
fn who_leaves_before_it_is_credited_is_paid() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(2)))]);
        end_epoch(netuid);
        assert!(CreditingEpoch::<Runtime>::exists());
        assert_ok!(try_call(Charlie, pallet_subnets::Call::deregister { netuid }));
        assert_ok!(try_call(Bob, pallet_subnets::Call::deregister { netuid }));
        check_between();
        next_block();
        assert!(!CreditingEpoch::<Runtime>::exists());
        assert!(earned(tuned) > 0);
        let place = pallet_stake::Place { netuid, evaluator: account(Bob) };
        assert!(Stake::dividends(&account(Bob), &place) > 0);
    });
}

fn check_between() {
    super::super::super::blocks::end();
    check();
    super::super::super::blocks::begin();
}

#[test]
fn a_subnet_closed_in_mid_epoch_pays_what_it_owes() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        admit(netuid);
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(2)))]);
        end_epoch(netuid);
        assert_ok!(try_call(Alice, pallet_subnets::Call::close { netuid }));
        let unbond = pallet_stake::Call::unbond { netuid, evaluator: account(Bob), amount: UNIT };
        assert_noop!(try_call(Bob, unbond.clone()), StakeError::EpochBeingCredited);
        for _ in 0..3 {
            next_block();
        }
        assert!(earned(tuned) > 0);
        assert!(!Stored::<Runtime>::contains_key(netuid));
        assert_ok!(try_call(Bob, unbond));
        assert_eq!(Accounted::<Runtime>::get(), 0, "nothing is left behind");
    });
}

/// Sixty-four subnets are due at once: one ends a block, none in a block that begins a session, and all in their turn.
#[test]
fn epochs_queue_and_end_one_a_block() {
    story(|| {
        let netuids: Vec<_> = (0..64)
            .map(|n| {
                pallet_subnets::FoundingPrices::<Runtime>::kill();
                let netuid = found(Sr25519Keyring::well_known().nth(n % 6).unwrap(), SubnetKind::Service);
                set(netuid, Hyperparameter::Tempo(28_800));
                netuid
            })
            .collect();
        // Due together, some blocks before a session begins.
        let session = time::EPOCH_DURATION_IN_BLOCKS;
        wait(session - System::block_number() - 12);
        for netuid in &netuids {
            set(*netuid, Hyperparameter::Tempo(10));
            set(*netuid, Hyperparameter::Tempo(1_000));
        }
        pallet_subnets::Schedule::<Runtime>::mutate(|schedule| {
            schedule.iter_mut().for_each(|due| due.at = System::block_number());
        });
        let mut ended = Vec::new();
        let mut began = 0;
        for _ in 0..140 {
            next_block();
            let events = System::events();
            let these: Vec<_> = events
                .iter()
                .filter_map(|record| match record.event {
                    RuntimeEvent::Subnets(Event::EpochEnded { netuid, .. }) => Some(netuid),
                    _ => None,
                })
                .collect();
            assert!(these.len() <= 1, "one a block");
            let new_session = events.iter().any(|record| matches!(record.event, RuntimeEvent::Session(_)));
            if new_session {
                began += 1;
                assert!(these.is_empty(), "none in a block that begins a session");
            }
            ended.extend(these);
        }
        assert!(began >= 1);
        assert_eq!(ended, netuids, "each in its turn");
    });
}

/// A day without blocks: what an hour mints is minted, no more, and everything goes on.
#[test]
fn a_chain_that_stood_still_for_a_day_goes_on() {
    story(|| {
        let (netuid, [_, tuned], charlie) = subnet_of_models();
        admit(netuid);
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(2)))]);
        super::super::super::blocks::end();
        super::super::super::blocks::begin_after(u64::from(time::DAYS));
        next_block();
        let issued = Balances::total_issuance();
        let hour = crate::configs::emission::Curve::issue(issued, 3_600_000);
        let minted: Balance = System::events()
            .iter()
            .filter_map(|record| match record.event {
                RuntimeEvent::Dap(pallet_dap::Event::IssuanceMinted { total_minted, .. }) => Some(total_minted),
                _ => None,
            })
            .sum();
        assert!(minted > 0 && minted <= hour + UNIT, "{minted} of {hour}");
        next_epoch(netuid);
        assert!(earned(tuned) > 0);
    });
}
/// The largest epoch and the largest page are within what they may take, and what an epoch may take is a quarter of a block.
#[test]
fn an_epoch_takes_a_quarter_of_a_block_at_most() {
    use pallet_subnets::{WeightInfo as _, MAX_EVALUATORS, MAX_NEURONS};
    type Weights = <Runtime as pallet_subnets::Config>::WeightInfo;

    let limit: frame_support::weights::Weight = <Runtime as pallet_subnets::Config>::EpochWeight::get();
    let block = crate::configs::system::RuntimeBlockWeights::get().max_block;
    assert!(limit.ref_time() <= Perbill::from_percent(25).mul_floor(block.ref_time()));
    let largest = Weights::epoch(MAX_NEURONS, MAX_EVALUATORS, MAX_EVALUATORS * MAX_NEURONS);
    assert!(largest.all_lte(limit), "{largest} of {limit}");
    assert!(Weights::credit_dividends(MAX_EVALUATORS).saturating_add(Weights::credit_incentives(100)).all_lte(limit));
}
