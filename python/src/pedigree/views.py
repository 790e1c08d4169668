"""What a node answers: subnets, neurons, hyperparameters, epochs (``docs/rpc.md``, "Subnets and stake").

Amounts are plancks, 10^12 of which are one PDG. Times are block numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import ScoresError
from .scores import BURN_SLOT, Score, scaled

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A block."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet."""

    netuid: int
    name: str
    kind: str
    """``model``, ``dataset`` or ``service``."""
    owner: str
    founded: int
    closed: bool
    admitted_until: int | None
    share: int
    """Its share in the emission now, in billionths."""
    epoch: int
    """The epoch that is going on."""
    last_epoch: int
    """The block in which the epoch before ended, or in which it was founded."""
    due: int | None
    """The block from which on the epoch can end."""
    tempo: int
    neurons: int
    evaluators: int
    seats: int
    neuron_price: int
    funds: int
    pending: int
    stake: int
    average_stake: int

    @classmethod
    def of(cls, json: Json) -> Subnet:
        """From a node's answer."""
        return cls(
            netuid=json["netuid"],
            name=json["name"],
            kind=json["kind"],
            owner=json["owner"],
            founded=json["founded"],
            closed=json["closed"],
            admitted_until=json["admittedUntil"],
            share=json["share"],
            epoch=json["epoch"],
            last_epoch=json["lastEpoch"],
            due=json["due"],
            tempo=json["tempo"],
            neurons=json["neurons"],
            evaluators=json["evaluators"],
            seats=json["seats"],
            neuron_price=int(json["neuronPrice"]),
            funds=int(json["funds"]),
            pending=int(json["pending"]),
            stake=int(json["stake"]),
            average_stake=int(json["averageStake"]),
        )


@dataclass(frozen=True, slots=True)
class Release:
    """A release: the record's id, and the release's number."""

    record: int
    number: int


@dataclass(frozen=True, slots=True)
class NeuronResult:
    """What became of a neuron in the last epoch, in 65535ths."""

    consensus: int
    trust: int
    incentive: int
    dividends: int
    stake: int


@dataclass(frozen=True, slots=True)
class Neuron:
    """A neuron."""

    uid: int
    account: str
    registered: int
    since: int
    """The block in which it became what it is: registered, or bound anew. Scores from before don't count."""
    immune_until: int
    release: Release | None
    root: str | None
    """The root that scores must name."""
    endpoint: str | None
    permit: bool
    """Whether it may score."""
    stake: int
    """The stake behind it that counts."""
    committed: bool
    """Whether it has committed to scores in this epoch."""
    revealed: bool
    """Whether it has revealed scores in this epoch."""
    last: NeuronResult | None
    """Nothing before its first epoch."""

    @classmethod
    def of(cls, json: Json) -> Neuron:
        """From a node's answer."""
        release, last = json["release"], json["last"]
        return cls(
            uid=json["uid"],
            account=json["account"],
            registered=json["registered"],
            since=json["since"],
            immune_until=json["immuneUntil"],
            release=release and Release(release["record"], release["number"]),
            root=json["root"],
            endpoint=json["endpoint"],
            permit=json["permit"],
            stake=int(json["stake"]),
            committed=json["committed"],
            revealed=json["revealed"],
            last=last
            and NeuronResult(last["consensus"], last["trust"], last["incentive"], last["dividends"], last["stake"]),
        )


@dataclass(frozen=True, slots=True)
class Metagraph:
    """All neurons of a subnet at one block."""

    netuid: int
    kind: str
    epoch: int
    block: Block
    neurons: tuple[Neuron, ...]
    """By rising uid; free seats and the burn slot are left out."""

    def __iter__(self) -> Iterator[Neuron]:
        return iter(self.neurons)

    def __len__(self) -> int:
        return len(self.neurons)

    def neuron(self, which: int | str) -> Neuron | None:
        """A neuron by its uid or account."""
        return next((neuron for neuron in self.neurons if which in (neuron.uid, neuron.account)), None)

    def scores(self, values: Mapping[int, float]) -> tuple[Score, ...]:
        """What you found, by uid, as scores for :meth:`Client.commit`.

        The largest becomes 65535, and the others keep their proportion to it. Each names the root that the neuron had in
        this metagraph: so use the one that told you what to evaluate, not one from afterwards.
        """
        roots = {neuron.uid: neuron.root for neuron in self.neurons}
        unknown = [uid for uid in values if uid != BURN_SLOT and uid not in roots]
        if unknown:
            raise ScoresError(f"no neuron has uid {unknown[0]} in this metagraph of subnet {self.netuid}; leave it out")
        return tuple(Score(uid, score, roots.get(uid)) for uid, score in scaled(values).items())


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """How a subnet is set in one respect. ``1`` is true."""

    name: str
    value: int
    least: int
    most: int
    by_governance_only: bool

    @classmethod
    def of(cls, json: Json) -> Hyperparameter:
        """From a node's answer."""
        return cls(json["name"], int(json["value"]), int(json["least"]), int(json["most"]), json["byGovernanceOnly"])


@dataclass(frozen=True, slots=True)
class Epoch:
    """What became of an epoch."""

    epoch: int
    block: int
    emission: int
    funds: int
    owner_part: int
    incentive: int
    dividends: int
    burned: int
    scored: int
    """How many evaluators had scores in it."""

    @classmethod
    def of(cls, json: Json) -> Epoch:
        """From a node's answer."""
        return cls(
            epoch=json["epoch"],
            block=json["block"],
            emission=int(json["emission"]),
            funds=int(json["funds"]),
            owner_part=int(json["ownerPart"]),
            incentive=int(json["incentive"]),
            dividends=int(json["dividends"]),
            burned=int(json["burned"]),
            scored=json["scored"],
        )
