"""Keys: sr25519, from the command line's key store, a polkadot.js account file, a seed, or by a development name."""

from __future__ import annotations

import base64
import binascii
import getpass
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

import sr25519
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from scalecodec.utils.ss58 import ss58_decode, ss58_encode

from .errors import KeyFileError

SS58_PREFIX: Final = 42

# The seed that development keys are derived from; everybody knows it.
_DEV_SEED: Final = bytes.fromhex("fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e")
_DEV_NAMES: Final = ("alice", "bob", "charlie", "dave", "eve", "ferdie")

_PKCS8_HEADER: Final = bytes([48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])
_PKCS8_DIVIDER: Final = bytes([161, 35, 3, 33, 0])
# What polkadot.js and the command line use. Others could ask for any amount of memory.
_SCRYPT: Final = {(1 << 15, 1, 8), (1 << 17, 1, 8), (1 << 14, 1, 8), (1 << 16, 1, 8)}


def address_of(public_key: bytes) -> str:
    """The SS58 address of an account."""
    return str(ss58_encode(public_key, SS58_PREFIX))


def account_of(address: str) -> bytes:
    """The 32 bytes of an account, from its SS58 address."""
    try:
        account = bytes.fromhex(ss58_decode(address))
    except (ValueError, TypeError, IndexError) as error:
        raise KeyFileError(
            f"{address!r} is no account: {error}. Expected is an SS58 address, such as 5Grwva…"
        ) from None
    if len(account) != 32:
        raise KeyFileError(f"{address!r} is no account of this chain, whose accounts are 32 bytes long")
    return account


def home() -> Path:
    """Where keys, and what must not be lost, are kept; the same place as the command line's."""
    if path := os.environ.get("PEDIGREE_HOME"):
        return Path(path)
    if path := os.environ.get("XDG_DATA_HOME"):
        return Path(path) / "pedigree"
    return Path.home() / ".local/share/pedigree"


@runtime_checkable
class Signer(Protocol):
    """What can sign: :class:`Key`, and the keypairs of other Substrate libraries."""

    @property
    def crypto_type(self) -> int:
        """0 for ed25519, 1 for sr25519, 2 for ECDSA."""

    @property
    def public_key(self) -> bytes | None:
        """The account."""

    @property
    def ss58_address(self) -> str:
        """The account's address."""

    @property
    def ss58_format(self) -> int:
        """The address's prefix."""

    def sign(self, data: bytes) -> bytes:
        """A signature without its kind in front."""


class Key:
    """An sr25519 key."""

    crypto_type: int = 1
    ss58_format: int = SS58_PREFIX

    def __init__(self, public_key: bytes, secret_key: bytes) -> None:
        self._public = public_key
        self._secret = secret_key

    @property
    def public_key(self) -> bytes:
        """The account's 32 bytes."""
        return self._public

    @property
    def ss58_address(self) -> str:
        """The account's address."""
        return address_of(self._public)

    def sign(self, data: bytes) -> bytes:
        """Signs."""
        return bytes(sr25519.sign((self._public, self._secret), bytes(data)))

    def __repr__(self) -> str:
        return f"Key({self.ss58_address})"

    @classmethod
    def from_seed(cls, seed: bytes) -> Key:
        """The key of a 32-byte seed."""
        if len(seed) != 32:
            raise KeyFileError(f"a seed has 32 bytes, and this one {len(seed)}")
        return cls(*map(bytes, sr25519.pair_from_seed(seed)))

    @classmethod
    def dev(cls, name: str) -> Key:
        """One of the keys that a development chain gives tokens to, such as ``alice``. Everybody has them."""
        if name.lower() not in _DEV_NAMES:
            raise KeyFileError(f"there is no development key {name!r}; there are {', '.join(_DEV_NAMES)}")
        word = name.lower().capitalize().encode()
        chain_code = bytes([len(word) << 2]) + word
        public, secret = sr25519.pair_from_seed(_DEV_SEED)
        _, public, secret = sr25519.hard_derive_keypair((chain_code.ljust(32, b"\0"), public, secret), b"")
        return cls(bytes(public), bytes(secret))

    @classmethod
    def open(cls, name: str, *, password: str | None = None, password_file: str | Path | None = None) -> Key:
        """A key of the command line's store (``pedigree key new NAME``); ``dev:alice`` and the like are development keys.

        The password is the first line of ``password_file``, or of the file in ``PEDIGREE_PASSWORD_FILE``; or it is asked for.
        """
        if name.startswith("dev:"):
            return cls.dev(name.removeprefix("dev:"))
        path = home() / "keys" / f"{name}.json"
        if Path(name).name != name or not path.is_file():
            raise KeyFileError(f"there is no key {name!r} in {path.parent}; `pedigree key new {name}` makes one")
        return cls.from_file(path, password=password, password_file=password_file)

    @classmethod
    def from_file(
        cls, path: str | Path, *, password: str | None = None, password_file: str | Path | None = None
    ) -> Key:
        """A key that was exported by polkadot.js, or is kept by the command line (JSON, version 3)."""
        path = Path(path)
        try:
            with path.open("rb") as file:
                content = json.loads(file.read(1 << 16))
            kind, how = content["encoding"]["content"], content["encoding"]["type"]
            version, sealed = content["encoding"]["version"], base64.b64decode(content["encoded"])
        except OSError as error:
            raise KeyFileError(f"cannot read the key in {path}: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, binascii.Error):
            raise KeyFileError(f"{path} is no polkadot.js account file; expected is JSON of version 3") from None
        if kind != ["pkcs8", "sr25519"] or how != ["scrypt", "xsalsa20-poly1305"] or version != "3":
            raise KeyFileError(f"{path} is not in the format that is read here: version 3, sr25519, with a password")
        salt, rest = sealed[:32], sealed[32:]
        n, p, r = (int.from_bytes(rest[at : at + 4], "little") for at in (0, 4, 8))
        if (n, p, r) not in _SCRYPT:
            raise KeyFileError(f"{path} is damaged, or encrypted in a way that polkadot.js does not use")
        secret = password if password is not None else _password(path.stem, password_file)
        box = SecretBox(hashlib.scrypt(secret.encode(), salt=salt, n=n, r=r, p=p, maxmem=1 << 28, dklen=32))
        try:
            plain = box.decrypt(rest[36:], rest[12:36])
        except (CryptoError, ValueError):
            raise KeyFileError(f"wrong password for the key in {path}, or the file is damaged") from None
        header, middle = len(_PKCS8_HEADER), len(_PKCS8_HEADER) + 64
        divider = middle + len(_PKCS8_DIVIDER)
        if plain[:header] != _PKCS8_HEADER or plain[middle:divider] != _PKCS8_DIVIDER or len(plain) != divider + 32:
            raise KeyFileError(f"{path} holds no sr25519 key")
        public, pair = sr25519.pair_from_ed25519_secret_key(plain[header:middle])
        if bytes(public) != plain[divider:]:
            raise KeyFileError(f"{path} is damaged: its secret and its public key don't belong together")
        return cls(bytes(public), bytes(pair))


def _password(name: str, file: str | Path | None) -> str:
    file = file or os.environ.get("PEDIGREE_PASSWORD_FILE")
    if file:
        try:
            with Path(file).open(encoding="utf-8") as lines:
                return lines.readline().rstrip("\r\n")
        except OSError as error:
            raise KeyFileError(f"cannot read the password in {file}: {error.strerror}") from None
    if not sys.stdin.isatty():
        raise KeyFileError(
            f"a password is needed for key {name!r}, and there is no terminal to ask for it: "
            "name a file that has it in its first line, by password_file or PEDIGREE_PASSWORD_FILE"
        )
    return getpass.getpass(f"Password of key `{name}`: ")
