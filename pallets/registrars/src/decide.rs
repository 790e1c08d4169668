//! What registrars say, and what follows from it.

use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{Consideration, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use pedigree_primitives::{
    traits::{Adoption, Channels},
    NamespaceName,
};
use sp_runtime::traits::Saturating;

use crate::{About, Closed, Config, Error, Event, Pallet, PanelOf, Registrars, RequestOf, Requests, Verdict};

/// What the verdicts on a request come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Accepted,
    Rejected,
    Open,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_judge(
        who: T::AccountId,
        about: About<T::AccountId, BlockNumberFor<T>>,
        verdict: Verdict,
    ) -> DispatchResult {
        let About { name, claimant, made, evidence } = about;
        let panel = Registrars::<T>::get();
        ensure!(panel.has(&who), Error::<T>::NotRegistrar);
        ensure!(who != claimant, Error::<T>::OwnRequest);
        let mut request = Self::take(&name, &claimant)?;
        // What somebody looked at is not what somebody asks for with the next request.
        ensure!(request.made == made && request.evidence == evidence, Error::<T>::OtherRequest);
        ensure!(!Self::superseded(&request, &claimant), Error::<T>::RequestSuperseded);
        ensure!(!Self::expired(&request), Error::<T>::RequestExpired);

        // Those who are registrars no more make room for those who are.
        request.verdicts.retain(|(registrar, _)| panel.has(registrar));
        match request.verdicts.iter_mut().find(|(registrar, _)| *registrar == who) {
            Some((_, before)) => {
                ensure!(*before != verdict, Error::<T>::AlreadyJudged);
                *before = verdict;
            }
            None => request.verdicts.try_push((who.clone(), verdict)).map_err(|_| Error::<T>::TooManyRegistrars)?,
        }
        let name = request.name.clone();
        Self::deposit_event(Event::Judged { name, claimant: claimant.clone(), registrar: who, verdict });
        Self::follow(&panel, claimant, request).map(drop)
    }

    pub(crate) fn do_conclude(name: NamespaceName, claimant: T::AccountId) -> DispatchResult {
        let request = Self::take(&name, &claimant)?;
        if Self::superseded(&request, &claimant) {
            return Self::close(claimant, request, Closed::Superseded);
        }
        // Whatever was said of it then: it is too long ago.
        if Self::expired(&request) {
            return Self::close(claimant, request, Closed::Expired);
        }
        let changed = Self::follow(&Registrars::<T>::get(), claimant, request)?;
        ensure!(changed, Error::<T>::NothingDue);
        Ok(())
    }

    /// Does what follows from the verdicts on a request that was taken out of the storage; puts it back if it stays open.
    /// Tells whether anything changed beside the verdicts.
    fn follow(
        panel: &PanelOf<T>,
        claimant: T::AccountId,
        mut request: RequestOf<T>,
    ) -> Result<bool, sp_runtime::DispatchError> {
        let before = request.notice;
        match Self::decision(panel, &request) {
            Decision::Rejected => return Self::close(claimant, request, Closed::Refused).map(|()| true),
            Decision::Open => request.notice = None,
            Decision::Accepted => {
                let owner = T::Channels::linked(&request.name).map(|(owner, _)| owner);
                let Some(owner) = owner.filter(|owner| *owner != claimant) else {
                    return Self::grant(claimant, request).map(|()| true);
                };
                match request.notice {
                    Some(until) if Self::now() >= until && !Self::renews(&request.name, &owner, until) => {
                        return Self::grant(claimant, request).map(|()| true);
                    }
                    Some(_) => {}
                    None => {
                        let until = Self::now().saturating_add(T::Notice::get());
                        request.notice = Some(until);
                        let (name, claimant) = (request.name.clone(), claimant.clone());
                        Self::deposit_event(Event::NoticeGiven { name, claimant, owner, until });
                    }
                }
            }
        }
        if before.is_some() && request.notice.is_none() {
            let (name, claimant) = (request.name.clone(), claimant.clone());
            Self::deposit_event(Event::NoticeWithdrawn { name, claimant });
        }
        let changed = before != request.notice;
        Requests::<T>::insert(Self::key(&request.name), claimant, request);
        Ok(changed)
    }

    /// Links the channel, and ends the request.
    fn grant(claimant: T::AccountId, request: RequestOf<T>) -> DispatchResult {
        let namespace = T::Channels::link(&request.name, &claimant)?;
        request.ticket.drop(&claimant)?;
        Self::deposit_event(Event::Granted { namespace, name: request.name, claimant });
        if request.adopt {
            T::Adoption::adopt_all(namespace, request.made);
        }
        Ok(())
    }

    fn decision(panel: &PanelOf<T>, request: &RequestOf<T>) -> Decision {
        let (mut attested, mut refused) = (0u32, 0u32);
        for (_, verdict) in request.verdicts.iter().filter(|(registrar, _)| panel.has(registrar)) {
            let count = match verdict {
                Verdict::Attested => &mut attested,
                Verdict::Refused(_) => &mut refused,
            };
            *count = count.saturating_add(1);
        }
        if panel.accepts(attested) {
            Decision::Accepted
        } else if panel.rejects(refused) {
            Decision::Rejected
        } else {
            Decision::Open
        }
    }

    /// Whether somebody else has shown since, or in the same block, that he controls the channel.
    pub fn superseded(request: &RequestOf<T>, claimant: &T::AccountId) -> bool {
        T::Channels::linked(&request.name).is_some_and(|(owner, shown)| owner != *claimant && shown >= request.made)
    }

    /// The last block in which a request can be judged.
    pub fn expires(request: &RequestOf<T>) -> BlockNumberFor<T> {
        request.made.saturating_add(T::RequestLifetime::get())
    }

    /// Whether it is too late to judge a request, or to have it granted. One with a notice can be for as long again after that.
    fn expired(request: &RequestOf<T>) -> bool {
        let last = match request.notice {
            None => Self::expires(request),
            Some(until) => until.saturating_add(T::RequestLifetime::get()),
        };
        Self::now() > last
    }

    /// Whether the owner of a channel asked before `until` to show once more that he controls it, and registrars can still
    /// judge that: he doesn't lose it because they are slow.
    fn renews(name: &NamespaceName, owner: &T::AccountId, until: BlockNumberFor<T>) -> bool {
        Requests::<T>::get(Self::key(name), owner)
            .is_some_and(|renewal| renewal.made < until && !Self::expired(&renewal))
    }
}
