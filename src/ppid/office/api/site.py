"""The officers' API as one: its addresses under /api/v1/, its document, and its guide."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from ppid.office.api.access import PROBLEM, handle_errors
from ppid.office.api.acting import router as acting
from ppid.office.api.listing import router as listing
from ppid.office.api.page_acts import router as page_acts
from ppid.office.api.reading import router as reading

OK = range(200, 300)
api = NinjaAPI(
    title="SIP PPID untuk pejabat",
    version="1",
    description=(
        "What the officers' pages show and do, for an officer's own programs. A token (made on the "
        "page of tokens) stands for its owner, with the owner's authority of the moment. What is "
        "refused names every reason with its article."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="office-api",
)
handle_errors(api)
api.add_router("", reading)
api.add_router("", acting)
api.add_router("", page_acts)
api.add_router("", listing)


def described() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; refusals are problem+json."""
    schema: dict[str, Any] = api.get_openapi_schema()
    for methods in schema["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) not in OK:
                    answer["content"] = {PROBLEM: answer["content"].pop("application/json")}
    return schema


@login_required
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the API's OpenAPI 3.1 document."""
    return JsonResponse(described())


@login_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show every address of the API."""
    schema = described()
    operations = [
        {"method": method.upper(), "parts": path.strip("/").split("/"), **said}
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]
    return render(request, "office/api.html", {"operations": operations})
