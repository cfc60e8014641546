"""The black boxes in pixels: what they cover, and the ground that stands on each in white."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from ppid.vault.redaction.marks import Mark, PageSize

LARGEST, SMALLEST = 9.0, 4.5
"""Of the letters on a box, in points."""
INK, PAPER = 255, 0


@lru_cache(maxsize=64)
def _face(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=pixels)


def covering(
    marks: Sequence[tuple[int, Mark]], size: PageSize, *, scale: float
) -> tuple[Image.Image, Image.Image]:
    """Return what is covered (255) and what stands on it (black, white letters), grey pictures.

    marks: those of one page, each with its number in the list of all.
    """
    mask = Image.new("L", size.in_pixels(scale), 0)
    ink = Image.new("L", mask.size, PAPER)
    for _, mark in marks:
        left, upper, right, lower = mark.pixels(size, scale=scale)
        mask.paste(255, (left, upper, right, lower))
    for number, mark in marks:
        left, upper, right, lower = mark.pixels(size, scale=scale)
        room = (right - left, lower - upper)
        ink.paste(label(room, number, ground=mark.ground, scale=scale), (left, upper))
    return mask, ink


def label(room: tuple[int, int], number: int, *, ground: str, scale: float) -> Image.Image:
    """Return a black box of that many pixels with its number and ground, or what of it has room."""
    box = Image.new("L", room, PAPER)
    pen = ImageDraw.Draw(box)
    for words in (f"{number} · {ground}", ground, str(number)):
        for points in (LARGEST, 7.5, 6.0, SMALLEST):
            face = _face(max(6, round(points * scale)))
            left, upper, right, lower = pen.textbbox((0, 0), words, font=face)
            wide, high = right - left, lower - upper
            if wide + 4 <= room[0] and high + 2 <= room[1]:
                place = ((room[0] - wide) // 2 - left, (room[1] - high) // 2 - upper)
                pen.text(place, words, fill=INK, font=face)
                return box
    return box
