"""Soft copies in the demo: a vault with keys, and one document of what each body keeps exempt."""

from io import BytesIO

from ppid.office.actions.uploads import take_document
from ppid.office.actions.vault import add_recovery_key
from ppid.office.demo.walk import Walk
from ppid.office.models import Item
from ppid.vault import age
from ppid.vault.memory import held

MOST = 1 << 20
NAME = "Contoh dokumen.pdf"


def keep_document(walk: Walk) -> None:
    """Give the body a recovery key, which nobody prints here, and store a document of an item."""
    identity = age.generate_identity()
    add_recovery_key(walk.body, recipient=age.recipient_of(identity), at=walk.tick())
    item = Item.objects.filter(body=walk.body, stage="dikecualikan").order_by("-opens_on").first()
    if item is None:
        return
    file = held(BytesIO(page_of("Contoh dokumen", f"Isi rekaan: {item.title}")), most=MOST)
    by = walk.person(["petugas_ppid", "ppid_utama"])
    take_document(item, file=file, file_name=NAME, by=by, at=walk.tick())


def page_of(*lines: str) -> bytes:
    """Return a PDF of one page with these lines."""
    said = b" ".join(
        b"(%s) Tj 0 -30 Td" % line.encode("ascii", "replace").translate(None, b"()\\")
        for line in lines
    )
    drawing = b"BT /F1 16 Tf 72 740 Td %s ET" % said
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, table_at = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table_at)
