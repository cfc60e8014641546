"""The event log: append-only, hashed, checkpointed; and what `ppid check` finds when it is not."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from office.factories import case_of, person_in
from office.remembered import remembered
from ppid.errors import BadInput
from ppid.ledger import checkpoint as notes
from ppid.ledger.tree import Frontier, leaf_hash
from ppid.office import keys, log
from ppid.office.actions.people import add_person
from ppid.office.demo.walk import walk_to_end
from ppid.office.models import PROJECTED, Checkpoint, Edition, Event, Item, Log
from ppid.office.rebuild import check_all

pytestmark = pytest.mark.django_db(databases=["default", "public"])


@pytest.fixture
@remembered
def walked():
    walk, case = case_of("kalteng")
    list(walk_to_end(walk, case))
    return walk, case


def found() -> set[str]:
    return {finding.code for finding in check_all().findings}


def sql(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def without_triggers() -> None:
    """Do as a thief with the database file would: take the guards away first."""
    if connection.vendor == "postgresql":
        sql("ALTER TABLE office_event DISABLE TRIGGER USER")
        return
    for name in ("office_event_no_update", "office_event_no_delete"):
        sql(f"DROP TRIGGER {name}")


COLUMNS = 'body, seq, kind, at, actor, "case", item, entry, sealed, leaf'
REWRITES = [
    "UPDATE office_event SET kind = 'x'",
    "DELETE FROM office_event",
    "DELETE FROM office_event WHERE seq = 1",
]
REWRITES += (
    [
        "TRUNCATE office_event",
        f"INSERT INTO office_event (id, {COLUMNS}) SELECT id, {COLUMNS} "
        "FROM office_event WHERE seq = 3 ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    ]
    if connection.vendor == "postgresql"
    else [
        f"INSERT OR REPLACE INTO office_event (id, {COLUMNS}) "
        f"SELECT id, {COLUMNS.replace('kind', 'entry')} FROM office_event WHERE seq = 3",
        f"REPLACE INTO office_event ({COLUMNS}) "
        f"SELECT {COLUMNS.replace('kind', 'entry')} FROM office_event WHERE seq = 3",
    ]
)


@pytest.mark.parametrize("statement", REWRITES)
def test_the_database_refuses_to_change_the_log(walked, statement):
    before = list(Event.objects.order_by("id").values())
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)
    assert list(Event.objects.order_by("id").values()) == before


def test_events_are_still_appended_beside_the_guards(walked):
    walk, _ = walked
    add_person(walk.body, name="Orang Baru", at=walk.tick())
    assert check_all().findings == ()


def test_a_log_as_it_was_written_has_no_findings(walked):
    report = check_all()
    assert report.findings == ()
    assert report.events == Event.objects.count()


def test_one_changed_byte_of_one_event_is_found_and_named(walked):
    without_triggers()
    event = Event.objects.get(kind="case.opened")
    altered = bytes(event.entry).replace(b"001/2026", b"002/2026")
    sql("UPDATE office_event SET entry = %s WHERE id = %s", altered, event.pk)

    findings = check_all().findings

    assert {"entry_altered"} <= {finding.code for finding in findings}
    assert any(str(event.seq) in finding.place for finding in findings)


def test_an_entry_that_cannot_be_read_at_all_is_found_and_named(walked):
    without_triggers()
    event = Event.objects.get(seq=4)
    sql("UPDATE office_event SET entry = %s WHERE id = %s", b"bukan catatan", event.pk)
    assert any("4" in finding.place for finding in check_all().findings)


def test_a_changed_confidential_value_is_found(walked):
    without_triggers()
    event = Event.objects.filter(kind="item.added").first()
    event.sealed["title"]["value"] = "Judul lain"
    sealed = json.dumps(event.sealed)
    sql("UPDATE office_event SET sealed = %s WHERE id = %s", sealed, event.pk)
    assert "commitment_mismatch" in found()


def test_a_changed_leaf_hash_is_found(walked):
    without_triggers()
    sql("UPDATE office_event SET leaf = %s WHERE seq = 3", leaf_hash(b"lain"))
    assert "entry_altered" in found()


def test_a_changed_column_beside_the_entry_is_found(walked):
    without_triggers()
    sql("UPDATE office_event SET kind = 'item.changed' WHERE seq = 5")
    assert "columns_differ" in found()


def test_a_deleted_event_is_found(walked):
    without_triggers()
    sql("DELETE FROM office_event WHERE seq = 7")
    assert "entry_missing" in found()


def test_a_cut_tail_is_found(walked):
    without_triggers()
    last = Log.objects.get().size - 1
    sql("DELETE FROM office_event WHERE seq = %s", last)
    assert found() & {"log_cut", "root_mismatch"}


def test_a_changed_log_head_is_found(walked):
    frontier = Frontier.from_text(Log.objects.get().frontier).append(leaf_hash(b"palsu"))
    Log.objects.update(frontier=frontier.to_text(), size=frontier.size)
    assert found() & {"log_cut", "root_mismatch"}


def test_a_log_size_that_disagrees_with_its_frontier_is_found(walked):
    Log.objects.update(size=1)
    assert "log_size_differs" in found()


def test_missing_checkpoints_are_found(walked):
    Checkpoint.objects.filter(size=10).delete()
    assert "checkpoint_missing" in found()


@pytest.mark.parametrize(
    ("change", "table"),
    [
        (lambda: Item.objects.update(public_title="Lain"), "office_item"),
        (lambda: Item.objects.filter(stage="dikecualikan").update(stage="usulan"), "office_item"),
        (lambda: Edition.objects.all().delete(), "office_edition"),
    ],
)
def test_a_table_that_was_changed_by_hand_is_found(change, table):
    walk, case = case_of("kalteng")
    list(walk_to_end(walk, case))

    change()

    assert {finding.place for finding in check_all().findings} == {table}


def test_every_projected_table_is_compared():
    from django.apps import apps

    kept = {"Event", "Log", "Checkpoint", "KeeperState", "Cosignature", "Act", "Draft"}
    kept |= {"PaperFile", "ChannelDelivery", "TokenUse"}
    assert {m.__name__ for m in apps.get_app_config("office").get_models()} - kept == {
        m.__name__ for m in PROJECTED
    }


def test_a_checkpoint_is_signed_at_each_determination_and_edition_and_every_ten(walked):
    sizes = set(Checkpoint.objects.values_list("size", flat=True))
    marked = Event.objects.filter(kind__in=log.CHECKPOINT_KINDS).values_list("seq", flat=True)
    assert {seq + 1 for seq in marked} <= sizes
    assert set(range(10, Log.objects.get().size + 1, 10)) <= sizes


def test_a_checkpoint_verifies_with_nothing_but_the_public_key(walked):
    walk, _ = walked
    newest = Checkpoint.objects.order_by("size").last()
    vkey = keys.vkey(settings.KEYS, walk.body.pk)

    checkpoint = notes.verify(newest.note, vkey=vkey, verify=keys.verifier_of(vkey))

    assert checkpoint.size == newest.size


def test_an_act_that_fails_leaves_no_event(walked, monkeypatch):
    walk, case = walked
    before = Event.objects.count()

    monkeypatch.setattr(log.projections, "project", lambda happened: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_person(walk.body, name="Orang Baru", at=walk.now + timedelta(days=1))

    assert Event.objects.count() == before
    assert Log.objects.get().size == before


def test_a_missing_key_is_told_in_one_sentence(walked, settings, tmp_path):
    settings.KEYS = tmp_path / "hilang"
    with pytest.raises(BadInput) as error:
        check_all()
    assert error.value.codes == ("key_missing",)


def test_reading_the_history_names_who_acted(walked):
    walk, case = walked
    event = Event.objects.filter(case=case.pk, kind="determination.made").get()
    assert event.actor == person_in(walk, "atasan_ppid").pk


@pytest.mark.parametrize(
    "fact",
    [
        log.Fact("step.acted", {"run": {"type": "Acted"}}, case=uuid4()),
        log.Fact("item.added", {"public_id": "X", "agency_id": str(uuid4())}, item=uuid4()),
        log.Fact("from.tomorrow", {"anything": 1}),
    ],
    ids=lambda fact: fact.kind,
)
def test_an_event_that_cannot_follow_the_others_is_named(walked, monkeypatch, fact):
    walk, _ = walked
    monkeypatch.setattr(log.projections, "project", lambda happened: None)
    log.append(fact, body=walk.body.pk, by=None, at=walk.tick())
    monkeypatch.undo()

    finding = check_all().findings[0]

    assert finding.code == "replay_failed"
    assert str(Event.objects.latest("seq").seq) in finding.place


def test_a_tail_that_was_cut_with_its_traces_is_found_only_from_outside(walked):
    walk, _ = walked
    size, frontier = Log.objects.values_list("size", "frontier").get()
    kept = set(Checkpoint.objects.values_list("pk", flat=True))
    person = add_person(walk.body, name="Orang yang dihapus", at=walk.tick())
    outside = log.checkpoint(walk.body.pk, at=walk.tick()).note

    without_triggers()
    sql("DELETE FROM office_event WHERE seq >= %s", size)
    Checkpoint.objects.exclude(pk__in=kept).delete()
    Log.objects.update(size=size, frontier=frontier)
    person.delete()

    assert check_all().findings == ()
    assert [one.code for one in check_all([outside]).findings] == ["log_cut"]


def test_a_checkpoint_from_outside_of_the_same_log_changes_nothing(walked):
    walk, _ = walked
    outside = Checkpoint.objects.order_by("size").first().note
    assert check_all([outside, outside.replace(walk.body.pk, "lain")]).findings == ()
