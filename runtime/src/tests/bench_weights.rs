//! What registering costs, as `make bench-weights` prints it.

use frame_support::{dispatch::DispatchClass, weights::Weight};

use crate::{configs::system::RuntimeBlockWeights, Runtime};

type ModelWeights = <Runtime as pallet_models::Config>::WeightInfo;
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
    use pallet_reservations::WeightInfo as _;

    let cases = [
        ("reserve".to_string(), ReservationWeights::reserve()),
        ("register/1-parent".to_string(), ModelWeights::release(1)),
        ("register/8-parents".to_string(), ModelWeights::release(8)),
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
