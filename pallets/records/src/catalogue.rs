//! Stating facts about files of somebody else, and warning of releases.

use frame_support::ensure;
use pedigree_primitives::{
    traits::Namespaces, NamespaceId, NewRelease, RecordKind, RecordName, ReleaseId, RoyaltySplit, Standing, Upstream,
};
use sp_runtime::{traits::BlockNumberProvider, DispatchResult};

use crate::{register::Provenance, CatalogueDeposits, Config, Error, Event, Pallet, Reason, Records, Releases, Yank};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_catalogue(
        who: T::AccountId,
        namespace: NamespaceId,
        name: RecordName,
        kind: RecordKind,
        release: NewRelease,
        upstream: Upstream,
    ) -> DispatchResult {
        let standing = T::Namespaces::standing(namespace).ok_or(Error::<T>::UnknownNamespace)?;
        ensure!(standing == Standing::Unlinked, Error::<T>::NotAnUnlinkedChannel);
        ensure!(release.terms.royalty.is_zero(), Error::<T>::CatalogueAsksRoyalty);
        ensure!(release.parents.is_empty(), Error::<T>::CatalogueHasParents);
        ensure!(upstream.url.is_valid() && upstream.revision.is_valid(), Error::<T>::BadText);
        Self::check_release(&release)?;

        let (record, new) = match Self::find(namespace, &name) {
            Some(record) => (record, false),
            None => (Self::insert_record(who.clone(), namespace, name, kind)?, true),
        };
        let mut stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        ensure!(stored.kind == kind, Error::<T>::WrongKind);
        // A channel whose link lapsed has records that its publisher made: their next release is not somebody else's to add.
        let latest = Self::release(ReleaseId::new(record, stored.releases));
        ensure!(new || latest.is_some_and(|latest| latest.upstream.is_some()), Error::<T>::PublishedByOwner);
        let root = release.manifest.root;
        let provenance = Provenance {
            registrant: who.clone(),
            first_seen: T::BlockNumberProvider::current_block_number(),
            upstream: Some(upstream),
            parents: Default::default(),
            split: RoyaltySplit::default(),
        };
        let (id, size) = Self::insert_release(record, &mut stored, release, provenance)?;
        // Each who catalogues pays for what he adds: nobody can keep others from adding to a record he began.
        CatalogueDeposits::<T>::insert(id, Self::take_deposit(&who, size)?);
        Records::<T>::insert(record, stored);
        Self::deposit_event(Event::Catalogued { release: id, root, by: who });
        Ok(())
    }

    pub(crate) fn do_yank(
        who: T::AccountId,
        release: ReleaseId,
        reason: Reason,
        successor: Option<ReleaseId>,
    ) -> DispatchResult {
        let mut stored = Self::release(release).ok_or(Error::<T>::UnknownRelease)?;
        let record = Records::<T>::get(release.record).ok_or(Error::<T>::UnknownRecord)?;
        let allowed = match T::Namespaces::owner(record.namespace) {
            Some(owner) => owner == who,
            None => stored.registrant == who,
        };
        ensure!(allowed, Error::<T>::NotOwner);
        ensure!(reason.is_valid(), Error::<T>::BadText);
        ensure!(stored.yanked.is_none(), Error::<T>::AlreadyYanked);
        if let Some(successor) = successor {
            ensure!(successor != release, Error::<T>::SuccessorIsItself);
            ensure!(Releases::<T>::contains_key(successor.record, successor.number), Error::<T>::UnknownRelease);
        }
        let block = T::BlockNumberProvider::current_block_number();
        stored.yanked = Some(Yank { reason, successor, block });
        Releases::<T>::insert(release.record, release.number, stored);
        Self::deposit_event(Event::Yanked { release, successor });
        Ok(())
    }
}
