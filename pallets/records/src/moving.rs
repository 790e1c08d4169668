//! Records that change hands, and records that go.

use frame_support::{ensure, BoundedVec};
use pedigree_primitives::{
    traits::{Citation, Namespaces},
    RecordId,
};
use sp_runtime::DispatchResult;

use crate::{Config, Error, Event, Names, Offer, Pallet, Records, Size};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_accept(who: T::AccountId, record: RecordId) -> DispatchResult {
        let mut stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        let Offer { by, to } = stored.offer.take().ok_or(Error::<T>::NotOffered)?;
        ensure!(T::Namespaces::owner(stored.namespace) == Some(by), Error::<T>::NotOffered);
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
        let stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        // Whose deposit it is gets that back, too, where nobody is there to say so any more.
        let abandoned = T::Namespaces::owner(stored.namespace).is_none() && stored.deposit.who == who;
        if !abandoned {
            Self::ensure_owner(stored.namespace, &who)?;
        }
        ensure!(stored.releases == 0, Error::<T>::NotEmpty);
        ensure!(T::Citation::is_unused(record), Error::<T>::InUse);
        let key = BoundedVec::try_from(stored.name.key()).map_err(|_| Error::<T>::BadName)?;
        Names::<T>::remove(stored.namespace, key);
        Records::<T>::remove(record);
        Self::return_deposit(stored.deposit)?;
        Self::deposit_event(Event::RecordRemoved { record });
        Ok(())
    }
}
