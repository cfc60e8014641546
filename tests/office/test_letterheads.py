"""The letterhead: who sets it, what is refused, and that it is on paper and in the log."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from office.factories import sign_in
from office.offices import appoint, assert_sound, office, who
from office.pages import visit
from office.remembered import remembered
from office.test_papers import paper
from papers.reading import faults, page_sizes, text_of
from papers.test_press import listed, pages_of
from ppid.errors import BadInput, Refused
from ppid.ledger.entry import Entry
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.letterheads import LetterheadChoice, set_letterhead
from ppid.office.models import Body, Event
from ppid.office.queries.papers.letterheads import letterhead
from ppid.papers.letterhead import MOST_LOGO_BYTES, PaperSize
from ppid.papers.press import press

pytestmark = pytest.mark.django_db(databases=["default", "public"])
LINES = ["Jalan Merdeka 1", "", "  Telepon 2  "]


def image(kind="PNG", *, side=40):
    """A picture that needs much more room than an entry of the log has."""
    drawn = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(drawn, kind)
    return drawn.getvalue()


@pytest.fixture
@remembered
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    return walk


def chosen(walk, *, role="pengelola_sistem", lines=LINES, size=PaperSize.F4, logo=None):
    choice = LetterheadChoice(lines, size, logo)
    set_letterhead(Body.objects.get(), choice, by=who(walk, role), at=walk.tick())
    return letterhead(Body.objects.get())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_chosen_stands_on_the_papers(client, walk, kind):
    head = chosen(walk, logo=image(kind))

    assert (head.lines, head.size) == (("Jalan Merdeka 1", "Telepon 2"), PaperSize.F4)
    assert head.logo == image(kind) or len(head.logo) > 0
    printed = paper(client, walk, "paper_proof", role="auditor")
    assert "Jalan Merdeka 1 Telepon 2" in text_of(printed)
    assert page_sizes(printed) == [(215, 330)]
    assert faults(printed) == set()


def test_a_large_logo_is_kept_beside_the_log_and_comes_back_from_it(walk):
    picture = image(side=200)
    assert len(picture) > 65_535

    head = chosen(walk, logo=picture)

    assert head.logo == picture
    entry = Entry.from_bytes(bytes(Event.objects.filter(kind="body.changed").get().entry))
    assert "logo" not in entry.payload["settings"]
    assert_sound()


def test_the_logo_stays_when_other_things_change_and_goes_when_asked(walk):
    picture = image()
    chosen(walk, logo=picture)
    assert chosen(walk, lines=["Baru"]).logo == picture

    body = Body.objects.get()
    change_settings(
        body,
        by=who(walk, "pengelola_sistem"),
        at=walk.tick(),
        choices={**body.settings, "site_text": "Meja 1"},
    )
    assert letterhead(Body.objects.get()).logo == picture

    assert chosen(walk, logo=b"").logo == b""
    assert_sound()


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        (b"GIF89a", "logo_unreadable"),
        (b"\x89PNG\r\n\x1a\nrusak", "logo_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * MOST_LOGO_BYTES, "logo_too_large"),
    ],
)
def test_a_logo_that_does_not_print_is_refused_and_changes_nothing(walk, logo, code):
    with pytest.raises(BadInput) as refused:
        chosen(walk, logo=logo)

    assert refused.value.codes == (code,)
    assert not {"logo", "letterhead_lines"} & Body.objects.get().settings.keys()


@pytest.mark.parametrize("lines", [["a"] * 5, ["a" * 201]])
def test_too_many_or_too_long_lines_are_refused(walk, lines):
    with pytest.raises(BadInput) as refused:
        chosen(walk, lines=lines)
    assert refused.value.codes == ("letterhead_lines_too_long",)


def test_a_line_at_the_foot_stands_on_every_page_and_goes_when_asked(walk):
    def choose(footer):
        choice = LetterheadChoice(LINES, PaperSize.A4, None, footer)
        by = who(walk, "pengelola_sistem")
        set_letterhead(Body.objects.get(), choice, by=by, at=walk.tick())
        return letterhead(Body.objects.get())

    head = choose("  Melayani dengan terbuka \u1b05 ")
    pages = pages_of(press(long_letter(), head, on=walk.today))
    assert len(pages) > 1
    assert all("Melayani dengan terbuka" in page for page in pages)

    assert choose("").footer == ""
    for wrong in ("x" * 161, "dua\nbaris"):
        with pytest.raises(BadInput) as refused:
            choose(wrong)
        assert refused.value.codes == ("footer_too_long",)


def long_letter():
    return listed(*(f"Informasi {place}" for place in range(60)))


def test_who_does_not_set_up_the_office_cannot_set_its_letterhead(walk):
    with pytest.raises(Refused) as refused:
        chosen(walk, role="auditor")
    assert refused.value.codes == ("not_authorised",)


def page(client, walk, role, **fields):
    with time_machine.travel(walk.now, tick=False):
        sign_in(client, walk.body.people.get(pk=who(walk, role)))
        if not fields:
            return visit(client, "letterhead")
        return client.post("/kop-surat/", fields)


def test_the_page_shows_what_is_set_and_takes_what_is_sent(client, walk):
    chosen(walk)
    shown = page(client, walk, "pengelola_sistem").content.decode()
    assert "Jalan Merdeka 1\nTelepon 2" in shown

    logo = SimpleUploadedFile("logo.png", image())
    sent = page(client, walk, "pengelola_sistem", lines="Satu\r\nDua", size="a4", logo=logo)

    assert sent.status_code == 302
    head = letterhead(Body.objects.get())
    assert (head.lines, head.size, bool(head.logo)) == (("Satu", "Dua"), PaperSize.A4, True)


def test_removing_the_logo_is_offered_when_there_is_one(client, walk):
    assert 'name="without"' not in page(client, walk, "pengelola_sistem").content.decode()
    chosen(walk, logo=image())

    assert 'name="without"' in page(client, walk, "pengelola_sistem").content.decode()
    page(client, walk, "pengelola_sistem", lines="Satu", size="a4", without="on")

    assert not letterhead(Body.objects.get()).logo


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg onload=x>", "logo_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50_000_000), "logo_too_large"),
    ],
    ids=["no picture", "50 MB"],
)
def test_the_page_says_what_is_wrong_with_a_logo(client, walk, content, code):
    logo = SimpleUploadedFile("logo.png", content)

    sent = page(client, walk, "pengelola_sistem", lines="Satu", size="a4", logo=logo)

    assert {one.code for one in sent.context["findings"]} == {code}
    assert not {"logo", "letterhead_lines"} & Body.objects.get().settings.keys()


def test_who_may_not_set_it_sees_why(client, walk):
    shown = page(client, walk, "auditor")

    assert {one.code for one in shown.context["obstacles"]} == {"not_authorised"}
    assert "disabled" in shown.content.decode()
