"""``mlops-scan explain``: what proves a capability, or what a tool or detector recognises."""

from __future__ import annotations

import click

from mlops_scan import console


@click.command("explain")
@click.argument("name", metavar="ID")
@console.untrusted
def command(name: str) -> None:
    """Tell what proves a capability, or what a tool or detector recognises, with examples."""
    from mlops_scan import explain

    lines = explain.explanation(name, console.catalogue(console.settings(".", None)))
    if lines is None:
        message = f"nothing is called {name!r}: see `mlops-scan list capabilities` and `mlops-scan list tools`"
        raise click.UsageError(message)
    for line in lines:
        console.tell(line)
