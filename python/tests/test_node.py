"""Against a real node: what is in a subnet, and scoring in it, the wrong things included."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import PDG, World, found, next_epoch, register, stake, together

import pedigree.client
from pedigree import (
    BURN_SLOT,
    AlreadyCommitted,
    Client,
    ConnectionFailed,
    DispatchError,
    Key,
    KeyFileError,
    NodeError,
    NothingCommitted,
    NotThere,
    Refused,
    RevealTooEarly,
    RevealTooLate,
    SaltMissing,
    Score,
    ScoresError,
    TookTooLong,
    connect,
    scores_hash,
)

As = Callable[..., Client]
SALT = bytes([5] * 32)


# --- looking ---------------------------------------------------------------------------------------


def test_a_subnet_is_seen_as_it_is(world: World, as_: As) -> None:
    client = as_("bob")
    subnet = client.subnet(world.netuid)
    assert (subnet.name, subnet.kind, subnet.tempo, subnet.neurons) == ("tests", "service", 10, 3)
    assert subnet.owner == Key.dev("eve").ss58_address
    assert subnet.stake == 200 * PDG
    assert subnet in client.subnets(at=client.finalized().hash) or client.subnet(world.netuid) in client.subnets()

    tempo = client.hyperparameters(world.netuid)["tempo"]
    assert (tempo.value, tempo.least, tempo.by_governance_only) == (10, 10, False)
    assert client.hyperparameters(world.netuid)["kappa"].by_governance_only

    metagraph = client.metagraph(world.netuid)
    assert [neuron.uid for neuron in metagraph] == sorted(neuron.uid for neuron in metagraph)
    bob = metagraph.neuron(client.address)
    assert bob is not None
    assert (bob.stake, bob.release, bob.root) == (200 * PDG, None, None)
    assert client.neuron(world.netuid, bob.uid, metagraph.block.hash) == bob
    assert client.neuron(world.netuid, client.address, metagraph.block.hash) == bob
    assert client.neuron(world.netuid, 99) is None
    epochs = client.epochs(world.netuid)
    assert [epoch.epoch for epoch in epochs] == sorted((epoch.epoch for epoch in epochs), reverse=True)


def test_pages_come_to_the_same_as_one(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_("bob")
    at = client.finalized().hash
    whole, all_of_them = client.metagraph(world.netuid, at), client.subnets(at)
    monkeypatch.setattr(pedigree.client, "_NEURONS", 1)
    monkeypatch.setattr(pedigree.client, "_SUBNETS", 1)
    assert client.metagraph(world.netuid, at) == whole
    assert client.subnets(at) == all_of_them


def test_what_is_not_there_is_said(world: World, as_: As) -> None:
    client = as_("alice")
    for look in (client.subnet, client.metagraph, client.hyperparameters, client.epochs, client.status, client.reveal):
        with pytest.raises(NotThere, match="there is no subnet 60000"):
            look(60_000)
    with pytest.raises(NotThere, match=f"5Grwva.* has no neuron in subnet {world.netuid}: register one"):
        client.commit(world.netuid, [Score(BURN_SLOT, 1)])
    with pytest.raises(NodeError, match="the node has no method subnets_nonsense"):
        client.chain.rpc("subnets_nonsense")
    with pytest.raises(NodeError, match="netuid") as caught:
        client.chain.rpc("subnets_subnet", "three")
    assert caught.value.code == -32602


def test_without_a_key_one_can_look_only(world: World, url: str) -> None:
    with connect(url) as client:
        assert client.metagraph(world.netuid).netuid == world.netuid
        for act in (client.status, client.reveal, lambda netuid: client.commit(netuid, [Score(0, 1)])):
            with pytest.raises(KeyFileError, match="this needs a key"):
                act(world.netuid)


# --- scoring ---------------------------------------------------------------------------------------


def raw_commit(client: Client, netuid: int, scores: list[Score]) -> None:
    """A commitment without the client's help, to what it would refuse."""
    client.chain.wait_until(lambda: fresh(client, netuid), "enough of an epoch", 120)
    epoch = client.subnet(netuid).epoch
    account = client.key.public_key if client.key else None
    assert account is not None
    digest = scores_hash(client.chain.genesis, netuid, epoch, account, scores, SALT)
    client.submit("Subnets", "commit", netuid=netuid, hash=f"0x{digest.hex()}")


def raw_reveal(client: Client, netuid: int, scores: list[Score], salt: bytes = SALT) -> DispatchError:
    with pytest.raises(DispatchError) as caught:
        client.submit(
            "Subnets",
            "reveal",
            netuid=netuid,
            scores=[[{"uid": it.uid, "score": it.score, "root": it.root} for it in scores]],
            salt=f"0x{salt.hex()}",
        )
    assert caught.value.pallet == "Subnets"
    assert caught.value.docs in str(caught.value)
    return caught.value


def fresh(client: Client, netuid: int) -> bool | None:
    """Whether there is enough left of an epoch to do something in it, and to look at it."""
    subnet = client.subnet(netuid)
    return True if (subnet.due or 0) - client.finalized().number >= 7 else None


def test_scores_are_committed_to_and_revealed_across_restarts(world: World, as_: As) -> None:
    bob = as_("bob")
    with pytest.raises(NothingCommitted, match="committed to nothing in epoch"):
        bob.reveal(world.netuid)
    bob.chain.wait_until(lambda: fresh(bob, world.netuid), "enough of an epoch", 120)
    before = bob.status(world.netuid)
    assert (before.committed, before.to_reveal, before.revealed) == (False, False, False)

    scores = bob.metagraph(world.netuid).scores({world.charlie: 0.75, world.dave: 0.25})
    committed = bob.commit(world.netuid, scores)
    assert committed.epoch == before.epoch
    assert committed.scores == (Score(*sorted_(world)[0]), Score(*sorted_(world)[1]))
    assert committed.path.is_file()

    # Again: the same says so, others are refused, and nothing is overwritten.
    assert bob.commit(world.netuid, scores) == committed
    with pytest.raises(AlreadyCommitted, match=f"to other scores. They are kept in {committed.path}"):
        bob.commit(world.netuid, [Score(BURN_SLOT, 1)])
    with pytest.raises(AlreadyCommitted, match="from another machine or directory"):
        as_("bob", "elsewhere").commit(world.netuid, scores)
    with pytest.raises(RevealTooEarly, match=f"epoch {committed.epoch} .* goes on until block .* or with wait=True"):
        bob.reveal(world.netuid)
    bob.close()

    # A restart, and somebody who does not have the salt.
    again = as_("bob")
    assert again.status(world.netuid).committed
    assert again.status(world.netuid).kept
    next_epoch(again, world.netuid)
    elsewhere = as_("bob", "elsewhere")
    assert elsewhere.status(world.netuid).to_reveal
    assert not elsewhere.status(world.netuid).kept
    with pytest.raises(SaltMissing, match="without its salt it can't be revealed"):
        elsewhere.reveal(world.netuid)
    assert again.status(world.netuid).to_reveal
    revealed = again.reveal(world.netuid)
    assert (revealed.epoch, revealed.count, revealed.scores) == (committed.epoch + 1, 2, committed.scores)
    assert again.status(world.netuid).revealed
    assert not again.status(world.netuid).to_reveal
    twice = again.reveal(world.netuid)
    assert (twice.epoch, twice.count) == (revealed.epoch, None)

    # They count: at the end of the epoch, contributors are what they were scored.
    again.wait_for_epoch(world.netuid, revealed.epoch + 1, 120)
    result = next(it for it in again.epochs(world.netuid) if it.epoch == revealed.epoch)
    assert result.scored == 1
    charlie, dave = (again.neuron(world.netuid, uid) for uid in (world.charlie, world.dave))
    assert charlie is not None
    assert dave is not None
    assert charlie.last is not None
    assert dave.last is not None
    assert charlie.last.incentive == pytest.approx(65_535 * 0.75, abs=2)
    assert dave.last.incentive == pytest.approx(65_535 * 0.25, abs=2)


def sorted_(world: World) -> list[tuple[int, int]]:
    return sorted([(world.charlie, 65_535), (world.dave, 21_845)])


def test_what_is_not_revealed_in_time_never_is(world: World, as_: As) -> None:
    bob = as_("bob")
    committed = bob.commit(world.netuid, [Score(BURN_SLOT, 1)])
    bob.wait_for_epoch(world.netuid, committed.epoch + 2, 180)
    with pytest.raises(RevealTooLate, match=f"committed to in epoch {committed.epoch} .* could be revealed in epoch"):
        bob.reveal(world.netuid)


def test_at_the_end_of_an_epoch_a_commitment_waits_for_the_next(world: World, as_: As) -> None:
    bob = as_("bob")

    def nearly_over() -> int | None:
        subnet = bob.subnet(world.netuid)
        return subnet.epoch if 0 < (subnet.due or 0) - bob.finalized().number < 4 else None

    epoch = bob.chain.wait_until(nearly_over, "the end of an epoch", 120)
    committed = bob.commit(world.netuid, [Score(BURN_SLOT, 1)])
    assert committed.epoch == epoch + 1
    revealed = bob.reveal(world.netuid, wait=True)
    assert (revealed.epoch, revealed.count) == (epoch + 2, 1)


KILLED_AFTER_SENDING = """
import os, signal, sys
import pedigree.chain
from pedigree import Key, Score, connect

async def die(seconds):
    os.kill(os.getpid(), signal.SIGKILL)

client = connect(sys.argv[1], Key.dev("bob"), directory=sys.argv[2])
submit = client.chain.submit
def submit_and_die(*args, **options):
    pedigree.chain.asyncio.sleep = die
    return submit(*args, **options)
client.chain.submit = submit_and_die
client.commit(int(sys.argv[3]), [Score(0, int(sys.argv[4]))])
"""
KILLED_BEFORE_SENDING = KILLED_AFTER_SENDING.replace("pedigree.chain.asyncio.sleep = die", "os.kill(os.getpid(), 9)")


def killed(program: str, *arguments: object) -> None:
    done = subprocess.run([sys.executable, "-c", program, *map(str, arguments)], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()


def test_a_process_that_is_killed_loses_no_salt_and_commits_once(
    world: World, as_: As, url: str, tmp_path: Path
) -> None:
    bob = as_("bob")
    next_epoch(bob, world.netuid)
    # Killed with scores and salt on the disk, and nothing sent.
    killed(KILLED_BEFORE_SENDING, url, tmp_path / "scores", world.netuid, 7)
    account = Key.dev("bob").public_key
    (kept,) = bob.store.attempts(world.netuid, account, bob.subnet(world.netuid).epoch)
    assert not bob.status(world.netuid).committed
    # Killed with the commitment sent, and not in a final block.
    killed(KILLED_AFTER_SENDING, url, tmp_path / "scores", world.netuid, 7)
    # With others, the first ones are there, whether they are final already or not.
    with pytest.raises(AlreadyCommitted, match="to other scores"):
        bob.commit(world.netuid, [Score(BURN_SLOT, 8)])
    committed = bob.commit(world.netuid, [Score(BURN_SLOT, 7)])
    assert (committed.hash, committed.path) == (f"0x{kept.hash.hex()}", kept.path)
    assert bob.reveal(world.netuid, wait=True).scores == (Score(BURN_SLOT, 7),)


def test_the_chain_refuses_what_the_client_does_not_send(world: World, as_: As) -> None:
    """And of what it refuses, name and documentation arrive."""
    bob = as_("bob")
    unsorted = [Score(max(world.charlie, world.dave), 1), Score(min(world.charlie, world.dave), 1)]
    raw_commit(bob, world.netuid, unsorted)
    early = raw_reveal(bob, world.netuid, unsorted)
    assert (early.name, early.docs[:54]) == ("RevealTooEarly", "Scores can't be revealed in the epoch in which they we")
    with pytest.raises(
        DispatchError, match=r"Subnets\.AlreadyCommitted: You have committed .* Wait for the next one\."
    ):
        bob.submit("Subnets", "commit", netuid=world.netuid, hash="0x" + "00" * 32)
    next_epoch(bob, world.netuid)
    with pytest.raises(SaltMissing):
        bob.reveal(world.netuid)
    assert raw_reveal(bob, world.netuid, unsorted, bytes(32)).name == "NotWhatWasCommitted"
    assert raw_reveal(bob, world.netuid, unsorted).name == "ScoresNotSorted"

    # Two more evaluators, to be wrong at the same time.
    eve, ferdie = as_("eve"), as_("ferdie")
    together(*(lambda it=it: (register(it, world.netuid), stake(it, world.netuid)) for it in (eve, ferdie)))
    next_epoch(bob, world.netuid)
    duplicate, none, nobody = [Score(world.dave, 1), Score(world.dave, 1)], [], [Score(200, 1)]
    wrong = [(bob, duplicate), (eve, none), (ferdie, nobody)]
    together(*(lambda it=it: raw_commit(it[0], world.netuid, it[1]) for it in wrong))
    next_epoch(bob, world.netuid)
    errors = together(*(lambda it=it: raw_reveal(it[0], world.netuid, it[1]).name for it in wrong))
    assert errors == ["ScoresNotSorted", "NoScore", "UnknownUid"]


def test_who_has_too_little_stake_has_no_permit(world: World, as_: As) -> None:
    with pytest.raises(DispatchError, match=r"Subnets\.NoPermit: .*too little stake behind it counts"):
        as_("charlie").commit(world.netuid, [Score(BURN_SLOT, 1)])


def test_two_machines_can_not_both_commit(world: World, as_: As) -> None:
    one, other = as_("bob", "one"), as_("bob", "other")
    next_epoch(one, world.netuid)

    def attempt(client: Client, score: int) -> object:
        try:
            return client.commit(world.netuid, [Score(BURN_SLOT, score)])
        except AlreadyCommitted as error:
            return error

    outcomes = together(lambda: attempt(one, 1), lambda: attempt(other, 2))
    assert sorted(isinstance(it, AlreadyCommitted) for it in outcomes) == [False, True]


def test_a_proxy_scores_for_an_account_and_can_not_spend(world: World, as_: As, url: str, tmp_path: Path) -> None:
    bob, proxy = as_("bob"), Key.from_seed(os.urandom(32))
    with connect(url, proxy) as poor, pytest.raises(Refused, match=r"pay some fees.* Put funds on the account"):
        poor.submit("System", "remark", remark="0x12")
    bob.submit("Balances", "transfer_keep_alive", dest={"Id": proxy.ss58_address}, value=10 * PDG)
    bob.submit("Proxy", "add_proxy", delegate={"Id": proxy.ss58_address}, proxy_type="Scoring", delay=0)
    next_epoch(bob, world.netuid)
    with connect(url, proxy, account=bob.address, directory=tmp_path) as client:
        committed = client.commit(world.netuid, [Score(BURN_SLOT, 3)])
        # An error of the call inside arrives as if it had been sent as it is.
        with pytest.raises(DispatchError, match=r"Subnets\.AlreadyCommitted"):
            client.submit("Subnets", "commit", netuid=world.netuid, hash="0x" + "00" * 32)
        with pytest.raises(DispatchError, match="CallFiltered"):
            client.submit("Balances", "transfer_keep_alive", dest={"Id": proxy.ss58_address}, value=PDG)
        assert client.reveal(world.netuid, wait=True).epoch == committed.epoch + 1
    # It is Bob who has committed.
    assert bob.status(world.netuid).revealed


# --- scores that name roots ------------------------------------------------------------------------


def prepared(client: Client, action: dict[str, object]) -> None:
    """Does what `provenance_prepare` knows, as docs/rpc.md says a signer does it."""
    key = client.key
    assert key is not None
    ready = client.chain.rpc("provenance_prepare", key.ss58_address, action)
    signature = key.sign(bytes.fromhex(ready["sign"].removeprefix("0x")))
    nonce = client.chain.rpc("account_nextIndex", key.ss58_address)
    signed = client.chain.rpc("provenance_assemble", ready["payload"], f"0x{signature.hex()}")
    client.chain.rpc("author_submitExtrinsic", signed)

    def included() -> bool | None:
        account = client.chain.storage("System", "Account", key.ss58_address, at=client.finalized().hash)
        return True if account["nonce"] > nonce else None

    client.chain.wait_until(included, "the transaction to be final", 60)


def published(client: Client, name: str, roots: list[str]) -> list[dict[str, int]]:
    """Takes a namespace and registers releases of a model with these roots."""
    salt = f"0x{SALT.hex()}"
    prepared(client, {"action": "reserveNamespace", "name": name, "salt": salt})
    prepared(client, {"action": "claimNamespace", "name": name, "salt": salt})
    terms = {"licence": "Apache-2.0", "commercialUse": True, "derivatives": True, "shareAlike": False}
    terms |= {"attribution": True, "royalty": 0}
    found = []
    for root in roots:
        prepared(client, {"action": "reserveRoot", "root": root, "salt": salt})
        release = {"manifest": {"root": root, "files": 1, "tensors": 0, "bytes": 1024}, "terms": terms}
        entry = {"record": f"{name}/model", "kind": "model", "salt": salt, "release": release}
        prepared(client, {"action": "register", **entry})
        holder = client.chain.rpc("provenance_holder", root)
        found.append(holder["id"])
    return found


def test_scores_name_what_was_evaluated(as_: As) -> None:
    dave, eve, bob = as_("dave"), as_("eve"), as_("bob")
    roots = [f"0x{os.urandom(32).hex()}" for _ in range(2)]
    first, second = published(dave, f"python-{os.urandom(4).hex()}", roots)
    netuid = found(eve, "Model", "models")
    uid, *_ = together(
        lambda: register(dave, netuid, first),
        lambda: (register(bob, netuid), stake(bob, netuid)),
    )
    assert isinstance(uid, int)
    next_epoch(bob, netuid)

    seen = bob.metagraph(netuid)
    neuron = seen.neuron(uid)
    assert neuron is not None
    assert neuron.root == roots[0]
    with pytest.raises(ScoresError, match=f"the score of uid {uid} names no root.*metagraph.scores"):
        bob.commit(netuid, [Score(uid, 1)])
    scores = seen.scores({BURN_SLOT: 0.5, uid: 1})
    assert scores[1].root == roots[0]
    bob.commit(netuid, scores)
    assert bob.reveal(netuid, wait=True).count == 2

    # Between evaluation and commitment the neuron is bound anew: its score is left out, and the rest can be revealed.
    dave.submit("Subnets", "bind", netuid=netuid, release=second, price_limit=100 * PDG)
    with pytest.raises(ScoresError, match="nothing is left to score"):
        bob.commit(netuid, seen.scores({uid: 1}))
    committed = bob.commit(netuid, scores)
    assert [it.uid for it in committed.scores] == [BURN_SLOT]
    assert [it.root for it in committed.dropped] == [roots[0]]
    assert bob.commit(netuid, scores) == committed
    assert bob.reveal(netuid, wait=True).count == 1


# --- when something goes wrong ---------------------------------------------------------------------


class Wire:
    """A wire to the node that can be cut."""

    def __init__(self, url: str) -> None:
        self._to = ("127.0.0.1", int(url.rsplit(":", 1)[1]))
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._server.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                one, _ = self._server.accept()
            except OSError:
                return
            other = socket.create_connection(self._to)
            self._open += [one, other]
            for ends in ((one, other), (other, one)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(1 << 16):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, sink):
                end.close()

    def cut(self) -> None:
        """Ends all connections; new ones are possible."""
        for end in self._open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._open.clear()

    def close(self) -> None:
        """For good."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    wire = Wire(url)
    yield wire
    wire.close()


def test_nobody_answers() -> None:
    with pytest.raises(ConnectionFailed, match=r"cannot reach ws://127\.0\.0\.1:1: .*Is a node running there"):
        connect("ws://127.0.0.1:1")
    with pytest.raises(ConnectionFailed, match="cannot reach nonsense"):
        connect("nonsense")


def test_a_lost_connection_is_made_again(world: World, wire: Wire, tmp_path: Path) -> None:
    with connect(wire.url, Key.dev("bob"), directory=tmp_path) as client:
        assert client.subnet(world.netuid).netuid == world.netuid
        wire.cut()
        assert client.subnet(world.netuid).netuid == world.netuid
        # In the middle of waiting for finality, too.
        threading.Timer(4, wire.cut).start()
        receipt = client.submit("System", "remark_with_event", remark="0x1234")
        assert receipt.event("System", "Remarked") is not None


def test_a_node_that_is_gone_is_missed(world: World, url: str) -> None:
    wire = Wire(url)
    with connect(wire.url, timeout=15) as client:
        wire.close()
        began = time.monotonic()
        with pytest.raises(ConnectionFailed, match=wire.url):
            client.subnet(world.netuid)
        assert time.monotonic() - began < 30


def test_who_is_closed_says_so(url: str) -> None:
    client = connect(url)
    client.close()
    client.close()
    with pytest.raises(ConnectionFailed, match="the connection was closed; connect anew"):
        client.finalized()


def test_calls_that_can_not_be_made_are_refused(as_: As) -> None:
    alice = as_("alice")
    for call in (("Subnets", "nonsense"), ("Nonsense", "found")):
        with pytest.raises(Refused, match=f"{call[0]}.{call[1]} can't be made of these arguments"):
            alice.submit(*call)
    with pytest.raises(Refused, match=r"Subnets\.fund can't be made of these arguments"):
        alice.submit("Subnets", "fund", netuid=1)
    with pytest.raises(DispatchError, match="BadOrigin") as caught:
        alice.submit("System", "set_heap_pages", pages=1)
    assert caught.value.pallet is None


def test_waiting_ends(world: World, as_: As) -> None:
    with pytest.raises(TookTooLong, match="waited 1 s for epoch 4000000000 of subnet"):
        as_("bob").wait_for_epoch(world.netuid, 4_000_000_000, timeout=1)


def test_the_example_of_the_readme_runs(readme: subprocess.Popen[str]) -> None:
    output, _ = readme.communicate(timeout=300)
    assert readme.returncode == 0, output
    assert "the last epoch paid 5.0 PDG of dividends" in output
