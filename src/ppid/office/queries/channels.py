"""A body's publication channels, what was brought to each, and what did not arrive."""

from dataclasses import dataclass

from ppid.office.channels.kinds import FIELDS, ChannelKind
from ppid.office.models import Body, Channel, ChannelDelivery

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel. last: its newest delivery; arrived: the newest that arrived."""

    channel: Channel
    kind: ChannelKind
    last: ChannelDelivery | None
    arrived: ChannelDelivery | None

    @property
    def fails(self) -> bool:
        """Return whether what is due was tried and has not arrived."""
        last = self.last
        return bool(self.channel.is_on and last and not last.sent_at and last.result)

    @property
    def place(self) -> str:
        """Return where it leads, in the words of its settings."""
        said = self.channel.settings
        parts = [said.get(name) for name in ("address", "host", "bucket", "dataset", "folder")]
        return ", ".join(one for one in parts if one)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery as the page tells it. css: the look of its state."""

    delivery: ChannelDelivery
    state: str
    css: str


def channel_lines(body: Body) -> list[ChannelLine]:
    """Return every channel of the body, those that are on first."""
    return [channel_line(one) for one in body.channels.order_by("-is_on", "name", "id")]


def channel_line(channel: Channel) -> ChannelLine:
    """Return how a channel stands."""
    deliveries = channel.deliveries
    arrived = deliveries.exclude(sent_at=None).first()
    return ChannelLine(channel, ChannelKind(channel.kind), deliveries.first(), arrived)


def delivery_lines(channel: Channel) -> list[DeliveryLine]:
    """Return the newest deliveries of a channel, the newest first."""
    return [_line(one) for one in channel.deliveries.all()[:MOST_SHOWN]]


def _line(one: ChannelDelivery) -> DeliveryLine:
    if one.sent_at:
        return DeliveryLine(one, "Sampai", "open")
    if one.replaced:
        return DeliveryLine(one, "Digantikan yang lebih baru", "")
    return DeliveryLine(one, "Gagal", "late") if one.result else DeliveryLine(one, "Menunggu", "")


def shown_settings(channel: Channel) -> list[tuple[str, str]]:
    """Return label and value of each setting that may be shown; secrets are not among them."""
    fields = [one for one in FIELDS[ChannelKind(channel.kind)] if not one.secret]
    values = {one.name: dict(one.choices) for one in fields}
    said = channel.settings
    return [
        (one.label, values[one.name].get(said.get(one.name, ""), said.get(one.name, "")))
        for one in fields
        if said.get(one.name)
    ]
