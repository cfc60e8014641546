"""Publication channels: set up, switched, tried at once, and brought what is due.

Bringing is never part of an act: what is due is the difference between the newest list on the site
and what a channel has, so nothing is lost by a restart, and nothing is done twice for good
(docs/decisions/0155).
"""

import logging
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from ppid.errors import BadInput, Finding, NotFound, PpidError, Refused
from ppid.office.actions.editions import PUBLISHING_ROLES
from ppid.office.actions.people import demand_set_up
from ppid.office.authority import MAY, Right, authority_in, not_authorised
from ppid.office.channel_secrets import keep_secrets, secrets_of
from ppid.office.channels.errand import SECONDS, Errand, way_of
from ppid.office.channels.kinds import FIELDS, ChannelKind, field_findings, plain_and_secret
from ppid.office.log import Fact, append, lock
from ppid.office.models import Body, Channel, ChannelDelivery
from ppid.office.writing import writing
from ppid.public import intake

MOST = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
LEASE = timedelta(minutes=10)
"""For how long a delivery that was begun is left to whoever began it."""
NEEDS_SOMEBODY = {
    *("channel_refused", "channel_host_key_differs", "channel_key_unusable"),
    *("channel_secret_missing", "channel_address_private", "channel_library"),
}
"""What another try a minute later does not mend, and what may lock an account out."""
TRYING_ROLES = PUBLISHING_ROLES | MAY[Right.SET_UP]
log = logging.getLogger(__name__)


def set_channel(
    body: Body,
    *,
    kind: ChannelKind,
    name: str,
    given: Mapping[str, str],
    by: UUID,
    at: datetime,
    channel: Channel | None = None,
    act: UUID | None = None,
) -> UUID:
    """Add a channel, or change one, and return its id. given: by the names of the kind's fields.

    A secret that is left empty stays as it was; one goes only to the place it was given for.
    Raises Refused; BadInput: `channel_field_invalid`, `channel_name_taken`, `channels_too_many`,
    `channel_secret_again`.
    """
    demand_set_up(body, by=by, at=at)
    key = channel.pk if channel else uuid4()
    plain, new = plain_and_secret(kind, given)
    kept = _kept_secrets(channel)
    secrets = {field: text or kept.get(field, "") for field, text in new.items()}
    with writing(act=act, at=at):
        lock(body.pk)
        found = field_findings(kind, plain | secrets) + _name_findings(body, name, channel)
        if channel and _goes_elsewhere(channel, plain):
            found += _given_again(new, kept)
        if found:
            raise BadInput(*found)
        keep_secrets(body.pk, key, secrets)
        said = {"id": str(key), "kind": kind.value}
        fact = Fact("channel.set", said, {"name": name.strip(), "settings": plain})
        append(fact, body=body.pk, by=by, at=at)
    return key


def _kept_secrets(channel: Channel | None) -> dict[str, str]:
    if channel is None:
        return {}
    try:
        return secrets_of(channel.body_id, channel.pk)
    except PpidError:
        return {}  # they are asked for anew


def _goes_elsewhere(channel: Channel, plain: Mapping[str, str]) -> bool:
    places = [one.name for one in FIELDS[ChannelKind(channel.kind)] if one.names_place]
    return any(channel.settings.get(name) != plain[name] for name in places)


def _given_again(new: Mapping[str, str], kept: Mapping[str, str]) -> list[Finding]:
    """Return which secrets of the old place were not given anew for the new one."""
    text = "Alamatnya diganti: isi lagi rahasia ini, sebab yang tersimpan hanya untuk yang lama."
    left = [field for field in new if kept.get(field) and not new[field]]
    return [Finding("channel_secret_again", text, field) for field in left]


def _name_findings(body: Body, name: str, channel: Channel | None) -> list[Finding]:
    others = body.channels.exclude(pk=channel.pk if channel else None)
    found = []
    if not name.strip():
        found.append(Finding("channel_field_invalid", "Isi “Nama saluran”.", "name"))
    if others.filter(name=name.strip()).exists():
        found.append(Finding("channel_name_taken", "Nama ini sudah dipakai.", "name"))
    if channel is None and others.count() >= MOST:
        found.append(Finding("channels_too_many", f"Paling banyak {MOST} saluran."))
    return found


def switch_channel(
    channel: Channel, *, on: bool, by: UUID, at: datetime, act: UUID | None = None
) -> None:
    """Switch a channel on or off; what is there already stays there. Raises Refused."""
    demand_set_up(channel.body, by=by, at=at)
    with writing(act=act, at=at):
        lock(channel.body_id)
        fact = Fact("channel.switched", {"id": str(channel.pk), "on": on})
        append(fact, body=channel.body_id, by=by, at=at)


def try_now(channel: Channel, *, by: UUID, at: datetime, act: UUID | None = None) -> None:
    """Have the newest list brought to a channel in the worker's next round, once more if need be.

    Raises Refused: `not_authorised`, `channel_is_off`, `no_edition_yet`.
    """
    if found := trying_obstacles(channel, by=by, at=at):
        raise Refused(*found)
    newest = intake.newest_list(channel.body_id, on=at.astimezone(channel.body.zone).date())
    if newest is None:
        text = "Belum ada edisi yang terbit."
        raise Refused(Finding("no_edition_yet", text, hint="Terbitkan edisi pertama dahulu."))
    with writing(act=act, at=at):
        lock(channel.body_id)
        fact = Fact("channel.tried", {"id": str(channel.pk)})
        append(fact, body=channel.body_id, by=by, at=at)
        _begin(channel, newest, at=at)


def trying_obstacles(channel: Channel, *, by: UUID, at: datetime) -> tuple[Finding, ...]:
    """Return why this person may not have a channel tried now; empty when they may."""
    found = []
    if not authority_in(channel.body, by=by, at=at).holds(TRYING_ROLES):
        found.append(not_authorised(TRYING_ROLES))
    if not channel.is_on:
        found.append(Finding("channel_is_off", "Saluran ini dimatikan.", hint="Nyalakan dahulu."))
    return tuple(found)


def deliver_due(body: Body, *, at: datetime, seconds: float = SECONDS) -> int:
    """Bring what is due to each channel of a body; return how many lists arrived.

    seconds: the longest that one question to a channel may take.
    """
    channels = list(body.channels.filter(is_on=True).select_related("body"))
    if not channels:
        return 0
    newest = intake.newest_list(body.pk, on=at.astimezone(body.zone).date())
    if newest is None:
        return 0
    due = [row for one in channels if (row := _due(one, newest, at=at))]
    if not due:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        site = settings.PUBLIC_URL
        lists = intake.write_list(body.pk, Path(folder), newest=newest, site=site)
        return sum(_deliver(row, lists, at=at, seconds=seconds) for row in due)


def _due(channel: Channel, newest: intake.NewestList, *, at: datetime) -> ChannelDelivery | None:
    """Return what is to be brought now, taken for this worker; None when nothing is."""
    last = _newest_row(channel, newest, at=at)
    if last.sent_at or (last.retry_at and last.retry_at > at):
        return None
    # whoever changes the row first has it; who is killed meanwhile keeps it for the lease only
    rows = ChannelDelivery.objects.filter(pk=last.pk, tries=last.tries, sent_at=None)
    last.tries += 1
    taken = rows.update(tries=last.tries, tried_at=at, retry_at=at + LEASE)
    return last if taken else None


def _newest_row(channel: Channel, newest: intake.NewestList, *, at: datetime) -> ChannelDelivery:
    """Return the channel's last delivery if it is of the newest list, else a new one."""
    last = channel.deliveries.first()
    if last and (last.number, last.status_on) == (newest.number, newest.status_on):
        return last
    with writing():
        lock(channel.body_id)
        return _begin(channel, newest, at=at)


def _begin(channel: Channel, newest: intake.NewestList, *, at: datetime) -> ChannelDelivery:
    """Return the row of a list that is to be brought from now on, with no wait before it."""
    about = {"number": newest.number, "status_on": newest.status_on}
    ChannelDelivery.objects.filter(channel=channel, sent_at=None).exclude(**about).update(
        replaced=True
    )
    waiting = channel.deliveries.filter(sent_at=None, replaced=False, **about).first()
    if waiting:
        ChannelDelivery.objects.filter(pk=waiting.pk).update(retry_at=None)
        return ChannelDelivery.objects.get(pk=waiting.pk)
    return ChannelDelivery.objects.create(channel=channel, begun_at=at, **about)


def _deliver(
    row: ChannelDelivery, lists: intake.ListFiles, *, at: datetime, seconds: float
) -> bool:
    channel = row.channel
    try:
        secrets = secrets_of(channel.body_id, channel.pk)
        errand = Errand(lists, channel.settings, secrets, seconds)
        said = way_of(ChannelKind(channel.kind))(errand)
    except PpidError as error:
        _failed(row, error, at=at)
        return False
    _arrived(row, said, at=at)
    return True


def _failed(row: ChannelDelivery, error: PpidError, *, at: datetime) -> None:
    said = " ".join(f"{one.message} {one.hint}".strip() for one in error.findings)
    wait = min(FIRST_WAIT * 2 ** min(row.tries - 1, 10), LONGEST_WAIT)
    if not NEEDS_SOMEBODY.isdisjoint(error.codes):
        wait = LONGEST_WAIT
    failed = {"result": said, "retry_at": at + wait}
    ChannelDelivery.objects.filter(pk=row.pk).update(**failed)
    log.warning("Saluran %s belum menerima edisi: %s", row.channel_id, ", ".join(error.codes))


def _arrived(row: ChannelDelivery, said: str, *, at: datetime) -> None:
    channel = row.channel
    about = {"channel": str(channel.pk), "number": row.number}
    about |= {"status_on": row.status_on.isoformat(), "tries": row.tries}
    with writing():
        lock(channel.body_id)
        append(Fact("edition.sent", about), body=channel.body_id, by=None, at=at)
        done = {"sent_at": at, "retry_at": None, "result": said}
        ChannelDelivery.objects.filter(pk=row.pk).update(**done)


def channel_of(body: Body, channel: UUID) -> Channel:
    """Return a channel of the body. Raises NotFound."""
    found = Channel.objects.select_related("body").filter(body=body, pk=channel).first()
    if found is None:
        raise NotFound(Finding("channel_unknown", "Saluran ini tidak ada."))
    return found
