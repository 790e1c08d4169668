//! Who publishes under which name, as it can be read.

use alloc::string::String;

use pallet_namespaces::{Namespaces as Stored, NextNamespaceId};
use pedigree_primitives::{
    api::{Balance, ChannelLinkView, NamespaceView, Page, PageRequest},
    traits::Namespaces as _,
    NamespaceId, NamespaceKind, NamespaceName,
};

use super::paging::page;
use crate::{Namespaces, Runtime};

/// The namespace of that name. Upper and lower case are the same.
pub(super) fn find(name: &str) -> Option<NamespaceId> {
    Namespaces::find(&NamespaceName::parse(name).ok()?)
}

/// A namespace, as it stands now.
pub(super) fn view(id: NamespaceId) -> Option<NamespaceView> {
    let namespace = Stored::<Runtime>::get(id)?;
    Some(NamespaceView {
        id,
        name: String::from(namespace.name.as_str()),
        channel: match namespace.kind {
            NamespaceKind::Plain => None,
            NamespaceKind::Channel(channel) => Some(channel),
        },
        standing: namespace.standing(),
        owner: namespace.owner,
        offered_to: namespace.offered_to,
        created: namespace.created,
        link: namespace.link.map(|link| ChannelLinkView { shown: link.shown, lapses: link.lapses }),
    })
}

/// All namespaces, ordered by id.
pub(super) fn all(request: &PageRequest) -> Page<NamespaceView> {
    page(
        request,
        |after: Option<NamespaceId>| {
            let first = after.map_or(0, |NamespaceId(last)| last.saturating_add(1));
            (first..NextNamespaceId::<Runtime>::get().0).map(NamespaceId)
        },
        view,
    )
}

/// What it costs to claim that plain name.
pub(super) fn price(name: &str) -> Option<Balance> {
    Namespaces::price_of(&NamespaceName::parse(name).ok()?).map(Balance)
}
