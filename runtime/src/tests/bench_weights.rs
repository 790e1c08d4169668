//! What registering and paying cost, as `make bench-weights` prints it.

use frame_support::{dispatch::DispatchClass, weights::Weight};
use pedigree_primitives::MAX_ASKING_ANCESTORS;

use crate::{configs::system::RuntimeBlockWeights, Runtime};

type ModelWeights = <Runtime as pallet_models::Config>::WeightInfo;
type PayoutWeights = <Runtime as pallet_payouts::Config>::WeightInfo;
type ReservationWeights = <Runtime as pallet_reservations::Config>::WeightInfo;

/// How many calls of that weight fit into the part of a block that ordinary transactions may fill.
fn per_block(call: Weight) -> u64 {
    let limits = RuntimeBlockWeights::get();
    let class = limits.get(DispatchClass::Normal);
    let most = class.max_total.unwrap_or(limits.max_block);
    let each = call.saturating_add(class.base_extrinsic);
    most.checked_div_per_component(&each).unwrap_or(0)
}

#[test]
fn registrations_fit_a_block_by_the_hundred() {
    use pallet_models::WeightInfo as _;
    use pallet_payouts::WeightInfo as _;
    use pallet_reservations::WeightInfo as _;

    let cases = [
        ("reserve".to_string(), ReservationWeights::reserve()),
        ("register/1-parent".to_string(), ModelWeights::release(1)),
        ("register/8-parents".to_string(), ModelWeights::release(8)),
        ("pay".to_string(), PayoutWeights::pay()),
    ];
    for (bench, weight) in cases {
        let fit = per_block(weight);
        println!(
            "{{\"bench\":\"{bench}\",\"refTimeMicroseconds\":{},\"proofBytes\":{},\"ours\":{fit},\"unit\":\"calls per block\"}}",
            weight.ref_time() / 1_000_000,
            weight.proof_size(),
        );
        assert!(fit >= 100, "{bench}: only {fit} fit a block");
    }
}

/// Releases with 32 ancestors that ask, settled by an otherwise empty block: of one family, and of nothing in common.
#[test]
fn payments_are_settled_by_the_thousand() {
    use pallet_payouts::WeightInfo as _;

    let limit = <Runtime as pallet_payouts::Config>::SettlingWeight::get();
    let settled = |ancestors: &dyn Fn(u32) -> u32| {
        (1..100_000).take_while(|count| PayoutWeights::settle_many(*count, ancestors(*count)).all_lte(limit)).count()
    };
    let family = settled(&|_| MAX_ASKING_ANCESTORS);
    let strangers = settled(&|count| count.saturating_mul(MAX_ASKING_ANCESTORS));
    for (bench, ours, goal) in
        [("settle/32-ancestors-in-common", family, Some(1_000)), ("settle/32-ancestors-each", strangers, None)]
    {
        let goal = goal.map(|goal| format!(",\"goal\":{goal},\"met\":{}", ours >= goal)).unwrap_or_default();
        println!("{{\"bench\":\"{bench}\",\"ours\":{ours},\"unit\":\"releases per block\"{goal}}}");
    }
    assert!(family >= 1_000 && strangers >= 100, "{family} and {strangers}");
}
