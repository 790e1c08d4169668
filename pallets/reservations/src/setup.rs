//! For the benchmarks of other pallets: the state that they need of this one.

use frame_support::{
    dispatch::DispatchResult,
    traits::{
        fungible::{Inspect, Mutate},
        Get,
    },
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{
    traits::{BlockNumberProvider, One},
    Saturating,
};

use crate::{Config, Pallet};

impl<T: Config> Pallet<T> {
    /// Makes `who` able to pay for `count` reservations more.
    pub(crate) fn fund(who: &T::AccountId, count: u32) -> DispatchResult {
        let amount = T::Deposit::get().saturating_mul(count.into()).saturating_add(T::Currency::minimum_balance());
        T::Currency::mint_into(who, amount).map(|_| ())
    }

    /// A reservation of `subject` by `who` with `salt`, old enough to be used: the next block begins. Funds `who`.
    pub fn insert(who: &T::AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> Result<H256, sp_runtime::DispatchError> {
        Self::fund(who, 1)?;
        let hash = Self::hash_of(who, salt, subject);
        Self::reserve(RawOrigin::Signed(who.clone()).into(), hash)?;
        T::BlockNumberProvider::set_block_number(Self::now().saturating_add(One::one()));
        Ok(hash)
    }
}
