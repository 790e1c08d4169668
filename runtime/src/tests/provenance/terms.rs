//! A parent's terms bind what is built from it.

use frame_support::{assert_noop, assert_ok};
use pedigree_primitives::{Licence, NewRelease, Relation, ReleaseId, Terms};
use sp_keyring::Sr25519Keyring::{Alice, Bob};

use super::world::*;

/// A parent of Bob's under these terms, and a child of Alice's under those.
fn child_of(parent: Terms, child: Terms) -> Result<ReleaseId, sp_runtime::DispatchError> {
    let base = model_of(Bob, "bob");
    let base = register(Bob, base, NewRelease { terms: parent, ..bytes(1) }).unwrap();
    let model = model_of(Alice, "alice");
    reserve(Alice, root(2).0);
    try_release(Alice, model, NewRelease { terms: child, ..built_from(2, &[(base, Relation::FineTune)]) })
}

#[test]
fn open_terms_allow_a_child() {
    story(|| {
        assert_ok!(child_of(open_terms(), open_terms()));
    });
}

#[test]
fn a_parent_can_forbid_derivatives() {
    story(|| {
        let refused = child_of(Terms { derivatives: false, ..open_terms() }, open_terms());
        assert_eq!(refused, Err(RecordError::ParentForbidsDerivatives { parent: 0 }.into()));
    });
}

#[test]
fn commercial_use_stays_forbidden() {
    story(|| {
        let refused = child_of(Terms { commercial_use: false, ..open_terms() }, open_terms());
        assert_eq!(refused, Err(RecordError::ParentForbidsCommercialUse { parent: 0 }.into()));
    });
}

#[test]
fn share_alike_and_attribution_are_handed_on() {
    story(|| {
        let refused = child_of(Terms { share_alike: true, ..open_terms() }, open_terms());
        assert_eq!(refused, Err(RecordError::ParentRequiresShareAlike { parent: 0 }.into()));
    });
    story(|| {
        let refused = child_of(Terms { attribution: true, ..open_terms() }, open_terms());
        assert_eq!(refused, Err(RecordError::ParentRequiresAttribution { parent: 0 }.into()));
    });
    story(|| {
        let strict = Terms {
            share_alike: true,
            attribution: true,
            commercial_use: false,
            licence: Licence::parse("CC-BY-NC-SA-4.0").unwrap(),
            ..open_terms()
        };
        assert_ok!(child_of(strict.clone(), strict));
    });
}

#[test]
fn the_parent_at_fault_is_named() {
    story(|| {
        let base = model_of(Bob, "bob");
        let open = register(Bob, base, bytes(1)).unwrap();
        let closed = Terms { derivatives: false, ..open_terms() };
        let closed = register(Bob, base, NewRelease { terms: closed, ..bytes(2) }).unwrap();
        let model = model_of(Alice, "alice");
        reserve(Alice, root(3).0);
        let parents = [(open, Relation::Merge), (closed, Relation::Merge)];
        assert_noop!(
            try_release(Alice, model, built_from(3, &parents)),
            RecordError::ParentForbidsDerivatives { parent: 1 }
        );
    });
}

#[test]
fn an_owner_may_go_on_from_what_others_may_not() {
    story(|| {
        let model = model_of(Alice, "alice");
        let closed = Terms { derivatives: false, ..open_terms() };
        let first = register(Alice, model, NewRelease { terms: closed, ..bytes(1) }).unwrap();
        assert_ok!(register(Alice, model, built_from(2, &[(first, Relation::FineTune)])));
    });
}
