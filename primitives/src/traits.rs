//! How one pallet asks another. The runtime wires them; no pallet names another.

use alloc::vec::Vec;
use sp_arithmetic::Perquintill;
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

use crate::{
    ChannelKind, NamespaceId, NamespaceKind, NamespaceName, NetUid, NewRelease, ParentLink, RecordId, RecordKind,
    ReleaseId, RoyaltySplit, Standing,
};

/// Commitments made before a name or a root is shown.
pub trait Reservations<AccountId> {
    /// What blocks are counted in.
    type BlockNumber;

    /// Uses up the reservation of `subject` that `who` made with `salt`, gives its deposit back, and tells in which
    /// block it was made. It must be from an earlier block and not have expired.
    fn redeem(who: &AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> Result<Self::BlockNumber, DispatchError>;
}

/// Who publishes, and with what standing.
pub trait Namespaces<AccountId> {
    /// What blocks are counted in.
    type BlockNumber;

    /// Who owns it; nobody owns an unlinked channel, nor one that does not exist.
    fn owner(namespace: NamespaceId) -> Option<AccountId>;
    /// Its standing, if it exists.
    fn standing(namespace: NamespaceId) -> Option<Standing>;
    /// Its name and kind, if it exists.
    fn name(namespace: NamespaceId) -> Option<(NamespaceName, NamespaceKind)>;
    /// The namespace of that name. Upper and lower case are the same.
    fn find(name: &NamespaceName) -> Option<NamespaceId>;
    /// Since which block nobody owns it; nothing if somebody does, or if it does not exist.
    fn unowned_since(namespace: NamespaceId) -> Option<Self::BlockNumber>;
}

/// Channels, for whoever establishes who controls them.
pub trait Channels<AccountId> {
    /// What blocks are counted in.
    type BlockNumber;

    /// What kind of channel has that name; an error if none can have it.
    fn channel(name: &NamespaceName) -> Result<ChannelKind, DispatchError>;
    /// Who is linked to a channel, and in which block it was shown last that he controls it.
    fn linked(name: &NamespaceName) -> Option<(AccountId, Self::BlockNumber)>;
    /// Links a channel to `owner`, of whom it was shown now that he controls it: for the first time, anew, or instead of
    /// somebody else.
    fn link(name: &NamespaceName, owner: &AccountId) -> Result<NamespaceId, DispatchError>;
}

/// What was catalogued in a channel, once its publisher is there.
pub trait Adoption {
    /// What blocks are counted in.
    type BlockNumber;

    /// Begins to pass the deposits of what was put into a namespace up to that block on to its owner, as far as his funds go.
    fn adopt_all(namespace: NamespaceId, until: Self::BlockNumber);
}

/// Who may cite a record as a parent.
pub trait Citation<AccountId> {
    /// Whether `who` may begin to cite it now.
    fn may_cite(who: &AccountId, record: RecordId, kind: RecordKind) -> bool;
    /// Whether nothing is left of what this keeps for `record`, so that it may be removed.
    fn is_unused(record: RecordId) -> bool;
}

/// Records and their releases, for the pallets that decide what a kind of record may do.
pub trait Registry<AccountId> {
    /// What blocks are counted in.
    type BlockNumber;

    /// What it is and who owns it now, if it exists.
    fn record(record: RecordId) -> Option<(RecordKind, Option<AccountId>)>;

    /// Since which block nobody owns it; nothing if somebody does, or if it does not exist.
    fn unowned_since(record: RecordId) -> Option<Self::BlockNumber>;

    /// The standing of the namespace that a record is in, if it exists.
    fn standing(record: RecordId) -> Option<Standing>;

    /// The kind of a release's record, if the release exists.
    fn release_kind(release: ReleaseId) -> Option<RecordKind>;

    /// Registers the next release of `record`, reserved before by `who` with `salt`.
    fn register(
        who: &AccountId,
        record: RecordId,
        kind: RecordKind,
        salt: &[u8; 32],
        release: NewRelease,
    ) -> Result<ReleaseId, DispatchError>;

    /// What a release owes to its ancestors.
    fn split(release: ReleaseId) -> Option<RoyaltySplit>;

    /// The release that holds a root.
    fn holder(root: H256) -> Option<ReleaseId>;

    /// The root of a release, if it exists.
    fn root(release: ReleaseId) -> Option<H256>;

    /// Whether a release states facts about somebody else's files; so it does if it does not exist.
    fn is_catalogued(release: ReleaseId) -> bool;
}

/// What releases earn, for whoever pays them by rule and not by a call.
pub trait Earnings<AccountId> {
    /// The amounts.
    type Balance;

    /// Takes `amount` from the account `from` and credits it to a release, whose it is once it has matured.
    fn credit(from: &AccountId, release: ReleaseId, amount: Self::Balance) -> DispatchResult;
}

/// What a subnet is doing, for those who stake in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubnetPhase {
    /// Stake comes and goes.
    Open,
    /// An epoch's dividends are not credited yet: whose they are must not change before.
    Crediting,
    /// Closed for good. Stake only goes.
    Closed,
}

/// Subnets, for the pallet that keeps the stake in them.
pub trait Subnets<AccountId> {
    /// What it is doing; nothing if it never existed.
    fn phase(netuid: NetUid) -> Option<SubnetPhase>;
    /// Whether `who` has a neuron there.
    fn has_neuron(netuid: NetUid, who: &AccountId) -> bool;
}

/// Stake, for the pallet that keeps the subnets.
pub trait Stakes<AccountId> {
    /// The amounts.
    type Balance;

    /// Begins to keep stake for a new subnet.
    fn open(netuid: NetUid);
    /// What stands behind an evaluator and counts in the epoch that is going on.
    fn counted(netuid: NetUid, evaluator: &AccountId) -> Self::Balance;
    /// Credits dividends of the epoch that is going on, taken from the account `from`. Tells how much it took: nothing is
    /// credited where no stake counts.
    fn reward(netuid: NetUid, from: &AccountId, dividends: &[(AccountId, Self::Balance)]) -> Self::Balance;
    /// Ends the epoch that is going on.
    fn end_epoch(netuid: NetUid);
    /// The share of each subnet in the emission: its part of the averaged stake of all of these, at most as much as is said
    /// beside it, rounded down.
    fn shares(subnets: &[(NetUid, Perquintill)]) -> Vec<Perquintill>;
}

/// Who pays for what an account does: in a sponsored call its sponsor, else the account itself.
///
/// To learn who pays is to draw on him: what a sponsor did not allow is an error, and nothing is paid.
pub trait Payer<AccountId, Balance> {
    /// On whose account to hold a deposit of `amount` for what `who` does. It is free there now.
    fn deposit(who: &AccountId, amount: Balance) -> Result<AccountId, DispatchError>;
    /// From whose account to take a price of `amount` for what `who` does. It is there now, but freezes may be on it.
    fn price(who: &AccountId, amount: Balance) -> Result<AccountId, DispatchError>;
}

/// The same, for pallets that know how much state something takes, and not what that costs.
pub trait StatePayer<AccountId> {
    /// Whether somebody else pays for what `who` does.
    fn is_sponsored(who: &AccountId) -> bool;
    /// On whose account to hold the deposit for that much state: so many items, with so many bytes in all of them.
    fn state(who: &AccountId, items: u64, bytes: u64) -> Result<AccountId, DispatchError>;
}

/// Everybody pays for himself.
impl<AccountId: Clone, Balance> Payer<AccountId, Balance> for () {
    fn deposit(who: &AccountId, _: Balance) -> Result<AccountId, DispatchError> {
        Ok(who.clone())
    }

    fn price(who: &AccountId, _: Balance) -> Result<AccountId, DispatchError> {
        Ok(who.clone())
    }
}

/// Puts the world into the state that a benchmark or a test of one pallet needs of another.
pub trait BenchmarkSetup<AccountId> {
    /// A plain namespace of `owner`'s, new at each call.
    fn plain_namespace(owner: &AccountId, seed: u32) -> NamespaceId;
    /// An unlinked channel namespace, new at each `seed`.
    fn unlinked_namespace(seed: u32) -> NamespaceId;
    /// A reservation of `subject` by `who` with `salt`, old enough to be used.
    fn reserve(who: &AccountId, salt: &[u8; 32], subject: &[u8; 32]) -> DispatchResult;
    /// Makes `who` able to pay whatever it takes.
    fn fund(who: &AccountId);
}

/// The same, for the pallet that asks who controls a channel.
pub trait BenchmarkChannels<AccountId> {
    /// An unlinked channel that somebody opened, new at each `seed`.
    fn channel(seed: u32) -> NamespaceName;
    /// Makes `who` able to pay whatever it takes.
    fn fund(who: &AccountId);
}

/// The same, for the pallet that keeps stake.
pub trait BenchmarkSubnets<AccountId> {
    /// A subnet in which `evaluator` has a neuron; the same at each call.
    fn subnet(evaluator: &AccountId) -> NetUid;
    /// Closes that subnet.
    fn close(netuid: NetUid);
    /// Makes `who` able to pay whatever it takes.
    fn fund(who: &AccountId);
}

/// The same, for the pallet that keeps subnets.
pub trait BenchmarkStakes<AccountId>: BenchmarkRecords<AccountId> {
    /// Puts that much stake behind an evaluator, so that it counts at once.
    fn stake(netuid: NetUid, evaluator: &AccountId, amount: u128);
    /// The least that can be staked.
    fn minimum() -> u128;
}

/// The same as [`BenchmarkSetup`], for pallets that need records and releases to be there.
pub trait BenchmarkRecords<AccountId>: BenchmarkSetup<AccountId> {
    /// An empty record of `owner`'s, in a plain namespace of its own.
    fn record(owner: &AccountId, kind: RecordKind, seed: u32) -> RecordId;
    /// `count` releases of that kind, each with as many asking ancestors as there may be. Where a kind knows grants,
    /// `citing` may cite them by one.
    fn parents(citing: &AccountId, kind: RecordKind, count: u32) -> Vec<ReleaseId>;
    /// `count` releases of that kind, each of an owner of its own, all with the same `ancestors` that ask a royalty.
    fn releases(kind: RecordKind, count: u32, ancestors: u32) -> Vec<ReleaseId>;
    /// A release as large as it may be, of bytes that an unlinked release holds so far.
    fn new_release(kind: RecordKind, parents: &[ParentLink]) -> NewRelease;
}
