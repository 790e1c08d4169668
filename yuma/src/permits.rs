//! Who may score in the next epoch.

use crate::{Neuron, Parameters};
use alloc::{vec, vec::Vec};
use core::cmp::Reverse;

/// By place in `neurons`: whether it is among the [`Parameters::max_evaluators`] with the most stake, has any, and has at least
/// [`Parameters::minimum_stake`]. Of equals, who was registered first comes first, then who has the lower uid.
pub fn permits(neurons: &[Neuron], parameters: &Parameters) -> Vec<bool> {
    let least = parameters.minimum_stake.max(1);
    let mut candidates: Vec<(Reverse<u128>, u64, usize)> = neurons
        .iter()
        .enumerate()
        .filter(|(_, neuron)| neuron.stake >= least)
        .map(|(place, neuron)| (Reverse(neuron.stake), neuron.registered_at, place))
        .collect();
    candidates.sort_unstable();
    let mut permits = vec![false; neurons.len()];
    for (_, _, place) in candidates.into_iter().take(parameters.max_evaluators.into()) {
        if let Some(permit) = permits.get_mut(place) {
            *permit = true;
        }
    }
    permits
}
