"""The rolling check: every stored byte within the round, oldest first, damage named once."""

import shutil
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as live
from django.db import DatabaseError, OperationalError

from office.offices import assert_sound, case_in, item_in, office, who
from office.pages import as_role, send, visit
from office.vaults import recovery_key, store
from ppid.errors import BadInput, PpidError, Refused
from ppid.office import tasks
from ppid.office.actions import fixity
from ppid.office.actions.bodies import change_settings
from ppid.office.actions.fixity import check_every_file, check_share, wish_check
from ppid.office.actions.vault import begin_rotation, reseal, waiting
from ppid.office.models import Body, Event, Fixity
from ppid.office.queries.fixity import fixity_days, share_of_today, vault_care

pytestmark = pytest.mark.django_db(databases=["default", "public"])
FILES = 6


@pytest.fixture
def desk(settings):
    settings.FIXITY_DAYS = "6"
    walk = office()
    recovery_key(walk)
    item = item_in(walk, case_in(walk))
    return walk, [store(walk, item, f"isi {n}".encode() * 99) for n in range(FILES)]


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def damage(copy):
    file = live.VAULT / copy.name
    kept = file.read_bytes()
    file.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    return kept


def events(kind):
    return Event.objects.filter(kind=kind).count()


def care(walk, role="auditor"):
    return vault_care(walk.body, by=who(walk, role), at=walk.now)


def test_every_file_is_read_within_the_round_a_share_a_day(desk):
    walk, _ = desk
    read = []
    for _ in range(FILES):
        read.append(check_share(walk.body, at=walk.now).files)
        assert check_share(walk.body, at=walk.now).files == 0
        walk.now += timedelta(days=1)

    # the age format adds a stanza of random length, so a share is one file or two
    assert set(read) <= {1, 2}
    assert Fixity.objects.count() == FILES
    assert events("vault.checked") == FILES
    assert_sound()


def test_the_file_that_waits_longest_is_read_first(desk):
    walk, copies = desk
    first = [one.name for one in share_of_today(walk.body, at=walk.now)]
    assert first == [one.name for one in copies[: len(first)]]
    check_every_file(walk.body, at=walk.tick())
    begin_rotation(walk.body, at=walk.tick())
    reseal(walk.body, copies[3].pk, at=walk.tick())
    walk.now += timedelta(days=1)

    copies[3].refresh_from_db()
    assert next(share_of_today(walk.body, at=walk.now)).name == copies[3].name


def test_what_a_standstill_has_left_is_made_up_at_once(desk):
    walk, _ = desk
    walk.now += timedelta(days=30)

    assert check_share(walk.body, at=walk.now).files == FILES


def test_a_killed_worker_reads_again_only_what_was_not_recorded(desk, monkeypatch):
    walk, _ = desk
    walk.now += timedelta(days=30)
    monkeypatch.setattr(fixity, "MOST_FILES", 4)
    assert check_share(walk.body, at=walk.now).files == 4

    assert check_share(walk.body, at=walk.now).files == FILES - 4


def test_a_batch_ends_at_its_bytes_too(desk, monkeypatch):
    walk, copies = desk
    walk.now += timedelta(days=30)
    monkeypatch.setattr(fixity, "MOST_BYTES", copies[0].sealed_size + 1)

    assert check_share(walk.body, at=walk.now).files == 2


def test_a_damaged_file_is_told_once_and_a_mended_one_is_forgotten(desk):
    walk, copies = desk
    kept = damage(copies[2])

    found = [check_every_file(walk.body, at=walk.tick()).damaged for _ in range(2)]

    assert [[one.code for one in each] for each in found] == [["file_altered"]] * 2
    assert events("vault.damaged") == 1
    assert [one.copy for one in care(walk).damaged] == [copies[2]]
    (live.VAULT / copies[2].name).write_bytes(kept)
    check_every_file(walk.body, at=walk.tick())
    assert care(walk).damaged == ()
    assert_sound()


def test_a_damage_that_grows_worse_is_told_anew(desk):
    walk, copies = desk
    damage(copies[0])
    check_every_file(walk.body, at=walk.tick())
    (live.VAULT / copies[0].name).unlink()

    check_every_file(walk.body, at=walk.tick())

    assert events("vault.damaged") == 2
    assert care(walk).damaged[0].what == "tidak ada"


def test_where_a_good_copy_is_stands_beside_the_damage(desk):
    walk, copies = desk
    new = store(walk, copies[0].item, b"versi dua", document=copies[0].document)
    damage(copies[0])
    check_every_file(walk.body, at=walk.tick())

    (found,) = care(walk).damaged

    assert (found.others, found.backup) == ((new.version,), None)


def test_a_file_that_is_sealed_anew_has_never_been_read(desk):
    walk, copies = desk
    check_every_file(walk.body, at=walk.tick())
    assert care(walk).unread == 0
    assert care(walk).round_at == walk.now
    begin_rotation(walk.body, at=walk.tick())
    reseal(walk.body, waiting(walk.body)[0], at=walk.tick())

    found = care(walk)

    assert (found.unread, found.round_at, Fixity.objects.count()) == (1, None, FILES - 1)
    assert_sound()


def test_a_file_sealed_anew_while_it_is_read_is_left_for_the_next_time(desk, monkeypatch):
    walk, copies = desk
    examine = fixity.examine

    def meanwhile(copy, *about, **more):
        if waiting(walk.body):
            reseal(walk.body, waiting(walk.body)[0], at=walk.tick())
        return examine(copy, *about, **more)

    begin_rotation(walk.body, at=walk.tick())
    monkeypatch.setattr(fixity, "examine", meanwhile)

    done = check_every_file(walk.body, at=walk.tick())

    assert (done.files, done.damaged, Fixity.objects.count()) == (0, (), 0)


def test_a_storage_that_is_gone_is_no_damage_and_nothing_is_recorded(desk):
    walk, _ = desk
    shutil.move(live.VAULT, live.VAULT.with_name("lain"))

    assert refused(lambda: check_share(walk.body, at=walk.now), BadInput) == ("storage_missing",)
    assert tasks.check_shares(at=walk.now) == []

    assert Fixity.objects.count() == 0


def test_the_worker_reads_the_share_of_each_body_and_tells_the_damage(desk):
    walk, copies = desk
    damage(copies[0])

    found = tasks.check_shares(at=walk.now)

    assert [one.code for one in found] == ["file_altered"]
    assert tasks.check_shares(at=walk.now) == []


def test_after_a_restore_every_file_is_read_once(desk):
    walk, _ = desk
    assert not tasks.check_restored(at=walk.now)
    (live.DATA / "restored").write_text("20260101T000000Z-00000000\n")

    assert tasks.check_restored(at=walk.now)
    assert not tasks.check_restored(at=walk.now)

    assert (events("backup.restored"), Fixity.objects.count()) == (1, FILES)
    assert_sound()


@pytest.mark.parametrize("days", ["0", "sembilan", "99999"])
def test_a_round_of_no_days_is_refused(settings, days):
    settings.FIXITY_DAYS = days
    assert refused(lambda: fixity_days(Body()), BadInput) == ("fixity_days",)


def test_a_body_may_choose_its_own_days(desk):
    walk, _ = desk
    change_settings(
        walk.body, by=who(walk, "ppid_utama"), at=walk.tick(), choices={"fixity_days": 1}
    )
    walk.body.refresh_from_db()

    assert care(walk).days == 1
    assert check_share(walk.body, at=walk.now).files == FILES


def wish(walk, role="auditor", **more):
    wish_check(walk.body, by=who(walk, role), at=walk.tick(), **more)


def test_a_wish_is_done_by_the_worker_batch_by_batch_and_leaves_its_share_alone(desk, monkeypatch):
    walk, _ = desk
    check_every_file(walk.body, at=walk.tick())
    wish(walk)
    monkeypatch.setattr(fixity, "MOST_FILES", 4)
    assert (care(walk).left, care(walk).wish.by_id) == (FILES, who(walk, "auditor"))
    assert refused(lambda: wish(walk, "ppid_utama"), Refused) == ("check_under_way",)

    tasks.check_shares(at=walk.tick())
    assert care(walk).left == FILES - 4
    tasks.check_shares(at=walk.tick())

    assert care(walk).left == 0
    assert check_share(walk.body, at=walk.tick()).files == 0
    wish(walk)
    assert care(walk).left == FILES
    assert_sound()


def test_a_wish_waits_for_damaged_files_no_longer_than_for_whole_ones(desk):
    walk, copies = desk
    damage(copies[4])
    wish(walk)

    check_share(walk.body, at=walk.tick())

    assert (care(walk).left, len(care(walk).damaged)) == (0, 1)


def test_what_was_sealed_after_the_wish_is_not_waited_for(desk):
    walk, copies = desk
    wish(walk)
    store(walk, copies[0].item, b"kemudian")

    assert care(walk).left == FILES


def test_new_files_do_not_keep_what_is_late_waiting(desk):
    walk, copies = desk
    check_every_file(walk.body, at=walk.tick())
    walk.now += timedelta(days=30)
    for number in range(FILES):
        store(walk, copies[0].item, f"baru {number}".encode() * 99)

    names = {one.name for one in share_of_today(walk.body, at=walk.now)}

    assert names >= {one.name for one in copies}


def test_an_empty_vault_is_not_checked(settings):
    assert refused(lambda: wish(office()), Refused) == ("vault_empty",)


@pytest.mark.parametrize("role", ["petugas_ppid", "arsiparis"])
def test_a_wish_is_for_those_who_see_how_whole_the_vault_is(desk, role):
    walk, _ = desk
    assert refused(lambda: wish(walk, role), Refused) == ("not_authorised",)


def test_the_page_has_everything_read_and_says_how_far_it_is(desk, client):
    walk, _ = desk
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "ppid_utama")
        send(client, "vault_care", act=uuid4())
        asked = visit(client, "vault_care").content.decode()
    check_share(walk.body, at=walk.tick())
    with time_machine.travel(walk.now, tick=False):
        done = visit(client, "vault_care").content.decode()

    assert f"{FILES} dari {FILES} berkas belum dibaca" in asked
    assert "disabled" in asked
    assert f"{FILES} dari {FILES} berkas belum dibaca" not in done
    assert events("vault.check_wished") == 1


def test_a_body_without_a_vault_has_nothing_to_read(settings):
    walk = office()
    assert check_share(walk.body, at=walk.now).files == 0
    found = care(walk)
    assert (found.files, found.due_at, found.damaged) == (0, None, ())


@pytest.mark.parametrize("role", ["auditor", "pimpinan_badan_publik", "ppid_utama"])
def test_the_page_names_damage_place_and_remedy(desk, client, role):
    walk, copies = desk
    damage(copies[1])
    check_every_file(walk.body, at=walk.tick())
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, role)
        page = visit(client, "vault_care").content.decode()
        register = visit(client, "register").content.decode()
        inbox = visit(client, "inbox").content.decode()

    assert "1 berkas di brankas rusak" in inbox
    assert copies[1].name in page
    assert copies[1].file_name in page
    assert "Tidak ada cadangan" in page
    assert "register/brankas/" in register


@pytest.mark.parametrize("role", ["petugas_ppid", "arsiparis"])
def test_others_do_not_see_it(desk, client, role):
    walk, _ = desk
    assert refused(lambda: care(walk, role), Refused) == ("not_authorised",)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, role)
        visit(client, "vault_care", status=403)
        for route in ("register", "inbox"):
            assert "register/brankas/" not in visit(client, route).content.decode()


@pytest.mark.parametrize("kind", [OperationalError, DatabaseError, OSError])
def test_a_disk_or_database_that_fails_under_a_page_is_a_sentence(desk, client, monkeypatch, kind):
    walk, _ = desk

    def fails(*_, **__):
        raise kind("disk I/O error")

    monkeypatch.setattr("ppid.office.views.fixity.vault_care", fails)
    with time_machine.travel(walk.now, tick=False):
        as_role(client, walk, "auditor")
        page = visit(client, "vault_care", status=503)

    assert [one.code for one in page.context["findings"]] == ["data_unusable"]
    assert "ppid doctor" in page.content.decode()
