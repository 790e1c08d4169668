//! A referendum from submission to enactment, with the real durations.

use codec::Encode;
use frame_support::{
    assert_ok,
    traits::{schedule::DispatchTime, Bounded, Polling},
};
use pallet_conviction_voting::{AccountVote, Conviction, Vote};
use pallet_referenda::{ReferendumInfo, TracksInfo};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob};

use super::blocks::{call, development, in_block, jump_to};
use crate::{
    constants::currency::UNIT,
    governance::{timing, Tracks},
    OriginCaller, Referenda, Runtime, RuntimeCall, System,
};

#[test]
fn there_is_one_track_and_it_is_roots() {
    assert_ok!(Tracks::check_integrity());
    assert_eq!(Tracks::tracks().count(), 1);
    let root = OriginCaller::system(frame_system::RawOrigin::Root);
    assert_eq!(Tracks::track_for(&root), Ok(0));
    let signed = OriginCaller::system(frame_system::RawOrigin::Signed(Alice.to_account_id()));
    assert!(Tracks::track_for(&signed).is_err());
}

/// No pallet stands above referenda.
#[test]
fn there_is_no_sudo() {
    let pallets = <crate::AllPalletsWithSystem as frame_support::traits::PalletsInfoAccess>::infos();
    assert!(pallets.iter().all(|pallet| !pallet.name.to_lowercase().contains("sudo")));
}

/// Goes on to the next block in which the scheduler has something to do; it may still be behind after a jump.
fn go_on() {
    let due = pallet_scheduler::Agenda::<Runtime>::iter_keys().min().expect("something is still to come");
    jump_to(due.max(System::block_number() + 1));
}

/// Everybody agrees, so it passes as soon as it is confirmed, and is enacted a day after.
#[test]
fn a_referendum_that_everybody_supports_is_enacted() {
    development().execute_with(|| {
        let enacted = b"enacted".to_vec();
        let proposal = RuntimeCall::System(frame_system::Call::set_storage {
            items: vec![(b":pedigree".to_vec(), enacted.clone())],
        });
        in_block(|| {
            let submit = pallet_referenda::Call::submit {
                proposal_origin: Box::new(OriginCaller::system(frame_system::RawOrigin::Root)),
                proposal: Bounded::Inline(proposal.encode().try_into().unwrap()),
                enactment_moment: DispatchTime::After(0),
            };
            assert_ok!(call(Alice, submit));
            assert_ok!(call(Bob, pallet_referenda::Call::place_decision_deposit { index: 0 }));
            for voter in Sr25519Keyring::well_known() {
                let vote = AccountVote::Standard {
                    vote: Vote { aye: true, conviction: Conviction::Locked1x },
                    balance: 900_000 * UNIT,
                };
                assert_ok!(call(voter, pallet_conviction_voting::Call::vote { poll_index: 0, vote }));
            }
        });
        assert!(Referenda::as_ongoing(0).is_some());
        while Referenda::as_ongoing(0).is_some() {
            go_on();
        }
        let approved = System::block_number();
        assert!(approved >= timing::Prepare::get() + timing::Confirm::get(), "{approved}");
        assert!(matches!(pallet_referenda::ReferendumInfoFor::<Runtime>::get(0), Some(ReferendumInfo::Approved(..))));
        assert!(sp_io::storage::get(b":pedigree").is_none());
        while sp_io::storage::get(b":pedigree").is_none() {
            go_on();
        }
        assert_eq!(sp_io::storage::get(b":pedigree").map(|value| value.to_vec()), Some(enacted));
        assert!(System::block_number() >= approved + timing::Enactment::get());
    });
}
