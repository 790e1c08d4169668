//! Every call is measured.

/// The source of the pallets' set-up. Types don't tell: `()` is a fine `WeightInfo` to the compiler.
const SOURCES: [&str; 13] = [
    include_str!("../configs/calendar.rs"),
    include_str!("../configs/consensus.rs"),
    include_str!("../configs/economy.rs"),
    include_str!("../configs/emission.rs"),
    include_str!("../configs/governance.rs"),
    include_str!("../configs/money.rs"),
    include_str!("../configs/payouts.rs"),
    include_str!("../configs/provenance.rs"),
    include_str!("../configs/proxy.rs"),
    include_str!("../configs/sponsorship.rs"),
    include_str!("../configs/standing.rs"),
    include_str!("../configs/system.rs"),
    include_str!("../configs/utility.rs"),
];

#[test]
fn no_pallet_is_left_without_weights() {
    let mut checked = 0;
    for source in SOURCES {
        for line in source.lines() {
            let line = line.trim();
            let Some((name, value)) = line.strip_prefix("type ").and_then(|line| line.split_once(" = ")) else {
                continue;
            };
            if name.ends_with("WeightInfo") {
                assert_ne!(value, "();", "a pallet's weights are left out: {line}");
                let measured = value.starts_with("weights::") && value.ends_with("::WeightInfo<Runtime>;");
                assert!(measured || value.ends_with("Weight<Runtime>;"), "{line}");
                checked += 1;
            }
        }
    }
    // One a pallet that has any, and the extensions' own.
    assert_eq!(checked, 26, "a pallet takes its weights from a default that is not written out");
}

/// Every set-up file is among the sources above.
#[test]
fn no_set_up_is_overlooked() {
    let listed = include_str!("../configs/mod.rs").lines().filter(|line| line.starts_with("pub mod ")).count();
    assert_eq!(listed, SOURCES.len());
}

/// Generated figures cost something: a call that is free by mistake could be sent for ever.
#[test]
fn calls_of_ours_weigh_something() {
    use frame_support::dispatch::GetDispatchInfo;

    let call = crate::RuntimeCall::from(pallet_reservations::Call::reserve { hash: Default::default() });
    assert!(call.get_dispatch_info().call_weight.ref_time() > 1_000_000);
}
