//! How long checking a proof takes, in releases far larger than one would build here; and the parts that hashing is made of.
//!
//! The branch of a tensor among 2^24 is made up: any siblings lead to some root, and that root is the one checked against.
//! Ends with one JSON line for the figure that has a goal.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::cast_possible_truncation)]

#[path = "../tests/oracle/mod.rs"]
mod oracle;

use criterion::{BatchSize, Criterion, Throughput};
use pedigree_manifest::{chunk_root, hash_path, prove_chunk, Branch, Hash, Options, Proof, Summary, TensorProof};
use std::{fs, hint::black_box, time::Instant};

/// A proof for the tensor in the middle of `2^levels`.
fn tensor_proof(levels: u32) -> (TensorProof, Hash) {
    let noise = |n: u64| Hash(oracle::noise(n, 32).try_into().unwrap());
    let (name, path) = ("model.layers.17.mlp.down_proj.weight", "model-00042-of-00191.safetensors");
    let (count, index) = (1_u64 << levels, (1_u64 << levels) / 3);
    let (shape, length, chunks) = ([8192_u64, 28672], 8192 * 28672 * 2, noise(1));
    let siblings: Vec<Hash> = (0..u64::from(levels)).map(|n| noise(100 + n)).collect();

    let id = oracle::content_id("BF16", &shape, length, &chunks.0);
    let text = |text: &str| [&(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat();
    let leaf = oracle::h(&[&[6], &text(name), &text(path), &id]);
    let bare: Vec<oracle::H> = siblings.iter().map(|sibling| sibling.0).collect();
    let summary = Summary {
        version: 1,
        flags: 0,
        files_root: noise(2),
        tensors_root: Hash(oracle::climb(leaf, index, count, &bare).unwrap()),
        file_count: 191,
        tensor_count: count,
        total_bytes: u64::MAX,
    };
    let proof = TensorProof {
        summary,
        name: name.try_into().unwrap(),
        path: path.try_into().unwrap(),
        dtype: "BF16".try_into().unwrap(),
        shape: shape.to_vec().try_into().unwrap(),
        length,
        chunk_root: chunks,
        tensor: Branch { index, siblings: siblings.try_into().unwrap() },
    };
    (proof, summary.root())
}

fn proofs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("proof");
    for levels in [10, 24] {
        let (proof, root) = tensor_proof(levels);
        proof.verify(&root).unwrap();
        group.bench_function(format!("verify/tensor/2^{levels}"), |bencher| {
            bencher.iter(|| black_box(&proof).verify(black_box(&root)).map(|proven| proven.length).unwrap());
        });
        let bytes = Proof::Tensor(proof).to_bytes();
        group.bench_function(format!("decode/tensor/2^{levels}"), |bencher| {
            bencher.iter(|| Proof::from_bytes(black_box(&bytes)).unwrap());
        });
    }
    let folder = tempfile::tempdir().unwrap();
    let data = oracle::noise(1, 1 << 20);
    fs::write(folder.path().join("data"), &data).unwrap();
    let manifest = hash_path(folder.path(), &Options::default()).unwrap();
    let (proof, root) = (prove_chunk(folder.path(), &manifest, "data", 0).unwrap(), manifest.root());
    group.bench_function("verify/chunk/1MiB", |bencher| {
        bencher.iter(|| proof.verify(&root, black_box(&data[..16_384])).map(|proven| proven.offset).unwrap());
    });
    group.finish();
}

fn hashing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hash");
    let data = vec![0x5a; 8 << 20];
    group.throughput(Throughput::Bytes(data.len() as u64));
    group.bench_function("chunk_root/8MiB/1 thread", |bencher| bencher.iter(|| chunk_root(black_box(&data))));

    let folder = tempfile::tempdir().unwrap();
    for n in 0..2_000_u64 {
        fs::write(folder.path().join(format!("{n:05}")), oracle::noise(n, 4_096)).unwrap();
    }
    group.throughput(Throughput::Elements(2_000));
    group.sample_size(20).bench_function("folder/2000 files of 4KiB", |bencher| {
        bencher.iter_batched(
            Options::default,
            |options| hash_path(folder.path(), &options).unwrap(),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

/// The figure with a goal, as the other benchmarks print theirs.
fn figure() {
    const GOAL: f64 = 20.0;
    let (proof, root) = tensor_proof(24);
    // The very same proof for Wasm, see `scripts/bench-proof`.
    if let Some(path) = std::env::var_os("PEDIGREE_BENCH_PROOF") {
        fs::write(path, Proof::Tensor(proof.clone()).to_bytes()).unwrap();
    }
    let mut times: Vec<f64> = (0..101)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..1_000 {
                black_box(black_box(&proof).verify(black_box(&root)).map(|proven| proven.length).unwrap());
            }
            // A thousand runs: milliseconds are microseconds of one.
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let met = median < GOAL;
    println!(r#"{{"bench":"proof/tensor/2^24/native","ours":{median:.2},"unit":"us","goal":{GOAL},"met":{met}}}"#);
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    proofs(&mut criterion);
    hashing(&mut criterion);
    criterion.final_summary();
    figure();
}
