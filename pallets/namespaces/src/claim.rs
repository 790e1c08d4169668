//! Plain names: reserved, then claimed and paid for.

use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{
        fungible::Balanced,
        tokens::{Fortitude, Precision, Preservation},
        Get, OnUnbalanced,
    },
};
use pedigree_primitives::{
    traits::{Payer, Reservations},
    NamespaceName,
};

use crate::{price, Config, Error, Event, Pallet};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_claim(who: T::AccountId, name: NamespaceName, salt: &[u8; 32]) -> DispatchResult {
        let kind = Self::plain(&name)?;
        ensure!(Self::id_of(&name).is_none(), Error::<T>::NameTaken);

        // First: the deposit that comes back may help to pay the price.
        let reserved = T::Reservations::redeem(&who, salt, &Self::subject(&name))?;
        let price = price(T::BasePrice::get(), name.as_str().len());
        let payer = T::Payer::price(&who, price)?;
        // What a sponsor sets aside is his to spend, whatever he has frozen since.
        let fortitude = if payer == who { Fortitude::Polite } else { Fortitude::Force };
        let payment = T::Currency::withdraw(&payer, price, Precision::Exact, Preservation::Preserve, fortitude)
            .map_err(|_| Error::<T>::PriceUnaffordable)?;
        T::OnPayment::on_unbalanced(payment);

        let namespace = Self::insert(Self::begin(name.clone(), kind, Some(who.clone()), None))?;
        Self::deposit_event(Event::Claimed { namespace, name, owner: who, price, reserved });
        Ok(())
    }
}
