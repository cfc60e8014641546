"""A program: plant canaries into the data folder PPID_DATA, and write down where they are.

    python plant.py FILE [quick]

quick: soft copies are stored without the look of a child process, passwords are hashed cheaply,
and work on PDFs is done here.
"""

import io
import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  the apps must be ready first

from leaks.planting import Planter  # noqa: E402
from leaks.scenes import ELDER, SLUG, Office, build  # noqa: E402
from ppid.office import bag, redaction  # noqa: E402
from ppid.office.models import OfficePaper  # noqa: E402
from ppid.office.signing_rules import PaperKind  # noqa: E402
from ppid.public.intake import code_of, grouped  # noqa: E402
from ppid.vault.apart import Done  # noqa: E402
from ppid.vault.redaction.job import work  # noqa: E402


def here(job, source, *, asked, limits):
    """Do the work of a child process in this one."""
    target = io.BytesIO()
    said = work(source, target, asked)
    target.seek(0)
    return Done(said, target)


def _signers(paper: OfficePaper) -> list[dict[str, str]]:
    return paper.signers if PaperKind(paper.kind).public else []


def main(file: Path, *, quick: bool) -> None:
    """Play all scenes; the file gets every canary and the items that were released."""
    if quick:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        redaction.work_apart = here
        bag.press = lambda *_, **__: b"%PDF-1.7 lembar"
    planter = Planter()
    office = Office(planter, files=file.parent / "keluar", quick=quick)
    build(office)
    papers = list(OfficePaper.objects.filter(body__in=(SLUG, ELDER)))
    said = {
        "canaries": [asdict(one) for one in planter.planted],
        "papers": [grouped(code_of(one.pk)) for one in papers],
        "signers": [one["name"] for paper in papers for one in _signers(paper)],
        "accounts": office.accounts,
        "released": [str(one.pk) for one in office.released],
        "waiting": [str(one.pk) for one in office.waiting],
    }
    file.write_text(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="quick" in sys.argv[2:])
