//! What each call costs at its worst.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]
// The macro writes functions without documentation.
#![allow(missing_docs)]

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{EnsureOrigin, Get},
    BoundedVec,
};
use frame_system::RawOrigin;
use pedigree_primitives::{
    traits::{BenchmarkChannels, Channels},
    NamespaceName,
};

use crate::{Call, Config, Evidence, Pallet, Refusal, Registrars, Requests, Verdict};

/// As many registrars as there can be; more than half of them decide.
fn appointed<T: Config>() -> Vec<T::AccountId> {
    let all = T::MaxRegistrars::get();
    let registrars: Vec<T::AccountId> = (0..all).map(|seed| account("registrar", seed, 0)).collect();
    Registrars::<T>::put(Pallet::<T>::panel(registrars, all / 2 + 1).ok().unwrap());
    Registrars::<T>::get().registrars.into_inner()
}

/// A request for a channel that somebody opened and catalogued in.
fn requested<T: Config>(claimant: &T::AccountId) -> NamespaceName {
    let name = T::BenchmarkSetup::channel(0);
    T::BenchmarkSetup::fund(claimant);
    Pallet::<T>::do_request(claimant.clone(), name.clone(), Evidence::DnsRecord, true).unwrap();
    name
}

/// What the first `count` registrars have found.
fn judged<T: Config>(name: &NamespaceName, claimant: &T::AccountId, registrars: &[T::AccountId], verdict: Verdict) {
    Requests::<T>::mutate(Pallet::<T>::key(name), claimant, |request| {
        let verdicts = registrars.iter().map(|registrar| (registrar.clone(), verdict)).collect();
        request.as_mut().unwrap().verdicts = BoundedVec::truncate_from(verdicts);
    });
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn appoint() -> Result<(), BenchmarkError> {
        let origin = T::AppointOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let all = T::MaxRegistrars::get();
        // In the wrong order.
        let registrars: Vec<T::AccountId> = appointed::<T>().into_iter().rev().collect();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, BoundedVec::truncate_from(registrars), all);

        assert_eq!(Registrars::<T>::get().threshold, all);
        Ok(())
    }

    #[benchmark]
    fn request() {
        let caller: T::AccountId = whitelisted_caller();
        appointed::<T>();
        let name = T::BenchmarkSetup::channel(0);
        T::BenchmarkSetup::fund(&caller);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), name.clone(), Evidence::DnsRecord, true);

        assert!(Requests::<T>::contains_key(Pallet::<T>::key(&name), caller));
    }

    #[benchmark]
    fn cancel() {
        let caller: T::AccountId = whitelisted_caller();
        let registrars = appointed::<T>();
        let name = requested::<T>(&caller);
        judged::<T>(&name, &caller, &registrars, Verdict::Attested);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller.clone()), name.clone());

        assert!(!Requests::<T>::contains_key(Pallet::<T>::key(&name), caller));
    }

    /// The one that is missing: all others have looked, and the channel is linked.
    #[benchmark]
    fn attest() -> Result<(), BenchmarkError> {
        let claimant: T::AccountId = account("claimant", 0, 0);
        let mut registrars = appointed::<T>();
        let caller = registrars.pop().ok_or("there are registrars")?;
        let name = requested::<T>(&claimant);
        judged::<T>(&name, &claimant, &registrars, Verdict::Attested);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), name.clone(), claimant.clone(), Pallet::<T>::now(), Evidence::DnsRecord);

        assert_eq!(T::Channels::linked(&name).map(|(owner, _)| owner), Some(claimant));
        Ok(())
    }

    /// The one that is missing: all others have refused, and the request is closed.
    #[benchmark]
    fn refuse() -> Result<(), BenchmarkError> {
        let claimant: T::AccountId = account("claimant", 0, 0);
        let mut registrars = appointed::<T>();
        let caller = registrars.pop().ok_or("there are registrars")?;
        let name = requested::<T>(&claimant);
        let before = registrars.clone();
        judged::<T>(&name, &claimant, &before, Verdict::Refused(Refusal::OtherAccount));

        #[extrinsic_call]
        _(
            RawOrigin::Signed(caller),
            name.clone(),
            claimant.clone(),
            Pallet::<T>::now(),
            Evidence::DnsRecord,
            Refusal::Missing,
        );

        assert!(!Requests::<T>::contains_key(Pallet::<T>::key(&name), claimant));
        Ok(())
    }

    /// A notice is over: the channel passes to whoever asked.
    #[benchmark]
    fn conclude() -> Result<(), BenchmarkError> {
        let caller: T::AccountId = whitelisted_caller();
        let claimant: T::AccountId = account("claimant", 0, 0);
        let owner: T::AccountId = account("owner", 0, 0);
        let registrars = appointed::<T>();
        let name = T::BenchmarkSetup::channel(0);
        T::Channels::link(&name, &owner)?;
        let later = Pallet::<T>::now() + 1u32.into();
        frame_system::Pallet::<T>::set_block_number(later);
        T::BenchmarkSetup::fund(&claimant);
        Pallet::<T>::do_request(claimant.clone(), name.clone(), Evidence::DnsRecord, true)?;
        judged::<T>(&name, &claimant, &registrars, Verdict::Attested);
        Requests::<T>::mutate(Pallet::<T>::key(&name), &claimant, |stored| {
            stored.as_mut().unwrap().notice = Some(later);
        });

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), name.clone(), claimant.clone());

        assert_eq!(T::Channels::linked(&name).map(|(owner, _)| owner), Some(claimant));
        Ok(())
    }
}
