"""Put a document into the vault of the demo, in a process of its own, as an archivist would.

python storing.py BODY      prints the id of the item and of the document
"""

import io
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.utils import timezone  # noqa: E402

from ppid.office.actions.documents import store_document  # noqa: E402
from ppid.office.actions.vault import add_recovery_key  # noqa: E402
from ppid.office.authority import holders  # noqa: E402
from ppid.office.models import Body, Item, VaultKeys  # noqa: E402
from ppid.vault import age  # noqa: E402
from vault.covered import pdf  # noqa: E402

PAGES = (
    (
        "PEMERINTAH KOTA",
        "Laporan pemeriksaan berkala",
        "",
        "Peserta: Siti Aminah",
        "NIK: 6474 0104 0591 0002",
        "Diagnosis: hipertensi esensial",
        "",
        "Jumlah peserta per kecamatan: 12, 31, 8.",
        "Biaya seluruhnya Rp12.500.000,00.",
    ),
    ("Lampiran", "Siti Aminah diperiksa pada 4 Mei 2026 di RSUD.", "Selesai."),
)


def main(body: str) -> None:
    """Store the document and print the ids."""
    office, at = Body.objects.get(pk=body), timezone.now()
    if not VaultKeys.objects.filter(body=office).exists():
        recipient = age.recipient_of(age.generate_identity())
        add_recovery_key(office, recipient=recipient, at=at)
    on = at.astimezone(office.zone).date()
    item = Item.objects.filter(body=office, stage="dikecualikan", declared_open_on=None).first()
    copy = store_document(
        item,
        source=io.BytesIO(pdf(*PAGES, size=(595, 842), top=760)),
        file_name="laporan-pemeriksaan.pdf",
        by=holders(office.pk, ["petugas_ppid"], on=on)[0].person_id,
        at=at,
    )
    sys.stdout.write(f"{item.pk} {copy.document}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
