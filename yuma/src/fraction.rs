//! The one number format: a fraction of 65535 * 2^48 parts, and what is computed with several of them.

use alloc::vec::Vec;

/// A number from zero to one, in steps of `1 / (65535 * 2^48)`, which is about `5.4e-20`.
///
/// The parts fit in 64 bits, and every `u16` out of 65535 (a stored bond, kappa, a penalty) is a whole number of them: what is
/// stored and read again is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(u64);

/// By how many bits a part is smaller than one 65535th.
const FINER: u32 = 48;

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole: `65535 * 2^48` parts.
    pub const ONE: Self = Self(65_535 << FINER);

    /// So many parts of [`Fraction::ONE`]; more than there are come to one.
    pub const fn from_parts(parts: u64) -> Self {
        if parts > Self::ONE.0 {
            Self::ONE
        } else {
            Self(parts)
        }
    }

    /// How many parts of [`Fraction::ONE`] it has.
    pub const fn parts(self) -> u64 {
        self.0
    }

    /// `numerator / 65535`, exactly.
    pub const fn from_u16(numerator: u16) -> Self {
        // A `u16` leaves 48 bits free. (`From` is no `const fn`.)
        Self((numerator as u64) << FINER)
    }

    /// How many 65535ths it has, rounded down.
    pub const fn to_u16(self) -> u16 {
        // `ONE` has 65535 of them, and nothing has more.
        (self.0 >> FINER) as u16
    }
}

/// How many bits `number` takes.
pub(crate) fn bits(number: u128) -> u32 {
    u128::BITS.saturating_sub(number.leading_zeros())
}

/// What each of `amounts` is of their sum, rounded down: together never more than one, and less by fewer than three parts for each
/// amount (than one, where the sum fits in 64 bits). All zero where the sum is. The sum must fit in 128 bits.
pub(crate) fn shares(amounts: &[u128]) -> Vec<Fraction> {
    let sum = amounts.iter().fold(0_u128, |sum, amount| sum.saturating_add(*amount));
    let shift = bits(sum).saturating_sub(u64::BITS);
    let sum = sum >> shift;
    // Below 2^64 times 2^64. Shifting each down gives no more than the shifted sum.
    let share = |amount: &u128| (amount >> shift).saturating_mul(Fraction::ONE.0.into()).checked_div(sum).unwrap_or(0);
    amounts.iter().map(|amount| Fraction(u64::try_from(share(amount)).unwrap_or(0).min(Fraction::ONE.0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_u16_is_the_same_when_stored_and_read_again() {
        for number in 0..=u16::MAX {
            assert_eq!(Fraction::from_u16(number).to_u16(), number);
        }
        assert_eq!(Fraction::from_u16(u16::MAX), Fraction::ONE);
        assert_eq!(Fraction::from_parts(Fraction::ONE.parts() - 1).to_u16(), 65_534);
        assert_eq!(Fraction::from_parts(u64::MAX), Fraction::ONE);
    }

    #[test]
    fn shares_are_one_together_or_a_little_less() {
        for amounts in [vec![1, 1, 1], vec![u128::MAX / 3; 3], vec![1 << 64, 1], vec![7, 0, u128::from(u64::MAX)]] {
            let shares = shares(&amounts);
            let together: u128 = shares.iter().map(|share| u128::from(share.parts())).sum();
            let one = u128::from(Fraction::ONE.parts());
            assert!(together <= one && together + 3 * shares.len() as u128 >= one, "{amounts:?}: {together}");
        }
        assert_eq!(shares(&[5]), [Fraction::ONE]);
        assert_eq!(shares(&[0, 9]), [Fraction::ZERO, Fraction::ONE]);
        assert_eq!(shares(&[0, 0]), [Fraction::ZERO; 2]);
        assert!(shares(&[]).is_empty());
    }
}
