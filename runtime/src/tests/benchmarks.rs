//! Every benchmark runs, and what it verifies holds: at the least and at the most of each of its components.
//!
//! On the state that `make runtime-weights` measures on, but without the clock and without Wasm.

use frame_benchmarking::{
    runtime_decl_for_benchmark::BenchmarkV2, BenchmarkConfig, BenchmarkList, BenchmarkMetadata, BenchmarkParameter,
};
use sc_client_db::BenchmarkingState;
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{Ext, OverlayedChanges};

use super::blocks::genesis_of;
use crate::Runtime;

/// Left out: upgrades look into the Wasm that they are given, and the baseline's signatures need a keystore. Neither is
/// there in native code, and neither measures anything that is set up here.
const LEFT_OUT: [&str; 3] = ["set_code", "apply_authorized_upgrade", "sr25519_verification"];

fn list() -> Vec<BenchmarkList> {
    Runtime::benchmark_metadata(true).0
}

fn text(name: &[u8]) -> &str {
    std::str::from_utf8(name).unwrap()
}

/// Runs one benchmark with those components, and says how many entries it wrote, or what went wrong.
fn run(
    list: &BenchmarkList,
    benchmark: &BenchmarkMetadata,
    components: Vec<(BenchmarkParameter, u32)>,
) -> Result<u32, String> {
    let state = BenchmarkingState::<BlakeTwo256>::new(genesis_of(LOCAL_TESTNET_RUNTIME_PRESET), None, false, true)?;
    let mut overlay = OverlayedChanges::default();
    let mut externalities = Ext::new(&mut overlay, &state, None);
    let config = BenchmarkConfig {
        pallet: list.pallet.clone(),
        instance: list.instance.clone(),
        benchmark: benchmark.name.clone(),
        selected_components: components,
        verify: true,
        internal_repeats: 1,
    };
    let batches =
        sp_externalities::set_and_run_with_externalities(&mut externalities, || Runtime::dispatch_benchmark(config))?;
    match batches.as_slice() {
        [batch] => match batch.results.as_slice() {
            [result] => Ok(result.writes),
            results => Err(format!("{} results instead of one", results.len())),
        },
        other => Err(format!("{} batches instead of one with one result", other.len())),
    }
}

#[test]
fn every_benchmark_runs() {
    let mut failures = Vec::new();
    let mut ran = 0;
    for list in list() {
        for benchmark in &list.benchmarks {
            let name = text(&benchmark.name);
            if LEFT_OUT.contains(&name) {
                continue;
            }
            let least = benchmark.components.iter().map(|(name, low, _)| (*name, *low)).collect();
            let most = benchmark.components.iter().map(|(name, _, high)| (*name, *high)).collect();
            for components in [least, most] {
                let shown = format!("{}::{name} {components:?}", text(&list.pallet));
                let outcome = std::panic::catch_unwind(|| run(&list, benchmark, components));
                match outcome {
                    Ok(Ok(_)) => ran += 1,
                    Ok(Err(error)) => failures.push(format!("{shown}: {error}")),
                    Err(_) => failures.push(format!("{shown}: panicked")),
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(ran > 200, "only {ran} runs");
}

/// The end of an epoch writes each evaluator's bonds, and at most eight entries beside.
#[test]
fn the_end_of_an_epoch_writes_its_evaluators_and_eight_entries() {
    let list = list().into_iter().find(|list| text(&list.pallet) == "pallet_subnets").unwrap();
    let writes = |named: &str, value: u32| {
        let benchmark = list.benchmarks.iter().find(|benchmark| text(&benchmark.name) == named).unwrap();
        let (component, ..) = benchmark.components[0];
        run(&list, benchmark, vec![(component, value)]).unwrap()
    };
    for neurons in [2, 300, 4_096] {
        assert!(writes("epoch_neurons", neurons) <= 8);
    }
    for evaluators in [1, 7, 256] {
        assert!(writes("epoch_evaluators", evaluators) <= evaluators + 8);
    }
    for scores in [1, 300, 4_096] {
        let writes = writes("epoch_scores", scores);
        assert!(writes <= 256 + 8, "{writes}");
        assert!(writes > 256, "bonds were written");
    }
}
