//! What the node answers to `namespaces_*` and `provenance_*`, and to what makes no sense.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::BTreeSet;

use pedigree_tests::account::{catalogue, hash, release};
use pedigree_tests::{Account, Node, Rpc};
use serde_json::{json, Value};

const INVALID: i64 = -32602;
const UNKNOWN_BLOCK: i64 = 10_002;
const WOULD_FAIL: i64 = 10_003;
const TOO_POOR: i64 = 10_004;

/// It has to be refused because of that parameter, and the message has to name it.
fn refused_for(rpc: Rpc, method: &str, params: Value, field: &str) {
    let error = rpc.error(method, params.clone());
    assert_eq!((error.code, &error.data["field"]), (INVALID, &json!(field)), "{method} {params}: {error}");
    assert!(error.message.contains(&format!("`{field}`")), "{method} {params}: {error}");
    assert!(error.data["explanation"].as_str().is_some_and(|why| !why.is_empty()), "{method} {params}: {error}");
}

#[test]
fn malformed_requests_are_refused_with_the_parameter_named_and_the_node_goes_on() {
    let node = Node::dev();
    let rpc = node.rpc();
    let root = hash("nobody");

    // Not even a request.
    for body in ["not JSON", "{\"jsonrpc\":\"2.0\"", "{}", "[]", "{\"id\":1,\"method\":\"system_name\"}"] {
        let (_, answer) = rpc.post(body.as_bytes()).expect("there is an answer");
        let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{body}: {answer}"));
        let code = answer["error"]["code"].as_i64();
        assert!(matches!(code, Some(-32700 | -32600)), "{body}: {answer}");
    }
    assert_eq!(rpc.error("provenance_everything", json!([])).code, -32601);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"provenance_record\",\"params\":{deep}}}");
    let (_, answer) = rpc.post(body.as_bytes()).expect("there is an answer");
    assert!(answer.contains("\"error\""), "{answer}");

    // Parameters that are missing, of the wrong kind, or out of range.
    refused_for(rpc, "namespaces_get", json!([]), "namespace");
    refused_for(rpc, "namespaces_get", json!([null]), "namespace");
    refused_for(rpc, "namespaces_get", json!([{ "name": "alice" }]), "namespace");
    refused_for(rpc, "namespaces_get", json!([-1]), "namespace");
    refused_for(rpc, "namespaces_get", json!(["a".repeat(10_000)]), "namespace");
    refused_for(rpc, "namespaces_price", json!(["hf:alice"]), "name");
    refused_for(rpc, "provenance_record", json!([["alice", "poems"]]), "record");
    refused_for(rpc, "provenance_release", json!([{ "record": 0 }]), "release");
    refused_for(rpc, "provenance_release", json!([{ "record": 0, "number": -1 }]), "release");
    refused_for(rpc, "provenance_holder", json!(["0x12"]), "root");
    refused_for(rpc, "provenance_holder", json!([5]), "root");
    refused_for(rpc, "provenance_releasesByDigest", json!(["md5", root]), "kind");
    refused_for(rpc, "provenance_releasesByDigest", json!(["sha256", "0x12"]), "value");
    refused_for(rpc, "provenance_releasesByDigest", json!(["sha256", "zz"]), "value");
    for limit in [json!(0), json!(101), json!(-1), json!(4_294_967_296_u64), json!("10"), json!(1.5)] {
        refused_for(rpc, "namespaces_list", json!([null, limit]), "limit");
        refused_for(rpc, "provenance_releasesByRoot", json!([root, null, limit]), "limit");
    }
    for after in [json!("zz"), json!(1), json!(format!("0x{}", "00".repeat(10_000)))] {
        refused_for(rpc, "namespaces_list", json!([after]), "after");
    }
    for at in [json!("0x12"), json!(1), json!("latest")] {
        refused_for(rpc, "namespaces_list", json!([null, null, at]), "at");
    }
    assert_eq!(rpc.error("namespaces_list", json!([null, null, root])).code, UNKNOWN_BLOCK);
    refused_for(rpc, "provenance_prepare", json!([]), "account");
    refused_for(rpc, "provenance_prepare", json!(["5Nobody", {}]), "account");
    let alice = Account::alice();
    refused_for(rpc, "provenance_prepare", json!([alice.address()]), "action");
    refused_for(rpc, "provenance_prepare", json!([alice.address(), { "action": "conquer" }]), "action");
    refused_for(rpc, "provenance_prepare", json!([alice.address(), { "action": "openNamespace" }]), "action");
    let misspelt = json!({ "action": "openNamespace", "name": "hf:alice", "nmae": "hf:bob" });
    refused_for(rpc, "provenance_prepare", json!([alice.address(), misspelt]), "action");
    refused_for(rpc, "provenance_assemble", json!([{}, "0x"]), "payload");

    // Oversized: an action, and a whole request.
    let long = json!({ "action": "openNamespace", "name": "x".repeat(200_000) });
    refused_for(rpc, "provenance_prepare", json!([alice.address(), long]), "action");
    let (status, answer) = rpc.post(&vec![b' '; 16 * 1024 * 1024]).expect("there is an answer");
    assert!(status == 413 || answer.contains("-32007"), "{status} {answer}");

    // By name is the same as by position.
    let by_name = rpc.call("namespaces_list", &json!({ "limit": 1 })).expect("it is a request");
    assert_eq!(by_name, rpc.get("namespaces_list", json!([null, 1])));

    // It has taken no harm.
    rpc.wait_for_best(rpc.best() + 1);
}

#[test]
fn what_is_not_there_is_null_and_a_list_of_nothing_is_empty() {
    let node = Node::dev();
    let rpc = node.rpc();
    let root = hash("nobody");
    for namespace in [json!("nobody-here"), json!("hf:nobody"), json!("no name at all!"), json!(9_999_999)] {
        assert_eq!(rpc.get("namespaces_get", json!([namespace])), Value::Null);
        assert_eq!(rpc.get("provenance_recordsOfNamespace", json!([namespace])), Value::Null);
        assert_eq!(rpc.get("provenance_releasesOfNamespace", json!([namespace])), Value::Null);
    }
    for record in [json!("nobody-here/poems"), json!("hf:pedigree-demo/poems"), json!("///"), json!(9_999_999)] {
        assert_eq!(rpc.get("provenance_record", json!([record])), Value::Null);
        assert_eq!(rpc.get("provenance_releasesOfRecord", json!([record])), Value::Null);
    }
    for release in [json!("nobody-here/poems@1"), json!("hf:pedigree-demo/poems"), json!({ "record": 0, "number": 0 })]
    {
        for method in ["release", "parents", "children", "royaltySplit"] {
            assert_eq!(rpc.get(&format!("provenance_{method}"), json!([release])), Value::Null, "{method} {release}");
        }
    }
    assert_eq!(rpc.get("provenance_holder", json!([root])), Value::Null);
    let empty = json!({ "items": [], "next": null });
    assert_eq!(rpc.get("provenance_releasesByRoot", json!([root])), empty);
    assert_eq!(rpc.get("provenance_releasesByDigest", json!(["sha256", root])), empty);
    assert_eq!(rpc.get("provenance_recordsOfNamespace", json!(["hf:pedigree-demo"])), empty);
    // A cursor that no page gave.
    for cursor in ["0x", "0x00", "0x1234567890", "0xffffffffffffffff"] {
        assert_eq!(rpc.get("namespaces_list", json!([cursor])), empty, "after {cursor}");
    }
    // A name whatever its case.
    let demo = rpc.get("namespaces_get", json!(["hf:pedigree-demo"]));
    assert_eq!((&demo["standing"], &demo["owner"]), (&json!("linked"), &json!(Account::bob().address())));
    assert_eq!(rpc.get("namespaces_get", json!(["hf:Pedigree-Demo"])), demo);
    assert_eq!(rpc.get("namespaces_get", json!([demo["id"]])), demo);
    // Shorter names cost more.
    let price = |name: &str| rpc.get("namespaces_price", json!([name])).as_str().unwrap().parse::<u128>().unwrap();
    assert!(price("abc") > price("abcd") && price("abcd") > price("abcdefg"));
    assert_eq!(price("abcdefg"), price("abcdefgh"));
}

/// All items of a list in small pages, which have to be those of one large page.
fn paged(rpc: Rpc, method: &str, params: &[Value], count: usize) -> Vec<Value> {
    let all = rpc.all_pages(method, params, 100);
    assert_eq!(all.len(), count, "{method}: {all:?}");
    for limit in [1, 2, 5] {
        assert_eq!(rpc.all_pages(method, params, limit), all, "{method} in pages of {limit}");
    }
    let different: BTreeSet<String> = all.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), count, "{method} has something twice");
    all
}

#[test]
fn lists_come_in_pages_that_miss_nothing() {
    let node = Node::dev();
    let rpc = node.rpc();
    let accounts = Account::all();
    let all_at_once = |action: &dyn Fn(usize) -> Value| {
        let pending: Vec<_> =
            accounts.iter().enumerate().map(|(index, account)| account.submit(rpc, action(index))).collect();
        pending.into_iter().for_each(pedigree_tests::account::Pending::wait);
    };
    let digest = hash("the same file");
    let entry = |record: &str, of: &str| {
        let mut action = catalogue(record, of);
        action["release"]["digests"] = json!([{ "kind": "sha256", "value": digest }]);
        action
    };
    // Six channels; six records in one of them, all of the same bytes; a second release of each.
    all_at_once(&|index| json!({ "action": "openNamespace", "name": format!("hf:pages-{index}") }));
    all_at_once(&|index| entry(&format!("hf:pages-0/record-{index}"), "shared"));
    all_at_once(&|index| entry(&format!("hf:pages-0/record-{index}"), &format!("own-{index}")));

    let namespaces = paged(rpc, "namespaces_list", &[], 7);
    let ids: Vec<u64> = namespaces.iter().filter_map(|namespace| namespace["id"].as_u64()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "not ordered by id: {ids:?}");
    paged(rpc, "provenance_recordsOfNamespace", &[json!("hf:pages-0")], 6);
    paged(rpc, "provenance_recordsOfNamespace", &[json!("hf:pages-1")], 0);
    let releases = paged(rpc, "provenance_releasesOfNamespace", &[json!("hf:pages-0")], 12);
    // Record by record, each from its first release on.
    for pair in releases.chunks(2) {
        assert_eq!(pair[0]["id"]["record"], pair[1]["id"]["record"]);
        assert_eq!((&pair[0]["id"]["number"], &pair[1]["id"]["number"]), (&json!(1), &json!(2)));
    }
    let releases = paged(rpc, "provenance_releasesOfRecord", &[json!("hf:pages-0/record-3")], 2);
    assert_eq!(releases[1]["name"], "hf:pages-0/record-3@2");
    let same = paged(rpc, "provenance_releasesByRoot", &[json!(hash("shared"))], 6);
    assert_eq!(same.iter().filter(|release| release["holder"] == json!(true)).count(), 1, "{same:?}");
    paged(rpc, "provenance_releasesByDigest", &[json!("sha256"), json!(digest)], 12);
    paged(rpc, "provenance_releasesByDigest", &[json!("oci"), json!(digest)], 0);

    // Children: two models that Bob builds on one of them.
    let bob = &accounts[1];
    for name in ["first", "second"] {
        let mut child = release(name);
        child["parents"] = json!([{ "release": "hf:pages-0/record-0@1", "relation": "fineTune" }]);
        bob.register(rpc, &format!("hf:pedigree-demo/{name}"), "model", child);
    }
    let children = paged(rpc, "provenance_children", &[json!("hf:pages-0/record-0@1")], 2);
    assert!(children.iter().all(|child| child["standing"] == json!("linked")), "{children:?}");
    paged(rpc, "provenance_children", &[json!("hf:pages-0/record-0@2")], 0);

    // What is added between two pages neither hides nor repeats anything.
    let first = rpc.get("namespaces_list", json!([null, 4]));
    bob.act(rpc, json!({ "action": "openNamespace", "name": "hf:added" }));
    let rest = rpc.get("namespaces_list", json!([first["next"], 100]));
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(4), "{rest}");
    assert_eq!(rest["items"][3]["name"], "hf:added");
    // And a list of an earlier block is as it was then.
    let genesis = rpc.block_hash(0);
    assert_eq!(rpc.get("namespaces_list", json!([null, 100, genesis]))["items"].as_array().map(Vec::len), Some(1));
}

/// The error of preparing something: pallet, name, and which parent it is about.
fn would_fail(rpc: Rpc, account: &Account, action: Value, pallet: &str, name: &str, parent: Option<u8>) {
    let error = rpc.error("provenance_prepare", json!([account.address(), action]));
    let told = (error.code, &error.data["pallet"], &error.data["error"], &error.data["parent"]);
    assert_eq!(told, (WOULD_FAIL, &json!(pallet), &json!(name), &json!(parent)), "{action}: {error}");
    let explanation = error.data["explanation"].as_str().unwrap_or_default();
    assert!(explanation.contains(' ') && explanation.ends_with('.'), "no sentence: {error}");
    assert!(error.message.contains(explanation), "{error}");
}

#[test]
fn preparing_tells_the_very_error_that_a_call_would_fail_with() {
    let node = Node::dev();
    let rpc = node.rpc();
    let (alice, bob) = (Account::alice(), Account::bob());
    let salt = hash("salt");
    let invalid = |account: &Account, action: Value, field: &str| {
        refused_for(rpc, "provenance_prepare", json!([account.address(), action]), field);
    };

    // Names and texts.
    for name in ["no", "Alice", "al--ice", "-alice", "x".repeat(33).as_str(), "ftp:alice", ""] {
        invalid(&alice, json!({ "action": "reserveNamespace", "name": name, "salt": salt }), "name");
    }
    would_fail(rpc, &alice, json!({ "action": "openNamespace", "name": "alice" }), "Namespaces", "NotChannel", None);
    let claim = json!({ "action": "claimNamespace", "name": "alice-lab", "salt": salt });
    would_fail(rpc, &alice, claim, "Reservations", "NotFound", None);
    let demo = json!({ "action": "openNamespace", "name": "hf:pedigree-demo" });
    would_fail(rpc, &alice, demo, "Namespaces", "AlreadyOpen", None);

    // Cataloguing.
    alice.act(rpc, json!({ "action": "openNamespace", "name": "hf:tests" }));
    would_fail(rpc, &alice, catalogue("hf:pedigree-demo/x", "x"), "Records", "NotAnUnlinkedChannel", None);
    invalid(&alice, catalogue("hf:nobody/x", "x"), "record");
    invalid(&alice, catalogue("hf:tests/x@1", "x"), "record");
    invalid(&alice, catalogue("hf:tests/--", "x"), "record");
    let change = |pointer: &str, value: Value| {
        let mut action = catalogue("hf:tests/closed", "closed");
        let (parent, field) = pointer.rsplit_once('/').expect("it has a slash");
        action.pointer_mut(parent).expect("it is there")[field] = value;
        action
    };
    let refused = |pointer: &str, value: Value, name: &str| {
        would_fail(rpc, &alice, change(pointer, value), "Records", name, None);
    };
    refused("/release/terms/royalty", json!(10_000), "CatalogueAsksRoyalty");
    refused("/release/manifest/files", json!(0), "BadManifest");
    refused("/release/manifest/root", json!(format!("0x{}", "00".repeat(32))), "BadManifest");
    let twice = json!([{ "kind": "oci", "value": salt }, { "kind": "oci", "value": salt }]);
    refused("/release/digests", twice, "DuplicateDigest");
    let short = json!([{ "kind": "oci", "value": "0x12" }]);
    invalid(&alice, change("/release/digests", short), "release.digests[0]");
    invalid(&alice, change("/release/terms/licence", json!("not a licence!")), "action");
    invalid(&alice, change("/release/terms/royalty", json!(-1)), "action");
    invalid(&alice, change("/upstream/url", json!("https://example.org/\n")), "upstream.url");
    invalid(&alice, change("/upstream/revision", json!("x".repeat(65))), "upstream.revision");
    invalid(&alice, change("/release/locations", json!(vec!["https://example.org"; 9])), "release.locations");
    alice.act(rpc, change("/release/terms/derivatives", json!(false)));
    alice.act(rpc, catalogue("hf:tests/open", "open"));
    would_fail(rpc, &bob, catalogue("hf:tests/open", "open"), "Records", "UnchangedRelease", None);

    // Registering, by Bob, in the channel that is his.
    let register = |release: Value| json!({ "action": "register", "record": "hf:pedigree-demo/x", "kind": "model", "salt": salt, "release": release });
    let parents = |parents: &[(&str, &str)]| {
        let mut release = release("x");
        let named = |(name, relation): &(&str, &str)| json!({ "release": name, "relation": relation });
        release["parents"] = parents.iter().map(named).collect();
        register(release)
    };
    would_fail(rpc, &bob, register(release("x")), "Reservations", "NotFound", None);
    let reserve = json!({ "action": "reserveRoot", "root": hash("x"), "salt": salt });
    let reserved = rpc.get("provenance_prepare", json!([bob.address(), reserve]));
    bob.act(rpc, reserve);
    let again = json!({ "action": "reserveRoot", "root": hash("x"), "salt": salt });
    would_fail(rpc, &bob, again, "Reservations", "AlreadyReserved", None);
    // Somebody else's reservation is none.
    would_fail(rpc, &alice, register(release("x")), "Records", "NotOwner", None);
    let (open, closed) = (("hf:tests/open@1", "fineTune"), ("hf:tests/closed@1", "fineTune"));
    would_fail(rpc, &bob, parents(&[open, closed]), "Records", "ParentForbidsDerivatives", Some(1));
    would_fail(rpc, &bob, parents(&[open, open]), "Records", "DuplicateParent", Some(1));
    let data = ("hf:tests/open@1", "trainedOn");
    would_fail(rpc, &bob, parents(&[data]), "Models", "RelationNotAllowed", Some(0));
    invalid(&bob, parents(&[open, ("hf:tests/absent@1", "merge")]), "release.parents[1].release");
    invalid(&bob, parents(&[("hf:tests/open@9", "merge")]), "release.parents[0].release");
    invalid(&bob, parents(&[open; 17]), "release.parents");
    let mut greedy = release("x");
    greedy["terms"]["royalty"] = json!(100_001);
    would_fail(rpc, &bob, register(greedy), "Records", "RoyaltyAboveMaximum", None);
    let mut held = release("open");
    held["terms"]["royalty"] = json!(100_000);
    let other = json!({ "action": "reserveRoot", "root": hash("open"), "salt": salt });
    bob.act(rpc, other);
    // A linked name stands above the catalogue's: these bytes would be his.
    rpc.get("provenance_prepare", json!([bob.address(), register(held)]));

    // What is right is prepared, with what it costs; and it is that.
    let prepared = rpc.get("provenance_prepare", json!([bob.address(), parents(&[open])]));
    let amount = |value: &Value| value.as_str().and_then(|text| text.parse::<u128>().ok()).expect("a decimal string");
    assert!(amount(&prepared["fee"]) > 0 && amount(&prepared["deposit"]) > 0, "{prepared}");
    assert_eq!(amount(&prepared["price"]), 0);
    let payload = &prepared["payload"];
    assert_eq!((&payload["address"], &payload["method"]), (&json!(bob.address()), &prepared["call"]));
    // A signature that isn't his, or not for this, makes no transaction; with its kind in front it does.
    let signature = bob.sign(&prepared);
    for wrong in [alice.sign(&prepared), "0x".to_owned(), format!("0x{}", "00".repeat(64))] {
        refused_for(rpc, "provenance_assemble", json!([payload, wrong]), "payload");
    }
    let mut tampered = payload.clone();
    tampered["nonce"] = json!("0x00000009");
    refused_for(rpc, "provenance_assemble", json!([tampered, signature]), "payload");
    let with_kind = signature.replacen("0x", "0x01", 1);
    let transaction = rpc.get("provenance_assemble", json!([payload, with_kind]));
    assert_eq!(transaction, rpc.get("provenance_assemble", json!([payload, signature])));
    bob.act(rpc, parents(&[open]));
    let record = rpc.get("provenance_record", json!(["hf:pedigree-demo/x"]));
    // The reservation's deposit came back at the same moment: what was said is how much more is held.
    let held = amount(&reserved["deposit"]) + amount(&prepared["deposit"]);
    assert_eq!(amount(&record["deposit"]), held, "the deposit is another than was said");
    // The same transaction is not taken twice.
    rpc.error("author_submitExtrinsic", json!([transaction]));

    // Yanking.
    let yank = |release: &str, successor: Value| json!({ "action": "yank", "release": release, "reason": "it leaks", "successor": successor });
    would_fail(rpc, &alice, yank("hf:pedigree-demo/x@1", Value::Null), "Records", "NotOwner", None);
    let itself = yank("hf:pedigree-demo/x@1", json!("hf:pedigree-demo/x@1"));
    would_fail(rpc, &bob, itself, "Records", "SuccessorIsItself", None);
    invalid(&bob, yank("hf:pedigree-demo/x@2", Value::Null), "release");
    invalid(&bob, yank("hf:pedigree-demo/x@1", json!("hf:pedigree-demo/y@1")), "successor");
    let wordy = json!({ "action": "yank", "release": "hf:pedigree-demo/x@1", "reason": "x".repeat(1000) });
    invalid(&bob, wordy, "reason");

    // Nothing to pay with.
    let poor = Account::penniless();
    let error =
        rpc.error("provenance_prepare", json!([poor.address(), { "action": "openNamespace", "name": "hf:poor" }]));
    assert_eq!((error.code, &error.data["kind"]), (TOO_POOR, &json!("tooPoor")), "{error}");
    assert_eq!(error.data["available"], "0");
    assert!(amount(&error.data["needed"]) > 0, "{error}");
}
