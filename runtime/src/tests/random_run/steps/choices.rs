//! Whom and what they choose.

use super::*;

impl World {
    pub(super) fn anybody(&mut self) -> Person {
        *self.chance.one_of(&self.people.clone()).unwrap()
    }

    /// The owner of a thing as a rule; now and then somebody who isn't, and must get nowhere.
    pub(super) fn owner_or_not(&mut self, owner: Option<Person>) -> (Person, bool) {
        match owner {
            Some(owner) if !self.chance.one_in(8) => (owner, true),
            _ => {
                let somebody = self.anybody();
                (somebody, owner == Some(somebody))
            }
        }
    }

    pub(super) fn namespace(&mut self) -> NamespaceId {
        // One more than there are: now and then one that does not exist.
        NamespaceId(self.chance.below(pallet_namespaces::NextNamespaceId::<Runtime>::get().0 + 1))
    }

    pub(super) fn owner_of(namespace: NamespaceId) -> Option<Person> {
        Person::of(&Namespaces::owner(namespace)?)
    }

    pub(super) fn record(&mut self) -> RecordId {
        RecordId(self.chance.below(pallet_records::NextRecordId::<Runtime>::get().0 + 1))
    }

    pub(super) fn owner_of_record(record: RecordId) -> Option<Person> {
        Self::owner_of(pallet_records::Records::<Runtime>::get(record)?.namespace)
    }

    pub(super) fn release_id(&mut self) -> ReleaseId {
        let record = self.record();
        let releases = pallet_records::Records::<Runtime>::get(record).map_or(0, |record| record.releases);
        // Now and then one that does not exist.
        let known = u64::from(releases) + u64::from(self.chance_of_nonsense());
        ReleaseId::new(record, 1 + self.chance.below(known) as u32)
    }

    pub(super) fn chance_of_nonsense(&mut self) -> bool {
        self.chance.one_in(10)
    }

    pub(super) fn kind(&mut self) -> RecordKind {
        if self.chance.one_in(3) {
            RecordKind::Dataset
        } else {
            RecordKind::Model
        }
    }

    /// Few enough that the same root is registered by several.
    pub(super) fn root(&mut self) -> H256 {
        H256(blake2_256(&self.chance.below(400).to_le_bytes()))
    }

    pub(super) fn record_name(&mut self) -> RecordName {
        RecordName::parse(&format!("Record-{}", self.chance.below(30))).unwrap()
    }

    pub(super) fn channel(&mut self) -> NamespaceName {
        let number = self.chance.below(60);
        let name = match number % 3 {
            0 => format!("hf:Org{number}"),
            1 => format!("github:org{number}"),
            _ => format!("dns:org{number}.example"),
        };
        NamespaceName::parse(&name).unwrap()
    }

    pub(super) fn terms(&mut self) -> Terms {
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

    pub(super) fn new_release(&mut self, root: H256) -> NewRelease {
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

    pub(super) fn parents_for(&mut self, release: &mut NewRelease, kind: RecordKind) {
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
}
