//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls.
pub trait WeightInfo {
    /// [`crate::Call::reserve`].
    fn reserve() -> Weight;
    /// [`crate::Call::cancel`].
    fn cancel() -> Weight;
    /// [`crate::Call::expire`].
    fn expire() -> Weight;
}

/// For mocks, where nothing weighs anything.
impl WeightInfo for () {
    fn reserve() -> Weight {
        Weight::zero()
    }
    fn cancel() -> Weight {
        Weight::zero()
    }
    fn expire() -> Weight {
        Weight::zero()
    }
}
