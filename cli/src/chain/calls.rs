//! From what is to be done to the chain's own, typed calls.
//!
//! Calls are made here, from what the user asked, never taken from a node: what is signed is what was meant.

use pedigree_manifest::Hash;
use subxt::client::OnlineClientAtBlockImpl;
use subxt::config::DefaultExtrinsicParamsBuilder;
use subxt::error::{ConstantError, ExtrinsicError};
use subxt::extrinsics::ExtrinsicEvents;
use subxt::tx::{Payload, SubmittableTransaction};
use subxt::utils::{AccountId32, MultiAddress, H256};
use subxt::PolkadotConfig;
use subxt_signer::sr25519::Keypair;

use super::api::payouts::events::Withdrawn as Typed;
use super::api::runtime_types as types;
use super::api::{constants, storage, transactions};
use super::tx::AtBlock;
use super::views::{
    Access, Allowance, Balance, DigestKind, GrantView, RecordKind, Relation, ReleaseId, ReleaseRequest,
    ReservationView, SponsorshipView, Upstream,
};

use crate::channel::Refusal;

mod economy;
mod governance;

pub(super) use economy::{commits, happened};
pub(crate) use economy::{Economy, Happened, Hyperparameter, Place, SHORTEST_LIFE};
pub(super) use governance::{referenda, referendum};
pub(crate) use governance::{Governance, Ongoing, Phase, Referendum};

type RuntimeCall = types::pedigree_runtime::RuntimeCall;
type Signed = SubmittableTransaction<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;

/// What can be asked of the chain.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    /// Commit to a root or name without showing it.
    Reserve {
        hash: Hash,
    },
    ClaimNamespace {
        name: String,
        salt: Hash,
    },
    OpenNamespace {
        name: String,
    },
    OfferNamespace {
        namespace: u64,
        to: AccountId32,
    },
    WithdrawOffer {
        namespace: u64,
    },
    AcceptNamespace {
        namespace: u64,
    },
    /// Ask to be linked to a channel; by a TXT record where there is no commit.
    RequestLink {
        name: String,
        commit: Option<String>,
        adopt: bool,
    },
    CancelLinkRequest {
        name: String,
    },
    /// Of the request that was made in that block with that evidence.
    Attest {
        name: String,
        claimant: AccountId32,
        made: u32,
        commit: Option<String>,
    },
    Refuse {
        name: String,
        claimant: AccountId32,
        made: u32,
        commit: Option<String>,
        why: Refusal,
    },
    Conclude {
        name: String,
        claimant: AccountId32,
    },
    Lapse {
        namespace: u64,
    },
    AdoptAll {
        namespace: u64,
    },
    /// Register a release, making its record first if it is new.
    Register {
        target: RegisterTarget,
        kind: RecordKind,
        salt: Hash,
        release: ReleaseRequest,
        access: Option<Access>,
    },
    Catalogue {
        namespace: u64,
        name: String,
        kind: RecordKind,
        release: ReleaseRequest,
        upstream: Upstream,
    },
    Yank {
        release: ReleaseId,
        reason: String,
        successor: Option<ReleaseId>,
    },
    Pay {
        release: ReleaseId,
        amount: Balance,
        memo: Option<Hash>,
    },
    /// Credit what releases were paid.
    Settle {
        releases: Vec<ReleaseId>,
    },
    Withdraw {
        releases: Vec<ReleaseId>,
    },
    /// Send what nobody claimed in time to the treasury.
    Expire {
        releases: Vec<ReleaseId>,
    },
    OfferRecord {
        record: u64,
        to: u64,
    },
    WithdrawRecordOffer {
        record: u64,
    },
    AcceptRecord {
        record: u64,
    },
    RemoveRecord {
        record: u64,
    },
    ClaimRoot {
        release: ReleaseId,
    },
    SetAccess {
        record: u64,
        access: Access,
    },
    /// Give reservations up: those that can still be used, and those that have expired.
    GiveUp {
        usable: Vec<Hash>,
        expired: Vec<(AccountId32, Hash)>,
    },
    Grant {
        record: u64,
        account: AccountId32,
        until: Option<u32>,
    },
    Revoke {
        record: u64,
        account: AccountId32,
    },
    /// Take over deposits of records, or of single releases.
    Adopt {
        deposits: Vec<(u64, Option<u32>)>,
    },
    OpenSponsorship {
        beneficiary: AccountId32,
        limits: Allowance,
    },
    CloseSponsorship {
        beneficiary: AccountId32,
    },
    ExpireSponsorship {
        sponsor: AccountId32,
        beneficiary: AccountId32,
    },
    /// Something about subnets or stake.
    Economy(Economy),
    /// Something about referenda.
    Governance(Governance),
    /// What a sponsor pays for.
    Sponsored {
        sponsor: AccountId32,
        call: Box<Call>,
    },
    /// The same amount to each.
    Give {
        to: Vec<AccountId32>,
        amount: Balance,
    },
}

impl Call {
    /// What to do before the same is asked for again, where doing it twice is not what doing it once is.
    pub(super) fn before_repeating(&self) -> Option<&'static str> {
        match self {
            Self::Pay { .. } => Some(
                "it may have been paid all the same: see with `pedigree statement` whether it was before you run this again",
            ),
            Self::Economy(Economy::Fund { .. }) => Some(
                "it may have been given all the same: see with `pedigree subnet show` whether it was before you run this again",
            ),
            Self::Economy(Economy::Allocate { .. } | Economy::Move { .. } | Economy::Unbond { .. }) => Some(
                "it may have been done all the same: see with `pedigree stake show` whether it was before you run this again",
            ),
            Self::Governance(Governance::ProposeAdmission { .. }) => Some(
                "it may have been proposed all the same: see with `pedigree gov list` whether it was before you run this again",
            ),
            Self::Give { .. } => Some("they may have been sent all the same: see whether they were before you send them again"),
            _ => None,
        }
    }
}

/// What the runtime allows at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Parents of a release.
    pub(crate) parents: u32,
    /// External digests of a release.
    pub(crate) digests: u32,
    /// Releases that are withdrawn from at once.
    pub(crate) withdrawals: u32,
    /// Blocks for which a reservation can be used.
    pub(crate) reservation: u32,
}

/// What went to the owner of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Withdrawn {
    pub(crate) release: ReleaseId,
    pub(crate) to: String,
    pub(crate) amount: Balance,
}

/// What a transaction sent to the owners of releases.
pub(super) fn withdrawn(events: &ExtrinsicEvents<PolkadotConfig>) -> Vec<Withdrawn> {
    events
        .find::<Typed>()
        .filter_map(Result::ok)
        .map(|event| Withdrawn {
            release: ReleaseId { record: event.release.record.0, number: event.release.number },
            to: event.to.to_string(),
            amount: Balance(event.amount),
        })
        .collect()
}

/// The record that a release goes to.
#[derive(Clone, Debug)]
pub(crate) enum RegisterTarget {
    Record(u64),
    /// One that is made in the same transaction, and will have this id unless somebody else is faster.
    New {
        namespace: u64,
        name: String,
        id: u64,
    },
}

/// A call, signed and ready to be sent.
pub(super) async fn sign(call: &Call, at: &AtBlock, signer: &Keypair) -> Result<Signed, ExtrinsicError> {
    let tx = transactions();
    match call.clone() {
        Call::Reserve { hash } => create(at, signer, &tx.reservations().reserve(h256(&hash))).await,
        Call::ClaimNamespace { name, salt } => {
            create(at, signer, &tx.namespaces().claim(namespace_name(&name), salt.0)).await
        }
        Call::OpenNamespace { name } => create(at, signer, &tx.namespaces().open(namespace_name(&name))).await,
        Call::OfferNamespace { namespace, to } => {
            create(at, signer, &tx.namespaces().offer(namespace_id(namespace), to)).await
        }
        Call::WithdrawOffer { namespace } => {
            create(at, signer, &tx.namespaces().withdraw_offer(namespace_id(namespace))).await
        }
        Call::AcceptNamespace { namespace } => {
            create(at, signer, &tx.namespaces().accept(namespace_id(namespace))).await
        }
        Call::RequestLink { name, commit, adopt } => {
            create(at, signer, &tx.registrars().request(namespace_name(&name), evidence(commit), adopt)).await
        }
        Call::CancelLinkRequest { name } => create(at, signer, &tx.registrars().cancel(namespace_name(&name))).await,
        Call::Attest { name, claimant, made, commit } => {
            let attest = tx.registrars().attest(namespace_name(&name), claimant, made, evidence(commit));
            create(at, signer, &attest).await
        }
        Call::Refuse { name, claimant, made, commit, why } => {
            let (name, why) = (namespace_name(&name), refusal(why));
            create(at, signer, &tx.registrars().refuse(name, claimant, made, evidence(commit), why)).await
        }
        Call::Conclude { name, claimant } => {
            create(at, signer, &tx.registrars().conclude(namespace_name(&name), claimant)).await
        }
        Call::Lapse { namespace } => create(at, signer, &tx.namespaces().lapse(namespace_id(namespace))).await,
        Call::AdoptAll { namespace } => create(at, signer, &tx.records().adopt_all(namespace_id(namespace))).await,
        // One call where one is enough: a batch is tied to every call that the runtime has.
        Call::Register { target: RegisterTarget::Record(record), kind, salt, release, access: None } => {
            let (record, release) = (record_id(record), new_release(&release));
            match kind {
                RecordKind::Model => create(at, signer, &tx.models().release(record, salt.0, release)).await,
                RecordKind::Dataset => create(at, signer, &tx.datasets().release(record, salt.0, release)).await,
            }
        }
        Call::Register { target, kind, salt, release, access } => {
            all_of(at, signer, registration(target, kind, &salt, &release, access)).await
        }
        Call::Catalogue { namespace, name, kind, release, upstream } => {
            let payload = tx.records().catalogue(
                namespace_id(namespace),
                record_name(&name),
                record_kind(kind),
                new_release(&release),
                types::pedigree_primitives::release::Upstream {
                    url: text(&upstream.url),
                    revision: text(&upstream.revision),
                },
            );
            create(at, signer, &payload).await
        }
        Call::Yank { release, reason, successor } => {
            let payload = tx.records().yank(release_id(release), text(&reason), successor.map(release_id));
            create(at, signer, &payload).await
        }
        Call::Pay { release, amount, memo } => {
            let payload = tx.payouts().pay(release_id(release), amount.0, memo.as_ref().map(h256));
            create(at, signer, &payload).await
        }
        Call::Settle { releases } => {
            use types::pallet_payouts::pallet::Call as Payouts;
            match releases.as_slice() {
                [release] => create(at, signer, &tx.payouts().settle(release_id(*release))).await,
                _ => {
                    // A block may have settled some of them meanwhile.
                    let calls = releases.into_iter().map(|release| Payouts::settle { release: release_id(release) });
                    create(at, signer, &tx.utility().force_batch(calls.map(RuntimeCall::Payouts).collect())).await
                }
            }
        }
        Call::Expire { releases } => {
            use types::pallet_payouts::pallet::Call as Payouts;
            let calls = releases.into_iter().map(|release| Payouts::expire { release: release_id(release) });
            all_of(at, signer, calls.map(RuntimeCall::Payouts).collect()).await
        }
        Call::OfferRecord { record, to } => {
            create(at, signer, &tx.records().offer(record_id(record), namespace_id(to))).await
        }
        Call::WithdrawRecordOffer { record } => {
            create(at, signer, &tx.records().withdraw_offer(record_id(record))).await
        }
        Call::AcceptRecord { record } => create(at, signer, &tx.records().accept(record_id(record))).await,
        Call::RemoveRecord { record } => create(at, signer, &tx.records().remove(record_id(record))).await,
        Call::ClaimRoot { release } => create(at, signer, &tx.records().claim_root(release_id(release))).await,
        Call::SetAccess { record, access } => {
            create(at, signer, &tx.datasets().set_access(record_id(record), typed_access(access))).await
        }
        Call::GiveUp { usable, expired } => {
            use types::pallet_reservations::pallet::Call as Reservations;
            let cancelled = usable.iter().map(|hash| Reservations::cancel { hash: h256(hash) });
            let expired = expired.into_iter().map(|(who, hash)| Reservations::expire { who, hash: h256(&hash) });
            all_of(at, signer, cancelled.chain(expired).map(RuntimeCall::Reservations).collect()).await
        }
        Call::Withdraw { releases } => {
            let releases = bounded(releases.into_iter().map(release_id).collect());
            create(at, signer, &tx.payouts().withdraw(releases)).await
        }
        Call::Grant { record, account, until } => {
            create(at, signer, &tx.datasets().grant(record_id(record), account, until)).await
        }
        Call::Revoke { record, account } => create(at, signer, &tx.datasets().revoke(record_id(record), account)).await,
        Call::Adopt { deposits } => all_of(at, signer, deposits.iter().map(adoption).collect()).await,
        Call::OpenSponsorship { beneficiary, limits } => {
            create(at, signer, &tx.sponsorship().open(beneficiary, allowance(limits))).await
        }
        Call::CloseSponsorship { beneficiary } => create(at, signer, &tx.sponsorship().close(beneficiary)).await,
        Call::ExpireSponsorship { sponsor, beneficiary } => {
            create(at, signer, &tx.sponsorship().expire(sponsor, beneficiary)).await
        }
        Call::Economy(call) => economy::sign(call, at, signer).await,
        Call::Governance(call) => governance::sign(call, at, signer).await,
        Call::Sponsored { sponsor, call } => match sponsorable(&call) {
            Some(call) => create(at, signer, &tx.sponsorship().dispatch(sponsor, call)).await,
            // Nobody pays for it but who signs.
            None => Box::pin(sign(&call, at, signer)).await,
        },
        Call::Give { to, amount } => match to.as_slice() {
            [one] => create(at, signer, &tx.balances().transfer_keep_alive(MultiAddress::Id(*one), amount.0)).await,
            several => {
                let calls = several.iter().map(|to| gift(*to, amount)).collect();
                create(at, signer, &tx.utility().batch_all(calls)).await
            }
        },
    }
}

/// A call as a part of another, if it is one that sponsors pay for.
fn sponsorable(call: &Call) -> Option<RuntimeCall> {
    use types::{pallet_namespaces::pallet::Call as Namespaces, pallet_records::pallet::Call as Records};
    Some(match call.clone() {
        Call::Reserve { hash } => {
            RuntimeCall::Reservations(types::pallet_reservations::pallet::Call::reserve { hash: h256(&hash) })
        }
        Call::ClaimNamespace { name, salt } => {
            RuntimeCall::Namespaces(Namespaces::claim { name: namespace_name(&name), salt: salt.0 })
        }
        Call::AcceptNamespace { namespace } => {
            RuntimeCall::Namespaces(Namespaces::accept { namespace: namespace_id(namespace) })
        }
        Call::Register { target, kind, salt, release, access } => {
            RuntimeCall::Utility(types::pallet_utility::pallet::Call::batch_all {
                calls: registration(target, kind, &salt, &release, access),
            })
        }
        Call::Yank { release, reason, successor } => RuntimeCall::Records(Records::yank {
            release: release_id(release),
            reason: text(&reason),
            successor: successor.map(release_id),
        }),
        _ => return None,
    })
}

fn adoption((record, number): &(u64, Option<u32>)) -> RuntimeCall {
    let (record, number) = (record_id(*record), *number);
    RuntimeCall::Records(types::pallet_records::pallet::Call::adopt { record, number })
}

fn gift(to: AccountId32, amount: Balance) -> RuntimeCall {
    let dest = MultiAddress::Id(to);
    RuntimeCall::Balances(types::pallet_balances::pallet::Call::transfer_keep_alive { dest, value: amount.0 })
}

fn allowance(limits: Allowance) -> types::pallet_sponsorship::types::Limits<u128, u32> {
    types::pallet_sponsorship::types::Limits {
        calls: limits.calls,
        fees: limits.fees.0,
        names: limits.names.0,
        deposits: limits.deposits.0,
        until: limits.until,
    }
}

async fn create<Call: Payload>(at: &AtBlock, signer: &Keypair, payload: &Call) -> Result<Signed, ExtrinsicError> {
    at.transactions().create_signed(payload, signer, Default::default()).await
}

/// The same, in one of so many blocks from the last final one on, or not at all.
async fn create_for<Call: Payload>(
    at: &AtBlock,
    signer: &Keypair,
    payload: &Call,
    blocks: u64,
) -> Result<Signed, ExtrinsicError> {
    let params = DefaultExtrinsicParamsBuilder::new().mortal(blocks).build();
    at.transactions().create_signed(payload, signer, params).await
}

/// Several calls, of which all succeed or none does.
async fn all_of(at: &AtBlock, signer: &Keypair, calls: Vec<RuntimeCall>) -> Result<Signed, ExtrinsicError> {
    create(at, signer, &transactions().utility().batch_all(calls)).await
}

/// The calls of a registration: all of them succeed, or none does.
fn registration(
    target: RegisterTarget,
    kind: RecordKind,
    salt: &Hash,
    release: &ReleaseRequest,
    access: Option<Access>,
) -> Vec<RuntimeCall> {
    let mut calls = Vec::new();
    let id = match target {
        RegisterTarget::Record(id) => id,
        RegisterTarget::New { namespace, name, id } => {
            calls.push(RuntimeCall::Records(types::pallet_records::pallet::Call::create {
                namespace: namespace_id(namespace),
                name: record_name(&name),
                kind: record_kind(kind),
            }));
            id
        }
    };
    let (record, release, salt) = (record_id(id), new_release(release), salt.0);
    calls.push(match kind {
        RecordKind::Model => RuntimeCall::Models(types::pallet_models::pallet::Call::release { record, salt, release }),
        RecordKind::Dataset => {
            RuntimeCall::Datasets(types::pallet_datasets::pallet::Call::release { record, salt, release })
        }
    });
    if let Some(access) = access {
        let (record, access) = (record_id(id), typed_access(access));
        calls.push(RuntimeCall::Datasets(types::pallet_datasets::pallet::Call::set_access { record, access }));
    }
    calls
}

/// The block a reservation was made in, if there is one.
pub(super) async fn reservation(at: &AtBlock, who: &AccountId32, hash: Hash) -> Result<Option<u32>, subxt::Error> {
    let entry = storage().reservations().reservations();
    let found = at.storage().try_fetch(entry, (*who, h256(&hash))).await?;
    Ok(found.map(|found| found.decode()).transpose()?.map(|found| found.block))
}

/// The id that the next record will have.
pub(super) async fn next_record(at: &AtBlock) -> Result<u64, subxt::Error> {
    let entry = storage().records().next_record_id();
    Ok(at.storage().fetch(entry, ()).await?.decode()?.0)
}

/// Who was granted to cite a dataset, one after the other.
pub(super) async fn grants(at: &AtBlock, record: u64, name: &str) -> Result<Vec<GrantView>, subxt::Error> {
    let mut entries = at.storage().iter(storage().datasets().grants(), (record_id(record),)).await?;
    let mut grants = Vec::new();
    while let Some(entry) = entries.next().await {
        let entry = entry?;
        let (_, account) = entry.key()?.decode()?;
        let until = entry.value().decode()?.until;
        grants.push(GrantView { record, name: name.to_owned(), account: account.to_string(), until });
    }
    Ok(grants)
}

/// Who is sponsored by whom: one account, or everybody.
pub(super) async fn sponsorships(
    at: &AtBlock,
    beneficiary: Option<AccountId32>,
) -> Result<Vec<SponsorshipView>, subxt::Error> {
    let entry = storage().sponsorship().sponsorships();
    let mut entries = match beneficiary {
        Some(beneficiary) => at.storage().iter(entry, (beneficiary,)).await?,
        None => at.storage().iter(entry, ()).await?,
    };
    let mut sponsorships = Vec::new();
    while let Some(entry) = entries.next().await {
        let entry = entry?;
        let (beneficiary, sponsor) = entry.key()?.decode()?;
        let left = entry.value().decode()?.left;
        sponsorships.push(SponsorshipView {
            sponsor: sponsor.to_string(),
            beneficiary: beneficiary.to_string(),
            left: Allowance {
                calls: left.calls,
                fees: Balance(left.fees),
                names: Balance(left.names),
                deposits: Balance(left.deposits),
                until: left.until,
            },
        });
    }
    Ok(sponsorships)
}

/// Whose deposits there are for a record and for those of its releases that have one of their own.
pub(super) async fn depositors(
    at: &AtBlock,
    record: u64,
    releases: u32,
) -> Result<Vec<(Option<u32>, AccountId32)>, subxt::Error> {
    let mut depositors = Vec::new();
    let records = storage().records().records();
    if let Some(stored) = at.storage().try_fetch(records, (record_id(record),)).await? {
        depositors.push((None, stored.decode()?.deposit.who));
    }
    for number in 1..=releases {
        let release = ReleaseId { record, number };
        let deposits = storage().records().catalogue_deposits();
        if let Some(stored) = at.storage().try_fetch(deposits, (release_id(release),)).await? {
            depositors.push((Some(number), stored.decode()?.who));
        }
    }
    Ok(depositors)
}

/// What an account can spend.
pub(super) async fn spendable(at: &AtBlock, who: &AccountId32) -> Result<Balance, subxt::Error> {
    let account = at.storage().try_fetch(storage().system().account(), (*who,)).await?;
    let Some(account) = account else { return Ok(Balance(0)) };
    let data = account.decode()?.data;
    Ok(Balance(data.free.saturating_sub(data.frozen.saturating_sub(data.reserved))))
}

/// What an account has reserved and not used.
pub(super) async fn reservations(at: &AtBlock, who: &AccountId32) -> Result<Vec<ReservationView>, subxt::Error> {
    let mut entries = at.storage().iter(storage().reservations().reservations(), (*who,)).await?;
    let mut reservations = Vec::new();
    while let Some(entry) = entries.next().await {
        let entry = entry?;
        let (_, hash) = entry.key()?.decode()?;
        let stored = entry.value().decode()?;
        reservations.push(ReservationView {
            hash: Hash(hash.0),
            block: stored.block,
            deposit: Balance(stored.deposit),
        });
    }
    Ok(reservations)
}

/// What the runtime allows at most.
pub(super) fn limits(at: &AtBlock) -> Result<Limits, ConstantError> {
    let known = at.constants();
    Ok(Limits {
        parents: known.entry(constants().records().max_parents())?,
        digests: known.entry(constants().records().max_digests())?,
        withdrawals: known.entry(constants().payouts().max_withdrawals())?,
        reservation: known.entry(constants().reservations().lifetime())?,
    })
}

fn typed_access(access: Access) -> types::pedigree_primitives::release::Access<u32> {
    types::pedigree_primitives::release::Access { by_grant: access.by_grant, consent_until: access.consent_until }
}

fn h256(hash: &Hash) -> H256 {
    H256(hash.0)
}

fn namespace_id(namespace: u64) -> types::pedigree_primitives::ids::NamespaceId {
    types::pedigree_primitives::ids::NamespaceId(namespace)
}

fn record_id(record: u64) -> types::pedigree_primitives::ids::RecordId {
    types::pedigree_primitives::ids::RecordId(record)
}

fn release_id(release: ReleaseId) -> types::pedigree_primitives::ids::ReleaseId {
    types::pedigree_primitives::ids::ReleaseId { record: record_id(release.record), number: release.number }
}

fn text(text: &str) -> types::pedigree_primitives::text::Text {
    types::pedigree_primitives::text::Text(bounded(text.as_bytes().to_vec()))
}

fn bounded<Item>(items: Vec<Item>) -> types::bounded_collections::bounded_vec::BoundedVec<Item> {
    types::bounded_collections::bounded_vec::BoundedVec(items)
}

fn namespace_name(name: &str) -> types::pedigree_primitives::names::NamespaceName {
    types::pedigree_primitives::names::NamespaceName(text(name))
}

fn record_name(name: &str) -> types::pedigree_primitives::names::RecordName {
    types::pedigree_primitives::names::RecordName(text(name))
}

fn record_kind(kind: RecordKind) -> types::pedigree_primitives::release::RecordKind {
    use types::pedigree_primitives::release::RecordKind as Typed;
    match kind {
        RecordKind::Model => Typed::Model,
        RecordKind::Dataset => Typed::Dataset,
    }
}

fn relation(relation: Relation) -> types::pedigree_primitives::release::Relation {
    use types::pedigree_primitives::release::Relation as Typed;
    match relation {
        Relation::FineTune => Typed::FineTune,
        Relation::Adapter => Typed::Adapter,
        Relation::Merge => Typed::Merge,
        Relation::Quantisation => Typed::Quantisation,
        Relation::Distillation => Typed::Distillation,
        Relation::TrainedOn => Typed::TrainedOn,
        Relation::DerivedFrom => Typed::DerivedFrom,
    }
}

/// Where a channel shows whose it is: at a commit, or for a domain in a TXT record.
fn evidence(commit: Option<String>) -> types::pallet_registrars::types::Evidence {
    match commit {
        None => types::pallet_registrars::types::Evidence::DnsRecord,
        Some(commit) => types::pallet_registrars::types::Evidence::Commit(bounded(from_hex(&commit))),
    }
}

fn refusal(why: Refusal) -> types::pallet_registrars::types::Refusal {
    use types::pallet_registrars::types::Refusal as Typed;
    match why {
        Refusal::Missing => Typed::Missing,
        Refusal::Malformed => Typed::Malformed,
        Refusal::OtherAccount => Typed::OtherAccount,
        Refusal::OtherChain => Typed::OtherChain,
        Refusal::Outdated => Typed::Outdated,
    }
}

/// Bytes that were read as hexadecimal before.
fn from_hex(text: &str) -> Vec<u8> {
    hex::decode(text.trim_start_matches("0x")).unwrap_or_default()
}

fn digest_kind(kind: DigestKind) -> types::pedigree_primitives::release::DigestKind {
    use types::pedigree_primitives::release::DigestKind as Typed;
    match kind {
        DigestKind::Sha256 => Typed::Sha256,
        DigestKind::HubCommit => Typed::HubCommit,
        DigestKind::SigningManifest => Typed::SigningManifest,
        DigestKind::Oci => Typed::Oci,
    }
}

fn new_release(release: &ReleaseRequest) -> types::pedigree_primitives::release::NewRelease {
    use types::pedigree_primitives::{release as typed, terms};
    typed::NewRelease {
        manifest: typed::ManifestSummary {
            root: h256(&release.manifest.root),
            files: release.manifest.files,
            tensors: release.manifest.tensors,
            bytes: release.manifest.bytes,
        },
        terms: terms::Terms {
            licence: terms::Licence(text(&release.terms.licence)),
            commercial_use: release.terms.commercial_use,
            derivatives: release.terms.derivatives,
            share_alike: release.terms.share_alike,
            attribution: release.terms.attribution,
            royalty: types::sp_arithmetic::per_things::Permill(release.terms.royalty),
        },
        parents: bounded(
            release
                .parents
                .iter()
                .map(|parent| typed::ParentLink { release: release_id(parent.id), relation: relation(parent.relation) })
                .collect(),
        ),
        card: release.card.as_ref().map(h256),
        locations: bounded(release.locations.iter().map(|location| text(location)).collect()),
        digests: bounded(
            release
                .digests
                .iter()
                .map(|digest| typed::Digest { kind: digest_kind(digest.kind), value: bounded(from_hex(&digest.value)) })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::views::{ManifestSummary, Terms};

    fn request() -> ReleaseRequest {
        ReleaseRequest {
            manifest: ManifestSummary { root: Hash([7; 32]), files: 1, tensors: 2, bytes: 3 },
            terms: Terms {
                licence: "MIT".into(),
                commercial_use: true,
                derivatives: true,
                share_alike: false,
                attribution: false,
                royalty: 25_000,
            },
            parents: vec![],
            card: None,
            locations: vec![],
            digests: vec![],
        }
    }

    #[test]
    fn a_new_dataset_is_made_registered_and_closed_in_one() {
        use types::pallet_datasets::pallet::Call as Datasets;
        use types::pallet_records::pallet::Call as Records;
        let target = RegisterTarget::New { namespace: 3, name: "pairs".into(), id: 9 };
        let access = Access { by_grant: true, consent_until: None };
        let calls = registration(target, RecordKind::Dataset, &Hash([1; 32]), &request(), Some(access));
        match calls.as_slice() {
            [RuntimeCall::Records(Records::create { namespace, .. }), RuntimeCall::Datasets(Datasets::release { record, release, .. }), RuntimeCall::Datasets(Datasets::set_access { record: same, access })] =>
            {
                assert_eq!((namespace.0, record.0, same.0), (3, 9, 9));
                assert_eq!((release.manifest.root.0, release.terms.royalty.0), ([7; 32], 25_000));
                assert!(access.by_grant);
            }
            other => panic!("{} calls", other.len()),
        }
    }
}
