//! Who does what the command line asks for.

use crate::{
    chain_spec,
    cli::{Cli, Subcommand},
    ports, service,
};
use pedigree_runtime::opaque::Block;
use sc_cli::SubstrateCli;
use sc_network::config::NetworkBackendType;
use sc_service::PartialComponents;

impl SubstrateCli for Cli {
    fn impl_name() -> String {
        "Pedigree Node".into()
    }

    fn impl_version() -> String {
        env!("SUBSTRATE_CLI_IMPL_VERSION").into()
    }

    fn description() -> String {
        "Runs a node of Pedigree, the chain on which models, datasets and contributions have a provable pedigree."
            .into()
    }

    fn author() -> String {
        env!("CARGO_PKG_AUTHORS").into()
    }

    fn support_url() -> String {
        concat!(env!("CARGO_PKG_REPOSITORY"), "/issues").into()
    }

    fn copyright_start_year() -> i32 {
        2026
    }

    fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
        chain_spec::load(id)
    }
}

/// What a user is told when something failed.
pub(crate) fn describe(error: &sc_cli::Error) -> String {
    let message = match error {
        // The SDK puts "Other: " and "Invalid input: " before what is already a sentence.
        sc_cli::Error::Service(sc_service::Error::Other(message)) | sc_cli::Error::Input(message) => message.clone(),
        sc_cli::Error::Service(sc_service::Error::Application(inner)) => inner.to_string(),
        other => other.to_string(),
    };
    // What is wrong with a genesis comes with the whole of it.
    match message.split_once(" for blob:") {
        Some((what, _)) => format!("{what} of the chain specification's genesis"),
        None => message,
    }
}

/// Reads the command line and does it.
pub(crate) fn run() -> sc_cli::Result<()> {
    let mut cli = Cli::from_args();
    if let Some(parameters) = cli.subcommand.as_mut().and_then(Subcommand::offline) {
        // When such a command is done, what served the chain ends with it. The SDK would report that as failures.
        parameters.log.push("sc_service::task_manager=off".into());
    }

    match &cli.subcommand {
        None => run_node(&cli),
        Some(Subcommand::Key(command)) => command.run(&cli),
        Some(Subcommand::Sign(command)) => command.run(),
        Some(Subcommand::Verify(command)) => command.run(),
        #[allow(deprecated)]
        Some(Subcommand::BuildSpec(command)) => {
            let runner = cli.create_runner(command)?;
            runner.sync_run(|config| command.run(config.chain_spec, config.network))
        }
        Some(Subcommand::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
        Some(Subcommand::CheckBlock(command)) => {
            let runner = cli.create_runner(command)?;
            runner.async_run(|config| {
                let PartialComponents { client, task_manager, import_queue, .. } = service::new_partial(&config)?;
                Ok((command.run(client, import_queue), task_manager))
            })
        }
        Some(Subcommand::ExportBlocks(command)) => {
            let runner = cli.create_runner(command)?;
            runner.async_run(|config| {
                let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
                Ok((command.run(client, config.database), task_manager))
            })
        }
        Some(Subcommand::ExportState(command)) => {
            let runner = cli.create_runner(command)?;
            runner.async_run(|config| {
                let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
                Ok((command.run(client, config.chain_spec), task_manager))
            })
        }
        Some(Subcommand::ImportBlocks(command)) => {
            let runner = cli.create_runner(command)?;
            runner.async_run(|config| {
                let PartialComponents { client, task_manager, import_queue, .. } = service::new_partial(&config)?;
                Ok((command.run(client, import_queue), task_manager))
            })
        }
        Some(Subcommand::PurgeChain(command)) => {
            let runner = cli.create_runner(command)?;
            runner.sync_run(|config| command.run(config.database))
        }
        Some(Subcommand::Revert(command)) => {
            let runner = cli.create_runner(command)?;
            runner.async_run(|config| {
                let PartialComponents { client, task_manager, backend, .. } = service::new_partial(&config)?;
                Ok((command.run(client, backend, Some(Box::new(service::revert))), task_manager))
            })
        }
        Some(Subcommand::ChainInfo(command)) => {
            let runner = cli.create_runner(command)?;
            runner.sync_run(|config| command.run::<Block>(&config))
        }
    }
}

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
    let mut command = cli.run.clone();
    // The SDK wants an authority's network identity to be made beforehand, so that it stays the same. Whoever runs a
    // well-known authority (`--alice`) is trying things out.
    command.network_params.node_key_params.unsafe_force_node_key_generation |= command.get_keyring().is_some();

    let runner = cli.create_runner(&command)?;
    let asked_for = ports::AskedFor::on(&command);
    runner.run_node_until_exit(|mut config| async move {
        ports::check(&mut config, asked_for).map_err(sc_cli::Error::Input)?;
        match config.network.network_backend {
            NetworkBackendType::Litep2p => service::new_full::<sc_network::Litep2pNetworkBackend>(config),
            NetworkBackendType::Libp2p => service::new_full::<sc_network::NetworkWorker<Block, service::Hash>>(config),
        }
        .map_err(sc_cli::Error::Service)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_message_of_our_own_is_shown_without_the_sdks_prefix() {
        let error = sc_cli::Error::Service(sc_service::Error::Other("The database is another chain's.".into()));
        assert_eq!(describe(&error), "The database is another chain's.");
    }

    #[test]
    fn a_genesis_that_is_wrong_is_not_printed() {
        let error = sp_blockchain::Error::Storage("Invalid JSON blob: at line 16 column 10 for blob:\n{\n}".into());
        assert_eq!(
            describe(&error.into()),
            "Storage error: Invalid JSON blob: at line 16 column 10 of the chain specification's genesis"
        );
    }
}
