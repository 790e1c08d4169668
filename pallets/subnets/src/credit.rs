//! What an epoch pays goes to those it is for, in as many blocks as it takes.
//!
//! Dividends first, all at once: as long as they are not credited, stake in the subnet neither comes nor goes. Then incentive, a
//! page a block. A subnet's next epoch, as any other's, waits for the end of it; so nothing is ever left half credited.

use frame_support::{traits::Get, weights::Weight};
use pedigree_primitives::{
    traits::{Earnings, Stakes},
    NetUid,
};
use sp_runtime::{traits::Zero, SaturatedConversion};

use crate::{Accounted, Balance, Config, CreditingEpoch, CreditingOf, Event, Incentives, Pallet, Payee, WeightInfo};

impl<T: Config> Pallet<T> {
    /// Goes on with the epoch that is being credited, as far as that weight goes, and tells what it took.
    pub(crate) fn credit_within(limit: Weight) -> Weight {
        let Some(mut crediting) = CreditingEpoch::<T>::get() else { return Weight::zero() };
        let mut used = Weight::zero();
        if !crediting.dividends_done {
            used = T::WeightInfo::credit_dividends(crediting.dividends.len().saturated_into());
            if !used.all_lte(limit) {
                return T::DbWeight::get().reads(1);
            }
            Self::credit_dividends(&mut crediting);
        }

        let incentives = Incentives::<T>::get();
        let from = crediting.credited.saturated_into();
        let left: u32 = incentives.len().saturating_sub(from).saturated_into();
        let base = T::WeightInfo::credit_incentives(0);
        let each = T::WeightInfo::credit_incentives(1).saturating_sub(base);
        let room = limit.saturating_sub(used).saturating_sub(base).checked_div_per_component(&each);
        let count = left.min(room.unwrap_or(0).saturated_into());
        for (payee, amount) in incentives.iter().skip(from).take(count.saturated_into()) {
            Self::credit_incentive(crediting.netuid, payee, *amount);
        }
        crediting.credited = crediting.credited.saturating_add(count);
        if count == left {
            let (netuid, epoch) = (crediting.netuid, crediting.epoch);
            CreditingEpoch::<T>::kill();
            Incentives::<T>::kill();
            Self::deposit_event(Event::EpochCredited { netuid, epoch });
        } else {
            CreditingEpoch::<T>::put(crediting);
        }
        used.saturating_add(T::WeightInfo::credit_incentives(count))
    }

    /// Credits the dividends and the owner's part, burns what nobody earned or can take, and lets the next epoch of stake begin.
    pub(crate) fn credit_dividends(crediting: &mut CreditingOf<T>) {
        let netuid = crediting.netuid;
        let owner_part = core::mem::take(&mut crediting.owner_part);
        let paid = Self::pay_account(&crediting.owner, owner_part);
        let mut burn = core::mem::take(&mut crediting.burn).saturating_add(owner_part.saturating_sub(paid));

        let dividends = core::mem::take(&mut crediting.dividends);
        let due = dividends.iter().fold(0, |sum: Balance, (_, amount)| sum.saturating_add(*amount));
        let credited = T::Stakes::reward(netuid, &Self::pot(), &dividends);
        Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_sub(credited));
        burn = burn.saturating_add(due.saturating_sub(credited));
        T::Stakes::end_epoch(netuid);
        Self::burn(netuid, burn);
        crediting.dividends_done = true;
    }

    fn credit_incentive(netuid: NetUid, payee: &Payee<T::AccountId>, amount: Balance) {
        let paid = match payee {
            Payee::Release(release) => {
                let credited =
                    frame_support::storage::with_storage_layer(|| T::Earnings::credit(&Self::pot(), *release, amount));
                let paid = if credited.is_ok() { amount } else { 0 };
                Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_sub(paid));
                paid
            }
            Payee::Account(account) => {
                let paid = Self::pay_account(account, amount);
                if !paid.is_zero() {
                    Self::deposit_event(Event::ServicePaid { netuid, account: account.clone(), amount });
                }
                paid
            }
        };
        Self::burn(netuid, amount.saturating_sub(paid));
    }
}
