//! How sponsorships begin and end, and how far they go.

use frame_support::{assert_noop, assert_ok};
use sp_keyring::Sr25519Keyring::{Dave, Two};

use super::*;
use crate::{
    configs::{money::ExistentialDeposit, sponsorship::SponsorshipDuration},
    constants::currency::MILLI,
};

fn opening(limits: LimitsOf<Runtime>) -> pallet_sponsorship::Call<Runtime> {
    pallet_sponsorship::Call::open { beneficiary: ADA.to_account_id(), limits }
}

fn closing() -> pallet_sponsorship::Call<Runtime> {
    pallet_sponsorship::Call::close { beneficiary: ADA.to_account_id() }
}

fn expiring() -> pallet_sponsorship::Call<Runtime> {
    pallet_sponsorship::Call::expire { sponsor: SPONSOR.to_account_id(), beneficiary: ADA.to_account_id() }
}

#[test]
fn an_account_is_made_for_who_has_none_and_nobody_else_gets_a_gift() {
    story(|| {
        assert!(!System::account_exists(&ADA.to_account_id()));
        open_for_ada(plenty());
        assert_eq!(total(ADA), ExistentialDeposit::get());
        let (ada, sponsor) = (total(ADA), total(SPONSOR));
        assert_ok!(try_call(SPONSOR, closing()));
        open_for_ada(plenty());
        assert_eq!((total(ADA), total(SPONSOR)), (ada, sponsor));
    });
}

#[test]
fn the_money_is_set_aside_at_once_and_what_is_not_used_comes_back() {
    story(|| {
        let free = Balances::balance(&SPONSOR.to_account_id());
        open_for_ada(plenty());
        assert_eq!(set_aside(), 23 * UNIT);
        assert!(held(SPONSOR, HoldReason::Entry) > 0);
        assert_ok!(try_call(SPONSOR, closing()));
        assert_eq!(Balances::balance(&SPONSOR.to_account_id()), free - ExistentialDeposit::get());
        assert_noop!(try_call(SPONSOR, closing()), SponsorError::NotSponsored);
        assert_noop!(try_call(ADA, by_sponsor(reserving(root(1).0))), SponsorError::NotSponsored);
    });
}

#[test]
fn limits_that_make_no_sense_are_refused() {
    story(|| {
        let now = System::block_number();
        let longest = now + SponsorshipDuration::get();
        for (limits, error) in [
            (Limits { calls: 0, ..plenty() }, SponsorError::NothingAllowed),
            (Limits { fees: 0, ..plenty() }, SponsorError::NothingAllowed),
            (Limits { until: now, ..plenty() }, SponsorError::AlreadyPast),
            (Limits { until: longest + 1, ..plenty() }, SponsorError::TooLong),
            (Limits { until: u32::MAX, ..plenty() }, SponsorError::TooLong),
            (Limits { deposits: u128::MAX, ..plenty() }, SponsorError::BudgetUnaffordable),
            (Limits { names: 1_000_000_000 * UNIT, ..plenty() }, SponsorError::BudgetUnaffordable),
        ] {
            assert_noop!(try_call(SPONSOR, opening(limits)), error);
        }
        let own = pallet_sponsorship::Call::open { beneficiary: SPONSOR.to_account_id(), limits: plenty() };
        assert_noop!(try_call(SPONSOR, own), SponsorError::SelfSponsored);
        assert_ok!(try_call(SPONSOR, opening(Limits { until: longest, ..plenty() })));
        assert_noop!(try_call(SPONSOR, opening(plenty())), SponsorError::AlreadySponsored);
        // Several may sponsor the same.
        assert_ok!(try_call(Dave, opening(plenty())));
    });
}

#[test]
fn who_has_nothing_sponsors_nobody() {
    story(|| {
        give(Two, UNIT);
        assert_noop!(try_call(Two, opening(plenty())), SponsorError::BudgetUnaffordable);
        assert!(!System::account_exists(&ADA.to_account_id()), "not even the gift is left behind");
    });
}

#[test]
fn the_last_block_is_the_last() {
    story(|| {
        let until = System::block_number() + 2;
        open_for_ada(Limits { until, ..plenty() });
        next_block();
        next_block();
        assert_eq!(System::block_number(), until);
        assert_noop!(try_call(Dave, expiring()), SponsorError::NotExpired);
        done(send_sponsored(reserving(root(1).0)));
        next_block();
        assert!(send_sponsored(reserving(root(2).0)).is_err());
        assert_noop!(try_call(ADA, by_sponsor(reserving(root(2).0))), SponsorError::Expired);
        // Anybody may clear it away, to the sponsor's benefit.
        let before = Balances::balance(&SPONSOR.to_account_id());
        let rest = set_aside() + held(SPONSOR, HoldReason::Entry);
        assert_ok!(try_call(Dave, expiring()));
        assert_eq!(Balances::balance(&SPONSOR.to_account_id()), before + rest);
        assert_noop!(try_call(Dave, expiring()), SponsorError::NotSponsored);
    });
}

#[test]
fn no_more_calls_than_allowed() {
    story(|| {
        open_for_ada(Limits { calls: 2, ..plenty() });
        done(send_sponsored(reserving(root(1).0)));
        done(send_sponsored(reserving(root(2).0)));
        assert!(send_sponsored(reserving(root(3).0)).is_err());
        assert_noop!(try_call(ADA, by_sponsor(reserving(root(3).0))), SponsorError::NoCallsLeft);
    });
}

#[test]
fn no_more_deposits_than_allowed_however_rich_the_sponsor_is() {
    story(|| {
        open_for_ada(Limits { deposits: 150 * MILLI, ..plenty() });
        done(send_sponsored(reserving(root(1).0)));
        assert_noop!(try_call(ADA, by_sponsor(reserving(root(2).0))), SponsorError::DepositsUsedUp);
        assert_eq!(left().deposits, 50 * MILLI);
        assert_eq!(reservations_held(SPONSOR), 100 * MILLI);
    });
}

#[test]
fn a_registration_that_is_too_dear_leaves_the_reservation() {
    story(|| {
        open_for_ada(plenty());
        claim_sponsored("ada-lab");
        assert_ok!(try_call(SPONSOR, closing()));
        open_for_ada(Limits { deposits: 100 * MILLI, ..plenty() });
        done(send_sponsored(reserving(root(1).0)));
        next_block();
        let register = by_sponsor(creating("ada-lab", "model", bytes(1)));
        assert_noop!(try_call(ADA, register), SponsorError::DepositsUsedUp);
        assert_eq!(reservations_held(SPONSOR), 100 * MILLI);
    });
}

#[test]
fn no_dearer_name_than_allowed() {
    story(|| {
        open_for_ada(Limits { names: 39 * UNIT, ..plenty() });
        let subject = |name: &str| crate::Namespaces::subject(&NamespaceName::parse(name).unwrap());
        done(send_sponsored(reserving(subject("adalab"))));
        done(send_sponsored(reserving(subject("ada-lab"))));
        next_block();
        // Six letters are 40 PDG, seven are 10.
        assert_noop!(try_call(ADA, by_sponsor(claiming("adalab"))), SponsorError::NamesUsedUp);
        done(send_sponsored(claiming("ada-lab")));
        assert_eq!(left().names, 29 * UNIT);
    });
}
