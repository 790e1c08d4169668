//! The calls of subnets and stake, and what came of them.

use pedigree_manifest::Hash;
use subxt::error::ExtrinsicError;
use subxt::extrinsics::ExtrinsicEvents;
use subxt::utils::AccountId32;
use subxt::PolkadotConfig;
use subxt_signer::sr25519::Keypair;

use super::{all_of, bounded, create, create_for, h256, record_name, release_id, text, types, RuntimeCall, Signed};
use crate::chain::api::{payouts, referenda, stake, storage, subnets, transactions};
use crate::chain::tx::AtBlock;
use crate::chain::views::{Balance, ReleaseId, Score, SubnetKind};

/// What can be asked of subnets and stake.
#[derive(Clone, Debug)]
pub(crate) enum Economy {
    Found {
        kind: SubnetKind,
        name: String,
        price_limit: Balance,
    },
    Fund {
        netuid: u16,
        amount: Balance,
    },
    Close {
        netuid: u16,
    },
    Set {
        netuid: u16,
        hyperparameter: Hyperparameter,
    },
    Register {
        netuid: u16,
        release: Option<ReleaseId>,
        price_limit: Balance,
    },
    Deregister {
        netuid: u16,
    },
    Bind {
        netuid: u16,
        release: ReleaseId,
        price_limit: Balance,
    },
    Unbind {
        netuid: u16,
        uid: u16,
    },
    /// Nowhere, if it is empty.
    Endpoint {
        netuid: u16,
        endpoint: String,
    },
    /// Commit to scores, in a block before that one or not at all: a commitment says in which epoch it is made.
    Commit {
        netuid: u16,
        hash: Hash,
        before: u32,
    },
    Reveal {
        netuid: u16,
        scores: Vec<Score>,
        salt: Hash,
    },
    Allocate {
        place: Place,
        amount: Balance,
        accepted_take: u32,
    },
    Move {
        from: Place,
        to: Place,
        amount: Balance,
        accepted_take: u32,
    },
    Unbond {
        place: Place,
        amount: Balance,
    },
    WithdrawUnbonded,
    /// Of one place or of several.
    WithdrawDividends {
        places: Vec<Place>,
    },
    SetTake {
        netuid: u16,
        take: u32,
    },
    /// Make the emission of releases that is old enough their own.
    Mature {
        releases: Vec<ReleaseId>,
    },
}

/// Where stake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) netuid: u16,
    pub(crate) evaluator: AccountId32,
}

/// A hyperparameter, and what it is to be.
pub(crate) use types::pallet_subnets::hyperparameters::Hyperparameter;

impl Hyperparameter {
    /// The one of that name with a value, as the node shows both; nothing if there is none, or if it can't be that.
    pub(crate) fn named(name: &str, value: &str) -> Option<Self> {
        let truth = || match value {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        Some(match name {
            "tempo" => Self::Tempo(value.parse().ok()?),
            "immunity" => Self::Immunity(value.parse().ok()?),
            "registration" => Self::Registration(truth()?),
            "minimumPrice" => Self::MinimumPrice(value.parse().ok()?),
            "funding" => Self::Funding(value.parse().ok()?),
            "maxEvaluators" => Self::MaxEvaluators(value.parse().ok()?),
            "minimumStake" => Self::MinimumStake(value.parse().ok()?),
            "bondsPenalty" => Self::BondsPenalty(value.parse().ok()?),
            "bondsMovingAverage" => Self::BondsMovingAverage(value.parse().ok()?),
            "liquidAlpha" => Self::LiquidAlpha(truth()?),
            "alphaLow" => Self::AlphaLow(value.parse().ok()?),
            "alphaHigh" => Self::AlphaHigh(value.parse().ok()?),
            "alphaSteepness" => Self::AlphaSteepness(value.parse().ok()?),
            "maxNeurons" => Self::MaxNeurons(value.parse().ok()?),
            "kappa" => Self::Kappa(value.parse().ok()?),
            _ => return None,
        })
    }
}

/// A transaction lives for a power of two of blocks. Fewer than that, counted from the last final one, would often be over before
/// a block has it.
pub(crate) const SHORTEST_LIFE: u32 = 8;

/// It needs no more than that.
const LONGEST_LIFE: u32 = 64;

/// For how many blocks a transaction that is made at that final block can live without being in `before` or a later one; nothing
/// if that is too short a time.
fn life(final_block: u64, before: u32) -> Option<u32> {
    let left = before.saturating_sub(u32::try_from(final_block).unwrap_or(u32::MAX));
    let power = left.min(LONGEST_LIFE).checked_ilog2().map(|exponent| 1u32 << exponent)?;
    Some(power).filter(|power| *power >= SHORTEST_LIFE)
}

impl Economy {
    /// Whether it is too late for it, in the words of whom to tell.
    pub(in crate::chain) fn too_late(&self, final_block: u64) -> Option<&'static str> {
        match self {
            Self::Commit { before, .. } if life(final_block, *before).is_none() => {
                Some("the epoch is nearly over: the commitment might come too late")
            }
            _ => None,
        }
    }
}

/// What a transaction did, beside being in a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Happened {
    /// A subnet was founded, with this id.
    pub(crate) founded: Option<u16>,
    /// A neuron was registered, with this uid.
    pub(crate) registered: Option<u16>,
    /// A referendum was submitted: its number.
    pub(crate) submitted: Option<u32>,
    /// Scores were committed to in this epoch.
    pub(crate) committed_in: Option<u32>,
    /// So many scores count in this epoch.
    pub(crate) revealed: Option<(u32, u32)>,
    /// Stake counts from this epoch on.
    pub(crate) counts_from: Option<u32>,
    /// Stake is free from this block on.
    pub(crate) free_from: Option<u32>,
    /// So much that was taken out is free.
    pub(crate) freed: Option<Balance>,
    /// So much was paid as dividends, place by place.
    pub(crate) dividends: Vec<(Place, Balance)>,
    /// A take counts from this block on.
    pub(crate) take_from: Option<u32>,
    /// So much has matured, release by release.
    pub(crate) matured: Vec<(ReleaseId, Balance)>,
}

/// What a transaction did, as its events tell.
pub(in crate::chain) fn happened(events: &ExtrinsicEvents<PolkadotConfig>) -> Happened {
    let allocated = events.find_first::<stake::events::Allocated>().and_then(Result::ok);
    let moved = events.find_first::<stake::events::Moved>().and_then(Result::ok);
    let revealed = events.find_first::<subnets::events::Revealed>().and_then(Result::ok);
    Happened {
        founded: events.find_first::<subnets::events::Founded>().and_then(Result::ok).map(|event| event.netuid.0),
        registered: events.find_first::<subnets::events::NeuronRegistered>().and_then(Result::ok).map(|it| it.uid),
        submitted: events.find_first::<referenda::events::Submitted>().and_then(Result::ok).map(|event| event.index),
        committed_in: events.find_first::<subnets::events::Committed>().and_then(Result::ok).map(|it| it.epoch),
        revealed: revealed.map(|event| (event.count, event.epoch)),
        counts_from: allocated.map(|event| event.counts_from).or(moved.map(|event| event.counts_from)),
        free_from: events.find_first::<stake::events::Unbonded>().and_then(Result::ok).map(|event| event.free_from),
        freed: events.find_first::<stake::events::Freed>().and_then(Result::ok).map(|event| Balance(event.amount)),
        dividends: dividends(events),
        take_from: events.find_first::<stake::events::TakeSet>().and_then(Result::ok).map(|event| event.from),
        matured: events
            .find::<payouts::events::EmissionMatured>()
            .filter_map(Result::ok)
            .map(|event| {
                let release = ReleaseId { record: event.release.record.0, number: event.release.number };
                (release, Balance(event.amount))
            })
            .collect(),
    }
}

/// What was paid, each place once: an evaluator's take is a payment of its own.
fn dividends(events: &ExtrinsicEvents<PolkadotConfig>) -> Vec<(Place, Balance)> {
    let mut paid: Vec<(Place, Balance)> = Vec::new();
    for event in events.find::<stake::events::DividendsWithdrawn>().filter_map(Result::ok) {
        let place = Place { netuid: event.netuid.0, evaluator: event.evaluator };
        match paid.iter_mut().find(|(known, _)| *known == place) {
            Some((_, amount)) => amount.0 = amount.0.saturating_add(event.amount),
            None => paid.push((place, Balance(event.amount))),
        }
    }
    paid
}

/// What an evaluator has committed to: the epoch, and the hash.
pub(in crate::chain) async fn commits(at: &AtBlock, netuid: u16, uid: u16) -> Result<Vec<(u32, Hash)>, subxt::Error> {
    let entry = storage().subnets().commits();
    let Some(found) = at.storage().try_fetch(entry, (net_uid(netuid), uid)).await? else { return Ok(vec![]) };
    Ok(found.decode()?.0.into_iter().map(|commit| (commit.epoch, Hash(commit.hash.0))).collect())
}

/// A call, signed and ready to be sent.
pub(super) async fn sign(call: Economy, at: &AtBlock, signer: &Keypair) -> Result<Signed, ExtrinsicError> {
    let tx = transactions();
    match call {
        Economy::Found { kind, name, price_limit } => {
            create(at, signer, &tx.subnets().found(subnet_kind(kind), record_name(&name), price_limit.0)).await
        }
        Economy::Fund { netuid, amount } => create(at, signer, &tx.subnets().fund(net_uid(netuid), amount.0)).await,
        Economy::Close { netuid } => create(at, signer, &tx.subnets().close(net_uid(netuid))).await,
        Economy::Set { netuid, hyperparameter } => {
            create(at, signer, &tx.subnets().set_hyperparameter(net_uid(netuid), hyperparameter)).await
        }
        Economy::Register { netuid, release, price_limit } => {
            let register = tx.subnets().register(net_uid(netuid), release.map(release_id), price_limit.0);
            create(at, signer, &register).await
        }
        Economy::Deregister { netuid } => create(at, signer, &tx.subnets().deregister(net_uid(netuid))).await,
        Economy::Bind { netuid, release, price_limit } => {
            create(at, signer, &tx.subnets().bind(net_uid(netuid), release_id(release), price_limit.0)).await
        }
        Economy::Unbind { netuid, uid } => create(at, signer, &tx.subnets().unbind(net_uid(netuid), uid)).await,
        Economy::Endpoint { netuid, endpoint } => {
            create(at, signer, &tx.subnets().serve(net_uid(netuid), text(&endpoint))).await
        }
        Economy::Commit { netuid, hash, before } => {
            let life = life(at.block_number(), before).unwrap_or(SHORTEST_LIFE);
            create_for(at, signer, &tx.subnets().commit(net_uid(netuid), h256(&hash)), life.into()).await
        }
        Economy::Reveal { netuid, scores, salt } => {
            let scores = bounded(scores.iter().map(score).collect());
            create(at, signer, &tx.subnets().reveal(net_uid(netuid), scores, salt.0)).await
        }
        Economy::Allocate { place, amount, accepted_take } => {
            let (netuid, take) = (net_uid(place.netuid), permill(accepted_take));
            create(at, signer, &tx.stake().allocate(netuid, place.evaluator, amount.0, take)).await
        }
        Economy::Move { from, to, amount, accepted_take } => {
            let (from, to) = (typed_place(from), typed_place(to));
            create(at, signer, &tx.stake().move_stake(from, to, amount.0, permill(accepted_take))).await
        }
        Economy::Unbond { place, amount } => {
            create(at, signer, &tx.stake().unbond(net_uid(place.netuid), place.evaluator, amount.0)).await
        }
        Economy::WithdrawUnbonded => create(at, signer, &tx.stake().withdraw_unbonded()).await,
        Economy::WithdrawDividends { places } => match places.as_slice() {
            [place] => {
                let withdraw = tx.stake().withdraw_dividends(net_uid(place.netuid), place.evaluator);
                create(at, signer, &withdraw).await
            }
            several => {
                use types::pallet_stake::pallet::Call as Stake;
                let calls = several.iter().map(|place| {
                    let (netuid, evaluator) = (net_uid(place.netuid), place.evaluator);
                    RuntimeCall::Stake(Stake::withdraw_dividends { netuid, evaluator })
                });
                all_of(at, signer, calls.collect()).await
            }
        },
        Economy::SetTake { netuid, take } => {
            create(at, signer, &tx.stake().set_take(net_uid(netuid), permill(take))).await
        }
        Economy::Mature { releases } => match releases.as_slice() {
            [release] => create(at, signer, &tx.payouts().mature(release_id(*release))).await,
            several => {
                use types::pallet_payouts::pallet::Call as Payouts;
                let calls = several.iter().map(|release| Payouts::mature { release: release_id(*release) });
                all_of(at, signer, calls.map(RuntimeCall::Payouts).collect()).await
            }
        },
    }
}

pub(super) fn net_uid(netuid: u16) -> types::pedigree_primitives::ids::NetUid {
    types::pedigree_primitives::ids::NetUid(netuid)
}

fn permill(millionths: u32) -> types::sp_arithmetic::per_things::Permill {
    types::sp_arithmetic::per_things::Permill(millionths)
}

fn typed_place(place: Place) -> types::pallet_stake::types::Place<AccountId32> {
    types::pallet_stake::types::Place { netuid: net_uid(place.netuid), evaluator: place.evaluator }
}

fn score(score: &Score) -> types::pedigree_primitives::score::Score {
    let Score { uid, score, root } = *score;
    types::pedigree_primitives::score::Score { uid, score, root: root.as_ref().map(h256) }
}

fn subnet_kind(kind: SubnetKind) -> types::pallet_subnets::types::SubnetKind {
    use types::pallet_subnets::types::SubnetKind as Chains;
    match kind {
        SubnetKind::Model => Chains::Model,
        SubnetKind::Dataset => Chains::Dataset,
        SubnetKind::Service => Chains::Service,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_never_lives_into_the_next_epoch() {
        for (last_final, before, expected) in [
            (100, 110, Some(8)),
            (100, 108, Some(8)),
            (100, 107, None),
            (100, 116, Some(16)),
            (100, 460, Some(64)),
            (110, 110, None),
            (120, 110, None),
        ] {
            let life = life(last_final, before);
            assert_eq!(life, expected, "{last_final} {before}");
            // What lives for n blocks from the block b on can be in those before b + n.
            assert!(life.is_none_or(|life| last_final + u64::from(life) <= u64::from(before)));
            let commit = Economy::Commit { netuid: 0, hash: Hash([0; 32]), before };
            assert_eq!(commit.too_late(last_final).is_some(), life.is_none());
        }
    }

    #[test]
    fn hyperparameters_are_known_by_the_names_that_they_are_shown_with() {
        for name in ["tempo", "immunity", "registration", "minimumPrice", "funding", "maxEvaluators", "minimumStake"] {
            assert!(Hyperparameter::named(name, "1").is_some(), "{name}");
            assert!(Hyperparameter::named(name, "-1").is_none(), "{name}");
        }
        assert!(Hyperparameter::named("speed", "1").is_none());
        assert!(Hyperparameter::named("liquidAlpha", "2").is_none());
        assert!(Hyperparameter::named("tempo", "4294967296").is_none());
    }
}
