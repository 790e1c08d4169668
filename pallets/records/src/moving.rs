//! Records that change hands, and records that go.

use frame_support::{ensure, BoundedVec};
use pedigree_primitives::{traits::Citation, RecordId, ReleaseId};
use sp_runtime::DispatchResult;

use crate::{CatalogueDeposits, Config, Error, Event, Names, Pallet, Records, Size};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_accept(who: T::AccountId, record: RecordId) -> DispatchResult {
        let mut stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        let to = stored.offered_to.take().ok_or(Error::<T>::NotOffered)?;
        Self::ensure_owner(to, &who)?;
        let key = BoundedVec::try_from(stored.name.key()).map_err(|_| Error::<T>::BadName)?;
        ensure!(!Names::<T>::contains_key(to, &key), Error::<T>::NameTaken);
        let from = stored.namespace;
        Names::<T>::remove(from, &key);
        Names::<T>::insert(to, key, record);
        stored.namespace = to;
        stored.deposit = Self::grow_deposit(stored.deposit, &who, Size::default())?;
        Records::<T>::insert(record, stored);
        Self::deposit_event(Event::Moved { record, from, to });
        Ok(())
    }

    pub(crate) fn do_remove(who: T::AccountId, record: RecordId) -> DispatchResult {
        let stored = Self::owned_record(record, &who)?;
        ensure!(stored.releases == 0, Error::<T>::NotEmpty);
        ensure!(T::Citation::is_unused(record), Error::<T>::InUse);
        let key = BoundedVec::try_from(stored.name.key()).map_err(|_| Error::<T>::BadName)?;
        Names::<T>::remove(stored.namespace, key);
        Records::<T>::remove(record);
        Self::return_deposit(stored.deposit)?;
        Self::deposit_event(Event::RecordRemoved { record });
        Ok(())
    }

    pub(crate) fn do_adopt(who: T::AccountId, record: RecordId, number: Option<u32>) -> DispatchResult {
        let mut stored = Self::owned_record(record, &who)?;
        let from = match number {
            None => {
                ensure!(stored.deposit.who != who, Error::<T>::AlreadyDepositor);
                let from = stored.deposit.who.clone();
                stored.deposit = Self::grow_deposit(stored.deposit, &who, Size::default())?;
                from
            }
            Some(number) => {
                // From here on it is a release like any other of its owner's, covered by the record's deposit.
                let deposit =
                    CatalogueDeposits::<T>::take(ReleaseId::new(record, number)).ok_or(Error::<T>::AlreadyDepositor)?;
                stored.deposit = Self::grow_deposit(stored.deposit, &who, deposit.size)?;
                let from = deposit.who.clone();
                Self::return_deposit(deposit)?;
                from
            }
        };
        Records::<T>::insert(record, stored);
        Self::deposit_event(Event::Adopted { record, number, from });
        Ok(())
    }
}
