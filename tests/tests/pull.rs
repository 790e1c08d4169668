//! `pedigree pull`, from mirrors that do as they should and from mirrors that don't.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use pedigree_tests::account::release;
use pedigree_tests::files::{self, MODEL};
use pedigree_tests::mirror::Exchange;
use pedigree_tests::pedigree::Answer;
use pedigree_tests::{until, Account, Mirror, Node, Pedigree};
use serde_json::{json, Value};

const INPUT: i32 = 6;
const USAGE: i32 = 2;
const MIB: usize = 1 << 20;
const WEIGHTS: &str = "weights.bin";

/// A release on a publisher's disk: `files` with the files, and beside it their manifest.
struct Published {
    folder: tempfile::TempDir,
    root: String,
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

fn noise(length: usize) -> Vec<u8> {
    let mut state = 1u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

impl Published {
    /// A model, 5 MiB and a bit of opaque weights, names that URLs have to escape, and a file without bytes.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let files = folder.path().join("files");
        files::write_model(&files, "tiny", &MODEL);
        fs::create_dir_all(files.join("mit Leerzeichen")).unwrap();
        fs::write(files.join(WEIGHTS), noise(5 * MIB + 77)).unwrap();
        fs::write(files.join("mit Leerzeichen/übel #1?%20.txt"), "escaped").unwrap();
        fs::write(files.join("empty"), "").unwrap();
        let manifest = folder.path().join("files.manifest.json");
        let hashed = Pedigree::new().json(&["hash", text(&files), "-o", text(&manifest)]);
        let root = hashed["root"].as_str().expect("a root is text").to_owned();
        Self { folder, root }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn files(&self) -> PathBuf {
        self.path().join("files")
    }

    /// A mirror that does as it should.
    fn honest(&self) -> (Mirror, String) {
        let mirror = Mirror::honest(self.path());
        let url = format!("{}/files", mirror.url());
        (mirror, url)
    }

    /// A mirror that has the right manifest, and answers for the weights as it is told.
    fn hostile(&self, answer: impl Fn(Exchange) + Send + Sync + 'static) -> (Mirror, String) {
        let mirror = Mirror::of(self.path(), move |exchange| {
            if exchange.request.path.ends_with(WEIGHTS) {
                answer(exchange);
            } else {
                exchange.honest();
            }
        });
        let url = format!("{}/files", mirror.url());
        (mirror, url)
    }

    fn is_in(&self, folder: &Path) {
        let hashed = Pedigree::new().json(&["hash", text(folder)]);
        assert_eq!(hashed["root"], json!(self.root), "what was fetched is another release");
        assert!(!folder.join(".pedigree-part").exists(), "something was left behind");
    }
}

/// Somebody who pulls into a folder of his own.
struct Puller {
    user: Pedigree,
    home: tempfile::TempDir,
}

impl Puller {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("there is room for temporary files");
        Self { user: Pedigree::new().at("ws://127.0.0.1:1"), home }
    }

    fn to(&self) -> PathBuf {
        self.home.path().join("out")
    }

    fn arguments(&self, root: &str, mirrors: &[&str], more: &[&str]) -> Vec<String> {
        let from = mirrors.iter().flat_map(|mirror| ["--from", mirror]);
        ["pull", root, "--to", text(&self.to()), "--timeout", "1"]
            .into_iter()
            .chain(from)
            .chain(more.iter().copied())
            .map(str::to_owned)
            .collect()
    }

    fn pull(&self, root: &str, mirrors: &[&str]) -> Answer {
        self.user.run(&self.arguments(root, mirrors, &[]))
    }

    fn json(&self, root: &str, mirrors: &[&str]) -> Value {
        self.user.json(&self.arguments(root, mirrors, &[]))
    }
}

/// Pulls from a mirror that answers like that for the weights, then from one that is honest. The release has to arrive, and
/// the reason why the first was left has to be this.
fn recovers_from(reason: &str, answer: impl Fn(Exchange) + Send + Sync + 'static) -> (Mirror, Mirror) {
    let published = Published::new();
    let (bad, bad_url) = published.hostile(answer);
    let (good, good_url) = published.honest();
    let puller = Puller::new();
    let answer = puller.json(&published.root, &[&bad_url, &good_url]);
    published.is_in(&puller.to());
    let failures = answer["failures"].as_array().expect("a list");
    assert!(
        failures.iter().any(|failure| failure["mirror"] == json!(bad_url)
            && failure["path"] == json!(WEIGHTS)
            && failure["reason"].as_str().is_some_and(|why| why.contains(reason))),
        "{reason:?} is no reason in {answer}"
    );
    (bad, good)
}

fn ranges(mirror: &Mirror) -> Vec<Option<usize>> {
    mirror.requests(&format!("files/{WEIGHTS}")).into_iter().map(|request| request.from).collect()
}

#[test]
fn a_release_arrives_byte_for_byte_from_the_web_and_from_a_folder() {
    let published = Published::new();
    let (mirror, url) = published.honest();
    let puller = Puller::new();
    let answer = puller.json(&published.root, &[&url]);
    published.is_in(&puller.to());
    assert_eq!((&answer["kept"], &answer["failures"]), (&json!(0), &json!([])));
    assert_eq!((&answer["fetched"], &answer["mirrors"][&url]), (&answer["bytes"], &answer["bytes"]));
    // Once more: it is there, and nothing is asked for but what is kept anyway.
    let before = mirror.requests(&format!("files/{WEIGHTS}")).len();
    let answer = puller.json(&published.root, &[&url]);
    assert_eq!((&answer["fetched"], &answer["kept"]), (&json!(0), &answer["files"]));
    assert_eq!(mirror.requests(&format!("files/{WEIGHTS}")).len(), before);

    for from in [text(&published.files()).to_owned(), format!("file://{}", text(&published.files()))] {
        let puller = Puller::new();
        puller.pull(&published.root, &[&from]).code(0).says("byte for byte");
        published.is_in(&puller.to());
    }
    // As a hub serves a repository: the manifest is among the files.
    let hub = tempfile::tempdir().unwrap();
    let base = hub.path().join("org/name/resolve/v1");
    fs::create_dir_all(hub.path().join("org/name/resolve")).unwrap();
    std::os::unix::fs::symlink(published.files(), &base).unwrap();
    let among = published.files().join(".pedigree.manifest.json");
    fs::rename(published.path().join("files.manifest.json"), &among).unwrap();
    let puller = Puller::new();
    let hub = Mirror::honest(hub.path());
    puller.pull(&published.root, &[&format!("{}/org/name/resolve/v1/", hub.url())]).code(0);
    published.is_in(&puller.to());
}

#[test]
fn a_wrong_block_is_refused_at_once_and_the_next_mirror_goes_on_from_it() {
    let (bad, good) = recovers_from("its bytes from 2097152 on are not those of the release", |exchange| {
        let mut bytes = exchange.bytes().unwrap();
        bytes[2 * MIB + 5] ^= 1;
        exchange.whole(&bytes);
    });
    assert_eq!(ranges(&bad), [None], "a mirror that lied was asked again");
    assert_eq!(ranges(&good), [Some(2 * MIB)]);
}

#[test]
fn without_a_right_mirror_nothing_wrong_is_left_under_its_name() {
    let published = Published::new();
    let (_bad, url) = published.hostile(|exchange| {
        let mut bytes = exchange.bytes().unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        exchange.whole(&bytes);
    });
    let puller = Puller::new();
    let failure = puller.pull(&published.root, &[&url]).code(INPUT);
    failure
        .says(WEIGHTS)
        .says("its bytes from 5242880 on")
        .says(&url)
        .says("--from")
        .says("the same command continues");
    assert!(!puller.to().join(WEIGHTS).exists());
    // What was right is not fetched again.
    let (good, url) = published.honest();
    let answer = puller.json(&published.root, &[&url]);
    assert_eq!(ranges(&good), [Some(5 * MIB)]);
    assert_eq!(answer["mirrors"][&url].as_u64().map(|bytes| bytes < MIB as u64), Some(true), "{answer}");
    published.is_in(&puller.to());
}

#[test]
fn a_mirror_that_says_nothing_or_next_to_nothing_is_left() {
    let wait = || std::thread::sleep(Duration::from_secs(60));
    recovers_from("no answer for 1 s", move |_exchange| wait());
    recovers_from("it stalled for 1 s", move |exchange| {
        let bytes = exchange.bytes().unwrap();
        let length = bytes.len().to_string();
        let _stream = exchange.raw("200 OK", &[("Content-Length", &length)], &bytes[..MIB + 10]);
        wait();
    });
    recovers_from("bytes in 1 s", |exchange| {
        let length = exchange.bytes().unwrap().len().to_string();
        let mut stream = exchange.raw("200 OK", &[("Content-Length", &length)], b"");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    // Nobody listens there at all.
    let published = Published::new();
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (_good, url) = published.honest();
    let puller = Puller::new();
    puller.pull(&published.root, &[&format!("http://{nowhere}/files"), &url]).code(0).says("refused");
    published.is_in(&puller.to());
}

#[test]
fn an_answer_that_breaks_off_is_continued_where_it_ended() {
    let (_bad, good) = recovers_from("before the end", |exchange| {
        let bytes = exchange.bytes().unwrap();
        let length = bytes.len().to_string();
        drop(exchange.raw("200 OK", &[("Content-Length", &length)], &bytes[..3 * MIB + 1]));
    });
    assert_eq!(ranges(&good), [Some(3 * MIB)]);

    // With nobody else to ask, the same mirror is asked again.
    let published = Published::new();
    let times = AtomicUsize::new(0);
    let (only, url) = published.hostile(move |exchange| {
        let bytes = exchange.bytes().unwrap();
        if times.fetch_add(1, Ordering::Relaxed) > 0 {
            return exchange.whole(&bytes);
        }
        let length = bytes.len().to_string();
        drop(exchange.raw("200 OK", &[("Content-Length", &length)], &bytes[..2 * MIB + 1]));
    });
    let puller = Puller::new();
    puller.pull(&published.root, &[&url]).code(0);
    assert_eq!(ranges(&only), [None, Some(2 * MIB)]);
    published.is_in(&puller.to());
}

#[test]
fn redirects_are_followed_but_not_for_ever_and_not_to_other_schemes() {
    let published = Published::new();
    let (_elsewhere, url) = published.honest();
    let target = format!("{url}/{WEIGHTS}");
    let (_first, url) = published.hostile(move |exchange| exchange.send("302 Found", &[("Location", &target)], b""));
    let puller = Puller::new();
    let answer = puller.json(&published.root, &[&url]);
    assert_eq!(answer["failures"], json!([]));
    published.is_in(&puller.to());

    let (bad, _) = recovers_from("redirects more than 10 times", |exchange| {
        exchange.send("301 Moved", &[("Location", "/files/weights.bin")], b"");
    });
    assert_eq!(ranges(&bad).len(), 11);
    recovers_from("which is not safe", |exchange| {
        exchange.send("302 Found", &[("Location", "file:///etc/passwd")], b"");
    });
    recovers_from("redirects to nowhere", |exchange| exchange.send("302 Found", &[], b""));
}

#[test]
fn a_file_of_another_length_is_refused_before_it_is_read_and_what_comes_beyond_is_not() {
    recovers_from("announces 5242958 bytes instead of 5242957", |exchange| {
        let bytes = [exchange.bytes().unwrap(), vec![0]].concat();
        exchange.whole(&bytes);
    });
    recovers_from("announces 100 bytes instead of 5242957", |exchange| exchange.whole(&noise(100)));
    recovers_from("an encoding that was not asked for (gzip)", |exchange| {
        let bytes = exchange.bytes().unwrap();
        exchange.send("200 OK", &[("Content-Encoding", "gzip")], &bytes);
    });
    recovers_from("403", |exchange| exchange.send("403 Forbidden", &[], b""));
    recovers_from("503", |exchange| exchange.send("503 Busy", &[], b""));

    // No length announced, the right bytes, and then more without end.
    let published = Published::new();
    let (_only, url) = published.hostile(|exchange| {
        let bytes = exchange.bytes().unwrap();
        let mut stream = exchange.raw("200 OK", &[], &bytes);
        while stream.write_all(&[0; 65_536]).is_ok() {}
    });
    let puller = Puller::new();
    puller.pull(&published.root, &[&url]).code(0);
    published.is_in(&puller.to());
}

#[test]
fn an_interrupted_pull_goes_on_with_what_is_right_on_the_disk() {
    let published = Published::new();
    // Three megabytes, then nothing, until the test has seen enough.
    let (_slow, url) = published.hostile(|exchange| {
        let bytes = exchange.bytes().unwrap();
        let length = bytes.len().to_string();
        let mut stream = exchange.raw("200 OK", &[("Content-Length", &length)], &bytes[..3 * MIB + 100]);
        let _ = stream.read(&mut [0]);
    });
    let puller = Puller::new();
    let mut arguments = puller.arguments(&published.root, &[&url], &[]);
    arguments[5] = "600".to_owned();
    let part = || {
        let parts = fs::read_dir(puller.to().join(".pedigree-part").join(&published.root)).ok()?;
        let parts: Vec<_> = parts.filter_map(Result::ok).map(|entry| entry.path()).collect();
        parts.into_iter().find(|path| fs::metadata(path).is_ok_and(|part| part.len() >= 3 * MIB as u64))
    };
    let running = puller.user.start(&arguments);
    let part = until("three megabytes on the disk", Duration::from_secs(60), part);
    // Nobody else may write there meanwhile.
    puller.pull(&published.root, &[&url]).code(INPUT).says("another `pedigree pull`");
    running.interrupt();
    running.finish().code(130).says("run the same command again and it continues");
    assert!(!puller.to().join(WEIGHTS).exists());

    // A bit of the second megabyte flips on the disk.
    let mut bytes = fs::read(&part).unwrap();
    bytes[MIB + 9] ^= 1;
    fs::write(&part, bytes).unwrap();
    let (good, url) = published.honest();
    puller.pull(&published.root, &[&url]).code(0);
    assert_eq!(ranges(&good), [Some(MIB)]);
    published.is_in(&puller.to());
}

#[test]
fn whatever_is_answered_to_a_range_the_bytes_are_right() {
    type Named = (&'static str, fn(Exchange));
    let answers: [Named; 4] = [
        ("200 OK", |exchange| {
            let bytes = exchange.bytes().unwrap();
            exchange.send("200 OK", &[], &bytes);
        }),
        ("416", |exchange| match exchange.request.from {
            Some(_) => exchange.send("416 Range Not Satisfiable", &[], b""),
            None => exchange.honest(),
        }),
        ("another range", |exchange| {
            let bytes = exchange.bytes().unwrap();
            let range = format!("bytes 0-{}/{}", bytes.len() - 1, bytes.len());
            exchange.send("206 Partial Content", &[("Content-Range", &range)], &bytes);
        }),
        ("no range", |exchange| {
            let bytes = exchange.bytes().unwrap();
            let from = exchange.request.from.unwrap_or_default();
            exchange.send("206 Partial Content", &[], &bytes[from..]);
        }),
    ];
    for (what, answer) in answers {
        let published = Published::new();
        // The first breaks off after two megabytes, so that the second is asked for a range.
        let (_first, first) = published.hostile(|exchange| {
            let bytes = exchange.bytes().unwrap();
            let length = bytes.len().to_string();
            drop(exchange.raw("200 OK", &[("Content-Length", &length)], &bytes[..2 * MIB + 1]));
        });
        let (second, url) = published.hostile(answer);
        let (third, last) = published.honest();
        let puller = Puller::new();
        puller.pull(&published.root, &[&first, &url, &last]).code(0);
        published.is_in(&puller.to());
        assert_eq!(ranges(&second).first(), Some(&Some(2 * MIB)), "{what}");
        // The first two are understood; the others are no answers to what was asked.
        assert_eq!(ranges(&third).is_empty(), matches!(what, "200 OK" | "416"), "{what}");
    }
}

#[test]
fn a_manifest_is_checked_against_the_root_before_anything_else() {
    let published = Published::new();
    let right = fs::read_to_string(published.path().join("files.manifest.json")).unwrap();
    let attack = |manifest: Vec<u8>, reason: &str| {
        let attacker = Mirror::of(published.path(), move |exchange| match exchange.request.path.as_str() {
            "files.manifest.json" => exchange.send("200 OK", &[], &manifest),
            _ => exchange.send("500 Not reached", &[], b""),
        });
        let puller = Puller::new();
        let url = format!("{}/files", attacker.url());
        let answer = puller.pull(&published.root, &[&url]).code(INPUT).says(reason).says("pedigree hash");
        assert!(attacker.requests(&format!("files/{WEIGHTS}")).is_empty(), "files were asked for:\n{answer}");
        assert!(!puller.to().exists(), "something was written:\n{answer}");
        // The next mirror has the right one.
        let (_good, good) = published.honest();
        puller.pull(&published.root, &[&url, &good]).code(0);
        published.is_in(&puller.to());
    };
    attack(b"<html>".to_vec(), "not a manifest in JSON");
    attack(vec![0xff; 10], "not UTF-8");
    attack("[".repeat(1_000_000).into_bytes(), "not a manifest in JSON");
    attack(right.replace("config.json", "../config.json").into_bytes(), "can't be in a manifest");
    attack(right.replace("config.json", "/etc/passwd").into_bytes(), "can't be in a manifest");
    attack(right.replace("config.json", "cOnfig.json").into_bytes(), "not those of its files");
    let mut without: Value = serde_json::from_str(&right).unwrap();
    without["blocks"] = json!({});
    attack(without.to_string().into_bytes(), "the hashes of its blocks are missing or wrong");
    let other = tempfile::tempdir().unwrap();
    files::write_dataset(other.path(), "another");
    let manifest = published.path().join("other.json");
    let hashed = Pedigree::new().json(&["hash", text(other.path()), "-o", text(&manifest)]);
    attack(fs::read(&manifest).unwrap(), &format!("it has the root {}", hashed["root"].as_str().unwrap()));

    // Named by hand it is believed no more.
    let puller = Puller::new();
    let (_good, good) = published.honest();
    let arguments = puller.arguments(&published.root, &[&good], &["--manifest", text(&manifest)]);
    puller.user.run(&arguments).code(INPUT).says("it is the manifest of another release");
}

#[test]
fn a_manifest_without_end_is_not_read_to_its_end() {
    let node = Node::dev();
    let rpc = node.rpc();
    let published = Published::new();
    Account::alice().act(rpc, json!({ "action": "openNamespace", "name": "hf:tests" }));
    let mut entry = json!({
        "action": "catalogue", "record": "hf:tests/tiny", "kind": "model", "release": release("tiny"),
        "upstream": { "url": "ftp://nowhere", "revision": "main" },
    });
    entry["release"]["manifest"]["root"] = json!(published.root);
    Account::alice().act(rpc, entry);
    // The chain says one file of 1,024 bytes: so a manifest has some hundred kilobytes at most.
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let endless = Mirror::of(published.path(), move |exchange| {
        let mut stream = exchange.raw("200 OK", &[], b"");
        while stream.write_all(&[b' '; 65_536]).is_ok() {
            counted.fetch_add(65_536, Ordering::Relaxed);
        }
    });
    let announced = Mirror::of(published.path(), |exchange| {
        let _ = exchange.raw("200 OK", &[("Content-Length", "99999999999")], b"{");
    });
    let puller = Puller::new();
    let (endless, announced) = (format!("{}/files", endless.url()), format!("{}/files", announced.url()));
    let mut arguments = puller.arguments("hf:tests/tiny", &[&endless, &announced], &["--node", &node.url()]);
    let answer = puller.user.run(&arguments).code(INPUT).says("longer than").says("left out");
    // What lay in the buffers of the sockets was sent, too.
    assert!(sent.load(Ordering::Relaxed) < 64 * MIB, "{answer}");
    arguments.extend(["--from".to_owned(), text(&published.files()).to_owned()]);
    puller.user.run(&arguments).code(0).says("hf:tests/tiny@1").says("byte for byte");
    published.is_in(&puller.to());
}

#[test]
fn files_that_are_there_and_differ_are_replaced_only_if_that_was_asked_for() {
    let published = Published::new();
    let (mirror, url) = published.honest();
    let puller = Puller::new();
    fs::create_dir_all(puller.to()).unwrap();
    fs::write(puller.to().join("config.json"), "mine").unwrap();
    fs::copy(published.files().join(WEIGHTS), puller.to().join(WEIGHTS)).unwrap();
    puller.pull(&published.root, &[&url]).code(INPUT).says("config.json").says("--replace").says("--to");
    assert_eq!(fs::read(puller.to().join("config.json")).unwrap(), b"mine");
    assert!(mirror.requests("files/README.md").is_empty(), "something was fetched");
    let answer = puller.user.json(&puller.arguments(&published.root, &[&url], &["--replace"]));
    assert_eq!((&answer["kept"], ranges(&mirror).len()), (&json!(1), 0));
    published.is_in(&puller.to());
}

#[test]
fn several_files_are_fetched_at_a_time_but_not_more_than_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    fs::create_dir_all(&files).unwrap();
    for index in 0..9 {
        fs::write(files.join(format!("shard-{index}.bin")), noise(1000 + index)).unwrap();
    }
    let manifest = folder.path().join("files.manifest.json");
    let hashed = Pedigree::new().json(&["hash", text(&files), "-o", text(&manifest)]);
    // Every answer waits until three were asked for: fewer at a time would never end.
    let (together, now, most) = (Barrier::new(3), AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = most.clone();
    let mirror = Mirror::of(folder.path(), move |exchange| {
        if exchange.request.path.contains("shard") {
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            together.wait();
            now.fetch_sub(1, Ordering::SeqCst);
        }
        exchange.honest();
    });
    let puller = Puller::new();
    let root = hashed["root"].as_str().unwrap();
    let mut arguments = puller.arguments(root, &[&format!("{}/files", mirror.url())], &["--jobs", "3"]);
    arguments[5] = "60".to_owned();
    assert_eq!(puller.user.json(&arguments)["failures"], json!([]));
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[test]
fn a_release_is_found_by_name_and_fetched_from_where_it_says() {
    let node = Node::dev();
    let rpc = node.rpc();
    let published = Published::new();
    let (_mirror, url) = published.honest();
    let bob = Account::bob();
    let mut tiny = release("tiny");
    tiny["manifest"]["root"] = json!(published.root);
    tiny["locations"] = json!(["ipfs://bafy", "file:///etc", url]);
    bob.register(rpc, "hf:pedigree-demo/tiny", "model", tiny);
    let nowhere = release("nowhere");
    bob.register(rpc, "hf:pedigree-demo/nowhere", "model", nowhere);
    bob.act(rpc, json!({ "action": "yank", "release": "hf:pedigree-demo/tiny@1", "reason": "too small" }));

    let user = Pedigree::new().at(&node.url());
    for name in ["hf:pedigree-demo/tiny", "hf:pedigree-demo/tiny@1", &published.root] {
        let to = tempfile::tempdir().unwrap();
        let answer = user.run(&["pull", name, "--to", text(to.path())]).code(0);
        answer.says("hf:pedigree-demo/tiny@1").says("too small").says("`ipfs://bafy`").says("`file:///etc`");
        published.is_in(to.path());
    }
    user.run(&["pull", "hf:pedigree-demo/nowhere"]).code(USAGE).says("names no location").says("--from");
    user.run(&["pull", "hf:pedigree-demo"]).code(USAGE).says("is a namespace");
    user.run(&["pull", "hf:pedigree-demo/absent"]).code(1).says("no record");
    user.run(&["pull", &published.root, "--from", "ftp://example.org"]).code(USAGE).says("http://");
    user.run(&["pull", &published.root, "--from", &url]).code(USAGE).says("--to");
}
