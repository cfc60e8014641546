"""A certificate authority for the tests: root, issuer, people, OCSP and time stamps over HTTP."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

PASSPHRASE = "sandi rahasia 1"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Credential:
    """A key with its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    cert: x509.Certificate

    @property
    def pem(self) -> str:
        return self.cert.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.cert.public_bytes(serialization.Encoding.DER)

    def archive(self, *chain, passphrase=PASSPHRASE) -> bytes:
        """Return the PKCS#12 that an officer would hold."""
        seal = serialization.BestAvailableEncryption(passphrase.encode())
        certs = [one.cert for one in chain]
        return pkcs12.serialize_key_and_certificates(b"x", self.key, self.cert, certs, seal)


def _name(common, **more):
    parts = [(NameOID.COUNTRY_NAME, "ID"), (NameOID.COMMON_NAME, common)]
    parts += [(getattr(NameOID, name), value) for name, value in more.items() if value]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


class Authority:
    """A root and an issuer below it; address: where its services answer, or empty."""

    def __init__(self, name="Induk Uji", *, address=""):
        self.address = address
        self.revoked = {}
        self.root = self._authority(name, None)
        self.issuer = self._authority(f"Penerbit {name}", self.root)
        self.stamper = self.issue("Cap Waktu Uji", stamps=True)

    @property
    def anchors(self):
        return (self.root.pem,)

    def _authority(self, name, above):
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._begin(key, _name(name), above, days=(-3650, 3650))
        cert = cert.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        cert = cert.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        cert = cert.sign((above.key if above else key), hashes.SHA256())
        return Credential(key, cert)

    def _begin(self, key, name, above, *, days):
        now = datetime.now(UTC)
        begun = x509.CertificateBuilder(
            issuer_name=above.cert.subject if above else name,
            subject_name=name,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now + days[0] * DAY,
            not_valid_after=now + days[1] * DAY,
        )
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        above_key = above.key.public_key() if above else key.public_key()
        over = x509.AuthorityKeyIdentifier.from_issuer_public_key(above_key)
        begun = begun.add_extension(own, critical=False).add_extension(over, critical=False)
        if self.address and above:
            where = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
            access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)
            begun = begun.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        return begun

    def issue(
        self,
        name,
        *,
        nip="",
        days=(-30, 365),
        stamps=False,
        signs=True,
        revoked=False,
        rsa_key=False,
    ) -> Credential:
        """Return a certificate for a person, or for the authority of time stamps."""
        # pyHanko's own authority of time stamps, which answers here, signs with RSA only.
        curve = ec.SECP256R1()
        by_rsa = stamps or rsa_key
        key = rsa.generate_private_key(65537, 2048) if by_rsa else ec.generate_private_key(curve)
        cert = self._begin(key, _name(name, SERIAL_NUMBER=nip), self.issuer, days=days)
        usage = _usage(digital_signature=True, content_commitment=signs)
        cert = cert.add_extension(usage, critical=True)
        if stamps:
            only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            cert = cert.add_extension(only, critical=True)
        made = Credential(key, cert.sign(self.issuer.key, hashes.SHA256()))
        if revoked:
            self.revoked[made.cert.serial_number] = datetime.now(UTC) - DAY
        return made

    def archive_of(self, person: Credential, *, passphrase=PASSPHRASE) -> bytes:
        """Return a person's PKCS#12 with the chain in it."""
        return person.archive(self.issuer, self.root, passphrase=passphrase)

    def ocsp_answer(self, request: bytes) -> bytes:
        """Return what the OCSP responder says of a certificate."""
        asked = ocsp.load_der_ocsp_request(request)
        since = self.revoked.get(asked.serial_number)
        above = self.issuer
        if asked.issuer_key_hash == _key_hash(self.root, asked.hash_algorithm):
            above = self.root
        now = datetime.now(UTC)
        answer = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + DAY,
            revocation_time=since,
            revocation_reason=None,
        )
        answer = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, above.cert)
        for one in asked.extensions:
            answer = answer.add_extension(one.value, critical=False)
        signed = answer.sign(above.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def stamp(self, request: bytes, *, shift=timedelta()) -> bytes:
        """Return a time stamp, by a clock that may be wrong."""
        der = self.stamper.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        chain = SimpleCertificateStore()
        chain.register_multiple([asn1_x509.Certificate.load(self.issuer.der)])
        clock = DummyTimeStamper(
            asn1_x509.Certificate.load(self.stamper.der),
            asn1_keys.PrivateKeyInfo.load(der),
            certs_to_embed=chain,
            fixed_dt=datetime.now(UTC) + shift,
        )
        return clock.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


def _key_hash(above: Credential, algorithm) -> bytes:
    point = above.key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    digest = hashes.Hash(algorithm)
    digest.update(point)
    return digest.finalize()


def _usage(**wanted):
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})


class _Services(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        authority = self.server.authority
        answers = {
            "/ocsp": ("ocsp-response", lambda: authority.ocsp_answer(asked)),
            "/tsa": ("timestamp-reply", lambda: authority.stamp(asked)),
            "/tsa-salah": ("timestamp-reply", lambda: authority.stamp(asked, shift=-DAY)),
            "/tsa-rusak": ("timestamp-reply", lambda: b"bukan cap waktu"),
        }
        kind, answer = answers[self.path]
        body = answer()
        self.send_response(200)
        self.send_header("Content-Type", f"application/{kind}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing on the console."""


@contextmanager
def served():
    """Give an authority whose OCSP and time stamps answer on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Services) as server:
        server.authority = Authority(address=f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.authority
        finally:
            server.shutdown()
            thread.join()


@cache
def offline() -> Authority:
    """Return an authority without services: the certificates name none."""
    return Authority()
