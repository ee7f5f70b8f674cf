"""The gates on an assessment: a level that must be reached, and capabilities that must not be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan.console import GATE_FAILED, tell

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mlops_scan.console import Where
    from mlops_scan.difference import Difference
    from mlops_scan.scan import Judged, Options


def fail_under(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option of the lowest level that passes."""
    return click.option("--fail-under", metavar="N", type=click.IntRange(0), help="Exit with 1 below this level.")(
        command
    )


def compared(judged: Judged, where: Where, options: Options, base: str) -> Difference:
    """Return what changed since a revision, under the same settings. Raises `sources.SourceError`."""
    from mlops_scan import difference, scan

    before = scan.judge(where.path, options._replace(revision=base, staged=False))
    return difference.between(before, judged, (base, where.rev or judged.source.kind))


def check(judged: Judged, *, lowest: int | None, since: Difference | None, hint: str = "") -> None:
    """End with the status of a failed gate where one fails: the level is under ``lowest``, or less than before.

    Each failure is told on stderr; ``hint`` says what to do about what was lost.
    """
    reached, kept = _reached(judged, lowest), _kept(since, hint)
    if not (reached and kept):
        raise SystemExit(GATE_FAILED)


def _reached(judged: Judged, lowest: int | None) -> bool:
    level = judged.assessment.level
    if lowest is None or level is None or level >= lowest:
        return True
    tell(f"mlops-scan: level {level} is under {lowest}", err=True)
    return False


def _kept(since: Difference | None, hint: str) -> bool:
    """Tell whether nothing was lost; where something was, say what and by which line."""
    if since is None or not since.worse:
        return True
    from mlops_scan.reports.differences import text

    click.echo(text.render(since), nl=False, err=True)
    tell(f"mlops-scan: less than at {since.base.label}" + (f": {hint}" if hint else ""), err=True)
    return False
