//! Which part of a new bond goes into the moving average.

use crate::{fraction::Fraction, Error, LiquidAlpha, Parameters};
use alloc::vec::Vec;

/// One, here: 63 bits, so that one and everything below it fits in 64.
const ONE: u64 = 1 << 63;

/// The part of the new, and that of the old: together one. Both are kept because both can be tiny, and then only a number of
/// its own is precise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alpha {
    pub(crate) new: u64,
    pub(crate) old: u64,
}

impl Alpha {
    const fn new(new: u64) -> Self {
        Self { new, old: ONE.wrapping_sub(new) }
    }

    /// The part of the new that holds for all pairs.
    pub(crate) fn constant(parameters: &Parameters) -> Result<Self, Error> {
        const MILLION: u32 = 1_000_000;
        if parameters.bonds_moving_average > MILLION {
            return Err(Error::MovingAverageAboveOne);
        }
        Ok(Self::new(ratio(parameters.bonds_moving_average, MILLION)))
    }

    /// `bond` moved towards `target`, both in parts of one: `old * bond + new * target`, less than a part below it.
    #[inline(always)]
    pub(crate) fn blend(self, bond: u64, target: u64) -> u64 {
        // From the lower of the two, so that nothing cancels. Whether a bond rises is a coin toss: no branch hangs on it.
        let part = if target >= bond { self.new } else { self.old };
        target.min(bond).wrapping_add(times(target.abs_diff(bond), part))
    }
}

/// `numerator / denominator` for at most one, to the nearest.
fn ratio(numerator: u32, denominator: u32) -> u64 {
    let (numerator, denominator) = (u128::from(numerator) << 63, u128::from(denominator));
    let nearest = numerator.saturating_add(denominator >> 1).checked_div(denominator).unwrap_or(0);
    u64::try_from(nearest).unwrap_or(ONE)
}

/// `number * part`, rounded down.
#[inline(always)]
fn times(number: u64, part: u64) -> u64 {
    // `part` is at most one, so the product is at most `number`.
    (u128::from(number).wrapping_mul(u128::from(part)) >> 63) as u64
}

/// Between `low` and `high`, along a logistic curve over the distance from consensus.
#[derive(Clone, Debug)]
pub(crate) struct Liquid {
    low: Alpha,
    high: Alpha,
    /// In hundredths.
    steepness: u64,
    /// Whether far is high.
    rises: bool,
    /// The curve's lower half, as far as distances reach with this steepness.
    nodes: Vec<Node>,
}

impl Liquid {
    pub(crate) fn new(parameters: &LiquidAlpha) -> Result<Self, Error> {
        let LiquidAlpha { low, high, steepness } = *parameters;
        if low > high {
            return Err(Error::AlphaLowAboveHigh);
        }
        let part = |number: u16| Alpha::new(ratio(number.into(), u16::MAX.into()));
        let (low, high) = (part(low), part(high));
        let range = high.new.wrapping_sub(low.new);
        // The middle is half of one away, and a steepness of 200 hundredths makes one unit of that. One more for rounding.
        let reach = (u32::from(steepness.unsigned_abs()) << NODES).div_ceil(200).saturating_add(1);
        let nodes =
            TABLE.iter().take(usize::try_from(reach).unwrap_or(TABLE_LEN)).map(|y| Node::new(*y, range)).collect();
        Ok(Self { low, high, steepness: steepness.unsigned_abs().into(), rises: steepness >= 0, nodes })
    }

    /// `low + (high - low) / (1 + exp(-steepness * (distance - 0.5)))`, for a distance in parts of [`Fraction::ONE`].
    ///
    /// How far it is from the nearer of `low` and `high` is right to a relative `2^-32`, or to `2^-62`.
    #[inline(always)]
    pub(crate) fn at(&self, distance: u64) -> Alpha {
        const HALF: u64 = Fraction::ONE.parts() / 2;
        // `steepness / 100 * |distance - 0.5|` with 32 binary places. The distance from the middle is at most 63 bits, of which
        // 16 are left out here; the steepness 15.
        const UNIT: u64 = (Fraction::ONE.parts() >> 48) * 100;
        let product = (distance.abs_diff(HALF) >> 16).wrapping_mul(self.steepness);
        let from_middle = product.wrapping_add(UNIT / 2) / UNIT;
        let inwards = self.tail(from_middle);
        if (distance >= HALF) == self.rises {
            Alpha { new: self.high.new.wrapping_sub(inwards), old: self.high.old.wrapping_add(inwards) }
        } else {
            Alpha { new: self.low.new.wrapping_add(inwards), old: self.low.old.wrapping_sub(inwards) }
        }
    }

    /// `(high - low) / (1 + exp(x))`, for an `x` of at least zero with 32 binary places.
    #[inline(always)]
    fn tail(&self, x: u64) -> u64 {
        const STEP: u32 = 32 - NODES;
        let nearest = x.wrapping_add(1 << (STEP - 1)) >> STEP;
        let node = usize::try_from(nearest).ok().and_then(|nearest| self.nodes.get(nearest));
        node.map_or(0, |node| node.at(x.wrapping_sub(nearest << STEP).cast_signed()))
    }
}

/// The curve around one place, by Taylor's series.
///
/// With `y(x) = 1 / (1 + exp(x))` and `v = 1 - y`, `y' = -y v`, and so
/// `y(x + t) = y - y t (v - t (v (1 - 2y) / 2 - t (v (1 - 6yv) / 6 - t (v (1 - 2y) (1 - 12yv) / 24 - ...))))`. What is left out is
/// a relative `t^5 / 120` at most, which is `8e-12` for `t = 1/64`.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// `y`, times the range of alpha; at most half of [`ONE`].
    value: u64,
    /// From `v` on, with 32 binary places: none is above one.
    coefficients: [i64; 4],
}

impl Node {
    fn new(y: u64, range: u64) -> Self {
        const ONE: i64 = 1 << 32;
        let value = times(y, range);
        let y = (y >> 31).cast_signed();
        let v = ONE.wrapping_sub(y);
        let times = |a: i64, b: i64| (i128::from(a).wrapping_mul(b.into()) >> 32) as i64;
        let yv = times(y, v);
        let second = times(v, ONE.wrapping_sub(y << 1));
        let third = times(v, ONE.wrapping_sub(yv.wrapping_mul(6)));
        let fourth = times(second, ONE.wrapping_sub(yv.wrapping_mul(12)));
        Self { value, coefficients: [v, second / 2, third / 6, fourth / 24] }
    }

    /// For a `t` with 32 binary places, of which only the lower 26 are in use.
    #[inline(always)]
    fn at(&self, t: i64) -> u64 {
        // 36 places make it less than 31 bits, so that no product takes more than 63.
        let t = t << 4;
        let times_t = |number: i64| number.wrapping_mul(t) >> 36;
        let [first, second, third, fourth] = self.coefficients;
        let slope = first.wrapping_sub(times_t(second.wrapping_sub(times_t(third.wrapping_sub(times_t(fourth))))));
        // Here, 36 places are kept: it is what the precision hangs on. `value` has 63 bits, and is multiplied in two halves.
        let change = slope.wrapping_mul(t) >> 32;
        let (upper, lower) = ((self.value >> 32).cast_signed(), (self.value & 0xffff_ffff).cast_signed());
        let change = upper.wrapping_mul(change).wrapping_add(lower.wrapping_mul(change) >> 32) >> 4;
        self.value.wrapping_sub(change.cast_unsigned())
    }
}

/// The curve is kept at so many places of each unit, as a power of two.
const NODES: u32 = 5;
/// From here on, it is nothing: `exp(-43.7)` is below `2^-63`.
const TABLE_LEN: usize = 1_400;

/// `1 / (1 + exp(x))` at `x = 0, 1/32, 2/32, ...`, as fractions of [`ONE`]. Made with integers, when this is compiled.
static TABLE: [u64; TABLE_LEN] = table();

/// An overflow, or a place beyond the table, would not compile.
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
const fn table() -> [u64; TABLE_LEN] {
    // exp(-1/32) with 63 binary places, by its series.
    let (mut step, mut term, mut k) = (0_u128, ONE as u128, 0);
    while term > 0 {
        step = if k % 2 == 0 { step + term } else { step - term };
        k += 1;
        term /= k << NODES;
    }
    // exp(-x) with 120 binary places, so that what is small is still precise.
    let mut power = 1_u128 << 120;
    let mut table = [0; TABLE_LEN];
    let mut node = 0;
    while node < TABLE_LEN {
        // exp(-x) / (1 + exp(-x)): 127 binary places by 64.
        table[node] = ((power << 7) / ((power + (1 << 120)) >> 56)) as u64;
        power = (power >> 63) * step + (((power & (ONE as u128 - 1)) * step) >> 63);
        node += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(part: u64) -> f64 {
        part as f64 / ONE as f64
    }

    #[test]
    fn the_curve_is_right_to_a_relative_2_to_the_minus_32() {
        let liquid = Liquid::new(&LiquidAlpha { low: 0, high: u16::MAX, steepness: i16::MAX }).unwrap();
        for x in (0..46_u64 << 32).step_by(99_989).chain(0..1_000) {
            let expected = 1.0 / (1.0 + (x as f64 / 2_f64.powi(32)).exp());
            let error = (value(liquid.tail(x)) - expected).abs();
            // Half of it: the other half is for the rounding of `x`.
            assert!(error < (expected * 2_f64.powi(-33)).max(2_f64.powi(-62)), "{x}: {error:e} of {expected:e}");
        }
    }

    #[test]
    fn alpha_is_the_formula_for_every_steepness() {
        for (low, high) in [(0, u16::MAX), (6_553, 19_660), (9, 9), (0, 1), (u16::MAX, u16::MAX)] {
            for steepness in (i16::MIN..=i16::MAX).step_by(771).chain([i16::MIN, -1, 0, 1, 199, 200, 201, i16::MAX]) {
                let liquid = Liquid::new(&LiquidAlpha { low, high, steepness }).unwrap();
                let (low, high) = (f64::from(low) / 65_535.0, f64::from(high) / 65_535.0);
                let one = Fraction::ONE.parts();
                for distance in
                    (0..=1_000).map(|part| one / 1_000 * part).chain([1, one / 2 - 1, one / 2, one / 2 + 1, one])
                {
                    let far = distance as f64 / one as f64 - 0.5;
                    let expected = low + (high - low) / (1.0 + (f64::from(steepness) * -far / 100.0).exp());
                    let alpha = liquid.at(distance);
                    let error = (value(alpha.new) - expected).abs();
                    assert!(error < 2_f64.powi(-32), "{low} {high} {steepness} {distance}: {error:e}");
                    assert_eq!(alpha.new + alpha.old, ONE);
                }
            }
        }
    }

    #[test]
    fn a_blend_lies_between_what_it_is_made_of() {
        let one = Fraction::ONE.parts();
        for new in [0, 1, ONE / 3, ONE - 1, ONE] {
            for (bond, target) in [(0, one), (one, 0), (0, 0), (one, one), (1, 0), (0, 1), (one / 3, one / 7)] {
                let blend = Alpha::new(new).blend(bond, target);
                assert!((bond.min(target)..=bond.max(target)).contains(&blend));
                let exact = value(new) * target as f64 + (1.0 - value(new)) * bond as f64;
                assert!((blend as f64 - exact).abs() <= one as f64 * 1e-15);
            }
        }
        assert_eq!(Alpha::new(ONE).blend(5, one), one);
        assert_eq!(Alpha::new(0).blend(5, one), 5);
    }
}
