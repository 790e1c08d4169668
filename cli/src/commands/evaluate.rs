//! `pedigree evaluate`: scores the contributors of a subnet with a command of one's own, epoch after epoch.
//!
//! Each turn looks at the chain, and does what is to be done there first: reveal what was committed to in the epoch before; then
//! score whoever has no score yet, and commit. Nothing is remembered but what is on the chain, in the evaluator's folder and among
//! the kept scores. So it does not matter where it was stopped, nor for how long.
//!
//! Contributors are not trusted: of what they serve, only bytes that have the root on the chain reach the command. A contributor
//! whose files can't be had, or whom the command does not score, has 0. What is the evaluator's own trouble is nobody's 0: then
//! nothing is committed.

use std::sync::Arc;
use std::time::Duration;

use pedigree_manifest::{Hash, Manifest};
use serde_json::{json, Value};

use super::act::Actor;
use super::score::{commit_to, reveal_now, Committed, Seat, BURN_SLOT};
use super::subnet::whole_metagraph;
use super::Context;
use crate::args::EvaluateArgs;
use crate::chain::views::{NeuronView, ReleaseView, SubnetKind};
use crate::chain::Chain;
use crate::error::{Failure, Kind, Result};
use crate::evaluate::{Cache, Outcome, Ran, Subject, Task};
use crate::interrupt;
use crate::keystore::Account;
use crate::output::{count, duration, lossy, safe, size, Output};
use crate::pull::{self, Mirror, Pull, Sought, Web};
use crate::scores::{whole, Given};
use crate::store::Home;

/// How often the chain is looked at: a block's time.
const OFTEN: Duration = Duration::from_secs(3);

/// How long is waited after the first failure of a node, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// How often what the chain refuses is tried in an epoch.
const TRIES: u32 = 4;

/// How often, before a commitment, it is looked whether somebody has come meanwhile. Who comes later is scored for the next one:
/// else whoever binds something anew all the time could keep an evaluator from committing.
const PASSES: u32 = 2;

/// A release with more files than this is not fetched, however little is in them.
const MOST_FILES: usize = 100_000;

pub(super) async fn run(context: &Context, args: &EvaluateArgs) -> Result<()> {
    for mirror in &args.mirror {
        own_mirror(mirror, &Hash([0; 32]))?;
    }
    let account = context.account()?;
    let actor = Arc::new(Actor::with(context, account.clone()).await?);
    let task = Task { command: args.command.clone(), limit: args.timeout };
    let netuid = args.subnet.netuid;
    let genesis = actor.chain.genesis;
    let of: Vec<u8> = genesis.0.iter().copied().chain(netuid.to_le_bytes()).collect();
    let cache = Cache::open(&args.cache, &task.digest(&of, &args.task_version))?;
    interrupt::evaluating(context.output);
    let mut evaluator = Evaluator {
        context,
        args,
        account,
        task,
        cache,
        actor: Some(actor),
        genesis,
        round: Vec::new(),
        passes: 0,
        begun: None,
        waited: None,
        given_up: None,
        refused: (0, 0),
        made: 0,
        awaited: None,
        lost: None,
    };
    let mut pause = PAUSES.0;
    loop {
        match evaluator.turn().await {
            Ok(Next::End) => return Ok(()),
            Ok(Next::Again) => pause = PAUSES.0,
            Ok(Next::Wait) => {
                pause = PAUSES.0;
                tokio::time::sleep(OFTEN).await;
            }
            Err(failure) if failure.kind == Kind::Node => {
                evaluator.unreachable(&failure, pause)?;
                tokio::time::sleep(pause).await;
                pause = pause.saturating_mul(2).min(PAUSES.1);
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// What is to be done after a turn.
enum Next {
    /// At once another one.
    Again,
    /// Wait for a block.
    Wait,
    End,
}

struct Evaluator<'a> {
    context: &'a Context,
    args: &'a EvaluateArgs,
    account: Account,
    task: Task,
    cache: Cache,
    /// The connection; none after it was lost.
    actor: Option<Arc<Actor>>,
    genesis: Hash,
    /// What came of whom, since the last commitment.
    round: Vec<(Subject, Outcome)>,
    /// How often the metagraph was gone through since.
    passes: u32,
    /// The epoch in which it was said that scoring begins.
    begun: Option<u32>,
    /// The epoch in which it was said that the next is waited for.
    waited: Option<u32>,
    /// The epoch in which nothing more is committed.
    given_up: Option<u32>,
    /// The epoch in which the chain refused something, and how often.
    refused: (u32, u32),
    /// Commitments of this run.
    made: u32,
    /// The last of them, as long as it is not revealed.
    awaited: Option<u32>,
    /// The last one that was lost.
    lost: Option<u32>,
}

impl Evaluator<'_> {
    fn netuid(&self) -> u16 {
        self.args.subnet.netuid
    }

    fn output(&self) -> Output {
        self.context.output
    }

    fn event(&self, name: &str, epoch: u32, mut fields: Value, verb: &str, text: String) -> Result<()> {
        if let Value::Object(fields) = &mut fields {
            fields.insert("event".to_owned(), json!(name));
            fields.insert("netuid".to_owned(), json!(self.netuid()));
            fields.insert("epoch".to_owned(), json!(epoch));
        }
        self.output().event(&fields, verb, text)
    }

    async fn actor(&mut self) -> Result<Arc<Actor>> {
        if let Some(actor) = &self.actor {
            return Ok(actor.clone());
        }
        let actor = Arc::new(Actor::with(self.context, self.account.clone()).await?);
        if actor.chain.genesis != self.genesis {
            return Err(Failure::mismatch("the node serves another chain than it did when this began")
                .hint("what was committed to there can be revealed only there"));
        }
        self.actor = Some(actor.clone());
        Ok(actor)
    }

    /// Says that the node does not answer, and lets go of the connection.
    fn unreachable(&mut self, failure: &Failure, pause: Duration) -> Result<()> {
        self.actor = None;
        let reason = safe(&failure.message);
        let fields =
            json!({ "event": "retrying", "netuid": self.netuid(), "reason": reason, "seconds": pause.as_secs() });
        self.output().event(&fields, "Retrying", format!("in {} s: {reason}", pause.as_secs()))
    }

    /// How many commitments are to be made; for ever, if that is not said.
    fn wanted(&self) -> Option<u32> {
        if self.args.once {
            Some(1)
        } else {
            self.args.epochs
        }
    }

    fn has_made_all(&self) -> bool {
        self.wanted().is_some_and(|wanted| self.made >= wanted)
    }

    /// Looks at the chain, and does what is to be done now.
    async fn turn(&mut self) -> Result<Next> {
        let actor = self.actor().await?;
        let seat = self.reveal(&actor).await?;
        if self.has_made_all() {
            return match (self.awaited, self.lost) {
                (Some(_), _) => Ok(Next::Wait),
                (None, Some(epoch)) => {
                    Err(Failure::no(format!("what was committed to in epoch {epoch} was not revealed in time")))
                }
                (None, None) => Ok(Next::End),
            };
        }
        let epoch = seat.subnet.epoch;
        let commits = actor.sender.commits(self.netuid(), seat.neuron.uid).await?;
        if commits.iter().any(|(when, _)| *when == epoch) {
            if self.awaited != Some(epoch) {
                // By an earlier run, or by one that lost its node when it was sent.
                self.is_made(epoch);
            }
            self.wait(&seat)?;
            return Ok(Next::Wait);
        }
        if self.given_up == Some(epoch) {
            return Ok(Next::Wait);
        }
        self.evaluate(&actor, &seat).await
    }

    fn is_made(&mut self, epoch: u32) {
        self.made = self.made.saturating_add(1);
        self.awaited = Some(epoch);
        self.begin_anew();
    }

    fn begin_anew(&mut self) {
        self.round.clear();
        self.passes = 0;
    }

    /// Says once in an epoch that the next one is waited for.
    fn wait(&mut self, seat: &Seat) -> Result<()> {
        let epoch = seat.subnet.epoch;
        if self.waited == Some(epoch) {
            return Ok(());
        }
        self.waited = Some(epoch);
        let from = seat.subnet.due.map(|due| format!(", from block {due} on")).unwrap_or_default();
        let next = epoch.saturating_add(1);
        self.event("waiting", epoch, json!({ "due": seat.subnet.due }), "Waiting", format!("for epoch {next}{from}"))
    }

    /// Reveals what is to be revealed now, and says what can't be any more.
    async fn reveal(&mut self, actor: &Actor) -> Result<Seat> {
        let seat = Seat::now(actor, self.netuid()).await?;
        let epoch = seat.subnet.epoch;
        let commits = actor.sender.commits(self.netuid(), seat.neuron.uid).await?;
        let done = self.cache.revealed();
        for (when, _) in &commits {
            let is_over = when.saturating_add(1) < epoch;
            if is_over && done.is_some_and(|done| done < *when) {
                self.is_lost(*when, "its epoch is over; it could be revealed only in the one after it")?;
            }
        }
        let Some((when, hash)) = commits.into_iter().find(|(when, _)| when.saturating_add(1) == epoch) else {
            return Ok(seat);
        };
        if seat.neuron.revealed {
            if done.is_none_or(|done| done < when) {
                self.is_settled(when)?;
            }
            return Ok(seat);
        }
        if done.is_some_and(|done| done >= when) || self.is_tired(epoch) {
            return Ok(seat);
        }
        match reveal_now(self.context, actor, &seat, hash).await {
            Ok((kept, included)) => {
                let given = u64::try_from(kept.scores.len()).unwrap_or(u64::MAX);
                let counted =
                    included.as_ref().and_then(|included| included.happened.revealed).map(|(counted, _)| counted);
                let fields =
                    json!({ "committed": when, "scores": kept.scores, "counted": counted, "included": included });
                let counts = counted.map(|counted| format!("; {counted} of them count")).unwrap_or_default();
                let text = format!("{} of epoch {when}{counts}", count(given, "score"));
                self.event("revealed", epoch, fields, "Revealed", text)?;
                self.is_settled(when)?;
            }
            Err(failure) if failure.kind == Kind::Node => return Err(failure),
            // They are not on this machine, and won't be.
            Err(failure) if failure.kind == Kind::Input => self.is_lost(when, &failure.message)?,
            Err(failure) => {
                self.refuse(epoch, &failure)?;
                if self.is_tired(epoch) {
                    self.is_lost(when, &failure.message)?;
                }
            }
        }
        Ok(seat)
    }

    fn is_settled(&mut self, when: u32) -> Result<()> {
        self.cache.set_revealed(when)?;
        self.awaited = self.awaited.filter(|awaited| *awaited > when);
        Ok(())
    }

    fn is_lost(&mut self, when: u32, why: &str) -> Result<()> {
        let reason = safe(why);
        let fields = json!({ "reason": reason });
        self.event("lost", when, fields, "Lost", format!("what was committed to in epoch {when}: {reason}"))?;
        if self.awaited.is_some_and(|awaited| awaited <= when) {
            self.lost = Some(when);
        }
        self.is_settled(when)
    }

    /// Says that the chain refused something, which is tried again a few times.
    fn refuse(&mut self, epoch: u32, failure: &Failure) -> Result<()> {
        let times = if self.refused.0 == epoch { self.refused.1 } else { 0 };
        self.refused = (epoch, times.saturating_add(1));
        let reason = safe(&failure.message);
        let fields =
            json!({ "event": "retrying", "netuid": self.netuid(), "reason": reason, "seconds": OFTEN.as_secs() });
        self.output().event(&fields, "Retrying", reason)
    }

    fn is_tired(&self, epoch: u32) -> bool {
        self.refused.0 == epoch && self.refused.1 >= TRIES
    }

    /// Scores whoever is not scored yet. If all are, commits.
    async fn evaluate(&mut self, actor: &Actor, seat: &Seat) -> Result<Next> {
        let netuid = self.netuid();
        let kind = seat.subnet.kind;
        let (epoch, neurons) = whole_metagraph(&actor.chain, netuid).await?;
        let contributors = contributors(kind, seat.neuron.uid, neurons);
        if self.begun != Some(epoch) {
            self.begun = Some(epoch);
            let number = u64::try_from(contributors.len()).unwrap_or(u64::MAX);
            let text = format!("{} of subnet {netuid} in epoch {epoch}", count(number, "contributor"));
            self.event("epoch", epoch, json!({ "kind": kind, "contributors": number }), "Scoring", text)?;
        }
        self.round.retain(|(known, _)| contributors.iter().any(|(subject, _)| subject == known));
        let mut has_run = false;
        for (subject, neuron) in &contributors {
            if self.round.iter().any(|(known, _)| known == subject) {
                continue;
            }
            if let Some(outcome) = self.cache.outcome(subject, epoch) {
                self.came(subject, neuron, epoch, outcome, true)?;
                continue;
            }
            if self.passes >= PASSES && !self.round.is_empty() {
                continue;
            }
            has_run = true;
            let outcome = self.one(actor, neuron, subject, kind, epoch).await?;
            self.cache.keep(subject, epoch, &outcome)?;
            self.came(subject, neuron, epoch, outcome, false)?;
        }
        if has_run {
            // That took its time: others may be bound by now, or something is to be revealed.
            self.passes = self.passes.saturating_add(1);
            return Ok(Next::Again);
        }
        if let Some(next) = self.trouble(epoch)? {
            return Ok(next);
        }
        let bound: Vec<Hash> = contributors.iter().filter_map(|(subject, _)| subject.root).collect();
        self.commit(actor, epoch, &bound).await
    }

    fn came(
        &mut self,
        subject: &Subject,
        neuron: &NeuronView,
        epoch: u32,
        outcome: Outcome,
        known: bool,
    ) -> Result<()> {
        let name = neuron.release_name.as_deref().or(neuron.endpoint.as_deref()).map(safe);
        let fields = json!({
            "uid": subject.uid, "account": subject.account, "release": neuron.release, "releaseName": neuron.release_name,
            "root": subject.root, "endpoint": neuron.endpoint, "score": outcome.score(), "reason": outcome.reason(),
            "known": known,
        });
        let whom = format!("uid {} ({})", subject.uid, name.unwrap_or_else(|| safe(&subject.account)));
        let text = match outcome.reason() {
            Some(reason) => format!("{whom}: 0, because {}", safe(reason)),
            None => format!("{whom}: {}{}", outcome.score(), if known { ", as before" } else { "" }),
        };
        self.event("scored", epoch, fields, "Scored", text)?;
        self.round.push((subject.clone(), outcome));
        Ok(())
    }

    /// Where nobody has a score because something failed, it is taken that the failure is the evaluator's.
    fn trouble(&mut self, epoch: u32) -> Result<Option<Next>> {
        let scored = self.round.iter().any(|(_, outcome)| matches!(outcome, Outcome::Scored(_)));
        let Some((_, last)) = self.round.last().filter(|_| !scored) else { return Ok(None) };
        let last = safe(last.reason().unwrap_or_default());
        let by_command: Vec<&Subject> = self
            .round
            .iter()
            .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)))
            .map(|(subject, _)| subject)
            .collect();
        if !by_command.is_empty() {
            let why = self.round.iter().rev().find_map(|(_, outcome)| match outcome {
                Outcome::Failed(reason) => Some(safe(reason)),
                _ => None,
            });
            for subject in by_command {
                self.cache.forget(subject)?;
            }
            return Err(Failure::input(format!(
                "the command has scored nobody, so nothing is committed; the last time, {}",
                why.unwrap_or_default()
            ))
            .hint("try it by hand with the input that docs/cli.md shows; run the same command again when it works"));
        }
        let reason =
            format!("no contributor's files could be had, which may be this machine's fault; the last: {last}");
        if self.wanted().is_some() {
            return Err(
                Failure::input(reason).hint("is this machine connected? A mirror of your own is named with --mirror")
            );
        }
        self.skip(epoch, &reason)?;
        Ok(Some(Next::Wait))
    }

    /// Commits to nothing in an epoch.
    fn skip(&mut self, epoch: u32, reason: &str) -> Result<()> {
        self.given_up = Some(epoch);
        self.begin_anew();
        let reason = safe(reason);
        let text = format!("epoch {epoch}, nothing is committed in it: {reason}");
        self.event("skipped", epoch, json!({ "reason": reason }), "Skipping", text)
    }

    async fn commit(&mut self, actor: &Actor, epoch: u32, bound: &[Hash]) -> Result<Next> {
        let mut given: Vec<Given> = self
            .round
            .iter()
            .map(|(subject, outcome)| Given { uid: subject.uid, value: outcome.score(), root: subject.root })
            .collect();
        let burned = given.iter().all(|given| given.value <= 0.0);
        if burned {
            self.output().warning(
                "no contributor's score is above zero: everything is given to the burn slot, and what would be paid to contributors is burned",
            );
            given = vec![Given { uid: BURN_SLOT, value: 1.0, root: None }];
        }
        let scores = whole(given, true)?;
        if self.cache.revealed().is_none() {
            // What was committed to before this folder was made is not asked for.
            self.cache.set_revealed(epoch.saturating_sub(1))?;
        }
        let Committed { seat, kept, included } = match commit_to(self.context, actor, self.netuid(), &scores).await {
            Ok(committed) => committed,
            Err(failure) if failure.kind == Kind::Node => return Err(failure),
            // Something else is bound by now, or something was committed to meanwhile, or the epoch before is not credited yet,
            // and with it the stake that is new does not count: another look tells.
            Err(failure) if matches!(failure.kind, Kind::No | Kind::Refused) && !self.is_tired(epoch) => {
                self.refuse(epoch, &failure)?;
                return Ok(Next::Wait);
            }
            Err(failure) if matches!(failure.kind, Kind::No | Kind::Refused) && self.wanted().is_none() => {
                self.skip(epoch, &failure.message)?;
                return Ok(Next::Wait);
            }
            Err(failure) => return Err(failure),
        };
        let given = u64::try_from(kept.scores.len()).unwrap_or(u64::MAX);
        let fields = json!({
            "uid": seat.neuron.uid, "scores": kept.scores, "hash": kept.hash, "burned": burned, "revealFrom": seat.subnet.due,
            "included": included,
        });
        let text = format!("to {} in epoch {}", count(given, "score"), kept.epoch);
        self.event("committed", kept.epoch, fields, "Committed", text)?;
        self.is_made(kept.epoch);
        let freed = self.cache.trim(bound, self.args.keep)?;
        if freed > 0 {
            self.output().step("Removed", format!("{} of releases from the folder", size(freed)));
        }
        Ok(Next::Wait)
    }

    /// Scores one contributor. What is to be revealed meanwhile is.
    async fn one(
        &mut self,
        actor: &Actor,
        neuron: &NeuronView,
        subject: &Subject,
        kind: SubnetKind,
        epoch: u32,
    ) -> Result<Outcome> {
        let mirrors = match subject.root {
            Some(root) => self.args.mirror.iter().map(|base| own_mirror(base, &root)).collect::<Result<Vec<_>>>()?,
            None => vec![],
        };
        let job = Job {
            output: self.output(),
            chain: actor.chain.clone(),
            home: self.cache.home(),
            folder: subject.root.map(|root| self.cache.release(&root)),
            mirrors,
            max_size: self.args.max_size,
            fetch_timeout: self.args.fetch_timeout,
            patience: self.args.patience,
            jobs: self.args.jobs.into(),
            task: self.task.clone(),
            name: neuron.release_name.clone(),
            root: subject.root,
            input: json!({
                "netuid": self.netuid(), "epoch": epoch, "kind": kind, "uid": neuron.uid, "account": neuron.account,
                "release": neuron.release, "releaseName": neuron.release_name, "root": subject.root,
                "folder": null, "endpoint": neuron.endpoint,
            }),
        };
        let mut work = Work(tokio::spawn(job.run()));
        loop {
            tokio::select! {
                done = &mut work.0 => {
                    return done.map_err(|error| Failure::input(format!("cannot go on: {error}")))?;
                }
                () = tokio::time::sleep(OFTEN) => self.reveal_meanwhile().await?,
            }
        }
    }

    /// Reveals, if that is to be done now. A node that does not answer is no reason to stop what is going on.
    async fn reveal_meanwhile(&mut self) -> Result<()> {
        let revealed = match self.actor().await {
            Ok(actor) => self.reveal(&actor).await.map(drop),
            Err(failure) => Err(failure),
        };
        match revealed {
            Err(failure) if failure.kind == Kind::Node => self.unreachable(&failure, OFTEN),
            revealed => revealed,
        }
    }
}

/// Something that goes on, and ends when it is dropped.
struct Work(tokio::task::JoinHandle<Result<Outcome>>);

impl Drop for Work {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whom to score: everybody with a release, or with an endpoint where services are scored; not oneself, which does not count.
fn contributors(kind: SubnetKind, own: u16, neurons: Vec<NeuronView>) -> Vec<(Subject, NeuronView)> {
    let service = kind == SubnetKind::Service;
    let others = neurons.into_iter().filter(|neuron| neuron.uid != own && neuron.uid != BURN_SLOT);
    others
        .filter(|neuron| if service { neuron.endpoint.is_some() } else { neuron.root.is_some() })
        .map(|neuron| {
            let subject = Subject {
                uid: neuron.uid,
                account: neuron.account.clone(),
                root: neuron.root.filter(|_| !service),
                endpoint: neuron.endpoint.clone().filter(|_| service),
            };
            (subject, neuron)
        })
        .collect()
}

/// Where a mirror of the evaluator's own has a release: below its base, under the root.
fn own_mirror(base: &str, root: &Hash) -> Result<Mirror> {
    Mirror::named(&format!("{}/{root}", base.trim_end_matches('/'))).map_err(Failure::usage)
}

/// One contributor to be scored.
struct Job {
    output: Output,
    chain: Chain,
    home: Home,
    folder: Option<std::path::PathBuf>,
    mirrors: Vec<Mirror>,
    max_size: u64,
    fetch_timeout: Duration,
    patience: Duration,
    jobs: usize,
    task: Task,
    name: Option<String>,
    root: Option<Hash>,
    input: Value,
}

impl Job {
    async fn run(mut self) -> Result<Outcome> {
        if let (Some(root), Some(folder)) = (self.root, self.folder.clone()) {
            if let Err(reason) = self.fetch(root, &folder).await? {
                return Ok(Outcome::Unfetched(reason));
            }
            if let Value::Object(fields) = &mut self.input {
                fields.insert("folder".to_owned(), json!(lossy(&folder)));
            }
        }
        Ok(match self.task.run(&self.input, self.output).await? {
            Ran::Scored(score) => Outcome::Scored(score),
            Ran::Failed(reason) => Outcome::Failed(reason),
        })
    }

    /// Fetches the files of the release; why not, if that is not this machine's fault.
    async fn fetch(&self, root: Hash, folder: &std::path::Path) -> Result<Result<(), String>> {
        let name = self.name.clone().unwrap_or_default();
        let Some(release) = self.chain.release(&name).await?.filter(|release| release.manifest.root == root) else {
            return Ok(Err("the chain does not say where its release is".to_owned()));
        };
        if release.manifest.bytes > self.max_size {
            return Ok(Err(self.too_much(release.manifest.bytes)));
        }
        match tokio::time::timeout(self.fetch_timeout, self.files(&release, folder)).await {
            Err(_) => Ok(Err(format!("fetching it took longer than {}", duration(self.fetch_timeout)))),
            Ok(Err(failure)) if failure.is_full_disk() => Err(failure),
            Ok(Err(failure)) => Ok(Err(failure.message)),
            Ok(Ok(fetched)) => Ok(fetched),
        }
    }

    async fn files(&self, release: &ReleaseView, folder: &std::path::Path) -> Result<Result<(), String>> {
        let mirrors = pull::mirrors(self.output, self.mirrors.clone(), Some(release));
        if mirrors.is_empty() {
            return Ok(Err("its release names no location that can be fetched from".to_owned()));
        }
        let web = Web::new(self.patience);
        let sought = Sought { root: release.manifest.root, release: Some(release), mirrors: &mirrors };
        let (manifest, blocks) = pull::manifest(self.output, &self.home, &sought, &web).await?;
        if let Some(reason) = self.is_too_much(&manifest) {
            return Ok(Err(reason));
        }
        self.home.keep_manifest(&manifest, &blocks)?;
        let pull = Pull::new(self.output, web, mirrors, (&manifest, &blocks), folder, false)?;
        // Nobody but this program, and the evaluator's command, writes there.
        let pulled = pull.run(self.jobs, true).await?;
        let fetched = pulled.from.values().fold(0, |sum: u64, bytes| sum.saturating_add(*bytes));
        self.output.step("Fetched", format!("{} of {}", size(fetched), safe(&release.name)));
        Ok(Ok(()))
    }

    /// What the manifest says counts, whatever was said when the release was registered.
    fn is_too_much(&self, manifest: &Manifest) -> Option<String> {
        let bytes = manifest.summary().total_bytes;
        if bytes > self.max_size {
            return Some(self.too_much(bytes));
        }
        let files = manifest.files.len();
        (files > MOST_FILES).then(|| format!("it has {files} files, and more than {MOST_FILES} are not fetched"))
    }

    fn too_much(&self, bytes: u64) -> String {
        format!("it has {}, and more than {} are not fetched", size(bytes), size(self.max_size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::views::Balance;

    fn neuron(uid: u16, root: Option<Hash>, endpoint: Option<&str>) -> NeuronView {
        NeuronView {
            uid,
            account: format!("5Account{uid}"),
            registered: 1,
            since: 1,
            immune_until: 1,
            release: None,
            release_name: None,
            root,
            endpoint: endpoint.map(str::to_owned),
            permit: false,
            stake: Balance(0),
            committed: false,
            revealed: false,
            last: None,
        }
    }

    #[test]
    fn who_has_something_to_be_scored_is_scored_and_not_oneself() {
        let root = Some(Hash([7; 32]));
        let neurons = || {
            vec![
                neuron(0, root, Some("burn slot")),
                neuron(1, root, Some("own")),
                neuron(2, root, None),
                neuron(3, None, Some("there")),
                neuron(4, None, None),
                neuron(5, root, Some("both")),
            ]
        };
        let whom = |kind| {
            let all = contributors(kind, 1, neurons()).into_iter();
            all.map(|(subject, _)| (subject.uid, subject.root, subject.endpoint)).collect::<Vec<_>>()
        };
        // An endpoint that changes has no release scored anew.
        assert_eq!(whom(SubnetKind::Model), [(2, root, None), (5, root, None)]);
        assert_eq!(whom(SubnetKind::Dataset), whom(SubnetKind::Model));
        let services = [(3, None, Some("there".to_owned())), (5, None, Some("both".to_owned()))];
        assert_eq!(whom(SubnetKind::Service), services);
    }

    #[test]
    fn a_mirror_of_ones_own_has_releases_by_their_roots() {
        let root = Hash([7; 32]);
        for (base, shown) in [
            ("https://example.org/all/", format!("https://example.org/all/{root}")),
            ("/srv/all", format!("/srv/all/{root}")),
        ] {
            assert_eq!(own_mirror(base, &root).unwrap().to_string(), shown);
        }
        assert!(own_mirror("ftp://example.org", &root).is_err());
    }
}
