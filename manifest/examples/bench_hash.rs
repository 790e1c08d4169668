//! What `scripts/bench-hash` runs: makes a folder to hash, hashes it, and does the same with nothing but one thread of
//! BLAKE2b. Each run prints one JSON object.
//!
//! ```text
//! bench_hash make FOLDER BYTES     a safetensors file of many tensors, always the same bytes
//! bench_hash sparse FOLDER BYTES   the same shape without the bytes, for measuring memory
//! bench_hash small FOLDER FILES    so many files of 100 to 4,000 bytes, always the same
//! bench_hash hash FOLDER [THREADS] what `pedigree hash` does
//! bench_hash sha256 FOLDER         what `pedigree hash --digest sha256` does
//! bench_hash plain FOLDER          every byte through one BLAKE2b, one thread
//! bench_hash plain-sha256 FOLDER   every file through SHA-256, as many at once as there are cores
//! bench_hash read FOLDER           every file read, as many at once as there are cores
//! ```

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::print_stdout)]

use pedigree_manifest::{hash_path, hash_path_with_sha256, Options};
use sha2::{Digest, Sha256};
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
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
        ["small", folder, files] => small(Path::new(folder), files),
        ["hash", folder] => hash(Path::new(folder), None),
        ["hash", folder, threads] => hash(Path::new(folder), Some(threads)),
        ["sha256", folder] => sha256(Path::new(folder)),
        ["plain", folder] => plain(Path::new(folder)),
        ["plain-sha256", folder] => each(Path::new(folder), true),
        ["read", folder] => each(Path::new(folder), false),
        _ => Err("usage: bench_hash make|sparse FOLDER BYTES | small FOLDER FILES | hash FOLDER [THREADS] | \
                  sha256|plain|plain-sha256|read FOLDER"
            .into()),
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
        let mut state = 0_u64;
        let mut block = [0; 8192];
        let mut left = usize::try_from(total)?;
        while left > 0 {
            noise(&mut state, &mut block);
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

/// splitmix64: nothing that hashes or compresses better than weights do.
fn noise(state: &mut u64, bytes: &mut [u8]) {
    for word in bytes.chunks_mut(8) {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..word.len()]);
    }
}

/// A thousand files in each folder.
fn small(folder: &Path, files: &str) -> Result<(), Box<dyn Error>> {
    let files: u64 = files.parse()?;
    let (mut state, mut total) = (0, 0);
    let mut bytes = vec![0; 4000];
    for number in 0..files {
        let below = folder.join(format!("{:03}", number / 1000));
        fs::create_dir_all(&below)?;
        let length = 100 + number * 7919 % 3900;
        let bytes = &mut bytes[..usize::try_from(length)?];
        noise(&mut state, bytes);
        fs::write(below.join(format!("{number}.txt")), bytes)?;
        total += length;
    }
    println!(r#"{{"bytes":{total},"files":{files}}}"#);
    Ok(())
}

fn hash(folder: &Path, threads: Option<&str>) -> Result<(), Box<dyn Error>> {
    let threads = threads.map(str::parse).transpose()?;
    let start = Instant::now();
    let manifest = hash_path(folder, &Options { threads, ..Options::default() })?;
    let summary = manifest.summary();
    report(summary.total_bytes, start, &summary.root().to_string())
}

fn sha256(folder: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let (manifest, _) = hash_path_with_sha256(folder, &Options::default())?;
    let summary = manifest.summary();
    report(summary.total_bytes, start, &summary.root().to_string())
}

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Reads every file, a file at a time on each core, and hashes it if asked to.
fn each(folder: &Path, hash: bool) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut paths = Vec::new();
    files(folder, &mut paths)?;
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<(u64, u8)> {
        let (mut bytes, mut seen) = (0, 0);
        let mut buffer = vec![0; 1 << 20];
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (mut file, mut state) = (File::open(path)?, hash.then(Sha256::new));
            loop {
                let count = file.read(&mut buffer)?;
                if count == 0 {
                    break;
                }
                if let Some(state) = &mut state {
                    state.update(&buffer[..count]);
                }
                bytes += count as u64;
            }
            seen ^= state.map_or(0, |state| state.finalize()[0]);
        }
        Ok((bytes, seen))
    };
    let (mut bytes, mut seen) = (0, 0);
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let (more, other) = thread.join().map_err(|_| io::Error::other("a thread panicked"))??;
            bytes += more;
            seen ^= other;
        }
        Ok::<_, io::Error>(())
    })?;
    report(bytes, start, &format!("{seen:02x}"))
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
