//! What the stake agrees on: consensus, and the rank of each contributor.

use crate::rows::{take_below, Entries, Row, Rows};
use alloc::{vec, vec::Vec};

/// By uid.
pub(crate) struct Consensus {
    /// In parts of one.
    pub(crate) consensus: Vec<u64>,
    /// `sum_i stake_i * min(W_ij, C_j)`, exactly. Together they fit in 128 bits, as all stake fits in 64, and the weights of a row
    /// are one together.
    pub(crate) ranks: Vec<u128>,
}

/// What kappa is out of.
const WHOLE: u128 = u16::MAX as u128;

/// A weight and the stake behind it.
type Support = (u64, u64);

/// So many entries are left free before each column, a cache line. Columns of a power of two would otherwise all begin at places
/// that a processor's cache takes for neighbours, and push each other out of it.
const GAP: usize = 4;

/// `C_j = min{ w : sum of stake_i over W_ij <= w is > (1 - kappa) * stake }`, and the ranks that follow from it.
///
/// Columns are collected a block at a time, so that what is needed for it does not grow with the number of scores.
pub(crate) fn consensus(rows: &Rows<'_>, neurons: usize, kappa: u16) -> Consensus {
    let mut found = Consensus { consensus: vec![0; neurons], ranks: vec![0; neurons] };
    // Those without stake have no say.
    let rows_with_stake: Vec<&Row<'_>> = rows.rows.iter().filter(|row| row.stake > 0).collect();
    let mut left: Vec<&Entries> = rows_with_stake.iter().map(|row| row.scores.as_ref()).collect();
    let mut blocks: Vec<&Entries> = Vec::with_capacity(left.len());
    // For each column of the block, where the next entry goes; in the end, where the column ends.
    let mut ends = Vec::with_capacity(rows.columns_at_a_time);
    let mut entries: Vec<Support> = Vec::new();
    // An integer is above this where it is above the fraction that is rounded down here.
    let opposed = u128::from(rows.stake).saturating_mul(u16::MAX.saturating_sub(kappa).into()) / WHOLE;
    let opposed = u64::try_from(opposed).unwrap_or(u64::MAX);

    let consensus_blocks = found.consensus.chunks_mut(rows.columns_at_a_time);
    let rank_blocks = found.ranks.chunks_mut(rows.columns_at_a_time);
    let mut start = 0_usize;
    for (consensus, ranks) in consensus_blocks.zip(rank_blocks) {
        let end = start.saturating_add(consensus.len());
        let column = |uid: u16| usize::from(uid).wrapping_sub(start);
        blocks.clear();
        blocks.extend(left.iter_mut().map(|left| take_below(left, end, consensus.len())));

        // A counting sort by column.
        ends.clear();
        ends.resize(consensus.len(), 0_usize);
        for (uid, _) in blocks.iter().copied().flatten() {
            if let Some(count) = ends.get_mut(column(*uid)) {
                *count = count.wrapping_add(1);
            }
        }
        let mut count = 0_usize;
        for end in &mut ends {
            let before = count.wrapping_add(GAP);
            count = before.wrapping_add(*end);
            *end = before;
        }
        entries.resize(count, (0, 0));
        for (row, block) in rows_with_stake.iter().zip(&blocks) {
            let (scale, stake) = (row.scale, row.stake);
            for (uid, score) in *block {
                let Some(end) = ends.get_mut(column(*uid)) else { continue };
                if let Some(entry) = entries.get_mut(*end) {
                    *entry = (scale.weight(*score), stake);
                }
                *end = end.wrapping_add(1);
            }
        }

        let mut rest = entries.as_mut_slice();
        let mut taken = 0_usize;
        for ((consensus, rank), end) in consensus.iter_mut().zip(ranks).zip(&ends) {
            let (column, others) = rest.split_at_mut(end.wrapping_sub(taken));
            let (_, column) = column.split_at_mut(GAP);
            (rest, taken) = (others, *end);
            *consensus = supported(column, rows.stake, opposed);
            *rank = self::rank(column, *consensus);
        }
        start = end;
    }
    found
}

/// The least weight such that the stake behind this one and all lower ones is more than `opposed`; the highest, where it never
/// is. Whoever of `stake` is not in the column is behind zero. Linear in its length, whatever the weights.
fn supported(column: &mut [Support], stake: u64, opposed: u64) -> u64 {
    let behind = |entries: &[Support]| entries.iter().fold(0_u64, |sum, (_, stake)| sum.wrapping_add(*stake));
    let silent = stake.wrapping_sub(behind(column));
    let Some(mut opposed) = opposed.checked_sub(silent) else { return 0 };
    let mut highest = 0;
    let mut column = column;
    // The half in which the sum is passed, and the half of that.
    while !column.is_empty() {
        let middle = column.len() / 2;
        let (below, (weight, stake), above) = column.select_nth_unstable_by_key(middle, |(weight, _)| *weight);
        let behind_below = behind(below);
        match opposed.checked_sub(behind_below) {
            None => column = below,
            Some(left) => match left.checked_sub(*stake) {
                None => return *weight,
                Some(left) => (opposed, highest, column) = (left, *weight, above),
            },
        }
    }
    highest
}

/// The stake behind each weight times the weight, as far as it is within consensus.
fn rank(column: &[Support], consensus: u64) -> u128 {
    if consensus == 0 {
        return 0;
    }
    let weighed = |(weight, stake): &Support| u128::from(*weight.min(&consensus)).wrapping_mul(u128::from(*stake));
    column.iter().fold(0_u128, |sum, support| sum.wrapping_add(weighed(support)))
}
