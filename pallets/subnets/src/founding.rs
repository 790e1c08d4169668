//! How a subnet begins, is set and funded, and ends.

use frame_support::{
    ensure,
    traits::{
        fungible::{Mutate, MutateHold},
        tokens::{Fortitude, Precision, Preservation},
        EnsureOrigin, Footprint, Get,
    },
    weights::Weight,
};
use frame_system::{ensure_signed, pallet_prelude::BlockNumberFor};
use pedigree_primitives::{
    traits::{Stakes, SubnetPhase},
    NetUid, RecordName,
};
use sp_runtime::{
    traits::{Convert, Saturating, Zero},
    DispatchError, DispatchResult,
};

use crate::{
    Accounted, Admission, Admissions, Balance, Closing, Config, CreditingEpoch, Due, Error, Event, FoundingPrices,
    HoldReason, Hyperparameter, Hyperparameters, NextNetUid, Pallet, Price, Results, Schedule, Seat, Seats, SeatsOf,
    Subnet, SubnetKind, SubnetOf, Subnets, Uids, WeightInfo, BURN_SLOT,
};

impl<T: Config> pedigree_primitives::traits::Subnets<T::AccountId> for Pallet<T> {
    fn phase(netuid: NetUid) -> Option<SubnetPhase> {
        let crediting = CreditingEpoch::<T>::get();
        if crediting.is_some_and(|crediting| crediting.netuid == netuid && !crediting.dividends_done) {
            return Some(SubnetPhase::Crediting);
        }
        match Subnets::<T>::get(netuid) {
            Some(subnet) if !subnet.closed => Some(SubnetPhase::Open),
            Some(_) => Some(SubnetPhase::Closed),
            None => (netuid < NextNetUid::<T>::get()).then_some(SubnetPhase::Closed),
        }
    }

    fn has_neuron(netuid: NetUid, who: &T::AccountId) -> bool {
        Uids::<T>::contains_key(netuid, who)
    }
}

impl<T: Config> Pallet<T> {
    /// A subnet that is open.
    pub(crate) fn open_subnet(netuid: NetUid) -> Result<SubnetOf<T>, DispatchError> {
        match Subnets::<T>::get(netuid) {
            Some(subnet) if !subnet.closed => Ok(subnet),
            None if netuid >= NextNetUid::<T>::get() => Err(Error::<T>::UnknownSubnet.into()),
            _ => Err(Error::<T>::SubnetClosed.into()),
        }
    }

    /// What founding a subnet costs now.
    pub fn founding_price() -> Balance {
        FoundingPrices::<T>::get().now(Self::now(), T::FoundingHalfLife::get(), T::FoundingPrice::get())
    }

    /// What is held for a subnet's entries: itself, its seats, its results, what it has in lists, and what its epochs need.
    fn subnet_deposit(hyperparameters: &Hyperparameters) -> Balance {
        const SEAT: u64 = 10;
        const RESULT: u64 = 10;
        const INCENTIVE: u64 = 50;
        const REST: u64 = 1_000;
        let neurons = u64::from(hyperparameters.max_neurons);
        let history = T::History::get();
        let each = SEAT.saturating_add(INCENTIVE).saturating_add(RESULT.saturating_mul(history.into()));
        let size = REST.saturating_add(each.saturating_mul(neurons));
        T::StoragePrice::convert(Footprint { count: u64::from(history).saturating_add(4), size })
    }

    pub(crate) fn do_found(
        owner: T::AccountId,
        kind: SubnetKind,
        name: RecordName,
        price_limit: Balance,
    ) -> DispatchResult {
        ensure!(name.check().is_ok(), Error::<T>::BadName);
        let netuid = NextNetUid::<T>::get();
        let next = netuid.next().ok_or(Error::<T>::TooManySubnets)?;
        let closing = Closing::<T>::decode_len().unwrap_or(0);
        let there = Schedule::<T>::decode_len().unwrap_or(0).saturating_add(closing);
        ensure!(u32::try_from(there).is_ok_and(|there| there < T::MaxSubnets::get()), Error::<T>::TooManySubnets);

        let now = Self::now();
        let price = Self::founding_price();
        ensure!(price <= price_limit, Error::<T>::PriceAboveLimit);
        Self::burn_price(&owner, price)?;
        FoundingPrices::<T>::put(Price { amount: price.saturating_mul(2), at: now });
        let hyperparameters = Self::initial();
        let deposit = Self::subnet_deposit(&hyperparameters);
        Self::hold(HoldReason::Subnet, &owner, deposit)?;

        let subnet = Subnet {
            owner: owner.clone(),
            kind,
            name,
            founded: now,
            deposit,
            epoch: 0,
            last_epoch: now,
            uids: BURN_SLOT.saturating_add(1),
            neurons: 0,
            permits: 0,
            price: Price::default(),
            funds: 0,
            changed: None,
            closed: false,
            hyperparameters,
        };
        let at = now.saturating_add(hyperparameters.tempo.into());
        Schedule::<T>::try_mutate(|schedule| schedule.try_push(Due { netuid, at }))
            .map_err(|_| Error::<T>::TooManySubnets)?;
        Subnets::<T>::insert(netuid, subnet);
        let burn_slot = Seat { taken: true, ..Seat::default() };
        Seats::<T>::insert(netuid, SeatsOf::<T>::truncate_from(alloc::vec![burn_slot]));
        NextNetUid::<T>::put(next);
        T::Stakes::open(netuid);
        Self::deposit_event(Event::Founded { netuid, owner, kind, price });
        Ok(())
    }

    pub(crate) fn do_admit(netuid: NetUid, term: BlockNumberFor<T>) -> DispatchResult {
        ensure!(term <= T::MaximumTerm::get(), Error::<T>::TermTooLong);
        let kind = Self::open_subnet(netuid)?.kind;
        let until = Self::now().saturating_add(term);
        Admissions::<T>::try_mutate(|admissions| {
            match admissions.iter_mut().find(|admission| admission.netuid == netuid) {
                Some(admission) => admission.until = until,
                None => admissions
                    .try_push(Admission { netuid, kind, until, pending: 0 })
                    .map_err(|_| Error::<T>::TooManyAdmitted)?,
            }
            Ok::<_, DispatchError>(())
        })?;
        Self::deposit_event(Event::Admitted { netuid, until });
        Ok(())
    }

    /// Who calls: governance, or the account that is then to be the owner.
    pub(crate) fn owner_or_governance(origin: T::RuntimeOrigin) -> Result<Option<T::AccountId>, DispatchError> {
        match T::GovernanceOrigin::try_origin(origin) {
            Ok(_) => Ok(None),
            Err(origin) => Ok(Some(ensure_signed(origin)?)),
        }
    }

    fn ensure_owner(who: &Option<T::AccountId>, subnet: &SubnetOf<T>) -> DispatchResult {
        ensure!(who.as_ref().is_none_or(|who| *who == subnet.owner), Error::<T>::NotSubnetOwner);
        Ok(())
    }

    /// Whether every hyperparameter is within its bounds.
    pub(crate) fn is_within_bounds(hyperparameters: &Hyperparameters) -> bool {
        hyperparameters.all().iter().all(Self::is_in_bounds) && hyperparameters.alpha_low <= hyperparameters.alpha_high
    }

    fn is_in_bounds(hyperparameter: &Hyperparameter) -> bool {
        let (least, most) = Self::bounds(hyperparameter);
        (least..=most).contains(&hyperparameter.value())
    }

    pub(crate) fn do_set_hyperparameter(
        owner: Option<T::AccountId>,
        netuid: NetUid,
        hyperparameter: Hyperparameter,
    ) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        Self::ensure_owner(&owner, &subnet)?;
        if owner.is_some() {
            ensure!(!hyperparameter.by_governance_only(), Error::<T>::ByGovernanceOnly);
            ensure!(subnet.changed != Some(subnet.epoch), Error::<T>::ChangedThisEpoch);
            subnet.changed = Some(subnet.epoch);
        }
        ensure!(Self::is_in_bounds(&hyperparameter), Error::<T>::OutOfBounds);
        let changed = subnet.hyperparameters.with(hyperparameter);
        ensure!(changed.alpha_low <= changed.alpha_high, Error::<T>::AlphaLowAboveHigh);
        ensure!(changed.max_neurons >= subnet.uids, Error::<T>::FewerSeatsThanGiven);
        if let Hyperparameter::Tempo(tempo) = hyperparameter {
            let before = subnet.hyperparameters.tempo;
            if subnet.permits == 0 {
                Self::schedule(netuid, subnet.last_epoch.saturating_add(tempo.into()));
            } else if owner.is_some() {
                // Who scores has committed for the epoch as long as it was to be, and has to be there when he may reveal.
                let gradual = tempo <= before.saturating_mul(2) && before <= tempo.saturating_mul(2);
                ensure!(gradual, Error::<T>::TempoTooAbrupt);
            }
        }
        subnet.hyperparameters = changed;
        Subnets::<T>::insert(netuid, subnet);
        Self::deposit_event(Event::HyperparameterSet { netuid, hyperparameter });
        Ok(())
    }

    /// Says when a subnet's next epoch is due.
    pub(crate) fn schedule(netuid: NetUid, at: BlockNumberFor<T>) {
        Schedule::<T>::mutate(|schedule| {
            if let Some(due) = schedule.iter_mut().find(|due| due.netuid == netuid) {
                due.at = at;
            }
        });
    }

    pub(crate) fn do_fund(by: T::AccountId, netuid: NetUid, amount: Balance) -> DispatchResult {
        ensure!(!amount.is_zero(), Error::<T>::NothingToFund);
        let mut subnet = Self::open_subnet(netuid)?;
        T::Currency::transfer(&by, &Self::pot(), amount, Preservation::Preserve)
            .map_err(|_| Error::<T>::PriceUnaffordable)?;
        Accounted::<T>::mutate(|accounted| *accounted = accounted.saturating_add(amount));
        subnet.funds = subnet.funds.saturating_add(amount);
        Subnets::<T>::insert(netuid, subnet);
        Self::deposit_event(Event::Funded { netuid, by, amount });
        Ok(())
    }

    pub(crate) fn do_close(owner: Option<T::AccountId>, netuid: NetUid) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        Self::ensure_owner(&owner, &subnet)?;
        let mut unearned: Balance = 0;
        Admissions::<T>::mutate(|admissions| {
            admissions.retain(|admission| {
                let its = admission.netuid == netuid;
                if its {
                    unearned = unearned.saturating_add(admission.pending);
                }
                !its
            });
        });
        Self::burn(netuid, unearned);
        let funds = core::mem::take(&mut subnet.funds);
        let returned = Self::pay_account(&subnet.owner, funds);
        Self::burn(netuid, funds.saturating_sub(returned));
        Schedule::<T>::mutate(|schedule| schedule.retain(|due| due.netuid != netuid));
        Closing::<T>::try_mutate(|closing| closing.try_push(netuid)).map_err(|_| Error::<T>::TooManySubnets)?;
        subnet.closed = true;
        Subnets::<T>::insert(netuid, subnet);
        Self::deposit_event(Event::Closed { netuid, returned });
        Ok(())
    }

    /// Clears away as much of a closed subnet as fits into that weight, and tells what it took.
    pub(crate) fn clear_within(limit: Weight) -> Weight {
        let look = T::DbWeight::get().reads(1);
        let each = T::WeightInfo::clear(1).saturating_sub(T::WeightInfo::clear(0));
        let room = limit.saturating_sub(look).saturating_sub(T::WeightInfo::clear(0));
        let most = room.checked_div_per_component(&each).unwrap_or(0);
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        if most.is_zero() {
            return Weight::zero();
        }
        let Some(netuid) = Closing::<T>::get().first().copied() else { return look };
        let Some(mut subnet) = Subnets::<T>::get(netuid) else { return look };
        let mut seats = Seats::<T>::get(netuid);
        let mut cleared: u32 = 0;
        while cleared < most && subnet.uids > BURN_SLOT.saturating_add(1) {
            let uid = subnet.uids.saturating_sub(1);
            Self::remove_neuron(netuid, &mut subnet, &mut seats, uid);
            subnet.uids = uid;
            seats.truncate(uid.into());
            cleared = cleared.saturating_add(1);
        }
        if subnet.uids > BURN_SLOT.saturating_add(1) {
            Subnets::<T>::insert(netuid, subnet);
            Seats::<T>::insert(netuid, seats);
        } else {
            Self::release(HoldReason::Subnet, &subnet.owner, subnet.deposit);
            for slot in 0..T::History::get() {
                Results::<T>::remove(netuid, slot);
            }
            Subnets::<T>::remove(netuid);
            Seats::<T>::remove(netuid);
            Closing::<T>::mutate(|closing| closing.retain(|closed| *closed != netuid));
            Self::deposit_event(Event::Cleared { netuid });
        }
        look.saturating_add(T::WeightInfo::clear(cleared))
    }

    /// Takes a price, which is burned.
    pub(crate) fn burn_price(who: &T::AccountId, price: Balance) -> DispatchResult {
        T::Currency::burn_from(who, price, Preservation::Preserve, Precision::Exact, Fortitude::Polite)
            .map(drop)
            .map_err(|_| Error::<T>::PriceUnaffordable.into())
    }

    pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
        T::Currency::hold(&reason.into(), who, amount).map_err(|_| Error::<T>::DepositUnaffordable.into())
    }

    /// Gives a deposit back. Takes what is there at most: whatever happened to it, it must not keep anything from going on.
    pub(crate) fn release(reason: HoldReason, who: &T::AccountId, amount: Balance) {
        let released = T::Currency::release(&reason.into(), who, amount, Precision::BestEffort);
        debug_assert_eq!(released, Ok(amount), "what was held is held");
    }

    pub(crate) fn now() -> BlockNumberFor<T> {
        frame_system::Pallet::<T>::block_number()
    }
}
