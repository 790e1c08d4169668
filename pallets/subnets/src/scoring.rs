//! Evaluators commit to scores, and reveal them an epoch later.
//!
//! What was committed to in the epoch `n` can be revealed in `n + 1`, and counts at its end. So nobody sees what others give
//! before he has said what he gives himself, and who copies is an epoch late.

use alloc::vec::Vec;

use frame_support::{ensure, traits::Footprint};
use pedigree_primitives::{scores_hash, traits::Stakes, NetUid, Score};
use sp_core::H256;
use sp_runtime::{
    traits::{Convert, Zero},
    DispatchError, DispatchResult, SaturatedConversion,
};

use crate::{
    Balance, Commit, Commits, CommitsOf, Config, Error, Event, HoldReason, Neurons, Pallet, Row, Scores, Seat, Seats,
    ShownScores, SubnetKind, SubnetOf, Subnets, BURN_SLOT,
};

impl<T: Config> Pallet<T> {
    /// What is held for what an evaluator says: his commitments, his scores and his bonds.
    fn scores_deposit(subnet: &SubnetOf<T>) -> Balance {
        const EACH: u64 = 8;
        let size = EACH.saturating_mul(subnet.hyperparameters.max_neurons.into()).saturating_add(400);
        T::StoragePrice::convert(Footprint { count: 3, size })
    }

    pub(crate) fn do_commit(who: T::AccountId, netuid: NetUid, hash: H256) -> DispatchResult {
        let mut subnet = Self::open_subnet(netuid)?;
        let uid = Self::uid_of(netuid, &who)?;
        let mut seats = Seats::<T>::get(netuid);
        let seat = seats.get_mut(usize::from(uid)).ok_or(Error::<T>::NotRegistered)?;
        if !seat.permit {
            // While there are permits, who has the stake need not wait for the end of an epoch to get one.
            let hyperparameters = &subnet.hyperparameters;
            let stake = T::Stakes::counted(netuid, &who);
            let enough = stake >= hyperparameters.minimum_stake && !stake.is_zero();
            ensure!(enough && subnet.permits < hyperparameters.max_evaluators, Error::<T>::NoPermit);
            seat.permit = true;
            subnet.permits = subnet.permits.saturating_add(1);
            Seats::<T>::insert(netuid, seats);
            Subnets::<T>::insert(netuid, &subnet);
        }

        let epoch = subnet.epoch;
        let mut commits = Commits::<T>::get(netuid, uid);
        ensure!(commits.iter().all(|commit| commit.epoch != epoch), Error::<T>::AlreadyCommitted);
        commits.retain(|commit| commit.epoch.saturating_add(1) == epoch);
        let commit = Commit { epoch, block: Self::now(), hash };
        commits.try_push(commit).map_err(|_| Error::<T>::AlreadyCommitted)?;
        Commits::<T>::insert(netuid, uid, commits);

        let mut neuron = Neurons::<T>::get(netuid, uid).ok_or(Error::<T>::NotRegistered)?;
        if neuron.scores_deposit.is_zero() {
            neuron.scores_deposit = Self::scores_deposit(&subnet);
            Self::hold(HoldReason::Neuron, &who, neuron.scores_deposit)?;
            Neurons::<T>::insert(netuid, uid, neuron);
        }
        Self::deposit_event(Event::Committed { netuid, uid, epoch });
        Ok(())
    }

    pub(crate) fn do_reveal(who: T::AccountId, netuid: NetUid, scores: &[Score], salt: &[u8; 32]) -> DispatchResult {
        let subnet = Self::open_subnet(netuid)?;
        let uid = Self::uid_of(netuid, &who)?;
        let seats = Seats::<T>::get(netuid);
        ensure!(seats.get(usize::from(uid)).is_some_and(|seat| seat.permit), Error::<T>::NoPermit);
        let epoch = subnet.epoch;
        let shown = ShownScores::<T>::get(netuid, uid).map(|shown| shown.epoch);
        ensure!(shown != Some(epoch), Error::<T>::AlreadyRevealed);
        let commit = Self::due_commit(&Commits::<T>::get(netuid, uid), &subnet)?;

        let genesis = frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero());
        let hash = scores_hash(&genesis.0, netuid, commit.epoch, &who.into(), scores, salt);
        ensure!(hash == commit.hash, Error::<T>::NotWhatWasCommitted);
        ensure!(scores.is_sorted_by(|one, next| one.uid < next.uid), Error::<T>::ScoresNotSorted);
        ensure!(scores.iter().any(|score| score.score > 0), Error::<T>::NoScore);

        let mut row = Vec::with_capacity(scores.len());
        for score in scores {
            let seat = seats.get(usize::from(score.uid)).ok_or(Error::<T>::UnknownUid)?;
            if Self::counts(netuid, &subnet, score, seat, &commit)? {
                row.push((score.uid, score.score));
            }
        }
        let count = row.len().saturated_into();
        let scores = Scores { epoch, made: commit.block, row: Row::truncate_from(row) };
        ShownScores::<T>::insert(netuid, uid, scores);
        Self::deposit_event(Event::Revealed { netuid, uid, epoch, count });
        Ok(())
    }

    /// The commitment that is to be revealed in this epoch.
    fn due_commit(
        commits: &CommitsOf<T>,
        subnet: &SubnetOf<T>,
    ) -> Result<Commit<frame_system::pallet_prelude::BlockNumberFor<T>>, DispatchError> {
        if let Some(commit) = commits.iter().find(|commit| commit.epoch.saturating_add(1) == subnet.epoch) {
            return Ok(*commit);
        }
        Err(match commits.last() {
            None => Error::<T>::NothingCommitted,
            Some(commit) if commit.epoch == subnet.epoch => Error::<T>::RevealTooEarly,
            Some(_) => Error::<T>::CommitExpired,
        }
        .into())
    }

    /// Whether a score is for what is on the seat now. If it is, it must name what is bound there.
    fn counts(
        netuid: NetUid,
        subnet: &SubnetOf<T>,
        score: &Score,
        seat: &Seat<frame_system::pallet_prelude::BlockNumberFor<T>>,
        commit: &Commit<frame_system::pallet_prelude::BlockNumberFor<T>>,
    ) -> Result<bool, DispatchError> {
        if score.uid == BURN_SLOT {
            ensure!(score.root.is_none(), Error::<T>::AnotherRoot);
            return Ok(true);
        }
        // In the same block, nobody can tell which was first.
        if seat.since >= commit.block {
            return Ok(false);
        }
        ensure!(seat.taken, Error::<T>::UnknownUid);
        let root = if subnet.kind == SubnetKind::Service {
            None
        } else {
            Neurons::<T>::get(netuid, score.uid).and_then(|neuron| neuron.bound).map(|bound| bound.root)
        };
        ensure!(score.root == root, Error::<T>::AnotherRoot);
        Ok(subnet.kind == SubnetKind::Service || root.is_some())
    }
}
