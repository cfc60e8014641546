"""A token for the tests: SoftHSM2, with the keys and certificates of several people on it."""

import os
import subprocess
from functools import cache
from pathlib import Path

import pkcs11
from cryptography.hazmat.primitives import serialization
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from ppid.papers.signing import Token

PIN = "654321"
NAME = "Token uji"
PLACES = ("/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/local/lib/softhsm")
MODULE = next(
    (one for one in (f"{place}/libsofthsm2.so" for place in PLACES) if Path(one).exists()), ""
)


@cache
def softhsm(folder: Path) -> pkcs11.lib:
    """Return the library with one empty token in the folder; a process can have it once only."""
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = ["softhsm2-util", "--init-token", "--free", "--label", NAME, "--so-pin", "12345678"]
    subprocess.run([*command, "--pin", PIN], check=True, capture_output=True)
    return pkcs11.lib(MODULE)


def on_token(library, label, person, *, chain=()) -> Token:
    """Put a person's key and certificate on the token, and return where they are."""
    der = person.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    curve = "curve" in dir(person.key)
    key = decode_ec_private_key(der) if curve else decode_rsa_private_key(der)
    with library.get_token(token_label=NAME).open(user_pin=PIN, rw=True) as session:
        told = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: label}
        session.create_object({**key, **told, pkcs11.Attribute.SIGN: True})
        for name, one in [(label, person), *((f"induk {label}", each) for each in chain)]:
            cert = decode_x509_certificate(one.der, extended_set=False)
            session.create_object({**cert, **told, pkcs11.Attribute.LABEL: name})
    return Token(module=MODULE, name=NAME, label=label)
