"""Reports: what was judged, rendered. The folder is the registry: one module a format, each with ``render``.

``assessments`` renders an assessment, ``differences`` what changed between two, ``traces`` a trace, ``badges`` a level.
Beside them stand what the documentation shows (``catalogue_page``) and what commands show (``stated``).
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mlops_scan.quotes import Quote


class FormatError(Exception):
    """A wish for reports that cannot be met; the message says what to do."""


def names(family: str) -> tuple[str, ...]:
    """Return the formats of a family (``assessments``): its public modules."""
    folder = importlib.import_module(f"{__name__}.{family}")
    return tuple(sorted(module.name for module in pkgutil.iter_modules(folder.__path__) if module.name[0] != "_"))


def renderer(family: str, name: str) -> Callable[[Any], str]:
    """Return what renders a format. Raises `FormatError` for one that is not there."""
    known = names(family)
    if name not in known:
        message = f"no format is called {name!r}: give one of {', '.join(known)}"
        raise FormatError(message)
    render: Callable[[Any], str] = importlib.import_module(f"{__name__}.{family}.{name}").render
    return render


def quoting(render: Callable[..., str], ask: Callable[[], Quote]) -> Callable[[Any], str]:
    """Return what renders with lines of files, where a format shows them: one whose ``render`` has a ``quote``.

    Only then is ``ask`` asked for what quotes.
    """
    return functools.partial(render, quote=ask()) if "quote" in inspect.signature(render).parameters else render


def wanted(
    formats: Iterable[str], output: str | None, family: str = "assessments"
) -> list[tuple[Callable[[Any], str], str | None]]:
    """Return what renders each wished format, given as ``KIND`` or ``KIND:FILE``, with its file; None is stdout.

    ``output`` is the file of the one that names none. Raises `FormatError` for an unknown format, and where two would
    share stdout or a file.
    """
    pairs = [format_.partition(":") for format_ in formats]
    found = [(renderer(family, kind), file or output) for kind, _, file in pairs]
    if len({file for _, file in found}) < len(found):
        message = "several reports in one place: give each its own file, as in --format json:report.json"
        raise FormatError(message)
    return sorted(found, key=lambda one: one[1] is None)  # what is shown comes after all is written
