"""A program: what leaves the office beside the open site, also with one leak in it.

    python office_side.py FILE INTO [NAME ...]

FILE is what plant.py wrote; PPID_DATA is the planted folder, which is copied for each mutant. INTO
gets, as JSON, mutant -> what was found. An office works for a while (an edition, a mail, a file for
a channel, a reading, a public copy, a letter for everybody), then all that it let out is searched.
"""

import io
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import django

django.setup()

import pikepdf  # noqa: E402  the apps must be ready first
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.mail import EmailMessage  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from leaks.planting import CANARY, MARK, Canary  # noqa: E402
from leaks.released import released  # noqa: E402
from leaks.search import Needles  # noqa: E402
from ppid.errors import Refused  # noqa: E402
from ppid.office import bag, keeper_channels, redaction, vault  # noqa: E402
from ppid.office.actions import (  # noqa: E402
    bags,
    channels,
    copy_readings,
    documents,
    editions,
    keepers,
    paper_delivery,
    redactions,
    sop_publication,
)
from ppid.office.authority import holders  # noqa: E402
from ppid.office.backup.making import make_backup  # noqa: E402
from ppid.office.backup.place import place_at  # noqa: E402
from ppid.office.log import Fact  # noqa: E402
from ppid.office.models import (  # noqa: E402
    Body,
    Channel,
    ChannelDelivery,
    Determination,
    Edition,
    Item,
    KeeperState,
    PublicCopy,
    SoftCopy,
)
from ppid.office.projections import Happened  # noqa: E402
from ppid.office.queries.papers import determinations  # noqa: E402
from ppid.office.queries.papers.letterheads import letterhead  # noqa: E402
from ppid.office.queries.papers.lists import public_list  # noqa: E402
from ppid.papers.press import press  # noqa: E402
from ppid.public import download, intake  # noqa: E402
from ppid.public.models import Paper  # noqa: E402
from ppid.vault import age, keyring  # noqa: E402
from ppid.vault.copies import open_copy  # noqa: E402

SLUG = "kenari"
NONE = "nothing changed"
MUTANTS: dict[str, Callable[[], None]] = {}
ON_PAPERS = (
    *("add_person.name", "determine.letter.place", "determine.letter.unit", "create_body.unit"),
    *("create_body.place", "set_letterhead.choice.lines[]", "set_letterhead.choice.footer"),
    *("rules.footer", "marks.reason"),
)
"""What stands on a paper for everybody beside what is released: officials, letterhead, the list of
what is black (docs/decisions/0125)."""
PDFS = ("papers for everybody", "public copies")
KEPT_BY_THE_OFFICE = {"sessions and tasks": ("open_account.username",)}


def mutant(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enter a mutant under what it does."""

    def enter(change: Callable[[], None]) -> Callable[[], None]:
        MUTANTS[name] = change
        return change

    return enter


def after(module: Any, name: str, change: Callable[..., Any]) -> None:
    """Change what a function of a module returns; the change gets the arguments too."""
    before = getattr(module, name)

    def changed(*args: Any, **more: Any) -> Any:
        return change(before(*args, **more), *args, **more)

    setattr(module, name, changed)


def inside() -> str:
    """Return a title that only the office knows."""
    return Item.objects.filter(body=SLUG, stage="usulan").first().title


@mutant(NONE)
def _():
    pass


@mutant("the inside title in an edition")
def _():
    after(editions, "_entry", lambda entry, item, *_: replace(entry, title=item.title))


@mutant("a text of the sheet that was not marked")
def _():
    def change(shown, test):
        return shown | {"consequence_if_closed": test.sheet["consequence_if_closed"]}

    after(editions, "shown_of", change)


@mutant("the sheet's document among the law")
def _():
    def change(entry, item, *_):
        basis = (*entry.legal_basis, item.determined_test.sheet["document"])
        return replace(entry, legal_basis=basis)

    after(editions, "_entry", change)


@mutant("the reason of a correction in the history")
def _():
    def change(line, event, *_):
        return replace(line, text=Happened.of(event).values["reason"])

    editions.TOLD["item.title_corrected"] = changed_line(
        editions.TOLD["item.title_corrected"], change
    )


def changed_line(before: Callable[..., Any], change: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: change(before(*args), *args)


@mutant("the keepers in the text of the site")
def _():
    def change(said, body):
        return replace(said, site_text=json.dumps(body.settings["keepers"]))

    after(editions, "body_in", change)
    after(sop_publication, "body_in", change)


@mutant("inside titles in the search index")
def _():
    def change(text, entry):
        return f"{text} {Item.objects.get(public_id=entry.public_id, body=SLUG).title}"

    after(intake, "rest_of", change)
    before = intake._accept

    def anew(edition):
        intake.Entry.objects.filter(body__slug=SLUG).update(fingerprint="")
        before(edition)

    intake._accept = anew


@mutant("a sealed text in the leaf of the log")
def _():
    def change(fact, said, kept, case):
        return Fact(fact.kind, {**said, "title": inside()}, kept, case=fact.case)

    after(editions, "_fact", change)


@mutant("an internal paper told by its title")
def _():
    def change(told, paper, *_, **__):
        return replace(told, number=inside()[-100:])

    after(paper_delivery, "_told", change)
    Paper.objects.filter(body__slug=SLUG).delete()  # so that all are handed over anew


@mutant("a title in the subject of a mail")
def _():
    before = keepers.send_mail
    keepers.send_mail = lambda keeper, note, *, subject, text: before(
        keeper, note, subject=f"{subject}: {inside()}", text=text
    )


@mutant("a title in the body of a mail")
def _():
    before = keepers.send_mail
    keepers.send_mail = lambda keeper, note, *, subject, text: before(
        keeper, note, subject=subject, text=text + inside()
    )


@mutant("a title in a header of a mail")
def _():
    class Telling(EmailMessage):
        def __init__(self, *args, **more):
            super().__init__(*args, headers={"X-Berkas": inside()}, **more)

    keeper_channels.EmailMessage = Telling


@mutant("a title in the checkpoint that a folder gets")
def _():
    before = keepers.put_in_folder
    keepers.put_in_folder = lambda keeper, note, *, name: before(
        keeper, f"{note}\n{inside()}", name=name
    )


@mutant("a column too many in a channel's file")
def _():
    after(download, "_safe", lambda rows, *_: [[*row, inside()] for row in rows])


@mutant("a log line with a title")
def _():
    after(
        editions,
        "publish_edition",
        lambda made, *_, **__: (logging.getLogger("ppid").info("terbit %s", inside()), made)[1],
    )


@mutant("the database's own log")
def _():
    connection.force_debug_cursor = True
    logging.getLogger("django.db.backends").setLevel(logging.DEBUG)


@mutant("a title in the session")
def _():
    def change(client, *_):
        session = client.session
        session["berkas"] = inside()
        session.save()
        return client

    after(sys.modules[__name__], "signed_in", change)


@mutant("a title in the cache")
def _():
    after(
        sys.modules[__name__], "signed_in", lambda client, *_: (cache.set("x", inside()), client)[1]
    )


@mutant("a title in a task that waits")
def _():
    said = {"args": [inside()], "kwargs": {}}

    def change(client, *_):
        told = {"task_path": "x", "queue_name": "x", "backend_name": "x"}
        DBTaskResult.objects.create(args_kwargs=said, exception_class_path="", **told)
        return client

    after(sys.modules[__name__], "signed_in", change)


@mutant("a soft copy that lies in the open")
def _():
    before = documents.seal_copy

    def change(source, **more):
        data = source.read()
        (settings.VAULT / "draf").write_bytes(data)
        return before(io.BytesIO(data), **more)

    documents.seal_copy = change


@mutant("a temporary file that stays")
def _():
    def change(out, copy, **_):
        handle, _ = tempfile.mkstemp()
        os.write(handle, out.file.read())
        os.close(handle)
        out.file.seek(0)
        return out

    after(copy_readings, "read_copy", change)


@mutant("metadata that stays in a public copy")
def _():
    def change(made, document, *_):
        with (
            pikepdf.open(io.BytesIO(document)) as source,
            pikepdf.open(io.BytesIO(made[0])) as copy,
        ):
            copy.docinfo["/Author"] = str(source.docinfo["/Author"])
            target = io.BytesIO()
            copy.save(target)
        return target.getvalue(), made[1]

    after(redaction, "covered", change)
    after(redaction, "leaks_and_remarks", lambda found, *_, **__: dict.fromkeys(found, ()))


@mutant("text that stays below the black")
def _():
    after(redaction, "covered", lambda made, document, *_: (document, made[1]))
    after(redaction, "leaks_and_remarks", lambda found, *_, **__: dict.fromkeys(found, ()))


@mutant("the inside title in the letter for everybody")
def _():
    before = determinations._information
    determinations._information = lambda item, sheet, *, public: before(item, sheet, public=False)


@mutant("a plain copy of the database beside the backup")
def _():
    (settings.DATA / "cadangan").mkdir()
    shutil.copy(settings.DATA / "office.sqlite3", settings.DATA / "cadangan" / "x.age")


@mutant("a title among the arguments of another process")
def _():
    def change(*_):
        subprocess.run(["/bin/true", inside()], check=True)

    after(bag, "_pack", lambda *_, **__: change())


@mutant("a key in the environment of another process")
def _():
    def change(*_):
        key = (settings.DATA / "keys" / f"{SLUG}.key").read_text()
        subprocess.run(["/bin/true"], env={"KUNCI": key.strip()}, check=True)

    after(bag, "_pack", lambda *_, **__: change())


def signed_in(username: str) -> Client:
    """Return a client for the office's pages, signed in."""
    client = Client()
    user = User.objects.get(username=username)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def work(username: str) -> dict[str, bytes]:
    """Let the office work for a while; return the PDFs that were made for everybody."""
    body, now = Body.objects.get(pk=SLUG), timezone.now()
    today = now.astimezone(body.zone).date()
    by = holders(SLUG, ["ppid_utama"], on=today)[0].person_id
    keeper = holders(SLUG, ["arsiparis"], on=today)[0].person_id
    client = signed_in(username)
    client.get("/")
    client.get("/tidak-ada/")
    editions.publish_edition(body, by=by, at=now, cleared=inside())
    KeeperState.objects.all().delete()
    Channel.objects.filter(body=body).update(
        settings={"folder": str(settings.DATA.parent / "saluran")}
    )
    ChannelDelivery.objects.all().delete()
    body.refresh_from_db()
    keepers.send_out(body, at=now)
    channels.deliver_due(body, at=now)
    item = Item.objects.filter(body=body, soft_copies__isnull=False).first()
    words = SoftCopy.objects.get(item=item, kind="txt")
    text = open_bytes(words)
    told = {"file_name": "salinan.txt", "by": keeper, "at": now}
    copy = documents.store_document(item, source=io.BytesIO(text + b"lagi"), **told)
    copy_readings.read_copy(copy, reason="Memeriksa isi berkas", by=keeper, at=now).file.close()
    more = [age.recipient_of(age.generate_identity())]
    export(Item.objects.filter(body=body, soft_copies=None).first(), by=keeper, at=now)
    make_backup(place_at(str(settings.DATA / "cadangan")), recipients=more, at=now)
    return papers(body, today=today)


def export(item: Item, *, by: Any, at: Any) -> None:
    """Write a bag of an item and throw it away: it is confidential, and was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        told = {"reason": "Serah terima", "title": f"Informasi: {item.title}", "name": "bag"}
        bags.export_bag([item], into=Path(folder), by=by, at=at, **told)


class Started:
    """What the system showed of each process that was started from this one."""

    def __init__(self) -> None:
        self.shown: dict[str, bytes] = {}
        sys.addaudithook(self._hear)

    def _hear(self, event: str, about: tuple[Any, ...]) -> None:
        if event in ("subprocess.Popen", "os.posix_spawn", "os.exec"):
            words, environment = about[1], about[-1]
            variables = dict(os.environ if environment is None else environment)
            said = [*map(str, words), *(f"{name}={one}" for name, one in variables.items())]
            self.shown[f"{len(self.shown)}: {about[0]}"] = "\n".join(said).encode()
        elif event == "os.system":
            raise RuntimeError("a shell was started")


def secrets_of(data: Path) -> list[Canary]:
    """Return each line of a key or password that lies in the data folder."""
    files = [*(one for one in (data / "keys").rglob("*") if one.is_file()), data / "secret"]
    return [
        Canary(line, f"key {file.name}", SLUG)
        for file in files
        for line in file.read_text().split()
        if len(line) >= 32 and MARK not in line
    ]


def papers(body: Body, *, today: Any) -> dict[str, bytes]:
    """Press what everybody may have: the letter, the list, and a public copy made anew."""
    letter = Determination.objects.filter(body=body).order_by("at").first()
    edition = Edition.objects.filter(body=body).order_by("-number").first()
    made = {
        "letter": determinations.letter(letter, public=True),
        "list": public_list(body, edition, on=today),
    }
    head = letterhead(body)
    pressed = {name: press(one, head, on=today) for name, one in made.items()}
    row = PublicCopy.objects.filter(item__body=body, decision="setuju").first()
    source = SoftCopy.objects.get(document=row.source, version=row.source_version)
    officer = holders(SLUG, ["petugas_ppid"], on=today)[0].person_id
    marks = redactions.marks_in(row)
    told = {"marks": marks, "by": officer, "at": timezone.now(), "opened_reason": "Sama"}
    fresh = redactions.make_public_copy(source, **told)
    for one in (row, fresh):
        kept = SoftCopy.objects.get(document=one.document, version=one.version)
        pressed[f"public copy {kept.version}"] = open_bytes(kept)
    return pressed


def open_bytes(copy: SoftCopy) -> bytes:
    """Return what is in a soft copy."""
    target = io.BytesIO()
    own = keyring.identities(vault.keyring_of(copy.item.body_id))
    open_copy(copy.sealed_copy, target, storage=vault.storage(), identities=own)
    return target.getvalue()


def outlets(
    pdfs: dict[str, bytes], log: str, *, left: Path, started: Started
) -> dict[str, dict[str, bytes]]:
    """Return kind -> name -> bytes of all that left the office or may be found around it."""
    data = settings.DATA
    return {
        "mails": dict(mails(data / "surel")),
        "checkpoints in a folder": files_of(data / "titik"),
        "files of a channel": files_of(data.parent / "saluran"),
        "log of the office, at debug level": {"log": log.encode()},
        "cache": {name: unpickled(one) for name, one in files_of(data / "cache").items()},
        "sessions and tasks": {
            "tasks": "\n".join(map(str, DBTaskResult.objects.values_list())).encode(),
            "sessions": "\n".join(str(one.get_decoded()) for one in Session.objects.all()).encode(),
        },
        "vault": files_of(data / "vault"),
        "temporary files": files_of(left),
        "arguments and environment of processes": started.shown,
        "backups": files_of(data / "cadangan"),
        "public database": {one.name: one.read_bytes() for one in data.glob("public.sqlite3*")},
        "papers for everybody": {name: one for name, one in pdfs.items() if "copy" not in name},
        "public copies": {name: one for name, one in pdfs.items() if "copy" in name},
    }


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in found}


def mails(folder: Path) -> Any:
    """Yield subject, headers, bodies and attachments of every mail, unpacked."""
    for file in folder.glob("*"):
        for number, raw in enumerate(file.read_bytes().split(b"-" * 79)):
            mail = message_from_bytes(raw.strip(), policy=policy.default)
            for place, part in enumerate(mail.walk()):
                said = "\n".join(f"{key}: {value}" for key, value in part.items())
                body = b"" if part.is_multipart() else part.get_payload(decode=True) or b""
                yield f"{file.name} {number}.{place}", said.encode() + b"\n" + body


def unpickled(data: bytes) -> bytes:
    """Return what a file of the cache holds: a pickle, packed behind another."""
    return zlib.decompress(data[data.index(b"x\x9c") :]) if b"x\x9c" in data else data


def moved_to(data: Path) -> None:
    """Let this process work on another data folder."""
    settings.DATA, settings.KEYS, settings.VAULT = data, data / "keys", data / "vault"
    settings.CACHES["default"]["LOCATION"] = data / "cache"
    for alias, name in (("default", "office"), ("public", "public")):
        connections.settings[alias]["NAME"] = data / f"{name}.sqlite3"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = data / "surel"
    (data.parent / "saluran").mkdir()
    tempfile.tempdir = str(data / "sementara")
    (data / "sementara").mkdir()
    body = Body.objects.get(pk=SLUG)
    kept = [one for one in body.settings["keepers"] if one["kind"] == "surel"]
    (data / "titik").mkdir()
    kept.append({"kind": "folder", "address": str(data / "titik")})
    Body.objects.filter(pk=SLUG).update(settings=body.settings | {"keepers": kept})


def tried(name: str, planted: dict[str, Any], data: Path) -> dict[str, list[str]]:
    """Return, by kind of outlet, what the search finds after the office worked with the mutant."""
    moved_to(data)
    log = io.StringIO()
    logging.basicConfig(level=logging.DEBUG, stream=log, force=True)
    logging.getLogger("django").handlers.clear()
    MUTANTS[name]()
    started = Started()
    pdfs = work(planted["accounts"]["ppid_utama"])
    needles = Needles([*(Canary(**one) for one in planted["canaries"]), *secrets_of(data)])
    public = set(released(planted, later=True))
    on_papers = {one["text"] for one in planted["canaries"] if one["place"] in ON_PAPERS}
    told = {one["text"] for one in planted["canaries"] if one["place"] == "settings.keepers"}
    found = {}
    told_of = {"left": data / "sementara", "started": started}
    for kind, content in outlets(pdfs, log.getvalue(), **told_of).items():
        known = (
            public | (on_papers if kind in PDFS else set()) | (told if kind == "mails" else set())
        )
        hits = [one for one in needles.found(content) if one.canary.text not in known]
        found[kind] = sorted({str(one) for one in hits})
        if not content and kind not in ("cache", "temporary files"):
            found[kind].append("nothing to search")
        if kind == "public database":
            there = {one.canary.text for one in needles.found(content)}
            found["released, and not there"] = sorted(public - there)
    return found


def in_a_child(name: str, planted: dict[str, Any]) -> dict[str, list[str]]:
    """Try a mutant in a process and on data of its own, and return what was found."""
    with tempfile.TemporaryDirectory(prefix="ppid-leaks-") as folder:
        data = Path(folder) / "data"
        skip = shutil.ignore_patterns("*-wal", "*-shm", "aset", "surel")
        shutil.copytree(settings.DATA, data, ignore=skip)
        into = Path(folder) / "found.json"
        child = os.fork()
        if child == 0:
            code = 1
            try:
                into.write_text(json.dumps(tried(name, planted, data)))
                code = 0
            except Refused as error:
                into.write_text(json.dumps({"refused": [str(error)]}))
                code = 0
            except Exception:  # noqa: BLE001  the parent is told by the code
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        if status:
            raise RuntimeError(f"{name}: {status}")
        return json.loads(into.read_text())


def main(file: Path, into: Path, *names: str) -> None:
    """Try the mutants, all of them unless some are named."""
    planted = json.loads(file.read_text())
    assert all(CANARY.fullmatch(one["text"]) for one in planted["canaries"])
    found = {name: in_a_child(name, planted) for name in names or MUTANTS}
    into.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
