"""The list on another server by SFTP (asyncssh, the extra "sftp").

The server is known by the fingerprint of its key, which the officer was given: there is no first
time on which any key would be believed. Each file goes up under a name of its own and then takes
the place of the older one.
"""

import asyncio
import hmac
import json
import secrets

import asyncssh

from ppid.errors import BadInput, Finding
from ppid.office.channels import web
from ppid.office.channels.errand import Errand, manifest

PORT = 22
QUESTIONS = 4
"""How many times `seconds` the whole may take: sign-in, and the files."""


class _Known(asyncssh.SSHClient):
    """Believes the one server that was agreed upon."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint, self.met = fingerprint, ""

    def validate_host_public_key(
        self, host: str, addr: str, port: int, key: asyncssh.SSHKey
    ) -> bool:
        self.met = key.get_fingerprint("sha256")
        return hmac.compare_digest(self.met, self.fingerprint)


def send(errand: Errand) -> str:
    """Bring each file, and last the one that names them.

    Raises BadInput: `channel_host_key_differs`, `channel_key_unusable`, `channel_refused`,
    `channel_missing`, `channel_late`, `channel_cut`, `channel_unreachable`, and as
    `web.allowed_place`.
    """
    host, _, port = errand.settings["host"].partition(":")
    place = str(web.allowed_place(host, int(port or PORT)))
    known = _Known(errand.settings["fingerprint"])
    keys = _keys(errand)
    work = _bring(errand, known, keys, place=place, port=int(port or PORT))
    try:
        asyncio.run(asyncio.wait_for(work, errand.seconds * QUESTIONS))
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise BadInput(_broken(error, host, known)) from None
    return f"{len(errand.lists.files)} berkas daftar ada di {host}, folder {_folder(errand)}."


def _keys(errand: Errand) -> list[asyncssh.SSHKey]:
    text = errand.secrets.get("private_key", "")
    try:
        return [asyncssh.import_private_key(f"{text}\n")] if text else []
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        said = "Kunci privat tidak dapat dibaca, atau bersandi."
        hint = "Tempel kunci OpenSSH yang tidak bersandi."
        raise BadInput(Finding("channel_key_unusable", said, "private_key", hint)) from None


async def _bring(
    errand: Errand, known: _Known, keys: list[asyncssh.SSHKey], *, place: str, port: int
) -> None:
    line = await asyncssh.connect(
        place,
        port,
        config=None,
        options=asyncssh.SSHClientConnectionOptions(
            client_factory=lambda: known,
            known_hosts=([], [], []),
            username=errand.settings["user"],
            client_keys=keys,
            password=errand.secrets.get("password") or None,
            agent_path=None,
            connect_timeout=errand.seconds,
            login_timeout=errand.seconds,
        ),
    )
    async with line, line.start_sftp_client() as client:
        folder = _folder(errand)
        for one in errand.lists.files:
            await _put(client, f"{folder}/{one.name}", one.path.read_bytes())
        about = json.dumps(manifest(errand.lists), ensure_ascii=False, indent=1).encode()
        await _put(client, f"{folder}/dik-{errand.lists.slug}-edisi.json", about)


async def _put(client: asyncssh.SFTPClient, name: str, data: bytes) -> None:
    draft = f"{name}.{secrets.token_hex(8)}"
    try:
        async with client.open(draft, "wb") as file:
            await file.write(data)
        try:
            await client.posix_rename(draft, name)
        except asyncssh.SFTPOpUnsupported:
            if await client.exists(name):
                await client.remove(name)
            await client.rename(draft, name)
    except asyncssh.SFTPError:
        if await client.exists(draft):
            await client.remove(draft)
        raise


def _folder(errand: Errand) -> str:
    return errand.settings["folder"].rstrip("/") or "."


def _broken(error: Exception, host: str, known: _Known) -> Finding:
    if known.met and known.met != known.fingerprint:
        text = f"Kunci server {host} bukan yang diisikan; sidiknya {known.met}."
        hint = "Cocokkan dengan pengelola server itu. Bila ia tidak menggantinya, jangan lanjutkan."
        return Finding("channel_host_key_differs", text, "fingerprint", hint)
    if isinstance(error, asyncssh.PermissionDenied | asyncssh.SFTPPermissionDenied):
        hint = "Isi kunci yang baru pada halaman saluran ini, dan periksa haknya atas folder itu."
        return Finding("channel_refused", f"{host} menolak masuk atau menulis.", hint=hint)
    if isinstance(error, asyncssh.SFTPNoSuchFile | asyncssh.SFTPNoSuchPath):
        text = f"Folder itu tidak ada di {host}."
        return Finding("channel_missing", text, hint="Minta pengelola server membuatnya.")
    if isinstance(error, asyncssh.SFTPError):
        return Finding("channel_failed", f"{host} gagal menyimpan berkas.", hint=web.LATER)
    if isinstance(error, asyncssh.Error):
        return Finding("channel_cut", f"Sambungan SFTP dengan {host} terputus.", hint=web.LATER)
    return web.broken(error, host)
