"""What a channel is asked to do, and which module does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from ppid.errors import BadInput, Finding
from ppid.office.channels.kinds import ChannelKind
from ppid.public import intake

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Errand:
    """The list to bring, and where to. settings, secrets: by the names of the kind's fields.

    seconds: the longest that one question to the other side may take.
    """

    lists: intake.ListFiles
    settings: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)
    seconds: float = SECONDS


Send = Callable[[Errand], str]
"""Brings the list, and returns in a sentence what is there now; doing it again changes nothing.

Raises BadInput, Refused or Conflict with what the other side did, without anything it said.
"""


def way_of(kind: ChannelKind) -> Send:
    """Return what sends by a kind of channel. Raises BadInput: `channel_library`."""
    try:
        send: Send = import_module(f"ppid.office.channels.{kind.value}").send  # slow libraries
    except ModuleNotFoundError as error:
        text = f"Pustaka untuk saluran {kind.label} belum terpasang di server ini."
        hint = f"Minta pengelola server memasangnya: uv sync --extra {kind.value}."
        raise BadInput(Finding("channel_library", text, hint=hint)) from error
    return send


def manifest(lists: intake.ListFiles) -> dict[str, object]:
    """Return what names an edition and its files to programs.

    {"event": "edition.published", "body": {"slug": "bontang", "name": ...}, "edition":
    {"number": 3, "published_at": ..., "content_hash": ..., "entries": 12}, "status_on":
    "2026-03-09", "files": [{"name": ..., "media_type": ..., "size": ..., "sha256": ...}],
    "addresses": {"list": ..., "csv": ...}}
    """
    newest = lists.newest
    return {
        "event": "edition.published",
        "body": {"slug": lists.slug, "name": lists.body_name},
        "edition": {
            "number": newest.number,
            "published_at": lists.published_at.isoformat(),
            "content_hash": newest.content_hash,
            "entries": lists.entries,
        },
        "status_on": newest.status_on.isoformat(),
        "files": [
            {"name": one.name, "media_type": one.kind, "size": one.size, "sha256": one.sha256}
            for one in lists.files
        ],
        "addresses": dict(lists.addresses),
    }
