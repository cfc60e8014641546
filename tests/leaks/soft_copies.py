"""Documents of every kind that the vault takes, with canaries in their content and metadata."""

import io

import pikepdf
from PIL import Image, PngImagePlugin

from leaks.planting import Planter
from ppid.vault.kinds import Kind
from vault import hostile
from vault.covered import pdf as covered_pdf

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>{}</dc:creator></cp:coreProperties>"
)
META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>{}</dc:creator>'
    "</office:meta></office:document-meta>"
)
LEGEND = "Pasien: Siti Aminah, {}"
"""A line of the PDF: the name becomes black in its public copy."""


def documents(planter: Planter) -> dict[str, bytes]:
    """Return a file of each kind by its name, which is marked too."""
    made = {kind: _made(kind, planter) for kind in Kind}
    return {
        f"{planter.canary(f'document.{kind}.file_name')}.{kind}": data
        for kind, data in made.items()
    }


def _made(kind: Kind, planter: Planter) -> bytes:
    body, meta = (planter.canary(f"document.{kind}.{part}") for part in ("content", "metadata"))
    match kind:
        case Kind.PDF:
            return _pdf(body, meta)
        case Kind.PNG:
            return _png(body, meta)
        case Kind.JPEG:
            return hostile.jpeg(exif=_exif(meta), comment=body.encode())
        case Kind.TIFF:
            return _tiff(body, meta)
        case Kind.DOCX:
            text = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
            return hostile.docx(text, more=[("docProps/core.xml", CORE.format(meta))])
        case Kind.XLSX:
            row = f'<row><c t="inlineStr"><is><t>{body}</t></is></c></row>'
            return hostile.xlsx(row, more=[("docProps/core.xml", CORE.format(meta))])
        case Kind.ODT | Kind.ODS:
            form = "text" if kind is Kind.ODT else "spreadsheet"
            return hostile.odf(form, f"<a>{body}</a>", more=[("meta.xml", META.format(meta))])
        case Kind.CSV:
            return f"nama;catatan\n{body};{meta}\n".encode()
        case Kind.TXT:
            return f"{body}\n{meta}\n".encode()


def _pdf(body: str, meta: str) -> bytes:
    with pikepdf.open(io.BytesIO(covered_pdf((LEGEND.format(body),)))) as made:
        made.docinfo["/Author"] = meta
        target = io.BytesIO()
        made.save(target)
    return target.getvalue()


def _png(body: str, meta: str) -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", meta)
    said.add_text("Comment", body, zip=True)
    return hostile.png(pnginfo=said)


def _exif(meta: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = meta
    return exif


def _tiff(body: str, meta: str) -> bytes:
    target = io.BytesIO()
    Image.new("1", (8, 8)).save(target, "TIFF", description=body, artist=meta)
    return target.getvalue()


def rejected(planter: Planter) -> dict[str, bytes]:
    """Return files that the vault refuses, each with canaries in name and content."""
    name = planter.canary
    return {
        f"{name('rejected.ending')}.exe": name("rejected.content").encode(),
        f"{name('rejected.lying')}.pdf": name("rejected.content").encode(),
        f"{name('rejected.script')}.pdf": _with_script(name("rejected.content")),
        f"../{name('rejected.path')}.txt": name("rejected.content").encode(),
    }


def _with_script(text: str) -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{text}')")
        made.Root.OpenAction = made.make_indirect(script)

    return hostile.pdf(change)


def blank_pages(count: int, title: str) -> bytes:
    """Return empty pages as a scanner sends them, under a title."""
    made, target = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        made.add_blank_page()
    made.docinfo["/Title"] = title
    made.save(target)
    return target.getvalue()
