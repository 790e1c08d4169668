//! Random cases, the same ones each time.

use super::case::{Case, Row};
use pedigree_yuma::{LiquidAlpha, Neuron, Parameters};

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// In `percent` of a hundred times.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn u16(&mut self) -> u16 {
        self.next() as u16
    }

    /// Often small, often large, often the same.
    pub fn score(&mut self) -> u16 {
        match self.below(5) {
            0 => self.below(4) as u16,
            1 => u16::MAX - self.below(2) as u16,
            2 => 1 << self.below(16),
            _ => self.u16(),
        }
    }

    fn entries(&mut self, neurons: usize, percent: u64) -> Vec<(u16, u16)> {
        let mut entries = Vec::new();
        for uid in 0..neurons as u16 {
            if self.percent(percent) {
                entries.push((uid, self.score()));
            }
        }
        entries
    }

    pub fn parameters(&mut self) -> Parameters {
        let kappa = match self.below(6) {
            0 => [0, 1, 13_107, 21_845, 65_534, 65_535][self.below(6) as usize],
            1 => self.u16(),
            _ => 32_767,
        };
        let liquid_alpha = self.percent(70).then(|| {
            let (one, other) = (self.u16(), self.u16());
            let (low, high) = if self.percent(20) { (6_553, 19_660) } else { (one.min(other), one.max(other)) };
            let steepness = if self.percent(50) { 1_000 } else { self.u16().cast_signed() >> self.below(8) };
            LiquidAlpha { low, high, steepness }
        });
        Parameters {
            kappa,
            bonds_penalty: if self.percent(50) { 0 } else { self.score() },
            bonds_moving_average: self.below(1_000_001) as u32,
            liquid_alpha,
            max_evaluators: self.below(70) as u16,
            minimum_stake: self.below(3).into(),
        }
    }

    /// A subnet of at most so many neurons. All stake is below `2^37`, and often equal; uids are in order.
    pub fn case(&mut self, most: u64) -> Case {
        let count = self.below(most + 1) as usize;
        let (active, permit, recent) = (50 + self.below(51), 50 + self.below(51), self.below(30));
        let coarse = self.percent(50);
        let neurons: Vec<Neuron> = (0..count)
            .map(|_| Neuron {
                stake: if coarse { self.below(4) } else { self.next() >> (27 + self.below(37)) }.min(1 << 29).into(),
                active: self.percent(active),
                permit: self.percent(permit),
                registered_at: if self.percent(recent) { self.below(20) } else { 0 },
            })
            .collect();
        let (rows, scores, bonds) = (20 + self.below(81), 1 + self.below(100), self.below(101));
        let rows = (0..count)
            .filter_map(|uid| {
                let mut row = || Row {
                    uid: uid as u16,
                    submitted_at: self.below(20),
                    scores: self.entries(count, scores),
                    bonds: self.entries(count, bonds),
                };
                let row = row();
                self.percent(rows).then_some(row)
            })
            .collect();
        let owner = (count > 0 && self.percent(50)).then(|| self.below(count.max(1) as u64) as u16);
        Case { neurons, rows, owner, bonds_at: self.below(25), parameters: self.parameters() }
    }

    /// As a stranger would have it: anything may be out of order, or out of bounds.
    pub fn garbage(&mut self) -> Case {
        let mut case = self.case(12);
        for _ in 0..self.below(4) {
            let entry = (self.below(16) as u16, self.u16());
            match self.below(7) {
                0 => case.neurons.iter_mut().for_each(|neuron| neuron.stake = u128::MAX >> (neuron.stake % 3)),
                1 => case.rows.iter_mut().take(3).for_each(|row| row.scores.push(entry)),
                2 => case.rows.iter_mut().take(3).for_each(|row| row.bonds.push(entry)),
                3 => case.rows.push(Row { uid: entry.0, scores: vec![entry], ..Row::default() }),
                4 => case.owner = Some(entry.0),
                5 => case.parameters.bonds_moving_average = self.next() as u32,
                _ => {
                    case.parameters.liquid_alpha =
                        Some(LiquidAlpha { low: entry.1, high: self.u16(), steepness: i16::MIN });
                }
            }
        }
        case
    }

    /// Evaluators with every contributor scored, and bonds to all from before: the full work of an epoch.
    pub fn full(&mut self, evaluators: u16, contributors: u16, liquid_alpha: bool) -> Case {
        let seats = evaluators..evaluators + contributors;
        let neuron = |uid: u16, chance: &mut Self| Neuron {
            stake: if uid < evaluators { 1_000_000_000_000 + u128::from(chance.next() >> 14) } else { 0 },
            active: true,
            permit: uid < evaluators,
            registered_at: 0,
        };
        let neurons = (0..seats.end).map(|uid| neuron(uid, self)).collect();
        // All have about the same opinion of each contributor.
        let quality: Vec<u64> = seats.clone().map(|_| 1 + self.below(60_000)).collect();
        let row = |uid: u16, chance: &mut Self| Row {
            uid,
            submitted_at: 1,
            scores: seats
                .clone()
                .zip(&quality)
                .map(|(uid, quality)| (uid, (quality + chance.below(5_000)) as u16))
                .collect(),
            bonds: Vec::new(),
        };
        let rows = (0..evaluators).map(|uid| row(uid, self)).collect();
        let parameters = Parameters {
            kappa: 32_767,
            bonds_penalty: 0,
            bonds_moving_average: 100_000,
            liquid_alpha: liquid_alpha.then_some(LiquidAlpha { low: 45_875, high: 58_982, steepness: 1_000 }),
            max_evaluators: evaluators,
            minimum_stake: 1,
        };
        let mut case = Case { neurons, rows, owner: None, bonds_at: 1, parameters };
        for _ in 0..5 {
            let outcome = case.run().unwrap();
            case.rows.iter_mut().zip(outcome.bonds).for_each(|(row, bonds)| row.bonds = bonds);
        }
        case
    }
}
