"""A group of commands that imports one only when it is used: some start Django, some must not."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from ppid.commands.indonesian import name_placeholders

Table = Mapping[str, tuple[str, str]]
"""Command -> the module and attribute that hold it ("a.b:c"), and its line in the list."""


class LazyGroup(click.Group):
    """A group that knows its commands by a table; one with an empty line is not listed."""

    def __init__(self, *args: Any, table: Table, **more: Any) -> None:
        super().__init__(*args, **more)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now; None if there is no such name."""
        if cmd_name not in self._table:
            return None
        module, attribute = self._table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        name_placeholders(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, importing none."""
        with formatter.section("Perintah"):
            formatter.write_dl([(name, text) for name, (_, text) in self._table.items() if text])
