//! What the calls weigh. A runtime puts figures in place that were measured with it; see its `weights/`.

use frame_support::weights::Weight;

/// Weights of the calls, and of what paying for another takes beside what is paid for.
pub trait WeightInfo {
    /// [`crate::Call::open`].
    fn open() -> Weight;
    /// [`crate::Call::close`].
    fn close() -> Weight;
    /// [`crate::Call::expire`].
    fn expire() -> Weight;
    /// [`crate::Call::dispatch`], without the call in it.
    fn dispatch() -> Weight;
    /// Taking a fee from a sponsor and giving a part of it back: [`crate::Pallet::charge`], [`crate::Pallet::refund`].
    fn charge() -> Weight;
    /// Drawing on a sponsor once.
    fn draw() -> Weight;
}
