"""Configuration files of uWSGI: the application that the server is given.

Source of the options: https://uwsgi-docs.readthedocs.io/en/latest/Options.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

_SECTION = "uwsgi"
_MODULES = ("module", "wsgi")
_FILES = ("wsgi-file", "file")
_CALLABLE = "application"


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the server as if it were started with its application on the command line."""
    options = document.get(_SECTION) if path.endswith(".ini") else None
    for name, option in (options.mapping if options else {}).items():
        if name in _MODULES:
            named = option.text if ":" in option.text else f"{option.text}:{_CALLABLE}"
            yield Command(option.line, f"uwsgi --module {named}")
        elif name in _FILES:
            yield Command(option.line, f"uwsgi --wsgi-file {option.text}")
