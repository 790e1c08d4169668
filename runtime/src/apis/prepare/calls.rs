//! From plain JSON to calls. What is wrong with a field is said here, with the field's name; what is wrong with the whole
//! is said by the pallets, when the call is tried.

use alloc::boxed::Box;

use super::{economy, *};
use crate::{apis::provenance, Namespaces, Runtime};
use pallet_registrars::Evidence;
use pedigree_primitives::{traits::Namespaces as _, NameError, ReleaseId};

/// The call for an action of `account`.
pub(super) fn build(account: &AccountId, action: Action) -> Result<RuntimeCall, PrepareError> {
    match action {
        Action::ReserveRoot { root, salt } => Ok(reserve(account, &salt.0, &root.0)),
        Action::ReserveNamespace { name, salt } => {
            let name = namespace_name("name", &name)?;
            Ok(reserve(account, &salt.0, &blake2_256(name.as_str().as_bytes())))
        }
        Action::ClaimNamespace { name, salt } => {
            let name = namespace_name("name", &name)?;
            Ok(pallet_namespaces::Call::claim { name, salt: salt.0 }.into())
        }
        Action::OpenNamespace { name } => {
            let name = namespace_name("name", &name)?;
            Ok(pallet_namespaces::Call::open { name }.into())
        }
        Action::RequestLink { name, commit, adopt } => {
            let name = namespace_name("name", &name)?;
            let evidence = match commit {
                None => Evidence::DnsRecord,
                Some(commit) => Evidence::Commit(
                    commit.0.try_into().map_err(|_| invalid("commit", "A commit has 20 bytes, or 32."))?,
                ),
            };
            Ok(pallet_registrars::Call::request { name, evidence, adopt }.into())
        }
        Action::CancelLinkRequest { name } => {
            Ok(pallet_registrars::Call::cancel { name: namespace_name("name", &name)? }.into())
        }
        Action::Register { record, kind, salt, release } => register(&record, kind, salt.0, release),
        Action::Catalogue { record, kind, release, upstream } => {
            let path = record_path(&record)?;
            Ok(pallet_records::Call::catalogue {
                namespace: namespace_of(&path)?,
                name: path.record,
                kind,
                release: new_release(release)?,
                upstream: self::upstream(&upstream)?,
            }
            .into())
        }
        Action::Yank { release, reason, successor } => Ok(pallet_records::Call::yank {
            release: release_id("release", &release)?,
            reason: text("reason", &reason)?,
            successor: successor.map(|path| release_id("successor", &path)).transpose()?,
        }
        .into()),
        Action::Pay { release, amount, memo } => {
            Ok(pallet_payouts::Call::pay { release: release_id("release", &release)?, amount: amount.0, memo }.into())
        }
        Action::Withdraw { releases } => {
            let mut ids = vec![];
            for (index, release) in releases.iter().enumerate() {
                ids.push(release_id(&format!("releases[{index}]"), release)?);
            }
            let releases = ids.try_into().map_err(|_| invalid("releases", "These are too many at once."))?;
            Ok(pallet_payouts::Call::withdraw { releases }.into())
        }
        Action::AcceptNamespace { name } => {
            let parsed = namespace_name("name", &name)?;
            let namespace = Namespaces::find(&parsed)
                .ok_or_else(|| invalid("name", format!("There is no namespace {}.", parsed.as_str())))?;
            Ok(pallet_namespaces::Call::accept { namespace }.into())
        }
        Action::Adopt { target } => adopt(&target),
        Action::Mature { release } => {
            Ok(pallet_payouts::Call::mature { release: release_id("release", &release)? }.into())
        }
        Action::FoundSubnet { kind, name, price_limit } => economy::found(&kind, &name, price_limit),
        Action::FundSubnet { netuid, amount } => Ok(pallet_subnets::Call::fund { netuid, amount: amount.0 }.into()),
        Action::CloseSubnet { netuid } => Ok(pallet_subnets::Call::close { netuid }.into()),
        Action::SetHyperparameter { netuid, name, value } => economy::set(netuid, &name, &value),
        Action::RegisterNeuron { netuid, release, price_limit } => {
            let release = release.map(|path| release_id("release", &path)).transpose()?;
            let price_limit = economy::neuron_price_limit(netuid, price_limit);
            Ok(pallet_subnets::Call::register { netuid, release, price_limit }.into())
        }
        Action::DeregisterNeuron { netuid } => Ok(pallet_subnets::Call::deregister { netuid }.into()),
        Action::BindNeuron { netuid, release, price_limit } => {
            let release = release_id("release", &release)?;
            let price_limit = economy::neuron_price_limit(netuid, price_limit);
            Ok(pallet_subnets::Call::bind { netuid, release, price_limit }.into())
        }
        Action::UnbindNeuron { netuid, uid } => Ok(pallet_subnets::Call::unbind { netuid, uid }.into()),
        Action::SetEndpoint { netuid, endpoint } => {
            Ok(pallet_subnets::Call::serve { netuid, endpoint: text("endpoint", &endpoint)? }.into())
        }
        Action::CommitScores { netuid, hash } => Ok(pallet_subnets::Call::commit { netuid, hash }.into()),
        Action::RevealScores { netuid, scores, salt } => economy::reveal(netuid, scores, salt.0),
        Action::AllocateStake { netuid, evaluator, amount, accepted_take } => {
            let accepted_take = economy::take("acceptedTake", accepted_take)?;
            Ok(pallet_stake::Call::allocate { netuid, evaluator, amount: amount.0, accepted_take }.into())
        }
        Action::MoveStake { from, to, amount, accepted_take } => {
            let accepted_take = economy::take("acceptedTake", accepted_take)?;
            let (from, to) = (economy::place(from), economy::place(to));
            Ok(pallet_stake::Call::move_stake { from, to, amount: amount.0, accepted_take }.into())
        }
        Action::UnbondStake { netuid, evaluator, amount } => {
            Ok(pallet_stake::Call::unbond { netuid, evaluator, amount: amount.0 }.into())
        }
        Action::WithdrawUnbonded {} => Ok(pallet_stake::Call::withdraw_unbonded {}.into()),
        Action::WithdrawDividends { netuid, evaluator } => {
            Ok(pallet_stake::Call::withdraw_dividends { netuid, evaluator }.into())
        }
        Action::SetTake { netuid, take } => {
            Ok(pallet_stake::Call::set_take { netuid, take: economy::take("take", take)? }.into())
        }
        Action::OpenSponsorship { beneficiary, calls, fees, names, deposits, until } => {
            let limits =
                pallet_sponsorship::Limits { calls, fees: fees.0, names: names.0, deposits: deposits.0, until };
            Ok(pallet_sponsorship::Call::open { beneficiary, limits }.into())
        }
        Action::CloseSponsorship { beneficiary } => Ok(pallet_sponsorship::Call::close { beneficiary }.into()),
        Action::Sponsored { sponsor, call } => {
            if matches!(*call, Action::Sponsored { .. }) {
                return Err(invalid("call", "What is sponsored already can't be sponsored again; name one sponsor."));
            }
            let call = build(account, *call).map_err(|error| match error {
                PrepareError::Invalid { field, explanation } => invalid(&format!("call.{field}"), explanation),
                other => other,
            })?;
            Ok(sponsored(&sponsor, call))
        }
    }
}

/// A call that a sponsor pays for.
pub(super) fn sponsored(sponsor: &AccountId, call: RuntimeCall) -> RuntimeCall {
    pallet_sponsorship::Call::dispatch { sponsor: sponsor.clone(), call: Box::new(call) }.into()
}

fn adopt(target: &str) -> Result<RuntimeCall, PrepareError> {
    let path = ReleasePath::parse(target).map_err(|error| not_a_name("target", target, error))?;
    let record = provenance::find_record(&format!("{}/{}", path.namespace.as_str(), path.record.as_str()))
        .ok_or_else(|| invalid("target", format!("There is no record {target}.")))?;
    Ok(pallet_records::Call::adopt { record, number: path.number }.into())
}

fn reserve(account: &AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> RuntimeCall {
    let genesis = System::block_hash(BlockNumber::MIN);
    let hash = reservation_hash(&genesis.0, account.as_ref(), salt, subject);
    pallet_reservations::Call::reserve { hash }.into()
}

/// The next release of a record; with a new record, if it is not there.
fn register(
    record: &str,
    kind: RecordKind,
    salt: [u8; 32],
    release: ReleaseRequest,
) -> Result<RuntimeCall, PrepareError> {
    let path = record_path(record)?;
    let release = new_release(release)?;
    let next_release = |record| -> RuntimeCall {
        match kind {
            RecordKind::Model => pallet_models::Call::release { record, salt, release }.into(),
            RecordKind::Dataset => pallet_datasets::Call::release { record, salt, release }.into(),
        }
    };
    if let Some(record) = provenance::find_record(record) {
        return Ok(next_release(record));
    }
    let create = pallet_records::Call::create { namespace: namespace_of(&path)?, name: path.record, kind };
    // The id that the record will have, unless somebody else makes one first: then all of it fails, and nothing is lost.
    let record = pallet_records::NextRecordId::<Runtime>::get();
    Ok(pallet_utility::Call::batch_all { calls: vec![create.into(), next_release(record)] }.into())
}

fn new_release(request: ReleaseRequest) -> Result<NewRelease, PrepareError> {
    let mut parents = vec![];
    for (index, parent) in request.parents.iter().enumerate() {
        let release = release_id(&format!("release.parents[{index}].release"), &parent.release)?;
        parents.push(ParentLink { release, relation: parent.relation });
    }
    let mut locations = vec![];
    for (index, location) in request.locations.iter().enumerate() {
        locations.push(text(&format!("release.locations[{index}]"), location)?);
    }
    let mut digests = vec![];
    for (index, digest) in request.digests.into_iter().enumerate() {
        let field = format!("release.digests[{index}]");
        digests.push(
            provenance::digest(digest)
                .ok_or_else(|| invalid(&field, "A digest has 32 bytes; a hub's commit may also have 20."))?,
        );
    }
    Ok(NewRelease {
        manifest: request.manifest,
        terms: request.terms,
        parents: parents.try_into().map_err(|_| invalid("release.parents", "These are too many parents."))?,
        card: request.card,
        locations: locations.try_into().map_err(|_| invalid("release.locations", "These are too many locations."))?,
        digests: digests.try_into().map_err(|_| invalid("release.digests", "These are too many digests."))?,
    })
}

fn upstream(upstream: &UpstreamView) -> Result<Upstream, PrepareError> {
    Ok(Upstream { url: text("upstream.url", &upstream.url)?, revision: text("upstream.revision", &upstream.revision)? })
}

fn text<const MAX: u32>(field: &str, text: &str) -> Result<Text<MAX>, PrepareError> {
    Text::new(text).ok_or_else(|| {
        invalid(field, format!("This is longer than {MAX} bytes, or has line breaks or other control characters."))
    })
}

fn namespace_name(field: &str, name: &str) -> Result<NamespaceName, PrepareError> {
    NamespaceName::parse(name).map_err(|error| not_a_name(field, name, error))
}

fn record_path(path: &str) -> Result<ReleasePath, PrepareError> {
    let path = ReleasePath::parse(path).map_err(|error| not_a_name("record", path, error))?;
    match path.number {
        None => Ok(path),
        Some(_) => Err(invalid("record", "Name the record without a release number: NAMESPACE/NAME.")),
    }
}

fn release_id(field: &str, path: &str) -> Result<ReleaseId, PrepareError> {
    ReleasePath::parse(path).map_err(|error| not_a_name(field, path, error))?;
    provenance::find_release(path).ok_or_else(|| invalid(field, format!("There is no release {path}.")))
}

fn namespace_of(path: &ReleasePath) -> Result<pedigree_primitives::NamespaceId, PrepareError> {
    Namespaces::find(&path.namespace).ok_or_else(|| {
        let name = path.namespace.as_str();
        invalid(
            "record",
            format!("There is no namespace {name}; claim it (a plain name) or open it (a channel) first."),
        )
    })
}

fn not_a_name(field: &str, name: &str, error: NameError) -> PrepareError {
    invalid(field, format!("{name:?} can't be a name here: {error}."))
}
