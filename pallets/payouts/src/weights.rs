//! What the calls and hooks weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls and hooks.
pub trait WeightInfo {
    /// [`crate::Call::pay`].
    fn pay() -> Weight;
    /// [`crate::Call::settle`] of a release with `a` ancestors that ask.
    fn settle(a: u32) -> Weight;
    /// Settling `c` releases whose ancestors that ask are `a` in all.
    fn settle_many(c: u32, a: u32) -> Weight;
    /// [`crate::Call::withdraw`] from `r` releases.
    fn withdraw(r: u32) -> Weight;
    /// [`crate::Call::expire`].
    fn expire() -> Weight;
    /// [`crate::Call::mature`].
    fn mature() -> Weight;
    /// The end of a block in which somebody sent something to the pot.
    fn on_finalize() -> Weight;
}
