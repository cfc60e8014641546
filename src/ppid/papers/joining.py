"""Join the parts of one long paper into one PDF, with one tree of tags over all of them.

A merger that only takes the pages over would lose the tags, and with them PDF/A-2a and PDF/UA-1.
Here each part's tree is hung under the first one's, its pages are numbered on in the tree's index,
and the ids of its table heads are made its own.
"""

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import pikepdf
from pikepdf import AccessMode, Array, Dictionary, Name, Pdf, String

from ppid.papers.object_numbers import Laid, laid_together

TABLE_PARTS = (Name.THead, Name.TBody, Name.TFoot)


def joined(parts: Sequence[bytes], *, one_table: bool = False) -> bytes:
    """Return the parts one after the other as one document, packed tightly.

    parts: as Typst writes them. one_table: each part goes on with the table of the part before,
    under the same heads.
    """
    laid = laid_together(parts) if len(parts) > 1 else Laid(parts[0], (0,))
    with _in_memory(laid.pdf) as source, Pdf.open(source, access_mode=AccessMode.mmap) as whole:
        for place, root in enumerate(laid.roots[1:], start=2):
            _append(whole, whole.get_object(root, 0), place, one_table=one_table)
        packed = io.BytesIO()
        whole.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return packed.getvalue()


def _in_memory(pdf: bytes) -> BinaryIO:
    """Return the bytes as a file that is nowhere on a disk.

    On Linux one that the system knows: qpdf then reads it by itself instead of asking Python for
    each of its objects, in half the time.
    """
    if not hasattr(os, "memfd_create"):
        return io.BytesIO(pdf)
    file = os.fdopen(os.memfd_create("naskah"), "w+b")
    file.write(pdf)
    file.seek(0)
    return file


def page_count(pdf: bytes) -> int:
    """Return how many pages a document has."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _append(whole: Pdf, root: Dictionary, place: int, *, one_table: bool) -> None:
    """Hang the pages and the tags of a part, whose objects are here already, behind the others."""
    tree, added = whole.Root.StructTreeRoot, root.StructTreeRoot
    if not one_table:
        _rename_heads(added, f"{place}-")
    shift = int(tree.ParentTreeNextKey)
    for page in list(root.Pages.Kids):
        page.StructParents = int(page.StructParents) + shift
        del page[Name.Parent]
        whole.pages.append(pikepdf.Page(page))
    pairs = list(added.ParentTree.Nums)
    moved = ((int(key) + shift, value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))
    tree.ParentTree.Nums.extend(each for pair in moved for each in pair)
    tree.ParentTreeNextKey = shift + int(added.ParentTreeNextKey)
    document = tree.K[0]
    into = _body(document) if one_table else None
    for top in added.K:
        for child in top.K:
            if into is not None and _is_table(child):
                _hang(_rows(child), into)
            else:
                _hang([child], document)
    if not one_table:
        _take_ids(whole, added)


def _hang(elements: Iterable[Dictionary], parent: Dictionary) -> None:
    """Put elements under a parent."""
    kids = parent.K
    for element in elements:
        element.P = parent
        kids.append(element)


def _is_table(element: Dictionary) -> bool:
    return str(element.get(Name.S, "")) == "/Table"


def _body(document: Dictionary) -> Dictionary:
    """Return the body of the document's table."""
    table = next(kid for kid in document.K if _is_table(kid))
    return next(part for part in table.K if Name.TBody == part.S)


def _rows(table: Dictionary) -> Iterator[Dictionary]:
    """Yield the rows of a table that goes on: its heads are ids of the table before."""
    for part in table.K:
        for row in part.K:
            if Name.THead == part.S:
                for cell in row.K:
                    del cell[Name.ID]
            yield row


def _take_ids(whole: Pdf, added: Dictionary) -> None:
    tree = whole.Root.StructTreeRoot
    theirs = list(added.IDTree.Names) if Name.IDTree in added else []
    if not theirs:
        return
    if Name.IDTree not in tree:
        tree.IDTree = whole.make_indirect(Dictionary(Names=Array()))
    names = [*tree.IDTree.Names, *theirs]
    pairs = sorted(zip(names[::2], names[1::2], strict=True), key=lambda pair: bytes(pair[0]))
    tree.IDTree.Names = Array([each for pair in pairs for each in pair])


def _rename_heads(tree: Dictionary, prefix: str) -> None:
    """Put the prefix before each id in the tree and before each reference to one."""
    for cell in _cells(tree.K):
        if Name.ID in cell:
            cell.ID = String(prefix + str(cell.ID))
        for attributes in cell.get(Name.A, ()):
            if Name.Headers in attributes:
                attributes.Headers = Array(
                    [String(prefix + str(one)) for one in attributes.Headers]
                )
    names = tree.IDTree.Names if Name.IDTree in tree else []
    for place in range(0, len(names), 2):
        names[place] = String(prefix + str(names[place]))


def _cells(kids: Array) -> Iterator[Dictionary]:
    """Yield each cell of each table under the kids of an element."""
    for kid in kids:
        if not isinstance(kid, Dictionary) or Name.S not in kid:
            continue
        if _is_table(kid):
            yield from _cells_of_table(kid)
        elif Name.K in kid and isinstance(kid.K, Array):
            yield from _cells(kid.K)


def _cells_of_table(table: Dictionary) -> Iterator[Dictionary]:
    for part in table.K:
        rows = part.K if part.S in TABLE_PARTS else [part]
        for row in rows:
            yield from row.K
