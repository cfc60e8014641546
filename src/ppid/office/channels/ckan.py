"""The list as a dataset of a CKAN portal, by its action API (version 3).

    POST /api/3/action/package_show      Authorization: <API token>
    {"success": true, "result": {"id": …, "name": …, "resources": [{"id": …, "name": "CSV"}]}}

A resource is known again by its name, so a portal that took a file and then failed gets no second.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from ppid.office.channels import web
from ppid.office.channels.errand import Errand
from ppid.public import intake


def send(errand: Errand) -> str:
    """Make or update the dataset, and in it one resource for each file. Raises as `web`;
    BadInput: `channel_answer_strange`.
    """
    name = errand.settings["dataset"]
    known = _package(errand, name)
    about = _about(errand)
    package = (
        _act(errand, "package_patch", {"id": known["id"], **about})
        if known
        else _act(errand, "package_create", {"name": name, **about})
    )
    kept = {one.get("name"): one.get("id") for one in package.get("resources") or ()}
    for file in errand.lists.files:
        _upload(errand, file, package=package["id"], resource=kept.get(file.title))
    return f"Dataset {name} di {_host(errand)} memuat {len(errand.lists.files)} berkas daftar."


def _about(errand: Errand) -> dict[str, Any]:
    lists = errand.lists
    return {
        "title": f"Daftar informasi yang dikecualikan, {lists.body_name}",
        "notes": "Apa yang dikecualikan, mengapa, sampai kapan, dan sejak kapan terbuka. "
        f"Daftar dengan riwayat dan buktinya: {lists.addresses['list']}",
        "owner_org": errand.settings["organisation"],
        "url": lists.addresses["list"],
        "version": str(lists.newest.number),
        "author": lists.body_name,
        "private": False,
        "tags": [{"name": "PPID"}, {"name": "informasi publik"}],
        "extras": [{"key": "content_hash", "value": lists.newest.content_hash}],
    }


def _package(errand: Errand, name: str) -> dict[str, Any] | None:
    answer = _ask(errand, "package_show", _json({"id": name}), "application/json")
    # a portal answers 404 in JSON for a dataset that is not there; else the address is wrong
    if answer.status == 404 and _said(errand, answer).get("success") is False:
        return None
    return _result(errand, answer)


def _act(errand: Errand, action: str, said: dict[str, Any]) -> dict[str, Any]:
    return _result(errand, _ask(errand, action, _json(said), "application/json"))


def _upload(errand: Errand, file: intake.ListFile, *, package: str, resource: str | None) -> None:
    content = ContentFile(file.path.read_bytes(), name=file.name)
    content.content_type = file.kind
    fields = {
        "package_id": package,
        "name": file.title,
        "format": file.title,
        "mimetype": file.kind,
        "hash": file.sha256,
        "description": f"Edisi {errand.lists.newest.number}",
        "upload": content,
    }
    action = "resource_update" if resource else "resource_create"
    if resource:
        fields["id"] = resource
    body = encode_multipart(BOUNDARY, fields)
    _result(errand, _ask(errand, action, body, MULTIPART_CONTENT))


def _ask(errand: Errand, action: str, body: bytes, kind: str) -> web.Answer:
    address = f"{errand.settings['address'].rstrip('/')}/api/3/action/{action}"
    headers = {"Authorization": errand.secrets["token"], "Content-Type": kind}
    return web.ask(address, "POST", headers=headers, body=body, seconds=errand.seconds)


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


def _result(errand: Errand, answer: web.Answer) -> dict[str, Any]:
    web.demand_done(answer, _host(errand))
    said = _said(errand, answer)
    result = said.get("result")
    if said.get("success") is not True or not isinstance(result, dict) or "id" not in result:
        raise web.strange(_host(errand))
    return result


def _said(errand: Errand, answer: web.Answer) -> dict[str, Any]:
    said = web.read_json(answer, _host(errand))
    if not isinstance(said, dict):
        raise web.strange(_host(errand))
    return said


def _host(errand: Errand) -> str:
    return urlsplit(errand.settings["address"]).hostname or ""
