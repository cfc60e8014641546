"""Ask a module of this package in a process of its own, with JSON in and JSON out.

For what must not stand in the memory of a web worker (pyHanko takes 0.8 s and 40 MB to import) but
needs the network, which a process of `ppid.vault.apart` has not. Secrets go in by the pipe, never
by arguments or environment.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from ppid.errors import BadInput, Finding, Refused

PRIVATE = "PPID_"


def own_environment() -> dict[str, str]:
    """Return the environment of a child that needs none of our settings, and no secret of them."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PRIVATE)}


def ask(module: str, question: Mapping[str, Any], *, seconds: float) -> dict[str, Any]:
    """Return the answer of `python -m ppid.papers.<module>` to the question.

    bytes in the question are handed over as base64. Raises Refused for the findings that the child
    answers with; BadInput: `paper_process_failed` when it dies or takes too long.
    """
    data = json.dumps(question, default=encoded).encode()
    command = [sys.executable, "-m", f"ppid.papers.{module}"]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            check=True,
            timeout=seconds,
            env=own_environment(),
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        text = "Berkas ini tidak dapat diolah: prosesnya berhenti sebelum selesai."
        hint = "Periksa berkasnya dan memori mesin ini, lalu coba lagi."
        # The cause is left behind: what the child was told must not come up in a traceback.
        raise BadInput(Finding("paper_process_failed", text, hint=hint)) from None
    return checked(answer)


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of a child. Raises Refused for the findings that it answers with."""
    if answer.get("findings"):
        raise Refused(*(Finding(**one) for one in answer["findings"]))
    return answer


def encoded(value: object) -> str:
    """Return bytes as base64, for `json.dumps`. Raises TypeError for anything else."""
    if not isinstance(value, bytes):
        raise TypeError(f"no JSON for {type(value).__name__}")
    return base64.b64encode(value).decode()


def question_on_input() -> dict[str, Any]:
    """Return the question that a child was asked."""
    question: dict[str, Any] = json.load(sys.stdin)
    return question


def answer_on_output(answer: Mapping[str, Any]) -> None:
    """Give the answer of a child; Refused as `{"findings": [...]}` is the caller's part."""
    json.dump(answer, sys.stdout, default=encoded)
