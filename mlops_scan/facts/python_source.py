"""Reads Python: scripts, modules, Databricks source notebooks and percent scripts."""

from __future__ import annotations

import io
import tokenize

from mlops_scan.facts import (
    databricks_source,
    python_choices,
    python_dispatches,
    python_kept,
    python_left_out,
    python_runners,
    python_switches,
)
from mlops_scan.facts.kinds import Definition, Diagnostic, Reading
from mlops_scan.facts.python_tree import ERRORS, parsed
from mlops_scan.facts.python_walk import Walk
from mlops_scan.facts.python_written import module_name
from mlops_scan.facts.text import decode

READS = ("*.py", "*.pyw")

MAX_BYTES = 1_000_000
# punycode decodes in quadratic time, and others are not text encodings at all
_ENCODINGS = frozenset(
    {"utf-8", "utf-8-sig", "iso-8859-1", "iso-8859-15", "cp1252", "ascii", "utf-16", "gbk", "shift_jis"}
)


def read(path: str, data: bytes) -> Reading:
    """State the facts of a Python file; one that does not parse has a diagnostic and none."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"Python file over {MAX_BYTES:,} bytes: not read"),))
    return python_facts(databricks_source.plain(_text(data)), path)


def python_facts(source: str, path: str) -> Reading:
    """State the facts of Python source text; lines are 1-based in that text."""
    try:
        tree = parsed(source)
        python_left_out.leave_out(tree, source)
        stated = Walk(tree, path).run()
        handed = python_runners.commands(stated, module_name(path))
        chosen = (*python_choices.choices(tree, stated), *python_switches.switches(tree, source))
        facts = (*stated, *handed, *chosen, *python_dispatches.links(tree, source), *python_kept.links(tree, stated))
    except ERRORS as error:
        line = getattr(error, "lineno", None) or 0
        reason = getattr(error, "msg", None) or str(error) or type(error).__name__
        return Reading((), (Diagnostic(path, line, f"not read as Python: {reason}"),))
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return Reading((Definition(line=1, name=stem, kind="module", end=0), *facts) if tree.body else (), ())


def _text(data: bytes) -> str:
    """Decode by the declared source encoding where it is a plain one, else as any other text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"coding" not in data[:400]:
        return decode(data)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except (SyntaxError, LookupError):
        return decode(data)
    if encoding not in _ENCODINGS or encoding.startswith("utf-8"):
        return decode(data)
    return data.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
