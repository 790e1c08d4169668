//! `pedigree`: hash, register, verify and prove AI models and datasets.
//!
//! The command line of the Pedigree chain. It reads through the node's JSON-RPC, signs with keys that never leave this
//! machine, and does all hashing and proving itself: a node is asked, not trusted with the files.

#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod args;
mod chain;
mod channel;
mod commands;
mod display;
mod error;
mod evaluate;
mod faucet;
mod interrupt;
mod keystore;
mod names;
mod output;
mod progress;
mod pull;
mod request;
mod salt;
mod scores;
mod store;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;
use crate::error::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.global.json, args.global.quiet);
    log();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::input(format!("cannot start: {error}")))
        .and_then(|runtime| {
            runtime.spawn(interrupt::watch(output));
            let outcome = runtime.block_on(commands::run(args, output));
            // A connection that is still open must not keep the process.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            failure.exit_code()
        }
    }
}

/// Logs to stderr, if `RUST_LOG` asks for it.
fn log() {
    if std::env::var_os("RUST_LOG").is_some() {
        let level = match std::env::var("RUST_LOG").unwrap_or_default().as_str() {
            "trace" => tracing::Level::TRACE,
            "info" => tracing::Level::INFO,
            "warn" => tracing::Level::WARN,
            "error" => tracing::Level::ERROR,
            _ => tracing::Level::DEBUG,
        };
        let subscriber = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).finish();
        // Nobody else sets one in this process.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
}
