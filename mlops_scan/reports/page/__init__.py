"""An assessment as one page of the web that holds all it needs, and asks nobody for anything.

The browser is told so (Content Security Policy, https://www.w3.org/TR/CSP3/): only the style and the script that stand
in the page count, by their digests.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mlops_scan import __version__
from mlops_scan.reports.page import items, said

if TYPE_CHECKING:
    from jinja2 import Template

    from mlops_scan.assessment import Assessment
    from mlops_scan.ladder import Ladder
    from mlops_scan.quotes import Quote

_HERE = Path(__file__).resolve().parent
_POLICY = "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'"


def render(assessment: Assessment, quote: Quote) -> str:
    """Return the page; the same assessment and lines give the same page."""
    style, script = _style(assessment.model), _text("report.js")
    places = said.places(assessment.source, quote)
    return _template("report.html").render(
        version=__version__,
        policy=_POLICY.format(_digest(style), _digest(script)),
        style=Markup(style),  # nosec B704 # noqa: S704 - ours, without text of a repository
        script=Markup(script),  # nosec B704 # noqa: S704
        verdict=said.verdict(assessment),
        ladder=said.ladder(assessment),
        dimensions=said.dimensions(assessment),
        points=said.points(assessment),
        advice=said.advice(assessment),
        hidden=said.hidden(assessment),
        steps=said.next_steps(assessment, places),
        levels=items.levels(assessment, places, _template("parts.html").module.proof),  # type: ignore[attr-defined] # its macro
        claims=said.claims(assessment, places),
        unused=said.unused(assessment, places),
        scope=said.scope(assessment, places),
    )


@functools.cache
def _template(name: str) -> Template:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_HERE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _style(ladder: Ladder) -> str:
    """Return the style sheet, with the colours of the levels, which are the model's."""
    colours = (f".level-{level.number} {{ --level: {level.colour}; }}" for level in ladder.level)
    return "\n".join((_text("report.css"), *colours))


@functools.cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
