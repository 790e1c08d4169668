#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "runtime-benchmarks")]
extern crate alloc;

pub use pallet::*;
pub use types::Grant;
pub use weights::WeightInfo;

mod access;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

use frame_support::traits::Footprint;
use pedigree_primitives::{traits, Access, NewRelease, RecordId, RecordKind, Relation};
use sp_runtime::traits::BlockNumberProvider;

/// The number of a block, by the clock that this pallet reads.
pub type BlockNumberFor<T> = <<T as Config>::BlockNumberProvider as BlockNumberProvider>::BlockNumber;
/// The access type of a runtime.
pub type AccessOf<T> = Access<BlockNumberFor<T>>;
/// The grant type of a runtime.
pub type GrantOf<T> = Grant<<T as frame_system::Config>::AccountId, <T as Config>::Consideration, BlockNumberFor<T>>;

// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{pallet_prelude::*, traits::Consideration};
    use frame_system::pallet_prelude::{ensure_signed, OriginFor};

    /// The current version of what is stored.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Where records and releases are kept.
        type Registry: traits::Registry<Self::AccountId>;

        /// Who makes the deposit for access that is not open to all. Grants are never sponsored.
        type Payer: traits::StatePayer<Self::AccountId>;

        /// What is held for a grant, or for access that is not open to all.
        type Consideration: Consideration<Self::AccountId, Footprint>;

        /// The overarching reason of holds.
        type RuntimeHoldReason: From<HoldReason>;

        /// The clock.
        type BlockNumberProvider: BlockNumberProvider;

        /// Weights of the calls.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: traits::BenchmarkRecords<Self::AccountId>;
    }

    /// What funds are held for.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Access that is not open to all, and grants.
        #[codec(index = 0)]
        Access,
    }

    /// Who may cite a dataset, where that is not everybody for ever.
    #[pallet::storage]
    pub type Accesses<T: Config> =
        StorageMap<_, Blake2_128Concat, RecordId, (AccessOf<T>, T::AccountId, T::Consideration)>;

    /// Who was granted to cite a dataset.
    #[pallet::storage]
    pub type Grants<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, RecordId, Blake2_128Concat, T::AccountId, GrantOf<T>>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Who may cite a dataset was changed.
        AccessSet {
            /// The dataset.
            record: RecordId,
            /// Who may from now on.
            access: AccessOf<T>,
        },
        /// An account was granted to cite a dataset.
        Granted {
            /// The dataset.
            record: RecordId,
            /// Who.
            account: T::AccountId,
            /// The last block in which it may begin to; nothing means for ever.
            until: Option<BlockNumberFor<T>>,
        },
        /// A grant was taken back. What was registered under it stands.
        Revoked {
            /// The dataset.
            record: RecordId,
            /// Whose.
            account: T::AccountId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// There is no such record. Check its name, or create it first.
        UnknownRecord,
        /// The record is no dataset. Only datasets have access rules and grants; use the models calls for a model.
        NotADataset,
        /// The dataset belongs to somebody else. Use the account that owns its namespace.
        NotOwner,
        /// The block that the consent or grant is to end with has passed already. Name a later one.
        AlreadyPast,
        /// That account has no grant for this dataset. There is nothing to revoke.
        NotGranted,
        /// A parent does not exist. Check its name and number.
        UnknownParent {
            /// Which parent, from 0.
            parent: u8,
        },
        /// A dataset cannot be built from that parent in that way. From a dataset it is derived or merged; from a model it is distilled.
        RelationNotAllowed {
            /// Which parent, from 0.
            parent: u8,
        },
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<frame_system::pallet_prelude::BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: frame_system::pallet_prelude::BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Registers the next release of a dataset of the caller's, whose root was reserved before with `salt`.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::release(release.parents.len() as u32))]
        pub fn release(origin: OriginFor<T>, record: RecordId, salt: [u8; 32], release: NewRelease) -> DispatchResult {
            let who = ensure_signed(origin)?;
            for (link, parent) in release.parents.iter().zip(0u8..) {
                let kind = <T::Registry as traits::Registry<_>>::release_kind(link.release)
                    .ok_or(Error::<T>::UnknownParent { parent })?;
                ensure!(Self::allows(link.relation, kind), Error::<T>::RelationNotAllowed { parent });
            }
            <T::Registry as traits::Registry<_>>::register(&who, record, RecordKind::Dataset, &salt, release).map(drop)
        }

        /// Sets who may cite a dataset of the caller's from now on. What cites it already stands.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::set_access())]
        pub fn set_access(origin: OriginFor<T>, record: RecordId, access: AccessOf<T>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_set_access(who, record, access)
        }

        /// Grants an account to cite a dataset of the caller's, or changes until when it may.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::grant())]
        pub fn grant(
            origin: OriginFor<T>,
            record: RecordId,
            account: T::AccountId,
            until: Option<BlockNumberFor<T>>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_grant(who, record, account, until)
        }

        /// Takes a grant back, and gives its deposit to whoever paid it.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::revoke())]
        pub fn revoke(origin: OriginFor<T>, record: RecordId, account: T::AccountId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_revoke(who, record, account)
        }
    }
}

impl<T: Config> Pallet<T> {
    /// Whether a dataset may be built from a parent of that kind in that way.
    pub fn allows(relation: Relation, parent: RecordKind) -> bool {
        match parent {
            RecordKind::Dataset => matches!(relation, Relation::DerivedFrom | Relation::Merge),
            RecordKind::Model => matches!(relation, Relation::Distillation),
        }
    }
}
