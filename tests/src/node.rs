//! Nodes: started on free ports, with a directory of their own, and always stopped.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::process;
use crate::rpc::Rpc;

/// How long a node may take until it answers. Its first start compiles the runtime, perhaps beside others doing the same.
const START: Duration = Duration::from_secs(120);
/// How long it may take to stop.
const STOP: Duration = Duration::from_secs(30);
/// As many lines of its log are shown when a test fails.
const LAST_WORDS: usize = 40;

/// A node, and the directory that its data is in.
#[derive(Debug)]
pub struct Node {
    name: String,
    arguments: Vec<String>,
    directory: TempDir,
    starts: u32,
    running: Option<Child>,
    rpc: Rpc,
}

impl Node {
    /// A development node (one authority, Alice) that has made a block.
    pub fn dev() -> Self {
        let node = Self::start("dev", &["--dev"]);
        node.rpc().wait_for_best(1);
        node
    }

    /// A node with these arguments that answers; ports, directory and name are seen to.
    pub fn start(name: &str, arguments: &[&str]) -> Self {
        let mut node = Self {
            name: name.to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            directory: tempfile::tempdir().expect("there is room for temporary files"),
            starts: 0,
            running: None,
            rpc: Rpc::new(0),
        };
        node.start_again();
        node
    }

    /// Starts it on the data that it has with other arguments, which it has to refuse: what it says.
    pub fn refuses(&mut self, arguments: &[&str]) -> String {
        let others = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let usual = std::mem::replace(&mut self.arguments, others);
        self.spawn();
        self.arguments = usual;
        let mut child = self.running.take().expect("it was started");
        let status = process::wait(&mut child, START);
        process::end(&mut child);
        let said = self.said();
        assert!(status.is_some_and(|status| !status.success()), "{} does not refuse:\n{said}", self.name);
        said
    }

    /// Starts it once more, on the data that it has.
    pub fn start_again(&mut self) {
        self.spawn();
        self.wait_for_answers();
    }

    fn spawn(&mut self) {
        assert!(self.running.is_none(), "{} runs already", self.name);
        self.starts += 1;
        let log = File::create(self.log()).expect("the directory is ours");
        // Metrics have a port that can't be told from the log, so only who asks for one has it.
        let metrics = self.arguments.iter().any(|argument| argument == "--prometheus-port");
        // Port 0: the system chooses free ones, and the log says which.
        let child = process::command(&process::program("PEDIGREE_NODE_BIN", "pedigree-node"))
            .args(&self.arguments)
            .arg("--base-path")
            .arg(self.directory.path().join("data"))
            .args(["--name", &self.name, "--rpc-port", "0", "--port", "0"])
            .args(["--no-mdns", "--no-telemetry"])
            .args((!metrics).then_some("--no-prometheus"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file can be had twice"))
            .stderr(log)
            .spawn()
            .expect("the node can be started");
        self.running = Some(child);
    }

    fn wait_for_answers(&mut self) {
        let begun = Instant::now();
        loop {
            if let Some(rpc) = self.rpc_of_log() {
                if rpc.try_call("system_health", &json!([])).is_ok_and(|answer| answer.is_ok()) {
                    self.rpc = rpc;
                    return;
                }
            }
            let ended = self.running.as_mut().and_then(|child| child.try_wait().ok().flatten());
            if let Some(status) = ended {
                panic!("{} stopped by itself ({status})", self.name);
            }
            assert!(begun.elapsed() < START, "{} doesn't answer after {} s", self.name, START.as_secs());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Its RPC server.
    pub fn rpc(&self) -> Rpc {
        self.rpc
    }

    /// The address that `pedigree` is given.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.rpc.port())
    }

    /// The address that other nodes are given.
    pub fn network_address(&self) -> String {
        let addresses = self.rpc.get("system_localListenAddresses", json!([]));
        let found = addresses.as_array().and_then(|addresses| {
            addresses
                .iter()
                .filter_map(|address| address.as_str())
                .find(|address| address.starts_with("/ip4/127.0.0.1/tcp/"))
        });
        found.unwrap_or_else(|| panic!("{} listens nowhere: {addresses}", self.name)).to_owned()
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        let mut child = self.running.take().unwrap_or_else(|| panic!("{} doesn't run", self.name));
        process::signal(&child, "TERM");
        match process::wait(&mut child, STOP) {
            Some(status) => status,
            None => {
                self.running = Some(child);
                panic!("{} was asked to stop and still runs after {} s", self.name, STOP.as_secs());
            }
        }
    }

    /// Ends it without a chance to put anything in order.
    pub fn kill(&mut self) {
        let mut child = self.running.take().unwrap_or_else(|| panic!("{} doesn't run", self.name));
        child.kill().expect("it is a child of this process");
        child.wait().expect("it is a child of this process");
    }

    /// What it has said since it was started last.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn log(&self) -> PathBuf {
        self.directory.path().join(format!("log.{}", self.starts))
    }

    fn rpc_of_log(&self) -> Option<Rpc> {
        let log = self.said();
        let (_, after) = log.split_once("Running JSON-RPC server: addr=127.0.0.1:")?;
        // The line is whole only if something follows the digits.
        let end = after.find(|letter: char| !letter.is_ascii_digit())?;
        after.get(..end)?.parse().ok().map(Rpc::new)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.take() {
            process::end(&mut child);
        }
        if std::thread::panicking() {
            let log = self.said();
            let lines: Vec<&str> = log.lines().collect();
            let first = lines.len().saturating_sub(LAST_WORDS);
            eprintln!("--- the last words of node {}:", self.name);
            lines.iter().skip(first).for_each(|line| eprintln!("{line}"));
        }
    }
}
