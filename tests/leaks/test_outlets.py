"""Outlets that a sweep of answers does not reach: what browsers keep, crash dumps, telemetry."""

import re
import tomllib
from pathlib import Path

import pytest

import ppid

PACKAGE = Path(ppid.__file__).parent
ROOT = PACKAGE.parents[1]
SCRIPTS = sorted((PACKAGE / "static").rglob("*.js"))
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|\bcaches\.|document\.cookie")
WITHOUT_SIGNAL = {"stock_take.js", "stock_take_offline.js"}
"""What a phone keeps of a stock-take, and how it goes again: docs/decisions/0135."""
TELEMETRY = ("sentry", "opentelemetry", "prometheus", "statsd", "newrelic", "datadog", "rollbar")


def test_no_source_map_goes_out_with_what_is_served():
    served = [one for one in (PACKAGE / "static").rglob("*") if one.is_file()]
    assert len(served) > 5
    assert [one.name for one in served if one.suffix == ".map"] == []
    texts = [one for one in served if one.suffix in (".js", ".css")]
    assert [one.name for one in texts if b"sourceMappingURL" in one.read_bytes()] == []


def test_only_the_stock_take_without_signal_keeps_anything_in_a_browser():
    keeping = {one.name for one in SCRIPTS if KEEPS.search(one.read_text())}
    assert keeping == WITHOUT_SIGNAL


def test_nothing_counts_or_reports_to_elsewhere():
    known = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    names = {one["name"] for one in known}
    assert "django" in names
    assert [one for one in names if one.startswith(TELEMETRY)] == []


@pytest.mark.parametrize("unit", ["office", "public", "worker"])
def test_a_crash_leaves_no_dump_of_the_memory(unit):
    text = (ROOT / "deploy" / f"ppid-{unit}.service").read_text()
    assert "\nLimitCORE=0\n" in text
