//! What releases earn, as it can be read.

use alloc::vec::Vec;

use frame_support::traits::Get;
use pallet_payouts::{AccountOf, Accounts, Emissions, Payments};
use pallet_records::Splits;
use pedigree_primitives::{
    api::{
        Balance as Amount, Direction, EarningsView, Lineage, Page, PageRequest, PartView, PaymentView, ShareView,
        SourceView, StatementView,
    },
    traits::Registry,
    ReleaseId,
};
use sp_runtime::Permill;

use super::{
    provenance::{self, Reader},
    walk::Walk,
};
use crate::{Balance, Payouts, Records, Runtime};

/// Who paid a release, and who had what of it.
pub(super) fn statement(id: ReleaseId) -> Option<StatementView> {
    let account = Accounts::<Runtime>::get(id);
    Some(StatementView {
        earnings: earnings(id, &account)?,
        parts: parts(id, account.settled)?,
        payments: account.payments,
        latest: latest(id, account.payments),
    })
}

/// What came to a release, by the releases that were paid: itself, and what was built from it.
///
/// An ancestor's part is not kept for each descendant: it is the rate in the descendant's royalty split, of all that was settled
/// of it. A release that owes it has a parent that does, or is its child: nothing else has to be gone through.
pub(super) fn sources(id: ReleaseId, request: &PageRequest) -> Option<Lineage<SourceView>> {
    let asks = !Records::release(id)?.terms.royalty.is_zero();
    let own = Splits::<Runtime>::get(id).own();
    let mut reader = Reader::default();
    let walk = Walk::from(id, Direction::Descendants, if asks { u32::MAX } else { 0 })
        .among(|release| rate(release, id).is_some());
    Some(walk.page(request, |release, generation| {
        let settled = Accounts::<Runtime>::get(release).settled;
        if settled == 0 {
            return None;
        }
        let (rate, amount) = if release == id {
            (own, parts(id, settled)?.first()?.amount)
        } else {
            let rate = rate(release, id)?;
            (rate, Amount(Payouts::part(rate, settled)))
        };
        let share = ShareView { release, name: reader.release_name(release)?, millionths: rate.deconstruct() };
        Some(SourceView { part: PartView { share, amount }, settled: Amount(settled), generation })
    }))
}

/// What a release owes to an ancestor of every payment.
fn rate(release: ReleaseId, ancestor: ReleaseId) -> Option<Permill> {
    Splits::<Runtime>::get(release).iter().find_map(|(owed, rate)| (owed == ancestor).then_some(rate))
}

/// What came to the releases of a namespace, those that ever earned anything.
pub(super) fn earnings_of_namespace(name: &str, request: &PageRequest) -> Page<EarningsView> {
    provenance::each_release_of_namespace(name, request, |id| {
        let earned = Accounts::<Runtime>::contains_key(id) || Emissions::<Runtime>::contains_key(id);
        if !earned {
            return None;
        }
        earnings(id, &Accounts::<Runtime>::get(id))
    })
}

fn earnings(id: ReleaseId, account: &AccountOf<Runtime>) -> Option<EarningsView> {
    let (_, owner) = <Records as Registry<_>>::record(id.record)?;
    let waits = owner.is_none() && account.owed > 0;
    let maturing = Emissions::<Runtime>::get(id).maturing;
    let oldest = maturing.first().map(|entry| Payouts::matures(entry.period, Payouts::maturity(id)));
    Some(EarningsView {
        release: id,
        name: provenance::release_name(id)?,
        paid: Amount(account.paid),
        unsettled: Amount(account.paid.saturating_sub(account.settled)),
        owed: Amount(account.owed),
        withdrawn: Amount(account.withdrawn),
        expired: Amount(account.expired),
        expires: waits.then(|| Payouts::expires(id, account)),
        maturing: Amount(maturing.iter().map(|entry| entry.amount).fold(0, Balance::saturating_add)),
        matures: oldest,
        owner,
    })
}

/// What each had of all that was settled.
fn parts(id: ReleaseId, settled: Balance) -> Option<Vec<PartView>> {
    let shares = provenance::royalty_split(id)?;
    let split = <Records as Registry<crate::AccountId>>::split(id)?;
    let ancestors: Vec<Balance> = split.iter().map(|(_, rate)| Payouts::part(rate, settled)).collect();
    let own = settled.saturating_sub(ancestors.iter().copied().fold(0, Balance::saturating_add));
    let amounts = core::iter::once(own).chain(ancestors);
    Some(shares.into_iter().zip(amounts).map(|(share, amount)| PartView { share, amount: Amount(amount) }).collect())
}

/// The latest payments, the last first.
fn latest(id: ReleaseId, payments: u64) -> Vec<PaymentView> {
    let history: u32 = <Runtime as pallet_payouts::Config>::History::get();
    let kept = payments.min(history.into());
    (payments.saturating_sub(kept)..payments)
        .rev()
        .filter_map(|index| {
            let payment = Payments::<Runtime>::get(id, Payouts::slot(index))?;
            Some(PaymentView {
                number: index.saturating_add(1),
                payer: payment.payer,
                amount: Amount(payment.amount),
                memo: payment.memo,
                block: payment.block,
            })
        })
        .collect()
}
