//! What a release was built from and what was built from it, over many generations.

use pedigree_primitives::{
    api::{Lineage, LineageRequest, RelativeView},
    ReleaseId,
};

use super::{provenance::Reader, walk::Walk};
use crate::Records as RecordsPallet;

/// The page of a release's lineage that is asked for, if there is such a release.
pub(super) fn lineage(id: ReleaseId, request: &LineageRequest) -> Option<Lineage<RelativeView>> {
    RecordsPallet::release(id)?;
    let mut reader = Reader::default();
    let walk = Walk::from(id, request.direction, request.generations.unwrap_or(u32::MAX));
    Some(
        walk.page(&request.page, |id, generation| {
            reader.release(id).map(|release| RelativeView { release, generation })
        }),
    )
}
