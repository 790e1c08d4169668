//! What the calls and hooks weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

use crate::MAX_EVALUATORS;

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
    /// The end of an epoch of `n` seats in which nobody scores.
    fn epoch_neurons(n: u32) -> Weight;
    /// The end of an epoch of [`crate::MAX_NEURONS`] seats, with `e` evaluators who have neither scores nor bonds.
    fn epoch_evaluators(e: u32) -> Weight;
    /// The end of an epoch of [`crate::MAX_NEURONS`] seats, with [`crate::MAX_EVALUATORS`] evaluators who have `s` scores and bonds
    /// each.
    fn epoch_scores(s: u32) -> Weight;
    /// Crediting the dividends of `d` evaluators, with the owner's part and what is burned.
    fn credit_dividends(d: u32) -> Weight;
    /// Crediting `i` incentives.
    fn credit_incentives(i: u32) -> Weight;
    /// Giving emission to `a` subnets.
    fn allocate(a: u32) -> Weight;
    /// Clearing away `n` neurons of a closed subnet, and the rest of it.
    fn clear(n: u32) -> Weight;

    /// The end of an epoch of `n` seats, with `e` evaluators who have `s` scores and bonds in all, the larger number of each
    /// evaluator: what the seats take, and what the others take on top.
    fn epoch(n: u32, e: u32, s: u32) -> Weight {
        let evaluators = Self::epoch_evaluators(e).saturating_sub(Self::epoch_evaluators(0));
        // Measured by rows as long as each other, of all evaluators at once.
        let row = Self::epoch_scores(1).saturating_sub(Self::epoch_scores(0));
        let rows = row.saturating_mul(s.into()).div(MAX_EVALUATORS.into());
        Self::epoch_neurons(n).saturating_add(evaluators).saturating_add(rows)
    }
}
