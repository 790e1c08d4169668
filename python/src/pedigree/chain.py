"""The way to a node: requests, storage, and transactions that are waited for until they are final.

The library underneath is asynchronous. It runs in a thread of its own, so that the connection stays alive while an
evaluator computes for minutes, and so that this package works the same in a script, in a notebook and in a thread.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from async_substrate_interface import AsyncSubstrateInterface
from async_substrate_interface.errors import SubstrateRequestException
from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException

from .errors import (
    ConnectionFailed,
    DispatchError,
    NodeError,
    NotFinal,
    NotIncluded,
    Refused,
    TookTooLong,
)
from .keys import SS58_PREFIX, Signer
from .views import Block

T = TypeVar("T")

# For how many blocks a transaction is valid where nothing else is said: three minutes.
_PERIOD: Final = 64
# The shortest that there is.
MIN_PERIOD: Final = 4
# How often is looked whether there is a new final block; blocks are three seconds apart.
_LOOK: Final = 0.5
# What the transaction pool answers with, beside its text.
_INVALID, _ALREADY_THERE, _TOO_LOW_PRIORITY = 1010, 1013, 1014
# How often another number is taken, when others use the key at the same time.
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transaction in a final block, where it succeeded."""

    hash: str
    block: Block
    events: tuple[Mapping[str, Any], ...]
    """What happened with it: ``module_id``, ``event_id`` and ``attributes`` of each."""

    def event(self, pallet: str, name: str) -> Any:
        """The attributes of the first event of that name; nothing if there is none."""
        found = (it for it in self.events if it["module_id"] == pallet and it["event_id"] == name)
        return next((it["attributes"] for it in found), None)


class Chain:
    """A connection to a node."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self.url = url
        self.timeout = timeout
        logging.getLogger("async_substrate_interface").addFilter(_quiet)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="pedigree", daemon=True)
        self._thread.start()
        self._substrate: AsyncSubstrateInterface | None = None
        try:
            self._run(self._connect())
            self.genesis = bytes.fromhex(self.rpc("chain_getBlockHash", 0).removeprefix("0x"))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the connection."""
        if self._loop.is_closed():
            return
        if self._substrate is not None:
            try:
                asyncio.run_coroutine_threadsafe(self._substrate.close(), self._loop).result(5)
            except Exception:  # What is going away anyway can't be helped.
                logging.getLogger(__name__).debug("closing the connection", exc_info=True)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        if not self._thread.is_alive():
            self._loop.close()

    def rpc(self, method: str, *params: Any) -> Any:
        """The result of a JSON-RPC request."""
        return self._run(self._rpc(method, *params))

    def finalized(self) -> Block:
        """The last final block."""
        return self._run(self._finalized())

    def best(self) -> Block:
        """The best block. It can still be replaced by another one."""
        return self._run(self._head(None))

    def storage(self, pallet: str, item: str, *keys: Any, at: str | None = None) -> Any:
        """What is stored, decoded; as the substrate library has it."""
        return self._run(self._storage(pallet, item, list(keys), at))

    def submit(
        self,
        key: Signer,
        pallet: str,
        call: str,
        args: Mapping[str, Any],
        *,
        on_behalf_of: str | None = None,
        last_block: int | None = None,
        timeout: float = 300.0,
    ) -> Receipt:
        """Signs and sends a call, and waits until it is in a final block.

        With ``on_behalf_of`` it is made as that account's proxy. It is in no block after ``last_block``.
        """
        return self._run(self._submit(key, pallet, call, args, on_behalf_of, last_block, timeout), timeout + 60)

    def wait_until(self, done: Callable[[], T | None], what: str, timeout: float) -> T:
        """Asks with each new final block until there is an answer."""

        async def wait() -> T:
            loop = asyncio.get_running_loop()
            end, seen = loop.time() + timeout, ""
            while True:
                block = await self._finalized()
                if block.hash != seen:
                    seen = block.hash
                    if (answer := await loop.run_in_executor(None, done)) is not None:
                        return answer
                if loop.time() >= end:
                    raise TookTooLong(f"waited {timeout:.0f} s for {what}, up to block {block.number}")
                await asyncio.sleep(_LOOK)

        return self._run(wait(), timeout + 60)

    # --- inside the thread -------------------------------------------------------------------------

    def _run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        if self._loop.is_closed():
            work.close()
            raise ConnectionFailed("the connection was closed; connect anew")
        limit = self.timeout if timeout is None else timeout
        future = asyncio.run_coroutine_threadsafe(self._guarded(work, limit), self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    async def _guarded(self, work: Coroutine[Any, Any, T], limit: float) -> T:
        try:
            return await asyncio.wait_for(work, limit)
        except TimeoutError:
            raise ConnectionFailed(f"{self.url} did not answer within {limit:.0f} s; is it in trouble?") from None
        except (OSError, InvalidHandshake, InvalidURI) as error:
            raise ConnectionFailed(
                f"cannot reach {self.url}: {error}. Is a node running there, and its RPC port open to you? "
                "(`pedigree-node --dev` opens ws://127.0.0.1:9944)"
            ) from None
        except WebSocketException as error:
            raise ConnectionFailed(f"lost the connection to {self.url}: {error}. Try again") from None
        except SubstrateRequestException as error:
            raise NodeError(str(error)) from None

    @property
    def _library(self) -> AsyncSubstrateInterface:
        assert self._substrate is not None
        return self._substrate

    async def _connect(self) -> None:
        self._substrate = AsyncSubstrateInterface(url=self.url, ss58_format=SS58_PREFIX, ws_shutdown_timer=None)
        _look_again(self._substrate)
        await self._substrate.initialize()

    async def _rpc(self, method: str, *params: Any) -> Any:
        # Not `rpc_request`: of an error, that keeps the message only, and the reason is often in the data.
        payload = self._library.make_payload("rpc", method, list(params))
        answer = (await self._library._make_rpc_request([payload]))["rpc"][0]
        if "error" in answer:
            raise _node_error(method, answer["error"])
        return answer["result"]

    async def _head(self, hash_: str | None) -> Block:
        hash_ = hash_ or await self._rpc("chain_getBlockHash")
        header = await self._rpc("chain_getHeader", hash_)
        return Block(int(header["number"], 16), hash_)

    async def _finalized(self) -> Block:
        return await self._head(await self._rpc("chain_getFinalizedHead"))

    async def _storage(self, pallet: str, item: str, keys: list[Any], at: str | None) -> Any:
        answer = await self._library.query(pallet, item, keys, block_hash=at)
        return getattr(answer, "value", answer)

    async def _submit(
        self,
        key: Signer,
        pallet: str,
        call: str,
        args: Mapping[str, Any],
        on_behalf_of: str | None,
        last_block: int | None,
        timeout: float,
    ) -> Receipt:
        library = self._library
        end = asyncio.get_running_loop().time() + timeout
        try:
            composed = await library.compose_call(pallet, call, dict(args))
            if on_behalf_of is not None:
                inner = {"real": on_behalf_of, "force_proxy_type": None, "call": composed}
                composed = await library.compose_call("Proxy", "proxy", inner)
        except (ValueError, TypeError, KeyError, NotImplementedError) as error:
            raise Refused(f"{pallet}.{call} can't be made of these arguments: {error}") from None

        # Of several that use the key at once, one is first; the others take the next number.
        for attempt in range(_ATTEMPTS):
            start = await self._finalized()
            period = _period(start.number, last_block)
            nonce = await self._rpc("account_nextIndex", key.ss58_address)
            era = {"period": period, "current": start.number}
            signed = await library.create_signed_extrinsic(composed, key, era=era, nonce=nonce)
            bytes_ = str(signed.data)
            hash_ = f"0x{signed.extrinsic_hash.hex()}"
            try:
                await self._rpc("author_submitExtrinsic", bytes_)
                break
            except NodeError as error:
                if error.code == _ALREADY_THERE:
                    break
                overtaken = error.code == _TOO_LOW_PRIORITY or (error.code == _INVALID and "outdated" in str(error))
                # "Outdated" is also what is said of one that a lost connection made the library send twice.
                if overtaken and await self._find(bytes_, start.number, (await self._head(None)).number) is not None:
                    break
                if not overtaken or attempt == _ATTEMPTS - 1:
                    raise Refused(f"the node does not take the transaction: {error}") from None
                await asyncio.sleep(_LOOK)

        # A transaction is valid in the blocks of its period and in no other. So that it is in none of them once they are
        # final says for certain that it never will be.
        seen, last = start.number, start.number + period - 1
        while True:
            head = await self._finalized()
            until = min(head.number, last)
            if (place := await self._find(bytes_, seen, until)) is not None:
                return await self._receipt(hash_, *place)
            seen = max(seen, until)
            if seen >= last:
                raise NotIncluded(
                    f"{pallet}.{call} was in none of the blocks {start.number + 1} to {last}, in which it was valid. "
                    "It has had no effect; try again"
                )
            if asyncio.get_running_loop().time() >= end:
                raise NotFinal(
                    f"{pallet}.{call} was sent ({hash_}), and after {timeout:.0f} s it is in no final block up to {seen}. "
                    f"It is valid up to block {last}; see what became of it before you send it again"
                )
            await asyncio.sleep(_LOOK)

    async def _find(self, extrinsic: str, after: int, until: int) -> tuple[Block, int] | None:
        """The block, and the place in it, that has a transaction, if one of these blocks has."""
        for number in range(after + 1, until + 1):
            at = await self._rpc("chain_getBlockHash", number)
            body = (await self._rpc("chain_getBlock", at))["block"]["extrinsics"]
            if extrinsic in body:
                return Block(number, at), body.index(extrinsic)
        return None

    async def _receipt(self, hash_: str, block: Block, index: int) -> Receipt:
        events = [event for event in await self._library.get_events(block.hash) if event["extrinsic_idx"] == index]
        for event in events:
            name, attributes = (event["module_id"], event["event_id"]), event["attributes"]
            if name == ("System", "ExtrinsicFailed"):
                raise await self._dispatch_error(attributes["dispatch_error"], block)
            if name == ("Proxy", "ProxyExecuted") and "Err" in attributes["result"]:
                raise await self._dispatch_error(attributes["result"]["Err"], block)
        return Receipt(hash_, block, tuple(events))

    async def _dispatch_error(self, error: Any, block: Block) -> DispatchError:
        if not isinstance(error, Mapping):
            return DispatchError(None, str(error), "", block.number)
        (kind, what), *_ = error.items()
        if kind != "Module":
            return DispatchError(None, f"{kind}.{what}", "", block.number)
        runtime = await self._library.init_runtime(block_hash=block.hash)
        index, code = what["index"], what["error"]
        code = bytes.fromhex(code.removeprefix("0x"))[0] if isinstance(code, str) else int(code)
        known = runtime.metadata.get_module_error(module_index=index, error_index=code)
        pallets = [it for it in runtime.metadata.pallets if it.value["index"] == index]
        pallet = str(pallets[0].value["name"]) if pallets else None
        return DispatchError(pallet, known.name, " ".join(known.docs), block.number)


def _look_again(library: AsyncSubstrateInterface) -> None:
    """Lets a request survive a lost connection.

    The library sends it again, but whoever waits looks at the answer's first place, and it comes to another (3.2.2). So
    look at the place that is the right one now, with what the library offers for that.
    """
    wire = library.ws

    async def answer(item_id: str) -> dict[str, Any]:
        while True:
            wire.arm_response_event()
            if (found := await wire.retrieve(item_id)) is not None:
                return dict(found)
            await wire.wait_response_event()

    wire.wait_for_response = answer


def _period(now: int, last_block: int | None) -> int:
    """The longest period from now on that ends with that block, or before it."""
    room = _PERIOD if last_block is None else last_block - now + 1
    if room < MIN_PERIOD:
        raise NotIncluded(
            f"there is too little time: the transaction must not come after block {last_block}, and {now} is final already"
        )
    return min(_PERIOD, 1 << (room.bit_length() - 1))


def _node_error(method: str, error: Mapping[str, Any]) -> NodeError:
    message, data, code = str(error.get("message", "")), error.get("data"), error.get("code")
    if isinstance(data, str) and data not in message:
        message = f"{message}: {data}" if message else data
    if code == -32601:
        message = f"the node has no method {method}; it is older than this client, or no node of Pedigree"
    if "pay some fees" in message:
        message += ". Put funds on the account"
    return NodeError(message or json.dumps(dict(error)), code, data)


def _quiet(record: logging.LogRecord) -> bool:
    # The library logs as errors what it raises as well; who calls hears of it once, as an exception.
    return record.levelno < logging.ERROR or "Exception" not in record.getMessage()
