//! The command line of referenda.

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::SubnetArgs;
use crate::names::Amount;

#[derive(Debug, Subcommand)]
pub(crate) enum GovCommand {
    /// List the referenda: what is voted on, and what became of the others.
    List,
    /// Show a referendum, and what it would do.
    Show(ReferendumArgs),
    /// Propose something to be voted on, and pay the deposits for it.
    #[command(subcommand)]
    Propose(ProposeCommand),
    /// Pay the decision deposit of a referendum: without it, it is not decided.
    Deposit(ReferendumArgs),
    /// Vote in a referendum.
    Vote(VoteArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProposeCommand {
    /// That a subnet has a part of the emission.
    AdmitSubnet(AdmitArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct AdmitArgs {
    #[command(flatten)]
    pub(crate) subnet: SubnetArgs,
    /// For how many days of blocks from its enactment on.
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=365))]
    pub(crate) term: u32,
    /// Leave the decision deposit to somebody else: `pedigree gov deposit`.
    #[arg(long)]
    pub(crate) without_deposit: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReferendumArgs {
    /// Which referendum, by number.
    #[arg(value_name = "INDEX")]
    pub(crate) index: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct VoteArgs {
    #[command(flatten)]
    pub(crate) referendum: ReferendumArgs,
    /// For it, or against it.
    #[arg(value_enum)]
    pub(crate) side: Side,
    /// With how much. It stays where it is, and can vote on everything at once; stake votes, too.
    #[arg(value_name = "AMOUNT")]
    pub(crate) amount: Amount,
    /// How long it stays locked if this side wins: 0 is not at all, for a tenth of the weight; 1 is a week, for its weight; and
    /// each more doubles the time and adds the weight once more, up to 6.
    #[arg(long, value_name = "0-6", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=6))]
    pub(crate) conviction: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    Aye,
    Nay,
}
