//! Records.

use super::*;

impl World {
    pub(super) fn create(&mut self) -> Outcome {
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

    pub(super) fn catalogue(&mut self) -> Outcome {
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

    pub(super) fn yank(&mut self) -> Outcome {
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

    pub(super) fn offer_record(&mut self) -> Outcome {
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

    pub(super) fn withdraw_record(&mut self) -> Outcome {
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

    pub(super) fn accept_record(&mut self) -> Outcome {
        let Some(record) = self.chance.one_of(&self.offered_records.clone()).copied() else {
            return self.instead("records.offer", Self::offer_record);
        };
        let to = pallet_records::Records::<Runtime>::get(record).and_then(|record| record.offer).map(|offer| offer.to);
        let (who, invited) = self.owner_or_not(to.and_then(Self::owner_of));
        let outcome = who.send(pallet_records::Call::accept { record });
        if outcome == Outcome::Done {
            assert!(invited, "{who:?} took a record that was offered to another");
            self.offered_records.retain(|offered| *offered != record);
        }
        outcome
    }

    pub(super) fn remove(&mut self) -> Outcome {
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

    pub(super) fn adopt(&mut self) -> Outcome {
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

    pub(super) fn claim_root(&mut self) -> Outcome {
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
}
