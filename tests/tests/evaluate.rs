//! `pedigree evaluate`: an evaluator that runs by itself, with contributors who don't do as they should.
//!
//! An epoch lasts ten blocks here, half a minute.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pedigree_tests::document::Document;
use pedigree_tests::files::{self, Tensor, MODEL};
use pedigree_tests::money::PDG;
use pedigree_tests::pedigree::Answer;
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{until, Account, Mirror, Node, Pedigree};
use serde_json::{json, Value};

/// The first subnet of a chain.
const NETUID: u64 = 0;

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// Releases on a publisher's disk, each in a folder with its manifest beside it.
struct Published {
    folder: tempfile::TempDir,
}

impl Published {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("there is room for temporary files") }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A small model whose weights are its own.
    fn model(&self, name: &str, seed: u8) -> Value {
        let tensors = MODEL.map(|tensor| Tensor { seed: tensor.seed + seed, ..tensor });
        files::write_model(&self.path().join(name), name, &tensors);
        self.hashed(name)
    }

    fn hashed(&self, name: &str) -> Value {
        let manifest = self.path().join(format!("{name}.manifest.json"));
        Pedigree::new().json(&["hash", text(&self.path().join(name)), "-o", text(&manifest)])
    }
}

/// A model of somebody's, registered with a location, and bound in the subnet: its root.
fn contributes(rpc: Rpc, who: &Account, record: &str, hashed: &Value, location: &str) -> String {
    who.claim(rpc, record.split('/').next().unwrap());
    let release = json!({
        "manifest": {
            "root": hashed["root"], "files": hashed["files"], "tensors": hashed["tensors"], "bytes": hashed["bytes"],
        },
        "terms": {
            "licence": "MIT", "commercialUse": true, "derivatives": true, "shareAlike": false, "attribution": false,
            "royalty": 0,
        },
        "locations": [location],
    });
    who.register(rpc, record, "model", release);
    who.act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID, "release": record }));
    hashed["root"].as_str().expect("a root is text").to_owned()
}

/// A subnet of Charlie's with short epochs, in which Dave is an evaluator.
fn with_evaluator(rpc: Rpc, kind: &str) {
    let (charlie, dave) = (Account::charlie(), Account::dave());
    charlie.act(rpc, json!({ "action": "foundSubnet", "kind": kind, "name": "tiny" }));
    charlie.act(rpc, json!({ "action": "setHyperparameter", "netuid": NETUID, "name": "tempo", "value": "10" }));
    dave.act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID }));
    let stake = json!({
        "action": "allocateStake", "netuid": NETUID, "evaluator": dave.address(), "amount": (500 * PDG).to_string(),
        "acceptedTake": 100_000,
    });
    dave.act(rpc, stake);
}

fn epoch(rpc: Rpc) -> u64 {
    rpc.get("subnets_subnet", json!([NETUID]))["epoch"].as_u64().expect("a number")
}

fn wait_for_epoch(rpc: Rpc, number: u64) {
    until(&format!("epoch {number}"), Duration::from_secs(120), || (epoch(rpc) >= number).then_some(()));
}

/// Dave, with a folder for his evaluator, and a file in which every run of his command is noted.
struct Evaluator {
    user: Pedigree,
    folder: tempfile::TempDir,
}

impl Evaluator {
    fn new(node: &Node) -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        Self { user: Pedigree::new().at(&node.url()).with_account("dev:dave"), folder }
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn runs(&self) -> PathBuf {
        self.folder.path().join("runs")
    }

    /// What the command was given, each time.
    fn inputs(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.runs()).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("the input is JSON")).collect()
    }

    /// The arguments for an evaluator whose command is that script, after it has noted its input.
    fn arguments(&self, options: &[&str], script: &str) -> Vec<String> {
        let script = format!("read -r input; printf '%s\\n' \"$input\" >> '{}'; {script}", text(&self.runs()));
        let cache = self.cache();
        let begin = ["evaluate", "0", "--json", "--patience", "2s", "--cache", text(&cache)];
        let end = ["--", "sh", "-c", &script];
        begin.iter().chain(options).chain(&end).map(|word| (*word).to_owned()).collect()
    }

    fn run(&self, options: &[&str], script: &str) -> Answer {
        self.user.run(&self.arguments(options, script))
    }
}

/// The lines that an evaluator has answered.
fn events(answer: &Answer) -> Vec<Value> {
    let lines = answer.stdout.lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

fn of<'a>(events: &'a [Value], name: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["event"] == json!(name)).collect()
}

/// The last thing that was said of an uid's score.
fn scored(events: &[Value], uid: u64) -> &Value {
    let of_uid = of(events, "scored").into_iter().rfind(|event| event["uid"] == json!(uid));
    of_uid.unwrap_or_else(|| panic!("nothing is said of uid {uid}: {events:?}"))
}

/// A score that depends on the files that the command was given: it has them, whole.
const BY_FILES: &str = "echo working >&2; test -z \"$PEDIGREE_HOME$PEDIGREE_PASSWORD_FILE\" || exit 9; \
    folder=$(printf %s \"$input\" | sed 's/.*\"folder\":\"\\([^\"]*\\)\".*/\\1/'); \
    test -s \"$folder/model.safetensors\" || exit 8; echo noise; echo '{\"score\": 0.5}'";

#[test]
fn only_what_has_the_right_bytes_is_scored_and_what_was_committed_is_revealed_after_a_kill() {
    let node = Node::dev();
    let rpc = node.rpc();
    let mut document = Document::read();
    with_evaluator(rpc, "model");
    let published = Published::new();
    let good = published.model("good", 0);
    let bad = published.model("bad", 50);
    let honest = Mirror::honest(published.path());
    // Its manifest is right, its weights are somebody else's, as long as they should be.
    let liar = Mirror::of(published.path(), |exchange| match exchange.request.path.as_str() {
        "bad/model.safetensors" => {
            let mut bytes = exchange.bytes().unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            exchange.whole(&bytes);
        }
        _ => exchange.honest(),
    });
    let root = contributes(rpc, &Account::bob(), "bob-lab/good", &good, &format!("{}/good", honest.url()));
    contributes(rpc, &Account::alice(), "alice-lab/bad", &bad, &format!("{}/bad", liar.url()));
    wait_for_epoch(rpc, 1);

    // Killed right after it has committed: the scores are on the disk, the commitment is on the chain.
    let evaluator = Evaluator::new(&node);
    let arguments = evaluator.arguments(&[], BY_FILES);
    let mut first = evaluator.user.start(&arguments);
    first.wait_for_answer("\"committed\"");
    let first = first.kill();
    let before = events(&first);
    assert_eq!(scored(&before, 2)["score"], json!(0.5), "{first}");
    let liars = scored(&before, 3);
    assert_eq!(liars["score"], json!(0.0), "{first}");
    assert!(
        liars["reason"].as_str().is_some_and(|reason| reason.contains("no mirror gives model.safetensors")),
        "{liars}"
    );
    let committed = of(&before, "committed")[0];
    let scores = json!([{ "uid": 2, "score": 65_535, "root": root }, { "uid": 3, "score": 0, "root": bad["root"] }]);
    assert_eq!(committed["scores"], scores, "{first}");
    first.says("working");
    assert_eq!(evaluator.inputs().len(), 1, "only what has the right bytes reaches the command");
    let input = &evaluator.inputs()[0];
    assert_eq!((&input["uid"], &input["root"]), (&json!(2), &json!(root)));
    assert_eq!(input["releaseName"], json!("bob-lab/good@1"));
    let folder = input["folder"].as_str().unwrap();
    assert_eq!(Pedigree::new().json(&["hash", folder])["root"], json!(root));

    // The same command again: it reveals just that, scores nothing anew, and commits to the same in the next epoch.
    let mut second = evaluator.user.start(&evaluator.arguments(&["--epochs", "2"], BY_FILES));
    second.wait_for_answer("\"revealed\"");
    let second = second.finish().code(0);
    let after = events(&second);
    let revealed = of(&after, "revealed");
    assert_eq!(revealed[0]["committed"], committed["epoch"], "{second}");
    assert_eq!((&revealed[0]["scores"], &revealed[0]["counted"]), (&scores, &json!(2)), "{second}");
    assert_eq!(revealed.len(), 2, "{second}");
    assert_eq!(evaluator.inputs().len(), 1, "an unchanged release was scored again");
    assert!(of(&after, "lost").is_empty(), "{second}");
    for event in before.iter().chain(&after) {
        document.compare("evaluate", event);
    }
    let paid = revealed[0]["epoch"].as_u64().unwrap();
    wait_for_epoch(rpc, paid + 1);
    rpc.settle();
    let epochs = rpc.get("subnets_epochs", json!([NETUID]));
    let paid = epochs.as_array().unwrap().iter().find(|epoch| epoch["epoch"] == json!(paid)).unwrap();
    assert_eq!(paid["scored"], json!(1), "{epochs}");
    document.is_complete(|command| command == "evaluate");
}

#[test]
fn what_hangs_or_fails_is_zero_but_not_everybody() {
    let node = Node::dev();
    let rpc = node.rpc();
    with_evaluator(rpc, "service");
    for (who, endpoint) in [(Account::bob(), "good"), (Account::alice(), "hangs"), (Account::charlie(), "fails")] {
        who.act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID }));
        who.act(rpc, json!({ "action": "setEndpoint", "netuid": NETUID, "endpoint": endpoint }));
    }
    wait_for_epoch(rpc, 1);
    let evaluator = Evaluator::new(&node);
    let committed = || rpc.get("subnets_neuron", json!([NETUID, Account::dave().address()]))["committed"].clone();

    // What is the evaluator's own fault is nobody's zero.
    evaluator.run(&["--once"], "exit 1").code(6).says("scored nobody");
    let cache = evaluator.cache();
    let missing = ["evaluate", "0", "--once", "--cache", text(&cache), "--", "/no/such/program"];
    evaluator.user.run(&missing).code(6).says("can't be run");
    evaluator.user.run(&missing[..5]).code(2).says("COMMAND");
    assert_eq!(committed(), json!(false));

    // The second hangs and leaves a process behind, the third writes no number.
    let script = "case \"$input\" in *hangs*) sleep 300 & sleep 300;; *fails*) echo NaN;; *) echo 3;; esac";
    let answer = evaluator.run(&["--once", "--timeout", "2s"], script).code(0);
    let events = events(&answer);
    assert_eq!(scored(&events, 2)["score"], json!(3.0), "{answer}");
    for (uid, why) in [(3, "longer than 2 s"), (4, "no score")] {
        let event = scored(&events, uid);
        assert_eq!(event["score"], json!(0.0), "{answer}");
        assert!(event["reason"].as_str().is_some_and(|reason| reason.contains(why)), "{event}");
    }
    let committed = of(&events, "committed")[0];
    assert_eq!(committed["scores"][0], json!({ "uid": 2, "score": 65_535, "root": null }), "{answer}");
    assert_eq!(of(&events, "revealed").len(), 1, "{answer}");

    // Where all are worth nothing, that is burned; and Ctrl-C ends the command, too.
    let answer = evaluator.run(&["--once"], "echo 0").code(0).says("burn slot");
    assert_eq!(
        of(&self::events(&answer), "committed")[0]["scores"],
        json!([{ "uid": 0, "score": 65_535, "root": null }])
    );
    let alive = evaluator.folder.path().join("alive");
    let script = format!("echo $$ >&2; sleep 4; touch '{}'", text(&alive));
    let mut running = evaluator.user.start(&evaluator.arguments(&[], &script));
    running.wait_for(" | ");
    running.interrupt();
    running.finish().code(130).says("goes on where it was");
    std::thread::sleep(Duration::from_secs(5));
    assert!(!alive.exists(), "the command went on");
}

/// A line to a node, which can be cut.
struct Line {
    address: SocketAddr,
    /// The connections; none while it is cut.
    open: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl Line {
    fn to(node: &Node) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let address = listener.local_addr().expect("it listens");
        let open = Arc::new(Mutex::new(Some(Vec::new())));
        let (shared, port) = (open.clone(), node.rpc().port());
        std::thread::spawn(move || {
            for near in listener.incoming().filter_map(Result::ok) {
                let mut open = shared.lock().unwrap_or_else(PoisonError::into_inner);
                // Dropped, it is refused.
                let Some(open) = open.as_mut() else { continue };
                let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { continue };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    std::thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                open.extend([near, far]);
            }
        });
        Self { address, open }
    }

    fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    fn cut(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        for stream in open.into_iter().flatten() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }
}

#[test]
fn a_node_that_goes_away_is_waited_for_and_what_is_too_late_is_said() {
    let node = Node::dev();
    let rpc = node.rpc();
    with_evaluator(rpc, "service");
    Account::bob().act(rpc, json!({ "action": "registerNeuron", "netuid": NETUID }));
    Account::bob().act(rpc, json!({ "action": "setEndpoint", "netuid": NETUID, "endpoint": "there" }));
    wait_for_epoch(rpc, 1);
    let line = Line::to(&node);
    let mut evaluator = Evaluator::new(&node);
    evaluator.user = evaluator.user.at(&line.url());

    // For a moment: it is revealed in time.
    let mut running = evaluator.user.start(&evaluator.arguments(&["--once"], "echo 1"));
    running.wait_for_answer("\"committed\"");
    line.cut();
    running.wait_for_answer("\"retrying\"");
    line.mend();
    let answer = running.finish().code(0);
    assert_eq!(of(&events(&answer), "revealed").len(), 1, "{answer}");

    // For longer than the epoch in which it could be revealed.
    let mut running = evaluator.user.start(&evaluator.arguments(&["--once"], "echo 1"));
    running.wait_for_answer("\"committed\"");
    let committed = epoch(rpc);
    line.cut();
    wait_for_epoch(rpc, committed + 2);
    line.mend();
    let answer = running.finish().code(1).says("was not revealed in time");
    let lost = of(&events(&answer), "lost").into_iter().map(|event| event["epoch"].clone()).collect::<Vec<_>>();
    assert_eq!(lost, [json!(committed)], "{answer}");
    let mut document = Document::read();
    for event in events(&answer).iter().filter(|event| event["event"].is_string()) {
        document.compare("evaluate", event);
    }

    // Without a node to begin with there is nothing to wait for.
    line.cut();
    evaluator.run(&["--once"], "echo 1").code(4);
}
