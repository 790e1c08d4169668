#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    test,
    allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)
)]

#[cfg(any(feature = "try-runtime", test))]
extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod deposit;
#[cfg(test)]
mod mock;
mod redeem;
#[cfg(feature = "runtime-benchmarks")]
mod setup;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{BalanceOf, Phase, Reservation, ReservationOf};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use frame_support::{
        pallet_prelude::*,
        traits::fungible::{Mutate, MutateHold},
    };
    use frame_system::pallet_prelude::*;
    use pedigree_primitives::traits::Payer;
    use sp_core::H256;
    use sp_runtime::{
        traits::{BlockNumberProvider, Zero},
        Permill,
    };

    use crate::{BalanceOf, Phase, Reservation, ReservationOf, WeightInfo};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    ///
    /// Accounts and block hashes are 32 bytes long, because they go into a reservation's hash.
    #[pallet::config]
    pub trait Config: frame_system::Config<Hash = H256, AccountId: Into<[u8; 32]>> {
        /// What the calls weigh.
        type WeightInfo: WeightInfo;

        /// The token that deposits are made in.
        type Currency: Mutate<Self::AccountId> + MutateHold<Self::AccountId, Reason: From<HoldReason>>;

        /// Whose deposit it is.
        type Payer: Payer<Self::AccountId, BalanceOf<Self>>;

        /// What is held for a reservation.
        #[pallet::constant]
        type Deposit: Get<BalanceOf<Self>>;

        /// How many blocks after it was made a reservation can still be used.
        #[pallet::constant]
        type Lifetime: Get<BlockNumberFor<Self>>;

        /// The part of the deposit that is burned if a reservation is left to expire.
        #[pallet::constant]
        type ExpiryPenalty: Get<Permill>;

        /// What blocks are counted by.
        type BlockNumberProvider: BlockNumberProvider<BlockNumber = BlockNumberFor<Self>>;
    }

    /// Why funds are held.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// The deposit of a reservation that was not redeemed, cancelled or expired yet.
        #[codec(index = 0)]
        Reservation,
    }

    /// Who reserved which hash. Each account has its own, so that copying somebody's hash out of the transaction pool does
    /// not keep him from reserving it.
    #[pallet::storage]
    pub type Reservations<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, H256, ReservationOf<T>, OptionQuery>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A hash was reserved.
        Reserved {
            /// By whom.
            who: T::AccountId,
            /// Which hash.
            hash: H256,
            /// What is held for it.
            deposit: BalanceOf<T>,
        },
        /// A reservation was given up in time. The whole deposit came back.
        Cancelled {
            /// Whose it was.
            who: T::AccountId,
            /// Its hash.
            hash: H256,
        },
        /// A reservation was used by revealing what it was for. The whole deposit came back.
        Redeemed {
            /// Whose it was.
            who: T::AccountId,
            /// Its hash.
            hash: H256,
            /// The block it was made in.
            block: BlockNumberFor<T>,
        },
        /// A reservation that was too old to be used was removed.
        Expired {
            /// Whose it was.
            who: T::AccountId,
            /// Its hash.
            hash: H256,
            /// What was burned of its deposit; the rest came back.
            burned: BalanceOf<T>,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// Your account has reserved this already: go on with the reservation that is there, or cancel it first.
        AlreadyReserved,
        /// Your account cannot afford the deposit of a reservation: put more funds on it; the deposit comes back when the
        /// reservation is used or cancelled.
        DepositUnaffordable,
        /// There is no such reservation: reserve first, with the same account, salt and content, then wait for one block.
        NotFound,
        /// The reservation was made in this very block: wait for the next block and send this again.
        TooEarly,
        /// The reservation is too old to be used: remove it with `expire`, reserve again, and go on within a day.
        Expired,
        /// The reservation can still be used: only whoever made it may cancel it until it has expired.
        NotExpired,
    }

    #[pallet::call(weight = <T as Config>::WeightInfo)]
    impl<T: Config> Pallet<T> {
        /// Reserves `hash` and holds the deposit: the caller's, or in a sponsored call that of his sponsor.
        ///
        /// `hash` is the one of [`reservation_hash`](pedigree_primitives::reservation_hash); what it is for can be revealed
        /// from the next block on.
        #[pallet::call_index(0)]
        pub fn reserve(origin: OriginFor<T>, hash: H256) -> DispatchResult {
            let who = ensure_signed(origin)?;
            ensure!(!Reservations::<T>::contains_key(&who, hash), Error::<T>::AlreadyReserved);

            let deposit = T::Deposit::get();
            let depositor = T::Payer::deposit(&who, deposit)?;
            Self::hold_deposit(&depositor, deposit)?;
            let sponsor = Some(depositor).filter(|depositor| *depositor != who);
            Reservations::<T>::insert(&who, hash, Reservation { block: Self::now(), deposit, sponsor });
            Self::deposit_event(Event::Reserved { who, hash, deposit });
            Ok(())
        }

        /// Gives up a reservation of one's own that has not expired. The whole deposit comes back.
        #[pallet::call_index(1)]
        pub fn cancel(origin: OriginFor<T>, hash: H256) -> DispatchResult {
            let who = ensure_signed(origin)?;
            let reservation = Reservations::<T>::get(&who, hash).ok_or(Error::<T>::NotFound)?;
            ensure!(Self::phase(&reservation) != Phase::Expired, Error::<T>::Expired);

            Self::return_deposit(reservation.depositor(&who), reservation.deposit)?;
            Reservations::<T>::remove(&who, hash);
            Self::deposit_event(Event::Cancelled { who, hash });
            Ok(())
        }

        /// Removes a reservation of `who` that has expired. Anybody may. A part of the deposit is burned, the rest goes
        /// back to whoever made it.
        #[pallet::call_index(2)]
        pub fn expire(origin: OriginFor<T>, who: T::AccountId, hash: H256) -> DispatchResult {
            ensure_signed(origin)?;
            let reservation = Reservations::<T>::get(&who, hash).ok_or(Error::<T>::NotFound)?;
            ensure!(Self::phase(&reservation) == Phase::Expired, Error::<T>::NotExpired);

            let burned = Self::forfeit_deposit(reservation.depositor(&who), reservation.deposit)?;
            Reservations::<T>::remove(&who, hash);
            Self::deposit_event(Event::Expired { who, hash, burned });
            Ok(())
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// What is stored of a reservation.
        pub fn reservation(who: T::AccountId, hash: H256) -> Option<ReservationOf<T>> {
            Reservations::<T>::get(who, hash)
        }

        /// The first and the last block in which a reservation can be redeemed.
        pub fn usable(who: T::AccountId, hash: H256) -> Option<(BlockNumberFor<T>, BlockNumberFor<T>)> {
            Reservations::<T>::get(who, hash).map(|reservation| reservation.usable(T::Lifetime::get()))
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(!T::Lifetime::get().is_zero(), "a reservation must be usable in some block");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }
}
