"""The whole open site written as files, and what changed since the last time written again."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections, transaction
from django.templatetags.static import static

from ppid.public.conditional import Place, places
from ppid.public.database_state import one_state
from ppid.public.static_site.addresses import ASSETS, BodyAddresses, Wanted, site_wide
from ppid.public.static_site.asking import Site
from ppid.public.static_site.folder import Folder
from ppid.public.static_site.search_files import write_indexes
from ppid.public.static_site.server_rules import rules

NOT_FOUND = ("/404.html", "/en/404.html")


def publish(folder: Folder, site: Site) -> None:
    """Write every address of the site into the folder, from one state of the public database."""
    connection = connections[settings.PUBLIC_DATABASE]
    is_first = not connection.in_atomic_block
    with transaction.atomic(using=settings.PUBLIC_DATABASE), one_state():
        if is_first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for asset in ASSETS:
            folder.write(static(asset), partial(_asset, asset), key=static(asset))
        bodies = places()
        for wanted in _everything(bodies, site):
            _write(folder, site, wanted)
        write_indexes(folder, bodies)
    for address in NOT_FOUND:
        folder.write(address, partial(site.missing, address))
    headers = site.answer("/").headers
    for file, content in rules(headers, root=folder.root.resolve(), site=site.address):
        folder.write(file, partial(list, [content]))


def _everything(bodies: Sequence[Place], site: Site) -> Iterator[Wanted]:
    """Yield what is wanted; what leads to other pages comes after them."""
    for one in (BodyAddresses(place, site.address) for place in bodies):
        yield from one.log()
        yield from one.sops()
        yield from one.entries()
        yield from one.whole_list()
        yield from one.editions()
        yield from one.papers()
        yield from one.overall()
    yield from site_wide()


def _write(folder: Folder, site: Site, wanted: Wanted) -> None:
    for address in filter(None, (wanted.address, wanted.also)):
        folder.write(
            address,
            lambda: site.answer(wanted.address),
            key=wanted.key,
            hidden=wanted.hidden,
        )


def _asset(name: str) -> list[bytes]:
    """Return a style sheet, script or picture as the site hands it out."""
    if settings.COLLECTED:
        with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
            return [file.read()]
    return [Path(finders.find(name)).read_bytes()]
