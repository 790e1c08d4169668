//! The Pedigree node: what validators run, and anyone who wants to ask the chain without trusting somebody else's node.
//!
//! * [`cli`] and [`command`]: what can be asked for on the command line, and who does it.
//! * [`chain_spec`]: which chain.
//! * [`ports`]: whether the ports are free, said before anything is started.
//! * [`service`]: what a running node is made of.
//! * [`rpc`]: what it answers.

// The SDK's own error is large, and a node fails to start once: boxing it at each step would buy nothing.
#![allow(clippy::result_large_err)]
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unimplemented,
        clippy::unwrap_used
    )
)]

mod chain_spec;
mod cli;
mod command;
mod ports;
mod rpc;
mod service;

use std::{process::ExitCode, thread, time::Duration};

/// The log is written by a thread of its own, twenty times a second.
const LOG_WRITTEN: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    match command::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // So that the error is the last line.
            thread::sleep(LOG_WRITTEN);
            eprintln!("Error: {}", command::describe(&error));
            ExitCode::FAILURE
        }
    }
}
