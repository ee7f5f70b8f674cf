"""``mlops-scan facts``: shows what signatures can ask of a file."""

from __future__ import annotations

from pathlib import Path

import click

# as a scan passes over larger ones
_LARGEST = 5_000_000


@click.command("facts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def command(file: str) -> None:
    """Show the facts of one file, one a line, in the words in which a signature asks for them."""
    from mlops_scan.reports import stated
    from mlops_scan.sources import regular

    try:
        data = regular.read(str(Path(file).resolve()), _LARGEST)
    except regular.UnreadableError as error:
        message = f"{file}: {error}"
        raise click.ClickException(message) from error
    for line in stated.lines(_within(file), data):
        click.echo(line)


def _within(file: str) -> str:
    """Return the path of a file inside its repository, else inside the working directory, else its name."""
    from mlops_scan.sources import place

    path = Path(file).resolve()
    found = place.find(str(path.parent))
    if found and found.work_tree:
        return found.prefix + path.name
    here = Path.cwd()
    return path.relative_to(here).as_posix() if here in path.parents else path.name
