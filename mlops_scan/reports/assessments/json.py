"""The stable JSON report, schema version 1. Keys are only ever added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan import __version__

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

SCHEMA_VERSION = 1
# what JSON itself does not escape: controls of terminals, and what reorders or hides text
_HIDING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def render(assessment: Assessment) -> str:
    """Return the report as indented JSON with a final newline."""
    return framed(assessment, {"advice": {gap.capabilities[0]: gap.advice for gap in assessment.gaps}})


def framed(value: object, besides: dict[str, Any] | None = None) -> str:
    """Return a value as JSON in the frame of every report: schema version and tool first, then what it holds."""
    head = {"schema_version": SCHEMA_VERSION, "tool": {"name": "mlops-scan", "version": __version__}}
    content = {**head, **msgspec.to_builtins(value), **(besides or {})}
    text = msgspec.json.format(_encoded(content), indent=2).decode() + "\n"
    # the same value, in which no CI service that shows it reads a command, and no terminal a control: `reports.visible`
    return _HIDING.sub(_escape, text.replace("##", "#\\u0023"))


def _escape(found: re.Match[str]) -> str:
    """Return a character as JSON escapes it: by its one or two halves in UTF-16 (RFC 8259, section 7)."""
    halves = found.group().encode("utf-16-be")
    return "".join(f"\\u{halves[at]:02x}{halves[at + 1]:02x}" for at in range(0, len(halves), 2))


def _encoded(content: object) -> bytes:
    """Encode as JSON; half a character, as names on a disk and strings in Python can hold, shows as its escape."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(content))


def _whole(value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, (list, tuple)) else value
