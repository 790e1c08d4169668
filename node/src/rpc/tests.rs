//! The methods against a runtime that is made up here: what is passed on, what is refused before, what an answer and an
//! error look like in JSON.

use super::{
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
    Bytes, NamespaceId, RecordId, ReleaseId, Standing,
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
    });
    assert_eq!(page["items"], json!([expected]));
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
        ("provenance_search", json!([]), "query"),
        ("provenance_search", json!([{ "license": "MIT" }]), "query"),
        ("provenance_search", json!([{ "relation": "cousin" }]), "query"),
        ("provenance_search", json!([{ "name": "x".repeat(100_000) }]), "query"),
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
        json!([alice(), { "action": "yank", "release": "alice/poems@9", "reason": "x".repeat(100_000) }]),
    )
    .await;
    assert_eq!((error["code"].as_i64(), &error["data"]["field"]), (Some(-32602), &json!("action")));
}
