//! Warning of a release.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::{Relation, ReleaseId, Text};
use sp_keyring::Sr25519Keyring::{Alice, Bob};

use super::world::*;

fn yank(release: ReleaseId, successor: Option<ReleaseId>) -> pallet_records::Call<crate::Runtime> {
    pallet_records::Call::yank { release, reason: Text::new("leaks its training data").unwrap(), successor }
}

#[test]
fn a_yank_stands_and_names_what_to_use_instead() {
    story(|| {
        let model = model_of(Alice, "alice");
        let first = register(Alice, model, bytes(1)).unwrap();
        let second = register(Alice, model, bytes(2)).unwrap();
        assert_noop!(try_call(Bob, yank(first, None)), RecordError::NotOwner);
        assert_noop!(try_call(Alice, yank(first, Some(first))), RecordError::SuccessorIsItself);
        let unknown = ReleaseId::new(model, 3);
        assert_noop!(try_call(Alice, yank(first, Some(unknown))), RecordError::UnknownRelease);
        assert_noop!(try_call(Alice, yank(unknown, None)), RecordError::UnknownRelease);
        assert_ok!(try_call(Alice, yank(first, Some(second))));
        assert_eq!(stored(first).yanked.unwrap().successor, Some(second));
        assert_noop!(try_call(Alice, yank(first, None)), RecordError::AlreadyYanked);
    });
}

#[test]
fn what_cites_a_yanked_release_afterwards_says_so() {
    story(|| {
        let base = model_of(Bob, "bob");
        let base = register(Bob, base, bytes(1)).unwrap();
        let model = model_of(Alice, "alice");
        let before = register(Alice, model, built_from(2, &[(base, Relation::FineTune)])).unwrap();
        assert_ok!(try_call(Bob, yank(base, None)));
        let after = register(Alice, model, built_from(3, &[(base, Relation::FineTune)])).unwrap();
        assert!(!stored(before).parents[0].yanked);
        assert!(stored(after).parents[0].yanked);
    });
}
