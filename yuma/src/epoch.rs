//! The epoch from beginning to end.

use crate::{
    alpha::{Alpha, Liquid},
    bonds::{bonds, Movement},
    consensus::consensus,
    fraction::{shares, Fraction},
    permits,
    rows::{active_stake, rows, Row},
    Error, Outcome, Subnet,
};
use alloc::{vec, vec::Vec};

/// What the scores and the stake of a subnet come to.
///
/// Takes time in proportion to the scores and bonds, plus `n log n` for `n` neurons. Beside the outcome, and rows from which
/// something is dropped, it takes memory in proportion to neurons and evaluators, and one block of columns. Never panics.
///
/// # Errors
///
/// What is not well-formed is named. All that is has an outcome.
pub fn epoch(subnet: &Subnet<'_>) -> Result<Outcome, Error> {
    let Subnet { neurons, parameters, .. } = *subnet;
    let constant = Alpha::constant(parameters)?;
    let liquid = parameters.liquid_alpha.as_ref().map(Liquid::new).transpose()?;
    let rows = rows(subnet)?;

    let agreed = consensus(&rows, neurons.len(), parameters.kappa);
    let incentive = shares(&agreed.ranks);
    // Without any consensus there is nothing that a distance could be measured from.
    let movement = match liquid {
        Some(liquid) if agreed.consensus.iter().any(|consensus| *consensus > 0) => Movement::Liquid(liquid),
        _ => Movement::Constant(constant),
    };
    let bonds = bonds(&rows, &agreed.consensus, &incentive, parameters.bonds_penalty, &movement);

    let permits = permits(neurons, parameters);
    let keeps = |row: &Row<'_>| permits.get(usize::from(row.uid)).copied().unwrap_or(false);
    let dividends = shares(&bonds.earned);
    let active_stake: Vec<u128> = neurons.iter().map(|neuron| active_stake(neuron) >> rows.shift).collect();
    Ok(Outcome {
        consensus: agreed.consensus.into_iter().map(Fraction::from_parts).collect(),
        trust: by_uid(neurons.len(), &rows.rows, bonds.trust.into_iter().map(Fraction::from_parts)),
        incentive,
        dividends: by_uid(neurons.len(), &rows.rows, dividends.into_iter()),
        active_stake: shares(&active_stake),
        bonds: rows
            .rows
            .iter()
            .zip(bonds.bonds)
            .map(|(row, bonds)| if keeps(row) { bonds } else { Vec::new() })
            .collect(),
        permits,
    })
}

/// What is known of each row, at the place of its evaluator.
fn by_uid(neurons: usize, rows: &[Row<'_>], values: impl Iterator<Item = Fraction>) -> Vec<Fraction> {
    let mut all = vec![Fraction::ZERO; neurons];
    for (row, value) in rows.iter().zip(values) {
        if let Some(place) = all.get_mut(usize::from(row.uid)) {
            *place = value;
        }
    }
    all
}
