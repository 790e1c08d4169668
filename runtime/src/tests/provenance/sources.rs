//! Where what a release earned came from.

use pallet_payouts::Accounts;
use pedigree_primitives::{
    api::{runtime_decl_for_payouts_api::PayoutsApiV1, Lineage, PageRequest, SourceView},
    NewRelease, RecordId, Relation, ReleaseId, Terms,
};
use proptest::prelude::*;
use sp_keyring::Sr25519Keyring::{Alice, Dave};
use sp_runtime::Permill;

use super::world::*;
use crate::{configs::payouts::MinimumPayment, constants::currency::UNIT, Balance, Runtime};

fn ask(id: ReleaseId, after: Option<pedigree_primitives::Bytes>, limit: u32) -> Lineage<SourceView> {
    Runtime::sources(id, PageRequest { after, limit }).unwrap()
}

/// All sources, in pages of that length: which release, what it had in all, and the part of that.
fn whole(id: ReleaseId, limit: u32) -> Vec<(ReleaseId, Balance, Balance)> {
    let mut all = vec![];
    let mut after = None;
    loop {
        let page = ask(id, after, limit);
        assert!(page.items.len() <= limit as usize && !page.truncated);
        all.extend(page.items.iter().map(|item| (item.part.share.release, item.settled.0, item.part.amount.0)));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// A release of Alice's that asks so many millionths, built from these.
fn release(record: RecordId, n: u64, millionths: u32, parents: &[ReleaseId]) -> ReleaseId {
    let parents: Vec<_> = parents.iter().map(|id| (*id, Relation::Merge)).collect();
    let terms = Terms { royalty: Permill::from_parts(millionths), ..open_terms() };
    register(Alice, record, NewRelease { terms, ..built_from(n, &parents) }).unwrap()
}

fn pay(release: ReleaseId, amount: Balance) {
    try_call(Dave, pallet_payouts::Call::pay { release, amount, memo: None }).unwrap();
}

#[test]
fn what_a_release_earned_is_found_with_those_that_were_paid() {
    story(|| {
        let record = model_of(Alice, "alice");
        let base = release(record, 1, 50_000, &[]);
        let tuned = release(record, 2, 20_000, &[base]);
        let small = release(record, 3, 0, &[tuned]);
        let other = release(record, 4, 0, &[]);
        assert!(whole(base, 9).is_empty());
        pay(small, 100 * UNIT);
        pay(tuned, 10 * UNIT);
        pay(base, 3 * UNIT);
        pay(other, UNIT);
        // Paid, but not credited.
        assert!(whole(base, 9).is_empty());
        next_block();
        let expected = [(base, 3 * UNIT, 3 * UNIT), (tuned, 10 * UNIT, UNIT / 2), (small, 100 * UNIT, 5 * UNIT)];
        for limit in 1..=4 {
            assert_eq!(whole(base, limit), expected, "pages of {limit}");
        }
        assert_eq!(whole(tuned, 9), [(tuned, 10 * UNIT, 10 * UNIT - UNIT / 2), (small, 100 * UNIT, 2 * UNIT)]);
        assert_eq!(whole(small, 9), [(small, 100 * UNIT, 93 * UNIT)]);
        let shown = ask(base, None, 9).items[2].clone();
        assert_eq!((shown.part.share.name.as_str(), shown.part.share.millionths), ("alice/model@3", 50_000));
        assert_eq!(shown.generation, 2);
        assert_eq!(Runtime::sources(ReleaseId::new(record, 9), PageRequest { after: None, limit: 1 }), None);
    });
}

/// What asks nothing has no descendants as sources, however many there are and whatever they were paid.
#[test]
fn only_who_owes_is_a_source() {
    story(|| {
        let space = open(Dave, "hf:somebody");
        let catalogued = pallet_records::Call::catalogue {
            namespace: space,
            name: name("model"),
            kind: pedigree_primitives::RecordKind::Model,
            release: bytes(1),
            upstream: upstream(),
        };
        try_call(Dave, catalogued).unwrap();
        let base = ReleaseId::new(crate::Records::find(space, &name("model")).unwrap(), 1);
        let record = model_of(Alice, "alice");
        let child = release(record, 2, 10_000, &[base]);
        let grandchild = release(record, 3, 0, &[child]);
        pay(grandchild, UNIT);
        next_block();
        // It asks nothing, so nothing of its descendants is gone through.
        assert!(whole(base, 9).is_empty());
        assert_eq!(whole(child, 9), [(grandchild, UNIT, UNIT / 100)]);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// All that a release ever earned is what its sources say, to the last unit.
    #[test]
    fn sources_add_up_to_what_was_earned(
        releases in proptest::collection::vec((0u32..40_000, any::<u8>(), any::<u8>()), 2..8),
        payments in proptest::collection::vec((any::<prop::sample::Index>(), 0u128..3_000_000_000_000), 1..10),
    ) {
        story(|| {
            let record = model_of(Alice, "alice");
            let mut family: Vec<ReleaseId> = vec![];
            for (n, (rate, one, other)) in releases.iter().enumerate() {
                let mut parents: Vec<ReleaseId> = [one, other]
                    .into_iter()
                    .filter_map(|which| family.get(usize::from(*which) % (n + 1)).copied())
                    .collect();
                parents.dedup();
                family.push(release(record, n as u64 + 1, *rate, &parents));
            }
            for (which, amount) in payments {
                pay(*which.get(&family), amount + MinimumPayment::get());
            }
            next_block();
            for release in &family {
                let account = Accounts::<Runtime>::get(release);
                let earned = whole(*release, 3).iter().map(|(_, _, amount)| amount).sum::<Balance>();
                assert_eq!(earned, account.owed + account.withdrawn + account.expired);
            }
        });
    }
}
