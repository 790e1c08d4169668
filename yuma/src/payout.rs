//! From an outcome to amounts.

use crate::{Fraction, Outcome};
use alloc::vec::Vec;

/// What an epoch pays. All of it and the remainder are the emission, to the last unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// By uid, to contributors.
    pub incentive: Vec<u128>,
    /// By uid, to evaluators.
    pub dividends: Vec<u128>,
    /// What rounding down leaves; everything, where nobody is to be paid. It stays in the pot.
    pub remainder: u128,
}

impl Outcome {
    /// Spreads `emission`: `floor(emission * I_j / (sum I + sum D))` as incentive, likewise with `D` as dividends. Where there is
    /// neither, evaluators are paid by their active stake.
    pub fn payout(&self, emission: u128) -> Payout {
        let earned = sum(&self.incentive).saturating_add(sum(&self.dividends));
        let payout = if earned > 0 {
            Payout {
                incentive: spread(emission, &self.incentive, earned),
                dividends: spread(emission, &self.dividends, earned),
                remainder: 0,
            }
        } else {
            Payout {
                incentive: spread(emission, &self.incentive, 1),
                dividends: spread(emission, &self.active_stake, sum(&self.active_stake)),
                remainder: 0,
            }
        };
        let paid = payout.incentive.iter().chain(&payout.dividends).fold(0_u128, |sum, part| sum.saturating_add(*part));
        Payout { remainder: emission.saturating_sub(paid), ..payout }
    }
}

/// In parts; as many of them as memory can hold don't overflow.
fn sum(fractions: &[Fraction]) -> u128 {
    fractions.iter().fold(0_u128, |sum, fraction| sum.saturating_add(fraction.parts().into()))
}

fn spread(emission: u128, fractions: &[Fraction], whole: u128) -> Vec<u128> {
    fractions.iter().map(|fraction| part(emission, fraction.parts(), whole)).collect()
}

/// `floor(emission * parts / whole)`, exactly; zero where `whole` is. `parts` is one of those that `whole` is the sum of, and
/// `whole` is below `2^87`: [`MAX_NEURONS`](crate::MAX_NEURONS) twice are `2^81`.
fn part(emission: u128, parts: u64, whole: u128) -> u128 {
    const LOWER: u32 = 40;
    let divide = |number: u128| {
        let quotient = number.checked_div(whole).unwrap_or(0);
        (quotient, number.wrapping_sub(quotient.wrapping_mul(whole)))
    };
    // Long division, as the product takes up to 192 bits. What the first step leaves is below `whole`, and is taken in two
    // pieces: 47 and 40 bits, each times 64. What the second step leaves is again below `whole`: it fits in front of the 40.
    let parts = u128::from(parts);
    let (times, rest) = divide(emission);
    let (upper, lower) = (rest >> LOWER, rest & ((1 << LOWER) - 1));
    let (above, left) = divide(upper.wrapping_mul(parts));
    let (below, _) = divide((left << LOWER).wrapping_add(lower.wrapping_mul(parts)));
    times.wrapping_mul(parts).wrapping_add(above << LOWER).wrapping_add(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn a_part_is_exact_where_the_product_takes_more_than_128_bits() {
        // floor((2^128 - 1) / 3), and what fits in 128 bits.
        assert_eq!(part(u128::MAX, 1, 3), u128::MAX / 3);
        assert_eq!(part(u128::MAX, u64::MAX, u64::MAX.into()), u128::MAX);
        assert_eq!(part(u128::MAX, u64::MAX, u128::from(u64::MAX) * 2), u128::MAX / 2);
        // (2^128 - 1) (2^64 - 1) / (2^64 + 1) = (2^64 - 1)^2
        assert_eq!(part(u128::MAX, u64::MAX, (1 << 64) + 1), u128::from(u64::MAX) * u128::from(u64::MAX));
        // (2^128 - 1) (2^64 - 1) / 2^80 = 2^112 - 2^48 - a little
        assert_eq!(part(u128::MAX, u64::MAX, 1 << 80), (1 << 112) - (1 << 48) - 1);
        for (emission, parts, whole) in
            [(1_000_003, 17, 170), (7, 1, 8), (0, 5, 9), (12_345_678_901_234, 65_535, 65_536)]
        {
            assert_eq!(part(emission, parts, whole), emission * u128::from(parts) / whole);
        }
        assert_eq!(part(5, 0, 0), 0);
    }

    #[test]
    fn half_is_incentive_and_half_dividends() {
        let half = Fraction::from_parts(Fraction::ONE.parts() / 2);
        let outcome = Outcome {
            incentive: vec![Fraction::ZERO, half, half],
            dividends: vec![Fraction::ONE, Fraction::ZERO, Fraction::ZERO],
            ..Outcome::default()
        };
        let payout = outcome.payout(1_001);
        assert_eq!(payout.incentive, [0, 250, 250]);
        assert_eq!(payout.dividends, [500, 0, 0]);
        assert_eq!(payout.remainder, 1);
    }

    #[test]
    fn evaluators_are_paid_by_their_active_stake_where_nothing_is_earned() {
        let half = Fraction::from_parts(Fraction::ONE.parts() / 2);
        let nothing = vec![Fraction::ZERO; 3];
        let active_stake = vec![half, half, Fraction::ZERO];
        let outcome = Outcome { incentive: nothing.clone(), dividends: nothing, active_stake, ..Outcome::default() };
        let payout = outcome.payout(u128::MAX);
        assert_eq!(payout.incentive, [0; 3]);
        assert_eq!(payout.dividends, [u128::MAX / 2, u128::MAX / 2, 0]);
        assert_eq!(payout.remainder, 1);
    }

    #[test]
    fn nothing_is_paid_where_there_is_nobody_to_pay() {
        let nothing = vec![Fraction::ZERO; 2];
        let outcome = Outcome {
            incentive: nothing.clone(),
            dividends: nothing.clone(),
            active_stake: nothing,
            ..Outcome::default()
        };
        assert_eq!(outcome.payout(9), Payout { incentive: vec![0; 2], dividends: vec![0; 2], remainder: 9 });
        assert_eq!(Outcome::default().payout(9).remainder, 9);
    }
}
