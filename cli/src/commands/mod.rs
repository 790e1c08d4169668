//! The commands: one file each.

mod act;
mod adopt;
mod catalogue;
mod completions;
mod consent;
mod evaluate;
mod export_state;
mod faucet;
mod gov;
mod hash;
mod key;
mod lineage;
mod man;
mod namespace;
mod neuron;
mod payouts;
mod prove;
mod pull;
mod records;
mod register;
mod registrar;
mod reservation;
mod score;
mod search;
mod show;
mod sponsor;
mod stake;
mod subnet;
mod verify;
mod verify_proof;
mod yank;

use crate::args::{
    Args, CatalogueCommand, Command, FaucetCommand, Global, GovCommand, MoveCommand, NamespaceCommand, NeuronCommand,
    ProposeCommand, RegisterCommand, RegistrarCommand, ReservationCommand, ScoreCommand, SponsorCommand, StakeCommand,
    SubnetCommand,
};
use crate::chain::views::RecordKind;
use crate::chain::Chain;
use crate::error::Result;
use crate::keystore::{Account, Keystore, PasswordSource};
use crate::output::Output;
use crate::store::Home;

/// What every command works with.
pub(crate) struct Context {
    global: Global,
    pub(crate) output: Output,
    pub(crate) home: Home,
    pub(crate) keystore: Keystore,
    pub(crate) passwords: PasswordSource,
}

impl Context {
    /// A connection to the node that was named.
    pub(crate) async fn chain(&self) -> Result<Chain> {
        Chain::connect(&self.global.node, &self.output).await
    }

    /// The account that signs.
    pub(crate) fn account(&self) -> Result<Account> {
        self.keystore.account(self.global.account.as_deref(), &self.passwords)
    }

    /// An address with the name of its key, where it has one here.
    pub(crate) fn who(&self, address: &str) -> String {
        match self.keystore.label(address) {
            Some(name) => format!("{name} ({address})"),
            None => crate::output::safe(address),
        }
    }
}

pub(crate) async fn run(args: Args, output: Output) -> Result<()> {
    let home = Home::from_env()?;
    let context = Context {
        output,
        keystore: Keystore::new(&home),
        home,
        passwords: PasswordSource { file: args.global.password_file.clone() },
        global: args.global,
    };
    match args.command {
        Command::Key(command) => key::run(&context, command),
        Command::Namespace(command) => match command {
            NamespaceCommand::Claim(args) => namespace::claim(&context, &args).await,
            NamespaceCommand::Open(args) => namespace::open(&context, &args.name).await,
            NamespaceCommand::Show(args) => namespace::show(&context, &args.name).await,
            NamespaceCommand::Offer(args) => namespace::offer(&context, &args).await,
            NamespaceCommand::WithdrawOffer(args) => namespace::withdraw_offer(&context, &args.name).await,
            NamespaceCommand::Accept(args) => namespace::accept(&context, &args).await,
            NamespaceCommand::Proof(args) => registrar::proof(&context, &args.name).await,
            NamespaceCommand::Request(args) => registrar::request(&context, &args).await,
            NamespaceCommand::CancelRequest(args) => registrar::cancel(&context, &args.name).await,
            NamespaceCommand::Conclude(args) => registrar::conclude(&context, &args).await,
            NamespaceCommand::Lapse(args) => registrar::lapse(&context, &args.name).await,
            NamespaceCommand::Adopt(args) => registrar::adopt(&context, &args.name).await,
            NamespaceCommand::List(args) => namespace::list(&context, args.owner.as_deref()).await,
        },
        Command::Registrar(command) => match command {
            RegistrarCommand::List => registrar::list(&context).await,
            RegistrarCommand::Requests(args) => registrar::requests(&context, args.channel.as_deref()).await,
            RegistrarCommand::Check(args) => registrar::check(&context, &args).await,
            RegistrarCommand::Attest(args) => registrar::attest(&context, &args).await,
            RegistrarCommand::Refuse(args) => registrar::refuse(&context, &args).await,
        },
        Command::Hash(args) => hash::run(&context, &args),
        Command::Merge(args) => hash::merge(&context, &args),
        Command::Register(RegisterCommand::Model(args)) => {
            register::run(&context, RecordKind::Model, &args, None).await
        }
        Command::Register(RegisterCommand::Dataset(args)) => {
            let access = consent::access(&args);
            register::run(&context, RecordKind::Dataset, &args.common, access).await
        }
        Command::Catalogue(CatalogueCommand::Model(args)) => catalogue::run(&context, RecordKind::Model, &args).await,
        Command::Catalogue(CatalogueCommand::Dataset(args)) => {
            catalogue::run(&context, RecordKind::Dataset, &args).await
        }
        Command::Move(command) => match command {
            MoveCommand::Offer(args) => records::offer(&context, &args).await,
            MoveCommand::WithdrawOffer(args) => records::withdraw_offer(&context, &args.record).await,
            MoveCommand::Accept(args) => records::accept(&context, &args.record).await,
        },
        Command::Remove(args) => records::remove(&context, &args.record).await,
        Command::ClaimRoot(args) => records::claim_root(&context, &args.release).await,
        Command::Reservation(command) => match command {
            ReservationCommand::List => reservation::list(&context).await,
            ReservationCommand::Cancel(args) => reservation::cancel(&context, &args).await,
        },
        Command::Yank(args) => yank::run(&context, &args).await,
        Command::Access(args) => consent::set_access(&context, &args).await,
        Command::Grant(args) => consent::grant(&context, &args).await,
        Command::Revoke(args) => consent::revoke(&context, &args).await,
        Command::Sponsor(command) => match command {
            SponsorCommand::Open(args) => sponsor::open(&context, &args).await,
            SponsorCommand::Close(args) => sponsor::close(&context, &args).await,
            SponsorCommand::List(args) => sponsor::list(&context, &args).await,
        },
        Command::Adopt(args) => adopt::run(&context, &args).await,
        Command::Faucet(FaucetCommand::Serve(args)) => faucet::serve(&context, &args).await,
        Command::Pay(args) => payouts::pay(&context, &args).await,
        Command::Withdraw(args) => payouts::withdraw(&context, &args).await,
        Command::Settle(args) => payouts::settle(&context, &args).await,
        Command::Expire(args) => payouts::expire(&context, &args).await,
        Command::Mature(args) => payouts::mature(&context, &args).await,
        Command::Gov(command) => match command {
            GovCommand::List => gov::list(&context).await,
            GovCommand::Show(args) => gov::show(&context, args.index).await,
            GovCommand::Propose(ProposeCommand::AdmitSubnet(args)) => gov::propose_admission(&context, &args).await,
            GovCommand::Deposit(args) => gov::deposit(&context, args.index).await,
            GovCommand::Vote(args) => gov::vote(&context, &args).await,
        },
        Command::Subnet(command) => match command {
            SubnetCommand::List => subnet::list(&context).await,
            SubnetCommand::Show(args) => subnet::show(&context, args.netuid).await,
            SubnetCommand::Metagraph(args) => subnet::metagraph(&context, &args).await,
            SubnetCommand::Found(args) => subnet::found(&context, &args).await,
            SubnetCommand::Fund(args) => subnet::fund(&context, &args).await,
            SubnetCommand::Hyperparameters(args) => subnet::hyperparameters(&context, args.netuid).await,
            SubnetCommand::Set(args) => subnet::set(&context, &args).await,
            SubnetCommand::Epochs(args) => subnet::epochs(&context, args.netuid).await,
            SubnetCommand::Emission => subnet::emission(&context).await,
            SubnetCommand::Close(args) => subnet::close(&context, &args).await,
        },
        Command::Neuron(command) => match command {
            NeuronCommand::Register(args) => neuron::register(&context, &args).await,
            NeuronCommand::Bind(args) => neuron::bind(&context, &args).await,
            NeuronCommand::Unbind(args) => neuron::unbind(&context, &args).await,
            NeuronCommand::Endpoint(args) => neuron::endpoint(&context, &args).await,
            NeuronCommand::Show(args) => neuron::show(&context, &args).await,
            NeuronCommand::Deregister(args) => neuron::deregister(&context, args.netuid).await,
        },
        Command::Score(command) => match command {
            ScoreCommand::Commit(args) => score::commit(&context, args).await,
            ScoreCommand::Reveal(args) => score::reveal(&context, &args).await,
            ScoreCommand::Status(args) => score::status(&context, args.netuid).await,
        },
        Command::Evaluate(args) => evaluate::run(&context, &args).await,
        Command::Stake(command) => match command {
            StakeCommand::Allocate(args) => stake::allocate(&context, &args).await,
            StakeCommand::Move(args) => stake::move_stake(&context, &args).await,
            StakeCommand::Unbond(args) => stake::unbond(&context, &args).await,
            StakeCommand::Withdraw => stake::withdraw(&context).await,
            StakeCommand::Dividends(args) => stake::dividends(&context, &args).await,
            StakeCommand::Take(args) => stake::take(&context, &args).await,
            StakeCommand::Show(args) => stake::show(&context, args.holder.as_deref()).await,
            StakeCommand::Evaluator(args) => stake::evaluator(&context, &args).await,
        },
        Command::Statement(args) => payouts::statement(&context, &args).await,
        Command::Search(args) => search::run(&context, &args).await,
        Command::Show(args) => show::run(&context, &args.target).await,
        Command::Lineage(args) => lineage::run(&context, &args).await,
        Command::Verify(args) => verify::run(&context, &args).await,
        Command::Pull(args) => pull::run(&context, &args).await,
        Command::Prove(args) => prove::run(&context, &args),
        Command::VerifyProof(args) => verify_proof::run(&context, &args).await,
        Command::ExportState(args) => export_state::run(&context, &args).await,
        Command::Man(args) => man::run(&context, &args),
        Command::Completions(args) => completions::run(&context, args.shell),
    }
}
