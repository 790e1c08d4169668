//! Sponsorships, and what is done at a sponsor's expense.

use frame_support::traits::fungible::{Inspect, InspectHold};
use pallet_sponsorship::{HoldReason, Limits, Sponsorships};

use super::*;
use crate::{constants::currency::MILLI, AccountId, Balance, Balances};

impl World {
    pub(super) fn open_sponsorship(&mut self) -> Outcome {
        let (sponsor, beneficiary) = (self.anybody(), self.anybody());
        let purse = |chance: &mut Chance, most: u64| u128::from(chance.below(most)) * MILLI;
        let limits = Limits {
            calls: self.chance.below(20) as u32,
            fees: purse(&mut self.chance, 200),
            names: purse(&mut self.chance, 50_000),
            deposits: purse(&mut self.chance, 5_000),
            until: (System::block_number() + self.chance.below(2 * u64::from(DAYS)) as u32).saturating_sub(10),
        };
        let beneficiary = beneficiary.account();
        let budget = || Balances::balance_on_hold(&HoldReason::Budget.into(), &sponsor.account());
        let before = budget();
        let outcome = sponsor.send(pallet_sponsorship::Call::open { beneficiary: beneficiary.clone(), limits });
        if outcome == Outcome::Done {
            assert!(sponsor.account() != beneficiary, "{sponsor:?} sponsors himself");
            assert_eq!(budget() - before, limits.budget().unwrap(), "{sponsor:?} has not set aside what he said");
        }
        outcome
    }

    /// One that there is: who is sponsored, and by whom.
    fn sponsorship(&mut self) -> Option<(AccountId, AccountId)> {
        let mut open: Vec<_> = Sponsorships::<Runtime>::iter_keys().collect();
        open.sort();
        self.chance.one_of(&open).cloned()
    }

    pub(super) fn close_sponsorship(&mut self) -> Outcome {
        let Some((beneficiary, sponsor)) = self.sponsorship() else {
            return self.instead("sponsorship.open", Self::open_sponsorship);
        };
        let (who, own) = self.owner_or_not(Person::of(&sponsor));
        let theirs = Sponsorships::<Runtime>::contains_key(&beneficiary, who.account());
        let outcome = who.send(pallet_sponsorship::Call::close { beneficiary });
        assert!(own || theirs || outcome != Outcome::Done, "{who:?} closed another's sponsorship");
        outcome
    }

    pub(super) fn expire_sponsorship(&mut self) -> Outcome {
        let Some((beneficiary, sponsor)) = self.sponsorship() else {
            return self.instead("sponsorship.open", Self::open_sponsorship);
        };
        let until = Sponsorships::<Runtime>::get(&beneficiary, &sponsor).unwrap().left.until;
        let outcome = self.anybody().send(pallet_sponsorship::Call::expire { sponsor, beneficiary });
        let over = System::block_number() > until;
        assert_eq!(over, outcome == Outcome::Done, "a sponsorship ends with its last block, and then for anybody");
        outcome
    }

    /// Sends a call at somebody's expense, and looks who paid.
    fn sponsored(&mut self, who: Person, call: RuntimeCall) -> Outcome {
        let sponsors: Vec<_> = Sponsorships::<Runtime>::iter_key_prefix(who.account()).collect();
        let sponsor = match self.chance.one_of(&sponsors).cloned() {
            Some(sponsor) if !self.chance_of_nonsense() => sponsor,
            _ => self.anybody().account(),
        };
        let wealth = |account: &AccountId| -> Balance { Balances::total_balance(account) };
        let allowed = Sponsorships::<Runtime>::get(who.account(), &sponsor).map(|sponsorship| sponsorship.left);
        let (own, theirs) = (wealth(&who.account()), wealth(&sponsor));
        let spent = |left: &pallet_sponsorship::LimitsOf<Runtime>| left.fees + left.names;
        let outcome = who.send(pallet_sponsorship::Call::dispatch { sponsor: sponsor.clone(), call: Box::new(call) });
        assert!(wealth(&who.account()) >= own, "{who:?} paid for a sponsored call");
        let lost = theirs.saturating_sub(wealth(&sponsor));
        match (allowed, outcome) {
            (Some(before), Outcome::Done | Outcome::Failed) => {
                let after = Sponsorships::<Runtime>::get(who.account(), &sponsor).unwrap().left;
                assert!(lost <= spent(&before) - spent(&after), "the sponsor lost more than was set aside for it");
                assert!(after.deposits <= before.deposits && before.calls - after.calls <= 1);
            }
            (_, outcome) => {
                assert_eq!(outcome, Outcome::Refused, "nobody had allowed it");
                assert_eq!(lost, 0);
            }
        }
        outcome
    }

    /// Somebody who is sponsored, if there is anybody.
    fn sponsored_person(&mut self) -> Person {
        match self.sponsorship().and_then(|(beneficiary, _)| Person::of(&beneficiary)) {
            Some(person) => person,
            None => self.anybody(),
        }
    }

    pub(super) fn reserve_sponsored(&mut self) -> Outcome {
        let what = What::Root(self.root());
        let who = self.sponsored_person();
        let reserved = Reserved { who, salt: self.chance.bytes(), what, block: System::block_number() };
        let outcome = self.sponsored(who, pallet_reservations::Call::reserve { hash: reserved.hash() }.into());
        if outcome == Outcome::Done {
            self.reserved.push(reserved);
        }
        outcome
    }

    pub(super) fn register_sponsored(&mut self) -> Outcome {
        let Some(reserved) = self.remembered(|what| matches!(what, What::Root(_))) else {
            return self.instead("sponsored reserve", Self::reserve_sponsored);
        };
        let What::Root(root) = reserved.what else { unreachable!() };
        let release = self.new_release(root);
        let Some((record, kind)) = self.record_of(reserved.who) else {
            return self.instead("sponsored reserve", Self::reserve_sponsored);
        };
        let call = Self::release_call(record, kind, reserved.salt, release);
        let outcome = self.sponsored(reserved.who, call);
        if outcome == Outcome::Done {
            self.forget(reserved.salt);
        }
        outcome
    }

    /// Something that no sponsor pays for, openly or in a batch.
    pub(super) fn misuse_sponsor(&mut self) -> Outcome {
        let who = self.sponsored_person();
        let dest = self.anybody().account().into();
        let mut call: RuntimeCall = match self.chance.below(3) {
            0 => pallet_balances::Call::transfer_keep_alive { dest, value: UNIT }.into(),
            1 => pallet_namespaces::Call::offer { namespace: self.namespace(), to: who.account() }.into(),
            _ => pallet_sponsorship::Call::close { beneficiary: who.account() }.into(),
        };
        if self.chance.one_in(2) {
            call = pallet_utility::Call::batch_all { calls: vec![call] }.into();
        }
        let outcome = self.sponsored(who, call);
        assert_eq!(outcome, Outcome::Refused, "a sponsor paid for something else");
        outcome
    }
}
