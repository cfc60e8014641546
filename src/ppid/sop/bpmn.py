"""The SOP as BPMN 2.0 XML, with lanes and diagram, for the tools that read it.

An export only: the office's own picture is the official sheet. The same definition always gives the
same text. Which node stands for what: `bpmn_flow`; where it stands: `bpmn_layout`.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ppid.sop.bpmn_flow import TRIGGERS, Flow, Graph, Kind, Node, graph_of
from ppid.sop.bpmn_layout import Box, Layout, lay_out
from ppid.sop.definition import Definition, Trigger

NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
HEADING = 30.0  # the width of the pool's heading, and of a lane's
CORNER = (160.0, 80.0)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(sop: Definition) -> str:
    """Return the SOP as BPMN 2.0 XML that opens in the common tools, and that engines can run.

    An engine runs it with `agencies` (a list) in its data, and completes the task of step 3 by
    setting `outcome_3` to the outcome's name where it is a decision; `confirm_3_<performer>` to
    "Ya" or "Tidak" where a further performer confirms.
    Raises Refused where BPMN cannot say what the SOP says (see `bpmn_flow.graph_of`).
    """
    graph = graph_of(sop)
    lanes = {performer.code: performer.name for performer in sop.performers}
    left, top = CORNER
    layout = lay_out(graph, lanes).moved(left + 2 * HEADING, top)
    root = Element(
        "bpmn:definitions",
        {
            **NAMESPACES,
            "id": f"definitions_{sop.code}",
            "targetNamespace": "urn:ppid:sop",
            "exporter": "SIP PPID",
        },
    )
    for trigger in _triggers(graph):
        SubElement(root, "bpmn:signal", {"id": f"signal_{trigger}", "name": TRIGGERS[trigger]})
    _add_collaboration(root, sop)
    _add_process(root, sop, graph, lanes)
    _add_diagram(root, graph, layout)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _triggers(graph: Graph) -> list[Trigger]:
    return sorted({node.trigger for node in graph.nodes if node.trigger})


def _sayable(text: str) -> str:
    """Return the text with the characters replaced that XML cannot hold at all."""
    return NOT_IN_XML.sub("\ufffd", text)


def _named(name: str, **attributes: str) -> dict[str, str]:
    return {**attributes, "name": _sayable(name)} if name else attributes


# The flow


def _add_collaboration(root: Element, sop: Definition) -> None:
    collaboration = SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
    attributes = _named(sop.name, id="participant", processRef=f"process_{sop.code}")
    SubElement(collaboration, "bpmn:participant", attributes)


def _add_process(root: Element, sop: Definition, graph: Graph, lanes: Mapping[str, str]) -> None:
    attributes = _named(sop.name, id=f"process_{sop.code}", isExecutable="true")
    process = SubElement(root, "bpmn:process", attributes)
    lane_set = SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for code, name in lanes.items():
        lane = SubElement(lane_set, "bpmn:lane", _named(name, id=f"lane_{code}"))
        for node in graph.nodes:
            if node.lane == code:
                SubElement(lane, "bpmn:flowNodeRef").text = node.id
    _add_graph(process, graph)


def _add_graph(parent: Element, graph: Graph) -> None:
    for node in graph.nodes:
        _add_node(parent, node, graph.flows)
    for flow in graph.flows:
        attributes = _named(flow.name, id=flow.id, sourceRef=flow.source, targetRef=flow.target)
        element = SubElement(parent, "bpmn:sequenceFlow", attributes)
        if flow.condition:
            _add_expression(element, "bpmn:conditionExpression", flow.condition)


def _add_node(parent: Element, node: Node, flows: tuple[Flow, ...]) -> None:
    element = SubElement(parent, f"bpmn:{node.kind}", _named(node.name, id=node.id))
    if node.documentation:
        SubElement(element, "bpmn:documentation").text = _sayable(node.documentation)
    for flow in flows:
        if flow.target == node.id:
            SubElement(element, "bpmn:incoming").text = flow.id
    for flow in flows:
        if flow.source == node.id:
            SubElement(element, "bpmn:outgoing").text = flow.id
    if node.trigger:
        reference = {"id": f"{node.id}_signal", "signalRef": f"signal_{node.trigger}"}
        SubElement(element, "bpmn:signalEventDefinition", reference)
    if node.repeated:
        loop = SubElement(element, "bpmn:multiInstanceLoopCharacteristics")
        _add_expression(loop, "bpmn:loopCardinality", "len(agencies)")
    if node.inner:
        _add_graph(element, node.inner)


def _add_expression(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag, {"xsi:type": "bpmn:tFormalExpression"}).text = _sayable(text)


# The diagram


class _Plane(NamedTuple):
    element: Element
    layout: Layout


def _add_diagram(root: Element, graph: Graph, layout: Layout) -> None:
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    attributes = {"id": "plane", "bpmnElement": "collaboration"}
    plane = _Plane(SubElement(diagram, "bpmndi:BPMNPlane", attributes), layout)
    left, top = CORNER
    pool = Box(left, top, layout.size[0] + 2 * HEADING, layout.size[1])
    _add_shape(plane, "participant", pool, isHorizontal="true")
    for code, box in layout.lanes.items():
        lane = Box(box.x - HEADING, box.y, box.width + HEADING, box.height)
        _add_shape(plane, f"lane_{code}", lane, isHorizontal="true")
    _add_drawn(plane, graph)


def _add_drawn(plane: _Plane, graph: Graph) -> None:
    """Add the shapes of a graph and its edges, each subprocess before what stands in it."""
    for node in graph.nodes:
        marks = {}
        if node.kind is Kind.CHOICE:
            marks["isMarkerVisible"] = "true"
        if node.inner:
            marks["isExpanded"] = "true"
        _add_shape(plane, node.id, plane.layout.nodes[node.id], **marks)
        if node.inner:
            _add_drawn(plane, node.inner)
    for flow in graph.flows:
        _add_edge(plane, flow.id)


def _add_shape(plane: _Plane, name: str, box: Box, **marks: str) -> None:
    attributes = {"id": f"{name}_di", "bpmnElement": name, **marks}
    shape = SubElement(plane.element, "bpmndi:BPMNShape", attributes)
    _add_bounds(shape, box)
    _add_label(plane, shape, name)


def _add_edge(plane: _Plane, name: str) -> None:
    attributes = {"id": f"{name}_di", "bpmnElement": name}
    edge = SubElement(plane.element, "bpmndi:BPMNEdge", attributes)
    for x, y in plane.layout.flows[name]:
        SubElement(edge, "di:waypoint", {"x": _number(x), "y": _number(y)})
    _add_label(plane, edge, name)


def _add_label(plane: _Plane, parent: Element, name: str) -> None:
    if name in plane.layout.labels:
        _add_bounds(SubElement(parent, "bpmndi:BPMNLabel"), plane.layout.labels[name])


def _add_bounds(parent: Element, box: Box) -> None:
    sides = zip(("x", "y", "width", "height"), box, strict=True)
    SubElement(parent, "dc:Bounds", {side: _number(size) for side, size in sides})


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
