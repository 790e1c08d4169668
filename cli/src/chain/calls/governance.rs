//! The calls of referenda, and how they stand.

use serde::Serialize;
use subxt::error::ExtrinsicError;
use subxt::ext::scale_value::{scale::decode_as_type, stringify::to_string};
use subxt_signer::sr25519::Keypair;

use super::economy::net_uid;
use super::{bounded, create, types, Signed};
use crate::chain::api::{storage, transactions};
use crate::chain::tx::AtBlock;
use crate::chain::views::Balance;

use types::frame_support::traits::preimages::Bounded;
use types::pallet_referenda::types::{ReferendumInfo, ReferendumStatus};

/// What can be asked of referenda.
#[derive(Clone, Debug)]
pub(crate) enum Governance {
    /// Propose to admit a subnet to the emission for so many blocks.
    ProposeAdmission { netuid: u16, term: u32 },
    /// Pay the decision deposit.
    Deposit { index: u32 },
    /// Vote with the conviction of that number.
    Vote { index: u32, aye: bool, conviction: u8, amount: Balance },
}

/// Where a referendum is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Phase {
    /// It can be read; the time for it isn't over, or the decision deposit isn't paid.
    Preparing,
    /// Others of its track are decided first.
    Queued,
    /// It is decided.
    Deciding,
    /// It has enough votes, and has to keep them for a time.
    Confirming,
    Approved,
    Rejected,
    Cancelled,
    TimedOut,
    Killed,
}

/// A referendum as it stands.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Referendum {
    pub(crate) index: u32,
    pub(crate) phase: Phase,
    /// The block in which that began.
    pub(crate) since: u32,
    /// What is voted on, as long as it is.
    pub(crate) ongoing: Option<Ongoing>,
}

/// What is voted on.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ongoing {
    /// The call that it would make, in words; nothing where its preimage is not there.
    pub(crate) call: Option<String>,
    /// Votes for it, and against it, weighed by conviction.
    pub(crate) ayes: Balance,
    pub(crate) nays: Balance,
    /// Tokens that are for it, not weighed.
    pub(crate) support: Balance,
    pub(crate) deposit_paid: bool,
    /// From which block on it is approved, if nothing changes.
    pub(crate) confirmed_at: Option<u32>,
}

/// A call, signed and ready to be sent.
pub(super) async fn sign(call: Governance, at: &AtBlock, signer: &Keypair) -> Result<Signed, ExtrinsicError> {
    let tx = transactions();
    match call {
        Governance::ProposeAdmission { netuid, term } => {
            use types::{frame_support::traits::schedule::DispatchTime, pedigree_runtime::OriginCaller};
            let root = OriginCaller::system(types::frame_support::dispatch::RawOrigin::Root);
            let proposal = at.transactions().call_data(&tx.subnets().admit(net_uid(netuid), term))?;
            let submit = tx.referenda().submit(root, Bounded::Inline(bounded(proposal)), DispatchTime::After(0));
            create(at, signer, &submit).await
        }
        Governance::Deposit { index } => create(at, signer, &tx.referenda().place_decision_deposit(index)).await,
        Governance::Vote { index, aye, conviction, amount } => {
            use types::pallet_conviction_voting::vote::{AccountVote, Vote};
            const AYE: u8 = 1 << 7;
            let vote = Vote(if aye { AYE | conviction } else { conviction });
            let vote = AccountVote::Standard { vote, balance: amount.0 };
            create(at, signer, &tx.conviction_voting().vote(index, vote)).await
        }
    }
}

type Status = ReferendumStatus<
    u16,
    types::pedigree_runtime::OriginCaller,
    u32,
    Bounded<types::pedigree_runtime::RuntimeCall, types::sp_runtime::traits::BlakeTwo256>,
    u128,
    types::pallet_conviction_voting::types::Tally<u128>,
    subxt::utils::AccountId32,
    (u32, u32),
>;

/// All referenda, from the first on.
pub(in crate::chain) async fn referenda(at: &AtBlock) -> Result<Vec<Referendum>, subxt::Error> {
    let count = at.storage().fetch(storage().referenda().referendum_count(), ()).await?.decode()?;
    let mut all = Vec::new();
    for index in 0..count {
        all.extend(referendum(at, index).await?);
    }
    Ok(all)
}

/// A referendum, if there is one of that number.
pub(in crate::chain) async fn referendum(at: &AtBlock, index: u32) -> Result<Option<Referendum>, subxt::Error> {
    let entry = storage().referenda().referendum_info_for();
    let Some(found) = at.storage().try_fetch(entry, (index,)).await? else { return Ok(None) };
    let over = |phase, since| Referendum { index, phase, since, ongoing: None };
    Ok(Some(match found.decode()? {
        ReferendumInfo::Ongoing(status) => ongoing(at, index, &status).await?,
        ReferendumInfo::Approved(since, ..) => over(Phase::Approved, since),
        ReferendumInfo::Rejected(since, ..) => over(Phase::Rejected, since),
        ReferendumInfo::Cancelled(since, ..) => over(Phase::Cancelled, since),
        ReferendumInfo::TimedOut(since, ..) => over(Phase::TimedOut, since),
        ReferendumInfo::Killed(since) => over(Phase::Killed, since),
    }))
}

async fn ongoing(at: &AtBlock, index: u32, status: &Status) -> Result<Referendum, subxt::Error> {
    let (phase, since) = match &status.deciding {
        Some(deciding) if deciding.confirming.is_some() => (Phase::Confirming, deciding.since),
        Some(deciding) => (Phase::Deciding, deciding.since),
        None if status.in_queue => (Phase::Queued, status.submitted),
        None => (Phase::Preparing, status.submitted),
    };
    let ongoing = Ongoing {
        call: preimage(at, &status.proposal).await?.as_deref().and_then(|bytes| in_words(at, bytes)),
        ayes: Balance(status.tally.ayes),
        nays: Balance(status.tally.nays),
        support: Balance(status.tally.support),
        deposit_paid: status.decision_deposit.is_some(),
        confirmed_at: status.deciding.as_ref().and_then(|deciding| deciding.confirming),
    };
    Ok(Referendum { index, phase, since, ongoing: Some(ongoing) })
}

/// The bytes of a call that is voted on.
async fn preimage<Call, Hasher>(at: &AtBlock, of: &Bounded<Call, Hasher>) -> Result<Option<Vec<u8>>, subxt::Error> {
    let (hash, length) = match of {
        Bounded::Inline(bytes) => return Ok(Some(bytes.0.clone())),
        Bounded::Lookup { hash, len } => (*hash, *len),
        // Stored without its length by old versions of the SDK, of which this chain never was.
        Bounded::Legacy { .. } | Bounded::__Ignore(..) => return Ok(None),
    };
    let found = at.storage().try_fetch(storage().preimage().preimage_for(), ((hash, length),)).await?;
    Ok(found.map(|found| found.decode()).transpose()?.map(|bytes| bytes.0))
}

/// A call in words: its pallet, its name, and what it is given.
fn in_words(at: &AtBlock, mut call: &[u8]) -> Option<String> {
    let metadata = at.metadata();
    let value = decode_as_type(&mut call, metadata.outer_enums().call_enum_ty(), metadata.types()).ok()?;
    call.is_empty().then(|| to_string(&value))
}
