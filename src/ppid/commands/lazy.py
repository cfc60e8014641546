"""A group of commands that imports one only when it is used: some start Django, some must not."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from ppid.commands.indonesian import name_placeholders

Table = Mapping[str, tuple[str, str]]
"""Command -> the module and attribute that hold it ("a.b:c"), and its line in the list."""


class LazyGroup(click.Group):
    """A group that knows commands by a table, beside those that it was given.

    One with an empty line is not listed.
    """

    def __init__(self, *args: Any, table: Table, **more: Any) -> None:
        super().__init__(*args, **more)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, those of the table last and in its order."""
        return [*self.commands, *self._table]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now; None if there is no such name."""
        if cmd_name not in self._table:
            return super().get_command(ctx, cmd_name)
        module, attribute = self._table[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        name_placeholders(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, importing none."""
        rows = [(name, one.get_short_help_str(100)) for name, one in self.commands.items()]
        rows += [(name, text) for name, (_, text) in self._table.items() if text]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)
