//! The same in Wasm, bit for bit: `wasm/` is compiled as the runtime is, with the toolchain that `make setup` chose, and
//! interpreted.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use support::{case, chance::Chance};
use wasmi::{Engine, Linker, Memory, Module, Store, TypedFunc};

const TARGET: &str = "wasm32v1-none";

/// The toolchain that has the target: the one that was chosen for Wasm, or the one that is used here.
fn toolchain() -> String {
    let pinned = || {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../rust-toolchain.toml")).unwrap();
        let channel =
            text.lines().find_map(|line| line.strip_prefix("channel = ")).expect("rust-toolchain.toml has a channel");
        channel.trim_matches('"').to_owned()
    };
    env::var("WASM_BUILD_TOOLCHAIN").ok().filter(|name| !name.is_empty()).unwrap_or_else(pinned)
}

/// Compiles `wasm/`, and says where it is.
fn compiled() -> PathBuf {
    let (toolchain, target_dir) = (toolchain(), Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm"));
    let mut cargo = Command::new("rustup");
    cargo.args([
        "run",
        &toolchain,
        "cargo",
        "build",
        "--quiet",
        "--release",
        "--locked",
        "--offline",
        "--target",
        TARGET,
    ]);
    cargo.arg("--target-dir").arg(&target_dir).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("wasm"));
    // What this test was compiled and started with is for the machine's own kind of processor.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO") && text != "CARGO_HOME" || text.starts_with("RUSTC") || text == "RUSTFLAGS" {
            cargo.env_remove(name);
        }
    }
    let status = cargo.status().expect("rustup can be started");
    assert!(
        status.success(),
        "{toolchain} does not compile for {TARGET}; `make setup` sees to it, docs/building.md says how"
    );
    target_dir.join(TARGET).join("release/pedigree_yuma_wasm.wasm")
}

struct Wasm {
    store: Store<()>,
    memory: Memory,
    room: TypedFunc<u32, u32>,
    run: TypedFunc<(u32, u32, u32), u32>,
}

impl Wasm {
    fn new() -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, &fs::read(compiled()).unwrap()).unwrap();
        let mut store = Store::new(&engine, ());
        let linker = Linker::new(&engine);
        let instance = linker.instantiate(&mut store, &module).unwrap().start(&mut store).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let room = instance.get_typed_func(&store, "room").unwrap();
        let run = instance.get_typed_func(&store, "run").unwrap();
        Self { store, memory, room, run }
    }

    fn result(&mut self, case: &[u8]) -> Vec<u8> {
        let length = u32::try_from(case.len()).unwrap();
        let start = self.room.call(&mut self.store, length).unwrap();
        self.memory.write(&mut self.store, start as usize, case).unwrap();
        let result = self.run.call(&mut self.store, (start, length, 1)).unwrap() as usize;
        let mut length = [0; 4];
        self.memory.read(&self.store, result, &mut length).unwrap();
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        self.memory.read(&self.store, result.saturating_add(4), &mut bytes).unwrap();
        bytes
    }
}

#[test]
fn a_thousand_random_cases_are_the_same_in_wasm_bit_for_bit() {
    let mut wasm = Wasm::new();
    let mut errors = 0;
    for seed in 0..1_000 {
        let mut chance = Chance(seed);
        let case = match seed % 10 {
            0 => chance.garbage(),
            // Large enough that columns are worked on in several blocks.
            2 if seed % 250 == 2 => chance.full(64, 400, seed % 500 == 2),
            1 => chance.case(64),
            _ => chance.case(16),
        };
        let native = case::to_bytes(&case.run());
        errors += u32::from(native[0] == 1);
        assert_eq!(native, wasm.result(&case.to_bytes()), "seed {seed}");
    }
    assert!((10..=90).contains(&errors), "{errors} of the 100 garbled cases are refused");
}

#[test]
fn a_case_is_the_same_when_sent_as_bytes() {
    for seed in 0..1_000 {
        let case = Chance(seed).garbage();
        assert_eq!(case::Case::from_bytes(&case.to_bytes()), case);
    }
}
