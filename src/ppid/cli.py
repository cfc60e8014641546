"""The command `ppid`: finds the command's module, runs it, and turns every error into sentences.

Exit codes: 0 done; 1 an error that a person can act on (also when integrity failed, and, quietly,
when the reader of the output has gone); 2 the command was misused; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from ppid.commands.indonesian import name_placeholders, speak_indonesian
from ppid.commands.lazy import LazyGroup
from ppid.errors import PpidError

FAILED, INTERRUPTED = 1, 130

# Command -> the module and attribute that hold it, and its line in the list. A module is imported
# only when its command is used: the office's ones start Django.
COMMANDS = {
    "sop": ("ppid.commands.sop:sop", "Periksa, tampilkan, gambar, dan coba berkas SOP."),
    "law": ("ppid.commands.law:law", "Tanya dan periksa dasar hukum."),
    "walk": ("ppid.commands.walk:walk", "Jalankan satu berkas menurut SOP sampai selesai."),
    "demo": ("ppid.commands.demo:demo", "Buat data contoh."),
    "run": ("ppid.commands.run:run", "Mulai semuanya dengan data contoh."),
    "serve": ("ppid.commands.serve:serve", "Mulai server halaman."),
    "publish": ("ppid.commands.publish:publish", "Tulis situs umum sebagai berkas."),
    "worker": ("ppid.commands.worker:worker", "Mulai pekerja tugas latar."),
    "watch": ("ppid.commands.watch:watch", "Periksa jangka waktu yang berakhir."),
    "body": ("ppid.commands.body:body", "Siapkan badan publik untuk dipakai sungguhan."),
    "migrate": ("ppid.commands.migrate:migrate", "Siapkan atau perbarui basis data."),
    "check": ("ppid.commands.check:check", "Periksa keutuhan semua catatan."),
    "vault": ("ppid.commands.vault:vault", "Atur kunci brankas dan periksa berkasnya."),
    "ledger": ("ppid.commands.ledger:ledger", "Periksa, terbitkan, dan saksikan log."),
    "papers": ("ppid.commands.papers:papers", "Periksa naskah yang ditandatangani."),
    "backup": ("ppid.commands.backup:backup", "Cadangkan semuanya, terenkripsi."),
    "restore": ("ppid.commands.backup:restore", "Pulihkan cadangan ke folder kosong."),
    "export": ("ppid.commands.export:export", "Ekspor informasi dengan buktinya."),
    "doctor": ("ppid.commands.doctor:doctor", "Periksa pemasangan di mesin ini."),
    "walk-here": ("ppid.commands.walk_here:walk_here", ""),
}


@click.group(cls=LazyGroup, name="ppid", table=COMMANDS)
@click.version_option(
    package_name="sip-ppid", message="%(prog)s %(version)s", help="Tampilkan versi."
)
def ppid() -> None:
    """SIP PPID: badan publik menjalankan SOP-nya sendiri untuk informasi yang dikecualikan."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; the entry point of the installed `ppid`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot print a letter shows a substitute, rather than a failure.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; prints every error."""
    speak_indonesian()
    name_placeholders(ppid)
    try:
        code = ppid.main(args=args, prog_name="ppid", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PpidError as error:
        print_error(error)
        return FAILED
    except BrokenPipeError:
        return _close_output()
    return code if isinstance(code, int) else 0


def print_error(error: PpidError) -> None:
    """Print every finding of the error, and what to do about it, on standard error."""
    for finding in error.findings:
        click.echo(f"ppid: kesalahan: {finding}", err=True)
        if finding.hint:
            click.echo(f"ppid: saran: {finding.hint}", err=True)


def _close_output() -> int:
    # Python flushes once more at its end and would complain then; nobody reads it any more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


if __name__ == "__main__":
    main()
