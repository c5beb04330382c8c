"""A proxy between the bot and the action server that makes their calls fail in chosen ways.

It listens on loopback like the action server itself, runs beside the tests in a thread of
its own, and passes everything on until a test says ``strike``.
"""

import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 20
# What the action server says itself when an action raised (actions/server.py).
RAISED_BODY = b'{"error":"nothing_saved"}'
RAISED = (
    b"HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\n"
    b"content-length: %d\r\n\r\n%s" % (len(RAISED_BODY), RAISED_BODY)
)


class Fault(StrEnum):
    """What befalls a call."""

    REFUSE = "refuse"  # nobody listens
    DELAY = "delay"  # carried out once the fault is lifted, when the bot has given up
    RAISE = "raise"  # answered as by an action that raised: 500, nothing saved
    DROP_BEFORE = "drop_before"  # the line breaks and the action never runs
    DROP_AFTER = "drop_after"  # the action has run and committed, then the line breaks
    DELAY_AFTER = "delay_after"  # the action has run, its reply comes when the fault is lifted


class FaultProxy:
    """Passes calls on to ``upstream_port``; every method is called from the tests' thread.

    ``calls`` are the actions called so far, ``statuses`` what the real server replied.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.upstream_port = 0
        self.calls: list[str] = []
        self.statuses: list[int] = []
        self._loop = loop
        self._fault: Fault | None = None
        self._calls_to_pass = 0
        self._struck = threading.Event()
        self._released = asyncio.Event()
        self._under_way: set[asyncio.Task[bytes | None]] = set()
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0
        self._do(self._listen())

    def strike(self, fault: Fault, after_calls: int = 0) -> None:
        """Let ``fault`` befall every call but the next ``after_calls``, until it is lifted."""
        self._do(self._strike(fault, after_calls))

    def wait_until_struck(self) -> None:
        """Return once a call has met the fault (for DELAY_AFTER: once the action has run)."""
        assert self._struck.wait(PATIENCE_SECONDS), "no call met the fault"

    def release(self) -> None:
        """Let what was delayed go on, and every later call pass."""
        self._do(self._release())

    def lift(self) -> None:
        """Release, and return once every call under way has ended at the real server too."""
        self._do(self._lift())

    def close(self) -> None:
        """Stop listening and break every line."""
        self._do(self._close())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_SECONDS)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        for line in self._lines:
            line.close()

    async def _strike(self, fault: Fault, after_calls: int) -> None:
        self._fault, self._calls_to_pass = fault, after_calls
        self._struck.clear()
        self._released.clear()
        if fault is Fault.REFUSE and not after_calls:
            await self._close()

    async def _release(self) -> None:
        self._fault = None
        self._released.set()
        if self._server is None:
            await self._listen()

    async def _lift(self) -> None:
        await self._release()
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            while call := await _read_message(reader):
                # A task of its own: it ends as the action does, also when the bot hangs up.
                answering = asyncio.create_task(self._answer(call))
                self._under_way.add(answering)
                answering.add_done_callback(self._under_way.discard)
                reply = await answering
                if reply is None:
                    return
                writer.write(reply)
                await writer.drain()
                if b"connection: close" in reply:
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self._lines.discard(writer)
            writer.close()

    async def _answer(self, call: bytes) -> bytes | None:
        """Return the reply to the bot, None where the line breaks instead."""
        action = _action_of(call)
        if action is None:
            return await self._pass_on(call)
        self.calls.append(action)
        if self._calls_to_pass:
            return await self._pass_on_before_the_fault(call)
        match self._fault:
            case None:
                return await self._pass_on(call)
            case Fault.RAISE:
                self._struck.set()
                return RAISED
            case Fault.DROP_AFTER:
                await self._pass_on(call)
                self._struck.set()
                return None
            case Fault.DELAY:
                self._struck.set()
                await self._released.wait()
                return await self._pass_on(call)
            case Fault.DELAY_AFTER:
                reply = await self._pass_on(call)
                self._struck.set()
                await self._released.wait()
                return reply
            case _:  # DROP_BEFORE, and a REFUSE that this call slipped past
                self._struck.set()
                return None

    async def _pass_on_before_the_fault(self, call: bytes) -> bytes | None:
        self._calls_to_pass -= 1
        reply = await self._pass_on(call)
        if reply and self._fault is Fault.REFUSE and not self._calls_to_pass:
            # Nobody listens any more when the bot reads this reply and makes its next call.
            if self._server:
                self._server.close()
                self._server = None
            return reply.replace(b"connection: keep-alive", b"connection: close", 1)
        return reply

    async def _pass_on(self, call: bytes) -> bytes | None:
        """Return the real server's reply, None where it does not listen or breaks the line."""
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, self.upstream_port)
        except ConnectionError:
            return None
        try:
            writer.write(call)
            reply = await _read_message(reader)
        except (ConnectionError, asyncio.IncompleteReadError):
            return None
        finally:
            writer.close()
        if reply:
            self.statuses.append(int(reply.split(b" ", 2)[1]))
        return reply or None


@contextmanager
def fault_proxy() -> Iterator[FaultProxy]:
    """Run a proxy in a thread of its own; set its ``upstream_port`` before calls come."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="fault proxy")
    thread.start()
    proxy = FaultProxy(loop)
    try:
        yield proxy
    finally:
        proxy.lift()
        proxy.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _read_message(reader: asyncio.StreamReader) -> bytes:
    """Return one HTTP message whole (its body has a content-length), empty at the line's end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""
    headers = dict(line.lower().split(b":", 1) for line in head.splitlines()[1:] if line)
    return head + await reader.readexactly(int(headers.get(b"content-length", b"0")))


def _action_of(call: bytes) -> str | None:
    """Return the action that a call names, None for a call of another kind (/health)."""
    head, _, body = call.partition(b"\r\n\r\n")
    if not head.startswith(b"POST /webhook"):
        return None
    return str(json.loads(body)["next_action"])
