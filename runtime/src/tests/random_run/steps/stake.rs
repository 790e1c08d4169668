//! Stake comes, moves and goes, and earns.

use frame_support::traits::fungible::InspectHold;
use pallet_stake::{Call, HoldReason, Place, Positions};
use pallet_subnets::Neurons;
use pedigree_primitives::NetUid;

use super::*;
use crate::{AccountId, Balances, RuntimeHoldReason};

impl World {
    /// Somebody with a neuron as a rule.
    fn place(&mut self) -> Place<AccountId> {
        let netuid = self.netuid();
        let neurons: Vec<_> = Neurons::<Runtime>::iter_prefix_values(netuid).map(|neuron| neuron.account).collect();
        let evaluator = match self.chance.one_of(&neurons) {
            Some(evaluator) => evaluator.clone(),
            None => self.anybody().account(),
        };
        Place { netuid, evaluator }
    }

    fn accepted_take(&mut self) -> Permill {
        Permill::from_percent(if self.chance.one_in(8) { 5 } else { 18 })
    }

    pub(super) fn allocate(&mut self) -> Outcome {
        let Place { netuid, evaluator } = self.place();
        let amount = u128::from(self.chance.below(2_000)) * UNIT / 4 + u128::from(self.chance.below(1_000));
        let accepted_take = self.accepted_take();
        self.anybody().send(Call::allocate { netuid, evaluator, amount, accepted_take })
    }

    /// A position, and whose it is.
    fn position(&mut self) -> Option<(Person, Place<AccountId>, u128)> {
        let positions: Vec<_> = Positions::<Runtime>::iter().collect();
        let ((holder, netuid, evaluator), position) = self.chance.one_of(&positions)?.clone();
        let stake = position.stake();
        let amount = match self.chance.below(4) {
            0 => stake,
            1 => stake / 2,
            2 => u128::from(self.chance.below(stake as u64)),
            _ => stake + u128::from(self.chance_of_nonsense()),
        };
        Some((Person::of(&holder)?, Place { netuid, evaluator }, amount))
    }

    pub(super) fn move_stake(&mut self) -> Outcome {
        let Some((who, from, amount)) = self.position() else {
            return self.instead("stake.allocate", Self::allocate);
        };
        let (to, accepted_take) = (self.place(), self.accepted_take());
        who.send(Call::move_stake { from, to, amount, accepted_take })
    }

    pub(super) fn unbond(&mut self) -> Outcome {
        let Some((who, Place { netuid, evaluator }, amount)) = self.position() else {
            return self.instead("stake.allocate", Self::allocate);
        };
        who.send(Call::unbond { netuid, evaluator, amount })
    }

    pub(super) fn withdraw_unbonded(&mut self) -> Outcome {
        let who = self.anybody();
        let held = || Balances::balance_on_hold(&RuntimeHoldReason::Stake(HoldReason::Stake), &who.account());
        let due: u128 = pallet_stake::Unbondings::<Runtime>::get(who.account())
            .iter()
            .filter(|unbonding| unbonding.free_from <= System::block_number())
            .map(|unbonding| unbonding.amount)
            .sum();
        let before = held();
        let outcome = who.send(Call::withdraw_unbonded {});
        let freed = if outcome == Outcome::Done { due } else { 0 };
        assert_eq!(held(), before - freed, "{who:?} freed something else than what is due");
        outcome
    }

    pub(super) fn withdraw_dividends(&mut self) -> Outcome {
        let Some((who, Place { netuid, evaluator }, _)) = self.position() else {
            return self.instead("stake.allocate", Self::allocate);
        };
        let who = if self.chance.one_in(3) { Person::of(&evaluator).unwrap_or(who) } else { who };
        who.send(Call::withdraw_dividends { netuid, evaluator })
    }

    pub(super) fn set_take(&mut self) -> Outcome {
        let (netuid, take): (NetUid, _) = (self.netuid(), Permill::from_percent(self.chance.below(20) as u32));
        self.anybody().send(Call::set_take { netuid, take })
    }

    pub(super) fn mature(&mut self) -> Outcome {
        let release = self.release_id();
        self.anybody().send(pallet_payouts::Call::mature { release })
    }
}
