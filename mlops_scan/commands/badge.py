"""``mlops-scan badge``: the level as a picture, or as the JSON from which shields.io draws one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment
    from mlops_scan.console import Where


@click.command("badge")
@console.where
@console.judged_by
@click.option("--format", "format_", type=click.Choice(["svg", "shields"]), default="svg", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write it there, where it changes.")
@click.option(
    "--exit-non-zero-on-change", is_flag=True, help="Exit with 1 when the file was written, as file fixers do."
)
def command(where: Where, format_: str, output: str | None, *, exit_non_zero_on_change: bool) -> None:
    """Make a badge of the level.

    It counts built-in and installed catalogues only: what a repository's own catalogue proves, nobody else can check.
    Where the repository's settings leave something out, it shows the lower of the levels with and without them.
    """
    from mlops_scan import reports

    badge = reports.renderer("badges", format_)(_lowest(where))
    if output is None:
        console.emit(badge, None)
    elif console.write(Path(output), badge):
        console.tell(f"mlops-scan: wrote {output}", err=True)
        if exit_non_zero_on_change:
            raise SystemExit(console.GATE_FAILED)


def _lowest(where: Where) -> Assessment:
    """Return the assessment of the lower level, by all settings but catalogues, or by none but what the team says.

    A file or a detector that is left out may be what keeps the level down: a module that shadows a tool's name, or the
    test runner at which a chain ends.
    """
    from mlops_scan import scan
    from mlops_scan.config import Config

    found = [scan.assess(where.path, console.options(where, Config.without_catalogues))]
    settings = console.settings(where.path, where.config_file)
    if settings.claims_only() != settings.without_catalogues():
        found.append(scan.assess(where.path, console.options(where, Config.claims_only)))
    return min(found, key=lambda one: -1 if one.level is None else one.level)
