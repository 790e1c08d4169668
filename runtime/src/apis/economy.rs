//! Subnets and stake, as they can be read.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use frame_support::traits::Get;
use pallet_stake::{Place, Pools, Positions, Totals, Unbondings};
use pallet_subnets::{
    Admissions, Commits, Endpoints, Neurons, Results, Seats, SeatsOf, ShownScores, SubnetKind, SubnetOf,
    Subnets as Stored, Uids,
};
use pedigree_primitives::{
    api::{Balance as Amount, Page, PageRequest},
    economy::{
        EmissionShareView, EpochView, EvaluatorView, HyperparameterView, MetagraphView, NeuronResultView, NeuronView,
        PositionView, SubnetView, UnbondingView, MAX_METAGRAPH_PAGE,
    },
    traits::Stakes,
    NetUid,
};
use sp_arithmetic::Perquintill;

use super::{paging, provenance::Reader};
use crate::{AccountId, Runtime, Stake, Subnets, System};

/// In billionths, rounded down.
fn billionths(share: Perquintill) -> u32 {
    const EACH: u64 = 1_000_000_000;
    u32::try_from(share.deconstruct().checked_div(EACH).unwrap_or(0)).unwrap_or(u32::MAX)
}

/// All subnets, ordered by id.
pub(super) fn subnets(request: &PageRequest) -> Page<SubnetView> {
    let end = pallet_subnets::NextNetUid::<Runtime>::get().0;
    paging::page(
        request,
        |after: Option<u16>| after.map_or(0, |last| last.saturating_add(1))..end,
        |netuid| subnet(NetUid(netuid)),
    )
}

/// The subnet of that id.
pub(super) fn subnet(netuid: NetUid) -> Option<SubnetView> {
    let stored = Stored::<Runtime>::get(netuid)?;
    let total = Totals::<Runtime>::get(netuid).unwrap_or_default();
    let admissions = Admissions::<Runtime>::get();
    let admission = admissions.iter().find(|admission| admission.netuid == netuid);
    let now = System::block_number();
    let share = Subnets::shares().into_iter().find(|(id, _)| *id == netuid).map_or(0, |(_, share)| billionths(share));
    let kind = match stored.kind {
        SubnetKind::Model => "model",
        SubnetKind::Dataset => "dataset",
        SubnetKind::Service => "service",
    };
    Some(SubnetView {
        netuid,
        name: stored.name.as_str().to_string(),
        kind: kind.to_string(),
        owner: stored.owner.clone(),
        founded: stored.founded,
        closed: stored.closed,
        admitted_until: admission.map(|admission| admission.until).filter(|until| *until > now),
        share,
        epoch: stored.epoch,
        last_epoch: stored.last_epoch,
        due: Subnets::due(netuid),
        tempo: stored.hyperparameters.tempo,
        neurons: stored.neurons,
        evaluators: stored.permits,
        seats: stored.hyperparameters.max_neurons,
        neuron_price: Amount(Subnets::neuron_price(&stored)),
        funds: Amount(stored.funds),
        pending: Amount(admission.map_or(0, |admission| admission.pending)),
        stake: Amount(total.stake),
        average_stake: Amount(Stake::average(&total)),
    })
}

/// What is the same for all neurons of a subnet.
struct Around {
    netuid: NetUid,
    subnet: SubnetOf<Runtime>,
    seats: SeatsOf<Runtime>,
    last: Option<pallet_subnets::EpochResultOf<Runtime>>,
    releases: Reader,
}

impl Around {
    fn new(netuid: NetUid) -> Option<Self> {
        let subnet = Stored::<Runtime>::get(netuid)?;
        let last = subnet.epoch.checked_sub(1);
        Some(Self {
            netuid,
            seats: Seats::<Runtime>::get(netuid),
            last: last.and_then(|last| Results::<Runtime>::get(netuid, Subnets::slot(last))),
            subnet,
            releases: Reader::default(),
        })
    }

    fn neuron(&mut self, uid: u16) -> Option<NeuronView> {
        let seat = self.seats.get(usize::from(uid)).filter(|seat| seat.taken)?;
        let neuron = Neurons::<Runtime>::get(self.netuid, uid)?;
        let epoch = self.subnet.epoch;
        let last = self.last.as_ref().and_then(|last| last.neurons.get(usize::from(uid)));
        Some(NeuronView {
            uid,
            registered: neuron.registered,
            since: seat.since,
            immune_until: seat.since.saturating_add(self.subnet.hyperparameters.immunity),
            release: neuron.bound.map(|bound| bound.release),
            release_name: neuron.bound.and_then(|bound| self.releases.release_name(bound.release)),
            root: neuron.bound.map(|bound| bound.root),
            endpoint: Endpoints::<Runtime>::get(self.netuid, uid).map(|endpoint| endpoint.as_str().to_string()),
            permit: seat.permit,
            stake: Amount(Stake::counted(self.netuid, &neuron.account)),
            committed: seat.permit && Commits::<Runtime>::get(self.netuid, uid).iter().any(|by| by.epoch == epoch),
            revealed: seat.permit
                && ShownScores::<Runtime>::get(self.netuid, uid).is_some_and(|shown| shown.epoch == epoch),
            last: last.map(|last| NeuronResultView {
                consensus: last.consensus,
                trust: last.trust,
                incentive: last.incentive,
                dividends: last.dividends,
                stake: last.stake,
            }),
            account: neuron.account,
        })
    }
}

/// The neurons of a subnet from that uid on.
pub(super) fn metagraph(netuid: NetUid, from: u16, limit: u16) -> Option<MetagraphView> {
    let mut around = Around::new(netuid)?;
    let end = from.saturating_add(limit.clamp(1, MAX_METAGRAPH_PAGE)).min(around.subnet.uids);
    Some(MetagraphView {
        epoch: around.subnet.epoch,
        neurons: (from..end).filter_map(|uid| around.neuron(uid)).collect(),
        next: Some(end).filter(|end| *end < around.subnet.uids),
    })
}

/// A neuron by its uid.
pub(super) fn neuron(netuid: NetUid, uid: u16) -> Option<NeuronView> {
    Around::new(netuid)?.neuron(uid)
}

/// The neuron of an account.
pub(super) fn neuron_of(netuid: NetUid, account: &AccountId) -> Option<NeuronView> {
    neuron(netuid, Uids::<Runtime>::get(netuid, account)?)
}

/// How a subnet is set.
pub(super) fn hyperparameters(netuid: NetUid) -> Option<Vec<HyperparameterView>> {
    let all = Stored::<Runtime>::get(netuid)?.hyperparameters.all();
    let view = |hyperparameter: &pallet_subnets::Hyperparameter| {
        let (least, most) = Subnets::bounds(hyperparameter);
        HyperparameterView {
            name: String::from(hyperparameter.name()),
            value: hyperparameter.value().to_string(),
            least: least.to_string(),
            most: most.to_string(),
            by_governance_only: hyperparameter.by_governance_only(),
        }
    };
    Some(all.iter().map(view).collect())
}

/// The latest epochs of a subnet, the last first.
pub(super) fn epochs(netuid: NetUid) -> Option<Vec<EpochView>> {
    let epoch = Stored::<Runtime>::get(netuid)?.epoch;
    let history: u32 = <Runtime as pallet_subnets::Config>::History::get();
    let view = |epoch| {
        let result = Results::<Runtime>::get(netuid, Subnets::slot(epoch))?;
        Some(EpochView {
            epoch,
            block: result.block,
            emission: Amount(result.emission),
            funds: Amount(result.funds),
            owner_part: Amount(result.owner_part),
            incentive: Amount(result.incentive),
            dividends: Amount(result.dividends),
            burned: Amount(result.burned),
            scored: result.scored,
        })
    };
    Some((epoch.saturating_sub(history)..epoch).rev().filter_map(view).collect())
}

/// The shares of the admitted subnets in the emission.
pub(super) fn emission_shares() -> Vec<EmissionShareView> {
    let view = |(netuid, share)| EmissionShareView { netuid, share: billionths(share) };
    Subnets::shares().into_iter().map(view).collect()
}

/// The positions of a holder.
pub(super) fn positions(holder: &AccountId, request: &PageRequest) -> Page<PositionView> {
    type Key = (NetUid, AccountId);
    paging::page(
        request,
        |after: Option<Key>| match after {
            Some((netuid, evaluator)) => {
                let key = Positions::<Runtime>::hashed_key_for((holder, netuid, &evaluator));
                Positions::<Runtime>::iter_key_prefix_from((holder,), key)
            }
            None => Positions::<Runtime>::iter_key_prefix((holder,)),
        },
        |(netuid, evaluator): Key| {
            let position = Positions::<Runtime>::get((holder, netuid, &evaluator))?;
            let epoch = Totals::<Runtime>::get(netuid).map_or(0, |total| total.epoch);
            let counts = position.pending_since < epoch;
            let place = Place { netuid, evaluator: evaluator.clone() };
            Some(PositionView {
                netuid,
                evaluator,
                stake: Amount(position.stake()),
                counted: Amount(if counts { position.stake() } else { position.active }),
                dividends: Amount(Stake::dividends(holder, &place)),
                deposit: Amount(position.deposit),
            })
        },
    )
}

/// What of a holder's stake is on its way out.
pub(super) fn unbonding(holder: &AccountId) -> Vec<UnbondingView> {
    let view = |unbonding: &pallet_stake::UnbondingOf<Runtime>| UnbondingView {
        amount: Amount(unbonding.amount),
        free_from: unbonding.free_from,
    };
    Unbondings::<Runtime>::get(holder).iter().map(view).collect()
}

/// What stands behind an evaluator.
pub(super) fn evaluator(netuid: NetUid, evaluator: &AccountId) -> Option<EvaluatorView> {
    let pool = Pools::<Runtime>::get(netuid, evaluator)?;
    let now = System::block_number();
    let (due, next) = match pool.next_take {
        Some((take, from)) if from <= now => (Some(take), None),
        next => (None, next),
    };
    Some(EvaluatorView {
        stake: Amount(pool.stake()),
        counted: Amount(Stake::counted(netuid, evaluator)),
        positions: pool.positions,
        take: due.unwrap_or(pool.take).deconstruct(),
        next_take: next.map(|(take, _)| take.deconstruct()),
        next_take_from: next.map(|(_, from)| from),
        take_owed: Amount(pool.take_owed),
    })
}
