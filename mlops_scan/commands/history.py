"""``mlops-scan history``: the level and capabilities over time, and which commit gained or lost each."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from mlops_scan.history import Choice

_DAY = click.DateTime(["%Y-%m-%d"])


def _choosing(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of which commits are looked at, as one value ``choice``."""

    @click.option("--since", metavar="DAY", type=_DAY, help="Begin on this day (2024-01-31, in UTC).")
    @click.option("--until", metavar="DAY", type=_DAY, help="End with this day.")
    @click.option(
        "--every",
        type=click.Choice(["week", "month", "tag", "commit"]),
        default="month",
        show_default=True,
        help="How closely to look; what made a difference in between is found by halving.",
    )
    @functools.wraps(function)
    def command(since: dt.datetime | None, until: dt.datetime | None, every: str, **rest: object) -> None:
        from mlops_scan.history import Choice

        function(choice=Choice(every, *(day.date() if day else None for day in (since, until))), **rest)

    return command


@click.command("history")
@click.argument("path", default=".")
@click.option("--rev", metavar="REV", help="End at a commit, branch or tag instead of HEAD.")
@_choosing
@click.option("--format", "formats", metavar="KIND[:FILE]", multiple=True, default=["text"], show_default=True)
@console.settled
@console.output
def command(
    path: str,
    rev: str | None,
    choice: Choice,
    formats: tuple[str, ...],
    config_file: str | None,
    output: str | None,
    *,
    attest: bool,
    color: bool | None,
) -> None:
    """Show the level and capabilities over the commits of a branch.

    Of merges, the branch's own side is followed (first parents). All commits are judged by the settings of the work
    tree. Formats: text, json, csv, html, svg.
    """
    from mlops_scan import history, reports

    wanted = reports.wanted(formats, output, "histories")
    options = console.options(console.Where(path, rev, config_file=config_file, attested=attest))
    found = history.course(path, options, choice)
    for renderer, file in wanted:
        console.emit(renderer(found), file, color=color)
