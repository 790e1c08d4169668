//! Proxies: keys that may act for an account, each for one kind of thing only.
//!
//! What runs unattended (a build server that publishes, a script that votes) gets a key that can do its work and can't
//! spend: no transfer, no purchase, nothing given away. Deposits that its work takes are held from the account it acts for,
//! and come back to that account.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    parameter_types,
    traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

use crate::{constants::currency::deposit, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};

/// What a proxy may do.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum ProxyType {
    /// Anything. As good as the account's own key.
    #[default]
    #[codec(index = 0)]
    Any,
    /// Reserve, register, catalogue, yank, grant; batches of these, and the same paid for by a sponsor. Not: buy a name, give
    /// a namespace or record away.
    #[codec(index = 1)]
    Publishing,
    /// Commit to scores, reveal them, and say where a neuron is found; and batches of these. Nothing else.
    #[codec(index = 2)]
    Scoring,
    /// Propose and vote; and batches of these.
    #[codec(index = 3)]
    Governance,
    /// Allocate, move and take out stake, withdraw dividends, set one's take; and batches of these. What comes of it stays on, or goes to,
    /// the account.
    #[codec(index = 4)]
    Staking,
    /// Refuse what a delayed proxy has announced. Nothing else.
    #[codec(index = 5)]
    CancelProxy,
    /// Say as a registrar whether somebody controls a channel. Nothing else.
    #[codec(index = 6)]
    Attesting,
    /// Open and close sponsorships; and batches of these. It can use the account's money up on what others register, and can't
    /// take it.
    #[codec(index = 7)]
    Sponsoring,
}

impl ProxyType {
    /// Whether a batch of calls, however deep, has only calls that this proxy may make.
    fn allows_batch(self, call: &pallet_utility::Call<Runtime>) -> bool {
        use pallet_utility::Call;
        match call {
            Call::batch { calls } | Call::batch_all { calls } | Call::force_batch { calls } => {
                calls.iter().all(|call| self.filter(call))
            }
            _ => false,
        }
    }
}

impl InstanceFilter<RuntimeCall> for ProxyType {
    fn filter(&self, call: &RuntimeCall) -> bool {
        match self {
            Self::Any => true,
            Self::Publishing => match call {
                // Costs money that does not come back.
                RuntimeCall::Namespaces(pallet_namespaces::Call::claim { .. })
                // Gives away what the account owns.
                | RuntimeCall::Namespaces(pallet_namespaces::Call::offer { .. })
                | RuntimeCall::Records(pallet_records::Call::offer { .. }) => false,
                RuntimeCall::Reservations(_)
                | RuntimeCall::Namespaces(_)
                | RuntimeCall::Records(_)
                | RuntimeCall::Datasets(_)
                | RuntimeCall::Models(_) => true,
                // Not with what a sponsor pays either: it looks at the call inside.
                RuntimeCall::Sponsorship(pallet_sponsorship::Call::dispatch { call, .. }) => self.filter(call),
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
            Self::Governance => match call {
                RuntimeCall::Referenda(_) | RuntimeCall::ConvictionVoting(_) | RuntimeCall::Preimage(_) => true,
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
            Self::Scoring => match call {
                RuntimeCall::Subnets(
                    pallet_subnets::Call::commit { .. }
                    | pallet_subnets::Call::reveal { .. }
                    | pallet_subnets::Call::serve { .. },
                ) => true,
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
            Self::Staking => match call {
                RuntimeCall::Stake(_) => true,
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
            Self::Attesting => match call {
                RuntimeCall::Registrars(
                    pallet_registrars::Call::attest { .. }
                    | pallet_registrars::Call::refuse { .. }
                    | pallet_registrars::Call::conclude { .. },
                ) => true,
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
            Self::CancelProxy => {
                matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
            }
            Self::Sponsoring => match call {
                // Its own registering it pays for itself, or not at all.
                RuntimeCall::Sponsorship(pallet_sponsorship::Call::dispatch { .. }) => false,
                RuntimeCall::Sponsorship(_) => true,
                RuntimeCall::Utility(batch) => self.allows_batch(batch),
                _ => false,
            },
        }
    }

    fn is_superset(&self, other: &Self) -> bool {
        self == other || *self == Self::Any
    }
}

parameter_types! {
    /// An account's list of proxies.
    pub const ProxyDepositBase: Balance = deposit(1, 8);
    /// Each of them: whom, what, how delayed.
    pub const ProxyDepositFactor: Balance = deposit(0, 37);
    /// A proxy's list of announcements.
    pub const AnnouncementDepositBase: Balance = deposit(1, 16);
    /// Each of them: for whom, which call, since when.
    pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
}

impl pallet_proxy::Config for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type Currency = Balances;
    type ProxyType = ProxyType;
    type ProxyDepositBase = ProxyDepositBase;
    type ProxyDepositFactor = ProxyDepositFactor;
    type MaxProxies = ConstU32<32>;
    type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
    type MaxPending = ConstU32<32>;
    type CallHasher = BlakeTwo256;
    type AnnouncementDepositBase = AnnouncementDepositBase;
    type AnnouncementDepositFactor = AnnouncementDepositFactor;
    type BlockNumberProvider = System;
}
