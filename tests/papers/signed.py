"""Papers that are signed in the tests, and pyHanko asked in this process instead of in a child."""

import io
import json
from datetime import UTC, date, datetime
from functools import cache

from papers.authority import PASSPHRASE, offline
from ppid.papers import child, pades, token_signing, validation
from ppid.papers.letterhead import Letterhead
from ppid.papers.paper import Paper
from ppid.papers.press import press
from ppid.papers.signature import Examination, Level, from_data
from ppid.papers.signing_form import with_form
from ppid.vault.apart import Done

CONTENT = {
    "heading": "Daftar uji",
    "below": "Naskah untuk ditandatangani",
    "day": "",
    "columns": [("No", 0), ("Isi", 1)],
    "rows": [["1.", "Satu"], ["2.", "Dua"]],
    "note": "",
    "signers": [],
}


@cache
def paper(word="Naskah") -> bytes:
    """Return a paper that is ready to be signed."""
    content = {**CONTENT, "heading": word}
    made = Paper(template="daftar", title=word, content=content)
    return with_form(press(made, Letterhead(body="Kota Uji"), on=date(2026, 3, 2)))


def sign_here(module, question, *, seconds):
    """Ask as `child.ask` does, over the same JSON, but without the second that a child takes."""
    told = json.loads(json.dumps(question, default=child.encoded))
    by = {"pades": pades.answer, "token_signing": token_signing.token_answer}[module]
    answer = json.loads(json.dumps(by(told), default=child.encoded))
    return child.checked(answer)


def read_here(job, source, *, asked, limits):
    """Examine as `work_apart` does, over the same JSON."""
    said = validation.work(source, io.BytesIO(), json.loads(json.dumps(asked)))
    return Done(json.loads(json.dumps(said)), io.BytesIO())


def sign(pdf, person, *, authority=None, level=Level.B, field="TandaTangan1", tsa="") -> bytes:
    """Return the paper signed with a person's certificate."""
    authority = authority or offline()
    return pades.sign(
        pdf=pdf,
        archive=authority.archive_of(person),
        passphrase=PASSPHRASE,
        field=field,
        level=level,
        anchors=tuple(one.encode() for one in authority.anchors),
        tsa=tsa,
    )


def examine(pdf, *, authority=None, at=None, since=0) -> Examination:
    """Return what is found in a file."""
    authority = authority or offline()
    anchors = pades.certificates(tuple(one.encode() for one in authority.anchors))
    grounds = validation.Grounds(anchors, at or datetime.now(UTC))
    found = validation.examine(pdf, grounds=grounds, since=since)
    return from_data(json.loads(json.dumps(validation.as_data(found))))
