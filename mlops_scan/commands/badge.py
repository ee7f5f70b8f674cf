"""``mlops-scan badge``: the level as a picture, or as the JSON from which shields.io draws one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
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
    """
    from mlops_scan import reports, scan

    assessment = scan.assess(where.path, console.options(where, local=False))
    badge = reports.renderer("badges", format_)(assessment)
    if output is None:
        console.emit(badge, None)
    elif console.write(Path(output), badge):
        console.tell(f"mlops-scan: wrote {output}", err=True)
        if exit_non_zero_on_change:
            raise SystemExit(console.GATE_FAILED)
