"""Serve the demo's static site by nginx and by Apache, with the rules written beside it, and ask
every address of both and of the live site: `make campaign-static`.

Compared are status, bytes, Content-Type and the headers that guard a page or say how long it may be
kept; of the two servers also compression, conditional requests, what has no page, and what nobody
may read. Prints what differs; the code is 1 where anything does. CAMPAIGN_DATA names the folder of
a demo to copy, which spares making one.
"""

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

PPID = [sys.executable, "-m", "ppid.cli"]
HOW_TO_GET = "apt-get install nginx-light apache2"
MODULES = (
    *("mpm_event", "authz_core", "unixd", "dir", "mime", "headers", "rewrite", "filter", "deflate"),
)
MODULE_FOLDERS = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules")
TYPES = Path("/etc/mime.types")
COMPARED = (
    *("content-type", "cache-control", "content-language", "content-disposition", "x-robots-tag"),
    *("content-security-policy", "cross-origin-opener-policy", "referrer-policy"),
    *("x-content-type-options", "x-frame-options"),
)
GUARDS = COMPARED[5:]
PACKED = re.compile(r"text/(html|css|csv|javascript|plain)|image/svg|application/(json|xml)")
ENOUGH_TO_PACK = 1024
EXAMPLES = int(os.environ.get("EXAMPLES", "5"))
NOTHING = ("/tidak-ada/", "/kalteng/tidak-ada", "/en/tidak-ada/", "/api/v1/tidak-ada")
"""Addresses of nothing. Folders without a page of their own are added."""
SHORTENED = ("/kalteng", "/en/kalteng", "/api", "/en/periksa", "/kalteng/log", "/kalteng?cari=a")
"""Addresses of pages without the slash at their end."""
CLOSED = ("/.ppid/", "/.ppid/daftar.sqlite3", "/.ppid/nginx.conf", "/.htaccess", "/_headers")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; headers by their names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """A server that is asked over one open connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, address: str, **headers: str) -> Answer:
        """Return the answer to a GET; headers: "_" in a name stands for "-"."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self._connection.request("GET", address, headers=sent)
            got = self._connection.getresponse()
        except ConnectionError:  # what the server closed meanwhile
            self._connection.close()
            self._connection.request("GET", address, headers=sent)
            got = self._connection.getresponse()
        body = got.read()
        said = {name.lower(): value for name, value in got.getheaders()}
        return Answer(got.status, said, body)


def main() -> int:
    """Make the folder, serve it three times, print what differs; return 1 if anything does."""
    programs = {name: shutil.which(name) for name in ("nginx", "apache2")}
    programs["apache2"] = programs["apache2"] or shutil.which("httpd")
    if not all(programs.values()):
        print(f"nginx or Apache is missing: {HOW_TO_GET}")
        return 2
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        home = Path(name)
        home.chmod(0o755)  # both servers give their workers to another user
        folder, live = home / "situs", free_port()
        variables = os.environ | {
            "PPID_DATA": str(home / "data"),
            "PPID_LOG": "ERROR",
            "PPID_PUBLIC_URL": f"http://127.0.0.1:{live}",
        }
        if made := os.environ.get("CAMPAIGN_DATA"):
            shutil.copytree(made, home / "data")
        else:
            subprocess.run([*PPID, "demo"], env=variables, check=True, capture_output=True)
        publish = [*PPID, "publish", "--static", str(folder)]
        subprocess.run(publish, env=variables, check=True)
        ports = {"live": live, "nginx": free_port(), "apache": free_port()}
        files = {
            "nginx": ["-c", str(nginx(home, folder, ports["nginx"]))],
            "apache": ["-DFOREGROUND", "-f", str(apache(home, folder, ports["apache"]))],
        }
        commands = {
            "live": [*PPID, "serve", "--public", "--port", str(live)],
            "nginx": [str(programs["nginx"]), *files["nginx"]],
            "apache": [str(programs["apache2"]), *files["apache"]],
        }
        for which, command in commands.items():
            stack.enter_context(running(command, variables, ports[which]))
        servers = {which: Server(port) for which, port in ports.items()}
        return tell(list(differences(folder, servers)), folder)


def tell(found: list[tuple[str, str, str, str]], folder: Path) -> int:
    """Print each kind of difference with an example; return 1 if there is one."""
    kinds = Counter((who, what) for who, what, _, _ in found)
    for (who, what), count in sorted(kinds.items()):
        print(f"{who}, {what}: {count}")
        examples = {
            re.sub(r"[0-9a-f]{6,}|\d+", "N", f"{address}: {said}"): f"{address}: {said}"
            for *kind, address, said in found
            if kind == [who, what]
        }
        for one in list(examples.values())[:EXAMPLES]:
            print(f"    {one}")
    print(f"{len(list(addresses(folder)))} addresses, {len(found)} differences")
    return int(bool(found))


def addresses(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the address of each file of the site; the pages about nothing have none."""
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if file.is_dir() or name.startswith((".", "_")) or name.endswith("404.html"):
            continue
        address = f"/{name}".removesuffix("index.html")
        yield address.removesuffix("/index.json") if "/api/v1/" in address else address, file


def differences(folder: Path, servers: dict[str, Server]) -> Iterator[tuple[str, str, str, str]]:
    """Yield who differs, in what, where, and how."""
    files = {who: server for who, server in servers.items() if who != "live"}
    for address, file in addresses(folder):
        content = file.read_bytes()
        live = servers["live"].ask(address)
        for who, server in files.items():
            answer = server.ask(address)
            yield from ((who, *one) for one in _compared(address, answer, live, content))
            yield from ((who, *one) for one in _again(server, address, answer, content))
    for who, server in files.items():
        for address in (*NOTHING, *_bare_folders(folder)):
            yield from ((who, *one) for one in _nothing(server, address, servers["live"]))
        for address in SHORTENED:
            told, other = (one.ask(address) for one in (server, servers["live"]))
            led = [
                (one.status, urlsplit(one.headers.get("location", ""))[2:4])
                for one in (told, other)
            ]
            if led[0] != led[1]:
                yield who, "without slash", address, f"{led[0]} for {led[1]}"
        for address in CLOSED:
            if (status := server.ask(address).status) not in (403, 404):
                yield who, "open", address, str(status)


def _compared(
    address: str, answer: Answer, live: Answer, content: bytes
) -> Iterator[tuple[str, str, str]]:
    if answer.status != 200:
        yield "status", address, str(answer.status)
        return
    if answer.body != content:
        yield "bytes", address, f"{len(answer.body)} for {len(content)}"
    if live.status == 404 and "/cari/" in address:  # the index is of files alone
        missing = [name for name in GUARDS if name not in answer.headers]
        if missing:
            yield "guards", address, str(missing)
        return
    if live.status not in (200, 302):
        yield "live status", address, str(live.status)
    names = ("content-type",) if address.startswith("/aset/") else COMPARED
    for name in names if live.status == 200 else GUARDS:
        mine, other = (_plain(name, one.headers.get(name, "")) for one in (answer, live))
        if mine != other and (other or name != "cache-control"):
            yield name, address, f"{mine!r} for {other!r}"


def _plain(name: str, said: str) -> str:
    """Return a header so that two that mean the same are equal."""
    if name == "content-disposition":
        return said.partition(";")[0].removeprefix("inline")
    if name == "content-type" and said.startswith("application/json"):
        return "application/json"  # it has one charset (RFC 8259)
    if name == "content-type" and said.startswith("image/svg"):
        return "image/svg+xml"  # and says its charset itself
    parts = (
        re.split(r"[;,]", said.lower().replace('"', "")) if name != "referrer-policy" else [said]
    )
    return "; ".join(sorted(" ".join(part.split()) for part in parts))


def _again(
    server: Server, address: str, answer: Answer, content: bytes
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with an answer that is asked for again, or packed."""
    tag = answer.headers.get("etag", "")
    if server.ask(address, If_None_Match=tag).status != 304:
        yield "not 304", address, tag
    if not PACKED.match(answer.headers.get("content-type", "")) or len(content) < ENOUGH_TO_PACK:
        return
    packed = server.ask(address, Accept_Encoding="gzip")
    if packed.headers.get("content-encoding") != "gzip":
        yield "not packed", address, answer.headers["content-type"]
    elif gzip.decompress(packed.body) != content:
        yield "packed bytes", address, ""
    tag = packed.headers.get("etag", "")
    if server.ask(address, If_None_Match=tag, Accept_Encoding="gzip").status != 304:
        yield "packed, not 304", address, tag
    if "accept-encoding" not in packed.headers.get("vary", "").lower():
        yield "vary", address, packed.headers.get("vary", "")


def _nothing(server: Server, address: str, live: Server) -> Iterator[tuple[str, str, str]]:
    """Yield how the answer to an address of nothing differs from the live site's."""
    answer, other = server.ask(address), live.ask(address)
    if answer.status != other.status:
        yield "status of nothing", address, f"{answer.status} for {other.status}"
    title = re.compile(rb"<title>[^<]*")
    told, wanted = title.search(answer.body), title.search(other.body)
    if wanted and (not told or told[0] != wanted[0]):
        yield "page of nothing", address, f"{told and told[0]!r} for {wanted[0]!r}"
    missing = [name for name in GUARDS if name not in answer.headers]
    if missing:
        yield "guards of nothing", address, str(missing)
    if "max-age" in answer.headers.get("cache-control", ""):
        yield "nothing is kept", address, answer.headers["cache-control"]


def _bare_folders(folder: Path) -> Iterator[str]:
    """Yield one address of each kind of folder that has no page of its own."""
    seen = set()
    for one in sorted(folder.rglob("*")):
        if one.is_dir() and ".ppid" not in one.parts:
            kind = re.sub(r"[0-9a-f]{6,}|\d+", "N", str(one.relative_to(folder)))
            has_page = any((one / name).exists() for name in ("index.html", "index.json"))
            if not has_page and kind not in seen:
                seen.add(kind)
                yield f"/{one.relative_to(folder)}/"


# The servers


def free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when a server listens. Raises ChildProcessError when it ends before."""
    while server.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ChildProcessError(server.args)


@contextmanager
def running(command: list[str], variables: dict[str, str], port: int) -> Iterator[None]:
    """Run a server meanwhile, from its first answer on."""
    server = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)
    try:
        wait_for(server, port)
        yield
    finally:
        server.terminate()
        server.wait(20)


def nginx(home: Path, folder: Path, port: int) -> Path:
    """Return nginx's file of settings: the rules beside the site, and what every nginx has."""
    rules = (folder / ".ppid/nginx.conf").read_text().replace("listen 80;", f"listen {port};")
    temporary = "".join(
        f"{kind}_temp_path {home}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = home / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {home}/nginx.pid;\nerror_log stderr;\nevents {{ }}\n"
        f"http {{\naccess_log off;\n{temporary}{rules}\n}}\n"
    )
    return file


def apache(home: Path, folder: Path, port: int) -> Path:
    """Return Apache's file of settings: modules, and a folder whose `.htaccess` is obeyed."""
    modules = next(path for one in MODULE_FOLDERS if (path := Path(one)).is_dir())
    loaded = "".join(
        f"LoadModule {one}_module {modules}/mod_{one}.so\n"
        for one in MODULES
        if (modules / f"mod_{one}.so").exists()  # else it is built in
    )
    file = home / "httpd.conf"
    file.write_text(
        f"{loaded}Listen 127.0.0.1:{port}\nServerName localhost\nPidFile {home}/httpd.pid\n"
        f"User nobody\nGroup nogroup\nTypesConfig {TYPES if TYPES.exists() else os.devnull}\n"
        f"ErrorLog /dev/stderr\nLogLevel error\nKeepAliveTimeout 60\nMaxKeepAliveRequests 0\n"
        f"DefaultRuntimeDir {home}\nMutex file:{home} default\n"
        f'DocumentRoot "{folder}"\n'
        f'<Directory "{folder}">\nAllowOverride All\nRequire all granted\n</Directory>\n'
    )
    return file


if __name__ == "__main__":
    sys.exit(main())
