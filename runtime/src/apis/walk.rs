//! The way through a lineage, and what is met on it, in pages.
//!
//! Releases come generation after generation, each once, at its shortest distance. A page is found by walking again from the
//! beginning: what it takes is bounded by [`MAX_LINEAGE`] releases and [`MAX_LINKS`] links between them, and nothing has to be
//! kept between two pages. Walking on is cheap beside showing what is met: it reads one key for a child, one release for
//! a parent.

use alloc::{
    boxed::Box,
    collections::{BTreeSet, VecDeque},
    vec::Vec,
};

use codec::{DecodeAll, Encode};
use pallet_records::Children;
use pedigree_primitives::{
    api::{Direction, Lineage, PageRequest, MAX_LINEAGE, MAX_PAGE},
    Bytes, ReleaseId,
};

use crate::{Records as RecordsPallet, Runtime};

/// How many links between releases are followed for one lineage: most releases have one or two parents, some have 16.
const MAX_LINKS: u32 = 4 * MAX_LINEAGE;

/// How many releases are looked at for a page. Those that have nothing to show count, too.
const MAX_LOOKED_AT: u32 = 1_000;

/// Goes through relatives, nearest first; the release where it starts comes before them.
pub(super) struct Walk<'a> {
    direction: Direction,
    generations: u32,
    /// Which relatives belong to it. Those that don't are not gone through either.
    belongs: Box<dyn Fn(ReleaseId) -> bool + 'a>,
    seen: BTreeSet<ReleaseId>,
    /// What was seen, and its relatives were not.
    waiting: VecDeque<(ReleaseId, u32)>,
    /// The relatives of what was taken last, as far as they were not looked at.
    relatives: Box<dyn Iterator<Item = (ReleaseId, u32)>>,
    start: Option<ReleaseId>,
    /// How many links may still be followed.
    links: u32,
    /// Whether there was one too many.
    cut: bool,
}

impl<'a> Walk<'a> {
    /// Through all relatives of a release, as many generations of them.
    pub(super) fn from(start: ReleaseId, direction: Direction, generations: u32) -> Self {
        Self {
            direction,
            generations,
            belongs: Box::new(|_| true),
            seen: BTreeSet::from([start]),
            waiting: VecDeque::from([(start, 0)]),
            relatives: Box::new(core::iter::empty()),
            start: Some(start),
            links: MAX_LINKS,
            cut: false,
        }
    }

    /// Only through those that belong to it.
    pub(super) fn among(self, belongs: impl Fn(ReleaseId) -> bool + 'a) -> Self {
        Self { belongs: Box::new(belongs), ..self }
    }

    /// The page that is asked for of what is met. `view` shows a release and its generation, or nothing.
    ///
    /// A cursor is the position of the first release that was not looked at. Nothing follows a cursor that is none. A page may
    /// have less than was asked for, and still not be the last one.
    pub(super) fn page<View>(
        mut self,
        request: &PageRequest,
        mut view: impl FnMut(ReleaseId, u32) -> Option<View>,
    ) -> Lineage<View> {
        let mut items = Vec::new();
        let first = match &request.after {
            None => 0,
            Some(Bytes(cursor)) => match u32::decode_all(&mut cursor.as_slice()) {
                Ok(position) if position < MAX_LINEAGE => position,
                _ => return Lineage { items, next: None, truncated: false },
            },
        };
        let limit = usize::try_from(request.limit.clamp(1, MAX_PAGE)).unwrap_or(1);
        let end = first.saturating_add(MAX_LOOKED_AT);
        for position in 0..MAX_LINEAGE {
            let Some((release, generation)) = self.next() else {
                return Lineage { items, next: None, truncated: self.cut };
            };
            if items.len() >= limit || position >= end {
                return Lineage { items, next: Some(Bytes(position.encode())), truncated: false };
            }
            if position >= first {
                items.extend(view(release, generation));
            }
        }
        let truncated = self.next().is_some() || self.cut;
        Lineage { items, next: None, truncated }
    }

    fn relatives_of(&self, release: ReleaseId) -> Box<dyn Iterator<Item = ReleaseId>> {
        match self.direction {
            Direction::Ancestors => {
                let parents = RecordsPallet::release(release).map(|stored| stored.parents).unwrap_or_default();
                Box::new(parents.into_iter().map(|parent| parent.link.release))
            }
            // One after the other: a base model may have very many, and a page needs few of them.
            Direction::Descendants => Box::new(Children::<Runtime>::iter_key_prefix(release)),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = (ReleaseId, u32);

    fn next(&mut self) -> Option<(ReleaseId, u32)> {
        if let Some(start) = self.start.take() {
            return Some((start, 0));
        }
        loop {
            for (release, generation) in self.relatives.by_ref() {
                let Some(links) = self.links.checked_sub(1) else {
                    self.cut = true;
                    return None;
                };
                self.links = links;
                if self.seen.insert(release) && (self.belongs)(release) {
                    self.waiting.push_back((release, generation));
                    return Some((release, generation));
                }
            }
            let (release, generation) = self.waiting.pop_front()?;
            let next = generation.saturating_add(1);
            if next <= self.generations {
                self.relatives = Box::new(self.relatives_of(release).map(move |relative| (relative, next)));
            }
        }
    }
}
