"""Scores, salts and keys: what needs no node."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pedigree import Key, KeyFileError, Score, ScoresError, StoreError, scores_hash
from pedigree.keys import account_of, address_of
from pedigree.scores import checked, scaled
from pedigree.store import ScoreStore
from pedigree.views import Block, Metagraph, Neuron

ROOT = "0x" + "07" * 32
ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
DATA = Path(__file__).parent / "data"


def neuron(uid: int, root: str | None) -> Neuron:
    return Neuron(uid, ALICE, 1, 1, 1, None, root, None, False, 0, False, False, None)


# --- scores ----------------------------------------------------------------------------------------


def test_the_hash_is_of_the_bytes_that_are_written_down() -> None:
    import hashlib

    scores = [Score(0, 5), Score(513, 65_535, ROOT)]
    expected = b"".join(
        [
            bytes([1] * 32),
            bytes([3, 0]),
            bytes([4, 1, 0, 0]),
            bytes([2] * 32),
            bytes([2 << 2]),
            bytes([0, 0, 5, 0, 0]),
            bytes([1, 2, 255, 255, 1]) + bytes([7] * 32),
            bytes([9] * 32),
        ]
    )
    ours = scores_hash(bytes([1] * 32), 3, 260, bytes([2] * 32), scores, bytes([9] * 32))
    assert ours == hashlib.blake2b(expected, digest_size=32).digest()


@pytest.mark.parametrize(("count", "prefix"), [(63, [252]), (64, [1, 1]), (4_096, [1, 64])])
def test_the_number_of_scores_is_written_as_scale_has_it(count: int, prefix: list[int]) -> None:
    import hashlib

    scores = [Score(uid, 1) for uid in range(count)]
    body = b"".join(uid.to_bytes(2, "little") + b"\x01\x00\x00" for uid in range(count))
    expected = bytes(70) + bytes(prefix) + body + bytes(32)
    assert (
        scores_hash(bytes(32), 0, 0, bytes(32), scores, bytes(32)) == hashlib.blake2b(expected, digest_size=32).digest()
    )


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ([], "there are no scores"),
        ([Score(1, 0), Score(2, 0)], "all scores are zero"),
        ([Score(2, 1), Score(1, 1)], "1 comes after 2; sort"),
        ([Score(2, 1), Score(2, 1)], "uid 2 is there twice"),
        ([Score(-1, 1)], "-1 is no uid"),
        ([Score(65_536, 1)], "65536 is no uid"),
        ([Score(1, 65_536)], "the score of uid 1 is 65536"),
        ([Score(1, -1)], "the score of uid 1 is -1"),
        ([Score(1, 1, "0x1234")], "the root of uid 1 is '0x1234'"),
        ([Score(1, 1, "no root")], "the root of uid 1 is 'no root'"),
        ([Score(uid, 1) for uid in range(4_097)], "4097 scores are more than a subnet has seats"),
    ],
)
def test_scores_that_the_chain_would_not_take_are_refused(scores: list[Score], says: str) -> None:
    with pytest.raises(ScoresError, match=says):
        checked(scores)


def test_values_become_scores_that_keep_their_proportions() -> None:
    assert scaled({7: 0.5, 3: 1.0, 5: 0.25, 9: 0.0}) == {3: 65_535, 5: 16_384, 7: 32_768, 9: 0}
    assert list(scaled({7: 1, 3: 1})) == [3, 7]
    assert scaled({1: 10**300, 2: 5 * 10**299}) == {1: 65_535, 2: 32_768}
    assert scaled({1: 5e-324}) == {1: 65_535}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1])
def test_what_is_no_value_is_refused(value: float) -> None:
    with pytest.raises(ScoresError, match="finite and not below zero"):
        scaled({1: 1.0, 2: value})


@pytest.mark.parametrize("values", [{}, {1: 0.0, 2: 0}])
def test_nothing_above_zero_is_refused(values: dict[int, float]) -> None:
    with pytest.raises(ScoresError, match="no value is above zero"):
        scaled(values)


def test_scores_name_the_root_that_was_evaluated() -> None:
    metagraph = Metagraph(4, "model", 9, Block(1, "0x"), (neuron(1, ROOT), neuron(2, None)))
    assert metagraph.scores({2: 0.5, 1: 1, 0: 0.25}) == (Score(0, 16_384), Score(1, 65_535, ROOT), Score(2, 32_768))
    with pytest.raises(ScoresError, match="no neuron has uid 3 in this metagraph of subnet 4"):
        metagraph.scores({3: 1})
    assert metagraph.neuron(2) == metagraph.neurons[1]
    assert metagraph.neuron(3) is None


# --- what is kept ----------------------------------------------------------------------------------

ACCOUNT = bytes([2] * 32)
SCORES = (Score(1, 5), Score(2, 6, ROOT))


def test_what_is_kept_is_found_by_another_process(tmp_path: Path) -> None:
    kept = ScoreStore(bytes(32), tmp_path).keep(3, 7, ACCOUNT, SCORES)
    again = ScoreStore(bytes(32), tmp_path).find(3, ACCOUNT, 7, kept.hash)
    assert again == kept
    assert again.hash == scores_hash(bytes(32), 3, 7, ACCOUNT, SCORES, again.salt)
    assert kept.path.stat().st_mode & 0o777 == stat.S_IRUSR | stat.S_IWUSR
    assert kept.path.parent.stat().st_mode & 0o077 == 0


def test_the_same_scores_keep_their_salt_and_others_get_a_file_of_their_own(tmp_path: Path) -> None:
    store = ScoreStore(bytes(32), tmp_path)
    first = store.keep(3, 7, ACCOUNT, SCORES)
    assert store.keep(3, 7, ACCOUNT, SCORES) == first
    other = store.keep(3, 7, ACCOUNT, (Score(1, 1),))
    later = store.keep(3, 8, ACCOUNT, SCORES)
    assert len({first.salt, other.salt, later.salt}) == 3
    assert store.find(3, ACCOUNT, 7, first.hash) == first
    assert store.find(3, ACCOUNT, 7, other.hash) == other
    assert store.find(3, ACCOUNT, 7, later.hash) is None


def test_it_is_on_the_disk_before_it_is_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name that is new, and every byte, was synced, in an order in which a crash loses nothing that was promised."""
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = ScoreStore(bytes(32), tmp_path / "new").keep(3, 7, ACCOUNT, SCORES).path
    folders = [str(it) for it in reversed(path.relative_to(tmp_path).parents) if str(it) != "."]
    assert synced[: len(folders)] == [str(tmp_path), *(str(tmp_path / it) for it in folders[:-1])]
    assert Path(synced[-2]).name.startswith(f".{path.name}.")
    assert synced[-1] == str(path.parent)


def test_a_process_that_is_killed_while_it_writes_leaves_nothing_half(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pedigree.store import ScoreStore; from pedigree import Score\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "import pedigree.store; pedigree.store._make = lambda folder: folder.mkdir(parents=True)\n"
        "ScoreStore(bytes(32), sys.argv[1]).keep(3, 7, bytes([2] * 32), (Score(1, 5),))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == -9
    store = ScoreStore(bytes(32), tmp_path)
    assert list(store.attempts(3, ACCOUNT, 7)) == []
    assert list(store.attempts(3, ACCOUNT, 7)) == [] != [store.keep(3, 7, ACCOUNT, SCORES)]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    store = ScoreStore(bytes(32), tmp_path)
    path = store.keep(3, 7, ACCOUNT, SCORES).path
    content = json.loads(path.read_text())
    content["scores"][0]["score"] += 1
    path.write_text(json.dumps(content))
    with pytest.raises(StoreError, match=f"{path} is damaged, or of another subnet"):
        store.keep(3, 7, ACCOUNT, SCORES)
    path.write_text("{")
    with pytest.raises(StoreError, match=f"{path} is damaged; bring it back"):
        store.keep(3, 7, ACCOUNT, SCORES)
    # One epoch's damage does not stop the others.
    assert store.keep(3, 8, ACCOUNT, SCORES).epoch == 8


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot keep scores and salt in .*/file/.*Nothing was sent"):
        ScoreStore(bytes(32), tmp_path / "file").keep(3, 7, ACCOUNT, SCORES)


def test_what_can_not_be_revealed_any_more_goes(tmp_path: Path) -> None:
    store = ScoreStore(bytes(32), tmp_path)
    for epoch in range(9, 13):
        store.keep(3, epoch, ACCOUNT, SCORES)
    assert sorted(it.name.split("-")[0] for it in store.folder(3, ACCOUNT).iterdir()) == ["11", "12"]


# --- keys ------------------------------------------------------------------------------------------


def test_development_keys_are_those_of_every_substrate_chain() -> None:
    assert Key.dev("alice").ss58_address == ALICE
    assert Key.dev("Bob").ss58_address == "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"
    with pytest.raises(KeyFileError, match="there is no development key 'mallory'"):
        Key.dev("mallory")


def test_a_key_of_the_command_line_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file was made by `pedigree key import` from the development mnemonic with //python."""
    monkeypatch.setenv("PEDIGREE_HOME", str(tmp_path))
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/evaluator.json").write_bytes((DATA / "key.json").read_bytes())
    address = json.loads((DATA / "key.json").read_text())["address"]
    (tmp_path / "password").write_text("correct horse\nmore\n")
    assert Key.open("evaluator", password_file=tmp_path / "password").ss58_address == address
    monkeypatch.setenv("PEDIGREE_PASSWORD_FILE", str(tmp_path / "password"))
    key = Key.open("evaluator")
    assert key.ss58_address == address
    assert len(key.sign(b"anything")) == 64
    assert "secret" not in repr(key)
    with pytest.raises(KeyFileError, match="there is no key 'other'"):
        Key.open("other")
    with pytest.raises(KeyFileError, match="there is no key"):
        Key.open("../keys/evaluator")
    assert Key.open("dev:alice").ss58_address == ALICE


def test_a_key_that_can_not_be_opened_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEDIGREE_PASSWORD_FILE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(KeyFileError, match="wrong password"):
        Key.from_file(DATA / "key.json", password="wrong")
    with pytest.raises(KeyFileError, match="no terminal to ask for it"):
        Key.from_file(DATA / "key.json")
    with pytest.raises(KeyFileError, match="cannot read the key in"):
        Key.from_file(tmp_path / "none.json", password="")
    (tmp_path / "key.json").write_text("[]")
    with pytest.raises(KeyFileError, match=r"is no polkadot\.js account file"):
        Key.from_file(tmp_path / "key.json", password="")
    content = json.loads((DATA / "key.json").read_text())
    (tmp_path / "key.json").write_text(json.dumps(content | {"encoded": content["encoded"][:80]}))
    with pytest.raises(KeyFileError, match=r"wrong password|damaged"):
        Key.from_file(tmp_path / "key.json", password="correct horse")


def test_addresses_are_read_and_written() -> None:
    assert address_of(account_of(ALICE)) == ALICE
    for bad in ("", "5Grwva", ALICE[:-1] + "Z", "not an address"):
        with pytest.raises(KeyFileError):
            account_of(bad)
