"""The list as a page or post of a WordPress site, by its REST API and an application password.

    GET  /wp-json/wp/v2/pages?slug=…     [{"id": 7, "slug": …}] or []
    POST /wp-json/wp/v2/pages            {"slug": …, "title": …, "content": …, "status": "publish"}
    POST /wp-json/wp/v2/pages/7          the same, to change it

The page is known again by the name in its address, so a site that took it and then failed gets no
second one.
"""

import base64
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from ppid.office.channels import web
from ppid.office.channels.errand import Errand

ANY_STATUS = "publish,future,draft,pending,private"


def send(errand: Errand) -> str:
    """Make or change the page. Raises as `web`; BadInput: `channel_answer_strange`."""
    slug, host = errand.settings["slug"], urlsplit(errand.settings["address"]).hostname or ""
    asked = urlencode({"slug": slug, "status": ANY_STATUS, "context": "edit", "_fields": "id,slug"})
    found = _ask(errand, f"?{asked}", "GET")
    if not isinstance(found, list):
        raise web.strange(host)
    known = [one["id"] for one in found if isinstance(one, dict) and isinstance(one.get("id"), int)]
    made = _ask(errand, f"/{known[0]}" if known else "", "POST", _page(errand))
    if not isinstance(made, dict) or not isinstance(made.get("id"), int):
        raise web.strange(host)
    what = "Halaman" if errand.settings["type"] == "pages" else "Pos"
    return f"{what} {slug} di {host} memuat edisi {errand.lists.newest.number}."


def _page(errand: Errand) -> dict[str, str]:
    return {
        "slug": errand.settings["slug"],
        "title": f"Daftar Informasi yang Dikecualikan, {errand.lists.body_name}",
        "content": errand.lists.table,
        "status": "publish",
    }


def _ask(errand: Errand, rest: str, method: str, said: dict[str, str] | None = None) -> Any:
    settings = errand.settings
    address = f"{settings['address'].rstrip('/')}/wp-json/wp/v2/{settings['type']}{rest}"
    pair = f"{settings['user']}:{errand.secrets['password']}".encode()
    headers = {
        "Authorization": f"Basic {base64.b64encode(pair).decode()}",
        "Content-Type": "application/json",
    }
    body = json.dumps(said).encode() if said else b""
    answer = web.ask(address, method, headers=headers, body=body, seconds=errand.seconds)
    host = urlsplit(address).hostname or ""
    return web.read_json(web.demand_done(answer, host), host)
