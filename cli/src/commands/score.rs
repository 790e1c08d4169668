//! `pedigree score`: commit to scores, and reveal them an epoch later.
//!
//! A commitment says in which epoch it is made. One that reached a later epoch would be of no use, and nobody can commit twice
//! in an epoch: so it is sent in such a way that it is in a block of this epoch, or in none.

use std::time::Duration;

use pedigree_manifest::Hash;
use serde_json::{json, Value};

use super::act::{costs_of, in_time, unknown, Actor};
use super::subnet::whole_metagraph;
use super::{neuron, Context};
use crate::args::{CommitArgs, RevealArgs};
use crate::chain::tx::Included;
use crate::chain::views::{Action, NeuronView, Score, SubnetKind, SubnetView};
use crate::chain::{Economy, SHORTEST_LIFE};
use crate::error::{Failure, Kind, Result};
use crate::interrupt;
use crate::output::{count, of_65535, safe, table, thousands, Style};
use crate::progress::Spinner;
use crate::scores::{read, whole, Kept, Ledger};

/// What is given to it is burned.
pub(super) const BURN_SLOT: u16 = 0;

/// So many blocks have to be left of an epoch, counted from the last final one, for a commitment to reach it for sure.
const ROOM: u32 = SHORTEST_LIFE + 1;

/// How often it is looked whether another epoch has begun.
const OFTEN: Duration = Duration::from_secs(1);

/// A subnet and one's neuron in it, as they are at the same block.
pub(super) struct Seat {
    pub(super) subnet: SubnetView,
    pub(super) neuron: NeuronView,
}

impl Seat {
    pub(super) async fn now(actor: &Actor, netuid: u16) -> Result<Self> {
        let at = actor.chain.best().await?;
        let subnet = actor.chain.subnet(netuid, Some(&at)).await?.ok_or_else(|| unknown(netuid))?;
        let neuron = match actor.chain.neuron_of(netuid, &actor.address(), Some(&at)).await? {
            Some(neuron) => neuron,
            // Says why there is none.
            None => neuron::own(&actor.chain, netuid, &actor.address()).await?,
        };
        if subnet.closed {
            return Err(Failure::no(format!("subnet {netuid} is closed: nothing is scored there any more")));
        }
        Ok(Self { subnet, neuron })
    }
}

/// What was committed to, in which seat; by which transaction, unless it had been before.
pub(super) struct Committed {
    pub(super) seat: Seat,
    pub(super) kept: Kept,
    pub(super) included: Option<Included>,
}

pub(super) async fn commit(context: &Context, args: CommitArgs) -> Result<()> {
    let given = match &args.from {
        Some(path) => read(path)?,
        None => args.scores.iter().map(|score| score.0).collect(),
    };
    let scores = whole(given, args.scale)?;
    let actor = Actor::new(context).await?;
    let Committed { seat, kept, included } = commit_to(context, &actor, args.subnet.netuid, &scores).await?;
    answer(context, &seat, &kept, included.as_ref())
}

/// Commits to scores in the epoch that is going on; in the next one, if this one is nearly over.
pub(super) async fn commit_to(
    context: &Context,
    actor: &Actor,
    netuid: u16,
    scores: &[(u16, u16, Option<Hash>)],
) -> Result<Committed> {
    let ledger = Ledger::new(&context.home, actor.chain.genesis, netuid, actor.account.id);
    // What an earlier run has sent is on the chain afterwards, or never will be.
    actor.sender.settled(&actor.account, &context.output).await?;
    let mut waited = None;
    let (seat, due) = loop {
        let seat = Seat::now(actor, netuid).await?;
        let epoch = seat.subnet.epoch;
        let committed = actor.sender.commits(netuid, seat.neuron.uid).await?;
        if let Some((_, hash)) = committed.iter().find(|(when, _)| *when == epoch) {
            let scores = named(actor, &seat.subnet, scores).await?;
            let kept = already(&ledger, &seat, *hash, &scores)?;
            return Ok(Committed { seat, kept, included: None });
        }
        let last_final = actor.chain.final_block(None).await?.number;
        if let Some(due) = seat.subnet.due.filter(|due| due.saturating_sub(last_final) >= ROOM) {
            break (seat, due);
        }
        if waited.is_none() {
            context.output.step("Waiting", format!("for epoch {}: {epoch} is nearly over", epoch.saturating_add(1)));
            waited = Some(Spinner::start(&context.output, "waiting for the next epoch"));
        }
        tokio::time::sleep(OFTEN).await;
    };
    drop(waited);
    let epoch = seat.subnet.epoch;
    let scores = named(actor, &seat.subnet, scores).await?;
    // On the disk, before anything is sent.
    let kept = ledger.keep(epoch, scores)?;
    let costs = actor.try_it(&Action::CommitScores { netuid, hash: kept.hash }).await?;
    context.output.step(
        "Committing",
        format!(
            "to {} in epoch {epoch}: {}",
            count(u64::try_from(kept.scores.len()).unwrap_or(u64::MAX), "score"),
            costs_of(&actor.chain.token, &costs)
        ),
    );
    interrupt::resumable(true);
    let call = Economy::Commit { netuid, hash: kept.hash, before: due };
    let sent = actor.send(context, call, "commitment").await;
    interrupt::resumable(false);
    let included = sent.map_err(|failure| match failure.kind {
        Kind::Refused if failure.details.is_some() => failure,
        _ => failure.hint("run the same command again: the scores are kept, and are committed to once"),
    })?;
    if included.happened.committed_in != Some(epoch) {
        return Err(Failure::refused(format!(
            "the commitment came into epoch {} and was made for {epoch}: it can't be revealed",
            included.happened.committed_in.map_or("?".to_owned(), |epoch| epoch.to_string())
        ))
        .hint("the subnet's owner has changed its tempo meanwhile; commit again in the next epoch"));
    }
    ledger.forget_before(epoch.saturating_sub(1))?;
    Ok(Committed { seat, kept, included: Some(included) })
}

/// The scores with the roots of what is scored, as they are bound now.
async fn named(actor: &Actor, subnet: &SubnetView, scores: &[(u16, u16, Option<Hash>)]) -> Result<Vec<Score>> {
    let (_, neurons) = whole_metagraph(&actor.chain, subnet.netuid).await?;
    scores.iter().map(|(uid, score, root)| of_neuron(subnet, &neurons, *uid, *score, *root)).collect()
}

fn of_neuron(
    subnet: &SubnetView,
    neurons: &[NeuronView],
    uid: u16,
    score: u16,
    evaluated: Option<Hash>,
) -> Result<Score> {
    let netuid = subnet.netuid;
    let bound = if uid == BURN_SLOT {
        None
    } else {
        let neuron = neurons.iter().find(|neuron| neuron.uid == uid).ok_or_else(|| {
            Failure::no(format!("there is no neuron {uid} in subnet {netuid}"))
                .hint(format!("leave it out; `pedigree subnet metagraph {netuid}` lists those that there are"))
        })?;
        neuron.root.filter(|_| subnet.kind != SubnetKind::Service)
    };
    if evaluated.is_some() && evaluated != bound {
        let now = bound.map_or("to no release".to_owned(), |root| format!("to the root {root}"));
        return Err(Failure::no(format!("uid {uid} is bound {now} now, and another root was evaluated"))
            .hint("evaluate what is bound now, or leave it out"));
    }
    Ok(Score { uid, score, root: bound })
}

/// What was committed to in this epoch already.
fn already(ledger: &Ledger, seat: &Seat, hash: Hash, scores: &[Score]) -> Result<Kept> {
    let (epoch, netuid) = (seat.subnet.epoch, seat.subnet.netuid);
    match ledger.all()?.into_iter().find(|kept| kept.hash == hash) {
        Some(kept) if kept.scores == scores => Ok(kept),
        Some(_) => {
            Err(Failure::no(format!("other scores were committed to in epoch {epoch}: one can commit once in each"))
                .hint(format!("they are kept; reveal them in the next epoch with `pedigree score reveal {netuid}`")))
        }
        None => Err(Failure::no(format!("this account has committed in epoch {epoch} already, and not from here"))
            .hint("reveal on the machine on which it was committed; on this one, commit in the next epoch")),
    }
}

fn answer(context: &Context, seat: &Seat, kept: &Kept, included: Option<&Included>) -> Result<()> {
    let netuid = seat.subnet.netuid;
    let answer = json!({
        "netuid": netuid, "uid": seat.neuron.uid, "epoch": kept.epoch, "scores": kept.scores, "hash": kept.hash,
        "revealFrom": seat.subnet.due, "unchanged": included.is_none(), "included": included,
    });
    context.output.answer(&answer, |style| {
        let from = seat.subnet.due.map(|due| format!(", from block {due} on")).unwrap_or_default();
        let next = kept.epoch.saturating_add(1);
        let already = if included.is_none() { "already " } else { "" };
        format!(
            "{already}committed to {} in epoch {}\n{}  reveal them in epoch {next}{from}: `pedigree score reveal {netuid} --wait`\n",
            count(u64::try_from(kept.scores.len()).unwrap_or(u64::MAX), "score"),
            style.bold(kept.epoch),
            list(style, &kept.scores),
        )
    })
}

/// The highest scores.
fn list(style: Style, scores: &[Score]) -> String {
    const SHOWN: usize = 10;
    let mut highest: Vec<&Score> = scores.iter().collect();
    highest.sort_by_key(|score| std::cmp::Reverse(score.score));
    let total: u64 = scores.iter().map(|score| u64::from(score.score)).sum();
    let mut text = String::new();
    for score in highest.iter().take(SHOWN) {
        let part = u64::from(score.score).saturating_mul(65_535).checked_div(total).unwrap_or_default();
        let part = of_65535(u16::try_from(part).unwrap_or(u16::MAX));
        let whom = if score.uid == BURN_SLOT { "the burn slot".to_owned() } else { format!("uid {}", score.uid) };
        text.push_str(&format!("  {}  {} ({part} %)\n", style.bold(whom), thousands(score.score)));
    }
    let rest = u64::try_from(scores.len().saturating_sub(SHOWN)).unwrap_or(u64::MAX);
    if rest > 0 {
        text.push_str(&format!("  and {rest} more\n"));
    }
    text
}

pub(super) async fn reveal(context: &Context, args: &RevealArgs) -> Result<()> {
    let netuid = args.subnet.netuid;
    let actor = Actor::new(context).await?;
    actor.sender.settled(&actor.account, &context.output).await?;
    let mut waited = None;
    let (seat, hash) = loop {
        let seat = Seat::now(&actor, netuid).await?;
        let epoch = seat.subnet.epoch;
        let commits = actor.sender.commits(netuid, seat.neuron.uid).await?;
        let before = commits.iter().find(|(when, _)| when.saturating_add(1) == epoch);
        if let Some((_, hash)) = before {
            break (seat, *hash);
        }
        // Only those of this epoch are there still to be revealed.
        if !commits.iter().any(|(when, _)| *when == epoch) {
            let old = commits
                .first()
                .map(|(when, _)| format!(" in epoch {}; the last was in {when}", epoch.saturating_sub(1)));
            return Err(Failure::no(format!(
                "there is nothing to reveal: this account has committed to nothing{}",
                old.unwrap_or_default()
            ))
            .hint(format!(
                "commit now with `pedigree score commit {netuid}`, and reveal in epoch {}",
                epoch.saturating_add(1)
            )));
        }
        if !args.wait {
            return Err(early(&actor, &seat).await?);
        }
        if waited.is_none() {
            context.output.step("Waiting", format!("for epoch {}", epoch.saturating_add(1)));
            waited = Some(Spinner::start(&context.output, "waiting for the next epoch"));
        }
        tokio::time::sleep(OFTEN).await;
    };
    drop(waited);
    let (kept, included) = reveal_now(context, &actor, &seat, hash).await?;
    revealed(context, &seat, &kept, included.as_ref())
}

/// Reveals what was committed to with that hash in the epoch before; nothing is sent if something was revealed already.
pub(super) async fn reveal_now(
    context: &Context,
    actor: &Actor,
    seat: &Seat,
    hash: Hash,
) -> Result<(Kept, Option<Included>)> {
    let netuid = seat.subnet.netuid;
    let ledger = Ledger::new(&context.home, actor.chain.genesis, netuid, actor.account.id);
    let kept = ledger.all()?.into_iter().find(|kept| kept.hash == hash).ok_or_else(|| {
        if seat.neuron.revealed {
            return Failure::no(format!("this account has revealed scores for epoch {} already, and not from here", seat.subnet.epoch));
        }
        Failure::input("the scores that were committed to, and their salt, are not kept on this machine").hint(
            "reveal them on the machine on which they were committed, with the same PEDIGREE_HOME; the hash alone reveals nothing",
        )
    })?;
    if seat.neuron.revealed {
        return Ok((kept, None));
    }
    let action = Action::RevealScores { netuid, scores: kept.scores.clone(), salt: kept.salt };
    let call = Economy::Reveal { netuid, scores: kept.scores.clone(), salt: kept.salt };
    let included = actor.act(context, &action, call, "revelation").await?;
    Ok((kept, Some(included)))
}

/// That scores can't be revealed yet.
async fn early(actor: &Actor, seat: &Seat) -> Result<Failure> {
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    let SubnetView { netuid, epoch, due, .. } = seat.subnet;
    let when =
        due.map(|due| format!(", from block {due} on, {}", in_time(due.saturating_sub(now)))).unwrap_or_default();
    Ok(Failure::no(format!(
        "it is too early: what was committed to in epoch {epoch} can be revealed in epoch {}{when}",
        epoch.saturating_add(1)
    ))
    .hint(format!("`pedigree score reveal {netuid} --wait` waits for it")))
}

fn revealed(context: &Context, seat: &Seat, kept: &Kept, included: Option<&Included>) -> Result<()> {
    let given = kept.scores.len();
    let counted = included.and_then(|included| included.happened.revealed).map(|(count, _)| count);
    let epoch = kept.epoch.saturating_add(1);
    let answer = json!({
        "netuid": seat.subnet.netuid, "uid": seat.neuron.uid, "epoch": epoch, "scores": kept.scores, "counted": counted,
        "unchanged": included.is_none(), "included": included,
    });
    context.output.answer(&answer, |style| {
        let given = count(u64::try_from(given).unwrap_or(u64::MAX), "score");
        let what = match counted {
            Some(counted) => format!("revealed {given}; {counted} of them count in epoch {}", style.bold(epoch)),
            None => format!("{given} were revealed already, for epoch {}", style.bold(epoch)),
        };
        let dropped =
            counted.is_some_and(|counted| usize::try_from(counted).is_ok_and(|counted| counted < kept.scores.len()));
        let why = "  the others are for neurons that were registered, bound anew, or have left since\n";
        format!("{what}\n{}{}", if dropped { why } else { "" }, list(style, &kept.scores))
    })
}

pub(super) async fn status(context: &Context, netuid: u16) -> Result<()> {
    let actor = Actor::new(context).await?;
    let ledger = Ledger::new(&context.home, actor.chain.genesis, netuid, actor.account.id);
    let seat = Seat::now(&actor, netuid).await?;
    let Seat { subnet, neuron } = &seat;
    let commits = actor.sender.commits(netuid, neuron.uid).await?;
    let kept = ledger.all()?;
    let commitments: Vec<Value> = commits
        .iter()
        .map(|(epoch, hash)| {
            let here = kept.iter().find(|kept| kept.hash == *hash);
            json!({ "epoch": epoch, "hash": hash, "scores": here.map(|kept| &kept.scores) })
        })
        .collect();
    let next = next_step(subnet, neuron, &commits);
    let answer = json!({
        "netuid": netuid, "uid": neuron.uid, "epoch": subnet.epoch, "due": subnet.due, "permit": neuron.permit,
        "committed": neuron.committed, "revealed": neuron.revealed, "commitments": commitments, "next": next,
    });
    let now = actor.chain.block(actor.chain.best().await?).await?.number;
    context.output.answer(&answer, |style| {
        let mut rows = vec![("epoch", subnet.epoch.to_string())];
        if let Some(due) = subnet.due {
            rows.push(("ends", format!("from block {due} on, {}", in_time(due.saturating_sub(now)))));
        }
        rows.push((
            "permit",
            if neuron.permit { "yes" } else { "no: it gets one when it commits, if enough stake counts" }.to_owned(),
        ));
        for (epoch, hash) in &commits {
            let here = match kept.iter().find(|kept| kept.hash == *hash) {
                Some(kept) => count(u64::try_from(kept.scores.len()).unwrap_or(u64::MAX), "score"),
                None => "not kept on this machine".to_owned(),
            };
            rows.push(("committed", format!("in epoch {epoch}: {here}")));
        }
        rows.push((
            "revealed",
            if neuron.revealed { "yes, for this epoch" } else { "nothing for this epoch" }.to_owned(),
        ));
        rows.push((
            "next",
            match next {
                "reveal" => format!("`pedigree score reveal {netuid}`, in this epoch"),
                "commit" => format!("`pedigree score commit {netuid}`, in this epoch"),
                _ => "wait for the next epoch".to_owned(),
            },
        ));
        format!(
            "{}  {}\n{}",
            style.bold(format!("neuron {} of subnet {netuid}", neuron.uid)),
            safe(&subnet.name),
            table(style, &rows)
        )
    })
}

/// What an evaluator has to do next.
fn next_step(subnet: &SubnetView, neuron: &NeuronView, commits: &[(u32, Hash)]) -> &'static str {
    if !neuron.revealed && commits.iter().any(|(epoch, _)| epoch.saturating_add(1) == subnet.epoch) {
        "reveal"
    } else if !neuron.committed {
        "commit"
    } else {
        "wait"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::views::Balance;

    fn subnet(kind: SubnetKind) -> SubnetView {
        SubnetView {
            netuid: 3,
            name: "small-models".into(),
            kind,
            owner: "5Alice".into(),
            founded: 1,
            closed: false,
            admitted_until: None,
            share: 0,
            epoch: 5,
            last_epoch: 50,
            due: Some(60),
            tempo: 10,
            neurons: 1,
            evaluators: 1,
            seats: 256,
            neuron_price: Balance(0),
            funds: Balance(0),
            pending: Balance(0),
            stake: Balance(0),
            average_stake: Balance(0),
        }
    }

    fn bound(uid: u16, root: Option<Hash>) -> NeuronView {
        NeuronView {
            uid,
            account: "5Bob".into(),
            registered: 1,
            since: 1,
            immune_until: 1,
            release: None,
            release_name: None,
            root,
            endpoint: None,
            permit: false,
            stake: Balance(0),
            committed: false,
            revealed: false,
            last: None,
        }
    }

    #[test]
    fn a_score_names_the_root_that_is_bound() {
        let (root, other) = (Hash([7; 32]), Hash([8; 32]));
        let neurons = [bound(1, Some(root)), bound(2, None)];
        let of = |uid, evaluated| of_neuron(&subnet(SubnetKind::Model), &neurons, uid, 9, evaluated);
        assert_eq!(of(1, None).unwrap().root, Some(root));
        assert_eq!(of(1, Some(root)).unwrap().root, Some(root));
        assert_eq!(of(2, None).unwrap().root, None);
        assert_eq!(of(0, None).unwrap().root, None);
        for (uid, evaluated) in [(1, Some(other)), (2, Some(root)), (0, Some(root)), (3, None)] {
            assert_eq!(of(uid, evaluated).unwrap_err().kind, Kind::No);
        }
        let service = of_neuron(&subnet(SubnetKind::Service), &neurons, 1, 9, None).unwrap();
        assert_eq!(service.root, None);
    }

    #[test]
    fn an_evaluator_reveals_before_he_commits() {
        let (subnet, mut neuron) = (subnet(SubnetKind::Model), bound(1, None));
        let hash = Hash([1; 32]);
        assert_eq!(next_step(&subnet, &neuron, &[(4, hash)]), "reveal");
        assert_eq!(next_step(&subnet, &neuron, &[(3, hash)]), "commit");
        neuron.revealed = true;
        assert_eq!(next_step(&subnet, &neuron, &[(4, hash)]), "commit");
        neuron.committed = true;
        assert_eq!(next_step(&subnet, &neuron, &[(4, hash), (5, hash)]), "wait");
    }
}
