#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pedigree_fuzz::part(bytes));
