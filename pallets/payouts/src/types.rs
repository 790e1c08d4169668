//! What is stored.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::fungible::Inspect, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

/// An amount of the token.
pub type BalanceOf<T> = <<T as crate::Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// The account of a release, in this runtime's types.
pub type AccountOf<T> = Account<BalanceOf<T>, frame_system::pallet_prelude::BlockNumberFor<T>>;
/// A payment, in this runtime's types.
pub type PaymentOf<T> =
    Payment<<T as frame_system::Config>::AccountId, BalanceOf<T>, frame_system::pallet_prelude::BlockNumberFor<T>>;

/// The emission of a release, in this runtime's types.
pub type EmissionOf<T> = Emission<BalanceOf<T>, <T as crate::Config>::MaxMaturing>;

/// What came to a release, and what became of it. What it ever earned is owed, withdrawn or expired.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Account<Balance, BlockNumber> {
    /// What was paid to the release itself, ever.
    pub paid: Balance,
    /// How much of that was credited to the release and its ancestors.
    pub settled: Balance,
    /// What the release can withdraw.
    pub owed: Balance,
    /// What went to its owner.
    pub withdrawn: Balance,
    /// What went to the treasury, because nobody owned it for too long.
    pub expired: Balance,
    /// The block in which it was credited last.
    pub credited: BlockNumber,
    /// How many payments were made to it.
    pub payments: u64,
}

/// A payment to a release.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Payment<AccountId, Balance, BlockNumber> {
    /// Who paid.
    pub payer: AccountId,
    /// How much.
    pub amount: Balance,
    /// What the payer says it is for: the digest of an invoice, a contract, a receipt.
    pub memo: Option<H256>,
    /// In which block.
    pub block: BlockNumber,
}

/// What came to a release by rule, and is its own once it has matured.
#[derive(
    frame_support::CloneNoBound,
    frame_support::DebugNoBound,
    frame_support::DefaultNoBound,
    frame_support::PartialEqNoBound,
    frame_support::EqNoBound,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
#[scale_info(skip_type_params(Max))]
pub struct Emission<Balance, Max>
where
    Balance: Clone + core::fmt::Debug + Default + Eq,
    Max: frame_support::traits::Get<u32>,
{
    /// All that ever came.
    pub credited: Balance,
    /// How much of it has matured: since then it is among what was paid to the release.
    pub matured: Balance,
    /// The rest, by the period it came in, the oldest first.
    pub maturing: BoundedVec<Maturing<Balance>, Max>,
}

/// What came in one period and has not matured.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Maturing<Balance> {
    /// The number of the period: the block, divided by the length of one.
    pub period: u32,
    /// How much.
    pub amount: Balance,
}
