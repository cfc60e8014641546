"""An SFTP server as a process of its own: `python sftp_server.py FOLDER HOST_KEY AUTHORISED`.

Says its port, then serves the folder as its root until its standard input ends.
"""

import asyncio
import sys

import asyncssh

USER, PASSWORD = "dik", "kata-sandi-sftp"


class Door(asyncssh.SSHServer):
    """Lets one user in, by key or password."""

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == (USER, PASSWORD)


class Files(asyncssh.SFTPServer):
    """Files in a folder; in "tua" as an old server that knows no rename over a file, in "penuh"
    as one whose disk is full."""

    def posix_rename(self, oldpath, newpath):
        if b"tua/" in newpath:
            raise asyncssh.SFTPOpUnsupported("posix-rename")
        if b"penuh/" in newpath:
            raise asyncssh.SFTPFailure("no space")
        super().posix_rename(oldpath, newpath)


async def serve(folder, host_key, authorised):
    server = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=Door,
        server_host_keys=[host_key],
        authorized_client_keys=authorised,
        sftp_factory=lambda door: Files(door, chroot=folder),
    )
    print(server.get_port(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
