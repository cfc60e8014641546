"""Requests among the random acts, and what the witness demands of them: R13 to R16."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ppid.law.objection import ObjectionOutcome
from ppid.law.request import ObjectionGround
from ppid.law.request_answer import Outcome
from ppid.law.request_record import RequestRecord
from ppid.office.actions.answers import AnswerLetter, answer_request
from ppid.office.actions.objections import (
    FiledObjection,
    ObjectionLetter,
    answer_objection,
    exempt_items,
    file_objection,
)
from ppid.office.actions.requests import extend_request, link_item, record_request, unlink_item
from ppid.office.models import InformationRequest, Objection

NUMBERS = st.integers(0, 2**10)
MOST_REQUESTS = 6
LONGEST_TEN_WORKDAYS = timedelta(days=30)


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Return the usual value in three of four draws, else one of the others."""
    return st.sampled_from((usual,) * 3 * len(others) + others)


DAYS = mostly(0, -1, -40, 1)


class Asking:
    """What the public asks of the office, and who answers it how."""

    @rule(who=mostly("clerk", "ppid", "head"), offset=DAYS, picks=st.lists(NUMBERS, max_size=2))
    def receive(self, who: str, offset: int, picks: list[int]) -> None:
        """Record a request for some items, whatever they are."""
        count = InformationRequest.objects.count()
        if count >= MOST_REQUESTS:
            return
        record = RequestRecord(
            number=f"{count + 1}/PI",
            received_on=self.today + timedelta(days=offset),
            requester="KENARI",
            address="KENARI",
            subject="KENARI",
            form="Salinan cetak",
            delivery="Pos",
        )
        if self.attempt(record_request, self.body, who=who, record=record):
            asked = InformationRequest.objects.get(number=record.number)
            for item in self.some(picks):
                self.attempt(link_item, asked, who="clerk", item=item)

    @rule(pick=NUMBERS, other=NUMBERS, who=mostly("clerk", "team"))
    def unlink(self, pick: int, other: int, who: str) -> None:
        """Take back a link, or one that is none."""
        asked, item = self.asked(pick), self.item(other)
        if asked and item:
            self.attempt(unlink_item, asked, who=who, item=item)

    @rule(pick=NUMBERS, who=mostly("ppid", "clerk"), reason=mostly("Sebab", " "))
    def extend(self, pick: int, who: str, reason: str) -> None:
        """Take more time to answer."""
        if asked := self.asked(pick):
            self.attempt(extend_request, asked, who=who, reason=reason)

    @rule(
        pick=NUMBERS,
        who=mostly("ppid", "ppid-head", "clerk", "superior"),
        outcome=st.sampled_from(Outcome),
        offset=DAYS,
        text=mostly("Halaman 1", " "),
    )
    def reply(self, pick: int, who: str, outcome: Outcome, offset: int, text: str) -> None:
        """Answer a request one way or another."""
        if asked := self.asked(pick):
            letter = AnswerLetter(
                number=f"{asked.number}/J",
                answered_on=self.today + timedelta(days=offset),
                outcome=outcome,
                given=text,
                redaction=text,
                delivery="Pos",
            )
            self.attempt(answer_request, asked, who=who, letter=letter)

    @rule(
        pick=NUMBERS,
        who=mostly("clerk", "team"),
        offset=DAYS,
        grounds=st.lists(st.sampled_from(ObjectionGround), max_size=2, unique=True),
    )
    def object_to(self, pick: int, who: str, offset: int, grounds: list[ObjectionGround]) -> None:
        """Object to an answer, or to silence."""
        if asked := self.asked(pick):
            filed = FiledObjection(
                number=f"{Objection.objects.count() + 1}/KB",
                filed_on=self.today + timedelta(days=offset),
                found_on=asked.answered_on or self.today,
                grounds=tuple(grounds),
            )
            self.attempt(file_objection, asked, who=who, filed=filed)

    @rule(
        who=mostly("superior", "ppid", "head", "clerk"),
        outcome=st.sampled_from(ObjectionOutcome),
        offset=DAYS,
        reason=mostly("Sebab", " "),
        every=mostly(True, False),
    )
    def respond(
        self, who: str, outcome: ObjectionOutcome, offset: int, reason: str, every: bool
    ) -> None:
        """Answer the objection that waits, as the superior or as somebody else."""
        objection = Objection.objects.filter(answered_on=None).order_by("number").first()
        if objection is None:
            return
        items = exempt_items(objection, on=self.today) if every else []
        letter = ObjectionLetter(
            number=f"{objection.number}/J",
            answered_on=self.today + timedelta(days=offset),
            outcome=outcome,
            reason=reason,
            items=frozenset(item.pk for item in items),
        )
        self.attempt(answer_objection, objection, who=who, letter=letter)

    @rule(pick=NUMBERS, outcome=st.sampled_from(ObjectionOutcome))
    def serve(self, pick: int, outcome: ObjectionOutcome) -> None:
        """Serve one request from its record to the answer to its objection, by the right people."""
        before = InformationRequest.objects.count()
        closed = [n for n, one in enumerate(self.witness.items.values()) if one.determined]
        self.receive("clerk", 0, [closed[pick % len(closed)]] if closed else [])
        if InformationRequest.objects.count() > before:
            self.reply(before, "ppid", Outcome.PART, 0, "Halaman 1")
            self.object_to(before, "clerk", 0, [ObjectionGround.EXEMPT])
            self.respond("superior", outcome, 0, "Sebab", True)

    def asked(self, pick: int) -> InformationRequest | None:
        """Return one of the requests."""
        rows = list(InformationRequest.objects.order_by("number"))
        return rows[pick % len(rows)] if rows else None


class RequestWitness:
    """What the witness knows of requests; mixed into the witness of the office."""

    def _request_received(self, values: dict[str, Any], actor: str, on: date) -> None:
        received = date.fromisoformat(values["received_on"])
        known = {one["number"] for one in self.requests.values()}
        self.demand("R14", received <= on, "received tomorrow")
        self.demand("R14", values["number"] not in known, "a number used twice")
        self.demand("R14", values["requester"].strip(), "nobody asks")
        self.requests[values["id"]] = {
            "number": values["number"],
            "received": received,
            "items": set(),
            "extended": False,
            "outcome": "",
        }

    def _request_linked(self, values: dict[str, Any], actor: str, on: date) -> None:
        self.requests[values["request"]]["items"].add(values["item"])

    def _request_unlinked(self, values: dict[str, Any], actor: str, on: date) -> None:
        self.requests[values["request"]]["items"].remove(values["item"])

    def _request_extended(self, values: dict[str, Any], actor: str, on: date) -> None:
        asked = self.requests[values["request"]]
        self.demand("R14", not asked["extended"] and not asked["outcome"], "extended twice")
        self.demand("R14", values["reason"].strip(), "extended without a reason")
        late = on - asked["received"] > LONGEST_TEN_WORKDAYS
        self.demand("R14", not late, "extended after ten working days")
        asked["extended"] = True

    def _request_answered(self, values: dict[str, Any], actor: str, on: date) -> None:
        asked, day = self.requests[values["request"]], date.fromisoformat(values["answered_on"])
        outcome, answer = values["outcome"], values["answer"]
        self.demand("R14", not asked["outcome"], "answered twice")
        self.demand("R14", asked["received"] <= day <= on, "answered on no day that can be")
        self.demand("R14", self.holds(actor, {"ppid_utama"}, on), "not answered by the PPID")
        closed = {key for key in asked["items"] if self.closed_on(key, day)}
        refused = {line["item"] for line in answer["lines"]}
        if outcome in ("ditolak", "dikabulkan_sebagian"):
            self.demand("R14", refused and refused == closed, "refused what is not exempt")
            self.demand("R14", all(one["ground"] for one in answer["lines"]), "without a ground")
        else:
            self.demand("R19", not closed, "what is exempt was given, or denied")
        parts = {line["part"] for line in answer["lines"]}
        whole = outcome != "ditolak" or "sebagian" not in parts
        self.demand("R13", whole, "the whole refused for a part")
        said = answer["given"].strip() and answer["redaction"].strip()
        self.demand("R13", outcome != "dikabulkan_sebagian" or said, "a part, but not which")
        asked["outcome"] = outcome

    def closed_on(self, key: str, day: date) -> bool:
        """Return whether an item was determined and not open on a day."""
        item = self.items[key]
        opens = item.opens()
        return any(on <= day for on, _ in item.determined) and not (opens and opens <= day)

    def _objection_filed(self, values: dict[str, Any], actor: str, on: date) -> None:
        refused = self.requests[values["request"]]["outcome"] in ("ditolak", "dikabulkan_sebagian")
        self.demand("R15", values["grounds"], "an objection without a ground")
        self.demand("R15", refused or "a" not in values["grounds"], "nothing was refused")
        self.demand("R15", values["found_on"] <= values["filed_on"] <= on.isoformat(), "a bad day")
        self.objections[values["id"]] = values["grounds"]

    def _objection_answered(self, values: dict[str, Any], actor: str, on: date) -> None:
        grounds, outcome = self.objections.pop(values["objection"]), values["outcome"]
        self.demand("R15", self.holds(actor, {"atasan_ppid"}, on), "not by the superior")
        amicable = outcome != "musyawarah" or "a" not in grounds
        self.demand("R15", amicable, "a refusal settled amicably")
        reasoned = outcome == "dikabulkan" or values["reason"].strip()
        self.demand("R15", reasoned, "upheld without a reason")
        self.demand("R16", outcome == "dikabulkan" or not values["opened"], "opened, not granted")
