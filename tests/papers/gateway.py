"""A gateway of BSrE's eSign Client Service for the tests: it behaves as its public clients say.

It signs for real, with certificates of the tests' own authority. `trick` makes it misbehave.
"""

import base64
import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from papers.authority import PASSPHRASE, Authority
from ppid.papers import pades
from ppid.papers.esign_http import Gateway
from ppid.papers.signature import Level

NIK, EMAIL, TOTP = "6474010101900001", "rina@daerah.go.id", "123456"
USER, PASSWORD = "ppid", "gw-S4ndi-9"
ACCOUNT = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


class Service(ThreadingHTTPServer):
    """The gateway: who is known to it, what it was asked, and how it misbehaves."""

    daemon_threads = True

    def __init__(self, authority: Authority):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.authority = authority
        self.person = authority.issue("Rina Wati, S.H.")
        self.other = authority.issue("Orang Lain")
        self.paper = b""
        self.state, self.trick = "ISSUE", ""
        self.asked = []
        self.kept = {}
        self.released = threading.Event()

    def gateway(self, *, version=2, **more) -> Gateway:
        address = f"http://127.0.0.1:{self.server_port}"
        told = {"address": address, "user": USER, "password": PASSWORD, "version": version}
        return Gateway(**told | {"seconds": 20.0} | more)

    def signed(self, pdf: bytes) -> bytes:
        """Return the file as the gateway signs it, honestly or not."""
        person = self.other if self.trick == "orang lain" else self.person
        if self.trick == "dokumen lain":
            pdf = self.paper
        return pades.sign(
            pdf=pdf,
            archive=self.authority.archive_of(person),
            passphrase=PASSPHRASE,
            field=f"BSrE{len(self.asked)}",
            level=Level.B,
            anchors=tuple(one.encode() for one in self.authority.anchors),
        )


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._take(b"")

    def do_POST(self):
        self._take(self.rfile.read(int(self.headers["Content-Length"])))

    def _take(self, body):
        service = self.server
        service.asked.append((self.path, dict(self.headers), body))
        if self.headers["Authorization"] != ACCOUNT:
            return self._say(401, {"error": "Unauthorized"})
        if "/sign/pdf" in self.path and service.trick in TRICKS:
            return TRICKS[service.trick](self)
        for pattern, answer in ROUTES:
            if found := re.fullmatch(pattern, self.path):
                return answer(self, body, *found.groups())
        return self._say(404, {"error": "Not Found"})

    def _refuse(self, code, words):
        self._say(400, {"error": words, "status_code": code})

    def _say(self, status, data, *, kind="application/json", headers=()):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _sign_v1(self, body):
        told = _form(self.headers["Content-Type"], body)
        if told["nik"] != NIK.encode():
            return self._refuse(2011, f"user {told['nik'].decode()} belum terdaftar")
        if told["passphrase"] != PASSPHRASE.encode():
            return self._refuse(2031, "Passphrase anda salah")
        signed = self.server.signed(told["file"])
        self.server.kept["d1"] = signed
        return self._say(200, signed, kind="application/pdf", headers=[("id_dokumen", "d1")])

    def _sign_v2(self, body):
        told = json.loads(body)
        if told.get("nik") != NIK and told.get("email") != EMAIL:
            return self._refuse(2011, "user belum terdaftar")
        if told.get("passphrase") != PASSPHRASE and told.get("totp") != TOTP:
            return self._refuse(2031, "Passphrase anda salah")
        files = [base64.b64decode(one) for one in told["file"]]
        signed = [base64.b64encode(self.server.signed(one)).decode() for one in files]
        return self._say(200, {"time": 120, "file": signed})

    def _status(self, body, nik=""):
        self._say(200, {"status": self.server.state})

    def _totp(self, body):
        self._say(200, {"status": "Ok"})

    def _verify_v1(self, body):
        count = _form(self.headers["Content-Type"], body)["signed_file"].count(b"/ByteRange")
        self._say(
            200, {"nama_dokumen": "naskah.pdf", "jumlah_signature": count, "summary": "VALID"}
        )

    def _verify_v2(self, body):
        count = base64.b64decode(json.loads(body)["file"]).count(b"/ByteRange")
        self._say(200, {"conclusion": "VALID", "signatureCount": count})

    def _download(self, body, document):
        self._say(200, self.server.kept[document], kind="application/pdf")

    def _hang(self):
        self.server.released.wait(30)

    def _drip(self):
        self.send_response(200)
        self.end_headers()
        while not self.server.released.wait(0.05):
            self.wfile.write(b" ")

    def _cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b'{"file": ["')

    def log_message(self, *_):
        """Say nothing on the console."""


def _form(kind, body):
    """Return the fields of a multipart body."""
    mark = kind.split("boundary=")[1].encode()
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(b"--" + mark)[1:-1]]
    return {
        re.search(rb'name="([^"]+)"', head)[1].decode(): data.removesuffix(b"\r\n")
        for head, data in parts
    }


ROUTES = (
    (r"/api/sign/pdf", _Handler._sign_v1),
    (r"/api/sign/download/(\w+)", _Handler._download),
    (r"/api/sign/verify", _Handler._verify_v1),
    (r"/api/user/status/(\d+)", _Handler._status),
    (r"/api/v2/sign/pdf", _Handler._sign_v2),
    (r"/api/v2/sign/get/totp", _Handler._totp),
    (r"/api/v2/verify/pdf", _Handler._verify_v2),
    (r"/api/v2/user/check/status", _Handler._status),
)
PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
TRICKS = {
    "menggantung": _Handler._hang,
    "menetes": _Handler._drip,
    "putus": _Handler._cut,
    "sampah": lambda self: self._say(200, b"\x00\xff sampah", kind="application/pdf"),
    "daftar": lambda self: self._say(200, [1]),
    "tanpa berkas": lambda self: self._say(200, {"file": []}),
    "bukan base64": lambda self: self._say(200, {"file": ["###"]}),
    "bukan pdf": lambda self: self._say(200, {"file": [base64.b64encode(b"halo").decode()]}),
    "halaman": lambda self: self._say(502, PAGE, kind="text/html"),
    "halaman 200": lambda self: self._say(200, PAGE, kind="text/html"),
    "pdf ditolak": lambda self: self._refuse(2010, "PDF tidak dapat diproses NIK 6474010101900001"),
}


@contextmanager
def served(authority: Authority):
    """Give a gateway that answers on this machine."""
    with Service(authority) as service:
        thread = threading.Thread(target=service.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.released.set()
            service.shutdown()
            thread.join()
