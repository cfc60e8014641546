"""Every write appends an event: nobody else writes a table, and no action forgets."""

import pytest

import source_tree
from architecture import writes

SILENT = """
def rename(item, title):
    with writing():
        _store(item, title)

def _store(item, title):
    pass
"""


def module(text, name="ppid.office.actions.sly"):
    return source_tree.module_from_text(name, text)


def test_nobody_but_the_projections_writes_a_table(modules):
    assert "\n".join(writes.strange_writes(modules)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "item.save()",
        "Item.objects.create(title='x')",
        "Item.objects.filter(pk=1).update(title='x')",
        "case.items.all().update(title='x')",
        "item.delete()",
        "Item.objects.bulk_create(rows)",
        "Item.objects.get_or_create(pk=1)",
        "cursor.execute('UPDATE office_item SET title = 1')",
    ],
)
def test_a_write_behind_the_logs_back_is_noticed(text):
    assert len(writes.strange_writes([module(text)])) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("row.save()", "ppid.office.projections.items"),
        ("Draft.objects.update_or_create(person=1)", "ppid.office.views.drafts"),
        ("values.update(other)", "ppid.office.actions.cases"),
        ("row.save()", "ppid.public.intake"),
    ],
)
def test_what_is_no_record_of_the_office_is_let_pass(text, name):
    assert writes.strange_writes([module(text, name)]) == []


def test_every_action_that_writes_appends_an_event(modules):
    assert writes.silent_actions(modules) == []


def test_an_action_that_says_nothing_is_noticed():
    assert writes.silent_actions([module(SILENT)]) == ["rename"]


def test_an_event_may_be_appended_further_down():
    loud = module(SILENT.replace("pass", "append(1)"))
    assert writes.silent_actions([loud]) == []


def test_there_are_actions_to_look_at(modules):
    names = {one.name for one in modules if one.name.startswith("ppid.office.actions.")}
    assert len(names) >= 10
