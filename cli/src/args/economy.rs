//! The command line of subnets and stake.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueHint};

use crate::chain::views::SubnetKind;
use crate::names::{Amount, Percent, PlaceArg, ReleasePath};
use crate::scores::ScoreArg;

#[derive(Debug, Subcommand)]
pub(crate) enum SubnetCommand {
    /// List the subnets.
    List,
    /// Show a subnet.
    Show(SubnetArgs),
    /// Show who is in a subnet, who scores, and what became of each in the last epoch.
    Metagraph(MetagraphArgs),
    /// Found a subnet. It pays nothing until it is funded, or admitted to the emission by a referendum.
    Found(FoundArgs),
    /// Give a subnet something to pay out.
    Fund(FundArgs),
    /// Show how a subnet is set, and within which bounds.
    Hyperparameters(SubnetArgs),
    /// Change a hyperparameter of a subnet of one's own: one an epoch.
    Set(SetArgs),
    /// Show what the latest epochs of a subnet paid.
    Epochs(SubnetArgs),
    /// Show the shares of the admitted subnets in the emission.
    Emission,
    /// Close a subnet of one's own for good.
    Close(CloseArgs),
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct SubnetArgs {
    /// Which subnet, by number.
    #[arg(value_name = "NETUID")]
    pub(crate) netuid: u16,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MetagraphArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Only neurons with a permit to score.
    #[arg(long, visible_alias = "validators")]
    pub(crate) evaluators: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FoundArgs {
    /// How people are to call it: letters, digits, dots, dashes and underscores.
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// What is scored there: releases of models, of datasets, or services, which follow no pedigree.
    #[arg(long, value_enum)]
    pub(crate) kind: SubnetKind,
    /// The most that it may cost [default: the present price].
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) price_limit: Option<Amount>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FundArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// How much, in the chain's token. An epoch pays at most as much of it as the hyperparameter `funding` says.
    #[arg(value_name = "AMOUNT")]
    pub(crate) amount: Amount,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SetArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Which hyperparameter, such as tempo or minimumStake.
    #[arg(value_name = "HYPERPARAMETER")]
    pub(crate) name: String,
    /// What it is to be: amounts in the chain's token, such as 12.5; true or false; other numbers as they are shown.
    #[arg(value_name = "VALUE")]
    pub(crate) value: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CloseArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Do so although neurons, or stake, are there: else that is refused.
    #[arg(long)]
    pub(crate) even_if_used: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NeuronCommand {
    /// Register a neuron: to be scored with a release, or to score.
    Register(RegisterNeuronArgs),
    /// Bind one's neuron to a release: the first time for nothing, then for the price of a new neuron.
    Bind(BindArgs),
    /// Part a neuron from a release that does not hold its root any more. Anyone may.
    Unbind(UnbindArgs),
    /// Say where one's neuron is found.
    Endpoint(EndpointArgs),
    /// Show a neuron: one's own, or somebody's.
    Show(NeuronShowArgs),
    /// Take one's neuron away, and get its deposits back.
    Deregister(SubnetArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RegisterNeuronArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// The release that is to be scored; the latest if there is no number. It has to be one's own, and the holder of its root.
    #[arg(long, value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) release: Option<ReleasePath>,
    /// The most that it may cost [default: the present price].
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) price_limit: Option<Amount>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct BindArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Which release; the latest if there is no number.
    #[arg(value_name = "NAMESPACE/NAME[@N]")]
    pub(crate) release: ReleasePath,
    /// The most that it may cost, where the neuron is bound already [default: the present price].
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) price_limit: Option<Amount>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct UnbindArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Which neuron.
    #[arg(value_name = "UID")]
    pub(crate) uid: u16,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EndpointArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Where, such as https://example.org: at most 128 bytes.
    #[arg(value_name = "ENDPOINT", required_unless_present = "nowhere")]
    pub(crate) endpoint: Option<String>,
    /// Say that it is found nowhere.
    #[arg(long, conflicts_with = "endpoint")]
    pub(crate) nowhere: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NeuronShowArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Which neuron: its uid, its address, a key's name, or a development key [default: one's own].
    #[arg(value_name = "NEURON")]
    pub(crate) neuron: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScoreCommand {
    /// Commit to scores: nobody sees them until they are revealed, in the next epoch.
    Commit(CommitArgs),
    /// Reveal the scores that were committed to in the epoch before.
    Reveal(RevealArgs),
    /// Show what was committed to and what is to be done next.
    Status(SubnetArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CommitArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Scores: whole numbers from 0 to 65535 of which only the proportions count. 0 is the burn slot.
    #[arg(value_name = "UID=SCORE", required_unless_present = "from")]
    pub(crate) scores: Vec<ScoreArg>,
    /// A file with scores: JSON, a list of {"uid", "score", "root"?} or an object {"UID": SCORE}; or lines UID,SCORE[,ROOT].
    #[arg(long, value_name = "FILE", conflicts_with = "scores", value_hint = ValueHint::FilePath)]
    pub(crate) from: Option<PathBuf>,
    /// Make the highest score 65535 and the others in proportion: for scores that are no whole numbers.
    #[arg(long)]
    pub(crate) scale: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RevealArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Wait for the epoch in which they can be revealed, if that has not begun.
    #[arg(long)]
    pub(crate) wait: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StakeCommand {
    /// Put tokens behind an evaluator. They stay on one's account, held, and vote.
    Allocate(AllocateArgs),
    /// Move stake from one evaluator, or subnet, to another.
    Move(MoveStakeArgs),
    /// Take stake out. It is free after a week.
    Unbond(UnbondArgs),
    /// Free what was taken out and is due.
    Withdraw,
    /// Withdraw the dividends of one's stake: of all of it, or behind one evaluator.
    Dividends(DividendsArgs),
    /// Say which part of the dividends one takes as an evaluator from those who stand behind one.
    Take(TakeArgs),
    /// Show somebody's stake, what it earned, and what is on its way out.
    Show(StakeShowArgs),
    /// Show what stands behind an evaluator, and what he takes.
    Evaluator(EvaluatorArgs),
}

/// Behind whom, in which subnet.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct EvaluatorArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// Behind whom: a uid, an address, a key's name, or a development key.
    #[arg(value_name = "EVALUATOR")]
    pub(crate) evaluator: String,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct AcceptTakeArg {
    /// The highest take that is accepted [default: what the evaluator takes now, or has said that he will].
    #[arg(long, value_name = "PERCENT")]
    pub(crate) accept_take: Option<Percent>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AllocateArgs {
    #[command(flatten)]
    pub(crate) place: EvaluatorArgs,
    /// How much, in the chain's token.
    #[arg(value_name = "AMOUNT")]
    pub(crate) amount: Amount,
    #[command(flatten)]
    pub(crate) take: AcceptTakeArg,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MoveStakeArgs {
    /// How much, in the chain's token.
    #[arg(value_name = "AMOUNT")]
    pub(crate) amount: Amount,
    /// From behind whom.
    #[arg(long, value_name = "NETUID/EVALUATOR")]
    pub(crate) from: PlaceArg,
    /// Behind whom.
    #[arg(long, value_name = "NETUID/EVALUATOR")]
    pub(crate) to: PlaceArg,
    #[command(flatten)]
    pub(crate) take: AcceptTakeArg,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct UnbondArgs {
    #[command(flatten)]
    pub(crate) place: EvaluatorArgs,
    /// How much, in the chain's token.
    #[arg(value_name = "AMOUNT", required_unless_present = "all")]
    pub(crate) amount: Option<Amount>,
    /// All that is there.
    #[arg(long, conflicts_with = "amount")]
    pub(crate) all: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DividendsArgs {
    /// Only of stake behind this evaluator.
    #[arg(value_name = "NETUID/EVALUATOR")]
    pub(crate) place: Option<PlaceArg>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TakeArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// How much.
    #[arg(value_name = "PERCENT")]
    pub(crate) take: Percent,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct StakeShowArgs {
    /// Whose: an address, a key's name, or a development key [default: one's own].
    #[arg(value_name = "ACCOUNT")]
    pub(crate) holder: Option<String>,
}
