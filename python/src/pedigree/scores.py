"""Scores: what they must look like, and what is committed to (``docs/subnets.md``, "Scores")."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .errors import ScoresError

MOST: Final = 65_535
MAX_SCORES: Final = 4_096
BURN_SLOT: Final = 0


@dataclass(frozen=True, slots=True)
class Score:
    """An evaluator's score for one neuron."""

    uid: int
    """Whom it is for. Uid 0 is the burn slot."""
    score: int
    """From 0 to 65535; only the proportions of an evaluator's scores matter."""
    root: str | None = None
    """The manifest root that was evaluated, as ``0x`` and 64 digits; nothing for the burn slot and for services."""


def checked(scores: Iterable[Score]) -> tuple[Score, ...]:
    """The scores, if the chain would take them as they are."""
    scores = tuple(scores)
    if not scores:
        raise ScoresError("there are no scores; score somebody, or the burn slot (uid 0)")
    if len(scores) > MAX_SCORES:
        raise ScoresError(f"{len(scores)} scores are more than a subnet has seats ({MAX_SCORES})")
    last = -1
    for score in scores:
        if not 0 <= score.uid <= MOST:
            raise ScoresError(f"{score.uid} is no uid: they are numbers from 0 to {MOST}")
        if score.uid == last:
            raise ScoresError(f"uid {score.uid} is there twice; score each once")
        if score.uid < last:
            raise ScoresError(f"uids must rise: {score.uid} comes after {last}; sort the scores by uid, each once")
        if not 0 <= score.score <= MOST:
            raise ScoresError(f"the score of uid {score.uid} is {score.score}, and not a number from 0 to {MOST}")
        if score.root is not None:
            _root(score)
        last = score.uid
    if all(score.score == 0 for score in scores):
        raise ScoresError("all scores are zero; score somebody, or the burn slot (uid 0)")
    return scores


def scaled(values: Mapping[int, float]) -> dict[int, int]:
    """Numbers as scores, by rising uid: the largest becomes 65535, the others keep their proportion to it."""
    for uid, value in values.items():
        if not math.isfinite(value) or value < 0:
            raise ScoresError(f"the value for uid {uid} is {value}; values are finite and not below zero")
    largest = max(values.values(), default=0)
    if largest <= 0:
        raise ScoresError("no value is above zero; score somebody, or the burn slot (uid 0)")
    return {uid: round(float(values[uid]) / float(largest) * MOST) for uid in sorted(values)}


def scores_hash(genesis: bytes, netuid: int, epoch: int, account: bytes, scores: Iterable[Score], salt: bytes) -> bytes:
    """What an evaluator commits to: BLAKE2b-256 of the SCALE encoding of all of this."""
    scores = tuple(scores)
    parts = [genesis, netuid.to_bytes(2, "little"), epoch.to_bytes(4, "little"), account, _compact(len(scores))]
    for score in scores:
        parts.append(score.uid.to_bytes(2, "little") + score.score.to_bytes(2, "little"))
        parts.append(b"\0" if score.root is None else b"\1" + _root(score))
    parts.append(salt)
    return hashlib.blake2b(b"".join(parts), digest_size=32).digest()


def _root(score: Score) -> bytes:
    text = (score.root or "").removeprefix("0x")
    try:
        root = bytes.fromhex(text)
    except ValueError:
        root = b""
    if len(root) != 32:
        raise ScoresError(f"the root of uid {score.uid} is {score.root!r}, and not 0x and 64 hexadecimal digits")
    return root


def _compact(number: int) -> bytes:
    if number < 1 << 6:
        return (number << 2).to_bytes(1, "little")
    return (number << 2 | 1).to_bytes(2, "little")
