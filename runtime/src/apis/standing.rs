//! Who controls a channel, and who asks for it, as it can be read.

use alloc::{string::String, vec::Vec};

use pallet_registrars::{Evidence, Key, Refusal, Registrars as Panel, RequestOf, Requests, Verdict};
use pedigree_primitives::{
    api::{LinkRequestView, Page, PageRequest, RegistrarsView, VerdictView},
    traits::Channels,
    Bytes, NamespaceName,
};

use super::paging::{empty, page};
use crate::{AccountId, Namespaces, Registrars, Runtime};

/// A request: the channel's name in lower case, and who made it.
type RequestKey = (Key, AccountId);

/// Who decides.
pub(super) fn registrars() -> RegistrarsView {
    let panel = Panel::<Runtime>::get();
    RegistrarsView { registrars: panel.registrars.into_inner(), threshold: panel.threshold }
}

/// The request of that account for that channel.
pub(super) fn request(name: &str, claimant: AccountId) -> Option<LinkRequestView> {
    view((Registrars::key(&NamespaceName::parse(name).ok()?), claimant))
}

/// The requests for that channel, or for all.
pub(super) fn requests(name: Option<&str>, request: &PageRequest) -> Page<LinkRequestView> {
    let Some(name) = name else { return page(request, all, view) };
    let Ok(name) = NamespaceName::parse(name) else { return empty() };
    let key = Registrars::key(&name);
    let of_channel = |after: Option<AccountId>| {
        let after = after.map(|claimant| Requests::<Runtime>::hashed_key_for(&key, claimant));
        match after {
            None => Requests::<Runtime>::iter_key_prefix(&key),
            Some(after) => Requests::<Runtime>::iter_key_prefix_from(&key, after),
        }
    };
    page(request, of_channel, |claimant| view((key.clone(), claimant)))
}

fn all(after: Option<RequestKey>) -> impl Iterator<Item = RequestKey> {
    match after {
        None => Requests::<Runtime>::iter_keys(),
        Some((name, claimant)) => {
            Requests::<Runtime>::iter_keys_from(Requests::<Runtime>::hashed_key_for(name, claimant))
        }
    }
}

fn view((key, claimant): RequestKey) -> Option<LinkRequestView> {
    let request = Requests::<Runtime>::get(key, &claimant)?;
    Some(LinkRequestView {
        name: String::from(request.name.as_str()),
        owner: <Namespaces as Channels<AccountId>>::linked(&request.name).map(|(owner, _)| owner),
        commit: match &request.evidence {
            Evidence::Commit(commit) => Some(Bytes(commit.to_vec())),
            Evidence::DnsRecord => None,
        },
        adopt: request.adopt,
        made: request.made,
        expires: Registrars::expires(&request),
        verdicts: verdicts(&request),
        notice: request.notice,
        superseded: Registrars::superseded(&request, &claimant),
        claimant,
    })
}

fn verdicts(request: &RequestOf<Runtime>) -> Vec<VerdictView> {
    let panel = Panel::<Runtime>::get();
    let view = |(registrar, verdict): &(AccountId, Verdict)| VerdictView {
        registrar: registrar.clone(),
        attested: *verdict == Verdict::Attested,
        refusal: match verdict {
            Verdict::Attested => None,
            Verdict::Refused(why) => Some(String::from(word(*why))),
        },
        counts: panel.has(registrar),
    };
    request.verdicts.iter().map(view).collect()
}

fn word(why: Refusal) -> &'static str {
    match why {
        Refusal::Missing => "missing",
        Refusal::Malformed => "malformed",
        Refusal::OtherAccount => "otherAccount",
        Refusal::OtherChain => "otherChain",
        Refusal::Outdated => "outdated",
    }
}
