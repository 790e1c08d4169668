//! What a release was built from: whether it may be, and who is owed because of it.

use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::ConstU32, BoundedVec};
use pedigree_primitives::{
    traits::{Citation, Namespaces},
    NewRelease, Parent, ReleaseId, RoyaltySplit, SplitError, TermsConflict, MAX_PARENTS,
};
use sp_arithmetic::Permill;
use sp_runtime::DispatchError;

use crate::{Config, Error, Pallet, Records, ReleaseOf, Splits};

/// The parents as they stand now, and what the child owes.
type Lineage = (BoundedVec<Parent, ConstU32<MAX_PARENTS>>, RoyaltySplit);

impl<T: Config> Pallet<T> {
    /// Checks that `who` may register `release` as built from its parents.
    ///
    /// Parents exist already, so nothing is ever its own ancestor. What this reads is bounded by the number of
    /// parents: the terms and the split of a parent say all about what lies behind it.
    pub(crate) fn lineage(who: &T::AccountId, release: &NewRelease) -> Result<Lineage, DispatchError> {
        let mut parents = BoundedVec::new();
        let mut owed = Vec::with_capacity(release.parents.len());
        for (link, parent) in release.parents.iter().zip(0u8..) {
            let id = link.release;
            let stored = Self::release(id).ok_or(Error::<T>::UnknownParent { parent })?;
            let record = Records::<T>::get(id.record).ok_or(Error::<T>::UnknownParent { parent })?;
            ensure!(
                !parents.iter().any(|earlier: &Parent| earlier.link.release == id),
                Error::<T>::DuplicateParent { parent }
            );
            let by_owner = T::Namespaces::owner(record.namespace).as_ref() == Some(who);
            ensure!(
                by_owner || T::Citation::may_cite(who, id.record, record.kind),
                Error::<T>::ParentNotCitable { parent }
            );
            stored.terms.permit(&release.terms, by_owner).map_err(|conflict| match conflict {
                TermsConflict::Derivatives => Error::<T>::ParentForbidsDerivatives { parent },
                TermsConflict::CommercialUse => Error::<T>::ParentForbidsCommercialUse { parent },
                TermsConflict::ShareAlike => Error::<T>::ParentRequiresShareAlike { parent },
                TermsConflict::Attribution => Error::<T>::ParentRequiresAttribution { parent },
            })?;
            owed.push((id, Self::royalty(id, &stored), Splits::<T>::get(id)));
            parents
                .try_push(Parent {
                    link: *link,
                    standing: T::Namespaces::standing(record.namespace).ok_or(Error::<T>::UnknownNamespace)?,
                    yanked: stored.yanked.is_some(),
                })
                .map_err(|_| Error::<T>::UnknownParent { parent })?;
        }
        let split =
            RoyaltySplit::of(owed.iter().map(|(id, royalty, split)| (*id, *royalty, split))).map_err(|error| {
                match error {
                    SplitError::TooManyAncestors => Error::<T>::TooManyAskingAncestors,
                    SplitError::AboveMaximum => Error::<T>::RoyaltiesAboveMaximum,
                }
            })?;
        Ok((parents, split))
    }

    /// The royalty that a release asks of what is built from it from now on: its own, while it holds its root.
    pub fn royalty(release: ReleaseId, stored: &ReleaseOf<T>) -> Permill {
        if stored.terms.royalty.is_zero() || Self::is_holder(release, stored) {
            stored.terms.royalty
        } else {
            Permill::zero()
        }
    }
}
