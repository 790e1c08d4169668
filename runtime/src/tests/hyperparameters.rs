//! `docs/subnets.md` has a table of the hyperparameters, made from the code.
//!
//! Written anew with `PEDIGREE_WRITE=1 make unit-test`.

use pallet_subnets::Hyperparameter;
use scale_info::{TypeDef, TypeInfo};

use crate::Subnets;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/subnets.md");
const BEGIN: &str = "<!-- hyperparameters -->\n";
const END: &str = "<!-- end -->\n";

/// With commas between thousands.
fn number(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join(","))
}

fn table() -> String {
    let TypeDef::Variant(variants) = Hyperparameter::type_info().type_def else { panic!("it is an enum") };
    let mut table =
        "| name | what it says | least | most | first | by |\n| --- | --- | --- | --- | --- | --- |\n".to_string();
    for (index, hyperparameter) in Subnets::initial().all().iter().enumerate() {
        let variant = variants.variants.iter().find(|variant| usize::from(variant.index) == index).unwrap();
        let meaning = variant.docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let (least, most) = Subnets::bounds(hyperparameter);
        let most = if most == 1 << 80 { "any".into() } else { number(most) };
        let by = if hyperparameter.by_governance_only() { "referendum" } else { "owner" };
        let (name, least, first) = (hyperparameter.name(), number(least), number(hyperparameter.value()));
        table.push_str(&format!("| `{name}` | {meaning} | {least} | {most} | {first} | {by} |\n"));
    }
    table
}

#[test]
fn the_table_of_hyperparameters_is_up_to_date() {
    let page = std::fs::read_to_string(PATH).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if std::env::var_os("PEDIGREE_WRITE").is_some() {
        std::fs::write(PATH, [before, BEGIN, &table(), END, after].concat()).unwrap();
        return;
    }
    assert!(written == table(), "docs/subnets.md is out of date: PEDIGREE_WRITE=1 make unit-test writes it anew");
}

#[test]
fn a_hyperparameter_is_made_of_what_it_is_shown_as() {
    for hyperparameter in Subnets::initial().all() {
        assert_eq!(hyperparameter.with_value(hyperparameter.value()), Some(hyperparameter));
        assert_eq!(hyperparameter.with_value(i128::MIN), None);
    }
    assert_eq!(Hyperparameter::LiquidAlpha(false).with_value(1), Some(Hyperparameter::LiquidAlpha(true)));
    assert_eq!(Hyperparameter::LiquidAlpha(false).with_value(2), None);
    assert_eq!(Hyperparameter::Tempo(1).with_value(1 << 32), None);
    assert_eq!(Hyperparameter::AlphaSteepness(1).with_value(-3), Some(Hyperparameter::AlphaSteepness(-3)));
}
