#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod fees;
mod limits;
mod payer;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{BalanceOf, CreditOf, Current, Limits, LimitsOf, Purse, Sponsorship, SponsorshipOf};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use alloc::boxed::Box;
    use frame_support::{
        dispatch::{extract_actual_weight, DispatchErrorWithPostInfo, GetDispatchInfo, PostDispatchInfo},
        pallet_prelude::*,
        traits::{
            fungible::{BalancedHold, Mutate, MutateHold},
            Consideration, Contains, Footprint,
        },
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::{BlockNumberProvider, Convert, Dispatchable};

    use crate::{BalanceOf, Current, LimitsOf, Purse, SponsorshipOf, WeightInfo};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// What the calls weigh.
        type WeightInfo: WeightInfo;

        /// A call of the runtime.
        type RuntimeCall: Parameter
            + Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
            + GetDispatchInfo
            + IsType<<Self as frame_system::Config>::RuntimeCall>;

        /// The token that is paid in.
        type Currency: Mutate<Self::AccountId>
            + MutateHold<Self::AccountId, Reason: From<HoldReason>>
            + BalancedHold<Self::AccountId>;

        /// What is held for the entry that a sponsorship takes.
        type Consideration: Consideration<Self::AccountId, Footprint>;

        /// What a deposit for state is: as the pallets that take it reckon.
        type StoragePrice: Convert<Footprint, BalanceOf<Self>>;

        /// Which calls a sponsor pays for. None that draws on him more than [`Config::MaxDraws`] times, and none that
        /// makes another call, unless that is looked into.
        type SponsoredCalls: Contains<<Self as Config>::RuntimeCall>;

        /// How often a sponsored call draws on the sponsor, at most.
        #[pallet::constant]
        type MaxDraws: Get<u32>;

        /// How many blocks a sponsorship may last.
        #[pallet::constant]
        type MaxDuration: Get<BlockNumberFor<Self>>;

        /// What blocks are counted by.
        type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

        /// Puts sponsors into funds for the benchmarks.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkSetup<Self::AccountId>;

        /// A call that a sponsor pays for and that does nothing, for the benchmarks.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkCall: Get<<Self as Config>::RuntimeCall>;
    }

    /// Why funds are held.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// What a sponsor has set aside for others and they have not used.
        #[codec(index = 0)]
        Budget,
        /// The entry that a sponsorship takes.
        #[codec(index = 1)]
        Entry,
    }

    /// Who is sponsored by whom, and how far.
    #[pallet::storage]
    pub type Sponsorships<T: Config> = StorageDoubleMap<
        _,
        Blake2_128Concat,
        T::AccountId,
        Blake2_128Concat,
        T::AccountId,
        SponsorshipOf<T>,
        OptionQuery,
    >;

    /// The sponsored call that is being done; nothing between calls, so nothing is ever written to disk.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Doing<T: Config> = StorageValue<_, Current<T::AccountId>, OptionQuery>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Somebody pays for another from now on.
        Opened {
            /// Who pays.
            sponsor: T::AccountId,
            /// For whom.
            beneficiary: T::AccountId,
            /// How far.
            limits: LimitsOf<T>,
        },
        /// A sponsorship was ended by the sponsor. What was not used is his again.
        Closed {
            /// Who paid.
            sponsor: T::AccountId,
            /// For whom.
            beneficiary: T::AccountId,
            /// What was not used.
            returned: BalanceOf<T>,
        },
        /// A sponsorship that had come to its end was removed. What was not used is the sponsor's again.
        Expired {
            /// Who paid.
            sponsor: T::AccountId,
            /// For whom.
            beneficiary: T::AccountId,
            /// What was not used.
            returned: BalanceOf<T>,
        },
        /// A sponsor paid: a name, which is gone; or a deposit, which is held on his account and comes back to him.
        Drawn {
            /// Who paid.
            sponsor: T::AccountId,
            /// For whom.
            beneficiary: T::AccountId,
            /// What for.
            purse: Purse,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// A sponsored call was done.
        Dispatched {
            /// Who paid.
            sponsor: T::AccountId,
            /// Who signed it.
            beneficiary: T::AccountId,
        },
        /// A sponsor paid the fee of a transaction.
        FeePaid {
            /// Who paid.
            sponsor: T::AccountId,
            /// Who signed it.
            beneficiary: T::AccountId,
            /// How much, what was given back already taken off.
            fee: BalanceOf<T>,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// That account does not sponsor yours: check its address, or ask its owner to open a sponsorship for your account.
        NotSponsored,
        /// The sponsorship has expired: ask the sponsor to open a new one.
        Expired,
        /// The sponsorship has not expired: only the sponsor may close it until it has.
        NotExpired,
        /// You sponsor that account already: close that sponsorship first, and open one with other limits then.
        AlreadySponsored,
        /// An account cannot sponsor itself: make the call as it is, it is paid for by your account anyway.
        SelfSponsored,
        /// A sponsorship without any call or without anything for fees can never be used: allow at least one call, and set
        /// something aside for fees.
        NothingAllowed,
        /// The last block of the sponsorship has passed already: name a later one.
        AlreadyPast,
        /// The sponsorship would last too long: name a last block within a year.
        TooLong,
        /// Your account cannot set that much aside, or not make the deposit for the entry: put more funds on it, or allow less.
        BudgetUnaffordable,
        /// No sponsor pays for this call. He pays for reserving, for claiming or accepting a name, for making, registering in,
        /// yanking and removing one's own records, and for batches of up to four of these; send anything else by itself, from
        /// your own funds.
        CallNotSponsored,
        /// A sponsored call cannot be made within another: name one sponsor only.
        Nested,
        /// The sponsorship allows no more calls: ask the sponsor for another one.
        NoCallsLeft,
        /// What the sponsor has set aside for fees is less than this fee: ask him for another sponsorship, or pay yourself.
        FeesUsedUp,
        /// What the sponsor has set aside for names is less than the price of this one: choose a longer name, which costs less,
        /// or ask him for another sponsorship.
        NamesUsedUp,
        /// What the sponsor has set aside for deposits is less than this takes: ask him for another sponsorship, or pay
        /// yourself.
        DepositsUsedUp,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays for `beneficiary` from now on, up to `limits`: sets the money aside on the caller's account, and holds a
        /// deposit for the entry.
        ///
        /// An account that is not there yet is made, with the existential deposit as a gift: without it, it could not send
        /// anything.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::open())]
        pub fn open(origin: OriginFor<T>, beneficiary: T::AccountId, limits: LimitsOf<T>) -> DispatchResult {
            let sponsor = ensure_signed(origin)?;
            Self::do_open(sponsor, beneficiary, limits)
        }

        /// Ends a sponsorship of the caller's at once. What was not used comes back; deposits that were lent stay until
        /// they fall due.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::close())]
        pub fn close(origin: OriginFor<T>, beneficiary: T::AccountId) -> DispatchResult {
            let sponsor = ensure_signed(origin)?;
            let returned = Self::remove(&sponsor, &beneficiary)?;
            Self::deposit_event(Event::Closed { sponsor, beneficiary, returned });
            Ok(())
        }

        /// Removes a sponsorship that has expired. Anybody may. What was not used goes back to the sponsor.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::expire())]
        pub fn expire(origin: OriginFor<T>, sponsor: T::AccountId, beneficiary: T::AccountId) -> DispatchResult {
            ensure_signed(origin)?;
            let sponsorship = Self::sponsorship_of(&sponsor, &beneficiary)?;
            ensure!(!Self::is_usable(&sponsorship), Error::<T>::NotExpired);
            let returned = Self::remove(&sponsor, &beneficiary)?;
            Self::deposit_event(Event::Expired { sponsor, beneficiary, returned });
            Ok(())
        }

        /// Makes a call of the caller's own that `sponsor` pays for: the fee of this transaction, the deposits that the call
        /// takes, and the price of a name. A tip is refused.
        ///
        /// It is the caller's call in every other way: what it makes is his.
        #[pallet::call_index(3)]
        #[pallet::weight({
            let info = call.get_dispatch_info();
            (Pallet::<T>::around(T::MaxDraws::get()).saturating_add(info.call_weight), info.class)
        })]
        pub fn dispatch(
            origin: OriginFor<T>,
            sponsor: T::AccountId,
            call: Box<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            let beneficiary = ensure_signed(origin.clone())?;
            ensure!(T::SponsoredCalls::contains(&call), Error::<T>::CallNotSponsored);
            Self::begin(&sponsor, &beneficiary)?;
            let info = call.get_dispatch_info();
            let outcome = call.dispatch(origin);
            // If it failed, what it drew is undone, its count too, but the work was done.
            let counted = Doing::<T>::take().map(|doing| doing.draws).filter(|_| outcome.is_ok());
            let draws = counted.unwrap_or(T::MaxDraws::get());
            let weight = Self::around(draws).saturating_add(extract_actual_weight(&outcome, &info));
            match outcome {
                Ok(_) => {
                    Self::deposit_event(Event::Dispatched { sponsor, beneficiary });
                    Ok(Some(weight).into())
                }
                Err(failed) => Err(DispatchErrorWithPostInfo { post_info: Some(weight).into(), error: failed.error }),
            }
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// What is left of a sponsorship.
        pub fn left(sponsor: T::AccountId, beneficiary: T::AccountId) -> Option<LimitsOf<T>> {
            Sponsorships::<T>::get(beneficiary, sponsor).map(|sponsorship| sponsorship.left)
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}
