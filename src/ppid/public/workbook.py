"""The list as an XLSX file, written row by row into the answer: memory does not grow with it.

Cells are inline strings and true dates, so none is ever taken for a formula. A sheet holds at most
1,048,576 rows; what is longer goes on in a second sheet.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from xml.sax.saxutils import escape

from django.http import StreamingHttpResponse

from ppid.public.download import rows
from ppid.public.selection import Selection

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
ROWS_AT_ONCE = 500
DAY_ZERO = date(1899, 12, 30)
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment that every part of the package bears: equal lists give equal bytes."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
WIDE = (
    '<cols><col min="1" max="2" width="18" customWidth="1"/>'
    '<col min="3" max="10" width="40" customWidth="1"/>'
    '<col min="11" max="18" width="16" customWidth="1"/></cols>'
)
FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)


class _Pipe:
    """A file that cannot seek: what was written since the last look is handed on."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind."""

    def taken(self) -> bytes:
        """Return what came since the last time."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def xlsx_answer(selection: Selection) -> StreamingHttpResponse:
    """Return the download."""
    answer = StreamingHttpResponse(workbook(rows(selection)), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{selection.file_name("xlsx")}"'
    return answer


def workbook(table: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """Yield the bytes of a workbook; the first row of the table is its head."""
    pipe = _Pipe()
    waiting = iter(table)
    head = next(waiting)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        sheets = 0
        first = next(waiting, None)
        while first is not None or sheets == 0:
            sheets += 1
            body = chain([first], islice(waiting, MOST_ROWS - 2)) if first else iter(())
            with package.open(_part(f"xl/worksheets/sheet{sheets}.xml"), "w") as sheet:
                for piece in _sheet(head, body):
                    sheet.write(piece)
                    yield pipe.taken()
            first = next(waiting, None)
        for name, text in _parts(sheets):
            package.writestr(_part(name), text)
    yield pipe.taken()


def _part(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _sheet(head: tuple[object, ...], body: Iterator[tuple[object, ...]]) -> Iterator[bytes]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}">{FROZEN}{WIDE}<sheetData>'.encode()
    yield f"<row>{''.join(_text(value, style=1) for value in head)}</row>".encode()
    while some := list(islice(body, ROWS_AT_ONCE)):
        yield "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in some).encode()
    yield b"</sheetData></worksheet>"


def _cell(value: object) -> str:
    if isinstance(value, date):
        return f'<c s="2"><v>{(value - DAY_ZERO).days}</v></c>'
    return _text(value) if value else "<c/>"


def _text(value: object, *, style: int = 0) -> str:
    mark = f' s="{style}"' if style else ""
    return f'<c{mark} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _parts(sheets: int) -> Iterator[tuple[str, str]]:
    """Yield the small parts of the package that name the sheets."""
    numbers = range(1, sheets + 1)
    types = "".join(_override(f"worksheets/sheet{n}", "worksheet") for n in numbers)
    types += _override("workbook", "sheet.main") + _override("styles", "styles")
    base = '<Default Extension="rels" ContentType='
    base += '"application/vnd.openxmlformats-package.relationships+xml"/>'
    yield (
        "[Content_Types].xml",
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{base}{types}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    named = "".join(f'<sheet name="DIK {n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    yield "xl/styles.xml", STYLES


def _override(name: str, kind: str) -> str:
    content = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    return f'<Override PartName="/xl/{name}.xml" ContentType="{content}"/>'


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
