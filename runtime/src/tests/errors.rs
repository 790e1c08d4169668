//! `docs/errors.md` lists what our pallets refuse, in the words that RPC and command line show.
//!
//! Written anew with `PEDIGREE_WRITE=1 make unit-test`.

use scale_info::{TypeDef, TypeInfo};

use crate::Runtime;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md");

const HEAD: &str = "# Errors

What the chain refuses, by pallet: the name of the error, what is wrong, and what to do. The sentences are the documentation of
the errors in the code; RPC and command line show the same ones. Where an error is about one of several parents, it says which,
counted from 0. A call that fails changes nothing but the fee that was paid; `provenance_prepare*` and the command line try it
before anything is paid.

This page is generated; a test compares it with the code.
";

fn section<Error: TypeInfo>(pallet: &str) -> String {
    let TypeDef::Variant(errors) = Error::type_info().type_def else { panic!("{pallet} has no errors") };
    let mut section = format!("\n## {pallet}\n\n| error | what is wrong, and what to do |\n| --- | --- |\n");
    for error in errors.variants {
        let explanation = error.docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        assert!(explanation.ends_with('.'), "{pallet}::{} is not explained in sentences", error.name);
        section.push_str(&format!("| `{}` | {explanation} |\n", error.name));
    }
    section
}

#[test]
fn the_table_of_errors_is_up_to_date() {
    let table = [
        HEAD.to_string(),
        section::<pallet_reservations::Error<Runtime>>("Reservations"),
        section::<pallet_namespaces::Error<Runtime>>("Namespaces"),
        section::<pallet_registrars::Error<Runtime>>("Registrars"),
        section::<pallet_records::Error<Runtime>>("Records"),
        section::<pallet_datasets::Error<Runtime>>("Datasets"),
        section::<pallet_models::Error<Runtime>>("Models"),
        section::<pallet_payouts::Error<Runtime>>("Payouts"),
        section::<pallet_sponsorship::Error<Runtime>>("Sponsorship"),
        section::<pallet_subnets::Error<Runtime>>("Subnets"),
        section::<pallet_stake::Error<Runtime>>("Stake"),
    ]
    .concat();
    if std::env::var_os("PEDIGREE_WRITE").is_some() {
        std::fs::write(PATH, &table).unwrap();
    }
    let written = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(written == table, "docs/errors.md is out of date: PEDIGREE_WRITE=1 make unit-test writes it anew");
}
