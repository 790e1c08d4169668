//! Whether the ports are free, asked before anything is started.
//!
//! The SDK would move the RPC to a random port, share the network port with whoever has it, and serve no metrics, each
//! with a line in the log that nobody sees. Here a port that was asked for must be free. A port that merely is the default
//! may give way, with a warning, except a network port that other nodes may have been told.

use sc_cli::RunCmd;
use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{ChainType, Configuration};
use std::{
    collections::BTreeSet,
    io::ErrorKind,
    net::{IpAddr, SocketAddr, TcpListener},
};

/// Which ports the user asked for by number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AskedFor {
    network: bool,
    rpc: bool,
    metrics: bool,
}

impl AskedFor {
    /// As given on the command line.
    pub(crate) fn on(command: &RunCmd) -> Self {
        Self {
            network: command.network_params.port.is_some() || !command.network_params.listen_addr.is_empty(),
            rpc: command.rpc_params.rpc_port.is_some() || !command.rpc_params.experimental_rpc_endpoint.is_empty(),
            metrics: command.prometheus_params.prometheus_port.is_some(),
        }
    }
}

/// Refuses to start on ports that are taken, with a sentence that says which and what to do.
pub(crate) fn check(config: &mut Configuration, asked_for: AskedFor) -> Result<(), String> {
    let mut taken = BTreeSet::new();

    let network = config.network.listen_addresses.iter().filter_map(tcp_address);
    for port in taken_among(network) {
        if !asked_for.network && config.chain_spec.chain_type() == ChainType::Development {
            tracing::warn!("The network port {port} is in use; another one is taken. Choose one with --port.");
            config.network.listen_addresses.iter_mut().for_each(|address| *address = on_any_port(address));
        } else {
            taken.insert((port, "network", "--port"));
        }
    }

    let rpc = config.rpc.addr.iter().flatten().filter(|endpoint| !endpoint.is_optional);
    for port in taken_among(rpc.map(|endpoint| endpoint.listen_addr)) {
        if asked_for.rpc {
            taken.insert((port, "RPC", "--rpc-port"));
        } else {
            tracing::warn!("The RPC port {port} is in use; another one is taken. Choose one with --rpc-port.");
        }
    }

    let metrics = config.prometheus_config.iter().map(|config| config.port);
    for port in taken_among(metrics) {
        if asked_for.metrics {
            taken.insert((port, "metrics", "--prometheus-port"));
        } else {
            tracing::warn!(
                "The metrics port {port} is in use; no metrics are served. Choose one with --prometheus-port."
            );
        }
    }

    if taken.is_empty() {
        return Ok(());
    }
    let each: Vec<String> = taken
        .into_iter()
        .map(|(port, what, option)| format!("The {what} port {port} is already in use: choose another with {option}."))
        .collect();
    Err(each.join(" "))
}

/// The ports at which somebody else listens. Port 0 is any free one.
fn taken_among(addresses: impl Iterator<Item = SocketAddr>) -> BTreeSet<u16> {
    addresses
        .filter(|address| address.port() != 0)
        .filter(|address| matches!(TcpListener::bind(address), Err(error) if error.kind() == ErrorKind::AddrInUse))
        .map(|address| address.port())
        .collect()
}

/// Where a network address listens, if that is plain TCP.
fn tcp_address(address: &Multiaddr) -> Option<SocketAddr> {
    let mut parts = address.iter();
    let ip: IpAddr = match parts.next()? {
        Protocol::Ip4(ip) => ip.into(),
        Protocol::Ip6(ip) => ip.into(),
        _ => return None,
    };
    match parts.next()? {
        Protocol::Tcp(port) => Some(SocketAddr::new(ip, port)),
        _ => None,
    }
}

/// The same address with the port left to the system.
fn on_any_port(address: &Multiaddr) -> Multiaddr {
    address
        .iter()
        .map(|part| match part {
            Protocol::Tcp(_) => Protocol::Tcp(0),
            Protocol::Udp(_) => Protocol::Udp(0),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_somebody_listens_at_is_taken_and_a_closed_one_is_free() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("some port is free");
        let address = listener.local_addr().expect("it listens");
        assert_eq!(taken_among([address].into_iter()), BTreeSet::from([address.port()]));
        drop(listener);
        assert!(taken_among([address].into_iter()).is_empty());
    }

    #[test]
    fn port_zero_is_never_taken() {
        let any: SocketAddr = "0.0.0.0:0".parse().expect("it is an address");
        assert!(taken_among([any].into_iter()).is_empty());
    }

    #[test]
    fn only_tcp_addresses_are_asked_for() {
        let tcp: Multiaddr = "/ip4/0.0.0.0/tcp/30333/ws".parse().expect("it is an address");
        assert_eq!(tcp_address(&tcp), "0.0.0.0:30333".parse().ok());
        let udp: Multiaddr = "/ip4/0.0.0.0/udp/30333/webrtc-direct".parse().expect("it is an address");
        assert_eq!(tcp_address(&udp), None);
    }

    #[test]
    fn an_address_on_any_port_keeps_everything_else() {
        let address: Multiaddr = "/ip4/0.0.0.0/tcp/30333/ws".parse().expect("it is an address");
        assert_eq!(on_any_port(&address).to_string(), "/ip4/0.0.0.0/tcp/0/ws");
    }
}
