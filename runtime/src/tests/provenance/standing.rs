//! Who controls a channel: registrars, links that lapse, and what passes to a publisher.

use frame_support::{
    assert_noop, assert_ok,
    traits::fungible::{Inspect, InspectHold},
    BoundedVec,
};
use pallet_registrars::{Closed, Event, Evidence, Refusal, Requests};
use pedigree_primitives::{
    api::{runtime_decl_for_standing_api::StandingApi, PageRequest, VerdictView},
    traits::Channels,
    NamespaceName, RecordKind, ReleaseId, Standing,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError};

use super::world::*;
use crate::{
    configs::{
        payouts::{PayoutLifetime, TreasuryAccount},
        provenance::LinkLifetime,
        standing::{RequestLifetime, RequestPrice, TakeOverNotice},
    },
    AccountId, Balances, Namespaces, Payouts, Records, Registrars, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
    System,
};

type Error = pallet_registrars::Error<Runtime>;
type NamespaceError = pallet_namespaces::Error<Runtime>;
type Call = pallet_registrars::Call<Runtime>;

const LAB: &str = "hf:lab";

fn channel(name: &str) -> NamespaceName {
    NamespaceName::parse(name).unwrap()
}

fn commit() -> Evidence {
    Evidence::Commit(BoundedVec::truncate_from(vec![7; 20]))
}

fn request(who: Sr25519Keyring, adopt: bool) -> Result<(), DispatchError> {
    try_call(who, Call::request { name: channel(LAB), evidence: commit(), adopt })
}

/// The block in which the request was made that is open, if one is.
fn made(claimant: Sr25519Keyring) -> u32 {
    let request = Requests::<Runtime>::get(Registrars::key(&channel(LAB)), claimant.to_account_id());
    request.map(|request| request.made).unwrap_or_default()
}

fn attest(who: Sr25519Keyring, claimant: Sr25519Keyring) -> Result<(), DispatchError> {
    let (name, made) = (channel(LAB), made(claimant));
    try_call(who, Call::attest { name, claimant: claimant.to_account_id(), made, evidence: commit() })
}

fn refuse(who: Sr25519Keyring, claimant: Sr25519Keyring) -> Result<(), DispatchError> {
    let (name, made, claimant) = (channel(LAB), made(claimant), claimant.to_account_id());
    try_call(who, Call::refuse { name, claimant, made, evidence: commit(), why: Refusal::OtherAccount })
}

fn conclude(claimant: Sr25519Keyring) -> Result<(), DispatchError> {
    try_call(Ferdie, Call::conclude { name: channel(LAB), claimant: claimant.to_account_id() })
}

/// As a referendum does it.
fn appoint(registrars: &[Sr25519Keyring], threshold: u32) -> Result<(), DispatchError> {
    let registrars = registrars.iter().map(|registrar| registrar.to_account_id()).collect::<Vec<_>>();
    let call: RuntimeCall = Call::appoint { registrars: BoundedVec::try_from(registrars).unwrap(), threshold }.into();
    call.dispatch(RuntimeOrigin::root()).map(drop).map_err(|failed| failed.error)
}

fn owner() -> Option<AccountId> {
    <Namespaces as Channels<AccountId>>::linked(&channel(LAB)).map(|(owner, _)| owner)
}

fn is_owner(who: Sr25519Keyring) -> bool {
    owner() == Some(who.to_account_id())
}

fn is_open(claimant: Sr25519Keyring) -> bool {
    Requests::<Runtime>::contains_key(Registrars::key(&channel(LAB)), claimant.to_account_id())
}

fn held(who: Sr25519Keyring) -> u128 {
    Balances::total_balance_on_hold(&who.to_account_id())
}

fn happened(event: Event<Runtime>) -> bool {
    System::events().iter().any(|record| record.event == RuntimeEvent::Registrars(event.clone()))
}

fn closed(claimant: Sr25519Keyring, why: Closed) -> bool {
    happened(Event::RequestClosed { name: channel(LAB), claimant: claimant.to_account_id(), why })
}

/// Links the channel to `claimant`, by two of the three registrars of the development chain.
fn link_by_registrars(claimant: Sr25519Keyring) {
    assert_ok!(request(claimant, false));
    assert_ok!(attest(Charlie, claimant));
    assert_ok!(attest(Dave, claimant));
}

#[test]
fn enough_registrars_link_a_channel_to_whoever_asked() {
    story(|| {
        let (treasury, before) = (TreasuryAccount::get(), Balances::balance(&Alice.to_account_id()));
        let pot = Balances::balance(&treasury);
        open(Bob, LAB);
        assert_ok!(request(Alice, false));
        assert_eq!(Balances::balance(&treasury), pot + RequestPrice::get());
        assert!(held(Alice) > 0);
        assert_ok!(attest(Charlie, Alice));
        assert_eq!(owner(), None, "one is not enough");
        assert_ok!(attest(Eve, Alice));
        assert!(is_owner(Alice));
        assert_eq!(Records::standing(ReleaseId::new(Default::default(), 1)), None);
        assert_eq!((held(Alice), held(Bob)), (0, 0), "both deposits come back");
        assert_eq!(Balances::balance(&Alice.to_account_id()), before - RequestPrice::get());
        assert!(!is_open(Alice));
        assert_noop!(attest(Dave, Alice), Error::UnknownRequest);
    });
}

#[test]
fn nobody_else_judges_and_nobody_twice() {
    story(|| {
        assert_ok!(request(Alice, false));
        for who in [Alice, Bob] {
            assert_noop!(attest(who, Alice), Error::NotRegistrar);
            assert_noop!(refuse(who, Alice), Error::NotRegistrar);
        }
        assert_ok!(attest(Charlie, Alice));
        assert_noop!(attest(Charlie, Alice), Error::AlreadyJudged);
        assert_eq!(owner(), None);
        // Who changes his mind has one verdict still.
        assert_ok!(refuse(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        assert_eq!(owner(), None);
        assert_ok!(attest(Charlie, Alice));
        assert!(is_owner(Alice));
    });
}

#[test]
fn when_too_many_refuse_the_request_is_closed() {
    story(|| {
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(refuse(Dave, Alice));
        assert!(is_open(Alice), "they disagree, and one has not looked");
        assert_ok!(refuse(Eve, Alice));
        assert!(closed(Alice, Closed::Refused));
        assert_eq!((owner(), held(Alice)), (None, 0));
    });
}

#[test]
fn registrars_who_were_removed_do_not_count() {
    story(|| {
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(appoint(&[Dave, Eve, Ferdie], 2));
        assert_noop!(attest(Charlie, Alice), Error::NotRegistrar);
        assert_noop!(conclude(Alice), Error::NothingDue);
        assert_ok!(attest(Dave, Alice));
        assert_eq!(owner(), None, "Charlie is no registrar any more");
        // Who stays decides alone if a referendum says so.
        assert_ok!(appoint(&[Dave], 1));
        assert_ok!(conclude(Alice));
        assert!(is_owner(Alice));
    });
}

#[test]
fn registrars_who_are_replaced_make_room_for_others() {
    story(|| {
        let many: Vec<_> = Sr25519Keyring::iter().take(32).collect();
        let (first, second) = many.split_at(many.len() / 2);
        assert_ok!(request(Alice, false));
        for panel in [first, second, first, second] {
            assert_ok!(appoint(panel, panel.len() as u32));
            for registrar in panel.iter().skip(1) {
                // Some of them are no account that could pay a fee; calls here are made without one.
                let _ = attest(*registrar, Alice);
            }
        }
        assert!(is_open(Alice));
    });
}

#[test]
fn only_a_referendum_appoints_and_only_majorities_decide() {
    story(|| {
        let call = Call::appoint { registrars: BoundedVec::new(), threshold: 0 };
        assert_noop!(try_call(Alice, call), DispatchError::BadOrigin);
        assert_noop!(appoint(&[Charlie, Charlie], 2), Error::DuplicateRegistrar);
        for (registrars, threshold) in [
            (&[Charlie, Dave][..], 1),
            (&[Charlie, Dave], 3),
            (&[Charlie], 0),
            (&[], 1),
            (&[Charlie, Dave, Eve, Bob], 2),
        ] {
            assert_noop!(appoint(registrars, threshold), Error::BadThreshold);
        }
        assert_ok!(appoint(&[], 0));
        assert_noop!(request(Alice, false), Error::NoRegistrars);
    });
}

#[test]
fn what_is_asked_has_to_make_sense() {
    story(|| {
        let ask =
            |who, name: &str, evidence| try_call(who, Call::request { name: channel(name), evidence, adopt: false });
        let bytes = |length| Evidence::Commit(BoundedVec::truncate_from(vec![1; length]));
        assert_noop!(ask(Alice, "alice", commit()), NamespaceError::NotChannel);
        assert_noop!(ask(Alice, "hf:lab", Evidence::DnsRecord), Error::WrongEvidence);
        assert_noop!(ask(Alice, "dns:lab.example", commit()), Error::WrongEvidence);
        for length in [0, 19, 21, 31] {
            assert_noop!(ask(Alice, "github:lab", bytes(length)), Error::WrongEvidence);
        }
        assert_ok!(ask(Alice, "github:lab", bytes(32)));
        assert_ok!(ask(Alice, "dns:lab.example", Evidence::DnsRecord));
        assert_ok!(request(Alice, false));
        assert_noop!(request(Alice, true), Error::AlreadyRequested);
        assert_noop!(ask(Alice, "hf:LAB", commit()), Error::AlreadyRequested);
        assert_noop!(try_call(Bob, Call::cancel { name: channel(LAB) }), Error::UnknownRequest);
        let before = held(Alice);
        assert_ok!(try_call(Alice, Call::cancel { name: channel("hf:Lab") }));
        assert!(closed(Alice, Closed::Cancelled) && held(Alice) < before);
    });
}

#[test]
fn who_cannot_pay_asks_nothing() {
    story(|| {
        use frame_support::traits::fungible::Mutate;
        let poor = Sr25519Keyring::One;
        let least = Balances::minimum_balance();
        Balances::set_balance(&poor.to_account_id(), RequestPrice::get());
        assert_noop!(request(poor, false), Error::PriceUnaffordable);
        Balances::set_balance(&poor.to_account_id(), RequestPrice::get() + least);
        assert_noop!(request(poor, false), Error::DepositUnaffordable);
        assert_eq!(Balances::balance(&poor.to_account_id()), RequestPrice::get() + least);
    });
}

#[test]
fn of_two_who_want_the_same_the_first_who_is_attested_has_it() {
    story(|| {
        assert_ok!(request(Alice, false));
        assert_ok!(request(Bob, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Charlie, Bob));
        assert_ok!(attest(Dave, Bob));
        assert!(is_owner(Bob));
        // What is said of the other now changes nothing.
        assert_noop!(attest(Dave, Alice), Error::RequestSuperseded);
        assert!(is_open(Alice));
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Superseded));
        assert!(is_owner(Bob));
        assert_eq!(held(Alice), 0);
    });
}

#[test]
fn an_owner_who_lost_his_channel_is_given_notice() {
    story(|| {
        link_by_registrars(Bob);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Eve, Alice));
        assert!(is_owner(Bob), "he is given notice first");
        assert_noop!(conclude(Alice), Error::NothingDue);
        // A registrar who finds out that he was wrong stops it.
        assert_ok!(refuse(Eve, Alice));
        assert!(happened(Event::NoticeWithdrawn { name: channel(LAB), claimant: Alice.to_account_id() }));
        assert_ok!(attest(Dave, Alice));
        wait(TakeOverNotice::get() - 2);
        assert_noop!(conclude(Alice), Error::NothingDue);
        wait(2);
        assert_ok!(conclude(Alice));
        assert!(is_owner(Alice));
        assert_eq!(held(Alice), 0);
    });
}

#[test]
fn an_owner_who_still_controls_his_channel_keeps_it() {
    story(|| {
        link_by_registrars(Bob);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        next_block();
        // He shows it again: that is a renewal, at once.
        link_by_registrars(Bob);
        wait(TakeOverNotice::get() + 2);
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Superseded));
        assert!(is_owner(Bob));
    });
}

#[test]
fn what_was_seen_of_one_request_does_not_count_for_the_next() {
    story(|| {
        assert_ok!(request(Alice, false));
        let seen = Call::attest {
            name: channel(LAB),
            claimant: Alice.to_account_id(),
            made: System::block_number(),
            evidence: commit(),
        };
        assert_ok!(attest(Dave, Alice));
        assert_ok!(try_call(Alice, Call::cancel { name: channel(LAB) }));
        // In the same block, but with another commit.
        let other = Evidence::Commit(BoundedVec::truncate_from(vec![8; 20]));
        assert_ok!(try_call(Alice, Call::request { name: channel(LAB), evidence: other, adopt: false }));
        assert_noop!(try_call(Charlie, seen.clone()), Error::OtherRequest);
        assert_ok!(try_call(Alice, Call::cancel { name: channel(LAB) }));
        next_block();
        assert_ok!(request(Alice, false));
        assert_noop!(try_call(Charlie, seen), Error::OtherRequest);
        assert_ok!(attest(Charlie, Alice));
        assert_eq!(owner(), None, "what Dave said was about another request");
    });
}

#[test]
fn nobody_judges_his_own_request() {
    story(|| {
        assert_ok!(request(Charlie, false));
        assert_noop!(attest(Charlie, Charlie), Error::OwnRequest);
    });
}

#[test]
fn an_owner_does_not_lose_his_channel_because_registrars_are_slow() {
    story(|| {
        link_by_registrars(Bob);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        wait(TakeOverNotice::get() - 3);
        assert_ok!(request(Bob, false));
        wait(3);
        assert_noop!(conclude(Alice), Error::NothingDue);
        // They look in the end, and he keeps it.
        assert_ok!(attest(Charlie, Bob));
        assert_ok!(attest(Dave, Bob));
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Superseded) && is_owner(Bob));
    });
}

#[test]
fn an_owner_who_only_asks_and_is_not_attested_loses_it_all_the_same() {
    story(|| {
        link_by_registrars(Bob);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        wait(1);
        assert_ok!(request(Bob, false));
        wait(TakeOverNotice::get());
        assert_noop!(conclude(Alice), Error::NothingDue);
        assert_ok!(refuse(Charlie, Bob));
        assert_ok!(refuse(Dave, Bob));
        assert_ok!(conclude(Alice));
        assert!(is_owner(Alice));
    });
}

#[test]
fn a_notice_is_not_kept_for_later() {
    story(|| {
        link_by_registrars(Bob);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        wait(TakeOverNotice::get() + RequestLifetime::get() + 1);
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Expired) && is_owner(Bob));
    });
}

#[test]
fn what_expired_is_not_granted_when_registrars_change() {
    story(|| {
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        wait(RequestLifetime::get() + 1);
        assert_ok!(appoint(&[Charlie], 1));
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Expired));
        assert_eq!(owner(), None);
    });
}

#[test]
fn a_notice_goes_on_when_the_channel_is_sold_or_lapses_meanwhile() {
    story(|| {
        link_by_registrars(Bob);
        let space = namespace(LAB);
        next_block();
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        assert_ok!(try_call(Bob, pallet_namespaces::Call::offer { namespace: space, to: Eve.to_account_id() }));
        assert_ok!(try_call(Eve, pallet_namespaces::Call::accept { namespace: space }));
        assert_noop!(conclude(Alice), Error::NothingDue);
        wait(TakeOverNotice::get() + 1);
        assert_ok!(conclude(Alice));
        assert!(is_owner(Alice));
    });
}

#[test]
fn who_asks_too_late_does_not_pay() {
    story(|| {
        link_by_registrars(Bob);
        let before = Balances::total_balance(&Alice.to_account_id());
        assert_noop!(request(Alice, false), Error::RequestSuperseded);
        assert_eq!(Balances::total_balance(&Alice.to_account_id()), before);
        // The owner may renew at any time.
        assert_ok!(request(Bob, false));
    });
}

#[test]
fn a_request_that_nobody_judges_expires() {
    story(|| {
        assert_ok!(request(Alice, false));
        assert_ok!(attest(Charlie, Alice));
        wait(RequestLifetime::get() - 1);
        assert_noop!(conclude(Alice), Error::NothingDue);
        wait(2);
        assert_noop!(attest(Dave, Alice), Error::RequestExpired);
        assert_ok!(conclude(Alice));
        assert!(closed(Alice, Closed::Expired));
        assert_eq!(held(Alice), 0);
    });
}

#[test]
fn a_link_lapses_unless_it_is_renewed() {
    story(|| {
        link_by_registrars(Bob);
        let id = namespace(LAB);
        let lapse = || pallet_namespaces::Call::lapse { namespace: id };
        wait(LinkLifetime::get() / 2);
        link_by_registrars(Bob);
        wait(LinkLifetime::get() / 2 + 2);
        assert_noop!(try_call(Ferdie, lapse()), NamespaceError::NotLapsed);
        let offer = pallet_namespaces::Call::offer { namespace: id, to: Eve.to_account_id() };
        assert_ok!(try_call(Bob, offer));
        wait(LinkLifetime::get() / 2 + 2);
        assert_ok!(try_call(Ferdie, lapse()));
        assert_eq!(owner(), None);
        assert_noop!(try_call(Ferdie, lapse()), NamespaceError::NotLinked);
        let accept = pallet_namespaces::Call::accept { namespace: id };
        assert_noop!(try_call(Eve, accept), NamespaceError::NotOfferedToYou);
        assert_noop!(
            try_call(Bob, pallet_namespaces::Call::lapse { namespace: namespace_of_nobody() }),
            NamespaceError::UnknownNamespace
        );
        // Whoever shows it then has it.
        link_by_registrars(Alice);
        assert!(is_owner(Alice));
    });
}

fn namespace_of_nobody() -> pedigree_primitives::NamespaceId {
    pedigree_primitives::NamespaceId(u64::MAX)
}

#[test]
fn a_plain_name_never_lapses() {
    story(|| {
        let plain = claim(Alice, "alice-lab");
        let lapse = pallet_namespaces::Call::lapse { namespace: plain };
        assert_noop!(try_call(Bob, lapse), NamespaceError::NotLinked);
    });
}

#[test]
fn what_a_lapsed_publisher_made_is_nobody_elses_to_go_on_with() {
    story(|| {
        link_by_registrars(Bob);
        let space = namespace(LAB);
        let record = create(Bob, space, "model", RecordKind::Model);
        let empty = create(Bob, space, "empty", RecordKind::Model);
        let release = register(Bob, record, bytes(1)).unwrap();
        wait(LinkLifetime::get());
        assert_ok!(try_call(Ferdie, pallet_namespaces::Call::lapse { namespace: space }));
        assert_eq!(Records::standing(release), Some(Standing::Unlinked));
        let catalogue = |record: &str, n| pallet_records::Call::catalogue {
            namespace: space,
            name: name(record),
            kind: RecordKind::Model,
            release: bytes(n),
            upstream: upstream(),
        };
        assert_noop!(try_call(Alice, catalogue("model", 2)), RecordError::PublishedByOwner);
        assert_noop!(try_call(Alice, catalogue("empty", 2)), RecordError::PublishedByOwner);
        assert_ok!(try_call(Alice, catalogue("other", 2)));
        // The deposit of an empty record comes back to whoever paid it, and to nobody else.
        let remove = pallet_records::Call::remove { record: empty };
        assert_noop!(try_call(Alice, remove.clone()), RecordError::NotOwner);
        let before = held(Bob);
        assert_ok!(try_call(Bob, remove));
        assert!(held(Bob) < before);
    });
}

#[test]
fn what_waits_for_a_lapsed_publisher_waits_a_year_from_then() {
    story(|| {
        link_by_registrars(Bob);
        let space = namespace(LAB);
        let record = create(Bob, space, "model", RecordKind::Model);
        let release = register(Bob, record, bytes(1)).unwrap();
        let pay = pallet_payouts::Call::pay { release, amount: crate::constants::currency::UNIT, memo: None };
        assert_ok!(try_call(Alice, pay));
        next_block();
        // It lapses longer after the payment than what is owed waits.
        wait(LinkLifetime::get().max(PayoutLifetime::get()));
        assert_ok!(try_call(Ferdie, pallet_namespaces::Call::lapse { namespace: space }));
        let expire = || pallet_payouts::Call::expire { release };
        let account = pallet_payouts::Accounts::<Runtime>::get(release);
        assert!(Payouts::expires(release, &account) > System::block_number() + PayoutLifetime::get() - 1);
        assert_noop!(try_call(Ferdie, expire()), pallet_payouts::Error::<Runtime>::NotExpired);
        wait(PayoutLifetime::get() + 1);
        assert_ok!(try_call(Ferdie, expire()));
    });
}

/// A channel with `releases` catalogued releases of two records, all by Bob.
fn catalogued(releases: u32) {
    let space = open(Ferdie, LAB);
    for n in 0..releases {
        let call = pallet_records::Call::catalogue {
            namespace: space,
            name: name(if n % 2 == 0 { "one" } else { "other" }),
            kind: RecordKind::Model,
            release: bytes(u64::from(n) + 1),
            upstream: upstream(),
        };
        assert_ok!(try_call(Bob, call));
    }
}

#[test]
fn linking_gives_every_cataloguer_his_deposits_back_if_the_publisher_wants() {
    story(|| {
        catalogued(5);
        let deposits = held(Bob);
        assert!(deposits > 0);
        assert_ok!(request(Alice, true));
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        assert_eq!(held(Bob), deposits, "blocks with room do it");
        next_block();
        assert_eq!((held(Bob), held(Alice)), (0, deposits));
        assert!(pallet_records::Adoptions::<Runtime>::iter().next().is_none());
        assert!(pallet_records::CatalogueDeposits::<Runtime>::iter().next().is_none());
    });
}

/// Who asks in public says to everybody that he will take over what is there.
#[test]
fn what_is_catalogued_after_the_request_is_not_adopted() {
    story(|| {
        catalogued(3);
        let deposits = held(Bob);
        assert_ok!(request(Alice, true));
        next_block();
        for (n, record) in [(100, "one"), (101, "another")] {
            let call = pallet_records::Call::catalogue {
                namespace: namespace(LAB),
                name: name(record),
                kind: RecordKind::Model,
                release: bytes(n),
                upstream: upstream(),
            };
            assert_ok!(try_call(Eve, call));
        }
        let burden = held(Eve);
        assert!(burden > 0);
        assert_ok!(attest(Charlie, Alice));
        assert_ok!(attest(Dave, Alice));
        next_block();
        assert_eq!((held(Bob), held(Alice), held(Eve)), (0, deposits, burden));
    });
}

#[test]
fn namespaces_are_adopted_in_turn() {
    story(|| {
        use frame_support::traits::OnIdle;
        let mut spaces = vec![];
        for (n, lab) in ["hf:one", "hf:two", "hf:three"].into_iter().enumerate() {
            let space = open(Ferdie, lab);
            for m in 0..4 {
                let call = pallet_records::Call::catalogue {
                    namespace: space,
                    name: name("model"),
                    kind: RecordKind::Model,
                    release: bytes(n as u64 * 10 + m + 1),
                    upstream: upstream(),
                };
                assert_ok!(try_call(Bob, call));
            }
            link(lab, Alice);
            assert_ok!(try_call(Alice, pallet_records::Call::adopt_all { namespace: space }));
            assert_noop!(
                try_call(Alice, pallet_records::Call::adopt_all { namespace: space }),
                RecordError::AlreadyAdopting
            );
            spaces.push(space);
        }
        let step = <<Runtime as pallet_records::Config>::WeightInfo as pallet_records::WeightInfo>::adopt_step();
        // Two steps a namespace: the record, and its first release.
        for _ in 0..2 {
            let used = Records::on_idle(System::block_number(), step.saturating_mul(3));
            assert!(used.all_lte(step.saturating_mul(3)));
        }
        let first = |space| ReleaseId::new(Records::find(space, &name("model")).unwrap(), 1);
        for space in &spaces {
            assert!(
                !pallet_records::CatalogueDeposits::<Runtime>::contains_key(first(*space)),
                "one had all the turns"
            );
        }
    });
}

#[test]
fn without_his_consent_nothing_is_held_from_a_publisher() {
    story(|| {
        catalogued(3);
        let deposits = held(Bob);
        link_by_registrars(Alice);
        next_block();
        assert_eq!((held(Bob), held(Alice)), (deposits, 0));
        let adopt_all = || pallet_records::Call::adopt_all { namespace: namespace(LAB) };
        assert_noop!(try_call(Bob, adopt_all()), RecordError::NotOwner);
        assert_ok!(try_call(Alice, adopt_all()));
        next_block();
        assert_eq!((held(Bob), held(Alice)), (0, deposits));
    });
}

#[test]
fn a_publisher_adopts_as_far_as_his_funds_go() {
    story(|| {
        use frame_support::traits::fungible::Mutate;
        catalogued(4);
        let deposits = held(Bob);
        link_by_registrars(Alice);
        Balances::set_balance(&Alice.to_account_id(), deposits / 2);
        assert_ok!(try_call(Alice, pallet_records::Call::adopt_all { namespace: namespace(LAB) }));
        next_block();
        assert!(held(Alice) > 0 && held(Bob) > 0);
        assert_eq!(held(Alice) + held(Bob), deposits);
        assert!(pallet_records::Adoptions::<Runtime>::iter().next().is_none(), "it has ended all the same");
    });
}

#[test]
fn an_adoption_ends_when_the_namespace_is_passed_on() {
    story(|| {
        catalogued(2);
        let deposits = held(Bob);
        link_by_registrars(Alice);
        let space = namespace(LAB);
        assert_ok!(try_call(Alice, pallet_records::Call::adopt_all { namespace: space }));
        assert_ok!(try_call(Alice, pallet_namespaces::Call::offer { namespace: space, to: Eve.to_account_id() }));
        assert_ok!(try_call(Eve, pallet_namespaces::Call::accept { namespace: space }));
        next_block();
        assert_eq!((held(Bob), held(Alice), held(Eve)), (deposits, 0, 0));
    });
}

#[test]
fn what_was_offered_by_a_former_owner_cannot_be_accepted() {
    story(|| {
        link_by_registrars(Bob);
        let space = namespace(LAB);
        let record = create(Bob, space, "model", RecordKind::Model);
        let accomplice = claim(Ferdie, "accomplice");
        assert_ok!(try_call(Bob, pallet_records::Call::offer { record, to: accomplice }));
        assert_ok!(try_call(Bob, pallet_namespaces::Call::offer { namespace: space, to: Eve.to_account_id() }));
        assert_ok!(try_call(Eve, pallet_namespaces::Call::accept { namespace: space }));
        assert_noop!(try_call(Ferdie, pallet_records::Call::accept { record }), RecordError::NotOffered);
    });
}

#[test]
fn requests_are_listed_with_what_registrars_said() {
    story(|| {
        assert_eq!(Runtime::registrars().threshold, 2);
        assert_ok!(request(Alice, true));
        assert_ok!(request(Bob, false));
        let other = Call::request { name: channel("dns:lab.example"), evidence: Evidence::DnsRecord, adopt: false };
        assert_ok!(try_call(Alice, other));
        assert_ok!(refuse(Charlie, Alice));
        let page = |name: Option<&str>, after, limit| {
            Runtime::link_requests(name.map(String::from), PageRequest { after, limit })
        };
        let all = page(None, None, 10);
        assert_eq!((all.items.len(), all.next), (3, None));
        let first = page(Some("hf:LAB"), None, 1);
        let second = page(Some(LAB), first.next.clone(), 1);
        assert!(first.next.is_some() && second.next.is_none());
        let both = [&first.items[0], &second.items[0]];
        let alices = both.into_iter().find(|request| request.claimant == Alice.to_account_id()).unwrap();
        assert!(alices.adopt && !alices.superseded && alices.commit.is_some());
        assert_eq!(
            alices.verdicts,
            [VerdictView {
                registrar: Charlie.to_account_id(),
                attested: false,
                refusal: Some("otherAccount".into()),
                counts: true
            }]
        );
        assert!(page(Some("nonsense:x"), None, 10).items.is_empty());
    });
}
