//! What can be read of subnets and stake.

use pallet_subnets::SubnetKind;
use pedigree_primitives::{
    api::{Page, PageRequest},
    economy::{runtime_decl_for_stake_api::StakeApi, runtime_decl_for_subnets_api::SubnetsApi, MAX_METAGRAPH_PAGE},
    NetUid,
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};

use super::{super::world::*, town::*};
use crate::{constants::currency::UNIT, Block, Runtime};

type Api = Runtime;

fn all(limit: u32) -> PageRequest {
    PageRequest { after: None, limit }
}

#[test]
fn subnets_are_listed_in_pages() {
    story(|| {
        for _ in 0..5 {
            pallet_subnets::FoundingPrices::<Runtime>::kill();
            found(Alice, SubnetKind::Service);
        }
        let mut seen = vec![];
        let mut request = all(2);
        loop {
            let page: Page<_> = <Api as SubnetsApi<Block>>::subnets(request);
            seen.extend(page.items.into_iter().map(|subnet| subnet.netuid));
            let Some(next) = page.next else { break };
            request = PageRequest { after: Some(next), limit: 2 };
        }
        assert_eq!(seen, (0..5).map(NetUid).collect::<Vec<_>>());
        assert!(<Api as SubnetsApi<Block>>::subnet(NetUid(5)).is_none());
    });
}

#[test]
fn a_metagraph_shows_who_is_there_and_how_it_went() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Model);
        let release = model(Charlie, "charlies", 1);
        let charlie = enter(Charlie, netuid, Some(release));
        admit(netuid);
        fund(netuid, 200 * UNIT);
        next_block();
        give(&[Bob], netuid, &[score(charlie, 9, Some(root(1)))]);
        let neuron = <Api as SubnetsApi<Block>>::neuron_of(netuid, account(Bob)).unwrap();
        assert!(neuron.permit && neuron.revealed && !neuron.committed);
        next_epoch(netuid);

        let page = <Api as SubnetsApi<Block>>::metagraph(netuid, 0, MAX_METAGRAPH_PAGE).unwrap();
        assert_eq!((page.neurons.len(), page.next), (2, None), "the burn slot is nobody's");
        let (bob, scored) = (&page.neurons[0], &page.neurons[1]);
        assert_eq!((bob.stake.0, bob.last.unwrap().dividends), (1_000 * UNIT, 65_535));
        assert_eq!((scored.uid, scored.release, scored.root), (charlie, Some(release), Some(root(1))));
        assert_eq!(scored.last.unwrap().incentive, 65_535);
        assert_eq!(<Api as SubnetsApi<Block>>::neuron(netuid, charlie).as_ref(), Some(scored));
        let first = <Api as SubnetsApi<Block>>::metagraph(netuid, 0, 2).unwrap();
        assert_eq!((first.neurons.len(), first.next), (1, Some(2)));

        let epochs = <Api as SubnetsApi<Block>>::epochs(netuid).unwrap();
        assert!(epochs.len() <= 4 && epochs[0].epoch == page.epoch - 1);
        assert!(epochs[0].incentive.0 > 99 * UNIT);
        let subnet = <Api as SubnetsApi<Block>>::subnet(netuid).unwrap();
        assert_eq!((subnet.neurons, subnet.evaluators, subnet.kind.as_str()), (2, 1, "model"));
        assert_eq!(subnet.share, <Api as SubnetsApi<Block>>::emission_shares()[0].share);
        let hyperparameters = <Api as SubnetsApi<Block>>::hyperparameters(netuid).unwrap();
        assert!(hyperparameters.iter().any(|one| one.name == "tempo" && one.value == "10" && !one.by_governance_only));
    });
}

#[test]
fn positions_show_what_counts_and_what_was_earned() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        enter(Dave, netuid, None);
        stake(Charlie, netuid, Bob, 10);
        next_epoch(netuid);
        stake(Charlie, netuid, Bob, 5);
        stake(Charlie, netuid, Dave, 7);
        let first = <Api as StakeApi<Block>>::positions(account(Charlie), all(1));
        let second =
            <Api as StakeApi<Block>>::positions(account(Charlie), PageRequest { after: first.next.clone(), limit: 9 });
        let mut positions = [first.items, second.items].concat();
        positions.sort_by_key(|position| position.stake);
        let shown: Vec<_> = positions.iter().map(|position| (position.stake.0, position.counted.0)).collect();
        assert_eq!(shown, [(7 * UNIT, 0), (15 * UNIT, 10 * UNIT)]);
        let unbond = pallet_stake::Call::unbond { netuid, evaluator: account(Bob), amount: 5 * UNIT };
        try_call(Charlie, unbond).unwrap();
        let unbonding = <Api as StakeApi<Block>>::unbonding(account(Charlie));
        assert_eq!(unbonding[0].amount.0, 5 * UNIT);
        let bob = <Api as StakeApi<Block>>::evaluator(netuid, account(Bob)).unwrap();
        assert_eq!((bob.stake.0, bob.positions, bob.take), (1_010 * UNIT, 2, 100_000));
        assert!(<Api as StakeApi<Block>>::evaluator(netuid, account(Alice)).is_none());
    });
}
