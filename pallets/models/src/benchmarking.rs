//! What each call costs at its worst.

#![allow(clippy::unwrap_used)]

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use pedigree_primitives::{
    traits::{BenchmarkRecords, BenchmarkSetup, Registry},
    ParentLink, RecordKind, Relation, MAX_PARENTS,
};

use super::*;

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn release(p: Linear<0, MAX_PARENTS>) {
        let caller: T::AccountId = whitelisted_caller();
        // A dataset by grant is the longest way to the right to cite.
        let parents: Vec<_> = T::BenchmarkSetup::parents(&caller, RecordKind::Dataset, p)
            .into_iter()
            .map(|id| ParentLink { release: id, relation: Relation::TrainedOn })
            .collect();
        let record = T::BenchmarkSetup::record(&caller, RecordKind::Model, 1_000);
        let new = T::BenchmarkSetup::new_release(RecordKind::Model, &parents);
        let root = new.manifest.root;
        T::BenchmarkSetup::reserve(&caller, &[1; 32], &root.0).unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), record, [1; 32], new);

        assert_eq!(T::Registry::holder(root).map(|id| id.record), Some(record));
    }
}
