//! From what was given to rows that can be computed with: checked, without what doesn't count, divided by their sums.

use crate::{
    fraction::{bits, Fraction},
    Error, Evaluator, Neuron, Subnet, MAX_NEURONS,
};
use alloc::{borrow::Cow, vec::Vec};

/// Entries of a sparse row: a uid, and its score or bond.
pub(crate) type Entries = [(u16, u16)];

/// An evaluator's row.
pub(crate) struct Row<'a> {
    /// Whose.
    pub(crate) uid: u16,
    /// Its active stake. All rows' together fit in 64 bits.
    pub(crate) stake: u64,
    /// What makes weights of its scores.
    pub(crate) scale: Scale,
    /// Those of its scores that count.
    pub(crate) scores: Cow<'a, Entries>,
    /// Those of its bonds that are left.
    pub(crate) bonds: Cow<'a, Entries>,
}

/// Divides the scores of one row by their sum.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scale {
    /// `floor(ONE / sum)`.
    whole: u64,
    /// What that leaves, over the sum, in `2^-48` and rounded up.
    rest: u64,
}

impl Scale {
    /// For scores with this sum. `sum` is below `2^32`: that of at most 65,536 scores.
    fn new(sum: u64) -> Self {
        let (Some(whole), Some(rest)) =
            (Fraction::ONE.parts().checked_div(sum), Fraction::ONE.parts().checked_rem(sum))
        else {
            return Self::default();
        };
        // 80 bits; below 2^48 when it is divided, as `rest` is below `sum`.
        let rest = (u128::from(rest) << 48).div_ceil(sum.into());
        Self { whole, rest: u64::try_from(rest).unwrap_or(0) }
    }

    /// `floor(score * ONE / sum)` in parts, exactly, so that equal proportions are equal.
    ///
    /// `rest` is too large by less than `2^-48`, times a score by less than `2^-32`, which is less than the `1 / sum` that lies
    /// between a quotient's fraction and the next integer.
    #[inline(always)]
    pub(crate) fn weight(self, score: u16) -> u64 {
        // At most ONE, and 64 bits, as a score is at most 16 bits and at most the sum.
        let score = u64::from(score);
        score.wrapping_mul(self.whole).wrapping_add(score.wrapping_mul(self.rest) >> 48)
    }
}

/// A subnet's rows, and what is the same for all.
pub(crate) struct Rows<'a> {
    /// By rising uid.
    pub(crate) rows: Vec<Row<'a>>,
    /// All active stake, also of those without a row.
    pub(crate) stake: u64,
    /// By how many bits stake was shifted down for that.
    pub(crate) shift: u32,
    /// How many columns can be worked on at a time so that what is needed for them stays small, and in a processor's cache.
    pub(crate) columns_at_a_time: usize,
}

/// Scores and bonds of so many evaluators and contributors are looked at together: a few hundred KiB.
const ENTRIES_AT_A_TIME: usize = 1 << 14;

/// Checks everything and drops what doesn't count.
pub(crate) fn rows<'a>(subnet: &Subnet<'a>) -> Result<Rows<'a>, Error> {
    let Subnet { neurons, evaluators, owner, bonds_at, .. } = *subnet;
    if neurons.len() > MAX_NEURONS {
        return Err(Error::TooManyNeurons { count: neurons.len() });
    }
    if let Some(owner) = owner.filter(|owner| usize::from(*owner) >= neurons.len()) {
        return Err(Error::UnknownOwner { owner });
    }
    if !evaluators.is_sorted_by(|one, next| one.uid < next.uid) {
        return Err(Error::EvaluatorsOutOfOrder);
    }
    let (shift, stake) = stake_shift(neurons);
    let newest = neurons.iter().map(|neuron| neuron.registered_at).max().unwrap_or(0);
    let registered_at = |uid: u16| neurons.get(usize::from(uid)).map_or(u64::MAX, |neuron| neuron.registered_at);

    let row = |evaluator: &Evaluator<'a>| {
        let Evaluator { uid, submitted_at, scores, bonds } = *evaluator;
        let neuron = neurons.get(usize::from(uid)).ok_or(Error::UnknownEvaluator { evaluator: uid })?;
        check(evaluator, neurons.len())?;

        let scores_itself =
            owner != Some(uid) && scores.binary_search_by_key(&uid, |(contributor, _)| *contributor).is_ok();
        let scores = if !neuron.permit {
            Cow::Borrowed(Default::default())
        } else if scores_itself || submitted_at < newest {
            let counts =
                |contributor: u16| (contributor != uid || !scores_itself) && submitted_at >= registered_at(contributor);
            Cow::Owned(scores.iter().copied().filter(|(contributor, _)| counts(*contributor)).collect())
        } else {
            Cow::Borrowed(scores)
        };
        let bonds = if bonds_at < newest {
            Cow::Owned(
                bonds.iter().copied().filter(|(contributor, _)| bonds_at >= registered_at(*contributor)).collect(),
            )
        } else {
            Cow::Borrowed(bonds)
        };
        let sum = scores.iter().fold(0_u64, |sum, (_, score)| sum.wrapping_add((*score).into()));
        let stake = u64::try_from(active_stake(neuron) >> shift).unwrap_or(0);
        Ok(Row { uid, stake, scale: Scale::new(sum), scores, bonds })
    };
    let rows: Vec<Row<'a>> = evaluators.iter().map(row).collect::<Result<_, _>>()?;

    let entries = rows.iter().fold(0_usize, |sum, row| sum.saturating_add(row.scores.len().max(row.bonds.len())));
    let columns_at_a_time = ENTRIES_AT_A_TIME
        .saturating_mul(neurons.len())
        .checked_div(entries)
        .unwrap_or(neurons.len())
        .clamp(1, neurons.len().max(1));
    Ok(Rows { rows, stake, shift, columns_at_a_time })
}

/// The stake that counts: of who is active and has a permit.
pub(crate) fn active_stake(neuron: &Neuron) -> u128 {
    if neuron.active && neuron.permit {
        neuron.stake
    } else {
        0
    }
}

/// How far all active stake must be shifted down to fit in 64 bits together, and what it comes to then. Not at all up to
/// `2^64`, and nothing is rounded.
fn stake_shift(neurons: &[Neuron]) -> (u32, u64) {
    let sum_shifted =
        |shift: u32| neurons.iter().try_fold(0_u128, |sum, neuron| sum.checked_add(active_stake(neuron) >> shift));
    // 2^16 neurons at most: what is left of each after 16 bits fits in 128 bits together.
    let (before, sum) = sum_shifted(0).map_or_else(|| (16, sum_shifted(16).unwrap_or(u128::MAX)), |sum| (0, sum));
    let shift = bits(sum).saturating_sub(u64::BITS).saturating_add(before);
    (shift, sum_shifted(shift).and_then(|sum| u64::try_from(sum).ok()).unwrap_or(u64::MAX))
}

/// Uids rise, each at most once, and are those of neurons.
fn check(evaluator: &Evaluator<'_>, neurons: usize) -> Result<(), Error> {
    let rises = |entries: &Entries| entries.is_sorted_by(|(one, _), (next, _)| one < next);
    let beyond = |entries: &Entries| entries.last().map(|(uid, _)| *uid).filter(|uid| usize::from(*uid) >= neurons);
    let uid = evaluator.uid;
    if !rises(evaluator.scores) {
        return Err(Error::ScoresOutOfOrder { evaluator: uid });
    }
    if !rises(evaluator.bonds) {
        return Err(Error::BondsOutOfOrder { evaluator: uid });
    }
    if let Some(contributor) = beyond(evaluator.scores) {
        return Err(Error::UnknownContributor { evaluator: uid, contributor });
    }
    match beyond(evaluator.bonds) {
        Some(contributor) => Err(Error::BondToUnknown { evaluator: uid, contributor }),
        None => Ok(()),
    }
}

/// Takes the entries with uids below `end` from the front of `entries`, where none is left that is `width` or more below it.
#[inline]
pub(crate) fn take_below<'a>(entries: &mut &'a Entries, end: usize, width: usize) -> &'a Entries {
    let below = |(uid, _): &(u16, u16)| usize::from(*uid) < end;
    // There are at most `width` of them; in a full row, exactly.
    let (near, _) = entries.split_at(entries.len().min(width));
    let count = if near.last().is_none_or(below) { near.len() } else { near.partition_point(below) };
    let (taken, rest) = entries.split_at(count);
    *entries = rest;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_exact_quotients() {
        let one = u128::from(Fraction::ONE.parts());
        let sums = (1..2_000_u64).chain((0..32).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) + 1]));
        for sum in sums.chain([65_535 * 65_536, u32::MAX.into()]).filter(|sum| (1..1 << 32).contains(sum)) {
            let scale = Scale::new(sum);
            let scores = (0..65_536_u64).step_by(251).chain([1, 2, 3, 65_533, 65_534, 65_535]);
            for score in scores.filter(|score| *score <= sum) {
                let exact = u128::from(score) * one / u128::from(sum);
                assert_eq!(u128::from(scale.weight(score as u16)), exact, "{score} of {sum}");
            }
        }
        assert_eq!(Scale::new(0).weight(0), 0);
    }

    #[test]
    fn stake_is_shifted_only_as_far_as_needed() {
        let neuron = |stake| Neuron { stake, active: true, permit: true, registered_at: 0 };
        assert_eq!(stake_shift(&[neuron(u64::MAX.into())]), (0, u64::MAX));
        assert_eq!(stake_shift(&[neuron(u64::MAX.into()), neuron(1)]), (1, u64::MAX >> 1));
        assert_eq!(stake_shift(&[neuron(u128::MAX)]), (64, u64::MAX));
        let (shift, sum) = stake_shift(&vec![neuron(u128::MAX); 1 << 16]);
        assert_eq!(shift, 80);
        assert!(sum >= u64::MAX - (1 << 16));
        assert_eq!(stake_shift(&[]), (0, 0));
    }
}
