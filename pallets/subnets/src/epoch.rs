//! The end of an epoch: from scores and stake to what everybody is paid, in one block.
//!
//! It writes the bonds of each evaluator and at most seven entries beside: the subnet, its seats, its result, the schedule, the
//! admissions, and what is to be credited in two. Nobody's balance changes; that is what [`crate::credit`] does.

use alloc::vec::Vec;

use frame_support::{traits::Get, weights::Weight, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{traits::Stakes, NetUid};
use pedigree_yuma::{Evaluator, Outcome, Payout};
use sp_runtime::traits::{One, SaturatedConversion, Saturating, Zero};

use crate::{
    Admissions, Balance, Bonds, Config, Crediting, CreditingEpoch, EpochResult, Event, Incentives, IncentivesOf,
    NeuronOf, NeuronResult, Neurons, Pallet, Payee, Results, Row, Schedule, Seats, SeatsOf, ShownScores, SubnetKind,
    SubnetOf, Subnets, Uids, WeightInfo, BURN_SLOT,
};

/// What an evaluator brings into an epoch.
struct Brings {
    uid: u16,
    made: u64,
    /// Nothing if he has not revealed any in this epoch: then his stake does not count in it.
    scores: Option<Row>,
    bonds: Row,
}

/// What an epoch has to pay out.
struct Means {
    /// Of the emission.
    emission: Balance,
    /// Of the subnet's funds.
    funds: Balance,
    /// What of the emission is the owner's.
    owner_part: Balance,
    /// What of the emission nobody earned.
    unearned: Balance,
}

impl Means {
    fn to_spread(&self) -> Balance {
        let emission = self.emission.saturating_sub(self.owner_part).saturating_sub(self.unearned);
        emission.saturating_add(self.funds)
    }
}

impl<T: Config> Pallet<T> {
    /// Ends the epoch that is due for longest, if one is, and tells what it took.
    pub(crate) fn end_due_epoch(now: BlockNumberFor<T>, limit: Weight) -> Weight {
        let schedule = Schedule::<T>::get();
        let due = schedule.iter().filter(|due| due.at <= now).min_by_key(|due| (due.at, due.netuid));
        let Some(netuid) = due.map(|due| due.netuid) else { return Weight::zero() };
        let Some(subnet) = Subnets::<T>::get(netuid) else { return Weight::zero() };
        // Before anything is done: as much as there can be of scores and bonds.
        let (neurons, evaluators) = (subnet.uids.into(), subnet.permits.into());
        let most = T::WeightInfo::epoch(neurons, evaluators, evaluators.saturating_mul(neurons));
        if !most.all_lte(limit) {
            // Another block has the room: the largest fits into what an epoch may take (see `integrity_test`).
            return T::DbWeight::get().reads(2);
        }
        let entries = Self::end_epoch(netuid, subnet);
        T::WeightInfo::epoch(neurons, evaluators, entries)
    }

    /// Ends an epoch. Tells how many scores and bonds there were.
    pub(crate) fn end_epoch(netuid: NetUid, mut subnet: SubnetOf<T>) -> u32 {
        let now = Self::now();
        let mut seats = Seats::<T>::get(netuid);
        let neurons: Vec<Option<NeuronOf<T>>> =
            (0..subnet.uids).map(|uid| if uid == BURN_SLOT { None } else { Neurons::<T>::get(netuid, uid) }).collect();
        let brings = Self::brought(netuid, subnet.epoch, &seats);
        let entries = brings.iter().fold(0u32, |sum, row| {
            let scores = row.scores.as_ref().map_or(0, |scores| scores.len());
            sum.saturating_add(scores.max(row.bonds.len()).saturated_into())
        });

        let outcome = Self::consensus(netuid, &subnet, &seats, &neurons, &brings);
        for (row, bonds) in brings.iter().zip(&outcome.bonds) {
            if bonds.is_empty() {
                Bonds::<T>::remove(netuid, row.uid);
            } else {
                Bonds::<T>::insert(netuid, row.uid, Row::truncate_from(bonds.clone()));
            }
        }
        let earned = outcome.incentive.iter().any(|part| part.parts() > 0);
        let means = Self::means(netuid, &subnet, earned);
        let payout = outcome.payout(means.to_spread());
        let scored = brings.iter().filter(|row| row.scores.is_some()).count().saturated_into();
        Self::pay(netuid, &mut subnet, &neurons, &means, payout, &outcome, scored);

        subnet.permits = 0;
        for (uid, seat) in seats.iter_mut().enumerate() {
            // Half of each, in 2^-32.
            let half = |of: &[pedigree_yuma::Fraction]| of.get(uid).map_or(0, |part| part.parts() >> 33);
            // An epoch in which nobody was scored says nothing of anybody.
            if earned {
                let rank = half(&outcome.incentive).saturating_add(half(&outcome.dividends));
                seat.rank = u32::try_from(rank).unwrap_or(u32::MAX);
            }
            seat.permit = seat.taken && outcome.permits.get(uid).copied().unwrap_or(false);
            if seat.permit {
                subnet.permits = subnet.permits.saturating_add(1);
            }
        }
        subnet.epoch = subnet.epoch.saturating_add(1);
        subnet.last_epoch = now;
        Self::schedule(netuid, now.saturating_add(subnet.hyperparameters.tempo.into()));
        Subnets::<T>::insert(netuid, subnet);
        Seats::<T>::insert(netuid, seats);
        entries
    }

    /// What those bring who may score.
    fn brought(netuid: NetUid, epoch: u32, seats: &SeatsOf<T>) -> Vec<Brings> {
        (0u16..)
            .zip(seats.iter())
            .filter(|(_, seat)| seat.permit)
            .map(|(uid, _)| {
                let shown = ShownScores::<T>::get(netuid, uid).filter(|shown| shown.epoch == epoch);
                let made = shown.as_ref().map_or(0, |shown| shown.made.saturated_into());
                Brings { uid, made, scores: shown.map(|shown| shown.row), bonds: Bonds::<T>::get(netuid, uid) }
            })
            .collect()
    }

    /// What scores and stake come to.
    fn consensus(
        netuid: NetUid,
        subnet: &SubnetOf<T>,
        seats: &SeatsOf<T>,
        neurons: &[Option<NeuronOf<T>>],
        brings: &[Brings],
    ) -> Outcome {
        let mut yuma: Vec<pedigree_yuma::Neuron> = seats
            .iter()
            .zip(neurons)
            .map(|(seat, neuron)| pedigree_yuma::Neuron {
                stake: neuron.as_ref().map_or(0, |neuron| T::Stakes::counted(netuid, &neuron.account)),
                active: false,
                permit: seat.permit,
                registered_at: seat.since.saturated_into(),
            })
            .collect();
        for row in brings.iter().filter(|row| row.scores.is_some()) {
            if let Some(neuron) = yuma.get_mut(usize::from(row.uid)) {
                neuron.active = true;
            }
        }
        let none = Row::default();
        // A block is too coarse to tell what was first in it. Of a commitment, the block before is certainly not too late; and
        // the end of an epoch comes before everything else in its block.
        let before = |block: u64| block.saturating_sub(1);
        let evaluators: Vec<Evaluator<'_>> = brings
            .iter()
            .map(|row| Evaluator {
                uid: row.uid,
                submitted_at: before(row.made),
                scores: row.scores.as_ref().unwrap_or(&none),
                bonds: &row.bonds,
            })
            .collect();
        let outcome = pedigree_yuma::epoch(&pedigree_yuma::Subnet {
            neurons: &yuma,
            evaluators: &evaluators,
            owner: Uids::<T>::get(netuid, &subnet.owner),
            bonds_at: before(subnet.last_epoch.saturated_into()),
            parameters: &subnet.hyperparameters.parameters(),
        });
        // What is stored is well-formed. If it were not, nobody would be paid, and everybody would score anew.
        debug_assert!(outcome.is_ok(), "{outcome:?}");
        outcome.unwrap_or_else(|_| Outcome { bonds: brings.iter().map(|_| Vec::new()).collect(), ..Outcome::default() })
    }

    /// What an epoch that ends now has to pay out. Where no contributor `earned` anything, evaluators have no more than where one
    /// did: a half. The other is burned, as far as it is emission, and stays where it is, as far as it is funds.
    fn means(netuid: NetUid, subnet: &SubnetOf<T>, earned: bool) -> Means {
        let admissions = Admissions::<T>::get();
        let admission = admissions.iter().find(|admission| admission.netuid == netuid);
        let emission = admission.map_or(0, |admission| admission.pending);
        let owner_part = T::OwnerPart::get().mul_floor(emission);
        let funds = subnet.funds.min(subnet.hyperparameters.funding);
        let half = |of: Balance| if earned { of } else { of / 2 };
        let unearned = emission.saturating_sub(owner_part);
        let unearned = unearned.saturating_sub(half(unearned));
        Means { emission, funds: half(funds), owner_part, unearned }
    }

    /// Takes what an epoch pays from the subnet, and leaves it to be credited.
    fn pay(
        netuid: NetUid,
        subnet: &mut SubnetOf<T>,
        neurons: &[Option<NeuronOf<T>>],
        means: &Means,
        payout: Payout,
        outcome: &Outcome,
        scored: u16,
    ) {
        let spread = means.to_spread();
        let nobody = payout.remainder == spread;
        // Where nobody is to be paid, emission is not kept, and funds are not touched. What rounding leaves is for the next epoch.
        let (owner_part, funds) = if nobody { (0, 0) } else { (means.owner_part, means.funds) };
        let mut burn = if nobody { means.emission } else { means.unearned };
        let left = if nobody { 0 } else { payout.remainder };
        let left_is_emission = !means.emission.is_zero();
        subnet.funds = subnet.funds.saturating_sub(funds);
        let for_admission = if left_is_emission { left } else { 0 };
        let kept = Self::take_pending(netuid, for_admission);
        subnet.funds = subnet.funds.saturating_add(left.saturating_sub(for_admission));
        burn = burn.saturating_add(for_admission.saturating_sub(kept));

        let mut incentives = Vec::new();
        let mut incentive: Balance = 0;
        for (uid, amount) in (0u16..).zip(payout.incentive).filter(|(_, amount)| !amount.is_zero()) {
            match Self::payee(subnet.kind, neurons.get(usize::from(uid)).and_then(Option::as_ref)) {
                Some(payee) => {
                    incentive = incentive.saturating_add(amount);
                    incentives.push((payee, amount));
                }
                None => burn = burn.saturating_add(amount),
            }
        }
        let mut dividends = Vec::new();
        let mut dividend: Balance = 0;
        for (neuron, amount) in neurons.iter().zip(payout.dividends).filter(|(_, amount)| !amount.is_zero()) {
            match neuron {
                Some(neuron) => {
                    dividend = dividend.saturating_add(amount);
                    dividends.push((neuron.account.clone(), amount));
                }
                None => burn = burn.saturating_add(amount),
            }
        }

        let epoch = subnet.epoch;
        let result = EpochResult {
            epoch,
            block: Self::now(),
            emission: means.emission,
            funds,
            owner_part,
            incentive,
            dividends: dividend,
            burned: burn,
            scored,
            neurons: BoundedVec::truncate_from(Self::results(outcome, subnet.uids)),
        };
        Results::<T>::insert(netuid, Self::slot(epoch), result);
        if !incentives.is_empty() {
            Incentives::<T>::put(IncentivesOf::<T>::truncate_from(incentives));
        }
        CreditingEpoch::<T>::put(Crediting {
            netuid,
            epoch,
            owner: subnet.owner.clone(),
            owner_part,
            burn,
            dividends: BoundedVec::truncate_from(dividends),
            dividends_done: false,
            credited: 0,
        });
        Self::deposit_event(Event::EpochEnded { netuid, epoch, incentive, dividends: dividend });
    }

    /// Whose the incentive of a neuron is. Nobody's on the burn slot, on a free seat, and where no release is bound that should
    /// be.
    fn payee(kind: SubnetKind, neuron: Option<&NeuronOf<T>>) -> Option<Payee<T::AccountId>> {
        let neuron = neuron?;
        match kind {
            SubnetKind::Service => Some(Payee::Account(neuron.account.clone())),
            SubnetKind::Model | SubnetKind::Dataset => neuron.bound.map(|bound| Payee::Release(bound.release)),
        }
    }

    /// Takes from an admission what is pending, but for `left`. One whose term is over keeps nothing, and goes. Tells what was
    /// kept.
    fn take_pending(netuid: NetUid, left: Balance) -> Balance {
        let now = Self::now();
        let mut kept = 0;
        Admissions::<T>::mutate(|admissions| {
            if let Some(admission) = admissions.iter_mut().find(|admission| admission.netuid == netuid) {
                kept = if admission.until > now { left } else { 0 };
                admission.pending = kept;
            }
            admissions.retain(|admission| admission.until > now || !admission.pending.is_zero());
        });
        kept
    }

    fn results(outcome: &Outcome, uids: u16) -> Vec<NeuronResult> {
        let of =
            |parts: &[pedigree_yuma::Fraction], uid: u16| parts.get(usize::from(uid)).map_or(0, |part| part.to_u16());
        (0..uids)
            .map(|uid| NeuronResult {
                consensus: of(&outcome.consensus, uid),
                trust: of(&outcome.trust, uid),
                incentive: of(&outcome.incentive, uid),
                dividends: of(&outcome.dividends, uid),
                stake: of(&outcome.active_stake, uid),
            })
            .collect()
    }

    /// Where the result of an epoch is kept.
    pub fn slot(epoch: u32) -> u32 {
        epoch.checked_rem(T::History::get()).unwrap_or(0)
    }

    /// In which block a subnet's epoch can end at the earliest.
    pub fn due(netuid: NetUid) -> Option<BlockNumberFor<T>> {
        let at = Schedule::<T>::get().iter().find(|due| due.netuid == netuid).map(|due| due.at);
        at.map(|at| at.max(Self::now().saturating_add(One::one())))
    }
}
