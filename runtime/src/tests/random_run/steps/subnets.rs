//! Subnets are founded and closed, neurons come and go, evaluators score.

use pallet_subnets::{
    Bindings, Call, Commits, Endpoint, Hyperparameter, Neurons, SubnetKind, Subnets as Stored, Uids, BURN_SLOT,
};
use pedigree_primitives::{scores_hash, traits::Registry, NetUid, Score};

use super::*;
use crate::Balance;

/// What somebody committed to, as long as it is remembered.
#[derive(Clone)]
pub(super) struct Committed {
    who: Person,
    netuid: NetUid,
    epoch: u32,
    scores: Vec<Score>,
    salt: [u8; 32],
}

/// Enough for a few evaluators and contributors each; more would not all fit on the seats that there are.
const SUBNETS: usize = 4;

fn govern(call: impl Into<RuntimeCall>) -> Outcome {
    match call.into().dispatch(RuntimeOrigin::root()) {
        Ok(_) => Outcome::Done,
        Err(_) => Outcome::Failed,
    }
}

impl World {
    /// A subnet that is open as a rule; now and then one that is closed, or was never there.
    pub(super) fn netuid(&mut self) -> NetUid {
        let there: Vec<_> = Stored::<Runtime>::iter_keys().collect();
        match self.chance.one_of(&there) {
            Some(netuid) if !self.chance_of_nonsense() => *netuid,
            _ => NetUid(self.chance.below(9) as u16),
        }
    }

    pub(super) fn found(&mut self) -> Outcome {
        if Stored::<Runtime>::iter_keys().count() >= SUBNETS {
            return self.instead("subnets.fund", Self::fund);
        }
        // Else the third one would be too dear for most.
        pallet_subnets::FoundingPrices::<Runtime>::kill();
        let netuid = pallet_subnets::NextNetUid::<Runtime>::get();
        let kind = [SubnetKind::Model, SubnetKind::Model, SubnetKind::Dataset, SubnetKind::Service]
            [self.chance.below(4) as usize];
        let name = self.record_name();
        let outcome = self.anybody().send(Call::found { kind, name, price_limit: Balance::MAX });
        if outcome == Outcome::Done {
            // So that there are many epochs, not all of them with everybody on a seat.
            for hyperparameter in
                [Hyperparameter::Tempo(10), Hyperparameter::Immunity(20), Hyperparameter::MaxNeurons(16)]
            {
                assert_eq!(govern(Call::set_hyperparameter { netuid, hyperparameter }), Outcome::Done);
            }
        }
        outcome
    }

    pub(super) fn admit(&mut self) -> Outcome {
        let (netuid, term) = (self.netuid(), self.chance.below(100_000) as BlockNumber);
        govern(Call::admit { netuid, term })
    }

    pub(super) fn set_hyperparameter(&mut self) -> Outcome {
        let netuid = self.netuid();
        let owner = Stored::<Runtime>::get(netuid).and_then(|subnet| Person::of(&subnet.owner));
        let (who, owns) = self.owner_or_not(owner);
        let hyperparameter = match self.chance.below(7) {
            0 => Hyperparameter::Tempo(5 + self.chance.below(40) as u32),
            1 => Hyperparameter::Immunity(self.chance.below(60) as u32),
            2 => Hyperparameter::Funding(self.chance.below(1_000).into()),
            3 => Hyperparameter::MaxEvaluators(self.chance.below(6) as u16),
            4 => Hyperparameter::LiquidAlpha(self.chance.one_in(2)),
            5 => Hyperparameter::Kappa(self.chance.next() as u16),
            _ => Hyperparameter::BondsPenalty(self.chance.next() as u16),
        };
        let outcome = who.send(Call::set_hyperparameter { netuid, hyperparameter });
        if outcome == Outcome::Done {
            assert!(owns && !hyperparameter.by_governance_only(), "{who:?} set what he may not");
        }
        outcome
    }

    pub(super) fn fund(&mut self) -> Outcome {
        let (netuid, amount) = (self.netuid(), u128::from(self.chance.below(1_000_000_000)));
        self.anybody().send(Call::fund { netuid, amount })
    }

    /// A release that somebody owns, as a rule, and whoever that is.
    fn release_to_bind(&mut self) -> (Person, ReleaseId) {
        let release = self.release_id();
        let (who, _) = self.owner_or_not(Self::owner_of_record(release.record));
        (who, release)
    }

    pub(super) fn register_neuron(&mut self) -> Outcome {
        let netuid = self.netuid();
        let (who, release) = self.release_to_bind();
        let release = (!self.chance.one_in(3)).then_some(release);
        let outcome = who.send(Call::register { netuid, release, price_limit: Balance::MAX });
        if let (Outcome::Done, Some(release)) = (outcome, release) {
            Self::check_bound(who, release);
        }
        if outcome != Outcome::Done && release.is_some() {
            // Many releases can't be bound; an evaluator needs none.
            return who.send(Call::register { netuid, release: None, price_limit: Balance::MAX });
        }
        outcome
    }

    fn check_bound(who: Person, release: ReleaseId) {
        let root = Records::root(release).unwrap();
        assert_eq!(Records::holder(root), Some(release), "a release was bound that does not hold its root");
        assert_eq!(Self::owner_of_record(release.record), Some(who), "{who:?} bound what is not his");
        assert!(!Records::is_catalogued(release), "what was catalogued was bound");
    }

    /// A neuron of somebody's, if there is one in that subnet.
    fn neuron(&mut self, netuid: NetUid) -> Option<(Person, u16)> {
        let neurons: Vec<_> = Neurons::<Runtime>::iter_prefix(netuid).collect();
        let (uid, neuron) = self.chance.one_of(&neurons)?;
        Some((Person::of(&neuron.account)?, *uid))
    }

    pub(super) fn deregister(&mut self) -> Outcome {
        let netuid = self.netuid();
        self.anybody().send(Call::deregister { netuid })
    }

    pub(super) fn bind(&mut self) -> Outcome {
        let netuid = self.netuid();
        let (who, release) = self.release_to_bind();
        let outcome = who.send(Call::bind { netuid, release, price_limit: Balance::MAX });
        if outcome == Outcome::Done {
            Self::check_bound(who, release);
            let uid = Uids::<Runtime>::get(netuid, who.account());
            assert_eq!(Bindings::<Runtime>::get(netuid, release), uid);
        }
        outcome
    }

    pub(super) fn unbind(&mut self) -> Outcome {
        let netuid = self.netuid();
        let uid = self.neuron(netuid).map_or(9, |(_, uid)| uid);
        self.anybody().send(Call::unbind { netuid, uid })
    }

    pub(super) fn serve(&mut self) -> Outcome {
        let netuid = self.netuid();
        let who = self.neuron(netuid).map_or_else(|| self.anybody(), |(who, _)| who);
        who.send(Call::serve { netuid, endpoint: Endpoint::new("https://somewhere.example").unwrap() })
    }

    /// Scores for some of those who are there, with the roots that are bound; now and then something else.
    fn scores(&mut self, netuid: NetUid) -> Vec<Score> {
        let mut neurons: Vec<_> = Neurons::<Runtime>::iter_prefix(netuid).collect();
        neurons.sort_by_key(|(uid, _)| *uid);
        let kind = Stored::<Runtime>::get(netuid).map(|subnet| subnet.kind);
        let mut scores = vec![];
        if self.chance.one_in(4) {
            scores.push(Score { uid: BURN_SLOT, score: self.chance.below(100) as u16, root: None });
        }
        for (uid, neuron) in neurons {
            if self.chance.one_in(4) {
                continue;
            }
            let mut root = neuron.bound.map(|bound| bound.root).filter(|_| kind != Some(SubnetKind::Service));
            if self.chance.one_in(100) {
                root = Some(self.root());
            }
            scores.push(Score { uid, score: self.chance.next() as u16, root });
        }
        if self.chance.one_in(50) {
            scores.reverse();
        }
        scores
    }

    pub(super) fn commit(&mut self) -> Outcome {
        let netuid = self.netuid();
        let Some((who, _)) = self.neuron(netuid) else {
            return self.instead("subnets.register", Self::register_neuron);
        };
        let Some(subnet) = Stored::<Runtime>::get(netuid) else { return Outcome::Failed };
        let (scores, salt) = (self.scores(netuid), self.chance.bytes());
        let genesis = System::block_hash(0);
        let account: [u8; 32] = who.account().into();
        let hash = scores_hash(&genesis.0, netuid, subnet.epoch, &account, &scores, &salt);
        let outcome = who.send(Call::commit { netuid, hash });
        if outcome == Outcome::Done {
            self.committed.push(Committed { who, netuid, epoch: subnet.epoch, scores, salt });
        }
        outcome
    }

    /// As a rule what can be revealed now; now and then too early, too late, or somebody else's.
    pub(super) fn reveal(&mut self) -> Outcome {
        let epoch = |netuid| Stored::<Runtime>::get(netuid).map_or(0, |subnet| subnet.epoch);
        self.committed.retain(|committed| committed.epoch + 3 > epoch(committed.netuid));
        let due: Vec<_> =
            self.committed.iter().filter(|committed| committed.epoch + 1 == epoch(committed.netuid)).cloned().collect();
        let from = if due.is_empty() || self.chance.one_in(10) { self.committed.clone() } else { due };
        let Some(committed) = self.chance.one_of(&from).cloned() else {
            return self.instead("subnets.commit", Self::commit);
        };
        let who = if self.chance.one_in(12) { self.anybody() } else { committed.who };
        let (netuid, salt) = (committed.netuid, committed.salt);
        let known = Uids::<Runtime>::get(netuid, who.account())
            .is_some_and(|uid| Commits::<Runtime>::get(netuid, uid).iter().any(|by| by.epoch == committed.epoch));
        let outcome = who.send(Call::reveal { netuid, scores: committed.scores.try_into().unwrap(), salt });
        if outcome == Outcome::Done {
            assert_eq!(committed.epoch + 1, epoch(netuid), "revealed too early or too late");
            assert!(known && who == committed.who, "{who:?} revealed what he had not committed to");
        }
        outcome
    }

    pub(super) fn close_subnet(&mut self) -> Outcome {
        let netuid = self.netuid();
        let owner = Stored::<Runtime>::get(netuid).and_then(|subnet| Person::of(&subnet.owner));
        let (who, owns) = self.owner_or_not(owner);
        let outcome = who.send(Call::close { netuid });
        assert!(outcome != Outcome::Done || owns, "{who:?} closed another's subnet");
        outcome
    }
}
