"""A small clamd: speaks INSTREAM as its documentation says, knows EICAR, and can misbehave."""

import socket
import struct
import threading
from contextlib import contextmanager

from vault.hostile import EICAR


class Clamd:
    """How it behaves: most bytes it takes, an answer of its own, silence, or an early goodbye."""

    def __init__(self, *, most=1 << 20, answer=b"", silent=False, leaves=False):
        self.most, self.answer, self.silent, self.leaves = most, answer, silent, leaves
        self.asked = []
        self.over = threading.Event()

    def serve(self, server):
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                self._talk(caller)

    def _talk(self, caller):
        stream = caller.makefile("rb")
        command = stream.readline().strip()
        if self.leaves:
            return
        data = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            data += stream.read(size)
            if len(data) > self.most:
                caller.sendall(b"INSTREAM size limit exceeded. ERROR\n")
                return
        self.asked.append((command, data))
        if self.silent:
            self.over.wait(20)
            return
        found = b"Eicar-Test-Signature FOUND" if EICAR in data else b"OK"
        caller.sendall(self.answer or b"stream: " + found + b"\n")


@contextmanager
def running(place=None, **behaves):
    """Give a scanner that listens, and its address: on a port, or on a socket at the place."""
    clamd = Clamd(**behaves)
    if place:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(place))
        server.listen()
        address = f"unix:{place}"
    else:
        server = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{server.getsockname()[1]}"
    thread = threading.Thread(target=clamd.serve, args=(server,), daemon=True)
    thread.start()
    try:
        yield clamd, address
    finally:
        clamd.over.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
