//! What the calls and hooks weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls and hooks, and of registering for the pallets that do it.
pub trait WeightInfo {
    /// [`crate::Call::create`].
    fn create() -> Weight;
    /// [`crate::Call::catalogue`].
    fn catalogue() -> Weight;
    /// [`crate::Call::yank`].
    fn yank() -> Weight;
    /// [`crate::Call::offer`].
    fn offer() -> Weight;
    /// [`crate::Call::withdraw_offer`].
    fn withdraw_offer() -> Weight;
    /// [`crate::Call::accept`].
    fn accept() -> Weight;
    /// [`crate::Call::remove`].
    fn remove() -> Weight;
    /// [`crate::Call::adopt`].
    fn adopt() -> Weight;
    /// [`crate::Call::claim_root`].
    fn claim_root() -> Weight;
    /// [`crate::Call::adopt_all`].
    fn adopt_all() -> Weight;
    /// One deposit that passes to the owner of its namespace, in a block that has the room.
    fn adopt_step() -> Weight;
}
