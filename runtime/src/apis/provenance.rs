//! What was published and what it was built from, as it can be read.

use alloc::{boxed::Box, collections::BTreeMap, format, rc::Rc, string::String, vec::Vec};

use codec::{Decode, Encode};
use pallet_records::{Children, Digests, Holders, Names, Records, Releases, Roots, Splits};
use pedigree_primitives::{
    api::{
        Balance as Amount, ChildView, DigestView, Page, PageRequest, ParentView, RecordView, ReleaseView, ShareView,
        UpstreamView, YankView,
    },
    traits::Namespaces as _,
    Bytes, Digest, NamespaceId, RecordId, RecordKind, ReleaseId, ReleasePath, Standing,
};
use sp_core::H256;

use super::paging::{empty, page};
use crate::{AccountId, Balance, Datasets, Namespaces, Records as RecordsPallet, Runtime};

type Release = pallet_records::ReleaseOf<Runtime>;
type Record = pallet_records::RecordOf<Runtime>;
/// A record's name in lower case, as the records of a namespace are ordered by.
type NameKey = Vec<u8>;

/// The record of that name: `NAMESPACE/NAME`.
pub(super) fn find_record(path: &str) -> Option<RecordId> {
    let path = ReleasePath::parse(path).ok()?;
    match path.number {
        None => record_at(&path),
        Some(_) => None,
    }
}

/// The release of that name: `NAMESPACE/NAME@NUMBER`, or the latest of `NAMESPACE/NAME`.
pub(super) fn find_release(path: &str) -> Option<ReleaseId> {
    let path = ReleasePath::parse(path).ok()?;
    let record = record_at(&path)?;
    let number = match path.number {
        Some(number) => number,
        None => Records::<Runtime>::get(record)?.releases,
    };
    Releases::<Runtime>::contains_key(record, number).then_some(ReleaseId { record, number })
}

fn record_at(path: &ReleasePath) -> Option<RecordId> {
    RecordsPallet::find(Namespaces::find(&path.namespace)?, &path.record)
}

/// A record, as it stands now.
pub(super) fn record(id: RecordId) -> Option<RecordView> {
    let record = Records::<Runtime>::get(id)?;
    let owner = owner(record.namespace);
    Some(RecordView {
        id,
        name: record_name(&record)?,
        kind: record.kind,
        namespace: record.namespace,
        standing: Namespaces::standing(record.namespace)?,
        releases: record.releases,
        access: (record.kind == RecordKind::Dataset).then(|| Datasets::access(id)),
        // What a former owner offered can't be accepted any more.
        offered_to: record.offer.filter(|offer| owner.as_ref() == Some(&offer.by)).map(|offer| offer.to),
        owner,
        deposit: Amount(held(&record.deposit.ticket)),
        depositor: record.deposit.who,
        created: record.created,
    })
}

/// A release, with everything around it as it stands now.
pub(super) fn release(id: ReleaseId) -> Option<ReleaseView> {
    Reader::default().release(id)
}

/// Shows releases, and reads what many of them have in common only once.
#[derive(Default)]
pub(super) struct Reader {
    places: BTreeMap<RecordId, Option<Rc<Place>>>,
    publishers: BTreeMap<NamespaceId, Option<Rc<Publisher>>>,
    yanked: BTreeMap<ReleaseId, bool>,
}

/// The record of a release.
pub(super) struct Place {
    /// `NAMESPACE/NAME`.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: RecordKind,
    /// How many releases it has.
    pub(super) releases: u32,
    publisher: Rc<Publisher>,
}

/// The namespace of a record.
struct Publisher {
    name: String,
    standing: Standing,
    owner: Option<AccountId>,
}

impl Reader {
    /// A release, with everything around it as it stands now.
    pub(super) fn release(&mut self, id: ReleaseId) -> Option<ReleaseView> {
        let place = self.place(id.record)?;
        let release = RecordsPallet::release(id)?;
        Some(ReleaseView {
            id,
            name: format!("{}@{}", place.name, id.number),
            kind: place.kind,
            standing: place.publisher.standing,
            standing_when_registered: release.standing,
            owner: place.publisher.owner.clone(),
            manifest: release.manifest,
            holder: RecordsPallet::is_holder(id, &release),
            parents: self.parents_of(&release),
            card: release.card,
            locations: release.locations.iter().map(|location| String::from(location.as_str())).collect(),
            digests: release
                .digests
                .iter()
                .map(|digest| DigestView { kind: digest.kind, value: Bytes(digest.value.to_vec()) })
                .collect(),
            upstream: release.upstream.as_ref().map(|upstream| UpstreamView {
                url: String::from(upstream.url.as_str()),
                revision: String::from(upstream.revision.as_str()),
            }),
            yanked: release.yanked.as_ref().map(|yank| YankView {
                reason: String::from(yank.reason.as_str()),
                successor: yank.successor,
                successor_name: yank.successor.and_then(|successor| self.release_name(successor)),
                block: yank.block,
            }),
            first_seen: release.first_seen,
            registered: release.registered,
            registrant: release.registrant,
            terms: release.terms,
        })
    }

    /// The record of that id.
    pub(super) fn place(&mut self, id: RecordId) -> Option<Rc<Place>> {
        if let Some(place) = self.places.get(&id) {
            return place.clone();
        }
        let place = Records::<Runtime>::get(id).and_then(|record| {
            let publisher = self.publisher(record.namespace)?;
            let name = format!("{}/{}", publisher.name, record.name.as_str());
            Some(Rc::new(Place { name, kind: record.kind, releases: record.releases, publisher }))
        });
        self.places.insert(id, place.clone());
        place
    }

    fn publisher(&mut self, id: NamespaceId) -> Option<Rc<Publisher>> {
        let read = || {
            let namespace = pallet_namespaces::Namespaces::<Runtime>::get(id)?;
            Some(Rc::new(Publisher {
                name: String::from(namespace.name.as_str()),
                standing: namespace.standing(),
                owner: namespace.owner,
            }))
        };
        self.publishers.entry(id).or_insert_with(read).clone()
    }

    /// `NAMESPACE/NAME@NUMBER`.
    pub(super) fn release_name(&mut self, id: ReleaseId) -> Option<String> {
        Some(format!("{}@{}", self.place(id.record)?.name, id.number))
    }

    fn parents_of(&mut self, release: &Release) -> Vec<ParentView> {
        let mut parents = Vec::with_capacity(release.parents.len());
        for parent in &release.parents {
            let id = parent.link.release;
            let Some(place) = self.place(id.record) else { continue };
            let read = || RecordsPallet::release(id).is_some_and(|parent| parent.yanked.is_some());
            parents.push(ParentView {
                release: id,
                name: format!("{}@{}", place.name, id.number),
                kind: place.kind,
                relation: parent.link.relation,
                standing_when_cited: parent.standing,
                standing: place.publisher.standing,
                yanked_when_cited: parent.yanked,
                // A yank stands: what was so when it was cited is so now.
                yanked: parent.yanked || *self.yanked.entry(id).or_insert_with(read),
            });
        }
        parents
    }
}

/// The release that holds a root.
pub(super) fn holder(root: H256) -> Option<ReleaseId> {
    Holders::<Runtime>::get(root)
}

/// All releases of these bytes.
pub(super) fn releases_by_root(root: H256, request: &PageRequest) -> Page<ReleaseView> {
    let mut reader = Reader::default();
    page(
        request,
        |after| match after {
            None => Roots::<Runtime>::iter_key_prefix(root),
            Some(last) => Roots::<Runtime>::iter_key_prefix_from(root, Roots::<Runtime>::hashed_key_for(root, last)),
        },
        |id| reader.release(id),
    )
}

/// All releases that name this digest.
pub(super) fn releases_by_digest(view: DigestView, request: &PageRequest) -> Page<ReleaseView> {
    let Some(digest) = digest(view) else { return empty() };
    let key = RecordsPallet::digest_key(&digest);
    let mut reader = Reader::default();
    page(
        request,
        |after| match after {
            None => Digests::<Runtime>::iter_key_prefix(key),
            Some(last) => Digests::<Runtime>::iter_key_prefix_from(key, Digests::<Runtime>::hashed_key_for(key, last)),
        },
        |id| reader.release(id),
    )
}

/// The records of a namespace.
pub(super) fn records_of_namespace(name: &str, request: &PageRequest) -> Page<RecordView> {
    let Some(namespace) = super::namespaces::find(name) else { return empty() };
    page(
        request,
        |after| names_after(namespace, after).map(|(name, _)| name),
        |name| record(Names::<Runtime>::get(namespace, NameBound::try_from(name).ok()?)?),
    )
}

/// The releases of a record, ordered by number.
pub(super) fn releases_of_record(id: RecordId, request: &PageRequest) -> Page<ReleaseView> {
    let mut reader = Reader::default();
    page(
        request,
        |after: Option<u32>| numbers_after(id, after.unwrap_or(0)),
        |number| reader.release(ReleaseId { record: id, number }),
    )
}

/// The releases of all records of a namespace, record by record.
pub(super) fn releases_of_namespace(name: &str, request: &PageRequest) -> Page<ReleaseView> {
    let mut reader = Reader::default();
    each_release_of_namespace(name, request, |id| reader.release(id))
}

/// A view of each release of a namespace that has one.
pub(super) fn each_release_of_namespace<View>(
    name: &str,
    request: &PageRequest,
    mut view: impl FnMut(ReleaseId) -> Option<View>,
) -> Page<View> {
    let Some(namespace) = super::namespaces::find(name) else { return empty() };
    page(
        request,
        |after: Option<(NameKey, u32)>| {
            let begun = after.clone().and_then(|(name, number)| {
                let record = Names::<Runtime>::get(namespace, NameBound::try_from(name.clone()).ok()?)?;
                Some(numbers_after(record, number).map(move |number| (name.clone(), number)))
            });
            // Each record is met as its release 0, which there never is: so records without releases count as looked at.
            let rest = names_after(namespace, after.map(|(name, _)| name)).flat_map(|(name, record)| {
                core::iter::once(0).chain(numbers_after(record, 0)).map(move |number| (name.clone(), number))
            });
            begun.into_iter().flatten().chain(rest)
        },
        |(name, number)| {
            let record = Names::<Runtime>::get(namespace, NameBound::try_from(name).ok()?)?;
            view(ReleaseId { record, number })
        },
    )
}

/// What a release was built from.
pub(super) fn parents(id: ReleaseId) -> Option<Vec<ParentView>> {
    RecordsPallet::release(id).map(|release| Reader::default().parents_of(&release))
}

/// What was built from a release.
pub(super) fn children(id: ReleaseId, request: &PageRequest) -> Page<ChildView> {
    let mut reader = Reader::default();
    page(
        request,
        |after| match after {
            None => Children::<Runtime>::iter_key_prefix(id),
            Some(last) => Children::<Runtime>::iter_key_prefix_from(id, Children::<Runtime>::hashed_key_for(id, last)),
        },
        |child| {
            let release = RecordsPallet::release(child)?;
            let place = reader.place(child.record)?;
            Some(ChildView {
                release: child,
                name: format!("{}@{}", place.name, child.number),
                kind: place.kind,
                relation: release.parents.iter().find(|parent| parent.link.release == id)?.link.relation,
                standing: place.publisher.standing,
                yanked: release.yanked.is_some(),
            })
        },
    )
}

/// What a payment to a release is split into: what it keeps, then what its ancestors are owed.
pub(super) fn royalty_split(id: ReleaseId) -> Option<Vec<ShareView>> {
    RecordsPallet::release(id)?;
    let split = Splits::<Runtime>::get(id);
    let mut reader = Reader::default();
    let shares = core::iter::once((id, split.own())).chain(split.iter());
    shares
        .map(|(release, rate)| {
            Some(ShareView { release, name: reader.release_name(release)?, millionths: rate.deconstruct() })
        })
        .collect()
}

/// A digest, if its length is right for its kind.
pub(super) fn digest(view: DigestView) -> Option<Digest> {
    let digest = Digest { kind: view.kind, value: view.value.0.try_into().ok()? };
    digest.is_valid().then_some(digest)
}

type NameBound = frame_support::BoundedVec<u8, sp_core::ConstU32<{ pedigree_primitives::MAX_RECORD_NAME }>>;

/// The names and ids of a namespace's records, after one of them.
fn names_after(namespace: NamespaceId, after: Option<NameKey>) -> Box<dyn Iterator<Item = (NameKey, RecordId)>> {
    let names = match after.map(NameBound::try_from) {
        None => Names::<Runtime>::iter_prefix(namespace),
        Some(Ok(last)) => {
            Names::<Runtime>::iter_prefix_from(namespace, Names::<Runtime>::hashed_key_for(namespace, last))
        }
        Some(Err(_)) => return Box::new(core::iter::empty()),
    };
    Box::new(names.map(|(name, record)| (name.into_inner(), record)))
}

/// The numbers of a record's releases, after one of them.
fn numbers_after(record: RecordId, after: u32) -> core::ops::RangeInclusive<u32> {
    let count = Records::<Runtime>::get(record).map_or(0, |record| record.releases);
    after.saturating_add(1)..=count
}

/// `NAMESPACE/NAME`.
fn record_name(record: &Record) -> Option<String> {
    let (namespace, _) = Namespaces::name(record.namespace)?;
    Some(format!("{}/{}", namespace.as_str(), record.name.as_str()))
}

/// `NAMESPACE/NAME@NUMBER`.
pub(super) fn release_name(id: ReleaseId) -> Option<String> {
    Reader::default().release_name(id)
}

fn owner(namespace: NamespaceId) -> Option<AccountId> {
    Namespaces::owner(namespace)
}

/// The amount behind a ticket: it holds nothing else.
fn held(ticket: &impl Encode) -> Balance {
    Balance::decode(&mut ticket.encode().as_slice()).unwrap_or_default()
}
