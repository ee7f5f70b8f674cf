"""``mlops-scan scan``: the assessment of a repository, in any format, and the gates on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan import console, gates

if TYPE_CHECKING:
    from mlops_scan.console import Where
    from mlops_scan.quotes import Quote
    from mlops_scan.scan import Judged


@click.command("scan")
@console.where
@click.option(
    "--format",
    "formats",
    metavar="KIND[:FILE]",
    multiple=True,
    default=["text"],
    show_default=True,
    help="How to report, and in which file; may be given several times.",
)
@click.option("--target", metavar="N", type=click.IntRange(0), default=0, help="Name the gaps up to this level.")
@gates.fail_under
@console.judged_by
@click.option("--no-regress", "base", metavar="BASE", help="Exit with 1 where BASE (a revision) had more.")
@console.output
def command(
    where: Where,
    formats: tuple[str, ...],
    target: int,
    fail_under: int | None,
    base: str | None,
    output: str | None,
    *,
    color: bool | None,
) -> None:
    """Scan a repository and report its level with proof."""
    from mlops_scan import reports, scan

    wanted = reports.wanted(formats, output)
    options = console.options(where)._replace(aim=target)
    if target or fail_under:
        console.on_ladder(options, target=target, fail_under=fail_under)
    judged = scan.judge(where.path, options)
    for renderer, file in wanted:
        console.emit(reports.quoting(renderer, lambda: _quote(judged))(judged.assessment), file, color=color)
    since = None if base is None else gates.compared(judged, where, options, base)
    gates.check(judged, lowest=fail_under, since=since)


def _quote(judged: Judged) -> Quote:
    from mlops_scan import quotes

    return quotes.of(*judged)
