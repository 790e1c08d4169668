//! A subnet that owns what it consists of, and can be sent as bytes. Tests, benchmarks, the Wasm beside them and the fuzzer use it.

extern crate alloc;

use alloc::{format, vec::Vec};
use pedigree_yuma::{epoch, Error, Evaluator, Fraction, LiquidAlpha, Neuron, Outcome, Parameters, Subnet};

/// An evaluator's row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub uid: u16,
    pub submitted_at: u64,
    pub scores: Vec<(u16, u16)>,
    pub bonds: Vec<(u16, u16)>,
}

impl Row {
    fn evaluator(&self) -> Evaluator<'_> {
        let Self { uid, submitted_at, ref scores, ref bonds } = *self;
        Evaluator { uid, submitted_at, scores, bonds }
    }
}

/// All that an epoch depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub neurons: Vec<Neuron>,
    pub rows: Vec<Row>,
    pub owner: Option<u16>,
    pub bonds_at: u64,
    pub parameters: Parameters,
}

impl Case {
    /// Runs the epoch.
    pub fn run(&self) -> Result<Outcome, Error> {
        let evaluators: Vec<Evaluator<'_>> = self.rows.iter().map(Row::evaluator).collect();
        epoch(&Subnet {
            neurons: &self.neurons,
            evaluators: &evaluators,
            owner: self.owner,
            bonds_at: self.bonds_at,
            parameters: &self.parameters,
        })
    }

    /// For [`Case::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Parameters { kappa, bonds_penalty, bonds_moving_average, liquid_alpha, max_evaluators, minimum_stake } =
            self.parameters;
        bytes.extend(kappa.to_le_bytes());
        bytes.extend(bonds_penalty.to_le_bytes());
        bytes.extend(bonds_moving_average.to_le_bytes());
        bytes.push(liquid_alpha.is_some().into());
        let LiquidAlpha { low, high, steepness } =
            liquid_alpha.unwrap_or(LiquidAlpha { low: 0, high: 0, steepness: 0 });
        bytes.extend(low.to_le_bytes());
        bytes.extend(high.to_le_bytes());
        bytes.extend(steepness.to_le_bytes());
        bytes.extend(max_evaluators.to_le_bytes());
        bytes.extend(minimum_stake.to_le_bytes());
        bytes.push(self.owner.is_some().into());
        bytes.extend(self.owner.unwrap_or(0).to_le_bytes());
        bytes.extend(self.bonds_at.to_le_bytes());
        length(&mut bytes, self.neurons.len());
        for neuron in &self.neurons {
            bytes.push(u8::from(neuron.active) | u8::from(neuron.permit) << 1);
            bytes.extend(neuron.stake.to_le_bytes());
            bytes.extend(neuron.registered_at.to_le_bytes());
        }
        length(&mut bytes, self.rows.len());
        for row in &self.rows {
            bytes.extend(row.uid.to_le_bytes());
            bytes.extend(row.submitted_at.to_le_bytes());
            entries(&mut bytes, &row.scores);
            entries(&mut bytes, &row.bonds);
        }
        bytes
    }

    /// Any bytes are a case: what is missing at the end is zero.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut reader = Reader(bytes);
        let parameters = Parameters {
            kappa: u16::from_le_bytes(reader.take()),
            bonds_penalty: u16::from_le_bytes(reader.take()),
            bonds_moving_average: u32::from_le_bytes(reader.take()),
            liquid_alpha: {
                let [enabled] = reader.take();
                let low = u16::from_le_bytes(reader.take());
                let high = u16::from_le_bytes(reader.take());
                let steepness = i16::from_le_bytes(reader.take());
                (enabled != 0).then_some(LiquidAlpha { low, high, steepness })
            },
            max_evaluators: u16::from_le_bytes(reader.take()),
            minimum_stake: u128::from_le_bytes(reader.take()),
        };
        let [owned] = reader.take();
        let owner = u16::from_le_bytes(reader.take());
        Self {
            parameters,
            owner: (owned != 0).then_some(owner),
            bonds_at: u64::from_le_bytes(reader.take()),
            neurons: reader.list(|reader| {
                let [flags] = reader.take();
                Neuron {
                    active: flags & 1 != 0,
                    permit: flags & 2 != 0,
                    stake: u128::from_le_bytes(reader.take()),
                    registered_at: u64::from_le_bytes(reader.take()),
                }
            }),
            rows: reader.list(|reader| Row {
                uid: u16::from_le_bytes(reader.take()),
                submitted_at: u64::from_le_bytes(reader.take()),
                scores: reader.list(Reader::entry),
                bonds: reader.list(Reader::entry),
            }),
        }
    }
}

/// All of a result, bit for bit.
pub fn to_bytes(result: &Result<Outcome, Error>) -> Vec<u8> {
    let mut bytes = Vec::new();
    match result {
        Err(error) => {
            bytes.push(1);
            bytes.extend(format!("{error:?}").into_bytes());
        }
        Ok(outcome) => {
            bytes.push(0);
            let Outcome { consensus, trust, incentive, dividends, active_stake, permits, bonds } = outcome;
            for fractions in [consensus, trust, incentive, dividends, active_stake] {
                length(&mut bytes, fractions.len());
                bytes.extend(fractions.iter().copied().map(Fraction::parts).flat_map(u64::to_le_bytes));
            }
            length(&mut bytes, permits.len());
            bytes.extend(permits.iter().copied().map(u8::from));
            length(&mut bytes, bonds.len());
            bonds.iter().for_each(|row| entries(&mut bytes, row));
            let payout = outcome.payout(u128::MAX);
            bytes.extend(payout.incentive.iter().chain(&payout.dividends).copied().flat_map(u128::to_le_bytes));
            bytes.extend(payout.remainder.to_le_bytes());
        }
    }
    bytes
}

fn length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend((length as u32).to_le_bytes());
}

fn entries(bytes: &mut Vec<u8>, entries: &[(u16, u16)]) {
    length(bytes, entries.len());
    bytes.extend(entries.iter().flat_map(|(uid, value)| [uid.to_le_bytes(), value.to_le_bytes()]).flatten());
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const LENGTH: usize>(&mut self) -> [u8; LENGTH] {
        let mut taken = [0; LENGTH];
        let (bytes, rest) = self.0.split_at(self.0.len().min(LENGTH));
        taken[..bytes.len()].copy_from_slice(bytes);
        self.0 = rest;
        taken
    }

    /// As many as are said to be there, while there are bytes.
    fn list<T>(&mut self, mut next: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = u32::from_le_bytes(self.take());
        let mut list = Vec::with_capacity(self.0.len().min(length as usize));
        while list.len() < length as usize && !self.0.is_empty() {
            list.push(next(self));
        }
        list
    }

    fn entry(&mut self) -> (u16, u16) {
        (u16::from_le_bytes(self.take()), u16::from_le_bytes(self.take()))
    }
}
