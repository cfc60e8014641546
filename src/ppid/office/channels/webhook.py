"""A signed notice that there is a new edition, for a program that fetches it itself.

    POST /… HTTP/1.1
    Content-Type: application/json
    X-Ppid-Signature-256: sha256=<HMAC-SHA256 of the body with the agreed key, in hexadecimal>
    X-Ppid-Delivery: bontang-3-2026-03-09

The last line is the same when a notice is sent again: who has seen it need do nothing.
"""

import hashlib
import hmac
import json
from urllib.parse import urlsplit

from ppid.office.channels import web
from ppid.office.channels.errand import Errand, manifest


def send(errand: Errand) -> str:
    """Tell the program of the edition. Raises as `web`."""
    newest, address = errand.lists.newest, errand.settings["address"]
    body = json.dumps(manifest(errand.lists), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "sip-ppid",
        "X-Ppid-Signature-256": f"sha256={signature(errand.secrets['key'], body)}",
        "X-Ppid-Delivery": f"{errand.lists.slug}-{newest.number}-{newest.status_on}",
    }
    answer = web.ask(address, "POST", headers=headers, body=body, seconds=errand.seconds)
    host = urlsplit(address).hostname or ""
    web.demand_done(answer, host)
    return f"{host} sudah diberi tahu."


def signature(key: str, body: bytes) -> str:
    """Return the HMAC-SHA256 of a notice, in hexadecimal."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
