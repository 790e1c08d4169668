//! The chain: connecting to a node, asking it, and sending it transactions.

mod api;
mod calls;
pub(crate) mod journal;
pub(crate) mod rpc;
pub(crate) mod tx;
pub(crate) mod views;

pub(crate) use calls::{
    Call, Economy, Governance, Hyperparameter, Limits, Ongoing, Phase, Place, Referendum, RegisterTarget, SHORTEST_LIFE,
};
pub(crate) use rpc::Chain;
