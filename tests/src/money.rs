//! Amounts, and two people of whom one builds on what the other has.

use serde_json::{json, Value};

use crate::account::release;
use crate::{Account, Rpc};

/// A token, in plancks.
pub const PDG: u128 = 1_000_000_000_000;

/// An amount, as JSON has it.
pub fn plancks(value: &Value) -> u128 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no amount"))
}

/// A dataset of Alice's that asks 5 %, and a model of Bob's built from it.
pub fn two_releases(rpc: Rpc) {
    let (alice, bob) = (Account::alice(), Account::bob());
    alice.claim(rpc, "alice-lab");
    bob.claim(rpc, "bob-lab");
    let mut data = release("data");
    data["terms"]["royalty"] = json!(50_000);
    alice.register(rpc, "alice-lab/data", "dataset", data);
    let mut model = release("model");
    model["parents"] = json!([{ "release": "alice-lab/data@1", "relation": "trainedOn" }]);
    bob.register(rpc, "bob-lab/model", "model", model);
}
