"""HTTP/2 as a server speaks it, for `HostileServer`: what comes after the TLS handshake."""

import socket
import ssl
from collections.abc import Callable, Mapping

import h2.config
import h2.connection
import h2.events

Respond = Callable[["Stream"], None]


class Stream:
    """One request, and the ways to answer it."""

    def __init__(
        self, connection: h2.connection.H2Connection, peer: socket.socket, number: int, headers: Mapping[str, str]
    ) -> None:
        self.headers = dict(headers)
        self.connection = connection
        self.peer = peer
        self.number = number

    def head(self, status: int = 200, headers: Mapping[str, str] | None = None, *, ends: bool = False) -> None:
        given = [(":status", str(status)), *(headers or {}).items()]
        self.connection.send_headers(self.number, given, end_stream=ends)
        self.flush()

    def body(self, body: bytes, *, ends: bool = True) -> None:
        """As much of it as the client takes in."""
        for at in range(0, len(body), 16_384):
            piece = body[at : at + 16_384]
            while self.connection.local_flow_control_window(self.number) < len(piece):
                self.connection.receive_data(self.peer.recv(65_536) or b"")
            self.connection.send_data(self.number, piece)
            self.flush()
        if ends:
            self.connection.end_stream(self.number)
            self.flush()

    def raw(self, frames: bytes) -> None:
        """Frames that no library would send."""
        self.peer.sendall(frames)

    def flush(self) -> None:
        self.peer.sendall(self.connection.data_to_send())


def speaking_http2(respond: Respond) -> Callable[[socket.socket, bytes], None]:
    """A script for `HostileServer`: every request of a connection is answered by `respond`."""

    def script(peer: socket.socket, beginning: bytes) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        peer.sendall(connection.data_to_send())
        arrived = beginning
        while arrived:
            for event in connection.receive_data(arrived):
                if isinstance(event, h2.events.RequestReceived):
                    assert event.headers is not None
                    headers = {str(name): str(value) for name, value in event.headers}
                    respond(Stream(connection, peer, int(event.stream_id or 0), headers))
            peer.sendall(connection.data_to_send())
            arrived = peer.recv(65_536)

    return script


def frame(kind: int, stream: int, payload: bytes, flags: int = 0) -> bytes:
    """A frame as RFC 9113 §4.1 lays it out."""
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def offering_http2(context: ssl.SSLContext) -> ssl.SSLContext:
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context
