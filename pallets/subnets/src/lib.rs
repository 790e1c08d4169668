#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod credit;
mod emission;
mod epoch;
mod founding;
mod hyperparameters;
mod neurons;
mod scoring;
#[cfg(feature = "try-runtime")]
mod try_state;
mod types;
pub mod weights;

pub use emission::Emission;
pub use hyperparameters::{Hyperparameter, Hyperparameters};
pub use pallet::*;
pub use types::{
    Admission, Balance, Binding, Commit, CommitsOf, Crediting, CreditingOf, Due, Endpoint, EpochNumber, EpochResult,
    EpochResultOf, IncentivesOf, Neuron, NeuronOf, NeuronResult, Payee, Price, Row, Scores, ScoresOf, Seat, SeatsOf,
    Subnet, SubnetKind, SubnetOf, BURN_SLOT, MAX_EVALUATORS, MAX_NEURONS,
};
pub use weights::WeightInfo;

/// The pallet; the crate's documentation tells its story.
// What the macros generate is theirs; what can fail is in the other files.
#[allow(clippy::expect_used, clippy::large_enum_variant, clippy::unreachable)]
#[frame_support::pallet]
pub mod pallet {
    use frame_support::{
        pallet_prelude::*,
        traits::{
            fungible::{Mutate, MutateHold},
            Footprint,
        },
        PalletId,
    };
    use frame_system::pallet_prelude::*;
    use pedigree_primitives::{
        traits::{Earnings, Registry, Stakes},
        NetUid, RecordName, ReleaseId, Score,
    };
    use sp_arithmetic::Perquintill;
    use sp_core::H256;
    use sp_runtime::{
        traits::{Convert, Zero},
        Permill,
    };

    use crate::{
        emission::Emission, Admission, Balance, CommitsOf, CreditingOf, Due, Endpoint, EpochNumber, EpochResultOf,
        Hyperparameter, IncentivesOf, NeuronOf, Price, Row, ScoresOf, SeatsOf, SubnetKind, SubnetOf, WeightInfo,
        MAX_EVALUATORS, MAX_NEURONS,
    };

    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    /// The pallet.
    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the runtime decides.
    ///
    /// Accounts and block hashes are 32 bytes long, because they go into the hash of scores.
    #[pallet::config]
    pub trait Config:
        frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256, AccountId: Into<[u8; 32]>>
    {
        /// The token that is paid in.
        type Currency: Mutate<Self::AccountId, Balance = Balance>
            + MutateHold<Self::AccountId, Balance = Balance, Reason: From<HoldReason>>;

        /// Where releases are kept.
        type Registry: Registry<Self::AccountId, BlockNumber = BlockNumberFor<Self>>;

        /// Where stake is kept.
        type Stakes: Stakes<Self::AccountId, Balance = Balance>;

        /// Where releases are paid.
        type Earnings: Earnings<Self::AccountId, Balance = Balance>;

        /// Where emission comes from.
        type Emission: Emission;

        /// Where the pot's account comes from.
        #[pallet::constant]
        type PalletId: Get<PalletId>;

        /// Who admits subnets, sets what their owners may not, and may close them.
        type GovernanceOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// Whether the present block begins a session: it has enough to do.
        type NewSession: Get<bool>;

        /// What entries cost to hold.
        type StoragePrice: Convert<Footprint, Balance>;

        /// How many subnets there can be.
        #[pallet::constant]
        type MaxSubnets: Get<u32>;

        /// How many of them can be admitted.
        #[pallet::constant]
        type MaxAdmitted: Get<u32>;

        /// For how many blocks a subnet can be admitted at most.
        #[pallet::constant]
        type MaximumTerm: Get<BlockNumberFor<Self>>;

        /// The most that a subnet can have of the emission.
        #[pallet::constant]
        type MaximumShare: Get<Perquintill>;

        /// The most that a subnet of services can have of it.
        #[pallet::constant]
        type MaximumServiceShare: Get<Perquintill>;

        /// The owner's part of a subnet's emission.
        #[pallet::constant]
        type OwnerPart: Get<Permill>;

        /// The least that founding a subnet costs.
        #[pallet::constant]
        type FoundingPrice: Get<Balance>;

        /// After how many blocks that price, doubled by each subnet, has halved.
        #[pallet::constant]
        type FoundingHalfLife: Get<BlockNumberFor<Self>>;

        /// The least that a neuron can cost.
        #[pallet::constant]
        type MinimumNeuronPrice: Get<Balance>;

        /// By how much each neuron makes the next one dearer.
        #[pallet::constant]
        type NeuronPriceRise: Get<Permill>;

        /// After how many blocks a neuron's price has halved.
        #[pallet::constant]
        type NeuronPriceHalfLife: Get<BlockNumberFor<Self>>;

        /// The least stake that can make an evaluator.
        #[pallet::constant]
        type MinimumEvaluatorStake: Get<Balance>;

        /// The shortest that an epoch can be, in blocks.
        #[pallet::constant]
        type MinimumTempo: Get<u32>;

        /// The results of how many epochs are kept. To change it takes a migration: where a result is kept depends on it.
        #[pallet::constant]
        type History: Get<u32>;

        /// What an epoch, or crediting one, may take of a block.
        #[pallet::constant]
        type EpochWeight: Get<Weight>;

        /// What clearing away a closed subnet may take of a block that has the room.
        #[pallet::constant]
        type ClearingWeight: Get<Weight>;

        /// What the calls and hooks weigh.
        type WeightInfo: WeightInfo;

        /// What the benchmarks need of the pallets around.
        #[cfg(feature = "runtime-benchmarks")]
        type BenchmarkSetup: pedigree_primitives::traits::BenchmarkStakes<Self::AccountId>;
    }

    /// What is held on accounts.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// The deposits of subnets.
        #[codec(index = 0)]
        Subnet,
        /// The deposits of neurons.
        #[codec(index = 1)]
        Neuron,
    }

    /// The subnets.
    #[pallet::storage]
    pub type Subnets<T: Config> = StorageMap<_, Blake2_128Concat, NetUid, SubnetOf<T>>;

    /// The id of the next subnet.
    #[pallet::storage]
    pub type NextNetUid<T: Config> = StorageValue<_, NetUid, ValueQuery>;

    /// What founding a subnet costs.
    #[pallet::storage]
    pub type FoundingPrices<T: Config> = StorageValue<_, Price<BlockNumberFor<T>>, ValueQuery>;

    /// When the epoch of each subnet is due.
    #[pallet::storage]
    pub type Schedule<T: Config> = StorageValue<_, BoundedVec<Due<BlockNumberFor<T>>, T::MaxSubnets>, ValueQuery>;

    /// The subnets that have a part of the emission.
    #[pallet::storage]
    pub type Admissions<T: Config> =
        StorageValue<_, BoundedVec<Admission<BlockNumberFor<T>>, T::MaxAdmitted>, ValueQuery>;

    /// The subnets that are closed and not cleared away.
    #[pallet::storage]
    pub type Closing<T: Config> = StorageValue<_, BoundedVec<NetUid, T::MaxSubnets>, ValueQuery>;

    /// What in the pot is somebody's: given to a subnet, or on its way. The pot has that and an existential deposit.
    #[pallet::storage]
    pub type Accounted<T: Config> = StorageValue<_, Balance, ValueQuery>;

    /// The seats of each subnet.
    #[pallet::storage]
    pub type Seats<T: Config> = StorageMap<_, Blake2_128Concat, NetUid, SeatsOf<T>, ValueQuery>;

    /// The neurons of each subnet, by uid.
    #[pallet::storage]
    pub type Neurons<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u16, NeuronOf<T>>;

    /// The uid of an account's neuron in a subnet.
    #[pallet::storage]
    pub type Uids<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, T::AccountId, u16>;

    /// The neuron that a release is bound to in a subnet.
    #[pallet::storage]
    pub type Bindings<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, ReleaseId, u16>;

    /// Where neurons are found.
    #[pallet::storage]
    pub type Endpoints<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u16, Endpoint>;

    /// What evaluators have committed to.
    #[pallet::storage]
    pub type Commits<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u16, CommitsOf<T>, ValueQuery>;

    /// What evaluators have shown.
    #[pallet::storage]
    pub type ShownScores<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u16, ScoresOf<T>>;

    /// The bonds of evaluators.
    #[pallet::storage]
    pub type Bonds<T: Config> = StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u16, Row, ValueQuery>;

    /// The latest epochs of each subnet. The epoch n has the slot n modulo [`Config::History`].
    #[pallet::storage]
    pub type Results<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, NetUid, Blake2_128Concat, u32, EpochResultOf<T>>;

    /// The epoch that is being credited. The next one of any subnet waits for its end.
    #[pallet::storage]
    pub type CreditingEpoch<T: Config> = StorageValue<_, CreditingOf<T>>;

    /// The incentive of that epoch.
    #[pallet::storage]
    pub type Incentives<T: Config> = StorageValue<_, IncentivesOf<T>, ValueQuery>;

    /// Makes the pot an account that stays, and begins the emission.
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
            T::Emission::begin();
        }
    }

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// Somebody founded a subnet.
        Founded {
            /// Its id.
            netuid: NetUid,
            /// Who.
            owner: T::AccountId,
            /// What is scored there.
            kind: SubnetKind,
            /// What it cost.
            price: Balance,
        },
        /// A subnet has a part of the emission.
        Admitted {
            /// Which.
            netuid: NetUid,
            /// Up to which block.
            until: BlockNumberFor<T>,
        },
        /// A hyperparameter was changed.
        HyperparameterSet {
            /// Of which subnet.
            netuid: NetUid,
            /// Which, and to what.
            hyperparameter: Hyperparameter,
        },
        /// Somebody gave a subnet something to pay out.
        Funded {
            /// Which.
            netuid: NetUid,
            /// Who.
            by: T::AccountId,
            /// How much.
            amount: Balance,
        },
        /// Somebody registered a neuron.
        NeuronRegistered {
            /// In which subnet.
            netuid: NetUid,
            /// Its uid.
            uid: u16,
            /// Who.
            account: T::AccountId,
            /// What it cost.
            price: Balance,
        },
        /// A neuron is gone: its account took it away, or it was replaced, or the subnet is closed.
        NeuronRemoved {
            /// From which subnet.
            netuid: NetUid,
            /// Its uid.
            uid: u16,
            /// Whose it was.
            account: T::AccountId,
        },
        /// A neuron was bound to a release. What was scored before does not count for it.
        Bound {
            /// In which subnet.
            netuid: NetUid,
            /// Which.
            uid: u16,
            /// To what.
            release: ReleaseId,
            /// The root that scores must name.
            root: H256,
        },
        /// A neuron was parted from a release that does not hold its root any more.
        Unbound {
            /// In which subnet.
            netuid: NetUid,
            /// Which.
            uid: u16,
            /// From what.
            release: ReleaseId,
        },
        /// Somebody said where his neuron is found.
        Served {
            /// In which subnet.
            netuid: NetUid,
            /// Which.
            uid: u16,
        },
        /// An evaluator committed to scores.
        Committed {
            /// In which subnet.
            netuid: NetUid,
            /// Who.
            uid: u16,
            /// In which epoch. They can be revealed in the next one.
            epoch: EpochNumber,
        },
        /// An evaluator revealed scores.
        Revealed {
            /// In which subnet.
            netuid: NetUid,
            /// Who.
            uid: u16,
            /// The epoch in which they count.
            epoch: EpochNumber,
            /// For how many neurons: those that are what they were when the scores were made.
            count: u32,
        },
        /// An epoch ended. What it pays is credited in the next blocks.
        EpochEnded {
            /// Whose.
            netuid: NetUid,
            /// Which.
            epoch: EpochNumber,
            /// What contributors have.
            incentive: Balance,
            /// What evaluators and those behind them have.
            dividends: Balance,
        },
        /// All that an epoch pays is credited.
        EpochCredited {
            /// Whose.
            netuid: NetUid,
            /// Which.
            epoch: EpochNumber,
        },
        /// A contributor of services was paid.
        ServicePaid {
            /// In which subnet.
            netuid: NetUid,
            /// Who.
            account: T::AccountId,
            /// How much.
            amount: Balance,
        },
        /// The emission was given to the subnets.
        EmissionAllocated {
            /// How much they got.
            allocated: Balance,
            /// How much no subnet got, and is not kept.
            burned: Balance,
        },
        /// Emission that nobody earned was burned.
        Burned {
            /// In which subnet.
            netuid: NetUid,
            /// How much.
            amount: Balance,
        },
        /// A subnet is closed.
        Closed {
            /// Which.
            netuid: NetUid,
            /// What of its funds went back to its owner.
            returned: Balance,
        },
        /// Nothing is left of a closed subnet.
        Cleared {
            /// Which.
            netuid: NetUid,
        },
    }

    /// What is wrong and what to do.
    #[pallet::error]
    pub enum Error<T> {
        /// There is no such subnet. Look for it in the list of subnets.
        UnknownSubnet,
        /// The subnet is closed. Choose another one.
        SubnetClosed,
        /// There are as many subnets as there can be. Wait until one is closed.
        TooManySubnets,
        /// The name is not a valid one. Use letters, digits, dots, dashes and underscores.
        BadName,
        /// The price is above what you would pay. Look at the present price and decide again.
        PriceAboveLimit,
        /// Your account can't pay that out of what is free on it and stay alive. Put more funds on it.
        PriceUnaffordable,
        /// Your account can't have the deposit held out of what is free on it. Put more funds on it.
        DepositUnaffordable,
        /// Only the subnet's owner may do that, or a referendum.
        NotSubnetOwner,
        /// Only a referendum may change this hyperparameter.
        ByGovernanceOnly,
        /// The value is out of the hyperparameter's bounds. See the table in the documentation of subnets.
        OutOfBounds,
        /// Liquid alpha's low would be above its high. Change the other one first.
        AlphaLowAboveHigh,
        /// The subnet has more seats than that, and none is taken away. Name at least as many.
        FewerSeatsThanGiven,
        /// The owner has changed a hyperparameter in this epoch. Wait for the next one.
        ChangedThisEpoch,
        /// A subnet can't be admitted for that long. Name a shorter term; it can be renewed.
        TermTooLong,
        /// As many subnets are admitted as can be. Wait until a term ends.
        TooManyAdmitted,
        /// The amount is zero. Name one that is not.
        NothingToFund,
        /// The subnet takes no new neurons now. Ask its owner, or choose another one.
        RegistrationClosed,
        /// Your account has a neuron in this subnet. Use that one, or deregister it first.
        AlreadyRegistered,
        /// Your account has no neuron in this subnet. Register one, or use the account that has.
        NotRegistered,
        /// All seats are taken by neurons that can't be replaced yet. Wait until the immunity of one ends.
        AllImmune,
        /// There is no such release. Check its name and number.
        UnknownRelease,
        /// Evaluators count on the tempo. Double or halve it at most, once an epoch.
        TempoTooAbrupt,
        /// The subnet scores another kind of release. Look at the subnet's kind.
        WrongKind,
        /// Contributors of services are not bound to releases. Register without one.
        NothingToBind,
        /// The release is in a namespace that your account does not own. Use the account of its owner.
        NotReleaseOwner,
        /// The release was catalogued: it states facts about somebody else's files. Register one of your own.
        Catalogued,
        /// Another release holds these bytes: it has better standing, or was first. Only that one can be entered.
        NotHolder,
        /// The release is bound in this subnet already. Bind another one.
        AlreadyBound,
        /// The neuron is bound to no release.
        NotBound,
        /// The neuron's release holds its root, and is its account's. Only from one that does not, or is not, it can be parted.
        StillHolder,
        /// The endpoint is not valid text. Use UTF-8 without control characters.
        BadEndpoint,
        /// Your neuron has no permit to score: too little stake behind it counts, or others have more. See the subnet's minimum stake.
        NoPermit,
        /// You have committed to scores in this epoch. Wait for the next one.
        AlreadyCommitted,
        /// You have committed to nothing in the epoch before. Commit now, and reveal in the next epoch.
        NothingCommitted,
        /// Scores can't be revealed in the epoch in which they were committed to. Wait for the next one.
        RevealTooEarly,
        /// The epoch in which these scores could be revealed is over. Commit anew.
        CommitExpired,
        /// You have revealed scores in this epoch. Wait for the next one.
        AlreadyRevealed,
        /// These scores, with this salt, are not what your account committed to. Check scores, salt, subnet and account.
        NotWhatWasCommitted,
        /// The scores' uids don't rise, or one is there twice. Sort them, each once.
        ScoresNotSorted,
        /// A score is for a seat that has no neuron. Leave it out.
        UnknownUid,
        /// All scores are zero. Score somebody, or the burn slot.
        NoScore,
        /// A score names another root than that of the release the neuron is bound to, or one where there is none. Evaluate what is bound.
        AnotherRoot,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        /// Ends at most one epoch, or goes on with crediting one; leaves room for [`Self::on_finalize`].
        fn on_initialize(now: BlockNumberFor<T>) -> Weight {
            let admitted = Admissions::<T>::decode_len().unwrap_or(0).try_into().unwrap_or(u32::MAX);
            let weight = T::WeightInfo::on_initialize().saturating_add(T::WeightInfo::allocate(admitted));
            if T::NewSession::get() {
                return weight;
            }
            // What is due at its hour, as what was voted for, comes before.
            let room = frame_system::Pallet::<T>::remaining_block_weight().remaining().saturating_sub(weight);
            let limit = T::EpochWeight::get().min(room);
            let work = if CreditingEpoch::<T>::exists() {
                Self::credit_within(limit)
            } else {
                Self::end_due_epoch(now, limit)
            };
            weight.saturating_add(work)
        }

        fn on_idle(_: BlockNumberFor<T>, remaining: Weight) -> Weight {
            Self::clear_within(remaining.min(T::ClearingWeight::get()))
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            Self::allocate();
        }

        fn integrity_test() {
            let rows = MAX_EVALUATORS.saturating_mul(MAX_NEURONS);
            let largest = T::WeightInfo::epoch(MAX_NEURONS, MAX_EVALUATORS, rows);
            assert!(largest.all_lte(T::EpochWeight::get()), "the largest epoch fits into what an epoch may take");
            let page =
                T::WeightInfo::credit_dividends(MAX_EVALUATORS).saturating_add(T::WeightInfo::credit_incentives(1));
            assert!(page.all_lte(T::EpochWeight::get()), "crediting comes to an end");
            assert!(T::WeightInfo::clear(1).all_lte(T::ClearingWeight::get()), "clearing comes to an end");
            assert!(T::History::get() > 0, "a result is kept");
            assert!(T::MaxAdmitted::get() <= T::MaxSubnets::get(), "only what there is is admitted");
            assert!(T::MaximumServiceShare::get() <= T::MaximumShare::get(), "services have less");
            assert!(!T::FoundingHalfLife::get().is_zero() && !T::NeuronPriceHalfLife::get().is_zero(), "prices fall");
            assert!(T::MinimumTempo::get() > 0, "an epoch lasts");
            assert!(Self::is_within_bounds(&Self::initial()), "a new subnet is set within the bounds");
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Founds a subnet. Costs the present price, which is burned, and a deposit. It has no part of the emission until it is
        /// admitted.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::found())]
        pub fn found(
            origin: OriginFor<T>,
            kind: SubnetKind,
            name: RecordName,
            #[pallet::compact] price_limit: Balance,
        ) -> DispatchResult {
            let owner = ensure_signed(origin)?;
            Self::do_found(owner, kind, name, price_limit)
        }

        /// Admits a subnet to the emission for `term` blocks from now, or renews that; zero ends it.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::admit().saturating_add(T::WeightInfo::allocate(1)))]
        pub fn admit(origin: OriginFor<T>, netuid: NetUid, term: BlockNumberFor<T>) -> DispatchResult {
            T::GovernanceOrigin::ensure_origin(origin)?;
            Self::do_admit(netuid, term)
        }

        /// Changes a hyperparameter: the owner what an owner may, once an epoch; a referendum any.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::set_hyperparameter())]
        pub fn set_hyperparameter(
            origin: OriginFor<T>,
            netuid: NetUid,
            hyperparameter: Hyperparameter,
        ) -> DispatchResult {
            let owner = Self::owner_or_governance(origin)?;
            Self::do_set_hyperparameter(owner, netuid, hyperparameter)
        }

        /// Gives a subnet something to pay out, at most [`Hyperparameter::Funding`] in each epoch. Anyone may.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::fund())]
        pub fn fund(origin: OriginFor<T>, netuid: NetUid, #[pallet::compact] amount: Balance) -> DispatchResult {
            let by = ensure_signed(origin)?;
            Self::do_fund(by, netuid, amount)
        }

        /// Registers a neuron, bound to a release if one is named. Costs the present price, which is burned, and a deposit.
        ///
        /// Where all seats are taken, it takes that of the neuron that had least of the last epoch, among those that are not
        /// immune any more.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::register())]
        pub fn register(
            origin: OriginFor<T>,
            netuid: NetUid,
            release: Option<ReleaseId>,
            #[pallet::compact] price_limit: Balance,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_register(who, netuid, release, price_limit)
        }

        /// Takes your neuron away. Its deposits come back.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::deregister())]
        pub fn deregister(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_deregister(who, netuid)
        }

        /// Binds your neuron to a release: to the first for nothing, to another for the price of a new neuron. What was scored
        /// before counts no more, and immunity begins again.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::bind())]
        pub fn bind(
            origin: OriginFor<T>,
            netuid: NetUid,
            release: ReleaseId,
            #[pallet::compact] price_limit: Balance,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_bind(who, netuid, release, price_limit)
        }

        /// Parts a neuron from a release that does not hold its root any more. Anyone may.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::unbind())]
        pub fn unbind(origin: OriginFor<T>, netuid: NetUid, uid: u16) -> DispatchResult {
            ensure_signed(origin)?;
            Self::do_unbind(netuid, uid)
        }

        /// Says where your neuron is found. Empty: nowhere.
        #[pallet::call_index(8)]
        #[pallet::weight(T::WeightInfo::serve())]
        pub fn serve(origin: OriginFor<T>, netuid: NetUid, endpoint: Endpoint) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_serve(who, netuid, endpoint)
        }

        /// Commits to scores, which are revealed in the next epoch. Once an epoch; the first time takes a deposit.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::commit())]
        pub fn commit(origin: OriginFor<T>, netuid: NetUid, hash: H256) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_commit(who, netuid, hash)
        }

        /// Reveals the scores that were committed to in the epoch before. They count in this one.
        ///
        /// Each score for a bound neuron names the root that was evaluated. A score for a neuron that was registered or bound
        /// since it was committed to does not count.
        #[pallet::call_index(10)]
        #[pallet::weight(T::WeightInfo::reveal(scores.len() as u32))]
        pub fn reveal(
            origin: OriginFor<T>,
            netuid: NetUid,
            scores: BoundedVec<Score, ConstU32<MAX_NEURONS>>,
            salt: [u8; 32],
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            Self::do_reveal(who, netuid, &scores, &salt)
        }

        /// Closes a subnet for good: its owner may, or a referendum. What an epoch owes is credited still; what is left of its
        /// funds goes to the owner, deposits to everybody; stake can leave.
        #[pallet::call_index(11)]
        #[pallet::weight(T::WeightInfo::close())]
        pub fn close(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            let owner = Self::owner_or_governance(origin)?;
            Self::do_close(owner, netuid)
        }
    }
}
