"""Make a pressed paper ready to take signatures: an empty form, to which signers add their field.

With the form already there, every later change of the file can be told apart from a signature.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf


def with_form(pdf: bytes) -> bytes:
    """Return the paper with an empty form; the same bytes in give the same bytes out."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        form = Dictionary(Fields=Array(), SigFlags=3)
        document.Root.AcroForm = document.make_indirect(form)
        # Fields are reached in the order of the tags (PDF/UA-1).
        document.pages[0].obj.Tabs = Name.S
        packed = io.BytesIO()
        document.save(
            packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
        )
    return packed.getvalue()
