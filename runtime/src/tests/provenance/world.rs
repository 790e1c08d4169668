//! A chain on which a few people publish.

use frame_support::BoundedVec;
use pedigree_primitives::{
    reservation_hash, Licence, ManifestSummary, NamespaceId, NamespaceName, NewRelease, ParentLink, RecordId,
    RecordKind, RecordName, Relation, ReleaseId, Terms, Text, Upstream,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{DispatchError, Permill};

use super::super::blocks::{begin, call, development, end};
use crate::{AccountId, Namespaces, Records, Runtime, RuntimeCall, System};

/// The errors that the tests name.
pub(super) type RecordError = pallet_records::Error<Runtime>;

/// Runs a story on the development chain, in its blocks, and checks every invariant afterwards.
pub(super) fn story(tell: impl FnOnce()) {
    development().execute_with(|| {
        begin();
        tell();
        end();
        check();
    });
}

/// Checks the invariants of every pallet.
pub(super) fn check() {
    #[cfg(feature = "try-runtime")]
    {
        use frame_support::traits::{TryState, TryStateSelect};
        crate::AllPalletsWithSystem::try_state(System::block_number(), TryStateSelect::All).unwrap();
    }
}

/// Ends this block and begins the next.
pub(super) fn next_block() {
    end();
    begin();
}

/// Lets this block end, `blocks` more pass, and begins another.
pub(super) fn wait(blocks: u32) {
    end();
    super::super::blocks::skip(blocks);
    begin();
}

/// Makes a call as `who`; what fails changes nothing, as in a transaction.
pub(super) fn try_call(who: impl Into<AccountId>, what: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
    frame_support::storage::with_storage_layer(|| call(who, what).map(|_| ()).map_err(|failed| failed.error))
}

/// Reserves what `subject` says and waits for the next block.
pub(super) fn reserve(who: Sr25519Keyring, subject: [u8; 32]) {
    let genesis = System::block_hash(0);
    let hash = reservation_hash(&genesis.0, who.to_account_id().as_ref(), &SALT, &subject);
    try_call(who, pallet_reservations::Call::reserve { hash }).unwrap();
    next_block();
}

/// The salt of all reservations here.
pub(super) const SALT: [u8; 32] = [9; 32];

/// The namespace of that name.
pub(super) fn namespace(name: &str) -> NamespaceId {
    <Namespaces as pedigree_primitives::traits::Namespaces<AccountId>>::find(&NamespaceName::parse(name).unwrap())
        .unwrap()
}

/// A plain namespace of `who`'s.
pub(super) fn claim(who: Sr25519Keyring, name: &str) -> NamespaceId {
    let parsed = NamespaceName::parse(name).unwrap();
    reserve(who, Namespaces::subject(&parsed));
    try_call(who, pallet_namespaces::Call::claim { name: parsed, salt: SALT }).unwrap();
    namespace(name)
}

/// An unlinked channel.
pub(super) fn open(who: Sr25519Keyring, name: &str) -> NamespaceId {
    let parsed = NamespaceName::parse(name).unwrap();
    try_call(who, pallet_namespaces::Call::open { name: parsed }).unwrap();
    namespace(name)
}

/// Links a channel, as a referendum would.
pub(super) fn link(name: &str, owner: Sr25519Keyring) -> NamespaceId {
    use sp_runtime::traits::Dispatchable;
    let link: RuntimeCall =
        pallet_namespaces::Call::link { name: NamespaceName::parse(name).unwrap(), owner: owner.to_account_id() }
            .into();
    link.dispatch(crate::RuntimeOrigin::root()).unwrap();
    namespace(name)
}

/// A record's name.
pub(super) fn name(name: &str) -> RecordName {
    RecordName::parse(name).unwrap()
}

/// An empty record.
pub(super) fn create(who: Sr25519Keyring, namespace: NamespaceId, record: &str, kind: RecordKind) -> RecordId {
    try_call(who, pallet_records::Call::create { namespace, name: name(record), kind }).unwrap();
    Records::find(namespace, &name(record)).unwrap()
}

/// A namespace and an empty model of `who`'s.
pub(super) fn model_of(who: Sr25519Keyring, space: &str) -> RecordId {
    let namespace = claim(who, space);
    create(who, namespace, "model", RecordKind::Model)
}

/// A namespace and an empty dataset of `who`'s.
pub(super) fn dataset_of(who: Sr25519Keyring, space: &str) -> RecordId {
    let namespace = claim(who, space);
    create(who, namespace, "data", RecordKind::Dataset)
}

/// Terms that allow everything and ask nothing.
pub(super) fn open_terms() -> Terms {
    Terms {
        licence: Licence::parse("Apache-2.0").unwrap(),
        commercial_use: true,
        derivatives: true,
        share_alike: false,
        attribution: false,
        royalty: Permill::zero(),
    }
}

/// Terms that ask a royalty.
pub(super) fn asking(percent: u32) -> Terms {
    Terms { royalty: Permill::from_percent(percent), ..open_terms() }
}

/// A root.
pub(super) fn root(n: u64) -> H256 {
    H256::from_low_u64_be(n)
}

/// A release of those bytes.
pub(super) fn bytes(n: u64) -> NewRelease {
    NewRelease {
        manifest: ManifestSummary { root: root(n), files: 3, tensors: 100, bytes: 90_000_000 },
        terms: open_terms(),
        parents: Default::default(),
        card: None,
        locations: Default::default(),
        digests: Default::default(),
    }
}

/// A release of those bytes, built from parents.
pub(super) fn built_from(n: u64, parents: &[(ReleaseId, Relation)]) -> NewRelease {
    let links = parents.iter().map(|(release, relation)| ParentLink { release: *release, relation: *relation });
    NewRelease { parents: BoundedVec::try_from(links.collect::<Vec<_>>()).unwrap(), ..bytes(n) }
}

/// Where catalogued files come from.
pub(super) fn upstream() -> Upstream {
    Upstream { url: Text::new("https://example.org/model").unwrap(), revision: Text::new("main").unwrap() }
}

/// Registers, without a reservation before.
pub(super) fn try_release(
    who: Sr25519Keyring,
    record: RecordId,
    release: NewRelease,
) -> Result<ReleaseId, DispatchError> {
    let kind = pallet_records::Records::<Runtime>::get(record).map(|record| record.kind);
    match kind {
        Some(RecordKind::Dataset) => {
            try_call(who, pallet_datasets::Call::release { record, salt: SALT, release })?;
        }
        _ => try_call(who, pallet_models::Call::release { record, salt: SALT, release })?,
    }
    let releases = pallet_records::Records::<Runtime>::get(record).unwrap().releases;
    Ok(ReleaseId::new(record, releases))
}

/// Reserves, waits a block, and registers.
pub(super) fn register(who: Sr25519Keyring, record: RecordId, release: NewRelease) -> Result<ReleaseId, DispatchError> {
    reserve(who, release.manifest.root.0);
    try_release(who, record, release)
}

/// The stored release.
pub(super) fn stored(id: ReleaseId) -> pallet_records::ReleaseOf<Runtime> {
    Records::release(id).unwrap()
}
