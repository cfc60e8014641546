"""Sign a PDF with a key that never leaves its token or HSM (PKCS#11), through pyHanko.

A program of its own (`python -m ppid.papers.token_signing`), as `ppid.papers.pades` is: it loads
the maker's library, which nothing else of this program does, and its log-in to the token ends with
it. Needs the extra `hsm`.
"""

import sys
from collections.abc import Mapping
from typing import Any

from pkcs11.exceptions import (
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
)
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from ppid.errors import Finding, Refused
from ppid.papers.child import answer_on_output, question_on_input
from ppid.papers.pades import answer_of, sign_with

TROUBLES: tuple[tuple[tuple[type[Exception], ...], str, str, str], ...] = (
    (
        (PinLocked,),
        "token_locked",
        "Token ini terkunci karena PIN terlalu sering salah.",
        "Buka kuncinya dengan alat dari pembuat token (PUK).",
    ),
    (
        (PinIncorrect, PinInvalid, PinLenRange),
        "passphrase_wrong",
        "PIN token salah.",
        "Jangan mencoba terlalu sering: token mengunci diri sesudah beberapa PIN yang salah.",
    ),
    (
        (PKCS11Error, RuntimeError, OSError),
        "token_unusable",
        "Token tidak dapat dipakai: tidak terpasang, atau kunci dan sertifikatnya tidak ada.",
        "Pasang tokennya, lalu minta pengelola sistem memeriksa: ppid papers token.",
    ),
)
"""Errors of the token -> code, sentence, hint. The first that fits counts."""


def token_answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the signed file, or the findings that stopped it."""
    return answer_of(question, _sign)


def _sign(question: Mapping[str, Any], **told: Any) -> bytes:
    """Return the signed file. Raises Refused with what the token or the certificate says."""
    try:
        with open_pkcs11_session(
            question["module"],
            token_criteria=TokenCriteria(label=question["token"]),
            user_pin=question["passphrase"],
        ) as session:
            signer = PKCS11Signer(
                session,
                cert_label=question["label"],
                other_certs_to_pull=None,
                # Many tokens sign only what was hashed before it reaches them.
                use_raw_mechanism=True,
            )
            return sign_with(signer, **told)
    except tuple(kind for kinds, *_ in TROUBLES for kind in kinds) as error:
        raise Refused(_trouble(error)) from error


def _trouble(error: Exception) -> Finding:
    _, code, text, hint = next(one for one in TROUBLES if isinstance(error, one[0]))
    return Finding(code, text, hint=hint)


if __name__ == "__main__":
    answer_on_output(token_answer(question_on_input()))
    sys.stdout.flush()
