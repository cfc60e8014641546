"""Click's own words in Indonesian: headings of the help, and complaints about usage.

Click looks its words up with gettext under the user's locale; the office's machine may speak any,
and this program speaks Indonesian. So the lookup is replaced in the modules that print.
"""

from types import ModuleType

import click

WORDS = {
    "Aborted!": "Dibatalkan.",
    "Choose from:\n\t{choices}": "Pilih salah satu:\n\t{choices}",
    "Commands": "Perintah",
    "Error: {message}": "ppid: kesalahan: {message}",
    "Invalid value for {param_hint}: {message}": "Nilai {param_hint} tidak sah: {message}",
    "Invalid value: {message}": "Nilai tidak sah: {message}",
    "Missing argument": "Belum diisi:",
    "Missing command.": "Perintahnya belum disebut.",
    "Missing option": "Pilihan wajib belum diisi:",
    "Missing parameter": "Belum diisi:",
    "No such command {name!r}.": "Perintah {name!r} tidak ada.",
    "No such option {name!r}.": "Pilihan {name!r} tidak ada.",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tanpa nilai.",
    "Options": "Pilihan",
    "Positional arguments": "Isian",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Try '{command} {option}' for help.": "ppid: saran: ketik '{command} {option}' untuk bantuan.",
    "Usage:": "Pakai:",
    "default: {default}": "asal: {default}",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan bilangan.",
}
PLURALS = {
    "Got unexpected extra argument ({args})": "Isian berlebih: {args}",
    "Option {name!r} requires an argument.": "Pilihan {name!r} memerlukan nilai.",
    "Did you mean {possibility}?": "Mungkin maksud Anda {possibilities}.",
}


def speak_indonesian() -> None:
    """Replace the word lookup in every module of Click."""
    for module in vars(click).values():
        if isinstance(module, ModuleType) and module.__name__.startswith("click."):
            for name, lookup in (("_", _word), ("ngettext", _plural)):
                if hasattr(module, name):
                    setattr(module, name, lookup)


def name_placeholders(command: click.Command) -> None:
    """Put Indonesian words in the usage line of a command and of those under it."""
    command.options_metavar = "[PILIHAN]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "PERINTAH ..."
        for below in command.commands.values():
            name_placeholders(below)


def _word(text: str) -> str:
    return WORDS.get(text, text)


def _plural(one: str, many: str, count: int) -> str:
    return PLURALS.get(one, one if count == 1 else many)
