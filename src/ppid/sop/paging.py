"""Which rows of the matrix stand on which page, so that few pentagons are needed.

The matrix stands under the identity block where it fits there whole, else on pages of its own; one
that needs several pages anyway begins under the block if much of that page is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, takewhile

from ppid.sop.columns import PAD, columns
from ppid.sop.definition import Definition
from ppid.sop.flowchart import Flowchart, chart, plan
from ppid.sop.matrix import Row, actor_names, contents, rows
from ppid.sop.outline import sizes
from ppid.sop.plot import Frame, Plot, gutter_lanes, plot
from ppid.sop.ruling import heading_height, line_height
from ppid.sop.sheet import Mark, Paper

MARGIN, FOOT = 28.0, 38.0
TITLE = 24.0
TICK = 10.0
_WORTH_STARTING = 0.45
_TALLEST_ROW = 0.72
_COMFORTABLE = 64.0
_STRIP = 28.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What the drafting of one sheet needs everywhere. top, bottom: of the field that is used."""

    definition: Definition
    frame: Frame
    rows: tuple[Row, ...]
    marks: Mapping[int, Mark]
    paper: Paper
    top: float
    bottom: float

    @property
    def tail(self) -> float:
        """Return the height of the line under the matrix."""
        return line_height(self.frame.columns) + 2 * PAD if self.definition.limit else 0.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """The matrix of one page: `count` rows; its headings begin at `top`.

    fits: false where not even one printed row found room.
    """

    top: float
    chart: Flowchart
    plot: Plot
    count: int
    is_last: bool
    fits: bool


def setting(definition: Definition, paper: Paper, marks: Mapping[int, Mark]) -> Setting:
    """Return the setting of a sheet: its columns, rows and symbols before they are paged."""
    wide, high = paper.points
    own = columns(
        actor_names(definition),
        [contents(definition, step) for step in definition.steps],
        (MARGIN, wide - MARGIN),
        beside_number=TICK if marks else 0.0,
    )
    top, bottom = MARGIN, high - FOOT
    room = bottom - top - TITLE - heading_height(own)
    found = rows(definition, own, max(4, int(room * _TALLEST_ROW / line_height(own))))
    drawn = sizes(own.actors[0].width)
    width, lanes = len(own.actors), gutter_lanes(own, drawn)
    frame = Frame(plan(definition, found, width=width, gutter_lanes=lanes), own, drawn)
    return Setting(definition, frame, found, marks, paper, top, bottom)


def leaves(setting: Setting, beneath: float | None) -> tuple[Leaf, ...]:
    """Return the pages of the matrix. beneath: where it may begin under the identity block."""
    found = [_first(setting, beneath)]
    done = found[0].count
    while done < len(setting.rows):
        found.append(_leaf(setting, done, setting.top))
        done += found[-1].count
    return tuple(found)


def _first(setting: Setting, beneath: float | None) -> Leaf:
    if beneath is None:
        return _leaf(setting, 0, setting.top)
    shared = _leaf(setting, 0, beneath)
    if shared.fits and shared.is_last:
        return shared
    alone = _leaf(setting, 0, setting.top + TITLE)
    worth = setting.bottom - beneath > _WORTH_STARTING * (setting.bottom - setting.top)
    return shared if shared.fits and worth and not alone.is_last else alone


def _leaf(setting: Setting, first: int, top: float) -> Leaf:
    """Return the page with as many rows from `first` on as fit, at least one."""
    start = top + heading_height(setting.frame.columns)
    count = _whole_rows(setting, first, _estimate(setting, first, setting.bottom - start))
    while True:
        flowchart = chart(setting.frame.plan, setting.rows[first : first + count])
        drawn = plot(setting.frame, flowchart, top=start)
        last = first + count == len(setting.rows)
        over = drawn.bottom + (setting.tail if last else 0.0) - setting.bottom
        if over <= 0.0 or count == 1:
            drawn = _roomier(setting, flowchart, drawn, -over)
            fits = over <= 0.0 and (last or setting.rows[first + count].opens)
            return Leaf(top, flowchart, drawn, count, last, fits)
        count = _whole_rows(setting, first, max(1, count - _surplus(flowchart, drawn, over)))


def _estimate(setting: Setting, first: int, room: float) -> int:
    """Return how many rows fit by their text and symbols, before their arrows are known."""
    line = line_height(setting.frame.columns)
    left = room - (_STRIP if first else 0.0)
    heights = [max(r.lines * line + 2 * PAD, 31.0 * len(r.nodes)) for r in setting.rows[first:]]
    if sum(heights) <= left:
        return len(heights)
    fitting = takewhile(lambda total: total <= left - _STRIP, accumulate(heights))
    return max(1, len(list(fitting)))


def _roomier(setting: Setting, flowchart: Flowchart, drawn: Plot, spare: float) -> Plot:
    """Return the plot with its low rows higher, where room is left on the page for that."""
    pairs = zip(flowchart.sections, drawn.sections, strict=True)
    heights = [span.width for section, span in pairs if section.row]
    least = _COMFORTABLE
    while sum(max(0.0, least - high) for high in heights) > max(0.0, spare):
        least -= 2.0
    if least <= min(heights):
        return drawn
    found = plot(setting.frame, flowchart, top=drawn.sections[0].x, least=least)
    return found if found.bottom <= drawn.bottom + spare else drawn


def _surplus(flowchart: Flowchart, drawn: Plot, over: float) -> int:
    """Return how many rows at the end must go to win this height."""
    pairs = zip(flowchart.sections, drawn.sections, strict=True)
    heights = [span.width for section, span in pairs if section.row]
    sums = (sum(heights[-count:]) for count in range(1, len(heights)))
    return 1 + len(list(takewhile(lambda won: won < over, sums)))


def _whole_rows(setting: Setting, first: int, count: int) -> int:
    """Return the count without the beginning of a printed row that would end on the next page."""
    whole = count if first + count < len(setting.rows) else 0
    while whole > 0 and not setting.rows[first + whole].opens:
        whole -= 1
    return whole or count
