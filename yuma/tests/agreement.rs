//! Agreement with the slow implementation, within the bounds that the README states.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::cast_possible_truncation)]

mod support;

use pedigree_yuma::Fraction;
use support::{case::Case, chance::Chance, float, oracle};

/// Consensus, trust, incentive, active stake.
const EXACT: f64 = 1e-12;
/// Bonds and dividends.
const CLOSE: f64 = 1e-10;

fn assert_agrees(case: &Case, seed: u64) {
    let (ours, expected) = (case.run().unwrap(), oracle::epoch(case));
    let assert_close = |what: &str, ours: &[Fraction], expected: &[f64], bound: f64| {
        assert_eq!(ours.len(), expected.len());
        for (uid, (ours, expected)) in ours.iter().zip(expected).enumerate() {
            let ours = float(*ours);
            assert!((ours - expected).abs() <= bound, "seed {seed}: {what} of {uid} is {ours}, not {expected}");
        }
    };
    assert_close("consensus", &ours.consensus, &expected.consensus, EXACT);
    assert_close("trust", &ours.trust, &expected.trust, EXACT);
    assert_close("incentive", &ours.incentive, &expected.incentive, EXACT);
    assert_close("active stake", &ours.active_stake, &expected.active_stake, EXACT);
    assert_close("dividends", &ours.dividends, &expected.dividends, CLOSE);

    for ((row, bonds), expected) in case.rows.iter().zip(&ours.bonds).zip(&expected.bonds) {
        if !ours.permits[usize::from(row.uid)] {
            continue;
        }
        let mut dense = vec![0; case.neurons.len()];
        bonds.iter().for_each(|(uid, bond)| dense[usize::from(*uid)] = *bond);
        for (uid, (bond, expected)) in dense.into_iter().zip(expected).enumerate() {
            // Rounded down, of something that is close.
            let (least, most) = ((expected - CLOSE) * 65_535.0, (expected + CLOSE) * 65_535.0);
            let stored = f64::from(bond);
            assert!(
                least.floor() <= stored && stored <= most,
                "seed {seed}: the bond of {} to {uid} is {stored}, not {}",
                row.uid,
                expected * 65_535.0
            );
        }
    }
}

#[test]
fn a_hundred_thousand_random_subnets_agree_with_floating_point() {
    for seed in 0..100_000 {
        assert_agrees(&Chance(seed).case(if seed % 100 == 0 { 64 } else { 12 }), seed);
    }
}

/// Large enough that columns are worked on in several blocks.
#[test]
fn full_subnets_agree_with_floating_point_for_many_epochs() {
    for (seed, liquid_alpha) in [(1, true), (2, false)] {
        let mut chance = Chance(seed);
        let mut case = chance.full(64, 900, liquid_alpha);
        for _ in 0..5 {
            assert_agrees(&case, seed);
            let outcome = case.run().unwrap();
            for (row, bonds) in case.rows.iter_mut().zip(outcome.bonds) {
                row.bonds = bonds;
                row.scores.iter_mut().for_each(|(_, score)| *score = score.saturating_add(chance.below(99) as u16));
            }
        }
    }
}

#[test]
fn large_random_subnets_agree_with_floating_point() {
    for seed in 0..60 {
        assert_agrees(&Chance(seed).case(500), seed);
    }
}
