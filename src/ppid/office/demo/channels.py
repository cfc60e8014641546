"""A publication channel of the demo: set up, and off, for the portal of the example is not real."""

from ppid.office.actions.channels import channel_of, set_channel, switch_channel
from ppid.office.channels.kinds import ChannelKind
from ppid.office.demo.walk import Walk

GIVEN = {
    "address": "https://data.example.go.id",
    "dataset": "dik",
    "organisation": "diskominfo",
    "token": "token-dari-portal-data",
}


def offer_channel(walk: Walk) -> None:
    """Set a portal of open data up, and leave it switched off."""
    by = walk.person(["pengelola_sistem"])
    key = set_channel(
        walk.body,
        kind=ChannelKind.CKAN,
        name="Portal data kota",
        given=GIVEN,
        by=by,
        at=walk.tick(),
    )
    switch_channel(channel_of(walk.body, key), on=False, by=by, at=walk.tick())
