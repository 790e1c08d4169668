//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls.
pub trait WeightInfo {
    /// [`crate::Call::release`] with `p` parents.
    fn release(p: u32) -> Weight;
    /// [`crate::Call::set_access`].
    fn set_access() -> Weight;
    /// [`crate::Call::grant`].
    fn grant() -> Weight;
    /// [`crate::Call::revoke`].
    fn revoke() -> Weight;
}
