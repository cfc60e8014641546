"""Asking the open site for an answer without a web server: the same middleware, views, templates.

So nothing that is written as a file can say something else than the live site does.
"""

import io
from urllib.parse import unquote, urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponseBase

from ppid.errors import BadInput, CorruptData, Finding
from ppid.public.as_file import MARK
from ppid.public.language import LanguageOfTheAddress
from ppid.public.views import page_not_found

PORTS = {"http": "80", "https": "443"}


class Site:
    """The open site as it answers under its lasting address, "https://informasi.example.go.id"."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
            raise BadInput(_bad_address(address))
        self.address = f"{parts.scheme}://{parts.netloc}"
        self._asked = {
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": parts.hostname,
            "SERVER_PORT": str(parts.port or PORTS[parts.scheme]),
            "HTTP_HOST": parts.netloc,
            "HTTP_X_FORWARDED_PROTO": parts.scheme,
            "wsgi.url_scheme": parts.scheme,
            MARK: True,
        }
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def answer(self, address: str) -> HttpResponseBase:
        """Return the answer to a GET of an address below the site's.

        It is not to be closed: that would end the connection, and with it the one state of the
        database that all answers are made from.
        Raises CorruptData `page_fails` for every other answer than 200.
        """
        response = self._handler.get_response(self._request(address))
        if response.status_code != 200:
            text = f"Halaman ini menjawab {response.status_code}."
            hint = "Periksa PPID_PUBLIC_URL, PPID_HOSTS, dan PPID_HTTPS; lihat juga catatan galat."
            raise CorruptData(Finding("page_fails", text, place=address, hint=hint))
        return response

    def missing(self, address: str) -> HttpResponseBase:
        """Return the page that says there is none."""
        speak = LanguageOfTheAddress(lambda asked: page_not_found(asked, Http404()))
        return speak(self._request(address))

    def _request(self, address: str) -> HttpRequest:
        path, _, query = address.partition("?")
        given = {"PATH_INFO": unquote(path), "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
        return WSGIRequest(self._asked | given)


def _bad_address(address: str) -> Finding:
    return Finding(
        "public_url",
        "Alamat situs umum tidak lengkap.",
        place=address,
        hint="Isi PPID_PUBLIC_URL dengan alamat tanpa folder, misalnya https://informasi.example.go.id.",
    )
