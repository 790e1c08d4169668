//! What holds between any two blocks.

use frame_support::ensure;
use pedigree_primitives::{traits::Registry, RecordKind};
use sp_runtime::TryRuntimeError;

use crate::{AccessOf, Accesses, Config, Grants, Pallet};

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet: access and grants are for datasets that exist, and nothing is stored
    /// that says no more than the default.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let is_dataset = |record| T::Registry::record(record).is_some_and(|(kind, _)| kind == RecordKind::Dataset);
        for (record, (access, ..)) in Accesses::<T>::iter() {
            ensure!(is_dataset(record), "access to something that is no dataset");
            ensure!(access != AccessOf::<T>::default(), "access is stored that is open to all");
        }
        for (record, _) in Grants::<T>::iter_keys() {
            ensure!(is_dataset(record), "a grant for something that is no dataset");
        }
        Ok(())
    }
}
