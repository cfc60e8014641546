"""Ceph's own S3 service (RGW) on one node of this machine, in memory: the real thing.

Needs Debian's `ceph-mon ceph-osd radosgw`; `make campaign-s3` installs them.
"""

import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from vault.s3_server import KEYS, free_port, wait_for

WAIT_SECONDS = 120
SETTINGS = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon}/0]
mon initial members = a
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms mon service mode = crc
ms mon cluster mode = crc
ms client mode = crc
ms service mode = crc
ms cluster mode = crc
run dir = {folder}
keyring = {folder}/keyring
log file = {folder}/$name.log
admin socket = {folder}/$name.asok
pid file = {folder}/$name.pid
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{rgw} tcp_nodelay=1
"""


@contextmanager
def service():
    """Start the cluster, make the user of KEYS, give the address; all is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ppid-ceph-"))
    mon, rgw, fsid = free_port(), free_port(), str(uuid4())
    settings = folder / "ceph.conf"
    settings.write_text(SETTINGS.format(folder=folder, mon=mon, rgw=rgw, fsid=fsid))
    started = []
    keyring = ("ceph-authtool", "--create-keyring", folder / "keyring", "-n", "client.admin")
    subprocess.run([*keyring, "--gen-key"], check=True, capture_output=True)

    def run(program, *arguments):
        return subprocess.run(
            [program, "-c", settings, *arguments],
            check=True,
            capture_output=True,
            text=True,
            timeout=WAIT_SECONDS,
        ).stdout.strip()

    def start(program, *arguments):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen([program, "-c", settings, *arguments, "-f"], **quiet))

    try:
        (folder / "mon").mkdir()
        (folder / "osd").mkdir()
        monmap = str(folder / "monmap")
        place = f"[v2:127.0.0.1:{mon}]"
        run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", place, monmap)
        run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap)
        start("ceph-mon", "-i", "a")
        osd = str(uuid4())
        run("ceph", "osd", "new", osd)
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        start("ceph-osd", "-i", "0")
        _make_user(run)
        start("radosgw", "-n", "client.admin")
        wait_for(rgw)
        yield f"http://127.0.0.1:{rgw}"
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
        shutil.rmtree(folder)


def _make_user(run):
    run(
        "radosgw-admin",
        *("user", "create", "--uid=kota", "--display-name=Kota"),
        f"--access-key={KEYS['AWS_ACCESS_KEY_ID']}",
        f"--secret={KEYS['AWS_SECRET_ACCESS_KEY']}",
    )
