//! The command line: the SDK's own commands under their own names, so that whoever has run another Substrate node
//! knows this one.

use sc_cli::{RunCmd, SharedParams};

/// `pedigree-node`: with no subcommand it runs the node.
#[derive(Debug, clap::Parser)]
pub(crate) struct Cli {
    /// What else than running the node.
    #[command(subcommand)]
    pub(crate) subcommand: Option<Subcommand>,

    /// How the node is run.
    #[clap(flatten)]
    pub(crate) run: RunCmd,
}

/// Everything the binary does besides running a node.
#[derive(Debug, clap::Subcommand)]
#[allow(deprecated)]
#[allow(clippy::large_enum_variant)]
pub(crate) enum Subcommand {
    /// Make and look at keys, and put them into a node's keystore.
    #[command(subcommand)]
    Key(sc_cli::KeySubcommand),

    /// Sign a message, such as the `sign` bytes of `provenance_prepare`.
    Sign(sc_cli::SignCmd),

    /// Check a signature under a message.
    Verify(sc_cli::VerifyCmd),

    /// Print a chain specification (older name of `export-chain-spec`).
    BuildSpec(sc_cli::BuildSpecCmd),

    /// Print a chain specification, or write it to a file.
    ExportChainSpec(sc_cli::ExportChainSpecCmd),

    /// Execute one block again and check it.
    CheckBlock(sc_cli::CheckBlockCmd),

    /// Write blocks to a file.
    ExportBlocks(sc_cli::ExportBlocksCmd),

    /// Write the state at a block as the genesis of a chain specification.
    ExportState(sc_cli::ExportStateCmd),

    /// Read blocks from a file.
    ImportBlocks(sc_cli::ImportBlocksCmd),

    /// Delete a chain's database.
    PurgeChain(sc_cli::PurgeChainCmd),

    /// Go back by some blocks, at most to the last finalized one.
    Revert(sc_cli::RevertCmd),

    /// Print what the database holds: genesis, best and finalized block.
    ChainInfo(sc_cli::ChainInfoCmd),
}

impl Subcommand {
    /// The parameters of a command that opens the chain, does something, and closes it again.
    pub(crate) fn offline(&mut self) -> Option<&mut SharedParams> {
        match self {
            Self::CheckBlock(command) => Some(&mut command.shared_params),
            Self::ExportBlocks(command) => Some(&mut command.shared_params),
            Self::ExportState(command) => Some(&mut command.shared_params),
            Self::ImportBlocks(command) => Some(&mut command.shared_params),
            Self::Revert(command) => Some(&mut command.shared_params),
            _ => None,
        }
    }
}
