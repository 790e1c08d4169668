//! The fuzz targets (`make fuzz`) over the inputs that are kept for them: so they hold with the stable compiler, too.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, unreachable_pub)]

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn every_target_holds_on_its_kept_inputs_and_all_beginnings_of_them() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    for (name, target) in fuzz::TARGETS {
        let mut inputs = 0;
        for entry in fs::read_dir(corpus.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")) {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            target(&bytes);
            (0..bytes.len()).for_each(|length| target(&bytes[..length]));
            inputs += 1;
        }
        assert!(inputs > 0, "{name} has no inputs");
    }
}

#[test]
fn every_target_is_a_program_and_has_a_folder_and_no_folder_is_forgotten() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let targets: BTreeSet<String> = fuzz::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    for below in ["corpus", "fuzz_targets"] {
        let found: BTreeSet<String> = fs::read_dir(fuzz.join(below))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(found, targets, "{below}");
    }
}
