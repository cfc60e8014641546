"""What schemathesis does more in `make campaign-api`: it counts, and lets officers act for real.

A request that the document allows is asked by somebody of the demo at random, about something that
is there, with the act's own fields filled in: so that acts are done, and not only refused. What a
confidential field is filled with bears MARK, for which the open site is searched afterwards.
"""

import atexit
import json
import os
import random
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import schemathesis

MARK = "KAMPANYE-RAHASIA"
PUBLIC = {"public_title", "number", "giver", "place", "unit", "cleared", "given", "decree_number"}
NUMBERS = {"workdays", "amount", "active_years", "inactive_years", "step"}
MADE = {"request": "asked", "lend": "loan", "invite-team": "meeting", "object": "objection"}
MADE |= {"place": "place", "open-case": "case", "reclassify": "case"}
USUALLY = 0.8
askers = (
    json.loads(Path(os.environ["PPID_ASKERS"]).read_text()) if "PPID_ASKERS" in os.environ else {}
)
chance = random.Random(int(os.environ.get("PPID_SEED", "1")))
counts = Counter()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Let somebody ask about something that is there."""
    if not askers:
        return
    token = chance.choice(askers["tokens"])
    case.headers["Authorization"] = f"Bearer {token}"
    if case.meta is None or case.meta.generation.mode.is_negative or chance.random() > USUALLY:
        return
    for name in case.path_parameters or {}:
        if askers["ids"].get(name):
            case.path_parameters[name] = chance.choice(askers["ids"][name])
    if "step" in (case.path_parameters or {}):
        case.path_parameters["step"] = chance.randint(1, 13)
    if case.method == "POST" and isinstance(case.body, dict):
        fields = _asked_for(case.formatted_path, token)
        if fields:
            case.body = {"fields": _filled(fields, chance)}


@schemathesis.hook
def after_call(context, case, response):
    """Count the answer; remember what an act made."""
    counts[f"{case.method} {response.status_code}"] += 1
    if askers and case.method == "POST" and response.status_code == 200:
        made = response.json().get("made") or response.json().get("id")
        kind = MADE.get((case.path_parameters or {}).get("act", ""))
        if made and kind:
            askers["ids"][kind].append(made)


def _asked_for(address, token):
    """Return the fields that the act asks for, none where it cannot be asked."""
    asking = urllib.request.Request(
        os.environ["PPID_BASE"] + address, headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(asking, timeout=30) as answer:
            return json.load(answer).get("fields", [])
    except urllib.error.HTTPError:
        return []


def _filled(fields, chance):
    """Return the fields as a hurried officer would fill them in."""
    return {
        one["name"]: _value(one, chance)
        for one in fields
        if one["required"] or chance.random() < USUALLY
    }


def _value(one, chance):
    if one["kind"] == "checkboxes":
        return chance.sample(one["choices"], chance.randint(0, len(one["choices"])))
    if one["choices"]:
        return chance.choice(one["choices"])
    if one["value"] and chance.random() < USUALLY:
        return one["value"]
    if one["kind"] == "date":
        day = datetime.now(UTC).date() + timedelta(days=chance.randint(-9, 9))
        return day.isoformat()
    if one["name"] in NUMBERS:
        return chance.randint(0, 9)
    if one["name"] == "begins_at":
        return "09.00"
    word = "Kampanye" if one["name"] in PUBLIC else MARK
    return f"{word} {chance.randint(1, 99_999)}"


@atexit.register
def _tell():
    if "PPID_COUNTS" in os.environ:
        Path(os.environ["PPID_COUNTS"]).write_text(json.dumps(counts))
