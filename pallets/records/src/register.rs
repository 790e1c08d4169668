//! Making records and releases.

use frame_support::{ensure, pallet_prelude::ConstU32, BoundedVec};
use pedigree_primitives::{
    traits::{Namespaces, Registry, Reservations},
    NamespaceId, NewRelease, Parent, RecordId, RecordKind, RecordName, ReleaseId, RoyaltySplit, Standing, Upstream,
    MAX_PARENTS, MAX_ROYALTY,
};
use sp_core::H256;
use sp_runtime::{traits::BlockNumberProvider, DispatchError, DispatchResult};

use crate::{
    BlockNumberFor, Children, Config, Digests, Error, Event, Holders, Names, NextRecordId, Pallet, Record, RecordOf,
    Records, Release, Releases, Roots, Size, Splits,
};

/// Bytes of a key: the 32 of its prefix, and of each part a 16-byte hash before what is hashed.
const RECORD_KEY: u32 = 32 + 16 + 8;
const NAME_KEY: u32 = 32 + 16 + 8 + 16;
const RELEASE_KEY: u32 = 32 + 16 + 8 + 16 + 4;
const INDEX_KEY: u32 = 32 + 16 + 32 + 16 + 12;
const CHILD_KEY: u32 = 32 + 16 + 12 + 16 + 12;
const SPLIT_KEY: u32 = 32 + 16 + 12;

/// What a release says of itself beside what was handed in.
pub(crate) struct Provenance<T: Config> {
    pub(crate) registrant: T::AccountId,
    pub(crate) first_seen: BlockNumberFor<T>,
    pub(crate) upstream: Option<Upstream>,
    pub(crate) parents: BoundedVec<Parent, ConstU32<MAX_PARENTS>>,
    pub(crate) split: RoyaltySplit,
}

impl<T: Config> Pallet<T> {
    /// Refuses all but the owner of a namespace.
    pub(crate) fn ensure_owner(namespace: NamespaceId, who: &T::AccountId) -> DispatchResult {
        ensure!(T::Namespaces::standing(namespace).is_some(), Error::<T>::UnknownNamespace);
        ensure!(T::Namespaces::owner(namespace).as_ref() == Some(who), Error::<T>::NotOwner);
        Ok(())
    }

    /// A record of `who`'s.
    pub(crate) fn owned_record(record: RecordId, who: &T::AccountId) -> Result<RecordOf<T>, DispatchError> {
        let stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        Self::ensure_owner(stored.namespace, who)?;
        Ok(stored)
    }

    /// Makes an empty record that `who` pays for.
    pub(crate) fn insert_record(
        who: T::AccountId,
        namespace: NamespaceId,
        name: RecordName,
        kind: RecordKind,
    ) -> Result<RecordId, DispatchError> {
        name.check().map_err(|_| Error::<T>::BadName)?;
        let key = BoundedVec::try_from(name.key()).map_err(|_| Error::<T>::BadName)?;
        ensure!(!Names::<T>::contains_key(namespace, &key), Error::<T>::NameTaken);
        let record = NextRecordId::<T>::get();
        NextRecordId::<T>::put(record.next().ok_or(Error::<T>::Exhausted)?);

        let size = Size::item(NAME_KEY, &(&key, record)).plus(Size {
            items: 1,
            bytes: u64::from(RECORD_KEY).saturating_add(
                <RecordOf<T> as codec::MaxEncodedLen>::max_encoded_len().try_into().unwrap_or(u64::MAX),
            ),
        });
        let deposit = Self::take_deposit(&who, size)?;
        Names::<T>::insert(namespace, key, record);
        Records::<T>::insert(
            record,
            Record {
                namespace,
                name: name.clone(),
                kind,
                releases: 0,
                created: T::BlockNumberProvider::current_block_number(),
                offer: None,
                deposit,
            },
        );
        Self::deposit_event(Event::RecordCreated { record, namespace, name, kind });
        Ok(record)
    }

    /// Refuses what no release may say.
    pub(crate) fn check_release(release: &NewRelease) -> DispatchResult {
        let manifest = &release.manifest;
        ensure!(manifest.files > 0 && manifest.root != H256::zero(), Error::<T>::BadManifest);
        // A tensor has a header of its own in some file, so there cannot be tensors in no bytes.
        ensure!(manifest.tensors == 0 || manifest.bytes > 0, Error::<T>::BadManifest);
        ensure!(release.terms.licence.is_valid(), Error::<T>::BadLicence);
        ensure!(release.terms.royalty <= MAX_ROYALTY, Error::<T>::RoyaltyAboveMaximum);
        ensure!(
            release.locations.iter().all(|location| location.is_valid() && !location.is_empty()),
            Error::<T>::BadText
        );
        let mut earlier = release.digests.iter();
        while let Some(digest) = earlier.next_back() {
            ensure!(digest.is_valid(), Error::<T>::BadDigest);
            ensure!(!earlier.as_slice().contains(digest), Error::<T>::DuplicateDigest);
        }
        Ok(())
    }

    /// Stores the next release of a record and enters it into all indexes. Says what state that takes, and leaves to
    /// the caller who pays for it.
    pub(crate) fn insert_release(
        record: RecordId,
        stored: &mut RecordOf<T>,
        new: NewRelease,
        provenance: Provenance<T>,
    ) -> Result<(ReleaseId, Size), DispatchError> {
        let root = new.manifest.root;
        let unchanged =
            Self::release(ReleaseId::new(record, stored.releases)).is_some_and(|latest| latest.manifest.root == root);
        ensure!(!unchanged, Error::<T>::UnchangedRelease);
        stored.releases = stored.releases.checked_add(1).ok_or(Error::<T>::Exhausted)?;
        let id = ReleaseId::new(record, stored.releases);

        let release = Release {
            manifest: new.manifest,
            terms: new.terms,
            parents: provenance.parents,
            card: new.card,
            locations: new.locations,
            digests: new.digests,
            upstream: provenance.upstream,
            registrant: provenance.registrant,
            standing: T::Namespaces::standing(stored.namespace).ok_or(Error::<T>::UnknownNamespace)?,
            first_seen: provenance.first_seen,
            registered: T::BlockNumberProvider::current_block_number(),
            yanked: None,
        };

        // A yank may come later and is paid for now; a root has one holder entry, paid for by each that could hold it.
        let yank = <crate::Yank<BlockNumberFor<T>> as codec::MaxEncodedLen>::max_encoded_len();
        let mut size = Size::item(RELEASE_KEY, &release)
            .plus(Size { items: 0, bytes: yank.try_into().unwrap_or(u64::MAX) })
            .plus(Size::item(INDEX_KEY, &()))
            .plus(Size::item(INDEX_KEY, &id));
        Roots::<T>::insert(root, id, ());
        for digest in &release.digests {
            Digests::<T>::insert(Self::digest_key(digest), id, ());
            size = size.plus(Size::item(INDEX_KEY, &()));
        }
        for parent in &release.parents {
            Children::<T>::insert(parent.link.release, id, ());
            size = size.plus(Size::item(CHILD_KEY, &()));
        }
        if !provenance.split.is_empty() {
            size = size.plus(Size::item(SPLIT_KEY, &provenance.split));
            Splits::<T>::insert(id, provenance.split);
        }
        Releases::<T>::insert(id.record, id.number, &release);
        // The record has to be there for its release to contend: its namespace gives the standing.
        Self::contend(id, &release);
        Ok((id, size))
    }
}

impl<T: Config> Registry<T::AccountId> for Pallet<T> {
    type BlockNumber = BlockNumberFor<T>;

    fn unowned_since(record: RecordId) -> Option<BlockNumberFor<T>> {
        T::Namespaces::unowned_since(Records::<T>::get(record)?.namespace)
    }

    fn record(record: RecordId) -> Option<(RecordKind, Option<T::AccountId>)> {
        let stored = Records::<T>::get(record)?;
        Some((stored.kind, T::Namespaces::owner(stored.namespace)))
    }

    fn standing(record: RecordId) -> Option<Standing> {
        T::Namespaces::standing(Records::<T>::get(record)?.namespace)
    }

    fn release_kind(release: ReleaseId) -> Option<RecordKind> {
        let stored = Records::<T>::get(release.record)?;
        Releases::<T>::contains_key(release.record, release.number).then_some(stored.kind)
    }

    fn register(
        who: &T::AccountId,
        record: RecordId,
        kind: RecordKind,
        salt: &[u8; 32],
        release: NewRelease,
    ) -> Result<ReleaseId, DispatchError> {
        let mut stored = Self::owned_record(record, who)?;
        ensure!(stored.kind == kind, Error::<T>::WrongKind);
        Self::check_release(&release)?;
        let root = release.manifest.root;
        let asks = !release.terms.royalty.is_zero();
        let first_seen = T::Reservations::redeem(who, salt, &root.0)?;
        let (parents, split) = Self::lineage(who, &release)?;
        let provenance = Provenance { registrant: who.clone(), first_seen, upstream: None, parents, split };
        let (id, size) = Self::insert_release(record, &mut stored, release, provenance)?;
        let holder = Holders::<T>::get(root) == Some(id);
        ensure!(holder || !asks, Error::<T>::RoyaltyNeedsHolder);
        Records::<T>::insert(record, Self::pay_for_release(id, stored, who, size)?);
        Self::deposit_event(Event::Registered { release: id, root, by: who.clone(), holder });
        Ok(id)
    }

    fn split(release: ReleaseId) -> Option<RoyaltySplit> {
        let exists = crate::Releases::<T>::contains_key(release.record, release.number);
        exists.then(|| Splits::<T>::get(release))
    }

    fn holder(root: H256) -> Option<ReleaseId> {
        Holders::<T>::get(root)
    }

    fn root(release: ReleaseId) -> Option<H256> {
        Self::release(release).map(|stored| stored.manifest.root)
    }

    fn is_catalogued(release: ReleaseId) -> bool {
        Self::release(release).is_none_or(|stored| stored.upstream.is_some())
    }
}
