"""``mlops-scan what-if``: the level that a repository would have with other capabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment
    from mlops_scan.console import Where


@click.command("what-if")
@console.where
@console.judged_by
@click.option("--add", metavar="CAPABILITY", multiple=True, help="As if it were there; may be given several times.")
@click.option("--without", metavar="CAPABILITY", multiple=True, help="As if it were not; may be given several times.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(where: Where, add: tuple[str, ...], without: tuple[str, ...], format_: str) -> None:
    """Tell which level PATH would have with some capabilities and without others, and what would be next."""
    from mlops_scan import scan, what_if
    from mlops_scan.reports import imagined
    from mlops_scan.reports.assessments import json

    assessment = scan.assess(where.path, console.options(where))
    _check(assessment, add, without)
    found = what_if.imagined(assessment, add, without)
    if format_ == "json":
        console.emit(json.framed(found or {"level": None}), None)
    else:
        for line in imagined.lines(found, assessment):
            console.tell(line)


def _check(assessment: Assessment, add: tuple[str, ...], without: tuple[str, ...]) -> None:
    """Refuse what the model does not ask, and what is to be there and not."""
    known = {answer.id for answer in assessment.capabilities}
    for name in (*add, *without):
        if name not in known:
            message = f"the model asks for no {name!r}: see `mlops-scan list capabilities`"
            raise click.UsageError(message)
    if both := sorted(set(add).intersection(without)):
        message = f"--add and --without both name {both[0]!r}: give it once"
        raise click.UsageError(message)
    if not (add or without):
        message = "give a capability to --add or --without, for example --add model-registry"
        raise click.UsageError(message)
