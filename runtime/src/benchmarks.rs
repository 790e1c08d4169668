//! Which pallets can be measured. The names are those that `make runtime-weights` goes by.

use crate::Runtime;

impl frame_benchmarking::baseline::Config for Runtime {}
impl frame_system_benchmarking::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

frame_benchmarking::define_benchmarks!(
    [frame_benchmarking, BaselineBench::<Runtime>]
    [frame_system, SystemBench::<Runtime>]
    [frame_system_extensions, SystemExtensionsBench::<Runtime>]
    [pallet_balances, Balances]
    [pallet_babe, Babe]
    [pallet_conviction_voting, ConvictionVoting]
    [pallet_dap, Dap]
    [pallet_datasets, Datasets]
    [pallet_grandpa, Grandpa]
    [pallet_models, Models]
    [pallet_multisig, Multisig]
    [pallet_namespaces, Namespaces]
    [pallet_payouts, Payouts]
    [pallet_preimage, Preimage]
    [pallet_proxy, Proxy]
    [pallet_records, Records]
    [pallet_referenda, Referenda]
    [pallet_registrars, Registrars]
    [pallet_reservations, Reservations]
    [pallet_scheduler, Scheduler]
    [pallet_sponsorship, Sponsorship]
    [pallet_stake, Stake]
    [pallet_subnets, Subnets]
    [pallet_timestamp, Timestamp]
    [pallet_transaction_payment, TransactionPayment]
    [pallet_utility, Utility]
);
