"""Reads INI files: sections and options, with lines."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING

from mlops_scan.facts import shapes
from mlops_scan.facts.kinds import Diagnostic, Reading
from mlops_scan.facts.node import Node, settings
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = (
    "setup.cfg",
    "tox.ini",
    "*.ini",
    ".flake8",
    ".pylintrc",
    "pylintrc",
    ".coveragerc",
    ".isort.cfg",
    ".dvc/config",
    "mypy.ini",
    "supervisor*.conf",
    "*.supervisor.conf",
    "*.service",
    "*.timer",
)

MAX_BYTES = 500_000


def read(path: str, data: bytes) -> Reading:
    """State every option of an INI file as ``section.option``, and what it means to tools."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"INI file over {MAX_BYTES:,} bytes: not read"),))
    try:
        document = parse(data)
    except (configparser.Error, ValueError, AttributeError) as error:  # AttributeError: options without a value
        message = str(error).split("\n", 1)[0]
        return Reading((), (Diagnostic(path, getattr(error, "lineno", 0) or 0, f"not read as INI: {message}"),))
    return Reading((*settings(document), *shapes.facts(path, document)))


def parse(data: bytes) -> Node:
    """Return the sections as a mapping of mappings; options keep their text, of several lines too."""
    text = decode(data)
    parser = configparser.RawConfigParser(allow_no_value=True, strict=False, delimiters=("=", ":"))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    lines = dict(_lines(text))
    return Node(
        1,
        {
            section: Node(
                lines.get((section, ""), 1),
                {name: Node(lines.get((section, name), 1), value or "") for name, value in parser.items(section)},
            )
            for section in parser.sections()
        },
    )


def _lines(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            section = line.strip("[] \t")
            yield (section, ""), number
        elif line[:1].strip() and not line.startswith(("#", ";")):
            yield (section, line.replace(":", "=").partition("=")[0].strip()), number
