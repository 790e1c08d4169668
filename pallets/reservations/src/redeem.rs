//! Redeeming: the second step, in which a pallet that was shown the salt and the subject uses the reservation up.

use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{reservation_hash, traits};
use sp_core::H256;
use sp_runtime::{
    traits::{BlockNumberProvider, Zero},
    DispatchError,
};

use crate::{Config, Error, Event, Pallet, Phase, ReservationOf, Reservations};

impl<T: Config> Pallet<T> {
    /// The hash by which `who` reserves `subject` with `salt` on this chain.
    pub fn hash_of(who: &T::AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> H256 {
        let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
        reservation_hash(&genesis.0, &who.clone().into(), salt, subject)
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        T::BlockNumberProvider::current_block_number()
    }

    pub(crate) fn phase(reservation: &ReservationOf<T>) -> Phase {
        reservation.phase(Self::now(), T::Lifetime::get())
    }
}

impl<T: Config> traits::Reservations<T::AccountId> for Pallet<T> {
    type BlockNumber = BlockNumberFor<T>;

    fn redeem(who: &T::AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> Result<Self::BlockNumber, DispatchError> {
        let hash = Self::hash_of(who, salt, subject);
        let reservation = Reservations::<T>::get(who, hash).ok_or(Error::<T>::NotFound)?;
        match Self::phase(&reservation) {
            Phase::Fresh => return Err(Error::<T>::TooEarly.into()),
            Phase::Expired => return Err(Error::<T>::Expired.into()),
            Phase::Usable => {}
        }

        Self::return_deposit(reservation.depositor(who), reservation.deposit)?;
        Reservations::<T>::remove(who, hash);
        let block = reservation.block;
        Self::deposit_event(Event::Redeemed { who: who.clone(), hash, block });
        Ok(block)
    }
}
