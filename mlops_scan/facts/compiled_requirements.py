"""Who asks for each package of a compiled requirements file, as pip-compile and uv write behind or below it.

Source of the format: https://pip-tools.readthedocs.io/en/stable/#example-usage-for-pip-compile
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VIA = "via"


def asked_by(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line of each package with who asks for it: other packages, ``-r`` and a file, or a project.

    A package of which the file does not say it is left out.
    """
    line, names, more = 0, list[str](), False
    for number, raw in enumerate(text.split("\n"), 1):
        before, sign, comment = raw.partition("#")
        if not more and (before.strip() or not sign):
            yield from _told(line, names)
            line, names = number if before.strip() else 0, []
        more = before.rstrip().endswith("\\")
        if sign and line:
            names.extend(part.strip() for part in comment.strip().split(","))
    yield from _told(line, names)


def _told(line: int, names: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what the comments of a package say, where they say who asks for it."""
    first, _, rest = names[0].partition(" ") if names else ("", "", "")
    if line and first == _VIA:
        yield line, tuple(filter(None, (rest, *names[1:])))
