"""The socket that the server listens on."""

import asyncio
import socket

from web.commands.serving import bound


def test_a_kept_connection_sends_small_answers_at_once() -> None:
    async def delay() -> int:
        sent: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted: socket.socket = writer.get_extra_info("socket")
            sent.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener = bound("127.0.0.1", 0)
        server = await asyncio.start_server(answer, sock=listener)
        async with server:
            _, writer = await asyncio.open_connection(*listener.getsockname())
            try:
                return await asyncio.wait_for(sent, 10)
            finally:
                writer.close()
                await writer.wait_closed()

    assert asyncio.run(delay()) != 0
