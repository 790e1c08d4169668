#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::unimplemented,
        clippy::unwrap_used
    )
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod channel;
mod claim;
mod genesis;
mod lookup;
#[cfg(test)]
mod mock;
mod name;
mod price;
#[cfg(feature = "runtime-benchmarks")]
mod setup;
#[cfg(test)]
mod tests;
mod transfer;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use price::price;
pub use types::{BalanceOf, Key, Link, Namespace, NamespaceOf};
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
        traits::{Payer, Reservations},
        NamespaceId, NamespaceName,
    };
    use sp_runtime::traits::BlockNumberProvider;

    use crate::{BalanceOf, Key, NamespaceOf, WeightInfo};

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

        /// The token that names are paid in.
        type Currency: Balanced<Self::AccountId>;

        /// Who pays the price of a name.
        type Payer: Payer<Self::AccountId, BalanceOf<Self>>;

        /// What a plain name of seven letters or more costs. Each letter less makes it four times as much.
        #[pallet::constant]
        type BasePrice: Get<BalanceOf<Self>>;

        /// Where the price of a name goes.
        type OnPayment: OnUnbalanced<Credit<Self::AccountId, Self::Currency>>;

        /// What is held from whoever opens a channel, until it is linked.
        type Consideration: Consideration<Self::AccountId, Footprint>;

        /// Who may say that somebody controls a channel, beside those whom the runtime lets link through
        /// [`pedigree_primitives::traits::Channels`].
        type LinkOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// For how many blocks a link is good, from when control was shown, until anybody may end it.
        #[pallet::constant]
        type LinkLifetime: Get<BlockNumberFor<Self>>;

        /// Where plain names are reserved before they are claimed.
        type Reservations: Reservations<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// What blocks are counted by.
        type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;

        /// How benchmarks reserve a name.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkSetup<Self::AccountId>;
    }

    /// Why funds are held.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// The deposit of whoever opened a channel that is not linked yet.
        #[codec(index = 0)]
        Channel,
    }

    /// The id that the next namespace gets.
    #[pallet::storage]
    pub type NextNamespaceId<T: Config> = StorageValue<_, NamespaceId, ValueQuery>;

    /// All namespaces. None is ever removed.
    #[pallet::storage]
    pub type Namespaces<T: Config> = StorageMap<_, Twox64Concat, NamespaceId, NamespaceOf<T>, OptionQuery>;

    /// The namespace of a name in lower case.
    #[pallet::storage]
    pub type Ids<T: Config> = StorageMap<_, Blake2_128Concat, Key, NamespaceId, OptionQuery>;

    /// The namespaces that the chain begins with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// Channels and their owners.
        pub linked: Vec<(NamespaceName, T::AccountId)>,
        /// Plain names and their owners.
        pub plain: Vec<(NamespaceName, T::AccountId)>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            self.insert_all();
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A plain name was claimed.
        Claimed {
            /// Its id.
            namespace: NamespaceId,
            /// The name.
            name: NamespaceName,
            /// Whose it is now.
            owner: T::AccountId,
            /// What it cost.
            price: BalanceOf<T>,
            /// The block in which it was reserved.
            reserved: BlockNumberFor<T>,
        },
        /// A channel was opened: what is published there can be catalogued now.
        Opened {
            /// Its id.
            namespace: NamespaceId,
            /// The name.
            name: NamespaceName,
            /// Whose deposit is held for it.
            opener: T::AccountId,
        },
        /// A channel was linked to whoever controls it. The deposit of whoever opened it came back.
        Linked {
            /// Its id.
            namespace: NamespaceId,
            /// The name, as its channel spells it.
            name: NamespaceName,
            /// Whose it is now.
            owner: T::AccountId,
        },
        /// The owner of a channel has shown again that he controls it.
        Renewed {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it is and stays.
            owner: T::AccountId,
        },
        /// A channel has a new owner, who has shown that he controls it now.
        TakenOver {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it was.
            from: T::AccountId,
            /// Whose it is now.
            to: T::AccountId,
        },
        /// Nobody has shown for too long that he controls a channel. It has no owner until somebody does.
        Lapsed {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it was.
            owner: T::AccountId,
        },
        /// A namespace was offered; an earlier offer does not count any more.
        Offered {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it is.
            owner: T::AccountId,
            /// Who may accept it.
            to: T::AccountId,
        },
        /// A namespace is not on offer any more.
        OfferWithdrawn {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it is and stays.
            owner: T::AccountId,
        },
        /// A namespace has a new owner.
        Transferred {
            /// Its id.
            namespace: NamespaceId,
            /// Whose it was.
            from: T::AccountId,
            /// Whose it is now.
            to: T::AccountId,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// The name is too short or too long: plain names have 3 to 32 letters, channel names what their channel allows.
        NameLength,
        /// The name has a character that is not allowed there: a plain name has a-z, 0-9 and single hyphens, begins with a
        /// letter and ends with a letter or digit; a channel name follows the rules of its channel.
        NameCharacters,
        /// The part before the colon is no channel: use hf:NAME, github:NAME or dns:DOMAIN, or a plain name without a colon.
        UnknownChannel,
        /// This is the name of a channel, which cannot be claimed: open it to catalogue what is published there, or have it
        /// linked if you control it.
        NotPlain,
        /// This is a plain name, not that of a channel: reserve and claim it, or write hf:NAME, github:NAME or dns:DOMAIN.
        NotChannel,
        /// Somebody has this name already, be it in upper or lower case: choose another one, and cancel the reservation to
        /// get its deposit back.
        NameTaken,
        /// The channel is open already: go on and use it as it is.
        AlreadyOpen,
        /// The channel is linked to an owner already: he can offer it to somebody else, and whoever controls it now can ask the
        /// registrars for it.
        AlreadyLinked,
        /// There is no such namespace: check its id, or claim or open it first.
        UnknownNamespace,
        /// Your account does not own this namespace: send this from the account of its owner.
        NotOwner,
        /// The namespace is yours already: offer it to another account.
        OfferToSelf,
        /// The namespace is not on offer, so there is nothing to withdraw.
        NotOnOffer,
        /// The namespace is not offered to your account: ask its owner to offer it to you, and check which account you use.
        NotOfferedToYou,
        /// Your account cannot afford the price of this name: put more funds on it, or choose a longer name, which costs less.
        PriceUnaffordable,
        /// Your account cannot afford the deposit for opening a channel: put more funds on it; the deposit comes back when
        /// the channel is linked.
        DepositUnaffordable,
        /// Nobody is linked to this namespace, so no link can lapse: check its name.
        NotLinked,
        /// The link is still good: it can lapse when it has not been renewed in time.
        NotLapsed,
        /// No ids are left for namespaces: this needs an upgrade of the chain.
        NoIdsLeft,
    }

    #[pallet::call(weight = <T as Config>::WeightInfo)]
    impl<T: Config> Pallet<T> {
        /// Claims a plain name that was reserved with `salt`, and pays its price.
        #[pallet::call_index(0)]
        pub fn claim(origin: OriginFor<T>, name: NamespaceName, salt: [u8; 32]) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_claim(who, name, &salt)
        }

        /// Opens a channel, so that what is published there can be catalogued. Holds a deposit until it is linked.
        #[pallet::call_index(1)]
        pub fn open(origin: OriginFor<T>, name: NamespaceName) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_open(who, name)
        }

        /// Makes `owner` the owner of a channel that has none, because he has shown that he controls it. Opens it if nobody
        /// did; else the deposit goes back to whoever opened it. The name is spelled as given here from now on.
        #[pallet::call_index(2)]
        pub fn link(origin: OriginFor<T>, name: NamespaceName, owner: T::AccountId) -> DispatchResult {
            T::LinkOrigin::ensure_origin(origin)?;
            Self::do_link(name, owner)
        }

        /// Offers a namespace of one's own to `to`, instead of to anybody it was offered to before.
        #[pallet::call_index(3)]
        pub fn offer(origin: OriginFor<T>, namespace: NamespaceId, to: T::AccountId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_offer(who, namespace, to)
        }

        /// Takes the offer of a namespace of one's own back.
        #[pallet::call_index(4)]
        pub fn withdraw_offer(origin: OriginFor<T>, namespace: NamespaceId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw_offer(who, namespace)
        }

        /// Accepts a namespace that is offered to one. Its records come with it.
        #[pallet::call_index(5)]
        pub fn accept(origin: OriginFor<T>, namespace: NamespaceId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_accept(who, namespace)
        }

        /// Ends the link of a channel whose owner has not shown in time that he still controls it. Anybody may.
        ///
        /// The channel is unlinked then, and has no owner until somebody shows that he controls it.
        #[pallet::call_index(6)]
        pub fn lapse(origin: OriginFor<T>, namespace: NamespaceId) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_lapse(namespace)
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// What it costs to claim that name; nothing if it is no plain name. It may be taken all the same.
        pub fn price(name: NamespaceName) -> Option<BalanceOf<T>> {
            Self::price_of(&name)
        }

        /// The namespace of that id.
        pub fn namespace(id: NamespaceId) -> Option<NamespaceOf<T>> {
            Namespaces::<T>::get(id)
        }

        /// The id of the namespace of that name, in whatever case.
        pub fn namespace_of_name(name: NamespaceName) -> Option<NamespaceId> {
            Self::id_of(&name)
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(T::LinkLifetime::get() > BlockNumberFor::<T>::from(0u32), "a link lasts");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}
