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


FIELDS = "/FieldsOut"
"""How the reference to the shape ends that tells what an act asks for."""


def _rows(schema: dict[str, Any], *, acting: bool) -> list[dict[str, Any]]:
    """Return what may be read, or done, by address; an act with the GET that tells its fields."""
    rows = []
    for path, methods in sorted(schema["paths"].items()):
        asking = [name for name, said in methods.items() if _shape(said).endswith(FIELDS)]
        for name, said in methods.items():
            if name not in asking and (name != "get") is acting:
                rows.append(
                    {
                        "methods": [*asking, name] if acting else [name],
                        "parts": path.strip("/").split("/"),
                        "summary": said["summary"],
                        "asks": [one["name"] for one in said["parameters"] if one["in"] == "query"],
                    }
                )
    return rows


def _shape(said: dict[str, Any]) -> str:
    shape: str = said["responses"][200]["content"]["application/json"]["schema"]["$ref"]
    return shape


@login_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show every address of the API: what may be read, and what may be done."""
    schema = described()
    tables = (
        ("Membaca", _rows(schema, acting=False)),
        ("Bertindak", _rows(schema, acting=True)),
    )
    return render(request, "office/api.html", {"tables": tables})
