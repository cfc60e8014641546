"""Templates compiled in a language: its sentences stand in them, and what is given is escaped."""

import pytest
from django.utils import translation
from jinja2 import UndefinedError

from ppid.public.spoken_templates import SpokenTemplates


@pytest.fixture
def said(tmp_path):
    """Return what a template says in a language, given values."""

    def _said(source, language="id", **given):
        (tmp_path / "page.html").write_text(source)
        with translation.override(language):
            page = SpokenTemplates(tmp_path).get_template("page.html")
        with translation.override("id"):
            return page.render(given)

    return _said


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ('<p>{{ _("Cari") }}</p>', "<p>Cari</p>", "<p>Search</p>"),
        ('{% set all = _("Semua") %}{{ all }}', "Semua", "All"),
        ("<p{{ data_lang }}>x</p>", "<p>x</p>", '<p lang="id">x</p>'),
        ('{{ _("Tidak <ada>") }}', "Tidak &lt;ada&gt;", "Tidak &lt;ada&gt;"),
        (
            "{% trans trimmed %}\n  <b>Tak\n  ada</b> 100 %\n{% endtrans %}",
            *["<b>Tak ada</b> 100 %"] * 2,
        ),
    ],
)
def test_a_sentence_is_that_of_the_language_it_was_compiled_in(said, source, indonesian, english):
    assert said(source) == indonesian
    assert said(source, "en") == english


def test_what_stands_in_the_gaps_of_a_sentence_is_escaped(said):
    source = "{% trans number=given %}Edisi {{ number }}{% endtrans %}"

    assert said(source, given="<1>") == "Edisi &lt;1&gt;"
    assert said(source, "en", given="<1>") == "Edition &lt;1&gt;"


def test_a_gap_of_the_same_name_and_a_percent_sign_stay_what_they_are(said):
    source = "{% trans %}{{ part }} % dari {{ whole }} dan {{ part }}{% endtrans %}"

    assert said(source, part=1, whole="<2>") == "1 % dari &lt;2&gt; dan 1"


def test_what_is_not_given_is_no_empty_place(said):
    with pytest.raises(UndefinedError):
        said("{% trans %}Edisi {{ number }}{% endtrans %}")


def test_other_expressions_are_left_as_they_are(said):
    source = "{{ 7 % 4 }}{{ call(1) }}{{ '%s!' % given }}{{ given|upper }}"

    assert said(source, call=lambda n: n + 1, given="<a>") == "32&lt;a&gt;!&lt;A&gt;"
