#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod emission;
mod pot;
mod settle;
#[cfg(feature = "try-runtime")]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Account, AccountOf, BalanceOf, Emission, EmissionOf, Maturing, Payment, PaymentOf};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use frame_support::{pallet_prelude::*, traits::fungible::Mutate, PalletId};
    use frame_system::pallet_prelude::*;
    use pedigree_primitives::{traits::Registry, ReleaseId, MAX_ASKING_ANCESTORS};
    use sp_core::H256;
    use sp_runtime::traits::Zero;

    use crate::{AccountOf, BalanceOf, EmissionOf, PaymentOf, WeightInfo};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The token that is paid in.
        type Currency: Mutate<Self::AccountId>;

        /// Where releases and their royalty splits are kept.
        type Registry: Registry<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// Where the pot's account comes from.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// The account that gets what expires, and what does not belong in the pot.
        type Treasury: Get<Self::AccountId>;

        /// The least that can be paid.
        #[pallet::constant]
        type MinimumPayment: Get<BalanceOf<Self>>;

        /// How many of a release's latest payments are kept. To change it takes a migration: where a payment is kept
        /// depends on it.
        #[pallet::constant]
        type History: Get<u32>;

        /// What a payment costs on top as long as a release has fewer than that: the state that it takes.
        #[pallet::constant]
        type HistoryPrice: Get<BalanceOf<Self>>;

        /// How many blocks after the last credit, and after its last owner lost it, what nobody owns expires.
        #[pallet::constant]
        type Lifetime: Get<BlockNumberFor<Self>>;

        /// How long emission takes to mature for a release in a linked channel.
        #[pallet::constant]
        type LinkedMaturity: Get<BlockNumberFor<Self>>;

        /// How long it takes for any other.
        #[pallet::constant]
        type PlainMaturity: Get<BlockNumberFor<Self>>;

        /// The emission of so many blocks matures together. To change it takes a migration: what is maturing is counted in
        /// it.
        #[pallet::constant]
        type MaturityPeriod: Get<BlockNumberFor<Self>>;

        /// The emission of how many such periods can be maturing at once.
        #[pallet::constant]
        type MaxMaturing: Get<u32>;

        /// How many releases can be withdrawn from at once.
        #[pallet::constant]
        type MaxWithdrawals: Get<u32>;

        /// What settling may take of a block that has the room.
        #[pallet::constant]
        type SettlingWeight: Get<Weight>;

        /// What the calls and hooks weigh.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkRecords<Self::AccountId>;
    }

    /// The accounts of releases. There is none for a release that never earned anything.
    #[pallet::storage]
    pub type Accounts<T: Config> = StorageMap<_, Blake2_128Concat, ReleaseId, AccountOf<T>, ValueQuery>;

    /// The releases that were paid since they were settled last.
    #[pallet::storage]
    pub type Unsettled<T: Config> = StorageMap<_, Blake2_128Concat, ReleaseId, ()>;

    /// The latest payments to a release. The n-th, from 0, has the slot n modulo [`Config::History`].
    #[pallet::storage]
    pub type Payments<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, ReleaseId, Blake2_128Concat, u32, PaymentOf<T>>;

    /// What came to releases by rule. There is none for a release to which nothing did.
    #[pallet::storage]
    pub type Emissions<T: Config> = StorageMap<_, Blake2_128Concat, ReleaseId, EmissionOf<T>, ValueQuery>;

    /// The release that was settled last when a block had no room for the next one: it is gone on behind it.
    #[pallet::storage]
    pub type SettledLast<T: Config> = StorageValue<_, ReleaseId>;

    /// What is owed to all releases together, mature or not, settled or not. The pot has that and an existential deposit.
    #[pallet::storage]
    pub type TotalOwed<T: Config> = StorageValue<_, BalanceOf<T>, ValueQuery>;

    /// Makes the pot and the treasury accounts that stay.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        #[serde(skip)]
        _marker: core::marker::PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::endow(&Pallet::<T>::pot());
            Pallet::<T>::endow(&T::Treasury::get());
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A release was paid.
        Paid {
            /// Which.
            release: ReleaseId,
            /// By whom.
            payer: T::AccountId,
            /// How much.
            amount: BalanceOf<T>,
            /// What for, if the payer says.
            memo: Option<H256>,
            /// Which payment to this release it is, from 1.
            number: u64,
        },
        /// What a release was paid was credited to it and its ancestors.
        Settled {
            /// Which.
            release: ReleaseId,
            /// How much since it was settled before.
            amount: BalanceOf<T>,
            /// How much of it was settled ever, with this. Each ancestor has its rate of that, rounded down.
            settled: BalanceOf<T>,
        },
        /// What a release was owed went to its owner.
        Withdrawn {
            /// Which.
            release: ReleaseId,
            /// Who owns it now.
            to: T::AccountId,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// What a release without an owner was owed went to the treasury.
        Expired {
            /// Which.
            release: ReleaseId,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// A release was credited a part of the emission, which it has once it has matured.
        EmissionCredited {
            /// Which.
            release: ReleaseId,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// What a release was credited of the emission has matured: from now on it is as if it had been paid.
        EmissionMatured {
            /// Which.
            release: ReleaseId,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// What was sent to the pot without being a payment went to the treasury.
        SurplusMoved {
            /// How much.
            amount: BalanceOf<T>,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// There is no such release. Check its name and number.
        UnknownRelease,
        /// That is less than can be paid. Pay at least the minimum payment.
        BelowMinimumPayment,
        /// Your account can't pay that, and what keeping the payment costs, out of what is free on it, and stay alive. Put more funds on it, or pay less.
        PaymentUnaffordable,
        /// Nothing was paid since the release was settled last. There is nothing to settle.
        NothingToSettle,
        /// Nothing is owed to these releases. If one of them or of their descendants was paid just now, settle that first or wait for the next block.
        NothingOwed,
        /// Nobody owns these releases: their channel is not linked. What they are owed waits for their publisher.
        NotLinked,
        /// The release has an owner, who can withdraw at any time. Only what nobody owns expires.
        HasOwner,
        /// What the release is owed waits for its publisher still. It expires a year after it was credited last, or after its last owner lost it.
        NotExpired,
        /// No emission of this release is maturing. It may have matured already: look at what the release was paid.
        NothingMaturing,
        /// None of the release's emission is old enough. Wait until the oldest of it has matured.
        NotMature,
        /// The owner's account is not alive, and this is less than keeps it alive. Wait for more, or put funds on it first.
        BelowExistentialDeposit,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// Leaves room for [`Self::on_finalize`].
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            T::WeightInfo::on_finalize()
        }

        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::settle_within(remaining.min(T::SettlingWeight::get()))
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            Self::move_surplus();
        }

        fn integrity_test() {
            assert!(T::History::get() > 0, "a statement shows payments");
            assert!(T::MaxWithdrawals::get() > 0, "something can be withdrawn");
            assert!(Self::settles_one(T::SettlingWeight::get()), "a release fits into what settling may take");
            assert!(!T::MaturityPeriod::get().is_zero(), "a period lasts");
            assert!(u64::from(T::MaxMaturing::get()) >= Self::most_maturing(), "there is room for what is maturing");
            // Each part may be rounded up once, and all of them are at most a half.
            assert!(
                T::MinimumPayment::get() >= (2 * MAX_ASKING_ANCESTORS).into(),
                "a payment is large enough to be parted"
            );
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays a release: a gift, a licence, its use. Everything that it was built from is owed its part.
        ///
        /// `memo` is the digest of whatever the payment is for. Anyone may pay any release, also one that was yanked, and
        /// one in an unlinked channel: what that is owed waits for its publisher.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::pay())]
        pub fn pay(
            origin: OriginFor<T>,
            release: ReleaseId,
            #[pallet::compact] amount: BalanceOf<T>,
            memo: Option<H256>,
        ) -> DispatchResult {
            let payer = ensure_signed(origin)?;
            Self::do_pay(payer, release, amount, memo)
        }

        /// Credits what a release was paid to it and its ancestors. Anyone may; blocks with room do it by themselves.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::settle(MAX_ASKING_ANCESTORS))]
        pub fn settle(origin: OriginFor<T>, release: ReleaseId) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            let ancestors = Self::do_settle(release)?;
            Ok(Some(T::WeightInfo::settle(ancestors)).into())
        }

        /// Sends what releases are owed to whoever owns each of them now. Anyone may.
        ///
        /// Those that are owed nothing, that nobody owns, or whose owner's account it would not keep alive, are left out; it
        /// fails if that leaves none.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::withdraw(releases.len() as u32))]
        pub fn withdraw(origin: OriginFor<T>, releases: BoundedVec<ReleaseId, T::MaxWithdrawals>) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_withdraw(&releases)
        }

        /// Sends what a release is owed that nobody owns, and that was credited too long ago, to the treasury. Anyone
        /// may.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::expire())]
        pub fn expire(origin: OriginFor<T>, release: ReleaseId) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_expire(release)
        }

        /// Makes the emission of a release that is old enough its own: from then on it is settled and withdrawn as a payment is.
        /// Anyone may; the next emission that the release gets does it as well.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::mature())]
        pub fn mature(origin: OriginFor<T>, release: ReleaseId) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_mature(release)
        }
    }
}
