//! The methods against a runtime that is made up here: what is passed on, what is refused before, what an answer and an
//! error look like in JSON.

use super::{
    economy::{Stake, StakeRpcServer, Subnets, SubnetsRpcServer},
    namespaces::{Namespaces, NamespacesRpcServer},
    payouts::{Payouts, PayoutsRpcServer},
    provenance::{Provenance, ProvenanceRpcServer},
    sponsorship::{Sponsorship, SponsorshipRpcServer},
};
use jsonrpsee::RpcModule;
use pedigree_primitives::{
    api::{
        Action, Balance, ChildView, DigestView, EarningsView, Lineage, LineageRequest, LinkRequestView, NamespaceView,
        NamespacesApi, Page, PageRequest, ParentView, PartView, PaymentView, PayoutsApi, PrepareError, Prepared,
        ProvenanceApi, Query, RecordView, RegistrarsView, RelativeView, ReleaseView, ShareView, SignerPayload,
        SourceView, SponsorshipApi, SponsorshipView, StandingApi, StatementView,
    },
    economy::{
        EmissionShareView, EpochView, EvaluatorView, HyperparameterView, MetagraphView, NeuronResultView, NeuronView,
        PositionView, StakeApi, SubnetView, SubnetsApi, UnbondingView,
    },
    Bytes, NamespaceId, NetUid, RecordId, ReleaseId, Standing,
};
use pedigree_runtime::{opaque::Block, AccountId, Hash, Header};
use serde_json::{json, Value};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::{BlockStatus, HeaderBackend, Info};
use sp_core::H256;
use sp_runtime::traits::Header as _;
use std::sync::Arc;

/// A chain with one namespace (`alice`, id 7), one block that is known, and one whose state was discarded.
#[derive(Clone)]
struct MadeUp;

const BEST: Hash = H256::repeat_byte(1);
const DISCARDED: Hash = H256::repeat_byte(2);

fn alice() -> AccountId {
    AccountId::new([1; 32])
}

fn namespace() -> NamespaceView {
    NamespaceView {
        id: NamespaceId(7),
        name: "alice".into(),
        channel: None,
        standing: Standing::Plain,
        owner: Some(alice()),
        offered_to: None,
        created: 3,
        link: None,
    }
}

fn earnings() -> EarningsView {
    EarningsView {
        release: ReleaseId::new(RecordId(2), 1),
        name: "alice/poems@1".into(),
        owner: Some(alice()),
        paid: Balance(u128::MAX),
        unsettled: Balance(0),
        owed: Balance(4),
        withdrawn: Balance(3),
        expired: Balance(0),
        expires: None,
        maturing: Balance(5),
        matures: Some(28_800),
    }
}

/// The subnet 3, in which there is one neuron, Alice's, with the uid 1.
fn subnet() -> SubnetView {
    SubnetView {
        netuid: NetUid(3),
        name: "small-models".into(),
        kind: "model".into(),
        owner: alice(),
        founded: 4,
        closed: false,
        admitted_until: None,
        share: 0,
        epoch: 2,
        last_epoch: 24,
        due: Some(34),
        tempo: 10,
        neurons: 1,
        evaluators: 1,
        seats: 256,
        neuron_price: Balance(u128::MAX),
        funds: Balance(9),
        pending: Balance(0),
        stake: Balance(8),
        average_stake: Balance(7),
    }
}

fn neuron() -> NeuronView {
    NeuronView {
        uid: 1,
        account: alice(),
        registered: 5,
        since: 6,
        immune_until: 7_206,
        release: Some(ReleaseId::new(RecordId(2), 1)),
        release_name: Some("alice/poems@1".into()),
        root: Some(H256::repeat_byte(7)),
        endpoint: None,
        permit: true,
        stake: Balance(8),
        committed: true,
        revealed: false,
        last: Some(NeuronResultView { consensus: 1, trust: 2, incentive: 3, dividends: 4, stake: 65_535 }),
    }
}

fn page_of<Item>(items: Vec<Item>, request: PageRequest) -> Page<Item> {
    // What comes back tells what was passed on.
    Page { items, next: Some(Bytes(request.limit.to_be_bytes().to_vec())) }
}

sp_api::mock_impl_runtime_apis! {
    impl NamespacesApi<Block> for MadeUp {
        fn namespace(name: String) -> Option<NamespaceView> {
            (name == "alice").then(namespace)
        }
        #[advanced]
        fn namespace_by_id(at: Hash, id: NamespaceId) -> Result<Option<NamespaceView>, ApiError> {
            if at == DISCARDED {
                return Err(ApiError::Application(Box::new(sp_blockchain::Error::UnknownBlock("State discarded".into()))));
            }
            match id.0 {
                7 => Ok(Some(namespace())),
                13 => Err(ApiError::Application("the runtime panicked".into())),
                _ => Ok(None),
            }
        }
        fn namespaces(page: PageRequest) -> Page<NamespaceView> {
            page_of(vec![namespace()], page)
        }
        fn price(name: String) -> Option<Balance> {
            (name == "alice").then_some(Balance(u128::MAX))
        }
    }

    impl StandingApi<Block> for MadeUp {
        fn registrars() -> RegistrarsView {
            RegistrarsView { registrars: vec![alice()], threshold: 1 }
        }
        fn link_request(_name: String, _claimant: AccountId) -> Option<LinkRequestView> { None }
        fn link_requests(_name: Option<String>, page: PageRequest) -> Page<LinkRequestView> { page_of(vec![], page) }
    }

    impl ProvenanceApi<Block> for MadeUp {
        fn record(_id: RecordId) -> Option<RecordView> { None }
        fn record_by_name(_name: String) -> Option<RecordView> { None }
        fn release(_id: ReleaseId) -> Option<ReleaseView> { None }
        fn release_by_name(_name: String) -> Option<ReleaseView> { None }
        fn holder(_root: H256) -> Option<ReleaseView> { None }
        fn releases_by_root(_root: H256, page: PageRequest) -> Page<ReleaseView> { page_of(vec![], page) }
        fn releases_by_digest(_digest: DigestView, page: PageRequest) -> Page<ReleaseView> { page_of(vec![], page) }
        fn records_of_namespace(_name: String, page: PageRequest) -> Page<RecordView> { page_of(vec![], page) }
        fn releases_of_record(_id: RecordId, page: PageRequest) -> Page<ReleaseView> { page_of(vec![], page) }
        fn releases_of_namespace(_name: String, page: PageRequest) -> Page<ReleaseView> { page_of(vec![], page) }
        fn parents(_id: ReleaseId) -> Option<Vec<ParentView>> { None }
        fn children(_id: ReleaseId, page: PageRequest) -> Page<ChildView> { page_of(vec![], page) }
        fn lineage(_id: ReleaseId, _request: LineageRequest) -> Option<Lineage<RelativeView>> { None }
        fn search(_query: Query, page: PageRequest) -> Page<ReleaseView> { page_of(vec![], page) }
        fn royalty_split(_id: ReleaseId) -> Option<Vec<ShareView>> { None }
        fn prepare(_account: AccountId, action: Action) -> Result<Prepared, PrepareError> {
            Err(match action {
                Action::ClaimNamespace { .. } => PrepareError::TooPoor { needed: Balance(2), available: Balance(1) },
                Action::OpenNamespace { .. } => PrepareError::WouldFail {
                    pallet: "Namespaces".into(),
                    error: "Taken".into(),
                    parent: None,
                    explanation: "Somebody has it.".into(),
                },
                _ => PrepareError::Invalid { field: "release".into(), explanation: "there is none".into() },
            })
        }
        fn assemble(_payload: SignerPayload, _signature: Bytes) -> Option<Bytes> { None }
    }

    impl SponsorshipApi<Block> for MadeUp {
        fn sponsors_of(beneficiary: AccountId, page: PageRequest) -> Page<SponsorshipView> {
            let (fees, names, deposits) = (Balance(u128::MAX), Balance(0), Balance(7));
            let sponsor = alice();
            page_of(vec![SponsorshipView { sponsor, beneficiary, calls: 2, fees, names, deposits, until: 9 }], page)
        }
    }

    impl PayoutsApi<Block> for MadeUp {
        fn statement(_id: ReleaseId) -> Option<StatementView> { None }
        fn sources(_id: ReleaseId, _page: PageRequest) -> Option<Lineage<SourceView>> { None }
        fn earnings_of_namespace(_name: String, page: PageRequest) -> Page<EarningsView> {
            page_of(vec![earnings()], page)
        }
    }

    impl SubnetsApi<Block> for MadeUp {
        fn subnets(page: PageRequest) -> Page<SubnetView> { page_of(vec![subnet()], page) }
        fn subnet(netuid: NetUid) -> Option<SubnetView> { (netuid.0 == 3).then(subnet) }
        fn metagraph(netuid: NetUid, from: u16, limit: u16) -> Option<MetagraphView> {
            // What comes back tells what was passed on.
            (netuid.0 == 3).then(|| MetagraphView { epoch: from.into(), neurons: vec![neuron()], next: Some(limit) })
        }
        fn neuron(netuid: NetUid, uid: u16) -> Option<NeuronView> { (netuid.0 == 3 && uid == 1).then(neuron) }
        fn neuron_of(netuid: NetUid, account: AccountId) -> Option<NeuronView> {
            (netuid.0 == 3 && account == alice()).then(neuron)
        }
        fn hyperparameters(netuid: NetUid) -> Option<Vec<HyperparameterView>> {
            let (name, value, least, most) = ("tempo".into(), "10".into(), "10".into(), "28800".into());
            (netuid.0 == 3).then(|| vec![HyperparameterView { name, value, least, most, by_governance_only: false }])
        }
        fn epochs(netuid: NetUid) -> Option<Vec<EpochView>> {
            let (emission, funds, owner_part) = (Balance(u128::MAX), Balance(2), Balance(3));
            let (incentive, dividends, burned) = (Balance(4), Balance(5), Balance(6));
            let epoch = EpochView {
                epoch: 1, block: 24, emission, funds, owner_part, incentive, dividends, burned, scored: 1,
            };
            (netuid.0 == 3).then(|| vec![epoch])
        }
        fn emission_shares() -> Vec<EmissionShareView> {
            vec![EmissionShareView { netuid: NetUid(3), share: 200_000_000 }]
        }
        fn founding_price() -> Balance { Balance(u128::MAX) }
    }

    impl StakeApi<Block> for MadeUp {
        fn positions(_holder: AccountId, page: PageRequest) -> Page<PositionView> {
            let (stake, counted) = (Balance(u128::MAX), Balance(1));
            let (dividends, deposit) = (Balance(2), Balance(3));
            page_of(vec![PositionView { netuid: NetUid(3), evaluator: alice(), stake, counted, dividends, deposit }], page)
        }
        fn unbonding(_holder: AccountId) -> Vec<UnbondingView> {
            vec![UnbondingView { amount: Balance(4), free_from: 9 }]
        }
        fn evaluator(netuid: NetUid, evaluator: AccountId) -> Option<EvaluatorView> {
            (netuid.0 == 3 && evaluator == alice()).then_some(EvaluatorView {
                stake: Balance(8),
                counted: Balance(7),
                positions: 2,
                take: 100_000,
                next_take: None,
                next_take_from: None,
                take_owed: Balance(1),
            })
        }
    }
}

impl ProvideRuntimeApi<Block> for MadeUp {
    type Api = Self;
    fn runtime_api(&self) -> ApiRef<'_, Self> {
        self.clone().into()
    }
}

impl HeaderBackend<Block> for MadeUp {
    fn header(&self, hash: Hash) -> sp_blockchain::Result<Option<Header>> {
        let known = [BEST, DISCARDED].contains(&hash);
        Ok(known
            .then(|| Header::new(1, Default::default(), Default::default(), Default::default(), Default::default())))
    }
    fn info(&self) -> Info<Block> {
        Info {
            best_hash: BEST,
            best_number: 1,
            genesis_hash: Default::default(),
            finalized_hash: BEST,
            finalized_number: 1,
            finalized_state: None,
            number_leaves: 1,
            block_gap: None,
        }
    }
    fn status(&self, _hash: Hash) -> sp_blockchain::Result<BlockStatus> {
        Ok(BlockStatus::InChain)
    }
    fn number(&self, _hash: Hash) -> sp_blockchain::Result<Option<u32>> {
        Ok(Some(1))
    }
    fn hash(&self, _number: u32) -> sp_blockchain::Result<Option<Hash>> {
        Ok(Some(BEST))
    }
}

fn module() -> RpcModule<()> {
    let client = Arc::new(MadeUp);
    let mut module = RpcModule::new(());
    module.merge(Namespaces::new(client.clone()).into_rpc()).expect("the names differ");
    module.merge(Provenance::new(client.clone()).into_rpc()).expect("the names differ");
    module.merge(Payouts::new(client.clone()).into_rpc()).expect("the names differ");
    module.merge(Subnets::new(client.clone()).into_rpc()).expect("the names differ");
    module.merge(Stake::new(client.clone()).into_rpc()).expect("the names differ");
    module.merge(Sponsorship::new(client).into_rpc()).expect("the names differ");
    module
}

/// The whole answer of a method.
async fn answer(method: &str, params: Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let (response, _) = module().raw_json_request(&request.to_string(), 1).await.expect("it is a request");
    serde_json::from_str(&response).expect("it is JSON")
}

/// The result of a method that answers with one.
async fn result(method: &str, params: Value) -> Value {
    let mut answer = answer(method, params).await;
    assert!(answer.get("error").is_none(), "{answer}");
    answer["result"].take()
}

/// The error of a method that answers with one.
async fn error(method: &str, params: Value) -> Value {
    let mut answer = answer(method, params).await;
    assert!(answer.get("result").is_none(), "{answer}");
    answer["error"].take()
}

#[tokio::test]
async fn a_namespace_is_found_by_id_and_by_name() {
    let expected = json!({
        "id": 7,
        "name": "alice",
        "channel": null,
        "standing": "plain",
        "owner": alice().to_string(),
        "offeredTo": null,
        "created": 3,
        "link": null,
    });
    assert_eq!(result("namespaces_get", json!([7])).await, expected);
    assert_eq!(result("namespaces_get", json!(["alice"])).await, expected);
    assert_eq!(result("namespaces_get", json!({ "namespace": "alice" })).await, expected);
    assert_eq!(result("namespaces_get", json!({ "namespace": 7, "at": BEST })).await, expected);
}

#[tokio::test]
async fn registrars_are_listed_with_their_threshold() {
    let expected = json!({ "registrars": [alice()], "threshold": 1 });
    assert_eq!(result("namespaces_registrars", json!([])).await, expected);
    assert_eq!(result("namespaces_linkRequests", json!([null, null, 3])).await["next"], "0x00000003");
}

#[tokio::test]
async fn what_a_namespace_earned_is_in_decimal_strings() {
    let page = result("payouts_ofNamespace", json!(["alice", null, 3])).await;
    assert_eq!(page["next"], "0x00000003");
    let expected = json!({
        "release": { "record": 2, "number": 1 },
        "name": "alice/poems@1",
        "owner": alice().to_string(),
        "paid": u128::MAX.to_string(),
        "unsettled": "0",
        "owed": "4",
        "withdrawn": "3",
        "expired": "0",
        "expires": null,
        "maturing": "5",
        "matures": 28_800,
    });
    assert_eq!(page["items"], json!([expected]));
}

#[tokio::test]
async fn a_subnet_is_found_by_its_id_and_listed() {
    let expected = json!({
        "netuid": 3, "name": "small-models", "kind": "model", "owner": alice().to_string(), "founded": 4, "closed": false,
        "admittedUntil": null, "share": 0, "epoch": 2, "lastEpoch": 24, "due": 34, "tempo": 10, "neurons": 1,
        "evaluators": 1, "seats": 256, "neuronPrice": u128::MAX.to_string(), "funds": "9", "pending": "0", "stake": "8",
        "averageStake": "7",
    });
    assert_eq!(result("subnets_subnet", json!([3])).await, expected);
    assert_eq!(result("subnets_subnet", json!({ "netuid": 3, "at": BEST })).await, expected);
    assert_eq!(result("subnets_list", json!([null, 3])).await, json!({ "items": [expected], "next": "0x00000003" }));
    assert_eq!(result("subnets_foundingPrice", json!([])).await, u128::MAX.to_string());
    let shares = json!([{ "netuid": 3, "share": 200_000_000 }]);
    assert_eq!(result("subnets_emissionShares", json!([])).await, shares);
}

#[tokio::test]
async fn a_neuron_is_found_by_its_uid_and_by_its_account() {
    let expected = json!({
        "uid": 1, "account": alice().to_string(), "registered": 5, "since": 6, "immuneUntil": 7_206,
        "release": { "record": 2, "number": 1 }, "releaseName": "alice/poems@1", "root": H256::repeat_byte(7),
        "endpoint": null, "permit": true, "stake": "8", "committed": true, "revealed": false,
        "last": { "consensus": 1, "trust": 2, "incentive": 3, "dividends": 4, "stake": 65_535 },
    });
    for neuron in [json!(1), json!(alice())] {
        assert_eq!(result("subnets_neuron", json!([3, neuron])).await, expected);
        assert_eq!(result("subnets_neuron", json!([4, neuron])).await, Value::Null);
    }
    // All seats that a page can have, if nobody says.
    let page = json!({ "epoch": 0, "neurons": [expected], "next": 256 });
    assert_eq!(result("subnets_metagraph", json!([3])).await, page);
    let page = json!({ "epoch": 7, "neurons": [expected], "next": 2 });
    assert_eq!(result("subnets_metagraph", json!({ "netuid": 3, "from": 7, "limit": 2 })).await, page);
}

#[tokio::test]
async fn how_a_subnet_is_set_and_how_its_epochs_went_are_lists() {
    let set = json!([{ "name": "tempo", "value": "10", "least": "10", "most": "28800", "byGovernanceOnly": false }]);
    assert_eq!(result("subnets_hyperparameters", json!([3])).await, set);
    let epochs = json!([{
        "epoch": 1, "block": 24, "emission": u128::MAX.to_string(), "funds": "2", "ownerPart": "3", "incentive": "4",
        "dividends": "5", "burned": "6", "scored": 1,
    }]);
    assert_eq!(result("subnets_epochs", json!([3])).await, epochs);
}

#[tokio::test]
async fn stake_is_shown_by_holder_and_by_evaluator() {
    let page = result("stake_positions", json!([alice(), null, 3])).await;
    let position = json!({
        "netuid": 3, "evaluator": alice().to_string(), "stake": u128::MAX.to_string(), "counted": "1", "dividends": "2",
        "deposit": "3",
    });
    assert_eq!(page, json!({ "items": [position], "next": "0x00000003" }));
    assert_eq!(result("stake_unbonding", json!([alice()])).await, json!([{ "amount": "4", "freeFrom": 9 }]));
    let evaluator = json!({
        "stake": "8", "counted": "7", "positions": 2, "take": 100_000, "nextTake": null, "nextTakeFrom": null,
        "takeOwed": "1",
    });
    assert_eq!(result("stake_evaluator", json!([3, alice()])).await, evaluator);
}

#[tokio::test]
async fn who_sponsors_an_account_is_a_list() {
    let page = result("sponsorship_of", json!([alice(), null, 3])).await;
    let expected = json!({
        "sponsor": alice().to_string(),
        "beneficiary": alice().to_string(),
        "calls": 2,
        "fees": u128::MAX.to_string(),
        "names": "0",
        "deposits": "7",
        "until": 9,
    });
    assert_eq!(page["items"], json!([expected]));
}

/// What came to the release, its parts and payments are one object: no levels between them.
#[test]
fn a_statement_is_one_object() {
    let share = ShareView { release: ReleaseId::new(RecordId(1), 1), name: "bob/base@1".into(), millionths: 50_000 };
    let payment = PaymentView { number: 9, payer: alice(), amount: Balance(80), memo: None, block: 5 };
    let statement = StatementView {
        earnings: earnings(),
        parts: vec![PartView { share, amount: Balance(4) }],
        payments: 9,
        latest: vec![payment],
    };
    let json = serde_json::to_value(&statement).expect("it is JSON");
    assert_eq!((&json["name"], &json["owed"], &json["payments"]), (&json!("alice/poems@1"), &json!("4"), &json!(9)));
    let part =
        json!({ "release": { "record": 1, "number": 1 }, "name": "bob/base@1", "millionths": 50_000, "amount": "4" });
    assert_eq!(json["parts"], json!([part]));
    let payment = json!({ "number": 9, "payer": alice().to_string(), "amount": "80", "memo": null, "block": 5 });
    assert_eq!(json["latest"], json!([payment]));
}

/// A source is one object, too, with the share that it was and what it came to.
#[test]
fn a_source_is_one_object() {
    let share = ShareView { release: ReleaseId::new(RecordId(1), 1), name: "bob/tuned@1".into(), millionths: 50_000 };
    let part = PartView { share, amount: Balance(4) };
    let json = serde_json::to_value(SourceView { part, settled: Balance(80), generation: 1 }).expect("it is JSON");
    let expected = json!({
        "release": { "record": 1, "number": 1 }, "name": "bob/tuned@1", "millionths": 50_000, "amount": "4",
        "settled": "80", "generation": 1,
    });
    assert_eq!(json, expected);
}

#[tokio::test]
async fn a_search_may_say_nothing_or_much() {
    for query in
        [json!({}), json!({ "kind": "model", "relation": "trainedOn", "licence": "MIT", "everyRelease": true })]
    {
        assert_eq!(
            result("provenance_search", json!([query, null, 3])).await,
            json!({ "items": [], "next": "0x00000003" })
        );
    }
}

#[tokio::test]
async fn what_is_unknown_is_null() {
    let root = json!(H256::repeat_byte(9));
    for (method, params) in [
        ("namespaces_get", json!(["bob"])),
        ("namespaces_get", json!([8])),
        ("namespaces_linkRequest", json!(["hf:bob", alice()])),
        ("provenance_record", json!(["bob/poems"])),
        ("provenance_release", json!(["bob/poems@1"])),
        ("provenance_release", json!([{ "record": 1, "number": 1 }])),
        ("provenance_holder", json!([root])),
        ("provenance_parents", json!(["bob/poems"])),
        ("provenance_children", json!(["bob/poems"])),
        ("provenance_royaltySplit", json!(["bob/poems"])),
        ("provenance_lineage", json!(["bob/poems", "ancestors"])),
        ("provenance_recordsOfNamespace", json!(["bob"])),
        ("provenance_releasesOfNamespace", json!([8])),
        ("provenance_releasesOfRecord", json!([1])),
        ("payouts_statement", json!(["bob/poems@1"])),
        ("payouts_sources", json!(["bob/poems@1"])),
        ("payouts_ofNamespace", json!(["bob"])),
        ("subnets_subnet", json!([4])),
        ("subnets_metagraph", json!([4])),
        ("subnets_neuron", json!([3, 2])),
        ("subnets_hyperparameters", json!([4])),
        ("subnets_epochs", json!([4])),
        ("stake_evaluator", json!([4, alice()])),
    ] {
        assert_eq!(result(method, params.clone()).await, Value::Null, "{method}{params}");
    }
}

#[tokio::test]
async fn a_malformed_parameter_is_named() {
    for (method, params, field) in [
        ("namespaces_get", json!([]), "namespace"),
        ("namespaces_get", json!([[1]]), "namespace"),
        ("namespaces_get", json!([-1]), "namespace"),
        ("namespaces_get", json!(["alice", "0x12"]), "at"),
        ("namespaces_get", json!({ "at": "best", "namespace": 7 }), "at"),
        ("namespaces_list", json!(["zz"]), "after"),
        ("namespaces_list", json!([null, "many"]), "limit"),
        ("namespaces_price", json!([{}]), "name"),
        ("namespaces_price", json!(["hf:alice"]), "name"),
        ("namespaces_linkRequest", json!(["hf:bob"]), "claimant"),
        ("namespaces_linkRequest", json!(["hf:bob", "nobody"]), "claimant"),
        ("namespaces_linkRequests", json!([7]), "name"),
        ("namespaces_linkRequests", json!([null, null, 0]), "limit"),
        ("provenance_record", json!([1.5]), "record"),
        ("provenance_release", json!([{ "record": 1 }]), "release"),
        ("provenance_holder", json!(["0x00"]), "root"),
        ("provenance_lineage", json!(["bob/poems", "cousins"]), "direction"),
        ("provenance_lineage", json!(["bob/poems", "ancestors", -1]), "generations"),
        ("provenance_lineage", json!(["bob/poems", "ancestors", 3, "0x00", 1000]), "limit"),
        ("provenance_releasesByRoot", json!({}), "root"),
        ("provenance_releasesByDigest", json!(["md5", "0x00"]), "kind"),
        ("provenance_releasesByDigest", json!(["sha256", "0x00"]), "value"),
        ("provenance_prepare", json!(["nobody", {}]), "account"),
        ("provenance_prepare", json!([alice(), { "action": "delete" }]), "action"),
        ("provenance_assemble", json!([{}, "0x"]), "payload"),
        ("payouts_statement", json!([]), "release"),
        ("payouts_ofNamespace", json!([7, "zz"]), "after"),
        ("sponsorship_of", json!(["nobody"]), "account"),
        ("sponsorship_of", json!([alice(), null, "many"]), "limit"),
        ("payouts_sources", json!(["bob/poems", null, 0]), "limit"),
        ("subnets_subnet", json!([]), "netuid"),
        ("subnets_subnet", json!([65_536]), "netuid"),
        ("subnets_list", json!([null, 0]), "limit"),
        ("subnets_metagraph", json!([3, -1]), "from"),
        ("subnets_metagraph", json!([3, 0, 0]), "limit"),
        ("subnets_metagraph", json!([3, 0, 257]), "limit"),
        ("subnets_neuron", json!([3]), "neuron"),
        ("subnets_neuron", json!([3, "nobody"]), "neuron"),
        ("subnets_hyperparameters", json!(["three"]), "netuid"),
        ("subnets_epochs", json!([3, "0x12"]), "at"),
        ("subnets_emissionShares", json!(["0x12"]), "at"),
        ("stake_positions", json!(["nobody"]), "holder"),
        ("stake_positions", json!([alice(), "zz"]), "after"),
        ("stake_unbonding", json!([]), "holder"),
        ("stake_evaluator", json!([3]), "evaluator"),
        ("provenance_prepare", json!([alice(), { "action": "fundSubnet", "netuid": 3, "amount": 7 }]), "action"),
        ("provenance_prepare", json!([alice(), { "action": "withdrawUnbonded", "netuid": 3 }]), "action"),
        ("provenance_search", json!([]), "query"),
        ("provenance_search", json!([{ "license": "MIT" }]), "query"),
        ("provenance_search", json!([{ "relation": "cousin" }]), "query"),
        ("provenance_search", json!([{ "name": "x".repeat(200_000) }]), "query"),
        ("provenance_search", json!([{}, null, 101]), "limit"),
    ] {
        let error = error(method, params.clone()).await;
        assert_eq!(error["code"], -32602, "{method}{params}: {error}");
        assert_eq!(error["data"]["field"], field, "{method}{params}: {error}");
    }
}

#[tokio::test]
async fn a_page_is_as_long_as_asked_but_bounded() {
    assert_eq!(result("namespaces_list", json!([null, 100])).await["next"], "0x00000064");
    assert_eq!(result("namespaces_list", json!([])).await["next"], "0x00000014");
    let error = error("namespaces_list", json!([null, 101])).await;
    assert_eq!(error["message"], "Invalid parameter `limit`: 101 is out of range: a page has 1 to 100 items");
}

#[tokio::test]
async fn a_balance_is_a_decimal_string() {
    assert_eq!(result("namespaces_price", json!(["alice"])).await, "340282366920938463463374607431768211455");
}

#[tokio::test]
async fn a_block_that_is_not_there_is_said_so() {
    for at in [H256::repeat_byte(3), DISCARDED] {
        assert_eq!(error("namespaces_get", json!([7, at])).await["code"], 10_002);
    }
}

#[tokio::test]
async fn a_runtime_that_cannot_answer_is_no_fault_of_the_request() {
    let error = error("namespaces_get", json!([13])).await;
    assert_eq!(error["code"], 10_001);
    assert!(error["data"].as_str().expect("it says why").contains("the runtime panicked"), "{error}");
}

#[tokio::test]
async fn what_cannot_be_prepared_says_why() {
    let salt = H256::repeat_byte(5);
    let claim = json!({ "action": "claimNamespace", "name": "alice", "salt": salt });
    let error_of = |action: Value| error("provenance_prepare", json!([alice(), action]));

    let poor = error_of(claim).await;
    assert_eq!((poor["code"].as_i64(), &poor["data"]["needed"]), (Some(10_004), &json!("2")));

    let taken = error_of(json!({ "action": "openNamespace", "name": "hf:alice" })).await;
    assert_eq!((taken["code"].as_i64(), &taken["data"]["error"]), (Some(10_003), &json!("Taken")));

    let wrong = error_of(json!({ "action": "yank", "release": "alice/poems@9", "reason": "broken" })).await;
    assert_eq!((wrong["code"].as_i64(), &wrong["data"]["field"]), (Some(-32602), &json!("release")));
}

#[tokio::test]
async fn an_action_with_a_field_too_many_is_refused() {
    let error =
        error("provenance_prepare", json!([alice(), { "action": "openNamespace", "name": "hf:alice", "price": 0 }]))
            .await;
    assert_eq!(error["data"]["field"], "action");
    assert!(error["message"].as_str().expect("it says what").contains("price"), "{error}");
}

#[tokio::test]
async fn an_oversized_action_never_reaches_the_runtime() {
    let error = error(
        "provenance_prepare",
        json!([alice(), { "action": "yank", "release": "alice/poems@9", "reason": "x".repeat(200_000) }]),
    )
    .await;
    assert_eq!((error["code"].as_i64(), &error["data"]["field"]), (Some(-32602), &json!("action")));
}
