#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod decide;
mod request;
#[cfg(feature = "try-runtime")]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub(crate) use types::About;
pub use types::{BalanceOf, Closed, Evidence, Key, Panel, PanelOf, Refusal, Request, RequestOf, Verdict};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use alloc::vec::Vec;
    use frame_support::{
        pallet_prelude::*,
        traits::{
            fungible::{Balanced, Credit},
            Consideration, Footprint, OnUnbalanced,
        },
    };
    use frame_system::pallet_prelude::*;
    use pedigree_primitives::{
        traits::{Adoption, Channels},
        NamespaceId, NamespaceName,
    };
    use sp_runtime::traits::BlockNumberProvider;

    use crate::{About, BalanceOf, Closed, Evidence, Key, PanelOf, Refusal, RequestOf, Verdict, WeightInfo};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// What the calls weigh.
        type WeightInfo: WeightInfo;

        /// The token that requests are paid in.
        type Currency: Balanced<Self::AccountId>;

        /// What a request costs, whatever becomes of it: registrars have work with it.
        #[pallet::constant]
        type RequestPrice: Get<BalanceOf<Self>>;

        /// Where that goes.
        type OnPayment: OnUnbalanced<Credit<Self::AccountId, Self::Currency>>;

        /// What is held for a request, until it is closed.
        type Consideration: Consideration<Self::AccountId, Footprint>;

        /// Who appoints the registrars.
        type AppointOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// The channels that are linked.
        type Channels: Channels<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// What was catalogued in them.
        type Adoption: Adoption<BlockNumber = BlockNumberFor<Self>>;

        /// How many registrars there can be.
        #[pallet::constant]
        type MaxRegistrars: Get<u32>;

        /// For how many blocks registrars can judge a request.
        #[pallet::constant]
        type RequestLifetime: Get<BlockNumberFor<Self>>;

        /// How many blocks an owner has to renew, once enough registrars say that somebody else controls his channel.
        #[pallet::constant]
        type Notice: Get<BlockNumberFor<Self>>;

        /// What blocks are counted by.
        type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkChannels<Self::AccountId>;
    }

    /// Why funds are held.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// The deposit of whoever asks to be linked to a channel.
        #[codec(index = 0)]
        Request,
    }

    /// The registrars, and how many of them decide.
    #[pallet::storage]
    pub type Registrars<T: Config> = StorageValue<_, PanelOf<T>, ValueQuery>;

    /// The requests that are open, by the name of their channel in lower case and by who made them.
    #[pallet::storage]
    pub type Requests<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, Key, Blake2_128Concat, T::AccountId, RequestOf<T>>;

    /// The registrars that the chain begins with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Who they are.
        pub registrars: Vec<T::AccountId>,
        /// How many of them decide.
        pub threshold: u32,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            let panel = Pallet::<T>::panel(self.registrars.clone(), self.threshold).ok();
            assert!(panel.is_some(), "genesis has wrong registrars, or a wrong threshold");
            Registrars::<T>::set(panel.unwrap_or_default());
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// There are new registrars, instead of those before.
        Appointed {
            /// Who they are.
            registrars: Vec<T::AccountId>,
            /// How many of them decide.
            threshold: u32,
        },
        /// Somebody asks to be linked to a channel. Registrars: please look.
        Requested {
            /// The channel.
            name: NamespaceName,
            /// Who asks.
            claimant: T::AccountId,
            /// Where he shows that he controls it.
            evidence: Evidence,
        },
        /// A registrar has looked.
        Judged {
            /// The channel.
            name: NamespaceName,
            /// Who asks.
            claimant: T::AccountId,
            /// Who looked.
            registrar: T::AccountId,
            /// What he found.
            verdict: Verdict,
        },
        /// Enough registrars say that somebody else controls a channel than whom it is linked to. It passes over, unless its
        /// owner shows meanwhile that he still does.
        NoticeGiven {
            /// The channel.
            name: NamespaceName,
            /// Who asks.
            claimant: T::AccountId,
            /// Whom it is linked to.
            owner: T::AccountId,
            /// The first block in which it can pass over.
            until: BlockNumberFor<T>,
        },
        /// Too few registrars say so now: the notice does not count any more.
        NoticeWithdrawn {
            /// The channel.
            name: NamespaceName,
            /// Who asks.
            claimant: T::AccountId,
        },
        /// A channel is linked to whoever asked for it, and the request is closed. His deposit came back.
        Granted {
            /// The channel.
            namespace: NamespaceId,
            /// Its name.
            name: NamespaceName,
            /// Whom it is linked to.
            claimant: T::AccountId,
        },
        /// A request is closed without a link. The deposit came back.
        RequestClosed {
            /// The channel.
            name: NamespaceName,
            /// Who asked.
            claimant: T::AccountId,
            /// Why.
            why: Closed,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// These are more registrars than there can be. Appoint fewer.
        TooManyRegistrars,
        /// A registrar is named twice. Name each once.
        DuplicateRegistrar,
        /// The threshold is not more than half of the registrars, or more than all of them. Choose one in between.
        BadThreshold,
        /// There are no registrars who could look. Wait until a referendum has appointed some.
        NoRegistrars,
        /// The evidence does not fit the channel. For hf and github name the commit (20 or 32 bytes) that has pedigree.json; for dns there is only the TXT record.
        WrongEvidence,
        /// You have asked to be linked to this channel already. Wait for the registrars, or cancel that request first.
        AlreadyRequested,
        /// Your account can't pay the price of a request out of what is free on it, and stay alive. Put more funds on it.
        PriceUnaffordable,
        /// Your account can't pay the deposit for a request. Put more funds on it; the deposit comes back when the request is closed.
        DepositUnaffordable,
        /// There is no such request. Check the channel's name and who asks; it may have been closed.
        UnknownRequest,
        /// Your account is no registrar. Only registrars judge requests.
        NotRegistrar,
        /// The request is your own. Leave it to the other registrars.
        OwnRequest,
        /// The claimant has made another request since you looked, or with other evidence. Look again.
        OtherRequest,
        /// You have said that about this request already.
        AlreadyJudged,
        /// The request is too old to be judged. Have it concluded, and ask again.
        RequestExpired,
        /// Since this request was made, or in this very block, somebody else has shown that he controls the channel. Have the request concluded, and ask again if you still do.
        RequestSuperseded,
        /// Nothing is due for this request: the registrars, or the notice to the owner, need more time.
        NothingDue,
    }

    #[pallet::call(weight = <T as Config>::WeightInfo)]
    impl<T: Config> Pallet<T> {
        /// Appoints registrars, instead of all that were there, and says how many of them decide. None at all stop all
        /// linking until some are appointed.
        #[pallet::call_index(0)]
        pub fn appoint(
            origin: OriginFor<T>,
            registrars: BoundedVec<T::AccountId, T::MaxRegistrars>,
            threshold: u32,
        ) -> DispatchResult {
            T::AppointOrigin::ensure_origin(origin)?;
            let panel = Self::panel(registrars.into_inner(), threshold)?;
            let registrars = panel.registrars.to_vec();
            Registrars::<T>::put(panel);
            Self::deposit_event(Event::Appointed { registrars, threshold });
            Ok(())
        }

        /// Asks to be linked to a channel that one controls, for the first time or anew.
        ///
        /// With `adopt` the deposits of what others catalogued in the channel pass to the caller when it is linked to him,
        /// as far as his funds go: of what was catalogued up to now.
        #[pallet::call_index(1)]
        pub fn request(origin: OriginFor<T>, name: NamespaceName, evidence: Evidence, adopt: bool) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_request(who, name, evidence, adopt)
        }

        /// Closes a request of one's own. Its deposit comes back, its price does not.
        #[pallet::call_index(2)]
        pub fn cancel(origin: OriginFor<T>, name: NamespaceName) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_cancel(who, name)
        }

        /// Says that the channel's evidence names the claimant and this chain. The last that it takes has the channel linked,
        /// or gives notice to whom it is linked to. `made` and `evidence` are those of the request that was looked at.
        #[pallet::call_index(3)]
        pub fn attest(
            origin: OriginFor<T>,
            name: NamespaceName,
            claimant: T::AccountId,
            made: BlockNumberFor<T>,
            evidence: Evidence,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_judge(who, About { name, claimant, made, evidence }, Verdict::Attested)
        }

        /// Says why the evidence does not show that the claimant controls the channel. When too many do, the request is
        /// closed.
        #[pallet::call_index(4)]
        pub fn refuse(
            origin: OriginFor<T>,
            name: NamespaceName,
            claimant: T::AccountId,
            made: BlockNumberFor<T>,
            evidence: Evidence,
            why: Refusal,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_judge(who, About { name, claimant, made, evidence }, Verdict::Refused(why))
        }

        /// Lets happen what is due: passes a channel over when the notice is over, links it if the registrars that are
        /// there now have decided so, closes a request that has expired or is superseded. Anybody may.
        #[pallet::call_index(5)]
        pub fn conclude(origin: OriginFor<T>, name: NamespaceName, claimant: T::AccountId) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_conclude(name, claimant)
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(T::MaxRegistrars::get() > 0, "there can be registrars");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}
