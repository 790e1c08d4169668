//! What is always true of the storage.

use alloc::collections::BTreeSet;
use frame_support::ensure;
use pedigree_primitives::traits::Channels;
use sp_runtime::TryRuntimeError;

use crate::{Config, Pallet, Registrars, Requests};

impl<T: Config> Pallet<T> {
    /// Checks the invariants that the crate's documentation lists.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let panel = Registrars::<T>::get();
        let again = Self::panel(panel.registrars.to_vec(), panel.threshold);
        ensure!(again.ok() == Some(panel), "the registrars are not sorted, or their threshold is wrong");

        for (key, _, request) in Requests::<T>::iter() {
            ensure!(Self::key(&request.name) == key, "a request is not found by its channel's name");
            let channel = T::Channels::channel(&request.name).map_err(|_| "a request is for no channel")?;
            ensure!(request.evidence.fits(channel), "a request has evidence that does not fit its channel");
            ensure!(request.made <= Self::now(), "a request was made in the future");
            ensure!(request.notice.is_none_or(|notice| notice > request.made), "a notice is older than its request");
            let judges: BTreeSet<_> = request.verdicts.iter().map(|(registrar, _)| registrar.clone()).collect();
            ensure!(judges.len() == request.verdicts.len(), "a registrar has two verdicts on a request");
        }
        Ok(())
    }
}
