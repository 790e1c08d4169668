//! Every vector in `tests/vectors/yuma/` is met, in bonds and dividends. `PEDIGREE_VECTORS` names another folder: one with a
//! folder `yuma` in it, as `tests/vectors/` has, or one with the files themselves. What a vector says is written beside them.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod support;

use pedigree_yuma::{LiquidAlpha, Neuron, Parameters};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};
use support::{
    case::{Case, Row},
    float,
};

#[derive(Deserialize)]
struct Vector {
    validators: Vec<u16>,
    servers: Vec<u16>,
    n: usize,
    kappa_u16: u16,
    liquid_alpha: Liquid,
    bonds_moving_average: f64,
    bonds_penalty_u16: u16,
    max_validators: u16,
    warmup_epochs: usize,
    stake: Vec<u128>,
    epochs: Vec<Epoch>,
    tolerance: f64,
}

#[derive(Deserialize)]
struct Liquid {
    enabled: bool,
    low_u16: u16,
    high_u16: u16,
    steepness_raw: i16,
}

#[derive(Deserialize)]
struct Epoch {
    weights: BTreeMap<u16, BTreeMap<u16, u16>>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    bonds: Vec<Vec<f64>>,
    dividends: Vec<f64>,
}

fn folder() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let named = env::var_os("PEDIGREE_VECTORS").map_or_else(|| "tests/vectors".into(), PathBuf::from);
    // Tests run in the folder of their package; whoever names a folder is rather in that of the repository.
    let folder = if named.is_dir() { named } else { workspace.join(named) };
    let below = folder.join("yuma");
    if below.is_dir() {
        below
    } else {
        folder
    }
}

fn vectors() -> Vec<(PathBuf, Vector)> {
    let folder = folder();
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} has no vectors", folder.display());
    let read = |path: PathBuf| {
        let json = fs::read_to_string(&path).unwrap();
        let vector = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, vector)
    };
    paths.into_iter().map(read).collect()
}

/// The subnet before the first epoch: nobody has a permit, a score or a bond.
fn subnet(vector: &Vector) -> Case {
    let Liquid { enabled, low_u16: low, high_u16: high, steepness_raw: steepness } = vector.liquid_alpha;
    let neuron = |stake: &u128| Neuron { stake: *stake, active: true, permit: false, registered_at: 0 };
    Case {
        neurons: vector.stake.iter().map(neuron).collect(),
        // Whoever has a permit may score, so everybody has a row.
        rows: (0..).take(vector.n).map(|uid| Row { uid, ..Row::default() }).collect(),
        owner: None,
        bonds_at: 0,
        parameters: Parameters {
            kappa: vector.kappa_u16,
            bonds_penalty: vector.bonds_penalty_u16,
            bonds_moving_average: (vector.bonds_moving_average * 1e6).round() as u32,
            liquid_alpha: enabled.then_some(LiquidAlpha { low, high, steepness }),
            max_evaluators: vector.max_validators,
            minimum_stake: 0,
        },
    }
}

fn check(vector: &Vector, name: &str) {
    assert_eq!(vector.stake.len(), vector.n, "{name}");
    assert!(!vector.epochs.is_empty() && vector.tolerance < 0.01, "{name} says next to nothing");
    let mut subnet = subnet(vector);
    let warmup = (0..vector.warmup_epochs).map(|_| None);
    for (number, epoch) in warmup.chain(vector.epochs.iter().map(Some)).enumerate() {
        let at = format!("{name}, epoch {number}");
        for row in &mut subnet.rows {
            let scores = epoch.and_then(|epoch| epoch.weights.get(&row.uid));
            row.scores = scores.into_iter().flatten().map(|(uid, score)| (*uid, *score)).collect();
        }
        let outcome = subnet.run().unwrap_or_else(|error| panic!("{at}: {error}"));
        if let Some(Epoch { expected, .. }) = epoch {
            assert_eq!(expected.bonds.len(), vector.validators.len(), "{at}");
            for (uid, expected) in vector.validators.iter().zip(&expected.bonds) {
                let bonds = &outcome.bonds[usize::from(*uid)];
                assert_eq!(expected.len(), vector.servers.len(), "{at}");
                for (server, expected) in vector.servers.iter().zip(expected) {
                    let bond = bonds.iter().find(|(uid, _)| uid == server).map_or(0, |(_, bond)| *bond);
                    let bond = f64::from(bond) / 65_535.0;
                    assert!(
                        (bond - expected).abs() <= vector.tolerance,
                        "{at}: the bond of {uid} to {server} is {bond}, not {expected}"
                    );
                }
            }
            assert_eq!(expected.dividends.len(), vector.n, "{at}");
            for (uid, (dividend, expected)) in outcome.dividends.iter().zip(&expected.dividends).enumerate() {
                let dividend = float(*dividend);
                assert!(
                    (dividend - expected).abs() <= vector.tolerance,
                    "{at}: the dividend of {uid} is {dividend}, not {expected}"
                );
            }
        }
        subnet.neurons.iter_mut().zip(&outcome.permits).for_each(|(neuron, permit)| neuron.permit = *permit);
        subnet.rows.iter_mut().zip(outcome.bonds).for_each(|(row, bonds)| row.bonds = bonds);
    }
}

#[test]
fn every_vector_is_met_in_bonds_and_dividends() {
    for (path, vector) in vectors() {
        check(&vector, &path.display().to_string());
    }
}
