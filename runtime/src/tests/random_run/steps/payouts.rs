//! Paying and withdrawing.

use super::*;
use crate::{Balances, Payouts, RuntimeEvent};
use pallet_payouts::Accounts;

impl World {
    pub(super) fn pay(&mut self) -> Outcome {
        let (who, release) = (self.anybody(), self.release_id());
        // From dust to more than most have.
        let magnitude = 10u128.pow(self.chance.below(19) as u32);
        let amount = u128::from(self.chance.below(1_000)) * magnitude;
        let memo = self.chance.one_in(2).then(|| H256(self.chance.bytes()));
        let before = (Accounts::<Runtime>::get(release).paid, Balances::free_balance(Payouts::pot()));
        let outcome = who.send(pallet_payouts::Call::pay { release, amount, memo });
        let paid = if outcome == Outcome::Done { amount } else { 0 };
        let after = (Accounts::<Runtime>::get(release).paid, Balances::free_balance(Payouts::pot()));
        assert_eq!(after, (before.0 + paid, before.1 + paid), "a payment is not what was paid");
        outcome
    }

    pub(super) fn settle(&mut self) -> Outcome {
        let (who, release) = (self.anybody(), self.release_id());
        let before = Balances::free_balance(Payouts::pot());
        let outcome = who.send(pallet_payouts::Call::settle { release });
        assert_eq!(Balances::free_balance(Payouts::pot()), before, "settling moved money");
        outcome
    }

    /// For oneself or for somebody else; some of them are not there, some nobody owns.
    pub(super) fn withdraw(&mut self) -> Outcome {
        let who = self.anybody();
        let count = 1 + self.chance.below(6);
        let releases: Vec<_> = (0..count).map(|_| self.release_id()).collect();
        let before = System::events().len();
        let outcome = who.send(pallet_payouts::Call::withdraw { releases: releases.clone().try_into().unwrap() });
        for record in System::events().into_iter().skip(before) {
            if let RuntimeEvent::Payouts(pallet_payouts::Event::Withdrawn { release, to, .. }) = record.event {
                let namespace = pallet_records::Records::<Runtime>::get(release.record).unwrap().namespace;
                assert!(releases.contains(&release), "something was withdrawn that was not asked for");
                assert_eq!(Namespaces::owner(namespace), Some(to), "it was withdrawn to somebody else than the owner");
            }
        }
        outcome
    }

    /// No year passes here: whatever is owed stays.
    pub(super) fn expire_payout(&mut self) -> Outcome {
        let (who, release) = (self.anybody(), self.release_id());
        let outcome = who.send(pallet_payouts::Call::expire { release });
        let waited = System::block_number() - Accounts::<Runtime>::get(release).credited;
        assert!(outcome != Outcome::Done || waited > 365 * DAYS, "it expired before its time");
        outcome
    }
}
