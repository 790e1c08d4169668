//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls, each with as many registrars as there can be.
pub trait WeightInfo {
    /// [`crate::Call::appoint`].
    fn appoint() -> Weight;
    /// [`crate::Call::request`].
    fn request() -> Weight;
    /// [`crate::Call::cancel`].
    fn cancel() -> Weight;
    /// [`crate::Call::attest`].
    fn attest() -> Weight;
    /// [`crate::Call::refuse`].
    fn refuse() -> Weight;
    /// [`crate::Call::conclude`].
    fn conclude() -> Weight;
}
