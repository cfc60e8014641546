"""The flow of an SOP in the words of BPMN 2.0: its nodes, and the flows between them.

A step is a user task in the lane of its first performer. A decision is an exclusive gateway behind
its task, several targets are a parallel gateway, a join is one in front. Each further performer of
a joint step has a task of their own that confirms, one after the other (BPMN has no short way to
say "in any order"); who declines leads back to the first. A run repeated for each agency is a
parallel multi-instance task, or a subprocess where it has an inner flow: one per row at which the
run is entered. Conditions read `outcome_<step>` and `confirm_<step>_<performer>`, the number of
instances is `len(agencies)`.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ppid.errors import Finding, Refused
from ppid.sop.definition import Definition, Step, Trigger

YES, NO = "Ya", "Tidak"
TRIGGERS = {Trigger.TERM_ENDS: "Masa pengecualian berakhir"}


class Kind(StrEnum):
    """Which element of BPMN a node is."""

    START = "startEvent"
    END = "endEvent"
    TASK = "userTask"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    RUN = "subProcess"


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow between two nodes; `condition` where it leaves a choice."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node. lane: a performer's code.

    trigger: what starts the case here other than a person. repeated: once per agency, side by side.
    inner: the flow of a subprocess.
    """

    id: str
    kind: Kind
    lane: str
    name: str = ""
    documentation: str = ""
    trigger: Trigger | None = None
    repeated: bool = False
    inner: "Graph | None" = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes from left to right, and the flows between them."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A way out of a node, its target still open. source_step: what a join counts it as."""

    node: str
    source_step: int = 0
    name: str = ""
    condition: str = ""


@dataclass(slots=True)
class _Scope:
    """The process, or a subprocess in the making.

    steps: the rows drawn here; a flow to any other row leaves the scope, that is, ends in it.
    suffix: keeps ids apart where a row is drawn twice. lane: of everything in a subprocess.
    """

    sop: Definition
    steps: Collection[int]
    suffix: str = ""
    lane: str = ""
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def connect(self, arrow: _Arrow, target: str) -> None:
        number = f"flow_{len(self.flows) + 1}{self.suffix}"
        self.flows.append(Flow(number, arrow.node, target, arrow.name, arrow.condition))


@dataclass(slots=True)
class _Part:
    """What is drawn for one row, without what gathers the arrows in front of it.

    front: the node that the row begins with. exits: arrows and the rows they lead to.
    again: arrows back to the front.
    """

    step: Step
    front: str
    nodes: list[Node] = field(default_factory=list)
    exits: list[tuple[_Arrow, int]] = field(default_factory=list)
    again: list[_Arrow] = field(default_factory=list)


def graph_of(sop: Definition) -> Graph:
    """Return the flow of the SOP.

    Raises Refused if a join inside a repeated run also waits for a step outside it: BPMN cannot
    send one token into each running instance.
    """
    _refuse_mixed_joins(sop)
    scope = _Scope(sop, {step.number for step in sop.steps})
    parts = []
    for step in sop.steps:
        if step.for_each is None:
            parts.append(_part_of_step(scope, step))
        elif _is_entered(sop, step):
            parts.append(_part_of_run(scope, step))
    return _assembled(scope, parts, _starts(sop))


def _refuse_mixed_joins(sop: Definition) -> None:
    for step in sop.steps:
        repeated = {sop.step(source).for_each for source in step.wait_for}
        if step.for_each and len(repeated) > 1:
            message = "BPMN tidak dapat menggambarkan langkah yang menunggu dari dalam dan dari "
            message += "luar langkah yang diulang."
            place = f"langkah {step.number}: tunggu"
            raise Refused(Finding("bpmn_mixed_join", message, place=place))


def _is_entered(sop: Definition, step: Step) -> bool:
    """Return whether a case comes to this repeated row from outside its run."""
    from_outside = (
        target
        for source in sop.steps
        if source.for_each is None
        for targets in source.exits
        for target in targets
    )
    return step.number in sop.starts or step.number in from_outside


def _starts(sop: Definition) -> list[tuple[Node, int]]:
    starts = [(Node("start", Kind.START, sop.step(1).performers[0], "Mulai"), 1)]
    for step in sop.steps:
        if step.trigger:
            node = Node(
                f"start_{step.trigger}_{step.number}",
                Kind.START,
                step.performers[0],
                TRIGGERS[step.trigger],
                trigger=step.trigger,
            )
            starts.append((node, step.number))
    return starts


# One row


def _part_of_step(scope: _Scope, step: Step) -> _Part:
    task = f"step_{step.number}{scope.suffix}"
    part = _Part(step, task)
    name = step.activity
    if scope.lane and step.performers[0] != scope.lane:
        name = f"{name} ({scope.sop.performer(step.performers[0]).name})"
    part.nodes.append(_node(scope, step, task, Kind.TASK, name, _documentation(step)))
    arrow = _Arrow(task, step.number)
    for performer in step.performers[1:]:
        arrow = _confirmed(scope, part, arrow, performer)
    if step.is_decision:
        choice = f"choice_{step.number}{scope.suffix}"
        part.nodes.append(_node(scope, step, choice, Kind.CHOICE))
        scope.connect(arrow, choice)
    for index, targets in enumerate(step.exits):
        if step.is_decision:
            name = step.outcomes[index].name
            arrow = _Arrow(choice, step.number, name, _equals(f"outcome_{step.number}", name))
        _lead_on(scope, part, arrow, targets, fork=f"fork_{step.number}_{index + 1}")
    return part


def _node(
    scope: _Scope, step: Step, name: str, kind: Kind, label: str = "", documentation: str = ""
) -> Node:
    return Node(name, kind, scope.lane or step.performers[0], label, documentation)


def _documentation(step: Step) -> str:
    lines = (
        ("Langkah", step.row),
        ("Kelengkapan", "; ".join(step.requirements)),
        ("Waktu", step.time),
        ("Output", "; ".join(step.outputs)),
        ("Keterangan", step.remark),
        ("Dasar", step.source),
    )
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def _equals(variable: str, value: str) -> str:
    return f"{variable} == {json.dumps(value, ensure_ascii=False)}"


def _confirmed(scope: _Scope, part: _Part, arrow: _Arrow, performer: str) -> _Arrow:
    """Add the task with which a further performer confirms; return the way on from there."""
    number = part.step.number
    task, choice = (f"{kind}_{number}_{performer}{scope.suffix}" for kind in ("confirm", "check"))
    who = scope.sop.performer(performer)
    label = f"Mengonfirmasi langkah {part.step.row}" + (f" ({who.name})" if scope.lane else "")
    lane = scope.lane or performer
    part.nodes.append(Node(task, Kind.TASK, lane, label))
    part.nodes.append(Node(choice, Kind.CHOICE, lane, "Dikonfirmasi?"))
    scope.connect(arrow, task)
    scope.connect(_Arrow(task), choice)
    variable = f"confirm_{number}_{performer}"
    part.again.append(_Arrow(choice, name=NO, condition=_equals(variable, NO)))
    return _Arrow(choice, number, YES, _equals(variable, YES))


def _lead_on(
    scope: _Scope, part: _Part, arrow: _Arrow, targets: tuple[int, ...], *, fork: str
) -> None:
    """Lead the arrow to its targets: through a fork to several, to an end where it leaves."""
    if len(targets) > 1:
        node = _node(scope, part.step, fork + scope.suffix, Kind.PARALLEL)
        part.nodes.append(node)
        scope.connect(arrow, node.id)
        arrow = _Arrow(node.id, part.step.number)
    here = [target for target in targets if target in scope.steps]
    part.exits += ((arrow, target) for target in here)
    if len(here) < max(1, len(targets)):
        end = _node(scope, part.step, f"end_{part.step.number}{scope.suffix}", Kind.END, "Selesai")
        if end not in part.nodes:
            part.nodes.append(end)
        scope.connect(arrow, end.id)


# A run repeated for each agency


def _part_of_run(scope: _Scope, entry: Step) -> _Part:
    """Return the run as it is entered at this row."""
    sop = scope.sop
    rows = _rows_of_run(sop, entry)
    behind = {
        (target, row)
        for row in rows
        for targets in sop.step(row).exits
        for target in targets
        if target not in rows
    }
    node = _repeated(scope, entry, rows)
    part = _Part(entry, node.id, [node])
    # all agencies together are one token, of the last row from which they leave for a target
    last = {target: max(row for to, row in behind if to == target) for target, _ in behind}
    part.exits += ((_Arrow(node.id, last[target]), target) for target in sorted(last))
    if not last:
        end = _node(scope, entry, f"end_{entry.number}{scope.suffix}", Kind.END, "Selesai")
        part.nodes.append(end)
        scope.connect(_Arrow(node.id), end.id)
    return part


def _rows_of_run(sop: Definition, entry: Step) -> list[int]:
    rows, ahead = set(), [entry.number]
    while ahead:
        number = ahead.pop()
        if number not in rows and sop.step(number).for_each:
            rows.add(number)
            ahead += (target for targets in sop.step(number).exits for target in targets)
    return sorted(rows)


def _repeated(scope: _Scope, entry: Step, rows: list[int]) -> Node:
    number, lane = entry.number, entry.performers[0]
    if len(rows) == 1 and len(entry.performers) == 1 and not entry.is_decision:
        text = _documentation(entry)
        return Node(f"step_{number}", Kind.TASK, lane, entry.activity, text, repeated=True)
    inner = _Scope(scope.sop, rows, f".in_{number}", lane)
    start = Node(f"start{inner.suffix}", Kind.START, lane)
    parts = [_part_of_step(inner, scope.sop.step(row)) for row in rows]
    graph = _assembled(inner, parts, [(start, number)])
    name = "Untuk setiap perangkat daerah"
    return Node(f"run_{number}", Kind.RUN, lane, name, repeated=True, inner=graph)


# Putting the rows together


def _assembled(scope: _Scope, parts: list[_Part], starts: list[tuple[Node, int]]) -> Graph:
    arriving: dict[int, list[_Arrow]] = {part.step.number: [] for part in parts}
    for part in parts:
        for arrow, target in part.exits:
            arriving[target].append(arrow)
    for part in parts:
        number = part.step.number
        first = [node for node, start in starts if start == number]
        arrows = _joined(scope, part, arriving[number])
        scope.nodes += first
        begin = [_Arrow(node.id) for node in first]
        scope.connect(_merged(scope, part, "merge", [*begin, *arrows, *part.again]), part.front)
        scope.nodes += part.nodes
    return Graph(tuple(scope.nodes), tuple(scope.flows))


def _joined(scope: _Scope, part: _Part, arrows: list[_Arrow]) -> list[_Arrow]:
    """Return the arrows that lead to a row; where it waits, those of all its sources as one."""
    if not (part.step.wait_for and arrows):
        return arrows
    branches = []
    for source in sorted({arrow.source_step for arrow in arrows}):
        branch = [arrow for arrow in arrows if arrow.source_step == source]
        branches.append(_merged(scope, part, f"merge_{source}_for", branch))
    return [_gathered(scope, part, "join", branches, Kind.PARALLEL)]


def _merged(scope: _Scope, part: _Part, name: str, arrows: list[_Arrow]) -> _Arrow:
    return _gathered(scope, part, name, arrows, Kind.CHOICE)


def _gathered(
    scope: _Scope, part: _Part, name: str, arrows: Iterable[_Arrow], kind: Kind
) -> _Arrow:
    """Return the arrow, or where there are several, the one out of the gateway they lead into."""
    first, *others = arrows
    if not others:
        return first
    node = _node(scope, part.step, f"{name}_{part.step.number}{scope.suffix}", kind)
    scope.nodes.append(node)
    for arrow in (first, *others):
        scope.connect(arrow, node.id)
    return _Arrow(node.id)
