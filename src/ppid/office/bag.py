"""A BagIt bag of items: what a bag holds, written into a folder; `bagit` packs and validates it.

    data/BACA-DAHULU.txt                            what this is, and how it is checked outside
    data/kunci/vkey.txt  kunci/titik-periksa.txt    the body's public key, a signed checkpoint
    data/informasi/<id>/informasi.json              the item and its soft copies
    data/informasi/<id>/lembar-uji-<n>.pdf          every consequence-test sheet
    data/informasi/<id>/penetapan-<id>.pdf          every letter of determination
    data/informasi/<id>/<either>-bertanda-tangan.*  the same as it was signed, once it was
    data/informasi/<id>/brankas/<name>.age          soft copies, sealed as they lie in the vault
    data/informasi/<id>/terbuka/<document>.<version>.pdf    opened, only when it was asked
    data/peristiwa/<seq>.tlog-proof                 each event with its values and its proof

Decision: docs/decisions/0132.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db.models import Q

from ppid.errors import BadInput, CorruptData, Finding
from ppid.office import vault
from ppid.office.event_proofs import event_proofs
from ppid.office.models import Body, ConsequenceTest, Determination, Item, SoftCopy
from ppid.office.prints import FROM_RECORDS, Of, as_print, signed_paper
from ppid.office.queries.papers.consequence_tests import sheet_of_test
from ppid.office.queries.papers.determinations import letter
from ppid.office.queries.papers.letterheads import letterhead
from ppid.office.queries.vault import write_content
from ppid.office.signing_rules import PaperKind
from ppid.papers.child import own_environment
from ppid.papers.paper import Paper
from ppid.papers.press import press
from ppid.papers.scans import kind_of
from ppid.vault.copies import copy_sealed
from ppid.vault.folder import FOLDER_MODE, Folder

CONFIDENTIAL = (
    "RAHASIA: memuat informasi yang dikecualikan (UU 14/2008 ps. 17). Hanya untuk yang berhak; "
    "membuka atau memberikannya kepada orang lain dapat dipidana (ps. 54)."
)
README = """{secret}

{title}
Badan publik: {body}

Keutuhan bag ini:          bagit.py --validate FOLDER
Membuka soft copy:         age -d -i kunci-pemulihan.txt -o dokumen BERKAS.age
Memeriksa satu peristiwa:  ppid ledger verify data/peristiwa/NOMOR.tlog-proof \\
                               --vkey data/kunci/vkey.txt
Bandingkan vkey.txt dengan kunci yang diumumkan badan publik, bukan hanya dengan bag ini.
"""
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")


def write_bag(
    folder: Path,
    items: Sequence[Item],
    *,
    body: Body,
    checkpoint: str,
    opened: bool,
    title: str,
    at: datetime,
) -> None:
    """Write what a bag of these items holds into an empty folder, pack it and validate it.

    checkpoint: a signed note over the log up to now. opened: plain soft copies too. Raises
    CorruptData for a soft copy that is damaged, `bag_invalid`; BadInput: `bag_unwritable`, what
    the storage or the press refuse.
    """
    try:
        text = README.format(secret=CONFIDENTIAL, title=title, body=body.name)
        (folder / "BACA-DAHULU.txt").write_text(text, encoding="utf-8")
        keys = _folder(folder / "kunci")
        (keys / "vkey.txt").write_text(f"{body.vkey}\n")
        (keys / "titik-periksa.txt").write_text(checkpoint)
        for item in items:
            _write_item(_folder(folder / "informasi" / str(item.pk)), item, opened=opened, at=at)
        _write_events(_folder(folder / "peristiwa"), items, body=body, checkpoint=checkpoint)
    except OSError as error:
        raise BadInput(unwritable(folder.parent, error)) from error
    _pack(folder, title=title, source=body.name)


def unwritable(folder: Path, error: OSError) -> Finding:
    """Return that a bag cannot be written into a folder."""
    text = f"Bag tidak dapat ditulis: {error.strerror}."
    hint = "Beri folder yang ada, dapat ditulis, dan cukup ruangnya."
    return Finding("bag_unwritable", text, str(folder), hint)


def _folder(path: Path) -> Path:
    path.mkdir(mode=FOLDER_MODE, parents=True)
    return path


def _write_item(folder: Path, item: Item, *, opened: bool, at: datetime) -> None:
    on = at.astimezone(item.body.zone).date()
    for test in ConsequenceTest.objects.filter(item=item).order_by("version"):
        of = (PaperKind.SHEET, str(test.pk))
        stem = folder / f"lembar-uji-{test.version}"
        _write_paper(stem, sheet_of_test(test, on=on), item.body, of=of, on=on)
    for one in Determination.objects.filter(lines__item=item).order_by("at"):
        of = (PaperKind.DETERMINATION, str(one.pk))
        stem = folder / f"penetapan-{one.pk}"
        _write_paper(stem, letter(one), item.body, of=of, on=one.determined_on)
    copies = list(SoftCopy.objects.filter(item=item).order_by("document", "version"))
    said = {
        "id": str(item.pk),
        "judul": item.title,
        "judul_umum": item.public_title,
        "perangkat_daerah": item.agency.name,
        "soft_copy": [_said_of(copy) for copy in copies],
    }
    text = json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / "informasi.json").write_text(f"{text}\n", encoding="utf-8")
    if copies:
        target = Folder(_folder(folder / "brankas"))
        for copy in copies:
            copy_sealed(copy.sealed_copy, source=vault.storage(), target=target)
    if copies and opened:
        _write_opened(_folder(folder / "terbuka"), copies)


def _write_paper(stem: Path, paper: Paper, body: Body, *, of: Of, on: date) -> None:
    """Write what the office knows as a PDF, which says that it is not what was signed; and that."""
    pdf = press(as_print(paper, body, of=of, words=FROM_RECORDS), letterhead(body), on=on)
    stem.with_name(f"{stem.name}.pdf").write_bytes(pdf)
    if signed := signed_paper(body, of):
        stem.with_name(f"{stem.name}-bertanda-tangan.{kind_of(signed)}").write_bytes(signed)


def _said_of(copy: SoftCopy) -> dict[str, object]:
    return {
        "nama_berkas": copy.file_name,
        "dokumen": str(copy.document),
        "versi": copy.version,
        "berkas": copy.name,
        "terbuka": {"bita": copy.plain_size, "sha256": copy.plain_sha256},
        "tersegel": {"bita": copy.sealed_size, "sha256": copy.sealed_sha256},
    }


def _write_opened(folder: Path, copies: Iterable[SoftCopy]) -> None:
    """Write the plain bytes under names of ours: what an officer called a file may be too long."""
    for copy in copies:
        ending = Path(copy.file_name).suffix
        suffix = ending if SUFFIX.fullmatch(ending) else ""
        with (folder / f"{copy.document}.{copy.version}{suffix}").open("xb") as file:
            write_content(copy, file)


def _write_events(folder: Path, items: Sequence[Item], *, body: Body, checkpoint: str) -> None:
    """Write each event of the items and of their cases, with its proof against the checkpoint."""
    cases = {item.case_id for item in items}
    about = Q(item__in=[item.pk for item in items]) | Q(case__in=cases, item=None)
    for proof in event_proofs(about, body=body, checkpoint=checkpoint):
        file = folder / f"{proof.index:08}.tlog-proof"
        file.write_text(proof.to_text(), encoding="utf-8")


def _pack(folder: Path, *, title: str, source: str) -> None:
    """Make a bag of the folder and validate it, in processes of their own: bagit changes folder."""
    about = {
        "Source-Organization": source,
        "External-Identifier": folder.name.strip("."),
        "External-Description": CONFIDENTIAL,
        "Internal-Sender-Description": title,
    }
    _bagit(folder, about)
    _bagit(folder, {})


def _bagit(folder: Path, about: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ppid.office.bag_packing", str(folder)],
        input=json.dumps(about),
        env=own_environment() | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["tanpa keterangan"])[-1]
        raise CorruptData(Finding("bag_invalid", f"Bag tidak utuh: {said}", str(folder)))
