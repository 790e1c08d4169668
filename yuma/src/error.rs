//! What makes a subnet's epoch impossible to compute.

use core::fmt;

/// Why there is no outcome. Nothing of it depends on the mathematics: what is well-formed has an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// More neurons than there are uids.
    TooManyNeurons {
        /// How many were given.
        count: usize,
    },
    /// The evaluators' uids must rise, each at most once.
    EvaluatorsOutOfOrder,
    /// There is no neuron with this evaluator's uid.
    UnknownEvaluator {
        /// The evaluator's uid.
        evaluator: u16,
    },
    /// There is no neuron with the owner's uid.
    UnknownOwner {
        /// The owner's uid.
        owner: u16,
    },
    /// The uids of an evaluator's scores must rise, each at most once.
    ScoresOutOfOrder {
        /// Whose scores.
        evaluator: u16,
    },
    /// An evaluator scores a uid without a neuron.
    UnknownContributor {
        /// Whose scores.
        evaluator: u16,
        /// Who is scored.
        contributor: u16,
    },
    /// The uids of an evaluator's bonds must rise, each at most once.
    BondsOutOfOrder {
        /// Whose bonds.
        evaluator: u16,
    },
    /// An evaluator has a bond to a uid without a neuron.
    BondToUnknown {
        /// Whose bonds.
        evaluator: u16,
        /// To whom.
        contributor: u16,
    },
    /// A bonds moving average above one (1,000,000 millionths).
    MovingAverageAboveOne,
    /// Liquid alpha's low is above its high.
    AlphaLowAboveHigh,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyNeurons { count } => write!(f, "{count} neurons are more than there are uids"),
            Self::EvaluatorsOutOfOrder => write!(f, "the evaluators' uids don't rise"),
            Self::UnknownEvaluator { evaluator } => write!(f, "evaluator {evaluator} is no neuron"),
            Self::UnknownOwner { owner } => write!(f, "owner {owner} is no neuron"),
            Self::ScoresOutOfOrder { evaluator } => {
                write!(f, "the uids in the scores of evaluator {evaluator} don't rise")
            }
            Self::UnknownContributor { evaluator, contributor } => {
                write!(f, "evaluator {evaluator} scores {contributor}, which is no neuron")
            }
            Self::BondsOutOfOrder { evaluator } => {
                write!(f, "the uids in the bonds of evaluator {evaluator} don't rise")
            }
            Self::BondToUnknown { evaluator, contributor } => {
                write!(f, "evaluator {evaluator} has a bond to {contributor}, which is no neuron")
            }
            Self::MovingAverageAboveOne => write!(f, "the bonds moving average is above one"),
            Self::AlphaLowAboveHigh => write!(f, "liquid alpha's low is above its high"),
        }
    }
}

impl core::error::Error for Error {}
