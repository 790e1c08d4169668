"""What the tests that need a node share: its address, and a subnet of services that is ready to be scored in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from pedigree import Client, Key, connect

PDG = 10**12
README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(scope="session")
def url() -> str:
    """Where the development node is, whose chain is the tests'."""
    if (found := os.environ.get("PEDIGREE_TEST_URL")) is None:
        pytest.exit("PEDIGREE_TEST_URL is not set: `make python-test` starts a node and sets it", 2)
    return found


@dataclass
class World:
    """A subnet of services: Alice owns it, Bob is an evaluator whose stake counts, Charlie and Dave are contributors."""

    netuid: int
    charlie: int
    dave: int


def together(*work: Callable[[], object]) -> list[object]:
    """Does several things at once: each waits for finality, and all can wait for the same."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [done.result() for done in [pool.submit(it) for it in work]]


def found(owner: Client, kind: str, name: str) -> int:
    """A new subnet with the shortest epochs."""
    event = owner.submit("Subnets", "found", kind=kind, name=name, price_limit=100_000 * PDG).event(
        "Subnets", "Founded"
    )
    owner.submit("Subnets", "set_hyperparameter", netuid=event["netuid"], hyperparameter={"Tempo": 10})
    return int(event["netuid"])


def register(client: Client, netuid: int, release: dict[str, int] | None = None) -> int:
    """A new neuron's uid."""
    receipt = client.submit("Subnets", "register", netuid=netuid, release=release, price_limit=100 * PDG)
    return int(receipt.event("Subnets", "NeuronRegistered")["uid"])


def stake(client: Client, netuid: int, amount: int = 200 * PDG) -> None:
    """Stakes behind oneself."""
    client.submit("Stake", "allocate", netuid=netuid, evaluator=client.address, amount=amount, accepted_take=180_000)


def next_epoch(client: Client, netuid: int) -> int:
    """Waits for the next epoch."""
    return client.wait_for_epoch(netuid, client.subnet(netuid).epoch + 1, 180).epoch


@pytest.fixture
def as_(url: str, tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Connects as a development account; scores are kept in a directory of the test's."""
    clients = []

    def connect_as(name: str, directory: str = "scores", **options: object) -> Client:
        clients.append(connect(url, Key.dev(name), directory=tmp_path / directory, **options))  # type: ignore[arg-type]
        return clients[-1]

    yield connect_as
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def world(url: str, readme: subprocess.Popen[str]) -> World:
    """Made once: it takes a minute."""
    with connect(url, Key.dev("eve")) as owner:
        netuid = found(owner, "Service", "tests")

    def enter(name: str, amount: int = 0) -> int:
        with connect(url, Key.dev(name)) as client:
            uid = register(client, netuid)
            if amount:
                stake(client, netuid, amount)
            return uid

    _, charlie, dave = together(lambda: enter("bob", 200 * PDG), lambda: enter("charlie"), lambda: enter("dave"))
    with connect(url) as client:
        next_epoch(client, netuid)
        bob = Key.dev("bob").ss58_address

        def counts() -> bool | None:
            neuron = client.neuron(netuid, bob)
            return True if neuron is not None and neuron.stake else None

        # From the block on in which the epoch before is credited: the next one, as a rule.
        client.chain.wait_until(counts, "Bob's stake to count", 30)
    assert isinstance(charlie, int)
    assert isinstance(dave, int)
    return World(netuid, charlie, dave)


@pytest.fixture(scope="session")
def readme(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The example of the README, which runs while the other tests do."""
    block = README.read_text(encoding="utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    place = tmp_path_factory.mktemp("readme")
    (place / "example.py").write_text(block, encoding="utf-8")
    environment = {**os.environ, "PEDIGREE_HOME": str(place), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-W", "error", str(place / "example.py"), url]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        # It founds a subnet as Alice and uses Bob and Charlie, as the tests do: let its first steps be its own.
        time.sleep(1)
        yield process
        process.kill()
