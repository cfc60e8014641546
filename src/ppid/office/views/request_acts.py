"""What may be sent about a request: its record, what it asks for, its time, its answer."""

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ppid.errors import Finding, NotFound
from ppid.law.consequence_test import from_dict
from ppid.law.request_answer import Standing
from ppid.office.actions.answers import answer_request
from ppid.office.actions.requests import (
    extend_request,
    link_item,
    propose_item,
    record_request,
    retest_item,
    unlink_item,
)
from ppid.office.authority import authority_of
from ppid.office.forms.requests import (
    AnswerForm,
    ExtensionForm,
    IntoForm,
    LinkForm,
    ProposeForm,
    RequestForm,
)
from ppid.office.forms.steps import ActForm
from ppid.office.models import Agency, InformationRequest, Item
from ppid.office.queries.docket import cases_for_tests
from ppid.office.queries.inbox import visible_items
from ppid.office.queries.requests import AskedLine, RequestPage, request_page, suggested_number
from ppid.office.views.asking import Asked, Officer, Sent, asked

MOST_FOUND = 20
"""Items that a search offers; more are found by more words."""

LONG_WORD = 5
"""From this length on, a word of the request is worth looking for in the titles."""

TEST_BEGUN = "Uji atas permintaan dimulai. Isi lembarnya, lalu ikuti langkah SOP."


def request_seen(one: Officer, request: UUID) -> RequestPage:
    """Return the request as the officer sees it. Raises NotFound."""
    return request_page(request, by=one.by, body=one.body.pk, at=one.at)


def record_asked(one: Officer, data: Sent) -> Asked:
    """Return the record of a new request."""
    number = suggested_number(one.body, on=one.on)
    form = RequestForm(data, initial={"number": number, "received_on": one.on})

    def act() -> InformationRequest:
        return record_request(
            one.body,
            record=form.record(),
            purpose=form.cleaned_data["purpose"],
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said="Permintaan tercatat.")


def link_asked(one: Officer, page: RequestPage, data: Sent, *, words: str = "") -> Asked:
    """Return the link to an item. words: by which it is looked for; what was sent needs none."""
    rows = _linkable(one, page)
    found = _found(rows, page, words)
    chosen = _uuid(data.get("item", "")) if data else None
    named = rows.filter(pk=chosen).exclude(pk__in=[item.pk for item in found]) if chosen else ()
    form = LinkForm(data, items=[*found, *named])

    def act() -> None:
        act_id = form.cleaned_data["act"]
        link_item(page.asked, item=form.chosen(), by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Informasi dikaitkan.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _linkable(one: Officer, page: RequestPage) -> QuerySet[Item]:
    rows = visible_items(one.body.pk, authority=authority_of(one.by, on=page.on))
    return rows.exclude(requested__request=page.asked).exclude(stage="ditolak")


def _found(rows: QuerySet[Item], page: RequestPage, words: str) -> list[Item]:
    """Return the items that every word is in; without words, those that sound like the request."""
    if not words:
        long = {word.strip(".,:;()") for word in page.asked.subject.split()}
        sounds = [Q(title__icontains=word) for word in long if len(word) >= LONG_WORD]
        rows = rows.filter(reduce(or_, sounds)) if sounds else rows.none()
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return list(rows.order_by("stage", "title")[:MOST_FOUND])


def line_of(page: RequestPage, item: UUID) -> AskedLine:
    """Return the linked item. Raises NotFound: `item_unknown`."""
    for line in page.items:
        if line.link.item_id == item:
            return line
    raise NotFound(Finding("item_unknown", "Informasi tidak ditemukan."))


def unlink_asked(one: Officer, page: RequestPage, data: Sent, *, item: Item) -> Asked:
    """Return the end of a link."""
    form = ActForm(data)

    def act() -> None:
        act_id = form.cleaned_data["act"]
        unlink_item(page.asked, item=item, by=one.by, at=one.at, act=act_id)

    return asked(form, act, said="Kaitan dilepas.")


def retest_asked(one: Officer, page: RequestPage, data: Sent, *, item: Item) -> Asked:
    """Return a new test of a linked item on the request."""
    form = IntoForm(data, into=cases_for_tests(one.body, by=one.by, at=one.at))

    def act() -> None:
        act_id = form.cleaned_data["act"]
        into = form.case()
        retest_item(page.asked, item=item, into=into, by=one.by, at=one.at, act=act_id)

    return asked(form, act, said=TEST_BEGUN)


def propose_asked(one: Officer, page: RequestPage, data: Sent) -> Asked:
    """Return a candidate that the request asks for, in a case for its test."""
    agencies = list(Agency.objects.filter(body=one.body))
    into = cases_for_tests(one.body, by=one.by, at=one.at)
    form = ProposeForm(data, into=into, agencies=agencies)

    def act() -> None:
        propose_item(
            page.asked,
            into=form.case(),
            agency=form.agency_chosen(),
            title=form.cleaned_data["title"],
            public_title=form.cleaned_data["public_title"],
            by=one.by,
            at=one.at,
            act=form.cleaned_data["act"],
        )

    return asked(form, act, said=TEST_BEGUN)


def more_time_asked(one: Officer, page: RequestPage, data: Sent) -> Asked:
    """Return the one extension of the time to answer."""
    form = ExtensionForm(data)

    def act() -> None:
        given = form.cleaned_data
        extend_request(page.asked, reason=given["reason"], by=one.by, at=one.at, act=given["act"])

    said = "Waktu menjawab diperpanjang. Sampaikan alasannya kepada pemohon."
    return asked(form, act, said=said)


def answer_asked(one: Officer, page: RequestPage, data: Sent) -> Asked:
    """Return the answer."""
    form = AnswerForm(data, initial=_answer_initial(page))

    def act() -> None:
        act_id = form.cleaned_data["act"]
        answer_request(page.asked, letter=form.letter(), by=one.by, at=one.at, act=act_id)

    said = "Permintaan dijawab. Cetak suratnya dan sampaikan kepada pemohon."
    return asked(form, act, said=said)


def _answer_initial(page: RequestPage) -> dict[str, Any]:
    """Return what the answer begins with: today, the way that was asked for, the closed parts."""
    closed = [line.link.item for line in page.items if line.standing is Standing.EXEMPT]
    parts = [from_dict(item.determined_test.sheet).parts for item in closed]
    return {
        "answered_on": page.on,
        "delivery": f"{page.asked.form}, {page.asked.delivery.lower()}",
        "redaction": "\n".join(text for text in parts if text),
    }
