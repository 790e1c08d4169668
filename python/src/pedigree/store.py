"""Scores and salts on disk. They are written, and on the disk, before their commitment is sent.

Each attempt is a file of its own, named after the epoch and the hash that is committed to, and no attempt overwrites
another. So whichever of them reaches the chain, before or after a restart, its scores and salt are here.

Place and form are those of the command line (``pedigree score``): what was committed to with one can be revealed with
the other.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .errors import ScoresError, StoreError
from .keys import address_of, home
from .scores import Score, scores_hash

VERSION: Final = 1
_LONGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """Scores that were, or were about to be, committed to."""

    netuid: int
    epoch: int
    account: bytes
    scores: tuple[Score, ...]
    salt: bytes
    hash: bytes
    path: Path


class ScoreStore:
    """The attempts of evaluators on one chain, below one directory."""

    def __init__(self, genesis: bytes, directory: str | Path | None = None) -> None:
        self._genesis = genesis
        self.directory = Path(directory) if directory is not None else home() / "scores"

    def folder(self, netuid: int, account: bytes) -> Path:
        """Where the attempts of an account in a subnet are."""
        return self.directory / f"0x{self._genesis.hex()}" / f"{address_of(account)}-{netuid}"

    def keep(self, netuid: int, epoch: int, account: bytes, scores: tuple[Score, ...]) -> Attempt:
        """Makes a salt and keeps it with the scores; what was kept before, if that is for the same in this epoch."""
        for attempt in self.attempts(netuid, account, epoch):
            if attempt.scores == scores:
                return attempt
        salt = secrets.token_bytes(32)
        digest = scores_hash(self._genesis, netuid, epoch, account, scores, salt)
        folder = self.folder(netuid, account)
        path = folder / f"{epoch}-{digest.hex()[:16]}.json"
        content = {
            "version": VERSION,
            "netuid": netuid,
            "epoch": epoch,
            "account": address_of(account),
            "scores": [asdict(score) for score in scores],
            "salt": f"0x{salt.hex()}",
            "hash": f"0x{digest.hex()}",
        }
        try:
            self._forget(folder, epoch)
            _make(folder)
            _write(path, json.dumps(content, indent=2).encode())
        except OSError as error:
            raise StoreError(
                f"cannot keep scores and salt in {folder}: {error.strerror}. Nothing was sent. "
                "Make room, or name another directory"
            ) from None
        return Attempt(netuid, epoch, account, scores, salt, digest, path)

    def attempts(self, netuid: int, account: bytes, epoch: int) -> Iterator[Attempt]:
        """All that is kept of what an account did, or tried, in that epoch of a subnet."""
        try:
            paths = sorted(self.folder(netuid, account).glob(f"{epoch}-*.json"))
        except OSError as error:
            raise StoreError(f"cannot list {self.folder(netuid, account)}: {error.strerror}") from None
        for path in paths:
            yield self._read(path, netuid, account)

    def find(self, netuid: int, account: bytes, epoch: int, digest: bytes) -> Attempt | None:
        """What was committed to with that hash in that epoch, if it is kept here."""
        return next((it for it in self.attempts(netuid, account, epoch) if it.hash == digest), None)

    def _read(self, path: Path, netuid: int, account: bytes) -> Attempt:
        try:
            with path.open("rb") as file:
                content = json.loads(file.read(_LONGEST))
            scores = tuple(Score(**one) for one in content["scores"])
            epoch, salt = int(content["epoch"]), bytes.fromhex(content["salt"].removeprefix("0x"))
            digest = scores_hash(self._genesis, netuid, epoch, account, scores, salt)
            kept = bytes.fromhex(content["hash"].removeprefix("0x"))
        except OSError as error:
            raise StoreError(f"cannot read {path}: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, AttributeError, ScoresError):
            raise StoreError(f"{path} is damaged; bring it back from a copy, or move it away") from None
        if digest != kept:
            raise StoreError(
                f"{path} is damaged, or of another subnet, account or chain: its scores and salt don't have its hash. "
                "Bring it back from a copy, or move it away"
            )
        return Attempt(netuid, epoch, account, scores, salt, digest, path)

    @staticmethod
    def _forget(folder: Path, epoch: int) -> None:
        for path in folder.glob("*.json"):
            of, _, _ = path.name.partition("-")
            # What is of an earlier epoch than the one before can't be revealed any more.
            if of.isdigit() and int(of) + 1 < epoch:
                path.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    """Makes a directory and those above it, and sees to it that their names are on the disk."""
    missing = [folder, *folder.parents]
    for path in reversed(missing):
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)
            _sync(path.parent)


def _write(path: Path, content: bytes) -> None:
    """Writes beside the place, to the disk, and moves it there: an interruption leaves all of it, or nothing."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
