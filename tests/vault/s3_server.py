"""An S3 service as a process of its own, and a way to it that refuses, hangs or cuts."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3

WAIT_SECONDS = 60
KEYS = {
    "AWS_ACCESS_KEY_ID": "kota",
    "AWS_SECRET_ACCESS_KEY": "rahasia",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def service():
    """Start a service on this machine with the bucket `brankas`; give its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", "from moto.server import main; main()"]
        + ["-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: one for name, one in os.environ.items() if "COVERAGE" not in name},
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def wait_for(port):
    """Wait until something listens."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def make_bucket(address, name="brankas"):
    """Make a bucket, as who runs the service would."""
    client = boto3.session.Session().client("s3", endpoint_url=address)
    with suppress(client.exceptions.BucketAlreadyOwnedByYou):
        client.create_bucket(Bucket=name)


@contextmanager
def way_to(address, *, answer_bytes=None, silent=False, alter=(b"", b"")):
    """Give another address of the service.

    silent: it takes connections and never answers. answer_bytes: it cuts an answer longer than
    that many bytes. alter: in answers it puts the second for the first.
    """
    target = int(address.rsplit(":", 1)[1])
    door = socket.create_server(("127.0.0.1", 0))
    held = []

    def serve():
        with suppress(OSError):
            while True:
                guest, _ = door.accept()
                held.append(guest)
                if not silent:
                    threading.Thread(target=carry, args=(guest,), daemon=True).start()

    def carry(guest):
        host = socket.create_connection(("127.0.0.1", target))
        held.append(host)
        threading.Thread(target=pump, args=(guest, host), daemon=True).start()
        pump(host, guest, answer_bytes, alter)

    def pump(source, drain, most=None, altered=(b"", b"")):
        sent = 0
        with suppress(OSError):
            while data := source.recv(65536):
                data = data.replace(*altered)
                if most is not None and sent + len(data) > most:
                    drain.sendall(data[: most - sent])
                    break
                drain.sendall(data)
                sent += len(data)
        for end in (source, drain):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(5)
        for one in held:
            one.close()


@contextmanager
def answering(status, code):
    """Give the address of a service that answers everything with this status and error code."""

    class Answer(BaseHTTPRequestHandler):
        def answer(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = f"<Error><Code>{code}</Code><Message>tidak</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
