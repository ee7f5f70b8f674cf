"""The command line: with `mlops_scan.authoring`, the only place that prints and exits.

Exit status: 0 done, 1 a gate failed, 2 usage, configuration or nothing to scan, 3 a defect of ours, 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, get_args

import click

from mlops_scan import __version__, authoring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.assessment import Assessment
    from mlops_scan.catalogue import Catalogue
    from mlops_scan.config import Config
    from mlops_scan.scan import Options

GATE_FAILED, USAGE, DEFECT, INTERRUPTED = 1, 2, 3, 130
_SLOW = 1.0
_LONGEST = 2000


class ScanByDefault(click.Group):
    """A group whose first word may be a path: ``mlops-scan PATH`` is ``mlops-scan scan PATH``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take anything that is no command as the arguments of ``scan``."""
        if args and args[0] not in self.commands:
            args = ["scan", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options of ``scan`` stand before the path."""
        own = {"--help", "-h", "--version"}
        if args and args[0].startswith("-") and args[0] not in own:
            args = ["scan", *args]
        return super().parse_args(ctx, args)


@click.group(cls=ScanByDefault, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mlops-scan", message="%(prog)s %(version)s")
def app() -> None:
    """Infer the MLOps maturity level of a repository, with proof.

    `mlops-scan PATH` scans a directory; the other commands tell what proves what.
    """


@app.command()
@click.argument("path", default=".")
@click.option("--rev", metavar="REV", help="Scan a commit, branch or tag instead of the work tree.")
@click.option("--staged", is_flag=True, help="Scan what is staged for the next commit.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write the report to a file.")
@click.option("--fail-under", metavar="N", type=click.IntRange(0, 4), help="Exit with 1 below this level.")
@click.option("--config", "config_file", metavar="FILE", type=click.Path(dir_okay=False), help="Settings to use.")
@click.option("--color/--no-color", default=None, help="Style the text report (default: on a terminal).")
def scan(
    path: str,
    rev: str | None,
    format_: str,
    output: str | None,
    fail_under: int | None,
    config_file: str | None,
    *,
    staged: bool,
    color: bool | None,
) -> None:
    """Scan a repository and report its level with proof."""
    from mlops_scan import scan as scanning

    assessment = scanning.assess(path, _options(path, rev, config_file, staged=staged))
    _write(_rendered(assessment, format_), output, color=color)
    if fail_under is not None and assessment.level is not None and assessment.level < fail_under:
        click.echo(f"mlops-scan: level {assessment.level} is under {fail_under}", err=True)
        raise SystemExit(GATE_FAILED)


@app.command()
@click.argument("path", default=".")
@click.option("--rev", metavar="REV", help="Trace a commit, branch or tag instead of the work tree.")
@click.option("--staged", is_flag=True, help="Trace what is staged for the next commit.")
@click.option("--trigger", "events", metavar="EVENT", multiple=True, help="Only triggers of this event.")
@click.option("--act", "acts", metavar="ACT", multiple=True, help="All chains to this act, and no other.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "dot", "mermaid"]), default="text")
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write the trace to a file.")
@click.option("--config", "config_file", metavar="FILE", type=click.Path(dir_okay=False), help="Settings to use.")
@click.option("--color/--no-color", default=None, help="Style the text (default: on a terminal).")
def trace(
    path: str,
    rev: str | None,
    events: tuple[str, ...],
    acts: tuple[str, ...],
    format_: str,
    output: str | None,
    config_file: str | None,
    *,
    staged: bool,
    color: bool | None,
) -> None:
    """Show what each trigger starts, step by step, and where a chain ends early."""
    from mlops_scan import scan as scanning
    from mlops_scan import trace as tracing

    _check(events, acts)
    found = scanning.examine(path, _options(path, rev, config_file, staged=staged))
    traced = tracing.trace(found.graph, found.origin, events, acts)
    renderer = importlib.import_module(f"mlops_scan.reports.traces.{format_}")
    _write(renderer.render(traced), output, color=color)


def _check(events: tuple[str, ...], acts: tuple[str, ...]) -> None:
    """Refuse events and acts that no tool file may name."""
    from mlops_scan import spec

    for option, given, known in (("--trigger", events, spec.Event), ("--act", acts, spec.Act)):
        for word in given:
            if word not in get_args(known):
                message = f"{option} {word}: give one of {', '.join(get_args(known))}"
                raise click.UsageError(message)


def _options(path: str, rev: str | None, config_file: str | None, *, staged: bool) -> Options:
    """Return what a command line and the settings say of where to look, and how."""
    from mlops_scan.scan import Options

    if rev is not None and staged:
        message = "--rev and --staged exclude each other: give one of them"
        raise click.UsageError(message)
    config = _config(path, config_file)
    return Options(
        revision=rev,
        staged=staged,
        catalogue=_catalogue(config),
        excludes=config.exclude,
        max_file_size=config.max_file_size,
        progress=_progress(),
    )


def _config(path: str, config_file: str | None) -> Config:
    from mlops_scan import config

    if config_file is None:
        return config.find(path)
    return config.read(Path(config_file)) or config.Config()


def _catalogue(config: Config) -> Catalogue:
    from mlops_scan import catalogue

    return catalogue.load(config.catalogues, config.disable)


def _rendered(assessment: Assessment, format_: str) -> str:
    if format_ == "json":
        from mlops_scan.reports import json_report

        return json_report.render(assessment)
    from mlops_scan.reports import text

    return text.render(assessment)


def _write(report: str, output: str | None, *, color: bool | None) -> None:
    """Write the whole report or nothing: to a file through a temporary one, else to stdout."""
    if output is None:
        click.echo(report, nl=False, color=_wants_color(color))
        return
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        part.write_text(click.unstyle(report), encoding="utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"cannot write {output}: {error.strerror or error}"
        raise click.ClickException(message) from error


def _wants_color(color: bool | None) -> bool:  # noqa: FBT001 - a tristate option of click
    """Return whether to style: the option, else NO_COLOR, else FORCE_COLOR, else a terminal."""
    if color is not None:
        return color
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _progress() -> Callable[[int, int], None] | None:
    """Return what shows progress on a terminal once the work takes over a second."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        if time.monotonic() - began > _SLOW and (done % 50 == 0 or done == of):
            click.echo(f"\rread {done} of {of} files" + ("\n" if done == of else ""), nl=False, err=True)

    return show


@app.command("list")
@click.argument("what", type=click.Choice(["capabilities", "tools", "levels"]))
def list_(what: str) -> None:
    """List capabilities, tools or levels, a line each."""
    from mlops_scan import explain

    _tell(explain.listing(what, _catalogue(_config(".", None))))


@app.command("explain")
@click.argument("name", metavar="ID")
def explain_(name: str) -> None:
    """Tell what proves a capability, or what a tool or detector recognises, with examples."""
    from mlops_scan import explain

    lines = explain.explanation(name, _catalogue(_config(".", None)))
    if lines is None:
        message = f"nothing is called {name!r}: see `mlops-scan list capabilities` and `mlops-scan list tools`"
        raise click.UsageError(message)
    _tell(lines)


def _tell(lines: Iterable[str]) -> None:
    """Print lines; what a catalogue of the repository says in them cannot move the cursor."""
    from mlops_scan.reports.visible import visible

    for line in lines:
        click.echo(visible(line.expandtabs(4), _LONGEST))


app.add_command(authoring.test)
app.add_command(authoring.facts)


def main() -> NoReturn:
    """Run, and turn every end into the documented exit status."""
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
    from mlops_scan.sources import SourceError

    if isinstance(error, (CatalogueError, ConfigError, SourceError)):
        from mlops_scan.reports.visible import visible

        click.echo(f"mlops-scan: {visible(str(error), _LONGEST)}", err=True)
        return USAGE
    if os.environ.get("MLOPS_SCAN_DEBUG"):
        raise error
    kind = type(error).__name__
    click.echo(
        f"mlops-scan: a defect of ours ({kind}: {error}); MLOPS_SCAN_DEBUG=1 shows where. Please report it.", err=True
    )
    return DEFECT
