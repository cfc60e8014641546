"""Bags: whole, valid by bagit, provable outside, a reading of each item, and never half-written."""

import io
import json
import subprocess
import sys
import zipfile

import bagit
import pytest
import time_machine

from office.offices import assert_sound, office, register_item, who
from office.pages import as_role, send, visit
from office.signing import prepared
from office.test_paper_records import scanned_in
from office.vaults import recovery_key, store
from ppid.errors import BadInput, CorruptData, NotFound, PpidError, Refused
from ppid.ledger import evidence
from ppid.ledger.proof import parse_inclusion
from ppid.office import bag as bags
from ppid.office import keys
from ppid.office.actions.bags import export_bag
from ppid.office.models import Event
from ppid.office.paper_files import content_of
from ppid.office.queries.bags import bag_of_item, bag_of_year

pytestmark = pytest.mark.django_db(databases=["default", "public"])
CONTENT = b"KENARI-BAG isi yang dikecualikan"
REAL_PRESS = bags.press


@pytest.fixture
def desk(tmp_path, settings, monkeypatch):
    """An office with a determined item and its soft copy; papers are pressed in one test only."""
    monkeypatch.setattr(bags, "press", lambda *_, **__: b"%PDF-1.7 lembar")
    settings.VAULT = tmp_path / "vault"
    walk = office()
    recovery_key(walk)
    item = register_item(walk)
    copy = store(walk, item, CONTENT, name="Rekam medis.pdf")
    (tmp_path / "keluar").mkdir()
    return walk, item, copy, tmp_path / "keluar"


def export(desk, *, role="arsiparis", order=None, **more):
    walk, item, _, into = desk
    by = who(walk, role)
    order = order or bag_of_item(item.pk, by=by, body=walk.body.pk, on=walk.today)
    values = {"reason": "serah terima", "title": order.title, "into": into, "name": order.name}
    return export_bag(order.items, by=by, at=walk.tick(), **values | more)


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def payload(folder):
    data = folder / "data"
    return {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}


def test_a_bag_is_valid_and_says_that_it_is_confidential(desk):
    made = export(desk)

    assert bagit.Bag(str(made)).is_valid()
    assert {path.name for path in made.glob("manifest-*")} == {
        "manifest-sha256.txt",
        "manifest-sha512.txt",
    }
    command = [sys.executable, "-m", "bagit", "--validate", str(made)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    info = (made / "bag-info.txt").read_text()
    assert "RAHASIA" in info
    assert "Pemerintah Kota" in info
    assert made.stat().st_mode & 0o077 == 0
    assert_sound()


def test_it_holds_sheets_letters_events_and_the_sealed_copy_only(desk, monkeypatch):
    _, item, copy, _ = desk
    monkeypatch.setattr(bags, "press", REAL_PRESS)

    made = export(desk)

    found = payload(made)
    about = f"informasi/{item.pk}"
    assert {f"{about}/informasi.json", f"{about}/lembar-uji-1.pdf"} <= found
    assert f"{about}/brankas/{copy.name}" in found
    assert sum(name.startswith(f"{about}/penetapan-") for name in found) == 1
    assert not any("terbuka" in name for name in found)
    assert (made / "data" / about / "lembar-uji-1.pdf").read_bytes().startswith(b"%PDF-")
    assert not [path for path in made.rglob("*") if path.is_file() and CONTENT in path.read_bytes()]
    (said,) = json.loads((made / "data" / about / "informasi.json").read_text())["soft_copy"]
    assert (said["nama_berkas"], said["berkas"]) == ("Rekam medis.pdf", copy.name)


def test_a_letter_that_was_signed_is_there_as_it_was_signed(desk):
    walk, item, *_ = desk
    paper = prepared(walk, item.determination)
    scanned_in(walk, paper)

    made = export(desk)

    (kept,) = made.glob(f"data/informasi/{item.pk}/penetapan-*-bertanda-tangan.pdf")
    assert kept.read_bytes() == content_of(paper.revisions.order_by("place").last().sha256)


def test_every_event_in_it_is_proven_by_the_key_and_checkpoint_beside_it(desk):
    made = export(desk)

    vkey = (made / "data/kunci/vkey.txt").read_text().strip()
    proofs = sorted((made / "data/peristiwa").iterdir())
    proven = [
        evidence.verify(parse_inclusion(one.read_text()), vkey=vkey, verify=keys.verifier_of(vkey))
        for one in proofs
    ]

    kinds = [one.entry.kind for one in proven]
    for kind in ("item.added", "test.written", "determination.made", "document.stored"):
        assert kind in kinds
    assert kinds[-1] == "bag.exported"
    stored = next(one for one in proven if one.entry.kind == "document.stored")
    assert stored.evidence.opened["file_name"]["value"] == "Rekam medis.pdf"


def test_opened_copies_are_there_only_when_they_were_asked_for(desk):
    _, item, copy, _ = desk

    made = export(desk, opened=True)

    plain = made / f"data/informasi/{item.pk}/terbuka/{copy.document}.1.pdf"
    assert plain.read_bytes() == CONTENT


def test_an_export_is_recorded_with_its_reason_before_anything_is_written(desk, monkeypatch):
    walk, item, _, into = desk

    def fails(*_, **__):
        raise CorruptData(bags.unwritable(into, OSError(28, "penuh")))

    monkeypatch.setattr("ppid.office.actions.bags.write_bag", fails)

    assert refused(lambda: export(desk)) == ("bag_unwritable",)

    event = Event.objects.get(kind="bag.exported")
    assert (event.actor, event.item) == (who(walk, "arsiparis"), item.pk)
    assert event.sealed["reason"]["value"] == "serah terima"
    assert Event.objects.filter(kind="document.read", item=item.pk).exists()
    assert list(into.iterdir()) == []


def test_a_damaged_soft_copy_is_named_and_no_half_bag_stays(desk, settings):
    _, _, copy, into = desk
    (settings.VAULT / copy.name).write_bytes(b"rusak")

    assert refused(lambda: export(desk), CorruptData) == ("file_cut",)

    assert list(into.iterdir()) == []


def test_a_bag_that_bagit_refuses_is_none(desk, monkeypatch):
    pack = bags._bagit

    def spoiling(folder, about):
        if not about:
            (folder / "data" / "BACA-DAHULU.txt").write_text("lain")
        pack(folder, about)

    monkeypatch.setattr(bags, "_bagit", spoiling)

    assert refused(lambda: export(desk), CorruptData) == ("bag_invalid",)

    assert list(desk[3].iterdir()) == []


def test_nothing_is_overwritten_and_a_missing_folder_or_reason_is_told(desk):
    *_, into = desk
    made = export(desk)
    kept = payload(made)
    assert refused(lambda: export(desk, into=into, name=made.name)) == ("bag_exists",)
    assert payload(made) == kept
    assert refused(lambda: export(desk, reason=" "), BadInput) == ("reason_missing",)
    assert refused(lambda: export(desk, into=into / "tidak-ada"), BadInput) == ("bag_unwritable",)


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik"])
def test_who_may_not_file_exports_nothing(desk, role):
    assert refused(lambda: export(desk, role=role), Refused) == ("not_authorised",)
    assert list(desk[3].iterdir()) == []
    assert not Event.objects.filter(kind="bag.exported").exists()


def test_a_year_holds_what_was_determined_in_it(desk):
    walk, item, _, _ = desk
    by = who(walk, "arsiparis")
    order = bag_of_year(walk.today.year, by=by, body=walk.body.pk, on=walk.today)

    made = export(desk, order=order)

    assert order.items == (item,)
    assert f"informasi/{item.pk}/informasi.json" in payload(made)
    empty = bag_of_year(1999, by=by, body=walk.body.pk, on=walk.today)
    assert refused(lambda: export(desk, order=empty), NotFound) == ("bag_empty",)


def test_the_button_hands_out_the_bag_as_a_zip_and_leaves_nothing(desk, client, settings):
    walk, item, copy, _ = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "arsiparis")
        assert "rahasia" in visit(client, "bag", item.pk).content.decode()
        send(client, "bag", item.pk, status=200, reason="")
        answer = send(client, "bag", item.pk, status=200, reason="serah terima")
        whole = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        answer.close()

    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    assert any(name.endswith(copy.name) for name in whole.namelist())
    assert not list(settings.DATA.glob(".bag-*"))


def test_the_button_says_who_may_export(desk, client):
    walk, item, _, _ = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "auditor")
        page = send(client, "bag", item.pk, status=403, reason="ingin tahu")
    assert [one.code for one in page.context["findings"]] == ["not_authorised"]
