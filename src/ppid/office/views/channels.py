"""The pages of the publication channels: all, one with its deliveries, a new one, a change."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ppid.office.accounts import person_of
from ppid.office.actions import channels as actions
from ppid.office.channels.kinds import ChannelKind
from ppid.office.forms.channels import ChannelForm
from ppid.office.forms.steps import ActForm
from ppid.office.models import Channel
from ppid.office.queries.channels import (
    channel_line,
    channel_lines,
    delivery_lines,
    shown_settings,
)
from ppid.office.views.doing import done, sent, set_up_obstacles, status_of_answer

SAID = {
    "try": "Edisi terbaru dikirim dalam beberapa saat; muat ulang halaman ini untuk hasilnya.",
    "on": "Saluran dinyalakan.",
    "off": "Saluran dimatikan; yang sudah terkirim tetap ada di sana.",
}


@login_required
def show_channels(request: HttpRequest) -> HttpResponse:
    """List the channels of the body, and the kinds that there are."""
    person = person_of(request)
    context = {
        "lines": channel_lines(person.body),
        "kinds": list(ChannelKind),
        "obstacles": set_up_obstacles(person),
    }
    return render(request, "office/channels.html", context)


@login_required
def new_channel(request: HttpRequest) -> HttpResponse:
    """Add a channel of the kind that the address names."""
    kind = request.GET.get("jenis", "")
    if kind not in list(ChannelKind):
        raise Http404
    return _edit(request, ChannelKind(kind), channel=None)


@login_required
def change_channel(request: HttpRequest, channel: UUID) -> HttpResponse:
    """Change the settings of a channel."""
    known = actions.channel_of(person_of(request).body, channel)
    return _edit(request, ChannelKind(known.kind), channel=known)


def _edit(request: HttpRequest, kind: ChannelKind, *, channel: Channel | None) -> HttpResponse:
    person, at = person_of(request), timezone.now()
    known = channel.settings if channel else None
    initial = {"name": channel.name} if channel else {}
    form = ChannelForm(request.POST or None, kind=kind, known=known, initial=initial)
    key, error = sent(
        request,
        form,
        lambda: actions.set_channel(
            person.body,
            kind=kind,
            name=form.cleaned_data["name"],
            given=form.given(),
            by=person.pk,
            at=at,
            channel=channel,
            act=form.cleaned_data["act"],
        ),
        said="Saluran tersimpan; edisi terbaru dikirim sebentar lagi.",
    )
    if request.method == "POST" and form.is_valid() and error is None:
        return redirect("channel", key) if key else redirect("channels")
    findings = error.findings if error else ()
    context = {
        "form": form,
        "kind": kind,
        "channel": channel,
        "obstacles": set_up_obstacles(person),
        "findings": [one for one in findings if one.place not in form.fields],
    }
    return render(request, "office/channel_form.html", context, status=status_of_answer(error))


@login_required
def show_channel(request: HttpRequest, channel: UUID) -> HttpResponse:
    """Show a channel, its settings without its secrets, and what was brought to it."""
    person, at = person_of(request), timezone.now()
    known = actions.channel_of(person.body, channel)
    context = {
        "line": channel_line(known),
        "settings": shown_settings(known),
        "deliveries": delivery_lines(known),
        "form": ActForm(),
        "trying": actions.trying_obstacles(known, by=person.pk, at=at),
        "obstacles": set_up_obstacles(person),
    }
    return render(request, "office/channel.html", context)


@login_required
@require_POST
def act_on_channel(request: HttpRequest, channel: UUID, what: str) -> HttpResponse:
    """Have a channel tried now, or switch it on or off."""
    person, at = person_of(request), timezone.now()
    known = actions.channel_of(person.body, channel)
    form = ActForm(request.POST)
    if what not in SAID or not form.is_valid():
        raise Http404
    about = {"by": person.pk, "at": at, "act": form.cleaned_data["act"]}
    _, error = done(
        request,
        lambda: (
            actions.try_now(known, **about)
            if what == "try"
            else actions.switch_channel(known, on=what == "on", **about)
        ),
        SAID[what],
    )
    if error:
        raise error
    return redirect("channel", known.pk)
