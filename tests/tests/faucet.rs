//! A faucet for test networks.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use pedigree_tests::other_chain::OtherChain;
use pedigree_tests::rpc::Rpc;
use pedigree_tests::{Account, Node, Pedigree};
use serde_json::{json, Value};

/// 0.05 PDG: too little to reserve anything, so that whoever tries is told what he has.
const AMOUNT: u128 = 50_000_000_000;

/// What an account has, if it is less than a reservation takes.
fn balance(rpc: Rpc, account: &Account) -> u128 {
    let reserve = json!({ "action": "reserveNamespace", "name": "anything", "salt": format!("0x{}", "00".repeat(32)) });
    let error = rpc.error("provenance_prepare", json!([account.address(), reserve]));
    error.data["available"].as_str().and_then(|text| text.parse().ok()).expect("it is told")
}

#[test]
fn each_address_gets_something_once_even_after_a_restart() {
    let node = Node::dev();
    let rpc = node.rpc();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let faucet = alice.faucet(&["--amount", "0.05", "--per-source", "3"]);
    let described = faucet.describe();
    assert_eq!(
        (&described["amount"], &described["account"]),
        (&json!(AMOUNT.to_string()), &json!(Account::alice().address()))
    );

    let ada = Account::of_seed(1);
    assert_eq!(balance(rpc, &ada), 0);
    let (status, given) = faucet.ask(&json!({ "address": ada.address() }));
    assert_eq!(status, 200, "{given}");
    assert_eq!((&given["address"], &given["amount"]), (&json!(ada.address()), &json!(AMOUNT.to_string())));
    assert!(given["included"]["blockHash"].as_str().is_some());
    assert_eq!(balance(rpc, &ada), AMOUNT);
    let (status, refused) = faucet.ask(&json!({ "address": ada.address() }));
    assert_eq!(status, 429, "{refused}");
    assert!(refused["retryAfter"].as_u64().is_some_and(|seconds| seconds > 80_000 && seconds <= 86_400), "{refused}");
    drop(faucet);

    let faucet = alice.faucet(&["--amount", "0.05", "--per-source", "3"]);
    assert_eq!(faucet.ask(&json!({ "address": ada.address() })).0, 429);
    for seed in 2..4 {
        assert_eq!(faucet.ask(&json!({ "address": Account::of_seed(seed).address() })).0, 200);
    }
    // Three from this network, all together.
    let (status, refused) = faucet.ask(&json!({ "address": Account::of_seed(4).address() }));
    assert_eq!((status, refused["error"].as_str().unwrap().contains("your network")), (429, true));
    assert_eq!(balance(rpc, &Account::of_seed(4)), 0);
    // Nobody gets around that by saying that he is somebody else.
    let spoken = faucet.raw(&format!(
        "POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 8.8.8.8\r\nContent-Length: 62\r\n\r\n{{\"address\":\"{}\"}}",
        Account::of_seed(4).address()
    ));
    assert!(spoken.starts_with("HTTP/1.1 429"), "{spoken}");
}

#[test]
fn many_who_ask_at_once_all_get_something_exactly_once() {
    const MANY: u8 = 40;
    let node = Node::dev();
    let rpc = node.rpc();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let faucet = alice.faucet(&["--amount", "0.05", "--per-source", "1000", "--behind-proxy"]);
    let before = Account::alice().nonce(rpc);
    let answers: Vec<(u16, Value)> = std::thread::scope(|scope| {
        // Each twice: who asks twice at once gets it once.
        let asking: Vec<_> = (1..=MANY)
            .chain(1..=MANY)
            .map(|seed| {
                let faucet = &faucet;
                scope.spawn(move || {
                    faucet.ask_as("10.1.2.3, 192.0.2.9", &json!({ "address": Account::of_seed(seed).address() }))
                })
            })
            .collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let given: BTreeSet<String> =
        answers.iter().filter(|(status, _)| *status == 200).map(|(_, body)| body["address"].to_string()).collect();
    let refused = answers.iter().filter(|(status, _)| *status == 429).count();
    assert_eq!((given.len(), refused), (usize::from(MANY), usize::from(MANY)), "{answers:?}");
    for seed in 1..=MANY {
        assert_eq!(balance(rpc, &Account::of_seed(seed)), AMOUNT, "seed {seed}");
    }
    let transactions = Account::alice().nonce(rpc) - before;
    assert!(transactions <= 10, "{transactions} transactions for {MANY}");
    // The proxy's word counts, and it has to say something.
    let (status, refused) = faucet.ask(&json!({ "address": Account::of_seed(99).address() }));
    assert_eq!(status, 400, "{refused}");
}

#[test]
fn an_empty_faucet_says_so_and_who_got_nothing_may_ask_again() {
    let node = Node::dev();
    let rpc = node.rpc();
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("password");
    fs::write(&password, "secret\n").unwrap();
    let poor = Pedigree::new().at(&node.url()).with_password_file(&password);
    let address = poor.json(&["key", "new", "faucet"])["address"].as_str().unwrap().to_owned();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let filler = alice.faucet(&["--amount", "0.2", "--per-source", "10"]);
    assert_eq!(filler.ask(&json!({ "address": address })).0, 200);

    // 0.2 PDG are there and a tenth is kept for fees: enough for one.
    let faucet = poor.faucet(&["--amount", "0.05"]);
    assert_eq!(faucet.ask(&json!({ "address": Account::of_seed(1).address() })).0, 200);
    let (status, refused) = faucet.ask(&json!({ "address": Account::of_seed(2).address() }));
    assert_eq!((status, refused["error"].as_str().unwrap().contains("empty")), (503, true));
    assert_eq!(balance(rpc, &Account::of_seed(2)), 0);
    // Filled again, it gives to whom it gave nothing.
    hand_over(rpc, &address);
    assert_eq!(faucet.ask(&json!({ "address": Account::of_seed(2).address() })).0, 200);
    assert_eq!(balance(rpc, &Account::of_seed(2)), AMOUNT);
}

/// Fills a faucet, from one of another account's.
fn hand_over(rpc: Rpc, address: &str) {
    let bob = Pedigree::new().at(&format!("ws://127.0.0.1:{}", rpc.port())).with_account("dev:bob");
    assert_eq!(bob.faucet(&["--amount", "1"]).ask(&json!({ "address": address })).0, 200);
}

#[test]
fn what_makes_no_sense_is_refused_and_costs_nothing() {
    let node = Node::dev();
    let rpc = node.rpc();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let faucet = alice.faucet(&["--amount", "0.05", "--per-source", "1"]);
    let before = Account::alice().nonce(rpc);
    let address = Account::of_seed(1).address();
    for (status, body) in [
        (400, String::new()),
        (400, "hello".into()),
        (400, "{}".into()),
        (400, json!({ "address": 7 }).to_string()),
        (400, json!({ "address": "5Grw" }).to_string()),
        (400, json!({ "address": address, "amount": "1000000" }).to_string()),
        // The same key, as Polkadot writes it; and the faucet itself.
        (400, json!({ "address": "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5" }).to_string()),
        (400, json!({ "address": Account::alice().address() }).to_string()),
        (409, json!({ "address": address, "genesis": format!("0x{}", "11".repeat(32)) }).to_string()),
        (413, json!({ "address": "5".repeat(5_000) }).to_string()),
    ] {
        let (answered, error) = faucet.post(body.as_bytes());
        assert_eq!(answered, status, "{body}: {error}");
        assert!(error["error"].as_str().is_some_and(|error| !error.is_empty()), "{body}: {error}");
    }
    assert!(faucet.raw("GET /other HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 404"));
    assert!(faucet.raw("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 405"));
    // Who says nothing, or goes away in the middle, keeps nobody else waiting.
    let silent: Vec<_> = (0..20).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, faucet.port())).unwrap()).collect();
    let mut cut = TcpStream::connect((Ipv4Addr::LOCALHOST, faucet.port())).unwrap();
    cut.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"addr").unwrap();
    drop(cut);
    assert_eq!(Account::alice().nonce(rpc), before, "something was sent");
    let genesis = rpc.get("chain_getBlockHash", json!([0]));
    assert_eq!(faucet.ask(&json!({ "address": address, "genesis": genesis })).0, 200);
    // And they are not waited for for ever.
    let mut stream = &silent[0];
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the faucet ends it");
}

#[test]
fn there_is_no_faucet_on_a_main_network() {
    let live = OtherChain::live();
    let alice = Pedigree::new().at(&live.url()).with_account("dev:alice");
    alice.run(&["faucet", "serve", "--listen", "127.0.0.1:0"]).code(3).says("no test network");
}

#[test]
fn a_faucet_that_could_not_work_does_not_begin() {
    let node = Node::dev();
    let alice = Pedigree::new().at(&node.url()).with_account("dev:alice");
    let serve = |arguments: &[&str]| alice.run(&[&["faucet", "serve"], arguments].concat());
    serve(&["--listen", "127.0.0.1:0", "--amount", "0.0001"]).code(2).says("keeps no account alive");
    serve(&["--listen", "127.0.0.1:0", "--amount", "much"]).code(2);
    serve(&["--listen", "nowhere"]).code(2);
    let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let there = taken.local_addr().unwrap().to_string();
    serve(&["--listen", &there]).code(6).says("cannot listen");
    let ledgers = alice.home().join("faucet");
    let genesis = node.rpc().get("chain_getBlockHash", json!([0]));
    fs::create_dir_all(&ledgers).unwrap();
    fs::write(ledgers.join(format!("{}.json", genesis.as_str().unwrap())), "not JSON").unwrap();
    serve(&["--listen", "127.0.0.1:0"]).code(6).says("no faucet's ledger");
}
