//! What holds between any two blocks.

use alloc::collections::{BTreeMap, BTreeSet};

use frame_support::{
    ensure,
    traits::{
        fungible::{Inspect, InspectHold},
        Get,
    },
};
use pedigree_primitives::{
    traits::{Registry, Stakes as _},
    NetUid,
};
use sp_runtime::TryRuntimeError;

use crate::{
    Accounted, Admissions, Balance, Bindings, Bonds, Closing, Commits, Config, CreditingEpoch, Emission, Endpoints,
    HoldReason, Incentives, Neurons, NextNetUid, Pallet, Results, Schedule, Seats, ShownScores, SubnetOf, Subnets,
    Uids, BURN_SLOT,
};

/// What is held on accounts, by account.
type Held<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet:
    ///
    /// * the pot has what is accounted for and an existential deposit, to the last unit; and that is what is pending, what
    ///   subnets were funded with, and what is being credited;
    /// * no neuron without a subnet, and each on one seat, with one account, and with what it is bound to;
    /// * no bonds without a permit, and not more permits than there may be;
    /// * what is held on accounts is the deposits of subnets and neurons;
    /// * every open subnet is on the schedule, every closed one among those that are cleared away.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        T::Emission::try_state()?;
        let mut subnet_deposits = Held::<T>::new();
        let mut neuron_deposits = Held::<T>::new();
        let mut accounted: Balance = 0;
        let (mut open, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for (netuid, subnet) in Subnets::<T>::iter() {
            ensure!(netuid < NextNetUid::<T>::get(), "a subnet whose id was not given yet");
            ensure!(Self::is_within_bounds(&subnet.hyperparameters), "a hyperparameter is out of its bounds");
            accounted = accounted.saturating_add(subnet.funds);
            if subnet.closed {
                closed.insert(netuid);
            } else {
                open.insert(netuid);
            }
            let held = subnet_deposits.entry(subnet.owner.clone()).or_default();
            *held = held.saturating_add(subnet.deposit);
            Self::check_seats(netuid, &subnet)?;
            Self::check_neurons(netuid, &subnet, &mut neuron_deposits)?;
            let kept = Results::<T>::iter_prefix(netuid).count();
            ensure!(kept <= usize::try_from(T::History::get()).unwrap_or(0), "too many results");
        }
        Self::check_orphans()?;
        Self::check_lists(&open, &closed)?;

        for admission in Admissions::<T>::get() {
            ensure!(open.contains(&admission.netuid), "a closed subnet is admitted");
            accounted = accounted.saturating_add(admission.pending);
        }
        accounted = accounted.saturating_add(Self::being_credited()?);
        ensure!(Accounted::<T>::get() == accounted, "what is accounted for is not the sum of what is somebody's");
        let pot = T::Currency::total_balance(&Self::pot());
        let due = accounted.saturating_add(T::Currency::minimum_balance());
        ensure!(pot == due, "the pot has something else than what is somebody's and an existential deposit");

        let on_hold = |reason: HoldReason, who: &T::AccountId| T::Currency::balance_on_hold(&reason.into(), who);
        for (who, deposits) in subnet_deposits {
            ensure!(on_hold(HoldReason::Subnet, &who) == deposits, "what is held is not the deposits of subnets");
        }
        for (who, deposits) in neuron_deposits {
            ensure!(on_hold(HoldReason::Neuron, &who) == deposits, "what is held is not the deposits of neurons");
        }
        Ok(())
    }

    fn check_seats(netuid: NetUid, subnet: &SubnetOf<T>) -> Result<(), TryRuntimeError> {
        let seats = Seats::<T>::get(netuid);
        ensure!(seats.len() == usize::from(subnet.uids), "there are not as many seats as uids");
        let burn_slot = seats.first().is_some_and(|seat| seat.taken && !seat.permit);
        ensure!(burn_slot && !Neurons::<T>::contains_key(netuid, BURN_SLOT), "somebody sits on the burn slot");
        let taken = seats.iter().filter(|seat| seat.taken).count();
        ensure!(taken == usize::from(subnet.neurons).saturating_add(1), "not as many seats are taken as neurons");
        let permits = seats.iter().filter(|seat| seat.permit).count();
        ensure!(permits == usize::from(subnet.permits), "there are not as many permits as the subnet says");
        for (uid, seat) in (0u16..).zip(seats.iter()) {
            ensure!(!seat.permit || seat.taken, "a permit on a free seat");
            let neuron = uid == BURN_SLOT || Neurons::<T>::contains_key(netuid, uid);
            ensure!(seat.taken == neuron, "a seat is taken without a neuron, or free with one");
            ensure!(seat.permit || !Bonds::<T>::contains_key(netuid, uid), "bonds without a permit");
        }
        Ok(())
    }

    fn check_neurons(netuid: NetUid, subnet: &SubnetOf<T>, held: &mut Held<T>) -> Result<(), TryRuntimeError> {
        let mut neurons = 0u16;
        let mut bound = 0usize;
        for (uid, neuron) in Neurons::<T>::iter_prefix(netuid) {
            neurons = neurons.saturating_add(1);
            ensure!(Uids::<T>::get(netuid, &neuron.account) == Some(uid), "an account does not know its neuron");
            if let Some(binding) = neuron.bound {
                bound = bound.saturating_add(1);
                ensure!(Bindings::<T>::get(netuid, binding.release) == Some(uid), "a release does not know its neuron");
                ensure!(T::Registry::root(binding.release) == Some(binding.root), "bound to another root");
            }
            let said = Commits::<T>::contains_key(netuid, uid) || ShownScores::<T>::contains_key(netuid, uid);
            ensure!(!said || neuron.scores_deposit > 0, "scores without a deposit");
            let deposits = held.entry(neuron.account).or_default();
            *deposits = deposits.saturating_add(neuron.deposit).saturating_add(neuron.scores_deposit);
        }
        ensure!(neurons == subnet.neurons, "there are not as many neurons as the subnet says");
        ensure!(Uids::<T>::iter_prefix(netuid).count() == usize::from(neurons), "an account without a neuron");
        ensure!(Bindings::<T>::iter_prefix(netuid).count() == bound, "a release without a neuron");
        Ok(())
    }

    /// Nothing is there of a neuron that is not.
    fn check_orphans() -> Result<(), TryRuntimeError> {
        for (netuid, _) in Neurons::<T>::iter_keys().chain(Results::<T>::iter_keys().map(|(netuid, _)| (netuid, 0))) {
            ensure!(Subnets::<T>::contains_key(netuid), "a neuron or a result without a subnet");
        }
        let said = Bonds::<T>::iter_keys()
            .chain(Commits::<T>::iter_keys())
            .chain(ShownScores::<T>::iter_keys())
            .chain(Endpoints::<T>::iter_keys());
        for (netuid, uid) in said {
            ensure!(Neurons::<T>::contains_key(netuid, uid), "something of a neuron that is not there");
        }
        let seats: BTreeSet<_> = Seats::<T>::iter_keys().collect();
        ensure!(seats.into_iter().all(Subnets::<T>::contains_key), "seats without a subnet");
        Ok(())
    }

    fn check_lists(open: &BTreeSet<NetUid>, closed: &BTreeSet<NetUid>) -> Result<(), TryRuntimeError> {
        let schedule = Schedule::<T>::get();
        let scheduled: BTreeSet<_> = schedule.iter().map(|due| due.netuid).collect();
        ensure!(scheduled == *open && schedule.len() == open.len(), "the schedule is not that of the open subnets");
        let closing = Closing::<T>::get();
        let listed: BTreeSet<_> = closing.iter().copied().collect();
        ensure!(listed == *closed && closing.len() == closed.len(), "not all that is closed is being cleared away");
        Ok(())
    }

    /// What is on its way from an epoch to those it is for.
    fn being_credited() -> Result<Balance, TryRuntimeError> {
        let incentives = Incentives::<T>::get();
        let Some(crediting) = CreditingEpoch::<T>::get() else {
            ensure!(incentives.is_empty(), "incentive is left of an epoch that is credited");
            return Ok(0);
        };
        let done = usize::try_from(crediting.credited).unwrap_or(usize::MAX);
        ensure!(done <= incentives.len(), "more incentive is credited than there was");
        let rest = crediting.owner_part.saturating_add(crediting.burn);
        ensure!(!crediting.dividends_done || (rest == 0 && crediting.dividends.is_empty()), "dividends are left over");
        let dividends = crediting.dividends.iter().map(|(_, amount)| *amount);
        let incentive = incentives.iter().skip(done).map(|(_, amount)| *amount);
        for (account, _) in &crediting.dividends {
            let counted = T::Stakes::counted(crediting.netuid, account);
            ensure!(counted > 0, "stake has left before its dividends were credited");
        }
        Ok(dividends.chain(incentive).fold(rest, |sum, amount| sum.saturating_add(amount)))
    }
}
