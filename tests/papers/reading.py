"""Reading a PDF in a test: its text, its pages, its ink, and what PDF/A and PDF/UA ask of it."""

import io

import pikepdf
import pypdfium2

MILLIMETRE = 72 / 25.4


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, with single spaces and without soft breaks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page in whole millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side / MILLIMETRE) for side in page.get_size()) for page in document]


def inked_margins(pdf: bytes, *, margin: float) -> list[int]:
    """Return the pages with ink in the left or right margin. margin: in millimetres."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        bitmap = page.render(scale=1, grayscale=True)
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        edge = int(margin * MILLIMETRE)
        for row in range(bitmap.height):
            line = pixels[row * stride : row * stride + bitmap.width]
            if set(line[:edge] + line[-edge:]) - {255}:
                found.append(number)
                break
    return found


def faults(pdf: bytes) -> set[str]:
    """Return what PDF/A-2a and PDF/UA-1 ask for and the file lacks, as far as this looks.

    Structural checks of our own, not a validator: identifiers, colour profile, fonts, tags,
    language, title, and that nothing is encrypted, scripted, attached or fetched.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, meta = document.Root, document.open_metadata()
        checks = {
            "encrypted": not document.is_encrypted,
            "pdfa": (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("2", "A"),
            "pdfua": meta.get("pdfuaid:part") == "1",
            "title": bool(meta.get("dc:title")) and bool(root.ViewerPreferences.DisplayDocTitle),
            "language": str(root.get("/Lang", "")).startswith("id"),
            "intent": "/DestOutputProfile" in root.OutputIntents[0],
            "tags": bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root,
            "script": "/OpenAction" not in root and "/JavaScript" not in root.get("/Names", {}),
            "attached": "/EmbeddedFiles" not in root.get("/Names", {}),
            "fonts": all(_is_embedded(font) for font in _fonts(document)),
            "identity": "/ID" in document.trailer,
            "parents": all("/StructParents" in page for page in document.pages),
        }
    return {name for name, holds in checks.items() if not holds}


def _fonts(document):
    for page in document.pages:
        yield from page.get("/Resources", {}).get("/Font", {}).values()


def _is_embedded(font):
    parts = font.get("/DescendantFonts", [font])
    descriptors = [part.get("/FontDescriptor", {}) for part in parts]
    return all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in descriptors)
