//! Who is owed because of whom.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::{traits::Registry, NewRelease, Relation, ReleaseId};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie};
use sp_runtime::Permill;

use super::world::*;
use crate::{AccountId, Records};

fn owed(id: ReleaseId) -> Vec<(ReleaseId, u32)> {
    let split = <Records as Registry<AccountId>>::split(id).unwrap();
    split.iter().map(|(id, rate)| (id, rate.deconstruct())).collect()
}

/// A model of `who`'s that asks so many percent, built from these.
fn asks(who: Sr25519Keyring, space: &str, n: u64, percent: u32, parents: &[ReleaseId]) -> ReleaseId {
    let model = model_of(who, space);
    let parents: Vec<_> = parents.iter().map(|id| (*id, Relation::FineTune)).collect();
    register(who, model, NewRelease { terms: asking(percent), ..built_from(n, &parents) }).unwrap()
}

#[test]
fn every_ancestor_is_owed_by_all_descendants_at_its_own_rate() {
    story(|| {
        let first = asks(Alice, "first", 1, 5, &[]);
        let second = asks(Bob, "second", 2, 2, &[first]);
        let third = asks(Charlie, "third", 3, 1, &[second]);
        let fourth = asks(Alice, "fourth", 4, 0, &[third]);
        assert_eq!(owed(first), []);
        assert_eq!(owed(second), [(first, 50_000)]);
        assert_eq!(owed(fourth), [(first, 50_000), (second, 20_000), (third, 10_000)]);
    });
}

#[test]
fn a_step_that_asks_nothing_dilutes_nobody() {
    story(|| {
        let first = asks(Alice, "first", 1, 5, &[]);
        let step = asks(Bob, "step", 2, 0, &[first]);
        let direct = asks(Bob, "direct", 3, 0, &[first]);
        let through = asks(Bob, "through", 4, 0, &[step]);
        assert_eq!(owed(direct), owed(through));
    });
}

#[test]
fn what_two_parents_share_is_owed_once() {
    story(|| {
        let base = asks(Alice, "base", 1, 10, &[]);
        let left = asks(Bob, "left", 2, 1, &[base]);
        let right = asks(Charlie, "right", 3, 1, &[base]);
        let merged = asks(Alice, "merged", 4, 0, &[left, right]);
        assert_eq!(owed(merged), [(base, 100_000), (left, 10_000), (right, 10_000)]);
    });
}

#[test]
fn all_ancestors_together_ask_one_half_at_most() {
    story(|| {
        let mut chain = vec![];
        for n in 0..5u64 {
            let parents = chain.last().copied().into_iter().collect::<Vec<_>>();
            chain.push(asks(Alice, &format!("step{n}"), n + 1, 10, &parents));
        }
        let fifth = *chain.last().unwrap();
        let sixth = asks(Bob, "sixth", 50, 10, &[fifth]);
        assert_eq!(owed(sixth).len(), 5);
        let seventh = model_of(Bob, "seventh");
        reserve(Bob, root(60).0);
        assert_noop!(
            try_release(Bob, seventh, built_from(60, &[(sixth, Relation::FineTune)])),
            RecordError::RoyaltiesAboveMaximum
        );
    });
}

#[test]
fn more_than_32_ancestors_that_ask_are_refused() {
    story(|| {
        let tiny = |n: u64| NewRelease {
            terms: pedigree_primitives::Terms { royalty: Permill::from_parts(1_000), ..open_terms() },
            ..bytes(n)
        };
        let base = model_of(Alice, "alice");
        let ancestors: Vec<_> = (1..=33).map(|n| register(Alice, base, tiny(n)).unwrap()).collect();
        let merge = model_of(Bob, "bob");
        let mut merged = vec![];
        for (n, part) in ancestors.chunks(11).enumerate() {
            let parents: Vec<_> = part.iter().map(|id| (*id, Relation::Merge)).collect();
            merged.push(register(Bob, merge, built_from(100 + n as u64, &parents)).unwrap());
        }
        reserve(Bob, root(200).0);
        let all: Vec<_> = merged.iter().map(|id| (*id, Relation::Merge)).collect();
        assert_noop!(try_release(Bob, merge, built_from(200, &all)), RecordError::TooManyAskingAncestors);
        assert_ok!(try_release(Bob, merge, built_from(200, &all[..2])));
    });
}

#[test]
fn only_the_holder_of_a_root_asks() {
    story(|| {
        let first = asks(Alice, "first", 1, 5, &[]);
        assert!(Records::is_holder(first, &stored(first)));
        let copy = model_of(Bob, "copy");
        reserve(Bob, root(1).0);
        let greedy = NewRelease { terms: asking(5), ..bytes(1) };
        assert_noop!(try_release(Bob, copy, greedy), RecordError::RoyaltyNeedsHolder);
        assert_ok!(try_release(Bob, copy, bytes(1)));
    });
}
