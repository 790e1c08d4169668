//! What they do.

use frame_support::assert_ok;
use pedigree_primitives::{
    reservation_hash, traits::Namespaces as _, Access, Digest, DigestKind, Licence, ManifestSummary, NamespaceId,
    NamespaceName, NewRelease, ParentLink, RecordId, RecordKind, RecordName, Relation, ReleaseId, Standing, Terms,
    Text, Upstream,
};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, Permill};

use super::{chance::Chance, people::Person, Outcome};
use crate::{
    configs::proxy::ProxyType,
    constants::{currency::UNIT, time::DAYS},
    BlockNumber, Namespaces, Records, Runtime, RuntimeCall, RuntimeOrigin, System,
};

mod around;
mod choices;
mod namespaces;
mod payouts;
mod records;
mod registrars;
mod releases;
mod reservations;
mod sponsorship;
mod stake;
mod subnets;

/// What was reserved, as long as it is remembered.
#[derive(Clone)]
struct Reserved {
    who: Person,
    salt: [u8; 32],
    what: What,
    block: BlockNumber,
}

#[derive(Clone)]
enum What {
    Name(NamespaceName),
    Root(H256),
}

impl What {
    fn subject(&self) -> [u8; 32] {
        match self {
            Self::Name(name) => blake2_256(name.as_str().as_bytes()),
            Self::Root(root) => root.0,
        }
    }
}

impl Reserved {
    fn hash(&self) -> H256 {
        let genesis = System::block_hash(0);
        reservation_hash(&genesis.0, self.who.account().as_ref(), &self.salt, &self.what.subject())
    }
}

/// What those who call know of the chain.
pub(super) struct World {
    pub(super) chance: Chance,
    people: Vec<Person>,
    reserved: Vec<Reserved>,
    offered_namespaces: Vec<NamespaceId>,
    offered_records: Vec<RecordId>,
    committed: Vec<subnets::Committed>,
    /// What is being tried.
    doing: &'static str,
}

type Step = fn(&mut World) -> Outcome;

/// Every call of ours, with how often it is tried.
const STEPS: &[(&str, u64, Step)] = &[
    ("reservations.reserve (root)", 24, World::reserve_root),
    ("reservations.reserve (name)", 8, World::reserve_name),
    ("reservations.cancel", 2, World::cancel),
    ("reservations.expire", 3, World::expire),
    ("namespaces.claim", 8, World::claim),
    ("namespaces.open", 4, World::open),
    ("namespaces.link", 1, World::link),
    ("namespaces.link (signed)", 1, World::link_signed),
    ("namespaces.offer", 3, World::offer_namespace),
    ("namespaces.withdraw_offer", 1, World::withdraw_namespace),
    ("namespaces.accept", 3, World::accept_namespace),
    ("namespaces.lapse", 1, World::lapse),
    ("registrars.appoint", 1, World::appoint),
    ("registrars.request", 5, World::request_link),
    ("registrars.cancel", 1, World::cancel_link_request),
    ("registrars.attest", 10, World::attest),
    ("registrars.refuse", 3, World::refuse_link),
    ("registrars.conclude", 4, World::conclude_link),
    ("records.create", 10, World::create),
    ("records.catalogue", 10, World::catalogue),
    ("records.yank", 3, World::yank),
    ("records.offer", 4, World::offer_record),
    ("records.withdraw_offer", 1, World::withdraw_record),
    ("records.accept", 4, World::accept_record),
    ("records.remove", 2, World::remove),
    ("records.adopt", 4, World::adopt),
    ("records.adopt_all", 2, World::adopt_all),
    ("records.claim_root", 3, World::claim_root),
    ("datasets.set_access", 4, World::set_access),
    ("datasets.grant", 5, World::grant),
    ("datasets.revoke", 3, World::revoke),
    ("models or datasets.release", 24, World::release),
    ("payouts.pay", 12, World::pay),
    ("payouts.settle", 2, World::settle),
    ("payouts.withdraw", 6, World::withdraw),
    ("payouts.expire", 1, World::expire_payout),
    ("payouts.mature", 2, World::mature),
    ("subnets.found", 4, World::found),
    ("subnets.admit", 3, World::admit),
    ("subnets.set_hyperparameter", 3, World::set_hyperparameter),
    ("subnets.fund", 4, World::fund),
    ("subnets.register", 14, World::register_neuron),
    ("subnets.deregister", 2, World::deregister),
    ("subnets.bind", 6, World::bind),
    ("subnets.unbind", 1, World::unbind),
    ("subnets.serve", 1, World::serve),
    ("subnets.commit", 16, World::commit),
    ("subnets.reveal", 16, World::reveal),
    ("subnets.close", 1, World::close_subnet),
    ("stake.allocate", 20, World::allocate),
    ("stake.move_stake", 6, World::move_stake),
    ("stake.unbond", 7, World::unbond),
    ("stake.withdraw_unbonded", 2, World::withdraw_unbonded),
    ("stake.withdraw_dividends", 8, World::withdraw_dividends),
    ("stake.set_take", 2, World::set_take),
    ("release with another's salt", 4, World::steal),
    ("sponsorship.open", 6, World::open_sponsorship),
    ("sponsorship.close", 2, World::close_sponsorship),
    ("sponsorship.expire", 2, World::expire_sponsorship),
    ("sponsored reserve", 8, World::reserve_sponsored),
    ("sponsored release", 8, World::register_sponsored),
    ("sponsored something else", 3, World::misuse_sponsor),
    ("balances.transfer", 2, World::transfer),
    ("proxy.proxy", 2, World::by_proxy),
    ("utility.batch_all", 3, World::batch),
];

impl World {
    pub(super) fn new(chance: Chance) -> Self {
        Self {
            chance,
            people: Person::all(),
            reserved: vec![],
            offered_namespaces: vec![],
            offered_records: vec![],
            committed: vec![],
            doing: "",
        }
    }

    /// Somebody does something.
    pub(super) fn step(&mut self) -> (&'static str, Outcome) {
        let total = STEPS.iter().map(|(_, often, _)| often).sum();
        let mut at = self.chance.below(total);
        for (name, often, step) in STEPS {
            if at < *often {
                self.doing = name;
                let outcome = step(self);
                return (self.doing, outcome);
            }
            at -= often;
        }
        unreachable!("one of them is it")
    }

    /// There is nothing yet to do that with: something else, so that there will be.
    fn instead(&mut self, name: &'static str, step: Step) -> Outcome {
        self.doing = name;
        step(self)
    }
}

#[test]
fn a_day_is_how_long_reservations_last() {
    assert_eq!(<Runtime as pallet_reservations::Config>::Lifetime::get(), DAYS);
}
