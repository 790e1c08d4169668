//! Bonds: what evaluators have from scoring a contributor, and what they earn by it.

use crate::{
    alpha::{Alpha, Liquid},
    fraction::{bits, Fraction},
    rows::{take_below, Entries, Row, Rows},
};
use alloc::vec::Vec;

/// For each row.
pub(crate) struct Bonds {
    /// How much of the row's weights is within consensus, in parts of one.
    pub(crate) trust: Vec<u64>,
    /// The bonds as they are stored.
    pub(crate) bonds: Vec<Vec<(u16, u16)>>,
    /// `stake_i * sum_j B'_ij / (sum_i B'_ij) I_j`, the sum in parts of one. Together they fit in 128 bits, as all stake fits in
    /// 64.
    pub(crate) earned: Vec<u128>,
}

/// How bonds move: the same for all pairs, or as far as each is from consensus.
pub(crate) enum Movement {
    Constant(Alpha),
    Liquid(Liquid),
}

/// The bonds that weights, consensus and the bonds before lead to, and what they earn of `incentive`.
pub(crate) fn bonds(
    rows: &Rows<'_>,
    consensus: &[u64],
    incentive: &[Fraction],
    penalty: u16,
    movement: &Movement,
) -> Bonds {
    let unchanged = |weight: u64, _clipped: u64| weight;
    let penalised = |weight: u64, clipped: u64| weight.wrapping_sub(part(weight.wrapping_sub(clipped), penalty));
    // How far a rising bond's weight is above consensus, or a falling one from its weight.
    let distance = |bond: u64, target: u64, consensus: u64| {
        target.max(bond).saturating_sub(if target >= bond { consensus } else { target })
    };
    // Each of the four is a loop of its own, which asks no question that has the same answer each time.
    match movement {
        Movement::Constant(alpha) => {
            let alpha = |_, _, _| *alpha;
            if penalty == 0 {
                move_all(rows, consensus, incentive, unchanged, alpha)
            } else {
                move_all(rows, consensus, incentive, penalised, alpha)
            }
        }
        Movement::Liquid(liquid) => {
            let alpha = |bond, target, consensus| liquid.at(distance(bond, target, consensus));
            if penalty == 0 {
                move_all(rows, consensus, incentive, unchanged, alpha)
            } else {
                move_all(rows, consensus, incentive, penalised, alpha)
            }
        }
    }
}

/// `number * numerator / 65535`, rounded down.
fn part(number: u64, numerator: u16) -> u64 {
    const WHOLE: u64 = u16::MAX as u64;
    let numerator = u64::from(numerator);
    // At most `number`.
    let (whole, rest) = (number / WHOLE, number % WHOLE);
    whole.wrapping_mul(numerator).wrapping_add(rest.wrapping_mul(numerator) / WHOLE)
}

/// `target` is given a weight, and what of it is within consensus; `alpha` a bond, the target that it moves to, and the consensus.
///
/// As for consensus, a block of columns at a time: bonds are divided by the sum of their column, and are not kept as they are
/// before they are rounded.
fn move_all(
    rows: &Rows<'_>,
    consensus: &[u64],
    incentive: &[Fraction],
    target: impl Fn(u64, u64) -> u64,
    alpha: impl Fn(u64, u64, u64) -> Alpha,
) -> Bonds {
    let mut left: Vec<Left<'_>> = rows.rows.iter().map(Left::new).collect();
    let mut entries: Vec<(u16, u64)> = Vec::new();
    let mut columns: Vec<Column> = Vec::with_capacity(rows.columns_at_a_time);
    let mut start = 0_usize;
    let incentive_blocks = incentive.chunks(rows.columns_at_a_time);
    for (consensus, incentive) in consensus.chunks(rows.columns_at_a_time).zip(incentive_blocks) {
        let end = start.saturating_add(consensus.len());
        let column = |uid: u16| usize::from(uid).wrapping_sub(start);
        columns.clear();
        columns.extend(consensus.iter().map(|consensus| Column { consensus: *consensus, ..Column::default() }));

        entries.clear();
        for left in &mut left {
            let (scale, mut trust) = (left.row.scale, 0_u64);
            let before = entries.len();
            let scores = take_below(&mut left.scores, end, consensus.len());
            let bonds = take_below(&mut left.bonds, end, consensus.len());
            for (uid, score, bond) in (Union { scores, bonds }) {
                let Some(column) = columns.get_mut(column(uid)) else { continue };
                let weight = scale.weight(score);
                let clipped = weight.min(column.consensus);
                trust = trust.wrapping_add(clipped);
                let bond = Fraction::from_u16(bond).parts();
                let target = target(weight, clipped);
                let bond = alpha(bond, target, column.consensus).blend(bond, target);
                column.bonds = column.bonds.wrapping_add(bond.into());
                entries.push((uid, bond));
            }
            left.trust = left.trust.wrapping_add(trust);
            left.entries = entries.len().wrapping_sub(before);
        }

        columns.iter_mut().zip(incentive).for_each(|(column, incentive)| column.set_incentive_per_bond(*incentive));
        let mut rest = entries.as_slice();
        for left in &mut left {
            let (entries, others) = rest.split_at(left.entries);
            rest = others;
            let mut earned = 0_u64;
            for (uid, bond) in entries {
                let Some(column) = columns.get(column(*uid)) else { continue };
                earned = earned.wrapping_add(column.earned_by(*bond));
                let stored = Fraction::from_parts(*bond).to_u16();
                if stored > 0 {
                    left.stored.push((*uid, stored));
                }
            }
            left.earned = left.earned.wrapping_add(earned);
        }
        start = end;
    }
    let earned = |left: &Left<'_>| u128::from(left.earned).wrapping_mul(left.row.stake.into());
    Bonds {
        trust: left.iter().map(|left| left.trust).collect(),
        earned: left.iter().map(earned).collect(),
        bonds: left.into_iter().map(|left| left.stored).collect(),
    }
}

/// What is left of a row, and what there is of it.
struct Left<'a> {
    row: &'a Row<'a>,
    scores: &'a Entries,
    bonds: &'a Entries,
    /// How many it has in the current block.
    entries: usize,
    trust: u64,
    earned: u64,
    stored: Vec<(u16, u16)>,
}

impl<'a> Left<'a> {
    fn new(row: &'a Row<'a>) -> Self {
        let (scores, bonds) = (row.scores.as_ref(), row.bonds.as_ref());
        let stored = Vec::with_capacity(scores.len().max(bonds.len()));
        Self { row, scores, bonds, entries: 0, trust: 0, earned: 0, stored }
    }
}

/// What a column comes to.
#[derive(Clone, Copy, Default)]
struct Column {
    consensus: u64,
    /// All bonds together, in parts of one.
    bonds: u128,
    /// `incentive / bonds` is `factor / 2^shift`.
    factor: u64,
    shift: u32,
}

impl Column {
    /// With as many bits as a division of 128 bits gives, so that neither tiny bonds nor tiny incentive lose precision: at least
    /// 48, and 64 where the bonds are not more than one together.
    fn set_incentive_per_bond(&mut self, incentive: Fraction) {
        let incentive = u128::from(incentive.parts());
        // Of zero: all 128, and the quotient is zero whatever it is shifted by.
        let up = incentive.leading_zeros().min(127);
        let quotient = (incentive << up).checked_div(self.bonds).unwrap_or(0);
        let down = bits(quotient).saturating_sub(u64::BITS);
        self.factor = (quotient >> down) as u64;
        self.shift = up.saturating_sub(down);
    }

    /// What `bond` has of the incentive. As everything is rounded down, all bonds have no more than all of it.
    #[inline(always)]
    fn earned_by(&self, bond: u64) -> u64 {
        (u128::from(bond).wrapping_mul(u128::from(self.factor)) >> self.shift) as u64
    }
}

/// All uids that have a score or a bond, in order, with both; zero where there is none.
struct Union<'a> {
    scores: &'a Entries,
    bonds: &'a Entries,
}

impl Iterator for Union<'_> {
    type Item = (u16, u16, u16);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        match (self.scores.split_first(), self.bonds.split_first()) {
            (Some(((uid, score), scores)), Some(((same, bond), bonds))) if uid == same => {
                (self.scores, self.bonds) = (scores, bonds);
                Some((*uid, *score, *bond))
            }
            (Some(((uid, score), scores)), bond) if bond.is_none_or(|((next, _), _)| uid < next) => {
                self.scores = scores;
                Some((*uid, *score, 0))
            }
            (_, Some(((uid, bond), bonds))) => {
                self.bonds = bonds;
                Some((*uid, 0, *bond))
            }
            (_, None) => None,
        }
    }
}
