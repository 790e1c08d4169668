//! Reservations.

use super::*;

impl World {
    pub(super) fn reserve(&mut self, what: What) -> Outcome {
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

    pub(super) fn reserve_root(&mut self) -> Outcome {
        let root = self.root();
        self.reserve(What::Root(root))
    }

    pub(super) fn reserve_name(&mut self) -> Outcome {
        let name = NamespaceName::parse(&format!("name-number-{}", self.chance.below(300))).unwrap();
        self.reserve(What::Name(name))
    }

    pub(super) fn remembered(&mut self, fits: impl Fn(&What) -> bool) -> Option<Reserved> {
        let fitting: Vec<_> = self.reserved.iter().filter(|reserved| fits(&reserved.what)).cloned().collect();
        self.chance.one_of(&fitting).cloned()
    }

    pub(super) fn forget(&mut self, salt: [u8; 32]) {
        self.reserved.retain(|reserved| reserved.salt != salt);
    }

    pub(super) fn cancel(&mut self) -> Outcome {
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

    pub(super) fn expire(&mut self) -> Outcome {
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
}
