//! Something that looks like a node, and is none of this chain.

use jsonrpsee::{server::Server, RpcModule};
use serde_json::{json, Value};
use tokio::runtime::Runtime;

/// A server that answers these methods, and no others.
#[derive(Debug)]
pub struct OtherChain {
    port: u16,
    // Dropping it ends the server.
    _runtime: Runtime,
}

impl OtherChain {
    /// A node of a chain with this name.
    pub fn named(spec_name: &str) -> Self {
        let version = json!({
            "specName": spec_name, "implName": "other", "authoringVersion": 1, "specVersion": 1, "implVersion": 1,
            "apis": [], "transactionVersion": 1, "stateVersion": 1,
        });
        Self::answering(vec![
            ("state_getRuntimeVersion", version),
            ("chain_getBlockHash", json!(format!("0x{}", "42".repeat(32)))),
            ("system_properties", json!({ "tokenSymbol": "OTHER", "tokenDecimals": 10 })),
            ("system_chainType", json!("Live")),
        ])
    }

    /// A node of this chain, but of a network whose tokens are worth something.
    pub fn live() -> Self {
        Self::named("pedigree")
    }

    fn answering(methods: Vec<(&'static str, Value)>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let mut module = RpcModule::new(());
        for (name, answer) in methods {
            module.register_method(name, move |_, (), _| answer.clone()).expect("each name is there once");
        }
        let port = runtime.block_on(async {
            let server = Server::builder().build("127.0.0.1:0").await.expect("some port is free");
            let port = server.local_addr().expect("it listens").port();
            tokio::spawn(server.start(module).stopped());
            port
        });
        Self { port, _runtime: runtime }
    }

    /// The address that `pedigree` is given.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }
}
