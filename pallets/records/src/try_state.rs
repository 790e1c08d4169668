//! What holds between any two blocks.

use frame_support::ensure;
use pedigree_primitives::{traits::Namespaces, ReleaseId, MAX_ROYALTY, MAX_SPLIT};
use sp_runtime::TryRuntimeError;

use crate::{
    Adoptions, CatalogueDeposits, Children, Config, Digests, Holders, Names, NextRecordId, Pallet, Records, Releases,
    Roots, Splits,
};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::try_records()?;
        Self::try_releases()?;
        Self::try_indexes()
    }

    /// Each record has one name, in a namespace that exists, and an id that was given.
    fn try_records() -> Result<(), TryRuntimeError> {
        let next = NextRecordId::<T>::get();
        let mut records = 0usize;
        for (id, record) in Records::<T>::iter() {
            ensure!(id < next, "a record has an id that was not given");
            ensure!(record.name.check().is_ok(), "a record's name is none");
            ensure!(Self::find(record.namespace, &record.name) == Some(id), "a record cannot be found by its name");
            ensure!(T::Namespaces::standing(record.namespace).is_some(), "a record is in no namespace");
            let releases = u32::try_from(Releases::<T>::iter_key_prefix(id).count()).unwrap_or(u32::MAX);
            ensure!(releases == record.releases, "a record miscounts its releases");
            if let Some(offer) = &record.offer {
                ensure!(offer.to != record.namespace, "a record is offered to where it is");
            }
            records = records.saturating_add(1);
        }
        ensure!(Names::<T>::iter().count() == records, "a name leads to no record");
        for namespace in Adoptions::<T>::iter_keys() {
            ensure!(T::Namespaces::standing(namespace).is_some(), "the deposits of no namespace are adopted");
        }
        Ok(())
    }

    /// Each release is numbered within its record, keeps the rules, and is in every index it belongs in.
    fn try_releases() -> Result<(), TryRuntimeError> {
        for (record, number, release) in Releases::<T>::iter() {
            let id = ReleaseId::new(record, number);
            let stored = Records::<T>::get(record).ok_or("a release belongs to no record")?;
            ensure!((1..=stored.releases).contains(&number), "a release has a number that was not given");
            ensure!(release.first_seen <= release.registered, "a release was seen after it was registered");
            ensure!(release.terms.royalty <= MAX_ROYALTY, "a royalty is above the maximum");
            ensure!(Roots::<T>::contains_key(release.manifest.root, id), "a release cannot be found by its root");
            ensure!(Holders::<T>::contains_key(release.manifest.root), "a root has releases but no holder");
            for digest in &release.digests {
                ensure!(
                    Digests::<T>::contains_key(Self::digest_key(digest), id),
                    "a release cannot be found by its digest"
                );
            }
            for parent in &release.parents {
                let link = parent.link.release;
                ensure!(Self::release(link).is_some(), "a parent does not exist");
                ensure!(Children::<T>::contains_key(link, id), "a parent does not know its child");
            }
            if release.upstream.is_some() {
                ensure!(release.terms.royalty.is_zero(), "catalogued files ask a royalty");
                ensure!(release.parents.is_empty(), "catalogued files state parents");
            }
            if let Some(successor) = release.yanked.and_then(|yank| yank.successor) {
                ensure!(Self::release(successor).is_some(), "a successor does not exist");
            }
            Self::try_split(id)?;
        }
        Ok(())
    }

    /// What a release owes is what its parents owe and ask, never more than one half, and never to itself.
    fn try_split(id: ReleaseId) -> Result<(), TryRuntimeError> {
        let release = Self::release(id).ok_or("a release is gone")?;
        let split = Splits::<T>::get(id);
        ensure!(split.own() >= sp_arithmetic::PerThing::left_from_one(MAX_SPLIT), "ancestors ask too much");
        for (ancestor, rate) in split.iter() {
            let stored = Self::release(ancestor).ok_or("a split owes to a release that does not exist")?;
            ensure!(ancestor != id, "a release owes to itself");
            ensure!(!rate.is_zero() && rate == stored.terms.royalty, "a split owes another rate than was asked");
        }
        for parent in &release.parents {
            for owed in Splits::<T>::get(parent.link.release).iter() {
                ensure!(split.iter().any(|own| own == owed), "an ancestor's share got lost");
            }
        }
        Ok(())
    }

    /// Nothing in an index leads nowhere.
    fn try_indexes() -> Result<(), TryRuntimeError> {
        for (root, id) in Holders::<T>::iter() {
            let release = Self::release(id).ok_or("a holder does not exist")?;
            ensure!(release.manifest.root == root, "a holder has another root");
        }
        for (root, id) in Roots::<T>::iter_keys() {
            let release = Self::release(id).ok_or("a root leads to no release")?;
            ensure!(release.manifest.root == root, "a root leads to a release of other bytes");
        }
        for (key, id) in Digests::<T>::iter_keys() {
            let release = Self::release(id).ok_or("a digest leads to no release")?;
            ensure!(
                release.digests.iter().any(|digest| Self::digest_key(digest) == key),
                "a digest leads to a release that does not name it"
            );
        }
        for (parent, child) in Children::<T>::iter_keys() {
            let release = Self::release(child).ok_or("a child does not exist")?;
            ensure!(
                release.parents.iter().any(|stored| stored.link.release == parent),
                "a child does not know its parent"
            );
        }
        for id in Splits::<T>::iter_keys() {
            ensure!(Self::release(id).is_some(), "a split belongs to no release");
        }
        for (id, deposit) in CatalogueDeposits::<T>::iter() {
            let release = Self::release(id).ok_or("a deposit is for no release")?;
            // Whoever catalogued pays for it; for what was not catalogued a deposit of its own is a sponsor's.
            let own = deposit.who == release.registrant;
            ensure!(own == release.upstream.is_some(), "a release is paid for by somebody else than who should");
        }
        Ok(())
    }
}
