//! Looking for releases by what they say.

use pedigree_primitives::{
    api::{runtime_decl_for_provenance_api::ProvenanceApiV1, PageRequest, Query},
    Bytes, Licence, NewRelease, RecordKind, Relation, Terms,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob};

use super::world::*;
use crate::Runtime;

/// All that a query finds, by name, in pages of that length.
fn found_in(query: &Query, limit: u32) -> Vec<String> {
    let mut all = vec![];
    let mut after = None;
    loop {
        let page = Runtime::search(query.clone(), PageRequest { after, limit });
        assert!(page.items.len() <= limit as usize);
        all.extend(page.items.into_iter().map(|item| item.name));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// The same, after pages of every length were found to be the same.
fn found(query: Query) -> Vec<String> {
    let all = found_in(&query, 100);
    for limit in 1..=4 {
        assert_eq!(found_in(&query, limit), all, "{query:?} in pages of {limit}");
    }
    all
}

fn licensed(licence: &str, release: NewRelease) -> NewRelease {
    NewRelease { terms: Terms { licence: Licence::parse(licence).unwrap(), ..open_terms() }, ..release }
}

/// Two publishers: a dataset, a model with two releases, a quantisation of the second, and an empty record.
fn world() {
    let alice = claim(Alice, "alice");
    let pairs = create(Alice, alice, "Pairs", RecordKind::Dataset);
    let data = register(Alice, pairs, licensed("CC0-1.0", bytes(1))).unwrap();
    let model = create(Alice, alice, "model", RecordKind::Model);
    register(Alice, model, licensed("MIT", bytes(2))).unwrap();
    let trained = built_from(3, &[(data, Relation::TrainedOn)]);
    let second = register(Alice, model, licensed("MIT OR Apache-2.0", trained)).unwrap();
    create(Alice, alice, "empty", RecordKind::Model);
    let bob = claim(Bob, "bob-lab");
    let small = create(Bob, bob, "model-small", RecordKind::Model);
    register(Bob, small, licensed("Apache-2.0", built_from(4, &[(second, Relation::Quantisation)]))).unwrap();
}

#[test]
fn releases_are_found_by_what_they_say() {
    story(|| {
        world();
        let all = ["alice/Pairs@1", "alice/model@2", "bob-lab/model-small@1"];
        assert_eq!(found(Query::default()), all);
        let every = Query { every_release: true, ..Default::default() };
        assert_eq!(found(every.clone()), [all[0], "alice/model@1", all[1], all[2]]);
        assert_eq!(found(Query { name: Some("MODEL".into()), ..Default::default() }), all[1..]);
        assert_eq!(found(Query { name: Some("ice/pa".into()), ..Default::default() }), all[..1]);
        assert_eq!(found(Query { kind: Some(RecordKind::Dataset), ..Default::default() }), all[..1]);
        assert_eq!(found(Query { relation: Some(Relation::TrainedOn), ..Default::default() }), all[1..2]);
        assert_eq!(found(Query { relation: Some(Relation::Adapter), ..Default::default() }), [""; 0]);
        assert_eq!(found(Query { licence: Some("apache-2.0".into()), ..Default::default() }), all[1..]);
        let earlier = Query { licence: Some("MIT".into()), name: Some("alice".into()), ..every };
        assert_eq!(found(earlier), ["alice/model@1", "alice/model@2"]);
    });
}

#[test]
fn a_publishers_releases_are_found_alone() {
    story(|| {
        world();
        let of = |namespace: &str, every_release| {
            let mut names = found(Query { namespace: Some(namespace.into()), every_release, ..Default::default() });
            names.sort();
            names
        };
        assert_eq!(of("alice", false), ["alice/Pairs@1", "alice/model@2"]);
        assert_eq!(of("alice", true), ["alice/Pairs@1", "alice/model@1", "alice/model@2"]);
        assert_eq!(of("bob-lab", false), ["bob-lab/model-small@1"]);
        assert!(of("nobody-here", false).is_empty() && of("no name!", false).is_empty());
        // No plain namespace has capital letters.
        assert!(of("Alice", false).is_empty());
    });
}

#[test]
fn a_cursor_that_no_page_gave_does_no_harm() {
    story(|| {
        world();
        for cursor in [vec![], vec![1], vec![0xff; 12], vec![0; 40]] {
            let page = Runtime::search(Query::default(), PageRequest { after: Some(Bytes(cursor)), limit: 9 });
            assert!(page.items.is_empty() && page.next.is_none());
        }
    });
}

/// However little is found: what is looked at for one page is bounded, and the page says where to go on.
#[test]
fn a_page_looks_at_so_many_records_and_no_more() {
    super::super::blocks::development().execute_with(|| {
        super::super::blocks::begin();
        world();
        let some = pallet_records::Records::<Runtime>::iter().next().unwrap().1;
        for n in 100..2_500 {
            pallet_records::Records::<Runtime>::insert(pedigree_primitives::RecordId(n), &some);
        }
        pallet_records::NextRecordId::<Runtime>::put(pedigree_primitives::RecordId(2_500));
        let query = Query { name: Some("not there".into()), ..Default::default() };
        let mut calls = 0;
        let mut after = None;
        loop {
            let page = Runtime::search(query.clone(), PageRequest { after, limit: 100 });
            assert!(page.items.is_empty());
            calls += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(calls, 3);
    });
}
