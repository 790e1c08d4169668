#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod average;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod change;
mod dividends;
#[cfg(feature = "try-runtime")]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Balance, EpochNumber, Place, Pool, PoolOf, Position, Start, Total, TotalOf, Unbonding, UnbondingOf};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use frame_support::{
        pallet_prelude::*,
        traits::fungible::{Mutate, MutateHold},
        PalletId,
    };
    use frame_system::pallet_prelude::*;
    use pedigree_primitives::{traits::Subnets, NetUid};
    use sp_runtime::{traits::Zero, Permill};

    use crate::{Balance, EpochNumber, Place, PoolOf, Position, Start, TotalOf, UnbondingOf, WeightInfo};

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The token that is staked, and that dividends are paid in.
        type Currency: Mutate<Self::AccountId, Balance = Balance>
            + MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;

        /// Who has a neuron where.
        type Subnets: Subnets<Self::AccountId>;

        /// Where the pot's account comes from.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// The account that gets what does not belong in the pot.
        type Treasury: Get<Self::AccountId>;

        /// The least that a position may have.
        #[pallet::constant]
        type MinimumStake: Get<Balance>;

        /// What is held for a position's entries.
        #[pallet::constant]
        type PositionDeposit: Get<Balance>;

        /// How long what was taken out stays held.
        #[pallet::constant]
        type UnbondingPeriod: Get<BlockNumberFor<Self>>;

        /// How many parts of a holder's stake can be on their way out.
        #[pallet::constant]
        type MaxUnbonding: Get<u32>;

        /// The most that an evaluator may take.
        #[pallet::constant]
        type MaximumTake: Get<Permill>;

        /// What an evaluator takes who never said anything.
        #[pallet::constant]
        type DefaultTake: Get<Permill>;

        /// How long before a higher take counts it must be said.
        #[pallet::constant]
        type TakeNotice: Get<BlockNumberFor<Self>>;

        /// After how many blocks half of a change of a subnet's stake is in its average.
        #[pallet::constant]
        type AverageHalfLife: Get<BlockNumberFor<Self>>;

        /// What the calls and hooks weigh.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkSubnets<Self::AccountId>;
    }

    /// What is held on accounts.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// Stake, and what of it is unbonding.
        #[codec(index = 0)]
        Stake,
        /// The deposits of positions.
        #[codec(index = 1)]
        Position,
    }

    /// The stake of each subnet.
    #[pallet::storage]
    pub type Totals<T: Config> = StorageMap<_, Blake2_128Concat, NetUid, TotalOf<T>>;

    /// What stands behind each evaluator in each subnet.
    #[pallet::storage]
    pub type Pools<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, T::AccountId, PoolOf<T>>;

    /// Holders' positions: the holder, the subnet, the evaluator.
    #[pallet::storage]
    pub type Positions<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, NetUid>,
            NMapKey<Blake2_128Concat, T::AccountId>,
        ),
        Position,
    >;

    /// The ends of epochs that positions still need: the subnet, the evaluator, the epoch.
    #[pallet::storage]
    pub type Starts<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, NetUid>,
            NMapKey<Blake2_128Concat, T::AccountId>,
            NMapKey<Blake2_128Concat, EpochNumber>,
        ),
        Start,
    >;

    /// What of a holder's stake is on its way out, the oldest first.
    #[pallet::storage]
    pub type Unbondings<T: Config> =
        StorageMap<_, Blake2_128Concat, T::AccountId, BoundedVec<UnbondingOf<T>, T::MaxUnbonding>, ValueQuery>;

    /// What is owed to all together. The pot has that and an existential deposit.
    #[pallet::storage]
    pub type TotalOwed<T: Config> = StorageValue<_, Balance, ValueQuery>;

    /// Makes the pot an account that stays.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        #[serde(skip)]
        _marker: core::marker::PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            Pallet::<T>::endow();
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Somebody put tokens behind an evaluator.
        Allocated {
            /// Who.
            holder: T::AccountId,
            /// In which subnet.
            netuid: NetUid,
            /// Behind whom.
            evaluator: T::AccountId,
            /// How much.
            amount: Balance,
            /// The first epoch in which it counts.
            counts_from: EpochNumber,
        },
        /// Somebody moved his stake.
        Moved {
            /// Who.
            holder: T::AccountId,
            /// From where.
            from: Place<T::AccountId>,
            /// To where.
            to: Place<T::AccountId>,
            /// How much.
            amount: Balance,
            /// The first epoch in which it counts there.
            counts_from: EpochNumber,
        },
        /// Somebody took stake out.
        Unbonded {
            /// Who.
            holder: T::AccountId,
            /// In which subnet.
            netuid: NetUid,
            /// From behind whom.
            evaluator: T::AccountId,
            /// How much.
            amount: Balance,
            /// From which block on it is free.
            free_from: BlockNumberFor<T>,
        },
        /// What somebody had taken out is free.
        Freed {
            /// Who.
            holder: T::AccountId,
            /// How much.
            amount: Balance,
        },
        /// An evaluator and those behind him earned dividends.
        DividendsCredited {
            /// In which subnet.
            netuid: NetUid,
            /// The evaluator.
            evaluator: T::AccountId,
            /// How much in all.
            amount: Balance,
            /// How much of it is the evaluator's take.
            take: Balance,
        },
        /// Somebody withdrew dividends.
        DividendsWithdrawn {
            /// Who.
            who: T::AccountId,
            /// In which subnet.
            netuid: NetUid,
            /// Of stake behind whom.
            evaluator: T::AccountId,
            /// How much.
            amount: Balance,
        },
        /// An evaluator said what he takes.
        TakeSet {
            /// In which subnet.
            netuid: NetUid,
            /// The evaluator.
            evaluator: T::AccountId,
            /// How much.
            take: Permill,
            /// From which block on.
            from: BlockNumberFor<T>,
        },
        /// What somebody sent to the pot went to the treasury.
        SurplusMoved {
            /// How much.
            amount: Balance,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// There is no such subnet. Look for it in the list of subnets.
        UnknownSubnet,
        /// The subnet is closed: stake can only leave it. Choose another one.
        SubnetClosed,
        /// An epoch of this subnet ended just now and its dividends are being credited. Try again in the next block.
        EpochBeingCredited,
        /// That account has no neuron in this subnet. Choose an evaluator from the subnet's metagraph.
        NotANeuron,
        /// The position would have less than the minimum stake. Leave more in it, put more into it, or take everything out.
        BelowMinimumStake,
        /// Your account can't have that much held, and the position's deposit, out of what is free on it. Put more funds on it, or stake less.
        StakeUnaffordable,
        /// The evaluator takes more than you accept, now or soon. Look at the take and accept it, or choose another evaluator.
        TakeNotAccepted,
        /// You have no stake behind this evaluator in this subnet. Look at your positions.
        NoPosition,
        /// You have less than that behind this evaluator in this subnet. Take out what there is, or less.
        MoreThanStaked,
        /// The amount is zero. Name one that is not.
        NothingToChange,
        /// The stake is there already. Name another evaluator or subnet to move it to.
        SamePlace,
        /// Too many parts of your stake are on their way out. Wait for the first, withdraw it, and try again.
        TooManyUnbonding,
        /// Nothing of your stake is on its way out. Unbond some first.
        NothingUnbonding,
        /// What you took out is not free yet. Wait until the unbonding period is over.
        StillUnbonding,
        /// There are no dividends to withdraw. Wait for the next epoch that pays some.
        NoDividends,
        /// Your account is not alive, and this is less than keeps it alive. Wait for more, or put funds on it first.
        BelowExistentialDeposit,
        /// That is more than an evaluator may take. Name at most the maximum take.
        TakeAboveMaximum,
        /// Nobody stands behind you in this subnet, so there is nothing to take a part of. Stake behind yourself first.
        NoStakeBehind,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// Leaves room for [`Self::on_finalize`].
        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            T::WeightInfo::on_finalize()
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            Self::move_surplus();
        }

        fn integrity_test() {
            assert!(T::MinimumStake::get() >= 1 << 20, "what a planck of stake earns must fit in 128 bits for ever");
            assert!(T::DefaultTake::get() <= T::MaximumTake::get(), "the default is allowed");
            assert!(T::MaximumTake::get() < Permill::one(), "something is left for those who stake");
            assert!(T::MaxUnbonding::get() > 0, "stake can be taken out");
            assert!(!T::AverageHalfLife::get().is_zero(), "an average moves");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Puts tokens behind an evaluator in a subnet. They stay on your account under a hold, and count from the next full
        /// epoch on.
        ///
        /// Refused if the evaluator takes more than `accepted_take`, or has said that he will.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::allocate())]
        pub fn allocate(
            origin: OriginFor<T>,
            netuid: NetUid,
            evaluator: T::AccountId,
            #[pallet::compact] amount: Balance,
            accepted_take: Permill,
        ) -> DispatchResult {
            let holder = ensure_signed(origin)?;
            Self::do_allocate(holder, Place { netuid, evaluator }, amount, accepted_take)
        }

        /// Moves stake from one evaluator, or subnet, to another. It stops counting at once where it was, and counts from the
        /// next full epoch on where it goes.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::move_stake())]
        pub fn move_stake(
            origin: OriginFor<T>,
            from: Place<T::AccountId>,
            to: Place<T::AccountId>,
            #[pallet::compact] amount: Balance,
            accepted_take: Permill,
        ) -> DispatchResult {
            let holder = ensure_signed(origin)?;
            Self::do_move(holder, from, to, amount, accepted_take)
        }

        /// Takes stake out. It stops counting at once, and is free after the unbonding period, where the subnet is closed as
        /// well. Whoever takes everything out is paid his dividends with it.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::unbond())]
        pub fn unbond(
            origin: OriginFor<T>,
            netuid: NetUid,
            evaluator: T::AccountId,
            #[pallet::compact] amount: Balance,
        ) -> DispatchResult {
            let holder = ensure_signed(origin)?;
            Self::do_unbond(holder, Place { netuid, evaluator }, amount)
        }

        /// Frees what was taken out and is due.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::withdraw_unbonded())]
        pub fn withdraw_unbonded(origin: OriginFor<T>) -> DispatchResult {
            let holder = ensure_signed(origin)?;
            Self::do_withdraw_unbonded(holder)
        }

        /// Pays the dividends of your stake behind an evaluator; if that is you, your take as well.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::withdraw_dividends())]
        pub fn withdraw_dividends(origin: OriginFor<T>, netuid: NetUid, evaluator: T::AccountId) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_withdraw_dividends(who, Place { netuid, evaluator })
        }

        /// Says which part of the dividends you take from those who stand behind you in a subnet: at once if it is less than
        /// now, after `TakeNotice` if it is more. It takes the place of what was said before and does not count yet.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::set_take())]
        pub fn set_take(origin: OriginFor<T>, netuid: NetUid, take: Permill) -> DispatchResult {
            let evaluator = ensure_signed(origin)?;
            Self::do_set_take(evaluator, netuid, take)
        }
    }
}
