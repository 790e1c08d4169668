//! How a subnet is set, by whom, and within which bounds.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::Get;
use pedigree_yuma::{LiquidAlpha, Parameters};
use scale_info::TypeInfo;

use crate::{Balance, Config, Pallet, MAX_EVALUATORS, MAX_NEURONS};

/// How a subnet is set. Fractions are 65535ths where it is not said otherwise; the meanings are those of [`Hyperparameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Hyperparameters {
    /// See [`Hyperparameter::Tempo`].
    pub tempo: u32,
    /// See [`Hyperparameter::Immunity`].
    pub immunity: u32,
    /// See [`Hyperparameter::Registration`].
    pub registration: bool,
    /// See [`Hyperparameter::MinimumPrice`].
    pub minimum_price: Balance,
    /// See [`Hyperparameter::Funding`].
    pub funding: Balance,
    /// See [`Hyperparameter::MaxEvaluators`].
    pub max_evaluators: u16,
    /// See [`Hyperparameter::MinimumStake`].
    pub minimum_stake: Balance,
    /// See [`Hyperparameter::BondsPenalty`].
    pub bonds_penalty: u16,
    /// See [`Hyperparameter::BondsMovingAverage`].
    pub bonds_moving_average: u32,
    /// See [`Hyperparameter::LiquidAlpha`].
    pub liquid_alpha: bool,
    /// See [`Hyperparameter::AlphaLow`].
    pub alpha_low: u16,
    /// See [`Hyperparameter::AlphaHigh`].
    pub alpha_high: u16,
    /// See [`Hyperparameter::AlphaSteepness`].
    pub alpha_steepness: i16,
    /// See [`Hyperparameter::MaxNeurons`].
    pub max_neurons: u16,
    /// See [`Hyperparameter::Kappa`].
    pub kappa: u16,
}

/// A change of one hyperparameter. The order is that of the table in `docs/subnets.md`, which is made from these descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum Hyperparameter {
    /// How many blocks an epoch lasts at least.
    #[codec(index = 0)]
    Tempo(u32),
    /// For how many blocks a neuron can't be replaced after it was registered or bound anew.
    #[codec(index = 1)]
    Immunity(u32),
    /// Whether neurons can be registered: 1, or 0 for not.
    #[codec(index = 2)]
    Registration(bool),
    /// The least that a neuron costs, in plancks.
    #[codec(index = 3)]
    MinimumPrice(Balance),
    /// How much of the subnet's funds an epoch pays at most, in plancks.
    #[codec(index = 4)]
    Funding(Balance),
    /// How many neurons may have a permit to score.
    #[codec(index = 5)]
    MaxEvaluators(u16),
    /// The stake that has to count behind a neuron for a permit, in plancks.
    #[codec(index = 6)]
    MinimumStake(Balance),
    /// How far what an evaluator gives above consensus is kept out of his bonds, in 65535ths: 0 not at all, 65535 wholly.
    #[codec(index = 7)]
    BondsPenalty(u16),
    /// How much of an epoch's bonds is new, where liquid alpha is off, in millionths; the rest is of the epochs before.
    #[codec(index = 8)]
    BondsMovingAverage(u32),
    /// Whether that part depends on how far the evaluator is from consensus: 1, or 0 for not.
    #[codec(index = 9)]
    LiquidAlpha(bool),
    /// With liquid alpha, how much of the bonds is new at the least, in 65535ths.
    #[codec(index = 10)]
    AlphaLow(u16),
    /// With liquid alpha, how much of the bonds is new at the most, in 65535ths.
    #[codec(index = 11)]
    AlphaHigh(u16),
    /// With liquid alpha, how abruptly it goes from one to the other, in hundredths: 0 always halfway, 1000 usual.
    #[codec(index = 12)]
    AlphaSteepness(i16),
    /// How many seats there are, the burn slot among them.
    #[codec(index = 13)]
    MaxNeurons(u16),
    /// The part of the stake that has to give a neuron a score, or more, to make it consensus, in 65535ths.
    #[codec(index = 14)]
    Kappa(u16),
}

impl Hyperparameter {
    /// Its name, as in RPC and documentation.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Tempo(_) => "tempo",
            Self::Immunity(_) => "immunity",
            Self::Registration(_) => "registration",
            Self::MinimumPrice(_) => "minimumPrice",
            Self::Funding(_) => "funding",
            Self::MaxEvaluators(_) => "maxEvaluators",
            Self::MinimumStake(_) => "minimumStake",
            Self::BondsPenalty(_) => "bondsPenalty",
            Self::BondsMovingAverage(_) => "bondsMovingAverage",
            Self::LiquidAlpha(_) => "liquidAlpha",
            Self::AlphaLow(_) => "alphaLow",
            Self::AlphaHigh(_) => "alphaHigh",
            Self::AlphaSteepness(_) => "alphaSteepness",
            Self::MaxNeurons(_) => "maxNeurons",
            Self::Kappa(_) => "kappa",
        }
    }

    /// Whether only governance can change it: what the security of a subnet's consensus, or the chain's work, hangs on.
    pub fn by_governance_only(&self) -> bool {
        matches!(
            self,
            Self::MaxEvaluators(_)
                | Self::MinimumStake(_)
                | Self::AlphaSteepness(_)
                | Self::MaxNeurons(_)
                | Self::Kappa(_)
        )
    }

    /// Its value as a number; `true` is 1.
    pub fn value(&self) -> i128 {
        let amount = |amount: Balance| i128::try_from(amount).unwrap_or(i128::MAX);
        match *self {
            Self::Tempo(value) | Self::Immunity(value) | Self::BondsMovingAverage(value) => value.into(),
            Self::Registration(value) | Self::LiquidAlpha(value) => value.into(),
            Self::MinimumPrice(value) | Self::Funding(value) | Self::MinimumStake(value) => amount(value),
            Self::MaxEvaluators(value)
            | Self::BondsPenalty(value)
            | Self::AlphaLow(value)
            | Self::AlphaHigh(value)
            | Self::MaxNeurons(value)
            | Self::Kappa(value) => value.into(),
            Self::AlphaSteepness(value) => value.into(),
        }
    }
}

impl Hyperparameter {
    /// The same one with another value, as [`Self::value`] gives it; nothing if it can't have that.
    pub fn with_value(&self, value: i128) -> Option<Self> {
        let truth = || match value {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        };
        Some(match self {
            Self::Tempo(_) => Self::Tempo(value.try_into().ok()?),
            Self::Immunity(_) => Self::Immunity(value.try_into().ok()?),
            Self::Registration(_) => Self::Registration(truth()?),
            Self::MinimumPrice(_) => Self::MinimumPrice(value.try_into().ok()?),
            Self::Funding(_) => Self::Funding(value.try_into().ok()?),
            Self::MaxEvaluators(_) => Self::MaxEvaluators(value.try_into().ok()?),
            Self::MinimumStake(_) => Self::MinimumStake(value.try_into().ok()?),
            Self::BondsPenalty(_) => Self::BondsPenalty(value.try_into().ok()?),
            Self::BondsMovingAverage(_) => Self::BondsMovingAverage(value.try_into().ok()?),
            Self::LiquidAlpha(_) => Self::LiquidAlpha(truth()?),
            Self::AlphaLow(_) => Self::AlphaLow(value.try_into().ok()?),
            Self::AlphaHigh(_) => Self::AlphaHigh(value.try_into().ok()?),
            Self::AlphaSteepness(_) => Self::AlphaSteepness(value.try_into().ok()?),
            Self::MaxNeurons(_) => Self::MaxNeurons(value.try_into().ok()?),
            Self::Kappa(_) => Self::Kappa(value.try_into().ok()?),
        })
    }
}

impl Hyperparameters {
    /// Each of them.
    pub fn all(&self) -> [Hyperparameter; 15] {
        [
            Hyperparameter::Tempo(self.tempo),
            Hyperparameter::Immunity(self.immunity),
            Hyperparameter::Registration(self.registration),
            Hyperparameter::MinimumPrice(self.minimum_price),
            Hyperparameter::Funding(self.funding),
            Hyperparameter::MaxEvaluators(self.max_evaluators),
            Hyperparameter::MinimumStake(self.minimum_stake),
            Hyperparameter::BondsPenalty(self.bonds_penalty),
            Hyperparameter::BondsMovingAverage(self.bonds_moving_average),
            Hyperparameter::LiquidAlpha(self.liquid_alpha),
            Hyperparameter::AlphaLow(self.alpha_low),
            Hyperparameter::AlphaHigh(self.alpha_high),
            Hyperparameter::AlphaSteepness(self.alpha_steepness),
            Hyperparameter::MaxNeurons(self.max_neurons),
            Hyperparameter::Kappa(self.kappa),
        ]
    }

    /// With one of them changed.
    pub(crate) fn with(mut self, change: Hyperparameter) -> Self {
        match change {
            Hyperparameter::Tempo(value) => self.tempo = value,
            Hyperparameter::Immunity(value) => self.immunity = value,
            Hyperparameter::Registration(value) => self.registration = value,
            Hyperparameter::MinimumPrice(value) => self.minimum_price = value,
            Hyperparameter::Funding(value) => self.funding = value,
            Hyperparameter::MaxEvaluators(value) => self.max_evaluators = value,
            Hyperparameter::MinimumStake(value) => self.minimum_stake = value,
            Hyperparameter::BondsPenalty(value) => self.bonds_penalty = value,
            Hyperparameter::BondsMovingAverage(value) => self.bonds_moving_average = value,
            Hyperparameter::LiquidAlpha(value) => self.liquid_alpha = value,
            Hyperparameter::AlphaLow(value) => self.alpha_low = value,
            Hyperparameter::AlphaHigh(value) => self.alpha_high = value,
            Hyperparameter::AlphaSteepness(value) => self.alpha_steepness = value,
            Hyperparameter::MaxNeurons(value) => self.max_neurons = value,
            Hyperparameter::Kappa(value) => self.kappa = value,
        }
        self
    }

    /// As consensus wants to have them.
    pub(crate) fn parameters(&self) -> Parameters {
        let liquid_alpha = LiquidAlpha { low: self.alpha_low, high: self.alpha_high, steepness: self.alpha_steepness };
        Parameters {
            kappa: self.kappa,
            bonds_penalty: self.bonds_penalty,
            bonds_moving_average: self.bonds_moving_average,
            liquid_alpha: self.liquid_alpha.then_some(liquid_alpha),
            max_evaluators: self.max_evaluators,
            minimum_stake: self.minimum_stake,
        }
    }
}

impl<T: Config> Pallet<T> {
    /// How a subnet is set when it is founded.
    pub fn initial() -> Hyperparameters {
        Hyperparameters {
            tempo: 360,
            immunity: 7_200,
            registration: true,
            minimum_price: T::MinimumNeuronPrice::get(),
            funding: 0,
            max_evaluators: 64,
            minimum_stake: T::MinimumEvaluatorStake::get(),
            bonds_penalty: 0,
            bonds_moving_average: 100_000,
            liquid_alpha: true,
            alpha_low: 6_554,
            alpha_high: 52_428,
            alpha_steepness: 1_000,
            max_neurons: 256,
            kappa: 32_767,
        }
    }

    /// The least and the most that a hyperparameter can be, as [`Hyperparameter::value`] gives it.
    pub fn bounds(of: &Hyperparameter) -> (i128, i128) {
        /// More than there can ever be of the token, and less than overflows anything.
        const MOST: i128 = 1 << 80;
        let at_least = |amount: Balance| (i128::try_from(amount).unwrap_or(MOST), MOST);
        match of {
            Hyperparameter::Tempo(_) => (T::MinimumTempo::get().into(), 28_800),
            Hyperparameter::Immunity(_) => (0, 201_600),
            Hyperparameter::Registration(_) | Hyperparameter::LiquidAlpha(_) => (0, 1),
            Hyperparameter::MinimumPrice(_) => at_least(T::MinimumNeuronPrice::get()),
            Hyperparameter::Funding(_) => (0, MOST),
            Hyperparameter::MaxEvaluators(_) => (1, MAX_EVALUATORS.into()),
            Hyperparameter::MinimumStake(_) => at_least(T::MinimumEvaluatorStake::get()),
            Hyperparameter::BondsPenalty(_) => (0, 65_535),
            Hyperparameter::BondsMovingAverage(_) => (1_000, 1_000_000),
            Hyperparameter::AlphaLow(_) | Hyperparameter::AlphaHigh(_) => (655, 65_535),
            Hyperparameter::AlphaSteepness(_) => (0, 10_000),
            Hyperparameter::MaxNeurons(_) => (16, MAX_NEURONS.into()),
            Hyperparameter::Kappa(_) => (16_384, 49_151),
        }
    }
}
