//! Random runs: random calls of all our pallets, by honest and hostile accounts, on the real runtime, in real blocks.
//!
//! | environment | meaning |
//! | --- | --- |
//! | `PEDIGREE_RANDOM_OPS` | how many calls (default 3,000) |
//! | `PEDIGREE_SEED` | where chance begins: the same seed makes the same run. Printed; else taken from the clock |
//!
//! Between any two blocks every pallet's invariants hold (its `try_state`, in a build with the feature `try-runtime`):
//! checked after each of the first 2,000 blocks, then after every hundredth. Besides, at every block, no money has come
//! from nowhere; and a call that must fail does: nobody can act on what is another's, or take what another has reserved.

mod chance;
mod people;
mod steps;

use std::collections::BTreeMap;

use self::{chance::Chance, steps::World};
use super::blocks::{begin, begin_after, development, end};
use crate::{constants::time::DAYS, Balance, Balances, System};

/// How many calls, unless the environment says otherwise.
const CALLS: u64 = 3_000;
/// Invariants are checked after each of this many blocks...
const CHECKED_ONE_BY_ONE: u64 = 2_000;
/// ...then after every so many.
const CHECKED_EVERY: u64 = 100;

fn environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}

/// What became of a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// It did what it says.
    Done,
    /// The pallet refused it.
    Failed,
    /// It did not get into the block: too poor to pay for it.
    Refused,
}

#[test]
fn invariants_hold_whatever_is_called() {
    let calls = environment("PEDIGREE_RANDOM_OPS").unwrap_or(CALLS);
    let seed = environment("PEDIGREE_SEED").unwrap_or_else(|| {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64
    });
    println!("random run: {calls} calls; run it again with PEDIGREE_SEED={seed} PEDIGREE_RANDOM_OPS={calls}");
    let tally = development().execute_with(|| run(calls, seed));

    println!("{:<32}{:>10}{:>10}{:>10}", "call", "done", "failed", "refused");
    for (name, counts) in &tally {
        let count = |outcome| counts.get(&outcome).copied().unwrap_or(0);
        println!("{name:<32}{:>10}{:>10}{:>10}", count(Outcome::Done), count(Outcome::Failed), count(Outcome::Refused));
    }
    let done: u64 = tally.values().filter_map(|counts| counts.get(&Outcome::Done)).sum();
    assert!(done * 4 >= calls, "with {done} of {calls} done this run shows little");
}

type Tally = BTreeMap<&'static str, BTreeMap<Outcome, u64>>;

fn run(calls: u64, seed: u64) -> Tally {
    let mut world = World::new(Chance::new(seed));
    let mut tally = Tally::new();
    let mut issued = Balances::total_issuance();
    let (mut blocks, mut sent) = (0u64, 0u64);
    check(seed);
    while sent < calls {
        // Now and then a day passes in which nothing happens: reservations expire, consent ends.
        if world.chance.one_in(400) {
            System::set_block_number(System::block_number() + DAYS);
            begin_after((DAYS + 1).into());
        } else {
            begin();
        }
        issued += minted();
        for _ in 0..=world.chance.below(8).min(calls - sent - 1) {
            let (name, outcome) = world.step();
            *tally.entry(name).or_default().entry(outcome).or_default() += 1;
            sent += 1;
        }
        end();
        blocks += 1;
        let now = Balances::total_issuance();
        assert!(now <= issued, "money came from nowhere in block {blocks} (seed {seed})");
        issued = now;
        assert_eq!(held_by_all(), issued, "money is nobody's after block {blocks} (seed {seed})");
        if blocks <= CHECKED_ONE_BY_ONE || blocks % CHECKED_EVERY == 0 {
            check(seed);
        }
    }
    check(seed);
    println!("{blocks} blocks, up to number {}", System::block_number());
    tally
}

/// What was minted in this block, by rule.
fn minted() -> Balance {
    let minted = |event: &crate::RuntimeEvent| match event {
        crate::RuntimeEvent::Dap(pallet_dap::Event::IssuanceMinted { total_minted, .. }) => Some(*total_minted),
        _ => None,
    };
    System::events().iter().filter_map(|record| minted(&record.event)).sum()
}

/// All accounts' money.
fn held_by_all() -> Balance {
    frame_system::Account::<crate::Runtime>::iter_values()
        .map(|account| account.data.free + account.data.reserved)
        .sum()
}

/// Every pallet's invariants.
#[cfg(feature = "try-runtime")]
fn check(seed: u64) {
    use frame_support::traits::{TryState, TryStateSelect};

    let number = System::block_number();
    crate::AllPalletsWithSystem::try_state(number, TryStateSelect::All)
        .unwrap_or_else(|broken| panic!("after block {number} (seed {seed}): {broken:?}"));
}

/// Without the feature only what the run itself looks at is checked.
#[cfg(not(feature = "try-runtime"))]
fn check(_seed: u64) {}
