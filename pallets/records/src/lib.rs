#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod adopt;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmark_support;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod catalogue;
mod deposit;
mod holder;
mod lineage;
mod moving;
mod register;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

use frame_support::traits::Footprint;
use pedigree_primitives::{traits, NamespaceId, NewRelease, RecordId, RecordKind, RecordName, ReleaseId, Upstream};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, BlockNumberProvider, Hash};

/// The number of a block, by the clock that this pallet reads.
pub type BlockNumberFor<T> = <<T as Config>::BlockNumberProvider as BlockNumberProvider>::BlockNumber;
/// The record type of a runtime.
pub type RecordOf<T> = Record<<T as frame_system::Config>::AccountId, <T as Config>::Consideration, BlockNumberFor<T>>;
/// The release type of a runtime.
pub type ReleaseOf<T> = Release<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// What passes to the owner of a namespace, in a runtime's types.
pub type AdoptingOf<T> = Adopting<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// The deposit type of a runtime.
pub type DepositOf<T> = Deposit<<T as frame_system::Config>::AccountId, <T as Config>::Consideration>;

// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use frame_support::{pallet_prelude::*, traits::Consideration};
    use frame_system::pallet_prelude::{ensure_signed, OriginFor};
    use pedigree_primitives::{RoyaltySplit, MAX_DIGESTS, MAX_LOCATIONS, MAX_PARENTS};

    /// The current version of what is stored.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Who publishes, and with what standing.
        type Namespaces: traits::Namespaces<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// Commitments made before a root is shown.
        type Reservations: traits::Reservations<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// Who may cite what as a parent.
        type Citation: traits::Citation<Self::AccountId>;

        /// Who makes the deposits.
        type Payer: traits::StatePayer<Self::AccountId>;

        /// What is held for the state that a record takes.
        type Consideration: Consideration<Self::AccountId, Footprint>;

        /// The overarching reason of holds.
        type RuntimeHoldReason: From<HoldReason>;

        /// The clock.
        type BlockNumberProvider: BlockNumberProvider;

        /// What passing deposits on may take of a block that has the room.
        #[pallet::constant]
        type AdoptingWeight: Get<Weight>;

        /// Weights of the calls and hooks.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: traits::BenchmarkSetup<Self::AccountId>;
    }

    /// What funds are held for.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// The state that a record and its releases take.
        #[codec(index = 0)]
        Record,
    }

    /// What a release may have at most: so that whoever makes calls learns it from the metadata.
    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// How many parents a release may have.
        #[pallet::constant_name(MaxParents)]
        fn max_parents() -> u32 {
            MAX_PARENTS
        }

        /// How many external digests a release may have.
        #[pallet::constant_name(MaxDigests)]
        fn max_digests() -> u32 {
            MAX_DIGESTS
        }

        /// How many location hints a release may have.
        #[pallet::constant_name(MaxLocations)]
        fn max_locations() -> u32 {
            MAX_LOCATIONS
        }
    }

    /// The id that the next record gets.
    #[pallet::storage]
    pub type NextRecordId<T: Config> = StorageValue<_, RecordId, ValueQuery>;

    /// The records.
    #[pallet::storage]
    pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, RecordId, RecordOf<T>>;

    /// The records of a namespace, by their name in lower case.
    #[pallet::storage]
    pub type Names<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, NamespaceId, Blake2_128Concat, RecordKey, RecordId>;

    /// The releases of a record, by their number.
    #[pallet::storage]
    pub type Releases<T: Config> = StorageDoubleMap<_, Blake2_128Concat, RecordId, Blake2_128Concat, u32, ReleaseOf<T>>;

    /// What is held for a release beside its record's deposit: by whoever catalogued it, or by the sponsor of whoever
    /// registered it.
    #[pallet::storage]
    pub type CatalogueDeposits<T: Config> = StorageMap<_, Blake2_128Concat, ReleaseId, DepositOf<T>>;

    /// The namespaces whose deposits are passing to their owners.
    #[pallet::storage]
    pub type Adoptions<T: Config> = StorageMap<_, Blake2_128Concat, NamespaceId, AdoptingOf<T>>;

    /// The namespace of which a deposit passed on last: it is gone on behind it.
    #[pallet::storage]
    pub type AdoptedLast<T: Config> = StorageValue<_, NamespaceId>;

    /// What a release owes to its ancestors; nothing is stored for one that owes nothing.
    #[pallet::storage]
    pub type Splits<T: Config> = StorageMap<_, Blake2_128Concat, ReleaseId, RoyaltySplit, ValueQuery>;

    /// What was built from a release.
    #[pallet::storage]
    pub type Children<T: Config> = StorageDoubleMap<_, Blake2_128Concat, ReleaseId, Blake2_128Concat, ReleaseId, ()>;

    /// The release that holds a root.
    #[pallet::storage]
    pub type Holders<T: Config> = StorageMap<_, Blake2_128Concat, H256, ReleaseId>;

    /// All releases of a root.
    #[pallet::storage]
    pub type Roots<T: Config> = StorageDoubleMap<_, Blake2_128Concat, H256, Blake2_128Concat, ReleaseId, ()>;

    /// All releases that name an external digest, by the BLAKE2b-256 of the encoded digest.
    #[pallet::storage]
    pub type Digests<T: Config> = StorageDoubleMap<_, Blake2_128Concat, H256, Blake2_128Concat, ReleaseId, ()>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A record was made.
        RecordCreated {
            /// Its id.
            record: RecordId,
            /// The namespace it is in.
            namespace: NamespaceId,
            /// Its name there.
            name: RecordName,
            /// What it is.
            kind: RecordKind,
        },
        /// A release was registered.
        Registered {
            /// Its id.
            release: ReleaseId,
            /// Its manifest root.
            root: H256,
            /// Who registered it.
            by: T::AccountId,
            /// Whether it holds its root.
            holder: bool,
        },
        /// Files of somebody else were catalogued.
        Catalogued {
            /// The id of the release.
            release: ReleaseId,
            /// Its manifest root.
            root: H256,
            /// Who catalogued it.
            by: T::AccountId,
        },
        /// A release was yanked.
        Yanked {
            /// Its id.
            release: ReleaseId,
            /// What to use instead.
            successor: Option<ReleaseId>,
        },
        /// Another release holds a root now.
        HolderChanged {
            /// The root.
            root: H256,
            /// The release that held it.
            from: Option<ReleaseId>,
            /// The release that holds it now.
            to: ReleaseId,
        },
        /// A record was offered to another namespace.
        Offered {
            /// Its id.
            record: RecordId,
            /// To which.
            to: NamespaceId,
        },
        /// The offer of a record was withdrawn.
        OfferWithdrawn {
            /// Its id.
            record: RecordId,
        },
        /// A record moved to another namespace.
        Moved {
            /// Its id.
            record: RecordId,
            /// From which.
            from: NamespaceId,
            /// To which.
            to: NamespaceId,
        },
        /// The owner of a record took its deposit over.
        Adopted {
            /// Its id.
            record: RecordId,
            /// The release whose deposit was taken over; nothing if it was the record's own.
            number: Option<u32>,
            /// Who got the deposit back.
            from: T::AccountId,
        },
        /// The deposits of all that is in a namespace begin to pass to its owner.
        AdoptionBegan {
            /// Which namespace.
            namespace: NamespaceId,
            /// Whose it is.
            owner: T::AccountId,
        },
        /// That came to an end.
        AdoptionEnded {
            /// Which namespace.
            namespace: NamespaceId,
            /// Whether all of them are the owner's now; otherwise his funds did not go further, or it is not his any more.
            complete: bool,
        },
        /// An empty record was removed.
        RecordRemoved {
            /// Its id.
            record: RecordId,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// There is no such namespace. Claim a plain one or open the channel first.
        UnknownNamespace,
        /// There is no such record. Check its name, or create it first.
        UnknownRecord,
        /// There is no such release. Check its number.
        UnknownRelease,
        /// The namespace belongs to somebody else. Use the account that owns it, or have the record moved to a namespace of yours.
        NotOwner,
        /// The name is no record's name. Use 1 to 96 letters, digits, dots, hyphens and underscores, with a letter or digit at both ends.
        BadName,
        /// The namespace has a record of that name already (upper and lower case count as the same). Choose another name, or register the next release of that record.
        NameTaken,
        /// The record is of the other kind. A model's releases are registered as model, a dataset's as dataset.
        WrongKind,
        /// The record has releases, and a release is never erased. Yank what should not be used any more.
        NotEmpty,
        /// Something is still kept for the record, such as grants. Revoke them first.
        InUse,
        /// A text is not UTF-8 or has control characters. Remove them.
        BadText,
        /// The licence is no SPDX expression. Use one such as Apache-2.0, or LicenseRef-NAME for a licence of your own.
        BadLicence,
        /// An external digest has the wrong length for its kind. SHA-256 digests have 32 bytes, commits 20 or 32.
        BadDigest,
        /// An external digest is named twice. Name each once.
        DuplicateDigest,
        /// The manifest counts no file or no byte count that could be right. Hash the folder again.
        BadManifest,
        /// The latest release of this record has the same bytes. There is nothing new to register.
        UnchangedRelease,
        /// The royalty is above the maximum of 10 %. Ask less.
        RoyaltyAboveMaximum,
        /// These bytes are held by another release, which was seen first or has a better standing. Only the holder of a root may ask a royalty: register without one.
        RoyaltyNeedsHolder,
        /// A parent does not exist. Check its name and number.
        UnknownParent {
            /// Which parent, from 0.
            parent: u8,
        },
        /// A parent is named twice. Name each once.
        DuplicateParent {
            /// Which parent, from 0.
            parent: u8,
        },
        /// The parent may be cited only by those whom its owner granted it, or the consent behind it has expired. Ask its owner for a grant.
        ParentNotCitable {
            /// Which parent, from 0.
            parent: u8,
        },
        /// The parent's terms allow no derivatives. Ask its owner for a release under other terms.
        ParentForbidsDerivatives {
            /// Which parent, from 0.
            parent: u8,
        },
        /// The parent may not be used commercially, so neither may what is built from it. Forbid commercial use as well.
        ParentForbidsCommercialUse {
            /// Which parent, from 0.
            parent: u8,
        },
        /// The parent is share-alike. Use the same licence and share-alike as well.
        ParentRequiresShareAlike {
            /// Which parent, from 0.
            parent: u8,
        },
        /// The parent asks to be named in all that is built from it. Ask for attribution as well.
        ParentRequiresAttribution {
            /// Which parent, from 0.
            parent: u8,
        },
        /// More than 32 ancestors ask a royalty. Build on fewer of them.
        TooManyAskingAncestors,
        /// The ancestors ask more than one half of all payments together. Build on fewer of them, or on others.
        RoyaltiesAboveMaximum,
        /// Only unlinked channels can be catalogued in. A linked or plain namespace publishes for itself.
        NotAnUnlinkedChannel,
        /// The publisher of this channel made this record, or its latest release, himself, before his link lapsed. Catalogue under a name of your own choice.
        PublishedByOwner,
        /// Catalogued files ask no royalty: they are not yours. Set it to zero.
        CatalogueAsksRoyalty,
        /// Catalogued files state no parents: that is for their publisher to say. Leave them out.
        CatalogueHasParents,
        /// The release has been yanked already, and a yank stands.
        AlreadyYanked,
        /// A release cannot be its own successor.
        SuccessorIsItself,
        /// The record is not offered to any namespace of yours, or who offered it does not own it any more. Ask its owner to offer it.
        NotOffered,
        /// The record is in that namespace already.
        AlreadyThere,
        /// The deposit is yours already.
        AlreadyDepositor,
        /// The deposits of this namespace are passing to you already. Wait until that has ended.
        AlreadyAdopting,
        /// The release holds its root already, or the release that does has a better claim to it: a better standing, or an earlier first-seen block.
        NoBetterClaim,
        /// There are no ids or numbers left.
        Exhausted,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<frame_system::pallet_prelude::BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_: frame_system::pallet_prelude::BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::adopt_within(remaining.min(T::AdoptingWeight::get()))
        }

        fn integrity_test() {
            assert!(Self::adopts_one(T::AdoptingWeight::get()), "a deposit fits into what adopting may take");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: frame_system::pallet_prelude::BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Makes an empty record in a namespace of the caller's.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::create())]
        pub fn create(
            origin: OriginFor<T>,
            namespace: NamespaceId,
            name: RecordName,
            kind: RecordKind,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::ensure_owner(namespace, &who)?;
            Self::insert_record(who, namespace, name, kind).map(drop)
        }

        /// Catalogues files of somebody else in the unlinked channel namespace that they come from: the next release
        /// of that record, which is made if it is not there.
        ///
        /// Anyone may. It states facts, claims nothing, asks no royalty and names no parents.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::catalogue())]
        pub fn catalogue(
            origin: OriginFor<T>,
            namespace: NamespaceId,
            name: RecordName,
            kind: RecordKind,
            release: NewRelease,
            upstream: Upstream,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_catalogue(who, namespace, name, kind, release, upstream)
        }

        /// Warns of a release, for good: shown wherever it is, and recorded in whatever cites it afterwards.
        ///
        /// By the owner of its record; for catalogued files in an unlinked channel by whoever catalogued them.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::yank())]
        pub fn yank(
            origin: OriginFor<T>,
            release: ReleaseId,
            reason: Reason,
            successor: Option<ReleaseId>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_yank(who, release, reason, successor)
        }

        /// Offers a record to another namespace. It moves when the owner of that accepts.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::offer())]
        pub fn offer(origin: OriginFor<T>, record: RecordId, to: NamespaceId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            let mut stored = Self::owned_record(record, &who)?;
            ensure!(stored.namespace != to, Error::<T>::AlreadyThere);
            ensure!(<T::Namespaces as traits::Namespaces<_>>::owner(to).is_some(), Error::<T>::UnknownNamespace);
            stored.offer = Some(Offer { by: who, to });
            Records::<T>::insert(record, stored);
            Self::deposit_event(Event::Offered { record, to });
            Ok(())
        }

        /// Withdraws the offer of a record.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::withdraw_offer())]
        pub fn withdraw_offer(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            let mut stored = Self::owned_record(record, &who)?;
            ensure!(stored.offer.take().is_some(), Error::<T>::NotOffered);
            Records::<T>::insert(record, stored);
            Self::deposit_event(Event::OfferWithdrawn { record });
            Ok(())
        }

        /// Takes a record that was offered to a namespace of the caller's, and its deposit over.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::accept())]
        pub fn accept(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_accept(who, record)
        }

        /// Removes a record that never had a release, and gives its deposit back.
        ///
        /// By its owner; where nobody owns it any more, by whoever paid the deposit.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::remove())]
        pub fn remove(origin: OriginFor<T>, record: RecordId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_remove(who, record)
        }

        /// Takes over the deposit of a record of the caller's from whoever paid it: a former owner, a sponsor, or whoever
        /// catalogued it. With a `number` that of one release that has a deposit of its own.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::adopt())]
        pub fn adopt(origin: OriginFor<T>, record: RecordId, number: Option<u32>) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_adopt(who, record, number)
        }

        /// Takes over the deposits of all that is in a namespace of the caller's, as far as his funds go: while blocks have
        /// room, one after the other. Whoever paid gets them back.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::adopt_all())]
        pub fn adopt_all(origin: OriginFor<T>, namespace: NamespaceId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_adopt_all(who, namespace)
        }

        /// Makes a release the holder of its root, if it has a better claim than the one that holds it now.
        ///
        /// Anyone may: a claim gets better when a channel is linked, and nothing walks all its releases then.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::claim_root())]
        pub fn claim_root(origin: OriginFor<T>, release: ReleaseId) -> DispatchResult {
            ensure_signed(origin)?;
            let stored = Self::release(release).ok_or(Error::<T>::UnknownRelease)?;
            ensure!(Self::contend(release, &stored), Error::<T>::NoBetterClaim);
            Ok(())
        }
    }
}

impl<T: Config> Pallet<T> {
    /// The release of that id.
    pub fn release(release: ReleaseId) -> Option<ReleaseOf<T>> {
        Releases::<T>::get(release.record, release.number)
    }

    /// The record of that name in a namespace. Upper and lower case are the same.
    pub fn find(namespace: NamespaceId, name: &RecordName) -> Option<RecordId> {
        let key = frame_support::BoundedVec::try_from(name.key()).ok()?;
        Names::<T>::get(namespace, key)
    }

    /// Under which key an external digest is indexed.
    pub fn digest_key(digest: &pedigree_primitives::Digest) -> H256 {
        BlakeTwo256::hash_of(digest)
    }
}
