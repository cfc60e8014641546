"""The keys of a vault: recovery keys, another service key, and everything sealed anew."""

import os
import shutil
from datetime import UTC, datetime

import pytest
from django.conf import settings

from office.offices import assert_sound, case_in, item_in, office
from office.remembered import remembered
from office.vaults import content, names, recovery_key, store
from ppid.errors import BadInput, CorruptData, PpidError, Refused
from ppid.office import tasks, vault
from ppid.office.actions import vault as acts
from ppid.office.actions.vault import (
    add_recovery_key,
    begin_rotation,
    drop_recovery_key,
    end_rotation,
    keys_of,
    reseal,
    waiting,
)
from ppid.office.models import Event, SoftCopy, VaultKeys
from ppid.office.queries.vault import content_of, faults, nobodys
from ppid.vault import age, keyring
from vault.vaults import WEAK

pytestmark = pytest.mark.django_db(databases=["default", "public"])
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
@remembered
def desk():
    walk = office()
    printed = recovery_key(walk)
    item = item_in(walk, case_in(walk))
    return walk, [store(walk, item, f"isi {n}".encode() * 9999) for n in range(3)], printed


def refused(act, kind=PpidError):
    with pytest.raises(kind) as error:
        act()
    return error.value.codes


def ring(walk):
    return keyring.recipients(vault.keyring_of(walk.body.pk))


def rotate(walk):
    begin_rotation(walk.body, at=walk.tick())
    for copy in waiting(walk.body):
        reseal(walk.body, copy, at=walk.tick())
    return end_rotation(walk.body)


def whole(walk, copies, printed=""):
    """Whether every copy opens with both keys, and nothing else lies about."""
    opened = [content(copy) for copy in copies]
    if printed:
        assert opened == [content(copy, identities=[printed]) for copy in copies]
    return (
        opened == [f"isi {n}".encode() * 9999 for n in range(len(copies))]
        and list(faults()) == []
        and names() == sorted(SoftCopy.objects.values_list("name", flat=True))
    )


def test_the_first_recovery_key_makes_the_service_key_and_the_folder():
    walk = office()

    recovery_key(walk)

    keys = keys_of(walk.body)
    assert (keys.version, keys.service, len(keys.recovery)) == (1, ring(walk)[0], 1)
    assert settings.VAULT.stat().st_mode & 0o777 == 0o700
    assert_sound()


def test_no_secret_of_a_key_reaches_the_log_or_the_data_folder_but_the_services_own_file(desk):
    walk, _, printed = desk
    (service,) = keyring.identities(vault.keyring_of(walk.body.pk))
    for event in Event.objects.filter(kind="vault.keys_set"):
        assert b"SECRET" not in bytes(event.entry)
        assert event.sealed == {}
    for path in settings.DATA.rglob("*"):
        if path.is_file():
            assert printed.encode() not in path.read_bytes()
            assert service.encode() not in path.read_bytes() or path.suffix == ".vault"


def test_keys_that_are_no_recovery_keys_are_refused(desk):
    walk, _, printed = desk
    known = age.recipient_of(printed)
    for recipient, codes_ in (
        ("age1salah", ("recipient_malformed",)),
        (printed, ("recipient_malformed",)),
        (WEAK[0], ("recipient_weak",)),
        (ring(walk)[0], ("recovery_is_service",)),
        (known, ("recovery_known",)),
    ):
        found = refused(
            lambda one=recipient: add_recovery_key(walk.body, recipient=one, at=walk.tick())
        )
        assert found == codes_
    assert keys_of(walk.body).recovery == [known]


def test_the_last_recovery_key_stays(desk):
    walk, copies, printed = desk
    first = age.recipient_of(printed)
    assert refused(
        lambda: drop_recovery_key(walk.body, recipient=first, at=walk.tick()), Refused
    ) == ("recovery_last",)
    second = recovery_key(walk)

    drop_recovery_key(walk.body, recipient=f" {first.upper()} ", at=walk.tick())

    assert keys_of(walk.body).recovery == [age.recipient_of(second)]
    assert refused(
        lambda: drop_recovery_key(walk.body, recipient=first, at=walk.tick()), Refused
    ) == ("recovery_unknown",)
    rotate(walk)
    assert whole(walk, copies, second)
    assert refused(lambda: content(copies[0], identities=[printed])) == (
        "identity_not_a_recipient",
    )


def test_after_a_rotation_everything_opens_and_the_old_key_opens_nothing(desk):
    walk, copies, printed = desk
    (old,) = keyring.identities(vault.keyring_of(walk.body.pk))

    assert rotate(walk) == 1

    assert whole(walk, copies, printed)
    assert len(ring(walk)) == 1
    assert refused(lambda: content(copies[0], identities=[old])) == ("identity_not_a_recipient",)
    assert Event.objects.filter(kind="document.resealed").count() == 3
    assert_sound()


def test_a_rotation_that_broke_off_anywhere_goes_on_where_it_was(desk, monkeypatch):
    walk, copies, printed = desk
    path = vault.keyring_of(walk.body.pk)
    keyring.add(path)  # the file had its new key, the log did not
    assert whole(walk, copies, printed)

    begin_rotation(walk.body, at=walk.tick())
    assert len(ring(walk)) == 2
    reseal(walk.body, waiting(walk.body)[0], at=walk.tick())
    assert end_rotation(walk.body) == 0
    assert whole(walk, copies, printed)

    begin_rotation(walk.body, at=walk.tick())  # goes on, takes no third key
    assert (len(ring(walk)), len(waiting(walk.body))) == (2, 2)
    assert rotate(walk) == 1
    assert whole(walk, copies, printed)
    assert_sound()


def test_the_key_in_use_never_retires_when_the_log_does_not_know_the_newer_one(desk):
    walk, copies, printed = desk
    keyring.add(vault.keyring_of(walk.body.pk))

    assert end_rotation(walk.body) == 0

    assert whole(walk, copies, printed)


def test_of_two_who_seal_the_same_copy_anew_one_wins_and_nothing_is_left_over(desk, monkeypatch):
    walk, copies, printed = desk
    begin_rotation(walk.body, at=walk.tick())
    first = waiting(walk.body)[0]
    real = acts.reseal_copy

    def meanwhile(*args, **more):
        monkeypatch.setattr(acts, "reseal_copy", real)
        assert reseal(walk.body, first, at=walk.tick())
        return real(*args, **more)

    monkeypatch.setattr(acts, "reseal_copy", meanwhile)

    # the file that the slower one wanted to read is gone: no damage, the row names another now
    assert reseal(walk.body, first, at=walk.tick()) is False

    assert reseal(walk.body, first, at=walk.tick()) is False
    rotate(walk)
    assert whole(walk, copies, printed)


def test_of_two_who_finished_together_the_slower_one_takes_its_file_back(desk, monkeypatch):
    walk, copies, printed = desk
    begin_rotation(walk.body, at=walk.tick())
    first = waiting(walk.body)[0]
    real = acts.reseal_copy

    def meanwhile(*args, **more):
        monkeypatch.setattr(acts, "reseal_copy", real)
        made = real(*args, **more)
        assert reseal(walk.body, first, at=walk.tick())
        return made

    monkeypatch.setattr(acts, "reseal_copy", meanwhile)

    assert reseal(walk.body, first, at=walk.tick()) is False

    rotate(walk)
    assert whole(walk, copies, printed)


def test_the_worker_goes_on_with_what_waits_and_tells_a_damaged_copy_once(desk, caplog):
    walk, copies, printed = desk
    (settings.VAULT / copies[1].name).write_bytes(b"rusak")
    begin_rotation(walk.body, at=walk.tick())
    damaged = set()

    assert tasks.reseal_waiting(damaged, at=walk.tick(), most=2) == 1
    assert tasks.reseal_waiting(damaged, at=walk.tick(), most=2) == 1
    assert tasks.reseal_waiting(damaged, at=walk.tick()) == 0

    assert damaged == {copies[1].pk}
    assert len(caplog.records) == 1
    assert len(ring(walk)) == 2  # the old key may still open the good copy in a backup
    assert "isi" not in caplog.text


def test_a_vault_that_is_gone_stops_one_round_only(desk, caplog):
    walk, copies, _ = desk
    begin_rotation(walk.body, at=walk.tick())
    settings.VAULT.rename(settings.VAULT.with_name("lain"))
    assert tasks.reseal_waiting(set(), at=walk.tick()) == 0
    assert len(caplog.records) == 1
    settings.VAULT.with_name("lain").rename(settings.VAULT)
    assert tasks.reseal_waiting(set(), at=walk.tick()) == 3
    assert whole(walk, copies)


def test_a_copy_that_was_sealed_anew_meanwhile_is_read_from_its_new_file(desk):
    walk, copies, _ = desk
    old = SoftCopy.objects.select_related("item").get(pk=copies[0].pk)
    rotate(walk)
    assert content_of(old).read() == b"isi 0" * 9999


def test_a_damaged_copy_is_not_read_at_all(desk):
    walk, copies, _ = desk
    os.truncate(settings.VAULT / copies[2].name, 9000)
    with pytest.raises(CorruptData) as error:
        content_of(copies[2])
    assert error.value.codes == ("file_cut",)


def test_what_is_wrong_with_a_file_is_named_with_its_document(desk):
    walk, copies, _ = desk
    shutil.copy(settings.VAULT / copies[0].name, settings.VAULT / copies[1].name)
    os.truncate(settings.VAULT / copies[2].name, 100)

    found = list(faults())

    assert [one.code for one in found] == ["file_swapped", "file_cut"]
    assert str(copies[1].document) in found[0].place
    assert str(copies[0].document) in found[0].message
    assert found[0].place.startswith("kota ")
    assert list(faults(body="lain")) == []


def test_an_old_file_that_nobody_names_is_found(desk):
    walk, copies, _ = desk
    name = copies[0].name.replace(copies[0].name[-20:-4], "0" * 16)
    shutil.copy(settings.VAULT / copies[0].name, settings.VAULT / name)
    assert [one.name for one in nobodys(before=LATER)] == [name]
    assert nobodys(before=datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_without_keys_there_is_nothing_to_rotate():
    walk = office()
    assert refused(lambda: begin_rotation(walk.body, at=walk.tick())) == ("vault_without_keys",)
    assert VaultKeys.objects.count() == 0


def test_a_lost_service_key_is_named_and_the_printed_one_still_opens(desk):
    walk, copies, printed = desk
    vault.keyring_of(walk.body.pk).unlink()
    assert refused(lambda: content(copies[0]), BadInput) == ("keyring_missing",)
    assert content(copies[0], identities=[printed]) == b"isi 0" * 9999
