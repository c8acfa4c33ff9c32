"""Commands that are imported when they are called, so that ``--help`` answers at once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

Commands = Mapping[str, tuple[str, str]]
"""Names of commands, each with its module, whose `command` it is, and what ``--help`` says of it in a line."""


_OF_THE_SERVICE = frozenset(
    {"alembic", "argon2", "fastapi", "limits", "prometheus_client", "sqlalchemy", "structlog", "uvicorn"}
)


class LazyGroup(click.Group):
    """A group of `commands`, listed in their order."""

    def __init__(self, *, commands_by_name: Commands, **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type] # click checks its own settings
        self._by_name = commands_by_name

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Give the names in their order, not by letter."""
        return list(self._by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """Give the command of that name, imported now; bad usage where it takes an extra that is not installed."""
        if cmd_name not in self._by_name:
            return None
        try:
            command: click.Command = import_module(self._by_name[cmd_name][0]).command
        except ModuleNotFoundError as missing:
            if missing.name not in _OF_THE_SERVICE:
                raise
            message = f"{cmd_name}: 请运行  run: pip install 'duixian[service]'"
            raise click.UsageError(message) from missing
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self._by_name.items()])
