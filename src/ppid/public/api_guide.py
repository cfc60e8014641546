"""The page that explains the read API, drawn from the API's own OpenAPI document."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ppid.public.api import api
from ppid.public.as_file import is_file
from ppid.public.frame import render_frame

HOUR = 3600
LIST = "/api/v1/bodies/{slug}"
NEED_A_QUERY = (f"{LIST}/entries", f"{LIST}/changes")
NEVER_OF_FILES = {422}
OF_FILES = (
    "This copy of the site is files: no address takes a query. Read the whole list by its pages or"
    " from unduh.json, all editions at once, and what one said from log/edisi/N.json; search,"
    " filters and changes between two editions are for the reader to work out."
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that can be given with a request. told: its kind and bounds."""

    name: str
    place: str
    told: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API."""

    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    shape: str


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show every address of the API with what it takes and what it answers."""
    operations = tuple(_operations(described(request)))
    response = render_frame(request, "api", {"operations": operations, "is_file": is_file(request)})
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Hand out the API's OpenAPI 3.1 document."""
    response = JsonResponse(described(request))
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


def described(request: HttpRequest) -> dict[str, Any]:
    """Return the OpenAPI document; of a site that is files, what files can answer.

    Files know no query: what cannot do without one is left out, and the rest takes none.
    """
    schema: dict[str, Any] = api.get_openapi_schema()
    if not is_file(request):
        return schema
    schema = deepcopy(schema)
    for path in NEED_A_QUERY:
        del schema["paths"][path]
    for methods in schema["paths"].values():
        said = methods["get"]
        said["parameters"] = [one for one in said["parameters"] if one["in"] != "query"]
        for status in NEVER_OF_FILES & set(said["responses"]):
            del said["responses"][status]
    schema["info"]["description"] += f" {OF_FILES}"
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        said = methods["get"]
        answer = said["responses"][200]["content"]["application/json"]["schema"]
        yield Operation(
            path=path,
            summary=said["summary"],
            text=said.get("description", ""),
            parameters=tuple(_parameter(one) for one in said["parameters"]),
            shape=answer["$ref"].rpartition("/")[2],
        )


def _parameter(said: dict[str, Any]) -> Parameter:
    schema = said["schema"]
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    told = [f"{one.get('type', one.get('$ref', ''))}".rpartition("/")[2] for one in options]
    bounds = [
        f"{name} {one[name]}"
        for one in options
        for name in ("minimum", "maximum", "maxLength", "pattern")
        if name in one
    ]
    return Parameter(said["name"], said["in"], ", ".join([*told, *bounds]))
