//! The Pedigree runtime: what the chain does with a block.
//!
//! This file names the parts: the types of a block and of a transaction, and the pallets with their indices. How each
//! pallet is set up is in [`configs`], what can be asked from outside in [`apis`], how a chain begins in [`genesis`].

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// What the runtime macro makes stands at this level without documentation; everything of ours is documented.
#![allow(missing_docs)]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

#[warn(missing_docs)]
pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[warn(missing_docs)]
pub mod configs;
#[warn(missing_docs)]
pub mod constants;
#[warn(missing_docs)]
pub mod genesis;
#[warn(missing_docs)]
pub mod governance;
#[warn(missing_docs)]
pub mod weights;

#[cfg(test)]
mod tests;

use alloc::{borrow::Cow, vec::Vec};

use sp_runtime::{
    generic,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
    MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use configs::consensus::SessionKeys;

/// A signature under a transaction: sr25519, ed25519 or ECDSA.
pub type Signature = MultiSignature;
/// Who signs: 32 bytes, shown as an SS58 address.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How an account is named in a call.
pub type Address = MultiAddress<AccountId, ()>;
/// An amount in plancks: 10^12 of them are one PDG.
pub type Balance = u128;
/// The height of a block.
pub type BlockNumber = u32;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash, by BLAKE2b-256.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A transaction as it arrives.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What is signed.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What is checked of, and done around, every transaction. Its order is part of what a wallet signs.
pub type TxExtension = (
    frame_system::AuthorizeCall<Runtime>,
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckEra<Runtime>,
    frame_system::CheckNonce<Runtime>,
    frame_system::CheckWeight<Runtime>,
    pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
    frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
    frame_system::WeightReclaim<Runtime>,
);

/// Executes blocks.
pub type Executive =
    frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

/// Migrations that run once, at the upgrade to this version.
pub type Migrations = migrations::Unreleased;

/// Migrations, by the release that brings them.
pub mod migrations {
    /// Since the last release.
    pub type Unreleased = ();
}

/// Blocks and transactions for those who carry them without looking inside.
pub mod opaque {
    pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

    /// A header.
    pub type Header = super::Header;
    /// A block of bytes.
    pub type Block = super::generic::Block<Header, UncheckedExtrinsic>;
    /// A block's hash.
    pub type Hash = super::Hash;
}

/// Which runtime this is.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("pedigree"),
    impl_name: Cow::Borrowed("pedigree"),
    authoring_version: 1,
    spec_version: 1,
    impl_version: 0,
    apis: apis::RUNTIME_API_VERSIONS,
    transaction_version: 1,
    system_version: 1,
};

#[frame_support::runtime]
mod runtime {
    /// The runtime.
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Runtime;

    // The chain itself.
    #[runtime::pallet_index(0)]
    pub type System = frame_system;
    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;
    #[runtime::pallet_index(2)]
    pub type Babe = pallet_babe;
    #[runtime::pallet_index(3)]
    pub type Authorship = pallet_authorship;
    #[runtime::pallet_index(4)]
    pub type Session = pallet_session;
    #[runtime::pallet_index(5)]
    pub type Grandpa = pallet_grandpa;
    #[runtime::pallet_index(6)]
    pub type Calendar = pallet_calendar;

    // Money.
    #[runtime::pallet_index(10)]
    pub type Balances = pallet_balances;
    #[runtime::pallet_index(11)]
    pub type TransactionPayment = pallet_transaction_payment;

    // Tools.
    #[runtime::pallet_index(20)]
    pub type Utility = pallet_utility;
    #[runtime::pallet_index(21)]
    pub type Multisig = pallet_multisig;
    #[runtime::pallet_index(22)]
    pub type Proxy = pallet_proxy;
    #[runtime::pallet_index(23)]
    pub type Preimage = pallet_preimage;
    #[runtime::pallet_index(24)]
    pub type Scheduler = pallet_scheduler;

    // Governance. Index 32 is kept for origins of our own.
    #[runtime::pallet_index(30)]
    pub type Referenda = pallet_referenda;
    #[runtime::pallet_index(31)]
    pub type ConvictionVoting = pallet_conviction_voting;

    // Pedigree.
    #[runtime::pallet_index(40)]
    pub type Reservations = pallet_reservations;
    #[runtime::pallet_index(41)]
    pub type Namespaces = pallet_namespaces;
    #[runtime::pallet_index(42)]
    pub type Records = pallet_records;
    #[runtime::pallet_index(43)]
    pub type Datasets = pallet_datasets;
    #[runtime::pallet_index(44)]
    pub type Models = pallet_models;
    #[runtime::pallet_index(45)]
    pub type Payouts = pallet_payouts;
    #[runtime::pallet_index(46)]
    pub type Registrars = pallet_registrars;
    #[runtime::pallet_index(47)]
    pub type Sponsorship = pallet_sponsorship;

    // The economy. What is minted comes into the pots before anything is done with it.
    #[runtime::pallet_index(50)]
    pub type Subnets = pallet_subnets;
    #[runtime::pallet_index(51)]
    pub type Stake = pallet_stake;
    #[runtime::pallet_index(52)]
    pub type Dap = pallet_dap;
}
