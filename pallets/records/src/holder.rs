//! Which of several releases of the same bytes holds their root.
//!
//! The one with the best standing, then the one that was seen first. Standing changes when a channel is linked, and
//! nothing walks all releases of a namespace then: the holder is decided when a release is registered, and again when
//! somebody asks ([`crate::Call::claim_root`]).

use core::cmp::Reverse;
use pedigree_primitives::{traits::Namespaces, ReleaseId, Standing};

use crate::{BlockNumberFor, Config, Event, Holders, Pallet, Records, ReleaseOf};

impl<T: Config> Pallet<T> {
    /// The standing that a release has now: that of the namespace its record is in.
    pub fn standing(release: ReleaseId) -> Option<Standing> {
        let record = Records::<T>::get(release.record)?;
        T::Namespaces::standing(record.namespace)
    }

    /// Whether a release holds its root.
    pub fn is_holder(release: ReleaseId, stored: &ReleaseOf<T>) -> bool {
        Holders::<T>::get(stored.manifest.root) == Some(release)
    }

    /// Makes `release` the holder of its root if nobody is, or if its claim is better than the present holder's.
    /// Tells whether it did.
    pub(crate) fn contend(release: ReleaseId, stored: &ReleaseOf<T>) -> bool {
        let root = stored.manifest.root;
        let from = Holders::<T>::get(root);
        let present = from.and_then(|holder| Some((holder, Self::release(holder)?)));
        if let Some((holder, present)) = &present {
            if *holder == release || Self::claim(release, stored) <= Self::claim(*holder, present) {
                return false;
            }
        }
        Holders::<T>::insert(root, release);
        Self::deposit_event(Event::HolderChanged { root, from, to: release });
        true
    }

    /// How good a release's claim to its root is: the greater, the better.
    fn claim(release: ReleaseId, stored: &ReleaseOf<T>) -> (Option<Standing>, Reverse<BlockNumberFor<T>>) {
        (Self::standing(release), Reverse(stored.first_seen))
    }
}
