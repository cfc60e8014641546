"""Pictures of figures as SVG: drawn on the server, sharp on paper, readable without a script.

Presentation attributes only; the classes let the style sheet follow the reader's dark mode. A
picture is told in its `label`, and each stands beside a table with the same figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH = 340.0
ROW, BAR, TEXT = 40.0, 14.0, 13
TALL, FOOT = 180.0, 22.0
FILLS = {"main": "#196bcd", "second": "#8ab4e8", "late": "#b3261e"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a stack of parts of it. parts: kind of FILLS and figure; told: the figure said."""

    label: str
    parts: tuple[tuple[str, float], ...]
    told: str = ""

    @property
    def total(self) -> float:
        """Return how long the whole bar is."""
        return sum(figure for _, figure in self.parts)


def bars(rows: Sequence[Bar], *, label: str) -> SafeString:
    """Return lying bars, each under its name, the longest as wide as the picture."""
    most = max((row.total for row in rows), default=0) or 1
    drawn = "".join(_lying(row, n * ROW, most) for n, row in enumerate(rows))
    return _picture(drawn, len(rows) * ROW, label)


def columns(rows: Sequence[Bar], *, label: str) -> SafeString:
    """Return standing bars side by side, the highest as high as the picture."""
    most = max((row.total for row in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    drawn = "".join(_standing(row, n * step, step, most) for n, row in enumerate(rows))
    ground = f'<path class="chart-axis" d="M0 {_n(TALL)}H{_n(WIDTH)}" stroke="#6b7480"/>'
    return _picture(drawn + ground, TALL + FOOT, label)


def _lying(row: Bar, top: float, most: float) -> str:
    told = row.told or number_format(row.total)
    name = _text(0, top + TEXT, row.label)
    figure = _text(WIDTH, top + TEXT, told, anchor="end", strong=True)
    left, parts = 0.0, []
    for kind, value in row.parts:
        wide = WIDTH * value / most
        parts.append(_box(kind, left, top + 19, wide, BAR))
        left += wide
    return name + figure + "".join(parts)


def _standing(row: Bar, left: float, step: float, most: float) -> str:
    wide = min(step * 0.7, 44.0)
    x = left + (step - wide) / 2
    middle, bottom, parts = left + step / 2, TALL, []
    for kind, value in row.parts:
        high = (TALL - 24) * value / most
        bottom -= high
        parts.append(_box(kind, x, bottom, wide, high))
    told = row.told or number_format(row.total)
    figure = _text(middle, bottom - 6, told, anchor="middle", strong=True) if row.total else ""
    return "".join(parts) + figure + _text(middle, TALL + 16, row.label, anchor="middle")


def _box(kind: str, x: float, y: float, wide: float, high: float) -> str:
    if wide <= 0 or high <= 0:
        return ""
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"'
    return f'<rect class="chart-{kind}" {place} fill="{FILLS[kind]}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", strong: bool = False) -> str:
    weight = ' font-weight="600"' if strong else ""
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{TEXT}"'
    return f'<text class="chart-text" {place}{weight} fill="#1f1f1f">{escape(text)}</text>'


def _picture(drawn: str, high: float, label: str) -> SafeString:
    # Every text in `drawn` went through escape(), every other part is a number or a name of FILLS.
    return mark_safe(  # noqa: S308
        f'<svg class="public-chart" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-label="{escape(label)}" viewBox="0 0 {_n(WIDTH)} {_n(high)}"'
        f' width="{_n(WIDTH)}" height="{_n(high)}">{drawn}</svg>'
    )


def legend(kinds: Iterable[tuple[str, str]]) -> SafeString:
    """Return what the colours mean: kind of FILLS and words."""
    mark = (
        '<svg class="public-key" aria-hidden="true" width="14" height="14" viewBox="0 0 14 14">'
        '<rect class="chart-{}" width="14" height="14" fill="{}"/></svg>{}'
    )
    lines = ((kind, FILLS[kind], words) for kind, words in kinds)
    return format_html_join("", f"<li>{mark}</li>", lines)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
