//! How long an epoch takes, with every contributor scored by every evaluator and bonds to all of them: with liquid alpha and
//! without, beside a plain dense implementation in 64-bit floating point (`tests/support/oracle.rs`), which does the same work
//! without having to be the same on every machine.
//!
//! Ends with one JSON line a figure, medians of processor time. `make bench-yuma` adds those of Wasm.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::cast_possible_truncation)]

#[path = "../tests/support/mod.rs"]
mod support;

use criterion::{Criterion, Throughput};
use std::{fs, hint::black_box, path::PathBuf, sync::LazyLock, time::Instant};
use support::{case::Case, chance::Chance, oracle};

/// Evaluators, contributors, the goal in milliseconds with liquid alpha, and how many epochs take some tenths of a second.
const SIZES: [(u16, u16, f64, u32); 3] = [(64, 192, 0.5, 800), (128, 896, 5.0, 80), (256, 3_840, 45.0, 8)];
/// How often so many are measured.
const RUNS: usize = 7;

fn scores(case: &Case) -> usize {
    case.rows.iter().map(|row| row.scores.len()).sum()
}

fn epochs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("epoch");
    for (evaluators, contributors, _, _) in SIZES {
        for (name, liquid_alpha) in [("liquid alpha", true), ("constant alpha", false)] {
            let case = Chance(1).full(evaluators, contributors, liquid_alpha);
            group.throughput(Throughput::Elements(scores(&case) as u64));
            group.sample_size(if contributors > 1_000 { 10 } else { 50 });
            group.bench_function(format!("{evaluators}x{contributors}/{name}"), |bencher| {
                bencher.iter(|| black_box(&case).run().unwrap());
            });
        }
    }
    group.finish();
}

/// Seconds of processor time that this thread has had, so that it does not matter what else the machine does; of a clock where the
/// system does not tell. What Linux tells may be some milliseconds old, so what is measured should take a hundred times that.
fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let start = *START;
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds: Option<u64> = told.and_then(|text| text.split(' ').next()?.parse().ok()).filter(|told| *told > 0);
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds as f64 / 1e9)
}

/// Of one, when it is done so many times.
fn milliseconds<T>(times: u32, work: impl Fn() -> T) -> f64 {
    let start = seconds();
    for _ in 0..times {
        black_box(work());
    }
    (seconds() - start) * 1e3 / f64::from(times)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Only each tenth score and bond of every row, so that rows are sparse.
fn sparse(case: &Case) -> Case {
    let mut case = case.clone();
    for (place, row) in case.rows.iter_mut().enumerate() {
        row.scores.retain(|(uid, _)| usize::from(*uid) % 10 == place % 10);
        row.bonds.retain(|(uid, _)| usize::from(*uid) % 10 == place % 10);
    }
    case
}

/// The figures, as the other benchmarks print theirs.
fn figures() {
    // The very same cases for Wasm, see `scripts/bench-yuma`.
    let folder = std::env::var_os("PEDIGREE_BENCH_YUMA").map(PathBuf::from);
    let mut lines = Vec::new();
    for (evaluators, contributors, goal, times) in SIZES {
        let bench = format!("yuma/{evaluators}x{contributors}");
        for (name, liquid_alpha) in [("native", true), ("native/constant-alpha", false)] {
            let case = Chance(1).full(evaluators, contributors, liquid_alpha);
            if let Some(folder) = folder.as_ref().filter(|_| liquid_alpha) {
                fs::write(folder.join(format!("{evaluators}x{contributors}")), case.to_bytes()).unwrap();
            }
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..RUNS {
                ours.push(milliseconds(times, || case.run().unwrap()));
                theirs.push(milliseconds(times / 4, || oracle::epoch(&case)));
            }
            let (ours, theirs) = (median(ours), median(theirs));
            if liquid_alpha {
                let met = ours < goal;
                lines.push(format!(
                    r#"{{"bench":"{bench}/{name}","ours":{ours:.3},"unit":"ms","goal":{goal},"met":{met}}}"#
                ));
            }
            let ratio = theirs / ours;
            lines.push(format!(
                r#"{{"bench":"{bench}/{name}","ours":{ours:.3},"unit":"ms","peer":"dense float64","theirs":{theirs:.3},"ratio":{ratio:.2}}}"#
            ));
            if liquid_alpha {
                for (name, case) in [("per-score", case.clone()), ("per-score/a-tenth", sparse(&case))] {
                    let ms = median((0..RUNS).map(|_| milliseconds(times, || case.run().unwrap())).collect());
                    let ns = ms * 1e6 / scores(&case) as f64;
                    lines.push(format!(r#"{{"bench":"{bench}/{name}","ours":{ns:.1},"unit":"ns"}}"#));
                }
            }
        }
    }
    println!();
    lines.iter().for_each(|line| println!("{line}"));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    epochs(&mut criterion);
    criterion.final_summary();
    figures();
}
