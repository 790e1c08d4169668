//! How long a node takes to answer `provenance_lineage` (`make bench-lineage`).
//!
//! Starts a development node, registers a line of 64 generations and a release with 2,000 descendants, and asks for them
//! over HTTP, many times, each with a connection of its own: what is told is the median, from connecting to the answer's JSON,
//! read. Prints one JSON object per figure. `BENCH_RUNS` says how often (default 201), `PEDIGREE_NODE_BIN` which node.
//!
//! Over a WebSocket an answer of more than a few kilobytes can take 40 ms more: the SDK's server leaves Nagle's algorithm on,
//! which then waits for the client's delayed acknowledgement. That is no time of the node's, and nothing here can change it.

// A measurement says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::time::Instant;

use pedigree_tests::batch::{register_all, Planned};
use pedigree_tests::{Account, Node, Rpc};
use serde_json::{json, Value as Json};

const NAMESPACE: &str = "bench-lineage";
const LEVELS: usize = 64;
const DESCENDANTS: usize = 2_000;
/// The largest page that there is.
const PAGE: u32 = 100;
const GOAL_LEVELS: f64 = 10.0;
const GOAL_FIRST_PAGE: f64 = 50.0;

/// A line, and a family: a thousand fine-tunes of one release, each with a quantisation; one in five merged with another.
fn plan() -> Vec<Planned> {
    let level = |n: usize| {
        let parents = n.checked_sub(1).map(|parent| (parent, "FineTune")).into_iter().collect();
        Planned::new(format!("level-{n}"), parents)
    };
    let mut plan: Vec<Planned> = (0..=LEVELS).map(level).collect();
    let base = plan.len();
    plan.push(Planned::new("base".to_owned(), vec![]));
    for n in 0..DESCENDANTS {
        let here = plan.len();
        let mut parents = match n.checked_sub(DESCENDANTS / 2) {
            None => vec![(base, "FineTune")],
            Some(tuned) => vec![(base + 1 + tuned, "Quantisation")],
        };
        if n % 5 == 4 {
            parents.push((here - 1, "Merge"));
        }
        plan.push(Planned::new(format!("model-{n}"), parents));
    }
    plan
}

/// Asks for a page of a lineage: what it answers, and how many milliseconds it took.
fn ask(rpc: &Rpc, release: &str, direction: &str, after: &Json) -> (Json, f64) {
    let params = json!([format!("{NAMESPACE}/{release}@1"), direction, null, after, PAGE]);
    let begun = Instant::now();
    let page = rpc.get("provenance_lineage", params);
    (page, begun.elapsed().as_secs_f64() * 1e3)
}

/// The median of many calls.
fn median(rpc: &Rpc, runs: usize, release: &str, direction: &str, after: &Json) -> f64 {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        times.push(ask(rpc, release, direction, after).1);
    }
    times.sort_by(f64::total_cmp);
    (times[runs / 2] * 100.0).round() / 100.0
}

fn figure(bench: &str, ours: f64, goal: Option<f64>) {
    let mut line = format!("{{\"bench\":\"lineage/{bench}\",\"ours\":{ours},\"unit\":\"ms\"");
    if let Some(goal) = goal {
        line.push_str(&format!(",\"goal\":{goal},\"met\":{}", ours < goal));
    }
    println!("{line}}}");
}

#[tokio::main]
async fn main() {
    let runs = std::env::var("BENCH_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(201usize).max(1);
    let node = Node::dev();
    let rpc = &node.rpc();
    Account::alice().claim(*rpc, NAMESPACE);
    let (plan, begun) = (plan(), Instant::now());
    register_all(&node, NAMESPACE, &plan).await;
    rpc.settle();
    eprintln!("registered {} releases in {:.0} s", plan.len(), begun.elapsed().as_secs_f64());

    // All pages once: that everything is there, and where the last one begins.
    let leaf = format!("level-{LEVELS}");
    let (line, _) = ask(rpc, &leaf, "ancestors", &Json::Null);
    assert_eq!(line["items"].as_array().map(Vec::len), Some(LEVELS + 1), "a transaction failed: {line}");
    assert_eq!(line["items"][LEVELS]["generation"], LEVELS);
    let mut after = Json::Null;
    let (mut found, mut pages) = (0, 0u32);
    let last = loop {
        let (page, _) = ask(rpc, "base", "descendants", &after);
        found += page["items"].as_array().map_or(0, Vec::len);
        pages += 1;
        if pages == 1 {
            eprintln!("the first page has {} bytes", page.to_string().len());
        }
        let asked = std::mem::replace(&mut after, page["next"].clone());
        if after.is_null() {
            break asked;
        }
    };
    assert_eq!(found, DESCENDANTS + 1, "a transaction failed, or a page misses something");

    let levels = median(rpc, runs, &leaf, "ancestors", &Json::Null);
    let first = median(rpc, runs, "base", "descendants", &Json::Null);
    let last = median(rpc, runs, "base", "descendants", &last);
    let mut all = Vec::new();
    for _ in 0..(runs / 20).max(5) {
        let begun = Instant::now();
        let mut after = Json::Null;
        loop {
            after = ask(rpc, "base", "descendants", &after).0["next"].clone();
            if after.is_null() {
                break;
            }
        }
        all.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    all.sort_by(f64::total_cmp);
    figure(&format!("{LEVELS}-levels"), levels, Some(GOAL_LEVELS));
    figure(&format!("{DESCENDANTS}-descendants/first-page"), first, Some(GOAL_FIRST_PAGE));
    figure(&format!("{DESCENDANTS}-descendants/last-page"), last, None);
    figure(&format!("{DESCENDANTS}-descendants/all-{pages}-pages"), all[all.len() / 2].round(), None);
}
