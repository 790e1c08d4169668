#![doc = include_str!("../README.md")]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod alpha;
mod bonds;
mod consensus;
mod epoch;
mod error;
mod fraction;
mod payout;
mod permits;
mod rows;
mod types;

pub use epoch::epoch;
pub use error::Error;
pub use fraction::Fraction;
pub use payout::Payout;
pub use permits::permits;
pub use types::{Evaluator, LiquidAlpha, Neuron, Outcome, Parameters, Subnet, MAX_NEURONS};
