//! Datasets and models: access, grants, releases.

use super::*;

impl World {
    pub(super) fn dataset(&mut self) -> RecordId {
        let mut record = self.record();
        for _ in 0..5 {
            let kind = pallet_records::Records::<Runtime>::get(record).map(|record| record.kind);
            if kind != Some(RecordKind::Dataset) {
                record = self.record();
            }
        }
        record
    }

    pub(super) fn until(&mut self) -> Option<BlockNumber> {
        let now = System::block_number();
        self.chance.one_in(2).then(|| (now + self.chance.below(2 * u64::from(DAYS)) as u32).saturating_sub(5))
    }

    pub(super) fn set_access(&mut self) -> Outcome {
        let record = self.dataset();
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let access = Access { by_grant: self.chance.one_in(2), consent_until: self.until() };
        let outcome = who.send(pallet_datasets::Call::set_access { record, access });
        assert!(own || outcome != Outcome::Done, "{who:?} set the access to another's dataset");
        outcome
    }

    pub(super) fn grant(&mut self) -> Outcome {
        let record = self.dataset();
        let (who, own) = self.owner_or_not(Self::owner_of_record(record));
        let (account, until) = (self.anybody().account(), self.until());
        let outcome = who.send(pallet_datasets::Call::grant { record, account, until });
        assert!(own || outcome != Outcome::Done, "{who:?} granted another's dataset");
        outcome
    }

    pub(super) fn revoke(&mut self) -> Outcome {
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

    pub(super) fn release_call(record: RecordId, kind: RecordKind, salt: [u8; 32], release: NewRelease) -> RuntimeCall {
        match kind {
            RecordKind::Model => pallet_models::Call::release { record, salt, release }.into(),
            RecordKind::Dataset => pallet_datasets::Call::release { record, salt, release }.into(),
        }
    }

    /// A record of that person's, if one is found soon.
    pub(super) fn record_of(&mut self, who: Person) -> Option<(RecordId, RecordKind)> {
        (0..30).find_map(|_| {
            let id = self.record();
            let record = pallet_records::Records::<Runtime>::get(id)?;
            (Self::owner_of(record.namespace) == Some(who)).then_some((id, record.kind))
        })
    }

    pub(super) fn release(&mut self) -> Outcome {
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
    pub(super) fn steal(&mut self) -> Outcome {
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
}
