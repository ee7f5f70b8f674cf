"""The command line: finds the commands, and turns every end into the documented exit status.

Exit status: 0 done, 1 a gate failed, 2 usage, configuration or nothing to scan, 3 a defect of ours, 130 interrupted.
With `mlops_scan.commands` and `mlops_scan.console`, the only place that prints and exits.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pkgutil
import sys
from typing import NoReturn

import click

from mlops_scan import __version__, commands

USAGE, DEFECT, INTERRUPTED = 2, 3, 130
_LONGEST = 2000


class Commands(click.Group):
    """The modules of `mlops_scan.commands`, each loaded when it is asked for; a first word may also be a path.

    ``mlops-scan PATH`` is ``mlops-scan scan PATH``.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the modules; an underscore in one is a hyphen."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that a module holds, or None without such a module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take anything that is no command as the arguments of ``scan``."""
        if args and args[0] not in self.list_commands(ctx):
            args = ["scan", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options of ``scan`` stand before the path."""
        own = {"--help", "-h", "--version"}
        if args and args[0].startswith("-") and args[0] not in own:
            args = ["scan", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mlops-scan", message="%(prog)s %(version)s")
def app() -> None:
    """Infer the MLOps maturity level of a repository, with proof.

    `mlops-scan PATH` scans a directory; the other commands tell what proves what, and keep a level.
    """


def main() -> NoReturn:
    """Run, and turn every end into the documented exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="backslashreplace")  # a terminal without a character shows its escape
    raise SystemExit(status())


def status() -> int:
    """Run, and return the documented exit status."""
    try:
        app(standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"mlops-scan: {error.format_message()}", err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("mlops-scan: interrupted", err=True)
        return INTERRUPTED
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: told as what it is
        return _told(error)
    return 0


def _told(error: Exception) -> int:
    from mlops_scan.catalogue import CatalogueError
    from mlops_scan.config import ConfigError
    from mlops_scan.model_file import ModelError
    from mlops_scan.reports import FormatError
    from mlops_scan.reports.visible import visible
    from mlops_scan.sources import SourceError

    if isinstance(error, (CatalogueError, ConfigError, FormatError, ModelError, SourceError)):
        click.echo(f"mlops-scan: {visible(str(error), _LONGEST)}", err=True)
        return USAGE
    if os.environ.get("MLOPS_SCAN_DEBUG"):
        raise error
    told = visible(f"{type(error).__name__}: {error}", _LONGEST)
    click.echo(f"mlops-scan: a defect of ours ({told}); MLOPS_SCAN_DEBUG=1 shows where. Please report it.", err=True)
    return DEFECT
