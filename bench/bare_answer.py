"""The least that our server can answer (bench/public_site.py): the headers and as many bytes of a
page of ours, and nothing else.
"""

import json
import os

BODY = b"x" * int(os.environ["BARE_BYTES"])
HEADERS = [(name, value) for name, value in json.loads(os.environ["BARE_HEADERS"])]


def application(environment, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
