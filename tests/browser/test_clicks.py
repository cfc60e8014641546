"""The click of the tests' own browser waits for all of the page that it leads to."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from browser.conftest import new_page
from browser.looking import accessible

PAGE = b"""<!doctype html><html lang="id"><head><title>Pelan</title></head>
<body><main><h1>Pelan</h1><a href="/pelan">Buka</a></main></body></html>"""
LATE_SECONDS = 0.5


class Slow(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/pelan":
            self.wfile.write(PAGE[:1])
            threading.Event().wait(LATE_SECONDS)
            self.wfile.write(PAGE[1:])
        else:
            self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@pytest.fixture
def slow():
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_click_ends_when_the_page_it_leads_to_is_read_whole(chromium, slow):
    page = new_page(chromium)
    page.goto(slow)
    page.get_by_role("link", name="Buka").click()
    assert page.url == f"{slow}/pelan"
    assert page.locator("h1").count() == 1
    accessible(page, page.url)
    page.click("a")
    assert page.locator("h1").count() == 1
