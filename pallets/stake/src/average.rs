//! The moving average of a subnet's stake, and what share of the emission follows from it.
//!
//! An exponential average: its distance from the stake halves every [`Config::AverageHalfLife`] blocks. As stake stays the
//! same between two changes, the average is reckoned when it changes, or when somebody asks; no block has to.

use alloc::vec::Vec;

use frame_support::traits::Get;
use pedigree_primitives::NetUid;
use sp_arithmetic::{per_things::Rounding, PerThing, Perquintill};
use sp_runtime::traits::{SaturatedConversion, Saturating};

use crate::{Balance, Config, Pallet, TotalOf, Totals};

/// The natural logarithm of 2, in quintillionths.
const LN_2: u64 = 693_147_180_559_945_309;

/// What of a distance from the average is left after so many blocks.
///
/// In a block `1 - ln 2 / half_life` of it, which differs from a half-life's exact root by less than `1 / half_life^2`.
fn left_after(blocks: u64, half_life: u64) -> Perquintill {
    let lost = LN_2.checked_div(half_life).unwrap_or(LN_2);
    let each = Perquintill::from_parts(Perquintill::ACCURACY.saturating_sub(lost));
    each.saturating_pow(blocks.try_into().unwrap_or(usize::MAX))
}

impl<T: Config> Pallet<T> {
    /// The average of a subnet's stake now.
    pub fn average(total: &TotalOf<T>) -> Balance {
        let blocks = Self::now().saturating_sub(total.averaged).saturated_into();
        let left = left_after(blocks, T::AverageHalfLife::get().saturated_into());
        let distance = left.mul_floor(total.stake.abs_diff(total.average));
        if total.stake >= total.average {
            total.stake.saturating_sub(distance)
        } else {
            total.stake.saturating_add(distance)
        }
    }

    /// Changes a subnet's stake; what it was until now goes into the average.
    pub(crate) fn change_total(netuid: NetUid, change: impl FnOnce(Balance) -> Balance) {
        Totals::<T>::mutate(netuid, |total| {
            let total = total.get_or_insert_default();
            total.average = Self::average(total);
            total.averaged = Self::now();
            total.stake = change(total.stake);
        });
    }

    pub(crate) fn emission_shares(subnets: &[(NetUid, Perquintill)]) -> Vec<Perquintill> {
        let averages: Vec<Balance> = subnets
            .iter()
            .map(|(netuid, _)| Totals::<T>::get(netuid).map_or(0, |total| Self::average(&total)))
            .collect();
        let all = averages.iter().fold(0, |sum: Balance, average| sum.saturating_add(*average));
        averages
            .iter()
            .zip(subnets)
            .map(|(average, (_, most))| {
                let share = Perquintill::from_rational_with_rounding(*average, all, Rounding::Down);
                share.unwrap_or_default().min(*most)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_left_after_a_half_life() {
        for half_life in [1_000, 201_600, 5_000_000] {
            let left = left_after(half_life, half_life).deconstruct() as f64 / 1e18;
            assert!((left - 0.5).abs() < 0.5 / half_life as f64, "{half_life}: {left}");
            let quarter = left_after(2 * half_life, half_life).deconstruct() as f64 / 1e18;
            assert!((quarter - 0.25).abs() < 0.5 / half_life as f64, "{half_life}: {quarter}");
        }
    }

    #[test]
    fn all_is_left_at_once_and_nothing_in_the_end() {
        assert_eq!(left_after(0, 201_600), Perquintill::one());
        assert_eq!(left_after(u64::MAX, 201_600), Perquintill::zero());
        assert!(left_after(1, 1) < Perquintill::one());
    }
}
