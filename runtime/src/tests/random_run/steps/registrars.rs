//! Who controls a channel.

use frame_support::BoundedVec;
use pallet_registrars::{Call, Evidence, Refusal, Registrars as Panel, Requests};
use pedigree_primitives::{traits::Channels, ChannelKind, NamespaceKind};

use super::*;
use crate::{AccountId, Namespaces};

impl World {
    /// As a referendum does it: a few of those who call, or none.
    pub(super) fn appoint(&mut self) -> Outcome {
        let count = self.chance.below(5) as usize;
        let registrars: Vec<AccountId> = self.people.iter().take(count).map(|person| person.account()).collect();
        let threshold = self.chance.below(5) as u32;
        let call = Call::<Runtime>::appoint { registrars: BoundedVec::truncate_from(registrars), threshold };
        match RuntimeCall::from(call).dispatch(RuntimeOrigin::root()) {
            Ok(_) => Outcome::Done,
            Err(_) => Outcome::Failed,
        }
    }

    pub(super) fn request_link(&mut self) -> Outcome {
        let name = self.channel();
        let fits = match name.kind() {
            Ok(NamespaceKind::Channel(ChannelKind::Dns)) => Evidence::DnsRecord,
            _ => Evidence::Commit(BoundedVec::truncate_from(vec![1; 20])),
        };
        let evidence = if self.chance.below(10) == 0 { Evidence::DnsRecord } else { fits };
        let adopt = self.chance.below(2) == 0;
        self.anybody().send(Call::request { name, evidence, adopt })
    }

    /// One of the requests that are open.
    fn link_request(&mut self) -> Option<(NamespaceName, AccountId)> {
        let open: Vec<_> = Requests::<Runtime>::iter().map(|(_, claimant, request)| (request.name, claimant)).collect();
        self.chance.one_of(&open).cloned()
    }

    /// What was looked at: the request as it is, now and then as it isn't.
    fn seen(&mut self, name: &NamespaceName, claimant: &AccountId) -> (BlockNumber, Evidence) {
        let request = Requests::<Runtime>::get(crate::Registrars::key(name), claimant).unwrap();
        (request.made + BlockNumber::from(self.chance.one_in(10)), request.evidence)
    }

    pub(super) fn cancel_link_request(&mut self) -> Outcome {
        let Some((name, claimant)) = self.link_request() else {
            return self.instead("registrars.request", Self::request_link);
        };
        let (who, _) = self.owner_or_not(Person::of(&claimant));
        let known = Requests::<Runtime>::contains_key(crate::Registrars::key(&name), who.account());
        let outcome = who.send(Call::cancel { name });
        if outcome == Outcome::Done {
            assert!(known, "{who:?} cancelled another's request");
        }
        outcome
    }

    /// A registrar as a rule.
    fn registrar(&mut self) -> (Person, bool) {
        let panel = Panel::<Runtime>::get();
        let registrar = self.chance.one_of(&panel.registrars).and_then(Person::of);
        let who = match registrar {
            Some(registrar) if self.chance.below(8) > 0 => registrar,
            _ => self.anybody(),
        };
        (who, panel.has(&who.account()))
    }

    pub(super) fn attest(&mut self) -> Outcome {
        let Some((name, claimant)) = self.link_request() else {
            return self.instead("registrars.request", Self::request_link);
        };
        let before = <Namespaces as Channels<AccountId>>::linked(&name).map(|(owner, _)| owner);
        let (who, appointed) = self.registrar();
        let (made, evidence) = self.seen(&name, &claimant);
        let outcome = who.send(Call::attest { name: name.clone(), claimant, made, evidence });
        if outcome == Outcome::Done {
            assert!(appointed, "{who:?} attested without being a registrar");
            let after = <Namespaces as Channels<AccountId>>::linked(&name).map(|(owner, _)| owner);
            assert!(before.is_none() || before == after, "a channel passed over without notice");
        }
        outcome
    }

    pub(super) fn refuse_link(&mut self) -> Outcome {
        let Some((name, claimant)) = self.link_request() else {
            return self.instead("registrars.request", Self::request_link);
        };
        let (who, appointed) = self.registrar();
        let (made, evidence) = self.seen(&name, &claimant);
        let outcome = who.send(Call::refuse { name, claimant, made, evidence, why: Refusal::OtherAccount });
        if outcome == Outcome::Done {
            assert!(appointed, "{who:?} refused without being a registrar");
        }
        outcome
    }

    pub(super) fn conclude_link(&mut self) -> Outcome {
        let Some((name, claimant)) = self.link_request() else {
            return self.instead("registrars.request", Self::request_link);
        };
        self.anybody().send(Call::conclude { name, claimant })
    }

    pub(super) fn lapse(&mut self) -> Outcome {
        let namespace = self.namespace();
        self.anybody().send(pallet_namespaces::Call::lapse { namespace })
    }

    pub(super) fn adopt_all(&mut self) -> Outcome {
        let namespace = self.namespace();
        let (who, own) = self.owner_or_not(Self::owner_of(namespace));
        let outcome = who.send(pallet_records::Call::adopt_all { namespace });
        if outcome == Outcome::Done {
            assert!(own, "{who:?} adopted what is in another's namespace");
        }
        outcome
    }
}
