//! Whole-system tests: real nodes, the real command line, real files.
//!
//! This library is what they share; the tests are in `tests/`, one file per topic. They run the binaries of the same
//! build (`target/release/pedigree-node` and `pedigree`), or those that `PEDIGREE_NODE_BIN` and `PEDIGREE_BIN` name.
//! Every test starts nodes of its own on free ports, and whatever becomes of the test, they are stopped.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

pub mod account;
pub mod batch;
pub mod document;
pub mod faucet;
pub mod files;
pub mod mirror;
pub mod money;
pub mod node;
pub mod other_chain;
pub mod other_runtime;
pub mod pedigree;
pub mod process;
pub mod rpc;

pub use account::Account;
pub use mirror::Mirror;
pub use node::Node;
pub use pedigree::Pedigree;
pub use rpc::Rpc;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A file or folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Asks again and again until there is an answer; stops the test when there is none in time.
pub fn until<T>(what: &str, patience: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < patience, "waited {} s in vain: {what}", patience.as_secs());
        std::thread::sleep(Duration::from_millis(200));
    }
}
