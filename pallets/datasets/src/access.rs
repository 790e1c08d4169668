//! Who may begin to cite a dataset.
//!
//! Access and grants bind what is registered from now on; what cites a dataset already stands.

use codec::MaxEncodedLen;
use frame_support::{
    ensure,
    traits::{Consideration, Footprint},
};
use pedigree_primitives::{
    traits::{Citation, Registry, StatePayer},
    RecordId, RecordKind,
};
use sp_runtime::{traits::BlockNumberProvider, DispatchError, DispatchResult};

use crate::{AccessOf, Accesses, BlockNumberFor, Config, Error, Event, Grant, GrantOf, Grants, Pallet};

/// Bytes of a key: the 32 of its prefix, and of each part a 16-byte hash before what is hashed.
const ACCESS_KEY: usize = 32 + 16 + 8;
const GRANT_KEY: usize = 32 + 16 + 8 + 16 + 32;

impl<T: Config> Pallet<T> {
    /// Who may cite a dataset.
    pub fn access(record: RecordId) -> AccessOf<T> {
        Accesses::<T>::get(record).map(|(access, ..)| access).unwrap_or_default()
    }

    pub(crate) fn do_set_access(who: T::AccountId, record: RecordId, access: AccessOf<T>) -> DispatchResult {
        Self::ensure_dataset_of(&who, record)?;
        Self::ensure_future(access.consent_until)?;
        if let Some((_, depositor, ticket)) = Accesses::<T>::take(record) {
            ticket.drop(&depositor)?;
        }
        if access != AccessOf::<T>::default() {
            let size = ACCESS_KEY.saturating_add(<(AccessOf<T>, T::AccountId, T::Consideration)>::max_encoded_len());
            let footprint = Footprint::from_parts(1, size);
            let payer = T::Payer::state(&who, footprint.count, footprint.size)?;
            let ticket = T::Consideration::new(&payer, footprint)?;
            Accesses::<T>::insert(record, (access, payer, ticket));
        }
        Self::deposit_event(Event::AccessSet { record, access });
        Ok(())
    }

    pub(crate) fn do_grant(
        who: T::AccountId,
        record: RecordId,
        account: T::AccountId,
        until: Option<BlockNumberFor<T>>,
    ) -> DispatchResult {
        Self::ensure_dataset_of(&who, record)?;
        Self::ensure_future(until)?;
        let grant = match Grants::<T>::get(record, &account) {
            Some(grant) => Grant { until, ..grant },
            None => {
                let size = GRANT_KEY.saturating_add(GrantOf::<T>::max_encoded_len());
                let ticket = T::Consideration::new(&who, Footprint::from_parts(1, size))?;
                Grant { until, depositor: who, ticket }
            }
        };
        Grants::<T>::insert(record, &account, grant);
        Self::deposit_event(Event::Granted { record, account, until });
        Ok(())
    }

    pub(crate) fn do_revoke(who: T::AccountId, record: RecordId, account: T::AccountId) -> DispatchResult {
        Self::ensure_dataset_of(&who, record)?;
        let grant = Grants::<T>::take(record, &account).ok_or(Error::<T>::NotGranted)?;
        grant.ticket.drop(&grant.depositor)?;
        Self::deposit_event(Event::Revoked { record, account });
        Ok(())
    }

    fn ensure_dataset_of(who: &T::AccountId, record: RecordId) -> Result<(), DispatchError> {
        let (kind, owner) = T::Registry::record(record).ok_or(Error::<T>::UnknownRecord)?;
        ensure!(kind == RecordKind::Dataset, Error::<T>::NotADataset);
        ensure!(owner.as_ref() == Some(who), Error::<T>::NotOwner);
        Ok(())
    }

    fn ensure_future(until: Option<BlockNumberFor<T>>) -> DispatchResult {
        ensure!(Self::lasts(until), Error::<T>::AlreadyPast);
        Ok(())
    }

    fn lasts(until: Option<BlockNumberFor<T>>) -> bool {
        until.is_none_or(|until| T::BlockNumberProvider::current_block_number() <= until)
    }
}

impl<T: Config> Citation<T::AccountId> for Pallet<T> {
    fn may_cite(who: &T::AccountId, record: RecordId, kind: RecordKind) -> bool {
        if kind != RecordKind::Dataset {
            return true;
        }
        let access = Self::access(record);
        let granted = || Grants::<T>::get(record, who).is_some_and(|grant| Self::lasts(grant.until));
        Self::lasts(access.consent_until) && (!access.by_grant || granted())
    }

    fn is_unused(record: RecordId) -> bool {
        !Accesses::<T>::contains_key(record) && Grants::<T>::iter_key_prefix(record).next().is_none()
    }
}
