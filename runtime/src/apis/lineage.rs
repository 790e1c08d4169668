//! What a release was built from and what was built from it, over many generations.
//!
//! Releases come generation after generation, each once, at its shortest distance. A page is found by walking again from the
//! beginning: what it takes is bounded by [`MAX_LINEAGE`] releases and [`MAX_LINKS`] links between them, and nothing has to be
//! kept between two pages.

use alloc::{
    boxed::Box,
    collections::{BTreeSet, VecDeque},
    vec::Vec,
};

use codec::{DecodeAll, Encode};
use pallet_records::{Children, Records};
use pedigree_primitives::{
    api::{Direction, Lineage, LineageRequest, LinkView, RelativeView, MAX_LINEAGE, MAX_PAGE},
    traits::Namespaces as _,
    Bytes, ReleaseId,
};

use super::provenance::release_name;
use crate::{Namespaces, Records as RecordsPallet, Runtime};

/// How many links between releases are followed for one lineage: most releases have one or two parents, some have 16.
const MAX_LINKS: u32 = 4 * MAX_LINEAGE;

/// The page of a release's lineage that is asked for, if there is such a release.
pub(super) fn lineage(id: ReleaseId, request: &LineageRequest) -> Option<Lineage> {
    RecordsPallet::release(id)?;
    let none = Lineage { items: Vec::new(), next: None, truncated: false };
    let first = match &request.page.after {
        None => 0,
        // The position after the last item that was seen.
        Some(Bytes(cursor)) => match u32::decode_all(&mut cursor.as_slice()) {
            Ok(position) if position < MAX_LINEAGE => position,
            _ => return Some(none),
        },
    };
    let end = first.saturating_add(request.page.limit.clamp(1, MAX_PAGE));
    let mut walk = Walk::from(id, request.direction, request.generations.unwrap_or(u32::MAX));
    let mut items = Vec::new();
    for position in 0..MAX_LINEAGE {
        if position == end {
            let more = walk.next().is_some();
            return Some(Lineage { items, next: more.then(|| Bytes(end.encode())), truncated: false });
        }
        match walk.next() {
            Some((release, generation)) if position >= first => items.extend(view(release, generation)),
            Some(_) => {}
            None => return Some(Lineage { items, truncated: walk.links == 0, ..none }),
        }
    }
    Some(Lineage { items, next: None, truncated: walk.next().is_some() })
}

/// Goes through relatives, nearest first.
struct Walk {
    direction: Direction,
    generations: u32,
    seen: BTreeSet<ReleaseId>,
    /// What was seen, and its relatives were not.
    waiting: VecDeque<(ReleaseId, u32)>,
    /// The relatives of what was taken last, as far as they were not looked at.
    relatives: Box<dyn Iterator<Item = (ReleaseId, u32)>>,
    start: Option<ReleaseId>,
    /// How many links may still be followed.
    links: u32,
}

impl Walk {
    fn from(start: ReleaseId, direction: Direction, generations: u32) -> Self {
        Self {
            direction,
            generations,
            seen: BTreeSet::from([start]),
            waiting: VecDeque::from([(start, 0)]),
            relatives: Box::new(core::iter::empty()),
            start: Some(start),
            links: MAX_LINKS,
        }
    }
}

impl Iterator for Walk {
    type Item = (ReleaseId, u32);

    fn next(&mut self) -> Option<(ReleaseId, u32)> {
        if let Some(start) = self.start.take() {
            return Some((start, 0));
        }
        loop {
            for (release, generation) in self.relatives.by_ref() {
                self.links = self.links.checked_sub(1)?;
                if self.seen.insert(release) {
                    self.waiting.push_back((release, generation));
                    return Some((release, generation));
                }
            }
            let (release, generation) = self.waiting.pop_front()?;
            let next = generation.saturating_add(1);
            if next > self.generations {
                continue;
            }
            self.relatives = match self.direction {
                Direction::Ancestors => {
                    let parents = RecordsPallet::release(release).map(|stored| stored.parents).unwrap_or_default();
                    Box::new(parents.into_iter().map(move |parent| (parent.link.release, next)))
                }
                // One after the other: a base model may have very many, and a page needs few of them.
                Direction::Descendants => {
                    Box::new(Children::<Runtime>::iter_key_prefix(release).map(move |child| (child, next)))
                }
            };
        }
    }
}

fn view(id: ReleaseId, generation: u32) -> Option<RelativeView> {
    let record = Records::<Runtime>::get(id.record)?;
    let release = RecordsPallet::release(id)?;
    Some(RelativeView {
        release: id,
        name: release_name(id)?,
        kind: record.kind,
        generation,
        standing: Namespaces::standing(record.namespace)?,
        yanked: release.yanked.is_some(),
        parents: release
            .parents
            .iter()
            .map(|parent| LinkView { release: parent.link.release, relation: parent.link.relation })
            .collect(),
    })
}
