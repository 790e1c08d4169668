//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueHint};
use pedigree_manifest::Hash;

use crate::chain::views::{RecordKind, Relation};
use crate::channel::{Refusal, RESOLVER};
use crate::names::{
    Amount, BlockName, DigestArg, ParentArg, PartArg, Percent, RecordPath, ReleasePath, StatementTarget, Target,
};

mod economy;
mod evaluate;
mod governance;

pub(crate) use economy::*;
pub(crate) use evaluate::EvaluateArgs;
pub(crate) use governance::*;

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or the answer is yes
  1  the answer is no: it differs, it isn't proven, there is no such thing
  2  the command line makes no sense
  3  the chain refuses; the message says why and what to do
  4  no node answers, or it went away
  5  a key is missing, locked or malformed
  6  a file can't be read or isn't what it claims to be
  7  another chain, or a runtime that this program doesn't fit
  130  interrupted; running the same command again continues, but see `pedigree statement` before you pay again

Answers go to stdout, everything else to stderr. Colours follow NO_COLOR.";

/// Hash, register, verify and prove AI models and datasets.
///
/// Whoever holds the files can prove which release they are, who registered it, from which parents and under which
/// terms; whole or down to one tensor, with a node or offline.
#[derive(Debug, Parser)]
#[command(name = "pedigree", version, after_help = EXIT_CODES, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// The node to speak to.
    #[arg(long, global = true, env = "PEDIGREE_NODE", value_name = "URL", default_value = "ws://127.0.0.1:9944", value_hint = ValueHint::Url)]
    pub(crate) node: String,
    /// Who signs: a key's name or address, or a development key such as dev:alice.
    #[arg(long, short, global = true, env = "PEDIGREE_ACCOUNT", value_name = "KEY")]
    pub(crate) account: Option<String>,
    /// A file with the key's password in its first line; asked for otherwise.
    #[arg(long, global = true, env = "PEDIGREE_PASSWORD_FILE", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) password_file: Option<PathBuf>,
    /// Answer with one JSON object on stdout.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but the answer and errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make, import and list keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Take, show and hand over the names that one publishes under.
    #[command(subcommand, visible_alias = "ns")]
    Namespace(NamespaceCommand),
    /// Look who controls a channel, and say so as a registrar.
    #[command(subcommand)]
    Registrar(RegistrarCommand),
    /// Hash a folder or file: its manifest root and counts.
    Hash(HashArgs),
    /// Merge the parts that several machines hashed to the manifest of the whole.
    Merge(MergeArgs),
    /// Register a release of a model or dataset of one's own: a new record, or its next release.
    #[command(subcommand)]
    Register(RegisterCommand),
    /// Register public files of somebody else under the channel they come from.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// Hand a record over to another namespace: offer it, and accept what is offered.
    #[command(subcommand)]
    Move(MoveCommand),
    /// Remove a record that never had a release, and get its deposit back.
    Remove(RecordArgs),
    /// Take over the deposits of a record of one's own, and of its releases, from whoever made them: a sponsor, a former
    /// owner, or who catalogued them.
    Adopt(AdoptArgs),
    /// Make a release the holder of its root, if its claim is better than that of the present one.
    ClaimRoot(ClaimRootArgs),
    /// Show what one has reserved and not used, and get the deposits back.
    #[command(subcommand)]
    Reservation(ReservationCommand),
    /// Warn of a release: it stays, and says wherever it is shown why it should not be used.
    Yank(YankArgs),
    /// Say who may begin to cite a dataset: all, or those granted to.
    Access(AccessArgs),
    /// Let an account cite a dataset that is cited by grant only.
    Grant(GrantArgs),
    /// Take a grant back: what it cited already stays.
    Revoke(RevokeArgs),
    /// Pay for what somebody else registers, who has no tokens yet.
    #[command(subcommand)]
    Sponsor(SponsorCommand),
    /// Give tokens of a test network away.
    #[command(subcommand)]
    Faucet(FaucetCommand),
    /// Pay a release, and with it everything that it was built from.
    Pay(PayArgs),
    /// Send what releases are owed to whoever owns them.
    Withdraw(WithdrawArgs),
    /// Credit what releases were paid, where full blocks have not done it.
    Settle(ReleasesArgs),
    /// Send what nobody has claimed for a year to the treasury.
    Expire(ReleasesArgs),
    /// Make what releases earned in subnets their own, once it is old enough.
    Mature(ReleasesArgs),
    /// Show who paid a release, who had what of it and where what it earned came from, or what the releases of a namespace earned.
    Statement(StatementArgs),
    /// Propose, vote, and see how referenda stand: they decide what nobody may alone.
    #[command(subcommand)]
    Gov(GovCommand),
    /// Found, set, fund and look at subnets, in which contributors are scored.
    #[command(subcommand)]
    Subnet(SubnetCommand),
    /// Take part in a subnet: be scored (a miner, elsewhere), or score (a validator).
    #[command(subcommand, visible_aliases = ["miner", "validator"])]
    Neuron(NeuronCommand),
    /// Score the contributors of a subnet: commit, and reveal an epoch later.
    #[command(subcommand)]
    Score(ScoreCommand),
    /// Score the contributors of a subnet with a command of one's own, epoch after epoch: fetch, check, score, commit, reveal.
    Evaluate(EvaluateArgs),
    /// Put tokens behind evaluators, and withdraw what that earns.
    #[command(subcommand)]
    Stake(StakeCommand),
    /// Find releases by name, publisher, licence, kind, or how they were built.
    Search(SearchArgs),
    /// Show a namespace, a record, a release, or whatever has a root or digest.
    Show(ShowArgs),
    /// Show from what a release was built, or what was built from it.
    Lineage(LineageArgs),
    /// Fetch the files of a release from mirrors, checking every block before it is kept.
    Pull(PullArgs),
    /// Tell which release a folder is, or how it differs from a named one.
    Verify(VerifyArgs),
    /// Prove that a tensor, or a chunk of a file, is part of a release, or that no tensor of a name is.
    Prove(ProveArgs),
    /// Check a proof: against a root, against files, or against what the chain knows.
    VerifyProof(VerifyProofArgs),
    /// Write all namespaces, records, releases and grants, as of one final block, to a file.
    ExportState(ExportStateArgs),
    /// Print completions for a shell.
    Completions(CompletionsArgs),
    /// Write a manual page for every command.
    Man(ManArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new key and show its mnemonic, once.
    New(KeyNewArgs),
    /// Keep a key from its mnemonic or seed (asked for, or read from stdin), or from a polkadot.js file.
    Import(KeyImportArgs),
    /// List the keys on this machine.
    List,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KeyNewArgs {
    /// What to call it.
    pub(crate) name: String,
    /// How many words the mnemonic has.
    #[arg(long, default_value_t = 12, value_parser = words)]
    pub(crate) words: u8,
}

fn words(text: &str) -> Result<u8, String> {
    match text {
        "12" => Ok(12),
        "24" => Ok(24),
        _ => Err("a mnemonic has 12 or 24 words".to_owned()),
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KeyImportArgs {
    /// What to call it.
    pub(crate) name: String,
    /// An account file exported by polkadot.js, instead of a mnemonic.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) from: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NamespaceCommand {
    /// Take a plain name, such as `alice`: first come, first served, priced by length.
    Claim(NamespaceClaimArgs),
    /// Open the unlinked namespace of a channel, such as `hf:meta-llama`, so that files can be catalogued in it.
    Open(NamespaceArgs),
    /// Show a namespace and its records.
    Show(NamespaceArgs),
    /// Offer a namespace to another account.
    Offer(NamespaceOfferArgs),
    /// Take an offer back.
    WithdrawOffer(NamespaceArgs),
    /// Accept a namespace that was offered.
    Accept(NamespaceAcceptArgs),
    /// List namespaces: one's own, somebody's, or all.
    List(NamespaceListArgs),
    /// Print what to publish in a channel to show that it is one's own.
    Proof(NamespaceArgs),
    /// Ask to be linked to a channel that one controls, for the first time or anew.
    Request(LinkRequestArgs),
    /// Take such a request back.
    CancelRequest(NamespaceArgs),
    /// Let happen what is due for a request: a notice that is over, a request that has expired.
    Conclude(RegistrarRequestArgs),
    /// End the link of a channel whose owner has not shown in time that he still controls it.
    Lapse(NamespaceArgs),
    /// Take over the deposits of all that is in a namespace of one's own, as far as one's funds go.
    Adopt(NamespaceArgs),
}

/// Where to look whether a channel shows something.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct LookArgs {
    /// Look only at this file or URL, instead of where the channel has it.
    #[arg(long, value_name = "FILE|URL", value_hint = ValueHint::AnyPath)]
    pub(crate) from: Option<String>,
    /// The resolver that is asked for TXT records: DNS over HTTPS, in JSON.
    #[arg(long, env = "PEDIGREE_RESOLVER", value_name = "URL", default_value = RESOLVER, value_hint = ValueHint::Url)]
    pub(crate) resolver: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LinkRequestArgs {
    #[command(flatten)]
    pub(crate) channel: NamespaceArgs,
    /// The commit of the repository `pedigree` that has pedigree.json (for hf and github).
    #[arg(long, value_name = "HEX", value_parser = commit)]
    pub(crate) commit: Option<String>,
    /// Once linked, take over the deposits of what others catalogued there, as far as one's funds go.
    #[arg(long)]
    pub(crate) adopt: bool,
    /// Don't look before whether it is published.
    #[arg(long)]
    pub(crate) without_looking: bool,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// A commit: 20 or 32 bytes, hexadecimal.
fn commit(text: &str) -> Result<String, String> {
    let bytes = hex::decode(text.trim_start_matches("0x")).map_err(|_| "a commit is hexadecimal".to_owned())?;
    match bytes.len() {
        20 | 32 => Ok(text.to_ascii_lowercase()),
        other => Err(format!("a commit has 20 bytes, or 32; this has {other}")),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum RegistrarCommand {
    /// List the registrars, and how many of them decide.
    List,
    /// List who asks to be linked to a channel.
    Requests(RegistrarRequestsArgs),
    /// Look whether a channel shows what a request says: what a registrar has to do before he attests.
    Check(RegistrarCheckArgs),
    /// Say as a registrar that it does, having looked.
    Attest(RegistrarAttestArgs),
    /// Say as a registrar why it doesn't.
    Refuse(RegistrarRefuseArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegistrarRequestsArgs {
    /// Only those for this channel.
    #[arg(value_name = "CHANNEL")]
    pub(crate) channel: Option<String>,
}

/// Who asks.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct ClaimantArgs {
    /// Who asks for it: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) claimant: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegistrarRequestArgs {
    #[command(flatten)]
    pub(crate) channel: NamespaceArgs,
    #[command(flatten)]
    pub(crate) claimant: ClaimantArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegistrarCheckArgs {
    #[command(flatten)]
    pub(crate) channel: NamespaceArgs,
    #[command(flatten)]
    pub(crate) claimant: ClaimantArgs,
    /// The chain, by the hash of its first block: checks without a node what would be asked.
    #[arg(long, value_name = "0xHASH")]
    pub(crate) genesis: Option<Hash>,
    /// The commit that has pedigree.json; only with --genesis, else the request names it.
    #[arg(long, value_name = "HEX", value_parser = commit, requires = "genesis")]
    pub(crate) commit: Option<String>,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegistrarAttestArgs {
    #[command(flatten)]
    pub(crate) channel: NamespaceArgs,
    #[command(flatten)]
    pub(crate) claimant: ClaimantArgs,
    /// Attest without looking, because you have looked yourself.
    #[arg(long)]
    pub(crate) without_looking: bool,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegistrarRefuseArgs {
    #[command(flatten)]
    pub(crate) channel: NamespaceArgs,
    #[command(flatten)]
    pub(crate) claimant: ClaimantArgs,
    /// Why [default: what looking finds].
    #[arg(long, value_enum)]
    pub(crate) why: Option<Refusal>,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamespaceArgs {
    /// Its name.
    #[arg(value_name = "NAMESPACE")]
    pub(crate) name: String,
}

/// Who pays, where that may be somebody else.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct SponsorArg {
    /// Who pays instead of the account that signs, having opened a sponsorship for it: an address, a key's name, or a
    /// development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) sponsor: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamespaceAcceptArgs {
    /// Its name.
    #[arg(value_name = "NAMESPACE")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) sponsor: SponsorArg,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamespaceClaimArgs {
    /// Its name: 3 to 32 of a-z, 0-9 and single hyphens, beginning with a letter.
    #[arg(value_name = "NAMESPACE")]
    pub(crate) name: String,
    /// Forget an earlier attempt that was interrupted.
    #[arg(long)]
    pub(crate) start_over: bool,
    #[command(flatten)]
    pub(crate) sponsor: SponsorArg,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamespaceOfferArgs {
    /// Its name.
    #[arg(value_name = "NAMESPACE")]
    pub(crate) name: String,
    /// To whom: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) to: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NamespaceListArgs {
    /// Whose: an address, a key's name, or a development key; everybody's if left out.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) owner: Option<String>,
}

/// The salt of a release whose root says nothing without it.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct SaltArgs {
    /// The file with the salt of the release, if it is salted.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) salt_file: Option<PathBuf>,
}

/// The same, where a release is made.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct NewSaltArgs {
    #[command(flatten)]
    pub(crate) salt: SaltArgs,
    /// Make a salt, and write it to this file: for files that could be guessed, and should not be recognised.
    #[arg(long, value_name = "FILE", conflicts_with = "salt_file", value_hint = ValueHint::FilePath)]
    pub(crate) new_salt: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HashArgs {
    /// A folder or file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) path: PathBuf,
    /// Write the manifest (every file, tensor and block, with hashes) to this file: what `pedigree pull` needs.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Tell the digest of every file too, as other tools know it, from the same pass.
    #[arg(long, value_enum)]
    pub(crate) digest: Option<FileDigestArg>,
    /// Hash only this part of as many of about the same size, counted from 1, and write it to the file of -o, for
    /// `pedigree merge`.
    #[arg(long, value_name = "NUMBER/OF", requires = "output", conflicts_with_all = ["digest", "new_salt"])]
    pub(crate) part: Option<PartArg>,
    #[command(flatten)]
    pub(crate) salt: NewSaltArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MergeArgs {
    /// All parts of the whole, in any order, as `pedigree hash --part` wrote them.
    #[arg(value_name = "PART", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) parts: Vec<PathBuf>,
    /// Write the manifest (every file and tensor, with hashes) to this file.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FileDigestArg {
    Sha256,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RegisterCommand {
    /// A model: weights and what belongs to them.
    Model(RegisterArgs),
    /// A dataset.
    Dataset(RegisterDatasetArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueCommand {
    /// A model of somebody else.
    Model(CatalogueArgs),
    /// A dataset of somebody else.
    Dataset(CatalogueArgs),
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct ReleaseArgs {
    /// The licence of the files, as an SPDX expression such as Apache-2.0.
    #[arg(long, visible_alias = "license", value_name = "SPDX")]
    pub(crate) licence: String,
    /// May not be used commercially.
    #[arg(long)]
    pub(crate) no_commercial: bool,
    /// Nobody else may register what is built from it.
    #[arg(long)]
    pub(crate) no_derivatives: bool,
    /// What is built from it must carry the same licence and ask the same.
    #[arg(long)]
    pub(crate) share_alike: bool,
    /// What is built from it must name it, and ask the same.
    #[arg(long)]
    pub(crate) attribution: bool,
    /// The model or dataset card [default: README.md in the folder, if there is one].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) card: Option<PathBuf>,
    /// Where the files can be found; may be repeated.
    #[arg(long, value_name = "URI")]
    pub(crate) location: Vec<String>,
    /// A digest others know it by, KIND being sha256, hub-commit, signing-manifest or oci; may be repeated. Just `sha256`
    /// computes those of the files, the largest first.
    #[arg(long, value_name = "KIND=HEX|sha256")]
    pub(crate) digest: Vec<DigestArg>,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct RegisterArgs {
    /// Under which name.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
    /// The folder or file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) release: ReleaseArgs,
    /// The part of every payment to what is built from it that is owed to it, at most 10.
    #[arg(long, value_name = "PERCENT", default_value = "0", hide_default_value = true)]
    pub(crate) royalty: Percent,
    /// What it was built from; may be repeated. RELATION is fine-tune, adapter, merge, quantisation, distillation,
    /// trained-on or derived-from.
    #[arg(long, value_name = "RELATION=NAMESPACE/NAME@N")]
    pub(crate) parent: Vec<ParentArg>,
    #[command(flatten)]
    pub(crate) salt: NewSaltArgs,
    /// Forget an earlier attempt that was interrupted.
    #[arg(long)]
    pub(crate) start_over: bool,
    #[command(flatten)]
    pub(crate) sponsor: SponsorArg,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct RegisterDatasetArgs {
    #[command(flatten)]
    pub(crate) common: RegisterArgs,
    /// Who may cite it as a parent: all, or those granted to (see `pedigree grant`).
    #[arg(long, value_enum)]
    pub(crate) access: Option<AccessArg>,
    /// The block after which nobody may begin to cite it, because the consent behind the data ends.
    #[arg(long, value_name = "BLOCK")]
    pub(crate) consent_until: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum AccessArg {
    All,
    Granted,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct CatalogueArgs {
    /// The channel it comes from and its name there, such as hf:org/model.
    #[arg(value_name = "CHANNEL/NAME")]
    pub(crate) record: RecordPath,
    /// The folder or file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) release: ReleaseArgs,
    /// The page or repository it is published at [default: made from the channel, for hf: and github:].
    #[arg(long, visible_alias = "upstream", value_name = "URL")]
    pub(crate) source_url: Option<String>,
    /// Which version of it: a commit or tag [default: the --digest hub-commit, else `main`].
    #[arg(long, value_name = "REVISION")]
    pub(crate) revision: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct YankArgs {
    /// Which release.
    #[arg(value_name = "NAMESPACE/NAME@N")]
    pub(crate) release: ReleasePath,
    /// Why it should not be used.
    #[arg(long)]
    pub(crate) reason: String,
    /// What to use instead.
    #[arg(long, value_name = "NAMESPACE/NAME@N")]
    pub(crate) successor: Option<ReleasePath>,
    #[command(flatten)]
    pub(crate) sponsor: SponsorArg,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SponsorCommand {
    /// Set money aside for what an account registers. What is not used comes back; so do deposits, when they fall due.
    Open(SponsorOpenArgs),
    /// End a sponsorship at once; or, with --by, one of somebody else's that has expired.
    Close(SponsorCloseArgs),
    /// List sponsorships: those for the account of --account, for another, by a sponsor, or all.
    List(SponsorListArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SponsorOpenArgs {
    /// For whom: an address, a key's name, or a development key.
    #[arg(value_name = "ACCOUNT")]
    pub(crate) beneficiary: String,
    /// How many calls; registering a release takes two, and so does a name.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) calls: u32,
    /// How much for fees, which is gone when it is spent.
    #[arg(long, value_name = "AMOUNT", default_value = "0.2")]
    pub(crate) fees: Amount,
    /// How much for the price of names, which is gone when it is spent.
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    pub(crate) names: Amount,
    /// How much for deposits, which come back to you.
    #[arg(long, value_name = "AMOUNT", default_value = "1")]
    pub(crate) deposits: Amount,
    /// For how many days, counted in blocks from now on.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=364))]
    pub(crate) days: u16,
    /// The last block, instead of a number of days.
    #[arg(long, value_name = "BLOCK", conflicts_with = "days")]
    pub(crate) until: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SponsorCloseArgs {
    /// For whom it is: an address, a key's name, or a development key.
    #[arg(value_name = "ACCOUNT")]
    pub(crate) beneficiary: String,
    /// Whose it is, if it is not one's own: it must have expired.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SponsorListArgs {
    /// For whom: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) of: Option<String>,
    /// By whom: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) by: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AdoptArgs {
    /// Which record, with all its releases; or one release.
    #[arg(value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) target: ReleasePath,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FaucetCommand {
    /// Serve a web address that gives tokens from --account to whoever asks, within limits. Refused on a main network.
    Serve(FaucetServeArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FaucetServeArgs {
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    pub(crate) listen: std::net::SocketAddr,
    /// How much each gets.
    #[arg(long, value_name = "AMOUNT", default_value = "1")]
    pub(crate) amount: Amount,
    /// How long it takes until the same address can get more.
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub(crate) window: u32,
    /// How often whoever asks from one network address (of IPv6: from one /64) gets something in that time.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) per_source: u32,
    /// How often all together get something in that time.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) at_most: u32,
    /// Take the network address from the last entry of X-Forwarded-For: only behind a proxy that writes it.
    #[arg(long)]
    pub(crate) behind_proxy: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RecordArgs {
    /// Which record.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MoveCommand {
    /// Offer a record to another namespace.
    Offer(MoveOfferArgs),
    /// Take an offer back.
    WithdrawOffer(RecordArgs),
    /// Accept a record that was offered to a namespace of one's own, and take its deposit over.
    Accept(RecordArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MoveOfferArgs {
    /// Which record.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
    /// To which namespace.
    #[arg(long, value_name = "NAMESPACE")]
    pub(crate) to: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ClaimRootArgs {
    /// Which release; the latest if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) release: ReleasePath,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReservationCommand {
    /// List what one has reserved and not used.
    List,
    /// Give reservations up: the whole deposit comes back, or four fifths of it if they have expired.
    Cancel(ReservationCancelArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReservationCancelArgs {
    /// Which, by hash.
    #[arg(value_name = "0xHASH", required_unless_present = "all")]
    pub(crate) hashes: Vec<Hash>,
    /// All that there are. What another command has under way then begins anew.
    #[arg(long, conflicts_with = "hashes")]
    pub(crate) all: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AccessArgs {
    /// Which dataset.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
    /// Who may begin to cite it: all, or those granted to.
    #[arg(long, value_enum, value_name = "WHO")]
    pub(crate) access: AccessArg,
    /// The block after which nobody may begin to cite it [default: no block].
    #[arg(long, value_name = "BLOCK")]
    pub(crate) consent_until: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct GrantArgs {
    /// Which dataset.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
    /// To whom: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) to: String,
    /// The last block at which it may begin to cite.
    #[arg(long, value_name = "BLOCK")]
    pub(crate) until: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RevokeArgs {
    /// Which dataset.
    #[arg(value_name = "NAMESPACE/NAME")]
    pub(crate) record: RecordPath,
    /// From whom: an address, a key's name, or a development key.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) from: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PayArgs {
    /// Which release; the latest if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) release: ReleasePath,
    /// How much, in the chain's token, such as 12.5.
    #[arg(value_name = "AMOUNT")]
    pub(crate) amount: Amount,
    /// The digest of what it is for, such as an invoice. The digest is public, the invoice is not; but what can be
    /// guessed can be recognised by its digest.
    #[arg(long, value_name = "0xHASH")]
    pub(crate) memo: Option<Hash>,
    /// Pay it although it was yanked: else that is refused.
    #[arg(long)]
    pub(crate) even_if_yanked: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct WithdrawArgs {
    /// Which releases; the latest of a record if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]", required_unless_present = "namespace")]
    pub(crate) releases: Vec<ReleasePath>,
    /// All releases of this namespace.
    #[arg(long, value_name = "NAMESPACE")]
    pub(crate) namespace: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReleasesArgs {
    /// Which releases; the latest of a record if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]", required = true)]
    pub(crate) releases: Vec<ReleasePath>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct StatementArgs {
    /// A release, the latest if there is no number; or a namespace.
    #[arg(value_name = "WHAT")]
    pub(crate) target: StatementTarget,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SearchArgs {
    /// A part of NAMESPACE/NAME, in whatever case.
    #[arg(value_name = "PART")]
    pub(crate) name: Option<String>,
    /// Only of this namespace.
    #[arg(long, visible_alias = "namespace", value_name = "NAMESPACE")]
    pub(crate) publisher: Option<String>,
    /// Only models, or only datasets.
    #[arg(long, value_enum)]
    pub(crate) kind: Option<RecordKind>,
    /// Only under this licence: the whole SPDX expression, or one that it names.
    #[arg(long, visible_alias = "license", value_name = "SPDX")]
    pub(crate) licence: Option<String>,
    /// Only what was built in this way from at least one parent.
    #[arg(long, value_enum)]
    pub(crate) relation: Option<Relation>,
    /// Every release of a record, not only the latest.
    #[arg(long)]
    pub(crate) every_release: bool,
    /// How many to show.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) limit: u16,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// A namespace, NAMESPACE/NAME, NAMESPACE/NAME@N, 0xROOT, or a digest such as sha256:HEX.
    #[arg(value_name = "WHAT")]
    pub(crate) target: Target,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LineageArgs {
    /// Which release; the latest if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) release: ReleasePath,
    /// How many generations to go.
    #[arg(long, value_name = "GENERATIONS")]
    pub(crate) depth: Option<u32>,
    /// Show what was built from it, instead of what it was built from.
    #[arg(long)]
    pub(crate) descendants: bool,
    /// How many releases to show, the nearest first.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) limit: u16,
    /// How it is written: as a tree of text, as a graph for Graphviz, as a picture, or as JSON.
    #[arg(long, value_enum, default_value_t = LineageFormat::Tree)]
    pub(crate) format: LineageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LineageFormat {
    Tree,
    Dot,
    Svg,
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PullArgs {
    /// Which release: NAMESPACE/NAME@N, NAMESPACE/NAME for the latest, 0xROOT or a digest for the holder of the bytes.
    #[arg(value_name = "RELEASE")]
    pub(crate) release: Target,
    /// The folder that the files go to [default: the record's name].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) to: Option<PathBuf>,
    /// A mirror: a folder, or a base URL (http://, https://, file://, hf:ORG/NAME) that the files lie below; may be
    /// repeated. Asked before the locations that the release names.
    #[arg(long, value_name = "URL|DIR")]
    pub(crate) from: Vec<String>,
    /// The manifest of the release, as `pedigree hash -o` wrote it [default: as kept on this machine, or as a mirror has
    /// it beside the files].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) manifest: Option<PathBuf>,
    /// How many files are fetched at the same time.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub(crate) jobs: u8,
    /// Give up on a mirror that says nothing for so long.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(crate) timeout: u16,
    /// Replace files that are there already and are not those of the release.
    #[arg(long)]
    pub(crate) replace: bool,
    /// Wait until every file is on the disk, where it outlives a loss of power, before it gets its name.
    #[arg(long)]
    pub(crate) sync: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct VerifyArgs {
    /// The folder or file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) path: PathBuf,
    /// The release that it should be; the latest if there is no number.
    #[arg(long, value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) against: Option<ReleasePath>,
    /// The manifest of what it should be, to name the files and tensors that differ [default: as kept when it was
    /// registered on this machine].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) manifest: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) salt: SaltArgs,
}

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("part").required(true).args(["tensor", "file", "absent"])))]
pub(crate) struct ProveArgs {
    /// The whole release: its folder or file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) path: PathBuf,
    /// The tensor to prove.
    #[arg(long, value_name = "NAME")]
    pub(crate) tensor: Option<String>,
    /// The file that the tensor is in, if several have one of that name.
    #[arg(long, value_name = "PATH", requires = "tensor")]
    pub(crate) in_file: Option<String>,
    /// The file to prove a chunk of, by its path in the release.
    #[arg(long, value_name = "PATH", requires = "chunk")]
    pub(crate) file: Option<String>,
    /// The name to prove that no tensor of the release has.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["chunk", "in_file"])]
    pub(crate) absent: Option<String>,
    /// The chunk of the file (or tensor) to prove, counted from 0; a chunk has 16 KiB.
    #[arg(long, value_name = "N")]
    pub(crate) chunk: Option<u64>,
    /// The manifest of the release, as `pedigree hash -o` wrote it: only what is proven is read then, not the whole
    /// release.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) manifest: Option<PathBuf>,
    /// Write the chunk's bytes too, for whoever checks the proof without the files.
    #[arg(long, value_name = "FILE", requires = "chunk", value_hint = ValueHint::FilePath)]
    pub(crate) chunk_output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) salt: SaltArgs,
    /// Where to write the proof [default: stdout].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct VerifyProofArgs {
    /// The proof, as `pedigree prove` wrote it.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) proof: PathBuf,
    /// The root it should lead to: checked offline. Without it the chain is asked which releases have the proof's root.
    #[arg(long, value_name = "0xROOT")]
    pub(crate) root: Option<Hash>,
    /// Files to compare with: do they have the very bytes that the proof speaks of? Checked offline.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) salt: SaltArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExportStateArgs {
    /// The block, by number or 0xHASH [default: the last final one].
    #[arg(long, value_name = "BLOCK")]
    pub(crate) at: Option<BlockName>,
    /// Where to write it [default: stdout].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// One JSON object a line, for programs, or a table, for spreadsheets.
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
    pub(crate) format: ExportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// The folder that they are written to.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// For which shell.
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn options_may_stand_anywhere() {
        let args = Args::try_parse_from([
            "pedigree",
            "register",
            "model",
            "alice/x",
            "folder",
            "--licence",
            "MIT",
            "--royalty",
            "2.5",
            "--parent",
            "fine-tune=hf:org/base@1",
            "--parent",
            "trained-on=bob/pairs@2",
            "--json",
            "--account",
            "dev:alice",
        ])
        .unwrap();
        assert!(args.global.json);
        let Command::Register(RegisterCommand::Model(register)) = args.command else { panic!("not register model") };
        assert_eq!(register.parent.len(), 2);
        assert_eq!(register.royalty.parts_per_million, 25_000);
    }

    #[test]
    fn the_other_spelling_of_licence_is_understood() {
        for option in ["--licence", "--license"] {
            assert!(Args::try_parse_from(["pedigree", "register", "model", "a/b", ".", option, "MIT"]).is_ok());
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for line in [
            &["pedigree"][..],
            &["pedigree", "register", "model", "alice", "folder", "--licence", "MIT"],
            &["pedigree", "register", "model", "alice/x", "folder"],
            &["pedigree", "prove", "folder"],
            &["pedigree", "prove", "folder", "--file", "x"],
            &["pedigree", "prove", "folder", "--file", "x", "--chunk", "0", "--tensor", "y"],
            &["pedigree", "prove", "folder", "--absent", "x", "--tensor", "y"],
            &["pedigree", "hash", "folder", "--part", "1/2"],
            &["pedigree", "hash", "folder", "-o", "p", "--part", "0/2"],
            &["pedigree", "merge"],
            &["pedigree", "hash", "folder", "--salt-file", "a", "--new-salt", "b"],
            &["pedigree", "hash", "folder", "-o", "p", "--part", "1/2", "--new-salt", "b"],
            &["pedigree", "prove", "folder", "--absent", "x", "--chunk", "0"],
            &["pedigree", "show", "0x12"],
            &["pedigree", "namespace", "request", "hf:lab", "--commit", "12ab"],
            &["pedigree", "registrar", "check", "hf:lab"],
            &["pedigree", "registrar", "check", "hf:lab", "--claimant", "dev:bob", "--commit", "12ab"],
            &["pedigree", "registrar", "refuse", "hf:lab", "--claimant", "dev:bob", "--why", "dislike"],
            &["pedigree", "verify-proof", "p.json", "--root", "zz"],
            &["pedigree", "key", "new", "x", "--words", "13"],
            &["pedigree", "move", "offer", "a/b"],
            &["pedigree", "move", "accept", "a/b@1"],
            &["pedigree", "lineage", "a/b", "--limit", "0"],
            &["pedigree", "lineage", "a/b", "--limit", "10001"],
            &["pedigree", "search", "--relation", "cousin"],
            &["pedigree", "search", "--kind", "paper"],
            &["pedigree", "settle"],
            &["pedigree", "subnet", "found", "models"],
            &["pedigree", "subnet", "found", "models", "--kind", "song"],
            &["pedigree", "subnet", "show", "65536"],
            &["pedigree", "neuron", "endpoint", "1"],
            &["pedigree", "neuron", "endpoint", "1", "here", "--nowhere"],
            &["pedigree", "score", "commit", "1"],
            &["pedigree", "score", "commit", "1", "2=65536=7"],
            &["pedigree", "score", "commit", "1", "2"],
            &["pedigree", "score", "commit", "1", "2=3", "--from", "scores.json"],
            &["pedigree", "stake", "allocate", "1", "dev:bob"],
            &["pedigree", "stake", "move", "1", "--from", "1", "--to", "1/dev:bob"],
            &["pedigree", "stake", "unbond", "1", "dev:bob"],
            &["pedigree", "stake", "unbond", "1", "dev:bob", "5", "--all"],
            &["pedigree", "stake", "take", "1", "101"],
            &["pedigree", "reservation", "cancel"],
            &["pedigree", "reservation", "cancel", "--all", "0x00"],
        ] {
            assert!(Args::try_parse_from(line).is_err(), "{line:?}");
        }
    }
}
