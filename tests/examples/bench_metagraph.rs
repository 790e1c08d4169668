//! How long a node takes to answer `subnets_metagraph` for a page of 256 neurons (`make bench-metagraph`).
//!
//! On a chain it would take days to register so many: each neuron makes the next one a quarter dearer. So a development node makes
//! one of each (a subnet, a release, a neuron that is bound to it, an evaluator), and a second node begins with these entries
//! multiplied: 256 neurons, each bound to a release of another record and with an endpoint, 64 of them evaluators with stake, a
//! commitment and scores for all others, and the results of an epoch. It is asked over HTTP, many times, each with a connection of
//! its own: what is told is the median, from connecting to the answer's JSON, read. Prints one JSON object per figure. `BENCH_RUNS`
//! says how often (default 201), `PEDIGREE_NODE_BIN` which node.

// A measurement says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::time::Instant;

use pedigree_tests::account::release;
use pedigree_tests::{process, Account, Node, Rpc};
use serde_json::{json, Map, Value as Json};
use subxt::client::OnlineClientAtBlock;
use subxt::dynamic::{storage, Value};
use subxt::{OnlineClient, PolkadotConfig};

const NEURONS: u16 = 256;
const EVALUATORS: u16 = 64;
const GOAL: f64 = 50.0;
/// The epoch that is going on, and the slot of the one before.
const EPOCH: u32 = 4;
const LAST_SLOT: u32 = 3;

type AtBlock = OnlineClientAtBlock<PolkadotConfig>;

/// The key of an entry.
fn key(at: &AtBlock, pallet: &str, entry: &str, parts: Vec<Value>) -> Vec<u8> {
    let entry = at.storage().entry(storage::<Vec<Value>, Value>(pallet, entry)).expect("the runtime has it");
    entry.fetch_key(parts).expect("these are its keys")
}

fn number(number: impl Into<u128>) -> Value {
    Value::u128(number.into())
}

fn text(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

fn bytes(text: &Json) -> Vec<u8> {
    hex::decode(text.as_str().expect("it is there").trim_start_matches("0x")).expect("it is hexadecimal")
}

/// A length, as SCALE has it.
fn length(length: usize) -> Vec<u8> {
    match u16::try_from(length).expect("no list is that long here") {
        short @ 0..=63 => vec![u8::try_from(short << 2).expect("it is short")],
        long => ((long << 2) | 1).to_le_bytes().to_vec(),
    }
}

/// Whose neuron it is: any account will do.
fn account(uid: u16) -> [u8; 32] {
    let mut account = [9; 32];
    account[..2].copy_from_slice(&uid.to_le_bytes());
    account
}

/// A subnet with a model of Bob's and an evaluator, Dave.
fn one_of_each(rpc: Rpc) {
    let (bob, charlie, dave) = (Account::bob(), Account::charlie(), Account::dave());
    bob.claim(rpc, "bench-lab");
    bob.register(rpc, "bench-lab/model", "model", release("model"));
    charlie.act(rpc, json!({ "action": "foundSubnet", "kind": "model", "name": "bench" }));
    bob.act(rpc, json!({ "action": "registerNeuron", "netuid": 0, "release": "bench-lab/model@1" }));
    bob.act(rpc, json!({ "action": "setEndpoint", "netuid": 0, "endpoint": "https://bench.example.org:8091" }));
    dave.act(rpc, json!({ "action": "registerNeuron", "netuid": 0 }));
    let (evaluator, amount) = (dave.address(), (500u128 * 1_000_000_000_000).to_string());
    let stake = json!({
        "action": "allocateStake", "netuid": 0, "evaluator": evaluator, "amount": amount, "acceptedTake": 100_000,
    });
    dave.act(rpc, stake);
}

/// What a chain begins with in which all of that is there many times.
struct Genesis<'a> {
    at: &'a AtBlock,
    rpc: Rpc,
    top: Map<String, Json>,
}

impl Genesis<'_> {
    fn stored(&self, pallet: &str, entry: &str, parts: Vec<Value>) -> Vec<u8> {
        bytes(&self.rpc.get("state_getStorage", json!([text(&key(self.at, pallet, entry, parts))])))
    }

    fn put(&mut self, pallet: &str, entry: &str, parts: Vec<Value>, value: &[u8]) {
        self.top.insert(text(&key(self.at, pallet, entry, parts)), json!(text(value)));
    }

    /// All entries of a pallet, as they are.
    fn copy(&mut self, pallet: &str, entry: &str) {
        let prefix = text(
            &self.at.storage().entry(storage::<Vec<Value>, Value>(pallet, entry)).expect("it is there").key_prefix(),
        );
        let keys = self.rpc.get("state_getKeysPaged", json!([prefix, 1000]));
        for key in keys.as_array().expect("a list") {
            let value = self.rpc.get("state_getStorage", json!([key]));
            self.top.insert(key.as_str().expect("a key").to_owned(), value);
        }
    }

    fn multiply(&mut self) {
        for (pallet, entry) in [("Namespaces", "Namespaces"), ("Subnets", "NextNetUid"), ("Stake", "Totals")] {
            self.copy(pallet, entry);
        }
        let neuron = self.stored("Subnets", "Neurons", vec![number(0u8), number(1u8)]);
        let endpoint = self.stored("Subnets", "Endpoints", vec![number(0u8), number(1u8)]);
        // Whose it is, the block it was registered in, that it is bound, and to which record.
        let record_at = 32 + 4 + 1;
        let first = u64::from_le_bytes(neuron[record_at..record_at + 8].try_into().expect("eight bytes"));
        let record = self.stored("Records", "Records", vec![number(first)]);
        let dave = Value::from_bytes(dave());
        let pool = self.stored("Stake", "Pools", vec![number(0u8), dave]);
        for uid in 1..=NEURONS {
            let id = first + u64::from(uid);
            let mut own = neuron.clone();
            own[..32].copy_from_slice(&account(uid));
            own[record_at..record_at + 8].copy_from_slice(&id.to_le_bytes());
            self.put("Subnets", "Neurons", vec![number(0u8), number(uid)], &own);
            self.put("Subnets", "Endpoints", vec![number(0u8), number(uid)], &endpoint);
            self.put("Subnets", "Uids", vec![number(0u8), Value::from_bytes(account(uid))], &uid.to_le_bytes());
            self.put("Records", "Records", vec![number(id)], &record);
            if uid <= EVALUATORS {
                self.put("Stake", "Pools", vec![number(0u8), Value::from_bytes(account(uid))], &pool);
                self.put("Subnets", "Commits", vec![number(0u8), number(uid)], &commitment());
                self.put("Subnets", "ShownScores", vec![number(0u8), number(uid)], &scores());
            }
        }
        let subnet = self.stored("Subnets", "Subnets", vec![number(0u8)]);
        self.put("Subnets", "Subnets", vec![number(0u8)], &full(subnet));
        self.put("Subnets", "Seats", vec![number(0u8)], &seats());
        self.put("Subnets", "Results", vec![number(0u8), number(LAST_SLOT)], &results());
    }
}

fn dave() -> [u8; 32] {
    subxt_signer::sr25519::dev::dave().public_key().0
}

/// The subnet with all its seats taken.
fn full(mut subnet: Vec<u8>) -> Vec<u8> {
    // The owner, the kind and the name, whose length is in one byte.
    let founded_at = 32 + 1 + 1 + "bench".len();
    let epoch_at = founded_at + 4 + 16;
    subnet[epoch_at..epoch_at + 4].copy_from_slice(&EPOCH.to_le_bytes());
    let counts = [NEURONS + 1, NEURONS, EVALUATORS].map(u16::to_le_bytes).concat();
    let counts_at = epoch_at + 8;
    subnet[counts_at..counts_at + 6].copy_from_slice(&counts);
    subnet
}

fn commitment() -> Vec<u8> {
    [length(1), EPOCH.to_le_bytes().to_vec(), 1u32.to_le_bytes().to_vec(), vec![7; 32]].concat()
}

/// Scores for all who are no evaluators.
fn scores() -> Vec<u8> {
    let row: Vec<u8> =
        (EVALUATORS + 1..=NEURONS).flat_map(|uid| [uid, 1_000 + uid]).flat_map(u16::to_le_bytes).collect();
    [EPOCH.to_le_bytes().to_vec(), 1u32.to_le_bytes().to_vec(), length(row.len() / 4), row].concat()
}

/// The burn slot, and everybody's.
fn seats() -> Vec<u8> {
    let mut seats = length(usize::from(NEURONS) + 1);
    for uid in 0..=NEURONS {
        seats.extend(1u32.to_le_bytes());
        seats.extend(u32::from(uid).to_le_bytes());
        seats.extend([1, u8::from((1..=EVALUATORS).contains(&uid))]);
    }
    seats
}

fn results() -> Vec<u8> {
    let mut results = [LAST_SLOT, 1].map(u32::to_le_bytes).concat();
    results.extend([1_000_000_000_000u128; 6].map(u128::to_le_bytes).concat());
    results.extend(EVALUATORS.to_le_bytes());
    results.extend(length(usize::from(NEURONS) + 1));
    for uid in 0..=NEURONS {
        results.extend([uid, 60_000, 256, 256, 256].map(u16::to_le_bytes).concat());
    }
    results
}

/// Asks for the page: what it answers, and how many milliseconds it took.
fn ask(rpc: Rpc) -> (Json, f64) {
    let begun = Instant::now();
    let page = rpc.get("subnets_metagraph", json!([0, 1, NEURONS]));
    (page, begun.elapsed().as_secs_f64() * 1e3)
}

#[tokio::main]
async fn main() {
    let runs = std::env::var("BENCH_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(201usize).max(1);
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let chain = folder.path().join("bench.json");
    {
        let node = Node::dev();
        one_of_each(node.rpc());
        node.rpc().settle();
        let client = OnlineClient::<PolkadotConfig>::from_insecure_url(node.url()).await.expect("the node answers");
        let at = client.at_current_block().await.expect("the node answers");
        let exported = process::command(&process::program("PEDIGREE_NODE_BIN", "pedigree-node"))
            .args(["export-chain-spec", "--chain", "dev", "--raw"])
            .output()
            .expect("the node can be started");
        let mut spec: Json = serde_json::from_slice(&exported.stdout).expect("a chain spec is JSON");
        let top = spec["genesis"]["raw"]["top"].as_object().expect("it is raw").clone();
        let mut genesis = Genesis { at: &at, rpc: node.rpc(), top };
        genesis.multiply();
        spec["genesis"]["raw"]["top"] = Json::Object(genesis.top);
        std::fs::write(&chain, spec.to_string()).expect("there is room for temporary files");
    }

    let node = Node::start("bench", &["--chain", chain.to_str().expect("the path is UTF-8")]);
    let (page, _) = ask(node.rpc());
    let neurons = page["neurons"].as_array().expect("the subnet is there");
    assert_eq!(neurons.len(), usize::from(NEURONS), "a page of all of them");
    for neuron in neurons {
        assert!(
            neuron["releaseName"] == json!("bench-lab/model@1") && neuron["last"]["trust"] == json!(256),
            "{neuron}"
        );
        let evaluator = neuron["uid"].as_u64() <= Some(EVALUATORS.into());
        assert!(neuron["committed"] == json!(evaluator) && neuron["revealed"] == json!(evaluator), "{neuron}");
    }
    eprintln!("a page has {} bytes", page.to_string().len());
    let mut times: Vec<f64> = (0..runs).map(|_| ask(node.rpc()).1).collect();
    times.sort_by(f64::total_cmp);
    let ours = (times[runs / 2] * 100.0).round() / 100.0;
    let met = ours < GOAL;
    println!(
        "{{\"bench\":\"metagraph/{NEURONS}-neurons\",\"ours\":{ours},\"unit\":\"ms\",\"goal\":{GOAL},\"met\":{met}}}"
    );
}
