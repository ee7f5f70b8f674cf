"""``mlops-scan list``: capabilities, tools or levels, a line each."""

from __future__ import annotations

import click

from mlops_scan import console


@click.command("list")
@click.argument("what", type=click.Choice(["capabilities", "tools", "levels"]))
@console.untrusted
def command(what: str) -> None:
    """List capabilities, tools or levels, a line each."""
    from mlops_scan import explain

    for line in explain.listing(what, console.catalogue(console.settings(".", None))):
        console.tell(line)
