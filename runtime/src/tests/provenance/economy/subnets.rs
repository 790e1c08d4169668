//! Founding and setting subnets; neurons and what they are bound to.

use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use pallet_subnets::{
    Admissions, Bindings, Endpoint, HoldReason, Hyperparameter, Neurons, Seats, SubnetKind, Subnets as Stored,
};
use pedigree_primitives::{NetUid, RecordKind, ReleaseId};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::DispatchError;

use super::{super::world::*, town::*};
use crate::{
    configs::economy::{FoundingHalfLife, FoundingPrice, MaximumTerm, NeuronPriceHalfLife},
    constants::currency::UNIT,
    Balance, Balances, Runtime, RuntimeHoldReason, Subnets, System,
};

fn set_as(who: Sr25519Keyring, netuid: NetUid, hyperparameter: Hyperparameter) -> Result<(), DispatchError> {
    try_call(who, pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter })
}

fn bind(who: Sr25519Keyring, netuid: NetUid, release: ReleaseId) -> Result<(), DispatchError> {
    try_call(who, pallet_subnets::Call::bind { netuid, release, price_limit: Balance::MAX })
}

fn held(who: Sr25519Keyring, reason: HoldReason) -> Balance {
    Balances::balance_on_hold(&RuntimeHoldReason::Subnets(reason), &account(who))
}

#[test]
fn founding_doubles_its_price_which_then_decays() {
    story(|| {
        let least = FoundingPrice::get();
        let found = |price_limit| {
            let (kind, name) = (SubnetKind::Model, name("subnet"));
            try_call(Alice, pallet_subnets::Call::found { kind, name, price_limit })
        };
        assert_noop!(found(least - 1), SubnetError::PriceAboveLimit);
        let issued = Balances::total_issuance();
        assert_ok!(found(least));
        assert_eq!(Balances::total_issuance(), issued - least, "the price is burned");
        assert!(held(Alice, HoldReason::Subnet) > 0);
        assert_noop!(found(2 * least - 1), SubnetError::PriceAboveLimit);
        assert_ok!(found(2 * least));
        wait(FoundingHalfLife::get() - 1);
        assert_eq!(Subnets::founding_price(), 2 * least);
        wait(FoundingHalfLife::get());
        assert_eq!(Subnets::founding_price(), least);
    });
}

#[test]
fn only_a_referendum_admits_and_only_for_a_term() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let admit = |netuid, term| pallet_subnets::Call::admit { netuid, term };
        assert_noop!(try_call(Alice, admit(netuid, 10)), DispatchError::BadOrigin);
        assert_noop!(govern(admit(NetUid(5), 10)), SubnetError::UnknownSubnet);
        assert_noop!(govern(admit(netuid, MaximumTerm::get() + 1)), SubnetError::TermTooLong);
        assert_ok!(govern(admit(netuid, 50)));
        assert_eq!(Subnets::shares().len(), 1);
        wait(60);
        assert!(Subnets::shares().is_empty(), "the term is over");
        next_epoch(netuid);
        assert!(Admissions::<Runtime>::get().is_empty());
        assert_ok!(govern(admit(netuid, 50)));
        assert_eq!(Subnets::shares().len(), 1, "it can be renewed");
    });
}

#[test]
fn a_hyperparameter_is_set_by_whom_and_as_it_may_be() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        assert_noop!(set_as(Bob, netuid, Hyperparameter::Tempo(100)), SubnetError::NotSubnetOwner);
        assert_noop!(set_as(Alice, NetUid(7), Hyperparameter::Tempo(100)), SubnetError::UnknownSubnet);
        for change in [
            Hyperparameter::Kappa(30_000),
            Hyperparameter::MaxNeurons(99),
            Hyperparameter::AlphaSteepness(9),
            Hyperparameter::MaxEvaluators(9),
            Hyperparameter::MinimumStake(200 * UNIT),
        ] {
            assert_noop!(set_as(Alice, netuid, change), SubnetError::ByGovernanceOnly);
            assert_ok!(govern(pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter: change }));
        }
        assert_noop!(set_as(Alice, netuid, Hyperparameter::AlphaHigh(6_000)), SubnetError::AlphaLowAboveHigh);
        assert_ok!(set_as(Alice, netuid, Hyperparameter::Immunity(7)));
        assert_noop!(set_as(Alice, netuid, Hyperparameter::Immunity(8)), SubnetError::ChangedThisEpoch);
        next_epoch(netuid);
        assert_ok!(set_as(Alice, netuid, Hyperparameter::Immunity(8)));
    });
}

/// Who has committed counts on the epoch being as long as it was, and on being able to reveal in the next one.
#[test]
fn no_owner_ends_an_epoch_by_its_tempo() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        let due = || pallet_subnets::Pallet::<Runtime>::due(netuid).unwrap();
        // Nobody scores yet: it holds at once.
        assert_ok!(set_as(Alice, netuid, Hyperparameter::Tempo(100)));
        let last = Stored::<Runtime>::get(netuid).unwrap().last_epoch;
        assert_eq!(due(), last + 100);
        enter(Bob, netuid, None);
        stake(Bob, netuid, Bob, 1_000);
        wait(100);
        assert_eq!(epoch(netuid), 1);
        assert_ok!(try_commit(Bob, netuid, &[score(1, 1, None)]));
        let before = due();
        for abrupt in [49, 201, 28_800] {
            assert_noop!(set_as(Alice, netuid, Hyperparameter::Tempo(abrupt)), SubnetError::TempoTooAbrupt);
        }
        assert_ok!(set_as(Alice, netuid, Hyperparameter::Tempo(50)));
        assert_eq!(due(), before, "the epoch that is going on is as long as it was to be");
        wait(before - System::block_number());
        assert_eq!(epoch(netuid), 2);
        assert_eq!(due(), before + 50, "the next one is not");
        // A referendum may do it faster, but not in the epoch that is going on, either.
        assert_ok!(try_reveal(Bob, netuid, &[score(1, 1, None)]));
        set(netuid, Hyperparameter::Tempo(2_000));
        assert_eq!(due(), before + 50);
    });
}

/// Both ends of each, and one beyond.
#[test]
fn no_hyperparameter_can_be_set_out_of_its_bounds() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let with = |of: &Hyperparameter, value: i128| -> Option<Hyperparameter> {
            use Hyperparameter as H;
            Some(match of {
                H::Tempo(_) => H::Tempo(value.try_into().ok()?),
                H::Immunity(_) => H::Immunity(value.try_into().ok()?),
                H::MinimumPrice(_) => H::MinimumPrice(value.try_into().ok()?),
                H::Funding(_) => H::Funding(value.try_into().ok()?),
                H::MaxEvaluators(_) => H::MaxEvaluators(value.try_into().ok()?),
                H::MinimumStake(_) => H::MinimumStake(value.try_into().ok()?),
                H::BondsPenalty(_) => H::BondsPenalty(value.try_into().ok()?),
                H::BondsMovingAverage(_) => H::BondsMovingAverage(value.try_into().ok()?),
                H::AlphaSteepness(_) => H::AlphaSteepness(value.try_into().ok()?),
                H::MaxNeurons(_) => H::MaxNeurons(value.try_into().ok()?),
                H::Kappa(_) => H::Kappa(value.try_into().ok()?),
                // Two more are bound to each other, and of two everything is allowed.
                H::AlphaLow(_) | H::AlphaHigh(_) | H::Registration(_) | H::LiquidAlpha(_) => return None,
            })
        };
        let mut tried = 0;
        for of in Stored::<Runtime>::get(netuid).unwrap().hyperparameters.all() {
            let (least, most) = Subnets::bounds(&of);
            assert!((least..=most).contains(&of.value()), "{} is set out of its bounds", of.name());
            for beyond in [least - 1, most + 1] {
                let Some(hyperparameter) = with(&of, beyond) else { continue };
                let call = pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter };
                assert_noop!(govern(call), SubnetError::OutOfBounds);
                tried += 1;
            }
            for within in [least, most] {
                let Some(hyperparameter) = with(&of, within) else { continue };
                assert_ok!(govern(pallet_subnets::Call::set_hyperparameter { netuid, hyperparameter }));
            }
        }
        assert!(tried >= 15, "{tried}");
    });
}

#[test]
fn seats_are_not_taken_away() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        set(netuid, Hyperparameter::MinimumPrice(UNIT));
        for who in Sr25519Keyring::well_known() {
            enter(who, netuid, None);
        }
        let uids = Stored::<Runtime>::get(netuid).unwrap().uids;
        assert_eq!(uids, 13);
        set(netuid, Hyperparameter::MaxNeurons(16));
        assert_eq!(Seats::<Runtime>::get(netuid).len(), 13);
    });
}

#[test]
fn a_neuron_raises_the_price_of_the_next_one() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        let price = || Subnets::neuron_price(&Stored::<Runtime>::get(netuid).unwrap());
        let least = price();
        let register =
            |who, price_limit| try_call(who, pallet_subnets::Call::register { netuid, release: None, price_limit });
        assert_noop!(register(Bob, least - 1), SubnetError::PriceAboveLimit);
        assert_ok!(register(Bob, least));
        assert_noop!(register(Bob, UNIT), SubnetError::AlreadyRegistered);
        assert_eq!(price(), least + least / 4);
        assert_noop!(register(Charlie, least), SubnetError::PriceAboveLimit);
        wait(NeuronPriceHalfLife::get());
        assert_eq!(price(), least);
        set(netuid, Hyperparameter::Registration(false));
        assert_noop!(register(Charlie, UNIT), SubnetError::RegistrationClosed);
        assert_noop!(try_enter(Charlie, NetUid(3), None), SubnetError::UnknownSubnet);
    });
}

#[test]
fn a_neuron_that_leaves_gets_its_deposit_back_and_leaves_its_seat() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        assert_eq!(enter(Bob, netuid, None), 1);
        assert_eq!(enter(Charlie, netuid, None), 2);
        let endpoint = Endpoint::new("https://bob.example:8091").unwrap();
        assert_ok!(try_call(Bob, pallet_subnets::Call::serve { netuid, endpoint }));
        assert!(held(Bob, HoldReason::Neuron) > 0);
        let leave = |who| try_call(who, pallet_subnets::Call::deregister { netuid });
        assert_ok!(leave(Bob));
        assert_eq!(held(Bob, HoldReason::Neuron), 0);
        assert_noop!(leave(Bob), SubnetError::NotRegistered);
        assert_eq!(enter(Dave, netuid, None), 1, "the free seat is the next one's");
    });
}

#[test]
fn an_endpoint_is_text() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        let serve = |text: Vec<u8>| {
            let endpoint = codec::Decode::decode(&mut codec::Encode::encode(&text).as_slice()).unwrap();
            try_call(Alice, pallet_subnets::Call::serve { netuid, endpoint })
        };
        assert_noop!(serve(b"x".to_vec()), SubnetError::NotRegistered);
        enter(Alice, netuid, None);
        assert_noop!(serve(vec![0xff, 0xfe]), SubnetError::BadEndpoint);
        assert_ok!(serve(vec![b'x'; 128]));
        assert_ok!(serve(vec![]));
        assert!(pallet_subnets::Endpoints::<Runtime>::get(netuid, 1).is_none());
    });
}

/// Fills a subnet of sixteen seats as far as the well-known accounts go, and two of their derivatives.
fn fill(netuid: NetUid) -> Vec<Sr25519Keyring> {
    set(netuid, Hyperparameter::MaxNeurons(16));
    let all: Vec<_> = Sr25519Keyring::well_known().collect();
    for who in &all {
        enter(*who, netuid, None);
    }
    // The rest of the seats are filled with neurons of nobody who acts here.
    for (n, who) in [Sr25519Keyring::One, Sr25519Keyring::Two].into_iter().enumerate() {
        let call = pallet_balances::Call::transfer_allow_death { dest: account(who).into(), value: 1_000 * UNIT };
        try_call(Alice, call).unwrap();
        assert_eq!(usize::from(enter(who, netuid, None)), 13 + n);
    }
    all
}

#[test]
fn the_lowest_that_is_not_immune_is_replaced() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        set(netuid, Hyperparameter::Immunity(50));
        fill(netuid);
        let strangers = [sp_runtime::AccountId32::new([7; 32]), sp_runtime::AccountId32::new([8; 32])];
        for stranger in &strangers {
            let call =
                pallet_balances::Call::transfer_allow_death { dest: stranger.clone().into(), value: 1_000 * UNIT };
            try_call(Bob, call).unwrap();
        }
        let register = |who: &crate::AccountId| {
            let call = pallet_subnets::Call::register { netuid, release: None, price_limit: Balance::MAX };
            try_call(who.clone(), call)
        };
        assert_ok!(register(&strangers[0]));
        assert_noop!(register(&strangers[1]), SubnetError::AllImmune);
        wait(60);
        // Alice has had something, and Bob nothing: of those who had nothing he has been there longest.
        Seats::<Runtime>::mutate(netuid, |seats| seats.get_mut(1).unwrap().rank = 1);
        let before = held(Bob, HoldReason::Neuron);
        assert!(before > 0);
        assert_ok!(register(&strangers[1]));
        assert_eq!(pallet_subnets::Uids::<Runtime>::get(netuid, &strangers[1]), Some(2));
        assert!(!pallet_subnets::Uids::<Runtime>::contains_key(netuid, account(Bob)));
        assert_eq!(held(Bob, HoldReason::Neuron), 0, "his deposit is back");
    });
}

/// Stake is behind who scores; one missed epoch costs him that epoch, not his seat.
#[test]
fn who_scores_is_replaced_last() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Service);
        set(netuid, Hyperparameter::Immunity(0));
        let seated = fill(netuid);
        let evaluator = seated[0];
        stake(evaluator, netuid, evaluator, 1_000);
        next_epoch(netuid);
        assert_ok!(try_commit(evaluator, netuid, &[score(2, 1, None)]));
        let uid = uid(netuid, evaluator);
        Seats::<Runtime>::mutate(netuid, |seats| {
            for seat in seats.iter_mut() {
                seat.rank = 7;
            }
            seats.get_mut(usize::from(uid)).unwrap().rank = 0;
        });
        // The first of them has the last free seat.
        for stranger in [7, 8].map(|n| sp_runtime::AccountId32::new([n; 32])) {
            let value = 1_000 * UNIT;
            let call = pallet_balances::Call::transfer_allow_death { dest: stranger.clone().into(), value };
            try_call(Bob, call).unwrap();
            let call = pallet_subnets::Call::register { netuid, release: None, price_limit: Balance::MAX };
            assert_ok!(try_call(stranger, call));
        }
        assert_eq!(pallet_subnets::Uids::<Runtime>::get(netuid, account(evaluator)), Some(uid));
    });
}

/// Who has come to own a release can enter it, whatever the one before him does.
#[test]
fn a_neuron_is_parted_from_a_release_that_was_given_away() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let release = model(Bob, "bobs", 1);
        let uid = enter(Bob, netuid, Some(release));
        let unbind = || try_call(Ferdie, pallet_subnets::Call::unbind { netuid, uid });
        assert_noop!(unbind(), SubnetError::StillHolder);
        let namespace = pallet_records::Records::<Runtime>::get(release.record).unwrap().namespace;
        assert_ok!(try_call(Bob, pallet_namespaces::Call::offer { namespace, to: account(Charlie) }));
        assert_ok!(try_call(Charlie, pallet_namespaces::Call::accept { namespace }));
        assert_noop!(try_enter(Charlie, netuid, Some(release)), SubnetError::AlreadyBound);
        assert_ok!(unbind());
        enter(Charlie, netuid, Some(release));
    });
}

#[test]
fn only_what_is_ones_own_and_holds_its_root_is_bound() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let mine = model(Bob, "bobs", 1);
        let theirs = model(Charlie, "charlies", 2);
        let copy = model(Bob, "bobs-copy", 2);
        let data = dataset_of(Bob, "bobs-data");
        let data = register(Bob, data, bytes(3)).unwrap();
        enter(Bob, netuid, None);
        assert_noop!(bind(Bob, netuid, theirs), SubnetError::NotReleaseOwner);
        assert_noop!(bind(Bob, netuid, copy), SubnetError::NotHolder);
        assert_noop!(bind(Bob, netuid, data), SubnetError::WrongKind);
        assert_noop!(bind(Bob, netuid, ReleaseId::new(mine.record, 9)), SubnetError::UnknownRelease);
        assert_noop!(bind(Dave, netuid, mine), SubnetError::NotRegistered);
        assert_ok!(bind(Bob, netuid, mine));
        assert_noop!(bind(Bob, netuid, mine), SubnetError::AlreadyBound);
        assert_noop!(try_enter(Charlie, netuid, Some(mine)), SubnetError::NotReleaseOwner);
        // In another subnet it may be bound as well.
        let other = found(Alice, SubnetKind::Model);
        assert_eq!(enter(Bob, other, Some(mine)), 1);
        let services = found(Alice, SubnetKind::Service);
        assert_noop!(try_enter(Bob, services, Some(mine)), SubnetError::NothingToBind);
        let datasets = found(Alice, SubnetKind::Dataset);
        assert_noop!(try_enter(Bob, datasets, Some(mine)), SubnetError::WrongKind);
        assert_ok!(try_enter(Bob, datasets, Some(data)));
    });
}

#[test]
fn what_was_catalogued_is_never_bound() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let namespace = open(Dave, "hf:somebody");
        let call = pallet_records::Call::catalogue {
            namespace,
            name: name("model"),
            kind: RecordKind::Model,
            release: bytes(1),
            upstream: upstream(),
        };
        try_call(Dave, call).unwrap();
        let release = ReleaseId::new(crate::Records::find(namespace, &name("model")).unwrap(), 1);
        assert_noop!(try_enter(Dave, netuid, Some(release)), SubnetError::Catalogued);
        // Not even by its publisher, when he is there: it still states what somebody else found.
        link("hf:somebody", Eve);
        assert_noop!(try_enter(Eve, netuid, Some(release)), SubnetError::Catalogued);
    });
}

#[test]
fn binding_anew_costs_a_neuron_and_begins_anew() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let (first, second) = (model(Bob, "bobs", 1), model(Bob, "bobs-other", 2));
        let issued = Balances::total_issuance();
        let at = enter(Bob, netuid, None);
        let price = issued - Balances::total_issuance();
        let issued = Balances::total_issuance();
        assert_ok!(bind(Bob, netuid, first));
        assert_eq!(Balances::total_issuance(), issued, "the first is for nothing");
        for _ in 0..3 {
            next_block();
        }
        let issued = Balances::total_issuance();
        let call = pallet_subnets::Call::bind { netuid, release: second, price_limit: price - 1 };
        assert_noop!(try_call(Bob, call), SubnetError::PriceAboveLimit);
        assert_ok!(bind(Bob, netuid, second));
        assert!(issued - Balances::total_issuance() >= price);
        assert!(!Bindings::<Runtime>::contains_key(netuid, first));
        assert_eq!(Seats::<Runtime>::get(netuid)[usize::from(at)].since, crate::System::block_number());
    });
}

#[test]
fn a_neuron_is_parted_from_a_release_that_lost_its_root() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        let mine = model(Bob, "bobs", 1);
        let at = enter(Bob, netuid, Some(mine));
        let unbind = |uid| try_call(Ferdie, pallet_subnets::Call::unbind { netuid, uid });
        assert_noop!(unbind(at), SubnetError::StillHolder);
        assert_noop!(unbind(9), SubnetError::UnknownUid);
        // Somebody with better standing has the same bytes.
        let linked = link("hf:better", Charlie);
        let record = create(Charlie, linked, "model", RecordKind::Model);
        register(Charlie, record, bytes(1)).unwrap();
        assert_ok!(unbind(at));
        assert_eq!(Neurons::<Runtime>::get(netuid, at).unwrap().bound, None);
        assert_noop!(unbind(at), SubnetError::NotBound);
    });
}

#[test]
fn closing_returns_what_is_owed() {
    story(|| {
        let netuid = found(Alice, SubnetKind::Model);
        enter(Bob, netuid, Some(model(Bob, "bobs", 1)));
        try_call(Charlie, pallet_subnets::Call::fund { netuid, amount: 50 * UNIT }).unwrap();
        assert_noop!(try_call(Bob, pallet_subnets::Call::close { netuid }), SubnetError::NotSubnetOwner);
        let before = free(Alice);
        assert_ok!(try_call(Alice, pallet_subnets::Call::close { netuid }));
        assert_eq!(free(Alice), before + 50 * UNIT);
        assert_noop!(try_call(Alice, pallet_subnets::Call::close { netuid }), SubnetError::SubnetClosed);
        assert_noop!(try_enter(Dave, netuid, None), SubnetError::SubnetClosed);
        assert_noop!(govern(pallet_subnets::Call::admit { netuid, term: 9 }), SubnetError::SubnetClosed);
        let call = pallet_subnets::Call::fund { netuid, amount: UNIT };
        assert_noop!(try_call(Dave, call), SubnetError::SubnetClosed);
        next_block();
        assert_eq!(held(Bob, HoldReason::Neuron), 0);
        assert_eq!(held(Alice, HoldReason::Subnet), 0);
        assert!(!Stored::<Runtime>::contains_key(netuid));
        assert_ne!(found(Alice, SubnetKind::Model), netuid, "its id is not given again");
    });
}
