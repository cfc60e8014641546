"""Servers that channels lead to, as their documentation says they behave, and their bad days."""

import base64
import json
import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HUGE = b"x" * (1 << 20)
TOKEN, PASSWORD, KEY = "token-yang-rahasia", "abcd efgh ijkl mnop", "kunci-bersama-yang-panjang"


class Site:
    """A server with its own idea of an answer. troubles: what it does instead, one a question.

    A trouble is a status, or one of hang, cut, garbage, huge, away.
    """

    def __init__(self):
        self.troubles = []
        self.asked = []
        self.let_go = threading.Event()

    def answer(self, method, path, headers, body):
        return 200, {}

    def trouble(self, guest, kind):
        if kind == "hang":
            self.let_go.wait(30)
        elif kind == "cut":
            guest.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            guest.wfile.flush()
            guest.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "huge":
            guest.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n")
            for _ in range(99):
                guest.wfile.write(HUGE)
        elif kind == "garbage":
            guest.give(200, b"<html>bukan JSON</html>")
        elif kind == "away":
            guest.give(302, b"", Location="http://127.0.0.1:9/")
        else:
            guest.give(kind, json.dumps({"secret": dict(guest.headers)}).encode())


class Portal(Site):
    """CKAN's action API, version 3."""

    def __init__(self):
        super().__init__()
        self.packages = {}

    def answer(self, method, path, headers, body):
        action = path.rpartition("/")[2]
        if not path.startswith("/api/3/action/"):
            return 404, b"<html>"
        if headers["Authorization"] != TOKEN:
            return 403, {"success": False, "error": {"__type": "Authorization Error"}}
        said = fields(headers, body)
        if action == "package_show":
            found = self.packages.get(said["id"])
            missing = {"success": False, "error": {"__type": "Not Found Error"}}
            return (200, {"success": True, "result": found}) if found else (404, missing)
        if action == "package_create" and said["name"] in self.packages:
            return 409, {"success": False, "error": {"__type": "Validation Error"}}
        return 200, {"success": True, "result": getattr(self, action)(said)}

    def package_create(self, said):
        self.packages[said["name"]] = {**said, "id": f"id-{said['name']}", "resources": []}
        return self.packages[said["name"]]

    def package_patch(self, said):
        [package] = [one for one in self.packages.values() if one["id"] == said["id"]]
        package.update(said)
        return package

    def resource_create(self, said):
        [package] = [one for one in self.packages.values() if one["id"] == said["package_id"]]
        said["id"] = f"res-{len(package['resources'])}"
        package["resources"].append(said)
        return said

    def resource_update(self, said):
        kept = [one for package in self.packages.values() for one in package["resources"]]
        [resource] = [one for one in kept if one["id"] == said["id"]]
        resource.update(said)
        return resource


class Blog(Site):
    """WordPress's REST API with an application password."""

    def __init__(self):
        super().__init__()
        self.pages = {}

    def answer(self, method, path, headers, body):
        pair = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
        if pair != f"humas:{PASSWORD}":
            return 401, {"code": "rest_cannot_create"}
        where = urlsplit(path)
        kind, _, number = where.path.removeprefix("/wp-json/wp/v2/").partition("/")
        if kind not in ("pages", "posts"):
            return 404, {"code": "rest_no_route"}
        if method == "GET":
            slug = parse_qs(where.query)["slug"][0]
            return 200, [one for one in self.pages.values() if one["slug"] == slug]
        return self.keep(number, json.loads(body))

    def keep(self, number, said):
        if not number:
            number = str(len(self.pages) + 1)
            self.pages[number] = {"id": int(number)}
        if number not in self.pages:
            return 404, {"code": "rest_post_invalid_id"}
        self.pages[number] |= said
        return 200, {"id": int(number)}


def fields(headers, body):
    """The fields of a question: JSON, or a form with a file, read by a second reader."""
    if headers["Content-Type"] == "application/json":
        return json.loads(body)
    whole = message_from_bytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body)
    said = {}
    for part in whole.get_payload():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        said[name] = content if part.get_filename() else content.decode()
    return said


@contextmanager
def listening(site, *, certificate=None):
    """Run the site on this machine, by https with a certificate; give its address."""

    class Guest(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def give(self, status, body, **headers):
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def serve(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            site.asked.append((self.command, self.path, dict(self.headers), body))
            self.close_connection = True
            try:
                if site.troubles and (trouble := site.troubles.pop(0)):
                    site.trouble(self, trouble)
                    return
                status, said = site.answer(self.command, self.path, self.headers, body)
                self.give(status, said if isinstance(said, bytes) else plain(said))
            except OSError:
                pass  # the other side has gone, which is what some tests are about

        do_GET = do_POST = do_PUT = serve

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Guest)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        site.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


def plain(said):
    """JSON, of a file its length only."""
    return json.dumps(said, default=lambda content: len(content)).encode()


def own_certificate(folder):
    """A file with a key and a certificate for "localhost" that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem + made.public_bytes(Encoding.PEM))
    return file
