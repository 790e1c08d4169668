//! Deposits that pass to the owner of a namespace: one by one when he asks, or all of them while blocks have room.
//!
//! What was catalogued in a channel is paid for by whoever catalogued it. When the channel is linked, its publisher can have
//! all of it, at once with the link if he wants. He takes over what was there when he said so, and nothing that was added
//! since. Nobody else can make him: what was catalogued to burden him stays with whoever paid for it.

use frame_support::{ensure, storage::with_storage_layer, traits::Get, weights::Weight};
use pedigree_primitives::{
    traits::{Adoption, Namespaces},
    NamespaceId, RecordId, ReleaseId,
};
use sp_runtime::{traits::BlockNumberProvider, DispatchError, DispatchResult};

use crate::{
    AdoptedLast, Adopting, AdoptingOf, Adoptions, BlockNumberFor, CatalogueDeposits, Config, Error, Event, Names,
    Pallet, RecordKey, Records, Size, WeightInfo,
};

/// What one step of an adoption came to.
enum Step {
    /// There may be more.
    Next(RecordKey, u32),
    /// Nothing is left to take over.
    Done,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_adopt(who: T::AccountId, record: RecordId, number: Option<u32>) -> DispatchResult {
        Self::owned_record(record, &who)?;
        ensure!(Self::take_over(&who, record, number)?, Error::<T>::AlreadyDepositor);
        Ok(())
    }

    pub(crate) fn do_adopt_all(who: T::AccountId, namespace: NamespaceId) -> DispatchResult {
        Self::ensure_owner(namespace, &who)?;
        let running = Adoptions::<T>::get(namespace).is_some_and(|adopting| adopting.owner == who);
        ensure!(!running, Error::<T>::AlreadyAdopting);
        Self::begin_to_adopt(namespace, who, T::BlockNumberProvider::current_block_number());
        Ok(())
    }

    fn begin_to_adopt(namespace: NamespaceId, owner: T::AccountId, until: BlockNumberFor<T>) {
        Adoptions::<T>::insert(namespace, Adopting { owner: owner.clone(), until, at: None });
        Self::deposit_event(Event::AdoptionBegan { namespace, owner });
    }

    /// Makes the deposit of a record, or of one of its catalogued releases, part of one of `owner`'s. Tells whether there
    /// was anything that is not his.
    fn take_over(owner: &T::AccountId, record: RecordId, number: Option<u32>) -> Result<bool, DispatchError> {
        let mut stored = Records::<T>::get(record).ok_or(Error::<T>::UnknownRecord)?;
        let from = match number {
            None if stored.deposit.who == *owner => return Ok(false),
            None => {
                let from = stored.deposit.who.clone();
                stored.deposit = Self::grow_deposit(stored.deposit, owner, Size::default())?;
                from
            }
            Some(number) => {
                // From here on it is a release like any other of its owner's, covered by the record's deposit.
                let Some(deposit) = CatalogueDeposits::<T>::take(ReleaseId::new(record, number)) else {
                    return Ok(false);
                };
                stored.deposit = Self::grow_deposit(stored.deposit, owner, deposit.size)?;
                let from = deposit.who.clone();
                Self::return_deposit(deposit)?;
                from
            }
        };
        Records::<T>::insert(record, stored);
        Self::deposit_event(Event::Adopted { record, number, from });
        Ok(true)
    }

    /// Goes on with what namespaces are being adopted, as far as `limit` goes. Tells how much of it was used.
    pub(crate) fn adopt_within(limit: Weight) -> Weight {
        let mut used = Weight::zero();
        loop {
            let with = used.saturating_add(T::WeightInfo::adopt_step());
            if !with.all_lte(limit) {
                return used;
            }
            if !Self::adopt_next() {
                return used.saturating_add(T::DbWeight::get().reads(2));
            }
            used = with;
        }
    }

    /// Whether an adoption goes on in a block that has so much to give.
    pub(crate) fn adopts_one(limit: Weight) -> bool {
        T::WeightInfo::adopt_step().all_lte(limit)
    }

    /// Goes on with one namespace, each in turn, however much there is in it. Tells whether there was any.
    pub(crate) fn adopt_next() -> bool {
        let last = AdoptedLast::<T>::get().map(Adoptions::<T>::hashed_key_for);
        let following = last.and_then(|last| Adoptions::<T>::iter_from(last).next());
        let Some((namespace, adopting)) = following.or_else(|| Adoptions::<T>::iter().next()) else { return false };
        AdoptedLast::<T>::put(namespace);
        Self::adopt_of(namespace, adopting);
        true
    }

    fn adopt_of(namespace: NamespaceId, adopting: AdoptingOf<T>) {
        let Adopting { owner, until, at } = adopting;
        // Who owned it when this began may have passed it on meanwhile.
        let step = match T::Namespaces::owner(namespace) {
            Some(present) if present == owner => {
                with_storage_layer(|| Self::adopt_step(namespace, &owner, until, at.as_ref()))
            }
            _ => Err(Error::<T>::NotOwner.into()),
        };
        let complete = match step {
            Ok(Step::Next(name, number)) => {
                Adoptions::<T>::insert(namespace, Adopting { owner, until, at: Some((name, number)) });
                return;
            }
            Ok(Step::Done) => true,
            // As a rule his funds don't go further. What is left stays with whoever paid for it.
            Err(_) => false,
        };
        Adoptions::<T>::remove(namespace);
        Self::deposit_event(Event::AdoptionEnded { namespace, complete });
    }

    /// Takes over the next thing after `at`: the releases of a record, one a step, and with the first of them the record.
    fn adopt_step(
        namespace: NamespaceId,
        owner: &T::AccountId,
        until: BlockNumberFor<T>,
        at: Option<&(RecordKey, u32)>,
    ) -> Result<Step, DispatchError> {
        let here = at.and_then(|(name, number)| {
            let record = Names::<T>::get(namespace, name)?;
            let releases = Records::<T>::get(record)?.releases;
            let next = number.checked_add(1).filter(|next| *next <= releases)?;
            Some((name.clone(), record, next))
        });
        if let Some((name, record, next)) = here {
            if Self::release(ReleaseId::new(record, next)).is_some_and(|release| release.registered <= until) {
                Self::take_over(owner, record, Some(next))?;
            }
            return Ok(Step::Next(name, next));
        }
        let mut names = match at {
            None => Names::<T>::iter_prefix(namespace),
            Some((name, _)) => Names::<T>::iter_prefix_from(namespace, Names::<T>::hashed_key_for(namespace, name)),
        };
        let Some((name, record)) = names.next() else { return Ok(Step::Done) };
        if Records::<T>::get(record).is_some_and(|record| record.created <= until) {
            Self::take_over(owner, record, None)?;
        }
        Ok(Step::Next(name, 0))
    }
}

impl<T: Config> Adoption for Pallet<T> {
    type BlockNumber = BlockNumberFor<T>;

    fn adopt_all(namespace: NamespaceId, until: BlockNumberFor<T>) {
        if let Some(owner) = T::Namespaces::owner(namespace) {
            Self::begin_to_adopt(namespace, owner, until);
        }
    }
}
