//! Accounts that act over JSON-RPC alone: prepare, sign, assemble, submit. Faster than the command line, since it doesn't
//! wait until things are final.

use std::time::Duration;

use serde_json::{json, Value};
use subxt_signer::sr25519::{dev, Keypair};

use crate::rpc::Rpc;
use crate::until;

/// A key and its account.
#[derive(Clone)]
pub struct Account {
    keypair: Keypair,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.address())
    }
}

impl Account {
    /// The development key `//Alice`.
    pub fn alice() -> Self {
        Self { keypair: dev::alice() }
    }

    /// The development key `//Bob`, who owns `hf:pedigree-demo`.
    pub fn bob() -> Self {
        Self { keypair: dev::bob() }
    }

    /// The development key `//Charlie`.
    pub fn charlie() -> Self {
        Self { keypair: dev::charlie() }
    }

    /// The development key `//Dave`.
    pub fn dave() -> Self {
        Self { keypair: dev::dave() }
    }

    /// All development keys that have funds.
    pub fn all() -> Vec<Self> {
        [dev::alice(), dev::bob(), dev::charlie(), dev::dave(), dev::eve(), dev::ferdie()]
            .into_iter()
            .map(|keypair| Self { keypair })
            .collect()
    }

    /// An account that has nothing.
    pub fn penniless() -> Self {
        let keypair = Keypair::from_secret_key([77; 32]).expect("any 32 bytes make a key");
        Self { keypair }
    }

    /// An account that has nothing, another one for each seed.
    pub fn of_seed(seed: u8) -> Self {
        let mut secret = [78; 32];
        secret[0] = seed;
        Self { keypair: Keypair::from_secret_key(secret).expect("any 32 bytes make a key") }
    }

    /// Its address.
    pub fn address(&self) -> String {
        self.keypair.public_key().to_account_id().to_string()
    }

    /// A signature under what `provenance_prepare` gives to be signed.
    pub fn sign(&self, prepared: &Value) -> String {
        let digits = prepared["sign"].as_str().expect("there is something to sign");
        let bytes = hex::decode(digits.trim_start_matches("0x")).expect("it is hexadecimal");
        format!("0x{}", hex::encode(self.keypair.sign(&bytes).0))
    }

    /// How many transactions of this account are in blocks.
    pub fn nonce(&self, rpc: Rpc) -> u32 {
        let account = format!("0x{}", hex::encode(self.keypair.public_key().0));
        let answer = rpc.get("state_call", json!(["AccountNonceApi_account_nonce", account]));
        let bytes =
            hex::decode(answer.as_str().unwrap_or_default().trim_start_matches("0x")).expect("it is hexadecimal");
        u32::from_le_bytes(bytes.try_into().expect("a nonce has four bytes"))
    }

    /// Sends an action, and doesn't wait.
    pub fn submit(&self, rpc: Rpc, action: Value) -> Pending {
        let prepared = rpc.get("provenance_prepare", json!([self.address(), action]));
        let nonce = self.nonce(rpc);
        let transaction = rpc.get("provenance_assemble", json!([prepared["payload"], self.sign(&prepared)]));
        rpc.get("author_submitExtrinsic", json!([transaction]));
        Pending { account: self.clone(), rpc, nonce, action }
    }

    /// Sends an action, and waits until it is in a block.
    pub fn act(&self, rpc: Rpc, action: Value) {
        self.submit(rpc, action).wait();
    }

    /// Takes a plain namespace.
    pub fn claim(&self, rpc: Rpc, name: &str) {
        let salt = hash(name);
        self.act(rpc, json!({ "action": "reserveNamespace", "name": name, "salt": salt }));
        self.act(rpc, json!({ "action": "claimNamespace", "name": name, "salt": salt }));
    }

    /// Registers a release in two steps.
    pub fn register(&self, rpc: Rpc, record: &str, kind: &str, release: Value) {
        let root = release["manifest"]["root"].clone();
        let salt = hash(record);
        self.act(rpc, json!({ "action": "reserveRoot", "root": root, "salt": salt }));
        self.act(
            rpc,
            json!({ "action": "register", "record": record, "kind": kind, "salt": salt, "release": release }),
        );
    }
}

/// A transaction on its way.
#[derive(Debug)]
pub struct Pending {
    account: Account,
    rpc: Rpc,
    nonce: u32,
    action: Value,
}

impl Pending {
    /// Waits until it is in a block.
    pub fn wait(self) {
        until(&format!("in a block: {}", self.action), Duration::from_secs(60), || {
            (self.account.nonce(self.rpc) > self.nonce).then_some(())
        });
    }
}

/// 32 bytes that differ for each text: a root or salt where any will do.
pub fn hash(text: &str) -> String {
    let mut bytes = [0u8; 32];
    for (index, byte) in text.bytes().enumerate() {
        let place = index % 32;
        bytes[place] = bytes[place].wrapping_mul(31).wrapping_add(byte);
    }
    bytes[31] ^= u8::try_from(text.len() % 256).unwrap_or_default();
    format!("0x{}", hex::encode(bytes))
}

/// A release of made-up bytes, with the usual terms.
pub fn release(of: &str) -> Value {
    json!({
        "manifest": { "root": hash(of), "files": 1, "tensors": 0, "bytes": 1024 },
        "terms": {
            "licence": "Apache-2.0", "commercialUse": true, "derivatives": true,
            "shareAlike": false, "attribution": false, "royalty": 0,
        },
    })
}

/// The action that catalogues such a release.
pub fn catalogue(record: &str, of: &str) -> Value {
    json!({
        "action": "catalogue", "record": record, "kind": "model", "release": release(of),
        "upstream": { "url": "https://example.org/files", "revision": "main" },
    })
}
