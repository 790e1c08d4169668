//! Referenda: what nobody may do alone, tokens decide; from the command line, on a development chain, whose days last one block.

// A test says what it expects and stops where it isn't so.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::time::Duration;

use pedigree_tests::document::Document;
use pedigree_tests::{until, Account, Node, Pedigree};
use serde_json::json;

#[test]
fn a_subnet_is_admitted_by_vote() {
    let node = Node::dev();
    let rpc = node.rpc();
    let mut document = Document::read();
    let user = |name: &str| Pedigree::new().at(&node.url()).with_account(name);
    let (owner, voter) = (user("dev:charlie"), user("dev:alice"));
    let mut compare = |who: &Pedigree, section: &str, command: &[&str]| {
        let answer = who.json(command);
        document.compare(section, &answer);
        answer
    };

    // What can't be is said before anything is paid.
    owner.run(&["gov", "list"]).code(0).says("no referendum");
    owner.run(&["gov", "show", "0"]).code(1).says("there is no referendum 0").says("pedigree gov list");
    owner.run(&["gov", "propose", "admit-subnet", "0"]).code(1).says("there is no subnet 0");
    owner.run(&["gov", "propose", "admit-subnet", "0", "--term", "366"]).code(2);
    voter.run(&["gov", "vote", "0", "aye", "1"]).code(1).says("there is no referendum 0");
    voter.run(&["gov", "vote", "0", "aye", "1", "--conviction", "7"]).code(2);
    assert_eq!(Account::charlie().nonce(rpc), 0, "nothing was sent");

    // It is proposed, and waits for its deposit: on a chain as fast as this one, votes come first.
    Account::charlie().act(rpc, json!({ "action": "foundSubnet", "kind": "service", "name": "tiny" }));
    rpc.settle();
    let propose = ["gov", "propose", "admit-subnet", "0", "--without-deposit"];
    let proposed = compare(&owner, "gov propose admit-subnet", &propose);
    let ongoing = &proposed["referendum"]["ongoing"];
    assert_eq!(ongoing["call"], json!("Subnets (admit { netuid: (0), term: 10512000 })"), "{proposed}");
    assert_eq!((&ongoing["depositPaid"], &proposed["referendum"]["phase"]), (&json!(false), &json!("preparing")));
    voter.run(&["gov", "vote", "0", "aye", "0"]).code(2).says("a vote with nothing");
    voter.run(&["gov", "vote", "0", "aye", "90000000"]).code(3);
    let voted = compare(&voter, "gov vote", &["gov", "vote", "0", "aye", "900000", "--conviction", "2"]);
    let tally = &voted["referendum"]["ongoing"];
    assert_eq!(tally["ayes"], json!("1800000000000000000"), "twice its weight: {voted}");
    assert_eq!(tally["support"], json!("900000000000000000"), "{voted}");
    // Votes of others, among them one against it that is changed.
    user("dev:bob").run(&["gov", "vote", "0", "nay", "900000"]).code(0);
    let changed = user("dev:bob").json(&["gov", "vote", "0", "aye", "900000"]);
    assert_eq!(changed["referendum"]["ongoing"]["nays"], json!("0"), "{changed}");
    for name in ["dev:dave", "dev:eve"] {
        user(name).run(&["gov", "vote", "0", "aye", "900000"]).code(0);
    }
    compare(&owner, "gov list", &["gov", "list"]);
    compare(&owner, "gov show", &["gov", "show", "0"]);

    // Decided, confirmed, enacted.
    compare(&owner, "gov deposit", &["gov", "deposit", "0"]);
    owner.run(&["gov", "deposit", "0"]).code(1);
    until("the referendum to be approved", Duration::from_secs(180), || {
        let shown = owner.json(&["gov", "show", "0"]);
        (shown["referendum"]["phase"] == json!("approved")).then_some(())
    });
    until("the subnet to be admitted", Duration::from_secs(60), || {
        let shares = rpc.get("subnets_emissionShares", json!([]));
        shares.as_array().is_some_and(|shares| !shares.is_empty()).then_some(())
    });
    compare(&owner, "gov show", &["gov", "show", "0"]);
    owner.run(&["gov", "list"]).code(0).says("approved");
    voter.run(&["gov", "vote", "0", "nay", "1"]).code(1).says("is over: approved");
    document.is_complete(|command| command == "gov");
}
