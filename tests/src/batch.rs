//! Many releases in few blocks: batches of calls, signed one after the other.

use std::time::Duration;

use serde_json::json;
use subxt::config::substrate::BlakeTwo256;
use subxt::config::{DefaultExtrinsicParamsBuilder, Hasher};
use subxt::dynamic::{storage, tx, Value};
use subxt::{OnlineClient, PolkadotConfig};
use subxt_signer::sr25519::{dev, Keypair};

use crate::{until, Account, Node};

/// So many releases in one transaction: about a sixth of a block.
const AT_ONCE: usize = 50;
const SALT: [u8; 32] = [7; 32];

/// A model that is to be there, with one release.
#[derive(Clone, Debug)]
pub struct Planned {
    name: String,
    parents: Vec<(usize, &'static str)>,
}

impl Planned {
    /// Its name, and what it is built from: by their place in the plan, with the relation as the runtime spells it.
    pub fn new(name: String, parents: Vec<(usize, &'static str)>) -> Self {
        Self { name, parents }
    }

    fn root(&self) -> [u8; 32] {
        BlakeTwo256.hash(self.name.as_bytes()).0
    }
}

fn call(pallet: &str, name: &str, fields: Vec<(&str, Value)>) -> Value {
    Value::unnamed_variant(pallet, [Value::named_variant(name, fields)])
}

fn number(number: impl Into<u128>) -> Value {
    Value::u128(number.into())
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::unnamed_composite(items)
}

fn release_id(record: u64) -> Value {
    Value::named_composite([("record", number(record)), ("number", number(1u32))])
}

fn nothing() -> Value {
    Value::unnamed_variant("None", [])
}

fn record(namespace: u64, name: &str) -> Value {
    let kind = Value::unnamed_variant("Model", []);
    call("Records", "create", vec![("namespace", number(namespace)), ("name", Value::from_bytes(name)), ("kind", kind)])
}

/// Makes a record, and registers its first release. Records get the ids from `first` on, in the order of the plan.
fn registration(planned: &Planned, namespace: u64, first: u64, place: usize) -> [Value; 2] {
    let id = |place: usize| first + place as u64;
    let manifest = Value::named_composite([
        ("root", Value::from_bytes(planned.root())),
        ("files", number(3u32)),
        ("tensors", number(100u32)),
        ("bytes", number(90_000_000u32)),
    ]);
    let terms = Value::named_composite([
        ("licence", Value::from_bytes("Apache-2.0")),
        ("commercial_use", Value::bool(true)),
        ("derivatives", Value::bool(true)),
        ("share_alike", Value::bool(false)),
        ("attribution", Value::bool(false)),
        ("royalty", number(0u32)),
    ]);
    let parents = planned.parents.iter().map(|(place, relation)| {
        let relation = Value::unnamed_variant(*relation, []);
        Value::named_composite([("release", release_id(id(*place))), ("relation", relation)])
    });
    let location = format!("https://example.org/models/{}", planned.name);
    let digest = Value::named_composite([
        ("kind", Value::unnamed_variant("Sha256", [])),
        ("value", Value::from_bytes(planned.root())),
    ]);
    let release = Value::named_composite([
        ("manifest", manifest),
        ("terms", terms),
        ("parents", list(parents)),
        ("card", nothing()),
        ("locations", list([Value::from_bytes(location)])),
        ("digests", list([digest])),
    ]);
    let fields = vec![("record", number(id(place))), ("salt", Value::from_bytes(SALT)), ("release", release)];
    [record(namespace, &planned.name), call("Models", "release", fields)]
}

/// The client that makes transactions of calls which have no action in `provenance_prepare`.
async fn client(node: &Node) -> OnlineClient<PolkadotConfig> {
    OnlineClient::from_insecure_url(node.url()).await.expect("the node answers")
}

/// Sends transactions of Alice's, each of many calls, and waits until all of them are in blocks.
async fn send(node: &Node, client: &OnlineClient<PolkadotConfig>, signer: &Keypair, batches: Vec<Vec<Value>>) {
    let at = client.at_current_block().await.expect("the node answers");
    let mut next = u64::from(Account::alice().nonce(node.rpc()));
    for calls in batches {
        let params = DefaultExtrinsicParamsBuilder::<PolkadotConfig>::new().nonce(next).build();
        let batch = tx("Utility", "batch_all", vec![list(calls)]);
        let signed =
            at.transactions().create_signed(&batch, signer, params).await.expect("the calls are the runtime's");
        signed.submit().await.expect("the pool takes it");
        next += 1;
    }
    until("all transactions to be in blocks", Duration::from_secs(600), || {
        (u64::from(Account::alice().nonce(node.rpc())) >= next).then_some(())
    });
}

/// The id of a namespace that is there.
fn namespace_id(node: &Node, name: &str) -> u64 {
    node.rpc().get("namespaces_get", json!([name]))["id"].as_u64().unwrap_or_else(|| panic!("there is no {name}"))
}

/// Registers all that is planned, in a namespace of Alice's, while nobody else makes records.
pub async fn register_all(node: &Node, namespace: &str, plan: &[Planned]) {
    let (client, signer) = (client(node).await, dev::alice());
    let namespace = namespace_id(node, namespace);
    let at = client.at_current_block().await.expect("the node answers");
    let next = storage::<(), u64>("Records", "NextRecordId");
    let first = at.storage().fetch(next, ()).await.expect("it is the runtime's").decode().expect("an id is a number");

    let genesis = hex::decode(node.rpc().block_hash(0).trim_start_matches("0x")).expect("it is hexadecimal");
    let reserve = |planned: &Planned| {
        let subject = planned.root();
        let parts: [&[u8]; 4] = [&genesis, &signer.public_key().0, &SALT, &subject];
        let hash = BlakeTwo256.hash(&parts.concat()).0;
        call("Reservations", "reserve", vec![("hash", Value::from_bytes(hash))])
    };
    let reservations = plan.chunks(4 * AT_ONCE).map(|part| part.iter().map(reserve).collect());
    send(node, &client, &signer, reservations.collect()).await;
    let places: Vec<usize> = (0..plan.len()).collect();
    let register =
        |part: &[usize]| part.iter().flat_map(|place| registration(&plan[*place], namespace, first, *place)).collect();
    send(node, &client, &signer, places.chunks(AT_ONCE).map(register).collect()).await;
}

/// Makes a record without releases, in a namespace of Alice's.
pub async fn create_record(node: &Node, namespace: &str, name: &str) {
    let create = record(namespace_id(node, namespace), name);
    send(node, &client(node).await, &dev::alice(), vec![vec![create]]).await;
}
