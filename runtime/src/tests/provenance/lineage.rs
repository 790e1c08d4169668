//! Ancestors and descendants over many generations.

use pallet_records::Children;
use pedigree_primitives::{
    api::{
        runtime_decl_for_provenance_api::ProvenanceApiV1, Direction, Lineage, LineageRequest, PageRequest,
        RelativeView, MAX_LINEAGE,
    },
    Bytes, RecordId, Relation, ReleaseId, Standing,
};
use sp_keyring::Sr25519Keyring::Alice;

use super::world::*;
use crate::Runtime;

fn ask(
    id: ReleaseId,
    direction: Direction,
    generations: Option<u32>,
    after: Option<Bytes>,
    limit: u32,
) -> Lineage<RelativeView> {
    let request = LineageRequest { direction, generations, page: PageRequest { after, limit } };
    Runtime::lineage(id, request).unwrap()
}

/// All of a lineage, in pages of that length: each release and its generation.
fn whole(id: ReleaseId, direction: Direction, limit: u32) -> Vec<(ReleaseId, u32)> {
    let mut all = vec![];
    let mut after = None;
    loop {
        let page = ask(id, direction, None, after, limit);
        assert!(page.items.len() <= limit as usize && !page.truncated);
        all.extend(page.items.iter().map(|item| (item.release.id, item.generation)));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// A model's releases, each built from some of those before it.
fn family(parents: &[&[usize]]) -> Vec<ReleaseId> {
    let record = model_of(Alice, "alice");
    let mut releases: Vec<ReleaseId> = vec![];
    for (n, of) in parents.iter().enumerate() {
        let links: Vec<_> = of.iter().map(|parent| (releases[*parent], Relation::Merge)).collect();
        releases.push(register(Alice, record, built_from(n as u64 + 1, &links)).unwrap());
    }
    releases
}

#[test]
fn each_relative_is_there_once_at_its_shortest_distance() {
    story(|| {
        // 0 <- 1 <- 3 and 0 <- 2 <- 3, and 3 is built from 0 itself, too.
        let family = family(&[&[], &[0], &[0], &[1, 2, 0], &[3]]);
        let ancestors = whole(family[4], Direction::Ancestors, 100);
        assert_eq!(ancestors, [(family[4], 0), (family[3], 1), (family[1], 2), (family[2], 2), (family[0], 2)]);
        let mut descendants = whole(family[0], Direction::Descendants, 100);
        assert_eq!(descendants[0], (family[0], 0));
        descendants.sort();
        let expected = [(family[0], 0), (family[1], 1), (family[2], 1), (family[3], 1), (family[4], 2)];
        assert_eq!(descendants, expected);

        let links = &ask(family[3], Direction::Ancestors, Some(0), None, 1).items[0].release.parents;
        assert_eq!(links.iter().map(|link| link.release).collect::<Vec<_>>(), [family[1], family[2], family[0]]);
    });
}

#[test]
fn pages_of_any_length_make_the_whole_lineage() {
    story(|| {
        let family = family(&[&[], &[0], &[0], &[1], &[1], &[2], &[2, 3], &[6]]);
        for direction in [Direction::Ancestors, Direction::Descendants] {
            let from = if direction == Direction::Ancestors { family[7] } else { family[0] };
            let all = whole(from, direction, 100);
            for limit in 1..=9 {
                assert_eq!(whole(from, direction, limit), all, "pages of {limit}");
            }
        }
    });
}

#[test]
fn generations_can_be_limited() {
    story(|| {
        let family = family(&[&[], &[0], &[1], &[2]]);
        let near = ask(family[3], Direction::Ancestors, Some(2), None, 100);
        assert_eq!(near.items.iter().map(|item| item.generation).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(near.next, None);
        let itself = ask(family[3], Direction::Ancestors, Some(0), None, 100);
        assert_eq!(itself.items.len(), 1);
    });
}

/// Each relative is shown as it is shown alone: with its terms, its yank, and how its parents stood and stand.
#[test]
fn a_relative_is_shown_as_a_release_is() {
    story(|| {
        let family = family(&[&[], &[0], &[1]]);
        let reason = pedigree_primitives::Text::new("it leaks").unwrap();
        let yank = pallet_records::Call::yank { release: family[0], reason, successor: Some(family[1]) };
        try_call(Alice, yank).unwrap();
        for direction in [Direction::Ancestors, Direction::Descendants] {
            let from = if direction == Direction::Ancestors { family[2] } else { family[0] };
            for item in ask(from, direction, None, None, 9).items {
                assert_eq!(Some(&item.release), Runtime::release(item.release.id).as_ref());
                let yank = item.release.yanked;
                assert_eq!(yank.is_some(), item.release.id == family[0]);
                assert_eq!(
                    yank.and_then(|yank| yank.successor_name),
                    (item.release.id == family[0]).then(|| "alice/model@2".into())
                );
                for parent in item.release.parents {
                    assert_eq!((parent.standing, parent.standing_when_cited), (Standing::Plain, Standing::Plain));
                    assert_eq!((parent.yanked, parent.yanked_when_cited), (parent.release == family[0], false));
                }
            }
        }
    });
}

#[test]
fn what_is_not_there_has_no_lineage_and_nonsense_is_followed_by_nothing() {
    story(|| {
        let family = family(&[&[]]);
        let request = LineageRequest {
            direction: Direction::Ancestors,
            generations: None,
            page: PageRequest { after: None, limit: 1 },
        };
        assert_eq!(Runtime::lineage(ReleaseId::new(RecordId(99), 1), request), None);
        for cursor in [vec![], vec![1], u32::MAX.to_le_bytes().to_vec(), vec![0; 9]] {
            let page = ask(family[0], Direction::Ancestors, None, Some(Bytes(cursor)), 9);
            assert!(page.items.is_empty() && page.next.is_none());
        }
    });
}

/// More descendants than a lineage shows: it ends, and says that there are more.
#[test]
fn a_lineage_is_bounded() {
    super::super::blocks::development().execute_with(|| {
        super::super::blocks::begin();
        let base = family(&[&[]])[0];
        for n in 0..MAX_LINEAGE {
            Children::<Runtime>::insert(base, ReleaseId::new(RecordId(1_000_000 + u64::from(n)), 1), ());
        }
        let last = Bytes((MAX_LINEAGE - 1).to_le_bytes().to_vec());
        let page = ask(base, Direction::Descendants, None, Some(last), 100);
        assert!(page.truncated && page.next.is_none());
        // None of the made-up children can be shown: it goes on all the same, so many at a time.
        let first = ask(base, Direction::Descendants, None, None, 100);
        assert!(!first.truncated && first.items.len() == 1);
        assert_eq!(first.next, Some(Bytes(1_000u32.to_le_bytes().to_vec())));
    });
}
