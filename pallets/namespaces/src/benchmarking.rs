//! How long the calls take.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]
// The macro writes functions without documentation.
#![allow(missing_docs)]

use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, EnsureOrigin};
use frame_system::RawOrigin;
use pedigree_primitives::{
    traits::{BenchmarkSetup, Channels},
    NamespaceId,
};

use crate::{Call, Config, NamespaceOf, Namespaces, NextNamespaceId, Pallet};

const SALT: [u8; 32] = [1; 32];

fn stored<T: Config>(id: NamespaceId) -> NamespaceOf<T> {
    Namespaces::<T>::get(id).expect("it exists")
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn claim() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        T::BenchmarkSetup::fund(&caller);
        let name = Pallet::<T>::plain_name(0);
        let id = NextNamespaceId::<T>::get();
        T::BenchmarkSetup::reserve(&caller, &SALT, &Pallet::<T>::subject(&name))?;

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), name, SALT);

        assert_eq!(stored::<T>(id).owner, Some(caller));
        Ok(())
    }

    #[benchmark]
    fn open() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        T::BenchmarkSetup::fund(&caller);
        T::Consideration::ensure_successful(&caller, Pallet::<T>::footprint());
        let name = Pallet::<T>::channel_name(0);
        let id = NextNamespaceId::<T>::get();

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), name);

        assert!(stored::<T>(id).opener.is_some());
        Ok(())
    }

    #[benchmark]
    fn link() -> Result<(), BenchmarkError> {
        let origin = T::LinkOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let owner: T::AccountId = account("owner", 0, 0);
        let id = Pallet::<T>::insert_unlinked(0);
        let name = stored::<T>(id).name;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, name, owner.clone());

        assert_eq!(stored::<T>(id).owner, Some(owner));
        Ok(())
    }

    #[benchmark]
    fn offer() {
        let caller: T::AccountId = whitelisted_caller();
        let to: T::AccountId = account("to", 0, 0);
        let id = Pallet::<T>::insert_plain(&caller, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), id, to.clone());

        assert_eq!(stored::<T>(id).offered_to, Some(to));
    }

    #[benchmark]
    fn withdraw_offer() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let to: T::AccountId = account("to", 0, 0);
        let id = Pallet::<T>::insert_plain(&caller, 0);
        Pallet::<T>::offer(RawOrigin::Signed(caller.clone()).into(), id, to)?;

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), id);

        assert_eq!(stored::<T>(id).offered_to, None);
        Ok(())
    }

    #[benchmark]
    fn accept() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let owner: T::AccountId = account("owner", 0, 0);
        let id = Pallet::<T>::insert_plain(&owner, 0);
        Pallet::<T>::offer(RawOrigin::Signed(owner).into(), id, caller.clone())?;

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), id);

        assert_eq!(stored::<T>(id).owner, Some(caller));
        Ok(())
    }

    #[benchmark]
    fn lapse() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let owner: T::AccountId = account("owner", 0, 0);
        let id = <Pallet<T> as Channels<_>>::link(&Pallet::<T>::channel_name(0), &owner)?;
        Pallet::<T>::offer(RawOrigin::Signed(owner).into(), id, caller.clone())?;
        Namespaces::<T>::mutate(id, |namespace| {
            let stored = namespace.as_mut().and_then(|namespace| namespace.link.as_mut());
            if let Some(stored) = stored {
                stored.lapses = stored.shown;
            }
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), id);

        assert_eq!(stored::<T>(id).owner, None);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
