"""``mlops-scan trace``: what each trigger starts, step by step."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, get_args

import click

from mlops_scan import console

if TYPE_CHECKING:
    from mlops_scan.console import Where


@click.command("trace")
@console.where
@click.option("--trigger", "events", metavar="EVENT", multiple=True, help="Only triggers of this event.")
@click.option("--act", "acts", metavar="ACT", multiple=True, help="All chains to this act, and no other.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "dot", "mermaid"]), default="text")
@console.output
def command(
    where: Where,
    events: tuple[str, ...],
    acts: tuple[str, ...],
    format_: str,
    output: str | None,
    *,
    color: bool | None,
) -> None:
    """Show what each trigger starts, step by step, and where a chain ends early."""
    from mlops_scan import scan, trace

    _check(events, acts)
    found = scan.examine(where.path, console.options(where))
    traced = trace.trace(found.graph, found.origin, events, acts)
    renderer = importlib.import_module(f"mlops_scan.reports.traces.{format_}")
    console.emit(renderer.render(traced), output, color=color)


def _check(events: tuple[str, ...], acts: tuple[str, ...]) -> None:
    """Refuse events and acts that no tool file may name."""
    from mlops_scan import spec

    for option, given, known in (("--trigger", events, spec.Event), ("--act", acts, spec.Act)):
        for word in given:
            if word not in get_args(known):
                message = f"{option} {word}: give one of {', '.join(get_args(known))}"
                raise click.UsageError(message)
