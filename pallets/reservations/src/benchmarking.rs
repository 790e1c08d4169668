//! How long the calls take.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]
// The macro writes functions without documentation.
#![allow(missing_docs)]

use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::{
    traits::{BlockNumberProvider, One},
    Saturating,
};

use crate::{Call, Config, Pallet, Reservations};

const SALT: [u8; 32] = [1; 32];
const SUBJECT: [u8; 32] = [2; 32];

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn reserve() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        Pallet::<T>::fund(&caller, 2)?;
        let hash = H256([3; 32]);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), hash);

        assert!(Reservations::<T>::contains_key(&caller, hash));
        Ok(())
    }

    #[benchmark]
    fn cancel() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let hash = Pallet::<T>::insert(&caller, &SALT, &SUBJECT)?;

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), hash);

        assert!(!Reservations::<T>::contains_key(&caller, hash));
        Ok(())
    }

    #[benchmark]
    fn expire() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let who: T::AccountId = account("who", 0, 0);
        let hash = Pallet::<T>::insert(&who, &SALT, &SUBJECT)?;
        let late = Pallet::<T>::now().saturating_add(T::Lifetime::get()).saturating_add(One::one());
        T::BlockNumberProvider::set_block_number(late);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), who.clone(), hash);

        assert!(!Reservations::<T>::contains_key(&who, hash));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
