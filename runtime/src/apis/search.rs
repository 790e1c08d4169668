//! Looking for releases by what they say.
//!
//! There is no index by licence or relation: releases are looked at one after the other, so many for each page, and a page
//! tells where to go on. What one call takes is bounded, whatever is asked for.

use alloc::string::{String, ToString};

use pallet_records::{NextRecordId, Records};
use pedigree_primitives::{
    api::{Page, PageRequest, Query, ReleaseView},
    RecordId, ReleaseId,
};

use super::{
    paging::page,
    provenance::{each_release_of_namespace, Reader},
};
use crate::{Records as RecordsPallet, Runtime};

/// The page that is asked for of the releases that a query describes.
pub(super) fn search(query: &Query, request: &PageRequest) -> Page<ReleaseView> {
    let mut search = Search {
        query,
        name: query.name.as_ref().map(|name| name.to_ascii_lowercase()),
        licence: query.licence.as_ref().map(|licence| licence.trim().to_string()),
        reader: Reader::default(),
    };
    match &query.namespace {
        Some(namespace) => each_release_of_namespace(namespace, request, |id| search.view(id)),
        None => page(request, |after| releases_after(after, query.every_release), |id| search.view(id)),
    }
}

/// All releases, or the latest of every record, after one of them. A record without releases is met as its release 0, which
/// there never is: so it counts as looked at.
fn releases_after(after: Option<ReleaseId>, every: bool) -> impl Iterator<Item = ReleaseId> {
    let from = after.map_or(RecordId(0), |release| release.record);
    (from.0..NextRecordId::<Runtime>::get().0).map(RecordId).flat_map(move |record| {
        let latest = Records::<Runtime>::get(record).map_or(0, |record| record.releases);
        let begun = after.filter(|after| after.record == record).map_or(0, |after| after.number.saturating_add(1));
        let first = if every { 1.min(latest) } else { latest };
        (first.max(begun)..=latest).map(move |number| ReleaseId { record, number })
    })
}

struct Search<'a> {
    query: &'a Query,
    /// In lower case.
    name: Option<String>,
    licence: Option<String>,
    reader: Reader,
}

impl Search<'_> {
    fn view(&mut self, id: ReleaseId) -> Option<ReleaseView> {
        self.matches(id)?.then(|| self.reader.release(id)).flatten()
    }

    /// What is read for less is asked first.
    fn matches(&mut self, id: ReleaseId) -> Option<bool> {
        let place = self.reader.place(id.record)?;
        let applies = (self.query.every_release || id.number == place.releases)
            && self.query.kind.is_none_or(|kind| kind == place.kind)
            && self.name.as_ref().is_none_or(|name| place.name.to_ascii_lowercase().contains(name.as_str()));
        if !applies {
            return Some(false);
        }
        if self.licence.is_none() && self.query.relation.is_none() {
            return Some(true);
        }
        let release = RecordsPallet::release(id)?;
        let relation = |wanted| release.parents.iter().any(|parent| parent.link.relation == wanted);
        Some(
            self.licence.as_ref().is_none_or(|licence| names(release.terms.licence.as_str(), licence))
                && self.query.relation.is_none_or(relation),
        )
    }
}

/// Whether an SPDX expression is a licence, or names it.
fn names(expression: &str, licence: &str) -> bool {
    let mut words = expression.split(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ')'));
    expression.eq_ignore_ascii_case(licence) || words.any(|word| !word.is_empty() && word.eq_ignore_ascii_case(licence))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn an_expression_names_its_licences_whole_and_in_whatever_case() {
        assert!(names("Apache-2.0", "apache-2.0"));
        assert!(names("(MIT OR Apache-2.0) AND CC0-1.0", "Apache-2.0"));
        assert!(names("MIT OR Apache-2.0", "MIT OR Apache-2.0"));
        assert!(!names("Apache-2.0", "Apache"));
        assert!(!names("LicenseRef-MIT", "MIT"));
        assert!(!names("MIT", ""));
    }
}
