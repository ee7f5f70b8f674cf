"""``mlops-scan model``: the maturity models that there are, and whether a file is one."""

from __future__ import annotations

from pathlib import Path

import click

from mlops_scan import console


@click.group("model")
def command() -> None:
    """List maturity models, or examine a model file."""


@command.command("list")
def listed() -> None:
    """List the models that ship with mlops-scan, a line each."""
    from mlops_scan import model

    for name in model.names():
        ladder = model.load(name).ladder
        console.tell(f"{name:<16}{ladder.name:<22}levels 0 to {ladder.top}  {ladder.source}")


@command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def checked(file: str) -> None:
    """Tell every error of a model file, with its place and what to do; exit status 2 where there is one."""
    from mlops_scan import model_file

    content, told = model_file.examined(Path(file))
    for line in told:
        console.tell(f"mlops-scan: {line}", err=True)
    if told:
        raise SystemExit(console.USAGE)
    console.tell(f"{file}: {content['name']}, levels 0 to {len(content['level']) - 1}, can be used with --model {file}")
