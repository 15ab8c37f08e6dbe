"""How the server listens."""

from __future__ import annotations

import socket

from mulu.serving import _listen


def test_answers_do_not_wait_for_acknowledgements():
    """A connection that is accepted sends each packet at once; else a client that keeps it open waits 40 ms."""
    with _listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
