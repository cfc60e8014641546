"""The list in a bucket of an S3-compatible service.

botocore signs the requests; they go out by our own line, which goes only where it may and gives up
in time (`web`). The service compares each file with its MD5 and with the SHA-256 that is signed.
"""

import base64
import hashlib
import json
from urllib.parse import quote, urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ppid.office.channels import web
from ppid.office.channels.errand import Errand, manifest


def send(errand: Errand) -> str:
    """Put each file under its name, and last the one that names them. Raises as `web`."""
    about = json.dumps(manifest(errand.lists), ensure_ascii=False, indent=1).encode()
    for one in errand.lists.files:
        _put(errand, one.name, one.path.read_bytes(), kind=one.kind)
    _put(errand, f"dik-{errand.lists.slug}-edisi.json", about, kind="application/json")
    return f"{len(errand.lists.files)} berkas daftar ada di wadah {errand.settings['bucket']}."


def _put(errand: Errand, name: str, data: bytes, *, kind: str) -> None:
    said = errand.settings
    folder = said.get("prefix", "").strip("/")
    key = f"{folder}/{name}" if folder else name
    base = said["address"].rstrip("/")
    address = f"{base}/{said['bucket']}/{quote(key)}"
    md5 = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
    headers = {"Content-Type": kind, "Content-MD5": md5}
    asked = AWSRequest(method="PUT", url=address, data=data, headers=headers)
    keys = Credentials(said["key_id"], errand.secrets["secret_key"])
    S3SigV4Auth(keys, "s3", said["region"]).add_auth(asked)
    answer = web.ask(address, "PUT", headers=dict(asked.headers), body=data, seconds=errand.seconds)
    web.demand_done(answer, urlsplit(address).hostname or "")
