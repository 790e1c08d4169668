//! What the calls and hooks weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls and hooks.
pub trait WeightInfo {
    /// [`crate::Call::allocate`].
    fn allocate() -> Weight;
    /// [`crate::Call::move_stake`].
    fn move_stake() -> Weight;
    /// [`crate::Call::unbond`].
    fn unbond() -> Weight;
    /// [`crate::Call::withdraw_unbonded`].
    fn withdraw_unbonded() -> Weight;
    /// [`crate::Call::withdraw_dividends`].
    fn withdraw_dividends() -> Weight;
    /// [`crate::Call::set_take`].
    fn set_take() -> Weight;
    /// The end of a block in which somebody sent something to the pot.
    fn on_finalize() -> Weight;
}
