//! What `scripts/bench-hash` runs: makes a folder to hash, hashes it, and does the same with nothing but one thread of
//! BLAKE2b. Each run prints one JSON object.
//!
//! ```text
//! bench_hash make FOLDER BYTES     a safetensors file of many tensors, always the same bytes
//! bench_hash sparse FOLDER BYTES   the same shape without the bytes, for measuring memory
//! bench_hash hash FOLDER [THREADS] what `pedigree hash` does
//! bench_hash plain FOLDER          every byte through one BLAKE2b, one thread
//! ```

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::print_stdout)]

use pedigree_manifest::{hash_path, Options};
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::Path,
    process::ExitCode,
    time::Instant,
};

/// Of a transformer with 2,048 dimensions, in BF16: names, shapes.
const LAYER: [(&str, &[u64]); 9] = [
    ("input_layernorm.weight", &[2048]),
    ("mlp.down_proj.weight", &[2048, 8192]),
    ("mlp.gate_proj.weight", &[8192, 2048]),
    ("mlp.up_proj.weight", &[8192, 2048]),
    ("post_attention_layernorm.weight", &[2048]),
    ("self_attn.k_proj.weight", &[512, 2048]),
    ("self_attn.o_proj.weight", &[2048, 2048]),
    ("self_attn.q_proj.weight", &[2048, 2048]),
    ("self_attn.v_proj.weight", &[512, 2048]),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["make", folder, bytes] => make(Path::new(folder), bytes, true),
        ["sparse", folder, bytes] => make(Path::new(folder), bytes, false),
        ["hash", folder] => hash(Path::new(folder), None),
        ["hash", folder, threads] => hash(Path::new(folder), Some(threads)),
        ["plain", folder] => plain(Path::new(folder)),
        _ => Err("usage: bench_hash make|sparse FOLDER BYTES | hash FOLDER [THREADS] | plain FOLDER".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench_hash: {error}");
            ExitCode::FAILURE
        }
    }
}

/// As many layers as come closest to `bytes`, and one tensor more for what is left.
fn make(folder: &Path, bytes: &str, fill: bool) -> Result<(), Box<dyn Error>> {
    let bytes: u64 = bytes.parse()?;
    let mut header = String::from("{");
    let mut at = 0;
    let mut add = |name: &str, shape: &[u64]| {
        let end = at + 2 * shape.iter().product::<u64>();
        let comma = if at == 0 { "" } else { "," };
        let entry = format!(r#"{{"dtype":"BF16","shape":{shape:?},"data_offsets":[{at},{end}]}}"#);
        let written = write!(header, r#"{comma}"{name}":{entry}"#);
        at = end;
        written.map(|()| end)
    };
    let layer: u64 = LAYER.iter().map(|(_, shape)| 2 * shape.iter().product::<u64>()).sum();
    let layers = bytes / layer;
    for number in 0..layers {
        for (name, shape) in LAYER {
            add(&format!("model.layers.{number}.{name}"), shape)?;
        }
    }
    let total = add("model.embed_tokens.weight", &[(bytes - layers * layer) / 2])?;
    header.push('}');

    fs::create_dir_all(folder)?;
    fs::write(folder.join("config.json"), r#"{"model_type":"llama","hidden_size":2048}"#)?;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join("model.safetensors"))?);
    file.write_all(&u64::try_from(header.len())?.to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    if fill {
        // splitmix64: nothing that hashes or compresses better than weights do.
        let mut state = 0_u64;
        let mut block = [0; 8192];
        let mut left = usize::try_from(total)?;
        while left > 0 {
            for word in block.chunks_exact_mut(8) {
                state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
            }
            let step = left.min(block.len());
            file.write_all(&block[..step])?;
            left -= step;
        }
        file.flush()?;
    } else {
        let file = file.into_inner()?;
        file.set_len(8 + u64::try_from(header.len())? + total)?;
    }
    println!(r#"{{"bytes":{total},"tensors":{}}}"#, layers * 9 + 1);
    Ok(())
}

fn hash(folder: &Path, threads: Option<&str>) -> Result<(), Box<dyn Error>> {
    let threads = threads.map(str::parse).transpose()?;
    let start = Instant::now();
    let manifest = hash_path(folder, &Options { threads, ..Options::default() })?;
    let root = manifest.root();
    report(manifest.summary().total_bytes, start, &root.to_string())
}

fn plain(folder: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let (mut state, mut buffer, mut bytes) = (blake2b_simd::State::new(), vec![0; 1 << 20], 0);
    for entry in fs::read_dir(folder)? {
        let mut file = File::open(entry?.path())?;
        loop {
            let count = file.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            state.update(&buffer[..count]);
            bytes += u64::try_from(count)?;
        }
    }
    report(bytes, start, &state.finalize().to_hex())
}

fn report(bytes: u64, start: Instant, hash: &str) -> Result<(), Box<dyn Error>> {
    let seconds = start.elapsed().as_secs_f64();
    // Linux says what the most was; elsewhere the figure is missing.
    let peak = fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .map_or_else(|| "null".into(), |kib| (kib * 1024).to_string());
    println!(r#"{{"bytes":{bytes},"seconds":{seconds:.6},"peakBytes":{peak},"hash":"{hash}"}}"#);
    Ok(())
}
