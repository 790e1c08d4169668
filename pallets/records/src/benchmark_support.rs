//! Worlds for benchmarks: of this pallet, and of those that register through it.

use alloc::{vec, vec::Vec};
use frame_benchmarking::account;
use frame_support::BoundedVec;
use pedigree_primitives::{
    traits::BenchmarkSetup, Digest, DigestKind, Licence, ManifestSummary, NewRelease, ParentLink, RecordId, RecordKind,
    RecordName, ReleaseId, RoyaltySplit, Terms, Text, Upstream, MAX_DIGESTS, MAX_LOCATIONS,
};
use sp_arithmetic::Permill;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

use crate::{register::Provenance, Config, Pallet, Records};

/// The root of every [`new_release`].
pub const ROOT: H256 = H256([7; 32]);

/// The root of the release of that seed.
fn root(seed: u32) -> H256 {
    BlakeTwo256::hash(&seed.to_le_bytes())
}

/// A text of as many bytes as fit.
fn longest<const MAX: u32>() -> Text<MAX> {
    Text::new(&"x".repeat(MAX as usize)).unwrap_or_default()
}

/// The longest name that ends with `seed`.
pub fn record_name(seed: u32) -> RecordName {
    RecordName::parse(&alloc::format!("{seed:x>96}")).unwrap_or_default()
}

/// Where catalogued files come from, as long as it may be.
pub fn upstream() -> Upstream {
    Upstream { url: longest(), revision: longest() }
}

fn terms(royalty: Permill) -> Terms {
    Terms {
        licence: Licence::parse(&"x".repeat(128)).unwrap_or_default(),
        commercial_use: true,
        derivatives: true,
        share_alike: false,
        attribution: false,
        royalty,
    }
}

fn plain_release(root: H256, royalty: Permill) -> NewRelease {
    NewRelease {
        manifest: ManifestSummary { root, files: 1, tensors: 1, bytes: 1 },
        terms: terms(royalty),
        parents: Default::default(),
        card: None,
        locations: Default::default(),
        digests: Default::default(),
    }
}

/// A release as large as it may be.
pub fn largest_release(parents: &[ParentLink]) -> NewRelease {
    let digest = |seed: u8| Digest { kind: DigestKind::Sha256, value: BoundedVec::truncate_from(vec![seed; 32]) };
    NewRelease {
        parents: BoundedVec::truncate_from(parents.to_vec()),
        card: Some(ROOT),
        locations: BoundedVec::truncate_from(vec![longest(); MAX_LOCATIONS as usize]),
        digests: BoundedVec::truncate_from((0..MAX_DIGESTS as u8).map(digest).collect()),
        ..plain_release(ROOT, Permill::zero())
    }
}

/// An empty record of `owner`'s, in a plain namespace of its own.
pub fn record<T: Config>(owner: &T::AccountId, kind: RecordKind, seed: u32) -> RecordId {
    T::BenchmarkSetup::fund(owner);
    let namespace = T::BenchmarkSetup::plain_namespace(owner, seed);
    Pallet::<T>::insert_record(owner.clone(), namespace, record_name(seed), kind).unwrap_or_default()
}

fn insert_release<T: Config>(
    owner: &T::AccountId,
    kind: RecordKind,
    seed: u32,
    new: NewRelease,
    split: RoyaltySplit,
) -> ReleaseId {
    let record = record::<T>(owner, kind, seed);
    let provenance = Provenance::<T> {
        registrant: owner.clone(),
        first_seen: Default::default(),
        upstream: None,
        parents: Default::default(),
        split,
    };
    let Some(mut stored) = Records::<T>::get(record) else { return ReleaseId::new(record, 0) };
    let inserted = Pallet::<T>::insert_release(record, &mut stored, new, provenance);
    Records::<T>::insert(record, stored);
    inserted.map_or(ReleaseId::new(record, 0), |(id, _)| id)
}

/// `count` releases of that kind that anyone may cite, each of an owner of its own, all with the same `ancestors` that
/// ask.
pub fn releases<T: Config>(kind: RecordKind, count: u32, ancestors: u32) -> Vec<ReleaseId> {
    let release = |seed: u32, royalty: Permill, split: RoyaltySplit| {
        let owner: T::AccountId = account("owner", seed, 0);
        insert_release::<T>(&owner, kind, seed, plain_release(root(seed), royalty), split)
    };
    let none = RoyaltySplit::default();
    let royalty = Permill::from_percent(1);
    let asking: Vec<_> = (0..ancestors).map(|seed| release(seed, royalty, none.clone())).collect();
    let split = RoyaltySplit::of(asking.iter().map(|id| (*id, royalty, &none))).unwrap_or_default();
    (0..count).map(|n| release(ancestors.saturating_add(n), Permill::zero(), split.clone())).collect()
}

/// A release as large as it may be, of bytes that a catalogued release holds so far.
pub fn new_release<T: Config>(kind: RecordKind, parents: &[ParentLink]) -> NewRelease {
    let cataloguer: T::AccountId = account("cataloguer", 0, 0);
    T::BenchmarkSetup::fund(&cataloguer);
    let namespace = T::BenchmarkSetup::unlinked_namespace(0);
    let _ = Pallet::<T>::do_catalogue(
        cataloguer,
        namespace,
        record_name(0),
        kind,
        plain_release(ROOT, Permill::zero()),
        upstream(),
    );
    largest_release(parents)
}
