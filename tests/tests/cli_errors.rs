//! What the command line says when something is wrong: a sentence, what to do, and an exit code. Nothing is paid for nothing.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use pedigree_tests::account::{catalogue, release};
use pedigree_tests::files::{self, MODEL};
use pedigree_tests::other_chain::OtherChain;
use pedigree_tests::other_runtime::OtherRuntime;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

/// No: it differs, it isn't proven, there is no such thing.
const NO: i32 = 1;
/// The command line makes no sense.
const USAGE: i32 = 2;
/// The chain refuses.
const REFUSED: i32 = 3;
/// No node answers.
const NO_NODE: i32 = 4;
/// A key is missing or locked.
const KEY: i32 = 5;
/// A file can't be read or isn't what it claims to be.
const INPUT: i32 = 6;
/// Another chain.
const OTHER: i32 = 7;

/// A port where nobody listens.
fn nowhere() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("some port is free");
    let address = listener.local_addr().expect("it listens");
    format!("ws://{address}")
}

/// The folder of a small model.
fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    files::write_model(folder.path(), "tiny", &MODEL);
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// How many commands are under way in a home.
fn journals(home: &Path) -> usize {
    fs::read_dir(home.join("journal")).map(Iterator::count).unwrap_or_default()
}

#[test]
fn without_a_node_it_is_said_how_to_get_one() {
    let model = model();
    let user = Pedigree::new().at(&nowhere()).with_account("dev:alice");
    let commands: [&[&str]; 5] = [
        &["show", "alice"],
        &["verify", text(model.path())],
        &["namespace", "claim", "alice-lab"],
        &["register", "model", "alice-lab/tiny", text(model.path()), "--licence", "MIT"],
        &["catalogue", "model", "hf:tests/tiny", text(model.path()), "--licence", "MIT"],
    ];
    for command in commands {
        user.run(command).code(NO_NODE).says("no node answers").says("make run").says("--node");
    }
    assert_eq!(journals(user.home()), 0, "something is under way though nothing could be sent");
    // For programs: the same, as JSON.
    let error = &user.json_with_code(&["show", "alice"], NO_NODE)["error"];
    assert_eq!((&error["kind"], &error["code"]), (&json!("node"), &json!(4)));
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("--node")), "{error}");
    // What needs no node works without.
    user.run(&["hash", text(model.path())]).code(0);
    Pedigree::new().at("not an address").run(&["show", "alice"]).code(USAGE).says("is no node's address");
}

#[test]
fn another_chain_is_told_apart_before_anything_is_signed() {
    let other = OtherChain::named("somebody-elses");
    let model = model();
    let user = Pedigree::new().at(&other.url()).with_account("dev:alice");
    user.run(&["show", "alice"]).code(OTHER).says("serves another chain").says("somebody-elses").says("--node");
    let command = ["register", "model", "alice-lab/tiny", text(model.path()), "--licence", "MIT"];
    user.run(&command).code(OTHER).says("serves another chain");
    // One of this chain, but of a version without these methods.
    let old = OtherChain::named("pedigree");
    let user = Pedigree::new().at(&old.url());
    user.run(&["show", "alice"]).code(OTHER).says("does not know namespaces_get").says("update the older one");
}

#[test]
fn a_locked_key_stays_locked() {
    let files = tempfile::tempdir().expect("there is room for temporary files");
    let password = |text: &str| {
        let path = files.path().join(text);
        fs::write(&path, format!("{text}\n")).expect("the folder is ours");
        path
    };
    let user = Pedigree::new().at(&nowhere());
    user.run(&["namespace", "claim", "alice-lab"]).code(KEY).says("there is no key yet").says("pedigree key new");
    // Nobody to ask, and no file.
    user.run(&["key", "new", "work"]).code(KEY).says("no terminal").says("--password-file");
    let user = user.with_password_file(&password("right"));
    let made = user.json(&["key", "new", "work"]);
    assert_eq!(made["mnemonic"].as_str().map(|words| words.split(' ').count()), Some(12));
    user.run(&["key", "list"]).code(0).says(made["address"].as_str().expect("an address is text"));
    let key = fs::read_to_string(made["path"].as_str().expect("a path is text")).expect("it was written");
    assert!(!key.contains("right"), "the password is in the file");

    // The right password gets as far as the node that isn't there; a wrong one doesn't.
    user.run(&["namespace", "claim", "alice-lab"]).code(NO_NODE);
    let user = user.with_password_file(&password("wrong"));
    user.run(&["namespace", "claim", "alice-lab"]).code(KEY).says("wrong password").says("work");
    user.run(&["namespace", "claim", "alice-lab", "--account", "nobody"]).code(KEY).says("`nobody`").says("work");
    user.run(&["key", "new", "work"]).code(KEY).says("never overwritten");
    let absent = files.path().join("absent");
    let user = user.with_password_file(&absent);
    user.run(&["namespace", "claim", "alice-lab"]).code(INPUT).says("absent");
}

#[test]
fn files_that_are_not_what_they_claim_are_named_before_anything_is_sent() {
    let model = model();
    let weights = model.path().join("model.safetensors");
    let whole = fs::read(&weights).expect("it was written");
    let user = Pedigree::new().at(&nowhere());
    let hash = || user.run(&["hash", text(model.path())]);

    fs::write(&weights, &whole[..whole.len() - 1]).expect("it is ours");
    hash().code(INPUT).says("model.safetensors");
    let mut lying = whole;
    lying[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    fs::write(&weights, &lying).expect("it is ours");
    hash().code(INPUT).says("model.safetensors");

    let empty = tempfile::tempdir().expect("there is room for temporary files");
    user.run(&["hash", text(empty.path())]).code(INPUT).says("no file in this folder");
    user.run(&["hash", text(&empty.path().join("absent"))]).code(INPUT).says("absent");
    std::os::unix::fs::symlink(empty.path(), empty.path().join("loop")).expect("the folder is ours");
    user.run(&["hash", text(empty.path())]).code(INPUT).says("loop: this link leads back");

    // Proofs that are none.
    let proof = empty.path().join("proof.json");
    let root = format!("0x{}", "00".repeat(32));
    for bytes in [&b"{}"[..], b"", b"\xff\xff", b"[[[[", &[b'{'; 1_000_000]] {
        fs::write(&proof, bytes).expect("the folder is ours");
        user.run(&["verify-proof", text(&proof), "--root", &root]).code(INPUT).says("is no proof");
    }

    // What has no end, and what never begins.
    let pipe = empty.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there").success());
    for endless in ["/dev/zero", text(&pipe)] {
        for command in [
            &["verify-proof", endless, "--root", &root][..],
            &["prove", text(model.path()), "--tensor", MODEL[0].name, "--manifest", endless],
            &["pull", &root, "--from", text(model.path()), "--to", text(&proof), "--manifest", endless],
            &["merge", endless],
            &["hash", text(model.path()), "--salt-file", endless],
        ] {
            user.run(command).code(INPUT).says("not a regular file").says(endless);
        }
        user.run(&["hash", endless]).code(INPUT).says(endless);
    }
}

#[test]
fn a_path_that_is_no_utf_8_is_shown_as_well_as_it_can_be() {
    let model = model();
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let folder = folder.path().join(OsStr::from_bytes(b"m\xff"));
    fs::create_dir(&folder).expect("the folder is ours");
    let (manifest, proof, chunk) = (folder.join("manifest"), folder.join("proof"), folder.join("chunk"));
    let user = Pedigree::new();
    let json = |words: &[&OsStr]| user.json(words);
    let word = OsStr::new;
    let hashed = json(&[word("hash"), model.path().as_os_str(), word("-o"), manifest.as_os_str()]);
    let shown = |name: &str| format!("m\u{fffd}/{name}");
    let ends = |answer: &Value, name: &str| answer.as_str().is_some_and(|path| path.ends_with(&shown(name)));
    assert!(ends(&hashed["manifest"], "manifest"), "{hashed}");
    assert!(fs::read_to_string(&manifest).is_ok_and(|json| json.contains("model.safetensors")));

    let weights = ["--file", "model.safetensors", "--chunk", "0"].map(word);
    let written = [word("-o"), proof.as_os_str(), word("--chunk-output"), chunk.as_os_str()];
    let proved = json(&[&[word("prove"), model.path().as_os_str()][..], &weights, &written].concat());
    assert!(ends(&proved["proof"], "proof"), "{proved}");
    let verified = json(&[word("verify-proof"), proof.as_os_str(), word("--path"), chunk.as_os_str()]);
    assert!(ends(&verified["comparedWith"], "chunk"), "{verified}");
    assert_eq!(verified["root"], hashed["root"]);

    let part = folder.join("part");
    let made = [word("hash"), model.path().as_os_str(), word("--part"), word("1/1"), word("-o"), part.as_os_str()];
    assert!(ends(&json(&made)["part"], "part"));
    assert_eq!(json(&[word("merge"), part.as_os_str()])["root"], hashed["root"]);
    assert!(ends(&json(&[word("man"), folder.join("man").as_os_str()])["folder"], "man"));
    // And for people.
    user.run(&[word("verify-proof"), proof.as_os_str(), word("--path"), chunk.as_os_str()])
        .code(0)
        .says(&shown("chunk"));
    let from = model.path().as_os_str();
    let root = OsString::from(hashed["root"].as_str().expect("a root is text"));
    let pulled = folder.join("pulled");
    let pull = [word("pull"), &root, word("--from"), from, word("--manifest"), manifest.as_os_str(), word("--to")];
    assert!(ends(&json(&[&pull[..], &[pulled.as_os_str()]].concat())["folder"], "pulled"));
}

#[test]
fn what_the_chain_would_refuse_is_said_before_anything_is_paid() {
    let node = Node::dev();
    let rpc = node.rpc();
    let model = model();
    let folder = text(model.path());

    // Something to run into: a namespace and a record of Alice's, and somebody's model that nobody may build on.
    let alice = Account::alice();
    alice.claim(rpc, "alice-lab");
    alice.register(rpc, "alice-lab/poems", "dataset", release("poems"));
    alice.act(rpc, json!({ "action": "openNamespace", "name": "hf:tests" }));
    let mut closed = catalogue("hf:tests/closed", "closed");
    closed["release"]["terms"]["derivatives"] = json!(false);
    alice.act(rpc, closed);

    let bob = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let spent = |address: &str| rpc.get("system_accountNextIndex", json!([address]));
    let bobs = Account::bob().address();
    assert_eq!(spent(&bobs), json!(0));
    let run = |command: &[&str]| {
        let answer = bob.run(command);
        assert_eq!((spent(&bobs), journals(bob.home())), (json!(0), 0), "something was sent:\n{answer}");
        answer
    };
    // He owns hf:pedigree-demo.
    let register =
        |record: &str, more: &[&str]| run(&[&["register", "model", record, folder, "--licence", "MIT"], more].concat());
    let mine = "hf:pedigree-demo/tiny";

    register("alice-lab/tiny", &[]).code(REFUSED).says("belongs to dev:alice").says("--account");
    register("nobody-here/tiny", &[]).code(REFUSED).says("no namespace `nobody-here`").says("pedigree namespace claim");
    register("hf:tests/tiny", &[]).code(REFUSED).says("nobody has shown control").says("pedigree catalogue");
    register("hf:pedigree-demo/-bad-", &[]).code(REFUSED).says("-bad-");
    register("tiny", &[]).code(USAGE).says("NAMESPACE/NAME");
    register(mine, &["--royalty", "11%"]).code(REFUSED).says("10 %");
    register(mine, &["--royalty", "many"]).code(USAGE).says("percentage");
    register(mine, &["--parent", "fine-tune=alice-lab/absent@1"])
        .code(REFUSED)
        .says("alice-lab/absent@1")
        .says("catalogue");
    register(mine, &["--parent", "fine-tune=alice-lab/poems@7"]).code(REFUSED).says("alice-lab/poems@7");
    register(mine, &["--parent", "copy=alice-lab/poems@1"]).code(USAGE).says("fine-tune");
    register(mine, &["--parent", "fine-tune=alice-lab/poems@1"]).code(REFUSED).says("trained on");
    let closed = "fine-tune=hf:tests/closed@1";
    register(mine, &["--parent", "trained-on=alice-lab/poems@1", "--parent", closed])
        .code(REFUSED)
        .says("allow no derivatives")
        .says("parent 2");
    register(mine, &["--parent", "trained-on=alice-lab/poems@1", "--parent", "trained-on=alice-lab/poems@1"])
        .code(REFUSED)
        .says("named twice");
    let seventeen = ["--parent", "trained-on=alice-lab/poems@1"].repeat(17);
    register(mine, &seventeen).code(REFUSED).says("at most 16 parents").says("17");
    let broken = self::model();
    let weights = broken.path().join("model.safetensors");
    let whole = fs::read(&weights).expect("it was written");
    fs::write(&weights, &whole[..whole.len() - 1]).expect("it is ours");
    run(&["register", "model", mine, text(broken.path()), "--licence", "MIT"])
        .code(INPUT)
        .says("model.safetensors")
        .says("truncated");
    run(&["register", "model", mine, folder, "--licence", "not a licence!"]).code(REFUSED).says("licence");
    let command = ["catalogue", "model", "hf:pedigree-demo/tiny", folder, "--licence", "MIT"];
    Pedigree::new()
        .at(&node.url())
        .with_account("dev:alice")
        .run(&command)
        .code(REFUSED)
        .says("is linked")
        .says("not catalogued");
    run(&["catalogue", "model", "bob-lab/tiny", folder, "--licence", "MIT"]).code(USAGE).says("pedigree register");

    run(&["namespace", "claim", "alice-lab"]).code(REFUSED).says("is taken").says("dev:alice");
    run(&["namespace", "claim", "Bad_Name"]).code(REFUSED).says("Bad_Name");
    run(&["namespace", "claim", "hf:tests"]).code(USAGE).says("namespace open");
    run(&["namespace", "open", "ftp:tests"]).code(REFUSED).says("hf");
    run(&["yank", "alice-lab/poems@1", "--reason", "mine is better"]).code(REFUSED).says("belongs to somebody else");
    run(&["yank", "alice-lab/poems@2", "--reason", "x"]).code(NO).says("no release alice-lab/poems@2");
    run(&["yank", "alice-lab/poems", "--reason", "x"]).code(USAGE).says("alice-lab/poems@1");
    run(&["show", "alice-lab/absent"]).code(NO).says("no record").says("pedigree show alice-lab");
    run(&["show", "absent"]).code(NO).says("nobody has taken it");
    run(&["show", &format!("0x{}", "11".repeat(32))]).code(NO);
    run(&["lineage", "alice-lab/poems@9"]).code(NO);
    run(&["verify", folder]).code(NO).says("no registered release").says("--against");
    run(&["verify", folder, "--against", "alice-lab/absent@1"]).code(NO).says("no record");

    // A runtime that it wasn't built for: nothing is signed that it doesn't know.
    let other = OtherRuntime::of(rpc, "Reservations", "Reservatoins");
    let command = ["namespace", "claim", "bob-lab", "--node", &other.url()];
    run(&command).code(OTHER).says("built for another version").says("update whichever is older");
    // Nor is the first of two transactions sent, if it is the second that it doesn't know.
    let other = OtherRuntime::of(rpc, "Models", "Medols");
    let command = ["register", "model", mine, folder, "--licence", "MIT", "--node", &other.url()];
    run(&command).code(OTHER).says("built for another version").does_not_say("Reserving");
    let other = OtherRuntime::of(rpc, "Namespaces", "Namespacse");
    run(&["namespace", "claim", "bob-lab", "--node", &other.url()])
        .code(OTHER)
        .says("built for another version")
        .does_not_say("Reserving");
    let other = OtherRuntime::of(rpc, "catalogue", "cataloguo");
    run(&["catalogue", "model", "hf:others/tiny", folder, "--licence", "MIT", "--node", &other.url()])
        .code(OTHER)
        .says("built for another version")
        .does_not_say("Opening");

    // No funds: said before the deposit of the first step is paid.
    let files = tempfile::tempdir().expect("there is room for temporary files");
    let password = files.path().join("password");
    fs::write(&password, "secret\n").expect("the folder is ours");
    let poor = Pedigree::new().at(&node.url()).with_password_file(&password);
    let address = poor.json(&["key", "new", "poor"])["address"].as_str().expect("an address is text").to_owned();
    let answer =
        poor.run(&["namespace", "claim", "poor-lab"]).code(REFUSED).says("cannot pay").says("nothing was paid");
    assert!(answer.stderr.contains("0 PDG can be spent") || answer.stderr.contains("and 0 PDG"), "{answer}");
    let error = &poor.json_with_code(&["namespace", "claim", "poor-lab"], REFUSED)["error"];
    assert_eq!((&error["code"], &error["details"]["kind"]), (&json!(3), &json!("tooPoor")));
    assert_eq!((spent(&address), journals(poor.home())), (json!(0), 0), "something was sent");
}

#[test]
fn a_dataset_by_grant_is_cited_by_whom_it_was_granted_to() {
    let node = Node::dev();
    let rpc = node.rpc();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let bob = Pedigree::new().at(&node.url()).with_account("dev:bob");
    Account::alice().claim(rpc, "alice-lab");
    let data = tempfile::tempdir().expect("there is room for temporary files");
    files::write_dataset(data.path(), "poems");
    let dataset = ["register", "dataset", "alice-lab/poems", text(data.path()), "--licence", "MIT"];
    alice.run(&[&dataset[..], &["--access", "granted"]].concat()).code(0);

    let model = model();
    let register = ["register", "model", "hf:pedigree-demo/tiny", text(model.path()), "--licence", "MIT"];
    let register = [&register[..], &["--parent", "trained-on=alice-lab/poems@1"]].concat();
    bob.run(&register).code(REFUSED).says("granted").does_not_say("Reserving");
    assert_eq!((Account::bob().nonce(rpc), journals(bob.home())), (0, 0), "something was sent");
    alice.run(&["grant", "alice-lab/poems", "--to", "dev:bob"]).code(0);
    bob.run(&register).code(0).says("hf:pedigree-demo/tiny@1");
    alice.run(&["revoke", "alice-lab/poems", "--from", "dev:bob"]).code(0);
    fs::write(model.path().join("more"), "more").expect("the folder is ours");
    bob.run(&register).code(REFUSED).says("granted");
    bob.run(&["show", "hf:pedigree-demo/tiny@1"]).code(0).says("alice-lab/poems@1");
}

#[test]
fn an_interrupted_command_continues_where_it_was_and_reserves_once() {
    let node = Node::dev();
    let rpc = node.rpc();
    let bob = Account::bob();
    let user = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let claim = ["namespace", "claim", "bob-lab"];
    let in_a_block = |transactions: u32| {
        pedigree_tests::until("the reservation in a block", std::time::Duration::from_secs(60), || {
            (bob.nonce(rpc) >= transactions).then_some(())
        });
    };

    // Ctrl-C while the reservation is in a block that isn't final yet.
    let mut running = user.start(&claim);
    running.wait_for("Reserving");
    in_a_block(1);
    running.interrupt();
    running.finish().code(130).says("run the same command again and it continues");
    assert_eq!(journals(user.home()), 1, "nothing is known of what is under way");
    assert_eq!(rpc.get("namespaces_get", json!(["bob-lab"])), Value::Null);

    // On another chain it is not continued, but said where it was begun.
    let other = Node::start("other", &["--chain", "local", "--alice", "--node-key", &hex::encode([9; 32])]);
    let genesis = rpc.block_hash(0);
    user.run(&[&claim[..], &["--node", &other.url()]].concat()).code(OTHER).says(&genesis).says("--start-over");
    drop(other);

    user.run(&claim).code(0).says("Continuing").does_not_say("Reserving");
    assert_eq!(bob.nonce(rpc), 2, "there was more than one reservation and one claim");
    assert_eq!(rpc.get("namespaces_get", json!(["bob-lab"]))["owner"], json!(bob.address()));
    assert_eq!(journals(user.home()), 0);
    // Done is done.
    user.run(&claim).code(0).says("is yours already");
    assert_eq!(bob.nonce(rpc), 2);

    // The same without any warning.
    let model = model();
    let register = ["register", "model", "bob-lab/tiny", text(model.path()), "--licence", "MIT"];
    let mut running = user.start(&register);
    running.wait_for("Reserving");
    in_a_block(3);
    assert_eq!(running.kill().code, None);
    assert_eq!(rpc.get("provenance_release", json!(["bob-lab/tiny@1"])), Value::Null);
    user.run(&register).code(0).says("Continuing").does_not_say("Reserving");
    assert_eq!(bob.nonce(rpc), 4, "there was more than one reservation and one registration");
    assert_eq!(rpc.get("provenance_release", json!(["bob-lab/tiny@1"]))["owner"], json!(bob.address()));
    // The deposit of the reservation came back: what is held now is the record's.
    let record = rpc.get("provenance_record", json!(["bob-lab/tiny"]));
    assert_eq!(record["depositor"], json!(bob.address()));
    user.run(&["verify", text(model.path())]).code(0).says("bob-lab/tiny@1");
}

#[test]
fn a_node_that_goes_away_is_noticed_and_nothing_is_lost() {
    let mut node = Node::dev();
    let bob = Account::bob();
    let user = Pedigree::new().at(&node.url()).with_account("dev:bob");
    let claim = ["namespace", "claim", "bob-lab"];
    let mut running = user.start(&claim);
    running.wait_for("Reserving");
    pedigree_tests::until("the reservation in a block", std::time::Duration::from_secs(60), || {
        (bob.nonce(node.rpc()) >= 1).then_some(())
    });
    node.kill();
    running.finish().code(NO_NODE).says("run the same command again");
    assert_eq!(journals(user.home()), 1, "nothing is known of what is under way");
    user.run(&claim).code(NO_NODE).says("no node answers");

    // It is back, at another address.
    node.start_again();
    user.run(&[&claim[..], &["--node", &node.url()]].concat()).code(0).says("Claimed");
    assert_eq!(bob.nonce(node.rpc()), 2, "there was more than one reservation and one claim");
    assert_eq!(node.rpc().get("namespaces_get", json!(["bob-lab"]))["owner"], json!(bob.address()));
    assert_eq!(journals(user.home()), 0);
}
