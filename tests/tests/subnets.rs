//! Subnets: contributors are scored, evaluators are staked behind, and an epoch pays both.
//!
//! An epoch lasts ten blocks here, the fewest that there can be: half a minute. A development chain's days last one block, so
//! that what a release earned matures within two minutes.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use pedigree_tests::account::release;
use pedigree_tests::document::Document;
use pedigree_tests::money::{plancks, two_releases, PDG};
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::{json, Value};

/// The first subnet of a chain.
const NETUID: u64 = 0;

fn subnet(rpc: Rpc) -> Value {
    rpc.get("subnets_subnet", json!([NETUID]))
}

fn epoch(rpc: Rpc) -> u64 {
    subnet(rpc)["epoch"].as_u64().expect("a number")
}

/// Waits until an epoch of that number, or a later one, is going on, and the one before is credited.
fn wait_for_epoch(rpc: Rpc, number: u64) {
    until(&format!("epoch {number}"), Duration::from_secs(120), || (epoch(rpc) >= number).then_some(()));
    rpc.wait_for_best(rpc.best() + 2);
}

fn stake(rpc: Rpc, who: &Account, behind: &Account, amount: u128) {
    let action = json!({
        "action": "allocateStake", "netuid": NETUID, "evaluator": behind.address(), "amount": amount.to_string(),
        "acceptedTake": 100_000,
    });
    who.act(rpc, action);
}

/// A subnet of Charlie's with short epochs, in which Dave is an evaluator with 500 PDG of his own behind him.
fn with_evaluator(rpc: Rpc, kind: &str) {
    let (charlie, dave) = (Account::charlie(), Account::dave());
    charlie.act(rpc, json!({ "action": "foundSubnet", "kind": kind, "name": "tiny" }));
    charlie.act(rpc, json!({ "action": "setHyperparameter", "netuid": NETUID, "name": "tempo", "value": "10" }));
    dave.act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID }));
    stake(rpc, &dave, &dave, 500 * PDG);
}

fn kept(user: &Pedigree) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![user.home().join("scores")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn an_epoch_pays_who_was_scored_and_who_scored() {
    let node = Node::dev();
    let rpc = node.rpc();
    let mut document = Document::read();
    let user = |name: &str| Pedigree::new().at(&node.url()).with_account(name);
    let (owner, author, evaluator) = (user("dev:charlie"), user("dev:bob"), user("dev:dave"));
    two_releases(rpc);
    let mut compare = |who: &Pedigree, section: &str, command: &[&str]| {
        let answer = who.json(command);
        document.compare(section, &answer);
        answer
    };

    // From nothing to a subnet with a contributor, an evaluator, and funds.
    owner.run(&["subnet", "list"]).code(0).says("no subnet");
    let founded = compare(&owner, "subnet found", &["subnet", "found", "small-models", "--kind", "model"]);
    assert_eq!((&founded["subnet"]["netuid"], &founded["subnet"]["kind"]), (&json!(NETUID), &json!("model")));
    let set = compare(&owner, "subnet set", &["subnet", "set", "0", "tempo", "10"]);
    assert_eq!(set["hyperparameter"]["value"], json!("10"));
    owner.run(&["subnet", "set", "0", "funding", "100"]).code(3).says("Wait for the next one");
    let register = ["neuron", "register", "0", "--release", "bob-lab/model"];
    let neuron = compare(&author, "neuron register", &register)["neuron"].clone();
    assert_eq!((&neuron["releaseName"], &neuron["uid"]), (&json!("bob-lab/model@1"), &json!(1)));
    Account::dave().act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID }));
    let staked = compare(&evaluator, "stake allocate", &["stake", "allocate", "0", "dev:dave", "500"]);
    assert_eq!(plancks(&staked["position"]["stake"]), 500 * PDG);
    compare(&evaluator, "subnet fund", &["subnet", "fund", "0", "1000"]);
    wait_for_epoch(rpc, staked["countsFrom"].as_u64().unwrap());
    let hundred = (100 * PDG).to_string();
    let funding = json!({ "action": "setHyperparameter", "netuid": NETUID, "name": "funding", "value": hundred });
    Account::charlie().act(rpc, funding);

    // Commit. Saying the same again changes nothing, saying something else is refused.
    let nonce = || Account::dave().nonce(rpc);
    let committed = compare(&evaluator, "score commit", &["score", "commit", "0", "1=100"]);
    let commit_epoch = committed["epoch"].as_u64().unwrap();
    assert_eq!(committed["scores"], json!([{ "uid": 1, "score": 100, "root": neuron["root"] }]));
    let before = nonce();
    let again = compare(&evaluator, "score commit", &["score", "commit", "0", "1=100"]);
    if again["epoch"] == committed["epoch"] {
        assert_eq!((&again["unchanged"], &again["hash"]), (&json!(true), &committed["hash"]));
        assert_eq!(nonce(), before, "something was sent");
        if epoch(rpc) == commit_epoch {
            evaluator.run(&["score", "commit", "0", "1=99"]).says("other scores were committed to");
            evaluator.run(&["score", "reveal", "0"]).code(1).says("too early").says("--wait");
        }
    }
    let status = compare(&evaluator, "score status", &["score", "status", "0"]);
    assert!(status["commitments"].as_array().is_some_and(|list| !list.is_empty()), "{status}");

    // Reveal, in the epoch after.
    let revealed = compare(&evaluator, "score reveal", &["score", "reveal", "0", "--wait"]);
    assert_eq!(revealed["counted"], json!(1));
    let pays = revealed["epoch"].as_u64().unwrap();
    compare(&author, "neuron show", &["neuron", "show", "0"]);
    compare(&author, "neuron endpoint", &["neuron", "endpoint", "0", "https://bob.example.org"]);
    compare(&author, "neuron bind", &["neuron", "bind", "0", "bob-lab/model"]);
    wait_for_epoch(rpc, pays + 1);

    // The epoch had a hundred of funds: half for contributors, half for evaluators.
    let epochs = compare(&owner, "subnet epochs", &["subnet", "epochs", "0"]);
    let paid = epochs["epochs"].as_array().unwrap().iter().find(|epoch| epoch["epoch"] == json!(pays)).unwrap();
    assert_eq!((plancks(&paid["incentive"]), plancks(&paid["dividends"])), (50 * PDG, 50 * PDG), "{paid}");
    let metagraph = compare(&owner, "subnet metagraph", &["subnet", "metagraph", "0"]);
    assert_eq!(metagraph["neurons"].as_array().map(Vec::len), Some(2));
    let table = owner.run(&["subnet", "metagraph", "0"]).code(0).says("bob-lab/model@1").says("dev:dave");
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 100), "{table}");
    owner.run(&["subnet", "metagraph", "0", "--evaluators"]).code(0).does_not_say("bob-lab/model@1");

    // Dividends are withdrawn at once, and once.
    let shown = compare(&evaluator, "stake show", &["stake", "show"]);
    assert_eq!(plancks(&shown["positions"][0]["dividends"]) / PDG, 44, "what the take leaves: {shown}");
    let withdrawn = compare(&evaluator, "stake dividends", &["stake", "dividends"]);
    // All but what a division left: they are whole plancks.
    assert_eq!(withdrawn["withdrawn"].as_array().map(Vec::len), Some(1), "take and dividends together: {withdrawn}");
    assert!((50 * PDG - 1..=50 * PDG).contains(&plancks(&withdrawn["withdrawn"][0]["amount"])), "{withdrawn}");
    evaluator.run(&["stake", "dividends"]).code(1).says("no dividends");
    compare(&evaluator, "stake evaluator", &["stake", "evaluator", "0", "2"]);

    // The release has its part once it has matured, and its ancestor a twentieth of that.
    let statement = author.json(&["statement", "bob-lab/model"]);
    assert_eq!((plancks(&statement["maturing"]), plancks(&statement["paid"])), (50 * PDG, 0), "{statement}");
    let matures = statement["matures"].as_u64().unwrap();
    author.run(&["mature", "bob-lab/model"]).code(1).says("matures from block");
    author.run(&["statement", "bob-lab/model"]).code(0).says("maturing").says("50 PDG");
    author.run(&["mature", "alice-lab/data"]).code(1).says("nothing that alice-lab/data@1 earned");
    let split = rpc.get("provenance_royaltySplit", json!(["bob-lab/model@1"]));
    assert_eq!((&split[1]["name"], &split[1]["millionths"]), (&json!("alice-lab/data@1"), &json!(50_000)));

    // Stake moves and leaves, and leaves a closed subnet as it does any.
    compare(&evaluator, "stake take", &["stake", "take", "0", "5"]);
    let moved = compare(&evaluator, "stake allocate", &["stake", "move", "100", "--from", "0/2", "--to", "0/dev:bob"]);
    assert_eq!(plancks(&moved["position"]["stake"]), 100 * PDG);
    let out = compare(&evaluator, "stake allocate", &["stake", "unbond", "0", "1", "--all"]);
    assert_eq!(out["freeFrom"], json!(out["included"]["block"].as_u64().unwrap() + 7), "a week of blocks: {out}");
    compare(&author, "neuron deregister", &["neuron", "deregister", "0"]);
    compare(&owner, "subnet list", &["subnet", "list"]);
    compare(&owner, "subnet show", &["subnet", "show", "0"]);
    compare(&owner, "subnet hyperparameters", &["subnet", "hyperparameters", "0"]);
    compare(&owner, "subnet emission", &["subnet", "emission"]);
    owner.run(&["subnet", "close", "0"]).code(1).says("--even-if-used");
    let closed = compare(&owner, "subnet close", &["subnet", "close", "0", "--even-if-used"]);
    assert!(closed["subnet"].is_null() || closed["subnet"]["closed"] == json!(true), "{closed}");
    let free = compare(&evaluator, "stake allocate", &["stake", "unbond", "0", "dev:dave", "--all"]);
    assert!(free["position"].is_null(), "{free}");
    rpc.wait_for_best(free["freeFrom"].as_u64().unwrap() + 1);
    rpc.settle();
    let freed = compare(&evaluator, "stake withdraw", &["stake", "withdraw"]);
    assert_eq!(plancks(&freed["freed"]), 500 * PDG, "of both");
    evaluator.run(&["stake", "withdraw"]).code(1);
    evaluator.run(&["score", "commit", "0", "1=1"]).code(1);

    // What the model earned has matured meanwhile, whatever became of the subnet; and its ancestor has its part.
    rpc.wait_for_best(matures + 1);
    rpc.settle();
    let matured = compare(&author, "mature", &["mature", "bob-lab/model"]);
    assert_eq!(plancks(&matured["matured"][0]["amount"]), 50 * PDG, "{matured}");
    let credited = until("the ancestor's part to be credited", Duration::from_secs(60), || {
        Some(rpc.get("payouts_statement", json!(["alice-lab/data"]))).filter(|statement| statement["owed"] != "0")
    });
    assert_eq!(plancks(&credited["owed"]), 50 * PDG / 20, "{credited}");
    document.is_complete(|command| ["subnet", "neuron", "score", "stake"].contains(&command));
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_paid() {
    let node = Node::dev();
    let rpc = node.rpc();
    two_releases(rpc);
    with_evaluator(rpc, "model");
    let user = |name: &str| Pedigree::new().at(&node.url()).with_account(name);
    let (owner, author, evaluator, other) = (user("dev:charlie"), user("dev:bob"), user("dev:dave"), user("dev:eve"));
    Account::bob().act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID, "release": "bob-lab/model" }));
    // The same bytes once more: whoever was first holds them.
    Account::alice().register(rpc, "alice-lab/copy", "model", release("model"));
    Account::bob().act(rpc, json!({ "action": "openNamespace", "name": "hf:somebody" }));
    Account::bob().act(rpc, pedigree_tests::account::catalogue("hf:somebody/theirs", "theirs"));
    rpc.settle();
    let all = Account::all();
    let nonces = || all.iter().map(|account| account.nonce(rpc)).collect::<Vec<_>>();
    let before = nonces();

    // Subnets.
    owner.run(&["subnet", "show", "7"]).code(1).says("there is no subnet 7").says("subnet list");
    owner.run(&["subnet", "found", "a b", "--kind", "model"]).code(3).says("name");
    owner
        .run(&["subnet", "found", "cheap", "--kind", "model", "--price-limit", "1"])
        .code(3)
        .says("above what you would pay");
    owner.run(&["subnet", "set", "0", "speed", "9"]).code(2).says("tempo");
    owner.run(&["subnet", "set", "0", "tempo", "soon"]).code(2).says("28,800 at most");
    owner.run(&["subnet", "set", "0", "tempo", "9"]).code(3);
    owner.run(&["subnet", "set", "0", "kappa", "30000"]).code(3).says("Only a referendum");
    other.run(&["subnet", "set", "0", "tempo", "20"]).code(3).says("Only the subnet's owner");
    other.run(&["subnet", "close", "0", "--even-if-used"]).code(3).says("Only the subnet's owner");
    other.run(&["subnet", "fund", "0", "0"]).code(3).says("The amount is zero");
    other.run(&["subnet", "fund", "0", "12 PDG"]).code(2).says("no amount");

    // Neurons.
    author.run(&["neuron", "register", "0"]).code(3).says("has a neuron in this subnet");
    other.run(&["neuron", "register", "0", "--price-limit", "0"]).code(3).says("above what you would pay");
    other.run(&["neuron", "register", "0", "--release", "bob-lab/model"]).code(3).says("does not own");
    other.run(&["neuron", "register", "0", "--release", "bob-lab/other"]).code(1).says("there is no record");
    other.run(&["neuron", "show", "0"]).code(1).says("neuron register 0");
    user("dev:alice")
        .run(&["neuron", "register", "0", "--release", "alice-lab/copy"])
        .code(3)
        .says("Another release holds");
    user("dev:alice").run(&["neuron", "register", "0", "--release", "alice-lab/data"]).code(3).says("another kind");
    other.run(&["neuron", "register", "0", "--release", "hf:somebody/theirs"]).code(3).says("catalogued");
    other.run(&["neuron", "unbind", "0", "2"]).code(3).says("holds its root");
    author.run(&["neuron", "endpoint", "0", &"x".repeat(129)]).code(3).says("128 bytes");
    other.run(&["neuron", "deregister", "0"]).code(1).says("no neuron in subnet 0");

    // Stake.
    other.run(&["stake", "allocate", "0", "dev:dave", "0.5"]).code(3).says("minimum stake");
    other.run(&["stake", "allocate", "0", "dev:eve", "5"]).code(3).says("no neuron in this subnet");
    other.run(&["stake", "allocate", "0", "9", "5"]).code(1).says("there is no neuron 9");
    other.run(&["stake", "allocate", "0", "dev:dave", "2000000"]).code(3);
    other
        .run(&["stake", "allocate", "0", "dev:dave", "5", "--accept-take", "9"])
        .code(3)
        .says("takes more than you accept");
    other.run(&["stake", "unbond", "0", "dev:dave", "5"]).code(3).says("no stake behind this evaluator");
    other.run(&["stake", "unbond", "0", "dev:dave", "--all"]).code(1).says("stake show");
    evaluator.run(&["stake", "unbond", "0", "dev:dave", "501"]).code(3).says("less than that");
    evaluator.run(&["stake", "move", "500", "--from", "0/dev:dave", "--to", "0/1"]).code(3).says("there already");
    evaluator.run(&["stake", "take", "0", "19"]).code(3).says("more than an evaluator may take");
    other.run(&["stake", "withdraw"]).code(1).says("nothing of your stake");
    other.run(&["stake", "dividends", "0/dev:dave"]).code(3).says("no stake behind this evaluator");

    // Scores.
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let commit = |who: &Pedigree, scores: &[&str]| who.run(&[&["score", "commit", "0"][..], scores].concat());
    commit(&evaluator, &["2=1", "2=3"]).code(2).says("scored twice");
    commit(&evaluator, &["2=0", "0=0"]).code(2).says("no score is above zero");
    commit(&evaluator, &["2=65536"]).code(2).says("--scale");
    commit(&evaluator, &["2=0.5"]).code(2).says("--scale");
    commit(&evaluator, &["9=5"]).code(1).says("there is no neuron 9");
    commit(&evaluator, &["70000=5"]).code(2);
    commit(&evaluator, &["--from", &file("bad.json", "[1]")]).code(6).says("no file of scores");
    commit(&evaluator, &["--from", "/dev/zero"]).code(6).says("not a regular file");
    let another = format!("2,7,0x{}\n", "ab".repeat(32));
    commit(&evaluator, &["--from", &file("another.csv", &another)]).code(1).says("another root was evaluated");
    commit(&author, &["2=5"]).code(3).says("no permit to score");
    commit(&other, &["2=5"]).code(1).says("no neuron in subnet 0");
    evaluator.run(&["score", "reveal", "0"]).code(1).says("nothing to reveal");
    evaluator.run(&["score", "reveal", "7"]).code(1).says("there is no subnet 7");
    assert_eq!(nonces(), before, "something was sent");

    // What the chain would be told by somebody who doesn't use this program.
    let refused = |action: Value, name: &str| {
        let error = rpc.error("provenance_prepare", json!([Account::dave().address(), action]));
        assert_eq!(error.data["error"], json!(name), "{error}");
    };
    let hash = pedigree_tests::account::hash("scores");
    let reveal = |scores: Value| json!({ "action": "revealScores", "netuid": NETUID, "scores": scores, "salt": hash });
    wait_for_epoch(rpc, 1);
    refused(reveal(json!([{ "uid": 2, "score": 1 }])), "NoPermit");
    Account::dave().act(rpc, json!({ "action": "commitScores", "netuid": NETUID, "hash": hash }));
    refused(json!({ "action": "commitScores", "netuid": NETUID, "hash": hash }), "AlreadyCommitted");
    refused(reveal(json!([{ "uid": 2, "score": 1 }])), "RevealTooEarly");
    rpc.settle();
    commit(&evaluator, &["2=5"]);
    let at = epoch(rpc);
    wait_for_epoch(rpc, at + 1);
    if epoch(rpc) == at + 1 {
        refused(reveal(json!([{ "uid": 2, "score": 1 }])), "NotWhatWasCommitted");
    }
}

/// Whatever happens in between: the scores and the salt are there, and there is one commitment.
#[test]
fn a_commitment_that_was_interrupted_is_made_once_and_revealed() {
    let node = Node::dev();
    let rpc = node.rpc();
    with_evaluator(rpc, "service");
    wait_for_epoch(rpc, 1);
    let evaluator = Pedigree::new().at(&node.url()).with_account("dev:dave");
    let commit = ["score", "commit", "0", "0=1", "1=3"];
    let nonce = Account::dave().nonce(rpc);
    let mut running = evaluator.start(&commit);
    running.wait_for("Committing");
    assert_eq!(kept(&evaluator).len(), 1, "they are on the disk before anything is sent");
    let first = fs::read_to_string(&kept(&evaluator)[0]).unwrap();
    running.kill();

    // It may have been sent or not. The same command again settles it.
    let committed = evaluator.json(&commit);
    let epoch = committed["epoch"].as_u64().unwrap();
    let sent_before = serde_json::from_str::<Value>(&first).unwrap()["epoch"] == committed["epoch"];
    if sent_before {
        assert_eq!(Account::dave().nonce(rpc), nonce + 1, "there is one commitment");
        assert_eq!(fs::read_to_string(&kept(&evaluator)[0]).unwrap(), first, "it has the salt that it had");
    }
    // On another machine, with the same key, there is nothing to reveal it with.
    let elsewhere = Pedigree::new().at(&node.url()).with_account("dev:dave");
    wait_for_epoch(rpc, epoch + 1);
    elsewhere.run(&["score", "reveal", "0"]).code(6).says("not kept on this machine");
    let revealed = evaluator.json(&["score", "reveal", "0"]);
    assert_eq!((revealed["epoch"].as_u64(), revealed["counted"].as_u64()), (Some(epoch + 1), Some(2)));
    if self::epoch(rpc) == epoch + 1 {
        let again = evaluator.json(&["score", "reveal", "0"]);
        assert_eq!((&again["unchanged"], &again["counted"]), (&json!(true), &Value::Null));
    }
    wait_for_epoch(rpc, epoch + 2);
    let epochs = rpc.get("subnets_epochs", json!([NETUID]));
    assert_eq!((&epochs[0]["epoch"], &epochs[0]["scored"]), (&json!(epoch + 1), &json!(1)));
}
