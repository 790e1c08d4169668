//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls.
pub trait WeightInfo {
    /// [`crate::Call::claim`].
    fn claim() -> Weight;
    /// [`crate::Call::open`].
    fn open() -> Weight;
    /// [`crate::Call::link`].
    fn link() -> Weight;
    /// [`crate::Call::offer`].
    fn offer() -> Weight;
    /// [`crate::Call::withdraw_offer`].
    fn withdraw_offer() -> Weight;
    /// [`crate::Call::accept`].
    fn accept() -> Weight;
    /// [`crate::Call::lapse`].
    fn lapse() -> Weight;
}

/// For mocks, where nothing weighs anything.
impl WeightInfo for () {
    fn claim() -> Weight {
        Weight::zero()
    }
    fn open() -> Weight {
        Weight::zero()
    }
    fn link() -> Weight {
        Weight::zero()
    }
    fn offer() -> Weight {
        Weight::zero()
    }
    fn withdraw_offer() -> Weight {
        Weight::zero()
    }
    fn accept() -> Weight {
        Weight::zero()
    }
    fn lapse() -> Weight {
        Weight::zero()
    }
}
