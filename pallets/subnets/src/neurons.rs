//! Who sits on which seat, and what is scored there.

use frame_support::{
    ensure,
    traits::{Footprint, Get},
};
use pedigree_primitives::{traits::Registry, NetUid, ReleaseId};
use sp_runtime::{
    traits::{Convert, Saturating},
    DispatchError, DispatchResult,
};

use crate::{
    Balance, Binding, Bindings, Bonds, Commits, Config, Endpoint, Endpoints, Error, Event, HoldReason, Neuron, Neurons,
    Pallet, Price, Seat, Seats, SeatsOf, ShownScores, SubnetOf, Subnets, Uids, BURN_SLOT,
};

impl<T: Config> Pallet<T> {
    /// What a neuron costs now.
    pub fn neuron_price(subnet: &SubnetOf<T>) -> Balance {
        subnet.price.now(Self::now(), T::NeuronPriceHalfLife::get(), subnet.hyperparameters.minimum_price)
    }

    /// Takes the price of a neuron, and makes the next one dearer.
    fn charge(who: &T::AccountId, subnet: &mut SubnetOf<T>, price_limit: Balance) -> Result<Balance, DispatchError> {
        let price = Self::neuron_price(subnet);
        ensure!(price <= price_limit, Error::<T>::PriceAboveLimit);
        Self::burn_price(who, price)?;
        let risen = price.saturating_add(T::NeuronPriceRise::get().mul_ceil(price));
        subnet.price = Price { amount: risen, at: Self::now() };
        Ok(price)
    }

    /// What is held for a neuron: itself, who and what it is, and where it is found.
    fn neuron_deposit() -> Balance {
        T::StoragePrice::convert(Footprint { count: 4, size: 600 })
    }

    pub(crate) fn do_register(
        who: T::AccountId,
        netuid: NetUid,
        release: Option<ReleaseId>,
        price_limit: Balance,
    ) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        ensure!(subnet.hyperparameters.registration, Error::<T>::RegistrationClosed);
        ensure!(!Uids::<T>::contains_key(netuid, &who), Error::<T>::AlreadyRegistered);
        let bound = release.map(|release| Self::binding(&who, netuid, &subnet, release)).transpose()?;
        let price = Self::charge(&who, &mut subnet, price_limit)?;
        let deposit = Self::neuron_deposit();
        Self::hold(HoldReason::Neuron, &who, deposit)?;

        let now = Self::now();
        let mut seats = Seats::<T>::get(netuid);
        let uid = Self::seat_for_new(netuid, &mut subnet, &mut seats)?;
        let seat = seats.get_mut(usize::from(uid)).ok_or(Error::<T>::AllImmune)?;
        *seat = Seat { since: now, rank: 0, taken: true, permit: false };
        subnet.neurons = subnet.neurons.saturating_add(1);
        let neuron = Neuron { account: who.clone(), registered: now, bound, deposit, scores_deposit: 0 };
        Neurons::<T>::insert(netuid, uid, neuron);
        Uids::<T>::insert(netuid, &who, uid);
        Seats::<T>::insert(netuid, seats);
        Subnets::<T>::insert(netuid, subnet);
        Self::deposit_event(Event::NeuronRegistered { netuid, uid, account: who, price });
        if let Some(Binding { release, root }) = bound {
            Bindings::<T>::insert(netuid, release, uid);
            Self::deposit_event(Event::Bound { netuid, uid, release, root });
        }
        Ok(())
    }

    /// A seat that is free, or new, or whose neuron is replaced.
    fn seat_for_new(netuid: NetUid, subnet: &mut SubnetOf<T>, seats: &mut SeatsOf<T>) -> Result<u16, DispatchError> {
        if let Some(free) = seats.iter().position(|seat| !seat.taken) {
            return Ok(u16::try_from(free).unwrap_or(u16::MAX));
        }
        if subnet.uids < subnet.hyperparameters.max_neurons && seats.try_push(Seat::default()).is_ok() {
            let uid = subnet.uids;
            subnet.uids = uid.saturating_add(1);
            return Ok(uid);
        }
        let now = Self::now();
        let immunity = subnet.hyperparameters.immunity;
        let lowest = (0u16..)
            .zip(seats.iter())
            .filter(|(uid, seat)| *uid != BURN_SLOT && seat.since.saturating_add(immunity.into()) <= now)
            // Stake may be behind those who score, and can't look after its place: they go last.
            .min_by_key(|(uid, seat)| (seat.permit, seat.rank, seat.since, *uid));
        let (uid, _) = lowest.ok_or(Error::<T>::AllImmune)?;
        Self::remove_neuron(netuid, subnet, seats, uid);
        Ok(uid)
    }

    /// Removes the neuron of a seat, if there is one, with all that it said. Its deposits come back. The seat is left free; what
    /// was scored to it counts no more.
    pub(crate) fn remove_neuron(netuid: NetUid, subnet: &mut SubnetOf<T>, seats: &mut SeatsOf<T>, uid: u16) {
        let Some(neuron) = Neurons::<T>::take(netuid, uid) else { return };
        Uids::<T>::remove(netuid, &neuron.account);
        if let Some(bound) = neuron.bound {
            Bindings::<T>::remove(netuid, bound.release);
        }
        Endpoints::<T>::remove(netuid, uid);
        Commits::<T>::remove(netuid, uid);
        ShownScores::<T>::remove(netuid, uid);
        Bonds::<T>::remove(netuid, uid);
        let held = neuron.deposit.saturating_add(neuron.scores_deposit);
        Self::release(HoldReason::Neuron, &neuron.account, held);
        if let Some(seat) = seats.get_mut(usize::from(uid)) {
            if seat.permit {
                subnet.permits = subnet.permits.saturating_sub(1);
            }
            *seat = Seat { since: Self::now(), ..Seat::default() };
        }
        subnet.neurons = subnet.neurons.saturating_sub(1);
        Self::deposit_event(Event::NeuronRemoved { netuid, uid, account: neuron.account });
    }

    pub(crate) fn do_deregister(who: T::AccountId, netuid: NetUid) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        let uid = Self::uid_of(netuid, &who)?;
        let mut seats = Seats::<T>::get(netuid);
        Self::remove_neuron(netuid, &mut subnet, &mut seats, uid);
        Seats::<T>::insert(netuid, seats);
        Subnets::<T>::insert(netuid, subnet);
        Ok(())
    }

    /// The uid of an account's neuron.
    pub(crate) fn uid_of(netuid: NetUid, who: &T::AccountId) -> Result<u16, DispatchError> {
        Uids::<T>::get(netuid, who).ok_or_else(|| Error::<T>::NotRegistered.into())
    }

    /// What a neuron of `who`'s is bound to, if it may be.
    fn binding(
        who: &T::AccountId,
        netuid: NetUid,
        subnet: &SubnetOf<T>,
        release: ReleaseId,
    ) -> Result<Binding, DispatchError> {
        let kind = subnet.kind.records().ok_or(Error::<T>::NothingToBind)?;
        let root = T::Registry::root(release).ok_or(Error::<T>::UnknownRelease)?;
        let (record_kind, owner) = T::Registry::record(release.record).ok_or(Error::<T>::UnknownRelease)?;
        ensure!(record_kind == kind, Error::<T>::WrongKind);
        ensure!(!T::Registry::is_catalogued(release), Error::<T>::Catalogued);
        ensure!(owner.as_ref() == Some(who), Error::<T>::NotReleaseOwner);
        ensure!(T::Registry::holder(root) == Some(release), Error::<T>::NotHolder);
        ensure!(!Bindings::<T>::contains_key(netuid, release), Error::<T>::AlreadyBound);
        Ok(Binding { release, root })
    }

    pub(crate) fn do_bind(
        who: T::AccountId,
        netuid: NetUid,
        release: ReleaseId,
        price_limit: Balance,
    ) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        let uid = Self::uid_of(netuid, &who)?;
        let bound = Self::binding(&who, netuid, &subnet, release)?;
        let mut neuron = Neurons::<T>::get(netuid, uid).ok_or(Error::<T>::NotRegistered)?;
        if let Some(before) = neuron.bound {
            // As dear as a new neuron: else nobody would ever be replaced who binds anew before his immunity ends.
            Self::charge(&who, &mut subnet, price_limit)?;
            Subnets::<T>::insert(netuid, subnet);
            Bindings::<T>::remove(netuid, before.release);
        }
        neuron.bound = Some(bound);
        Neurons::<T>::insert(netuid, uid, neuron);
        Bindings::<T>::insert(netuid, release, uid);
        Self::begin_anew(netuid, uid);
        Self::deposit_event(Event::Bound { netuid, uid, release, root: bound.root });
        Ok(())
    }

    pub(crate) fn do_unbind(netuid: NetUid, uid: u16) -> DispatchResult {
        Self::open_subnet(netuid)?;
        let mut neuron = Neurons::<T>::get(netuid, uid).ok_or(Error::<T>::UnknownUid)?;
        let Binding { release, root } = neuron.bound.ok_or(Error::<T>::NotBound)?;
        let owner = T::Registry::record(release.record).and_then(|(_, owner)| owner);
        let entitled = T::Registry::holder(root) == Some(release) && owner.as_ref() == Some(&neuron.account);
        ensure!(!entitled, Error::<T>::StillHolder);
        neuron.bound = None;
        Neurons::<T>::insert(netuid, uid, neuron);
        Bindings::<T>::remove(netuid, release);
        Self::begin_anew(netuid, uid);
        Self::deposit_event(Event::Unbound { netuid, uid, release });
        Ok(())
    }

    /// What was scored before counts no more, and immunity begins again.
    fn begin_anew(netuid: NetUid, uid: u16) {
        Seats::<T>::mutate(netuid, |seats| {
            if let Some(seat) = seats.get_mut(usize::from(uid)) {
                seat.since = Self::now();
                seat.rank = 0;
            }
        });
    }

    pub(crate) fn do_serve(who: T::AccountId, netuid: NetUid, endpoint: Endpoint) -> DispatchResult {
        Self::open_subnet(netuid)?;
        let uid = Self::uid_of(netuid, &who)?;
        ensure!(endpoint.is_valid(), Error::<T>::BadEndpoint);
        if endpoint.as_bytes().is_empty() {
            Endpoints::<T>::remove(netuid, uid);
        } else {
            Endpoints::<T>::insert(netuid, uid, endpoint);
        }
        Self::deposit_event(Event::Served { netuid, uid });
        Ok(())
    }
}
