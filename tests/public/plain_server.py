"""A plain web server: it hands out files, and knows of an address no more than `try_files`."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Files(SimpleHTTPRequestHandler):
    """What nginx does with its `try_files`; every query is lost."""

    protocol_version = "HTTP/1.1"

    def send_head(self):
        """Answer with the file of an address."""
        plain = self.path.partition("?")[0].partition("#")[0].rstrip("/")
        for ending in ("", "/index.html", "/index.json"):
            if Path(self.translate_path(plain + ending)).is_file() and (plain or ending):
                self.path = plain + ending
                return super().send_head()
        self.send_error(404)
        return None

    def log_message(self, *args):
        """Say nothing."""


class Patient(ThreadingHTTPServer):
    """A server at which a browser's connections may queue while the machine is busy."""

    request_queue_size = 128
    daemon_threads = True


@contextmanager
def served(folder):
    """The address under which the files of a folder are served."""
    server = Patient(("127.0.0.1", 0), partial(Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
