//! What must hold for every subnet.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::cast_possible_truncation)]

mod support;

use pedigree_yuma::{Error, Fraction, LiquidAlpha, Neuron, Outcome};
use proptest::prelude::*;
use support::{
    case::{Case, Row},
    chance::Chance,
    float, sum,
};

fn one() -> u128 {
    Fraction::ONE.parts().into()
}

/// What is promised whatever goes in.
fn sane(case: &Case, outcome: &Outcome) {
    let count = case.neurons.len();
    for fractions in [&outcome.consensus, &outcome.trust, &outcome.incentive, &outcome.dividends, &outcome.active_stake]
    {
        assert_eq!(fractions.len(), count);
        assert!(fractions.iter().all(|fraction| *fraction <= Fraction::ONE));
    }
    // One together, never above, and below by fewer than three parts each; or nothing at all.
    for fractions in [&outcome.incentive, &outcome.dividends, &outcome.active_stake] {
        let sum = sum(fractions);
        assert!(sum <= one() && (sum == 0 || sum + 3 * count as u128 >= one()), "{sum}");
    }
    assert_eq!(outcome.bonds.len(), case.rows.len());
    for (bonds, row) in outcome.bonds.iter().zip(&case.rows) {
        assert!(bonds.is_sorted_by(|one, next| one.0 < next.0));
        assert!(bonds.iter().all(|(uid, bond)| usize::from(*uid) < count && *bond > 0));
        assert!(bonds.is_empty() || outcome.permits[usize::from(row.uid)], "a bond without a permit");
    }
    let allowed = outcome.permits.iter().filter(|permit| **permit).count();
    assert!(allowed <= usize::from(case.parameters.max_evaluators));
    assert!(outcome.permits.iter().zip(&case.neurons).all(|(permit, neuron)| !permit || neuron.stake > 0));
    for emission in [0, 1, 999_999_999_999, u128::MAX] {
        let payout = outcome.payout(emission);
        let paid: u128 = payout.incentive.iter().chain(&payout.dividends).sum();
        assert_eq!(paid + payout.remainder, emission);
        let paid_to_somebody = sum(&outcome.incentive) + sum(&outcome.dividends) + sum(&outcome.active_stake) > 0;
        assert!(!paid_to_somebody || payout.remainder <= 2 * count as u128, "{}", payout.remainder);
    }
}

/// The same subnet with its seats exchanged: who had the uid `i` has `seats[i]`.
fn seated_anew(case: &Case, seats: &[u16]) -> Case {
    let seat = |uid: u16| seats[usize::from(uid)];
    let entries = |entries: &[(u16, u16)]| {
        let mut entries: Vec<(u16, u16)> = entries.iter().map(|(uid, value)| (seat(*uid), *value)).collect();
        entries.sort_unstable();
        entries
    };
    let mut anew = case.clone();
    for (uid, neuron) in case.neurons.iter().enumerate() {
        anew.neurons[usize::from(seats[uid])] = *neuron;
    }
    let row =
        |row: &Row| Row { uid: seat(row.uid), scores: entries(&row.scores), bonds: entries(&row.bonds), ..row.clone() };
    anew.rows = case.rows.iter().map(row).collect();
    anew.rows.sort_by_key(|row| row.uid);
    anew.owner = case.owner.map(seat);
    anew
}

/// Takes stakes apart, so that uids decide nothing.
fn no_equal_stakes(case: &mut Case) {
    for (uid, neuron) in case.neurons.iter_mut().enumerate() {
        neuron.stake = (neuron.stake << 16) + uid as u128;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_in_there_is_an_error_or_a_sane_outcome(seed: u64) {
        let case = Chance(seed).garbage();
        if let Ok(outcome) = case.run() {
            sane(&case, &outcome);
        }
    }

    #[test]
    fn any_bytes_are_an_error_or_a_sane_outcome(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let case = Case::from_bytes(&bytes);
        if let Ok(outcome) = case.run() {
            sane(&case, &outcome);
        }
    }

    #[test]
    fn well_formed_subnets_have_sane_outcomes(seed: u64) {
        let case = Chance(seed).case(40);
        sane(&case, &case.run().unwrap());
    }

    #[test]
    fn nobody_gains_or_loses_by_a_uid(seed: u64) {
        let mut chance = Chance(seed);
        let mut case = chance.case(24);
        no_equal_stakes(&mut case);
        let mut seats: Vec<u16> = (0..case.neurons.len() as u16).collect();
        seats.sort_by_cached_key(|_| chance.next());
        let (before, after) = (case.run().unwrap(), seated_anew(&case, &seats).run().unwrap());
        for (uid, seat) in seats.iter().enumerate() {
            let seat = usize::from(*seat);
            prop_assert_eq!(before.consensus[uid], after.consensus[seat]);
            prop_assert_eq!(before.trust[uid], after.trust[seat]);
            prop_assert_eq!(before.incentive[uid], after.incentive[seat]);
            prop_assert_eq!(before.active_stake[uid], after.active_stake[seat]);
            prop_assert_eq!(before.permits[uid], after.permits[seat]);
            prop_assert_eq!(before.dividends[uid], after.dividends[seat]);
        }
        let bonds = |case: &Case, outcome: &Outcome, seats: Option<&[u16]>| {
            let seat = |uid: u16| seats.map_or(uid, |seats| seats[usize::from(uid)]);
            let rows = case.rows.iter().zip(&outcome.bonds);
            let mut all: Vec<(u16, u16, u16)> =
                rows.flat_map(|(row, bonds)| bonds.iter().map(move |(uid, bond)| (seat(row.uid), seat(*uid), *bond))).collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(bonds(&case, &before, Some(&seats)), bonds(&seated_anew(&case, &seats), &after, None));
    }

    #[test]
    fn only_shares_of_stake_matter(seed: u64, factor in 1_u128..=u128::from(u64::MAX)) {
        let case = Chance(seed).case(24);
        let mut scaled = case.clone();
        scaled.neurons.iter_mut().for_each(|neuron| neuron.stake *= factor);
        scaled.parameters.minimum_stake *= factor;
        let (before, after) = (case.run().unwrap(), scaled.run().unwrap());
        prop_assert_eq!(&before.permits, &after.permits);
        let exact = case.neurons.iter().map(|neuron| neuron.stake * factor).sum::<u128>() < 1 << 64;
        // Consensus is decided where sums of stake pass a bound: beyond 2^64, only where they are not within rounding of it.
        if exact {
            prop_assert_eq!(&before.consensus, &after.consensus);
            prop_assert_eq!(&before.trust, &after.trust);
            prop_assert_eq!(&before.bonds, &after.bonds);
        }
        if before.consensus == after.consensus {
            for fractions in [
                (&before.incentive, &after.incentive),
                (&before.dividends, &after.dividends),
                (&before.active_stake, &after.active_stake),
            ] {
                for (before, after) in fractions.0.iter().zip(fractions.1) {
                    prop_assert!((float(*before) - float(*after)).abs() < 1e-9, "{before:?} {after:?}");
                }
            }
        }
    }

    #[test]
    fn only_proportions_of_scores_matter(seed: u64, factor in 1_u16..=16) {
        let mut case = Chance(seed).case(24);
        case.rows.iter_mut().flat_map(|row| &mut row.scores).for_each(|(_, score)| *score >>= 4);
        let mut scaled = case.clone();
        scaled.rows.iter_mut().flat_map(|row| &mut row.scores).for_each(|(_, score)| *score *= factor);
        prop_assert_eq!(case.run().unwrap(), scaled.run().unwrap());
    }

    #[test]
    fn a_score_of_zero_is_the_same_as_none(seed: u64) {
        let mut case = Chance(seed).case(24);
        let before = case.run().unwrap();
        case.rows.iter_mut().for_each(|row| row.scores.retain(|(_, score)| *score > 0));
        prop_assert_eq!(before, case.run().unwrap());
    }
}

/// Evaluators with permits, all active, in front; contributors without stake behind them.
fn subnet(stakes: &[u128], contributors: usize, scores: &[&[(u16, u16)]]) -> Case {
    let neuron = |stake: u128| Neuron { stake, active: true, permit: stake > 0, registered_at: 0 };
    let row =
        |(uid, scores): (usize, &&[(u16, u16)])| Row { uid: uid as u16, scores: scores.to_vec(), ..Row::default() };
    let mut parameters = Chance(0).parameters();
    parameters.kappa = 32_767;
    parameters.bonds_penalty = 0;
    parameters.bonds_moving_average = 100_000;
    parameters.liquid_alpha = Some(LiquidAlpha { low: 6_553, high: 19_660, steepness: 1_000 });
    parameters.max_evaluators = 64;
    parameters.minimum_stake = 1;
    Case {
        neurons: stakes.iter().copied().chain((0..contributors).map(|_| 0)).map(neuron).collect(),
        rows: scores.iter().enumerate().map(row).collect(),
        owner: None,
        bonds_at: 0,
        parameters,
    }
}

#[test]
fn exactly_kappa_of_the_stake_is_enough() {
    // One fifth of the stake supports the only score: of one evaluator, or of two together.
    let cases = [(&[1, 4][..], 1), (&[5, 1, 24], 2), (&[3, 4, 28], 2)];
    for (stakes, supporters) in cases {
        let contributor = stakes.len();
        let mut case = subnet(stakes, 1, &vec![&[(contributor as u16, 9)][..]; supporters]);
        case.parameters.kappa = 13_107;
        assert_eq!(case.run().unwrap().consensus[contributor], Fraction::ONE, "{stakes:?}");
        case.parameters.kappa = 13_108;
        assert_eq!(case.run().unwrap().consensus[contributor], Fraction::ZERO, "{stakes:?}");
    }
}

#[test]
fn the_weight_of_the_majority_is_consensus() {
    let scores: [&[(u16, u16)]; 3] = [&[(3, 1), (4, 1)], &[(3, 1), (4, 3)], &[(3, 3), (4, 1)]];
    let outcome = subnet(&[1, 1, 1], 2, &scores).run().unwrap();
    assert_eq!(outcome.consensus[3..], [Fraction::from_parts(Fraction::ONE.parts() / 2); 2]);
}

#[test]
fn without_kappa_the_highest_weight_is_consensus_and_with_all_of_it_the_lowest() {
    let mut case = subnet(&[1, 1], 2, &[&[(2, 1), (3, 3)], &[(2, 3), (3, 1)]]);
    let quarter = |quarters: u64| Fraction::from_parts(Fraction::ONE.parts() / 4 * quarters);
    case.parameters.kappa = 0;
    assert!(case.run().unwrap().consensus[2..].iter().all(|c| float(*c) == 0.75));
    case.parameters.kappa = 65_535;
    assert_eq!(case.run().unwrap().consensus[2..], [quarter(1); 2]);
    // Who says nothing says zero.
    case.rows.pop();
    assert_eq!(case.run().unwrap().consensus[2..], [Fraction::ZERO; 2]);
}

#[test]
fn a_single_evaluator_decides_alone_and_has_all_dividends() {
    let outcome = subnet(&[7], 3, &[&[(1, 1), (2, 2), (3, 1)]]).run().unwrap();
    let incentive: Vec<f64> = outcome.incentive.iter().map(|fraction| float(*fraction)).collect();
    assert_eq!(incentive, [0.0, 0.25, 0.5, 0.25]);
    assert_eq!(outcome.dividends, [Fraction::ONE, Fraction::ZERO, Fraction::ZERO, Fraction::ZERO]);
    assert!(float(outcome.trust[0]) == 1.0);
}

#[test]
fn with_nobody_active_nothing_is_earned_and_bonds_still_move() {
    let mut case = subnet(&[5, 5], 1, &[&[(2, 1)], &[]]);
    case.rows[1].bonds = vec![(2, 65_535)];
    case.neurons.iter_mut().for_each(|neuron| neuron.active = false);
    let outcome = case.run().unwrap();
    for fractions in [&outcome.consensus, &outcome.incentive, &outcome.dividends, &outcome.active_stake] {
        assert_eq!(sum(fractions), 0);
    }
    // By the constant tenth, as there is no consensus to be far from.
    assert_eq!(outcome.bonds, [[(2, 6_553)], [(2, 58_981)]]);
    assert_eq!(outcome.payout(100).remainder, 100);
}

#[test]
fn of_nothing_comes_nothing() {
    let empty = subnet(&[], 0, &[]).run().unwrap();
    assert!(empty.consensus.is_empty() && empty.bonds.is_empty() && empty.permits.is_empty());
    let outcome = subnet(&[0, 0, 0], 2, &[&[(3, 0)], &[], &[]]).run().unwrap();
    assert!(outcome.dividends.iter().chain(&outcome.incentive).all(|fraction| *fraction == Fraction::ZERO));
    assert_eq!(outcome.permits, [false; 5]);
    assert!(outcome.bonds.iter().all(Vec::is_empty));
}

#[test]
fn without_scores_evaluators_are_paid_by_their_stake() {
    let payout = subnet(&[3, 1], 1, &[&[], &[]]).run().unwrap().payout(1_000);
    assert_eq!(payout.dividends, [750, 250, 0]);
    assert_eq!(payout.incentive, [0, 0, 0]);
}

#[test]
fn without_a_permit_scores_do_not_count() {
    let mut case = subnet(&[5, 1], 2, &[&[(2, 1)], &[(3, 1)]]);
    case.neurons[0].permit = false;
    let outcome = case.run().unwrap();
    assert_eq!(outcome.incentive[2..], [Fraction::ZERO, Fraction::ONE]);
    assert_eq!(outcome.active_stake[..2], [Fraction::ZERO, Fraction::ONE]);
    assert!(outcome.permits[0], "it has one in the next epoch");
}

#[test]
fn nobody_scores_himself_but_the_owner() {
    let mut case = subnet(&[1], 1, &[&[(0, 3), (1, 1)]]);
    assert_eq!(case.run().unwrap().incentive, [Fraction::ZERO, Fraction::ONE]);
    case.owner = Some(1);
    assert_eq!(case.run().unwrap().incentive, [Fraction::ZERO, Fraction::ONE]);
    case.owner = Some(0);
    assert!(float(case.run().unwrap().incentive[0]) == 0.75);
}

#[test]
fn scores_and_bonds_of_a_neuron_that_was_there_before_are_dropped() {
    let mut case = subnet(&[1], 2, &[&[(1, 1), (2, 1)]]);
    case.rows[0].bonds = vec![(1, 60_000), (2, 60_000)];
    case.neurons[1].registered_at = 10;
    case.bonds_at = 9;
    case.rows[0].submitted_at = 9;
    let outcome = case.run().unwrap();
    assert_eq!(outcome.incentive, [Fraction::ZERO, Fraction::ZERO, Fraction::ONE]);
    assert!(outcome.bonds[0].iter().all(|(uid, _)| *uid == 2));
    // Made when it was there.
    case.rows[0].submitted_at = 10;
    assert!(float(case.run().unwrap().incentive[1]) == 0.5);
    case.bonds_at = 10;
    assert!(case.run().unwrap().bonds[0][0].1 > 30_000);
}

#[test]
fn a_bond_without_a_score_decays_to_nothing() {
    let mut case = subnet(&[1], 2, &[&[(1, 1)]]);
    case.rows[0].bonds = vec![(2, 65_535)];
    let mut before = u16::MAX;
    for _ in 0..1_000 {
        let bonds = case.run().unwrap().bonds[0].clone();
        match bonds.iter().find(|(uid, _)| *uid == 2) {
            Some((_, bond)) => assert!(*bond < before),
            None => return,
        }
        before = bonds[1].1;
        case.rows[0].bonds = bonds;
    }
    panic!("still {before}");
}

#[test]
fn the_penalty_takes_back_what_is_above_consensus() {
    let scores: [&[(u16, u16)]; 3] = [&[(3, 1)], &[(3, 1)], &[(3, 1), (4, 1)]];
    let mut case = subnet(&[1, 1, 1], 2, &scores);
    assert!(case.run().unwrap().bonds[2].iter().any(|(uid, _)| *uid == 4));
    case.parameters.bonds_penalty = u16::MAX;
    assert!(case.run().unwrap().bonds[2].iter().all(|(uid, _)| *uid != 4));
}

#[test]
fn permits_go_to_the_most_stake_then_to_who_was_there_first() {
    let mut case = subnet(&[5, 7, 7, 9, 7], 1, &[]);
    case.neurons[1].registered_at = 3;
    case.neurons[2].registered_at = 2;
    case.neurons[4].registered_at = 2;
    for (most, expected) in
        [(0, &[][..]), (1, &[3]), (2, &[2, 3]), (3, &[2, 3, 4]), (4, &[1, 2, 3, 4]), (9, &[0, 1, 2, 3, 4])]
    {
        case.parameters.max_evaluators = most;
        let permits = case.run().unwrap().permits;
        let allowed: Vec<usize> = (0..6).filter(|uid| permits[*uid]).collect();
        assert_eq!(allowed, expected, "{most}");
    }
    case.parameters.minimum_stake = 8;
    assert_eq!(case.run().unwrap().permits, [false, false, false, true, false, false]);
}

#[test]
fn who_loses_its_permit_loses_its_bonds_and_is_paid_once_more() {
    let mut case = subnet(&[2, 1], 1, &[&[(2, 1)], &[(2, 1)]]);
    case.parameters.max_evaluators = 1;
    let outcome = case.run().unwrap();
    assert!(!outcome.bonds[0].is_empty() && outcome.bonds[1].is_empty());
    assert!(outcome.dividends[1] > Fraction::ZERO);
}

#[test]
fn stake_at_the_upper_end_is_no_overflow() {
    let scores: [&[(u16, u16)]; 3] = [&[(3, 1)], &[(4, 1)], &[(4, 1)]];
    let expected = subnet(&[1, 1, 1], 2, &scores).run().unwrap();
    for stake in [u64::MAX.into(), u128::MAX] {
        let outcome = subnet(&[stake; 3], 2, &scores).run().unwrap();
        assert_eq!(outcome.consensus, expected.consensus);
        assert_eq!(outcome.bonds, expected.bonds);
        for (ours, expected) in outcome.dividends.iter().zip(&expected.dividends) {
            assert!((float(*ours) - float(*expected)).abs() < 1e-15);
        }
    }
}

#[test]
fn as_many_neurons_as_there_are_uids_with_all_scores_and_stake_at_the_upper_end_are_no_overflow() {
    let neuron = Neuron { stake: u128::MAX, active: true, permit: true, registered_at: u64::MAX };
    let all: Vec<(u16, u16)> = (0..=u16::MAX).map(|uid| (uid, u16::MAX)).collect();
    let row = |uid| Row { uid, submitted_at: u64::MAX, scores: all.clone(), bonds: all.clone() };
    let mut case = subnet(&[], 0, &[]);
    case.neurons = vec![neuron; 1 << 16];
    case.rows = [0, 1, 65_535].map(row).to_vec();
    case.bonds_at = u64::MAX;
    case.parameters.kappa = 1;
    let outcome = case.run().unwrap();
    sane(&case, &outcome);
    assert!(outcome.consensus.iter().all(|consensus| *consensus > Fraction::ZERO));
    assert_eq!(outcome.dividends[0], outcome.dividends[1]);
}

#[test]
fn what_is_not_well_formed_is_named() {
    let good = subnet(&[1, 1], 2, &[&[(2, 1), (3, 1)], &[(2, 1)]]);
    let refused = |change: fn(&mut Case), error: Error| {
        let mut case = good.clone();
        change(&mut case);
        assert_eq!(case.run().unwrap_err(), error);
        assert!(!error.to_string().is_empty());
    };
    refused(|case| case.neurons.resize(65_537, Neuron::default()), Error::TooManyNeurons { count: 65_537 });
    refused(|case| case.rows.swap(0, 1), Error::EvaluatorsOutOfOrder);
    refused(|case| case.rows[1].uid = 0, Error::EvaluatorsOutOfOrder);
    refused(|case| case.rows[1].uid = 4, Error::UnknownEvaluator { evaluator: 4 });
    refused(|case| case.owner = Some(4), Error::UnknownOwner { owner: 4 });
    refused(|case| case.rows[0].scores.swap(0, 1), Error::ScoresOutOfOrder { evaluator: 0 });
    refused(|case| case.rows[0].scores[0].0 = 3, Error::ScoresOutOfOrder { evaluator: 0 });
    refused(|case| case.rows[1].scores.push((4, 0)), Error::UnknownContributor { evaluator: 1, contributor: 4 });
    refused(|case| case.rows[1].bonds = vec![(1, 1), (1, 1)], Error::BondsOutOfOrder { evaluator: 1 });
    refused(
        |case| case.rows[1].bonds = vec![(u16::MAX, 1)],
        Error::BondToUnknown { evaluator: 1, contributor: u16::MAX },
    );
    refused(|case| case.parameters.bonds_moving_average = 1_000_001, Error::MovingAverageAboveOne);
    refused(|case| case.parameters.liquid_alpha.as_mut().unwrap().low = 19_661, Error::AlphaLowAboveHigh);
}
