//! A faucet: gives tokens of a test network to whoever asks over HTTP, within limits.
//!
//! * [`ledger`]: who got something lately, so who has to wait. Survives a restart.
//! * [`giver`]: one task that sends. What is asked for while a transaction is under way goes together in the next one, so
//!   that any number of requests use one nonce after the other.
//! * [`server`]: HTTP, with every wait and length bounded.

pub(crate) mod giver;
pub(crate) mod ledger;
pub(crate) mod server;
