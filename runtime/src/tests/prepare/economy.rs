//! Subnets and stake with nothing but the runtime API and a signer.

use pedigree_primitives::{
    api::{runtime_decl_for_payouts_api::PayoutsApi, Balance as Amount, StakePlace},
    economy::{runtime_decl_for_stake_api::StakeApi, runtime_decl_for_subnets_api::SubnetsApi},
    scores_hash, NetUid, Score,
};
use sp_runtime::AccountId32;

use super::*;
use crate::Block;

const NETUID: NetUid = NetUid(0);
const TAKE: u32 = 100_000;

type Api = Runtime;

fn pdg(amount: u128) -> Amount {
    Amount(amount * UNIT)
}

fn account(who: Sr25519Keyring) -> AccountId32 {
    who.to_account_id()
}

fn epoch() -> u32 {
    <Api as SubnetsApi<Block>>::subnet(NETUID).unwrap().epoch
}

/// Goes on until another epoch has begun and the one before is credited.
fn next_epoch() {
    let before = epoch();
    while epoch() == before {
        pass(1);
    }
    pass(2);
}

fn set(name: &str, value: impl ToString) -> Action {
    Action::SetHyperparameter { netuid: NETUID, name: name.into(), value: value.to_string() }
}

fn found(kind: &str) -> Action {
    Action::FoundSubnet { kind: kind.into(), name: "small-models".into(), price_limit: None }
}

fn enter(release: Option<&str>) -> Action {
    Action::RegisterNeuron { netuid: NETUID, release: release.map(Into::into), price_limit: None }
}

fn stake(behind: Sr25519Keyring, amount: Amount) -> Action {
    Action::AllocateStake { netuid: NETUID, evaluator: account(behind), amount, accepted_take: TAKE }
}

/// A subnet of Charlie's with short epochs and funds, in which Bob has a model of his, and Dave is an evaluator.
fn subnet() -> Score {
    pass(2);
    let price = <Api as SubnetsApi<Block>>::founding_price();
    assert_eq!(submit(Charlie, found("model")).price, price);
    submit(Charlie, set("tempo", 10));
    submit(Charlie, Action::FundSubnet { netuid: NETUID, amount: pdg(1_000) });
    let record = format!("{DEMO_CHANNEL}/tiny");
    reserve(Bob, 1);
    submit(Bob, register(&record, 1));
    let price = <Api as SubnetsApi<Block>>::subnet(NETUID).unwrap().neuron_price;
    assert_eq!(submit(Bob, enter(None)).price, price);
    submit(Bob, Action::BindNeuron { netuid: NETUID, release: record, price_limit: None });
    submit(Bob, Action::SetEndpoint { netuid: NETUID, endpoint: "https://bob.example.org".into() });
    submit(Dave, enter(None));
    submit(Dave, stake(Dave, pdg(500)));
    next_epoch();
    submit(Charlie, set("funding", 100 * UNIT));
    let bob = <Api as SubnetsApi<Block>>::neuron_of(NETUID, account(Bob)).unwrap();
    assert_eq!(bob.release_name, Some(format!("{DEMO_CHANNEL}/tiny@1")));
    assert_eq!(bob.endpoint.as_deref(), Some("https://bob.example.org"));
    Score { uid: bob.uid, score: 7, root: bob.root }
}

/// The commitment to these scores.
fn commit(who: Sr25519Keyring, scores: &[Score]) -> Action {
    let genesis = System::block_hash(0);
    let account: [u8; 32] = account(who).into();
    Action::CommitScores { netuid: NETUID, hash: scores_hash(&genesis.0, NETUID, epoch(), &account, scores, &salt().0) }
}

fn reveal(scores: &[Score]) -> Action {
    Action::RevealScores { netuid: NETUID, scores: scores.to_vec(), salt: salt() }
}

#[test]
fn a_subnet_pays_by_json_alone() {
    development().execute_with(|| {
        let scores = [subnet()];
        submit(Dave, commit(Dave, &scores));
        assert!(<Api as SubnetsApi<Block>>::neuron_of(NETUID, account(Dave)).unwrap().committed);
        next_epoch();
        submit(Dave, reveal(&scores));
        assert!(<Api as SubnetsApi<Block>>::neuron_of(NETUID, account(Dave)).unwrap().revealed);
        next_epoch();

        let free = Balances::balance(&account(Dave));
        let prepared = submit(Dave, Action::WithdrawDividends { netuid: NETUID, evaluator: account(Dave) });
        assert_eq!((prepared.price.0, prepared.deposit.0), (0, 0));
        assert!(Balances::balance(&account(Dave)) > free + 49 * UNIT, "half of what the epoch had");
        // The other half is the release's, once it has matured.
        let release = Runtime::release_by_name(format!("{DEMO_CHANNEL}/tiny")).unwrap().id;
        let earnings = <Api as PayoutsApi<Block>>::statement(release).unwrap().earnings;
        assert!(earnings.maturing.0 > 49 * UNIT && earnings.paid.0 == 0);
        assert!(earnings.matures.unwrap() > System::block_number());
        let of_namespace = <Api as PayoutsApi<Block>>::earnings_of_namespace(
            DEMO_CHANNEL.into(),
            PageRequest { after: None, limit: 9 },
        );
        assert_eq!(of_namespace.items, [earnings]);
        let mature = Action::Mature { release: format!("{DEMO_CHANNEL}/tiny@1") };
        assert!(matches!(error(Alice, mature), PrepareError::WouldFail { error, .. } if error == "NotMature"));
    });
}

#[test]
fn stake_moves_and_leaves_by_json_alone() {
    development().execute_with(|| {
        subnet();
        submit(Dave, Action::SetTake { netuid: NETUID, take: 50_000 });
        let evaluator = <Api as StakeApi<Block>>::evaluator(NETUID, account(Dave)).unwrap();
        assert_eq!(evaluator.take, 50_000);
        let prepared = submit(Bob, stake(Dave, pdg(10)));
        assert!((10 * UNIT..11 * UNIT).contains(&prepared.deposit.0), "the stake, and what its entries take");
        let place = |evaluator| StakePlace { netuid: NETUID, evaluator: account(evaluator) };
        let step = Action::MoveStake { from: place(Dave), to: place(Bob), amount: pdg(10), accepted_take: TAKE };
        assert_eq!(submit(Bob, step).price.0, 0);
        let positions = <Api as StakeApi<Block>>::positions(account(Bob), PageRequest { after: None, limit: 9 });
        assert_eq!(positions.items.len(), 1);
        assert_eq!(positions.items[0].evaluator, account(Bob));
        let out = Action::UnbondStake { netuid: NETUID, evaluator: account(Bob), amount: pdg(10) };
        submit(Bob, out);
        assert_eq!(<Api as StakeApi<Block>>::unbonding(account(Bob))[0].amount, pdg(10));
        let still = error(Bob, Action::WithdrawUnbonded {});
        assert!(matches!(still, PrepareError::WouldFail { error, .. } if error == "StillUnbonding"));

        // A closed subnet keeps nobody's stake, for longer than another does.
        submit(Charlie, Action::CloseSubnet { netuid: NETUID });
        let out = Action::UnbondStake { netuid: NETUID, evaluator: account(Dave), amount: pdg(500) };
        submit(Dave, out);
        assert_eq!(<Api as StakeApi<Block>>::unbonding(account(Dave))[0].amount, pdg(500));
    });
}

#[test]
fn the_errors_of_subnets_and_stake_are_told_before_anything_is_paid() {
    development().execute_with(|| {
        let score = subnet();
        let refused = |who, action: Action| match error(who, action) {
            PrepareError::WouldFail { pallet, error, explanation, .. } => {
                assert!(explanation.ends_with('.'), "{explanation}");
                (pallet, error)
            }
            other => panic!("{other:?}"),
        };
        let is = |who, action, pallet: &str, name: &str| {
            assert_eq!(refused(who, action), (pallet.to_string(), name.to_string()));
        };
        let nowhere = NetUid(9);
        is(Bob, Action::CloseSubnet { netuid: NETUID }, "Subnets", "NotSubnetOwner");
        is(Bob, Action::FundSubnet { netuid: nowhere, amount: pdg(1) }, "Subnets", "UnknownSubnet");
        is(Charlie, set("kappa", 30_000), "Subnets", "ByGovernanceOnly");
        is(Charlie, set("tempo", 20), "Subnets", "ChangedThisEpoch");
        is(Bob, set("tempo", 20), "Subnets", "NotSubnetOwner");
        is(Bob, enter(None), "Subnets", "AlreadyRegistered");
        let none = Action::RegisterNeuron { netuid: nowhere, release: None, price_limit: None };
        is(Alice, none, "Subnets", "UnknownSubnet");
        let cheap = Action::RegisterNeuron { netuid: NETUID, release: None, price_limit: Some(Amount(1)) };
        is(Alice, cheap, "Subnets", "PriceAboveLimit");
        is(Alice, enter(Some(&format!("{DEMO_CHANNEL}/tiny"))), "Subnets", "NotReleaseOwner");
        let again = Action::BindNeuron { netuid: NETUID, release: format!("{DEMO_CHANNEL}/tiny"), price_limit: None };
        is(Bob, again, "Subnets", "AlreadyBound");
        is(Alice, Action::UnbindNeuron { netuid: NETUID, uid: score.uid }, "Subnets", "StillHolder");
        is(Alice, Action::DeregisterNeuron { netuid: NETUID }, "Subnets", "NotRegistered");
        is(Bob, commit(Bob, &[score]), "Subnets", "NoPermit");
        is(Dave, reveal(&[score]), "Subnets", "NoPermit");
        submit(Dave, commit(Dave, &[score]));
        is(Dave, commit(Dave, &[score]), "Subnets", "AlreadyCommitted");
        is(Dave, reveal(&[score]), "Subnets", "RevealTooEarly");
        next_epoch();
        is(Dave, reveal(&[]), "Subnets", "NotWhatWasCommitted");
        is(Alice, stake(Dave, Amount(1)), "Stake", "BelowMinimumStake");
        is(Alice, stake(Alice, pdg(1)), "Stake", "NotANeuron");
        let picky =
            Action::AllocateStake { netuid: NETUID, evaluator: account(Dave), amount: pdg(1), accepted_take: TAKE - 1 };
        is(Alice, picky, "Stake", "TakeNotAccepted");
        let much = Action::UnbondStake { netuid: NETUID, evaluator: account(Dave), amount: pdg(501) };
        is(Dave, much, "Stake", "MoreThanStaked");
        is(Alice, Action::WithdrawUnbonded {}, "Stake", "NothingUnbonding");
        is(Dave, Action::SetTake { netuid: NETUID, take: 180_001 }, "Stake", "TakeAboveMaximum");
        let nothing = Action::WithdrawDividends { netuid: NETUID, evaluator: account(Dave) };
        is(Alice, nothing, "Stake", "NoPosition");
    });
}

#[test]
fn wrong_fields_of_subnets_and_stake_are_named() {
    development().execute_with(|| {
        pass(2);
        let wrong = |action| match error(Bob, action) {
            PrepareError::Invalid { field, explanation } => (field, explanation),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(found("song")).0, "kind");
        let unnamed = Action::FoundSubnet { kind: "model".into(), name: "a b".into(), price_limit: None };
        assert_eq!(wrong(unnamed).0, "name");
        let (field, explanation) = wrong(set("speed", 1));
        assert_eq!(field, "name");
        assert!(explanation.contains("tempo, immunity"), "{explanation}");
        assert_eq!(wrong(set("tempo", "fast")).0, "value");
        let (field, explanation) = wrong(set("tempo", u64::MAX));
        assert_eq!((field.as_str(), explanation.as_str()), ("value", "tempo is 10 at least and 28800 at most."));
        assert_eq!(wrong(enter(Some("bob/x@1"))).0, "release");
        assert_eq!(wrong(Action::Mature { release: "bob/x@1".into() }).0, "release");
        let endpoint = Action::SetEndpoint { netuid: NETUID, endpoint: "x".repeat(129) };
        assert_eq!(wrong(endpoint).0, "endpoint");
        assert_eq!(wrong(Action::SetTake { netuid: NETUID, take: 1_000_001 }).0, "take");
        let many = vec![Score { uid: 1, score: 1, root: None }; 4_097];
        assert_eq!(wrong(reveal(&many)).0, "scores");
    });
}
