"""The least that our server can answer: so many bytes and nothing else (bench/public_site.py)."""

import os

BODY = b"x" * int(os.environ["BARE_BYTES"])


def application(environment, start_response):
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]
