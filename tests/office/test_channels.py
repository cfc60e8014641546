"""The list leaves by other ways too: to real folders, S3, SFTP, and to servers as documented."""

import copy
import hashlib
import hmac
import json
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncssh
import boto3
import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from office import sftp_server
from office.channel_servers import (
    KEY,
    PASSWORD,
    TOKEN,
    Blog,
    Portal,
    Site,
    listening,
    own_certificate,
)
from office.offices import appoint, assert_sound, office, register_item, who
from office.pages import as_role, send, visit
from office.remembered import remembered
from ppid.commands.doctor import State, _channels
from ppid.errors import BadInput, Conflict, Finding, Refused
from ppid.office import tasks
from ppid.office.actions import channels as actions
from ppid.office.actions.channels import (
    LONGEST_WAIT,
    deliver_due,
    set_channel,
    switch_channel,
    try_now,
)
from ppid.office.actions.editions import deliver, publish_edition
from ppid.office.channel_secrets import secrets_of
from ppid.office.channels import errand, web
from ppid.office.channels.kinds import FIELDS, ChannelKind, field_findings
from ppid.office.models import Channel, ChannelDelivery, Event
from ppid.office.queries.channels import channel_line, delivery_lines
from ppid.public import intake
from vault.s3_server import KEYS, make_bucket, service

pytestmark = pytest.mark.django_db(databases=["default", "public"])
HERE = Path(__file__).parent
SHORT = 0.3


@pytest.fixture(autouse=True)
def on_this_machine(settings):
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    settings.PUBLIC_URL = "https://informasi.example.go.id"


@pytest.fixture
@remembered
def walk():
    walk = office()
    appoint(walk, "pengelola_sistem")
    register_item(walk, title="Rekam [gallery] <b>medis</b>")
    publish(walk)
    return walk


def publish(walk):
    edition = publish_edition(
        walk.body, by=who(walk, "ppid_utama"), at=walk.tick(), cleared="Judul dibuat untuk umum."
    )
    deliver(walk.body, at=walk.tick())
    return edition


def add(walk, kind, name="Saluran", **given):
    key = set_channel(
        walk.body,
        kind=ChannelKind(kind),
        name=name,
        given=given,
        by=who(walk, "pengelola_sistem"),
        at=walk.tick(),
    )
    return Channel.objects.select_related("body").get(pk=key)


def change(walk, channel, **given):
    return set_channel(
        walk.body,
        kind=ChannelKind(channel.kind),
        name=channel.name,
        given=channel.settings | given,
        by=who(walk, "pengelola_sistem"),
        at=walk.tick(),
        channel=channel,
    )


def bring(walk, *, later=timedelta(0), seconds=20):
    """How many lists arrived in a round of the worker; no time passes but what is said."""
    return deliver_due(walk.body, at=walk.now + later, seconds=seconds)


def again(walk, channel):
    try_now(channel, by=who(walk, "petugas_ppid"), at=walk.tick())
    return bring(walk)


def last(channel):
    return channel.deliveries.first()


def folder_channel(walk, tmp_path):
    folder = tmp_path.parent / f"{tmp_path.name}-luar"
    folder.mkdir()
    return add(walk, "folder", folder=str(folder)), folder


def of_site(path, on):
    with (
        override_settings(ROOT_URLCONF="ppid.public.urls"),
        time_machine.travel(on, tick=False),
    ):
        return b"".join(Client().get(path).streaming_content)


def test_a_folder_gets_the_bytes_that_the_site_hands_out(walk, tmp_path):
    channel, folder = folder_channel(walk, tmp_path)

    assert bring(walk) == 1

    files = {one.name: one.read_bytes() for one in folder.iterdir()}
    assert set(files) == {f"dik-kota{end}" for end in (".csv", ".xlsx", ".json", "-edisi.json")}
    for end in ("csv", "json", "xlsx"):
        assert files[f"dik-kota.{end}"] == of_site(f"/kota/unduh.{end}", walk.now)
    about = json.loads(files["dik-kota-edisi.json"])
    assert about["edition"]["content_hash"] == walk.body.editions.get().content_hash
    assert [one["sha256"] for one in about["files"]] == [
        hashlib.sha256(files[one["name"]]).hexdigest() for one in about["files"]
    ]
    assert about["addresses"]["list"] == "https://informasi.example.go.id/kota/"
    assert stat.S_IMODE((folder / "dik-kota.csv").stat().st_mode) == 0o644
    assert last(channel).sent_at
    assert Event.objects.filter(kind="edition.sent").count() == 1
    assert_sound()


def test_the_same_edition_is_brought_once_and_a_newer_one_replaces_it(walk, tmp_path):
    channel, folder = folder_channel(walk, tmp_path)
    bring(walk)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}

    assert bring(walk) == 0
    assert again(walk, channel) == 1
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    publish(walk)
    assert bring(walk) == 1

    assert len(list(folder.iterdir())) == 4
    assert json.loads((folder / "dik-kota-edisi.json").read_bytes())["edition"]["number"] == 2
    assert [one.state for one in delivery_lines(channel)] == ["Sampai"] * 3


def test_the_list_is_brought_again_on_the_day_on_which_something_opens(walk, tmp_path):
    _, folder = folder_channel(walk, tmp_path)
    bring(walk)
    first = (folder / "dik-kota.csv").read_text()

    assert bring(walk, later=timedelta(days=300)) == 0
    assert bring(walk, later=timedelta(days=760)) == 1

    assert ",dikecualikan," in first
    assert ",terbuka," in (folder / "dik-kota.csv").read_text()


def test_what_the_site_does_not_have_yet_is_not_brought(walk, tmp_path):
    folder_channel(walk, tmp_path)
    bring(walk)
    publish_edition(walk.body, by=who(walk, "ppid_utama"), at=walk.tick(), cleared="Umum.")

    assert bring(walk) == 0
    deliver(walk.body, at=walk.tick())
    assert bring(walk) == 1


def test_an_edition_that_arrives_while_files_are_made_is_brought_instead(
    walk, tmp_path, monkeypatch
):
    newest = intake.newest_list(walk.body.pk, on=walk.today)
    publish(walk)

    with pytest.raises(Conflict) as newer:
        intake.write_list(walk.body.pk, tmp_path, newest=newest, site="https://x")
    assert newer.value.codes == ("edition_newer",)


def test_a_body_without_an_edition_or_with_its_channels_off_sends_nothing(tmp_path):
    walk = office()
    appoint(walk, "pengelola_sistem")
    channel, folder = folder_channel(walk, tmp_path)
    assert bring(walk) == 0
    with pytest.raises(Refused) as none:
        try_now(channel, by=who(walk, "petugas_ppid"), at=walk.tick())
    publish(walk)
    by = who(walk, "pengelola_sistem")
    switch_channel(channel, on=False, by=by, at=walk.tick())
    assert bring(walk) == 0
    channel.refresh_from_db()
    with pytest.raises(Refused) as off:
        try_now(channel, by=by, at=walk.tick())
    switch_channel(channel, on=True, by=by, at=walk.tick())
    assert bring(walk) == 1

    assert (none.value.codes, off.value.codes) == (("no_edition_yet",), ("channel_is_off",))
    assert_sound()


@pytest.mark.parametrize(
    ("given", "code"),
    [({"folder": "/tidak/ada/sama/sekali"}, "tidak ada"), ({"folder": "/dev/null"}, "gagal")],
)
def test_a_folder_that_cannot_be_written_is_named(walk, given, code):
    channel = add(walk, "folder", **given)
    assert bring(walk) == 0
    assert code in last(channel).result


def test_a_folder_that_became_a_link_into_the_data_is_refused(walk, tmp_path, settings):
    channel, folder = folder_channel(walk, tmp_path)
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert bring(walk) == 0
    assert "data program" in last(channel).result


def notice(walk, site, **otherwise):
    return add(walk, "webhook", **{"address": f"{site}/dik", "key": KEY} | otherwise)


def test_a_webhook_is_told_with_a_signature_over_the_very_bytes(walk):
    site = Site()
    with listening(site) as address:
        notice(walk, address)
        assert bring(walk) == 1

    [(method, path, headers, body)] = site.asked
    mac = hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()
    assert (method, path) == ("POST", "/dik")
    assert headers["X-Ppid-Signature-256"] == f"sha256={mac}"
    assert headers["X-Ppid-Delivery"] == f"kota-1-{walk.today}"
    assert json.loads(body)["edition"]["number"] == 1


BAD_DAYS = {
    403: "menolak",
    404: "404",
    409: "409",
    500: "500",
    "hang": "pada waktunya",
    "cut": "terputus",
    "huge": "terlalu besar",
    "away": "mengalihkan",
}


@pytest.mark.parametrize("trouble", BAD_DAYS, ids=str)
def test_a_bad_day_is_named_shown_and_tried_again_until_it_works(walk, trouble, caplog):
    site = Site()
    site.troubles = [trouble]
    with listening(site) as address:
        channel = notice(walk, address)
        assert bring(walk, seconds=SHORT if trouble == "hang" else 20) == 0
        first = last(channel)
        assert bring(walk) == 0  # too soon
        assert bring(walk, later=LONGEST_WAIT) == 1

    assert BAD_DAYS[trouble] in first.result
    assert channel_line(channel).fails is False
    assert (last(channel).tries, last(channel).pk) == (2, first.pk)
    assert KEY not in first.result + caplog.text


def test_waits_grow_and_a_refusal_waits_longest_at_once(walk):
    site = Site()
    with listening(site) as address:
        channel = notice(walk, address)
        waits = []
        for trouble in (500, 500, 403):
            site.troubles = [trouble]
            ChannelDelivery.objects.update(retry_at=None)
            at = walk.tick()
            deliver_due(walk.body, at=at)
            waits.append(last(channel).retry_at - at)

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), LONGEST_WAIT]
    assert channel_line(channel).fails


def test_a_newer_edition_takes_the_place_of_one_that_never_arrived(walk):
    site = Site()
    site.troubles = [500]
    with listening(site) as address:
        channel = notice(walk, address)
        bring(walk)
        publish(walk)
        assert bring(walk) == 1

    states = [one.state for one in delivery_lines(channel)]
    assert states == ["Sampai", "Digantikan yang lebih baru"]


def test_a_worker_that_was_killed_in_the_middle_is_made_up_for_after_its_lease(
    walk, tmp_path, monkeypatch
):
    channel, folder = folder_channel(walk, tmp_path)

    def killed(errand):
        (folder / "dik-kota.csv").write_text("separuh")
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "way_of", lambda kind: killed)
    with pytest.raises(KeyboardInterrupt):
        bring(walk)
    monkeypatch.undo()

    assert bring(walk) == 0  # somebody may still be at it
    assert bring(walk, later=actions.LEASE) == 1
    assert (folder / "dik-kota.csv").read_text() != "separuh"
    assert last(channel).tries == 2


def test_of_two_workers_one_brings_it(walk, tmp_path, monkeypatch):
    channel, _ = folder_channel(walk, tmp_path)
    newest = intake.newest_list(walk.body.pk, on=walk.today)
    row = actions._newest_row(channel, newest, at=walk.tick())
    monkeypatch.setattr(actions, "_newest_row", lambda *_asked, at: copy.copy(row))

    taken = [actions._due(channel, newest, at=walk.now) for _ in range(2)]  # both have read it

    assert [one is not None for one in taken] == [True, False]


def portal(walk, address, **otherwise):
    given = {"address": address, "dataset": "dik-kota", "organisation": "kominfo", "token": TOKEN}
    return add(walk, "ckan", **given | otherwise)


def test_a_ckan_dataset_is_made_then_kept_up_to_date(walk):
    site = Portal()
    with listening(site) as address:
        channel = portal(walk, address)
        assert bring(walk) == 1
        assert again(walk, channel) == 1
        publish(walk)
        assert bring(walk) == 1

    [package] = site.packages.values()
    assert [one["name"] for one in package["resources"]] == ["CSV", "XLSX", "JSON"]
    assert (package["version"], package["owner_org"]) == ("2", "kominfo")
    assert package["resources"][0]["upload"] == of_site("/kota/unduh.csv", walk.now)
    assert package["resources"][2]["description"] == "Edisi 2"


@pytest.mark.parametrize("where", [1, 2, 4])
def test_a_portal_that_fails_half_way_gets_nothing_twice(walk, where):
    site = Portal()
    site.troubles = [None] * where + ["cut"]
    with listening(site) as address:
        portal(walk, address)
        assert bring(walk) == 0
        assert bring(walk, later=LONGEST_WAIT) == 1

    [package] = site.packages.values()
    assert len(package["resources"]) == 3


@pytest.mark.parametrize(
    ("troubles", "given", "said"),
    [
        (["garbage"], {}, "bukan jawaban"),
        ([], {"token": "token-yang-salah"}, "menolak"),
        ([], {"path": "/lain"}, "bukan jawaban"),
        ([404], {}, "404"),
    ],
)
def test_a_portal_that_is_none_or_refuses_is_named(walk, troubles, given, said):
    site = Portal()
    site.troubles = troubles
    with listening(site) as address:
        given = dict(given)
        channel = portal(walk, address + given.pop("path", ""), **given)
        assert bring(walk) == 0
    assert said in last(channel).result
    assert TOKEN not in last(channel).result


@pytest.mark.parametrize("said", [b"[]", b"{}", b'{"success": true, "result": []}'])
def test_what_is_json_but_no_answer_of_a_portal_is_named(walk, said):
    site = Portal()
    site.answer = lambda *_question: (200, said)
    with listening(site) as address:
        channel = portal(walk, address)
        assert bring(walk) == 0
    assert "bukan jawaban" in last(channel).result


def blog(walk, address, **otherwise):
    given = {"address": address, "type": "pages", "slug": "dik", "user": "humas"}
    return add(walk, "wordpress", **given | {"password": PASSWORD} | otherwise)


def test_a_wordpress_page_is_made_then_changed(walk):
    site = Blog()
    with listening(site) as address:
        channel = blog(walk, address)
        assert bring(walk) == 1
        assert again(walk, channel) == 1

    [page] = site.pages.values()
    assert (page["slug"], page["status"]) == ("dik", "publish")
    assert "https://informasi.example.go.id/kota/informasi/" in page["content"]
    assert "&lt;b&gt;" in page["content"] or "Rekam" in page["content"]
    assert "[" not in page["content"]
    assert "<script" not in page["content"]


def test_a_post_is_made_among_the_posts(walk):
    site = Blog()
    with listening(site) as address:
        blog(walk, address, type="posts")
        bring(walk)
    assert {path.split("?")[0] for _, path, *_ in site.asked} == {"/wp-json/wp/v2/posts"}


@pytest.mark.parametrize(
    ("trouble", "given", "said"),
    [
        ("garbage", {}, "bukan jawaban"),
        (None, {"password": "salah"}, "menolak"),
        (b'{"code": "x"}', {}, "bukan jawaban"),
        (b"[]", {}, "bukan jawaban"),
    ],
)
def test_a_site_that_is_no_wordpress_or_refuses_is_named(walk, trouble, given, said):
    site = Blog()
    if isinstance(trouble, bytes):
        site.answer = lambda *_question: (200, trouble)
    elif trouble:
        site.troubles = [trouble]
    with listening(site) as address:
        channel = blog(walk, address, **given)
        assert bring(walk) == 0
    assert said in last(channel).result
    assert PASSWORD not in last(channel).result


@pytest.fixture(scope="module")
def s3_service():
    with service() as address:
        yield address


def bucket(walk, address, **otherwise):
    given = {
        "address": address,
        "bucket": "brankas",
        "prefix": "ppid/dik/",
        "region": KEYS["AWS_DEFAULT_REGION"],
        "key_id": KEYS["AWS_ACCESS_KEY_ID"],
        "secret_key": KEYS["AWS_SECRET_ACCESS_KEY"],
    }
    return add(walk, "s3", **given | otherwise)


def test_a_bucket_gets_the_files_and_keeps_one_of_each(walk, s3_service, monkeypatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    make_bucket(s3_service)
    channel = bucket(walk, s3_service)
    assert bring(walk) == 1
    assert again(walk, channel) == 1

    client = boto3.session.Session().client("s3", endpoint_url=s3_service)
    kept = {one["Key"]: one for one in client.list_objects_v2(Bucket="brankas")["Contents"]}
    assert set(kept) == {
        f"ppid/dik/dik-kota{end}" for end in (".csv", ".xlsx", ".json", "-edisi.json")
    }
    got = client.get_object(Bucket="brankas", Key="ppid/dik/dik-kota.csv")
    assert got["Body"].read() == of_site("/kota/unduh.csv", walk.now)
    assert got["ContentType"] == "text/csv"


def test_a_bucket_that_is_not_there_and_a_wrong_key_are_named(walk, s3_service):
    missing = bucket(walk, s3_service, name="Tidak ada", bucket="tidak-ada", prefix="")
    site = Site()
    site.troubles = [403]
    with listening(site) as address:
        refused = bucket(walk, address, name="Salah")
        assert bring(walk) == 0

    assert "404" in last(missing).result
    assert "menolak" in last(refused).result
    [(_, path, headers, _)] = site.asked
    assert path == "/brankas/ppid/dik/dik-kota.csv"
    assert headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=kota/")


@pytest.fixture(scope="module")
def sftp(tmp_path_factory):
    """A real server in a process of its own; gives what an officer is told of it."""
    place = tmp_path_factory.mktemp("sftp")
    host, own = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    for name in ("masuk", "tua", "penuh"):
        (place / name).mkdir()
    host.write_private_key(place / "host")
    own.write_public_key(place / "boleh")
    command = [sys.executable, HERE / "sftp_server.py", place, place / "host", place / "boleh"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield {
            "host": f"127.0.0.1:{server.stdout.readline().strip()}",
            "fingerprint": host.get_fingerprint("sha256"),
            "user": sftp_server.USER,
            "folder": "masuk",
            "private_key": own.export_private_key().decode(),
            "place": place,
        }
    finally:
        server.communicate("")


def by_sftp(walk, sftp, **otherwise):
    return add(walk, "sftp", **{key: sftp[key] for key in sftp if key != "place"} | otherwise)


def test_another_server_gets_the_files_by_sftp(walk, sftp):
    channel = by_sftp(walk, sftp)
    assert bring(walk) == 1, last(channel).result
    assert again(walk, channel) == 1

    files = {one.name: one.read_bytes() for one in (sftp["place"] / "masuk").iterdir()}
    assert set(files) == {f"dik-kota{end}" for end in (".csv", ".xlsx", ".json", "-edisi.json")}
    assert files["dik-kota.csv"] == of_site("/kota/unduh.csv", walk.now)


def test_a_server_that_cannot_rename_over_a_file_gets_them_too(walk, sftp):
    channel = by_sftp(walk, sftp, folder="tua")
    assert bring(walk) == 1, last(channel).result
    assert again(walk, channel) == 1
    assert len(list((sftp["place"] / "tua").iterdir())) == 4


def test_a_password_serves_as_well_as_a_key(walk, sftp):
    channel = by_sftp(walk, sftp, private_key="", password=sftp_server.PASSWORD)
    assert bring(walk) == 1, last(channel).result


LOCKED = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fingerprint": "SHA256:" + "A" * 43}, "bukan yang diisikan"),
        ({"private_key": "", "password": "salah"}, "menolak"),
        ({"private_key": LOCKED}, "menolak"),
        ({"folder": "tidak/ada"}, "tidak ada di"),
        ({"folder": "penuh"}, "gagal menyimpan"),
        ({"private_key": "-----BEGIN OPENSSH PRIVATE KEY-----\nx"}, "tidak dapat dibaca"),
        ({"host": "127.0.0.1:9"}, "tidak dapat dihubungi"),
    ],
)
def test_a_server_that_is_another_refuses_or_is_gone_is_named(walk, sftp, given, said):
    channel = by_sftp(walk, sftp, **given)
    assert bring(walk) == 0
    assert said in last(channel).result
    assert list((sftp["place"] / "penuh").iterdir()) == []


def test_a_server_that_speaks_no_ssh_is_given_up(walk, sftp):
    site = Site()
    site.troubles = ["hang"]
    with listening(site) as address:
        channel = by_sftp(walk, sftp, host=address.removeprefix("http://"))
        assert bring(walk, seconds=SHORT) == 0
    assert last(channel).result


SECRETS = {
    "ckan": {"token": TOKEN},
    "wordpress": {"password": PASSWORD},
    "webhook": {"key": KEY},
    "s3": {"secret_key": "rahasia-sekali"},
}


def test_secrets_stand_in_no_row_no_event_and_only_in_a_private_file(walk, settings):
    with listening(Site()) as address:
        portal(walk, address, name="a")
        blog(walk, address, name="b")
        notice(walk, address, name="c")
        bucket(walk, address, name="d", secret_key="rahasia-sekali")
    known = {one.pk: one for one in Channel.objects.all()}

    for one in known.values():
        assert secrets_of(one.body_id, one.pk) == SECRETS[one.kind]
        file = settings.KEYS / f"kota.{one.pk}.channel"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = "".join(
        f"{bytes(one.entry)} {one.sealed}" for one in Event.objects.filter(kind="channel.set")
    ) + str([one.settings for one in known.values()])
    assert not [text for given in SECRETS.values() for text in given.values() if text in told]
    assert_sound()


def test_a_secret_that_is_left_empty_stays_and_goes_only_where_it_was_given_for(walk):
    with listening(Portal()) as first, listening(Portal()) as second:
        channel = portal(walk, first)
        change(walk, channel, dataset="lain")
        with pytest.raises(BadInput) as moved:
            change(walk, channel, address=second)
        change(walk, channel, address=second, token="token-yang-baru")

    assert moved.value.codes == ("channel_secret_again",)
    assert secrets_of("kota", channel.pk) == {"token": "token-yang-baru"}


@pytest.mark.parametrize("content", [None, b"rusak", b"[]"])
def test_a_secret_that_is_gone_or_damaged_is_asked_for_again(walk, settings, content):
    site = Site()
    with listening(site) as address:
        channel = notice(walk, address)
        file = settings.KEYS / f"kota.{channel.pk}.channel"
        file.unlink()
        if content:
            file.write_bytes(content)
        assert bring(walk) == 0
        assert "rahasia" in last(channel).result
        change(walk, channel, key=KEY)
        assert bring(walk, later=LONGEST_WAIT) == 1


INNER = ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fe80::1]", "0.0.0.0", "224.0.0.1"]
HIDDEN = ["[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[fd00::1]"]


@pytest.mark.parametrize("host", INNER + HIDDEN)
def test_what_is_inside_the_network_is_not_asked(walk, settings, host):
    settings.CHANNEL_NETWORKS = []
    with pytest.raises(BadInput) as refused:
        web.ask(f"https://{host}/", headers={}, seconds=SHORT)
    assert refused.value.codes == ("channel_address_private",)


def test_the_administrator_may_allow_a_network(settings):
    settings.CHANNEL_NETWORKS = ["10.20.0.0/16"]
    assert str(web.allowed_place("10.20.3.4", 443)) == "10.20.3.4"
    assert web.allowed_place("::ffff:10.20.3.4", 443)
    with pytest.raises(BadInput):
        web.allowed_place("10.21.3.4", 443)


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch, settings):
    settings.CHANNEL_NETWORKS = []
    both = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda *_asked, **_more: both)
    with pytest.raises(BadInput) as refused:
        web.allowed_place("dua.example.go.id", 443)
    assert refused.value.codes == ("channel_address_private",)
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda *_asked, **_more: both[:1])
    assert str(web.allowed_place("dua.example.go.id", 443)) == "93.184.216.34"


def test_plain_http_goes_no_further_than_this_machine(settings):
    settings.CHANNEL_NETWORKS = ["10.0.0.0/8"]
    with pytest.raises(BadInput) as refused:
        web.ask("http://10.0.0.1/", headers={}, seconds=SHORT)
    assert refused.value.codes == ("channel_address_plain",)


def test_a_name_that_nobody_knows_is_named():
    with pytest.raises(BadInput) as refused:
        web.ask("https://tidak-ada.invalid/", headers={}, seconds=SHORT)
    assert refused.value.codes == ("channel_address_unknown",)


@pytest.mark.parametrize(
    ("kind", "given", "place"),
    [
        ("webhook", {"address": "http://example.go.id/", "key": KEY}, "address"),
        ("webhook", {"address": "https://a:b@example.go.id/", "key": KEY}, "address"),
        ("webhook", {"address": "https://example.go.id/?x", "key": KEY}, "address"),
        ("webhook", {"address": "https://[x/", "key": KEY}, "address"),
        ("webhook", {"address": "https://example.go.id/", "key": "pendek"}, "key"),
        ("webhook", {"address": "", "key": KEY}, "address"),
        ("folder", {"folder": "relatif"}, "folder"),
        ("s3", {"address": "https://s3.example.go.id", "bucket": "..", "region": "r"}, "bucket"),
        ("sftp", {"host": "a b", "user": "u", "folder": "x", "password": "p"}, "host"),
        ("sftp", {"host": "a", "user": "u", "folder": "../x", "password": "p"}, "folder"),
        ("sftp", {"host": "a", "user": "u", "folder": "x"}, "private_key"),
        ("ckan", {"address": "https://x.id", "dataset": "A B", "token": TOKEN}, "dataset"),
        ("ckan", {"address": "https://x.id", "dataset": "ab", "token": "dua\nbaris"}, "token"),
        ("wordpress", {"address": "https://x.id", "type": "users", "slug": "ab"}, "type"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(kind, given, place):
    assert place in {one.place for one in field_findings(ChannelKind(kind), given)}


def test_a_folder_inside_the_data_is_refused(settings):
    inside = {"folder": str(settings.DATA / "keys")}
    assert [one.place for one in field_findings(ChannelKind.FOLDER, inside)] == ["folder"]


def test_names_are_given_once_and_channels_have_an_end(walk, tmp_path, monkeypatch):
    folder_channel(walk, tmp_path)
    with pytest.raises(BadInput) as twice:
        add(walk, "folder", folder="/srv")
    with pytest.raises(BadInput) as nameless:
        add(walk, "folder", name=" ", folder="/srv")
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(BadInput) as many:
        add(walk, "folder", name="Lain", folder="/srv")

    assert twice.value.codes == ("channel_name_taken",)
    assert nameless.value.codes == ("channel_field_invalid",)
    assert many.value.codes == ("channels_too_many",)


def test_only_who_sets_the_office_up_chooses_and_who_publishes_may_try(walk, tmp_path):
    channel, _ = folder_channel(walk, tmp_path)
    at = walk.tick()
    with pytest.raises(Refused):
        switch_channel(channel, on=False, by=who(walk, "petugas_ppid"), at=at)
    with pytest.raises(Refused):
        try_now(channel, by=who(walk, "auditor"), at=at)
    try_now(channel, by=who(walk, "petugas_ppid"), at=at)


def test_a_way_without_its_library_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(errand, "import_module", missing)
    with pytest.raises(BadInput) as refused:
        errand.way_of(ChannelKind.SFTP)
    assert "--extra sftp" in refused.value.findings[0].hint


def test_one_body_that_fails_altogether_does_not_stop_the_others(walk, monkeypatch, caplog):
    def bring(body, *, at):
        raise BadInput(Finding("broken", "Rusak."))

    monkeypatch.setattr(tasks, "deliver_due", bring)
    assert tasks.bring_to_channels(at=walk.tick()) == 0
    assert walk.body.pk in caplog.text


def test_every_kind_has_its_words_and_its_module():
    for kind in ChannelKind:
        assert kind.label
        assert kind.told
        assert FIELDS[kind]
        assert callable(errand.way_of(kind))


def fill(client, walk, kind, status=302, role="pengelola_sistem", **given):
    with time_machine.travel(walk.tick(), tick=False):
        as_role(client, walk, role)
        address = f"{reverse('channel_new')}?jenis={kind}"
        answer = client.post(address, {"act": uuid4(), "name": "Portal kota", **given})
    assert answer.status_code == status, answer.content.decode()
    return answer


def test_a_channel_is_added_seen_changed_tried_and_switched_off_on_its_pages(client, walk):
    site = Portal()
    with listening(site) as address:
        given = {"address": address, "dataset": "dik", "organisation": "kominfo"}
        fill(client, walk, "ckan", token=TOKEN, **given)
        channel = Channel.objects.get()
        with time_machine.travel(walk.tick(), tick=False):
            form = visit(client, "channel_change", channel.pk).content.decode()
            send(client, "channel_change", channel.pk, name="Portal data", token="", **given)
            send(client, "channel_act", channel.pk, "try")
            waiting = visit(client, "channel", channel.pk).content.decode()
            bring(walk)
            arrived = visit(client, "channel", channel.pk).content.decode()
            send(client, "channel_act", channel.pk, "off")
            overview = visit(client, "channels").content.decode()
            send(client, "channel_act", channel.pk, "on")
            send(client, "channel_act", channel.pk, "lain", status=404)
            send(client, "channel_act", channel.pk, "try", act="x", status=404)

    assert "Menunggu" in waiting
    assert "Sampai" in arrived
    assert "Dimatikan" in overview
    assert TOKEN not in form + waiting + arrived + overview
    assert_sound()


def test_what_fails_is_on_the_page_and_with_the_doctor(client, walk):
    site = Site()
    site.troubles = [403]
    with listening(site) as address:
        channel = notice(walk, address)
        bring(walk)
    as_role(client, walk, "auditor")
    with time_machine.travel(walk.tick(), tick=False):
        pages = [
            visit(client, route, *about).content.decode()
            for route, about in (("channels", ()), ("channel", (channel.pk,)))
        ]

    assert all("menolak" in page for page in pages)
    assert [one.state for one in _channels()] == [State.WARNING]
    switch_channel(channel, on=False, by=who(walk, "pengelola_sistem"), at=walk.tick())
    assert list(_channels()) == []


def test_a_form_shows_its_mistakes_at_their_fields_and_keeps_no_secret(client, walk):
    page = fill(client, walk, "webhook", status=200, address="http://x.go.id", key=KEY)
    assert "address" in page.context["form"].errors
    assert KEY not in page.content.decode()
    refused = fill(
        client, walk, "webhook", status=403, role="auditor", address="https://x.id", key=KEY
    )
    assert "not_authorised" in {one.code for one in refused.context["findings"]}
    fill(client, walk, "faks", status=404)
    sftp = fill(client, walk, "sftp", status=200, host="a b", private_key=LOCKED, password="p")
    assert LOCKED.splitlines()[1] not in sftp.content.decode()


def test_the_same_form_sent_twice_makes_one_channel(client, walk):
    given = {"act": str(uuid4()), "address": "https://x.go.id", "key": KEY}
    for _ in range(2):
        fill(client, walk, "webhook", **given)
    assert Channel.objects.count() == 1


def test_a_channel_of_another_body_is_not_there(client, walk):
    other = office("kabupaten")
    appoint(other, "pengelola_sistem")
    channel = add(other, "folder", folder="/srv")
    as_role(client, walk, "pengelola_sistem")
    for route in ("channel", "channel_change"):
        visit(client, route, channel.pk, status=404)
    send(client, "channel_act", channel.pk, "off", status=404)


def test_a_server_with_a_certificate_is_reached_and_another_is_not(walk, tmp_path, monkeypatch):
    certificate = own_certificate(tmp_path)
    site = Site()
    with listening(site, certificate=certificate) as address:
        channel = notice(walk, address.replace("127.0.0.1", "localhost"))
        assert bring(walk) == 0
        assert "Sertifikat" in last(channel).result
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert bring(walk, later=LONGEST_WAIT) == 1
    assert len(site.asked) == 1
