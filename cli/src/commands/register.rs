//! `pedigree register`: both steps of a registration as one command that can be interrupted at any moment.
//!
//! 1. Look everything up and hash the files; nothing is sent yet.
//! 2. Sign the registration and have the node try it, so that what is wrong is said before anything is paid.
//! 3. Write the salt down, reserve the root, wait until that is final.
//! 4. Register, wait until that is final; forget the salt.
//!
//! Running the command again reads the salt, sees how far it came, and goes on from there.

use std::fmt::Write as _;

use pedigree_manifest::Hash;
use serde_json::json;

use super::{sponsor, Context};
use crate::args::RegisterArgs;
use crate::chain::journal::{Journal, Subject};
use crate::chain::rpc::Refusal;
use crate::chain::tx::{Included, Sender};
use crate::chain::views::{Access, Action, Costs, RecordKind, ReleaseRequest, ReleaseView, Standing};
use crate::chain::{Call, Chain, RegisterTarget};
use crate::display;
use crate::error::{Failure, Kind, Result};
use crate::interrupt;
use crate::keystore::Account;
use crate::names::RecordPath;
use crate::output::Output;
use crate::progress;
use crate::request;

pub(super) async fn run(
    context: &Context,
    kind: RecordKind,
    args: &RegisterArgs,
    access: Option<Access>,
) -> Result<()> {
    let output = context.output;
    request::check_licence(&args.release, &output);
    request::check_salt(args)?;
    let account = context.account()?;
    let chain = context.chain().await?;
    let mut place = Place::find(context, &chain, &args.record, kind, &account).await?;
    let sender = sponsor::sender(context, &chain, &args.sponsor).await?;
    let limits = sender.limits().await?;
    let parents = request::parents(&chain, &args.parent, &limits, &output).await?;
    let parents: Vec<_> = parents.into_iter().map(|(parent, _)| parent).collect();

    let sha256 = request::wants_sha256(&args.release);
    let salt = args.salt.salt(&args.path, &output)?;
    // The card's digest would say of a salted release what the salt hides, if the card is one of the files.
    let folder = if salt.is_none() { Some(args.path.as_path()) } else { None };
    let hashed = tokio::task::block_in_place(|| progress::hash_with(&args.path, sha256, salt.as_ref(), &output))?;
    let hashed = hashed.told(&args.path, &output);
    let digests = request::digests(&args.release, &hashed, &limits, &output);
    let summary = hashed.manifest.summary();
    let root = summary.root();
    context.home.keep_manifest(&hashed.manifest, &hashed.blocks)?;
    let release = request::release(&args.release, folder, &summary, args.royalty.parts_per_million, parents, digests)?;

    let about = Subject {
        genesis: chain.genesis,
        account: account.id.to_string(),
        subject: root,
        about: args.record.to_string(),
    };
    if Journal::exists(&context.home, &about) {
        // What the earlier run had sent may still be on its way.
        sender.settled(&account, &output).await?;
        place = Place::find(context, &chain, &args.record, kind, &account).await?;
    }
    if let Some(latest) = place.latest.as_ref().filter(|latest| latest.manifest.root == root) {
        // Perhaps an earlier run was interrupted right at its end.
        Journal::open(&context.home, &about, true)?.finish()?;
        output.note(format!("{} has these very bytes: nothing to register", latest.name));
        say_if_terms_differ(latest, &release, &output);
        return answer(context, &chain, latest, None).await;
    }
    say_who_else_has_it(context, &chain, &root, place.standing).await?;

    let target = place.target(&sender, &args.record).await?;
    let call = Call::Register { target, kind, salt: Hash::default(), release: release.clone(), access };
    check_steps(&sender, &account, &call).await?;
    let journal = Journal::open(&context.home, &about, args.start_over)?;
    interrupt::resumable(true);
    let record = args.record.to_string();
    let mut reserving = Reserving {
        context,
        sender: &sender,
        account: &account,
        journal,
        subject: root,
        reserve: |salt| Action::ReserveRoot { root, salt },
        reveal: |salt| Action::Register { record: record.clone(), kind, salt, release: release.clone() },
        what: record.clone(),
    };
    let (costs, reserved) = reserve_step(&mut reserving).await?;
    let fee = chain.token.show(costs.fee);
    output.step(
        "Paying",
        match costs.deposit.0 {
            // What comes back for the reservation is as much as the release takes, or more.
            0 => format!("a fee of {fee}; the deposit of the reservation is deposit enough"),
            _ => format!("a fee of {fee}, and {} more as deposit", chain.token.show(costs.deposit)),
        },
    );
    let salt = reserving.journal.entry.salt;
    let mut attempts = 0u8;
    let included = loop {
        let target = place.target(&sender, &args.record).await?;
        let new = matches!(target, RegisterTarget::New { .. });
        let call = Call::Register { target, kind, salt, release: release.clone(), access };
        match sender.send(&account, &call, "registration", &output).await {
            Ok(included) => break included,
            // Somebody else's new record took the id that was counted on; nothing of ours happened, so once more.
            Err(failure) if new && attempts < 3 && lost_the_id(&failure) => attempts = attempts.saturating_add(1),
            Err(failure) => return Err(cancel_step(failure)),
        }
    };
    reserving.journal.finish()?;
    interrupt::resumable(false);

    let registered =
        chain.release(&record).await?.filter(|release| release.manifest.root == root).ok_or_else(|| {
            Failure::node("the node doesn't know yet what was registered").hint("look again: `pedigree show`")
        })?;
    output.step(
        "Registered",
        format!("{} in block {} (first seen in block {reserved})", registered.name, included.block),
    );
    answer(context, &chain, &registered, Some(&included)).await
}

/// Where a release goes: a record that is there, or one to be made.
struct Place {
    record: Option<u64>,
    namespace: u64,
    standing: Standing,
    latest: Option<ReleaseView>,
}

impl Place {
    async fn find(
        context: &Context,
        chain: &Chain,
        path: &RecordPath,
        kind: RecordKind,
        account: &Account,
    ) -> Result<Self> {
        let Some(namespace) = chain.namespace(&path.namespace).await? else {
            let failure = Failure::refused(format!("there is no namespace `{}`", path.namespace));
            return Err(if path.namespace.contains(':') {
                failure.hint("files that are not yours are registered with `pedigree catalogue`; a channel of your own has to be linked to your account first")
            } else {
                failure.hint(format!("take it first: `pedigree namespace claim {}`", path.namespace))
            });
        };
        if namespace.owner.as_deref() != Some(account.id.to_string().as_str()) {
            return Err(match &namespace.owner {
                Some(owner) => Failure::refused(format!(
                    "namespace `{}` belongs to {}, not to {}",
                    namespace.name,
                    context.who(owner),
                    account.name
                ))
                .hint("choose its owner's key with --account, or publish under a namespace of yours"),
                None => Failure::refused(format!(
                    "nobody has shown control of {} yet, so nobody can register there",
                    namespace.name
                ))
                .hint("files that are not yours are registered with `pedigree catalogue`"),
            });
        }
        let Some(record) = chain.record(&path.to_string()).await? else {
            return Ok(Self { record: None, namespace: namespace.id, standing: namespace.standing, latest: None });
        };
        if record.kind != kind {
            return Err(Failure::refused(format!("{} is a {}, not a {kind}", record.name, record.kind)).hint(format!(
                "register its next release with `pedigree register {}`, or choose another name",
                record.kind
            )));
        }
        let latest = chain.release(&path.to_string()).await?;
        Ok(Self { record: Some(record.id), namespace: namespace.id, standing: namespace.standing, latest })
    }

    async fn target(&self, sender: &Sender, path: &RecordPath) -> Result<RegisterTarget> {
        Ok(match self.record {
            Some(record) => RegisterTarget::Record(record),
            None => RegisterTarget::New {
                namespace: self.namespace,
                name: path.name.clone(),
                id: sender.next_record().await?,
            },
        })
    }
}

/// The error of a registration into a record that somebody else has just made.
fn lost_the_id(failure: &Failure) -> bool {
    let error = failure.details.as_ref().and_then(|details| details.get("error")).and_then(serde_json::Value::as_str);
    failure.kind == Kind::Refused && matches!(error, Some("NotOwner" | "WrongKind"))
}

/// Whether this program and the runtime agree on both steps, before anything is paid for the first. With other salts, which
/// change nothing of that.
pub(super) async fn check_steps(sender: &Sender, account: &Account, second: &Call) -> Result<()> {
    sender.check(account, &Call::Reserve { hash: Hash::default() }).await?;
    sender.check(account, second).await
}

/// The first step of two, for roots and names alike.
pub(super) struct Reserving<'a, Reserve, Reveal> {
    pub(super) context: &'a Context,
    pub(super) sender: &'a Sender,
    pub(super) account: &'a Account,
    pub(super) journal: Journal,
    pub(super) subject: Hash,
    /// The first step with this salt.
    pub(super) reserve: Reserve,
    /// The second step with this salt.
    pub(super) reveal: Reveal,
    /// What is being registered, for people.
    pub(super) what: String,
}

/// Sees to it that a reservation is there and that the second step will succeed: what that costs, and the block that
/// counts as first seen.
pub(super) async fn reserve_step<Reserve, Reveal>(step: &mut Reserving<'_, Reserve, Reveal>) -> Result<(Costs, u32)>
where
    Reserve: Fn(Hash) -> Action,
    Reveal: Fn(Hash) -> Action,
{
    let outcome = try_reserve(step).await;
    if let Err(failure) = &outcome {
        // Nothing was sent, and what the chain refuses now it would refuse again: nothing to continue.
        if failure.kind == Kind::Refused && !step.journal.resumed && !step.journal.sent {
            step.journal.clone().finish()?;
            interrupt::resumable(false);
            return outcome;
        }
    }
    outcome.map_err(cancel_step)
}

async fn try_reserve<Reserve, Reveal>(step: &mut Reserving<'_, Reserve, Reveal>) -> Result<(Costs, u32)>
where
    Reserve: Fn(Hash) -> Action,
    Reveal: Fn(Hash) -> Action,
{
    let output = step.context.output;
    let chain = step.sender.chain();
    let mut reserved = None;
    if step.journal.resumed {
        reserved = step.sender.reservation(step.account, step.hash()).await?;
        match reserved {
            Some(block) => {
                output.step("Continuing", format!("{}: reserved in block {block} by an earlier run", step.what));
            }
            None => {
                output.note(format!("{}: an earlier run was interrupted before it had reserved anything", step.what));
            }
        }
    }
    for _ in 0..5u8 {
        let reveal = step.sender.prepare(step.account, (step.reveal)(step.journal.entry.salt)).await?;
        match (reveal, reserved) {
            (Ok(costs), Some(block)) => return Ok((costs, block)),
            (Err(Refusal::Other(failure)), _) => return Err(failure),
            // Too old to be used: a new one, with a new salt.
            (Err(Refusal::Reservation { error }), Some(_)) if error == "Expired" => {
                output
                    .warning(format!("{}: the reservation of the earlier run has expired; reserving anew", step.what));
                step.journal.new_salt()?;
                reserved = None;
            }
            // Just made: usable from the next block on.
            (Err(Refusal::Reservation { .. }), Some(_)) => tokio::time::sleep(std::time::Duration::from_secs(2)).await,
            (_, None) => {
                let costs = match step.sender.prepare(step.account, (step.reserve)(step.journal.entry.salt)).await? {
                    Ok(costs) => costs,
                    Err(Refusal::Other(failure)) => return Err(failure),
                    // It is there already: the last run's transaction came through after all.
                    Err(Refusal::Reservation { error }) if error == "AlreadyReserved" => {
                        reserved = step.sender.reservation(step.account, step.hash()).await?;
                        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
                        continue;
                    }
                    Err(Refusal::Reservation { error }) => return Err(Failure::refused(error)),
                };
                output.step(
                    "Reserving",
                    format!(
                        "{}: a deposit of {} (comes back), and a fee of {}",
                        step.what,
                        chain.token.show(costs.deposit),
                        chain.token.show(costs.fee)
                    ),
                );
                step.journal.sent = true;
                let call = Call::Reserve { hash: step.hash() };
                let included = step.sender.send(step.account, &call, "reservation", &output).await?;
                output.step("Reserved", format!("in block {}", included.block));
                reserved = u32::try_from(included.block).ok();
            }
        }
    }
    Err(Failure::refused(format!("{}: the reservation is not usable", step.what))
        .hint("run the same command again in a minute, or begin anew with --start-over"))
}

impl<Reserve, Reveal> Reserving<'_, Reserve, Reveal> {
    fn hash(&self) -> Hash {
        let chain = self.sender.chain();
        request::reservation_hash(&chain.genesis, &self.account.id.0, &self.journal.entry.salt, &self.subject)
    }
}

/// The second step failed: what was reserved is still there.
pub(super) fn cancel_step(failure: Failure) -> Failure {
    if failure.hint.is_some() || failure.kind != Kind::Refused {
        return failure;
    }
    failure
        .hint("the reservation stands for a day: put right what is wrong and run the command again, and it continues")
}

fn say_if_terms_differ(latest: &ReleaseView, wanted: &ReleaseRequest, output: &Output) {
    if latest.terms != wanted.terms || latest.parents.len() != wanted.parents.len() {
        output.warning("its terms or parents differ from what you asked for; a release can't be changed, and the same bytes are not registered twice in a row");
    }
}

async fn say_who_else_has_it(context: &Context, chain: &Chain, root: &Hash, mine: Standing) -> Result<()> {
    if let Some(holder) = chain.releases_by_root(root).await?.into_iter().find(|release| release.holder) {
        let name = crate::output::safe(&holder.name);
        let (standing, block) = (holder.standing, holder.first_seen);
        if holder.standing < mine {
            context
                .output
                .note(format!("these very bytes are known as {name} ({standing}, first seen in block {block})"));
        } else {
            context.output.warning(format!(
                "these very bytes are registered as {name} ({standing}, first seen in block {block}), which holds them before yours: only the holder can ask royalties"
            ));
        }
    }
    Ok(())
}

async fn answer(context: &Context, chain: &Chain, release: &ReleaseView, included: Option<&Included>) -> Result<()> {
    let split = chain.royalty_split(&release.name).await?;
    context.output.answer(
        &json!({ "release": release, "royaltySplit": split, "unchanged": included.is_none(), "included": included }),
        |style| {
            let mut text = display::release(context, style, release);
            let _ = text.write_str(&display::split(style, &split));
            text
        },
    )
}
