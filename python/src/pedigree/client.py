"""The client: what a subnet looks like, and scoring in it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from .chain import MIN_PERIOD, Chain, Receipt
from .errors import (
    AlreadyCommitted,
    CommitTooLate,
    DispatchError,
    KeyFileError,
    NotFinal,
    NothingCommitted,
    NotIncluded,
    NotThere,
    RevealTooEarly,
    RevealTooLate,
    SaltMissing,
    ScoresError,
)
from .keys import Signer, account_of, address_of
from .scores import BURN_SLOT, Score, checked
from .store import Attempt, ScoreStore
from .views import Block, Epoch, Hyperparameter, Metagraph, Neuron, Subnet

_log = logging.getLogger("pedigree")

# How much is asked for at once: what the node gives at most.
_SUBNETS: Final = 100
_NEURONS: Final = 256
SECONDS_PER_BLOCK: Final = 3


@dataclass(frozen=True, slots=True)
class Commitment:
    """Scores that are committed to, in a final block."""

    netuid: int
    epoch: int
    """They can be revealed in the next one, and in no other."""
    hash: str
    scores: tuple[Score, ...]
    dropped: tuple[Score, ...]
    """Left out: since you evaluated them, these neurons have left, or were bound to another release."""
    path: Path
    """Where scores and salt are kept. Without that file, they can't be revealed."""
    block: int
    """The block it was made in."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Scores that are revealed, in a final block."""

    netuid: int
    epoch: int
    """The epoch at whose end they count."""
    scores: tuple[Score, ...] | None
    """Nothing if they were revealed before, and are not kept here."""
    count: int | None
    """How many of them count; nothing if they were revealed before."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where an evaluator is in a subnet, at one final block."""

    netuid: int
    block: Block
    epoch: int
    """The epoch that is going on."""
    due: int | None
    """The block from which on it can end."""
    uid: int
    permit: bool
    committed: bool
    """Whether there is a commitment in this epoch."""
    to_reveal: bool
    """Whether there is a commitment of the epoch before that is not revealed."""
    revealed: bool
    """Whether scores were revealed in this epoch."""
    kept: bool
    """Whether scores and salts of what is to be revealed, now or in the next epoch, are on this disk."""

    @property
    def seconds_left(self) -> int:
        """How long the epoch goes on at least, about."""
        return max(0, ((self.due or self.block.number) - self.block.number) * SECONDS_PER_BLOCK)


@dataclass(frozen=True, slots=True)
class _Commit:
    epoch: int
    block: int
    hash: bytes


class Client:
    """A connection to a node of Pedigree.

    What is read is of the last final block, unless another is named with ``at`` (a block's hash). So it is never taken
    back, and what a call has done is there when the call returns.

    ``key`` signs. ``account`` is the account that it scores for, where that is another one: the key is then its proxy
    (type ``Scoring``), and can't spend what the account has. ``directory`` is where scores and salts are kept.
    """

    def __init__(
        self,
        url: str = "ws://127.0.0.1:9944",
        key: Signer | None = None,
        *,
        account: str | None = None,
        directory: str | Path | None = None,
        timeout: float = 60.0,
    ) -> None:
        self.key = key
        own = key.public_key if key is not None else None
        self._account = account_of(account) if account is not None else own
        self._proxied = account if self._account is not None and self._account != own else None
        self.chain = Chain(url, timeout=timeout)
        self.store = ScoreStore(self.chain.genesis, directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self.chain.close()

    @property
    def address(self) -> str:
        """The account that is scored for."""
        return address_of(self._who())

    def _who(self) -> bytes:
        if self._account is None:
            raise KeyFileError("this needs a key: connect with key=Key.open(NAME), or Key.dev('alice') on a test chain")
        return self._account

    def _signer(self) -> Signer:
        self._who()
        if self.key is None:
            raise KeyFileError(f"this needs a key that may sign for {self.address}: connect with key=…")
        return self.key

    # --- looking -----------------------------------------------------------------------------------

    def finalized(self) -> Block:
        """The last final block."""
        return self.chain.finalized()

    def subnets(self, at: str | None = None) -> tuple[Subnet, ...]:
        """All subnets, by id."""
        at = at or self.finalized().hash
        found: list[Subnet] = []
        after = None
        while True:
            page = self.chain.rpc("subnets_list", after, _SUBNETS, at)
            found.extend(map(Subnet.of, page["items"]))
            after = page["next"]
            if after is None:
                return tuple(found)

    def subnet(self, netuid: int, at: str | None = None) -> Subnet:
        """A subnet."""
        return Subnet.of(self._of_subnet("subnets_subnet", netuid, at))

    def metagraph(self, netuid: int, at: str | None = None) -> Metagraph:
        """All neurons of a subnet, all at one block."""
        block = (
            self.chain.finalized()
            if at is None
            else Block(int(self.chain.rpc("chain_getHeader", at)["number"], 16), at)
        )
        kind = self.subnet(netuid, block.hash).kind
        neurons: list[Neuron] = []
        start = 0
        while True:
            page = self.chain.rpc("subnets_metagraph", netuid, start, _NEURONS, block.hash)
            neurons.extend(map(Neuron.of, page["neurons"]))
            if page["next"] is None:
                return Metagraph(netuid, kind, page["epoch"], block, tuple(neurons))
            start = page["next"]

    def neuron(self, netuid: int, which: int | str, at: str | None = None) -> Neuron | None:
        """A neuron by its uid or account; nothing if there is none."""
        at = at or self.finalized().hash
        found = self.chain.rpc("subnets_neuron", netuid, which, at)
        return None if found is None else Neuron.of(found)

    def hyperparameters(self, netuid: int, at: str | None = None) -> dict[str, Hyperparameter]:
        """How a subnet is set, by name."""
        found = map(Hyperparameter.of, self._of_subnet("subnets_hyperparameters", netuid, at))
        return {it.name: it for it in found}

    def epochs(self, netuid: int, at: str | None = None) -> tuple[Epoch, ...]:
        """The latest epochs of a subnet, the last first."""
        return tuple(map(Epoch.of, self._of_subnet("subnets_epochs", netuid, at)))

    def _of_subnet(self, method: str, netuid: int, at: str | None) -> Any:
        found = self.chain.rpc(method, netuid, at or self.finalized().hash)
        if found is None:
            raise NotThere(f"there is no subnet {netuid}; subnets() lists those that there are")
        return found

    # --- any call ----------------------------------------------------------------------------------

    def submit(self, pallet: str, call: str, timeout: float = 300.0, **args: Any) -> Receipt:
        """Sends any call of the chain and waits until it is in a final block; fails with the error that it failed with.

        Arguments are named, and have the form that async-substrate-interface gives them: numbers, ``0x`` and digits for
        bytes, SS58 for accounts, ``{"Variant": value}`` for enums.
        """
        return self.chain.submit(self._signer(), pallet, call, args, on_behalf_of=self._proxied, timeout=timeout)

    # --- scoring -----------------------------------------------------------------------------------

    def status(self, netuid: int) -> Status:
        """Where this account is in a subnet: what is to be done, and until when."""
        block = self.finalized()
        subnet, neuron = self._seat(netuid, block)
        commits = self._commits(netuid, neuron.uid, block)
        waiting = [commit for commit in commits if commit.epoch + 1 >= subnet.epoch]
        return Status(
            netuid=netuid,
            block=block,
            epoch=subnet.epoch,
            due=subnet.due,
            uid=neuron.uid,
            permit=neuron.permit,
            committed=any(commit.epoch == subnet.epoch for commit in commits),
            to_reveal=not neuron.revealed and any(commit.epoch + 1 == subnet.epoch for commit in commits),
            revealed=neuron.revealed,
            kept=all(self._kept(netuid, commit) is not None for commit in waiting),
        )

    def wait_for_epoch(self, netuid: int, epoch: int, timeout: float = 7_200.0) -> Subnet:
        """Waits until that epoch of a subnet goes on, or a later one."""

        def begun() -> Subnet | None:
            subnet = self.subnet(netuid)
            return subnet if subnet.epoch >= epoch else None

        return self.chain.wait_until(begun, f"epoch {epoch} of subnet {netuid}", timeout)

    def commit(self, netuid: int, scores: Iterable[Score], *, timeout: float = 300.0) -> Commitment:
        """Commits to scores, which can be revealed in the next epoch. Make them with :meth:`Metagraph.scores`.

        Scores and salt are on the disk before anything is sent. To call it again with the same scores does no harm: after
        an interruption it goes on, and when they are committed to it says so. If too few blocks are left of the epoch for
        the commitment to be in it for certain, it waits for the next one.
        """
        scores, end = checked(scores), time.monotonic() + timeout
        while True:
            try:
                return self._commit(netuid, scores, max(1.0, end - time.monotonic()))
            except NotIncluded:
                # It never will be, so another attempt can't be a second commitment.
                if time.monotonic() >= end:
                    raise

    def _commit(self, netuid: int, scores: tuple[Score, ...], timeout: float) -> Commitment:
        signer = self._signer()
        block, subnet, neuron = self._room(netuid, timeout)
        if (made := self._made_in(netuid, neuron.uid, subnet.epoch, block)) is not None:
            return self._again(subnet, made, scores)
        fresh, dropped = self._current(subnet, scores)
        attempt = self.store.keep(netuid, subnet.epoch, self._who(), fresh)
        args = {"netuid": netuid, "hash": f"0x{attempt.hash.hex()}"}
        last = None if subnet.due is None else subnet.due - 1
        try:
            receipt = self.chain.submit(
                signer, "Subnets", "commit", args, on_behalf_of=self._proxied, last_block=last, timeout=timeout
            )
        except DispatchError as error:
            made = self._made_in(netuid, neuron.uid, subnet.epoch, self.finalized())
            if error.name == "AlreadyCommitted" and made is not None:
                return self._again(subnet, made, scores)
            raise
        except NotFinal as error:
            kept = f"Its scores and salt are kept in {attempt.path}; commit to the same again to go on"
            raise NotFinal(f"{error}. {kept}") from None
        made = next((it for it in self._commits(netuid, neuron.uid, receipt.block) if it.hash == attempt.hash), None)
        if made is None or made.epoch != subnet.epoch:
            # Only where the owner has shortened the tempo in the meantime.
            raise CommitTooLate(
                f"epoch {subnet.epoch} of subnet {netuid} ended before block {receipt.block.number}, because its tempo "
                "was changed. These scores can't be revealed; commit anew in the next epoch"
            )
        return self._commitment(attempt, made, dropped)

    def reveal(self, netuid: int, *, wait: bool = False, timeout: float = 300.0) -> Reveal:
        """Reveals the scores that were committed to in the epoch before; they count at the end of this one.

        The chain says what was committed to, the disk has its scores and salt. To call it again does no harm. With
        ``wait`` it waits until the epoch begins, if it has not yet.
        """
        signer = self._signer()
        block = self.finalized()
        subnet, neuron = self._seat(netuid, block)
        commits = self._commits(netuid, neuron.uid, block)
        if wait and commits and all(commit.epoch == subnet.epoch for commit in commits):
            self.wait_for_epoch(netuid, subnet.epoch + 1, max(timeout, self._seconds_left(subnet, block) + timeout))
            return self.reveal(netuid, timeout=timeout)
        commit = next((it for it in commits if it.epoch + 1 == subnet.epoch), None)
        if neuron.revealed:
            kept = commit and self._kept(netuid, commit)
            return Reveal(netuid, subnet.epoch, kept.scores if kept else None, None)
        if commit is None:
            raise self._nothing_to_reveal(netuid, subnet, commits, block)
        attempt = self._kept(netuid, commit)
        if attempt is None:
            raise SaltMissing(
                f"what {self.address} committed to in epoch {commit.epoch} of subnet {netuid} is not kept in "
                f"{self.store.folder(netuid, self._who())}: it was committed from another machine or directory. Reveal it there, or bring "
                f"the file here before block {subnet.due}; without its salt it can't be revealed"
            )
        args = {
            "netuid": netuid,
            # A bounded list is a structure around a list.
            "scores": [[{"uid": it.uid, "score": it.score, "root": it.root} for it in attempt.scores]],
            "salt": f"0x{attempt.salt.hex()}",
        }
        try:
            receipt = self.chain.submit(signer, "Subnets", "reveal", args, on_behalf_of=self._proxied, timeout=timeout)
        except DispatchError as error:
            if error.name == "AlreadyRevealed":
                return Reveal(netuid, subnet.epoch, attempt.scores, None)
            if error.name == "CommitExpired":
                raise self._too_late(netuid, commit.epoch) from error
            if error.name in ("AnotherRoot", "UnknownUid"):
                raise DispatchError(
                    error.pallet,
                    error.name,
                    f"{error.docs} A contributor was bound anew, or left, just before you committed in block {commit.block}. "
                    "These scores can't be revealed any more; those of the next epoch can",
                    error.block,
                ) from error
            raise
        event = receipt.event("Subnets", "Revealed")
        return Reveal(netuid, event["epoch"], attempt.scores, event["count"])

    # --- how it is done ----------------------------------------------------------------------------

    def _seat(self, netuid: int, block: Block) -> tuple[Subnet, Neuron]:
        subnet = self.subnet(netuid, block.hash)
        if subnet.closed:
            raise NotThere(f"subnet {netuid} is closed; nothing is scored there any more")
        neuron = self.neuron(netuid, self.address, block.hash)
        if neuron is None:
            raise NotThere(
                f"{self.address} has no neuron in subnet {netuid}: register one (subnets.register), or use the account that has"
            )
        return subnet, neuron

    def _room(self, netuid: int, timeout: float) -> tuple[Block, Subnet, Neuron]:
        """A final block with enough of its epoch left, once there is one."""

        def room() -> tuple[Block, Subnet, Neuron] | None:
            block = self.finalized()
            subnet, neuron = self._seat(netuid, block)
            enough = subnet.due is None or subnet.due - block.number >= MIN_PERIOD
            # Whoever has committed in this epoch is to hear of that, not to wait for another one.
            if enough or self._made_in(netuid, neuron.uid, subnet.epoch, block) is not None:
                return block, subnet, neuron
            _log.info("epoch %d of subnet %d is about to end; waiting for the next one", subnet.epoch, netuid)
            return None

        return room() or self.chain.wait_until(room, f"the next epoch of subnet {netuid} to begin", timeout)

    def _commits(self, netuid: int, uid: int, block: Block) -> tuple[_Commit, ...]:
        stored = self.chain.storage("Subnets", "Commits", netuid, uid, at=block.hash)
        return tuple(
            _Commit(it["epoch"], it["block"], bytes.fromhex(it["hash"].removeprefix("0x"))) for it in _flat(stored)
        )

    def _made_in(self, netuid: int, uid: int, epoch: int, block: Block) -> _Commit | None:
        return next((it for it in self._commits(netuid, uid, block) if it.epoch == epoch), None)

    def _kept(self, netuid: int, commit: _Commit) -> Attempt | None:
        return self.store.find(netuid, self._who(), commit.epoch, commit.hash)

    def _again(self, subnet: Subnet, made: _Commit, scores: tuple[Score, ...]) -> Commitment:
        """What to say to somebody who commits, and has."""
        netuid, attempt = subnet.netuid, self._kept(subnet.netuid, made)
        where = f"{self.address} has committed in epoch {made.epoch} of subnet {netuid}, in block {made.block}"
        if attempt is None:
            raise AlreadyCommitted(
                f"{where}, from another machine or directory: its scores and salt are not in "
                f"{self.store.folder(netuid, self._who())}. Reveal it there in epoch {made.epoch + 1}"
            )
        # The same scores may have come with others that were left out, and still are.
        left = tuple(it for it in scores if it not in attempt.scores)
        if len(left) + len(attempt.scores) != len(scores) or set(left) - set(self._outdated(subnet, left)):
            raise AlreadyCommitted(
                f"{where}, to other scores. They are kept in {attempt.path}: reveal them in epoch {made.epoch + 1}, "
                "and commit to these then"
            )
        return self._commitment(attempt, made, left)

    @staticmethod
    def _commitment(attempt: Attempt, made: _Commit, dropped: tuple[Score, ...]) -> Commitment:
        return Commitment(
            netuid=attempt.netuid,
            epoch=made.epoch,
            hash=f"0x{made.hash.hex()}",
            scores=attempt.scores,
            dropped=dropped,
            path=attempt.path,
            block=made.block,
        )

    def _current(self, subnet: Subnet, scores: tuple[Score, ...]) -> tuple[tuple[Score, ...], tuple[Score, ...]]:
        """The scores of neurons that are still what was evaluated, and the others.

        One score with another root than the neuron's, or for an empty seat, would make all of them impossible to reveal.
        """
        dropped = self._outdated(subnet, scores)
        if dropped:
            uids = [it.uid for it in dropped]
            _log.warning("left out of the scores in subnet %d, because they have changed: %s", subnet.netuid, uids)
        fresh = tuple(it for it in scores if it not in dropped)
        if not any(it.score for it in fresh):
            raise ScoresError(
                "nothing is left to score: all that you evaluated has left, or was bound to another release. Evaluate "
                f"what is in the metagraph of subnet {subnet.netuid} now"
            )
        return fresh, dropped

    def _outdated(self, subnet: Subnet, scores: tuple[Score, ...]) -> tuple[Score, ...]:
        # The best block is asked, because what was bound in the last seconds matters as well.
        metagraph = self.metagraph(subnet.netuid, self.chain.best().hash)
        now: dict[int, str | None] = {neuron.uid: neuron.root for neuron in metagraph}
        now[BURN_SLOT] = None
        for score in scores:
            if score.root is None and now.get(score.uid) is not None:
                raise ScoresError(
                    f"the score of uid {score.uid} names no root: in a subnet of {subnet.kind}s, a score says what was "
                    "evaluated. Make scores with metagraph.scores({uid: value, …}) of the metagraph that you evaluated"
                )
        return tuple(it for it in scores if it.uid not in now or it.root != now[it.uid])

    def _nothing_to_reveal(
        self, netuid: int, subnet: Subnet, commits: tuple[_Commit, ...], block: Block
    ) -> RevealTooEarly | RevealTooLate | NothingCommitted:
        if any(commit.epoch == subnet.epoch for commit in commits):
            return RevealTooEarly(
                f"epoch {subnet.epoch} of subnet {netuid}, in which you committed, goes on until block {subnet.due} at least "
                f"(about {self._seconds_left(subnet, block):.0f} s). Reveal after that, or with wait=True"
            )
        if commits:
            return self._too_late(netuid, max(commit.epoch for commit in commits))
        tried = subnet.epoch > 0 and any(self.store.attempts(netuid, self._who(), subnet.epoch - 1))
        why = " What you meant to commit to in the epoch before did not reach the chain." if tried else ""
        return NothingCommitted(
            f"{self.address} committed to nothing in epoch {subnet.epoch - 1} of subnet {netuid}.{why} "
            "Commit now, and reveal in the next epoch"
        )

    @staticmethod
    def _too_late(netuid: int, epoch: int) -> RevealTooLate:
        return RevealTooLate(
            f"what was committed to in epoch {epoch} of subnet {netuid} could be revealed in epoch {epoch + 1}, and that is "
            "over. That epoch pays you no dividends; commit anew, and reveal in the epoch that follows"
        )

    @staticmethod
    def _seconds_left(subnet: Subnet, block: Block) -> float:
        return max(0, (subnet.due or block.number) - block.number) * SECONDS_PER_BLOCK


def connect(
    url: str = "ws://127.0.0.1:9944",
    key: Signer | None = None,
    *,
    account: str | None = None,
    directory: str | Path | None = None,
    timeout: float = 60.0,
) -> Client:
    """Connects to a node; see :class:`Client`. Use it with ``with``, or close it."""
    return Client(url, key, account=account, directory=directory, timeout=timeout)


def _flat(stored: Any) -> list[Mapping[str, Any]]:
    """The entries of a bounded list, however deep the library wraps it."""
    found = list(stored or ())
    while found and isinstance(found[0], list | tuple):
        found = list(found[0])
    return found
