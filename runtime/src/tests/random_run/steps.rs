//! What they do.

use frame_support::assert_ok;
use pedigree_primitives::{
    reservation_hash, traits::Namespaces as _, Access, Digest, DigestKind, Licence, ManifestSummary, NamespaceId,
    NamespaceName, NewRelease, ParentLink, RecordId, RecordKind, RecordName, Relation, ReleaseId, Standing, Terms,
    Text, Upstream,
};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, Permill};

use super::{chance::Chance, people::Person, Outcome};
use crate::{
    configs::proxy::ProxyType,
    constants::{currency::UNIT, time::DAYS},
    BlockNumber, Namespaces, Records, Runtime, RuntimeCall, RuntimeOrigin, System,
};

/// What was reserved, as long as it is remembered.
#[derive(Clone)]
struct Reserved {
    who: Person,
    salt: [u8; 32],
    what: What,
    block: BlockNumber,
}

#[derive(Clone)]
enum What {
    Name(NamespaceName),
    Root(H256),
}

impl What {
    fn subject(&self) -> [u8; 32] {
        match self {
            Self::Name(name) => blake2_256(name.as_str().as_bytes()),
            Self::Root(root) => root.0,
        }
    }
}

impl Reserved {
    fn hash(&self) -> H256 {
        let genesis = System::block_hash(0);
        reservation_hash(&genesis.0, self.who.account().as_ref(), &self.salt, &self.what.subject())
    }
}

/// What those who call know of the chain.
pub(super) struct World {
    pub(super) chance: Chance,
    people: Vec<Person>,
    reserved: Vec<Reserved>,
    offered_namespaces: Vec<NamespaceId>,
    offered_records: Vec<RecordId>,
    /// What is being tried.
    doing: &'static str,
}

type Step = fn(&mut World) -> Outcome;

/// Every call of ours, with how often it is tried.
const STEPS: &[(&str, u64, Step)] = &[
    ("reservations.reserve (root)", 24, World::reserve_root),
    ("reservations.reserve (name)", 8, World::reserve_name),
    ("reservations.cancel", 2, World::cancel),
    ("reservations.expire", 3, World::expire),
    ("namespaces.claim", 8, World::claim),
    ("namespaces.open", 4, World::open),
    ("namespaces.link", 1, World::link),
    ("namespaces.link (signed)", 1, World::link_signed),
    ("namespaces.offer", 3, World::offer_namespace),
    ("namespaces.withdraw_offer", 1, World::withdraw_namespace),
    ("namespaces.accept", 3, World::accept_namespace),
    ("records.create", 10, World::create),
    ("records.catalogue", 10, World::catalogue),
    ("records.yank", 3, World::yank),
    ("records.offer", 4, World::offer_record),
    ("records.withdraw_offer", 1, World::withdraw_record),
    ("records.accept", 4, World::accept_record),
    ("records.remove", 2, World::remove),
    ("records.adopt", 4, World::adopt),
    ("records.claim_root", 3, World::claim_root),
    ("datasets.set_access", 4, World::set_access),
    ("datasets.grant", 5, World::grant),
    ("datasets.revoke", 3, World::revoke),
    ("models or datasets.release", 24, World::release),
    ("release with another's salt", 4, World::steal),
    ("balances.transfer", 2, World::transfer),
    ("proxy.proxy", 2, World::by_proxy),
    ("utility.batch_all", 3, World::batch),
];

impl World {
    pub(super) fn new(chance: Chance) -> Self {
        Self {
            chance,
            people: Person::all(),
            reserved: vec![],
            offered_namespaces: vec![],
            offered_records: vec![],
            doing: "",
        }
    }

    /// Somebody does something.
    pub(super) fn step(&mut self) -> (&'static str, Outcome) {
        let total = STEPS.iter().map(|(_, often, _)| often).sum();
        let mut at = self.chance.below(total);
        for (name, often, step) in STEPS {
            if at < *often {
                self.doing = name;
                let outcome = step(self);
                return (self.doing, outcome);
            }
            at -= often;
        }
        unreachable!("one of them is it")
    }

    /// There is nothing yet to do that with: something else, so that there will be.
    fn instead(&mut self, name: &'static str, step: Step) -> Outcome {
        self.doing = name;
        step(self)
    }

    // Who and what.

    fn anybody(&mut self) -> Person {
        *self.chance.one_of(&self.people.clone()).unwrap()
    }

    /// The owner of a thing as a rule; now and then somebody who isn't, and must get nowhere.
    fn owner_or_not(&mut self, owner: Option<Person>) -> (Person, bool) {
        match owner {
            Some(owner) if !self.chance.one_in(8) => (owner, true),
            _ => {
                let somebody = self.anybody();
                (somebody, owner == Some(somebody))
            }
        }
    }

    fn namespace(&mut self) -> NamespaceId {
        // One more than there are: now and then one that does not exist.
        NamespaceId(self.chance.below(pallet_namespaces::NextNamespaceId::<Runtime>::get().0 + 1))
    }

    fn owner_of(namespace: NamespaceId) -> Option<Person> {
        Person::of(&Namespaces::owner(namespace)?)
    }

    fn record(&mut self) -> RecordId {
        RecordId(self.chance.below(pallet_records::NextRecordId::<Runtime>::get().0 + 1))
    }

    fn owner_of_record(record: RecordId) -> Option<Person> {
        Self::owner_of(pallet_records::Records::<Runtime>::get(record)?.namespace)
    }

    fn release_id(&mut self) -> ReleaseId {
        let record = self.record();
        let releases = pallet_records::Records::<Runtime>::get(record).map_or(0, |record| record.releases);
        // Now and then one that does not exist.
        let known = u64::from(releases) + u64::from(self.chance_of_nonsense());
        ReleaseId::new(record, 1 + self.chance.below(known) as u32)
    }

    fn chance_of_nonsense(&mut self) -> bool {
        self.chance.one_in(10)
    }

    fn kind(&mut self) -> RecordKind {
        if self.chance.one_in(3) {
            RecordKind::Dataset
        } else {
            RecordKind::Model
        }
    }

    /// Few enough that the same root is registered by several.
    fn root(&mut self) -> H256 {
        H256(blake2_256(&self.chance.below(400).to_le_bytes()))
    }

    fn record_name(&mut self) -> RecordName {
        RecordName::parse(&format!("Record-{}", self.chance.below(30))).unwrap()
    }

    fn channel(&mut self) -> NamespaceName {
        let number = self.chance.below(60);
        let name = match number % 3 {
            0 => format!("hf:Org{number}"),
            1 => format!("github:org{number}"),
            _ => format!("dns:org{number}.example"),
        };
        NamespaceName::parse(&name).unwrap()
    }

    fn terms(&mut self) -> Terms {
        let licence = ["Apache-2.0", "MIT", "CC-BY-SA-4.0"][self.chance.below(3) as usize];
        let royalty = match self.chance.below(6) {
            0 => Permill::from_parts(self.chance.below(100_000) as u32),
            // Above the maximum.
            1 if self.chance.one_in(10) => Permill::from_percent(11),
            _ => Permill::zero(),
        };
        Terms {
            licence: Licence::parse(licence).unwrap(),
            commercial_use: !self.chance.one_in(6),
            derivatives: !self.chance.one_in(8),
            share_alike: self.chance.one_in(10),
            attribution: self.chance.one_in(6),
            royalty,
        }
    }

    fn new_release(&mut self, root: H256) -> NewRelease {
        let mut release = NewRelease {
            manifest: ManifestSummary { root, files: 1 + self.chance.below(4), tensors: 2, bytes: 4_096 },
            terms: self.terms(),
            parents: Default::default(),
            card: self.chance.one_in(2).then_some(root),
            locations: Default::default(),
            digests: Default::default(),
        };
        if self.chance.one_in(2) {
            release.locations.try_push(Text::new("https://example.org/files").unwrap()).unwrap();
        }
        for _ in 0..self.chance.below(3) {
            let value = blake2_256(&self.chance.below(50).to_le_bytes());
            let digest = Digest { kind: DigestKind::Sha256, value: value.to_vec().try_into().unwrap() };
            release.digests.try_push(digest).unwrap();
        }
        if self.chance_of_nonsense() {
            release.manifest.files = 0;
        }
        release
    }

    fn parents_for(&mut self, release: &mut NewRelease, kind: RecordKind) {
        let parents = if self.chance.one_in(3) { 1 + self.chance.below(4) } else { 0 };
        for _ in 0..parents {
            let parent = self.release_id();
            let of = pallet_records::Records::<Runtime>::get(parent.record).map(|record| record.kind);
            let relation = match (kind, of) {
                (RecordKind::Model, Some(RecordKind::Dataset)) => Relation::TrainedOn,
                (RecordKind::Dataset, Some(RecordKind::Model)) => Relation::Distillation,
                (RecordKind::Dataset, _) => Relation::DerivedFrom,
                _ if self.chance_of_nonsense() => Relation::TrainedOn,
                _ => Relation::FineTune,
            };
            release.parents.try_push(ParentLink { release: parent, relation }).unwrap();
            // As a rule they keep to the parent's terms.
            if let Some(parent) = Records::release(parent).filter(|_| !self.chance.one_in(8)) {
                release.terms.commercial_use &= parent.terms.commercial_use;
                release.terms.attribution |= parent.terms.attribution;
                if parent.terms.share_alike {
                    release.terms.share_alike = true;
                    release.terms.licence = parent.terms.licence;
                }
            }
        }
    }

    // Reservations.

    fn reserve(&mut self, what: What) -> Outcome {
        let reserved = Reserved { who: self.anybody(), salt: self.chance.bytes(), what, block: System::block_number() };
        let outcome = reserved.who.send(pallet_reservations::Call::reserve { hash: reserved.hash() });
        if outcome == Outcome::Done {
            self.reserved.push(reserved);
            // Some are forgotten, and wait to be expired by somebody.
            if self.reserved.len() > 200 {
                let forgotten = self.chance.below(200) as usize;
                self.reserved.swap_remove(forgotten);
            }
        }
        outcome
    }

    fn reserve_root(&mut self) -> Outcome {
        let root = self.root();
        self.reserve(What::Root(root))
    }

    fn reserve_name(&mut self) -> Outcome {
        let name = NamespaceName::parse(&format!("name-number-{}", self.chance.below(300))).unwrap();
        self.reserve(What::Name(name))
    }

    fn remembered(&mut self, fits: impl Fn(&What) -> bool) -> Option<Reserved> {
        let fitting: Vec<_> = self.reserved.iter().filter(|reserved| fits(&reserved.what)).cloned().collect();
        self.chance.one_of(&fitting).cloned()
    }

    fn forget(&mut self, salt: [u8; 32]) {
        self.reserved.retain(|reserved| reserved.salt != salt);
    }

    fn cancel(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|_| true) else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let (who, own) = self.owner_or_not(Some(reserved.who));
        let outcome = who.send(pallet_reservations::Call::cancel { hash: reserved.hash() });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} cancelled what {:?} reserved", reserved.who);
            assert!(System::block_number() <= reserved.block + DAYS, "what had expired was cancelled");
            self.forget(reserved.salt);
        }
        outcome
    }

    fn expire(&mut self) -> Outcome {
        let mut stored: Vec<_> = pallet_reservations::Reservations::<Runtime>::iter_keys().collect();
        stored.sort();
        let Some((owner, hash)) = self.chance.one_of(&stored).cloned() else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let who = self.anybody();
        let block = pallet_reservations::Reservations::<Runtime>::get(&owner, hash).unwrap().block;
        let outcome = who.send(pallet_reservations::Call::expire { who: owner, hash });
        if outcome == Outcome::Done {
            assert!(System::block_number() > block + DAYS, "a reservation was expired that could still be used");
        }
        outcome
    }

    // Namespaces.

    fn claim(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Name(_))) else {
            return self.instead("reservations.reserve (name)", Self::reserve_name);
        };
        let What::Name(name) = reserved.what.clone() else { unreachable!() };
        let (who, own) = self.owner_or_not(Some(reserved.who));
        let outcome = who.send(pallet_namespaces::Call::claim { name, salt: reserved.salt });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} claimed what {:?} reserved", reserved.who);
            assert!(System::block_number() > reserved.block, "a name was claimed in the block it was reserved in");
            self.forget(reserved.salt);
        }
        outcome
    }

    fn open(&mut self) -> Outcome {
        let name = self.channel();
        self.anybody().send(pallet_namespaces::Call::open { name })
    }

    /// As a referendum does it.
    fn link(&mut self) -> Outcome {
        let call = pallet_namespaces::Call::<Runtime>::link { name: self.channel(), owner: self.anybody().account() };
        match RuntimeCall::from(call).dispatch(RuntimeOrigin::root()) {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::Failed,
        }
    }

    fn link_signed(&mut self) -> Outcome {
        let who = self.anybody();
        let outcome = who.send(pallet_namespaces::Call::link { name: self.channel(), owner: who.account() });
        assert_ne!(outcome, Outcome::Done, "{who:?} linked a channel without a referendum");
        outcome
    }

    fn offer_namespace(&mut self) -> Outcome {
        let namespace = self.namespace();
        let (who, own) = self.owner_or_not(Self::owner_of(namespace));
        let to = self.anybody().account();
        let outcome = who.send(pallet_namespaces::Call::offer { namespace, to });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} offered another's namespace");
            self.offered_namespaces.push(namespace);
        }
        outcome
    }

    fn withdraw_namespace(&mut self) -> Outcome {
        let Some(namespace) = self.chance.one_of(&self.offered_namespaces.clone()).copied() else {
            return self.instead("namespaces.offer", Self::offer_namespace);
        };
        let (who, own) = self.owner_or_not(Self::owner_of(namespace));
        let outcome = who.send(pallet_namespaces::Call::withdraw_offer { namespace });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} withdrew another's offer");
            self.offered_namespaces.retain(|offered| *offered != namespace);
        }
        outcome
    }

    fn accept_namespace(&mut self) -> Outcome {
        let Some(namespace) = self.chance.one_of(&self.offered_namespaces.clone()).copied() else {
            return self.instead("namespaces.offer", Self::offer_namespace);
        };
        let to = pallet_namespaces::Namespaces::<Runtime>::get(namespace).unwrap().offered_to;
        let (who, invited) = self.owner_or_not(to.and_then(|account| Person::of(&account)));
        let outcome = who.send(pallet_namespaces::Call::accept { namespace });
        if outcome == Outcome::Done {
            assert!(invited, "{who:?} accepted what was offered to another");
            assert_eq!(Self::owner_of(namespace), Some(who));
            self.offered_namespaces.retain(|offered| *offered != namespace);
        }
        outcome
    }

    // Records.

    fn create(&mut self) -> Outcome {
        // One that has an owner, if it is found soon.
        let mut namespace = self.namespace();
        for _ in 0..5 {
            if Self::owner_of(namespace).is_none() {
                namespace = self.namespace();
            }
        }
        let (who, own) = self.owner_or_not(Self::owner_of(namespace));
        let outcome = who.send(pallet_records::Call::create { namespace, name: self.record_name(), kind: self.kind() });
        assert!(own || outcome != Outcome::Done, "{who:?} made a record in another's namespace");
        outcome
    }

    fn catalogue(&mut self) -> Outcome {
        let mut namespace = self.namespace();
        // Unlinked ones as a rule.
        for _ in 0..5 {
            if Namespaces::standing(namespace) != Some(Standing::Unlinked) {
                namespace = self.namespace();
            }
        }
        let unlinked = Namespaces::standing(namespace) == Some(Standing::Unlinked);
        let root = self.root();
        let mut release = self.new_release(root);
        if !self.chance_of_nonsense() {
            release.terms.royalty = Permill::zero();
        }
        let asks = !release.terms.royalty.is_zero();
        let who = self.anybody();
        let outcome = who.send(pallet_records::Call::catalogue {
            namespace,
            name: self.record_name(),
            kind: self.kind(),
            release,
            upstream: Upstream {
                url: Text::new("https://example.org/upstream").unwrap(),
                revision: Text::new("main").unwrap(),
            },
        });
        if outcome == Outcome::Done {
            assert!(unlinked, "{who:?} catalogued where its owner publishes");
            assert!(!asks, "{who:?} asks a royalty for what is not his");
        }
        outcome
    }

    fn yank(&mut self) -> Outcome {
        let release = self.release_id();
        let owner = match Self::owner_of_record(release.record) {
            Some(owner) => Some(owner),
            None => Records::release(release).and_then(|release| Person::of(&release.registrant)),
        };
        let (who, own) = self.owner_or_not(owner);
        let successor = self.chance.one_in(3).then(|| self.release_id());
        let reason = Text::new("superseded").unwrap();
        let outcome = who.send(pallet_records::Call::yank { release, reason, successor });
        assert!(own || outcome != Outcome::Done, "{who:?} yanked another's release");
        outcome
    }

    fn offer_record(&mut self) -> Outcome {
        let mut record = self.record();
        for _ in 0..5 {
            if Self::owner_of_record(record).is_none() {
                record = self.record();
            }
        }
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let to = self.namespace();
        let outcome = who.send(pallet_records::Call::offer { record, to });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} offered another's record");
            self.offered_records.push(record);
        }
        outcome
    }

    fn withdraw_record(&mut self) -> Outcome {
        let Some(record) = self.chance.one_of(&self.offered_records.clone()).copied() else {
            return self.instead("records.offer", Self::offer_record);
        };
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let outcome = who.send(pallet_records::Call::withdraw_offer { record });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} withdrew another's offer");
            self.offered_records.retain(|offered| *offered != record);
        }
        outcome
    }

    fn accept_record(&mut self) -> Outcome {
        let Some(record) = self.chance.one_of(&self.offered_records.clone()).copied() else {
            return self.instead("records.offer", Self::offer_record);
        };
        let to = pallet_records::Records::<Runtime>::get(record).and_then(|record| record.offered_to);
        let (who, invited) = self.owner_or_not(to.and_then(Self::owner_of));
        let outcome = who.send(pallet_records::Call::accept { record });
        if outcome == Outcome::Done {
            assert!(invited, "{who:?} took a record that was offered to another");
            self.offered_records.retain(|offered| *offered != record);
        }
        outcome
    }

    fn remove(&mut self) -> Outcome {
        let record = self.record();
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let releases = pallet_records::Records::<Runtime>::get(record).map_or(0, |record| record.releases);
        let outcome = who.send(pallet_records::Call::remove { record });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} removed another's record");
            assert_eq!(releases, 0, "a record with releases was removed");
            self.offered_records.retain(|offered| *offered != record);
        }
        outcome
    }

    fn adopt(&mut self) -> Outcome {
        // Something that another paid for, if it is found soon.
        let mut record = self.record();
        let mut number = None;
        for _ in 0..30 {
            let Some(stored) = pallet_records::Records::<Runtime>::get(record) else { break };
            let owner = Namespaces::owner(stored.namespace);
            number = (1..=stored.releases).find(|number| {
                pallet_records::CatalogueDeposits::<Runtime>::contains_key(ReleaseId::new(record, *number))
            });
            if owner.is_some() && (number.is_some() || owner != Some(stored.deposit.who)) {
                break;
            }
            record = self.record();
        }
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let outcome = who.send(pallet_records::Call::adopt { record, number });
        assert!(own || outcome != Outcome::Done, "{who:?} adopted another's record");
        outcome
    }

    fn claim_root(&mut self) -> Outcome {
        // One that is linked now and doesn't hold its root, if it is found soon.
        let mut release = self.release_id();
        for _ in 0..30 {
            let linked = Records::standing(release) == Some(Standing::Linked);
            if linked && Records::release(release).is_some_and(|stored| !Records::is_holder(release, &stored)) {
                break;
            }
            release = self.release_id();
        }
        self.anybody().send(pallet_records::Call::claim_root { release })
    }

    // Datasets and models.

    fn dataset(&mut self) -> RecordId {
        let mut record = self.record();
        for _ in 0..5 {
            let kind = pallet_records::Records::<Runtime>::get(record).map(|record| record.kind);
            if kind != Some(RecordKind::Dataset) {
                record = self.record();
            }
        }
        record
    }

    fn until(&mut self) -> Option<BlockNumber> {
        let now = System::block_number();
        self.chance.one_in(2).then(|| (now + self.chance.below(2 * u64::from(DAYS)) as u32).saturating_sub(5))
    }

    fn set_access(&mut self) -> Outcome {
        let record = self.dataset();
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let access = Access { by_grant: self.chance.one_in(2), consent_until: self.until() };
        let outcome = who.send(pallet_datasets::Call::set_access { record, access });
        assert!(own || outcome != Outcome::Done, "{who:?} set the access to another's dataset");
        outcome
    }

    fn grant(&mut self) -> Outcome {
        let record = self.dataset();
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let (account, until) = (self.anybody().account(), self.until());
        let outcome = who.send(pallet_datasets::Call::grant { record, account, until });
        assert!(own || outcome != Outcome::Done, "{who:?} granted another's dataset");
        outcome
    }

    fn revoke(&mut self) -> Outcome {
        let mut granted: Vec<_> = pallet_datasets::Grants::<Runtime>::iter_keys().collect();
        granted.sort();
        let Some((record, account)) = self.chance.one_of(&granted).cloned() else {
            return self.instead("datasets.grant", Self::grant);
        };
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let outcome = who.send(pallet_datasets::Call::revoke { record, account });
        assert!(own || outcome != Outcome::Done, "{who:?} revoked another's grant");
        outcome
    }

    fn release_call(record: RecordId, kind: RecordKind, salt: [u8; 32], release: NewRelease) -> RuntimeCall {
        match kind {
            RecordKind::Model => pallet_models::Call::release { record, salt, release }.into(),
            RecordKind::Dataset => pallet_datasets::Call::release { record, salt, release }.into(),
        }
    }

    /// A record of that person's, if one is found soon.
    fn record_of(&mut self, who: Person) -> Option<(RecordId, RecordKind)> {
        (0..30).find_map(|_| {
            let id = self.record();
            let record = pallet_records::Records::<Runtime>::get(id)?;
            (Self::owner_of(record.namespace) == Some(who)).then_some((id, record.kind))
        })
    }

    fn release(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Root(_))) else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let What::Root(root) = reserved.what else { unreachable!() };
        let Some((record, kind)) = self.record_of(reserved.who) else {
            return self.instead("records.create", Self::create);
        };
        let mut release = self.new_release(root);
        self.parents_for(&mut release, kind);
        let royalty = release.terms.royalty;
        let call = Self::release_call(record, kind, reserved.salt, release);
        let outcome = reserved.who.send(call);
        if outcome == Outcome::Done {
            assert!(System::block_number() > reserved.block, "a root was registered in the block it was reserved in");
            assert!(System::block_number() <= reserved.block + DAYS, "an expired reservation was used");
            let number = pallet_records::Records::<Runtime>::get(record).unwrap().releases;
            let id = ReleaseId::new(record, number);
            let stored = Records::release(id).unwrap();
            assert_eq!(stored.first_seen, reserved.block);
            assert!(royalty.is_zero() || Records::is_holder(id, &stored), "only a root's holder may ask");
            self.forget(reserved.salt);
        }
        outcome
    }

    /// Somebody saw a salt in the pool and tries to use it for himself.
    fn steal(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Root(_))) else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let What::Root(root) = reserved.what else { unreachable!() };
        let thief = self.anybody();
        if thief == reserved.who {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        }
        let Some((record, kind)) = self.record_of(thief) else { return self.instead("records.create", Self::create) };
        let release = self.new_release(root);
        let outcome = thief.send(Self::release_call(record, kind, reserved.salt, release));
        assert_ne!(outcome, Outcome::Done, "{thief:?} used what {:?} reserved", reserved.who);
        outcome
    }

    // What is around.

    /// Some get poor: then deposits can't be paid, and nothing may be left half done.
    fn transfer(&mut self) -> Outcome {
        let (from, to) = (self.anybody(), self.anybody());
        let value = u128::from(self.chance.below(200_000)) * UNIT;
        from.send(pallet_balances::Call::transfer_keep_alive { dest: to.account().into(), value })
    }

    /// A key that publishes tries to take the money, too.
    fn by_proxy(&mut self) -> Outcome {
        let (real, proxy) = (self.anybody(), self.anybody());
        if real == proxy {
            return self.instead("balances.transfer", Self::transfer);
        }
        real.send(pallet_proxy::Call::add_proxy {
            delegate: proxy.account().into(),
            proxy_type: ProxyType::Publishing,
            delay: 0,
        });
        let before = frame_system::Account::<Runtime>::get(real.account()).data.free;
        let inner = pallet_balances::Call::transfer_keep_alive { dest: proxy.account().into(), value: UNIT };
        let batched: RuntimeCall = pallet_utility::Call::batch { calls: vec![inner.into()] }.into();
        let outcome = proxy.send(pallet_proxy::Call::proxy {
            real: real.account().into(),
            force_proxy_type: None,
            call: Box::new(batched),
        });
        let after = frame_system::Account::<Runtime>::get(real.account()).data.free;
        assert!(after >= before, "a key for publishing spent money of {real:?}");
        real.send(pallet_proxy::Call::remove_proxies {});
        outcome
    }

    /// A new record with its first release, or nothing at all.
    fn batch(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Root(_))) else {
            return self.instead("reservations.reserve (root)", Self::reserve_root);
        };
        let What::Root(root) = reserved.what else { unreachable!() };
        let mut namespace = self.namespace();
        for _ in 0..10 {
            if Self::owner_of(namespace) != Some(reserved.who) {
                namespace = self.namespace();
            }
        }
        let kind = self.kind();
        let next = pallet_records::NextRecordId::<Runtime>::get();
        let create = pallet_records::Call::create { namespace, name: self.record_name(), kind };
        let release = self.new_release(root);
        let release = Self::release_call(next, kind, reserved.salt, release);
        let outcome = reserved.who.send(pallet_utility::Call::batch_all { calls: vec![create.into(), release] });
        if outcome == Outcome::Done {
            assert_ok!(Records::release(ReleaseId::new(next, 1)).ok_or("it was registered"));
            self.forget(reserved.salt);
        } else {
            let unchanged = pallet_records::NextRecordId::<Runtime>::get() == next;
            assert!(unchanged, "a batch that failed left a record behind");
        }
        outcome
    }
}

#[test]
fn a_day_is_how_long_reservations_last() {
    assert_eq!(<Runtime as pallet_reservations::Config>::Lifetime::get(), DAYS);
}
