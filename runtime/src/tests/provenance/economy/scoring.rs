//! Commit and reveal.

use frame_support::{assert_noop, assert_ok};
use pallet_subnets::{ShownScores, SubnetKind, BURN_SLOT};
use pedigree_primitives::{NetUid, Score};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};

use super::{super::world::*, town::*};
use crate::{constants::currency::UNIT, Runtime};

/// Bob evaluates; Charlie and Dave have bound models, with the roots 1 and 2.
fn models() -> (NetUid, u16, u16) {
    let netuid = with_evaluator(SubnetKind::Model);
    let charlie = enter(Charlie, netuid, Some(model(Charlie, "charlies", 1)));
    let dave = enter(Dave, netuid, Some(model(Dave, "daves", 2)));
    next_block();
    (netuid, charlie, dave)
}

fn shown(netuid: NetUid, who: Sr25519Keyring) -> Vec<(u16, u16)> {
    ShownScores::<Runtime>::get(netuid, uid(netuid, who)).unwrap().row.into_inner()
}

/// What comes of revealing these, when just they were committed to.
fn outcome(netuid: NetUid, scores: &[Score]) -> Result<(), sp_runtime::DispatchError> {
    try_commit(Bob, netuid, scores).unwrap();
    next_epoch(netuid);
    try_reveal(Bob, netuid, scores)
}

#[test]
fn scores_are_committed_to_and_then_revealed() {
    story(|| {
        let (netuid, charlie, dave) = models();
        let scores = [score(BURN_SLOT, 1, None), score(charlie, 3, Some(root(1))), score(dave, 0, Some(root(2)))];
        assert_ok!(try_commit(Bob, netuid, &scores));
        assert_noop!(try_commit(Bob, netuid, &scores), SubnetError::AlreadyCommitted);
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::RevealTooEarly);
        next_epoch(netuid);
        // What is committed to next does not take the place of what is still to be revealed.
        assert_ok!(try_commit(Bob, netuid, &scores));
        assert_ok!(try_reveal(Bob, netuid, &scores));
        assert_eq!(shown(netuid, Bob), [(BURN_SLOT, 1), (charlie, 3), (dave, 0)]);
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::AlreadyRevealed);
        next_epoch(netuid);
        assert_ok!(try_reveal(Bob, netuid, &scores));
    });
}

#[test]
fn what_was_not_committed_to_is_not_revealed() {
    story(|| {
        let (netuid, charlie, _) = models();
        let scores = [score(charlie, 3, Some(root(1)))];
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::NoPermit);
        assert_ok!(try_commit(Bob, netuid, &scores));
        next_epoch(netuid);
        // With another salt, and with other scores.
        let call = pallet_subnets::Call::reveal { netuid, scores: scores.to_vec().try_into().unwrap(), salt: [6; 32] };
        assert_noop!(try_call(Bob, call), SubnetError::NotWhatWasCommitted);
        let others = [score(charlie, 4, Some(root(1)))];
        assert_noop!(try_reveal(Bob, netuid, &others), SubnetError::NotWhatWasCommitted);
        next_epoch(netuid);
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::CommitExpired);
        assert_noop!(try_reveal(Bob, NetUid(8), &scores), SubnetError::UnknownSubnet);
        assert_noop!(try_reveal(Alice, netuid, &scores), SubnetError::NotRegistered);
    });
}

#[test]
fn nothing_is_revealed_where_nothing_was_committed_to() {
    story(|| {
        let (netuid, charlie, _) = models();
        let scores = [score(charlie, 3, Some(root(1)))];
        assert_ok!(try_commit(Bob, netuid, &scores));
        next_epoch(netuid);
        // Bob has a permit now, and so has Charlie, who has committed to nothing.
        stake(Charlie, netuid, Charlie, 500);
        next_epoch(netuid);
        next_epoch(netuid);
        assert_noop!(try_reveal(Charlie, netuid, &scores), SubnetError::NothingCommitted);
    });
}

/// One evaluator can't commit to what another one did, and have him reveal it for both.
#[test]
fn somebody_elses_commitment_is_of_no_use() {
    story(|| {
        let (netuid, charlie, dave) = models();
        stake(Dave, netuid, Dave, 500);
        next_epoch(netuid);
        let scores = [score(charlie, 3, Some(root(1)))];
        let hash = hash_of_scores(Bob, netuid, &scores);
        assert_ok!(try_commit(Bob, netuid, &scores));
        assert_ok!(try_call(Dave, pallet_subnets::Call::commit { netuid, hash }));
        next_epoch(netuid);
        assert_ok!(try_reveal(Bob, netuid, &scores));
        assert_noop!(try_reveal(Dave, netuid, &scores), SubnetError::NotWhatWasCommitted);
        assert_eq!(dave, uid(netuid, Dave));
    });
}

/// Nor can one of another subnet, or of an epoch before, be shown again.
#[test]
fn a_commitment_is_for_one_subnet_and_one_epoch() {
    story(|| {
        let (netuid, charlie, _) = models();
        let scores = [score(charlie, 3, Some(root(1)))];
        let hash = hash_of_scores(Bob, netuid, &scores);
        assert_ok!(try_call(Bob, pallet_subnets::Call::commit { netuid, hash }));
        next_epoch(netuid);
        assert_ok!(try_reveal(Bob, netuid, &scores));
        // The same hash once more, an epoch later.
        assert_ok!(try_call(Bob, pallet_subnets::Call::commit { netuid, hash }));
        next_epoch(netuid);
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::NotWhatWasCommitted);
    });
}

#[test]
fn scores_that_are_not_well_formed_are_refused() {
    story(|| {
        let (netuid, charlie, dave) = models();
        let (c, d) = (score(charlie, 3, Some(root(1))), score(dave, 2, Some(root(2))));
        let nobody = score(200, 1, Some(root(3)));
        let cases: [(&[Score], SubnetError); 8] = [
            (&[d, c], SubnetError::ScoresNotSorted),
            (&[c, c], SubnetError::ScoresNotSorted),
            (&[c, nobody], SubnetError::UnknownUid),
            (&[], SubnetError::NoScore),
            (&[score(charlie, 0, Some(root(1))), score(dave, 0, Some(root(2)))], SubnetError::NoScore),
            (&[score(charlie, 3, Some(root(2))), d], SubnetError::AnotherRoot),
            (&[score(charlie, 3, None)], SubnetError::AnotherRoot),
            (&[score(BURN_SLOT, 3, Some(root(1)))], SubnetError::AnotherRoot),
        ];
        for (scores, error) in cases {
            let refused = outcome(netuid, scores).unwrap_err();
            assert_eq!(refused, error.into(), "{scores:?}");
        }
    });
}

/// More than there are seats at most do not even decode.
#[test]
fn more_scores_than_seats_do_not_decode() {
    use codec::{Decode, Encode};
    use frame_support::{pallet_prelude::ConstU32, BoundedVec};

    let scores = vec![score(0, 1, None); pallet_subnets::MAX_NEURONS as usize + 1];
    let decoded =
        BoundedVec::<Score, ConstU32<{ pallet_subnets::MAX_NEURONS }>>::decode(&mut scores.encode().as_slice());
    assert!(decoded.is_err());
}

#[test]
fn a_service_has_no_root() {
    story(|| {
        let netuid = with_evaluator(SubnetKind::Service);
        let charlie = enter(Charlie, netuid, None);
        next_block();
        let refused = outcome(netuid, &[score(charlie, 3, Some(root(1)))]).unwrap_err();
        assert_eq!(refused, SubnetError::AnotherRoot.into());
        assert_ok!(outcome(netuid, &[score(charlie, 3, None)]));
    });
}

#[test]
fn only_who_has_enough_stake_scores() {
    story(|| {
        let (netuid, charlie, _) = models();
        let scores = [score(charlie, 3, Some(root(1)))];
        assert_noop!(try_commit(Dave, netuid, &scores), SubnetError::NoPermit);
        assert_noop!(try_commit(Alice, netuid, &scores), SubnetError::NotRegistered);
        stake(Dave, netuid, Dave, 99);
        next_epoch(netuid);
        assert_noop!(try_commit(Dave, netuid, &scores), SubnetError::NoPermit);
        stake(Dave, netuid, Dave, 1);
        assert_noop!(try_commit(Dave, netuid, &scores), SubnetError::NoPermit);
        next_epoch(netuid);
        assert_ok!(try_commit(Dave, netuid, &scores));
        // What was enough is not, once the stake has left.
        let unbond = pallet_stake::Call::unbond { netuid, evaluator: account(Dave), amount: 50 * UNIT };
        assert_ok!(try_call(Dave, unbond));
        next_epoch(netuid);
        assert_noop!(try_reveal(Dave, netuid, &scores), SubnetError::NoPermit);
    });
}

#[test]
fn who_was_replaced_reveals_nothing() {
    story(|| {
        let (netuid, charlie, _) = models();
        let scores = [score(charlie, 3, Some(root(1)))];
        assert_ok!(try_commit(Bob, netuid, &scores));
        next_epoch(netuid);
        assert_ok!(try_call(Bob, pallet_subnets::Call::deregister { netuid }));
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::NotRegistered);
        enter(Bob, netuid, None);
        assert_noop!(try_reveal(Bob, netuid, &scores), SubnetError::NoPermit);
    });
}

/// A score for what was bound anew since is dropped, and keeps nobody from revealing the others.
#[test]
fn a_score_for_what_was_bound_before_does_not_count() {
    story(|| {
        let (netuid, charlie, dave) = models();
        let other = model(Charlie, "charlies-other", 7);
        next_epoch(netuid);
        let scores = [score(charlie, 3, Some(root(1))), score(dave, 2, Some(root(2)))];
        assert_ok!(try_commit(Bob, netuid, &scores));
        let bind = pallet_subnets::Call::bind { netuid, release: other, price_limit: u128::MAX };
        assert_ok!(try_call(Charlie, bind));
        next_epoch(netuid);
        assert_ok!(try_reveal(Bob, netuid, &scores));
        assert_eq!(shown(netuid, Bob), [(dave, 2)]);
    });
}
