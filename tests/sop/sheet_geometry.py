"""Checks a drafted sheet with ruler and pencil: it knows the definition and the figures only."""

from collections import Counter
from itertools import combinations, pairwise

from ppid.sop.lettering import ASCENT, DESCENT, width
from ppid.sop.sheet import Kind, Rect

TOUCH = 0.05
APART = 0.5


def expected_flows(definition):
    """Return every flow as (source step, outcome, target step or None), worked out afresh."""
    found = Counter()
    for step in definition.steps:
        for target in step.next:
            found[step.number, None, target] += 1
        for outcome in step.outcomes:
            for target in outcome.targets or (None,):
                found[step.number, outcome.name, target] += 1
    return found


def key(flow):
    """Return a drawn flow in the same words; the start's own arrow has no source."""
    source = None if flow.source.kind is Kind.START else flow.source.step
    target = None if flow.target.kind is Kind.FINISH else flow.target.step
    return source, flow.outcome, target


def faults(definition, sheet):
    """Return the codes of all faults, with what they concern."""
    found = []
    for number, page in enumerate(sheet.pages, start=1):
        found += [(code, number, *what) for code, *what in page_faults(page)]
    return found + list(flow_faults(definition, sheet))


def page_faults(page):
    boxes = [symbol.box for symbol in page.symbols]
    texts = [written(text) for text in (*page.texts, *page.labels)]
    yield from paper_faults(page, boxes, texts)
    yield from text_faults(page, texts)
    for one, two in combinations(page.symbols, 2):
        if overlap(one.box, two.box):
            yield "symbols_overlap", one.node, two.node
    for arrow in page.arrows:
        yield from arrow_faults(page, arrow, texts)
    for joint in page.joints:
        met = [s.node for s in page.symbols if crosses((joint.start, joint.end), s.box)]
        if len(met) != 2 or met[0] != met[1]:
            yield "joint_on_symbol", met
        for text in texts:
            if crosses((joint.start, joint.end), text):
                yield "joint_on_text", text
    yield from overlay_faults(page)


def paper_faults(page, boxes, texts):
    points = [point for arrow in page.arrows for point in arrow.points]
    points += [end for line in (*page.lines, *page.joints) for end in (line.start, line.end)]
    boxes = [*boxes, *texts, *(Rect(x, y, 0, 0) for x, y in points)]
    boxes += [box for box, _ in page.fills] + list(page.ticks)
    for box in boxes:
        if not within(box, page.view):
            yield "off_paper", box


def text_faults(page, texts):
    for text, box in zip((*page.texts, *page.labels), texts, strict=True):
        if not within(box, text.box, 0.3):
            yield "text_overflows", text.runs[0].text, box, text.box
    for one, two in combinations(texts, 2):
        if overlap(one, two):
            yield "texts_overlap", one, two
    labels = texts[len(page.texts) :]
    for label in labels:
        for symbol in page.symbols:
            diamond = symbol.shape == "diamond"
            if touches_diamond(label, symbol.box) if diamond else overlap(label, symbol.box):
                yield "label_on_symbol", label, symbol.node
        if not within(label, page.body):
            yield "label_outside_columns", label


def arrow_faults(page, arrow, texts):
    what = [key(flow) for flow in arrow.flows]
    ends = [s for s in page.symbols if s.node in (arrow.source, arrow.target)]
    segments = list(pairwise(arrow.points))
    for one, two in segments:
        if abs(one.x - two.x) > TOUCH and abs(one.y - two.y) > TOUCH:
            yield "slanting", what
        if abs(one.x - two.x) < TOUCH and abs(one.y - two.y) < TOUCH:
            yield "no_length", what
    for point, node in ((arrow.points[0], arrow.source), (arrow.points[-1], arrow.target)):
        if not any(s.node == node and within(Rect(*point, 0, 0), s.box) for s in ends):
            yield "loose_end", what, node
    for number, segment in enumerate(segments):
        for symbol in page.symbols:
            own_first = symbol.node == arrow.source and number == 0
            own_last = symbol.node == arrow.target and number == len(segments) - 1
            if own_first or own_last:
                if runs_through(segment, symbol.box):
                    yield "arrow_through_own_symbol", what, symbol.node
            elif crosses(segment, symbol.box):
                yield "arrow_on_symbol", what, symbol.node
        for text in texts:
            if crosses(segment, text):
                yield "arrow_on_text", what, text
        if not all(within(Rect(*point, 0, 0), page.body) for point in segment):
            yield "arrow_outside_columns", what


def overlay_faults(page):
    """Two lines that lie on each other cannot be told apart."""
    lines = [(number, s) for number, a in enumerate(page.arrows) for s in pairwise(a.points)]
    lines += [(-1 - number, (j.start, j.end)) for number, j in enumerate(page.joints)]
    for (one, first), (two, second) in combinations(lines, 2):
        if one != two and on_each_other(first, second):
            yield "arrows_on_each_other", first, second


def on_each_other(one, two):
    for across, along in ((0, 1), (1, 0)):
        if all(abs(line[0][across] - line[1][across]) < TOUCH for line in (one, two)):
            low, high = (sorted(p[along] for p in line) for line in (one, two))
            shared = min(low[1], high[1]) - max(low[0], high[0])
            if abs(one[0][across] - two[0][across]) < APART and shared > APART:
                return True
    return False


def flow_faults(definition, sheet):
    """Each flow is drawn once: whole on one page, or in two parts that meet in a letter."""
    whole, leaving, arriving, starts = Counter(), Counter(), Counter(), Counter()
    for number, page in enumerate(sheet.pages):
        for arrow in page.arrows:
            for flow in arrow.flows:
                if flow.source.kind is Kind.START:
                    starts[flow.target.step] += 1
                elif arrow.target.kind is Kind.DEPARTURE:
                    leaving[key(flow), letter(page, arrow.target)] += 1
                elif arrow.source.kind is Kind.ARRIVAL:
                    arriving[key(flow), letter(page, arrow.source)] += 1
                    if arrow.target.step != flow.target.step:
                        yield "wrong_target", key(flow), number
                else:
                    whole[key(flow)] += 1
    for one, two in ((leaving, arriving), (arriving, leaving)):
        for what in one - two:
            yield "letters_do_not_match", what
    drawn = whole + Counter({flow: 0 for flow, _ in leaving})
    for flow, _ in leaving.elements():
        drawn[flow] += 1
    if drawn != expected_flows(definition):
        yield "flows_differ", drawn - expected_flows(definition), expected_flows(definition) - drawn
    if any(count != 1 for count in starts.values()):
        yield "start_drawn_twice", starts
    for symbols in ([s.node for s in page.symbols] for page in sheet.pages):
        steps = Counter(node.step for node in symbols if node.kind is Kind.STEP)
        for step, count in steps.items():
            if count > len(definition.step(step).performers):
                yield "too_many_symbols", step
    placed = {s.node.step for p in sheet.pages for s in p.symbols if s.node.kind is Kind.STEP}
    if placed != {step.number for step in definition.steps}:
        yield "symbol_missing", placed


def letter(page, node):
    return next(symbol.word for symbol in page.symbols if symbol.node == node)


def written(text):
    """Return the box that the ink of a text needs on the page."""
    left = min(text.left(run) for run in text.runs)
    right = max(text.left(run) + width(run.text, text.size, bold=text.bold) for run in text.runs)
    top = min(text.baseline(run) for run in text.runs) - ASCENT * text.size
    bottom = max(text.baseline(run) for run in text.runs) + DESCENT * text.size
    box = Rect(left, top, right - left, bottom - top)
    if not text.turned:
        return box
    middle = text.box.centre
    x, y = middle.x + (box.y - middle.y), middle.y - (box.right - middle.x)
    return Rect(x, y, box.height, box.width)


def within(inner, outer, slack=TOUCH):
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.right <= outer.right + slack
        and inner.bottom <= outer.bottom + slack
    )


def overlap(one, two):
    across = min(one.right, two.right) - max(one.x, two.x)
    down = min(one.bottom, two.bottom) - max(one.y, two.y)
    return across > TOUCH and down > TOUCH


def touches_diamond(box, diamond):
    middle = diamond.centre
    across = max(box.x - middle.x, middle.x - box.right, 0.0)
    down = max(box.y - middle.y, middle.y - box.bottom, 0.0)
    return across / (diamond.width / 2) + down / (diamond.height / 2) < 1.0


def crosses(segment, box):
    """Return whether an upright or level line touches the inside or the edge of a box."""
    (x1, y1), (x2, y2) = segment
    return (
        max(x1, x2) > box.x - TOUCH
        and min(x1, x2) < box.right + TOUCH
        and max(y1, y2) > box.y - TOUCH
        and min(y1, y2) < box.bottom + TOUCH
    )


def runs_through(segment, box):
    """Return whether a line that ends at a symbol goes past its middle."""
    (x1, y1), (x2, y2) = segment
    middle = box.centre
    if abs(y1 - y2) < TOUCH:
        return min(x1, x2) < middle.x - TOUCH and max(x1, x2) > middle.x + TOUCH
    return min(y1, y2) < middle.y - TOUCH and max(y1, y2) > middle.y + TOUCH
