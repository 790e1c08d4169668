#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(test, allow(clippy::expect_used, clippy::unwrap_used))]

#[cfg(test)]
mod tests;

pub use pallet::*;

use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::{CheckedDiv, One, Saturating, Zero};

const HOURS_A_DAY: u32 = 24;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs.
#[allow(clippy::expect_used, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// How many blocks a day has where the genesis doesn't say another number: those of 24 hours.
        #[pallet::constant]
        type Day: Get<BlockNumberFor<Self>>;
    }

    /// How many blocks a day has, if it is another number than `Day`.
    #[pallet::storage]
    pub type DayLength<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

    /// The days of a chain, said once.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// How many blocks a day has; `None`: as many as `Day`.
        pub day_length: Option<BlockNumberFor<T>>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        // A genesis that makes no sense makes no chain.
        #[allow(clippy::panic)]
        fn build(&self) {
            assert!(self.day_length != Some(0u32.into()), "dayLength: a day has at least one block");
            DayLength::<T>::set(self.day_length);
        }
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            ensure!(DayLength::<T>::get() != Some(0u32.into()), "a day has at least one block");
            Ok(())
        }
    }

    #[pallet::view_functions]
    impl<T: Config> Pallet<T> {
        /// How many blocks a day has on this chain.
        pub fn day() -> BlockNumberFor<T> {
            // The SDK's integrity tests ask for durations where there is no chain whose days they could be.
            #[cfg(feature = "std")]
            if sp_externalities::with_externalities(|_| ()).is_none() {
                return T::Day::get();
            }
            DayLength::<T>::get().unwrap_or_else(T::Day::get)
        }
    }
}

impl<T: Config> Pallet<T> {
    /// So many days, in blocks; at least one block.
    pub fn days(count: u32) -> BlockNumberFor<T> {
        Self::day().saturating_mul(count.into()).max(One::one())
    }

    /// So many hours, in blocks, rounded down; at least one block.
    pub fn hours(count: u32) -> BlockNumberFor<T> {
        let hours = Self::day().saturating_mul(count.into()).checked_div(&HOURS_A_DAY.into());
        hours.unwrap_or_else(Zero::zero).max(One::one())
    }
}

/// So many days, where a duration is asked for.
pub struct Days<T, const COUNT: u32>(core::marker::PhantomData<T>);

impl<T: Config, const COUNT: u32> Days<T, COUNT> {
    /// In blocks.
    pub fn get() -> BlockNumberFor<T> {
        Pallet::<T>::days(COUNT)
    }
}

impl<T: Config, const COUNT: u32> Get<BlockNumberFor<T>> for Days<T, COUNT> {
    fn get() -> BlockNumberFor<T> {
        Self::get()
    }
}

/// So many hours, where a duration is asked for.
pub struct Hours<T, const COUNT: u32>(core::marker::PhantomData<T>);

impl<T: Config, const COUNT: u32> Hours<T, COUNT> {
    /// In blocks.
    pub fn get() -> BlockNumberFor<T> {
        Pallet::<T>::hours(COUNT)
    }
}

impl<T: Config, const COUNT: u32> Get<BlockNumberFor<T>> for Hours<T, COUNT> {
    fn get() -> BlockNumberFor<T> {
        Self::get()
    }
}
