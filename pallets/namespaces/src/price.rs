//! What a plain name costs.
//!
//! Short names are few and wanted, so each letter less than seven makes a name four times as expensive:
//!
//! | letters | 3 | 4 | 5 | 6 | 7 and more |
//! | --- | --- | --- | --- | --- | --- |
//! | times the base price | 256 | 64 | 16 | 4 | 1 |

use frame_support::traits::Get;
use pedigree_primitives::NamespaceName;
use sp_runtime::traits::AtLeast32BitUnsigned;

use crate::{BalanceOf, Config, Pallet};

/// From this length on a name costs the base price.
const FULL_LENGTH: usize = 7;
/// How much more each letter less costs.
const FACTOR: u32 = 4;

/// What a plain name of `length` letters costs, if the longest cost `base`.
pub fn price<Balance: AtLeast32BitUnsigned + Copy>(base: Balance, length: usize) -> Balance {
    (length..FULL_LENGTH).fold(base, |price, _| price.saturating_mul(FACTOR.into()))
}

impl<T: Config> Pallet<T> {
    /// What that name costs, if it is a plain one.
    pub fn price_of(name: &NamespaceName) -> Option<BalanceOf<T>> {
        Self::plain(name).ok()?;
        Some(price(T::BasePrice::get(), name.as_str().len()))
    }
}

#[cfg(test)]
mod tests {
    use super::price;

    #[test]
    fn each_letter_less_than_seven_costs_four_times_as_much() {
        let prices: Vec<u64> = (3..=8).map(|length| price(10u64, length)).collect();
        assert_eq!(prices, [2_560, 640, 160, 40, 10, 10]);
        assert_eq!(price(10u64, 32), 10);
    }

    #[test]
    fn a_price_that_is_too_big_stays_the_biggest() {
        assert_eq!(price(u64::MAX / 2, 3), u64::MAX);
        assert_eq!(price(u64::MAX, 0), u64::MAX);
    }
}
