//! Namespaces.

use super::*;

impl World {
    pub(super) fn claim(&mut self) -> Outcome {
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

    pub(super) fn open(&mut self) -> Outcome {
        let name = self.channel();
        self.anybody().send(pallet_namespaces::Call::open { name })
    }

    /// As a referendum does it.
    pub(super) fn link(&mut self) -> Outcome {
        let call = pallet_namespaces::Call::<Runtime>::link { name: self.channel(), owner: self.anybody().account() };
        match RuntimeCall::from(call).dispatch(RuntimeOrigin::root()) {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::Failed,
        }
    }

    pub(super) fn link_signed(&mut self) -> Outcome {
        let who = self.anybody();
        let outcome = who.send(pallet_namespaces::Call::link { name: self.channel(), owner: who.account() });
        assert_ne!(outcome, Outcome::Done, "{who:?} linked a channel without a referendum");
        outcome
    }

    pub(super) fn offer_namespace(&mut self) -> Outcome {
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

    pub(super) fn withdraw_namespace(&mut self) -> Outcome {
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

    pub(super) fn accept_namespace(&mut self) -> Outcome {
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
}
