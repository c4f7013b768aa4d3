"""Checks a running client_checks server with python3-socketio, and ends with 0 when all is well.

    python_client.py URL threads|asyncio polling|websocket|upgrade

Prints the check that it is at, so that a failure has a name.
"""

import asyncio
import inspect
import os
import sys

import socketio
from engineio.payload import Payload

# It refuses more than 16 packets in an answer, of any server, unless it is told to take more.
Payload.max_decode_packets = 1000

WAIT_SECONDS = 20
TEXTS = ["", "plain", "é€😀", '"quoted"\n\t\\', "\u2028\u2029", "ÿ" * 300]
VALUES = [0, -1, 1.5, 65536, 2**40, True, False, None, [], {}, {"a": [{"b": "é"}]}]
BYTES = bytes(range(256)) * 4


async def settle(result):
    """What the asyncio client returns has to be awaited, what the one with threads returns does not."""
    return await result if inspect.isawaitable(result) else result


async def until(is_true):
    for _ in range(WAIT_SECONDS * 100):
        if is_true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("it did not come")


class Peer:
    """A client and the events that it has heard, in order, as (namespace, event, arguments)."""

    def __init__(self, url, kind, transport, namespaces=("/",)):
        self.url, self.namespaces = url, list(namespaces)
        self.transports = None if transport == "upgrade" else [transport]
        self.client = (socketio.AsyncClient if kind == "asyncio" else socketio.Client)(reconnection=False)
        self.heard = []
        for namespace in self.namespaces:
            for event in ("auth", "bounce", "room", "disconnect", "connect_error"):
                self.client.on(event, self.listen(namespace, event), namespace=namespace)
            self.client.on("question", lambda number, data: (number, data, "text"), namespace=namespace)

    def listen(self, namespace, event):
        return lambda *arguments: self.heard.append((namespace, event, list(arguments)))

    async def open(self, auth=None, wait=True):
        options = {"transports": self.transports, "namespaces": self.namespaces, "auth": auth}
        await settle(self.client.connect(self.url, wait=wait, wait_timeout=WAIT_SECONDS, **options))
        return self

    async def close(self):
        await settle(self.client.disconnect())

    async def emit(self, event, data=None, namespace="/"):
        await settle(self.client.emit(event, data, namespace=namespace))

    async def call(self, event, data=None, namespace="/"):
        return await settle(self.client.call(event, data, namespace=namespace, timeout=WAIT_SECONDS))

    async def next(self, event, namespace="/"):
        def found():
            return [entry for entry in self.heard if entry[:2] == (namespace, event)]

        await until(found)
        entry = found()[0]
        self.heard.remove(entry)
        return entry[2]


async def check_transport(connect, transport):
    peer = await connect()
    wanted = "polling" if transport == "polling" else "websocket"
    while True:
        name, protocol = (await peer.call("whoami"))[1:]
        if name == wanted:
            break
    assert protocol == 4
    await peer.close()


async def check_texts_and_values(connect, transport):
    peer = await connect()
    for value in TEXTS + VALUES:
        await peer.emit("bounce", (value, "end"))
        assert await peer.next("bounce") == [value, "end"], value
        assert await peer.call("echo", value) == value, value
    large = "x€" * 100000
    assert await peer.call("echo", large) == large
    await peer.close()


async def check_bytes(connect, transport):
    peer = await connect()
    for data in (b"", BYTES, BYTES * 500):
        assert await peer.call("echo", data) == data
    inside = {"list": [1, {"bytes": BYTES}]}
    assert list(await peer.call("echo", (BYTES, inside))) == [BYTES, inside]
    await peer.emit("bounce", ({"bytes": BYTES}, "text"))
    assert await peer.next("bounce") == [{"bytes": BYTES}, "text"]
    await peer.close()


async def check_order(connect, transport):
    peer = await connect()
    for number in range(200):
        await peer.emit("bounce", number)
    await peer.call("echo")
    assert [arguments for _, event, arguments in peer.heard if event == "bounce"] == [[i] for i in range(200)]
    await peer.close()


async def check_questions_of_the_server(connect, transport):
    peer = await connect()
    assert list(await peer.call("askme")) == ["ok", 42, b"\x09\x08\x07", "text"]
    await peer.close()


async def check_namespaces(connect, transport):
    namespaces = ["/", "/custom", "/dyn-12"]
    peer = await connect(namespaces, auth={"token": "é"})
    for namespace in namespaces:
        assert await peer.next("auth", namespace) == [{"token": "é"}]
        assert await peer.call("echo", namespace, namespace) == namespace
        identity = (await peer.call("whoami", namespace=namespace))[0]
        assert identity == peer.client.get_sid(namespace)
    await peer.close()


async def check_rooms(connect, transport):
    one, two, stranger = await connect(), await connect(), await connect()
    room = f"room of {os.getpid()}"
    for peer in (one, two):
        assert await peer.call("join", room) == "joined"
    await one.emit("toroom", (room, "hello", b"\x01\x02"))
    for peer in (one, two):
        assert await peer.next("room") == ["hello", b"\x01\x02"]
    await stranger.call("echo")
    assert not [entry for entry in stranger.heard if entry[1] == "room"]
    for peer in (one, two, stranger):
        await peer.close()


async def check_refusals(connect, transport):
    for namespace, told in (
        ("/denied", {"message": "not allowed", "data": {"code": 7}}),
        ("/none", {"message": "Invalid namespace"}),
    ):
        peer = await connect([namespace], wait=False)
        assert await peer.next("connect_error", namespace) == [told]
        await peer.close()


async def check_ends(connect, transport):
    for event in ("kick", "kickhard"):
        peer = await connect(["/dyn-1"])
        await peer.emit(event, namespace="/dyn-1")
        await peer.next("disconnect", "/dyn-1")
        await peer.close()
    peer = await connect(["/dyn-2"])
    await peer.close()


async def main(url, kind, transport):
    async def connect(namespaces=("/",), **options):
        return await Peer(url, kind, transport, namespaces).open(**options)

    for name, check in list(globals().items()):
        if name.startswith("check_"):
            print(name, flush=True)
            await check(connect, transport)


asyncio.run(main(*sys.argv[1:]))
