//! Pedigree's own pallets: who publishes, what was published, what it was built from.

use frame_support::{parameter_types, traits::fungible::HoldConsideration, weights::Weight};
use sp_runtime::Permill;

use super::utility::StoragePrice;
use crate::{
    constants::{
        block,
        currency::{MILLI, UNIT},
        time::DAYS,
    },
    governance::LinkOrigin,
    weights, AccountId, Balance, Balances, BlockNumber, Datasets, Namespaces, Records, Reservations, Runtime,
    RuntimeHoldReason, Sponsorship, System,
};

parameter_types! {
    /// What is held for a reservation: more than its storage takes, so that reserving at random is dear.
    pub const ReservationDeposit: Balance = 100 * MILLI;
    /// How long a reservation can be used.
    pub const ReservationLifetime: BlockNumber = DAYS;
    /// What is burned of it when a reservation is left to expire.
    pub const ReservationPenalty: Permill = Permill::from_percent(20);
}

impl pallet_reservations::Config for Runtime {
    type WeightInfo = weights::pallet_reservations::WeightInfo<Runtime>;
    type Currency = Balances;
    type Payer = Sponsorship;
    type Deposit = ReservationDeposit;
    type Lifetime = ReservationLifetime;
    type ExpiryPenalty = ReservationPenalty;
    type BlockNumberProvider = System;
}

parameter_types! {
    /// What a name of seven letters or more costs; each letter less makes it four times as much, so three letters cost
    /// 2,560 PDG.
    pub const NamePrice: Balance = 10 * UNIT;
    /// How long a link is good for: a year, and a month to renew it in.
    pub const LinkLifetime: BlockNumber = (365 + 30) * DAYS;
    /// What a channel's deposit is held for.
    pub const ChannelHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Namespaces(pallet_namespaces::HoldReason::Channel);
}

impl pallet_namespaces::Config for Runtime {
    type WeightInfo = weights::pallet_namespaces::WeightInfo<Runtime>;
    type Currency = Balances;
    type Payer = Sponsorship;
    type BasePrice = NamePrice;
    // The price of a name is burned, so back to what can be issued; once the treasury can be spent from, there.
    type OnPayment = ();
    type Consideration = HoldConsideration<AccountId, Balances, ChannelHoldReason, StoragePrice>;
    type LinkOrigin = LinkOrigin;
    type LinkLifetime = LinkLifetime;
    type Reservations = Reservations;
    type BlockNumberProvider = System;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}

parameter_types! {
    /// What passing deposits on to a publisher may take of a block that has the room.
    pub const AdoptingWeight: Weight = block::ADOPTING_WEIGHT;
    /// What a record's deposit is held for.
    pub const RecordHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Records(pallet_records::HoldReason::Record);
    /// What the deposit of an access rule or a grant is held for.
    pub const AccessHoldReason: RuntimeHoldReason =
        RuntimeHoldReason::Datasets(pallet_datasets::HoldReason::Access);
}

impl pallet_records::Config for Runtime {
    type Namespaces = Namespaces;
    type Reservations = Reservations;
    type Citation = Datasets;
    type Payer = Sponsorship;
    type Consideration = HoldConsideration<AccountId, Balances, RecordHoldReason, StoragePrice>;
    type RuntimeHoldReason = RuntimeHoldReason;
    type BlockNumberProvider = System;
    type AdoptingWeight = AdoptingWeight;
    type WeightInfo = weights::pallet_records::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}

impl pallet_datasets::Config for Runtime {
    type Registry = Records;
    type Payer = Sponsorship;
    type Consideration = HoldConsideration<AccountId, Balances, AccessHoldReason, StoragePrice>;
    type RuntimeHoldReason = RuntimeHoldReason;
    type BlockNumberProvider = System;
    type WeightInfo = weights::pallet_datasets::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}

impl pallet_models::Config for Runtime {
    type Registry = Records;
    type WeightInfo = weights::pallet_models::WeightInfo<Runtime>;
    #[cfg(feature = "runtime-benchmarks")]
    type BenchmarkSetup = benchmark_setup::Setup;
}

/// What the benchmarks of one pallet need of the others.
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmark_setup {
    use alloc::vec::Vec;
    use frame_support::traits::fungible::Mutate;
    use pallet_records::benchmark_support as records;
    use pedigree_primitives::{
        traits::{
            self, BenchmarkChannels, BenchmarkRecords, BenchmarkSetup, BenchmarkStakes, BenchmarkSubnets, Stakes,
        },
        NamespaceId, NamespaceName, NetUid, NewRelease, ParentLink, RecordId, RecordKind, ReleaseId,
        MAX_ASKING_ANCESTORS,
    };
    use sp_runtime::DispatchResult;

    use super::*;

    /// The runtime's own pallets, put into the state that is asked for.
    pub struct Setup;

    impl BenchmarkSetup<AccountId> for Setup {
        fn plain_namespace(owner: &AccountId, seed: u32) -> NamespaceId {
            Namespaces::insert_plain(owner, seed)
        }

        fn unlinked_namespace(seed: u32) -> NamespaceId {
            Namespaces::insert_unlinked(seed)
        }

        fn reserve(who: &AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> DispatchResult {
            Reservations::insert(who, salt, subject).map(drop)
        }

        fn fund(who: &AccountId) {
            // A benchmark that can't be paid for fails by itself.
            let _ = Balances::mint_into(who, 1_000_000 * UNIT);
        }
    }

    impl BenchmarkChannels<AccountId> for Setup {
        fn channel(seed: u32) -> NamespaceName {
            let namespace = Namespaces::insert_unlinked(seed);
            <Namespaces as traits::Namespaces<AccountId>>::name(namespace).map(|(name, _)| name).unwrap_or_default()
        }

        fn fund(who: &AccountId) {
            <Self as BenchmarkSetup<AccountId>>::fund(who);
        }
    }

    impl BenchmarkRecords<AccountId> for Setup {
        fn record(owner: &AccountId, kind: RecordKind, seed: u32) -> RecordId {
            records::record::<Runtime>(owner, kind, seed)
        }

        fn parents(citing: &AccountId, kind: RecordKind, count: u32) -> Vec<ReleaseId> {
            let parents = Self::releases(kind, count, MAX_ASKING_ANCESTORS);
            if kind == RecordKind::Dataset {
                for parent in &parents {
                    // A benchmark whose parents may not be cited fails by itself.
                    let _ = Datasets::insert_grant(parent.record, citing);
                }
            }
            parents
        }

        fn releases(kind: RecordKind, count: u32, ancestors: u32) -> Vec<ReleaseId> {
            records::releases::<Runtime>(kind, count, ancestors)
        }

        fn new_release(kind: RecordKind, parents: &[ParentLink]) -> NewRelease {
            records::new_release::<Runtime>(kind, parents)
        }
    }

    impl BenchmarkSubnets<AccountId> for Setup {
        fn subnet(evaluator: &AccountId) -> NetUid {
            let netuid = NetUid(0);
            // A benchmark without a subnet, or a neuron in it, fails by itself.
            if !pallet_subnets::Subnets::<Runtime>::contains_key(netuid) {
                let kind = pallet_subnets::SubnetKind::Model;
                let name = pedigree_primitives::RecordName::parse("subnet").unwrap_or_default();
                let _ = crate::Subnets::found(signed(evaluator), kind, name, Balance::MAX);
            }
            let _ = crate::Subnets::register(signed(evaluator), netuid, None, Balance::MAX);
            netuid
        }

        fn close(netuid: NetUid) {
            let _ = crate::Subnets::close(crate::RuntimeOrigin::root(), netuid);
        }

        fn fund(who: &AccountId) {
            <Self as BenchmarkSetup<AccountId>>::fund(who);
        }
    }

    impl BenchmarkStakes<AccountId> for Setup {
        fn stake(netuid: NetUid, evaluator: &AccountId, amount: u128) {
            // A benchmark without the stake fails by itself.
            let _ = crate::Stake::allocate(signed(evaluator), netuid, evaluator.clone(), amount, Permill::one());
            <crate::Stake as Stakes<AccountId>>::end_epoch(netuid);
        }

        fn minimum() -> u128 {
            crate::configs::economy::MinimumStake::get()
        }
    }

    fn signed(who: &AccountId) -> crate::RuntimeOrigin {
        crate::RuntimeOrigin::signed(who.clone())
    }
}
