"""``mlops-scan explain``: what a capability is and what proves it, or what a tool or detector recognises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("explain")
@click.argument("name", metavar="ID")
@click.argument("path", required=False)
@console.settled
def command(name: str, path: str | None, config_file: str | None, *, attest: bool) -> None:
    """Tell what a capability is, why it matters, what proves it and how to get it.

    With PATH, what proves it in that repository, or what comes close and why it does not count. ID may also be a tool
    or a detector: then what it recognises, with examples.
    """
    where = console.Where(path or ".", config_file=config_file, attested=attest)
    for line in _anywhere(name, config_file) if path is None else _here(name, where):
        console.tell(line)


def _anywhere(name: str, config_file: str | None) -> list[str]:
    from mlops_scan import explain

    lines = explain.explanation(name, console.catalogue(console.settings(".", config_file)))
    if lines is None:
        message = f"nothing is called {name!r}: see `mlops-scan list capabilities` and `mlops-scan list tools`"
        raise click.UsageError(message)
    return lines


def _here(name: str, where: console.Where) -> Iterator[str]:
    from mlops_scan import advice, explain, near_misses, scan, snippets
    from mlops_scan.reports import explained

    capability = explain.capability_of(name)
    if capability is None:
        message = (
            f"no capability is called {name!r}, and only those are explained in a repository: see `list capabilities`"
        )
        raise click.UsageError(message)
    options = console.options(where)
    answer = next(answer for answer in scan.assess(where.path, options).capabilities if answer.id == name)
    examined = None if answer.holds else scan.examine(where.path, options)
    yield from explain.meaning(capability)
    yield from explained.lines(answer, near_misses.found(capability, examined) if examined else [])
    if examined:
        seen = advice.seen(examined.evidence, examined.graph)
        yield from explain.example(filter(None, [snippets.choose(name, seen)]))
