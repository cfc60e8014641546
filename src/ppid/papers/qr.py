"""A QR code as a drawing, for a place on a paper where somebody may look it up."""

import io

import segno


def qr_of(address: str) -> str:
    """Return the SVG of a QR code that leads to an address."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=1, xmldecl=False)
    return drawn.getvalue().decode()
