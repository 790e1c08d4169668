//! Who is owed which part of what a release earns.
//!
//! Every ancestor is owed by all its descendants, at its own rate. With `O(c) = { a: royalty(a) }` over all ancestors
//! `a` of a release `c`, each once, a payment to `c` is split as `O(c) + { c: 1 - sum O(c) }`. A step in between that
//! asks nothing therefore dilutes nobody.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::{PerThing, Permill};
use sp_core::{bounded::BoundedVec, ConstU32};

use crate::ReleaseId;

/// The highest royalty that a release may ask: 10 %.
pub const MAX_ROYALTY: Permill = Permill::from_percent(10);
/// The most that all ancestors together may be owed: one half.
pub const MAX_SPLIT: Permill = Permill::from_percent(50);
/// How many ancestors may ask.
pub const MAX_ASKING_ANCESTORS: u32 = 32;

/// Why a release cannot have these parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// More than [`MAX_ASKING_ANCESTORS`] ancestors ask a royalty.
    TooManyAncestors,
    /// The ancestors together ask more than [`MAX_SPLIT`].
    AboveMaximum,
}

/// What a release owes to its ancestors: the ancestors that ask, ordered by id, each with its rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RoyaltySplit(BoundedVec<(ReleaseId, Permill), ConstU32<MAX_ASKING_ANCESTORS>>);

impl RoyaltySplit {
    /// The split of a release that was built from `parents`: of each its id, the royalty that it asks, and its own
    /// split.
    pub fn of<'a>(parents: impl IntoIterator<Item = (ReleaseId, Permill, &'a Self)>) -> Result<Self, SplitError> {
        let mut split = Self::default();
        for (parent, royalty, ancestors) in parents {
            split.owe(parent, royalty)?;
            for (ancestor, royalty) in ancestors.iter() {
                split.owe(ancestor, royalty)?;
            }
        }
        if split.total_parts() > u64::from(MAX_SPLIT.deconstruct()) {
            return Err(SplitError::AboveMaximum);
        }
        Ok(split)
    }

    fn owe(&mut self, ancestor: ReleaseId, royalty: Permill) -> Result<(), SplitError> {
        if royalty.is_zero() {
            return Ok(());
        }
        match self.0.binary_search_by_key(&ancestor, |(owed, _)| *owed) {
            Ok(_) => Ok(()),
            Err(at) => self.0.try_insert(at, (ancestor, royalty)).map_err(|_| SplitError::TooManyAncestors),
        }
    }

    /// The ancestors that are owed, ordered by id, each with its rate.
    pub fn iter(&self) -> impl Iterator<Item = (ReleaseId, Permill)> + '_ {
        self.0.iter().copied()
    }

    /// How many ancestors are owed.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is owed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is left for the release itself.
    pub fn own(&self) -> Permill {
        Permill::from_parts(u32::try_from(self.total_parts()).unwrap_or(u32::MAX)).left_from_one()
    }

    fn total_parts(&self) -> u64 {
        self.iter().map(|(_, rate)| u64::from(rate.deconstruct())).fold(0, u64::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RecordId;
    use proptest::prelude::*;

    fn id(record: u64) -> ReleaseId {
        ReleaseId::new(RecordId(record), 1)
    }

    fn percent(percent: u32) -> Permill {
        Permill::from_percent(percent)
    }

    #[test]
    fn an_ancestor_reached_twice_is_owed_once() {
        let none = RoyaltySplit::default();
        let left = RoyaltySplit::of([(id(1), percent(5), &none)]).unwrap();
        let right = left.clone();
        let both = RoyaltySplit::of([(id(2), percent(1), &left), (id(3), percent(0), &right)]).unwrap();
        assert_eq!(both.iter().collect::<Vec<_>>(), [(id(1), percent(5)), (id(2), percent(1))]);
        assert_eq!(both.own(), percent(94));
    }

    #[test]
    fn more_than_one_half_or_too_many_is_refused() {
        let none = RoyaltySplit::default();
        let parents = |count: u64, rate| (1..=count).map(move |n| (id(n), rate)).collect::<Vec<_>>();
        let split = |parents: Vec<(ReleaseId, Permill)>| {
            RoyaltySplit::of(parents.into_iter().map(|(id, rate)| (id, rate, &none)))
        };
        assert!(split(parents(5, percent(10))).is_ok());
        assert_eq!(split(parents(6, percent(10))), Err(SplitError::AboveMaximum));
        assert!(split(parents(32, percent(1))).is_ok());
        assert_eq!(split(parents(33, percent(1))), Err(SplitError::TooManyAncestors));
    }

    proptest! {
        /// A chain of releases, with and without a step in between that asks nothing (or something): the shares of
        /// those before it are what they were.
        #[test]
        fn a_step_in_between_dilutes_nobody(
            rates in proptest::collection::vec(0u32..20_000, 1..20),
            at in 0usize..20,
            inserted in 0u32..20_000,
        ) {
            let build = |rates: &[(u64, u32)]| {
                let mut split = RoyaltySplit::default();
                for (record, rate) in rates {
                    split = RoyaltySplit::of([(id(*record), Permill::from_parts(*rate), &split)])?;
                }
                Ok::<_, SplitError>(split)
            };
            let plain: Vec<_> = rates.iter().enumerate().map(|(n, r)| (n as u64, *r)).collect();
            let mut with = plain.clone();
            with.insert(at.min(plain.len()), (1_000, inserted));
            if let (Ok(before), Ok(after)) = (build(&plain), build(&with)) {
                for (ancestor, rate) in before.iter() {
                    prop_assert!(after.iter().any(|owed| owed == (ancestor, rate)));
                }
                prop_assert!(after.own() <= before.own());
            }
        }

        /// All parts together are the whole.
        #[test]
        fn parts_add_up(rates in proptest::collection::vec(0u32..100_000, 0..40)) {
            let none = RoyaltySplit::default();
            let parents = rates.iter().enumerate().map(|(n, r)| (id(n as u64), Permill::from_parts(*r), &none));
            if let Ok(split) = RoyaltySplit::of(parents) {
                let owed: u32 = split.iter().map(|(_, rate)| rate.deconstruct()).sum();
                prop_assert_eq!(owed + split.own().deconstruct(), 1_000_000);
                prop_assert!(split.own() >= Permill::from_percent(50));
            }
        }
    }
}
