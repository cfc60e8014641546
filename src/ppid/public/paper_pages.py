"""The page that a paper's QR leads to: what it is today, and whether a file is that paper.

The file never leaves the reader's browser. Who has no code finds nothing: there is no list of
papers and no search by number (docs/decisions/0116).
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ppid.errors import NotFound
from ppid.public.frame import render_frame
from ppid.public.models import Paper
from ppid.public.paper_code import grouped, read_code
from ppid.public.paper_status import paper_state
from ppid.public.proofs import paper_proof
from ppid.public.status import today

KEEP = 300


@require_safe
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code of a paper, and lead to its page."""
    typed = request.GET.get("kode", "")
    if code := read_code(typed):
        return redirect("public-paper", code=grouped(code))
    page = render_frame(request, "check", {"typed": typed[:200], "wrong": bool(typed.strip())})
    patch_cache_control(page, public=True, max_age=KEEP)
    return page


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponseRedirect:
    """Lead from the address that is printed on a paper to its page, whether there is one or not."""
    return _led(code)


@require_safe
def paper_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what everybody with its code may know of a paper."""
    if grouped(read_code(code)) != code:
        return _led(code)
    paper = _paper(code)
    context: dict[str, Any] = {"paper": paper, "owner": paper.body, "short": code}
    if not paper.internal:
        on = today(paper.body)
        context |= {
            "state": paper_state(paper, on=on),
            "on": on,
            "replaced": grouped(paper.replaced_by) if paper.replaced_by else "",
            "signers": [_signer(one) for one in paper.signers],
            "proof": paper_proof(paper) if paper.seq is not None else "",
        }
    return _unlisted(render_frame(request, "paper", context))


@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hand out the proof that the log names the paper's file (C2SP tlog-proof)."""
    try:
        text = paper_proof(_paper(code))
    except NotFound as error:
        raise Http404 from error
    return _unlisted(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _led(code: str) -> HttpResponseRedirect:
    """Return the way to the page of a code as it should be written. Raises Http404 for no code."""
    found = read_code(code)
    if not found:
        raise Http404
    return redirect("public-paper", code=grouped(found))


def _paper(code: str) -> Paper:
    found = Paper.objects.select_related("body").filter(code=read_code(code)).first()
    if found is None:
        raise Http404
    return found


def _signer(one: dict[str, Any]) -> dict[str, Any]:
    """Return a signer with the moment as one."""
    return one | {"at": datetime.fromisoformat(one["at"]) if one["at"] else None}


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep an address that only holders of the paper know out of caches and search engines."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
