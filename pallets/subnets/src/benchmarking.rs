//! What each call and hook costs at its worst.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{
        fungible::{Inspect, Mutate},
        EnsureOrigin, Get,
    },
    weights::Weight,
    BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use pedigree_primitives::{
    scores_hash,
    traits::{BenchmarkRecords, BenchmarkSetup, BenchmarkStakes, Registry},
    NetUid, RecordKind, RecordName, Score,
};
use sp_core::H256;
use sp_runtime::traits::{Saturating, Zero};

use super::*;

fn name() -> RecordName {
    RecordName::parse("a-subnet").unwrap()
}

fn funded<T: Config>(who: &'static str, n: u32) -> T::AccountId {
    let account: T::AccountId = account(who, n, 0);
    T::BenchmarkSetup::fund(&account);
    account
}

/// A subnet of `owner`'s with as many seats as there can be, all its neurons still to come.
fn subnet<T: Config>(owner: &T::AccountId, kind: SubnetKind) -> NetUid {
    let netuid = NextNetUid::<T>::get();
    // Each doubles the price of the next one.
    FoundingPrices::<T>::kill();
    Pallet::<T>::do_found(owner.clone(), kind, name(), Balance::MAX).unwrap();
    Subnets::<T>::mutate(netuid, |subnet| {
        let subnet = subnet.as_mut().unwrap();
        subnet.hyperparameters.max_neurons = MAX_NEURONS as u16;
        subnet.hyperparameters.max_evaluators = MAX_EVALUATORS as u16;
        subnet.hyperparameters.immunity = 0;
    });
    netuid
}

/// So many more neurons, put where they are stored: to register thousands would be too dear.
fn fill<T: Config>(netuid: NetUid, count: u32) -> Vec<T::AccountId> {
    let mut subnet = Subnets::<T>::get(netuid).unwrap();
    let mut seats = Seats::<T>::get(netuid).into_inner();
    let accounts: Vec<T::AccountId> = (0..count).map(|n| account("neuron", n, u32::from(netuid.0))).collect();
    for who in &accounts {
        let uid = seats.len() as u16;
        let neuron =
            Neuron { account: who.clone(), registered: Zero::zero(), bound: None, deposit: 0, scores_deposit: 0 };
        Neurons::<T>::insert(netuid, uid, neuron);
        Uids::<T>::insert(netuid, who, uid);
        seats.push(Seat { since: Zero::zero(), rank: 9, taken: true, permit: false });
    }
    subnet.uids = seats.len() as u16;
    subnet.neurons = subnet.uids - 1;
    Seats::<T>::insert(netuid, BoundedVec::truncate_from(seats));
    Subnets::<T>::insert(netuid, subnet);
    accounts
}

/// Makes the first so many of these evaluators, with stake.
fn permit<T: Config>(netuid: NetUid, accounts: &[T::AccountId]) {
    for who in accounts {
        T::BenchmarkSetup::fund(who);
        let minimum = T::MinimumEvaluatorStake::get().max(T::BenchmarkSetup::minimum());
        T::BenchmarkSetup::stake(netuid, who, minimum);
        let uid = Uids::<T>::get(netuid, who).unwrap();
        Seats::<T>::mutate(netuid, |seats| seats.get_mut(usize::from(uid)).unwrap().permit = true);
        Subnets::<T>::mutate(netuid, |subnet| subnet.as_mut().unwrap().permits += 1);
    }
}

/// Goes on by a few blocks.
fn later<T: Config>() {
    let now = frame_system::Pallet::<T>::block_number();
    frame_system::Pallet::<T>::set_block_number(now.saturating_add(10u32.into()));
}

/// Gives neurons all that one can have, and holds the deposits for it: an endpoint, commitments, scores, bonds and a release.
fn furnish<T: Config>(netuid: NetUid, accounts: &[T::AccountId]) {
    let deposit = T::Currency::minimum_balance();
    let row: Row = BoundedVec::truncate_from((0..MAX_NEURONS as u16).map(|uid| (uid, 1)).collect());
    for who in accounts {
        T::BenchmarkSetup::fund(who);
        Pallet::<T>::hold(HoldReason::Neuron, who, deposit).unwrap();
        let uid = Uids::<T>::get(netuid, who).unwrap();
        let release = elsewhere(uid);
        Neurons::<T>::mutate(netuid, uid, |neuron| {
            let neuron = neuron.as_mut().unwrap();
            neuron.deposit = deposit;
            neuron.bound = Some(Binding { release, root: H256::repeat_byte(7) });
        });
        Bindings::<T>::insert(netuid, release, uid);
        Endpoints::<T>::insert(netuid, uid, Endpoint::new(&"x".repeat(128)).unwrap());
        let commit = Commit { epoch: 0, block: Zero::zero(), hash: H256::zero() };
        Commits::<T>::insert(netuid, uid, BoundedVec::truncate_from(vec![commit, commit]));
        ShownScores::<T>::insert(netuid, uid, Scores { epoch: 0, made: Zero::zero(), row: row.clone() });
        Bonds::<T>::insert(netuid, uid, row.clone());
    }
}

/// A release that is not there, another one for each.
fn elsewhere(n: u16) -> pedigree_primitives::ReleaseId {
    pedigree_primitives::ReleaseId::new(pedigree_primitives::RecordId(u32::MAX.into()), u32::from(n).saturating_add(1))
}

/// A subnet whose epoch can be ended: so many seats, so many of their neurons evaluators, with so many scores and bonds each. As
/// dear as it gets: liquid alpha and a penalty, and a seat of yesterday, so that rows are looked through for it.
fn epoch_of<T: Config>(neurons: u32, evaluators: u32, scores: u32) -> NetUid {
    let owner = funded::<T>("owner", 0);
    let netuid = subnet::<T>(&owner, SubnetKind::Model);
    Subnets::<T>::mutate(netuid, |subnet| subnet.as_mut().unwrap().hyperparameters.bonds_penalty = 30_000);
    let accounts = fill::<T>(netuid, neurons - 1);
    for uid in 1..neurons as u16 {
        Neurons::<T>::mutate(netuid, uid, |neuron| {
            neuron.as_mut().unwrap().bound = Some(Binding { release: elsewhere(uid), root: H256::repeat_byte(7) });
        });
    }
    permit::<T>(netuid, &accounts[..evaluators.min(neurons - 1) as usize]);
    later::<T>();
    let now = frame_system::Pallet::<T>::block_number();
    Seats::<T>::mutate(netuid, |seats| seats.last_mut().unwrap().since = now);
    for uid in 1..=evaluators.min(neurons - 1) as u16 {
        // None gives what another one does.
        let of = |n: u16| (n, (n.wrapping_mul(7) ^ uid.wrapping_mul(31)) % 1_000 + 1);
        let row: Row = BoundedVec::truncate_from((0..scores as u16).map(of).collect());
        ShownScores::<T>::insert(netuid, uid, Scores { epoch: 0, made: now, row: row.clone() });
        Bonds::<T>::insert(netuid, uid, row);
    }
    means::<T>(netuid, T::FoundingPrice::get());
    later::<T>();
    netuid
}

/// A release that can be bound, and its owner.
fn release<T: Config>(n: usize) -> (pedigree_primitives::ReleaseId, T::AccountId) {
    let release = T::BenchmarkSetup::releases(RecordKind::Model, 2, 0)[n];
    let (_, owner) = T::Registry::record(release.record).unwrap();
    let owner = owner.unwrap();
    T::BenchmarkSetup::fund(&owner);
    (release, owner)
}

/// Emission and funds to pay out.
fn means<T: Config>(netuid: NetUid, amount: Balance) {
    T::Currency::mint_into(&Pallet::<T>::pot(), amount).unwrap();
    Pallet::<T>::do_admit(netuid, T::MaximumTerm::get()).unwrap();
    Admissions::<T>::mutate(|admissions| {
        admissions.iter_mut().find(|admission| admission.netuid == netuid).unwrap().pending += amount;
    });
    Accounted::<T>::mutate(|accounted| *accounted += amount);
}

fn governance<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
    T::GovernanceOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn found() {
        let owner = whitelisted_caller();
        T::BenchmarkSetup::fund(&owner);
        let netuid = NextNetUid::<T>::get();

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), SubnetKind::Model, name(), Balance::MAX);

        assert!(Subnets::<T>::contains_key(netuid));
    }

    #[benchmark]
    fn admit() -> Result<(), BenchmarkError> {
        let origin = governance::<T>()?;
        let netuid = subnet::<T>(&funded::<T>("owner", 0), SubnetKind::Model);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, netuid, T::MaximumTerm::get());

        assert_eq!(Pallet::<T>::admitted(), 1);
        Ok(())
    }

    #[benchmark]
    fn set_hyperparameter() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), netuid, Hyperparameter::Tempo(T::MinimumTempo::get()));

        assert_eq!(Subnets::<T>::get(netuid).unwrap().hyperparameters.tempo, T::MinimumTempo::get());
    }

    #[benchmark]
    fn fund() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let amount = T::Currency::minimum_balance();

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), netuid, amount);

        assert_eq!(Subnets::<T>::get(netuid).unwrap().funds, amount);
    }

    #[benchmark]
    fn register() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let (release, who) = release::<T>(0);
        let accounts = fill::<T>(netuid, MAX_NEURONS - 1);
        // Nobody has less than the others, and there is nobody else than evaluators.
        permit::<T>(netuid, &accounts[..1]);
        furnish::<T>(netuid, &accounts[..1]);
        Seats::<T>::mutate(netuid, |seats| {
            for seat in seats.iter_mut() {
                seat.permit = true;
            }
            seats.get_mut(1).unwrap().rank = 0;
        });
        later::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), netuid, Some(release), Balance::MAX);

        assert_eq!(Uids::<T>::get(netuid, &who), Some(1));
    }

    #[benchmark]
    fn deregister() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let (release, who) = release::<T>(0);
        Pallet::<T>::do_register(who.clone(), netuid, Some(release), Balance::MAX).unwrap();
        Bindings::<T>::remove(netuid, release);
        furnish::<T>(netuid, core::slice::from_ref(&who));
        fill::<T>(netuid, MAX_NEURONS - 2);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), netuid);

        assert!(!Uids::<T>::contains_key(netuid, &who));
    }

    #[benchmark]
    fn bind() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let (first, who) = release::<T>(0);
        // Another one of the same owner: the first release of a record is bound, then one that takes its place.
        Pallet::<T>::do_register(who.clone(), netuid, Some(first), Balance::MAX).unwrap();
        fill::<T>(netuid, MAX_NEURONS - 2);
        let uid = Uids::<T>::get(netuid, &who).unwrap();
        let before = pedigree_primitives::ReleaseId::new(first.record, u32::MAX);
        Neurons::<T>::mutate(netuid, uid, |neuron| {
            neuron.as_mut().unwrap().bound.as_mut().unwrap().release = before;
        });
        Bindings::<T>::remove(netuid, first);
        Bindings::<T>::insert(netuid, before, uid);

        #[extrinsic_call]
        _(RawOrigin::Signed(who), netuid, first, Balance::MAX);

        assert_eq!(Bindings::<T>::get(netuid, first), Some(uid));
    }

    #[benchmark]
    fn unbind() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let (release, who) = release::<T>(0);
        Pallet::<T>::do_register(who.clone(), netuid, Some(release), Balance::MAX).unwrap();
        fill::<T>(netuid, MAX_NEURONS - 2);
        let uid = Uids::<T>::get(netuid, &who).unwrap();
        // A root that nobody holds.
        Neurons::<T>::mutate(netuid, uid, |neuron| {
            neuron.as_mut().unwrap().bound.as_mut().unwrap().root = H256::repeat_byte(99);
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), netuid, uid);

        assert!(!Bindings::<T>::contains_key(netuid, release));
    }

    #[benchmark]
    fn serve() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Service);
        Pallet::<T>::do_register(owner.clone(), netuid, None, Balance::MAX).unwrap();
        let endpoint = Endpoint::new(&"x".repeat(128)).unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), netuid, endpoint);

        assert!(Endpoints::<T>::contains_key(netuid, 1));
    }

    #[benchmark]
    fn commit() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let accounts = fill::<T>(netuid, MAX_NEURONS - 1);
        permit::<T>(netuid, &accounts[..1]);
        Seats::<T>::mutate(netuid, |seats| seats.get_mut(1).unwrap().permit = false);
        Subnets::<T>::mutate(netuid, |subnet| subnet.as_mut().unwrap().permits = 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(accounts[0].clone()), netuid, H256::repeat_byte(1));

        assert_eq!(Commits::<T>::get(netuid, 1).len(), 1);
    }

    #[benchmark]
    fn reveal(s: Linear<1, { MAX_NEURONS - 1 }>) {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let accounts = fill::<T>(netuid, MAX_NEURONS - 1);
        permit::<T>(netuid, &accounts[..1]);
        let root = H256::repeat_byte(7);
        let mut scores = Vec::new();
        for uid in 1..=(s as u16) {
            let release = pedigree_primitives::ReleaseId::new(pedigree_primitives::RecordId(0), u32::from(uid));
            Neurons::<T>::mutate(netuid, uid, |neuron| {
                neuron.as_mut().unwrap().bound = Some(Binding { release, root });
            });
            scores.push(Score { uid, score: 1, root: Some(root) });
        }
        later::<T>();
        let salt = [3; 32];
        let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
        let hash = scores_hash(&genesis.0, netuid, 0, &accounts[0].clone().into(), &scores, &salt);
        Pallet::<T>::do_commit(accounts[0].clone(), netuid, hash).unwrap();
        Subnets::<T>::mutate(netuid, |subnet| subnet.as_mut().unwrap().epoch = 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(accounts[0].clone()), netuid, BoundedVec::truncate_from(scores), salt);

        assert_eq!(ShownScores::<T>::get(netuid, 1).unwrap().row.len(), s as usize);
    }

    #[benchmark]
    fn close() {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        Pallet::<T>::do_fund(owner.clone(), netuid, T::Currency::minimum_balance()).unwrap();
        means::<T>(netuid, T::Currency::minimum_balance());

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), netuid);

        assert_eq!(Closing::<T>::get().len(), 1);
    }

    #[benchmark]
    fn on_initialize() {
        for n in 0..T::MaxSubnets::get() {
            subnet::<T>(&funded::<T>("owner", n), SubnetKind::Model);
        }
        let now = frame_system::Pallet::<T>::block_number();

        #[block]
        {
            assert!(!T::NewSession::get());
            assert!(!CreditingEpoch::<T>::exists());
            Pallet::<T>::end_due_epoch(now, Weight::MAX);
        }
    }

    /// What the end of an epoch takes for its seats alone.
    #[benchmark]
    fn epoch_neurons(n: Linear<2, MAX_NEURONS>) {
        let netuid = epoch_of::<T>(n, 0, 0);
        let subnet = Subnets::<T>::get(netuid).unwrap();

        #[block]
        {
            Pallet::<T>::end_epoch(netuid, subnet);
        }

        assert_eq!(Subnets::<T>::get(netuid).unwrap().epoch, 1);
    }

    /// What it takes for those who may score, on top of the seats.
    #[benchmark]
    fn epoch_evaluators(e: Linear<0, MAX_EVALUATORS>) {
        let netuid = epoch_of::<T>(MAX_NEURONS, e, 0);
        let subnet = Subnets::<T>::get(netuid).unwrap();

        #[block]
        {
            Pallet::<T>::end_epoch(netuid, subnet);
        }

        assert_eq!(Subnets::<T>::get(netuid).unwrap().epoch, 1);
    }

    /// What it takes for scores and bonds, on top of both.
    #[benchmark]
    fn epoch_scores(s: Linear<0, MAX_NEURONS>) {
        let netuid = epoch_of::<T>(MAX_NEURONS, MAX_EVALUATORS, s);
        let subnet = Subnets::<T>::get(netuid).unwrap();

        #[block]
        {
            Pallet::<T>::end_epoch(netuid, subnet);
        }

        assert_eq!(Subnets::<T>::get(netuid).unwrap().epoch, 1);
    }

    #[benchmark]
    fn credit_dividends(d: Linear<0, MAX_EVALUATORS>) {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Service);
        let accounts = fill::<T>(netuid, d);
        permit::<T>(netuid, &accounts);
        let amount = T::FoundingPrice::get();
        let whole = amount * (Balance::from(d) + 2);
        T::Currency::mint_into(&Pallet::<T>::pot(), whole).unwrap();
        Accounted::<T>::put(whole);
        let mut crediting = Crediting {
            netuid,
            epoch: 0,
            owner,
            owner_part: amount,
            burn: amount,
            dividends: BoundedVec::truncate_from(accounts.into_iter().map(|who| (who, amount)).collect()),
            dividends_done: false,
            credited: 0,
        };

        #[block]
        {
            Pallet::<T>::credit_dividends(&mut crediting);
        }

        assert!(Accounted::<T>::get().is_zero());
    }

    #[benchmark]
    fn credit_incentives(i: Linear<0, 500>) {
        let owner = funded::<T>("owner", 0);
        let releases = T::BenchmarkSetup::releases(RecordKind::Model, i, 0);
        let amount = T::FoundingPrice::get();
        let whole = amount * Balance::from(i);
        T::Currency::mint_into(&Pallet::<T>::pot(), whole).unwrap();
        Accounted::<T>::put(whole);
        let incentives = releases.into_iter().map(|release| (Payee::Release(release), amount)).collect();
        Incentives::<T>::put(IncentivesOf::<T>::truncate_from(incentives));
        CreditingEpoch::<T>::put(Crediting {
            netuid: NetUid(0),
            epoch: 0,
            owner,
            owner_part: 0,
            burn: 0,
            dividends: Default::default(),
            dividends_done: true,
            credited: 0,
        });

        #[block]
        {
            Pallet::<T>::credit_within(Weight::MAX);
        }

        assert!(Accounted::<T>::get().is_zero());
    }

    #[benchmark]
    fn allocate(a: Linear<0, { T::MaxAdmitted::get() }>) {
        for n in 0..a {
            let netuid = subnet::<T>(&funded::<T>("owner", n), SubnetKind::Model);
            let accounts = fill::<T>(netuid, 1);
            permit::<T>(netuid, &accounts);
            Pallet::<T>::do_admit(netuid, T::MaximumTerm::get()).unwrap();
        }
        later::<T>();
        let amount = T::FoundingPrice::get();
        T::Currency::mint_into(&Pallet::<T>::pot(), amount).unwrap();

        #[block]
        {
            Pallet::<T>::allocate();
        }

        let due = Accounted::<T>::get() + T::Currency::minimum_balance();
        assert_eq!(T::Currency::total_balance(&Pallet::<T>::pot()), due);
    }

    #[benchmark]
    fn clear(n: Linear<0, 500>) {
        let owner = funded::<T>("owner", 0);
        let netuid = subnet::<T>(&owner, SubnetKind::Model);
        let accounts = fill::<T>(netuid, n);
        furnish::<T>(netuid, &accounts);
        Pallet::<T>::do_close(Some(owner), netuid).unwrap();

        #[block]
        {
            Pallet::<T>::clear_within(Weight::MAX);
        }

        assert!(!Subnets::<T>::contains_key(netuid));
    }
}
