//! The formulae once more, as they are written: dense matrices of 64-bit floating point, one step after the other. Rows are
//! evaluators, columns neurons. Slow, and readable.

use super::case::Case;
use pedigree_yuma::Neuron;

/// What an epoch comes to; rows of `bonds` as in the case, before they are rounded.
#[derive(Debug)]
pub struct Expected {
    pub consensus: Vec<f64>,
    pub trust: Vec<f64>,
    pub incentive: Vec<f64>,
    pub dividends: Vec<f64>,
    pub active_stake: Vec<f64>,
    pub bonds: Vec<Vec<f64>>,
}

fn norm(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    if sum > 0.0 {
        values.iter_mut().for_each(|value| *value /= sum);
    }
}

/// `W`: what counts of the scores, rows divided by their sums.
pub fn weights(case: &Case) -> Vec<Vec<f64>> {
    let row = |row: &super::case::Row| {
        let mut weights = vec![0.0; case.neurons.len()];
        if case.neurons[usize::from(row.uid)].permit {
            for (uid, score) in &row.scores {
                let itself = *uid == row.uid && case.owner != Some(row.uid);
                if !itself && row.submitted_at >= case.neurons[usize::from(*uid)].registered_at {
                    weights[usize::from(*uid)] = f64::from(*score);
                }
            }
        }
        norm(&mut weights);
        weights
    };
    case.rows.iter().map(row).collect()
}

/// `C_j`, with sums of stake that are exact as long as all of it is below `2^37`.
fn consensus(case: &Case, stake: &[f64], weights: &[Vec<f64>], column: usize) -> f64 {
    let all: f64 =
        case.neurons.iter().filter(|neuron| neuron.active && neuron.permit).map(|neuron| neuron.stake as f64).sum();
    let mut supports: Vec<(f64, f64)> = weights.iter().zip(stake).map(|(row, stake)| (row[column], *stake)).collect();
    // Those who say nothing at all.
    supports.push((0.0, all - stake.iter().sum::<f64>()));
    supports.retain(|(_, stake)| *stake > 0.0);
    supports.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut below = 0.0;
    for (weight, stake) in &supports {
        below += stake;
        if 65_535.0 * below > (65_535.0 - f64::from(case.parameters.kappa)) * all {
            return *weight;
        }
    }
    supports.last().map_or(0.0, |(weight, _)| *weight)
}

fn alpha(case: &Case, weight: f64, bond: f64, consensus: f64, any_consensus: bool) -> f64 {
    let Some(liquid) = case.parameters.liquid_alpha.filter(|_| any_consensus) else {
        return f64::from(case.parameters.bonds_moving_average) / 1e6;
    };
    let (low, high) = (f64::from(liquid.low) / 65_535.0, f64::from(liquid.high) / 65_535.0);
    let distance = if weight >= bond { weight - consensus } else { bond - weight }.clamp(0.0, 1.0);
    let curve = 1.0 / (1.0 + (-f64::from(liquid.steepness) / 100.0 * (distance - 0.5)).exp());
    (low + (high - low) * curve).clamp(low, high)
}

/// All seven steps.
pub fn epoch(case: &Case) -> Expected {
    let (n, m) = (case.neurons.len(), case.rows.len());
    let counted = |neuron: &Neuron| if neuron.active && neuron.permit { neuron.stake as f64 } else { 0.0 };
    let mut active_stake: Vec<f64> = case.neurons.iter().map(counted).collect();
    let stake: Vec<f64> = case.rows.iter().map(|row| active_stake[usize::from(row.uid)]).collect();
    norm(&mut active_stake);
    let share: Vec<f64> = case.rows.iter().map(|row| active_stake[usize::from(row.uid)]).collect();

    let weights = weights(case);
    let consensus: Vec<f64> = (0..n).map(|column| consensus(case, &stake, &weights, column)).collect();
    let any_consensus = consensus.iter().any(|consensus| *consensus > 0.0);
    let clipped: Vec<Vec<f64>> = weights
        .iter()
        .map(|row| row.iter().zip(&consensus).map(|(weight, consensus)| weight.min(*consensus)).collect())
        .collect();
    let mut trust = vec![0.0; n];
    for (row, clipped) in case.rows.iter().zip(&clipped) {
        trust[usize::from(row.uid)] = clipped.iter().sum();
    }
    let mut incentive = vec![0.0; n];
    for (clipped, share) in clipped.iter().zip(&share) {
        incentive.iter_mut().zip(clipped).for_each(|(incentive, clipped)| *incentive += share * clipped);
    }
    norm(&mut incentive);

    let penalty = f64::from(case.parameters.bonds_penalty) / 65_535.0;
    let mut bonds = vec![vec![0.0; n]; m];
    for (row, bonds) in case.rows.iter().zip(&mut bonds) {
        for (uid, bond) in &row.bonds {
            if case.bonds_at >= case.neurons[usize::from(*uid)].registered_at {
                bonds[usize::from(*uid)] = f64::from(*bond) / 65_535.0;
            }
        }
    }
    for ((bonds, weights), clipped) in bonds.iter_mut().zip(&weights).zip(&clipped) {
        for column in 0..n {
            let weight = weights[column] + penalty * (clipped[column] - weights[column]);
            let alpha = alpha(case, weight, bonds[column], consensus[column], any_consensus);
            bonds[column] = (1.0 - alpha) * bonds[column] + alpha * weight;
        }
    }
    let mut columns = vec![0.0; n];
    bonds.iter().for_each(|row| columns.iter_mut().zip(row).for_each(|(sum, bond)| *sum += bond));
    let mut earned: Vec<f64> = bonds
        .iter()
        .zip(&share)
        .map(|(row, share)| {
            let of_column = |((bond, sum), incentive): ((&f64, &f64), &f64)| {
                if *sum > 0.0 {
                    bond / sum * incentive
                } else {
                    0.0
                }
            };
            share * row.iter().zip(&columns).zip(&incentive).map(of_column).sum::<f64>()
        })
        .collect();
    norm(&mut earned);
    let mut dividends = vec![0.0; n];
    case.rows.iter().zip(earned).for_each(|(row, earned)| dividends[usize::from(row.uid)] = earned);
    Expected { consensus, trust, incentive, dividends, active_stake, bonds }
}
