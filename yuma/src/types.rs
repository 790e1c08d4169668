//! What goes in, what comes out.

use crate::Fraction;
use alloc::vec::Vec;

/// As many uids as a `u16` can tell apart.
pub const MAX_NEURONS: usize = 1 << 16;

/// A subnet as it is when its epoch is due. Nothing is copied; the pallet that stores it decides how.
#[derive(Clone, Copy, Debug)]
pub struct Subnet<'a> {
    /// Every neuron, at the place of its uid; at most [`MAX_NEURONS`].
    pub neurons: &'a [Neuron],
    /// Who has scores or bonds, by rising uid. Who is missing has neither.
    pub evaluators: &'a [Evaluator<'a>],
    /// The one neuron whose score for itself counts, if there is one: the subnet owner's.
    pub owner: Option<u16>,
    /// When the bonds were computed: at the end of the epoch before. A bond to a neuron that was registered afterwards was one
    /// to its predecessor, and is dropped.
    pub bonds_at: u64,
    /// How the subnet is set.
    pub parameters: &'a Parameters,
}

/// A seat in the subnet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neuron {
    /// What stands behind it, in whatever unit: only shares matter.
    pub stake: u128,
    /// An inactive evaluator's stake does not count.
    pub active: bool,
    /// Whether it may score: as [`Outcome::permits`] of the epoch before says.
    pub permit: bool,
    /// When it became what it is now: registered, or bound to another release. In the unit of [`Evaluator::submitted_at`].
    pub registered_at: u64,
}

/// What an evaluator says, and what it has from saying it before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evaluator<'a> {
    /// Its neuron.
    pub uid: u16,
    /// When the scores were made. A score is dropped that was made before the neuron it is for was registered
    /// (`submitted_at < registered_at`).
    ///
    /// A block number, or anything finer: within one unit, the neuron counts as having been there first. Who can't tell gives
    /// what is certainly not too late, such as the block before.
    pub submitted_at: u64,
    /// `(uid, score)` by rising uid. Only a row's proportions matter; a score of zero is the same as none.
    pub scores: &'a [(u16, u16)],
    /// `(uid, bond in 65535ths)` by rising uid: [`Outcome::bonds`] of the epoch before.
    pub bonds: &'a [(u16, u16)],
}

/// How a subnet is set. The field's names; fractions are 65535ths where it is not said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// The part of the active stake that must support a score for it to be consensus. 32767 is the majority.
    pub kappa: u16,
    /// How far what is above consensus is taken back before it goes into bonds: 0 not at all, 65535 entirely.
    pub bonds_penalty: u16,
    /// The part of a new bond in the moving average, in millionths, where liquid alpha doesn't decide. (Subtensor stores the
    /// part of the old one: its 975,000 are 25,000 here.)
    pub bonds_moving_average: u32,
    /// Lets the part of the new bond follow how far a score is from consensus.
    pub liquid_alpha: Option<LiquidAlpha>,
    /// How many neurons may have a permit.
    pub max_evaluators: u16,
    /// What must stand behind a neuron that is to have a permit. Nothing is never enough.
    pub minimum_stake: u128,
}

/// Between which bounds the part of the new bond moves, and how abruptly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiquidAlpha {
    /// The least, near consensus.
    pub low: u16,
    /// The most, far from it.
    pub high: u16,
    /// The slope of the curve between the two, in hundredths: 1000 stands for `exp(-10 (d - 0.5))`. With a negative one, far and
    /// near change places.
    pub steepness: i16,
}

/// What an epoch comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// By uid: the largest part of their scores that at least kappa of the active stake gives this contributor.
    pub consensus: Vec<Fraction>,
    /// By uid: how much of this evaluator's scores is within consensus.
    pub trust: Vec<Fraction>,
    /// By uid: the contributor's part of all incentive. Together one, but for rounding down; or nothing at all.
    pub incentive: Vec<Fraction>,
    /// By uid: the evaluator's part of all dividends. Together one, but for rounding down; or nothing at all.
    pub dividends: Vec<Fraction>,
    /// By uid: the part of the active stake that stands behind this evaluator.
    pub active_stake: Vec<Fraction>,
    /// By uid: who may score in the next epoch.
    pub permits: Vec<bool>,
    /// For each of [`Subnet::evaluators`], in their order: `(uid, bond in 65535ths)` by rising uid, without those of zero. Empty
    /// for who has no permit in the next epoch.
    pub bonds: Vec<Vec<(u16, u16)>>,
}
