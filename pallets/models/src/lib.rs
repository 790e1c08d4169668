#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "runtime-benchmarks")]
extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod weights;

use pedigree_primitives::{traits, NewRelease, RecordId, RecordKind, Relation};

// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::{ensure_signed, OriginFor};

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// Where records and releases are kept.
        type Registry: traits::Registry<Self::AccountId>;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: traits::BenchmarkRecords<Self::AccountId>;
    }

    #[pallet::error]
    pub enum Error<T> {
        /// A parent does not exist. Check its name and number.
        UnknownParent {
            /// Which parent, from 0.
            parent: u8,
        },
        /// A model cannot be built from that parent in that way. A dataset is what it was trained on; every other relation is to a model.
        RelationNotAllowed {
            /// Which parent, from 0.
            parent: u8,
        },
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers the next release of a model of the caller's, whose root was reserved before with `salt`.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::release(release.parents.len() as u32))]
        pub fn release(origin: OriginFor<T>, record: RecordId, salt: [u8; 32], release: NewRelease) -> DispatchResult {
            let who = ensure_signed(origin)?;
            for (link, parent) in release.parents.iter().zip(0u8..) {
                let kind = <T::Registry as traits::Registry<_>>::release_kind(link.release)
                    .ok_or(Error::<T>::UnknownParent { parent })?;
                ensure!(Self::allows(link.relation, kind), Error::<T>::RelationNotAllowed { parent });
            }
            <T::Registry as traits::Registry<_>>::register(&who, record, RecordKind::Model, &salt, release).map(drop)
        }
    }
}

impl<T: Config> Pallet<T> {
    /// Whether a model may be built from a parent of that kind in that way.
    pub fn allows(relation: Relation, parent: RecordKind) -> bool {
        match parent {
            RecordKind::Dataset => relation == Relation::TrainedOn,
            RecordKind::Model => relation != Relation::TrainedOn,
        }
    }
}
