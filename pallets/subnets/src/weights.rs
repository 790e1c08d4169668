//! What the calls and hooks weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls and hooks.
pub trait WeightInfo {
    /// [`crate::Call::found`].
    fn found() -> Weight;
    /// [`crate::Call::admit`].
    fn admit() -> Weight;
    /// [`crate::Call::set_hyperparameter`].
    fn set_hyperparameter() -> Weight;
    /// [`crate::Call::fund`].
    fn fund() -> Weight;
    /// [`crate::Call::register`], with the replacement of an evaluator.
    fn register() -> Weight;
    /// [`crate::Call::deregister`].
    fn deregister() -> Weight;
    /// [`crate::Call::bind`].
    fn bind() -> Weight;
    /// [`crate::Call::unbind`].
    fn unbind() -> Weight;
    /// [`crate::Call::serve`].
    fn serve() -> Weight;
    /// [`crate::Call::commit`].
    fn commit() -> Weight;
    /// [`crate::Call::reveal`] of `s` scores.
    fn reveal(s: u32) -> Weight;
    /// [`crate::Call::close`].
    fn close() -> Weight;
    /// Seeing that nothing is due.
    fn on_initialize() -> Weight;
    /// The end of an epoch of `n` seats, with `e` evaluators who have `s` scores and bonds in all, the larger number of each
    /// evaluator.
    fn epoch(n: u32, e: u32, s: u32) -> Weight;
    /// Crediting the dividends of `d` evaluators, with the owner's part and what is burned.
    fn credit_dividends(d: u32) -> Weight;
    /// Crediting `i` incentives.
    fn credit_incentives(i: u32) -> Weight;
    /// Giving emission to `a` subnets.
    fn allocate(a: u32) -> Weight;
    /// Clearing away `n` neurons of a closed subnet, and the rest of it.
    fn clear(n: u32) -> Weight;
}
