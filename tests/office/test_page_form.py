"""A form draws itself: labels, hints, mistakes and three-box dates, in markup that can be heard."""

from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string

from ppid.office.forms.fields import DateBoxesField
from ppid.office.forms.page_form import PageForm, PageRenderer


class SheetForm(PageForm):
    """One field of each kind."""

    title = forms.CharField(label="Judul", help_text="Dibaca semua orang", max_length=10)
    reason = forms.CharField(label="Alasan", widget=forms.Textarea, max_length=2000)
    agency = forms.ChoiceField(label="Perangkat daerah", choices=[("", "Pilih"), ("1", "Dinas")])
    ground = forms.ChoiceField(
        label="Dasar", widget=forms.RadioSelect, choices=[("a", "huruf a"), ("h", "huruf h")]
    )
    parts = forms.MultipleChoiceField(
        label="Bagian",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("n", "Nama")],
    )
    decided = DateBoxesField(label="Ditetapkan")
    file = forms.FileField(label="Berkas", required=False)
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    read = forms.BooleanField(label="Sudah dibaca")
    act = forms.CharField(widget=forms.HiddenInput, required=False)


class DateForm(PageForm):
    """A date alone."""

    day = DateBoxesField(required=False)


def boxes(day="", month="", year=""):
    return DateForm({"day_hari": day, "day_bulan": month, "day_tahun": year})


def drawn(form, name):
    return render_to_string("ppid/field.html", {"field": form[name]})


@pytest.mark.parametrize("month", ["7", "07", "juli", "Juli", "Jul", "jul."])
def test_a_date_is_read_in_one_order_with_the_month_as_number_or_name(month):
    form = boxes("2", month, "2026")

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 7, 2)


@pytest.mark.parametrize(("short", "month"), [("Agt", 8), ("nop", 11), ("sept", 9), ("mei", 5)])
def test_a_month_may_have_its_usual_short_name(short, month):
    form = boxes("1", short, "2026")

    assert form.is_valid()
    assert form.cleaned_data["day"].month == month


def test_no_box_filled_is_no_date():
    form = boxes()

    assert form.is_valid()
    assert form.cleaned_data["day"] is None


@pytest.mark.parametrize(
    ("given", "code", "parts"),
    [
        (("2", "", "2026"), "date_part_missing", ("bulan",)),
        (("", "", "2026"), "date_part_missing", ("hari", "bulan")),
        (("13", "02", "26"), "date_year", ("tahun",)),
        (("02", "13", "2026"), "date_does_not_exist", ("hari", "bulan")),
        (("31", "2", "2026"), "date_does_not_exist", ("hari", "bulan")),
        (("dua", "2", "2026"), "date_part_not_a_number", ("hari",)),
        (("2", "juillet", "2026"), "date_part_not_a_number", ("bulan",)),
        (("²", "2", "2026"), "date_part_not_a_number", ("hari",)),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_and_the_wrong_boxes_are_named(given, code, parts):
    form = boxes(*given)

    assert not form.is_valid()
    mistake = form.errors.as_data()["day"][0]
    assert (mistake.code, mistake.params["parts"]) == (code, parts)
    assert tuple(box.part for box in form["day"].date_boxes if box.wrong) == parts


def test_an_impossible_date_is_said_in_words_when_its_month_has_a_name():
    assert "31 Februari 2026" in str(boxes("31", "2", "2026").errors["day"])
    assert "2 13 2026" in str(boxes("2", "13", "2026").errors["day"])


def test_boxes_keep_what_was_typed():
    typed = [box.value for box in boxes("31", "pebruari", "2026")["day"].date_boxes]

    assert typed == ["31", "pebruari", "2026"]


def test_boxes_show_a_date_without_a_thousands_separator():
    form = DateForm(initial={"day": date(2026, 7, 24)})

    assert [box.value for box in form["day"].date_boxes] == ["24", "7", "2026"]
    assert 'value="2026"' in drawn(form, "day")


@pytest.mark.parametrize(
    ("typed", "changed"),
    [(("24", "7", "2026"), False), (("25", "7", "2026"), True), (("25", "x", "2026"), True)],
)
def test_a_date_has_changed_when_the_boxes_say_another_one(typed, changed):
    form = boxes(*typed)
    form.initial = {"day": date(2026, 7, 24)}

    assert form.has_changed() is changed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "text"),
        ("reason", "textarea"),
        ("agency", "select"),
        ("ground", "radios"),
        ("parts", "checkboxes"),
        ("decided", "date"),
        ("file", "file"),
        ("password", "password"),
        ("read", "checkbox"),
        ("act", "hidden"),
    ],
)
def test_each_field_knows_its_kind_and_draws_a_control_with_its_name(name, kind):
    field = SheetForm()[name]

    assert field.kind == kind
    assert f'name="{name}' in drawn(SheetForm(), name)


def test_a_widget_without_markup_is_a_mistake_of_the_programmer():
    class Odd(PageForm):
        day = forms.SplitDateTimeField()

    with pytest.raises(TypeError):
        Odd()


def test_a_hint_and_a_mistake_are_tied_to_their_control():
    page = drawn(SheetForm({}), "title")

    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert "govuk-input--error" in page


def test_what_is_missing_is_asked_for_by_its_label():
    form = SheetForm({})

    assert form.errors["title"] == ["Isi “Judul”."]
    assert form.errors["agency"] == ["Pilih “Perangkat daerah”."]
    assert form.errors["read"] == ["Centang “Sudah dibaca”."]


def test_a_field_that_may_stay_empty_says_so():
    assert "boleh kosong" in drawn(SheetForm(), "parts")
    assert "boleh kosong" not in drawn(SheetForm(), "title")


def test_options_have_hints_of_their_own():
    form = SheetForm()
    form.fields["ground"].option_hints = {"h": "melekat pada orangnya"}

    hints = [option.hint for option in form["ground"].options]

    assert hints == ["", "melekat pada orangnya"]
    assert "melekat pada orangnya" in drawn(form, "ground")


def test_the_summary_leads_to_the_first_control_of_each_field():
    page = render_to_string("ppid/errors.html", {"form": SheetForm({})})

    for target in ("#id_title", "#id_ground_0", "#id_decided_0", "#id_read"):
        assert f'href="{target}"' in page


def test_there_is_no_summary_without_mistakes():
    assert render_to_string("ppid/errors.html", {"form": SheetForm()}).strip() == ""


def test_only_a_long_text_with_a_limit_counts_its_characters():
    assert 'data-maxlength="2000"' in drawn(SheetForm(), "reason")
    assert "data-maxlength" not in drawn(SheetForm(), "title")


def test_forms_of_other_packages_get_the_same_fields_from_the_renderer():
    class Foreign(forms.Form):
        name = forms.CharField()

    assert Foreign(renderer=PageRenderer())["name"].kind == "text"


def test_a_page_is_safe_against_what_was_typed():
    form = SheetForm({"title": '"><script>', "decided_hari": '"><script>'})

    assert "<script>" not in drawn(form, "title") + drawn(form, "decided")
