//! What an evaluator needs besides the chain: a command of his own that scores, and a folder that remembers.
//!
//! `command` runs the command, which says a number and may do anything else instead; `cache` keeps what was fetched and what
//! came of it, so that nothing is fetched or scored twice and a new start goes on where the last run was.

mod cache;
mod command;

pub(crate) use cache::{Cache, Outcome, Subject};
pub(crate) use command::{Ran, Task};
