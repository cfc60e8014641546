"""The time grammar of the SOP format, and when a time runs out."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.errors import BadInput
from ppid.law.workdays import WorkCalendar
from ppid.sop.duration import Duration, Kind, Unit, due, parse

WITA = timezone(timedelta(hours=8))
CALENDAR = WorkCalendar(
    known_from=date(2026, 1, 1),
    horizon=date(2026, 12, 31),
    holidays={date(2026, 1, 16): "Isra Mikraj"},
)
MONDAY = date(2026, 1, 5)


def amount(number, unit, **more):
    return Duration(Kind.AMOUNT, number, unit, **more)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("15 menit", amount(15, Unit.MINUTE)),
        ("2 jam", amount(2, Unit.HOUR)),
        ("3 x 24 jam", amount(3, Unit.ROUND_THE_CLOCK)),
        ("3x24jam", amount(3, Unit.ROUND_THE_CLOCK)),
        ("3 × 24 Jam", amount(3, Unit.ROUND_THE_CLOCK)),
        ("5 hari kerja", amount(5, Unit.WORKDAY)),
        ("5 HARI  KERJA", amount(5, Unit.WORKDAY)),
        ("5 hari", amount(5, Unit.DAY)),
        ("1 Minggu", amount(1, Unit.WEEK)),
        ("2 bulan", amount(2, Unit.MONTH)),
        ("1 tahun", amount(1, Unit.YEAR)),
        ("0 hari", amount(0, Unit.DAY)),
        ("1 s/d 3 hari kerja", amount(3, Unit.WORKDAY)),
        ("1 s.d 3 hari kerja", amount(3, Unit.WORKDAY)),
        ("1 s.d. 3 hari kerja", amount(3, Unit.WORKDAY)),
        ("1 sampai dengan 3 hari kerja", amount(3, Unit.WORKDAY)),
        ("1 - 3 hari kerja", amount(3, Unit.WORKDAY)),
        ("1\u20133 menit", amount(3, Unit.MINUTE)),
        ("1\u20143 bulan", amount(3, Unit.MONTH)),
        ("30 menit s/d 1 jam", amount(1, Unit.HOUR)),
        ("10 hari kerja + 7 hari kerja", amount(10, Unit.WORKDAY, extension=7)),
        ("H", Duration(Kind.WINDOW, 0)),
        ("H s/d H+7", Duration(Kind.WINDOW, 7)),
        ("h+2 s.d. h+7", Duration(Kind.WINDOW, 7)),
        ("Hari H - H+17", Duration(Kind.WINDOW, 17)),
        ("15 menit per dokumen", amount(15, Unit.MINUTE, per="dokumen")),
        ("5 hari kerja setiap perangkat daerah", amount(5, Unit.WORKDAY, per="perangkat daerah")),
        ("maks 5 hari", amount(5, Unit.DAY)),
        ("Maks. 5 hari", amount(5, Unit.DAY)),
        ("maksimal 5 hari", amount(5, Unit.DAY)),
        ("paling lama 5 hari", amount(5, Unit.DAY)),
        ("paling lambat 5 hari", amount(5, Unit.DAY)),
        ("selambat-lambatnya 5 hari", amount(5, Unit.DAY)),
        ("Selama\u2010lamanya 5 hari", amount(5, Unit.DAY)),
        ("maksimal 10 hari kerja + 7 hari kerja", amount(10, Unit.WORKDAY, extension=7)),
        ("30 (tiga puluh) hari kerja", amount(30, Unit.WORKDAY)),
        ("17 (tujuh belas) hari", amount(17, Unit.DAY)),
        ("30 hari kerja (tiga puluh)", amount(30, Unit.WORKDAY)),
        (
            "10 (sepuluh) hari kerja + 7 (tujuh) hari kerja",
            amount(10, Unit.WORKDAY, extension=7),
        ),
        ("sesuai peraturan perundang-undangan", Duration(Kind.BY_LAW)),
        ("Sesuai Peraturan Perundang\u2013undangan", Duration(Kind.BY_LAW)),
    ],
)
def test_the_grammar_reads(text, meaning):
    assert parse(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "-",
        "\u2014",
        "tentatif",
        "Tentatif",
        "pada hari dan jam kerja",
        "sesuai kebutuhan",
        "secara berkala setiap bulan",
        "setelah surat diterima",
        "setiap saat",
    ],
)
def test_no_standard(text):
    assert parse(text) == Duration(Kind.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "sebentar",
        "tiga hari",
        "5 abad",
        "1,5 jam",
        "H+5",
        "99999 hari",
        "5 hari per",
        "10 hari + 7 hari",
        "5 hari (kira-kira) kerja",
        "5 hari (lima",
        "lima) hari",
        "(5 hari)",
        ".",
        "()",
    ],
)
def test_anything_else_is_not_understood(text):
    assert parse(text).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "meaning", "ignored"),
    [
        ("5 hari kerja (menyesuaikan)", amount(5, Unit.WORKDAY), "(menyesuaikan)"),
        ("5 hari kerja. Setelah itu arsip", amount(5, Unit.WORKDAY), "setelah itu arsip"),
        ("5 hari kerja; kecuali libur", amount(5, Unit.WORKDAY), "kecuali libur"),
        ("5 hari kerja (pukul 08.00)", amount(5, Unit.WORKDAY), "(pukul 08.00)"),
        ("5 hari (a (b) c)", amount(5, Unit.DAY), "(a (b) c)"),
        ("tentatif (lihat jadwal)", Duration(Kind.NONE), "(lihat jadwal)"),
        ("5 hari (kira). Lalu", amount(5, Unit.DAY), "(kira) lalu"),
        ("sebentar (sekali)", Duration(Kind.UNKNOWN), "(sekali)"),
    ],
)
def test_trailing_words_are_left_out_and_named(text, meaning, ignored):
    found = parse(text)

    assert (found.kind, found.amount, found.unit) == (meaning.kind, meaning.amount, meaning.unit)
    assert found.ignored == ignored


def test_a_full_stop_at_the_end_leaves_nothing_out():
    assert parse("5 hari kerja.") == amount(5, Unit.WORKDAY)


def test_the_unit_of_each_survives_odd_spacing():
    assert parse("5 hari p e r dokumen").per == "dokumen"


@given(st.text(alphabet=st.sampled_from("0123456789 hHarikejmntsd/+-.;()per")))
def test_any_text_of_the_grammars_letters_has_a_meaning(text):
    assert parse(text).kind in Kind


@given(st.text())
def test_any_text_has_a_meaning(text):
    assert parse(text).kind in Kind


def ends(text, *, opened=datetime(2026, 1, 5, 9, 0, tzinfo=WITA), began=MONDAY, **more):
    found = due(
        parse(text), opened_at=opened, case_began_on=began, calendar=CALENDAR, zone=WITA, **more
    )
    return found and (found.at.strftime("%Y-%m-%d %H:%M:%S"), found.provisional)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("90 menit", "2026-01-05 10:30:00"),
        ("8 jam", "2026-01-06 08:30:00"),
        ("1 x 24 jam", "2026-01-06 09:00:00"),
        ("1 hari kerja", "2026-01-06 23:59:59"),
        ("5 hari kerja", "2026-01-12 23:59:59"),
        ("0 hari kerja", "2026-01-05 23:59:59"),
        ("9 hari kerja", "2026-01-19 23:59:59"),
        ("5 hari", "2026-01-10 23:59:59"),
        ("1 s/d 2 minggu", "2026-01-19 23:59:59"),
        ("1 bulan", "2026-02-05 23:59:59"),
        ("1 tahun", "2027-01-05 23:59:59"),
    ],
)
def test_a_time_runs_out(text, when):
    assert ends(text) == (when, False)


@pytest.mark.parametrize("text", [None, "tentatif", "sesuai peraturan perundang-undangan", "apa"])
def test_without_a_standard_nothing_runs_out(text):
    assert ends(text) is None


def test_a_time_per_unit_needs_their_number():
    assert ends("30 menit per dokumen") is None
    assert ends("30 menit per dokumen", count=3) == ("2026-01-05 10:30:00", False)


def test_an_extension_is_added_once_it_is_granted():
    assert ends("2 hari kerja + 2 hari kerja") == ("2026-01-07 23:59:59", False)
    assert ends("2 hari kerja + 2 hari kerja", extended=True) == ("2026-01-09 23:59:59", False)


def test_a_window_counts_from_the_day_the_case_began():
    later = datetime(2026, 1, 9, 9, 0, tzinfo=WITA)

    assert ends("H", opened=later) == ("2026-01-05 23:59:59", False)
    assert ends("H+1 s/d H+3", opened=later) == ("2026-01-08 23:59:59", False)


def test_the_bodys_own_day_decides():
    # 17.00 UTC on Sunday is Monday 01.00 in Bontang.
    assert ends("1 hari kerja", opened=datetime(2026, 1, 4, 17, 0, tzinfo=UTC)) == (
        "2026-01-06 23:59:59",
        False,
    )


@pytest.mark.parametrize(
    ("opened", "when"),
    [
        (datetime(2026, 1, 5, 5, 0, tzinfo=WITA), "2026-01-05 08:30:00"),
        (datetime(2026, 1, 5, 15, 0, tzinfo=WITA), "2026-01-05 16:00:00"),
        (datetime(2026, 1, 5, 16, 0, tzinfo=WITA), "2026-01-06 08:30:00"),
        (datetime(2026, 1, 10, 9, 0, tzinfo=WITA), "2026-01-12 08:30:00"),
        (datetime(2026, 1, 15, 15, 30, tzinfo=WITA), "2026-01-19 08:00:00"),
    ],
)
def test_hours_run_in_office_hours_only(opened, when):
    assert ends("1 jam", opened=opened) == (when, False)


def test_past_the_calendars_horizon_a_working_day_is_provisional():
    late = datetime(2026, 12, 30, 9, 0, tzinfo=WITA)

    assert ends("5 hari kerja", opened=late)[1]
    assert ends("30 jam", opened=late)[1]
    assert not ends("5 hari", opened=late)[1]


@pytest.mark.parametrize(
    ("opened", "when"),
    [
        (datetime(2028, 1, 31, 9, 0, tzinfo=WITA), "2028-02-29 23:59:59"),
        (datetime(2026, 12, 31, 9, 0, tzinfo=WITA), "2027-01-31 23:59:59"),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(opened, when):
    assert ends("1 bulan", opened=opened) == (when, False)


@pytest.mark.parametrize("text", ["9999 tahun", "9999 bulan", "9999 hari kerja", "9999 minggu"])
def test_a_time_beyond_the_calendar_is_bad_input(text):
    with pytest.raises(BadInput) as error:
        ends(text, opened=datetime(9998, 12, 1, tzinfo=WITA))

    assert error.value.codes == ("date_out_of_range",)


def test_office_hours_that_end_before_they_begin_are_bad_input():
    closed = WorkCalendar(horizon=date(2026, 12, 31), opens_at=time(8), closes_at=time(8))

    with pytest.raises(BadInput) as error:
        due(
            parse("1 jam"),
            opened_at=datetime(2026, 1, 5, tzinfo=WITA),
            case_began_on=MONDAY,
            calendar=closed,
            zone=WITA,
        )

    assert error.value.codes == ("office_hours_invalid",)


def test_a_moment_without_a_zone_is_a_programming_error():
    with pytest.raises(ValueError, match="aware"):
        ends("1 jam", opened=datetime(2026, 1, 5))  # noqa: DTZ001
